//! What the procedure tells beside the modes, and how long that stays in the window.

use super::*;
use crate::domain::procedure::{Options, Procedure, ProcedurePhase};

fn view(phase: ProcedurePhase, began_at: i64) -> ProcedureView {
    let options = Options { planned_end: Some(Timestamp(5)), ..Options::default() };
    let state = Procedure { phase, began_at: Some(Timestamp(began_at)), options, ..Procedure::default() };
    ProcedureView::of(&state, (&[], 0), Timestamp(9))
}

fn news(monitor: &Monitor) -> Vec<ProcedureNotice> {
    let of = |notice: &Notice| if let Notice::Procedure { news, .. } = notice { Some(*news) } else { None };
    monitor.live().notices.iter().filter_map(of).collect()
}

#[test]
fn a_colleagues_switch_that_the_procedure_tells_is_told_once() {
    let mut monitor = monitor();
    monitor.modes_read(reading(true, false), Timestamp(1));
    monitor.modes_read(reading(true, true), Timestamp(2));
    let news = ProcedureNotice::ChangedElsewhere { mode: Mode::ReadOnly, on: true, at: Timestamp(2) };
    monitor.procedure_news(news, Timestamp(2));
    let [Notice::Procedure { .. }] = &monitor.live().notices[..] else { panic!("{:?}", monitor.live().notices) };
}

#[test]
fn what_a_procedure_had_proved_is_what_the_first_read_is_held_against() {
    let begun = |expected| {
        let mut monitor = monitor();
        monitor.expect(expected, Suspect::default());
        monitor
    };
    let colleague = begun(reading(true, true)).modes_read(reading(true, false), Timestamp(1));
    assert_eq!(colleague, [ObservedChange { mode: Mode::ReadOnly, on: false, suspect: false }]);
    let lie = begun(reading(true, true)).modes_read(reading(false, false), Timestamp(1));
    assert!(lie.len() == 2 && lie.iter().all(|change| change.suspect), "it may be a table that cannot be read");
    assert!(begun(reading(true, true)).modes_read(reading(true, true), Timestamp(1)).is_empty());
    let sent = ModeReading { job_stop: None, read_only: Some(false) };
    assert!(begun(sent).modes_read(reading(true, false), Timestamp(1)).is_empty(), "our own switch, perhaps");
    let mut monitor = begun(reading(true, true));
    monitor.modes_failed(&gone(), Timestamp(1));
    monitor.modes_read(reading(true, false), Timestamp(2));
    assert!(monitor.modes_read(reading(true, false), Timestamp(3)).is_empty(), "once");
}

#[test]
fn an_off_that_was_in_doubt_before_is_no_news_and_still_in_doubt() {
    let doubted = Suspect { job_stop: Some(Timestamp(-5)), read_only: None };
    let begun = || {
        let mut monitor = monitor();
        monitor.expect(reading(false, false), doubted);
        monitor
    };
    let mut monitor = begun();
    assert_eq!(monitor.modes_read(reading(false, false), Timestamp(1)), []);
    assert_eq!((monitor.live().suspect, monitor.live().notices.len()), (doubted, 0));
    let change = ObservedChange { mode: Mode::JobStop, on: true, suspect: false };
    assert_eq!(begun().modes_read(reading(true, false), Timestamp(1)), [change], "it can be read again");
    let mut known = super::monitor();
    known.modes_read(reading(true, false), Timestamp(1));
    known.expect(reading(false, false), doubted);
    assert_eq!(known.live().suspect, Suspect::default(), "what was read here since is newer");
}

#[test]
fn news_go_when_the_procedure_has_left_them_behind() {
    let drained = ProcedureNotice::Drained { at: Timestamp(1) };
    let left_on = ProcedureNotice::LeftOn { mode: Mode::ReadOnly };
    let mut monitor = monitor();
    monitor.procedure(Some(view(ProcedurePhase::PointOfNoReturn, 1)));
    monitor.procedure_news(drained, Timestamp(1));
    assert_eq!(news(&monitor), [drained]);
    monitor.procedure(Some(view(ProcedurePhase::GoingReadOnly, 1)));
    assert_eq!(news(&monitor), []);
    monitor.procedure_news(drained, Timestamp(1));
    assert_eq!(news(&monitor), [], "nor does it come when it is too late");

    monitor.modes_read(reading(true, true), Timestamp(2));
    monitor.procedure(Some(view(ProcedurePhase::Aborted, 1)));
    monitor.procedure_news(left_on, Timestamp(2));
    monitor.modes_read(reading(false, false), Timestamp(3));
    assert_eq!(news(&monitor), [left_on], "this off may be a lie");
    monitor.modes_read(reading(true, false), Timestamp(4));
    assert_eq!(news(&monitor), []);
}

#[test]
fn a_later_reminder_replaces_the_one_before_and_another_procedure_begins_without_news() {
    let overdue = |level| ProcedureNotice::Overdue { planned_end: Timestamp(5), level };
    let started = ProcedureNotice::NewAfterStop { stopped_at: Some(Timestamp(1)) };
    let mut monitor = monitor();
    monitor.procedure(Some(view(ProcedurePhase::Work, 1)));
    for told in [overdue(1), started, overdue(2)] {
        monitor.procedure_news(told, Timestamp(6));
    }
    assert_eq!(news(&monitor), [started, overdue(2)]);
    monitor.procedure(Some(view(ProcedurePhase::Finished, 1)));
    assert_eq!(news(&monitor), [started], "until somebody has seen it");
    monitor.procedure(Some(view(ProcedurePhase::StoppingJobs, 7)));
    assert_eq!(news(&monitor), []);
}
