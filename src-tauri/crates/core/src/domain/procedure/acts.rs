//! What the user's acts do. Each sends at most one switch.

use super::effect::Effect;
use super::gate::Gate;
use super::observation::{Choice, Options, PlannedTime, ProcedureAct as Act};
use super::phase::ProcedurePhase as Phase;
use super::state::{Automation, Procedure, StopReason, Unproved};
use super::step::Run;
use crate::domain::modes::Mode;

pub(super) fn act(run: &mut Run, act: &Act) {
    if let Some(choice) = Choice::of(act) {
        return choose(run, choice);
    }
    match act {
        Act::Start { options } if !run.state.phase.is_active() => start(run, options),
        Act::Confirm { phase, named } if *phase == run.state.phase => confirm(run, *named),
        Act::SwitchOff { mode } => switch_off(run, *mode),
        Act::Reopen => reopen(run),
        Act::GoOnByItself { on } if run.state.phase.is_active() => {
            run.state.options.go_on_by_itself = *on;
            // A start that waits is an automation of its own.
            if run.state.phase != Phase::Scheduled {
                run.state.automation = if *on { Automation::Armed } else { Automation::Off };
            }
        }
        Act::Hold if run.state.automation == Automation::Armed => run.state.automation = Automation::Held,
        Act::Continue => go_on(run),
        Act::Abort if run.state.phase == Phase::Scheduled => run.stop_automation(StopReason::ByHand),
        Act::Abort if run.state.phase.is_active() => {
            run.stop_automation(StopReason::ByHand);
            run.finish(Phase::Aborted);
        }
        Act::StopWatch if run.state.phase == Phase::Watching => run.finish(Phase::Finished),
        Act::StopAgain if run.state.phase == Phase::Watching => stop_again(run),
        // Not where the procedure stands: a click that came late.
        Act::Start { .. }
        | Act::Confirm { .. }
        | Act::GoOnByItself { .. }
        | Act::Hold
        | Act::Abort
        | Act::StopWatch
        | Act::StopAgain
        // Chosen above.
        | Act::ServicesRestarted { .. }
        | Act::SettleMinutes { .. }
        | Act::PlannedEnd { .. }
        | Act::GiveUpAt { .. }
        | Act::Waive { .. } => {}
    }
}

/// The journal has what really changed.
fn choose(run: &mut Run, choice: Choice) {
    let state = &mut run.state;
    if !state.phase.is_active() {
        return;
    }
    let is_news = match &choice {
        Choice::Waived { container } => state.waived.insert(container.clone()),
        Choice::ServicesRestarted { done } => set(&mut state.services_restarted, *done),
        Choice::SettleMinutes { minutes } => set(&mut state.options.settle_minutes, *minutes),
        Choice::PlannedEnd { at } => set(&mut state.options.planned_end, *at),
        Choice::GiveUpAt { at } => {
            // Under way, a time that is over means "now"; before the beginning jobs would be stopped for nothing.
            let begins_at = state.options.start_at.filter(|_| state.phase == Phase::Scheduled);
            if at.is_some() && *at <= begins_at {
                return run.effects.push(Effect::TimePassed(PlannedTime::GiveUp));
            }
            set(&mut state.options.give_up_at, *at)
        }
    };
    if is_news {
        run.effects.push(Effect::Chosen(choice));
    }
}

fn set<T: PartialEq>(place: &mut T, value: T) -> bool {
    std::mem::replace(place, value) != *place
}

/// What was read stays; everything that an earlier procedure proved or was allowed does not.
fn start(run: &mut Run, options: &Options) {
    if let Some(passed) = options.passed(run.now) {
        return run.effects.push(Effect::TimePassed(passed));
    }
    let before = std::mem::take(&mut run.state);
    run.state = Procedure {
        began_at: Some(run.now),
        options: options.clone(),
        automation: if options.go_on_by_itself { Automation::Armed } else { Automation::Off },
        job_stop: before.job_stop,
        read_only: before.read_only,
        jobs: before.jobs,
        away_since: before.away_since,
        ..Procedure::default()
    };
    if options.start_at.is_some() {
        run.state.automation = Automation::Armed;
        run.enter(Phase::Scheduled);
        run.effects.push(Effect::Reread); // from here on at the pace of a procedure
    } else if run.state.job_stop.is_freshly(true, run.now) {
        run.drain();
    } else {
        run.stop_jobs(false);
    }
}

