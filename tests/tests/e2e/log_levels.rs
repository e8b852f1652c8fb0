//! The second page: the levels of the services, changed and read back, and held while read-only mode is on.

use acceptance::desktop::{Desktop, Screen};
use acceptance::journey::{
    column, connect, first_start, looks, prefer, still_platform, Form, Look, CONNECTION_NAME, EN_DARK,
};
use acceptance::wait::{until_true, LIMIT};
use acceptance::window::Window;
use ita_practice::{Mode, Part, Practice, PRACTICE_PASSWORD};

const ANSIBLE: &str = "log-level-ita-by-ansible-execute";
const COLLECTOR: &str = "log-level-ita-by-collector";

#[tokio::test]
async fn two_levels_are_changed_read_back_and_held_while_read_only_mode_is_on() {
    for look in looks() {
        two_levels(look).await;
    }
}

/// Bodies of the changes that the platform saw.
fn patches(platform: &Practice) -> Vec<String> {
    let requests = platform.control().requests().into_iter();
    requests.filter(|request| request.method == "PATCH").map(|request| request.body.unwrap_or_default()).collect()
}

async fn expect_level(window: &Window<'_>, level: &str) {
    let script = format!("return document.querySelector('[data-testid={level}] input')?.checked === true;");
    until_true(&format!("{level} is chosen"), LIMIT, async || window.evaluate(&script).await == true).await;
}

async fn two_levels(look: Look) {
    let desktop = Desktop::complete();
    prefer(&desktop, look);
    let platform = still_platform().await;
    platform.control().set_log_level("ita-by-hostgroup-split", Some("TRACE"));
    let window = first_start(&desktop).await;
    connect(&window, Form { address: &platform.url(), environment: "production", password: PRACTICE_PASSWORD }).await;
    window.click("page-log-levels").await;
    window.expect_attribute("log-levels", "data-state", "known").await;
    expect_level(&window, &format!("{ANSIBLE}-info")).await;
    window.picture(&look.picture("log-levels")).await;

    window.click(&format!("{ANSIBLE}-debug")).await;
    window.click(&format!("{COLLECTOR}-debug")).await;
    window.expect_attribute("log-levels-count", "data-value", "2").await;
    window.click("page-maintenance").await;
    window.expect_gone("log-levels").await;
    window.expect_text("page-log-levels", "2").await;
    until_true("the rows are where they were", LIMIT, async || column(&window, "job_id").await.len() == 7).await;
    window.click("page-log-levels").await;
    window.expect_attribute("log-levels", "data-state", "known").await;
    window.expect_attribute("log-levels-count", "data-value", "2").await;
    window.picture(&look.picture("log-levels-chosen")).await;
    window.click("log-levels-apply").await;
    window.expect_text("log-levels-confirm", CONNECTION_NAME).await;
    window.click("confirm-open-lock").await;
    window.picture(&look.picture("log-levels-confirm")).await;
    assert!(patches(&platform).is_empty(), "nothing is sent before it is agreed to");
    window.click("confirm").await;
    window.element("log-levels-outcome").await;
    window.expect_attribute("log-levels-count", "data-value", "0").await;
    window.picture(&look.picture("log-levels-done")).await;
    assert_eq!(patches(&platform), [r#"{"ita-by-ansible-execute":"DEBUG","ita-by-collector":"DEBUG"}"#]);
    assert_eq!(platform.control().log_level("ita-by-collector").as_deref(), Some("DEBUG"));
    window.expect_text("journal", "ita-by-collector INFO → DEBUG").await;

    platform.control().set_log_level("ita-by-collector", Some("TRACE"));
    window.click(&format!("{COLLECTOR}-info")).await;
    window.click("log-levels-apply").await;
    window.click("confirm").await;
    window.expect_text("log-levels-outcome", "TRACE").await;
    window.picture(&look.picture("log-levels-elsewhere")).await;
    assert_eq!(patches(&platform).len(), 1, "what somebody else has set is not overwritten");
    window.click("log-levels-discard").await;
    lose_the_read_back(&window, &platform, look).await;
    window.close().await;

    let window = Window::open(&desktop).await;
    window.click("page-log-levels").await;
    expect_level(&window, &format!("{ANSIBLE}-debug")).await;
    platform.control().set_mode(Mode::ReadOnly, true);
    window.click("refresh").await;
    window.element("log-levels-read-only").await;
    let held =
        format!("return document.querySelector('[data-testid={ANSIBLE}-info] input').getAttribute('aria-disabled');");
    assert_eq!(window.evaluate(&held).await, "true", "held while read-only mode is on");
    window.expect_attribute("log-levels-apply", "aria-disabled", "true").await;
    window.picture(&look.picture("log-levels-read-only")).await;
    assert_eq!(patches(&platform).len(), 2);
    window.close().await;
}

/// A change that the platform accepts, after which it cannot be read: nobody knows, and nothing is sent again.
async fn lose_the_read_back(window: &Window<'_>, platform: &Practice, look: Look) {
    platform.control().set_changes_held(true);
    window.click("log-level-ita-by-file-autoclean-debug").await;
    window.click("log-levels-apply").await;
    window.click("confirm").await;
    until_true("it is on its way", LIMIT, async || patches(platform).len() == 2).await;
    platform.control().set_down(Part::ItaApi, true);
    platform.control().set_changes_held(false);
    window.expect_text("log-levels-outcome", "ita-by-file-autoclean").await;
    window.element("log-levels-stale").await;
    window.picture(&look.picture("log-levels-unknown")).await;
    platform.control().set_down(Part::ItaApi, false);
    window.click("log-levels-refresh").await;
    window.expect_attribute("log-levels", "data-state", "known").await;
    expect_level(window, "log-level-ita-by-file-autoclean-debug").await;
    window.expect_gone("log-levels-elsewhere").await;
}

#[tokio::test]
async fn levels_that_cannot_be_read_any_more_stay_in_sight_as_old_in_a_small_window() {
    let mut desktop = Desktop::new();
    desktop.start_bus();
    desktop.start_keyring();
    desktop.start_screen(Screen { width: 900, height: 640 });
    prefer(&desktop, EN_DARK);
    let platform = still_platform().await;
    let window = first_start(&desktop).await;
    connect(&window, Form { address: &platform.url(), environment: "development", password: PRACTICE_PASSWORD }).await;
    window.click("page-log-levels").await;
    window.expect_attribute("log-levels", "data-state", "known").await;
    window.click(&format!("{ANSIBLE}-debug")).await;
    window.picture(&EN_DARK.picture("log-levels-small")).await;
    window.click("log-levels-apply").await;
    window.element("log-levels-outcome").await;
    assert_eq!(patches(&platform), [r#"{"ita-by-ansible-execute":"DEBUG"}"#], "development asks for nothing");
    platform.control().set_down(Part::ItaApi, true);
    window.click("log-levels-refresh").await;
    window.element("log-levels-stale").await;
    window.element(ANSIBLE).await;
    window.picture(&EN_DARK.picture("log-levels-stale")).await;
    window.close().await;
}
