//! The program is killed in the middle of a night: whatever the phase, the next start finds it, reads everything again and
//! sends nothing by itself.

use acceptance::desktop::Desktop;
use acceptance::frame;
use acceptance::journey::{connect, first_start, prefer, still_platform, Form, JA_LIGHT};
use acceptance::wait::{until, until_true, LIMIT};
use acceptance::window::Window;
use ita_practice::{Practice, PRACTICE_PASSWORD};

/// The class of its windows.
const PROGRAM: &str = "ita-maintenance";

#[tokio::test]
async fn a_program_that_is_killed_in_any_phase_finds_the_night_again_and_sends_nothing_by_itself() {
    let desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let platform = still_platform().await;
    let mut window = first_start(&desktop).await;
    connect(&window, Form { address: &platform.url(), environment: "staging", password: PRACTICE_PASSWORD }).await;

    window.click("procedure-start").await;
    window.click("start-go-on").await;
    window.click("confirm").await;
    expect_phase(&window, "draining").await;
    window = kill_and_return(&desktop, window, &platform, "draining").await;
    window.expect_attribute("procedure-automation", "data-state", "stopped").await;

    platform.control().script_jobs([]);
    refresh_until(&window, "point_of_no_return").await;
    window = kill_and_return(&desktop, window, &platform, "point_of_no_return").await;
    window.click("procedure-read-only").await;
    confirm_until(&window, "quiet_gate").await;
    window = kill_and_return(&desktop, window, &platform, "quiet_gate").await;
    window.click("services-restarted").await;
    window.click("procedure-begin-work").await;
    confirm_until(&window, "work").await;
    window = kill_and_return(&desktop, window, &platform, "work").await;
    window.click("procedure-end-work").await;
    confirm_until(&window, "checking").await;
    window = kill_and_return(&desktop, window, &platform, "checking").await;
    window.evaluate("document.querySelectorAll('[data-testid^=check-]').forEach((box) => box.click());").await;
    window.click("procedure-start-jobs").await;
    confirm_until(&window, "watching").await;
    window = kill_and_return(&desktop, window, &platform, "watching").await;
    window.click("procedure-stop-watch").await;
    confirm_until(&window, "finished").await;
    assert_eq!(writes(&platform), 4, "each mode once on and once off");
    window.close().await;
}

/// What the next start finds is the phase; what it sends is nothing.
async fn kill_and_return<'d>(desktop: &'d Desktop, window: Window<'d>, platform: &Practice, phase: &str) -> Window<'d> {
    let written = writes(platform);
    let ids = frame::processes(desktop, PROGRAM);
    let killed = desktop.command("kill").arg("-9").args(&ids).status();
    assert!(killed.is_ok_and(|status| status.success()), "{ids:?}");
    until("it is gone", LIMIT, || frame::windows(desktop, PROGRAM).is_empty());
    drop(window);
    let window = Window::open(desktop).await;
    expect_phase(&window, phase).await;
    window.expect_attribute("running-count", "data-state", "known").await;
    // Everything was read again; an automation would have had what it needs.
    refresh_until(&window, phase).await;
    assert_eq!(writes(platform), written, "nothing was sent after {phase}");
    window
}

fn writes(platform: &Practice) -> usize {
    platform.control().requests().iter().filter(|request| request.method == "PATCH").count()
}

async fn refresh_until(window: &Window<'_>, phase: &str) {
    until_true(&format!("polls lead to {phase}"), LIMIT, async || {
        window.click("refresh").await;
        shown(window).await == phase
    })
    .await;
}

async fn confirm_until(window: &Window<'_>, phase: &str) {
    until_true(&format!("it leads to {phase}"), LIMIT, async || {
        if window.shows("procedure-act").await {
            if window.shows("confirm-name").await {
                window.fill("confirm-name", acceptance::journey::CONNECTION_NAME).await;
            }
            window.click("confirm").await;
            window.expect_gone("procedure-act").await;
        }
        shown(window).await == phase
    })
    .await;
}

async fn expect_phase(window: &Window<'_>, phase: &str) {
    until_true(&format!("the phase is {phase}"), LIMIT, async || shown(window).await == phase).await;
}

async fn shown(window: &Window<'_>) -> String {
    window.attribute("procedure", "data-phase").await.unwrap_or_default()
}
