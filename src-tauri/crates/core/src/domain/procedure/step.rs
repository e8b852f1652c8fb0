//! From one state to the next.

use super::acts;
use super::clock::Stopwatch;
use super::effect::{Effect, Moment, Pace, Title};
use super::notice::ProcedureNotice;
use super::observation::{JobsSeen, Observation};
use super::phase::ProcedurePhase as Phase;
use super::state::{Automation, Flag, JobsKnowledge, Procedure, StopReason, LOST_MS, ZERO_SPACING_MS};
use crate::domain::modes::Mode;
use crate::domain::time::Timestamp;

/// What stands after `observation` at `now`, and what to do about it, in this order.
pub fn next(state: Procedure, observation: &Observation, now: Timestamp) -> (Procedure, Vec<Effect>) {
    step(state, observation, now, Run::go_on_by_itself)
}

/// The same without the automatic step: for whoever has to read once more right before it. [`is_due`] tells when.
pub fn next_held(state: Procedure, observation: &Observation, now: Timestamp) -> (Procedure, Vec<Effect>) {
    step(state, observation, now, |_| ())
}

/// Whether the automatic step would be taken at `now`.
pub fn is_due(state: &Procedure, now: Timestamp) -> bool {
    let is_off = |mode| {
        let mode = state.mode(mode);
        mode.is_freshly(false, now) && mode.sent.is_none()
    };
    let may_step = match state.phase {
        Phase::Scheduled => {
            let is_time = state.options.start_at.is_some_and(|at| at <= now);
            let is_over = state.options.give_up_at.is_some_and(|at| at <= now);
            is_time && !is_over && !state.rereading && is_off(Mode::JobStop) && is_off(Mode::ReadOnly)
        }
        Phase::PointOfNoReturn => is_off(Mode::ReadOnly) && state.dangers(now).is_empty(),
        _ => false,
    };
    may_step && state.automation == Automation::Armed
}

fn step(
    state: Procedure,
    observation: &Observation,
    now: Timestamp,
    go_on: impl FnOnce(&mut Run),
) -> (Procedure, Vec<Effect>) {
    let resumed = matches!(observation, Observation::Resumed);
    let before = (!resumed).then(|| Standing::of(&state)); // who comes back has forgotten how it stood
    let mut run = Run { state, effects: Vec::new(), now };
    run.observe(observation);
    go_on(&mut run);
    run.remind();
    let standing = Standing::of(&run.state);
    standing.changes_since(before.as_ref(), &mut run.effects);
    (run.state, run.effects)
}

/// What follows from the state alone: said when it changes.
struct Standing {
    pace: Pace,
    title: Title,
}

impl Standing {
    fn of(state: &Procedure) -> Self {
        let active = state.phase.is_active();
        let pace = match (active, state.phase) {
            (true, Phase::Work) if state.away_since.is_some() => Pace::Calm,
            (true, _) => Pace::Procedure,
            (false, _) => Pace::Usual,
        };
        let title = Title { phase: state.phase, holding: state.holding(), since: state.since };
        Self { pace, title }
    }

    fn changes_since(&self, before: Option<&Self>, effects: &mut Vec<Effect>) {
        if before.is_none_or(|it| it.pace != self.pace) {
            effects.push(Effect::Pace(self.pace));
        }
        if before.is_none_or(|it| it.title != self.title) {
            effects.push(Effect::Title(self.title));
        }
    }
}

/// One step in the making.
pub(super) struct Run {
    pub(super) state: Procedure,
    pub(super) effects: Vec<Effect>,
    pub(super) now: Timestamp,
}

impl Run {
    fn observe(&mut self, observation: &Observation) {
        if self.state.away_since.is_some_and(|at| self.now.0.saturating_sub(at.0) >= LOST_MS) {
            self.stop_automation(StopReason::Lost);
        }
        match observation {
            Observation::Modes { job_stop, read_only } => self.modes_read(*job_stop, *read_only),
            Observation::Jobs(jobs) => self.jobs_read(jobs),
            Observation::JobsUnknown => self.jobs_unknown(),
            Observation::Act(act) => acts::act(self, act),
            Observation::ByHand { mode, on } => acts::by_hand(self, *mode, *on),
            Observation::LockClosed => {
                if self.state.automation == Automation::Armed {
                    self.tell(ProcedureNotice::PermissionKept);
                }
            }
            Observation::Tick => self.tick(),
            Observation::Resumed => self.resumed(),
            Observation::PlatformAway => {
                self.state.away_since.get_or_insert(self.now);
                self.forget();
            }
            Observation::PlatformBack => {
                if self.state.away_since.take().is_some() {
                    self.tell(ProcedureNotice::PlatformBack { at: self.now });
                }
                self.forget();
                self.effects.push(Effect::Reread);
            }
        }
    }

