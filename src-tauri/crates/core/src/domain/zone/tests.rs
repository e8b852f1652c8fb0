//! What the labels prove, and what they never do. Times are minutes of an arbitrary day unless they say otherwise.

mod given;
mod jumps;
mod reading;

use super::*;

/// Noon UTC of that day.
const NOON: i64 = 1_795_348_800_000;
const SECOND: i64 = 1_000_000;

/// The platform's clock, seconds after noon.
fn at(seconds: i64) -> Timestamp {
    Timestamp(NOON + seconds * 1_000)
}

/// The label of a row that was written so many seconds after noon, in a zone so many minutes ahead.
fn label(seconds: i64, ahead_minutes: i64) -> i64 {
    NOON * 1_000 + seconds * SECOND + ahead_minutes * MINUTE
}

fn evidence() -> ZoneEvidence {
    ZoneEvidence::new(&ZoneSetting::Automatic, None, TimeZone::UTC).expect("automatic")
}

fn evidence_in(workstation: &str) -> ZoneEvidence {
    let workstation = TimeZone::get(workstation).expect("a zone");
    ZoneEvidence::new(&ZoneSetting::Automatic, None, workstation).expect("automatic")
}

fn remembered(proven_minutes: i32) -> ZoneEvidence {
    ZoneEvidence::new(&ZoneSetting::Automatic, Some(proven_minutes), TimeZone::UTC).expect("automatic")
}

/// Two polls ten seconds apart, the second at noon, and what changed between them.
fn polled<'a>(updated: &'a [i64], appeared: &'a [i64]) -> Observation<'a> {
    Observation { previous: Some((at(-10), 500)), platform_time: Some(at(0)), newest_label: None, updated, appeared }
}

/// An answer whose newest label is the one given.
fn showing(newest_label: i64) -> Observation<'static> {
    Observation { platform_time: Some(at(0)), newest_label: Some(newest_label), ..Observation::default() }
}

const fn proven(offset_minutes: i32) -> ZoneBasis {
    ZoneBasis::Proven { offset_minutes }
}

#[test]
fn without_evidence_no_label_is_a_time() {
    for seen in [Observation::default(), polled(&[], &[]), showing(label(-5, 0)), showing(label(-3_600, 60))] {
        let evidence = evidence().observe(&seen);
        assert_eq!(evidence.basis(), ZoneBasis::Unproven, "{seen:?}");
        assert_eq!(evidence.clock(None).utc(label(0, 0)), None);
    }
}

#[test]
fn a_row_written_between_two_polls_proves_the_zone() {
    for ahead in [-720, -570, -210, 0, 330, 345, 540, 765, 840] {
        for (updated, appeared) in [(vec![label(-4, ahead)], vec![]), (vec![], vec![label(-4, ahead)])] {
            let evidence = evidence().observe(&polled(&updated, &appeared));
            assert_eq!(evidence.basis(), proven(ahead as i32));
            assert_eq!(evidence.clock(None).utc(label(-4, ahead)), Some(label(-4, 0)));
            assert_eq!(evidence.proven_minutes(), Some(ahead as i32), "to be remembered");
        }
    }
    assert_eq!(remembered(540).basis(), proven(540), "from the connection's file");
}

#[test]
fn polls_too_far_apart_prove_nothing() {
    let written = [label(-4, 540)];
    for (apart, is_proof) in [(10, true), (800, true), (879, true), (880, false), (3_600, false), (8 * 3_600, false)] {
        let seen = Observation { previous: Some((at(-apart), 500)), ..polled(&written, &[]) };
        assert_eq!(evidence().observe(&seen).basis() == proven(540), is_proof, "{apart} s");
    }
    let slow = Observation { previous: Some((at(-10), 870_000)), ..polled(&written, &[]) };
    assert_eq!(
        evidence().observe(&slow).basis(),
        ZoneBasis::Unproven,
        "the rows were read at any time of a slow answer"
    );
    for seen in [
        Observation { previous: None, ..polled(&written, &[]) },
        Observation { platform_time: None, ..polled(&written, &[]) },
    ] {
        assert_eq!(evidence().observe(&seen).basis(), ZoneBasis::Unproven, "both clocks are needed");
    }
}

#[test]
fn a_row_that_fits_no_zone_makes_its_poll_prove_nothing() {
    for odd in [label(-400, 540), label(-4, 547), label(-4, 855), label(-4, -735), label(40, 540)] {
        assert_eq!(evidence().observe(&polled(&[odd], &[])).basis(), ZoneBasis::Unproven, "{odd}");
        let both = [label(-4, 540), odd];
        assert_eq!(evidence().observe(&polled(&both, &[])).basis(), ZoneBasis::Unproven, "not beside a good one");
    }
}

