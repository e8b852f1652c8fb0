//! What appeared, what left, and whom it is said of.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn marks(snapshot: &Snapshot) -> Vec<(String, bool, bool)> {
    let rows = (0..snapshot.table().len() as u32).map(|row| snapshot.row(row));
    let mut marks: Vec<_> = rows.map(|row| (row.job_id, row.is_new, row.is_gone)).collect();
    marks.sort();
    marks
}

fn next(places: &[Place], before: &Snapshot) -> Snapshot {
    snapshot(answer(places.iter().map(|it| it.reported).sum(), &[], places), Some(before))
}

fn mark(id: &str, is_new: bool, is_gone: bool) -> (String, bool, bool) {
    (id.to_owned(), is_new, is_gone)
}

#[test]
fn a_row_is_new_for_one_poll_and_gone_for_one_poll() {
    let one = first(&[place("org", "ws", 2, &[(ANSIBLE, "a"), (ANSIBLE, "b")])]);
    assert_eq!(marks(&one), [mark("a", false, false), mark("b", false, false)], "nothing is new in a first answer");
    let places = [place("org", "ws", 2, &[(ANSIBLE, "b"), (ANSIBLE, "c")])];
    let two = next(&places, &one);
    assert_eq!(marks(&two), [mark("a", false, true), mark("b", false, false), mark("c", true, false)]);
    let three = next(&places, &two);
    assert_eq!(marks(&three), [mark("b", false, false), mark("c", false, false)]);
}

#[test]
fn the_same_id_elsewhere_is_another_row() {
    let one = first(&[place("org", "ws-1", 1, &[(ANSIBLE, "a")])]);
    for elsewhere in [
        place("org", "ws-1", 1, &[("ita-by-menu-create", "a")]),
        place("org", "ws-2", 1, &[(ANSIBLE, "a")]),
        place("other", "ws-1", 1, &[(ANSIBLE, "a")]),
    ] {
        let two = next(std::slice::from_ref(&elsewhere), &one);
        assert_eq!(marks(&two), [mark("a", false, true), mark("a", true, false)], "{elsewhere:?}");
    }
}

#[test]
fn a_row_that_left_keeps_everything_it_had() {
    let odd = "2026-11-22T19:16:02.5Z";
    let mut before = place("組織", "ws", 1, &[]);
    before.jobs.push(job(UNKNOWN, "作業-①", "03", Some(odd)));
    let one = first(&[before]);
    let shown = one.row(0);
    for places in [vec![], vec![place("組織", "ws", 0, &[])], vec![place("org", "ws", 1, &[(ANSIBLE, "a")])]] {
        let two = next(&places, &one);
        let rows = (0..two.table().len() as u32).map(|row| two.row(row));
        let gone: Vec<_> = rows.filter(|row| row.is_gone).collect();
        assert_eq!(gone, [JobRow { is_gone: true, ..shown.clone() }]);
    }
}

#[test]
fn workspaces_and_organizations_that_are_gone_are_reported_once() {
    let all = [place("a", "1", 0, &[]), place("a", "2", 1, &[(ANSIBLE, "x")]), place("b", "1", 0, &[])];
    let with_bare = |places: &[Place]| answer(1, &[("bare", 0)], places);
    let one = snapshot(with_bare(&all), None);
    assert!(one.running().vanished.is_empty(), "a first answer misses nothing");
    let two = snapshot(with_bare(&all[..1]), Some(&one));
    assert_eq!(two.running().vanished, ["a/2", "b/1"], "b is gone with its workspace");
    assert_eq!(two.running().workspaces, 1, "a workspace that only a row that left belongs to is not counted");
    let three = snapshot(answer(0, &[], &all[..1]), Some(&two));
    assert_eq!(three.running().vanished, ["bare"], "an organization without workspaces, and nothing twice");
    let four = snapshot(answer(0, &[("a", 0)], &[]), Some(&three));
    assert_eq!(four.running().vanished, ["a/1"], "the organization is still there");
}

#[test]
fn of_several_rows_with_one_key_only_the_surplus_appears_or_leaves() {
    let twins = |count: usize| [place("org", "ws", count as u32, &vec![(ANSIBLE, "twin"); count])];
    let one = first(&twins(3));
    let two = next(&twins(1), &one);
    let gone = marks(&two).into_iter().filter(|it| it.2).count();
    assert_eq!((gone, two.table().len()), (2, 3));
    let three = next(&twins(4), &two);
    assert_eq!(marks(&three).into_iter().filter(|it| it.1).count(), 3);
    // The same workspace twice in one answer is one workspace to a reader.
    let split = [place("org", "ws", 1, &[(ANSIBLE, "twin")]), place("org", "ws", 3, &[(ANSIBLE, "twin"); 3])];
    assert!(marks(&next(&split, &three)).iter().all(|it| !it.1 && !it.2));
}

/// Workspace, container and id of a few rows that often meet.
fn some_rows() -> impl Strategy<Value = Vec<(u8, bool, u8)>> {
    prop::collection::vec((0..3_u8, any::<bool>(), 0..4_u8), 0..12)
}

fn places_of(rows: &[(u8, bool, u8)]) -> Vec<Place> {
    let mut places: Vec<Place> = (0..3).map(|number| place("org", &format!("ws-{number}"), 0, &[])).collect();
    for (workspace, is_conductor, id) in rows {
        let container = if *is_conductor { CONDUCTOR } else { ANSIBLE };
        places[usize::from(*workspace)].jobs.push(job(container, &format!("job-{id}"), "3", Some(LABEL)));
    }
    places
}

fn tally(rows: &[(u8, bool, u8)]) -> BTreeMap<(u8, bool, u8), i32> {
    let mut tally = BTreeMap::new();
    for row in rows {
        *tally.entry(*row).or_default() += 1;
    }
    tally
}

proptest! {
    #[test]
    fn new_and_gone_are_the_difference_of_two_bags(before in some_rows(), after in some_rows()) {
        let one = first(&places_of(&before));
        let two = next(&places_of(&after), &one);
        let (had, has) = (tally(&before), tally(&after));
        let surplus = |of: &BTreeMap<_, i32>, over: &BTreeMap<_, i32>| -> i32 {
            of.iter().map(|(key, count)| (count - over.get(key).unwrap_or(&0)).max(0)).sum()
        };
        let (appeared, left) = (surplus(&has, &had) as usize, surplus(&had, &has) as usize);
        let marks = marks(&two);
        prop_assert_eq!(marks.iter().filter(|it| it.1).count(), appeared);
        prop_assert_eq!(marks.iter().filter(|it| it.2).count(), left);
        prop_assert_eq!(marks.len(), after.len() + left);
    }
}
