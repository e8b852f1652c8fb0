//! What comes as time goes on.

use super::clock::Stopwatch;
use super::limits::WATCH_MINUTES;
use super::*;
use ProcedurePhase as Phase;

const MINUTE: i64 = 60_000;

fn told(effects: &[Effect]) -> Vec<ProcedureNotice> {
    effects.iter().filter_map(|it| if let Effect::Notice(notice) = it { Some(*notice) } else { None }).collect()
}

/// How many still ran, each time that it was told.
fn gave_up(effects: &[Effect]) -> Vec<Option<u32>> {
    let of = |it| if let ProcedureNotice::GaveUp { holding, .. } = it { Some(holding) } else { None };
    told(effects).into_iter().filter_map(of).collect()
}

/// A drain with a limit in a minute.
fn limited(go_on_by_itself: bool) -> Night {
    let mut night = Night::draining(go_on_by_itself);
    let at = Some(Timestamp(night.now.0 + MINUTE));
    night.act(ProcedureAct::GiveUpAt { at });
    night
}

#[test]
fn giving_up_touches_nothing_and_the_drain_can_go_on() {
    let mut night = limited(true);
    night.now.0 += MINUTE;
    let effects = night.see(&Observation::Tick);
    assert_eq!((night.state.phase, switches(&effects)), (Phase::GaveUp, vec![]));
    assert!(effects.contains(&Effect::Notice(ProcedureNotice::LeftOn { mode: Mode::JobStop })));
    night.act(ProcedureAct::Continue);
    assert_eq!(night.state.phase, Phase::Draining);
}

#[test]
fn giving_up_says_whether_jobs_ran_or_nobody_knew() {
    let runs = Observation::Jobs(jobs(2));
    for (seen, expected) in [(runs, Some(2)), (Observation::Jobs(jobs(0)), Some(0)), (Observation::JobsUnknown, None)] {
        let mut night = limited(false);
        night.see(&seen);
        night.now.0 += MINUTE;
        assert_eq!(gave_up(&night.see(&Observation::Tick)), [expected]);
    }
}

#[test]
fn a_time_that_is_over_given_on_purpose_gives_up_now() {
    let mut night = Night::draining(false);
    night.act(ProcedureAct::GiveUpAt { at: Some(Timestamp(0)) });
    night.see(&Observation::Tick);
    assert_eq!(night.state.phase, Phase::GaveUp);
}

#[test]
fn who_was_drained_gives_up_no_more_and_the_limit_is_remembered() {
    let mut night = limited(false);
    for _ in 0..3 {
        night.count(0);
    }
    night.now.0 += 60 * MINUTE;
    night.see(&Observation::Tick);
    assert_eq!(night.state.phase, Phase::PointOfNoReturn);
    night.see(&Observation::JobsUnknown);
    night.see(&Observation::Tick);
    assert_eq!(night.state.phase, Phase::Draining, "a moment without an answer is no reason");
    assert!(night.state.options.give_up_at.is_none() && night.state.former_limit.is_some());
    for _ in 0..3 {
        night.count(0);
    }
    night.act(ProcedureAct::GiveUpAt { at: Some(Timestamp(0)) });
    night.see(&Observation::Tick);
    assert_eq!(night.state.phase, Phase::PointOfNoReturn, "chosen afterwards, too");
}

#[test]
fn who_comes_back_after_the_limit_reads_first_and_gives_up_at_last() {
    let back = || {
        let mut night = limited(false);
        night.now.0 += 5 * MINUTE;
        night.see(&Observation::Resumed);
        night.see(&Observation::Tick);
        assert_eq!((night.state.phase, night.state.rereading), (Phase::Draining, true));
        night
    };
    let mut night = back();
    night.modes(Flag::On, Flag::Off);
    night.count(1);
    assert_eq!(gave_up(&night.see(&Observation::Tick)), [Some(1)]);

    let mut night = back();
    night.now.0 += 11 * MINUTE;
    assert_eq!(gave_up(&night.see(&Observation::Tick)), [None], "nothing can be read");
    assert!(!night.state.rereading, "nothing is read for it any more");
}

