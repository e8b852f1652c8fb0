//! The guided procedure in the window, from the first click to the platform that is open again.

use std::path::Path;

use acceptance::desktop::Desktop;
use acceptance::journey::{
    act, begin_work, changes, connect, expect_phase, export_folder, first_start, looks, poll_to, prefer,
    still_platform, tick_checks, Form, Look, CONNECTION_NAME,
};
use acceptance::print::Paper;
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

/// One click, into the fixed folder: the pack of the whole night.
async fn evidence(window: &Window<'_>, desktop: &Desktop, look: Look) {
    window.click("procedure-evidence").await;
    window.element("procedure-evidence-result").await;
    window.picture(&look.picture("procedure-evidence")).await;
    let packs: Vec<_> = std::fs::read_dir(export_folder(desktop)).expect("a folder").flatten().collect();
    let [pack] = &packs[..] else { panic!("one pack: {packs:?}") };
    let mut names: Vec<_> = std::fs::read_dir(pack.path())
        .expect("a pack")
        .map(|file| file.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let lists = ["jobs-at-reopen.csv", "jobs-at-stop.csv", "jobs-at-zero.csv"];
    let report = format!("report.{}.html", look.language);
    assert_eq!(names, [&["SHA256SUMS"], &lists[..], &[report.as_str(), "timeline.csv"]].concat());
    on_paper(desktop, &pack.path().join(report), look).await;
}

/// The report is one page of A4, and its words are text.
async fn on_paper(desktop: &Desktop, report: &Path, look: Look) {
    let paper = Paper::of(desktop, report).await;
    assert_eq!(paper.pages(), (1, "595 x 842 pts (A4)".to_owned()));
    let title = if look.language == "ja" { "作業報告書" } else { "Maintenance work report" };
    let text = paper.text();
    assert!(text.contains(title) && text.contains(CONNECTION_NAME), "{text}");
    if let Some(folder) = pictures() {
        paper.picture(&folder.join(format!("report-{}", look.language)));
    }
}