    fn modes_read(&mut self, job_stop: Flag, read_only: Flag) {
        for (mode, flag) in [(Mode::JobStop, job_stop), (Mode::ReadOnly, read_only)] {
            let at = self.now;
            let knowledge = self.state.mode_mut(mode);
            let before = std::mem::replace(&mut knowledge.flag, flag);
            knowledge.at = Some(at);
            if mode == Mode::JobStop && flag == Flag::On && before != Flag::On {
                self.state.spaced_from = Some(at);
            }
            match flag {
                Flag::Unknown => {}
                Flag::Suspect => self.doubted(mode),
                Flag::On | Flag::Off => self.flag_read(mode, flag == Flag::On),
            }
        }
        if self.state.phase == Phase::QuietGate {
            self.settle();
        }
        self.reread_complete();
        self.watch_the_gate();
    }

    /// It may be off: jobs may have started between two lists.
    fn doubted(&mut self, mode: Mode) {
        self.state.mode_mut(mode).doubted_since.get_or_insert(self.now);
        self.stop_automation(StopReason::ChangedElsewhere);
        if mode == Mode::JobStop {
            self.state.zeros = 0;
            if self.state.phase == Phase::PointOfNoReturn {
                self.enter(Phase::Draining);
            }
        }
    }

    fn flag_read(&mut self, mode: Mode, on: bool) {
        let knowledge = self.state.mode_mut(mode);
        let before = knowledge.proved.replace(on);
        knowledge.doubted_since = None;
        match knowledge.sent.take() {
            Some(wanted) if wanted == on => self.confirmed(mode, on),
            Some(wanted) => self.not_confirmed(mode, wanted),
            None if before.is_some_and(|before| before != on) && self.state.phase.is_active() => {
                self.changed_elsewhere(mode, on);
            }
            None => {}
        }
    }

    /// The switch was found done.
    fn confirmed(&mut self, mode: Mode, on: bool) {
        match (self.state.phase, mode, on) {
            (Phase::StoppingJobs, Mode::JobStop, true) => self.drain(),
            (Phase::GoingReadOnly, Mode::ReadOnly, true) => {
                self.state.settled = Stopwatch::default();
                self.state.services_restarted = false; // what was restarted before has not seen this flag
                self.enter(Phase::QuietGate);
            }
            (Phase::EndingReadOnly, Mode::ReadOnly, false) => self.enter(Phase::Checking),
            (Phase::StartingJobs, Mode::JobStop, false) => {
                self.effects.push(Effect::Snapshot(Moment::Reopen));
                self.state.watched = Stopwatch::default();
                self.enter(Phase::Watching);
            }
            _ => {}
        }
    }

    /// Job stop is read back as on: from here zeros count.
    pub(super) fn drain(&mut self) {
        self.state.zeros = 0;
        self.state.spaced_from = Some(self.now);
        self.state.last_zero = None;
        self.state.jobs_stopped_at = Some(self.now);
        self.effects.push(Effect::Snapshot(Moment::Stop));
        self.enter(Phase::Draining);
    }

    fn not_confirmed(&mut self, mode: Mode, on: bool) {
        self.stop_automation(StopReason::NotConfirmed);
        self.tell(ProcedureNotice::NotConfirmed { mode, on, at: self.now });
        match (mode, on, self.state.phase) {
            (Mode::ReadOnly, _, Phase::GoingReadOnly) => self.path_lost(Phase::Draining),
            (Mode::JobStop, true, Phase::Draining | Phase::PointOfNoReturn) => self.path_lost(Phase::StoppingJobs),
            _ => {}
        }
    }

    fn changed_elsewhere(&mut self, mode: Mode, on: bool) {
        self.tell(ProcedureNotice::ChangedElsewhere { mode, on, at: self.now });
        self.stop_automation(StopReason::ChangedElsewhere);
        match (mode, on, self.state.phase) {
            (Mode::JobStop, false, Phase::Draining | Phase::PointOfNoReturn) => self.path_lost(Phase::StoppingJobs),
            (Mode::ReadOnly, false, Phase::QuietGate) => self.path_lost(Phase::Draining),
            // What the phase waits for stands, whoever did it.
            _ => self.confirmed(mode, on),
        }
    }

    /// What had been proved no longer holds.
    pub(super) fn path_lost(&mut self, back_to: Phase) {
        self.state.zeros = 0;
        self.enter(back_to);
    }

    fn jobs_read(&mut self, jobs: &JobsSeen) {
        self.state.jobs = JobsKnowledge::Complete { jobs: jobs.clone() };
        let phase = self.state.phase;
        let is_kept = phase.is_active() && phase > Phase::StoppingJobs && phase < Phase::StartingJobs;
        if jobs.new_after_stop > 0 && is_kept {
            self.tell(ProcedureNotice::NewAfterStop { stopped_at: self.state.jobs_stopped_at });
        }
        let holding = self.state.holding();
        let is_zero = holding == Some(0) && jobs.is_consistent;
        let is_stopped = self.state.job_stop.flag == Flag::On;
        match self.state.phase {
            Phase::Draining | Phase::PointOfNoReturn if is_zero && is_stopped => self.zero(),
            Phase::PointOfNoReturn => self.path_lost(Phase::Draining),
            Phase::Draining => self.state.zeros = 0,
            Phase::QuietGate if is_zero => self.state.last_zero = Some(self.now),
            Phase::Watching => self.state.watched.see(self.now),
            _ => {}
        }
        self.reread_complete();
        self.watch_the_gate();
    }

