//! Our own page within its walls: it breaks no rule, survives a reload, and lets no password out of its field.

use acceptance::desktop::Desktop;
use acceptance::journey::{
    connect, expect_count, fill_form, first_start, prefer, still_platform, Form, EN_DARK, JA_LIGHT,
};
use acceptance::wait::{until_true, LIMIT};
use acceptance::window::Window;
use ita_practice::{Part, PRACTICE_PASSWORD};
use thirtyfour::prelude::*;

/// Listens from the first look on. What was refused while the page was loaded is seen by what it lacks: a style element that
/// the policy refuses has no sheet.
const VIOLATIONS: &str = "
    if (!window.violations) {
        window.violations = [];
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
            window.violations.push([effectiveDirective, blockedURI, sample].join(' ')));
    }
    const refused = [...document.querySelectorAll('style')].filter((style) => style.sheet === null);
    return [...window.violations, ...refused.map((style) => style.outerHTML)];";

async fn violations(window: &Window<'_>) -> Vec<String> {
    serde_json::from_value(window.evaluate(VIOLATIONS).await).expect("a list of texts")
}

#[tokio::test]
async fn our_own_page_breaks_no_rule_of_its_policy_in_any_state() {
    let desktop = Desktop::complete();
    prefer(&desktop, EN_DARK);
    let platform = still_platform().await;
    let window = Window::open(&desktop).await;
    let expect_none = async |state: &str| assert_eq!(violations(&window).await, [""; 0], "{state}");
    expect_none("loaded").await;
    window.click("connect").await;
    window.element("connection-form").await;
    expect_none("the form").await;
    connect(&window, Form { address: &platform.url(), environment: "production", password: PRACTICE_PASSWORD }).await;
    expect_none("connected").await;
    window.click("lock").await;
    window.click("mode-job-stop").await;
    window.element("confirm").await;
    expect_none("a confirmation").await;
    window.press(Key::Escape).await;
    window.expect_gone("confirm").await;
    window.click("export-csv").await;
    window.element("export-dialog").await;
    expect_none("the export").await;
    window.press(Key::Escape).await;
    window.expect_gone("export-dialog").await;
    window.click("settings").await;
    window.element("settings-dialog").await;
    let log = window.text("log-file").await;
    assert!(std::path::Path::new(&log).is_file(), "the settings name the log: {log}");
    expect_none("the settings").await;
    window.press(Key::Escape).await;
    window.expect_gone("settings-dialog").await;
    window.click("connection-menu").await;
    expect_none("the menu").await;
    window.press(Key::Escape).await;
    platform.control().set_down(Part::WebServer, true);
    window.click("refresh").await;
    window.expect_attribute("running-count", "data-state", "stale").await;
    expect_none("an outage").await;

    // The same look sees one that is broken on purpose.
    window
        .evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: '0' }))")
        .await;
    until_true("a violation is seen", LIMIT, async || !violations(&window).await.is_empty()).await;
    window.close().await;
}

#[tokio::test]
async fn a_page_that_is_loaded_again_finds_everything_as_it_was_and_nobody_logs_in() {
    let desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let platform = still_platform().await;
    let window = first_start(&desktop).await;
    connect(&window, Form { address: &platform.url(), environment: "production", password: PRACTICE_PASSWORD }).await;
    window.click("lock").await;
    window.expect_attribute("lock", "aria-pressed", "true").await;
    let logins = platform.control().password_logins();
    for _ in 0..3 {
        window.evaluate("document.title = 'of before'; location.reload()").await;
        until_true("the page is a new one", LIMIT, async || {
            let answer = window.web().execute("return document.title", Vec::new()).await;
            answer.is_ok_and(|title| title.json() != "of before")
        })
        .await;
        expect_count(&window, "known", "6").await;
    }
    window.expect_attribute("lock", "aria-pressed", "true").await;
    assert_eq!(platform.control().password_logins(), logins, "the session lives in Rust, not in the page");
    let polls = platform.control().request_count();
    until_true("polling goes on", LIMIT, async || platform.control().request_count() > polls).await;
    platform.control().script_jobs([]);
    window.click("refresh").await;
    expect_count(&window, "known", "0").await;
    assert_eq!(platform.control().password_logins(), logins);
    window.close().await;
}

#[tokio::test]
async fn a_password_cannot_be_copied_out_of_its_field_and_no_row_holds_it() {
    let desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let platform = still_platform().await;
    let window = first_start(&desktop).await;
    fill_form(&window, Form { address: &platform.url(), environment: "staging", password: PRACTICE_PASSWORD }).await;
    // A text that may be copied is on the clipboard first.
    copy_all(&window, "connection-user").await;
    for is_shown in [false, true] {
        if is_shown {
            window.find(By::Css(".password-box button")).await.click().await.expect("a button can be clicked");
            window.expect_attribute("connection-password", "type", "text").await;
        }
        copy_all(&window, "connection-password").await;
        paste_over(&window, "connection-name").await;
        let value = window.element("connection-name").await.value().await.expect("a field has a value");
        assert_eq!(value.as_deref(), Some("admin"), "shown: {is_shown}");
    }
    window.click("connection-save").await;
    window.expect_gone("connection-form").await;
    expect_count(&window, "known", "6").await;
    let page = window.evaluate("return document.documentElement.outerHTML").await;
    assert!(!page.as_str().expect("text").contains(PRACTICE_PASSWORD), "nothing on the page holds it any more");
    window.close().await;
}

async fn copy_all(window: &Window<'_>, field: &str) {
    let field = window.element(field).await;
    field.send_keys(Key::Control + "a").await.expect("the field takes keys");
    field.send_keys(Key::Control + "c").await.expect("the field takes keys");
}

async fn paste_over(window: &Window<'_>, field: &str) {
    let field = window.element(field).await;
    field.send_keys(Key::Control + "a").await.expect("the field takes keys");
    field.send_keys(Key::Control + "v").await.expect("the field takes keys");
}
