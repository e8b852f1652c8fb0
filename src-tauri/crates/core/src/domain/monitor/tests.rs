//! What is shown after each observation.

mod news;

use super::*;
use crate::domain::banner::Banner;
use crate::domain::live::GonePlace;

fn reading(job_stop: bool, read_only: bool) -> ModeReading {
    ModeReading { job_stop: Some(job_stop), read_only: Some(read_only) }
}

fn running(reported: u32) -> Running {
    Running {
        reported,
        counted: reported,
        conductors: 0,
        unclassified: 0,
        rows: reported,
        organizations: 1,
        workspaces: 1,
        mismatches: Vec::new(),
        deciding: reported,
        vanished: Vec::new(),
        oldest_update: None,
        platform_time: None,
        took_ms: 1,
    }
}

fn gone() -> Problem {
    Problem::new(ProblemCode::Unreachable)
}

fn monitor() -> Monitor {
    Monitor::new(1, None, 10)
}

#[test]
fn a_flip_to_off_that_we_did_not_make_is_suspect_and_told() {
    let mut monitor = monitor();
    assert!(monitor.modes_read(reading(true, true), Timestamp(1)).is_empty(), "the first read is no change");
    let changes = monitor.modes_read(reading(false, false), Timestamp(2));
    assert_eq!(changes.len(), 2);
    assert!(changes.iter().all(|change| change.suspect && !change.on));
    assert_eq!(monitor.live().notices.len(), 2);
}

#[test]
fn our_own_switch_is_no_news_but_a_colleagues_beside_it_is() {
    let mut monitor = monitor();
    monitor.modes_read(reading(false, false), Timestamp(1));
    monitor.switch_sent(Mode::JobStop, true);
    let changes = monitor.modes_read(reading(true, true), Timestamp(2));
    assert_eq!(changes, [ObservedChange { mode: Mode::ReadOnly, on: true, suspect: false }]);
    let changes = monitor.modes_read(reading(false, true), Timestamp(3));
    assert_eq!(changes, [ObservedChange { mode: Mode::JobStop, on: false, suspect: false }], "not ours any more");
}

#[test]
fn our_own_switch_is_no_news_also_when_its_read_back_failed() {
    let mut monitor = monitor();
    monitor.modes_read(reading(false, false), Timestamp(1));
    monitor.switch_sent(Mode::JobStop, true);
    monitor.modes_failed(&gone(), Timestamp(2));
    monitor.modes_read(ModeReading { job_stop: None, read_only: Some(false) }, Timestamp(3));
    assert!(monitor.modes_read(reading(true, false), Timestamp(4)).is_empty(), "seen three reads later");
    assert!(monitor.live().notices.is_empty());
}

#[test]
fn only_the_effect_that_we_wanted_is_ours() {
    let both_on = || {
        let mut monitor = monitor();
        monitor.modes_read(reading(true, true), Timestamp(1));
        monitor
    };
    let mut refused = both_on();
    refused.switch_sent(Mode::JobStop, false);
    refused.switch_refused();
    assert_eq!(refused.modes_read(reading(false, true), Timestamp(2)).len(), 1, "a colleague was let through");

    let mut contrary = both_on();
    contrary.modes_failed(&gone(), Timestamp(2));
    contrary.switch_sent(Mode::JobStop, true);
    assert_eq!(contrary.modes_read(reading(false, true), Timestamp(3)).len(), 1, "we wanted it on");

    let mut unreadable = both_on();
    unreadable.switch_sent(Mode::ReadOnly, false);
    let changes = unreadable.modes_read(reading(false, false), Timestamp(2));
    assert_eq!(changes, [ObservedChange { mode: Mode::JobStop, on: false, suspect: true }], "0/0 may be a lie");
}

#[test]
fn the_tenth_read_of_the_same_is_no_tenth_notice() {
    let mut monitor = monitor();
    monitor.modes_read(reading(true, true), Timestamp(0));
    for at in 1..=10 {
        monitor.modes_read(reading(false, false), Timestamp(at));
        monitor.modes_failed(&gone(), Timestamp(at));
        monitor.jobs_failed(&gone(), Timestamp(at));
    }
    let notices = &monitor.live().notices;
    assert_eq!(notices.len(), 2, "one for each flag, none for failures");
    assert!(notices.iter().all(|notice| matches!(notice, Notice::ChangedElsewhere { at: Timestamp(1), .. })));
    let Truth::Stale { at, since, .. } = monitor.live().modes.job_stop.clone() else { panic!("stale") };
    assert_eq!((at, since), (Timestamp(10), Timestamp(10)));
}

