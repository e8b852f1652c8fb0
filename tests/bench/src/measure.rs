//! Times in pairs: what is measured and its anchor take turns, so that a slow moment of the machine meets both. They are
//! times of this thread on a processor: what else the machine does meanwhile is not counted.

use std::hint::black_box;
use std::time::Duration;

use rustix::time::{clock_gettime, ClockId};

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
    let start = on_processor();
    let result = black_box(work());
    let took = on_processor().saturating_sub(start);
    drop(result);
    took
}

fn on_processor() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default()
}

/// The value in the middle.
pub(crate) fn median<T: Ord + Copy>(mut values: Vec<T>) -> T {
    values.sort_unstable();
    values[values.len() / 2]
}
