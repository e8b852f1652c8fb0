//! Polling: what one poll reads, what its failure ends, and when the next one is due.

use std::future::Future;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::time::Instant;

use super::{held, needs_user, Pollers, Session, Wishes, USUAL_INTERVAL};
use crate::client::{Client, Move};
use crate::domain::connection::{Connection, LoginWay};
use crate::domain::live::Phase;
use crate::domain::modes::ModeReading;
use crate::domain::monitor::{Monitor, ObservedChange};
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::time::Timestamp;
use crate::journal::JournalEvent;
use crate::poller::pace::{Attention, Verdict};
use crate::poller::{Polled, Poller};
use crate::services::own_files::OwnFile;

/// Seconds between polls under Basic, where every request is a login (product §4).
const BASIC_INTERVAL: u16 = 30;
/// The longest interval of a procedure, seconds: what it decides by must not have grown old in between.
const PROCEDURE_INTERVAL: u16 = 30;

impl Session {
    /// Polls at once, and by the interval from then on.
    pub(in crate::services) fn start_polling(self: &Arc<Self>) {
        self.polls.store(true, Ordering::Release);
        self.tell(&held(&self.monitor));
        self.resume_procedure();
        self.resume_forecasts();
        // Also where only a user can help: until then a planned end passes all the same.
        self.watch_procedure();
        if self.client.is_none() {
            return;
        }
        let mut pollers = held(&self.pollers);
        if self.closed.load(Ordering::Acquire) {
            return; // left before it began
        }
        let modes = poller(self, |session| async move { session.poll_modes().await });
        let jobs = poller(self, |session| async move { session.poll_jobs().await });
        *pollers = Some(Pollers { modes, jobs });
    }

    /// Reads the modes once; [`Session::live`] tells what came of it.
    pub(in crate::services) async fn read_modes_once(&self) {
        self.poll_modes().await;
    }

    /// Reads the running jobs once, unless only the user can help; [`Session::live`] tells what came of it.
    pub(in crate::services) async fn read_jobs_once(&self) {
        if !matches!(self.live().phase, Phase::Stopped { .. }) {
            self.poll_jobs().await;
        }
    }

    /// None once the connection has stopped, whichever of the two loops found out why.
    fn polling_client(&self) -> Option<&Client> {
        self.client.as_ref().filter(|_| !self.has_stopped())
    }

    pub(super) fn has_stopped(&self) -> bool {
        matches!(held(&self.monitor).live().phase, Phase::Stopped { .. })
    }

    async fn poll_modes(&self) -> Polled {
        let Some(client) = self.polling_client() else { return self.polled(Duration::ZERO, Verdict::Stop) };
        // The other loop may be waiting for its answer and cannot say that it is late.
        self.update(|monitor| monitor.time_passed(self.parts.clock.now()));
        let (result, took) = {
            let _gate = self.modes_gate.lock().await;
            let begun = Instant::now();
            (self.read_modes(client).await, begun.elapsed())
        };
        self.ended(client, result.err(), took).await
    }

    async fn poll_jobs(&self) -> Polled {
        let Some(client) = self.polling_client() else { return self.polled(Duration::ZERO, Verdict::Stop) };
        let (result, took) = {
            let _gate = self.jobs_gate.lock().await;
            let begun = Instant::now();
            (self.read_jobs(client).await, begun.elapsed())
        };
        let polled = self.ended(client, result.err(), took).await;
        if polled.verdict == Verdict::Good {
            held(&self.last_list).replace(polled);
            self.tell_interval();
        }
        polled
    }

    /// Whether somebody looks, from now on.
    pub(in crate::services) fn attend(&self, attention: Attention) {
        held(&self.wishes).window = attention;
        self.follow_wishes();
    }

    /// What the guided procedure asks for, from now on.
    pub(in crate::services) fn procedure_attends(&self, attention: Option<Attention>) {
        held(&self.wishes).procedure = attention;
        self.follow_wishes();
    }

    fn follow_wishes(&self) {
        let Wishes { window, procedure } = *held(&self.wishes);
        self.attention.send_replace(procedure.unwrap_or(window));
        self.tell_interval();
    }

    /// When the next list is due decides how long the last one counts.
    fn tell_interval(&self) {
        let Some(last) = *held(&self.last_list) else { return };
        let wait = self.attention.borrow().stretch(last.rest(), last.interval);
        // Rounded up: nobody should look for the next answer before it can be there.
        let seconds = wait.as_millis().div_ceil(1_000) as u32;
        self.update(|monitor| monitor.polls_every(seconds));
    }

    /// A defect of ours ended a poll. Once it may have met an odd moment; twice it would come again and again.
    fn poll_broke(&self) -> Polled {
        let problem = Problem::because(ProblemCode::Internal, "a poll broke off");
        if self.broken_polls.fetch_add(1, Ordering::AcqRel) > 0 {
            self.stop(&problem);
            return self.polled(Duration::ZERO, Verdict::Stop);
        }
        let now = self.parts.clock.now();
        self.update(|monitor| monitor.poll_broke(&problem, now));
        self.polled(Duration::ZERO, Verdict::Failed { retry_after: None })
    }

