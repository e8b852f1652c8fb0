//! What rests on what: when a proof, a permission or an alarm no longer holds.

use super::*;
use ProcedurePhase as Phase;

#[test]
fn a_zero_proves_nothing_while_job_stop_is_in_doubt() {
    for doubt in [Flag::Unknown, Flag::Suspect] {
        let mut night = Night::draining(false);
        night.count(0);
        night.modes(doubt, Flag::Off);
        for _ in 0..5 {
            night.count(0);
        }
        assert_eq!((night.state.phase, night.state.zeros), (Phase::Draining, 0), "{doubt:?}");
        night.modes(Flag::On, Flag::Off);
        for _ in 0..3 {
            assert_eq!(night.state.phase, Phase::Draining);
            night.count(0);
        }
        assert_eq!(night.state.phase, Phase::PointOfNoReturn);
    }
}

#[test]
fn a_zero_seen_while_job_stop_was_not_read_begins_the_three_again() {
    let mut night = Night::drained(false);
    night.modes(Flag::Unknown, Flag::Off);
    night.count(0);
    assert_eq!((night.state.phase, night.state.zeros), (Phase::Draining, 0));
    night.modes(Flag::On, Flag::Off);
    assert_eq!(switches(&night.act(ProcedureAct::GoOnByItself { on: true })), [], "nobody saw job stop all the time");
    night.count(0);
    night.count(0);
    assert_eq!(switches(&night.count(0)), [(Mode::ReadOnly, true)]);
}

#[test]
fn five_minutes_without_the_platform_end_an_automation_and_a_shorter_gap_does_not() {
    for (gap, expected) in [(280_000, Automation::Armed), (300_000, Automation::Stopped { why: StopReason::Lost })] {
        let mut night = Night::draining(true);
        night.see(&Observation::PlatformAway);
        night.modes(Flag::Unknown, Flag::Unknown);
        night.now.0 += gap - 10_000;
        night.see(&Observation::Tick);
        assert_eq!(night.state.automation, expected, "{gap} ms");
        night.see(&Observation::PlatformBack);
        night.modes(Flag::On, Flag::Off);
        night.count(0);
        night.count(0);
        let goes_on = expected == Automation::Armed;
        assert_eq!(switches(&night.count(0)).len(), usize::from(goes_on), "{gap} ms");
    }
}

#[test]
fn what_starts_wrongly_is_stopped_again_at_once_and_awaited_anew() {
    let by_hand = Observation::ByHand { mode: Mode::JobStop, on: true };
    for stops in [Observation::Act(ProcedureAct::StopAgain), by_hand] {
        let mut night = Night::watching();
        assert_eq!(night.state.phase, Phase::Watching);
        assert_eq!(switches(&night.see(&stops)), [(Mode::JobStop, true)]);
        assert_eq!(night.state.phase, Phase::StoppingJobs);
        let effects = night.modes(Flag::On, Flag::Off);
        assert!(effects.contains(&Effect::Snapshot(Moment::Stop)), "{effects:?}");
        assert_eq!((night.state.phase, night.state.zeros), (Phase::Draining, 0));
    }
    let mut finished = Night::watching();
    finished.act(ProcedureAct::StopWatch);
    assert_eq!(switches(&finished.act(ProcedureAct::StopAgain)), [], "the watch is over");
}

#[test]
fn services_that_were_restarted_before_this_read_only_have_not_seen_it() {
    let mut night = Night::quiet_gate();
    night.act(ProcedureAct::ServicesRestarted { done: true });
    night.act(ProcedureAct::SwitchOff { mode: Mode::ReadOnly });
    night.modes(Flag::On, Flag::Off);
    night.confirm(true);
    night.modes(Flag::On, Flag::On);
    assert_eq!((night.state.phase, night.state.services_restarted), (Phase::QuietGate, false));
}

#[test]
fn an_off_in_doubt_ends_the_rereading_and_what_rested_on_job_stop() {
    let mut night = Night::draining(false);
    night.see(&Observation::Resumed);
    night.count(0);
    night.modes(Flag::Suspect, Flag::Suspect);
    assert!(!night.state.rereading, "waiting longer makes it no surer");

    let mut drained = Night::draining(false);
    for _ in 0..3 {
        drained.count(0);
    }
    drained.modes(Flag::Unknown, Flag::Unknown);
    assert_eq!(drained.state.phase, Phase::PointOfNoReturn, "a read that failed says nothing");
    drained.modes(Flag::Suspect, Flag::Off);
    assert_eq!((drained.state.phase, drained.state.zeros), (Phase::Draining, 0));
}

#[test]
fn what_a_phase_waits_for_is_taken_also_where_somebody_else_did_it() {
    let mut night = Night::new();
    night.modes(Flag::Off, Flag::Off);
    night.act(ProcedureAct::Start { options: Options::default() });
    night.modes(Flag::Off, Flag::Off);
    assert_eq!(night.state.phase, Phase::StoppingJobs, "without effect");
    let effects = night.modes(Flag::On, Flag::Off);
    assert_eq!(night.state.phase, Phase::Draining);
    let told = |it: &Effect| matches!(it, Effect::Notice(ProcedureNotice::ChangedElsewhere { on: true, .. }));
    assert!(effects.iter().any(told), "{effects:?}");
}

