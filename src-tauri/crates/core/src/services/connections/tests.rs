//! What a save that fails leaves behind.

mod crash;
mod importing;
mod transfer;
mod under_way;

use std::path::PathBuf;

use secrecy::ExposeSecret;

use super::*;
use crate::credentials::SessionStore;
use crate::domain::connection::{Environment, LoginWay, ProxyPolicy};
use crate::ports::SystemClock;

struct Desk {
    connections: Connections,
    file: PathBuf,
    procedures: ProcedureFiles,
    _folder: tempfile::TempDir,
}

fn desk() -> Desk {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("connections.json");
    let store = Arc::new(SessionStore::default());
    let keyring = Arc::<SessionStore>::clone(&store);
    let procedures = ProcedureFiles::new(folder.path().join("procedures"));
    let connections =
        Connections::new(ConnectionsFile::new(&file), keyring, store, procedures.clone(), Arc::new(SystemClock));
    Desk { connections, file, procedures, _folder: folder }
}

fn draft(name: &str, address: &str) -> ConnectionDraft {
    ConnectionDraft {
        id: None,
        name: name.to_owned(),
        address: address.to_owned(),
        environment: Environment::Staging,
        user: "admin".to_owned(),
        secret_place: SecretPlace::Keyring,
        login: LoginWay::Automatic,
        certificate: CertificatePolicy::System,
        proxy: ProxyPolicy::None,
        poll_seconds: None,
        zone: ZoneSetting::Automatic,
    }
}

impl Desk {
    async fn save(&self, draft: ConnectionDraft, password: &str) -> Result<Connection, Problem> {
        self.connections.save(draft, Some(password.to_owned().into())).await
    }

    async fn kept(&self, connection: &Connection) -> Option<String> {
        let kept = self.connections.secret(connection).await.expect("memory answers");
        kept.map(|secret| secret.expose_secret().to_owned())
    }
}

#[tokio::test]
async fn an_edit_that_fails_leaves_the_old_password_with_the_old_address() {
    let desk = desk();
    let first = desk.save(draft("first", "https://old.example"), "old").await.expect("saved");
    let _other = desk.save(draft("other", "https://other.example"), "other").await.expect("saved");
    let edit = |name| ConnectionDraft { id: Some(first.id.clone()), ..draft(name, "https://new.example") };

    let taken = desk.save(edit(" other "), "new").await.expect_err("refused");
    assert_eq!(taken.facts.reason.as_deref(), Some("name_taken"));
    assert_eq!(desk.kept(&first).await.as_deref(), Some("old"));

    let text = std::fs::read_to_string(&desk.file).expect("the file");
    let newer = text.replace("\"version\": 1", "\"version\": 2");
    std::fs::write(&desk.file, newer).expect("written");
    let refused = desk.save(edit("first"), "new").await.expect_err("refused");
    assert_eq!(refused.code, ProblemCode::SettingsNewer);
    assert_eq!(desk.kept(&first).await.as_deref(), Some("old"), "the new one is for an address that was not saved");
    assert_eq!(desk.connections.find(&first.id).expect("kept").address, "https://old.example");

    std::fs::write(&desk.file, text).expect("written");
    let moved = desk.save(edit("first"), "new").await.expect("saved");
    assert_eq!((moved.address.as_str(), desk.kept(&moved).await.as_deref()), ("https://new.example", Some("new")));
}

