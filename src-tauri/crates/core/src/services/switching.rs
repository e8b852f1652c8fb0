//! A switch: read, check the consent against what was just read, one PATCH with one key, read back, journal
//! (product §3, platform-contract §4). A write is never retried.

use std::time::Duration;

use super::session::{needs_user, Session};
use crate::client::{Applied, Client};
use crate::domain::banner::banners;
use crate::domain::confirmation::{dangers, is_given, required, Consent};
use crate::domain::live::{SwitchOutcome, SwitchPlan};
use crate::domain::modes::Mode;
use crate::domain::monitor::Monitor;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::time::Timestamp;
use crate::journal::{JournalEvent, SwitchResult};

/// How long a switch waits for the list of jobs; proxies in front of a platform usually cut there (platform-contract §5).
const LONGEST_LOOK: Duration = Duration::from_secs(60);

/// What only the user can mend ends a switch. Anything else must not keep the platform shut: the consent sees what could
/// not be read as unknown.
pub(super) fn go_on_unless_stopped<T>(read: Result<T, Problem>) -> Result<(), Problem> {
    match read {
        Err(problem) if needs_user(problem.code) => Err(problem),
        _ => Ok(()),
    }
}

impl Session {
    /// What a switch would do, and what it asks for, as things are known now.
    pub(super) fn plan_switch(&self, mode: Mode, on: bool) -> SwitchPlan {
        let live = self.live();
        let known = live.modes.known();
        let running = live.running_for_decision(self.parts.clock.now());
        let dangers = dangers(mode, on, known, &running);
        let connection = self.connection();
        SwitchPlan {
            mode,
            on,
            confirmation: required(connection.environment, &dangers),
            dangers,
            lock_closed: self.lock_is_closed(),
            name: connection.name.clone(),
            running,
            banners_after: banners(known.with(mode, on)),
        }
    }

    /// See [`super::console::Console::switch_mode`].
    pub(super) async fn switch_mode(&self, mode: Mode, on: bool, consent: &Consent) -> Result<SwitchOutcome, Problem> {
        let _one_at_a_time = self.switching.try_lock().map_err(|_| Problem::new(ProblemCode::SwitchInProgress))?;
        if self.lock_is_closed() {
            return Err(Problem::new(ProblemCode::LockClosed));
        }
        let client = self.client()?;
        self.use_lock();
        self.update(|monitor| monitor.switching(Some(mode)));
        let outcome = self.switch_behind_gate(client, mode, on, consent).await;
        self.update(|monitor| monitor.switching(None));
        self.refresh();
        outcome
    }

    /// No poll of the modes runs meanwhile: an answer from before the switch must not arrive after its read-back.
    async fn switch_behind_gate(
        &self,
        client: &Client,
        mode: Mode,
        on: bool,
        consent: &Consent,
    ) -> Result<SwitchOutcome, Problem> {
        let _gate = self.modes_gate.lock().await;
        if mode == Mode::ReadOnly && on {
            go_on_unless_stopped(self.read_jobs_for_decision(client).await)?;
        }
        go_on_unless_stopped(self.read_modes(client).await)?;
        // Only for on: a platform that cannot read its table says off (platform-contract §3), and must be opened again.
        if on && self.live().modes.of(mode).known() == Some(&true) {
            return Ok(SwitchOutcome::Already);
        }
        let plan = self.plan_switch(mode, on);
        if !is_given(plan.confirmation, consent, &plan.name) {
            return Err(Problem::new(ProblemCode::ConfirmationNeeded));
        }
        self.procedure_follows(mode, on);
        let (outcome, platform_time) = self.write_and_read_back(client, mode, on).await;
        self.note_switch(mode, on, &outcome, platform_time);
        Ok(outcome)
    }

    /// The list as it is now, for it decides what a switch asks for. Nobody waits longer than [`LONGEST_LOOK`]: what is not
    /// there by then is unknown.
    pub(super) async fn read_jobs_for_decision(&self, client: &Client) -> Result<(), Problem> {
        let read = async {
            let _one_at_a_time = self.jobs_gate.lock().await;
            self.read_jobs(client).await
        };
        match tokio::time::timeout(LONGEST_LOOK, read).await {
            Ok(read) => read,
            Err(_) => {
                let problem = Problem::because(ProblemCode::TimedOut, "no newer list");
                self.failed(&problem, |monitor, now| monitor.jobs_failed(&problem, now));
                self.procedure_jobs(None);
                Err(problem)
            }
        }
    }

    pub(super) async fn write_and_read_back(
        &self,
        client: &Client,
        mode: Mode,
        on: bool,
    ) -> (SwitchOutcome, Option<Timestamp>) {
        self.note(JournalEvent::SwitchRequested { mode, on, user: self.connection().user.clone() });
        self.update(|monitor| monitor.switch_sent(mode, on));
        match client.switch_mode(mode, on).await {
            Ok(answer) => (self.read_back(client, mode, on).await, answer.platform_time),
            Err(failure) if failure.applied == Applied::No => {
                self.update(Monitor::switch_refused);
                self.stop_if_user_is_needed(&failure.problem);
                let platform_time = failure.problem.facts.platform_time;
                (SwitchOutcome::Refused { problem: failure.problem }, platform_time)
            }
            Err(failure) => {
                // The read shows what is; whether it was us nobody knows.
                let _ = self.read_modes(client).await;
                (SwitchOutcome::Unknown { problem: failure.problem }, None)
            }
        }
    }

    async fn read_back(&self, client: &Client, mode: Mode, on: bool) -> SwitchOutcome {
        match self.read_modes(client).await {
            Ok(read_back) if read_back.of(mode) == Some(on) => SwitchOutcome::Done { read_back },
            Ok(read_back) if read_back.of(mode).is_some() => SwitchOutcome::WithoutEffect { read_back },
            Ok(_) => SwitchOutcome::Unknown { problem: Problem::because(ProblemCode::FlagMissing, mode.api_key()) },
            Err(problem) => SwitchOutcome::Unknown { problem },
        }
    }

    pub(super) fn note_switch(&self, mode: Mode, on: bool, outcome: &SwitchOutcome, platform_time: Option<Timestamp>) {
        let (outcome, problem) = match outcome {
            SwitchOutcome::Already => return,
            SwitchOutcome::Done { .. } => (SwitchResult::Done, None),
            SwitchOutcome::WithoutEffect { .. } => (SwitchResult::WithoutEffect, None),
            SwitchOutcome::Refused { problem } => (SwitchResult::Refused, Some(problem.code)),
            SwitchOutcome::Unknown { problem } => (SwitchResult::Unknown, Some(problem.code)),
        };
        self.note(JournalEvent::Switched {
            mode,
            on,
            user: self.connection().user.clone(),
            outcome,
            read_back: self.live().modes.of(mode).known().copied(),
            platform_time,
            problem,
        });
    }
}
