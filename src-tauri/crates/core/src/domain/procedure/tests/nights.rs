//! Nights as they happen.

use super::*;
use crate::domain::confirmation::Danger;
use ProcedurePhase as Phase;

#[test]
fn a_whole_night_goes_through_every_phase_and_switches_each_mode_once_each_way() {
    let mut night = Night::new();
    let mut sent = Vec::new();
    night.modes(Flag::Off, Flag::Off);
    sent.extend(switches(&night.act(ProcedureAct::Start { options: Options::default() })));
    assert_eq!(night.state.phase, Phase::StoppingJobs, "sent is not done");
    night.modes(Flag::On, Flag::Off);
    for count in [2, 0, 0, 0] {
        assert_eq!(night.state.phase, Phase::Draining);
        night.count(count);
    }
    assert_eq!(night.state.phase, Phase::PointOfNoReturn);
    sent.extend(switches(&night.confirm(false)));
    night.modes(Flag::On, Flag::On);
    assert_eq!(night.state.phase, Phase::QuietGate);
    night.act(ProcedureAct::ServicesRestarted { done: true });
    night.count(0);
    night.confirm(false);
    assert_eq!(night.state.phase, Phase::Work);
    sent.extend(switches(&night.confirm(false)));
    night.modes(Flag::On, Flag::Off);
    assert_eq!(night.state.phase, Phase::Checking);
    sent.extend(switches(&night.confirm(false)));
    night.modes(Flag::Off, Flag::Off);
    assert_eq!(night.state.phase, Phase::Watching);
    for _ in 0..=60 {
        night.count(0);
        night.see(&Observation::Tick);
    }
    assert_eq!(night.state.phase, Phase::Finished);
    let each = [(Mode::JobStop, true), (Mode::ReadOnly, true), (Mode::ReadOnly, false), (Mode::JobStop, false)];
    assert_eq!(sent, each);
}

#[test]
fn an_unknown_poll_and_a_mismatch_begin_the_three_zeros_again() {
    let mismatch = Observation::Jobs(JobsSeen { is_consistent: false, ..jobs(0) });
    for spoiler in [Observation::JobsUnknown, mismatch] {
        let mut night = Night::draining(true);
        night.count(0);
        night.count(0);
        night.see(&spoiler);
        night.count(0);
        assert_eq!(switches(&night.count(0)), [], "two in a row after {spoiler:?}");
        assert_eq!(switches(&night.count(0)), [(Mode::ReadOnly, true)]);
    }
}

#[test]
fn unclassified_rows_hold_until_their_container_is_waived_and_conductors_never_do() {
    let unclassified = [("ita-by-new".to_owned(), 2), ("ita-by-newer".to_owned(), 1)].into();
    let seen = Observation::Jobs(JobsSeen { deciding: 3, unclassified, conductors: 4, ..jobs(0) });
    let mut night = Night::draining(false);
    for (container, left) in [("ita-by-new", 3), ("ita-by-newer", 1)] {
        for _ in 0..5 {
            night.see(&seen);
        }
        assert_eq!((night.state.phase, night.state.holding()), (Phase::Draining, Some(left)));
        night.act(ProcedureAct::Waive { container: container.to_owned() });
    }
    for _ in 0..3 {
        night.see(&seen);
    }
    assert_eq!(night.state.phase, Phase::PointOfNoReturn);
}

#[test]
fn read_only_over_running_jobs_needs_the_name_and_says_why() {
    let mut night = Night::draining(false);
    night.count(1);
    assert!(night.confirm(false).contains(&Effect::NameRequired(vec![Danger::JobsRunning])));
    night.see(&Observation::JobsUnknown);
    assert!(night.confirm(false).contains(&Effect::NameRequired(vec![Danger::CountUnknown])));
    assert_eq!(switches(&night.confirm(true)), [(Mode::ReadOnly, true)]);
}

#[test]
fn a_colleague_stops_the_automation_at_once_and_jobs_have_to_be_stopped_again() {
    let mut night = Night::draining(true);
    night.count(0);
    let told = night.modes(Flag::Off, Flag::Off);
    assert_eq!(night.state.automation, Automation::Stopped { why: StopReason::ChangedElsewhere });
    assert!(told.iter().any(|it| matches!(it, Effect::Notice(ProcedureNotice::ChangedElsewhere { .. }))));
    assert_eq!(night.state.phase, Phase::StoppingJobs);
    assert_eq!(switches(&night.confirm(false)), [(Mode::JobStop, true)]);
}

#[test]
fn the_gate_waits_for_witnessed_time_and_a_jump_of_the_clock_is_none() {
    let mut night = Night::quiet_gate();
    night.now.0 += 90 * 60_000; // a sleep, or a clock that was set
    night.modes(Flag::On, Flag::On);
    night.count(0);
    let gate = gate::Gate::of(&night.state, night.now);
    assert!(gate.count_is_zero && gate.list_is_complete && gate.read_only_is_on && !gate.has_settled);
    night.now.0 -= 300 * 60_000;
    night.modes(Flag::On, Flag::On);
    assert!(!gate::Gate::of(&night.state, night.now).is_quiet());
    for _ in 0..9 {
        night.now.0 += 595_000;
        night.modes(Flag::On, Flag::On);
        night.count(0);
    }
    assert!(gate::Gate::of(&night.state, night.now).is_quiet());
}

