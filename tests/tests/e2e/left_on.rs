//! A mode that was left on in a connection that nobody has open, in the real window.

use acceptance::desktop::Desktop;
use acceptance::journey::{
    connect, expect_practice, first_start, looks, prefer, still_platform, Form, Look, CONNECTION_NAME,
};
use acceptance::wait::{until_true, LIMIT};
use ita_practice::{Mode, PRACTICE_PASSWORD};
use thirtyfour::Key;

#[tokio::test]
async fn what_was_left_on_is_said_beside_another_connection_until_it_is_opened_or_dismissed() {
    for look in looks() {
        left_on(look).await;
    }
}

async fn left_on(look: Look) {
    let desktop = Desktop::complete();
    prefer(&desktop, look);
    let platform = still_platform().await;
    let window = first_start(&desktop).await;
    connect(&window, Form { address: &platform.url(), environment: "staging", password: PRACTICE_PASSWORD }).await;
    platform.control().set_mode(Mode::ReadOnly, true);
    window.click("refresh").await;
    window.expect_attribute("mode-read-only", "aria-checked", "true").await;
    assert!(!window.shows("left-on").await, "the open connection speaks for itself");

    let practise = async || {
        window.click("connection-menu").await;
        window.click("menu-practice").await;
        window.click("practice-start").await;
        window.expect_gone("practice-dialog").await;
        expect_practice(&window).await;
    };
    practise().await;
    window.expect_text("left-on", CONNECTION_NAME).await;
    window.picture(&look.picture("left-on")).await;
    window.click("settings").await;
    window.element("left-on-guard").await;
    window.picture(&look.picture("settings-watching")).await;
    window.press(Key::Escape).await;
    window.expect_gone("settings-dialog").await;

    window.click("left-on-connect").await;
    window.expect_gone("practice-frame").await;
    window.expect_attribute("mode-read-only", "aria-checked", "true").await;
    assert!(!window.shows("left-on").await);
    practise().await;
    let dismiss = window.element("left-on").await.find_all(thirtyfour::By::Css("button")).await.expect("buttons");
    dismiss.last().expect("the last one dismisses").click().await.expect("clicked");
    window.expect_gone("left-on").await;
    let memory = desktop.home().join("data/io.github.ita-maintenance.desktop/left-on.json");
    let is_dismissed = || std::fs::read_to_string(&memory).is_ok_and(|text| text.contains(r#""is_dismissed":true"#));
    until_true("the dismissal on the disk", LIMIT, async || is_dismissed()).await;
    window.close().await;
}