fn confirm(run: &mut Run, named: bool) {
    match run.state.phase {
        Phase::Scheduled => run.stop_jobs(false),
        Phase::StoppingJobs => run.switch(Mode::JobStop, true, false),
        Phase::Draining | Phase::PointOfNoReturn => confirm_read_only(run, named),
        Phase::QuietGate => begin_work(run, named),
        Phase::Work | Phase::EndingReadOnly => {
            run.enter(Phase::EndingReadOnly);
            run.switch(Mode::ReadOnly, false, false);
        }
        Phase::Checking | Phase::StartingJobs => {
            run.enter(Phase::StartingJobs);
            run.switch(Mode::JobStop, false, false);
        }
        Phase::NotStarted
        | Phase::GoingReadOnly
        | Phase::Watching
        | Phase::Finished
        | Phase::GaveUp
        | Phase::Aborted => {}
    }
}

/// The order guard (product §5): read-only over running jobs, or over what is not known, only by the typed name.
fn confirm_read_only(run: &mut Run, named: bool) {
    let dangers = run.state.dangers(run.now);
    if named || dangers.is_empty() {
        run.stop_automation(StopReason::ByHand);
        go_read_only(run);
        run.switch(Mode::ReadOnly, true, false);
    } else {
        run.effects.push(Effect::NameRequired(dangers));
    }
}

/// By whichever way the user went: what stood against it stays in the evidence.
fn go_read_only(run: &mut Run) {
    let dangers = run.state.dangers(run.now);
    if !dangers.is_empty() {
        run.state.unproved.push(Unproved::ReadOnly { at: run.now, dangers });
    }
    run.enter(Phase::GoingReadOnly);
}

/// The quiet gate, or the typed name.
fn begin_work(run: &mut Run, named: bool) {
    let unmet = Gate::of(&run.state, run.now).unmet();
    if !unmet.is_empty() {
        if !named {
            return run.effects.push(Effect::NameRequired(Vec::new()));
        }
        run.state.unproved.push(Unproved::Work { at: run.now, unmet });
    }
    run.enter(Phase::Work);
}

/// Beside the procedure, which follows: what this workstation did is no colleague's.
pub(super) fn by_hand(run: &mut Run, mode: Mode, on: bool) {
    if !run.state.phase.is_active() {
        return;
    }
    if !on {
        return switch_off(run, mode);
    }
    run.stop_automation(StopReason::ByHand);
    if mode == Mode::JobStop && run.state.phase == Phase::Watching {
        return stop_again(run);
    }
    if mode == Mode::ReadOnly && matches!(run.state.phase, Phase::Draining | Phase::PointOfNoReturn) {
        go_read_only(run);
    }
    run.switch(mode, on, false);
}

/// Nothing is left to watch while nothing starts: jobs are awaited again.
fn stop_again(run: &mut Run) {
    run.state.jobs_stopped_at = None; // what started since was allowed to
    run.enter(Phase::StoppingJobs);
    run.switch(Mode::JobStop, true, false);
}

/// By hand, whatever is known. The phase follows to where the platform will stand.
fn switch_off(run: &mut Run, mode: Mode) {
    run.stop_automation(StopReason::ByHand);
    match (mode, run.state.phase) {
        (Mode::ReadOnly, Phase::GoingReadOnly | Phase::QuietGate) => run.path_lost(Phase::Draining),
        (Mode::ReadOnly, Phase::Work) => run.enter(Phase::EndingReadOnly),
        (Mode::JobStop, Phase::Draining | Phase::PointOfNoReturn) => run.path_lost(Phase::StoppingJobs),
        (Mode::JobStop, Phase::Checking) => run.enter(Phase::StartingJobs),
        _ => {}
    }
    run.switch(mode, false, false);
}

fn reopen(run: &mut Run) {
    if run.state.phase == Phase::NotStarted {
        return;
    }
    run.goes_on();
    run.stop_automation(StopReason::ByHand);
    run.enter(Phase::EndingReadOnly);
    run.switch(Mode::ReadOnly, false, false);
}

fn go_on(run: &mut Run) {
    if run.state.automation == Automation::Held {
        run.state.automation = Automation::Armed;
    }
    if run.state.phase == Phase::GaveUp {
        run.goes_on();
        run.drop_limit();
        match (run.state.job_stop.proved, run.state.jobs_stopped_at) {
            (Some(true), Some(_)) => run.path_lost(Phase::Draining),
            (Some(true), None) => run.drain(), // the switch was found done after the end
            _ => run.path_lost(Phase::StoppingJobs),
        }
    }
}
