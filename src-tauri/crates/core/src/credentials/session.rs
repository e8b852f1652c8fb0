//! Passwords in memory, until the program ends.

use std::collections::HashMap;

use async_trait::async_trait;
use secrecy::SecretString;
use tokio::sync::Mutex;

use crate::domain::connection::ConnectionId;
use crate::domain::problem::Problem;
use crate::ports::CredentialStore;

/// Keeps passwords for this session only.
#[derive(Debug, Default)]
pub struct SessionStore {
    secrets: Mutex<HashMap<ConnectionId, SecretString>>,
}

#[async_trait]
impl CredentialStore for SessionStore {
    async fn get(&self, id: &ConnectionId) -> Result<Option<SecretString>, Problem> {
        Ok(self.secrets.lock().await.get(id).cloned())
    }

    async fn get_quietly(&self, id: &ConnectionId) -> Result<Option<SecretString>, Problem> {
        self.get(id).await
    }

    async fn set(&self, id: &ConnectionId, secret: SecretString) -> Result<(), Problem> {
        self.secrets.lock().await.insert(id.clone(), secret);
        Ok(())
    }

    async fn delete(&self, id: &ConnectionId) -> Result<(), Problem> {
        self.secrets.lock().await.remove(id);
        Ok(())
    }

    async fn available(&self) -> Result<(), Problem> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[tokio::test]
    async fn a_session_keeps_replaces_and_forgets() {
        let store = SessionStore::default();
        let id = ConnectionId("a".to_owned());
        assert!(store.get(&id).await.expect("memory answers").is_none());
        for password in ["first", "second"] {
            store.set(&id, password.to_owned().into()).await.expect("memory answers");
            let kept = store.get(&id).await.expect("memory answers").expect("kept");
            assert_eq!(kept.expose_secret(), password);
        }
        assert!(!format!("{store:?}").contains("second"), "a session is printed without its secrets");
        store.delete(&id).await.expect("memory answers");
        assert!(store.get(&id).await.expect("memory answers").is_none());
        store.delete(&id).await.expect("nothing to forget is no error");
    }
}
