//! States that a window must be able to show, and look well in: first start, nothing running, out of reach, a small
//! window.

use acceptance::desktop::{Desktop, Screen};
use acceptance::journey::{
    connect, expect_count, expect_practice, first_start, looks, prefer, still_platform, Form, Look,
};
use acceptance::window::Window;
use ita_practice::{Part, PRACTICE_PASSWORD};
use thirtyfour::{By, Key};

#[tokio::test]
async fn the_first_start_greets_on_the_practice_platform_where_jobs_come_and_go() {
    for look in looks() {
        practise(look).await;
    }
}

async fn practise(look: Look) {
    let desktop = Desktop::complete();
    prefer(&desktop, look);
    let window = Window::open(&desktop).await;
    window.element("welcome").await;
    expect_practice(&window).await;
    window.picture(&look.picture("first-start")).await;
    window.click("practise").await;
    window.expect_gone("welcome").await;
    window.click("coach-leave").await;
    expect_practice(&window).await;
    // By a job that moved.
    window.expect_attribute("jobs-foot", "data-zone", "proven").await;
    window.picture(&look.picture("main")).await;
    window.click("settings").await;
    window.element("settings-dialog").await;
    window.picture(&look.picture("settings")).await;
    window.press(Key::Escape).await;
    window.expect_gone("settings-dialog").await;
    window.click("connection-menu").await;
    window.click("menu-practice").await;
    window.click("exercise-stuck-job").await;
    window.picture(&look.picture("practice-exercises")).await;
    window.click("practice-start").await;
    window.expect_gone("practice-dialog").await;
    expect_practice(&window).await;
    let exercise = if look.language == "ja" { "終わらないジョブ" } else { "A job that does not end" };
    window.expect_text("connection-bar", exercise).await;
    window.close().await;
}

#[tokio::test]
async fn nothing_running_is_a_zero_that_was_read_and_an_outage_is_not_a_zero() {
    for look in looks() {
        empty_and_out_of_reach(look).await;
    }
}

async fn empty_and_out_of_reach(look: Look) {
    let mut desktop = Desktop::new();
    desktop.start_bus();
    desktop.start_keyring();
    desktop.start_screen(Screen { width: 900, height: 640 });
    prefer(&desktop, look);
    let platform = still_platform().await;
    let window = first_start(&desktop).await;
    connect(&window, Form { address: &platform.url(), environment: "development", password: PRACTICE_PASSWORD }).await;
    window.picture(&look.picture("small")).await;
    platform.control().script_jobs([]);
    window.click("refresh").await;
    expect_count(&window, "known", "0").await;
    // Rows that left are shown for one poll.
    window.click("refresh").await;
    window.find(By::Css(".jobs [data-state=empty]")).await;
    window.picture(&look.picture("empty")).await;
    platform.control().set_down(Part::WebServer, true);
    window.click("refresh").await;
    window.expect_attribute("running-count", "data-state", "stale").await;
    window.picture(&look.picture("stale")).await;
    window.close().await;
}