#[test]
fn what_started_in_the_watch_is_no_alarm_when_jobs_are_stopped_again() {
    let mut night = Night::quiet_gate();
    night.act(ProcedureAct::Reopen);
    night.modes(Flag::On, Flag::Off);
    night.confirm(false);
    night.modes(Flag::Off, Flag::Off);
    night.act(ProcedureAct::StopAgain);
    assert_eq!(night.state.jobs_stopped_at, None, "no stop holds");
    let started = JobsSeen { new_after_stop: 3, ..jobs(3) };
    let effects = night.see(&Observation::Jobs(started.clone()));
    let is_alarm = |it: &Effect| matches!(it, Effect::Notice(ProcedureNotice::NewAfterStop { .. }));
    assert!(!effects.iter().any(is_alarm), "{effects:?}");
    night.modes(Flag::On, Flag::Off);
    assert!(night.see(&Observation::Jobs(started)).iter().any(is_alarm), "under a stop it is one");
}

#[test]
fn how_a_night_ended_is_known_after_a_restart_too() {
    let mut night = Night::draining(false);
    night.count(4);
    night.act(ProcedureAct::GiveUpAt { at: Some(night.now) });
    night.see(&Observation::Tick);
    night.see(&Observation::Resumed);
    assert_eq!((night.state.phase, night.state.holding()), (Phase::GaveUp, Some(4)));
}

#[test]
fn a_zero_that_comes_too_soon_neither_counts_nor_resets_and_is_a_fresh_look_all_the_same() {
    let mut night = Night::draining(false);
    let stopped_at = night.now.0;
    let look = |night: &mut Night, at: i64| {
        night.now.0 = at - 5_000;
        night.count(0);
        assert_eq!(night.state.last_zero, Some(Timestamp(at)));
        night.state.zeros
    };
    let mut zeros = Vec::new();
    for after in [100, 4_499, 4_500, 4_700, 8_999, 9_000, 9_001, 13_499, 13_500] {
        zeros.push(look(&mut night, stopped_at + after));
    }
    assert_eq!((zeros, night.state.phase), (vec![0, 0, 1, 1, 1, 2, 2, 2, 3], Phase::PointOfNoReturn));
    // Whoever presses the button does not make it old, nor anew.
    assert_eq!(look(&mut night, stopped_at + 13_600), 3);
    assert_eq!(night.state.phase, Phase::PointOfNoReturn);
}

#[test]
fn zeros_are_apart_also_by_a_clock_that_was_set_back_and_after_job_stop_was_found_on_again() {
    let mut night = Night::draining(false);
    night.count(0);
    night.now.0 -= 3_600_000;
    night.count(0);
    assert_eq!(night.state.zeros, 1, "how far apart nobody knows");
    night.count(0);
    assert_eq!(night.state.zeros, 2, "and it is not waited for an hour");

    let mut night = Night::draining(false);
    night.see(&Observation::PlatformBack);
    night.count(0);
    night.modes(Flag::On, Flag::Off);
    night.now.0 -= 4_000;
    night.count(0);
    assert_eq!(night.state.zeros, 0, "a second after that");
}

#[test]
fn job_stop_that_reads_back_as_off_in_the_drain_has_to_be_switched_on_again() {
    let mut night = Night::draining(true);
    night.count(0);
    night.see(&Observation::ByHand { mode: Mode::JobStop, on: true });
    night.modes(Flag::Off, Flag::Off);
    assert_eq!((night.state.phase, night.state.zeros), (Phase::StoppingJobs, 0));
    assert_eq!(switches(&night.confirm(false)), [(Mode::JobStop, true)]);
}

#[test]
fn a_switch_that_was_found_done_after_giving_up_is_a_stop_when_the_drain_goes_on() {
    let mut night = Night::new();
    night.modes(Flag::Off, Flag::Off);
    let give_up_at = Some(Timestamp(night.now.0 + 60_000));
    night.act(ProcedureAct::Start { options: Options { give_up_at, ..Options::default() } });
    night.now.0 += 60_000;
    night.see(&Observation::Tick);
    night.modes(Flag::On, Flag::Off);
    assert_eq!((night.state.phase, night.state.jobs_stopped_at), (Phase::GaveUp, None));
    let effects = night.act(ProcedureAct::Continue);
    assert!(effects.contains(&Effect::Snapshot(Moment::Stop)), "{effects:?}");
    assert_eq!((night.state.phase, night.state.jobs_stopped_at), (Phase::Draining, Some(night.now)));
}

#[test]
fn a_zero_lasts_until_the_next_list_can_be_there() {
    for (lasts_ms, age, expected) in [(0, 110_000, true), (0, 130_000, false), (700_000, 690_000, true)] {
        let mut night = Night::draining(false);
        for _ in 0..3 {
            night.see(&Observation::Jobs(JobsSeen { lasts_ms, ..jobs(0) }));
        }
        night.now.0 += age - 5_000;
        night.modes(Flag::On, Flag::Off);
        assert_eq!(night.state.dangers(night.now).is_empty(), expected, "{age} of {lasts_ms}");
    }
}

#[test]
fn an_off_in_doubt_is_expected_again_and_a_sure_reading_ends_the_doubt() {
    let mut night = Night::draining(false);
    night.modes(Flag::Suspect, Flag::Off);
    let since = night.now;
    night.modes(Flag::Suspect, Flag::Off);
    night.see(&Observation::Resumed);
    assert_eq!((night.state.expected().job_stop, night.state.doubted().job_stop), (Some(false), Some(since)));
    night.modes(Flag::On, Flag::Off);
    assert_eq!((night.state.expected().job_stop, night.state.doubted().job_stop), (Some(true), None));
}
