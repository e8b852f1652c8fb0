//! A zone that the user gave, held against what the rows say.

use super::*;

fn said(name: &str) -> ZoneEvidence {
    let setting = ZoneSetting::Zone { name: name.to_owned() };
    ZoneEvidence::new(&setting, Some(0), TimeZone::UTC).expect("a zone")
}

fn given(name: &str) -> ZoneBasis {
    ZoneBasis::Given { name: name.to_owned() }
}

fn contradicted(name: &str) -> ZoneBasis {
    ZoneBasis::Contradicted { name: name.to_owned() }
}

#[test]
fn what_the_user_says_is_used_until_the_rows_say_otherwise() {
    let tokyo = said("Asia/Tokyo");
    assert_eq!(tokyo.basis(), given("Asia/Tokyo"), "whatever was proven before");
    assert_eq!(tokyo.clock(None).utc(label(0, 540)), Some(label(0, 0)));
    let unknown = ZoneSetting::Zone { name: "Asia/Atlantis".to_owned() };
    let problem = ZoneEvidence::new(&unknown, None, TimeZone::UTC).expect_err("no such zone");
    assert_eq!(problem.code, ProblemCode::BadArgument);
}

#[test]
fn rows_that_were_written_in_another_zone_contradict_it_and_no_label_is_a_time() {
    for ahead in [-300, 0, 525, 555] {
        let evidence = said("Asia/Tokyo").observe(&polled(&[label(-4, ahead)], &[]));
        assert_eq!(evidence.basis(), contradicted("Asia/Tokyo"), "{ahead}");
        assert_eq!(evidence.clock(None).utc(label(-4, ahead)), None, "neither young nor old");
    }
}

#[test]
fn a_label_that_is_far_ahead_of_it_contradicts_it() {
    let newest = |seconds| said("UTC").observe(&showing(label(seconds, 0))).basis();
    assert_eq!(newest(9 * 3_600 - 60), contradicted("UTC"), "a platform in Japan");
    assert_eq!(newest(121), given("UTC"), "a clock that is set wrong is no zone");
    assert_eq!(newest(15 * 60 + 120), given("UTC"));
    assert_eq!(newest(15 * 60 + 121), contradicted("UTC"));
    let fits = said("Asia/Tokyo").observe(&showing(label(-60, 540)));
    assert_eq!(fits.basis(), given("Asia/Tokyo"));
}

#[test]
fn what_was_written_between_two_polls_decides() {
    let tokyo = said("Asia/Tokyo").observe(&showing(label(0, 660)));
    assert_eq!(tokyo.basis(), contradicted("Asia/Tokyo"), "nothing better is known yet");
    let tokyo = tokyo.observe(&polled(&[label(-4, 540)], &[]));
    assert_eq!(tokyo.basis(), given("Asia/Tokyo"), "written just now in that zone");
    let tokyo = tokyo.observe(&showing(label(0, 660)));
    assert_eq!(tokyo.basis(), given("Asia/Tokyo"), "one odd row is no other zone");
    let moved = tokyo.observe(&polled(&[label(-4, 0)], &[]));
    assert_eq!(moved.basis(), contradicted("Asia/Tokyo"), "the platform was moved");
    let odd = moved.observe(&polled(&[label(-4, 540), label(-5, 0)], &[]));
    assert_eq!(odd.basis(), contradicted("Asia/Tokyo"), "rows that disagree say nothing");
}

#[test]
fn a_zone_whose_clocks_are_set_between_two_polls_fits_before_and_after() {
    // 2026-11-01T06:00:00Z: New York goes from four hours behind to five.
    let change = 1_793_512_800_000;
    for behind in [240, 300] {
        let written = [change * 1_000 - behind * MINUTE];
        let seen = Observation {
            previous: Some((Timestamp(change - 5_000), 500)),
            platform_time: Some(Timestamp(change + 5_000)),
            newest_label: None,
            updated: &written,
            appeared: &[],
        };
        assert_eq!(said("America/New_York").observe(&seen).basis(), given("America/New_York"), "{behind}");
    }
}

#[test]
fn a_time_after_the_platforms_clock_is_none_whoever_said_the_zone() {
    for evidence in [said("Asia/Tokyo"), remembered(540)] {
        let clock = evidence.clock(Some(at(0)));
        assert_eq!(clock.utc(label(120, 540)), Some(label(120, 0)), "clocks differ a little");
        assert_eq!(clock.utc(label(121, 540)), None);
        assert_eq!(evidence.clock(None).utc(label(121, 540)), Some(label(121, 0)), "no clock to hold it against");
    }
}
