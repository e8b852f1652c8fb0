//! A console over a temporary folder, as the shell composes it, with a keyring in memory and news that can be waited for.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ita_core::client::Limits;
use ita_core::credentials::SessionStore;
use ita_core::domain::background::BackgroundProcedure;
use ita_core::domain::connection::{
    CertificatePolicy, Connection, ConnectionDraft, Environment, LoginWay, ProxyPolicy, SecretPlace, ZoneSetting,
};
use ita_core::domain::left_on::LeftOnState;
use ita_core::domain::live::Live;
use ita_core::domain::procedure::{Frontend, ProcedurePhase};
use ita_core::domain::test_report::StepResult;
use ita_core::domain::time::Timestamp;
use ita_core::domain::vocabulary::Language;
use ita_core::journal::Journal;
use ita_core::log::Scrubber;
use ita_core::ports::{Clock, CredentialStore, Desktop, EventSink, SystemClock};
use ita_core::services::announcer::Announcer;
use ita_core::services::connections::Connections;
use ita_core::services::console::{Console, Parts};
use ita_core::services::guard::Guard;
use ita_core::services::listeners::Listeners;
use ita_core::settings::connections::ConnectionsFile;
use ita_core::settings::left_on::LeftOnFile;
use ita_core::settings::lives::LifeFiles;
use ita_core::settings::procedures::ProcedureFiles;
use tokio::sync::watch;

use crate::wait::{until_true, LIMIT};

/// The longest a test waits for news.
const PATIENCE: Duration = Duration::from_secs(30);
/// What zeros of a drain are certainly far enough apart by.
const BETWEEN_ZEROS: Duration = Duration::from_secs(5);

struct News {
    live: watch::Sender<Option<Arc<Live>>>,
    left_on: watch::Sender<LeftOnState>,
    background: watch::Sender<Vec<BackgroundProcedure>>,
}

impl EventSink for News {
    fn live(&self, live: Arc<Live>) {
        self.live.send_replace(Some(live));
    }

    fn background(&self, procedures: Vec<BackgroundProcedure>) {
        self.background.send_replace(procedures);
    }

    fn test_step(&self, _step: StepResult) {}

    fn left_on(&self, state: LeftOnState) {
        self.left_on.send_replace(state);
    }
}

/// A desktop that remembers what was said on it.
#[derive(Debug, Default)]
pub struct Heard(Mutex<Vec<(String, String)>>);

impl Heard {
    /// Titles and texts, in order.
    pub fn all(&self) -> Vec<(String, String)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The texts alone.
    pub fn texts(&self) -> Vec<String> {
        self.all().into_iter().map(|(_, text)| text).collect()
    }
}

impl Desktop for Heard {
    fn say(&self, title: String, text: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((title, text));
    }
}

/// A program without its window. The stores outlive a "restart".
pub struct Program {
    /// The core's console.
    pub console: Console,
    /// The left-on guard, which hears what the console tells. It sends nothing until a test lets it watch.
    pub guard: Arc<Guard>,
    /// Who says news on the desktop; it does not look at the time until a test lets it watch.
    pub announcer: Arc<Announcer>,
    /// The desktop.
    pub said: Arc<Heard>,
    /// What the guard has told.
    pub left_on: watch::Receiver<LeftOnState>,
    news: watch::Receiver<Option<Arc<Live>>>,
    background: watch::Receiver<Vec<BackgroundProcedure>>,
    folder: Arc<tempfile::TempDir>,
    keyring: Arc<dyn CredentialStore>,
    clock: Arc<dyn Clock>,
    limits: Limits,
    frontend: Frontend,
}

/// The system's clock, which a test can put forward.
#[derive(Debug, Default)]
pub struct ShiftedClock(AtomicI64);

