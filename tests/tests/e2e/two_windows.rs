//! A second start while a window of the program is open, and the two starts that find no other: it is frozen, or there is no bus.

use std::process::{ExitStatus, Stdio};
use std::time::Instant;

use acceptance::desktop::{Desktop, Screen};
use acceptance::journey::{expect_practice, looks, prefer, JA_LIGHT};
use acceptance::process::Process;
use acceptance::program;
use acceptance::wait::{until_true, LIMIT};
use acceptance::window::Window;
use tokio::process::{Child, Command};

/// The file of the program under test.
const PROGRAM: &str = "ita-maintenance";

/// A program beside the window; it ends with the test.
fn beside(desktop: &Desktop, program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Child {
    let mut command = desktop.command(program);
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    Command::from(command).kill_on_drop(true).spawn().expect("the program starts")
}

/// The second start, to its end.
async fn start_again(desktop: &Desktop) -> ExitStatus {
    let mut second = beside(desktop, program::window(), &[]);
    tokio::time::timeout(LIMIT, second.wait()).await.expect("a second start ends").expect("it can be waited for")
}

/// The colour in the middle of the screen.
fn middle(desktop: &Desktop) -> String {
    let pixel = ["-window", "root", "-crop", "1x1+640+400", "-depth", "8", "txt:-"];
    let answer = desktop.command("import").args(pixel).output().expect("imagemagick is installed");
    String::from_utf8_lossy(&answer.stdout).into_owned()
}

#[tokio::test]
async fn a_second_start_brings_the_first_window_to_the_front_and_ends() {
    let desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let window = Window::open(&desktop).await;
    expect_practice(&window).await;
    let covering = beside(&desktop, "xlogo", &["-geometry", "1280x800+0+0", "-bg", "red", "-fg", "red"]);
    let is_covered = || middle(&desktop).contains("#FF0000");
    until_true("another program covers the window and has the focus", LIMIT, async || {
        let covering = desktop.xdotool(&["search", "--class", "xlogo"]);
        desktop.xdotool(&["windowfocus", &covering]);
        is_covered() && desktop.xdotool(&["getwindowfocus"]) == covering
    })
    .await;

    assert!(start_again(&desktop).await.success());
    let title = window.web().title().await.expect("a title");
    until_true("the window is in front and has the focus", LIMIT, async || {
        !is_covered() && desktop.xdotool(&["getwindowfocus", "getwindowname"]) == title
    })
    .await;
    assert_eq!(Process::on(&desktop, PROGRAM).len(), 1, "one program is left");
    drop(covering);
    window.close().await;
}

#[tokio::test]
async fn a_first_window_that_is_frozen_lets_the_second_start_and_is_told() {
    for look in looks() {
        let desktop = Desktop::complete();
        prefer(&desktop, look);
        let first = Window::open(&desktop).await;
        expect_practice(&first).await;
        let process = Process::only(&desktop, PROGRAM);
        let id = process.id().to_string();
        let frozen = process.freeze();

        let start = Instant::now();
        let second = Window::open(&desktop).await;
        expect_practice(&second).await;
        assert!(start.elapsed() < LIMIT, "it waited {:?}", start.elapsed());
        second.expect_text("start-other_program_silent", "ITA Maintenance").await;
        second.picture(&look.picture("other-program-silent")).await;
        let facts =
            second.evaluate("return document.querySelector('[data-problem=other_program_silent] dd').textContent");
        assert!(
            facts.await.as_str().is_some_and(|facts| facts.contains(&id)),
            "the process that can be ended is named"
        );
        second.close().await;

        drop(frozen);
        first.expect_attribute("running-count", "data-state", "known").await;
        first.close().await;
    }
}

#[tokio::test]
async fn without_a_session_bus_the_window_opens() {
    let mut desktop = Desktop::new();
    desktop.start_screen(Screen::default());
    prefer(&desktop, JA_LIGHT);
    for address in [None, Some("unix:path=/nowhere"), Some("no address")] {
        if let Some(address) = address {
            desktop.set("DBUS_SESSION_BUS_ADDRESS", address);
        }
        let window = Window::open(&desktop).await;
        expect_practice(&window).await;
        assert!(!window.shows("start-other_program_silent").await, "{address:?}");
        window.close().await;
    }
}