#[test]
fn a_notice_that_was_seen_stays_away_and_the_others_stay() {
    let mut monitor = monitor();
    monitor.modes_read(reading(true, true), Timestamp(0));
    monitor.modes_read(reading(false, false), Timestamp(1));
    let Notice::ChangedElsewhere { id, .. } = monitor.live().notices[0] else { panic!("a change") };
    monitor.dismiss(id);
    monitor.dismiss(id);
    assert_eq!(monitor.live().notices.len(), 1);
    monitor.modes_read(reading(true, false), Timestamp(2));
    assert!(monitor.live().notices.iter().all(|notice| notice.id() != id), "an id is used once");
}

#[test]
fn workspaces_that_are_gone_are_told_once_with_as_many_names_as_fit() {
    let mut monitor = monitor();
    let place = |number| GonePlace { organization: "org".to_owned(), workspace: Some(format!("ws-{number}")) };
    let vanished = (0..300).map(place).collect();
    monitor.jobs_read(Running { vanished, ..running(0) }, 1, ZoneBasis::Unproven, Timestamp(1));
    monitor.jobs_read(running(0), 2, ZoneBasis::Unproven, Timestamp(2));
    let [Notice::Vanished { places, total, .. }] = &*monitor.live().notices else { panic!("one notice") };
    assert_eq!((places.len(), *total), (MOST_NAMES, 300));
}

#[test]
fn truth_goes_from_unknown_to_known_to_stale_and_back_and_never_to_a_value_nobody_said() {
    let mut monitor = monitor();
    monitor.modes_failed(&gone(), Timestamp(1));
    assert_eq!(monitor.live().modes.job_stop, Truth::Unknown { problem: Some(gone()) });
    monitor.modes_read(reading(true, false), Timestamp(2));
    assert_eq!(monitor.live().modes.job_stop, Truth::Known { value: true, at: Timestamp(2) });
    monitor.modes_failed(&gone(), Timestamp(3));
    monitor.modes_failed(&Problem::new(ProblemCode::TimedOut), Timestamp(4));
    let newest = Problem::new(ProblemCode::TimedOut);
    let stale = Truth::Stale { value: true, at: Timestamp(2), since: Timestamp(3), problem: newest };
    assert_eq!(monitor.live().modes.job_stop, stale, "since the first failure, why by the newest");
    assert_eq!(monitor.live().modes.known(), ModeReading::default(), "what is stale decides nothing");
    assert_eq!(monitor.live().banners.now.ita, Banner::Unknown);
    monitor.modes_read(reading(true, false), Timestamp(5));
    assert_eq!(monitor.live().modes.job_stop, Truth::Known { value: true, at: Timestamp(5) });
    assert!(monitor.live().notices.is_empty(), "it was on before and is on now");
}

#[test]
fn an_answer_that_arrives_after_the_stop_is_shown_as_stale() {
    let mut monitor = monitor();
    let refused = Problem::new(ProblemCode::LoginRefused);
    monitor.stopped(refused.clone(), Timestamp(1));
    monitor.jobs_read(running(3), 1, ZoneBasis::Unproven, Timestamp(2));
    monitor.modes_read(reading(true, false), Timestamp(2));
    let (at, since) = (Timestamp(2), Timestamp(2));
    let stale = Truth::Stale { value: running(3), at, since, problem: refused.clone() };
    assert_eq!(monitor.live().running, stale, "nothing will ever confirm it");
    assert_eq!(monitor.live().modes.known(), ModeReading::default());
    assert_eq!(monitor.live().phase, Phase::Stopped { problem: refused });
}

#[test]
fn a_list_that_should_have_been_renewed_decides_nothing() {
    let decides = |poll_seconds, took_ms, age_ms: i64| {
        let mut monitor = Monitor::new(1, None, poll_seconds);
        let read = Running { took_ms, ..running(0) };
        monitor.jobs_read(read, 1, ZoneBasis::Unproven, Timestamp(1_000_000));
        let truth = monitor.live().running_for_decision(Timestamp(1_000_000 + age_ms));
        assert_eq!(truth.last(), monitor.live().running.last(), "it is still shown");
        truth.known().is_some()
    };
    for (poll_seconds, took_ms, patience_ms) in
        [(10, 0, 50_000), (10, 200, 50_400), (10, 20_000, 270_000), (300, 200, 630_400)]
    {
        assert!(decides(poll_seconds, took_ms, patience_ms), "two polls and half a minute");
        assert!(!decides(poll_seconds, took_ms, patience_ms + 1));
        assert!(!decides(poll_seconds, took_ms, 8 * 3_600_000), "after a night's sleep");
        assert!(decides(poll_seconds, took_ms, -86_400_000), "a clock that was set back makes nothing old");
    }
    let mut failed = monitor();
    failed.jobs_failed(&gone(), Timestamp(1));
    assert_eq!(failed.live().running_for_decision(Timestamp(2)), Truth::Unknown { problem: Some(gone()) });
}

