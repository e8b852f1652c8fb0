//! Which of two connections stays open.

use std::collections::HashSet;

use async_trait::async_trait;
use tokio::sync::Semaphore;

use super::*;
use crate::client::Limits;
use crate::credentials::SessionStore;
use crate::domain::connection::{CertificatePolicy, Environment, LoginWay, ProxyPolicy, SecretPlace, ZoneSetting};
use crate::domain::live::Phase;
use crate::domain::procedure::Frontend;
use crate::ports::{CredentialStore, SystemClock};
use crate::settings::connections::ConnectionsFile;
use crate::settings::lives::LifeFiles;
use crate::settings::procedures::ProcedureFiles;

/// A keyring that keeps one of its readers waiting until it is let through.
struct SlowKeyring {
    slow: Mutex<HashSet<ConnectionId>>,
    asked: Semaphore,
    release: Semaphore,
}

impl SlowKeyring {
    fn new() -> Self {
        Self { slow: Mutex::default(), asked: Semaphore::new(0), release: Semaphore::new(0) }
    }
}

#[async_trait]
impl CredentialStore for SlowKeyring {
    async fn get(&self, id: &ConnectionId) -> Result<Option<SecretString>, Problem> {
        if self.slow.lock().expect("not poisoned").contains(id) {
            self.asked.add_permits(1);
            self.release.acquire().await.expect("never closed").forget();
        }
        Ok(None)
    }

    async fn set(&self, _: &ConnectionId, _: SecretString) -> Result<(), Problem> {
        Ok(())
    }

    async fn delete(&self, _: &ConnectionId) -> Result<(), Problem> {
        Ok(())
    }

    async fn available(&self) -> Result<(), Problem> {
        Ok(())
    }
}

#[derive(Default)]
struct News(Mutex<Vec<Arc<Live>>>);

impl EventSink for News {
    fn live(&self, live: Arc<Live>) {
        self.0.lock().expect("not poisoned").push(live);
    }

    fn test_step(&self, _: StepResult) {}
}

struct Desk {
    console: Arc<Console>,
    keyring: Arc<SlowKeyring>,
    news: Arc<News>,
    _folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (keyring, news) = (Arc::new(SlowKeyring::new()), Arc::new(News::default()));
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let file = ConnectionsFile::new(folder.path().join("connections.json"));
        let session = Arc::new(SessionStore::default());
        let procedures = ProcedureFiles::new(folder.path().join("procedures"));
        let slow = Arc::<SlowKeyring>::clone(&keyring);
        let connections = Connections::new(file, slow, session, procedures.clone(), Arc::clone(&clock));
        let journal = Journal::new(folder.path().join("journal"), "night");
        let console = Console::new(Parts {
            frontend: Frontend::Window,
            clock,
            events: Arc::<News>::clone(&news),
            connections,
            journal,
            procedures,
            lives: LifeFiles::new(folder.path().join("job-lives")),
            limits: Limits::default(),
            scrubber: Scrubber::default(),
        });
        Self { console: Arc::new(console), keyring, news, _folder: folder }
    }

    async fn save(&self, name: &str) -> ConnectionId {
        let draft = ConnectionDraft {
            id: None,
            name: name.to_owned(),
            address: "http://127.0.0.1:1".to_owned(),
            environment: Environment::Development,
            user: "admin".to_owned(),
            secret_place: SecretPlace::Keyring,
            login: LoginWay::Automatic,
            certificate: CertificatePolicy::System,
            proxy: ProxyPolicy::None,
            poll_seconds: None,
            zone: ZoneSetting::Automatic,
        };
        self.console.connections().save(draft, None).await.expect("saved").id
    }

    /// Begins to open a connection whose password takes its time, and returns when the keyring was asked.
    async fn begin_slowly(&self, id: &ConnectionId) -> tokio::task::JoinHandle<()> {
        self.keyring.slow.lock().expect("not poisoned").insert(id.clone());
        let (console, id) = (Arc::clone(&self.console), id.clone());
        let opening = tokio::spawn(async move { console.open_saved(&id, None).await.expect("saved") });
        self.keyring.asked.acquire().await.expect("never closed").forget();
        opening
    }

    fn open_name(&self) -> Option<String> {
        self.console.live().connection.map(|connection| connection.name)
    }
}

#[tokio::test]
async fn the_connection_that_was_opened_last_stays_although_its_rival_was_slower() {
    let desk = Desk::new();
    let (slow, quick) = (desk.save("slow").await, desk.save("quick").await);
    let opening = desk.begin_slowly(&slow).await;
    desk.console.open_saved(&quick, None).await.expect("saved");
    desk.keyring.release.add_permits(1);
    opening.await.expect("no panic");
    assert_eq!(desk.open_name().as_deref(), Some("quick"));
    let news = desk.news.0.lock().expect("not poisoned");
    let names = news.iter().filter_map(|live| live.connection.as_ref()).map(|connection| connection.name.as_str());
    let mut names: Vec<&str> = names.collect();
    names.dedup();
    assert_eq!(names, ["slow", "quick"], "on its way, and never heard of again once the other one was opened");
    assert!(news.windows(2).all(|pair| pair[0].generation <= pair[1].generation), "generations only rise");
}

#[tokio::test]
async fn a_connection_that_was_left_while_it_opened_stays_closed() {
    let desk = Desk::new();
    let slow = desk.save("slow").await;
    let opening = desk.begin_slowly(&slow).await;
    desk.console.close();
    desk.keyring.release.add_permits(1);
    opening.await.expect("no panic");
    assert_eq!((desk.open_name(), desk.console.live().phase), (None, Phase::Closed));
}

#[tokio::test]
async fn without_a_connection_every_question_has_the_same_answer() {
    let console = Desk::new().console;
    let view: JobView = serde_json::from_str(r#"{"sort":null}"#).expect("a view");
    let code = |problem: Problem| problem.code;
    let answers = [
        console.refresh().map_err(code).err(),
        console.set_lock(true).map_err(code).err(),
        console.dismiss_notice(1).map_err(code).err(),
        console.plan_switch(Mode::JobStop, true).map_err(code).err(),
        console.switch_mode(Mode::JobStop, true, &Consent::default()).await.map_err(code).err(),
        console.job_window(&view, 0, 10).map_err(code).err(),
        console.job_facets(Language::Ja).map_err(code).err(),
        console.journal_entries(1, None).map_err(code).err(),
    ];
    assert_eq!(answers, [Some(ProblemCode::NotConnected); 8]);
}
