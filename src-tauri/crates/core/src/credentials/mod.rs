//! Where passwords live: the keyring, this session, or nowhere.

mod errors;
mod keyring;
mod session;

pub use keyring::KeyringStore;
pub use session::SessionStore;