#[test]
fn a_list_that_nobody_renews_is_told_as_stale_once_and_known_again_with_the_next() {
    let mut monitor = monitor();
    let patience = 50_002;
    monitor.jobs_read(running(3), 1, ZoneBasis::Unproven, Timestamp(0));
    monitor.time_passed(Timestamp(patience));
    assert!(monitor.live().running.known().is_some(), "two polls and half a minute");
    monitor.time_passed(Timestamp(patience + 10));
    monitor.time_passed(Timestamp(patience + 20));
    let problem = Problem::because(ProblemCode::TimedOut, "no newer list");
    let stale = Truth::Stale { value: running(3), at: Timestamp(0), since: Timestamp(patience + 10), problem };
    assert_eq!(monitor.live().running, stale);
    let counts: Vec<_> = monitor.live().history.iter().map(|point| point.count).collect();
    assert_eq!(counts, [Some(3), None], "one gap in the chart");
    monitor.jobs_read(running(2), 2, ZoneBasis::Unproven, Timestamp(patience + 30));
    assert_eq!(monitor.live().running.known(), Some(&running(2)));
}

#[test]
fn the_first_attempt_of_either_kind_opens_the_connection_also_when_it_fails() {
    let opening = |tell: fn(&mut Monitor)| {
        let mut monitor = monitor();
        monitor.live.phase = Phase::Opening;
        tell(&mut monitor);
        monitor.live.phase
    };
    assert_eq!(opening(|it| drop(it.modes_read(ModeReading::default(), Timestamp(1)))), Phase::Open);
    assert_eq!(opening(|it| it.jobs_read(running(0), 1, ZoneBasis::Unproven, Timestamp(1))), Phase::Open);
    assert_eq!(
        opening(|it| it.modes_failed(&gone(), Timestamp(1))),
        Phase::Open,
        "the reason is shown, off is possible"
    );
    assert_eq!(opening(|it| it.jobs_failed(&gone(), Timestamp(1))), Phase::Open);
}

#[test]
fn a_missing_flag_is_stale_then_known_again_and_the_change_in_between_is_noticed() {
    let mut monitor = monitor();
    monitor.modes_read(reading(true, false), Timestamp(1));
    monitor.modes_read(ModeReading { job_stop: None, read_only: Some(false) }, Timestamp(2));
    assert_eq!(monitor.live().modes.job_stop.known(), None, "not known any more");
    assert_eq!(monitor.live().modes.job_stop.last(), Some(&true), "and not forgotten");
    let changes = monitor.modes_read(reading(false, false), Timestamp(3));
    assert_eq!(changes.len(), 1, "it went off while we could not see it");
}

#[test]
fn a_failed_list_never_becomes_zero() {
    let mut monitor = monitor();
    let problem = Problem::new(ProblemCode::ErrorInDisguise);
    monitor.jobs_failed(&problem, Timestamp(1));
    assert_eq!(monitor.live().running, Truth::Unknown { problem: Some(problem.clone()) });
    monitor.jobs_read(running(3), 1, ZoneBasis::Unproven, Timestamp(2));
    monitor.jobs_failed(&problem, Timestamp(3));
    monitor.jobs_failed(&problem, Timestamp(4));
    let expected = Truth::Stale { value: running(3), at: Timestamp(2), since: Timestamp(3), problem };
    assert_eq!(monitor.live().running, expected, "the last figure with the first failure after it");
    let counts: Vec<_> = monitor.live().history.iter().map(|point| point.count).collect();
    assert_eq!(counts, [None, Some(3), None, None]);
}

#[test]
fn the_chart_and_the_notices_stay_bounded() {
    let mut monitor = monitor();
    for at in 0..1000 {
        monitor.modes_read(reading(at % 2 == 0, false), Timestamp(at));
        monitor.jobs_read(running(1), 1, ZoneBasis::Unproven, Timestamp(at));
    }
    assert_eq!(monitor.live().history.len(), LONGEST_HISTORY);
    assert_eq!(monitor.live().notices.len(), MOST_NOTICES);
}

#[test]
fn the_preview_says_what_users_will_see() {
    let mut monitor = monitor();
    assert_eq!(monitor.live().banners.now.ita, Banner::Unknown);
    monitor.modes_read(reading(true, false), Timestamp(1));
    let preview = monitor.live().banners;
    assert_eq!((preview.now.ita, preview.now.platform), (Banner::JobStop, Banner::None));
    assert_eq!((preview.after_job_stop.ita, preview.after_read_only.platform), (Banner::None, Banner::ReadOnly));
}

