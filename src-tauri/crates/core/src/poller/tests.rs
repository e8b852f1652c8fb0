//! The loop on a clock that only moves when it is told to.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::Mutex;

use tokio::time::{advance, sleep, Instant};

use super::*;

const BASE: Duration = Duration::from_secs(10);

/// Starts a loop that somebody looks at and whose polls do not panic.
fn start<Work, Running>(work: Work) -> Poller
where
    Work: FnMut() -> Running + Send + 'static,
    Running: Future<Output = Polled> + Send + 'static,
{
    let (_, attention) = watch::channel(Attention::Watched);
    Poller::start(attention, || 0.5, work, || unreachable!("no poll panics"))
}

fn counting(verdict: Verdict) -> (Arc<AtomicU32>, Poller) {
    let polls = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&polls);
    let poller = start(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        std::future::ready(Polled { took: Duration::from_millis(1), verdict, interval: BASE })
    });
    (polls, poller)
}

#[tokio::test(start_paused = true)]
async fn it_polls_at_once_and_then_by_its_interval() {
    let (polls, _poller) = counting(Verdict::Good);
    sleep(Duration::from_secs(65)).await;
    assert_eq!(polls.load(Ordering::Relaxed), 7, "one at 0 s and six more in 65 s");
}

#[tokio::test(start_paused = true)]
async fn a_stop_is_final_even_when_asked_to_refresh() {
    let (polls, poller) = counting(Verdict::Stop);
    sleep(Duration::from_secs(1)).await;
    poller.refresh();
    sleep(Duration::from_secs(24 * 3600)).await;
    assert_eq!(polls.load(Ordering::Relaxed), 1, "a refused password is tried exactly once");
}

#[tokio::test(start_paused = true)]
async fn a_refresh_does_not_wait_for_the_interval() {
    let (polls, poller) = counting(Verdict::Good);
    sleep(Duration::from_secs(1)).await;
    poller.refresh();
    sleep(Duration::from_secs(1)).await;
    assert_eq!(polls.load(Ordering::Relaxed), 2, "the refresh came 9 s early");
}

#[tokio::test(start_paused = true)]
async fn a_day_of_errors_stays_within_the_cap() {
    let (polls, _poller) = counting(Verdict::Failed { retry_after: None });
    sleep(Duration::from_secs(24 * 3600)).await;
    let made = polls.load(Ordering::Relaxed);
    assert!((280..=320).contains(&made), "about one in five minutes, not {made}");
}

const DAY: Duration = Duration::from_secs(24 * 3600);

/// A poll that takes some time, and when each began, counted from the first.
fn timed(take: impl Fn(usize) -> (Duration, Verdict) + Send + 'static) -> (Arc<Mutex<Vec<u64>>>, Poller) {
    let begun = Arc::new(Mutex::new(Vec::new()));
    let (times, opened) = (Arc::clone(&begun), Instant::now());
    let work = move || {
        let mut times = times.lock().expect("not poisoned");
        let (took, verdict) = take(times.len());
        times.push(opened.elapsed().as_secs());
        async move {
            sleep(took).await;
            Polled { took, verdict, interval: BASE }
        }
    };
    (begun, start(work))
}

fn times(begun: &Mutex<Vec<u64>>) -> Vec<u64> {
    begun.lock().expect("not poisoned").clone()
}

#[tokio::test(start_paused = true)]
async fn the_platform_is_left_alone_as_long_as_it_asks() {
    let (begun, _poller) = timed(|poll| {
        let retry_after = (poll == 1).then_some(Duration::from_secs(120));
        (Duration::ZERO, if poll == 1 { Verdict::Failed { retry_after } } else { Verdict::Good })
    });
    sleep(Duration::from_secs(155)).await;
    assert_eq!(times(&begun), [0, 10, 130, 140, 150]);
}

#[tokio::test(start_paused = true)]
async fn a_slow_platform_is_asked_for_a_sixth_of_the_time_at_most() {
    let (begun, _poller) = timed(|poll| (Duration::from_secs([20, 20, 1, 1][poll.min(3)]), Verdict::Good));
    sleep(Duration::from_secs(263)).await;
    assert_eq!(times(&begun), [0, 120, 240, 251, 262], "100 s of rest after 20 s of work, 10 s after 1 s");
}

#[tokio::test(start_paused = true)]
async fn errors_are_spaced_out_and_the_first_success_ends_that() {
    let failed = Verdict::Failed { retry_after: None };
    let (begun, _poller) = timed(move |poll| (Duration::ZERO, if poll < 7 { failed } else { Verdict::Good }));
    sleep(Duration::from_secs(935)).await;
    assert_eq!(times(&begun), [0, 10, 30, 70, 150, 310, 610, 910, 920, 930]);
}

