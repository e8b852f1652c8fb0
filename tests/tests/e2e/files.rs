//! Files in the window: what another program writes, what a newer version wrote, and where the window was last.

use std::fs;

use acceptance::consoles::draft;
use acceptance::desktop::Desktop;
use acceptance::journey::{config_folder, expect_practice, prefer, JA_LIGHT};
use acceptance::program;
use acceptance::wait::{until, until_true, LIMIT};
use acceptance::window::Window;
use ita_core::domain::connection::Environment;
use ita_core::domain::time::Timestamp;
use ita_core::services::connections::checked_draft;
use ita_core::settings::connections::ConnectionsFile;
use serde_json::json;

#[tokio::test]
async fn a_connection_that_another_program_saves_appears_while_the_window_is_open() {
    let desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let window = Window::open(&desktop).await;
    expect_practice(&window).await;
    let connection = checked_draft(draft("https://ita.example", Environment::Staging)).expect("a connection");
    let entry = format!("connection-{}", connection.id.0);
    // As `itamctl` writes it: under the lock that the window respects.
    let file = ConnectionsFile::new(config_folder(&desktop).join("connections.json"));
    let written = file.change(Timestamp(1), |all| {
        all.push(connection);
        Ok(())
    });
    written.expect("written beside the window");
    window.click("connection-menu").await;
    until_true("it is in the open menu", LIMIT, async || window.shows(&entry).await).await;
    window.close().await;
}

#[tokio::test]
async fn connections_that_itamctl_adds_while_the_window_quits_are_all_there() {
    let desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let window = Window::open(&desktop).await;
    expect_practice(&window).await;
    let add = r#"for n in $(seq 20); do "$0" connections add "c$n" --url https://ita.example --user admin \
        --environment staging --secret ask >/dev/null || exit 1; done"#;
    let mut adding = desktop.command("sh").args(["-c", add]).arg(program::itamctl()).spawn().expect("a shell");
    let file = ConnectionsFile::new(config_folder(&desktop).join("connections.json"));
    let count = || file.load(Timestamp(1)).map_or(0, |loaded| loaded.connections.len());
    until("the first is there", LIMIT, || count() > 0);
    window.quit().await;
    assert!(adding.wait().expect("a child of ours").success(), "each was added");
    assert_eq!(count(), 20);
    let preferences = fs::read_to_string(config_folder(&desktop).join("preferences.json")).expect("the preferences");
    assert!(serde_json::from_str::<serde_json::Value>(&preferences).is_ok(), "whole: {preferences}");
}

#[tokio::test]
async fn preferences_of_a_newer_version_are_shown_and_not_written_although_the_program_ends() {
    let desktop = Desktop::complete();
    let path = config_folder(&desktop).join("preferences.json");
    fs::create_dir_all(config_folder(&desktop)).expect("a folder in a new home");
    let newer = json!({ "version": 2, "preferences": { "language": "en", "theme": "dark", "from_later": [] } });
    fs::write(&path, newer.to_string()).expect("a file in a new home");
    let window = Window::open(&desktop).await;
    expect_practice(&window).await;
    window.expect_text("welcome", "Exastro").await;
    window.click("settings").await;
    window.click("theme-light").await;
    let theme = "return document.documentElement.dataset.theme;";
    until_true("the choice holds for this window", LIMIT, async || window.evaluate(theme).await == "light").await;
    window.close().await;
    assert_eq!(fs::read_to_string(&path).expect("the file"), newer.to_string(), "not even at exit");
}

#[tokio::test]
async fn damaged_preferences_are_kept_aside_and_the_window_opens_and_says_so() {
    let desktop = Desktop::complete();
    let folder = config_folder(&desktop);
    fs::create_dir_all(&folder).expect("a folder in a new home");
    fs::write(folder.join("preferences.json"), "{\"preferences\": {\"language\"").expect("a file in a new home");
    let last_good = json!({ "version": 1, "preferences": { "language": "en", "theme": "light" } });
    fs::write(folder.join("preferences.json.last-good"), last_good.to_string()).expect("a file in a new home");
    let window = Window::open(&desktop).await;
    expect_practice(&window).await;
    window.element("start-settings_damaged").await;
    window.close().await;
    let names = fs::read_dir(&folder).expect("the folder").map(|it| it.expect("an entry").file_name());
    let kept = names.filter(|name| name.to_string_lossy().starts_with("preferences.json.corrupt-")).count();
    assert_eq!(kept, 1, "nothing is thrown away");
}

#[tokio::test]
async fn a_window_that_was_on_a_monitor_that_is_gone_is_on_the_screen_again() {
    let desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let place = json!({ "main": {
        "width": 1000, "height": 700, "x": 5000, "y": 4000, "prev_x": 5000, "prev_y": 4000,
        "maximized": false, "visible": true, "decorated": true, "fullscreen": false
    } });
    fs::write(config_folder(&desktop).join(".window-state.json"), place.to_string()).expect("a file in a new home");
    let window = Window::open(&desktop).await;
    expect_practice(&window).await;
    let corner = window.evaluate("return [screenX, screenY, outerWidth, outerHeight];").await;
    let [x, y, width, height] = [0, 1, 2, 3].map(|at| corner[at].as_i64().expect("a number"));
    assert!((0..400).contains(&x) && (0..300).contains(&y), "the corner is on the screen: {corner}");
    assert!(width > 500 && height > 400, "and so is the rest: {corner}");
    window.close().await;
}
