//! The operating system's keyring. Its calls block, sometimes for ever (an ignored prompt, a frozen service), so each
//! runs on a thread of its own, one at a time and with a time limit.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use keyring::Error;
use keyring_core::{CredentialStore as SystemStore, Entry};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::errors;
use crate::domain::connection::ConnectionId;
use crate::domain::problem::{Problem, ProblemCode};
use crate::ports::CredentialStore;

/// How long a prompt may stay open.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// Under which name entries stand in the keyring. A program under development does not even know the name of the real ones.
#[cfg(not(debug_assertions))]
const SERVICE: &str = "io.github.ita-maintenance.desktop";
#[cfg(debug_assertions)]
const SERVICE: &str = "io.github.ita-maintenance.desktop.dev";

/// The name of what the suites keep, whichever way they were built.
const SERVICE_OF_TESTS: &str = "io.github.ita-maintenance.desktop.test";

/// Passwords in the operating system's keyring.
#[derive(Clone)]
pub struct KeyringStore {
    service: &'static str,
    time_limit: Duration,
    opened: Arc<Mutex<Option<Arc<SystemStore>>>>,
    /// Held by the thread of a call until the keyring has answered it, however long its caller waited.
    in_flight: Arc<tokio::sync::Mutex<()>>,
}

impl std::fmt::Debug for KeyringStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { service, time_limit, .. } = self;
        f.debug_struct("KeyringStore").field("service", service).field("time_limit", time_limit).finish_non_exhaustive()
    }
}

impl Default for KeyringStore {
    fn default() -> Self {
        Self::new()
    }
}

impl KeyringStore {
    /// The system's keyring, with a minute for each call. Builds under development use entries of their own.
    pub fn new() -> Self {
        Self::with(SERVICE, TIME_LIMIT)
    }

    /// The system's keyring for a suite: with entries of its own and its own time limit.
    pub fn of_tests(time_limit: Duration) -> Self {
        Self::with(SERVICE_OF_TESTS, time_limit)
    }

    fn with(service: &'static str, time_limit: Duration) -> Self {
        Self { service, time_limit, opened: Arc::default(), in_flight: Arc::default() }
    }

    /// Under which name its entries stand.
    pub const fn service(&self) -> &'static str {
        self.service
    }

    /// Runs a call on its own thread: a runtime would wait for a blocking task at its end, and a call may never end.
    async fn run<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Self) -> keyring::Result<T> + Send + 'static,
    ) -> Result<T, Problem> {
        let store = self.clone();
        let answer = async {
            let in_flight = Arc::clone(&self.in_flight).lock_owned().await;
            let (sender, receiver) = oneshot::channel();
            let thread = std::thread::Builder::new().name("keyring".to_owned()).spawn(move || {
                let result = call(&store);
                if result.as_ref().is_err_and(errors::concerns_the_store) {
                    store.close();
                }
                drop(in_flight);
                // Nobody may be waiting any more.
                let _ = sender.send(result.map_err(|error| errors::problem(&error)));
            });
            thread.map_err(|error| Problem::because(ProblemCode::KeyringUnavailable, error.to_string()))?;
            receiver.await.map_err(|_| Problem::because(ProblemCode::Internal, "the keyring's thread ended early"))?
        };
        timeout(self.time_limit, answer).await.unwrap_or_else(|_| Err(Problem::new(ProblemCode::KeyringTimedOut)))
    }

    /// The open store, or a new attempt to open it, so that "retry" works without a restart.
    fn system(&self) -> keyring::Result<Arc<SystemStore>> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(store) = opened.as_ref() {
            return Ok(Arc::clone(store));
        }
        let store = open_system_store()?;
        *opened = Some(Arc::clone(&store));
        Ok(store)
    }

    fn close(&self) {
        *self.opened.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn entry(&self, id: &ConnectionId) -> keyring::Result<Entry> {
        self.system()?.build(self.service, &id.0, None)
    }

    fn delete_now(&self, id: &ConnectionId) -> keyring::Result<()> {
        match self.entry(id)?.delete_credential() {
            Err(Error::NoEntry) => Ok(()),
            // Something else wrote entries of the same name: all of them are this connection's.
            Err(Error::Ambiguous(entries)) => entries.iter().try_for_each(Entry::delete_credential),
            other => other,
        }
    }
}

#[async_trait]
impl CredentialStore for KeyringStore {
    async fn get(&self, id: &ConnectionId) -> Result<Option<SecretString>, Problem> {
        let id = id.clone();
        self.run(move |store| match store.entry(&id)?.get_password() {
            Ok(password) => Ok(Some(password.into())),
            // Changed from outside and no password of ours any more: it has to be asked for again.
            Err(Error::NoEntry | Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_)) => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    async fn set(&self, id: &ConnectionId, secret: SecretString) -> Result<(), Problem> {
        let id = id.clone();
        self.run(move |store| match store.entry(&id)?.set_password(secret.expose_secret()) {
            Err(Error::Ambiguous(_)) => {
                store.delete_now(&id)?;
                store.entry(&id)?.set_password(secret.expose_secret())
            }
            other => other,
        })
        .await
    }

    async fn delete(&self, id: &ConnectionId) -> Result<(), Problem> {
        let id = id.clone();
        self.run(move |store| store.delete_now(&id)).await
    }

    /// Opens the store anew: one that was reached an hour ago says nothing about now. Never prompts.
    async fn available(&self) -> Result<(), Problem> {
        self.run(|store| {
            store.close();
            store.system().map(drop)
        })
        .await
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn open_system_store() -> keyring::Result<Arc<SystemStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn open_system_store() -> keyring::Result<Arc<SystemStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(windows)]
fn open_system_store() -> keyring::Result<Arc<SystemStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(all(test, debug_assertions))]
mod tests {
    use super::*;

    #[test]
    fn a_build_under_development_and_the_suites_leave_the_real_entries_alone() {
        let services = [KeyringStore::new().service(), KeyringStore::of_tests(TIME_LIMIT).service()];
        assert_eq!(services, ["dev", "test"].map(|kind| format!("io.github.ita-maintenance.desktop.{kind}")));
    }
}
