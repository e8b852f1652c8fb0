//! An open connection: its client, its pollers, and what they have found out.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use secrecy::SecretString;
use tokio::time::Instant;

use super::console::Parts;
use super::running_jobs::Jobs;
use crate::client::{Client, ClientSettings, Limits};
use crate::domain::connection::{Connection, LoginWay};
use crate::domain::live::{Live, Phase};
use crate::domain::lock::Lock;
use crate::domain::modes::ModeReading;
use crate::domain::monitor::Monitor;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::time::Timestamp;
use crate::domain::zone::ZoneEvidence;
use crate::journal::JournalEvent;
use crate::poller::pace::Verdict;
use crate::poller::{Polled, Poller};

/// Seconds between polls unless the connection says otherwise (product §4).
const USUAL_INTERVAL: u16 = 10;
/// The same under Basic, where every request is a login.
const BASIC_INTERVAL: u16 = 30;

/// An open connection.
pub(super) struct Session {
    pub(super) parts: Arc<Parts>,
    connection: Connection,
    client: Option<Client>,
    monitor: Mutex<Monitor>,
    lock: Mutex<Lock>,
    /// None where there is nothing to ask with.
    pub(super) jobs: Mutex<Option<Jobs>>,
    /// Held while modes are read or switched, so that no answer overtakes another.
    pub(super) modes_gate: tokio::sync::Mutex<()>,
    /// Held by the one switch that is on its way.
    pub(super) switching: tokio::sync::Mutex<()>,
    pollers: Mutex<Option<[Poller; 2]>>,
    /// A password that the user has typed and the platform has not yet accepted.
    typed: Mutex<Option<SecretString>>,
    /// It stays open and is polled; otherwise it is read when somebody asks.
    polls: AtomicBool,
    greeted: AtomicBool,
    closed: AtomicBool,
}

/// Problems that end all requests until the user acts.
pub(super) const fn needs_user(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::LoginRefused
            | ProblemCode::PasswordNeeded
            | ProblemCode::CertificateUntrusted
            | ProblemCode::CertificateChanged
            | ProblemCode::WrongSite
    )
}

impl Session {
    /// Makes a session that has not asked or told anything yet, or stands still with the reason.
    pub(super) async fn open(
        parts: Arc<Parts>,
        generation: u32,
        connection: Connection,
        password: Option<SecretString>,
    ) -> Arc<Self> {
        let typed = password.clone();
        let zone = ZoneEvidence::new(&connection.zone, connection.proven_offset_minutes, parts.clock.zone());
        let secret = secret_for(&parts, &connection, password).await;
        let client = zone.and_then(|zone| Ok((zone, Client::new(settings_of(&connection, parts.limits), secret?)?)));
        let interval = connection.poll_seconds.unwrap_or(USUAL_INTERVAL);
        let mut monitor = Monitor::new(generation, Some(connection.clone()), u32::from(interval));
        let (jobs, client) = match client {
            Ok((zone, client)) => (Some(Jobs::new(zone)), Some(client)),
            Err(problem) => {
                monitor.stopped(problem, parts.clock.now());
                (None, None)
            }
        };
        Arc::new(Self {
            jobs: Mutex::new(jobs),
            parts,
            connection,
            client,
            monitor: Mutex::new(monitor),
            lock: Mutex::default(),
            modes_gate: tokio::sync::Mutex::default(),
            switching: tokio::sync::Mutex::default(),
            pollers: Mutex::default(),
            typed: Mutex::new(typed),
            polls: AtomicBool::new(false),
            greeted: AtomicBool::new(false),
            closed: AtomicBool::new(false),
        })
    }

    /// Polls at once, and by the interval from then on.
    pub(super) fn start_polling(self: &Arc<Self>) {
        self.polls.store(true, Ordering::Release);
        self.tell(&held(&self.monitor));
        if self.client.is_none() {
            return;
        }
        let mut pollers = held(&self.pollers);
        if self.closed.load(Ordering::Acquire) {
            return; // left before it began
        }
        let modes = poller(self, |session| async move { session.poll_modes().await });
        let jobs = poller(self, |session| async move { session.poll_jobs().await });
        *pollers = Some([modes, jobs]);
    }

