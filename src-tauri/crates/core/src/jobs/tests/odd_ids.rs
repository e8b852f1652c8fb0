//! Ids and labels that are not what the platform usually sends (docs/faults.md).

use super::*;

#[test]
fn ids_of_every_kind_are_shown_as_sent_and_found_again() {
    let long = "長い".repeat(2_000);
    let uuid = "0b7f511f-cec7-4956-84e5-ccf8ad1a44b6";
    let upper = uuid.to_uppercase();
    let odd = [uuid, &upper, "", &long, "twin", "twin", "a\0b", "\u{202e}abc", "=1+1", "x\r\ny", "00000000", " "];
    let jobs: Vec<_> = odd.iter().map(|id| (ANSIBLE, *id)).collect();
    let before = first(&[place("org", "ws", odd.len() as u32, &jobs)]);
    let shown: Vec<String> = (0..odd.len() as u32).map(|row| before.row(row).job_id).collect();
    assert_eq!(shown, odd, "in the order of the answer");
    let after = snapshot(answer(odd.len() as u32, &[], &[place("org", "ws", odd.len() as u32, &jobs)]), Some(&before));
    assert!((0..odd.len() as u32).all(|row| !after.row(row).is_new), "each is recognised in the next answer");
    assert_eq!(after.table().len(), odd.len());
    let by_id = ids(&before, &view(Some((JobColumn::JobId, false)), JobFilter::default()));
    assert_eq!(by_id.first().map(String::as_str), Some(""));
    assert_eq!(by_id.last().map(String::as_str), Some(uuid), "UUIDs after all other ids");
}

#[test]
fn labels_of_every_kind_are_shown_raw_and_only_the_platforms_own_of_the_past_become_times() {
    let labels = [
        (Some("2026-11-22T19:16:02.140628Z"), Some("2026-11-22T10:16:02.140Z")),
        (Some("2026-11-22T19:16:02Z"), Some("2026-11-22T10:16:02.000Z")),
        (Some("2026-11-22T19:16:02.5Z"), Some("2026-11-22T10:16:02.500Z")),
        (Some("9999-06-01T09:00:00.999999Z"), None),
        (Some("2026-11-22T19:16:02"), None),
        (Some("2026-11-22T19:16:02+09:00"), None),
        (Some("2026-11-22T23:59:60Z"), None),
        (Some("yesterday"), None),
        (Some(""), None),
        (None, None),
    ];
    for (label, utc) in labels {
        let mut place = place("org", "ws", 1, &[]);
        place.jobs.push(job(ANSIBLE, "a", "3", label));
        let row = first(&[place]).row(0);
        assert_eq!(row.last_update_raw.as_deref(), label);
        assert_eq!(row.last_update_utc.map(Timestamp::to_rfc3339).as_deref(), utc, "{label:?}");
        assert_eq!(row.age_seconds.is_some(), utc.is_some(), "{label:?}");
    }
}

#[test]
fn an_age_is_the_platforms_own_and_never_negative() {
    let age = |label: &str| {
        let mut place = place("org", "ws", 1, &[]);
        place.jobs.push(job(ANSIBLE, "a", "3", Some(label)));
        first(&[place]).row(0).age_seconds
    };
    assert_eq!(age("2026-11-22T19:16:02.140628Z"), Some(237), "to 10:20:00 of the platform, whole seconds");
    for clocks_differ_a_little in ["2026-11-22T19:20:00.000001Z", "2026-11-22T19:22:00Z"] {
        assert_eq!(age(clocks_differ_a_little), Some(0), "no negative age");
    }
    for in_the_future in ["2026-11-22T19:22:00.000001Z", "2026-11-23T09:00:00Z", "9999-12-31T23:59:59Z"] {
        assert_eq!(age(in_the_future), None, "an old job must never look young");
    }
    let mut silent = answer(1, &[], &[place("org", "ws", 1, &[(ANSIBLE, "a")])]);
    silent.platform_time = None;
    let row = snapshot(silent, None).row(0);
    assert!(row.last_update_utc.is_some() && row.age_seconds.is_none(), "no clock of the platform, no age");
}
