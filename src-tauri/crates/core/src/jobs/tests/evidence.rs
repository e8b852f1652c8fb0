//! Which rows of a list are evidence for the platform's zone, and what becomes of the times.

use super::*;
use crate::domain::zone::ZoneBasis;

/// The second answer's clock; the first was ten seconds before.
const CLOCK: &str = "2026-11-22T10:16:05Z";
/// Written between the two, in a zone nine hours ahead.
const FRESH: &str = "2026-11-22T19:16:02.140628Z";
/// Hours before.
const OLD: &str = "2026-11-22T15:01:02Z";
const JAPAN: ZoneBasis = ZoneBasis::Proven { offset_minutes: 540 };

type Jobs<'a> = [(&'a str, &'a str, Option<&'a str>)];

/// An answer with jobs given as workspace, id and label; every workspace is listed.
fn listing(clock: &str, workspaces: &[&str], jobs: &Jobs<'_>) -> CheckAnswer {
    let places: Vec<Place> = workspaces
        .iter()
        .map(|name| {
            let mut place = place("org", name, 0, &[]);
            let own = jobs.iter().filter(|(workspace, ..)| workspace == name);
            place.jobs.extend(own.map(|(_, id, label)| job(ANSIBLE, id, "3", *label)));
            place
        })
        .collect();
    CheckAnswer { platform_time: Timestamp::parse(clock), ..answer(0, &[], &places) }
}

fn automatic(proven_minutes: Option<i32>) -> ZoneEvidence {
    ZoneEvidence::new(&ZoneSetting::Automatic, proven_minutes, TimeZone::UTC).expect("automatic")
}

fn after(previous: Option<&Snapshot>, zone: ZoneEvidence, answer: CheckAnswer) -> Snapshot {
    let circumstances = Circumstances { zone, read_at: Timestamp(0), took_ms: 500, revision: 1 };
    Snapshot::build(answer, previous, circumstances)
}

/// Two answers ten seconds apart.
fn two(workspaces: &[&str], before: &Jobs<'_>, later: &Jobs<'_>, zone: ZoneEvidence) -> Snapshot {
    let first = after(None, zone.clone(), listing("2026-11-22T10:15:55Z", workspaces, before));
    after(Some(&first), zone, listing(CLOCK, &["ws", "other"], later))
}

#[test]
fn rows_that_were_written_between_two_answers_prove_the_zone() {
    let updated = two(&["ws"], &[("ws", "a", Some(OLD))], &[("ws", "a", Some(FRESH))], automatic(None));
    let appeared = two(&["ws"], &[], &[("ws", "a", Some(FRESH))], automatic(None));
    for snapshot in [updated, appeared] {
        assert_eq!(snapshot.zone().basis(), JAPAN);
        let row = snapshot.row(0);
        assert_eq!(row.last_update_utc.map(Timestamp::to_rfc3339).as_deref(), Some("2026-11-22T10:16:02.140Z"));
        assert_eq!((row.age_seconds, snapshot.running().oldest_update), (Some(2), row.last_update_utc));
    }
}

#[test]
fn rows_that_may_not_have_been_written_then_prove_nothing() {
    let fresh = [("ws", "a", Some(FRESH))];
    for (what, workspaces, before, later) in [
        ("unchanged", &["ws"][..], &fresh[..], &fresh[..]),
        ("a workspace that was not listed before", &["other"], &[], &fresh),
        ("of two with one id", &["ws"], &[("ws", "a", Some(OLD)), ("ws", "a", Some(OLD))], &fresh),
        ("two with one id", &["ws"], &[("ws", "a", Some(OLD))], &[fresh[0], fresh[0]]),
        ("had no label before", &["ws"], &[("ws", "a", None)], &fresh),
        ("has none now", &["ws"], &[("ws", "a", Some(FRESH))], &[("ws", "a", None)]),
        ("nothing listed", &["ws"], &[], &[]),
    ] {
        let found = two(workspaces, before, later, automatic(None)).zone().basis();
        assert!(!matches!(found, ZoneBasis::Proven { .. }), "{what}: {found:?}");
    }
}

