//! The main job in the real window: WebKit, D-Bus, gnome-keyring, and platforms that answer over TCP.

#![cfg(unix)]

use acceptance::desktop::Desktop;
use acceptance::journey::{
    column, config_folder, expect_column, expect_count, export_folder, fill_form, only_file, prefer, sort_by,
    still_platform,
};
use acceptance::wait::{until_true, LIMIT};
use acceptance::window::Window;
use ita_practice::{Mode, WorkspaceFault, PRACTICE_PASSWORD};
use thirtyfour::By;

/// Starts the program and opens the form by the second of the two buttons that greet a new user.
async fn first_start(desktop: &Desktop) -> Window<'_> {
    let window = Window::open(desktop).await;
    window.element("welcome").await;
    expect_practice(&window).await;
    window.click("connect").await;
    window.element("connection-form").await;
    window
}

async fn expect_practice(window: &Window<'_>) {
    window.element("practice-frame").await;
    window.expect_attribute("running-count", "data-state", "known").await;
}

#[tokio::test]
async fn from_the_first_start_to_a_csv_and_back_again_from_the_keyring() {
    let desktop = Desktop::complete();
    prefer(&desktop, "ja", "light");
    let platform = still_platform().await;
    let window = first_start(&desktop).await;
    fill_form(&window, &format!("{}/platform/maintenance?x=1", platform.url()), "staging", PRACTICE_PASSWORD).await;
    test_connection(&window).await;
    window.picture("connection-tested-ja-light").await;
    window.click("connection-save").await;
    window.expect_gone("connection-form").await;
    expect_count(&window, "known", "6").await;
    assert!(!window.shows("practice-frame").await, "the frame is for the practice platform only");
    assert_eq!(platform.control().password_logins(), 2, "one by the test, one by the connection");

    sort_by_every_column(&window).await;
    filter(&window).await;
    export_and_read_back(&window, &desktop).await;
    switch_job_stop(&window, &platform).await;
    meet_a_broken_workspace(&window, &platform).await;
    window.close().await;

    let file = std::fs::read_to_string(config_folder(&desktop).join("connections.json")).expect("the file");
    assert!(file.contains(&platform.url()), "the address was cut to its origin: {file}");
    assert!(!file.contains(PRACTICE_PASSWORD), "no secret is ever written there");
    let logins = platform.control().password_logins();
    let window = Window::open(&desktop).await;
    expect_count(&window, "known", "6").await;
    assert!(!window.shows("welcome").await, "nobody is greeted twice");
    assert_eq!(platform.control().password_logins(), logins + 1, "connected again with the keyring's password");
    window.close().await;
}

async fn test_connection(window: &Window<'_>) {
    window.click("connection-test").await;
    for (step, outcome) in
        [("address", "passed"), ("reach", "passed"), ("tls", "skipped"), ("login", "passed"), ("read_jobs", "passed")]
    {
        window.find(By::Css(format!("[data-step={step}][data-outcome={outcome}]"))).await;
    }
}

async fn sort_by_every_column(window: &Window<'_>) {
    sort_by(window, "job_id", "ascending").await;
    expect_column(window, "job_id", &["job-1", "job-2", "job-3", "job-4", "job-5", "job-9", "job-10"]).await;
    sort_by(window, "job_id", "descending").await;
    expect_column(window, "job_id", &["job-10", "job-9", "job-5", "job-4", "job-3", "job-2", "job-1"]).await;
    for key in ["organization_id", "workspace_id", "backyard", "status_name", "last_update_utc", "age_seconds"] {
        sort_by(window, key, "ascending").await;
        let up = column(window, "job_id").await;
        sort_by(window, key, "descending").await;
        let what = format!("{key} turns the order around");
        until_true(&what, LIMIT, async || column(window, "job_id").await != up).await;
    }
    expect_column(window, "job_id", &["job-1", "job-10", "job-9", "job-3", "job-4", "job-2", "job-5"]).await;
}