    /// After what was read is shown: a keyring may keep the first greeting waiting for a minute.
    async fn ended(&self, client: &Client, problem: Option<Problem>, took: Duration) -> Polled {
        if let Some(Move { from, to }) = client.moved().filter(|_| self.live().is_plain) {
            let now = self.parts.clock.now();
            self.update(|monitor| monitor.name_moved(from.to_string(), to.to_string(), now));
        }
        if problem.is_none() {
            self.greet(client).await;
        }
        self.polled(took, verdict(problem.as_ref()))
    }

    /// Reads the modes and tells what was found. The caller holds the gate.
    pub(in crate::services) async fn read_modes(&self, client: &Client) -> Result<ModeReading, Problem> {
        match client.read_modes().await {
            Ok(answer) => {
                let now = self.parts.clock.now();
                // Written down before it is told: what the window has shown must not be missing after a power cut.
                let is_suspect = self.update(|monitor| {
                    let changes = monitor.modes_read(answer.value, now);
                    for ObservedChange { mode, on, suspect } in &changes {
                        let event = JournalEvent::ObservedChange { mode: *mode, on: *on, suspect: *suspect };
                        self.note_within(monitor, event);
                    }
                    changes.iter().any(|change| change.suspect)
                });
                // One read cannot tell this lie from the truth (platform-contract §3); the next one may.
                if is_suspect {
                    self.refresh_modes();
                }
                self.procedure_modes(Ok(answer.value));
                Ok(answer.value)
            }
            Err(problem) => {
                self.failed(&problem, |monitor, now| monitor.modes_failed(&problem, now));
                self.procedure_modes(Err(&problem));
                Err(problem)
            }
        }
    }

    /// A failed attempt: told, and the end of all requests where only the user can help.
    pub(in crate::services) fn failed(&self, problem: &Problem, tell: impl FnOnce(&mut Monitor, Timestamp)) {
        if !self.stop_if_user_is_needed(problem) {
            let now = self.parts.clock.now();
            self.update(|monitor| tell(monitor, now));
        }
    }

    pub(in crate::services) fn stop_if_user_is_needed(&self, problem: &Problem) -> bool {
        let stops = needs_user(problem.code);
        if stops {
            self.stop(problem);
        }
        stops
    }

    /// Ends all requests. A refused login is written down before it is told, and once, although both loops may find it.
    pub(in crate::services) fn stop(&self, problem: &Problem) {
        if problem.code == ProblemCode::LoginRefused {
            self.refusal_noted.get_or_init(|| {
                self.wrote(OwnFile::Connections, self.parts.remember_login(&self.connection, true));
                self.note(JournalEvent::LoginRefused { user: self.connection.user.clone() });
            });
        }
        let now = self.parts.clock.now();
        self.update(|monitor| monitor.stopped(problem.clone(), now));
    }

    /// The first good answer: the login worked.
    async fn greet(&self, client: &Client) {
        if self.greeted.swap(true, Ordering::AcqRel) {
            return;
        }
        let login = client.login_state();
        let interval = u32::from(self.interval(client));
        // A script that asks every minute must not fill the journal with its greetings.
        if self.polls.load(Ordering::Acquire) {
            let Connection { user, address, .. } = self.connection.clone();
            self.note(JournalEvent::Connected { user, address });
        }
        self.update(|monitor| {
            monitor.logged_in(login);
            monitor.polls_every(interval);
        });
        if self.connection.stopped_by_refused_login {
            self.wrote(OwnFile::Connections, self.parts.remember_login(&self.connection, false));
        }
        let typed = held(&self.typed).take();
        if let Some(password) = typed {
            if let Err(problem) = self.parts.connections.keep_secret(&self.connection, password).await {
                tracing::warn!(%problem, "the password could not be kept");
                let now = self.parts.clock.now();
                self.update(|monitor| monitor.password_not_kept(problem, now));
            }
        }
    }

    fn interval(&self, client: &Client) -> u16 {
        let basic = client.login_state().is_some_and(|login| login.way == LoginWay::Basic);
        let chosen = self.connection.poll_seconds.unwrap_or(if basic { BASIC_INTERVAL } else { USUAL_INTERVAL });
        match held(&self.wishes).procedure {
            Some(Attention::Procedure) => chosen.min(PROCEDURE_INTERVAL),
            _ => chosen,
        }
    }

    fn polled(&self, took: Duration, verdict: Verdict) -> Polled {
        let seconds = self.client.as_ref().map_or(USUAL_INTERVAL, |client| self.interval(client));
        Polled { took, verdict, interval: Duration::from_secs(u64::from(seconds)) }
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
    Running: Future<Output = Polled> + Send + 'static,
{
    let weak: Weak<Session> = Arc::downgrade(session);
    let left = Polled { took: Duration::ZERO, verdict: Verdict::Stop, interval: Duration::ZERO };
    let after_panic = Weak::clone(&weak);
    let poll = move || {
        let running = weak.upgrade().map(&work);
        async move {
            match running {
                Some(running) => running.await,
                None => left,
            }
        }
    };
    let broken = move || after_panic.upgrade().map_or(left, |session| session.poll_broke());
    Poller::start(session.attention.subscribe(), jitter, poll, broken)
}

/// From 0 to 1, from the randomness of identifiers; retries need no better.
fn jitter() -> f64 {
    f64::from(uuid::Uuid::new_v4().as_fields().0) / f64::from(u32::MAX)
}
