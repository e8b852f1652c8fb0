//! Where the way in is barred: a wrong password, no keyring.

use acceptance::desktop::{Desktop, Screen};
use acceptance::journey::{
    connect, expect_count, fill_form, first_start, looks, prefer, still_platform, Form, Look, JA_LIGHT,
};
use acceptance::window::Window;
use ita_practice::{Mode, Part, PRACTICE_PASSWORD};

#[tokio::test]
async fn a_wrong_password_makes_exactly_one_login_and_the_right_one_goes_on() {
    for look in looks() {
        wrong_password(look).await;
    }
}

async fn wrong_password(look: Look) {
    let desktop = Desktop::complete();
    prefer(&desktop, look);
    let platform = still_platform().await;
    let window = first_start(&desktop).await;
    fill_form(&window, Form { address: &platform.url(), environment: "production", password: "wrong" }).await;
    window.click("connection-save").await;
    window.element("sign-in-password").await;
    window.expect_attribute("running-count", "data-state", "unknown").await;
    window.picture(&look.picture("login-refused")).await;
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

#[tokio::test]
async fn a_platform_that_was_never_reached_is_unknown_with_its_reason_and_may_be_switched_off() {
    for look in looks() {
        never_reached(look).await;
    }
}

async fn never_reached(look: Look) {
    let desktop = Desktop::complete();
    prefer(&desktop, look);
    let platform = still_platform().await;
    platform.control().set_down(Part::WebServer, true);
    let window = first_start(&desktop).await;
    fill_form(&window, Form { address: &platform.url(), environment: "development", password: PRACTICE_PASSWORD })
        .await;
    window.click("connection-save").await;
    window.element("trouble").await;
    window.expect_attribute("mode-read-only", "aria-checked", "mixed").await;
    expect_count(&window, "unknown", "").await;
    window.picture(&look.picture("never-reached")).await;
    platform.control().set_mode(Mode::ReadOnly, true);
    platform.control().set_down(Part::WebServer, false);
    platform.control().set_down(Part::ItaApi, true);
    window.click("mode-read-only").await;
    window.click("choose-off").await;
    window.expect_attribute("mode-read-only", "aria-checked", "false").await;
    assert!(!platform.control().mode(Mode::ReadOnly), "nothing that is unknown keeps the platform shut");
    expect_count(&window, "unknown", "").await;
    window.close().await;
}

#[tokio::test]
async fn without_a_keyring_the_password_is_held_for_this_session_only() {
    let mut desktop = Desktop::new();
    desktop.start_bus();
    desktop.start_screen(Screen::default());
    prefer(&desktop, JA_LIGHT);
    let platform = still_platform().await;
    let window = first_start(&desktop).await;
    window.element("keyring-problem").await;
    window.picture("no-keyring-ja-light").await;
    window.click("connection-secret-place-session").await;
    connect(&window, Form { address: &platform.url(), environment: "staging", password: PRACTICE_PASSWORD }).await;
    window.close().await;

    let window = Window::open(&desktop).await;
    window.element("sign-in-password").await;
    assert_eq!(platform.control().password_logins(), 1, "there is nothing to log in with");
    window.close().await;
}
