//! Log levels: read when somebody looks, never polled. A change reads again, sends one PATCH with only the services that
//! differ, reads back, and is in the journal (product §11, platform-contract §8). A write is never retried.

use super::session::Session;
use crate::client::{Applied, Client};
use crate::domain::confirmation::{is_given, required, Consent};
use crate::domain::live::Phase;
use crate::domain::log_levels::{
    after_the_write, before_the_write, level_of, ChangedLevel, LevelChange, LevelOutcome, LogLevelsOutcome,
    ServiceLevel,
};
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::time::Timestamp;
use crate::domain::truth::Truth;
use crate::journal::JournalEvent;

/// What is known of the levels.
pub(super) type LogLevels = Truth<Vec<ServiceLevel>>;

/// How a write ended.
struct Written {
    services: Vec<ChangedLevel>,
    platform_time: Option<Timestamp>,
    problem: Option<Problem>,
}

impl Session {
    /// See [`super::console::Console::log_levels`].
    pub(super) async fn log_levels(&self) -> LogLevels {
        let mut levels = self.log_levels.lock().await;
        match self.asking_client() {
            // What came of it is in the levels.
            Ok(client) => drop(self.read_log_levels(client, &mut levels).await),
            Err(problem) => *levels = levels.clone().failed(self.parts.clock.now(), problem),
        }
        levels.clone()
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
        // The journal is longer, and a refusal may mean that read-only mode was switched on elsewhere.
        self.refresh();
        Ok(outcome)
    }

    /// The levels stay locked meanwhile: an answer from before the change must not arrive after its read-back.
    async fn change_behind_gate(&self, client: &Client, wanted: Vec<LevelChange>) -> LogLevelsOutcome {
        let mut levels = self.log_levels.lock().await;
        let problem = self.read_log_levels(client, &mut levels).await.err();
        let before = match levels.known() {
            Some(levels) => before_the_write(levels, &wanted),
            None => vec![Some(LevelOutcome::NotSent); wanted.len()],
        };
        let (mut services, mut to_send) = (Vec::new(), Vec::new());
        for (change, outcome) in wanted.into_iter().zip(before) {
            match outcome {
                Some(outcome) => services.push(changed(&levels, change, outcome)),
                None => to_send.push(change),
            }
        }
        if to_send.is_empty() {
            return LogLevelsOutcome { services, problem, levels: levels.clone() };
        }
        let written = self.write_levels_and_read_back(client, &mut levels, to_send).await;
        services.extend(written.services);
        services.sort_by(|one, other| one.change.service.cmp(&other.change.service));
        LogLevelsOutcome { services, problem: written.problem, levels: levels.clone() }
    }

    async fn write_levels_and_read_back(
        &self,
        client: &Client,
        levels: &mut LogLevels,
        changes: Vec<LevelChange>,
    ) -> Written {
        let user = || self.connection().user.clone();
        self.note(JournalEvent::LogLevelsRequested { user: user(), changes: changes.clone() });
        let sent = client.change_log_levels(changes.iter().map(|change| (change.service.as_str(), change.to))).await;
        let written = match sent {
            Ok(answer) => {
                let read_back = self.read_log_levels(client, levels).await;
                let of = |change: &LevelChange| match levels.known() {
                    Some(levels) => after_the_write(levels, change),
                    None => LevelOutcome::Unknown,
                };
                Written {
                    services: all_changed(levels, changes, of),
                    platform_time: answer.platform_time,
                    problem: read_back.err(),
                }
            }
            Err(failure) if failure.applied == Applied::No => {
                self.stop_if_user_is_needed(&failure.problem);
                Written {
                    services: all_changed(levels, changes, |_| LevelOutcome::Refused),
                    platform_time: failure.problem.facts.platform_time,
                    problem: Some(failure.problem),
                }
            }
            Err(failure) => {
                // The read shows what is; whether it was us nobody knows.
                let _ = self.read_log_levels(client, levels).await;
                let services = all_changed(levels, changes, |_| LevelOutcome::Unknown);
                Written { services, platform_time: None, problem: Some(failure.problem) }
            }
        };
        self.note(JournalEvent::LogLevelsChanged {
            user: user(),
            services: written.services.clone(),
            platform_time: written.platform_time,
            problem: written.problem.as_ref().map(|problem| problem.code),
        });
        written
    }

    /// What only the user can mend ends all requests, as everywhere.
    async fn read_log_levels(&self, client: &Client, levels: &mut LogLevels) -> Result<(), Problem> {
        let read = client.read_log_levels().await;
        let now = self.parts.clock.now();
        match read {
            Ok(answer) => {
                *levels = Truth::Known { value: answer.value, at: now };
                Ok(())
            }
            Err(problem) => {
                *levels = levels.clone().failed(now, problem.clone());
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

fn all_changed(
    levels: &LogLevels,
    changes: Vec<LevelChange>,
    outcome: impl Fn(&LevelChange) -> LevelOutcome,
) -> Vec<ChangedLevel> {
    let of = |change| {
        let outcome = outcome(&change);
        changed(levels, change, outcome)
    };
    changes.into_iter().map(of).collect()
}

fn changed(levels: &LogLevels, change: LevelChange, outcome: LevelOutcome) -> ChangedLevel {
    let read = levels.known().and_then(|levels| level_of(levels, &change.service).flatten());
    ChangedLevel { outcome, read: read.map(str::to_owned), change }
}