impl ShiftedClock {
    /// Lets so much time pass at once.
    pub fn advance(&self, elapsed: Duration) {
        self.0.fetch_add(i64::try_from(elapsed.as_millis()).expect("a time that a test lets pass"), Ordering::SeqCst);
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        Timestamp(SystemClock.now().0 + self.0.load(Ordering::SeqCst))
    }
}

/// The time of the runtime, which is paused in some tests.
#[derive(Debug)]
struct RuntimeClock {
    started: tokio::time::Instant,
    base: Timestamp,
}

impl Default for RuntimeClock {
    fn default() -> Self {
        Self { started: tokio::time::Instant::now(), base: SystemClock.now() }
    }
}

impl Clock for RuntimeClock {
    fn now(&self) -> Timestamp {
        let elapsed = self.started.elapsed().as_millis();
        Timestamp(self.base.0 + i64::try_from(elapsed).expect("a time that a test lets pass"))
    }
}

impl Program {
    /// A first start: empty folder, empty keyring.
    pub fn first_start() -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        Self::compose(folder, Arc::new(SessionStore::default()), Arc::new(SystemClock))
    }

    /// A first start over a keyring of the test's own.
    pub fn with_keyring(keyring: Arc<dyn CredentialStore>) -> Self {
        Self::compose(Arc::new(tempfile::tempdir().expect("a folder")), keyring, Arc::new(SystemClock))
    }

    /// A first start by a clock of the test's own.
    pub fn with_clock(clock: Arc<dyn Clock>) -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        Self::compose(folder, Arc::new(SessionStore::default()), clock)
    }

    /// A first start by the clock that a paused runtime moves, and with limits of the test's own.
    pub fn in_paused_time(limits: Limits) -> Self {
        Self::in_paused_time_with(limits, Arc::new(SessionStore::default()))
    }

    /// The same over a keyring of the test's own.
    pub fn in_paused_time_with(limits: Limits, keyring: Arc<dyn CredentialStore>) -> Self {
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        let clock: Arc<dyn Clock> = Arc::new(RuntimeClock::default());
        Self::compose_with(folder, keyring, clock, limits, Frontend::Window)
    }

    /// The next start over the same folder and keyring; this one has ended.
    #[must_use]
    pub fn restart(self) -> Self {
        self.console.shut_down();
        self.again(self.frontend)
    }

    /// Another program of the same kind over the same folder, while this one goes on.
    #[must_use]
    pub fn beside(&self) -> Self {
        self.again(self.frontend)
    }

    /// The command line over the same folder, while this one goes on.
    #[must_use]
    pub fn command_line_beside(&self) -> Self {
        self.again(Frontend::CommandLine)
    }

    fn again(&self, frontend: Frontend) -> Self {
        let (folder, keyring, clock) = (Arc::clone(&self.folder), Arc::clone(&self.keyring), Arc::clone(&self.clock));
        Self::compose_with(folder, keyring, clock, self.limits, frontend)
    }

    fn compose(folder: Arc<tempfile::TempDir>, keyring: Arc<dyn CredentialStore>, clock: Arc<dyn Clock>) -> Self {
        Self::compose_with(folder, keyring, clock, Limits::default(), Frontend::Window)
    }

    fn compose_with(
        folder: Arc<tempfile::TempDir>,
        keyring: Arc<dyn CredentialStore>,
        clock: Arc<dyn Clock>,
        limits: Limits,
        frontend: Frontend,
    ) -> Self {
        let (live, news) = watch::channel(None);
        let (tell, left_on) = watch::channel(LeftOnState::default());
        let (told, background) = watch::channel(Vec::new());
        let file = ConnectionsFile::new(folder.path().join("connections.json"));
        let session = Arc::new(SessionStore::default());
        let journal = Journal::new(folder.path().join("journal"), "night");
        let remembered = LeftOnFile::new(folder.path().join("left-on.json"));
        let sink = Arc::new(News { live, left_on: tell, background: told });
        let window = Arc::<News>::clone(&sink);
        let guard = Arc::new(Guard::new(Arc::clone(&clock), window, journal.clone(), remembered, true));
        let desktop = Arc::<Heard>::default();
        let said = Arc::<Heard>::clone(&desktop);
        let announcer = Arc::new(Announcer::new(Arc::clone(&clock), desktop, true, Language::Ja));
        let listeners = Listeners { guard: Arc::clone(&guard), announcer: Arc::clone(&announcer), window: sink };
        let procedures = ProcedureFiles::new(folder.path().join("procedures"));
        let saved = Connections::new(file, Arc::clone(&keyring), session, procedures.clone(), Arc::clone(&clock));
        let console = Console::new(Parts {
            frontend,
            clock: Arc::clone(&clock),
            events: Arc::new(listeners),
            connections: saved,
            journal,
            procedures,
            lives: LifeFiles::new(folder.path().join("job-lives")),
            limits,
            scrubber: Scrubber::default(),
        });
        Self { console, guard, announcer, said, left_on, news, background, folder, keyring, clock, limits, frontend }
    }

    /// By its clock.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The folder with everything that this program writes.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Its procedures, as they are on the disk.
    pub fn procedures(&self) -> ProcedureFiles {
        ProcedureFiles::new(self.folder().join("procedures"))
    }

    /// Saves a connection with its password in the keyring.
    pub async fn save(&self, address: &str, environment: Environment, password: &str) -> Connection {
        let saved = self.console.connections().save(draft(address, environment), Some(password.into())).await;
        saved.expect("saved")
    }

    /// Waits until what is shown satisfies a condition.
    pub async fn wait_until(&mut self, what: &str, mut condition: impl FnMut(&Live) -> bool) -> Live {
        let found = self.news.wait_for(|live| live.as_ref().is_some_and(|live| condition(live)));
        let found = tokio::time::timeout(PATIENCE, found).await.map(|found| found.map(|live| live.clone()));
        match found {
            Ok(Ok(Some(live))) => (*live).clone(),
            _ => panic!("{what} did not come about; last news: {:#?}", self.console.live()),
        }
    }

    /// Polls until what is known satisfies a condition. Zeros of a drain have to be apart: `clock`, this program's, is put
    /// forward between them.
    pub async fn poll_until(&self, clock: &ShiftedClock, what: &str, condition: impl Fn(&Live) -> bool) {
        let mut counted = None;
        until_true(what, LIMIT, async || {
            self.console.refresh().expect("open");
            let live = self.console.live();
            let is_there = condition(&live);
            let drains = live.procedure.filter(|it| it.phase == ProcedurePhase::Draining && it.holding == Some(0));
            if let Some(zeros) = drains.map(|it| it.zeros).filter(|zeros| !is_there && Some(*zeros) != counted) {
                counted = Some(zeros);
                clock.advance(BETWEEN_ZEROS);
            }
            is_there
        })
        .await;
    }

    /// Waits until what is told of the procedures in the background satisfies a condition.
    pub async fn wait_for_background(
        &mut self,
        what: &str,
        condition: impl FnMut(&Vec<BackgroundProcedure>) -> bool,
    ) -> Vec<BackgroundProcedure> {
        match tokio::time::timeout(PATIENCE, self.background.wait_for(condition)).await {
            Ok(Ok(told)) => told.clone(),
            _ => panic!("{what} was not told; last news: {:#?}", self.console.background_procedures()),
        }
    }
}

/// A connection as the form sends it.
pub fn draft(address: &str, environment: Environment) -> ConnectionDraft {
    ConnectionDraft {
        id: None,
        name: "基幹ITA（東京）".to_owned(),
        address: address.to_owned(),
        environment,
        user: "admin".to_owned(),
        secret_place: SecretPlace::Keyring,
        login: LoginWay::Automatic,
        certificate: CertificatePolicy::System,
        proxy: ProxyPolicy::None,
        poll_seconds: Some(5),
        zone: ZoneSetting::Automatic,
    }
}