    /// Ends polling. A late answer finds the session closed and changes nothing.
    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::Release);
        held(&self.pollers).take();
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(super) fn client(&self) -> Result<&Client, Problem> {
        self.client.as_ref().ok_or_else(|| match self.live().phase {
            Phase::Stopped { problem } => problem,
            _ => Problem::new(ProblemCode::NotConnected),
        })
    }

    pub(super) fn live(&self) -> Live {
        held(&self.monitor).live().clone()
    }

    /// Changes what is known and tells it.
    pub(super) fn update<T>(&self, change: impl FnOnce(&mut Monitor) -> T) -> T {
        let mut monitor = held(&self.monitor);
        let before = monitor.live().clone();
        let result = change(&mut monitor);
        // Told under the lock, so that news arrive in the order in which they came about.
        if *monitor.live() != before {
            self.tell(&monitor);
        }
        result
    }

    fn tell(&self, monitor: &Monitor) {
        if !self.closed.load(Ordering::Acquire) {
            self.parts.events.live(Arc::new(monitor.live().clone()));
        }
    }

    pub(super) fn refresh(&self) {
        for poller in held(&self.pollers).iter().flatten() {
            poller.refresh();
        }
    }

    pub(super) fn note(&self, event: JournalEvent) {
        self.parts.note(&self.connection.id, event);
    }

    // ---- the lock

    pub(super) fn set_lock(&self, open: bool) {
        let now = self.parts.clock.now();
        let open_until = {
            let mut lock = held(&self.lock);
            if open {
                lock.open(now);
            } else {
                lock.close();
            }
            lock.open_until(now)
        };
        self.update(|monitor| monitor.lock(open_until));
    }

    /// Every use keeps an open lock open for another full span.
    pub(super) fn use_lock(&self) {
        if self.connection.environment.has_lock() {
            self.set_lock(true);
        }
    }

    pub(super) fn lock_is_closed(&self) -> bool {
        let now = self.parts.clock.now();
        self.connection.environment.has_lock() && held(&self.lock).open_until(now).is_none()
    }

    // ---- polling

    /// Reads the modes once; [`Session::live`] tells what came of it.
    pub(super) async fn read_modes_once(&self) {
        self.poll_modes().await;
    }

    /// Reads the running jobs once, unless only the user can help; [`Session::live`] tells what came of it.
    pub(super) async fn read_jobs_once(&self) {
        if !matches!(self.live().phase, Phase::Stopped { .. }) {
            self.poll_jobs().await;
        }
    }

    /// None once the connection has stopped, whichever of the two loops found out why.
    fn polling_client(&self) -> Option<&Client> {
        self.client.as_ref().filter(|_| !self.has_stopped())
    }

    fn has_stopped(&self) -> bool {
        matches!(held(&self.monitor).live().phase, Phase::Stopped { .. })
    }

    async fn poll_modes(&self) -> Polled {
        let Some(client) = self.polling_client() else { return self.polled(Duration::ZERO, Verdict::Stop) };
        let _gate = self.modes_gate.lock().await;
        let begun = Instant::now();
        let result = self.read_modes(client).await;
        self.polled(begun.elapsed(), verdict(result.err().as_ref()))
    }

    async fn poll_jobs(&self) -> Polled {
        let Some(client) = self.polling_client() else { return self.polled(Duration::ZERO, Verdict::Stop) };
        let begun = Instant::now();
        let result = self.read_jobs(client).await;
        self.polled(begun.elapsed(), verdict(result.err().as_ref()))
    }

    /// Reads the modes and tells what was found. The caller holds the gate.
    pub(super) async fn read_modes(&self, client: &Client) -> Result<ModeReading, Problem> {
        match client.read_modes().await {
            Ok(answer) => {
                self.greet(client).await;
                let now = self.parts.clock.now();
                let changes = self.update(|monitor| monitor.modes_read(answer.value, now));
                for change in changes {
                    let (mode, on, suspect) = (change.mode, change.on, change.suspect);
                    self.note(JournalEvent::ObservedChange { mode, on, suspect });
                }
                Ok(answer.value)
            }
            Err(problem) => {
                self.failed(&problem, |monitor, now| monitor.modes_failed(&problem, now));
                Err(problem)
            }
        }
    }

    /// A failed attempt: told, and the end of all requests where only the user can help.
    pub(super) fn failed(&self, problem: &Problem, tell: impl FnOnce(&mut Monitor, Timestamp)) {
        if !self.stop_if_user_is_needed(problem) {
            let now = self.parts.clock.now();
            self.update(|monitor| tell(monitor, now));
        }
    }

    pub(super) fn stop_if_user_is_needed(&self, problem: &Problem) -> bool {
        let stops = needs_user(problem.code);
        if stops {
            self.stop(problem);
        }
        stops
    }

    fn stop(&self, problem: &Problem) {
        let now = self.parts.clock.now();
        let was_stopped = self.has_stopped();
        self.update(|monitor| monitor.stopped(problem.clone(), now));
        if problem.code == ProblemCode::LoginRefused && self.client.is_some() && !was_stopped {
            self.remember_refused_login(true);
            self.note(JournalEvent::LoginRefused { user: self.connection.user.clone() });
        }
    }

    /// The first good answer: the login worked.
    pub(super) async fn greet(&self, client: &Client) {
        if self.greeted.swap(true, Ordering::AcqRel) {
            return;
        }
        let login = client.login_state();
        let interval = u32::from(self.interval(client));
        self.update(|monitor| {
            monitor.logged_in(login);
            monitor.polls_every(interval);
        });
        if self.connection.stopped_by_refused_login {
            self.remember_refused_login(false);
        }
        let typed = held(&self.typed).take();
        if let Some(password) = typed {
            if let Err(problem) = self.parts.connections.keep_secret(&self.connection, password).await {
                tracing::warn!(%problem, "the password could not be kept");
                let now = self.parts.clock.now();
                self.update(|monitor| monitor.password_not_kept(problem, now));
            }
        }
        // A script that asks every minute must not fill the journal with its greetings.
        if self.polls.load(Ordering::Acquire) {
            let Connection { user, address, .. } = self.connection.clone();
            self.note(JournalEvent::Connected { user, address });
        }
    }

    fn remember_refused_login(&self, refused: bool) {
        self.note_in_file(|connection| connection.stopped_by_refused_login = refused);
    }

    /// Changes the saved form of this connection, where it has one.
    pub(super) fn note_in_file(&self, change: impl FnOnce(&mut Connection)) {
        if !self.connection.id.is_saved() {
            return;
        }
        if let Err(problem) = self.parts.connections.note(&self.connection.id, change) {
            tracing::error!(%problem, "the connections file could not be written");
        }
    }

    fn interval(&self, client: &Client) -> u16 {
        let basic = client.login_state().is_some_and(|login| login.way == LoginWay::Basic);
        self.connection.poll_seconds.unwrap_or(if basic { BASIC_INTERVAL } else { USUAL_INTERVAL })
    }

    fn polled(&self, took: Duration, verdict: Verdict) -> Polled {
        let seconds = self.client.as_ref().map_or(USUAL_INTERVAL, |client| self.interval(client));
        Polled { took, verdict, interval: Duration::from_secs(u64::from(seconds)) }
    }
}