#[tokio::test(start_paused = true)]
async fn no_poll_begins_before_the_last_one_ended() {
    let (running, most) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let (now, seen) = (Arc::clone(&running), Arc::clone(&most));
    let poller = start(move || {
        let (now, seen) = (Arc::clone(&now), Arc::clone(&seen));
        async move {
            seen.fetch_max(now.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
            sleep(Duration::from_secs(30)).await;
            now.fetch_sub(1, Ordering::Relaxed);
            Polled { took: Duration::from_secs(30), verdict: Verdict::Good, interval: BASE }
        }
    });
    for _ in 0..1_000 {
        poller.refresh();
        sleep(Duration::from_secs(1)).await;
    }
    assert_eq!(most.load(Ordering::Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn a_hundred_wishes_during_a_poll_make_one_more() {
    let (begun, poller) = timed(|_| (Duration::from_secs(5), Verdict::Good));
    sleep(Duration::from_secs(1)).await;
    for _ in 0..100 {
        poller.refresh();
    }
    sleep(Duration::from_secs(28)).await;
    assert_eq!(times(&begun), [0, 5], "right after the one under way, and then five times its duration later");
    sleep(Duration::from_secs(7)).await;
    assert_eq!(times(&begun), [0, 5, 35]);
}

#[tokio::test(start_paused = true)]
async fn eight_hours_of_sleep_are_followed_by_one_poll() {
    let (begun, _poller) = timed(|_| (Duration::ZERO, Verdict::Good));
    sleep(Duration::from_secs(15)).await;
    advance(Duration::from_secs(8 * 3600)).await;
    sleep(Duration::from_secs(5)).await;
    let woken = 15 + 8 * 3600;
    assert_eq!(times(&begun), [0, 10, woken], "no burst for the 2,880 that were missed");
    sleep(Duration::from_secs(10)).await;
    assert_eq!(times(&begun).len(), 4, "and then by the interval again");
}

#[tokio::test(start_paused = true)]
async fn a_poller_that_is_dropped_gives_up_what_is_under_way() {
    struct Guard(Arc<AtomicU32>);
    impl Drop for Guard {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
    let given_up = Arc::new(AtomicU32::new(0));
    let guard = Arc::clone(&given_up);
    let poller = start(move || {
        let guard = Guard(Arc::clone(&guard));
        async move {
            sleep(DAY).await;
            drop(guard);
            Polled { took: DAY, verdict: Verdict::Good, interval: BASE }
        }
    });
    sleep(Duration::from_secs(1)).await;
    drop(poller);
    sleep(Duration::from_secs(1)).await;
    assert_eq!(given_up.load(Ordering::Relaxed), 1, "within a second, not after a day");
}

/// When the polls of a loop begin that is looked at as `attention` says.
fn attended(attention: &watch::Sender<Attention>) -> (Arc<Mutex<Vec<u64>>>, Poller) {
    let begun = Arc::new(Mutex::new(Vec::new()));
    let (times, opened) = (Arc::clone(&begun), Instant::now());
    let work = move || {
        times.lock().expect("not poisoned").push(opened.elapsed().as_secs());
        std::future::ready(Polled { took: Duration::ZERO, verdict: Verdict::Good, interval: BASE })
    };
    (begun, Poller::start(attention.subscribe(), || 0.5, work, || unreachable!("no poll panics")))
}

#[tokio::test(start_paused = true)]
async fn a_hidden_window_polls_a_sixth_as_often_and_is_refreshed_once_when_it_comes_back() {
    let attention = watch::Sender::new(Attention::Watched);
    let (begun, _poller) = attended(&attention);
    sleep(Duration::from_secs(15)).await;
    attention.send_replace(Attention::Hidden);
    sleep(Duration::from_secs(135)).await;
    assert_eq!(times(&begun), [0, 10, 70, 130], "one a minute, counted from the last one");
    attention.send_replace(Attention::Watched);
    sleep(Duration::from_secs(1)).await;
    assert_eq!(times(&begun)[4..], [150], "it was 20 s old, and ten are the interval");
    sleep(Duration::from_secs(2)).await;
    attention.send_replace(Attention::Hidden);
    attention.send_replace(Attention::Watched);
    sleep(Duration::from_secs(6)).await;
    assert_eq!(times(&begun).len(), 5, "what is younger than the interval is not asked again");
    sleep(Duration::from_secs(2)).await;
    assert_eq!(times(&begun)[5..], [160], "and the interval goes on from the last poll");
}

#[tokio::test(start_paused = true)]
async fn a_procedure_is_not_slowed_by_a_hidden_window() {
    let attention = watch::Sender::new(Attention::Hidden);
    let (begun, _poller) = attended(&attention);
    sleep(Duration::from_secs(15)).await;
    attention.send_replace(Attention::Procedure);
    sleep(Duration::from_secs(21)).await;
    assert_eq!(times(&begun), [0, 15, 25, 35]);
}

#[tokio::test(start_paused = true)]
async fn a_poll_that_panics_goes_on_as_it_is_told_and_never_at_once() {
    let (begun, opened) = (Arc::new(Mutex::new(Vec::new())), Instant::now());
    let times_of_polls = Arc::clone(&begun);
    let breaks = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&breaks);
    let (_sender, attention) = watch::channel(Attention::Watched);
    let work = move || {
        let mut times = times_of_polls.lock().expect("not poisoned");
        times.push(opened.elapsed().as_secs());
        let is_broken = matches!(times.len(), 2 | 4);
        async move {
            assert!(!is_broken, "a defect of ours");
            Polled { took: Duration::ZERO, verdict: Verdict::Good, interval: BASE }
        }
    };
    let broken = move || {
        let is_first = counted.fetch_add(1, Ordering::Relaxed) == 0;
        let verdict = if is_first { Verdict::Failed { retry_after: None } } else { Verdict::Stop };
        Polled { took: Duration::ZERO, verdict, interval: BASE }
    };
    let _poller = Poller::start(attention, || 0.5, work, broken);
    sleep(DAY).await;
    assert_eq!(times(&begun), [0, 10, 20, 30], "the second panic is the end");
    assert_eq!(breaks.load(Ordering::Relaxed), 2);
}