#[test]
fn a_restored_database_is_noticed_and_the_last_zero_survives_the_absence() {
    let mut night = Night::quiet_gate();
    night.confirm(true);
    let zero = night.state.last_zero;
    assert!(zero.is_some());
    assert!(night.see(&Observation::PlatformAway).contains(&Effect::Pace(Pace::Calm)));
    assert!(night.see(&Observation::PlatformAway).is_empty(), "calm");
    assert!(night.see(&Observation::PlatformBack).contains(&Effect::Reread));
    let told = night.modes(Flag::Off, Flag::Off);
    let changes = told.iter().filter(|it| matches!(it, Effect::Notice(ProcedureNotice::ChangedElsewhere { .. })));
    assert_eq!((changes.count(), night.state.phase, night.state.last_zero), (2, Phase::Work, zero));
}

#[test]
fn read_only_with_rows_left_says_that_the_count_may_no_longer_fall_once() {
    let mut night = Night::draining(false);
    night.modes(Flag::On, Flag::On);
    let is_told = |effects: &[Effect]| {
        effects.iter().any(|it| matches!(it, Effect::Notice(ProcedureNotice::CountMayNoLongerFall { .. })))
    };
    assert!(is_told(&night.count(3)));
    assert!(!is_told(&night.count(3)));
    assert_eq!(switches(&night.act(ProcedureAct::SwitchOff { mode: Mode::ReadOnly })), [(Mode::ReadOnly, false)]);
    assert_eq!(night.state.phase, Phase::Draining);
    night.modes(Flag::On, Flag::Off);
    assert!(is_told(&night.modes(Flag::On, Flag::On)), "and again when it is so again");
}

#[test]
fn a_return_reads_first_sends_nothing_and_asks_for_the_automation_again() {
    let mut night = Night::draining(true);
    night.count(0);
    night.count(0);
    let effects = night.see(&Observation::Resumed);
    assert_eq!(switches(&effects), []);
    assert!(effects.contains(&Effect::Reread));
    night.modes(Flag::On, Flag::Off);
    for _ in 0..5 {
        assert_eq!(switches(&night.count(0)), []);
    }
    assert_eq!(switches(&night.act(ProcedureAct::GoOnByItself { on: true })), [(Mode::ReadOnly, true)]);
}

#[test]
fn a_switch_that_was_on_its_way_when_the_program_died_is_looked_for_and_not_sent_again() {
    let mut night = Night::new();
    night.act(ProcedureAct::Start { options: Options::default() });
    night.see(&Observation::Resumed);
    assert_eq!(switches(&night.modes(Flag::Unknown, Flag::Unknown)), []);
    assert_eq!(night.state.phase, Phase::StoppingJobs);
    assert_eq!(switches(&night.modes(Flag::On, Flag::Off)), []);
    assert_eq!(night.state.phase, Phase::Draining);
}

#[test]
fn the_permission_survives_the_lock_and_says_so_once() {
    let mut night = Night::draining(true);
    let notice = Effect::Notice(ProcedureNotice::PermissionKept);
    assert_eq!(night.see(&Observation::LockClosed), [notice]);
    assert_eq!(night.see(&Observation::LockClosed), []);
    night.count(0);
    night.count(0);
    assert_eq!(switches(&night.count(0)), [(Mode::ReadOnly, true)]);
}

/// A start planned for ten minutes later.
fn planned() -> Night {
    let mut night = Night::new();
    night.modes(Flag::Off, Flag::Off);
    let start_at = Some(Timestamp(night.now.0 + 600_000));
    let options = Options { start_at, go_on_by_itself: true, ..Options::default() };
    let effects = night.act(ProcedureAct::Start { options });
    assert_eq!(switches(&effects), [], "not yet");
    assert!(effects.contains(&Effect::Pace(Pace::Procedure)), "whether somebody looks or not: {effects:?}");
    assert_eq!((night.state.phase, night.state.automation), (Phase::Scheduled, Automation::Armed));
    night
}

fn cancelled(effects: &[Effect]) -> Option<StopReason> {
    effects.iter().find_map(|effect| match effect {
        Effect::Notice(ProcedureNotice::StartCancelled { why, .. }) => Some(*why),
        _ => None,
    })
}

