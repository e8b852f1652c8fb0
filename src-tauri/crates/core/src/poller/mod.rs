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
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    const BASE: Duration = Duration::from_secs(10);

    fn counting(verdict: Verdict) -> (Arc<AtomicU32>, Poller) {
        let polls = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&polls);
        let poller = Poller::start(
            || 0.5,
            move || {
                counted.fetch_add(1, Ordering::Relaxed);
                std::future::ready(Polled { took: Duration::from_millis(1), verdict, interval: BASE })
            },
        );
        (polls, poller)
    }

    #[tokio::test(start_paused = true)]
    async fn it_polls_at_once_and_then_by_its_interval() {
        let (polls, _poller) = counting(Verdict::Good);
        tokio::time::sleep(Duration::from_secs(65)).await;
        assert_eq!(polls.load(Ordering::Relaxed), 7, "one at 0 s and six more in 65 s");
    }

    #[tokio::test(start_paused = true)]
    async fn a_stop_is_final_even_when_asked_to_refresh() {
        let (polls, poller) = counting(Verdict::Stop);
        tokio::time::sleep(Duration::from_secs(1)).await;
        poller.refresh();
        tokio::time::sleep(Duration::from_secs(24 * 3600)).await;
        assert_eq!(polls.load(Ordering::Relaxed), 1, "a refused password is tried exactly once");
        assert!(poller.has_stopped());
    }

    #[tokio::test(start_paused = true)]
    async fn a_refresh_does_not_wait_for_the_interval() {
        let (polls, poller) = counting(Verdict::Good);
        tokio::time::sleep(Duration::from_secs(1)).await;
        poller.refresh();
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(polls.load(Ordering::Relaxed), 2, "the refresh came 9 s early");
    }

    #[tokio::test(start_paused = true)]
    async fn a_day_of_errors_stays_within_the_cap() {
        let (polls, _poller) = counting(Verdict::Failed { retry_after: None });
        tokio::time::sleep(Duration::from_secs(24 * 3600)).await;
        let made = polls.load(Ordering::Relaxed);
        assert!((280..=320).contains(&made), "about one in five minutes, not {made}");
    }
}
