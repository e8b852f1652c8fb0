//! Reading the system's keyring without anybody being asked to unlock it, for what runs by itself.

use keyring::{Error, Result};

use super::KeyringStore;
use crate::domain::connection::ConnectionId;

/// The password of a connection, or none. `NoStorageAccess`: its owner would have to unlock it first.
#[cfg(all(unix, not(target_os = "macos")))]
pub(super) fn read(store: &KeyringStore, id: &ConnectionId) -> Result<Option<String>> {
    use secret_service::blocking::SecretService;
    use secret_service::{EncryptionType, Error as ServiceError};

    let failed = |error: ServiceError| match error {
        ServiceError::Locked | ServiceError::Prompt => Error::NoStorageAccess(error.into()),
        other => Error::PlatformFailure(other.into()),
    };
    // The store that opens entries unlocks whatever it finds, and a service prompts its user for that. A search does
    // not, and it tells apart what is locked.
    let service = SecretService::connect(EncryptionType::Dh).map_err(failed)?;
    let attributes = [("service", store.service()), ("username", id.0.as_str())].into();
    let found = service.search_items(attributes).map_err(failed)?;
    if !found.locked.is_empty() {
        return Err(Error::NoStorageAccess(ServiceError::Locked.into()));
    }
    match found.unlocked.as_slice() {
        [item] => Ok(String::from_utf8(item.get_secret().map_err(failed)?).ok()),
        // None, or several of which nobody can tell which is ours.
        _ => Ok(None),
    }
}

/// Windows unlocks its store with the session and never asks.
#[cfg(windows)]
pub(super) fn read(store: &KeyringStore, id: &ConnectionId) -> Result<Option<String>> {
    match store.entry(id)?.get_password() {
        Ok(password) => Ok(Some(password)),
        Err(Error::NoEntry | Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// macOS may ask for any entry, and says so by asking.
#[cfg(target_os = "macos")]
pub(super) fn read(_store: &KeyringStore, _id: &ConnectionId) -> Result<Option<String>> {
    Err(Error::NoStorageAccess("the keychain may ask its owner".into()))
}
