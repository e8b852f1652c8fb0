//! The steps of an administrator in the real window, by the automation ids of the product.

use std::path::{Path, PathBuf};

use ita_practice::{Options, Practice, ScriptedJob};
use serde_json::json;
use thirtyfour::prelude::*;

use crate::desktop::Desktop;
use crate::wait::{until_true, LIMIT};
use crate::window::{takes_pictures, Window};

/// Folder of the product below the user's configuration.
const CONFIG: &str = "config/io.github.ita-maintenance.desktop";

/// How a window looks.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// `ja` or `en`.
    pub language: &'static str,
    /// `light` or `dark`.
    pub theme: &'static str,
}

/// Japanese by day.
pub const JA_LIGHT: Look = Look { language: "ja", theme: "light" };
/// English by night.
pub const EN_DARK: Look = Look { language: "en", theme: "dark" };

/// Every look while pictures are taken; otherwise two, which have both languages and both themes between them.
pub fn looks() -> Vec<Look> {
    let mut looks = vec![JA_LIGHT, EN_DARK];
    if takes_pictures() {
        looks.extend([Look { theme: "dark", ..JA_LIGHT }, Look { theme: "light", ..EN_DARK }]);
    }
    looks
}

impl Look {
    /// The name of a picture of `what`.
    pub fn picture(&self, what: &str) -> String {
        format!("{what}-{}-{}", self.language, self.theme)
    }
}

/// Writes the window's preferences before its start, as an earlier start would have left them.
pub fn prefer(desktop: &Desktop, Look { language, theme }: Look) {
    let folder = desktop.home().join(CONFIG);
    std::fs::create_dir_all(&folder).expect("a folder in a new home");
    let exports = export_folder(desktop);
    std::fs::create_dir_all(&exports).expect("a folder in a new home");
    let preferences = json!({ "preferences": { "language": language, "theme": theme, "export_folder": exports } });
    std::fs::write(folder.join("preferences.json"), preferences.to_string()).expect("a file in a new home");
}

/// Where exports go.
pub fn export_folder(desktop: &Desktop) -> PathBuf {
    desktop.home().join("exports")
}

/// The product's configuration folder.
pub fn config_folder(desktop: &Desktop) -> PathBuf {
    desktop.home().join(CONFIG)
}

/// A platform with a known handful of jobs over every kind of backyard, in which nothing moves by itself.
pub async fn still_platform() -> Practice {
    let platform = Practice::start(Options { jobs: Some(0), ..Options::default() }).await.expect("a platform");
    platform.control().script_jobs(still_jobs());
    platform
}

/// Its jobs.
pub fn still_jobs() -> Vec<ScriptedJob> {
    let job = |organization, workspace, container, id, status, label| {
        ScriptedJob::new(organization, workspace, container, id, status).label(label)
    };
    vec![
        job("sales", "prod-batch", "ita-by-ansible-execute", "job-10", "4", "2026-11-22T19:29:18.000000Z"),
        job("sales", "prod-batch", "ita-by-conductor-synchronize", "job-9", "5", "2026-11-22T19:40:02.000000Z"),
        job("infra", "network", "ita-by-terraform-cloud-ep-execute", "job-3", "3", "2026-11-22T20:02:44.000000Z"),
        job("infra", "network", "ita-by-terraform-cli-execute", "job-4", "2", "2026-11-22T20:03:44.000000Z"),
        job("hr", "payroll", "ita-by-menu-create", "job-2", "2", "2026-11-22T20:09:51.000000Z"),
        job("hr", "payroll", "ita-by-menu-export-import", "job-5", "2", "2026-11-22T20:10:51.000000Z"),
        job("hr", "payroll", "ita-by-excel-export-import", "job-1", "2", "2026-11-22T18:00:00.000000Z"),
    ]
}

/// What is typed into the connection form.
#[derive(Debug, Clone, Copy)]
pub struct Form<'a> {
    /// As pasted.
    pub address: &'a str,
    /// `development`, `staging` or `production`.
    pub environment: &'a str,
    /// Of the user `admin`.
    pub password: &'a str,
}

/// The name that [`fill_form`] gives.
pub const CONNECTION_NAME: &str = "基幹ITA（東京）";

/// Starts the program and opens the form by the second of the two buttons that greet a new user.
pub async fn first_start(desktop: &Desktop) -> Window<'_> {
    let window = Window::open(desktop).await;
    window.element("welcome").await;
    expect_practice(&window).await;
    window.click("connect").await;
    window.element("connection-form").await;
    window
}

/// Waits until the practice platform is on the screen, in its frame.
pub async fn expect_practice(window: &Window<'_>) {
    window.element("practice-frame").await;
    window.expect_attribute("running-count", "data-state", "known").await;
}

/// Fills the open connection form. The platform runs in Tokyo and says so nowhere: its zone is given.
pub async fn fill_form(window: &Window<'_>, form: Form<'_>) {
    window.fill("connection-name", CONNECTION_NAME).await;
    window.fill("connection-address", form.address).await;
    window.click(&format!("connection-environment-{}", form.environment)).await;
    window.fill("connection-user", "admin").await;
    window.fill("connection-password", form.password).await;
    window.click("connection-advanced").await;
    window.fill("connection-zone", "Asia/Tokyo").await;
    window.click("connection-advanced").await;
}

/// Adds a connection by the form and waits for its first reads.
pub async fn connect(window: &Window<'_>, form: Form<'_>) {
    fill_form(window, form).await;
    window.click("connection-save").await;
    window.expect_gone("connection-form").await;
    expect_count(window, "known", "6").await;
}

