//! The forecast against simulated nights: it must hold at least as often as it says.

use super::*;

const NOW: Timestamp = Timestamp(1_000_000_000);

/// `SplitMix64`: the same nights on every machine.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, bound: u32) -> u32 {
        (self.next() % u64::from(bound)) as u32
    }

    /// In (0, 1].
    fn fraction(&mut self) -> f64 {
        f64::from(self.below(1 << 24) + 1) / f64::from(1 << 24)
    }
}

/// Draws how long a job lives, seconds.
pub(super) type Law = fn(&mut Dice) -> u32;

#[expect(clippy::cast_sign_loss, reason = "every law draws a positive duration")]
pub(super) const LAWS: [(&str, Law); 6] = [
    ("memoryless", |dice| (-600.0 * dice.fraction().ln()) as u32 + 1),
    ("even", |dice| dice.below(3_600) + 1),
    ("heavy tail", |dice| (60.0 / dice.fraction().powf(0.9)).min(1e9) as u32),
    ("all alike", |_| 300),
    ("stragglers", |dice| if dice.below(20) == 0 { 7_200 + dice.below(7_200) } else { 60 + dice.below(240) }),
    ("some never end", |dice| if dice.below(33) == 0 { NEVER } else { 60 + dice.below(900) }),
];

fn record(history: &mut DrainHistory, life: u32) {
    if life == NEVER {
        history.outlived("ita-by-x", NEVER - 1);
    } else {
        history.ended("ita-by-x", life, life);
    }
}

/// One night: what was recorded, what runs, and after how many seconds the last of it ends.
fn night(law: Law, jobs: u32, dice: &mut Dice) -> (Forecast, u32) {
    let mut history = DrainHistory::default();
    for _ in 0..40 + dice.below(600) {
        record(&mut history, law(dice));
    }
    let (mut running, mut zero_after) = (Vec::new(), 0);
    while running.len() < jobs as usize {
        let (age, life) = (dice.below(400), law(dice));
        if life > age {
            running.push(HoldingJob { backyard: "ita-by-x".to_owned(), age_seconds: Some(age) });
            zero_after = zero_after.max(if life == NEVER { NEVER } else { life - age });
        }
    }
    (forecast(&history, &[], &running, NOW), zero_after)
}

#[test]
fn the_interval_holds_at_least_as_often_as_it_says_under_every_law() {
    let mut dice = Dice(20_261_122);
    for (name, law) in LAWS {
        for jobs in [1, 2, 3, 6] {
            let (mut made, mut held) = (0, 0);
            for _ in 0..800 {
                let (forecast, zero_after) = night(law, jobs, &mut dice);
                if let Forecast::Between { earliest, latest, .. } = forecast {
                    let zero = Timestamp(NOW.0 + i64::from(zero_after) * 1_000);
                    made += 1;
                    held += u32::from((earliest..=latest).contains(&zero));
                }
            }
            // Three standard deviations of a fair 80 of 100 among so many.
            let luck = 3.0 * (f64::from(made) * 0.16).sqrt();
            assert!(f64::from(held) + luck >= f64::from(made) * 0.8, "{name}, {jobs} jobs: {held} of {made}");
            assert!(made > 100 || name == "some never end", "{name}, {jobs} jobs: it speaks only {made} times");
        }
    }
}

#[test]
fn it_is_silent_with_the_reason_where_nothing_honest_can_be_said() {
    let job = |backyard: &str, age_seconds| HoldingJob { backyard: backyard.to_owned(), age_seconds };
    let mut history = DrainHistory::default();
    for life in 1..=100 {
        history.ended("a", life, life);
    }
    (0..100).for_each(|_| history.outlived("dead", 60));
    let why = |jobs: &[HoldingJob]| match forecast(&history, &[], jobs, NOW) {
        Forecast::None { why } => Some(why),
        Forecast::Between { .. } => None,
    };
    assert_eq!(why(&[]), Some(NoForecast::NothingHolds));
    assert_eq!(why(&[job("a", Some(10))]), None);
    assert_eq!(why(&[job("a", None)]), Some(NoForecast::BeginningNotSeen));
    assert_eq!(why(&[job("a", Some(95))]), Some(NoForecast::TooFewObservations));
    assert_eq!(why(&[job("a", Some(100))]), Some(NoForecast::OlderThanAll));
    assert_eq!(why(&[job("b", Some(0))]), Some(NoForecast::TooFewObservations));
    assert_eq!(why(&[job("dead", Some(0))]), Some(NoForecast::MayNeverEnd));
}

#[test]
fn the_history_is_bounded_and_forgets_the_oldest() {
    let mut history = DrainHistory::default();
    for life in 0..2_000 {
        history.ended("a", life, life);
        history.ended(&format!("b{life}"), life, life);
    }
    assert_eq!(history.lives.len(), MOST_BACKYARDS);
    assert_eq!(history.survivors("a", 0, &[]).shortest.first(), Some(&976));
}
