//! What the real window says on a real session bus: through a notification service once, and without one not at all.

use acceptance::desktop::Desktop;
use acceptance::journey::{connect, first_start, prefer, still_platform, Form, CONNECTION_NAME, JA_LIGHT};
use acceptance::notifications::NotificationService;
use acceptance::wait::{until_true, LIMIT};
use acceptance::window::Window;
use ita_practice::{Mode, Practice, PRACTICE_PASSWORD};

async fn connected<'d>(desktop: &'d Desktop, platform: &Practice) -> Window<'d> {
    let window = first_start(desktop).await;
    connect(&window, Form { address: &platform.url(), environment: "staging", password: PRACTICE_PASSWORD }).await;
    window
}

/// A colleague switches, and the window says so.
async fn colleague_switches(window: &Window<'_>, platform: &Practice) {
    platform.control().set_mode(Mode::ReadOnly, true);
    window.click("refresh").await;
    window.element("notice-changed").await;
}

/// Lets the platform be read once more.
async fn read_again(window: &Window<'_>, platform: &Practice) {
    let before = platform.control().request_count();
    window.click("refresh").await;
    until_true("another read", LIMIT, async || platform.control().request_count() >= before + 2).await;
}

#[tokio::test]
async fn a_window_that_is_not_in_front_says_its_news_on_the_desktop_once() {
    let desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let service = NotificationService::start(&desktop).await;
    let platform = still_platform().await;
    let window = connected(&desktop, &platform).await;
    desktop.leave_windows();
    colleague_switches(&window, &platform).await;
    until_true("the notification", LIMIT, async || !service.shown().is_empty()).await;
    for _ in 0..3 {
        read_again(&window, &platform).await;
    }
    let said = [(CONNECTION_NAME.to_owned(), "読み取り専用モードが別の場所で ON にされました。".to_owned())];
    assert_eq!(service.shown(), said, "once, however often it is read");

    desktop.enter_window("基幹ITA");
    platform.control().set_mode(Mode::JobStop, true);
    window.click("refresh").await;
    window.expect_attribute("mode-job-stop", "aria-checked", "true").await;
    read_again(&window, &platform).await;
    assert_eq!(service.shown(), said, "whoever works in the window sees what it says");
    window.close().await;
}

#[tokio::test]
async fn without_a_notification_service_the_window_alone_says_it_and_lives() {
    let desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let platform = still_platform().await;
    let window = connected(&desktop, &platform).await;
    desktop.leave_windows();
    colleague_switches(&window, &platform).await;
    read_again(&window, &platform).await;
    assert!(!window.shows("failure").await, "nobody is bothered with it");

    // One that comes later hears what happens from then on.
    let service = NotificationService::start(&desktop).await;
    platform.control().set_mode(Mode::JobStop, true);
    window.click("refresh").await;
    until_true("the notification", LIMIT, async || !service.shown().is_empty()).await;
    let said = (CONNECTION_NAME.to_owned(), "サーバーサイドジョブ停止が別の場所で ON にされました。".to_owned());
    assert_eq!(service.shown(), [said]);
    window.close().await;
}
