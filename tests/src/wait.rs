//! Waiting for a condition, always with a limit. No suite sleeps for a fixed time and hopes.

use std::ops::AsyncFnMut;
use std::time::{Duration, Instant};

/// Long enough for a loaded machine with two cores; a healthy one needs a fraction of it.
pub const LIMIT: Duration = Duration::from_secs(30);

const BETWEEN_LOOKS: Duration = Duration::from_millis(25);

/// Blocks until `condition` holds.
pub fn until(what: &str, limit: Duration, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + limit;
    while !condition() {
        assert!(Instant::now() < deadline, "not within {limit:?}: {what}");
        std::thread::sleep(BETWEEN_LOOKS);
    }
}

/// Waits until `look` sees something, and returns it.
pub async fn until_some<T>(what: &str, limit: Duration, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(Instant::now() < deadline, "not within {limit:?}: {what}");
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}

/// Waits until `condition` holds.
pub async fn until_true(what: &str, limit: Duration, mut condition: impl AsyncFnMut() -> bool) {
    until_some(what, limit, async || condition().await.then_some(())).await;
}

/// How long a paused time may stand still before it is pushed.
const STILL: Duration = Duration::from_millis(20);

/// The time of a paused runtime. It moves on by itself when nobody has anything to do, but not while a blocking reader waits
/// for the rest of a body; then it is pushed.
#[derive(Debug)]
pub struct PausedTime {
    ticks: tokio::sync::watch::Receiver<u64>,
}

impl Default for PausedTime {
    fn default() -> Self {
        let (tick, ticks) = tokio::sync::watch::channel(0);
        std::thread::spawn(move || {
            // Ends when nobody listens any more.
            while tick.receiver_count() > 0 {
                std::thread::sleep(STILL);
                tick.send_modify(|count| *count += 1);
            }
        });
        Self { ticks }
    }
}

impl PausedTime {
    /// Lets so much of it pass.
    pub async fn pass(&mut self, time: Duration) {
        let until = tokio::time::Instant::now() + time;
        self.ticks.mark_unchanged();
        let stood_still = async {
            // The first tick may follow at once.
            for _ in 0..2 {
                let _ = self.ticks.changed().await;
            }
        };
        tokio::select! {
            () = tokio::time::sleep_until(until) => {}
            () = stood_still => tokio::time::advance(until - tokio::time::Instant::now()).await,
        }
    }
}
