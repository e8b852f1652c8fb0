//! What the user's acts do. Each sends at most one switch.

use super::effect::Effect;
use super::gate::Gate;
use super::observation::{Options, ProcedureAct as Act};
use super::state::{Automation, Procedure, ProcedurePhase as Phase, StopReason};
use super::step::Run;
use crate::domain::modes::Mode;

pub(super) fn act(run: &mut Run, act: &Act) {
    match act {
        Act::Start { options } if !run.state.phase.is_active() => start(run, options),
        Act::Confirm { phase, named } => {
            if *phase == run.state.phase {
                confirm(run, *named);
            }
        }
        Act::SwitchOff { mode } => switch_off(run, *mode),
        Act::Reopen => reopen(run),
        Act::ServicesRestarted { done } => run.state.services_restarted = *done,
        Act::SettleMinutes { minutes } => run.state.options.settle_minutes = *minutes,
        Act::PlannedEnd { at } => run.state.options.planned_end = *at,
        Act::GiveUpAt { at } => run.state.options.give_up_at = *at,
        Act::GoOnByItself { on } if run.state.phase.is_active() => {
            run.state.options.go_on_by_itself = *on;
            // A start that waits is an automation of its own.
            if run.state.phase != Phase::Scheduled {
                run.state.automation = if *on { Automation::Armed } else { Automation::Off };
            }
        }
        Act::Waive { container } => {
            run.state.waived.insert(container.clone());
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
        Act::Start { .. } | Act::GoOnByItself { .. } | Act::Hold | Act::Abort | Act::StopWatch | Act::StopAgain => {}
    }
}

/// What was read stays; everything that an earlier procedure proved or was allowed does not.
fn start(run: &mut Run, options: &Options) {
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
    if !options.is_at_once(run.now) {
        run.state.automation = Automation::Armed;
        run.enter(Phase::Scheduled);
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
        Phase::QuietGate if named || Gate::of(&run.state, run.now).is_quiet() => run.enter(Phase::Work),
        Phase::QuietGate => run.effects.push(Effect::NameRequired(Vec::new())),
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
        run.enter(Phase::GoingReadOnly);
        run.switch(Mode::ReadOnly, true, false);
    } else {
        run.effects.push(Effect::NameRequired(dangers));
    }
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
        run.enter(Phase::GoingReadOnly);
    }
    run.switch(mode, on, false);
}

/// Nothing is left to watch while nothing starts: jobs are awaited again.
fn stop_again(run: &mut Run) {
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
    run.stop_automation(StopReason::ByHand);
    run.enter(Phase::EndingReadOnly);
    run.switch(Mode::ReadOnly, false, false);
}

fn go_on(run: &mut Run) {
    if run.state.automation == Automation::Held {
        run.state.automation = Automation::Armed;
    }
    if run.state.phase == Phase::GaveUp {
        run.state.options.give_up_at = None;
        let is_stopped = run.state.job_stop.proved == Some(true);
        run.path_lost(if is_stopped { Phase::Draining } else { Phase::StoppingJobs });
    }
}
