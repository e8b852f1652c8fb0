//! The main job, from the first start to a CSV, and back again after a restart.

use acceptance::desktop::Desktop;
use acceptance::journey::{
    column, config_folder, expect_column, expect_count, export_folder, fill_form, first_start, looks, only_file,
    prefer, sort_by, still_platform, Form, Look,
};
use acceptance::wait::{until_true, LIMIT};
use acceptance::window::Window;
use ita_practice::{Mode, Practice, WorkspaceFault, PRACTICE_PASSWORD};
use thirtyfour::{By, Key};

#[tokio::test]
async fn from_the_first_start_to_a_csv_and_back_again_from_the_keyring() {
    for look in looks() {
        main_job(look).await;
    }
}

async fn main_job(look: Look) {
    let desktop = Desktop::complete();
    prefer(&desktop, look);
    let platform = still_platform().await;
    let window = first_start(&desktop).await;
    add_connection(&window, &platform, look).await;
    sort_by_every_column(&window).await;
    window.picture(&look.picture("jobs")).await;
    filter(&window, look).await;
    export_and_read_back(&window, &desktop, look).await;
    switch_job_stop(&window, &platform, look).await;
    meet_a_broken_workspace(&window, &platform, look).await;
    window.close().await;

    let file = std::fs::read_to_string(config_folder(&desktop).join("connections.json")).expect("the file");
    assert!(file.contains(&format!("\"{}\"", platform.url())), "the address was cut to its origin: {file}");
    assert!(!file.contains(PRACTICE_PASSWORD), "no secret is ever written there");
    let logins = platform.control().password_logins();
    let window = Window::open(&desktop).await;
    expect_count(&window, "known", "6").await;
    assert!(!window.shows("welcome").await, "nobody is greeted twice");
    assert_eq!(platform.control().password_logins(), logins + 1, "connected again with the keyring's password");
    window.close().await;
}

async fn add_connection(window: &Window<'_>, platform: &Practice, look: Look) {
    let address = format!("{}/platform/maintenance?x=1", platform.url());
    fill_form(window, Form { address: &address, environment: "staging", password: PRACTICE_PASSWORD }).await;
    window.click("connection-test").await;
    for (step, outcome) in [
        ("address", "passed"),
        ("name_resolution", "passed"),
        ("reach", "passed"),
        ("tls", "skipped"),
        ("site", "passed"),
        ("login", "passed"),
        ("read_modes", "passed"),
        ("read_jobs", "passed"),
    ] {
        window.find(By::Css(format!("[data-step={step}][data-outcome={outcome}]"))).await;
    }
    window.picture(&look.picture("connection-tested")).await;
    window.click("connection-save").await;
    window.expect_gone("connection-form").await;
    expect_count(window, "known", "6").await;
    assert!(!window.shows("practice-frame").await, "the frame is for the practice platform only");
    assert_eq!(platform.control().password_logins(), 2, "one by the test, one by the connection");
}

async fn sort_by_every_column(window: &Window<'_>) {
    sort_by(window, "job_id", "ascending").await;
    expect_column(window, "job_id", &["job-1", "job-2", "job-3", "job-4", "job-5", "job-9", "job-10"]).await;
    sort_by(window, "job_id", "descending").await;
    expect_column(window, "job_id", &["job-10", "job-9", "job-5", "job-4", "job-3", "job-2", "job-1"]).await;
    for key in
        ["organization_id", "workspace_id", "backyard", "counted", "status_name", "age_seconds", "last_update_utc"]
    {
        sort_by(window, key, "ascending").await;
        let up = column(window, "job_id").await;
        sort_by(window, key, "descending").await;
        let what = format!("{key} turns the order around");
        until_true(&what, LIMIT, async || column(window, "job_id").await != up).await;
    }
    expect_column(window, "job_id", &["job-5", "job-2", "job-4", "job-3", "job-9", "job-10", "job-1"]).await;
}

async fn filter(window: &Window<'_>, look: Look) {
    window.fill("jobs-filter", "該当なし").await;
    until_true("nothing matches", LIMIT, async || column(window, "job_id").await.is_empty()).await;
    window.fill("jobs-filter", "ｐａｙｒｏｌｌ").await;
    until_true("three rows match, whatever the width", LIMIT, async || column(window, "job_id").await.len() == 3).await;
    window.picture(&look.picture("jobs-filtered")).await;
}

async fn export_and_read_back(window: &Window<'_>, desktop: &Desktop, look: Look) {
    sort_by(window, "job_id", "ascending").await;
    window.click("export-csv").await;
    window.click("export-target-folder").await;
    window.click("export-run").await;
    window.element("export-result").await;
    window.picture(&look.picture("export-done")).await;
    let text = std::fs::read(only_file(&export_folder(desktop))).expect("the export");
    assert!(text.starts_with(b"\xef\xbb\xbf"), "the preset for Excel begins with a BOM");
    let mut reader = csv::Reader::from_reader(&text[3..]);
    let headers = reader.headers().expect("a header").clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("a row")).collect();
    let values = |key: &str| -> Vec<&str> {
        let position = headers.iter().position(|header| header == key).expect("a column");
        rows.iter().map(|row| &row[position]).collect()
    };
    assert_eq!(values("job_id"), ["job-1", "job-2", "job-5"], "the rows of the view, in its order");
    let raw = values("last_update_raw")[0];
    assert_eq!(
        (raw, values("last_update_utc")[0]),
        ("2026-11-22T18:00:00.000000Z", "2026-11-22T09:00:00Z"),
        "corrected"
    );
    window.press(Key::Escape).await;
    window.expect_gone("export-dialog").await;
    window.fill("jobs-filter", "").await;
}

async fn switch_job_stop(window: &Window<'_>, platform: &Practice, look: Look) {
    expect_banner(window, "none").await;
    window.expect_attribute("mode-job-stop", "aria-checked", "false").await;
    window.click("mode-job-stop").await;
    window.element("confirm").await;
    window.expect_attribute("mode-job-stop", "aria-checked", "false").await;
    window.picture(&look.picture("confirm-job-stop")).await;
    window.click("confirm").await;
    window.expect_attribute("mode-job-stop", "aria-checked", "true").await;
    assert!(platform.control().mode(Mode::JobStop), "the platform has it too");
    expect_banner(window, "job_stop").await;
    window.picture(&look.picture("job-stop")).await;
    window.click("mode-job-stop").await;
    window.click("confirm").await;
    window.expect_attribute("mode-job-stop", "aria-checked", "false").await;
    expect_banner(window, "none").await;
}

async fn expect_banner(window: &Window<'_>, banner: &str) {
    for language in ["ja", "en"] {
        let cell = "[data-testid=banner-preview] [data-site=ita]";
        window.find(By::Css(format!("{cell}[data-language={language}][data-banner={banner}]"))).await;
    }
}

async fn meet_a_broken_workspace(window: &Window<'_>, platform: &Practice, look: Look) {
    platform.control().set_workspace_fault("sales", "prod-batch", Some(WorkspaceFault::BrokenTable));
    window.click("refresh").await;
    expect_count(window, "unknown", "").await;
    assert_eq!(column(window, "job_id").await.len(), 7, "a failed refresh never empties the table");
    window.picture(&look.picture("unknown")).await;
    platform.control().set_workspace_fault("sales", "prod-batch", None);
    window.click("refresh").await;
    expect_count(window, "known", "6").await;
}
