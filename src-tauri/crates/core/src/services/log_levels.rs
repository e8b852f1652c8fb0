//! Log levels: read when somebody looks, never polled. A change reads again, sends one PATCH with only the services that
//! differ, reads back, and is in the journal (product §11, platform-contract §8). A write is never retried.

use super::session::Session;
use crate::client::{Applied, Client, SwitchFailure};
use crate::domain::confirmation::{is_given, required, Consent};
use crate::domain::live::Phase;
use crate::domain::log_levels::{
    after_the_write, before_the_write, ChangedLevel, LevelChange, LevelOutcome, LevelReading, LogLevels,
    LogLevelsOutcome,
};
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::time::Timestamp;
use crate::domain::truth::Truth;
use crate::journal::JournalEvent;

/// What a session knows of the levels.
pub(super) struct SessionLevels {
    truth: Truth<LogLevels>,
    /// What this workstation wrote last: when a read shows its effect, perhaps only after several that failed, that is no news.
    sent: Vec<LevelChange>,
}

impl SessionLevels {
    pub(super) const fn not_read_yet() -> Self {
        Self { truth: Truth::not_read_yet(), sent: Vec::new() }
    }

    fn ended(&self, changes: Vec<LevelChange>, outcome: impl Fn(&LevelChange) -> LevelOutcome) -> Vec<ChangedLevel> {
        let read = |service: &str| self.truth.known().map_or(LevelReading::Unread, |levels| levels.of(service));
        let of = |change: LevelChange| ChangedLevel { outcome: outcome(&change), read: read(&change.service), change };
        changes.into_iter().map(of).collect()
    }
}

/// How a write ended.
struct Written {
    services: Vec<ChangedLevel>,
    platform_time: Option<Timestamp>,
    problem: Option<Problem>,
}

impl Session {
    /// See [`super::console::Console::log_levels`].
    pub(super) async fn log_levels(&self) -> Truth<LogLevels> {
        let mut levels = self.log_levels.lock().await;
        match self.asking_client() {
            // What came of it is in the levels.
            Ok(client) => drop(self.read_log_levels(client, &mut levels).await),
            Err(problem) => levels.truth = levels.truth.clone().failed(self.parts.clock.now(), problem),
        }
        levels.truth.clone()
    }

    /// See [`super::console::Console::change_log_levels`].
    pub(super) async fn change_log_levels(
        &self,
        wanted: Vec<LevelChange>,
        consent: &Consent,
    ) -> Result<LogLevelsOutcome, Problem> {
        if self.lock_is_closed() {
            return Err(Problem::new(ProblemCode::LockClosed));
        }
        if self.live().modes.read_only.known() == Some(&true) {
            return Err(Problem::new(ProblemCode::RefusedReadOnly));
        }
        let connection = self.connection();
        if !is_given(required(connection.environment, &[]), consent, &connection.name) {
            return Err(Problem::new(ProblemCode::ConfirmationNeeded));
        }
        let client = self.asking_client()?;
        self.use_lock();
        let outcome = self.change_behind_gate(client, wanted).await;
        // A refusal may mean that read-only mode was switched on elsewhere.
        self.refresh_modes();
        Ok(outcome)
    }

    /// The levels stay locked meanwhile: an answer from before the change must not arrive after its read-back.
    async fn change_behind_gate(&self, client: &Client, wanted: Vec<LevelChange>) -> LogLevelsOutcome {
        let mut levels = self.log_levels.lock().await;
        let mut problem = self.read_log_levels(client, &mut levels).await.err();
        // Whoever agreed has left the connection meanwhile, or locked it again.
        if self.is_left() || self.lock_is_closed() {
            problem = Some(Problem::because(ProblemCode::Cancelled, "left or locked before it was sent"));
        }
        let before = match levels.truth.known() {
            Some(levels) if problem.is_none() => before_the_write(levels, &wanted),
            _ => vec![Some(LevelOutcome::NotSent); wanted.len()],
        };
        let (mut services, mut to_send) = (Vec::new(), Vec::new());
        for (change, outcome) in wanted.into_iter().zip(before) {
            match outcome {
                Some(outcome) => services.extend(levels.ended(vec![change], |_| outcome)),
                None => to_send.push(change),
            }
        }
        if to_send.is_empty() {
            return LogLevelsOutcome { services, problem, levels: levels.truth.clone() };
        }
        let written = self.write_levels_and_read_back(client, &mut levels, to_send).await;
        services.extend(written.services);
        services.sort_by(|one, other| one.change.service.cmp(&other.change.service));
        LogLevelsOutcome { services, problem: written.problem, levels: levels.truth.clone() }
    }