    /// One that comes too soon is a fresh look, and proves no more than the one before it.
    fn zero(&mut self) {
        self.state.last_zero = Some(self.now);
        let gap = self.state.spaced_from.map_or(ZERO_SPACING_MS, |at| self.now.0.saturating_sub(at.0));
        if gap >= ZERO_SPACING_MS {
            self.state.zeros = self.state.zeros.saturating_add(1);
        }
        if !(0..ZERO_SPACING_MS).contains(&gap) {
            self.state.spaced_from = Some(self.now); // after a clock that was set back it is measured anew
        }
        if self.state.phase == Phase::Draining && self.state.is_drained() {
            self.drop_limit();
            self.effects.push(Effect::Snapshot(Moment::Zero));
            self.enter(Phase::PointOfNoReturn);
            self.tell(ProcedureNotice::Drained { at: self.now });
        }
    }

    fn jobs_unknown(&mut self) {
        self.state.jobs = JobsKnowledge::Unknown;
        self.state.zeros = 0;
        self.state.watched.look_away();
        if self.state.phase == Phase::PointOfNoReturn {
            self.enter(Phase::Draining);
        }
    }

    fn resumed(&mut self) {
        self.forget();
        self.stop_automation(StopReason::Resumed);
        if self.state.phase.is_active() {
            self.state.rereading = true;
            self.tell(ProcedureNotice::Rereading { at: self.now });
            self.effects.push(Effect::Reread);
        }
    }

    /// What was read before decides nothing any more. What was proved stays, to be compared with.
    fn forget(&mut self) {
        self.state.job_stop.flag = Flag::Unknown;
        self.state.read_only.flag = Flag::Unknown;
        self.state.settled.look_away();
        // What was running when it ended is part of how it ended.
        if self.state.phase.is_active() {
            self.jobs_unknown();
        }
    }

    /// An "off" in doubt was read, too: waiting longer makes it no surer.
    fn reread_complete(&mut self) {
        let is_read = |mode| self.state.mode(mode).flag != Flag::Unknown;
        if is_read(Mode::JobStop) && is_read(Mode::ReadOnly) && self.state.complete_jobs().is_some() {
            self.state.rereading = false;
        }
    }

    /// The two automatic steps.
    fn go_on_by_itself(&mut self) {
        if !is_due(&self.state, self.now) {
            return;
        }
        if self.state.phase == Phase::Scheduled {
            return self.stop_jobs(true);
        }
        self.state.automation = Automation::Off;
        self.enter(Phase::GoingReadOnly);
        self.switch(Mode::ReadOnly, true, true);
    }

    /// The first switch. From here on an automation is the one to read-only.
    pub(super) fn stop_jobs(&mut self, automatic: bool) {
        let goes_on = self.state.options.go_on_by_itself;
        self.state.automation = if goes_on { Automation::Armed } else { Automation::Off };
        self.enter(Phase::StoppingJobs);
        self.switch(Mode::JobStop, true, automatic);
    }

    pub(super) fn enter(&mut self, phase: Phase) {
        self.state.phase = phase;
        self.state.since = Some(self.now);
        self.effects.push(Effect::Journal(phase));
    }

    /// Ends with the modes as they are, and says which of them users still meet.
    pub(super) fn finish(&mut self, end: Phase) {
        self.enter(end);
        self.state.rereading = false;
        if matches!(self.state.automation, Automation::Armed | Automation::Held) {
            self.state.automation = Automation::Off; // nothing is left that it could do
        }
        for mode in [Mode::JobStop, Mode::ReadOnly] {
            if self.state.mode(mode).flag != Flag::Off {
                self.tell(ProcedureNotice::LeftOn { mode });
            }
        }
    }

    pub(super) fn drop_limit(&mut self) {
        self.state.former_limit = self.state.options.give_up_at.take().or(self.state.former_limit);
    }

    /// What a mode was left as is told at each end of the same night.
    pub(super) fn goes_on(&mut self) {
        self.state.told.retain(|notice| !matches!(notice, ProcedureNotice::LeftOn { .. }));
    }

    /// Sends a switch, once.
    pub(super) fn switch(&mut self, mode: Mode, on: bool, automatic: bool) {
        self.state.mode_mut(mode).sent = Some(on);
        self.effects.push(Effect::Switch { mode, on, automatic });
    }

    pub(super) fn stop_automation(&mut self, why: StopReason) {
        if !matches!(self.state.automation, Automation::Armed | Automation::Held) {
            return;
        }
        self.state.automation = Automation::Stopped { why };
        if self.state.phase == Phase::Scheduled {
            self.enter(Phase::NotStarted);
            if why != StopReason::ByHand {
                self.tell(ProcedureNotice::StartCancelled { why, at: self.now });
            }
        } else {
            self.tell(ProcedureNotice::AutomationStopped { why, at: self.now });
        }
    }

    pub(super) fn tell(&mut self, notice: ProcedureNotice) {
        if self.state.told.insert(notice) {
            self.effects.push(Effect::Notice(notice));
        }
    }
}
