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
