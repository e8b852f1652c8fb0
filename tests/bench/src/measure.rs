//! Times in pairs: what is measured and its anchor take turns, so that a slow moment of the machine meets both.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Medians of a measurement and its anchor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) ours: Duration,
    pub(crate) anchor: Duration,
}

impl Pair {
    pub(crate) fn ratio(self) -> f64 {
        self.ours.as_secs_f64() / self.anchor.as_secs_f64()
    }
}

/// Runs both once to warm up, then `runs` times in turn.
pub(crate) fn pair<A, B>(runs: usize, mut ours: impl FnMut() -> A, mut anchor: impl FnMut() -> B) -> Pair {
    black_box(ours());
    black_box(anchor());
    let (ours, anchor) = (0..runs).map(|_| (time(&mut ours), time(&mut anchor))).unzip();
    Pair { ours: median(ours), anchor: median(anchor) }
}

/// How long it takes; throwing its result away is not counted.
pub(crate) fn time<T>(mut work: impl FnMut() -> T) -> Duration {
    let start = Instant::now();
    let result = black_box(work());
    let took = start.elapsed();
    drop(result);
    took
}

/// The value in the middle.
pub(crate) fn median<T: Ord + Copy>(mut values: Vec<T>) -> T {
    values.sort_unstable();
    values[values.len() / 2]
}
