//! The states of the export dialog that a handful of jobs and a good disk do not show: under way, stopped, failed, and a
//! list that has become stale in front of one's eyes.

use acceptance::desktop::Desktop;
use acceptance::journey::{export_and_stop, export_folder, fill_form, first_start, looks, prefer, Form, Look, EN_DARK};
use acceptance::wait::{until_true, LIMIT};
use acceptance::window::{takes_pictures, Window};
use ita_practice::{Options, Part, Practice, PRACTICE_PASSWORD};

/// So many that an export takes long enough for a picture of it.
const JOBS: u32 = 100_000;

#[tokio::test(flavor = "multi_thread")]
async fn an_export_can_be_stopped_and_says_why_it_failed_or_may_not_begin() {
    let looks = if takes_pictures() { looks() } else { vec![EN_DARK] };
    for look in looks {
        states(look).await;
    }
}

async fn states(look: Look) {
    let desktop = Desktop::complete();
    prefer(&desktop, look);
    let options = Options { jobs: Some(JOBS), speed: 0.0, ..Options::default() };
    let platform = Practice::start(options).await.expect("a platform");
    let window = first_start(&desktop).await;
    fill_form(&window, Form { address: &platform.url(), environment: "staging", password: PRACTICE_PASSWORD }).await;
    window.click("connection-save").await;
    window.expect_gone("connection-form").await;
    window.expect_attribute("running-count", "data-state", "known").await;
    window.click("export-csv").await;
    window.click("export-target-folder").await;
    window.picture(&look.picture("export-ready")).await;
    stop(&window, &desktop, look).await;
    fail(&window, &desktop, look).await;
    go_stale(&window, &platform, look).await;
    window.close().await;
}

async fn stop(window: &Window<'_>, desktop: &Desktop, look: Look) {
    window.click("export-run").await;
    if takes_pictures() {
        window.element("export-progress").await;
        window.picture(&look.picture("export-running")).await;
    }
    window.element("export-result").await;
    let written = || std::fs::read_dir(export_folder(desktop)).expect("a folder").count();
    assert_eq!(written(), 1);
    export_and_stop(window).await;
    assert_eq!(written(), 1, "an export that was stopped leaves nothing");
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
