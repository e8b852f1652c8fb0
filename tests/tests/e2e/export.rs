//! The states of the export dialog that a handful of jobs and a good disk do not show: under way, stopped, failed, and a
//! list that has become stale in front of one's eyes.

use acceptance::desktop::Desktop;
use acceptance::journey::{export_and_stop, export_folder, fill_form, first_start, looks, prefer, Form, Look, EN_DARK};
use acceptance::wait::{until_true, LIMIT};
use acceptance::window::{takes_pictures, Window};
use ita_practice::{Options, Part, Practice, PRACTICE_PASSWORD};

/// So many that an export is not over before it can be stopped.
const JOBS: u32 = 100_000;
/// So many that there is time for a picture of it.
const CROWD: u32 = 300_000;

#[tokio::test(flavor = "multi_thread")]
async fn an_export_can_be_stopped_and_says_why_it_failed_or_may_not_begin() {
    let looks = if takes_pictures() { looks() } else { vec![EN_DARK] };
    for (index, look) in looks.into_iter().enumerate() {
        // A crowd takes its time to be made up: two pictures of a long export, in both languages and both themes, will do.
        if takes_pictures() && index < 2 {
            picture_under_way(look).await;
        }
        states(look).await;
    }
}

async fn states(look: Look) {
    let desktop = Desktop::complete();
    prefer(&desktop, look);
    let (platform, window) = open_dialog(&desktop, JOBS).await;
    window.picture(&look.picture("export-ready")).await;
    stop(&window, &desktop, look).await;
    fail(&window, &desktop, look).await;
    go_stale(&window, &platform, look).await;
    window.close().await;
}

async fn picture_under_way(look: Look) {
    let desktop = Desktop::complete();
    prefer(&desktop, look);
    let (_platform, window) = open_dialog(&desktop, CROWD).await;
    window.click("export-run").await;
    window.element("export-progress").await;
    window.picture(&look.picture("export-running")).await;
    window.element("export-result").await;
    window.close().await;
}

/// A platform with so many jobs, and the dialog over their list.
async fn open_dialog(desktop: &Desktop, jobs: u32) -> (Practice, Window<'_>) {
    let platform = Practice::start(Options { jobs: Some(jobs), speed: 0.0, ..Options::default() }).await;
    let platform = platform.expect("a platform");
    let window = first_start(desktop).await;
    fill_form(&window, Form { address: &platform.url(), environment: "staging", password: PRACTICE_PASSWORD }).await;
    window.click("connection-save").await;
    window.expect_gone("connection-form").await;
    let is_read = async || window.attribute("running-count", "data-state").await.as_deref() == Some("known");
    until_true("the list is read", LIMIT * 4, is_read).await;
    window.click("export-csv").await;
    window.click("export-target-folder").await;
    (platform, window)
}

async fn stop(window: &Window<'_>, desktop: &Desktop, look: Look) {
    let written = || std::fs::read_dir(export_folder(desktop)).expect("a folder").count();
    let before = written();
    export_and_stop(window).await;
    assert_eq!(written(), before, "an export that was stopped leaves nothing");
    window.picture(&look.picture("export-cancelled")).await;
}

async fn fail(window: &Window<'_>, desktop: &Desktop, look: Look) {
    let folder = export_folder(desktop);
    std::fs::remove_dir_all(&folder).expect("a folder of this test");
    window.click("export-run").await;
    window.element("export-problem").await;
    window.picture(&look.picture("export-failed")).await;
    std::fs::create_dir(&folder).expect("as before");
}

async fn go_stale(window: &Window<'_>, platform: &Practice, look: Look) {
    platform.control().set_down(Part::WebServer, true);
    until_true("the list has become stale", LIMIT * 2, async || window.shows("export-stale").await).await;
    let run = window.element("export-run").await;
    assert!(!run.is_enabled().await.expect("a button"), "what nobody knows is not exported");
    window.picture(&look.picture("export-stale")).await;
}
