//! When to ask again: a pure function of how the last polls ended.

use std::time::Duration;

use super::Polled;

/// The longest wait after errors, unless the connection's interval is longer.
pub const LONGEST_BACK_OFF: Duration = Duration::from_secs(300);

/// How much longer the interval is while nobody looks: one poll a minute instead of six. The platform writes a line of its
/// audit log for each (platform-contract §6), and a window that comes back is refreshed at once anyway.
const HIDDEN_FACTOR: u32 = 6;

/// Who needs what a poll brings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Attention {
    /// Somebody looks at it.
    #[default]
    Watched,
    /// The window is hidden.
    Hidden,
    /// A procedure decides by it, whether somebody looks or not.
    Procedure,
}

impl Attention {
    /// The wait before the next poll, for one of `wait` where somebody looks.
    pub fn stretch(self, wait: Duration, interval: Duration) -> Duration {
        match self {
            Self::Watched | Self::Procedure => wait,
            Self::Hidden => wait.max(interval.saturating_mul(HIDDEN_FACTOR).min(LONGEST_BACK_OFF)),
        }
    }
}

/// How a poll ended, as far as its pace is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// An answer, good or at least complete.
    Good,
    /// No usable answer; `retry_after` if the platform named a time (already clamped to 1 s to 1 h).
    Failed {
        /// What the platform asked for.
        retry_after: Option<Duration>,
    },
    /// Never again until the user acts.
    Stop,
}

/// The pace of one loop.
#[derive(Debug, Clone, Default)]
pub struct Pace {
    failures: u32,
}

impl Pace {
    /// The wait after a poll; `None`: stop. What the platform asks for makes it longer, never shorter than the interval.
    /// `jitter` from 0 to 1 spreads retries over ±20 %, so that many consoles do not come back in the same second.
    pub fn after(&mut self, polled: Polled, jitter: f64) -> Option<Duration> {
        let interval = polled.rest();
        match polled.verdict {
            Verdict::Stop => None,
            Verdict::Good => {
                self.failures = 0;
                Some(interval)
            }
            Verdict::Failed { retry_after } => {
                self.failures = self.failures.saturating_add(1);
                let doubled = interval.saturating_mul(1 << (self.failures - 1).min(10));
                let capped = doubled.min(LONGEST_BACK_OFF.max(polled.interval));
                let spread = capped.mul_f64(0.8 + 0.4 * jitter.clamp(0.0, 1.0));
                Some(retry_after.map_or(spread, |asked| asked.max(interval)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BASE: Duration = Duration::from_secs(10);

    fn polled(seconds: u64, verdict: Verdict) -> Polled {
        Polled { took: Duration::from_secs(seconds), verdict, interval: BASE }
    }

    #[test]
    fn a_slow_platform_is_asked_less_often() {
        let mut pace = Pace::default();
        assert_eq!(pace.after(polled(1, Verdict::Good), 0.0), Some(BASE));
        assert_eq!(pace.after(polled(8, Verdict::Good), 0.0), Some(Duration::from_secs(40)), "five times its 8 s");
    }

    #[test]
    fn errors_double_the_wait_up_to_a_cap_and_success_resets_it() {
        let mut pace = Pace::default();
        let failed = polled(0, Verdict::Failed { retry_after: None });
        let waits: Vec<u64> = (0..7).filter_map(|_| pace.after(failed, 0.5)).map(|wait| wait.as_secs()).collect();
        assert_eq!(waits, [10, 20, 40, 80, 160, 300, 300]);
        pace.after(polled(0, Verdict::Good), 0.5);
        assert_eq!(pace.after(failed, 0.5), Some(BASE), "after a success the first wait is short again");
        let hung = polled(600, Verdict::Failed { retry_after: None });
        assert_eq!(pace.after(hung, 0.5), Some(LONGEST_BACK_OFF), "what hung until its limit is not left for an hour");
    }

    #[test]
    fn the_platforms_own_wish_wins() {
        let mut pace = Pace::default();
        let asked = Verdict::Failed { retry_after: Some(Duration::from_secs(120)) };
        assert_eq!(pace.after(polled(0, asked), 0.5), Some(Duration::from_secs(120)));
        let soon = Verdict::Failed { retry_after: Some(Duration::from_secs(1)) };
        assert_eq!(pace.after(polled(0, soon), 0.5), Some(BASE), "a short one does not hurry us");
        assert_eq!(pace.after(polled(20, soon), 0.5), Some(Duration::from_secs(100)), "nor asks a slow platform more");
    }

    #[test]
    fn nobody_who_looks_away_makes_a_poll_come_sooner_and_a_procedure_never_waits() {
        for (wait, interval, hidden) in [(10, 10, 60), (5, 5, 30), (60, 60, 300), (300, 300, 300), (3_600, 10, 3_600)] {
            let (wait, interval) = (Duration::from_secs(wait), Duration::from_secs(interval));
            assert_eq!(Attention::Hidden.stretch(wait, interval), Duration::from_secs(hidden));
            assert_eq!(Attention::Watched.stretch(wait, interval), wait);
            assert_eq!(Attention::Procedure.stretch(wait, interval), wait);
        }
    }

    proptest! {
        #[test]
        fn whatever_happens_no_wait_is_too_short_or_too_long(
            polls in prop::collection::vec((0..1_200_u64, 5..=300_u64, any::<bool>(), prop::option::of(1..=3_600_u64)), 1..40),
            jitter in 0.0..=1.0,
        ) {
            let mut pace = Pace::default();
            for (took, interval, is_good, retry_after) in polls {
                let retry_after = retry_after.map(Duration::from_secs);
                let verdict = if is_good { Verdict::Good } else { Verdict::Failed { retry_after } };
                let (took, interval) = (Duration::from_secs(took), Duration::from_secs(interval));
                let wait = pace.after(Polled { took, verdict, interval }, jitter).expect("nobody said stop");
                let slow = interval.max(took * 5);
                let rest = if is_good { slow } else { slow.min(LONGEST_BACK_OFF.max(interval)) };
                prop_assert!(wait >= rest.mul_f64(0.8), "{:?} after {:?}", wait, took);
                prop_assert!(wait <= Duration::from_secs(3_600).max(slow), "{:?} after {:?}", wait, took);
            }
        }
    }
}
