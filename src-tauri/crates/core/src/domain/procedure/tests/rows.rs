//! What the remaining rows are.

use super::triage::*;
use super::*;
use crate::domain::vocabulary::JobClass;

const STOPPED: Timestamp = Timestamp(10_000_000);

fn row(workspace: &str, class: JobClass, status_id: &str, unchanged_since: i64) -> RowSeen {
    RowSeen {
        organization: "org".to_owned(),
        workspace: workspace.to_owned(),
        backyard: "ita-by-x".to_owned(),
        class,
        job_id: format!("{class:?}-{status_id}"),
        status_id: status_id.to_owned(),
        is_new: false,
        unchanged_since: Timestamp(unchanged_since),
    }
}

#[test]
fn each_row_says_what_it_is_and_the_most_urgent_stands_first() {
    use RemainingKind as Kind;
    let before = STOPPED.0 - 1_000;
    let rows = [
        row("a", JobClass::Counted, "3", before),
        row("a", JobClass::Conductor, "3", before),
        row("b", JobClass::Conductor, "4", before),
        row("c", JobClass::Conductor, "5", before),
        row("d", JobClass::Unclassified, "5", before),
        row("e", JobClass::Counted, "2", STOPPED.0 + 59_000),
        RowSeen { is_new: true, ..row("f", JobClass::Counted, "2", STOPPED.0 + 61_000) },
        row("g", JobClass::Counted, "4", STOPPED.0 - 3_600_000),
    ];
    let found = triage(&rows, Timestamp(STOPPED.0 + 120_000));
    let kinds: Vec<_> = found.iter().map(|it| (it.workspace.as_str(), it.kind)).collect();
    let expected = [
        ("f", Kind::NewAfterStop),
        ("d", Kind::Unclassified),
        ("c", Kind::Paused),
        ("g", Kind::Standing),
        ("b", Kind::WaitingForMovement),
        ("a", Kind::Moving),
        ("a", Kind::Moving),
        ("e", Kind::Moving),
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn a_clock_that_jumped_back_makes_no_age() {
    let rows = [row("a", JobClass::Counted, "3", STOPPED.0 + 1_000_000)];
    let found = triage(&rows, STOPPED);
    assert_eq!((found[0].kind, found[0].unchanged_ms), (RemainingKind::Moving, 0));
}
