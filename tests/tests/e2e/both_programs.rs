//! The window and `itamctl` on one workstation: one procedure, driven by one of them at a time.

use std::process::Stdio;

use acceptance::desktop::Desktop;
use acceptance::journey::{
    changes, connect, expect_phase, first_start, poll_to, prefer, still_platform, Form, Look, CONNECTION_NAME, EN_DARK,
    JA_LIGHT,
};
use acceptance::process::Process;
use acceptance::program::itamctl;
use acceptance::wait::{until_true, LIMIT};
use acceptance::window::takes_pictures;
use ita_practice::PRACTICE_PASSWORD;
use tokio::process::Command;

#[tokio::test]
async fn what_itamctl_drives_is_seen_in_the_window_and_after_its_end_taken_over_there() {
    for look in if takes_pictures() { vec![JA_LIGHT, EN_DARK] } else { vec![JA_LIGHT] } {
        both(look).await;
    }
}

async fn both(look: Look) {
    let desktop = Desktop::complete();
    prefer(&desktop, look);
    let platform = still_platform().await;
    let window = first_start(&desktop).await;
    connect(&window, Form { address: &platform.url(), environment: "staging", password: PRACTICE_PASSWORD }).await;

    let mut drain = command(&desktop, "drain").stderr(Stdio::null()).stdout(Stdio::null()).spawn().expect("itamctl");
    window.expect_attribute("procedure-elsewhere", "data-phase", "draining").await;
    window.expect_gone("procedure-start").await;
    window.click("refresh").await;
    window.expect_attribute("mode-job-stop", "aria-checked", "true").await;
    window.picture(&look.picture("procedure-elsewhere")).await;
    window.click("procedure-take-over").await;
    // It is being driven.
    window.element("failure").await;

    platform.control().script_jobs([]);
    until_true("three zeros", 2 * LIMIT, async || drain.try_wait().expect("a child").is_some()).await;
    window.expect_attribute("procedure-elsewhere", "data-phase", "point_of_no_return").await;
    window.click("procedure-take-over").await;
    poll_to(&window, "point_of_no_return").await;

    let refused = command(&desktop, "reopen").output().await.expect("itamctl");
    assert_eq!(refused.status.code(), Some(1), "{}", String::from_utf8_lossy(&refused.stderr));
    expect_phase(&window, "point_of_no_return").await;
    assert_eq!(changes(&platform), 1, "job stop, by itamctl");
    window.close().await;
    let has_ended = async || Process::on(&desktop, "ita-maintenance").is_empty();
    until_true("the window has let go of it", LIMIT, has_ended).await;
    let opened = command(&desktop, "reopen").output().await.expect("itamctl");
    assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
    assert_eq!(changes(&platform), 3);
}

fn command(desktop: &Desktop, what: &str) -> Command {
    let mut command = Command::from(desktop.command(itamctl()));
    command.args(["--connection", CONNECTION_NAME, what]);
    command.kill_on_drop(true);
    command
}
