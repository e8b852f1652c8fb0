//! What the commands share.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::time::Duration;

use ita_core::domain::connection::{
    CertificatePolicy, Connection, ConnectionDraft, ConnectionId, Environment, LoginWay, ProxyPolicy, SecretPlace,
    ZoneSetting,
};
use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::domain::test_report::StepResult;
use ita_core::services::announcer::Announcer;
use ita_core::services::connections::Importing;
use ita_core::services::console::Console;
use ita_core::services::guard::Guard;
use ita_core::settings::preferences::{PracticeExercise, Preferences, StartState};
use ita_practice::{Options, Practice, Scenario, PRACTICE_PASSWORD, PRACTICE_USER};
use tokio::sync::Mutex;

use crate::bridge::Bridge;
use crate::preferences::PreferencesStore;

/// How often the file of connections is looked at while the window is open. It is small, and its users are people.
const LOOK_EVERY: Duration = Duration::from_secs(3);

/// The core's console, the practice platform, and the preferences.
pub(crate) struct Shell {
    console: Console,
    guard: Arc<Guard>,
    announcer: Arc<Announcer>,
    bridge: Bridge,
    preferences: PreferencesStore,
    practice: Mutex<Option<Practice>>,
    importing: Importing,
    /// The page was asked whether to quit, and has not answered.
    quit_asked: AtomicBool,
    log: PathBuf,
    /// What was wrong when the program started.
    at_start: Option<Problem>,
}

impl Shell {
    pub(crate) fn new(
        console: Console,
        guard: Arc<Guard>,
        announcer: Arc<Announcer>,
        bridge: Bridge,
        preferences: PreferencesStore,
        log: PathBuf,
        at_start: Option<Problem>,
    ) -> Self {
        let importing = Importing::new(console.connections().clone());
        Self {
            console,
            guard,
            announcer,
            bridge,
            preferences,
            practice: Mutex::default(),
            importing,
            quit_asked: AtomicBool::new(false),
            log,
            at_start,
        }
    }

    pub(crate) const fn console(&self) -> &Console {
        &self.console
    }

    pub(crate) fn guard(&self) -> &Guard {
        &self.guard
    }

    pub(crate) fn announcer(&self) -> &Announcer {
        &self.announcer
    }

    pub(crate) const fn importing(&self) -> &Importing {
        &self.importing
    }

    pub(crate) fn preferences(&self) -> Preferences {
        self.preferences.get()
    }

    pub(crate) fn save_preferences(&self, preferences: Preferences) -> Result<(), Problem> {
        self.guard.set_on(preferences.left_on_guard);
        self.announcer.set_on(preferences.desktop_notifications);
        self.preferences.set(preferences)
    }

    /// What the page asks for when it loads.
    pub(crate) fn start_state(&self) -> Result<StartState, Problem> {
        let loaded = self.console.connections().list()?;
        self.console.connections().problem_told();
        let settings = loaded.problem.or_else(|| self.preferences.problem.clone());
        Ok(StartState {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            connections: loaded.connections,
            preferences: self.preferences(),
            problems: self.at_start.iter().cloned().chain(settings).collect(),
            log_file: self.log.display().to_string(),
            live: self.console.live(),
            background: self.console.background_procedures(),
            left_on: self.guard.state(),
        })
    }

    /// The connection that was open last, or the practice platform.
    pub(crate) async fn open_last(&self) {
        let last = self.preferences().last_connection;
        let saved = last.filter(|id| *id != ConnectionId::practice());
        let opened = match saved {
            Some(id) => self.console.open_saved(&id, None).await,
            None => Err(Problem::new(ProblemCode::NotConnected)),
        };
        if opened.is_err() {
            if let Err(problem) = self.start_practice(&self.preferences().practice).await {
                tracing::error!(%problem, "the practice platform did not start");
            }
        }
    }

    /// Looks after the saved connections that are not open; never ends.
    pub(crate) async fn watch_left_on(&self) {
        self.guard.watch(&self.console).await;
    }

    /// Notices when nothing can be read for long; never ends.
    pub(crate) async fn watch_lost(&self) {
        self.announcer.watch().await;
    }

