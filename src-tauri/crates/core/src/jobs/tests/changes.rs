//! What appeared, what left, and whom it is said of.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::live::GonePlace;

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
    let gone = |organization: &str, workspace: Option<&str>| GonePlace {
        organization: organization.to_owned(),
        workspace: workspace.map(str::to_owned),
    };
    assert_eq!(two.running().vanished, [gone("a", Some("2")), gone("b", None)], "b is gone as a whole");
    assert_eq!(two.running().workspaces, 1, "a workspace that only a row that left belongs to is not counted");
    let three = snapshot(answer(0, &[], &all[..1]), Some(&two));
    assert_eq!(three.running().vanished, [gone("bare", None)], "an organization without workspaces, and nothing twice");
    let four = snapshot(answer(0, &[("a", 0)], &[]), Some(&three));
    assert_eq!(four.running().vanished, [gone("a", Some("1"))], "the organization is still there");
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

#[test]
fn a_status_that_changed_is_marked_for_one_poll() {
    let with = |status: &str, twins: usize| {
        let mut place = place("org", "ws", 0, &[]);
        place.jobs.push(job(ANSIBLE, "a", status, Some(LABEL)));
        place.jobs.extend(vec![job(ANSIBLE, "twin", status, None); twins]);
        [place]
    };
    let changed = |snapshot: &Snapshot| -> Vec<String> {
        let rows = (0..snapshot.table().len() as u32).map(|row| snapshot.row(row));
        rows.filter(|row| row.is_status_changed).map(|row| row.job_id).collect()
    };
    let one = first(&with("2", 2));
    let two = next(&with("3", 2), &one);
    assert_eq!(changed(&two), ["a"], "of twins nobody knows which is which");
    let three = next(&with("3", 2), &two);
    assert_eq!(changed(&three), Vec::<String>::new());
}

/// Organization, workspace, container, id and status of a few rows that often meet.
type Row = (u8, u8, bool, u8, u8);

fn some_rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec((0..2_u8, 0..2_u8, any::<bool>(), 0..4_u8, 2..4_u8), 0..12)
}

/// Which of two organizations with two workspaces each are listed, by bits.
fn places_of(rows: &[Row], listed: u8) -> Vec<Place> {
    let mut places: Vec<Place> =
        (0..4).map(|number| place(&format!("org-{}", number / 2), &format!("ws-{}", number % 2), 0, &[])).collect();
    for (organization, workspace, is_conductor, id, status) in rows {
        let container = if *is_conductor { CONDUCTOR } else { ANSIBLE };
        let place = &mut places[usize::from(organization * 2 + workspace)];
        place.jobs.push(job(container, &format!("job-{id}"), &status.to_string(), Some(LABEL)));
    }
    let is_listed = |at: usize, place: &Place| !place.jobs.is_empty() || listed >> at & 1 == 1;
    places.into_iter().enumerate().filter(|(at, place)| is_listed(*at, place)).map(|(_, place)| place).collect()
}

/// Statuses by key, in the order of the answer.
fn by_key(places: &[Place]) -> BTreeMap<[String; 4], Vec<String>> {
    let mut statuses = BTreeMap::<_, Vec<String>>::new();
    for place in places {
        for (container, id, status, _) in &place.jobs {
            let key = [&place.organization, &place.workspace, container, id].map(Clone::clone);
            statuses.entry(key).or_default().push(status.clone());
        }
    }
    statuses
}

/// Key, and how many rows with it are new, gone, and of another status.
type Marks = BTreeMap<[String; 4], [usize; 3]>;

fn expected_marks(before: &[Place], after: &[Place]) -> Marks {
    let (had, has) = (by_key(before), by_key(after));
    let none = Vec::new();
    let of = |key: &[String; 4]| {
        let (old, new) = (had.get(key).unwrap_or(&none), has.get(key).unwrap_or(&none));
        let is_changed = old.len() == 1 && new.len() == 1 && old != new;
        [new.len().saturating_sub(old.len()), old.len().saturating_sub(new.len()), usize::from(is_changed)]
    };
    had.keys().chain(has.keys()).map(|key| (key.clone(), of(key))).collect()
}

fn found_marks(snapshot: &Snapshot) -> Marks {
    let mut marks = Marks::new();
    for row in (0..snapshot.table().len() as u32).map(|row| snapshot.row(row)) {
        let sum = marks.entry([row.organization_id, row.workspace_id, row.backyard, row.job_id]).or_default();
        for (count, is_marked) in sum.iter_mut().zip([row.is_new, row.is_gone, row.is_status_changed]) {
            *count += usize::from(is_marked);
        }
    }
    marks
}

fn names(places: &[Place]) -> Vec<(String, Option<String>)> {
    let organizations = places.iter().map(|it| (it.organization.clone(), None));
    organizations.chain(places.iter().map(|it| (it.organization.clone(), Some(it.workspace.clone())))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn what_changed_is_what_a_plain_comparison_finds(
        before in some_rows(), after in some_rows(), listed in (0..16_u8, 0..16_u8),
    ) {
        let (before, after) = (places_of(&before, listed.0), places_of(&after, listed.1));
        let one = first(&before);
        let two = next(&after, &one);
        prop_assert_eq!(found_marks(&two), expected_marks(&before, &after));
        let (had, has) = (names(&before), names(&after));
        let mut gone: Vec<_> = had.into_iter().filter(|name| !has.contains(name)).collect();
        gone.retain(|(organization, workspace)| workspace.is_none() || has.contains(&(organization.clone(), None)));
        gone.sort();
        gone.dedup();
        let found = two.running().vanished.iter().map(|it| (it.organization.clone(), it.workspace.clone()));
        prop_assert_eq!(found.collect::<Vec<_>>(), gone);
    }
}