#[tokio::test]
async fn an_edit_that_fails_keeps_no_password_where_none_was_kept() {
    let desk = desk();
    let asks = ConnectionDraft { secret_place: SecretPlace::Ask, ..draft("first", "https://old.example") };
    let first = desk.connections.save(asks, None).await.expect("saved");
    std::fs::write(&desk.file, r#"{"version":2,"connections":[]}"#).expect("written");
    let unknown = desk.save(ConnectionDraft { id: Some(first.id.clone()), ..draft("first", "https://x") }, "new").await;
    assert_eq!(unknown.expect_err("it is not there").code, ProblemCode::BadArgument);
    let refused = desk.save(draft("second", "https://x.example"), "new").await.expect_err("refused");
    assert_eq!(refused.code, ProblemCode::SettingsNewer);
    assert_eq!(desk.kept(&Connection { secret_place: SecretPlace::Keyring, ..first }).await, None);
}

#[test]
fn a_fingerprint_is_kept_in_one_form_and_what_is_none_is_refused() {
    let pinned = |sha256: &str| {
        let certificate = CertificatePolicy::Pinned { sha256: sha256.to_owned(), accept_expired: false, leaf: None };
        checked_draft(ConnectionDraft { certificate, ..draft("first", "https://x.example") })
    };
    let CertificatePolicy::Pinned { sha256, .. } = pinned(&"AB:".repeat(32)).expect("a pin").certificate else {
        panic!("pinned")
    };
    assert_eq!(sha256, "ab".repeat(32));
    let refused = pinned("ab").expect_err("too short");
    assert_eq!(refused.facts.reason.as_deref(), Some("pin"));
}

#[test]
fn a_user_with_a_colon_is_refused_whatever_the_login_way() {
    for login in [LoginWay::Automatic, LoginWay::Token, LoginWay::Basic] {
        let with_colon = ConnectionDraft { user: "a:b".to_owned(), login, ..draft("first", "https://x.example") };
        let refused = checked_draft(with_colon).expect_err("the platform takes it as a separator");
        assert_eq!(refused.facts.reason.as_deref(), Some("user_colon"), "{login:?}");
    }
}

/// A keyring whose entry another program has spoilt.
struct Spoilt(SessionStore);

#[async_trait::async_trait]
impl CredentialStore for Spoilt {
    async fn get(&self, _: &ConnectionId) -> Result<Option<SecretString>, Problem> {
        Err(Problem::because(ProblemCode::KeyringUnavailable, "not UTF-8"))
    }

    async fn set(&self, id: &ConnectionId, secret: SecretString) -> Result<(), Problem> {
        self.0.set(id, secret).await
    }

    async fn delete(&self, id: &ConnectionId) -> Result<(), Problem> {
        self.0.delete(id).await
    }

    async fn available(&self) -> Result<(), Problem> {
        Ok(())
    }
}

#[tokio::test]
async fn an_entry_that_cannot_be_read_can_be_replaced() {
    let desk = desk();
    let keyring = Arc::new(Spoilt(SessionStore::default()));
    let session = Arc::new(SessionStore::default());
    let file = ConnectionsFile::new(&desk.file);
    let shared = Arc::<Spoilt>::clone(&keyring);
    let connections = Connections::new(file, shared, session, desk.procedures.clone(), Arc::new(SystemClock));
    let saved = connections.save(draft("first", "https://x.example"), None).await.expect("saved");
    let edit = ConnectionDraft { id: Some(saved.id.clone()), ..draft("first", "https://x.example") };
    connections.save(edit, Some("new".into())).await.expect("saved");
    let kept = keyring.0.get(&saved.id).await.expect("memory answers").expect("kept");
    assert_eq!(kept.expose_secret(), "new");
}

/// A keyring that refuses to delete while it is locked.
#[derive(Default)]
struct Lockable {
    entries: SessionStore,
    is_locked: std::sync::atomic::AtomicBool,
}

#[async_trait::async_trait]
impl CredentialStore for Lockable {
    async fn get(&self, id: &ConnectionId) -> Result<Option<SecretString>, Problem> {
        self.entries.get(id).await
    }

    async fn set(&self, id: &ConnectionId, secret: SecretString) -> Result<(), Problem> {
        self.entries.set(id, secret).await
    }

    async fn delete(&self, id: &ConnectionId) -> Result<(), Problem> {
        if self.is_locked.load(std::sync::atomic::Ordering::Relaxed) {
            return Err(Problem::new(ProblemCode::KeyringLocked));
        }
        self.entries.delete(id).await
    }

    async fn available(&self) -> Result<(), Problem> {
        Ok(())
    }
}

fn over_lockable(desk: &Desk) -> (Arc<Lockable>, Connections) {
    let keyring = Arc::new(Lockable::default());
    let session = Arc::new(SessionStore::default());
    let shared = Arc::<Lockable>::clone(&keyring);
    let file = ConnectionsFile::new(&desk.file);
    (keyring, Connections::new(file, shared, session, desk.procedures.clone(), Arc::new(SystemClock)))
}

impl Lockable {
    fn lock(&self, is_locked: bool) {
        self.is_locked.store(is_locked, std::sync::atomic::Ordering::Relaxed);
    }

    async fn holds(&self, id: &ConnectionId) -> bool {
        self.entries.get(id).await.expect("memory answers").is_some()
    }
}

#[tokio::test]
async fn an_entry_that_a_delete_had_to_leave_can_be_swept() {
    let desk = desk();
    let (keyring, connections) = over_lockable(&desk);
    let saved = connections.save(draft("first", "https://x.example"), Some("old".into())).await.expect("saved");
    let stays = connections.save(draft("stays", "https://x.example"), Some("old".into())).await.expect("saved");
    keyring.lock(true);
    assert_eq!(connections.delete(&saved.id).await.expect_err("told").code, ProblemCode::KeyringLocked);
    assert!(keyring.holds(&saved.id).await, "left behind");
    assert!(connections.sweep().await.is_err(), "still locked");
    keyring.lock(false);
    connections.sweep().await.expect("swept");
    assert!(!keyring.holds(&saved.id).await, "nothing dangles");
    assert!(keyring.holds(&stays.id).await, "what a connection uses is not swept");
}

#[tokio::test]
async fn an_old_password_is_never_left_with_a_new_address() {
    let desk = desk();
    let (keyring, connections) = over_lockable(&desk);
    let saved = connections.save(draft("first", "https://old.example"), Some("old".into())).await.expect("saved");
    keyring.lock(true);
    let edit = ConnectionDraft { id: Some(saved.id.clone()), ..draft("first", "https://new.example") };
    assert_eq!(connections.save(edit, None).await.expect_err("refused").code, ProblemCode::KeyringLocked);
    assert_eq!(connections.find(&saved.id).expect("kept").address, "https://old.example");
}