#[test]
fn while_the_zone_is_not_known_labels_stay_raw_and_ages_empty() {
    let snapshot = after(None, automatic(None), listing(CLOCK, &["ws"], &[("ws", "a", Some(OLD))]));
    let row = snapshot.row(0);
    assert_eq!(row.last_update_raw.as_deref(), Some(OLD));
    assert_eq!((row.last_update_utc, row.age_seconds, snapshot.running().oldest_update), (None, None, None));
    let bounded = after(None, automatic(None), listing(CLOCK, &["ws"], &[("ws", "a", Some(FRESH))]));
    assert_eq!(bounded.zone().basis(), ZoneBasis::Bounded { at_least_minutes: 540 });
    assert_eq!(bounded.row(0).last_update_utc, None);
}

#[test]
fn a_proof_that_the_rows_contradict_takes_the_times_with_it() {
    let snapshot = two(&["ws"], &[], &[("ws", "a", Some(FRESH)), ("ws", "b", Some(OLD))], automatic(Some(0)));
    assert_eq!(snapshot.zone().proven_minutes(), None);
    assert!((0..2).all(|row| snapshot.row(row).last_update_utc.is_none()), "the wrong times are shown no longer");
}

#[test]
fn an_impossible_label_is_no_evidence_and_hides_none() {
    let jobs = [("ws", "a", Some("9999-12-31T00:00:00Z")), ("ws", "b", Some(FRESH)), ("ws", "c", Some("soon"))];
    let snapshot = after(None, automatic(None), listing(CLOCK, &["ws"], &jobs));
    assert_eq!(snapshot.zone().basis(), ZoneBasis::Bounded { at_least_minutes: 540 });
}

#[test]
fn an_answer_without_a_clock_proves_nothing_and_changes_nothing() {
    let mut silent = listing(CLOCK, &["ws"], &[("ws", "a", Some(FRESH))]);
    silent.platform_time = None;
    let first = after(None, automatic(Some(540)), listing("2026-11-22T10:15:55Z", &["ws"], &[]));
    let second = after(Some(&first), first.zone().clone(), silent);
    assert_eq!(second.zone().basis(), JAPAN);
    assert_eq!(second.row(0).age_seconds, None, "an age would need the clock");
}

#[test]
fn a_row_that_left_and_came_back_unwritten_proves_nothing() {
    // Two hours and 59.98 minutes old: by chance it looks as if it had been written just now, in another zone.
    let lucky = "2026-11-22T13:16:01Z";
    let first = after(None, automatic(None), listing("2026-11-22T10:15:45Z", &["ws"], &[("ws", "a", Some(lucky))]));
    let gone = after(Some(&first), first.zone().clone(), listing("2026-11-22T10:15:55Z", &["ws"], &[]));
    let back = after(Some(&gone), gone.zone().clone(), listing(CLOCK, &["ws"], &[("ws", "a", Some(lucky))]));
    assert!(back.row(0).is_new, "it is news");
    assert!(!matches!(back.zone().basis(), ZoneBasis::Proven { .. }), "and no evidence: {:?}", back.zone().basis());
}

#[test]
fn with_a_wrong_zone_given_an_old_job_looks_neither_young_nor_new() {
    let given = |name: &str| {
        ZoneEvidence::new(&ZoneSetting::Zone { name: name.to_owned() }, None, TimeZone::UTC).expect("a zone")
    };
    let eight_hours = "2026-11-22T11:16:02Z";
    let jobs = [("ws", "stuck", Some(eight_hours)), ("ws", "fresh", Some(FRESH))];
    let snapshot = after(None, given("UTC"), listing(CLOCK, &["ws"], &jobs));
    assert_eq!(snapshot.zone().basis(), ZoneBasis::Contradicted { name: "UTC".to_owned() });
    for row in (0..2).map(|row| snapshot.row(row)) {
        assert_eq!((row.last_update_utc, row.age_seconds), (None, None), "{}", row.job_id);
    }
    assert_eq!(snapshot.running().oldest_update, None);
    let right = after(None, given("Asia/Tokyo"), listing(CLOCK, &["ws"], &jobs));
    assert_eq!(right.row(0).age_seconds, Some(8 * 3_600 + 3));
}
