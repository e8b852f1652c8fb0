//! The window while its keyring is locked or hangs, and what it takes out of the keyring at its start.

use std::time::Duration;

use acceptance::desktop::Desktop;
use acceptance::journey::{
    config_folder, connect, expect_count, expect_practice, first_start, looks, prefer, still_platform, Form, Look,
    JA_LIGHT,
};
use acceptance::process::Process;
use acceptance::wait::{until_true, LIMIT};
use acceptance::window::Window;
use ita_core::credentials::KeyringStore;
use ita_core::domain::connection::ConnectionId;
use ita_core::domain::time::Timestamp;
use ita_core::settings::connections::ConnectionsFile;
use ita_practice::{Practice, PRACTICE_PASSWORD};

/// The time limit of a keyring call, and room to tell of it.
const KEYRING_LIMIT: Duration = Duration::from_secs(90);

/// A desktop whose window has kept the password of its connection in the keyring.
async fn with_kept_password(look: Look) -> (Desktop, Practice) {
    let desktop = Desktop::complete();
    prefer(&desktop, look);
    let platform = still_platform().await;
    let window = first_start(&desktop).await;
    connect(&window, Form { address: &platform.url(), environment: "staging", password: PRACTICE_PASSWORD }).await;
    window.close().await;
    (desktop, platform)
}

/// The menu opens and closes.
async fn expect_alive(window: &Window<'_>) {
    window.click("connection-menu").await;
    window.element("menu-new").await;
    window.press(thirtyfour::Key::Escape).await;
    window.expect_gone("menu-new").await;
}

/// Quits, and finds what only a program writes that ended as it should: where its window was.
async fn quit(desktop: &Desktop, window: Window<'_>) {
    let place = config_folder(desktop).join(".window-state.json");
    let _ = std::fs::remove_file(&place);
    window.quit().await;
    assert!(place.is_file(), "it was not ended by force");
}

#[tokio::test]
async fn a_locked_keyring_is_told_the_window_stays_alive_and_the_password_can_be_entered() {
    for look in looks() {
        let (mut desktop, platform) = with_kept_password(look).await;
        desktop.stop_keyring();
        desktop.start_locked_keyring();
        let logins = platform.control().password_logins();
        let window = Window::open(&desktop).await;
        window.find(thirtyfour::By::Css("[data-testid=stopped] [data-problem=keyring_locked]")).await;
        window.picture(&look.picture("keyring-locked")).await;
        expect_alive(&window).await;
        assert_eq!(platform.control().password_logins(), logins, "nothing was sent without a password");
        window.fill("sign-in-password", PRACTICE_PASSWORD).await;
        window.click("sign-in-submit").await;
        expect_count(&window, "known", "6").await;
        quit(&desktop, window).await;
    }
}

#[tokio::test]
async fn while_a_keyring_hangs_the_window_stays_alive_and_says_so_and_the_program_can_be_quit() {
    let (desktop, platform) = with_kept_password(JA_LIGHT).await;
    let _frozen = Process::only(&desktop, "gnome-keyring-daemon").freeze();
    let window = Window::open(&desktop).await;
    expect_alive(&window).await;
    quit(&desktop, window).await;

    let logins = platform.control().password_logins();
    let window = Window::open(&desktop).await;
    expect_alive(&window).await;
    until_true("the keyring's time is over", KEYRING_LIMIT, async || window.shows("stopped").await).await;
    window.find(thirtyfour::By::Css("[data-testid=stopped] [data-problem=keyring_timed_out]")).await;
    assert_eq!(platform.control().password_logins(), logins, "nothing was sent without a password");
    window.fill("sign-in-password", PRACTICE_PASSWORD).await;
    window.click("sign-in-submit").await;
    expect_count(&window, "known", "6").await;
    quit(&desktop, window).await;
}

/// Whether the keyring holds a password under this id, for whichever build.
fn holds(desktop: &Desktop, id: &ConnectionId) -> bool {
    let found = desktop.command("secret-tool").args(["lookup", "username", &id.0]).output();
    !found.expect("secret-tool is installed").stdout.is_empty()
}

#[tokio::test]
async fn the_start_of_the_window_takes_a_password_without_a_connection_out_of_the_keyring() {
    let desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let orphan = ConnectionId("9b2f".to_owned());
    let stranger = ConnectionId("not-ours".to_owned());
    for id in [&orphan, &stranger] {
        let attributes = ["service", KeyringStore::new().service(), "username", &id.0];
        let password = desktop.home().join("password");
        std::fs::write(&password, "left behind").expect("a file in a new home");
        let mut command = desktop.command("secret-tool");
        command.args(["store", "--label", "left"]).args(attributes).stdin(std::fs::File::open(password).expect("ours"));
        assert!(command.status().expect("secret-tool is installed").success());
    }
    // As a crash between the keyring and the file leaves it.
    let file = ConnectionsFile::new(config_folder(&desktop).join("connections.json"));
    let noted = file.change_with_leftovers(Timestamp(1), |_, leftovers| {
        leftovers.push(orphan.clone());
        Ok(())
    });
    noted.expect("written before the start");
    assert!(holds(&desktop, &orphan));

    let window = Window::open(&desktop).await;
    expect_practice(&window).await;
    until_true("it is gone", LIMIT, async || !holds(&desktop, &orphan)).await;
    assert!(holds(&desktop, &stranger), "what nobody noted is nobody's to take");
    window.close().await;
    let text = std::fs::read_to_string(config_folder(&desktop).join("connections.json")).expect("the file");
    assert!(!text.contains(&orphan.0), "and the note of it: {text}");
}
