//! From labels to instants in a named zone.

use jiff::civil::DateTime;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn clock_of(name: &str) -> LabelClock {
    let said = ZoneSetting::Zone { name: name.to_owned() };
    ZoneEvidence::new(&said, None, TimeZone::UTC).expect("a zone").clock(None)
}

/// Microseconds of a civil time on its own calendar.
fn civil(text: &str) -> i64 {
    let time: DateTime = text.parse().expect("a civil time");
    TimeZone::UTC.to_timestamp(time).expect("within range").as_microsecond()
}

#[test]
fn an_hour_that_a_clock_repeats_or_leaves_out_is_no_time() {
    let new_york = clock_of("America/New_York");
    for (label, utc) in [
        ("2026-03-08T01:59:59.999999", Some("2026-03-08T06:59:59.999999")),
        ("2026-03-08T02:00:00", None),
        ("2026-03-08T02:59:59.999999", None),
        ("2026-03-08T03:00:00", Some("2026-03-08T07:00:00")),
        ("2026-11-01T00:59:59.999999", Some("2026-11-01T04:59:59.999999")),
        ("2026-11-01T01:00:00", None),
        ("2026-11-01T01:59:59.999999", None),
        ("2026-11-01T02:00:00", Some("2026-11-01T07:00:00")),
    ] {
        assert_eq!(new_york.utc(civil(label)), utc.map(civil), "{label}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn every_label_becomes_what_the_zone_says(
        name in select(vec!["UTC", "Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Europe/Dublin"]),
        micros in prop_oneof![-62_167_219_200_000_000..253_402_300_799_999_999_i64, 0..4_102_444_800_000_000_i64],
    ) {
        let zone = TimeZone::get(name).expect("a zone");
        let civil = TimeZone::UTC.to_datetime(jiff::Timestamp::from_microsecond(micros.min(253_402_207_200_000_000)).expect("within range"));
        let label = TimeZone::UTC.to_timestamp(civil).expect("within range").as_microsecond();
        let expected = zone.to_ambiguous_timestamp(civil).unambiguous().ok().map(jiff::Timestamp::as_microsecond);
        prop_assert_eq!(clock_of(name).utc(label), expected, "{} in {}", civil, name);
    }
}
