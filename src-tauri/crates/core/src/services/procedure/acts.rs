//! The user's acts, and the one step that comes by itself: consent, the reads before a switch, and the switch.

use super::{Order, Outcome};
use crate::client::Client;
use crate::domain::confirmation::{is_given, required, Confirmation, Consent, Danger};
use crate::domain::live::SwitchOutcome;
use crate::domain::modes::Mode;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::procedure::gate::Gate;
use crate::domain::procedure::view::ActPlan;
use crate::domain::procedure::{
    is_due, next, next_held, Automation, Observation, PlannedTime, Procedure, ProcedureAct as Act,
    ProcedurePhase as Phase,
};
use crate::domain::time::Timestamp;
use crate::services::session::Session;
use crate::services::switching::go_on_unless_stopped;

/// What an act reaches for.
struct Reach {
    /// The switch that it sends.
    switch: Option<(Mode, bool)>,
    /// It lets a switch come by itself.
    arms: bool,
}

impl Reach {
    fn of(act: &Act, state: &Procedure) -> Self {
        let switch = match act {
            Act::Start { options } if !state.phase.is_active() && options.start_at.is_none() => {
                Some((Mode::JobStop, true))
            }
            Act::Confirm { phase, .. } if *phase == state.phase => confirmed_switch(*phase),
            Act::SwitchOff { mode } => Some((*mode, false)),
            Act::Reopen => Some((Mode::ReadOnly, false)),
            Act::StopAgain if state.phase == Phase::Watching => Some((Mode::JobStop, true)),
            _ => None,
        };
        let arms = match act {
            Act::Start { options } => options.go_on_by_itself || options.start_at.is_some(),
            Act::GoOnByItself { on } => *on,
            Act::Continue => state.automation == Automation::Held,
            _ => false,
        };
        Self { switch, arms }
    }

    /// Where a lock protects the platform it has to be open for this.
    const fn needs_lock(&self) -> bool {
        self.switch.is_some() || self.arms
    }
}

const fn confirmed_switch(phase: Phase) -> Option<(Mode, bool)> {
    match phase {
        Phase::Scheduled | Phase::StoppingJobs => Some((Mode::JobStop, true)),
        Phase::Draining | Phase::PointOfNoReturn => Some((Mode::ReadOnly, true)),
        Phase::Work | Phase::EndingReadOnly => Some((Mode::ReadOnly, false)),
        Phase::Checking | Phase::StartingJobs => Some((Mode::JobStop, false)),
        _ => None,
    }
}

/// The dangers of an act. Only read-only has any.
fn dangers(act: &Act, state: &Procedure, now: Timestamp) -> Vec<Danger> {
    match Reach::of(act, state).switch {
        Some((Mode::ReadOnly, true)) => state.dangers(now),
        _ => Vec::new(),
    }
}

impl Session {
    /// What an act would do, and what it asks for, as things are known now.
    pub(in crate::services) fn plan_procedure_act(&self, act: &Act) -> ActPlan {
        let now = self.parts.clock.now();
        let state = self.procedure_state().unwrap_or_default();
        let connection = self.connection();
        let dangers = dangers(act, &state, now);
        let passes_gate = matches!(act, Act::Confirm { phase: Phase::QuietGate, .. });
        let confirmation = match act {
            _ if passes_gate && !Gate::of(&state, now).is_quiet() => Confirmation::TypeName,
            Act::Start { .. } | Act::Confirm { .. } | Act::SwitchOff { .. } | Act::Reopen => {
                required(connection.environment, &dangers)
            }
            _ => Confirmation::None,
        };
        ActPlan {
            confirmation,
            dangers,
            lock_closed: Reach::of(act, &state).needs_lock() && self.lock_is_closed(),
            name: connection.name.clone(),
            running: self.live().running_for_decision(now),
            loses_evidence: matches!(act, Act::Start { .. }) && self.has_unpacked_evidence(&state),
        }
    }

    /// See [`crate::services::console::Console::procedure_act`].
    pub(in crate::services) async fn procedure_act(&self, act: Act, consent: &Consent) -> Result<(), Problem> {
        let state = self.procedure_state().ok_or_else(|| self.why_not_here())?;
        let reach = Reach::of(&act, &state);
        if reach.needs_lock() {
            if self.lock_is_closed() {
                return Err(Problem::new(ProblemCode::LockClosed));
            }
            self.use_lock();
        }
        let Some((mode, on)) = reach.switch else {
            return self.agreed_step(act, consent).map(|_| ());
        };
        let _one_at_a_time = self.switching.try_lock().map_err(|_| Problem::new(ProblemCode::SwitchInProgress))?;
        let client = self.client()?;
        self.update(|monitor| monitor.switching(Some(mode)));
        let done = self.act_behind_gate(client, act, (mode, on), consent).await;
        self.update(|monitor| monitor.switching(None));
        self.refresh();
        done
    }