#[test]
fn a_suspicion_lasts_until_the_table_was_read_or_we_switched_that_mode() {
    let suspicion = || {
        let mut monitor = monitor();
        monitor.modes_read(reading(true, true), Timestamp(1));
        monitor.modes_read(reading(false, false), Timestamp(2));
        monitor
    };
    let both = Suspect { job_stop: Some(Timestamp(2)), read_only: Some(Timestamp(2)) };
    let mut monitor = suspicion();
    monitor.modes_read(reading(false, false), Timestamp(3));
    monitor.modes_failed(&gone(), Timestamp(4));
    monitor.modes_read(ModeReading::default(), Timestamp(5));
    for notice in 1..=2 {
        monitor.dismiss(notice);
    }
    assert_eq!(monitor.live().suspect, both, "neither the same answer again nor none, nor a notice that was seen");
    monitor.modes_read(reading(false, true), Timestamp(6));
    assert_eq!(monitor.live().suspect, Suspect::default(), "who says on somewhere has read its table");

    let mut ours = suspicion();
    ours.switch_sent(Mode::JobStop, false);
    ours.modes_read(reading(false, false), Timestamp(3));
    let rest = Suspect { job_stop: None, read_only: Some(Timestamp(2)) };
    assert_eq!(ours.live().suspect, rest, "off is what we want of the one, and says nothing of the other");
}

#[test]
fn off_beside_a_mode_that_is_on_is_a_colleagues_and_no_lie() {
    let mut monitor = monitor();
    monitor.modes_read(reading(true, true), Timestamp(1));
    let changes = monitor.modes_read(reading(true, false), Timestamp(2));
    assert_eq!(changes, [ObservedChange { mode: Mode::ReadOnly, on: false, suspect: false }]);
    assert_eq!(monitor.live().suspect, Suspect::default());
    let changes = monitor.modes_read(reading(false, false), Timestamp(3));
    assert_eq!(changes, [ObservedChange { mode: Mode::JobStop, on: false, suspect: true }], "the last one that was on");
    assert_eq!(monitor.live().suspect, Suspect { job_stop: Some(Timestamp(3)), read_only: None });
}

#[test]
fn a_poll_that_broke_makes_everything_stale_and_is_told() {
    let mut monitor = monitor();
    monitor.modes_read(reading(true, false), Timestamp(1));
    monitor.jobs_read(running(3), 1, ZoneBasis::Unproven, Timestamp(1));
    let problem = Problem::new(ProblemCode::Internal);
    monitor.poll_broke(&problem, Timestamp(2));
    let live = monitor.live();
    assert_eq!((live.modes.known(), live.running.known()), (ModeReading::default(), None));
    assert_eq!(live.notices, [Notice::PollBroke { id: 1, at: Timestamp(2) }]);
    assert!(!matches!(live.phase, Phase::Stopped { .. }), "and reading goes on");
}

#[test]
fn a_forecast_is_shown_while_job_stop_is_on_and_never_beside_an_old_count() {
    let mut monitor = monitor();
    let forecast =
        Forecast::Between { earliest: Timestamp(10), latest: Timestamp(20), basis: 50, confidence_percent: 80 };
    let unknown = Forecast::none(NoForecast::CountUnknown);
    monitor.jobs_read(running(1), 1, ZoneBasis::Unproven, Timestamp(1));
    monitor.forecast(Some(forecast));
    assert_eq!(monitor.live().forecast, None, "it is not known that nothing begins");
    monitor.modes_read(reading(true, true), Timestamp(2));
    assert_eq!(monitor.live().forecast, Some(Forecast::none(NoForecast::ReadOnly)), "some may never end so");
    monitor.modes_read(reading(true, false), Timestamp(2));
    assert_eq!(monitor.live().forecast, Some(forecast));
    monitor.jobs_failed(&gone(), Timestamp(3));
    assert_eq!(monitor.live().forecast, Some(unknown));
    monitor.jobs_read(running(1), 2, ZoneBasis::Unproven, Timestamp(4));
    monitor.forecast(Some(forecast));
    monitor.time_passed(Timestamp(3_600_000));
    assert_eq!(monitor.live().forecast, Some(unknown), "the workstation slept");
    monitor.jobs_read(running(1), 3, ZoneBasis::Unproven, Timestamp(3_600_001));
    assert_eq!(monitor.live().forecast, Some(forecast));
    monitor.modes_failed(&gone(), Timestamp(3_600_002));
    assert_eq!(monitor.live().forecast, None, "job stop may be off by now");
    monitor.modes_read(reading(false, false), Timestamp(3_600_003));
    assert_eq!(monitor.live().forecast, None);
}
