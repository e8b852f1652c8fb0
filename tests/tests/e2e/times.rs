//! What comes at its time in the real window: a start that was planned, the end that was planned for the work, and the watch
//! after it with its one key.

use acceptance::desktop::Desktop;
use acceptance::journey::{
    act, begin_work, connect, expect_phase, first_start, phase, poll_to, prefer, still_platform, tick_checks, Form,
    JA_LIGHT,
};
use acceptance::wait::{until_true, LIMIT};
use ita_practice::{Mode, PRACTICE_PASSWORD};
use jiff::{ToSpan, Unit, Zoned, ZonedRound};

/// As it is typed part by part.
const TYPED: &str = "%Y%m%d%H%M";

#[tokio::test]
async fn a_planned_start_comes_at_its_minute_a_planned_end_that_is_over_is_said_and_one_key_stops_jobs_again() {
    let desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let platform = still_platform().await;
    let window = first_start(&desktop).await;
    connect(&window, Form { address: &platform.url(), environment: "staging", password: PRACTICE_PASSWORD }).await;
    platform.control().script_jobs([]);

    // The next whole minute for which there is time enough to type it.
    let start = Zoned::now() + 1.minute() + 45.seconds();
    let start = start.round(ZonedRound::new().smallest(Unit::Minute).mode(jiff::RoundMode::Trunc)).expect("a minute");
    window.click("procedure-start").await;
    window.click("start-later").await;
    window.type_date_time("start-at", &start.strftime(TYPED).to_string()).await;
    window.click("confirm").await;
    expect_phase(&window, "scheduled").await;
    assert!(!platform.control().mode(Mode::JobStop), "not yet");
    until_true("the start", 5 * LIMIT, async || phase(&window).await != "scheduled").await;
    assert!(Zoned::now() >= start, "not before its time");
    poll_to(&window, "point_of_no_return").await;
    assert!(platform.control().mode(Mode::JobStop));

    act(&window, "procedure-read-only", "quiet_gate").await;
    begin_work(&window).await;
    window.click("procedure-set-times").await;
    let over = Zoned::now() - 20.minutes();
    window.type_date_time("planned-end", &over.strftime(TYPED).to_string()).await;
    window.click("planned-end-apply").await;
    window.press(thirtyfour::Key::Escape).await;
    window.expect_gone("procedure-options").await;
    window.element("notice-procedure-overdue").await;

    act(&window, "procedure-end-work", "checking").await;
    tick_checks(&window).await;
    act(&window, "procedure-start-jobs", "watching").await;
    assert!(!platform.control().mode(Mode::JobStop));
    window.press(thirtyfour::Key::F8).await;
    expect_phase(&window, "draining").await;
    assert!(platform.control().mode(Mode::JobStop), "one key, and no question");
    window.close().await;
}