    /// No poll of the modes runs meanwhile, and what was read here is learned before the act: an answer from before the
    /// switch must not count as its read-back.
    async fn act_behind_gate(
        &self,
        client: &Client,
        act: Act,
        (mode, on): (Mode, bool),
        consent: &Consent,
    ) -> Result<(), Problem> {
        let _gate = self.modes_gate.lock().await;
        if mode == Mode::ReadOnly && on {
            go_on_unless_stopped(self.read_jobs_for_decision(client).await)?;
        }
        go_on_unless_stopped(self.read_modes(client).await)?;
        let outcome = self.agreed_step(act, consent)?;
        match outcome.order {
            Some(order) => self.send(client, order).await,
            None => Ok(()), // it was so already
        }
    }

    /// Checks the consent against what is known now, and takes the step. `BadArgument`: `start_at`, `give_up_at`.
    fn agreed_step(&self, act: Act, consent: &Consent) -> Result<Outcome, Problem> {
        let not_confirmed = || Problem::new(ProblemCode::ConfirmationNeeded);
        let plan = self.plan_procedure_act(&act);
        if !is_given(plan.confirmation, consent, &plan.name) {
            return Err(not_confirmed());
        }
        let act = match act {
            // Meant for another phase than the one that stands now: it confirms nothing.
            Act::Confirm { phase, .. } if self.procedure_state().is_none_or(|state| state.phase != phase) => {
                return Err(not_confirmed());
            }
            Act::Confirm { phase, .. } => {
                Act::Confirm { phase, named: consent.typed_name.as_deref() == Some(plan.name.as_str()) }
            }
            act => act,
        };
        let waits_for_no_disk = matches!(act, Act::SwitchOff { .. } | Act::Reopen | Act::StopAgain);
        let outcome = self.step(&Observation::Act(act), next_held, waits_for_no_disk)?;
        match outcome.passed {
            Some(PlannedTime::Start) => Err(Problem::because(ProblemCode::BadArgument, "start_at")),
            Some(PlannedTime::GiveUp) => Err(Problem::because(ProblemCode::BadArgument, "give_up_at")),
            None if outcome.needs_name => Err(not_confirmed()),
            None => Ok(outcome),
        }
    }

    /// One write and its read-back. The step that asked for it is saved.
    async fn send(&self, client: &Client, Order { mode, on }: Order) -> Result<(), Problem> {
        let (outcome, platform_time) = self.write_and_read_back(client, mode, on).await;
        self.note_switch(mode, on, &outcome, platform_time);
        match outcome {
            SwitchOutcome::Done { .. } | SwitchOutcome::Already => Ok(()),
            SwitchOutcome::WithoutEffect { .. } => Err(Problem::new(ProblemCode::SwitchWithoutEffect)),
            SwitchOutcome::Refused { problem } => Err(problem),
            SwitchOutcome::Unknown { problem } => {
                let facts = problem.facts.clone();
                Err(Problem { facts, ..Problem::new(ProblemCode::OutcomeUnknown) })
            }
        }
    }

    /// The planned start, or read-only after the drain, where that was confirmed. What called for it is read once more
    /// behind the gates, and the machine decides by that.
    pub(super) async fn go_on_by_itself(&self) {
        let due = || self.procedure_state().filter(|state| is_due(state, self.parts.clock.now()));
        // Whoever switches right now changes what this rests on; the next poll comes back here.
        let Ok(_one_at_a_time) = self.switching.try_lock() else { return };
        let Ok(client) = self.client() else { return };
        let Some(state) = due() else { return };
        let starts = state.phase == Phase::Scheduled;
        let mode = if starts { Mode::JobStop } else { Mode::ReadOnly };
        self.update(|monitor| monitor.switching(Some(mode)));
        {
            let _gate = self.modes_gate.lock().await;
            let jobs_are_read = starts || self.read_jobs_for_decision(client).await.is_ok();
            let read = jobs_are_read && self.read_modes(client).await.is_ok();
            self.time_went_on(); // an answer that came after a sleep may be from before it
            if read && due().is_some() {
                self.take_automatic_step(client).await;
            }
        }
        self.update(|monitor| monitor.switching(None));
        self.refresh();
    }

    async fn take_automatic_step(&self, client: &Client) {
        let sent = match self.step(&Observation::Tick, next, false) {
            Ok(Outcome { order: Some(order), .. }) => self.send(client, order).await,
            Ok(_) => Ok(()),
            Err(problem) => Err(problem),
        };
        if let Err(problem) = sent {
            tracing::warn!(%problem, "the automatic step did not come about");
        }
    }
}