    /// Whether the window may close now; otherwise the page asks its user first. Whoever closes it again instead of answering
    /// means it: perhaps the page no longer answers.
    pub(crate) fn may_close(&self) -> bool {
        let reasons = self.console.quit_reasons();
        if reasons.is_empty() || self.quit_asked.swap(true, Ordering::AcqRel) {
            return true;
        }
        self.bridge.quit_asked(&reasons);
        false
    }

    /// The page has an answer, whichever.
    pub(crate) fn quit_answered(&self) {
        self.quit_asked.store(false, Ordering::Release);
    }

    /// Tells the window when another program, such as `itamctl`, has changed the saved connections.
    pub(crate) async fn watch_connections(&self) {
        let list = || self.console.connections().list().map(|loaded| loaded.connections);
        let mut told = list();
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let found = list();
            if let Ok(connections) = &found {
                if found != told {
                    self.bridge.connections(connections);
                }
            }
            told = found;
        }
    }

    /// Once at the start, and after the last connection has its password: a keyring that waits for its owner to unlock it
    /// keeps nothing waiting but this.
    pub(crate) async fn sweep_keyring(&self) {
        if let Err(problem) = self.console.connections().sweep().await {
            tracing::warn!(%problem, "the keyring may hold passwords of connections that are gone");
        }
    }

    /// Tests a connection, and tells the window if that stops it: a kept password was refused.
    pub(crate) async fn test_connection(
        &self,
        test: u32,
        draft: ConnectionDraft,
        password: Option<String>,
    ) -> Result<Vec<StepResult>, Problem> {
        let steps = self.console.test_connection(test, draft, password.map(Into::into)).await;
        self.tell_connections()?;
        steps
    }

    /// Remembers which connection the next start opens.
    pub(crate) fn remember_last(&self, id: ConnectionId) -> Result<(), Problem> {
        let mut preferences = self.preferences();
        preferences.last_connection = Some(id);
        self.save_preferences(preferences)
    }

    /// Starts this exercise and remembers it; without one, that of last time.
    pub(crate) async fn practise(&self, exercise: Option<PracticeExercise>) -> Result<(), Problem> {
        let mut preferences = self.preferences();
        preferences.practice = exercise.unwrap_or(preferences.practice);
        self.start_practice(&preferences.practice).await?;
        preferences.last_connection = Some(ConnectionId::practice());
        self.save_preferences(preferences)
    }

    /// Starts the practice platform afresh, in place of one that is running, and connects to it.
    async fn start_practice(&self, exercise: &PracticeExercise) -> Result<(), Problem> {
        let mut running = self.practice.lock().await;
        let practice = running.insert(practice_of(exercise).await?);
        self.console.open(practice_connection(practice), Some(PRACTICE_PASSWORD.into())).await;
        Ok(())
    }

    /// Tells the window which connections there are.
    pub(crate) fn tell_connections(&self) -> Result<(), Problem> {
        self.bridge.connections(&self.console.connections().list()?.connections);
        Ok(())
    }
}

/// A scenario that this version does not know plays the ordinary night: preferences may be of a newer one.
async fn practice_of(exercise: &PracticeExercise) -> Result<Practice, Problem> {
    let scenario = exercise.scenario.parse::<Scenario>().unwrap_or_default();
    let started = Practice::start(Options { scenario, speed: exercise.speed.into(), ..Options::default() }).await;
    started.map_err(|error| Problem::because(ProblemCode::Internal, error.to_string()))
}

fn practice_connection(practice: &Practice) -> Connection {
    Connection {
        id: ConnectionId::practice(),
        name: "practice".to_owned(),
        address: practice.url(),
        environment: Environment::Practice,
        user: PRACTICE_USER.to_owned(),
        secret_place: SecretPlace::Session,
        login: LoginWay::Automatic,
        certificate: CertificatePolicy::System,
        proxy: ProxyPolicy::None,
        poll_seconds: Some(5),
        zone: ZoneSetting::Automatic,
        proven_offset_minutes: None,
        stopped_by_refused_login: false,
    }
}
