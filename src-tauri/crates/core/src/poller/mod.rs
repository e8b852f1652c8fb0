//! The only thing that repeats a request.
//!
//! A poller runs two loops, so that the two small flags never wait for a slow list of jobs. Each loop has one request in
//! flight, waits as [`pace`] says, and ends by itself when the work says stop.

pub mod pace;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{watch, Notify};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep_until, Instant};

use pace::{Attention, Pace, Verdict};

/// See [`Polled::rest`].
const STRETCH: u32 = 5;

/// What one poll tells the loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Polled {
    /// How long it took.
    pub took: Duration,
    /// How it ended.
    pub verdict: Verdict,
    /// The interval that the connection asks for; Basic, known only after the login, asks for a longer one.
    pub interval: Duration,
}

impl Polled {
    /// The wait before the next poll where nothing failed: a slow platform is asked at most a sixth of the time
    /// (interval ≥ 5 × the last duration, product §4).
    pub fn rest(&self) -> Duration {
        self.interval.max(self.took.saturating_mul(STRETCH))
    }
}

/// A running loop. Dropping it cancels the request that is under way.
#[derive(Debug)]
pub struct Poller {
    wake: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Poller {
    /// Polls at once, then repeats. `jitter` gives numbers from 0 to 1. `broken` says how the loop goes on after a poll that
    /// panicked: a defect must neither end it silently nor make it spin.
    pub fn start<Work, Running, Jitter, Broken>(
        mut attention: watch::Receiver<Attention>,
        mut jitter: Jitter,
        mut work: Work,
        mut broken: Broken,
    ) -> Self
    where
        Work: FnMut() -> Running + Send + 'static,
        Running: Future<Output = Polled> + Send + 'static,
        Jitter: FnMut() -> f64 + Send + 'static,
        Broken: FnMut() -> Polled + Send + 'static,
    {
        let wake = Arc::new(Notify::new());
        let woken = Arc::clone(&wake);
        let task = tokio::spawn(async move {
            let mut pace = Pace::default();
            loop {
                // A task of its own catches its panic, and a set of one gives it up together with the loop.
                let mut poll = JoinSet::new();
                poll.spawn(work());
                let polled = match poll.join_next().await {
                    Some(Ok(polled)) => polled,
                    _ => broken(),
                };
                let Some(wait) = pace.after(polled, jitter()) else { return };
                rest(wait, polled.interval, &mut attention, &woken).await;
            }
        });
        Self { wake, task }
    }

    /// Polls now, or right after the poll that is under way. Many calls make one poll.
    pub fn refresh(&self) {
        self.wake.notify_one();
    }
}

/// Waits for the next poll. Who looks again does not wait longer than if they had never looked away, so a reading that has
/// grown old meanwhile is renewed at once.
async fn rest(wait: Duration, interval: Duration, attention: &mut watch::Receiver<Attention>, woken: &Notify) {
    let ended = Instant::now();
    loop {
        let due = ended + attention.borrow_and_update().stretch(wait, interval);
        tokio::select! {
            () = sleep_until(due) => return,
            () = woken.notified() => return,
            Ok(()) = attention.changed() => {}
        }
    }
}

impl Drop for Poller {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[cfg(test)]
mod tests;
