//! The guided procedure in the window, from the first click to the platform that is open again.

use std::path::Path;

use acceptance::desktop::Desktop;
use acceptance::journey::{
    act, begin_work, changes, connect, expect_phase, first_start, looks, packed, poll_to, prefer, still_platform,
    tick_checks, Form, Look, CONNECTION_NAME,
};
use acceptance::print::{assert_whole, Paper};
use acceptance::window::{pictures, Window};
use ita_practice::{Mode, ScriptedJob, PRACTICE_PASSWORD};

#[tokio::test]
async fn an_ordinary_night_from_the_first_click_to_the_platform_that_is_open_again() {
    for look in looks() {
        night(look).await;
    }
}

async fn night(look: Look) {
    let desktop = Desktop::complete();
    prefer(&desktop, look);
    let platform = still_platform().await;
    let window = first_start(&desktop).await;
    connect(&window, Form { address: &platform.url(), environment: "staging", password: PRACTICE_PASSWORD }).await;

    act(&window, "procedure-start", "draining").await;
    assert!(platform.control().mode(Mode::JobStop));
    window.picture(&look.picture("procedure-drain")).await;
    window.click("procedure-show-remaining").await;
    window.element("procedure-remaining").await;
    window.picture(&look.picture("procedure-remaining")).await;
    window.press(thirtyfour::Key::Escape).await;
    window.expect_gone("procedure-remaining-dialog").await;

    // A paused conductor is not counted and never ends by itself: it is what the last look before read-only is for.
    let paused = ScriptedJob::new("sales", "prod-batch", "ita-by-conductor-synchronize", "job-9", "5");
    platform.control().script_jobs([paused.label("2026-11-22T19:40:02.000000Z")]);
    poll_to(&window, "point_of_no_return").await;
    window.click("procedure-read-only").await;
    window.element("procedure-act").await;
    window.picture(&look.picture("procedure-point-of-no-return")).await;
    window.click("confirm").await;
    expect_phase(&window, "quiet_gate").await;
    assert!(platform.control().mode(Mode::ReadOnly));
    window.picture(&look.picture("procedure-gate")).await;

    begin_work(&window).await;
    window.picture(&look.picture("procedure-work")).await;
    act(&window, "procedure-end-work", "checking").await;
    assert!(!platform.control().mode(Mode::ReadOnly) && platform.control().mode(Mode::JobStop));
    window.picture(&look.picture("procedure-checking")).await;
    tick_checks(&window).await;
    act(&window, "procedure-start-jobs", "watching").await;
    window.picture(&look.picture("procedure-watching")).await;
    act(&window, "procedure-stop-watch", "finished").await;

    assert!(!platform.control().mode(Mode::JobStop), "open again");
    assert_eq!(changes(&platform), 4, "each mode once on and once off, and nothing twice");
    window.picture(&look.picture("procedure-finished")).await;
    evidence(&window, &desktop, look).await;
    ends_early(&window, look).await;
    assert!(platform.control().mode(Mode::JobStop), "whoever ends early finds the modes as they were");
    window.close().await;
}

/// A night that is given up at its limit, and one that is broken off.
async fn ends_early(window: &Window<'_>, look: Look) {
    act(window, "procedure-start", "draining").await;
    window.click("procedure-set-times").await;
    window.type_date_time("give-up-at", "202601010000").await;
    window.click("give-up-at-apply").await;
    expect_phase(window, "gave_up").await;
    window.press(thirtyfour::Key::Escape).await;
    window.expect_gone("procedure-options").await;
    window.picture(&look.picture("procedure-gave-up")).await;
    act(window, "procedure-start", "draining").await;
    act(window, "procedure-abort", "aborted").await;
    window.picture(&look.picture("procedure-aborted")).await;
}

/// The pack of the whole night, and its report on paper.
async fn evidence(window: &Window<'_>, desktop: &Desktop, look: Look) {
    let pack = packed(window, desktop, look).await;
    window.picture(&look.picture("procedure-evidence")).await;
    on_paper(desktop, &pack.join(format!("report.{}.html", look.language)), look).await;
}

/// The report is one page of A4, its words are text, and none is cut.
async fn on_paper(desktop: &Desktop, report: &Path, look: Look) {
    let paper = Paper::of(desktop, report).await;
    assert_eq!(paper.pages(), (1, "595 x 842 pts (A4)".to_owned()));
    let title = if look.language == "ja" { "作業報告書" } else { "Maintenance work report" };
    let text = paper.text();
    assert!(text.contains(title) && text.contains(CONNECTION_NAME), "{text}");
    assert_whole(&std::fs::read_to_string(report).expect("a report"), &text, look.language);
    if let Some(folder) = pictures() {
        paper.picture(&folder.join(format!("report-{}", look.language)));
    }
}
