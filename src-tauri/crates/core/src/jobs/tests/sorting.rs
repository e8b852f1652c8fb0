//! Every column in both directions, against a plain stable sort.

use std::cmp::Ordering;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::domain::vocabulary::{backyard_name, status_name};
use crate::domain::zone::ZoneBasis;
use crate::jobs::label;
use crate::jobs::order::Collator;

const COLUMNS: [JobColumn; 8] = [
    JobColumn::OrganizationId,
    JobColumn::WorkspaceId,
    JobColumn::Backyard,
    JobColumn::Counted,
    JobColumn::JobId,
    JobColumn::StatusName,
    JobColumn::LastUpdateUtc,
    JobColumn::AgeSeconds,
];

fn sorted_names(language: Language, names: &[&str]) -> Vec<String> {
    let places: Vec<Place> = names.iter().map(|name| place(name, "ws", 1, &[(ANSIBLE, "a")])).collect();
    let view = JobView { language, ..view(Some((JobColumn::OrganizationId, false)), JobFilter::default()) };
    rows(&first(&places), &view).into_iter().map(|row| row.organization_id).collect()
}

#[test]
fn names_sort_as_a_japanese_reader_expects() {
    let expected = [
        "", "-", "2組", "９組", "10組", "ａ", "A", "b", "Ｂ", "ア", "ｱ", "あい", "アウ", "か", "が", "カイ", "ガウ",
        "営業", "東京",
    ];
    let mut mixed = expected;
    mixed.reverse();
    assert_eq!(sorted_names(Language::Ja, &mixed), expected);
}

#[test]
fn every_number_in_a_name_counts_by_its_value() {
    let expected =
        ["ws-1", "ws-2", "ws-9", "ws-9-b2", "ws-9-b10", "ws-10", "ws-１１", "ws-99999999999999999999", "ws-a"];
    let mut mixed = expected;
    mixed.reverse();
    for language in [Language::Ja, Language::En] {
        assert_eq!(sorted_names(language, &mixed), expected);
    }
}

#[test]
fn unknown_times_come_last_in_both_directions() {
    let mut place = place("org", "ws", 5, &[]);
    for (id, label) in [
        ("future", Some("9999-12-31T23:59:59Z")),
        ("unreadable", Some("x")),
        ("later", Some("2026-11-22T19:16:02Z")),
        ("none", None),
        ("earlier", Some("2026-11-22T19:16:01.9Z")),
    ] {
        place.jobs.push(job(ANSIBLE, id, "3", label));
    }
    let answer = || answer(5, &[], std::slice::from_ref(&place));
    let automatic = ZoneEvidence::new(&ZoneSetting::Automatic, None, TimeZone::UTC).expect("automatic");
    let proven = ZoneEvidence::new(&ZoneSetting::Automatic, Some(540), TimeZone::UTC).expect("automatic");
    let circumstances = |zone| Circumstances { zone, read_at: Timestamp(0), took_ms: 1, revision: 1 };
    for snapshot in [
        snapshot(answer(), None),
        Snapshot::build(answer(), None, circumstances(automatic)),
        Snapshot::build(answer(), None, circumstances(proven)),
    ] {
        let snapshot = Arc::new(snapshot);
        for (column, descending, known) in [
            (JobColumn::LastUpdateUtc, false, ["earlier", "later"]),
            (JobColumn::LastUpdateUtc, true, ["later", "earlier"]),
            (JobColumn::AgeSeconds, false, ["later", "earlier"]),
            (JobColumn::AgeSeconds, true, ["earlier", "later"]),
        ] {
            let found = ids(&snapshot, &view(Some((column, descending)), JobFilter::default()));
            let expected = [&known[..], &["future", "none", "unreadable"]].concat();
            assert_eq!(found, expected, "{column:?} {descending} {:?}", snapshot.zone().basis());
        }
    }
}

#[test]
fn a_status_sorts_by_the_word_that_is_shown() {
    let mut place = place("org", "ws", 0, &[]);
    for (container, id, status) in [
        (ANSIBLE, "executing", "3"),
        (CONDUCTOR, "paused", "5"),
        (UNKNOWN, "nameless", "77"),
        (ANSIBLE, "preparing", "2"),
    ] {
        place.jobs.push(job(container, id, status, None));
    }
    let snapshot = first(&[place]);
    let by_status = |language| {
        let view = JobView { language, ..view(Some((JobColumn::StatusName, false)), JobFilter::default()) };
        ids(&snapshot, &view)
    };
    assert_eq!(by_status(Language::En), ["nameless", "executing", "paused", "preparing"]);
    assert_eq!(by_status(Language::Ja), ["nameless", "paused", "executing", "preparing"], "一時停止、実行中、準備中");
}

#[test]
fn more_statuses_than_a_byte_can_number_sort_like_fewer() {
    for count in [2, 255, 256, 257, 300] {
        let mut place = place("org", "ws", 0, &[]);
        for at in 0..=(2 * count) {
            place.jobs.push(job(UNKNOWN, &format!("job-{at}"), &(at * 7 % count).to_string(), None));
        }
        let snapshot = first(&[place]);
        for descending in [false, true] {
            let view = view(Some((JobColumn::StatusName, descending)), JobFilter::default());
            let index = snapshot.view(&view).expect("a usable view");
            assert_eq!(index.rows(), reference(&snapshot, &view), "{count} statuses, descending: {descending}");
        }
    }
}

