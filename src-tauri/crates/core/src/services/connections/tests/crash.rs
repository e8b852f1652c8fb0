//! The program ends between the two writes: what is left in the keyring is swept at the next start.

use std::future::{ready, Future};
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;

/// A keyring whose answers stop to arrive: whoever waits for one is where a crash would leave it.
#[derive(Default)]
struct Stalling {
    entries: SessionStore,
    /// Stalls after it has kept an entry and before it deletes one.
    stalls: AtomicBool,
}

impl Stalling {
    async fn stall(&self) {
        if self.stalls.load(Ordering::Relaxed) {
            std::future::pending::<()>().await;
        }
    }

    async fn is_empty_for(&self, id: &ConnectionId) -> bool {
        self.entries.get(id).await.expect("memory answers").is_none()
    }
}

#[async_trait::async_trait]
impl CredentialStore for Stalling {
    async fn get(&self, id: &ConnectionId) -> Result<Option<SecretString>, Problem> {
        self.entries.get(id).await
    }

    async fn set(&self, id: &ConnectionId, secret: SecretString) -> Result<(), Problem> {
        self.entries.set(id, secret).await?;
        self.stall().await;
        Ok(())
    }

    async fn delete(&self, id: &ConnectionId) -> Result<(), Problem> {
        self.stall().await;
        self.entries.delete(id).await
    }

    async fn available(&self) -> Result<(), Problem> {
        Ok(())
    }
}

/// The program as it starts: nothing but the file and the keyring is there from before.
fn started(desk: &Desk, keyring: &Arc<Stalling>) -> Connections {
    let session = Arc::new(SessionStore::default());
    let keyring = Arc::<Stalling>::clone(keyring);
    let procedures = desk.procedures.clone();
    Connections::new(ConnectionsFile::new(&desk.file), keyring, session, procedures, Arc::new(SystemClock))
}

/// Goes as far as it can without waiting, and no further.
async fn is_left_waiting<T>(work: impl Future<Output = T>) -> bool {
    tokio::select! {
        biased;
        _ = work => false,
        () = ready(()) => true,
    }
}

/// The ids that the file names as left over.
fn leftovers(desk: &Desk) -> Vec<ConnectionId> {
    let text = std::fs::read(&desk.file).expect("the file");
    let file: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
    let left = file["leftovers"].as_array().cloned().unwrap_or_default();
    left.iter().map(|id| ConnectionId(id.as_str().expect("an id").to_owned())).collect()
}

#[tokio::test]
async fn a_crash_between_keyring_and_file_leaves_an_entry_that_the_next_start_sweeps() {
    let (desk, keyring) = (desk(), Arc::new(Stalling::default()));
    keyring.stalls.store(true, Ordering::Relaxed);
    let connections = started(&desk, &keyring);
    let save = connections.save(draft("first", "https://x.example"), Some("new".into()));
    assert!(is_left_waiting(save).await, "it waits for the keyring");
    let [id] = &leftovers(&desk)[..] else { panic!("one id") };
    assert!(!keyring.is_empty_for(id).await, "kept, and no connection uses it");

    keyring.stalls.store(false, Ordering::Relaxed);
    let next = started(&desk, &keyring);
    assert_eq!(next.list().expect("read").connections, []);
    next.sweep().await.expect("swept");
    assert!(keyring.is_empty_for(id).await, "nothing dangles");
    assert_eq!(leftovers(&desk), []);
}

#[tokio::test]
async fn a_crash_between_file_and_keyring_leaves_no_connection_and_the_next_start_sweeps_its_entry() {
    let (desk, keyring) = (desk(), Arc::new(Stalling::default()));
    let connections = started(&desk, &keyring);
    let saved = connections.save(draft("first", "https://x.example"), Some("old".into())).await.expect("saved");
    assert_eq!(leftovers(&desk), [], "a finished save leaves no trace");
    keyring.stalls.store(true, Ordering::Relaxed);
    assert!(is_left_waiting(connections.delete(&saved.id)).await, "it waits for the keyring");
    assert_eq!(leftovers(&desk), std::slice::from_ref(&saved.id));

    keyring.stalls.store(false, Ordering::Relaxed);
    let next = started(&desk, &keyring);
    assert_eq!(next.list().expect("read").connections, []);
    next.sweep().await.expect("swept");
    assert!(keyring.is_empty_for(&saved.id).await, "nothing dangles");
    assert_eq!(leftovers(&desk), []);
}