/// Clicks a step of the procedure, agrees where the window asks, and waits for the phase that it leads to.
pub async fn act(window: &Window<'_>, button: &str, leads_to: &str) {
    // While another act is on its way a button keeps its place and does nothing.
    until_true(&format!("{button} is free"), LIMIT, async || window.attribute(button, "aria-busy").await.is_none())
        .await;
    window.click(button).await;
    until_true(&format!("{button} leads to {leads_to}"), LIMIT, async || {
        if window.shows("procedure-act").await {
            window.click("confirm").await;
            window.expect_gone("procedure-act").await;
        }
        phase(window).await == leads_to
    })
    .await;
}

/// Polls until the procedure has come to a phase by itself.
pub async fn poll_to(window: &Window<'_>, expected: &str) {
    until_true(&format!("polls lead to {expected}"), LIMIT, async || {
        window.click("refresh").await;
        phase(window).await == expected
    })
    .await;
}

/// Waits for a phase of the procedure.
pub async fn expect_phase(window: &Window<'_>, expected: &str) {
    until_true(&format!("the phase is {expected}"), LIMIT, async || phase(window).await == expected).await;
}

/// The phase of the procedure that the window shows; empty: none.
pub async fn phase(window: &Window<'_>) -> String {
    window.attribute("procedure", "data-phase").await.unwrap_or_default()
}

/// Says that the services were restarted, waits until every condition of the gate is met, and begins the work.
pub async fn begin_work(window: &Window<'_>) {
    window.click("services-restarted").await;
    let unmet =
        "return document.querySelectorAll('[data-testid=procedure] [data-condition]:not([data-state=met])').length;";
    until_true("the gate is quiet", LIMIT, async || window.evaluate(unmet).await == 0).await;
    act(window, "procedure-begin-work", "work").await;
}

/// How many changes the platform has heard of.
pub fn changes(platform: &Practice) -> usize {
    platform.control().requests().iter().filter(|request| request.method == "PATCH").count()
}

/// Ticks the check list before jobs start again.
pub async fn tick_checks(window: &Window<'_>) {
    for check in ["check-work", "check-services", "check-users"] {
        window.click(check).await;
    }
}

/// Waits until the count is shown as `state` with `value`.
pub async fn expect_count(window: &Window<'_>, state: &str, value: &str) {
    window.expect_attribute("running-count", "data-state", state).await;
    window.expect_attribute("running-count", "data-value", value).await;
}

/// The texts of one column, top to bottom.
pub async fn column(window: &Window<'_>, key: &str) -> Vec<String> {
    let script = format!(
        "return [...document.querySelectorAll('[data-testid=jobs-grid] [role=gridcell][data-column={key}]')]
            .map((cell) => cell.textContent.trim());"
    );
    let texts = window.evaluate(&script).await;
    texts.as_array().expect("a list").iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
}

/// Waits until one column reads as expected.
pub async fn expect_column(window: &Window<'_>, key: &str, expected: &[&str]) {
    let what = format!("{key} reads {expected:?}");
    until_true(&what, LIMIT, async || column(window, key).await == expected).await;
}

/// Clicks the header of a column and waits for its direction: `ascending`, `descending` or `none`.
pub async fn sort_by(window: &Window<'_>, key: &str, direction: &str) {
    let header = By::Css(format!("[data-testid=jobs-grid] [role=columnheader][data-column={key}]"));
    window.find(header.clone()).await.click().await.expect("a header can be clicked");
    let what = format!("{key} sorts {direction}");
    until_true(&what, LIMIT, async || {
        let found = window.find(header.clone()).await.attr("aria-sort").await;
        found.ok().flatten().unwrap_or_else(|| "none".to_owned()) == direction
    })
    .await;
}

/// Begins an export and stops it as soon as that can be done.
const STOP_AT_ONCE: &str = "
    const find = (id) => document.querySelector(`[data-testid=${id}]`);
    new MutationObserver((_, observer) => {
        if (!find('export-cancel')) return;
        observer.disconnect();
        find('export-cancel').click();
    }).observe(document.body, { childList: true, subtree: true });
    find('export-run').click();";

/// Begins the export of the open dialog and stops it at once. The page does so by itself: the way there and back through
/// the driver can take longer than the export.
pub async fn export_and_stop(window: &Window<'_>) {
    window.evaluate(STOP_AT_ONCE).await;
    window.element("export-cancelled").await;
}

/// The one file in a folder.
pub fn only_file(folder: &Path) -> PathBuf {
    let files: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    assert_eq!(files.len(), 1, "one file in {}: {files:?}", folder.display());
    files[0].clone()
}

/// The evidence of a whole night by one click into the fixed folder: the pack has everything.
pub async fn packed(window: &Window<'_>, desktop: &Desktop, look: Look) -> PathBuf {
    window.click("procedure-evidence").await;
    window.element("procedure-evidence-result").await;
    let pack = only_file(&export_folder(desktop));
    let files = std::fs::read_dir(&pack).expect("a pack").map(|file| file.expect("a file").file_name());
    let mut names: Vec<_> = files.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    let lists = ["jobs-at-reopen.csv", "jobs-at-stop.csv", "jobs-at-zero.csv"];
    let report = format!("report.{}.html", look.language);
    assert_eq!(names, [&["SHA256SUMS"], &lists[..], &[report.as_str(), "timeline.csv"]].concat());
    pack
}
