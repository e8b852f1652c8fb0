//! What stays of a night for its journal and its report.

use super::gate::GateCondition;
use super::*;
use crate::domain::confirmation::Danger;
use ProcedurePhase as Phase;

fn left_on(effects: &[Effect]) -> usize {
    effects.iter().filter(|it| matches!(it, Effect::Notice(ProcedureNotice::LeftOn { .. }))).count()
}

#[test]
fn a_night_that_goes_on_has_left_nothing_and_says_it_again_at_its_next_end() {
    let is_told =
        |night: &Night| night.state.told.iter().any(|notice| matches!(notice, ProcedureNotice::LeftOn { .. }));
    for goes_on in [ProcedureAct::Continue, ProcedureAct::Reopen] {
        let mut night = Night::draining(false);
        night.act(ProcedureAct::GiveUpAt { at: Some(Timestamp(0)) });
        assert_eq!(left_on(&night.see(&Observation::Tick)), 1);
        assert!(is_told(&night));
        night.act(goes_on.clone());
        assert!(night.state.phase.is_active() && !is_told(&night), "{goes_on:?}");
        night.modes(Flag::On, Flag::Off);
        assert_eq!(left_on(&night.act(ProcedureAct::Abort)), 1, "{goes_on:?}: it is true again");
    }
    let mut night = Night::watching();
    assert_eq!((left_on(&night.act(ProcedureAct::StopWatch)), is_told(&night)), (0, false), "a clean end");
}

#[test]
fn what_was_not_proved_when_a_step_was_named_stays_with_its_time() {
    let mut night = Night::drained(false);
    night.now.0 += 10 * 60_000;
    assert!(switches(&night.confirm(false)).is_empty(), "nothing of it is fresh");
    night.confirm(true);
    let first = Unproved::ReadOnly { at: night.now, dangers: vec![Danger::CountUnknown, Danger::JobStopOff] };
    night.modes(Flag::On, Flag::On);
    night.count(2);
    night.confirm(true);
    let unmet = vec![GateCondition::CountIsZero, GateCondition::HasSettled];
    assert_eq!(night.state.unproved, [first, Unproved::Work { at: night.now, unmet }]);

    let mut night = Night::draining(false);
    night.count(1);
    night.see(&Observation::ByHand { mode: Mode::ReadOnly, on: true });
    let expected = Unproved::ReadOnly { at: night.now, dangers: vec![Danger::JobsRunning] };
    assert_eq!(night.state.unproved, [expected], "beside the procedure, too");

    let mut night = Night::quiet_gate();
    night.act(ProcedureAct::ServicesRestarted { done: true });
    night.count(0);
    night.confirm(true);
    assert_eq!((night.state.phase, &night.state.unproved[..]), (Phase::Work, &[][..]), "named, and needless");
}

#[test]
fn what_the_user_chooses_is_written_down_when_it_changes_something() {
    let mut night = Night::quiet_gate();
    let at = Some(Timestamp(9));
    let container = "ita-by-new".to_owned();
    for (act, choice) in [
        (ProcedureAct::Waive { container: container.clone() }, Choice::Waived { container }),
        (ProcedureAct::ServicesRestarted { done: true }, Choice::ServicesRestarted { done: true }),
        (ProcedureAct::ServicesRestarted { done: false }, Choice::ServicesRestarted { done: false }),
        (ProcedureAct::SettleMinutes { minutes: 5 }, Choice::SettleMinutes { minutes: 5 }),
        (ProcedureAct::PlannedEnd { at: None }, Choice::PlannedEnd { at: None }),
        (ProcedureAct::GiveUpAt { at }, Choice::GiveUpAt { at }),
    ] {
        let is_set = matches!(choice, Choice::PlannedEnd { .. });
        let chosen = |effects: &[Effect]| effects.contains(&Effect::Chosen(choice.clone()));
        assert_eq!(chosen(&night.act(act.clone())), !is_set, "{act:?}");
        assert!(!chosen(&night.act(act.clone())), "{act:?}: it is so already");
    }
    night.act(ProcedureAct::Abort);
    assert_eq!(night.act(ProcedureAct::GiveUpAt { at: None }), [], "nothing is under way");
}

#[test]
fn a_view_says_whether_a_switch_is_read_back_yet_and_counts_no_zero_beyond_what_it_takes() {
    let view = |night: &Night| view::ProcedureView::of(&night.state, (&[], 0), night.now);
    let mut night = Night::new();
    night.modes(Flag::Off, Flag::Off);
    night.act(ProcedureAct::Start { options: Options::default() });
    assert!(view(&night).awaits_answer);
    night.modes(Flag::Off, Flag::Off);
    assert_eq!((night.state.phase, view(&night).awaits_answer), (Phase::StoppingJobs, false), "switch again");
    night.confirm(false);
    night.modes(Flag::On, Flag::Off);
    for _ in 0..57 {
        night.count(0);
    }
    assert_eq!((view(&night).zeros, view(&night).zeros_needed), (3, 3));
}

/// As the first versions saved it, with a notice of each shape that has changed since.
const OLD: &str = r#"{"version":1,"phase":"draining","since":1000,"began_at":900,
    "options":{"start_at":null,"settle_minutes":90,"give_up_at":null,"planned_end":null,"go_on_by_itself":false},
    "automation":{"state":"off"},
    "job_stop":{"flag":"on","at":1000,"proved":true,"sent":null},
    "read_only":{"flag":"off","at":1000,"proved":false,"sent":null},
    "jobs":{"state":"unknown"},"zeros":0,"last_zero":null,"jobs_stopped_at":1000,"waived":["ita-by-odd"],
    "services_restarted":false,"settled":{"elapsed_ms":0,"seen_at":null},"watched":{"elapsed_ms":0,"seen_at":null},
    "rereading":false,"is_away":false,
    "told":[{"kind":"new_after_stop"},{"kind":"quiet"},{"kind":"count_may_no_longer_fall"},{"kind":"gave_up","at":5}]}"#;

#[test]
fn what_an_earlier_version_saved_is_gone_on_with() {
    let state = Procedure::load(OLD).expect("understood");
    assert_eq!((state.phase, state.jobs_stopped_at), (ProcedurePhase::Draining, Some(Timestamp(1_000))));
    assert_eq!(state.told.len(), 4);
}