async fn secret_for(
    parts: &Parts,
    connection: &Connection,
    password: Option<SecretString>,
) -> Result<SecretString, Problem> {
    if let Some(password) = password {
        return Ok(password);
    }
    if connection.stopped_by_refused_login {
        return Err(Problem::new(ProblemCode::LoginRefused));
    }
    let kept = parts.connections.secret(connection).await?;
    kept.ok_or_else(|| Problem::new(ProblemCode::PasswordNeeded))
}

/// What a client needs to know of a connection.
pub(super) fn settings_of(connection: &Connection, limits: Limits) -> ClientSettings {
    ClientSettings {
        origin: connection.address.clone(),
        user: connection.user.clone(),
        login: connection.login,
        certificate: connection.certificate.clone(),
        proxy: connection.proxy.clone(),
        limits,
    }
}

fn verdict(problem: Option<&Problem>) -> Verdict {
    match problem {
        None => Verdict::Good,
        Some(problem) if needs_user(problem.code) => Verdict::Stop,
        Some(problem) => {
            let retry_after = problem.facts.retry_after_seconds.map(|seconds| Duration::from_secs(u64::from(seconds)));
            Verdict::Failed { retry_after }
        }
    }
}

/// A poller that ends with its session.
fn poller<Work, Running>(session: &Arc<Session>, work: Work) -> Poller
where
    Work: Fn(Arc<Session>) -> Running + Send + 'static,
    Running: Future<Output = Polled> + Send,
{
    let weak: Weak<Session> = Arc::downgrade(session);
    Poller::start(jitter, move || {
        let running = weak.upgrade().map(&work);
        async move {
            match running {
                Some(running) => running.await,
                None => Polled { took: Duration::ZERO, verdict: Verdict::Stop, interval: Duration::ZERO },
            }
        }
    })
}

/// From 0 to 1, from the randomness of identifiers; retries need no better.
fn jitter() -> f64 {
    f64::from(uuid::Uuid::new_v4().as_fields().0) / f64::from(u32::MAX)
}

pub(super) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