/// The order of one row and another in a column, upwards; unknown times are not its concern.
fn compare(snapshot: &Snapshot, view: &JobView, column: JobColumn, a: u32, b: u32) -> Ordering {
    let collator = Collator::new(view.language);
    let table = snapshot.table();
    let backyard = |row| backyard_name(table.backyard(row), view.language).to_owned();
    let status = |row| {
        let known = status_name(table.backyard(row), table.status_id(row), view.language);
        known.unwrap_or(table.status_id(row)).to_owned()
    };
    match column {
        JobColumn::OrganizationId => collator.compare(table.organization(a), table.organization(b)),
        JobColumn::WorkspaceId => collator.compare(table.workspace(a), table.workspace(b)),
        JobColumn::Backyard => collator.compare(&backyard(a), &backyard(b)),
        JobColumn::Counted => (table.class(a) as u32).cmp(&(table.class(b) as u32)),
        JobColumn::JobId => table.id(a).compare(table.id(b)),
        JobColumn::StatusName => collator.compare(&status(a), &status(b)),
        JobColumn::LastUpdateUtc => time(snapshot, a).cmp(&time(snapshot, b)),
        JobColumn::AgeSeconds => time(snapshot, b).cmp(&time(snapshot, a)),
    }
}

/// The corrected time; while no zone is known the label itself, if some zone on earth could show it.
fn time(snapshot: &Snapshot, row: u32) -> Option<i64> {
    let latest = label::parse("2026-11-23T00:22:00Z").expect("a label").0;
    match snapshot.zone().basis() {
        ZoneBasis::Given { .. } => snapshot.utc_micros(row),
        _ => snapshot.table().label(row).filter(|label| *label <= latest),
    }
}

fn reference(snapshot: &Snapshot, view: &JobView) -> Vec<u32> {
    let mut rows: Vec<u32> = (0..snapshot.table().len() as u32).collect();
    for column in [JobColumn::JobId, JobColumn::Backyard, JobColumn::WorkspaceId, JobColumn::OrganizationId] {
        rows.sort_by(|a, b| compare(snapshot, view, column, *a, *b));
    }
    let Some(JobSort { column, descending }) = view.sort else { return rows };
    rows.sort_by(|a, b| {
        if matches!(column, JobColumn::LastUpdateUtc | JobColumn::AgeSeconds) {
            let (first, second) = (time(snapshot, *a), time(snapshot, *b));
            if first.is_none() || second.is_none() {
                return first.is_none().cmp(&second.is_none());
            }
        }
        let order = compare(snapshot, view, column, *a, *b);
        if descending {
            order.reverse()
        } else {
            order
        }
    });
    rows
}

/// Rows that often tie, in few places with awkward names.
fn some_places() -> impl Strategy<Value = Vec<Place>> {
    let names = || select(vec!["", "ws-2", "ws-10", "WS-2", "あ", "ア", "ｱ", "東京", "a/b"]);
    let containers = select(vec![ANSIBLE, CONDUCTOR, UNKNOWN, "ita-by-menu-create", "Ansible作業実行"]);
    let ids = select(vec![
        "",
        "job-9",
        "job-10",
        "JOB-9",
        "job-09",
        "作業",
        "0b7f511f-cec7-4956-84e5-ccf8ad1a44b6",
        "0b7f511f-cec7-4956-84e5-ccf8ad1a44b7",
        "1b7f511f-cec7-4956-84e5-ccf8ad1a44b6",
        "0B7F511F-CEC7-4956-84E5-CCF8AD1A44B6",
    ]);
    let labels = select(vec![
        None,
        Some("x"),
        Some("2026-11-22T19:16:02Z"),
        Some("2026-11-22T19:16:02.5Z"),
        Some("1999-01-01T00:00:00Z"),
        // In New York this hour is repeated, and the other one left out.
        Some("2026-11-01T01:30:00Z"),
        Some("2026-03-08T02:30:00Z"),
        Some("9999-12-31T23:59:59Z"),
        Some("0000-01-01T00:00:00Z"),
    ]);
    let jobs = (containers, ids, select(vec!["2", "3", "5", "77", ""]), labels)
        .prop_map(|(container, id, status, label)| job(container, id, status, label));
    let places = (names(), names(), prop::collection::vec(jobs, 0..6)).prop_map(|(organization, workspace, jobs)| {
        Place { organization: organization.to_owned(), workspace: workspace.to_owned(), reported: 0, jobs }
    });
    prop::collection::vec(places, 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_column_sorts_as_a_stable_sort_would(
        places in some_places(),
        zone in select(vec![None, Some("UTC"), Some("Asia/Tokyo"), Some("America/New_York")]),
        language in select(vec![Language::Ja, Language::En]),
    ) {
        let setting = zone.map_or(ZoneSetting::Automatic, |name| ZoneSetting::Zone { name: name.to_owned() });
        let zone = ZoneEvidence::new(&setting, None, TimeZone::UTC).expect("a zone");
        let circumstances = Circumstances { zone, read_at: Timestamp(0), took_ms: 1, revision: 1 };
        let snapshot = Arc::new(Snapshot::build(answer(0, &[], &places), None, circumstances));
        let sorts = COLUMNS.iter().flat_map(|column| [Some((*column, false)), Some((*column, true))]);
        for sort in sorts.chain([None]) {
            let view = JobView { language, ..view(sort, JobFilter::default()) };
            let found = snapshot.select(&view).expect("a usable view");
            prop_assert_eq!(found, reference(&snapshot, &view), "{:?}", sort);
        }
    }
}