#[test]
fn each_reminder_after_the_planned_end_comes_once() {
    let mut night = Night::quiet_gate();
    night.confirm(true);
    night.act(ProcedureAct::PlannedEnd { at: Some(night.now) });
    let mut levels = Vec::new();
    for _ in 0..80 {
        night.now.0 += MINUTE;
        let overdue = told(&night.see(&Observation::Tick)).into_iter();
        levels.extend(overdue.filter_map(|it| match it {
            ProcedureNotice::Overdue { level, .. } => Some(level),
            _ => None,
        }));
    }
    assert_eq!(levels, [2, 3], "the first one came with the change itself");
}

#[test]
fn of_several_reminders_only_the_last_is_told_in_every_phase_that_locks_users_out() {
    let planned_end = Timestamp(0);
    let phases = [
        (Phase::Draining, 0),
        (Phase::PointOfNoReturn, 0),
        (Phase::GoingReadOnly, 1),
        (Phase::QuietGate, 1),
        (Phase::Work, 1),
        (Phase::EndingReadOnly, 1),
        (Phase::Checking, 1),
        (Phase::StartingJobs, 1),
        (Phase::Watching, 0),
    ];
    for (phase, expected) in phases {
        let mut night = Night::new();
        night.state.phase = phase;
        night.state.options.planned_end = Some(planned_end);
        let said = told(&night.see(&Observation::Tick));
        assert_eq!(said, vec![ProcedureNotice::Overdue { planned_end, level: 3 }; expected], "{phase:?}");
        assert_eq!(told(&night.see(&Observation::Tick)), [], "{phase:?}: nor the lower ones later");
    }
}

#[test]
fn only_complete_lists_count_as_watched_and_nothing_finishes_unseen() {
    let mut night = Night::watching();
    for _ in 0..300 {
        night.see(&Observation::JobsUnknown);
        night.see(&Observation::Tick);
    }
    let left = |night: &Night| night.state.watched.remaining_ms(WATCH_MINUTES);
    assert_eq!((night.state.phase, left(&night)), (Phase::Watching, 10 * MINUTE), "nobody saw anything");
    night.count(1);
    night.now.0 += 4 * MINUTE;
    night.see(&Observation::JobsUnknown);
    night.now.0 += 5 * MINUTE;
    night.count(1);
    assert_eq!(left(&night), 10 * MINUTE, "there was a gap in it");
    for _ in 0..120 {
        night.count(1);
    }
    assert_eq!(left(&night), 0);
    night.modes(Flag::Unknown, Flag::Off);
    night.see(&Observation::Tick);
    assert_eq!(night.state.phase, Phase::Watching, "nobody knows what it would end with");
    night.modes(Flag::Off, Flag::Off);
    night.see(&Observation::Tick);
    assert_eq!(night.state.phase, Phase::Finished);
}

#[test]
fn the_settle_clock_counts_no_gap_and_begins_anew_when_read_only_may_have_been_off() {
    let mut night = Night::quiet_gate();
    let elapsed = |night: &Night| night.state.settled.elapsed_ms;
    night.now.0 += 9 * MINUTE;
    night.modes(Flag::On, Flag::On);
    let before = elapsed(&night);
    assert!(before >= 9 * MINUTE);
    night.modes(Flag::On, Flag::Unknown);
    night.now.0 += 9 * MINUTE;
    night.modes(Flag::On, Flag::On);
    assert_eq!(elapsed(&night), before, "a reading in it was no good");
    night.see(&Observation::PlatformAway);
    night.now.0 += 9 * MINUTE;
    night.modes(Flag::On, Flag::On);
    assert_eq!(elapsed(&night), before, "nor while nothing answered");
    night.modes(Flag::On, Flag::Suspect);
    assert_eq!(night.state.settled, Stopwatch::default(), "it may have been off");
}
