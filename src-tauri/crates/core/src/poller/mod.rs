//! The only thing that repeats a request.
//!
//! A poller runs two loops, so that the two small flags never wait for a slow list of jobs. Each loop has one request in
//! flight, waits as [`pace`] says, and ends by itself when the work says stop.

pub mod pace;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;

use pace::{Pace, Verdict};

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
    /// Polls at once, then repeats. `jitter` gives numbers from 0 to 1.
    pub fn start<Work, Running, Jitter>(mut jitter: Jitter, mut work: Work) -> Self
    where
        Work: FnMut() -> Running + Send + 'static,
        Running: Future<Output = Polled> + Send,
        Jitter: FnMut() -> f64 + Send + 'static,
    {
        let wake = Arc::new(Notify::new());
        let woken = Arc::clone(&wake);
        let task = tokio::spawn(async move {
            let mut pace = Pace::default();
            loop {
                let polled = work().await;
                let Some(delay) = pace.after(polled, jitter()) else { return };
                tokio::select! {
                    () = tokio::time::sleep(delay) => {}
                    () = woken.notified() => {}
                }
            }
        });
        Self { wake, task }
    }

    /// Polls now, or right after the poll that is under way. Many calls make one poll.
    pub fn refresh(&self) {
        self.wake.notify_one();
    }

    /// Whether the loop has ended because its work said stop.
    pub fn has_stopped(&self) -> bool {
        self.task.is_finished()
    }
}

impl Drop for Poller {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[cfg(test)]
mod tests;