async fn filter(window: &Window<'_>) {
    window.fill("jobs-filter", "該当なし").await;
    until_true("nothing matches", LIMIT, async || column(window, "job_id").await.is_empty()).await;
    window.fill("jobs-filter", "ｐａｙｒｏｌｌ").await;
    until_true("three rows match, whatever the width", LIMIT, async || column(window, "job_id").await.len() == 3).await;
    window.picture("jobs-filtered-ja-light").await;
}

async fn export_and_read_back(window: &Window<'_>, desktop: &Desktop) {
    sort_by(window, "job_id", "ascending").await;
    window.click("export-csv").await;
    window.click("export-target-folder").await;
    window.click("export-run").await;
    window.element("export-result").await;
    window.picture("export-done-ja-light").await;
    let text = std::fs::read(only_file(&export_folder(desktop))).expect("the export");
    assert!(text.starts_with(b"\xef\xbb\xbf"), "the preset for Excel begins with a BOM");
    let mut reader = csv::Reader::from_reader(&text[3..]);
    let headers = reader.headers().expect("a header").clone();
    let position = headers.iter().position(|header| header == "job_id").expect("the column of ids");
    let ids: Vec<String> = reader.records().map(|record| record.expect("a row")[position].to_owned()).collect();
    assert_eq!(ids, ["job-1", "job-2", "job-5"], "the rows of the view, in its order");
    window.press(thirtyfour::Key::Escape).await;
    window.expect_gone("export-dialog").await;
    window.fill("jobs-filter", "").await;
}

async fn switch_job_stop(window: &Window<'_>, platform: &ita_practice::Practice) {
    expect_banner(window, "none").await;
    window.expect_attribute("mode-job-stop", "aria-checked", "false").await;
    window.click("mode-job-stop").await;
    window.element("confirm").await;
    window.expect_attribute("mode-job-stop", "aria-checked", "false").await;
    window.picture("confirm-job-stop-ja-light").await;
    window.click("confirm").await;
    window.expect_attribute("mode-job-stop", "aria-checked", "true").await;
    assert!(platform.control().mode(Mode::JobStop), "the platform has it too");
    expect_banner(window, "job_stop").await;
    window.picture("job-stop-ja-light").await;
    window.click("mode-job-stop").await;
    window.click("confirm").await;
    window.expect_attribute("mode-job-stop", "aria-checked", "false").await;
    expect_banner(window, "none").await;
}

async fn expect_banner(window: &Window<'_>, banner: &str) {
    let cell = format!("[data-testid=banner-preview] [data-site=ita][data-language=ja][data-banner={banner}]");
    window.find(By::Css(cell)).await;
}

async fn meet_a_broken_workspace(window: &Window<'_>, platform: &ita_practice::Practice) {
    platform.control().set_workspace_fault("sales", "prod-batch", Some(WorkspaceFault::BrokenTable));
    window.click("refresh").await;
    expect_count(window, "unknown", "").await;
    assert_eq!(column(window, "job_id").await.len(), 7, "a failed refresh never empties the table");
    window.picture("unknown-ja-light").await;
    platform.control().set_workspace_fault("sales", "prod-batch", None);
    window.click("refresh").await;
    expect_count(window, "known", "6").await;
}

#[tokio::test]
async fn a_wrong_password_makes_exactly_one_login_and_the_right_one_goes_on() {
    let desktop = Desktop::complete();
    prefer(&desktop, "ja", "light");
    let platform = still_platform().await;
    let window = first_start(&desktop).await;
    fill_form(&window, &platform.url(), "production", "wrong").await;
    window.click("connection-save").await;
    window.element("sign-in-password").await;
    window.expect_attribute("running-count", "data-state", "unknown").await;
    window.picture("login-refused-ja-light").await;
    assert_eq!(platform.control().password_logins(), 1);
    window.close().await;

    let window = Window::open(&desktop).await;
    window.element("sign-in-password").await;
    assert_eq!(platform.control().password_logins(), 1, "a restart does not try again");
    window.fill("sign-in-password", PRACTICE_PASSWORD).await;
    window.click("sign-in-submit").await;
    expect_count(&window, "known", "6").await;
    assert_eq!(platform.control().password_logins(), 2);
    window.close().await;
}