    async fn write_levels_and_read_back(
        &self,
        client: &Client,
        levels: &mut SessionLevels,
        changes: Vec<LevelChange>,
    ) -> Written {
        let user = || self.connection().user.clone();
        self.note(JournalEvent::LogLevelsRequested { user: user(), changes: changes.clone() });
        levels.sent.clone_from(&changes);
        let sent = client.change_log_levels(changes.iter().map(|change| (change.service.as_str(), change.to))).await;
        let written = match sent {
            Ok(answer) => {
                let read_back = self.read_log_levels(client, levels).await;
                let known = levels.truth.known();
                let of = |change: &LevelChange| {
                    known.map_or(LevelOutcome::Unknown, |levels| after_the_write(levels, change))
                };
                let services = levels.ended(changes, of);
                Written { services, platform_time: answer.platform_time, problem: read_back.err() }
            }
            Err(failure) => self.not_written(client, levels, changes, failure).await,
        };
        self.note(JournalEvent::LogLevelsChanged {
            user: user(),
            services: written.services.clone(),
            platform_time: written.platform_time,
            problem: written.problem.as_ref().map(|problem| problem.code),
        });
        written
    }

    async fn not_written(
        &self,
        client: &Client,
        levels: &mut SessionLevels,
        changes: Vec<LevelChange>,
        failure: SwitchFailure,
    ) -> Written {
        let outcome = match failure.applied {
            Applied::No if failure.left => LevelOutcome::Refused,
            Applied::No => LevelOutcome::NotSent,
            Applied::Unknown => LevelOutcome::Unknown,
        };
        if outcome == LevelOutcome::Unknown {
            // The read shows what is; whether it was us nobody knows.
            let _ = self.read_log_levels(client, levels).await;
        } else {
            levels.sent.clear();
            self.stop_if_user_is_needed(&failure.problem);
        }
        let platform_time = failure.problem.facts.platform_time;
        Written { services: levels.ended(changes, |_| outcome), platform_time, problem: Some(failure.problem) }
    }

    /// What changed elsewhere is written down. What only the user can mend ends all requests, as everywhere.
    async fn read_log_levels(&self, client: &Client, levels: &mut SessionLevels) -> Result<(), Problem> {
        let read = client.read_log_levels().await;
        let now = self.parts.clock.now();
        match read {
            Ok(answer) => {
                let value = match levels.truth.last() {
                    Some(last) => {
                        let mut value = last.clone();
                        let changes = value.read_again(answer.value, &levels.sent, now);
                        if !changes.is_empty() {
                            self.note(JournalEvent::ObservedLevels { changes });
                        }
                        value
                    }
                    None => LogLevels { services: answer.value, elsewhere: Vec::new() },
                };
                levels.truth = Truth::Known { value, at: now };
                levels.sent.clear();
                Ok(())
            }
            Err(problem) => {
                levels.truth = levels.truth.clone().failed(now, problem.clone());
                self.stop_if_user_is_needed(&problem);
                Err(problem)
            }
        }
    }

    /// The reason instead, once the connection has stopped.
    fn asking_client(&self) -> Result<&Client, Problem> {
        match self.live().phase {
            Phase::Stopped { problem } => Err(problem),
            _ => self.client(),
        }
    }
}
