//! What `npm test` counts: instructions of each piece of work, as a multiple of an anchor's.
//!
//! Every piece is a function of its own, so that callgrind finds it by its name. Instructions are the same on every
//! machine and in every run, unlike times; and a ratio stays what it is when a compiler does everything a little better
//! or worse. The limits hold for the profile of the tests, in which none of this is optimised: they are what was counted
//! and a quarter more, a guard against slipping and not the bars of docs/performance.md.

use std::hint::black_box;

use ita_core::client::backyard_check::CheckAnswer;
use ita_core::jobs::snapshot::Snapshot;
use ita_core::jobs::view::{JobColumn, JobFilter, JobSort, JobView};
use serde::de::IgnoredAny;

use crate::answer::{make, make_other, Size};
use crate::columns::{export, read, snapshot, view, WORD};
use crate::growth::{Polls, BAR};

/// Enough that nothing constant blurs the ratios.
const SIZE: Size = Size { organizations: 2, workspaces: 20, jobs: 100 };

/// A piece of work, its anchor, and how many times as many instructions as the anchor it may take.
const LIMITS: [(&str, &str, f64); 9] = [
    ("parse", "check", 10.3),
    ("publish", "check", 1.7),
    ("compare", "check", 18.2),
    ("sort_by_name", "check", 0.06),
    ("sort_by_time", "check", 1.63),
    ("filter", "check", 0.8),
    ("print", "check", 4.1),
    ("twice_the_organizations", "organizations", BAR),
    ("twice_the_workspaces", "workspaces", BAR),
];

/// Does every piece of work once, and prints the limits, one a line.
pub(crate) fn run() {
    let answer = make(SIZE);
    check(&answer);
    let read_first = parse(&answer);
    let read_then = read(make_other(SIZE).as_slice());
    let first = publish(read_first);
    compare(read_then, &first);
    sort_by_name(&first);
    sort_by_time(&first);
    filter(&first);
    print(&first);
    let size = |organizations, workspaces| Size { organizations, workspaces, jobs: 1 };
    organizations(&Polls::new(size(1_500, 1)));
    twice_the_organizations(&Polls::new(size(3_000, 1)));
    workspaces(&Polls::new(size(1, 1_500)));
    twice_the_workspaces(&Polls::new(size(1, 3_000)));
    for (piece, anchor, limit) in LIMITS {
        println!("{piece} {anchor} {limit}");
    }
}

/// The anchor: `serde_json` makes sure that the answer is JSON, and keeps nothing of it.
#[inline(never)]
fn check(answer: &[u8]) {
    let _ = black_box(serde_json::from_slice::<IgnoredAny>(answer));
}

#[inline(never)]
fn parse(answer: &[u8]) -> CheckAnswer {
    read(answer)
}

/// A first snapshot, in its order.
#[inline(never)]
fn publish(answer: CheckAnswer) -> Snapshot {
    let first = snapshot(answer, None);
    black_box(first.select(&view(None)).is_ok());
    first
}

/// A snapshot in which every job is another one.
#[inline(never)]
fn compare(answer: CheckAnswer, before: &Snapshot) {
    black_box(snapshot(answer, Some(before)));
}

#[inline(never)]
fn sort_by_name(snapshot: &Snapshot) {
    black_box(snapshot.select(&by(JobColumn::StatusName)).is_ok());
}

#[inline(never)]
fn sort_by_time(snapshot: &Snapshot) {
    black_box(snapshot.select(&by(JobColumn::LastUpdateUtc)).is_ok());
}

#[inline(never)]
fn filter(snapshot: &Snapshot) {
    let filter = JobFilter { text: WORD.to_owned(), ..JobFilter::default() };
    black_box(snapshot.select(&JobView { filter, ..view(None) }).is_ok());
}

#[inline(never)]
fn print(snapshot: &Snapshot) {
    export(snapshot, &mut black_box(Vec::new()));
}

#[inline(never)]
fn organizations(polls: &Polls) {
    black_box(polls.work());
}

#[inline(never)]
fn twice_the_organizations(polls: &Polls) {
    black_box(polls.work());
}

#[inline(never)]
fn workspaces(polls: &Polls) {
    black_box(polls.work());
}

#[inline(never)]
fn twice_the_workspaces(polls: &Polls) {
    black_box(polls.work());
}

fn by(column: JobColumn) -> JobView {
    view(Some(JobSort { column, descending: true }))
}