#[test]
fn a_planned_start_comes_at_its_time_once_and_goes_on_as_it_was_confirmed() {
    let mut night = planned();
    night.now.0 += 560_000;
    assert_eq!(switches(&night.modes(Flag::Off, Flag::Off)), [], "a little early");
    night.now.0 += 30_000;
    assert_eq!(switches(&night.see(&Observation::Tick)), [(Mode::JobStop, true)]);
    assert_eq!((night.state.phase, night.state.automation), (Phase::StoppingJobs, Automation::Armed));
    assert_eq!(switches(&night.see(&Observation::Tick)), [], "once");
    night.modes(Flag::On, Flag::Off);
    night.count(0);
    night.count(0);
    assert_eq!(switches(&night.count(0)), [(Mode::ReadOnly, true)], "this was confirmed too");
}

#[test]
fn a_planned_start_waits_a_quarter_of_an_hour_for_modes_that_can_be_read_and_no_longer() {
    let mut night = planned();
    night.now.0 += 600_000;
    assert_eq!(switches(&night.modes(Flag::Unknown, Flag::Unknown)), [], "nobody knows how it stands");
    night.now.0 += 13 * 60_000;
    assert_eq!(switches(&night.see(&Observation::Tick)), []);
    night.now.0 += 120_000;
    assert_eq!(cancelled(&night.see(&Observation::Tick)), Some(StopReason::Missed));
    assert_eq!(night.state.phase, Phase::NotStarted);
    assert_eq!(switches(&night.modes(Flag::Off, Flag::Off)), [], "too late");
}

#[test]
fn a_start_whose_time_is_over_begins_nothing_and_neither_does_a_limit_before_it() {
    let now = 1_000_005_000 + 5_000; // the act comes five seconds after the modes were read
    let at = |after: i64| Some(Timestamp(now + after));
    let (start, give_up) = (PlannedTime::Start, PlannedTime::GiveUp);
    for (start_at, give_up_at, expected) in [
        (at(-1), None, Some(start)),
        (at(0), None, Some(start)),
        (None, at(0), Some(give_up)),
        (at(60_000), at(60_000), Some(give_up)),
        (at(1), at(2), None),
        (None, at(1), None),
    ] {
        let mut night = Night::new();
        night.modes(Flag::Off, Flag::Off);
        let options = Options { start_at, give_up_at, ..Options::default() };
        let effects = night.act(ProcedureAct::Start { options });
        let passed = effects.iter().find_map(|it| if let Effect::TimePassed(time) = it { Some(*time) } else { None });
        assert_eq!(passed, expected, "{start_at:?} {give_up_at:?}");
        if expected.is_some() {
            assert_eq!((effects.len(), &night.state.phase), (1, &Phase::NotStarted));
        } else {
            assert_eq!(switches(&effects).len(), usize::from(start_at.is_none()), "only without a time at once");
        }
    }
    let mut night = planned();
    let begins_at = night.state.options.start_at;
    let effects = night.act(ProcedureAct::GiveUpAt { at: begins_at });
    assert_eq!((effects, night.state.options.give_up_at), (vec![Effect::TimePassed(give_up)], None));
}

#[test]
fn a_planned_start_is_cancelled_by_sleep_a_restart_and_a_colleague_and_says_so() {
    let mut night = planned();
    assert_eq!(cancelled(&night.see(&Observation::Resumed)), Some(StopReason::Resumed));
    night.now.0 += 700_000;
    assert_eq!(switches(&night.modes(Flag::Off, Flag::Off)), []);

    let mut night = planned();
    assert_eq!(cancelled(&night.modes(Flag::On, Flag::Off)), Some(StopReason::ChangedElsewhere));
    assert_eq!(night.state.phase, Phase::NotStarted);
}

#[test]
fn a_planned_start_can_be_given_up_and_brought_forward() {
    let mut night = planned();
    let effects = night.act(ProcedureAct::Abort);
    assert_eq!((switches(&effects), cancelled(&effects), night.state.phase), (vec![], None, Phase::NotStarted));
    let mut night = planned();
    assert_eq!(switches(&night.confirm(false)), [(Mode::JobStop, true)]);
    assert_eq!(night.state.phase, Phase::StoppingJobs);
}

#[test]
fn what_is_switched_by_hand_beside_the_procedure_is_no_colleagues_and_the_procedure_follows() {
    let mut night = Night::draining(true);
    let effects = night.see(&Observation::ByHand { mode: Mode::ReadOnly, on: true });
    assert_eq!(night.state.automation, Automation::Stopped { why: StopReason::ByHand });
    let told = night.modes(Flag::On, Flag::On);
    assert_eq!(night.state.phase, Phase::QuietGate);
    let colleague = |effects: &[Effect]| {
        effects.iter().any(|it| matches!(it, Effect::Notice(ProcedureNotice::ChangedElsewhere { .. })))
    };
    assert!(!colleague(&effects) && !colleague(&told));
    night.see(&Observation::ByHand { mode: Mode::JobStop, on: false });
    assert!(!colleague(&night.modes(Flag::Off, Flag::On)));
    let idle = Night::new().see(&Observation::ByHand { mode: Mode::JobStop, on: true });
    assert_eq!(idle, [], "nothing to follow");
}
