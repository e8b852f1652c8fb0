//! What is said against what is listed, on all three levels (docs/faults.md).

use proptest::prelude::*;

use super::*;
use crate::domain::live::CountMismatch;
use crate::jobs::counts::MAX_MISMATCHES;

#[test]
fn conductors_do_not_count_and_unknown_containers_may() {
    let jobs = [(ANSIBLE, "a"), (ANSIBLE, "b"), (CONDUCTOR, "c"), (UNKNOWN, "d")];
    for (reported, fits) in [(1, false), (2, true), (3, true), (4, false)] {
        let place = place("org", "ws", reported, &jobs);
        let running = snapshot(answer(reported, &[], &[place]), None).running().clone();
        assert_eq!((running.counted, running.conductors, running.unclassified, running.rows), (2, 1, 1, 4));
        assert_eq!(running.mismatches.is_empty(), fits, "{reported} reported");
        assert_eq!(running.deciding, reported.max(3), "the unclassified one may be running too");
    }
}

#[test]
fn a_disagreement_is_told_on_its_own_level_and_the_larger_figure_decides() {
    let mismatch = |organization: Option<&str>, workspace: Option<&str>, reported, counted| CountMismatch {
        organization: organization.map(str::to_owned),
        workspace: workspace.map(str::to_owned),
        reported,
        counted,
        unclassified: 0,
    };
    let two = [("org-1", "ws-1", &[(ANSIBLE, "a")][..]), ("org-2", "ws-2", &[(ANSIBLE, "b"), (ANSIBLE, "c")])];
    let places = |first: u32, second: u32| {
        [place(two[0].0, two[0].1, first, two[0].2), place(two[1].0, two[1].1, second, two[1].2)]
    };
    for (system, organizations, workspaces, expected, deciding) in [
        (3, [1, 2], [1, 2], vec![], 3),
        (0, [1, 2], [1, 2], vec![mismatch(None, None, 0, 3)], 3),
        (9, [1, 2], [1, 2], vec![mismatch(None, None, 9, 3)], 9),
        (3, [1, 5], [1, 2], vec![mismatch(Some("org-2"), None, 5, 2)], 6),
        (3, [1, 2], [4, 2], vec![mismatch(Some("org-1"), Some("ws-1"), 4, 1)], 6),
        (
            0,
            [0, 0],
            [0, 7],
            vec![
                mismatch(None, None, 0, 3),
                mismatch(Some("org-1"), None, 0, 1),
                mismatch(Some("org-2"), None, 0, 2),
                mismatch(Some("org-1"), Some("ws-1"), 0, 1),
                mismatch(Some("org-2"), Some("ws-2"), 7, 2),
            ],
            8,
        ),
    ] {
        let organizations = [("org-1", organizations[0]), ("org-2", organizations[1])];
        let answer = answer(system, &organizations, &places(workspaces[0], workspaces[1]));
        let running = snapshot(answer, None).running().clone();
        assert_eq!((running.mismatches, running.deciding), (expected, deciding));
        assert_eq!(running.reported, system, "as sent");
    }
}

#[test]
fn a_count_without_its_rows_decides_also_behind_a_hundred_smaller_ones() {
    let mut places: Vec<Place> = (0..300).map(|number| place("org", &format!("ws-{number}"), 1, &[])).collect();
    places.push(place("org", "last", 1_000, &[]));
    let running = snapshot(answer(0, &[("org", 0)], &places), None).running().clone();
    assert_eq!(running.mismatches.len(), MAX_MISMATCHES, "the list has an end");
    assert_eq!(running.deciding, 1_300, "what decides has none");
    let places = [place("org", "a", u32::MAX, &[]), place("org", "b", u32::MAX, &[])];
    assert_eq!(snapshot(answer(0, &[("org", 0)], &places), None).running().deciding, u32::MAX);
}

#[test]
fn ten_thousand_empty_organizations_and_one_with_everything_add_up() {
    let jobs: Vec<String> = (0..20_000).map(|number| format!("job-{number}")).collect();
    let jobs: Vec<_> = jobs.iter().map(|id| (ANSIBLE, id.as_str())).collect();
    let mut builder = crate::jobs::builder::TableBuilder::new();
    for number in 0..10_000 {
        let organization = builder.begin_organization().expect("room");
        builder.name_organization(organization, &format!("org-{number}")).expect("short");
        builder.report_organization(organization, 0);
    }
    builder.report(0);
    let empty = CheckAnswer { table: builder.finish(), platform_time: None };
    let one = snapshot(empty, None);
    assert_eq!((one.running().organizations, one.running().deciding, one.running().rows), (10_000, 0, 0));

    let two = snapshot(answer(20_000, &[], &[place("org-7", "ws", 20_000, &jobs)]), Some(&one));
    assert_eq!((two.running().counted, two.running().deciding), (20_000, 20_000));
    assert_eq!(two.running().vanished.len(), 9_999);
    assert!(two.row(19_999).is_new, "all of them are");
}

#[test]
fn rows_that_left_count_nowhere() {
    let before = first(&[place("org", "ws", 2, &[(ANSIBLE, "a"), (ANSIBLE, "b")])]);
    let after = snapshot(answer(1, &[], &[place("org", "ws", 1, &[(ANSIBLE, "a")])]), Some(&before));
    let running = after.running();
    assert_eq!((after.table().len(), running.rows, running.counted, running.deciding), (2, 1, 1, 1));
    assert!(running.mismatches.is_empty());
}

fn containers() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(vec![ANSIBLE, CONDUCTOR, UNKNOWN]), 0..5)
}

proptest! {
    #[test]
    fn nothing_that_is_said_or_listed_is_ever_more_than_what_decides(
        workspaces in prop::collection::vec((0..3_u8, 0..6_u32, containers()), 0..8),
        organizations in prop::array::uniform3(0..12_u32),
        system in 0..30_u32,
    ) {
        let places: Vec<Place> = workspaces.iter().enumerate().map(|(number, (organization, reported, jobs))| {
            let jobs: Vec<_> = jobs.iter().map(|container| (*container, "x")).collect();
            place(&format!("org-{organization}"), &format!("ws-{number}"), *reported, &jobs)
        }).collect();
        let names = ["org-0", "org-1", "org-2"];
        let counts: Vec<_> = names.into_iter().zip(organizations).collect();
        let running = snapshot(answer(system, &counts, &places), None).running().clone();

        let counting = |jobs: &[&str]| jobs.iter().filter(|container| **container != CONDUCTOR).count() as u32;
        let of = |organization: usize| {
            let own = workspaces.iter().filter(|it| usize::from(it.0) == organization);
            own.map(|it| it.1.max(counting(&it.2))).sum::<u32>().max(organizations[organization])
        };
        prop_assert_eq!(running.deciding, (of(0) + of(1) + of(2)).max(system));
        let is_quiet = running.deciding == 0;
        let all_say_zero = system == 0 && organizations == [0; 3] && workspaces.iter().all(|it| it.1 == 0);
        prop_assert_eq!(is_quiet, all_say_zero && workspaces.iter().all(|it| counting(&it.2) == 0));
        let is_system_told = running.mismatches.iter().any(|it| it.organization.is_none());
        let fits = (running.counted..=running.counted + running.unclassified).contains(&system);
        prop_assert_eq!(is_system_told, !fits);
    }
}