#[test]
fn rows_that_disagree_prove_nothing_and_updates_go_before_appearances() {
    let two = [label(-4, 540), label(-5, 0)];
    assert_eq!(evidence().observe(&polled(&two, &[])).basis(), ZoneBasis::Unproven);
    assert_eq!(evidence().observe(&polled(&[], &two)).basis(), ZoneBasis::Unproven);
    let seen = polled(&two[..1], &two[1..]);
    assert_eq!(evidence().observe(&seen).basis(), proven(540), "an appearance may be a restored backup");
}

#[test]
fn a_label_after_the_platforms_clock_bounds_the_zone_from_below() {
    for (newest, at_least) in [
        (label(-60, 540), 540),
        (label(-900, 540), 525),
        (label(-60, 15), 15),
        (label(-60, 840), 840),
        (label(-3_600, 540), 480),
    ] {
        let evidence = evidence().observe(&showing(newest));
        assert_eq!(evidence.basis(), ZoneBasis::Bounded { at_least_minutes: at_least });
        assert_eq!(evidence.clock(None).utc(newest), None, "a bound is no zone");
    }
    for within_slack in [label(0, 0), label(119, 0), label(120, 0)] {
        assert_eq!(evidence().observe(&showing(within_slack)).basis(), ZoneBasis::Unproven, "clocks differ a little");
    }
    assert_eq!(evidence().observe(&showing(label(121, 0))).basis(), ZoneBasis::Bounded { at_least_minutes: 15 });
}

#[test]
fn the_workstations_own_zone_is_assumed_where_it_fits_the_bound() {
    let nine_ahead = showing(label(-60, 540));
    for (workstation, basis) in [
        ("Asia/Tokyo", ZoneBasis::Assumed { offset_minutes: 540 }),
        ("Australia/Sydney", ZoneBasis::Assumed { offset_minutes: 660 }),
        ("Asia/Kolkata", ZoneBasis::Bounded { at_least_minutes: 540 }),
        ("America/New_York", ZoneBasis::Bounded { at_least_minutes: 540 }),
    ] {
        assert_eq!(evidence_in(workstation).observe(&nine_ahead).basis(), basis, "{workstation}");
    }
    assert_eq!(evidence_in("Asia/Tokyo").basis(), ZoneBasis::Unproven, "without a bound nothing is assumed");
}

#[test]
fn a_bound_only_rises_and_a_proof_goes_before_it() {
    let evidence = evidence_in("Asia/Tokyo").observe(&showing(label(-60, 300))).observe(&showing(label(-60, 60)));
    assert_eq!(evidence.basis(), ZoneBasis::Assumed { offset_minutes: 540 });
    let evidence = evidence.observe(&showing(label(-60, 600)));
    assert_eq!(evidence.basis(), ZoneBasis::Bounded { at_least_minutes: 600 }, "Tokyo does not fit any more");
    let evidence = evidence.observe(&polled(&[label(-4, 660)], &[]));
    assert_eq!(evidence.basis(), proven(660));
}

#[test]
fn a_contradicted_proof_is_dropped_and_the_next_evidence_decides() {
    let contradicted = remembered(540).observe(&polled(&[label(-4, 0)], &[]));
    assert_eq!(contradicted.basis(), ZoneBasis::Unproven, "between two that disagree nobody is believed");
    assert_eq!(contradicted.proven_minutes(), None, "to be forgotten in the file");
    let next = contradicted.observe(&polled(&[label(-4, 0)], &[]));
    assert_eq!(next.basis(), proven(0), "the second time it is believed");

    let by_two = remembered(540).observe(&polled(&[label(-4, 540), label(-4, 0)], &[]));
    assert_eq!(by_two.basis(), ZoneBasis::Unproven, "also by one of several rows");
    let by_bound = remembered(0).observe(&showing(label(-60, 540)));
    assert_eq!(by_bound.basis(), ZoneBasis::Bounded { at_least_minutes: 540 }, "a label further ahead than the proof");
    assert_eq!(remembered(540).observe(&showing(label(-60, 540))).basis(), proven(540));
    assert_eq!(remembered(540).observe(&polled(&[label(-4, 540)], &[])).basis(), proven(540));
}

#[test]
fn a_proof_that_its_own_answer_contradicts_is_none() {
    let updated = [label(-4, 0)];
    let seen = Observation { newest_label: Some(label(-60, 540)), ..polled(&updated, &[]) };
    assert_eq!(evidence().observe(&seen).basis(), ZoneBasis::Bounded { at_least_minutes: 540 });
}

#[test]
fn a_label_that_no_zone_could_show_is_no_evidence() {
    let newest = |labels: &[i64]| newest_plausible(labels.iter().copied(), at(0));
    assert_eq!(newest(&[]), None);
    assert_eq!(newest(&[label(0, 0), label(0, 540), label(-9, 540)]), Some(label(0, 540)));
    assert_eq!(newest(&[label(0, 540), label(0, 14 * 60 + 3), 253_402_300_799_999_999]), Some(label(0, 540)));
}
