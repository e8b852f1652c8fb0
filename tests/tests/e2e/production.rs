//! 本番: nothing switches behind a closed lock, and dangerous steps want the name.

use acceptance::desktop::Desktop;
use acceptance::journey::{connect, first_start, looks, prefer, still_platform, Form, Look, CONNECTION_NAME};
use acceptance::wait::{until_true, LIMIT};
use ita_practice::{Mode, PRACTICE_PASSWORD};
use thirtyfour::By;

#[tokio::test]
async fn read_only_while_jobs_run_wants_the_open_lock_and_the_name() {
    for look in looks() {
        read_only(look).await;
    }
}

async fn read_only(look: Look) {
    let desktop = Desktop::complete();
    prefer(&desktop, look);
    let platform = still_platform().await;
    let window = first_start(&desktop).await;
    connect(&window, Form { address: &platform.url(), environment: "production", password: PRACTICE_PASSWORD }).await;

    let colours = "
        const style = (id) => getComputedStyle(document.querySelector(`[data-testid=${id}]`));
        return style('connection-bar').borderTopColor === style('environment').color;";
    assert_eq!(window.evaluate(colours).await, true, "the bar has the colour of its environment");
    window.click("mode-read-only").await;
    assert!(!window.element("confirm").await.is_enabled().await.expect("a button"), "the lock is closed");
    window.click("confirm-open-lock").await;
    window.fill("confirm-name", "別の環境").await;
    assert!(!window.element("confirm").await.is_enabled().await.expect("a button"), "the name of another platform");
    window.fill("confirm-name", CONNECTION_NAME).await;
    window.picture(&look.picture("confirm-danger")).await;
    let patches = || platform.control().requests().into_iter().filter(|request| request.method == "PATCH").count();
    assert_eq!(patches(), 0, "nothing is sent before the confirmation");
    window.click("confirm").await;
    window.expect_attribute("mode-read-only", "aria-checked", "true").await;
    assert!(platform.control().mode(Mode::ReadOnly));
    assert_eq!(patches(), 1, "one PATCH with one key");
    window.find(By::Css("[data-testid=banner-preview] [data-site=platform][data-banner=read_only]")).await;
    window.picture(&look.picture("read-only")).await;

    platform.control().set_mode(Mode::ReadOnly, false);
    window.click("refresh").await;
    let what = "a flip that was not made here is said aloud";
    until_true(what, LIMIT, async || window.shows("notice-suspect").await).await;
    window.picture(&look.picture("changed-elsewhere")).await;
    window.close().await;
}
