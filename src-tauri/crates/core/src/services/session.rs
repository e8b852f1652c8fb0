//! An open connection: its client, its pollers, and what they have found out.

mod polling;

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use secrecy::SecretString;
use tokio::sync::watch;

use super::background::Board;
use super::console::Parts;
use super::forecasts::Forecasts;
use super::log_levels::SessionLevels;
use super::own_files::FileTroubles;
use super::procedure::Driver;
use super::running_jobs::Jobs;
use crate::client::{Client, ClientSettings, Limits};
use crate::domain::connection::Connection;
use crate::domain::live::{Live, Phase};
use crate::domain::lock::Lock;
use crate::domain::monitor::Monitor;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::zone::ZoneEvidence;
use crate::poller::pace::Attention;
use crate::poller::{Polled, Poller};

/// Seconds between polls unless the connection says otherwise (product §4).
const USUAL_INTERVAL: u16 = 10;

/// An open connection.
pub(super) struct Session {
    pub(super) parts: Arc<Parts>,
    board: Arc<Board>,
    /// Otherwise its news are for the board. Changed only while the monitor is held.
    on_screen: AtomicBool,
    connection: Connection,
    client: Option<Client>,
    monitor: Mutex<Monitor>,
    lock: Mutex<Lock>,
    /// None where there is nothing to ask with.
    pub(super) jobs: Mutex<Option<Jobs>>,
    /// Held while modes are read or switched, so that no answer overtakes another.
    pub(super) modes_gate: tokio::sync::Mutex<()>,
    /// Held while the jobs are read, for the same reason.
    pub(super) jobs_gate: tokio::sync::Mutex<()>,
    /// Held by the one switch that is on its way.
    pub(super) switching: tokio::sync::Mutex<()>,
    /// Locked while levels are read or changed.
    pub(super) log_levels: tokio::sync::Mutex<SessionLevels>,
    pub(super) procedure: Driver,
    pub(super) forecasts: Forecasts,
    pub(super) file_troubles: FileTroubles,
    pollers: Mutex<Option<Pollers>>,
    /// What the pollers go by.
    attention: watch::Sender<Attention>,
    wishes: Mutex<Wishes>,
    /// How the last good list came about, for when the next one is due.
    last_list: Mutex<Option<Polled>>,
    /// Polls that a defect of ours ended.
    broken_polls: AtomicU32,
    /// A password that the user has typed and the platform has not yet accepted.
    typed: Mutex<Option<SecretString>>,
    /// It stays open and is polled; otherwise it is read when somebody asks.
    polls: AtomicBool,
    greeted: AtomicBool,
    /// Set when a refused login of this session was written down.
    refusal_noted: OnceLock<()>,
    closed: AtomicBool,
}

/// How a session begins.
pub(super) struct Opening {
    pub(super) generation: u32,
    pub(super) connection: Connection,
    /// Without one it looks where the connection says.
    pub(super) password: Option<SecretString>,
    pub(super) attention: Attention,
    pub(super) on_screen: bool,
    pub(super) board: Arc<Board>,
}

/// Who asks for how much attention.
#[derive(Clone, Copy)]
struct Wishes {
    /// Whoever looks at the window.
    window: Attention,
    /// The guided procedure, while one is under way.
    procedure: Option<Attention>,
}

/// The two loops.
struct Pollers {
    modes: Poller,
    jobs: Poller,
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
    pub(super) async fn open(parts: Arc<Parts>, opening: Opening) -> Arc<Self> {
        let Opening { generation, connection, password, attention, on_screen, board } = opening;
        let typed = password.clone();
        let zone = ZoneEvidence::new(&connection.zone, connection.proven_offset_minutes, parts.clock.zone());
        let secret = secret_for(&parts, &connection, password).await;
        let client = zone.and_then(|zone| {
            let client = Client::new(settings_of(&connection, parts.limits), secret?)?;
            Ok((zone, client.covered_by(&parts.scrubber)))
        });
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
            board,
            on_screen: AtomicBool::new(on_screen),
            connection,
            client,
            monitor: Mutex::new(monitor),
            lock: Mutex::default(),
            modes_gate: tokio::sync::Mutex::default(),
            jobs_gate: tokio::sync::Mutex::default(),
            switching: tokio::sync::Mutex::default(),
            log_levels: tokio::sync::Mutex::new(SessionLevels::not_read_yet()),
            procedure: Driver::default(),
            forecasts: Forecasts::default(),
            file_troubles: FileTroubles::default(),
            pollers: Mutex::default(),
            wishes: Mutex::new(Wishes { window: attention, procedure: None }),
            attention: watch::Sender::new(attention),
            last_list: Mutex::default(),
            broken_polls: AtomicU32::new(0),
            typed: Mutex::new(typed),
            polls: AtomicBool::new(false),
            greeted: AtomicBool::new(false),
            refusal_noted: OnceLock::new(),
            closed: AtomicBool::new(false),
        })
    }

    /// Ends polling and any export. A late answer finds the session closed and changes nothing.
    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.procedure.rest();
        self.forecasts.rest();
        self.cancel_export();
        held(&self.pollers).take();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    /// Nobody looks at it any more, whether it goes on or not.
    pub(super) fn is_left(&self) -> bool {
        self.is_closed() || !self.on_screen.load(Ordering::Acquire)
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
        // A lock closes by itself.
        monitor.lock(held(&self.lock).open_until(self.parts.clock.now()));
        // Told under the lock, so that news arrive in the order in which they came about.
        if *monitor.live() != before {
            self.tell(&monitor);
        }
        result
    }

    fn tell(&self, monitor: &Monitor) {
        if self.is_closed() {
            return;
        }
        if self.on_screen.load(Ordering::Acquire) {
            self.parts.events.live(Arc::new(monitor.live().clone()));
        } else {
            self.board.show(monitor.live());
        }
    }

    /// Goes on without a screen: nobody looks, and nobody switches.
    pub(super) fn leave_screen(&self) {
        self.cancel_export();
        self.attend(Attention::Hidden);
        self.set_lock(false);
        let monitor = held(&self.monitor);
        self.on_screen.store(false, Ordering::Release);
        self.tell(&monitor);
    }

    /// Is on the screen again, as the newest of all that were opened.
    pub(super) fn come_to_screen(&self, generation: u32, attention: Attention) {
        {
            let mut monitor = held(&self.monitor);
            self.on_screen.store(true, Ordering::Release);
            self.board.take_down(&self.connection.id);
            monitor.comes_to_front(generation);
            self.tell(&monitor);
        }
        self.attend(attention);
        self.refresh();
    }

    /// Whether it asks what this connection would ask, and can.
    pub(super) fn can_go_on_as(&self, connection: &Connection) -> bool {
        self.client().is_ok() && !self.has_stopped() && self.connection.asks_as(connection)
    }

    pub(super) fn refresh(&self) {
        if let Some(Pollers { modes, jobs }) = &*held(&self.pollers) {
            modes.refresh();
            jobs.refresh();
        }
    }

    /// Reads the modes again, right after the read that is under way.
    pub(super) fn refresh_modes(&self) {
        if let Some(pollers) = &*held(&self.pollers) {
            pollers.modes.refresh();
        }
    }

    // ---- the lock

    pub(super) fn set_lock(&self, open: bool) {
        let now = self.parts.clock.now();
        {
            let mut lock = held(&self.lock);
            if open {
                lock.open(now);
            } else {
                lock.close();
            }
        }
        self.update(|_| ());
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
        resolver: None,
    }
}

pub(super) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
