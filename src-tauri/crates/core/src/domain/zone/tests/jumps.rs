//! Clocks that jump: whatever they do, an old job never looks young (docs/faults.md).

use proptest::prelude::*;

use super::*;

#[test]
fn a_clock_that_was_set_back_between_two_polls_proves_nothing() {
    let written = [label(-4, 0)];
    for back in [1, 60, 3_600, 86_400] {
        let seen = Observation { previous: Some((at(back), 500)), ..polled(&written, &[]) };
        assert_eq!(evidence().observe(&seen).basis(), ZoneBasis::Unproven, "{back} s back");
        assert_eq!(remembered(540).observe(&seen).basis(), proven(540), "and contradicts nothing");
    }
}

#[test]
fn a_clock_that_was_set_forward_between_two_polls_proves_nothing() {
    for forward in [3_600, 32_400, 86_400] {
        let written = [label(-4, 0), label(-4 - forward, 0)];
        for row in written {
            let seen =
                Observation { previous: Some((at(-10 - forward), 500)), ..polled(&[], std::slice::from_ref(&row)) };
            assert_eq!(evidence().observe(&seen).basis(), ZoneBasis::Unproven, "{forward} s forward");
        }
    }
}

#[test]
fn the_workstations_clock_is_no_evidence_at_all() {
    // No observation has a place for it: this is what a workstation a day off looks like.
    let evidence = evidence_in("Asia/Tokyo").observe(&polled(&[label(-4, 540)], &[]));
    assert_eq!(evidence.basis(), proven(540));
}

#[test]
fn a_jump_while_the_console_slept_leaves_the_proof_standing() {
    let written = [label(-4, 540)];
    let slept = Observation { previous: Some((at(-8 * 3_600), 500)), ..polled(&[], &written) };
    assert_eq!(remembered(540).observe(&slept).basis(), proven(540));
    assert_eq!(evidence().observe(&slept).basis(), ZoneBasis::Unproven);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Polls of a platform in a fixed zone with honest clocks, apart from a little skew between its parts.
    #[test]
    fn what_is_proven_by_honest_clocks_is_the_zone(
        steps in -48..=56_i32,
        apart in 1..3_000_i64,
        took in 0..600_i64,
        written in prop::collection::vec((0.0..=1.0, -10_000..=10_000_i64), 1..5),
        is_update: bool,
    ) {
        let ahead = steps * 15;
        let labels: Vec<i64> = written.into_iter().map(|(share, skew_ms)| {
            let since_first_read = (apart + took) as f64 * share;
            label(-apart - took, i64::from(ahead)) + (since_first_read * SECOND as f64) as i64 + skew_ms * 1_000
        }).collect();
        let (updated, appeared) = if is_update { (&*labels, &[][..]) } else { (&[][..], &*labels) };
        let seen = Observation { previous: Some((at(-apart), took as u32 * 1_000)), ..polled(updated, appeared) };
        let found = evidence().observe(&seen).basis();
        if apart + took < 870 {
            prop_assert_eq!(found, proven(ahead));
        } else {
            prop_assert!(matches!(found, ZoneBasis::Unproven) || found == proven(ahead), "{:?}", found);
        }
    }

    /// A platform in a fixed zone whose clock is set by up to a day between polls, any number of times.
    #[test]
    fn after_any_jump_of_the_platforms_clock_a_job_is_as_old_as_it_is_or_of_unknown_age(
        steps in -48..=56_i32,
        jumps in prop::collection::vec((prop_oneof![Just(0_i64), -86_400..=86_400_i64], 10..600_i64), 1..8),
    ) {
        let ahead = i64::from(steps * 15);
        let mut evidence = evidence();
        let mut clock = 0;
        for (jump, apart) in jumps {
            let before = clock;
            clock += apart + jump;
            // One job is updated a second before the answer, by the platform's own clock.
            let written = [label(clock - 1, ahead)];
            let seen = Observation {
                previous: Some((at(before), 500)),
                platform_time: Some(at(clock)),
                newest_label: None,
                updated: &written,
                appeared: &[],
            };
            evidence = evidence.observe(&seen);
            if let Some(utc) = evidence.clock(None).utc(written[0]) {
                prop_assert_eq!(utc, label(clock - 1, 0), "{:?}", evidence.basis());
            }
        }
    }
}
