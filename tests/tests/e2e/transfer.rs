//! Connections to a file and from one, through the system's own dialogs.

use std::fs;
use std::path::Path;

use acceptance::desktop::{Desktop, Screen};
use acceptance::file_dialog::{give_path, leave};
use acceptance::journey::{config_folder, expect_practice, looks, prefer, Look};
use acceptance::window::Window;
use ita_core::domain::connection::Connection;
use ita_core::domain::time::Timestamp;
use ita_core::settings::connections::ConnectionsFile;
use serde_json::{json, Value};
use thirtyfour::{By, Key};

/// A connection as the file has it; `change` replaces parts.
fn shared(name: &str, address: &str, environment: &str, change: Value) -> Value {
    let mut connection = json!({
        "name": name, "address": address, "environment": environment, "user": "admin",
        "secret_place": "keyring", "login": "automatic", "certificate": { "kind": "system" },
        "proxy": { "kind": "none" }, "poll_seconds": null, "zone": { "kind": "automatic" },
    });
    let Value::Object(change) = change else { panic!("parts") };
    connection.as_object_mut().expect("an object").extend(change);
    connection
}

/// Writes what a colleague handed on: something of everything.
fn write_team_file(path: &Path) {
    let pinned = json!({ "kind": "pinned", "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "accept_expired": false, "leaf": null });
    let own_ca = json!({ "kind": "ca_file", "path": "/etc/ssl/example/private-root.pem" });
    let proxy = json!({ "kind": "given", "url": "http://proxy.example.co.jp:3128" });
    let connections = [
        shared("基幹ITA（大阪）", "https://ita-osaka.example.co.jp", "production", json!({ "certificate": pinned })),
        shared(
            "DR サイト",
            "https://ita-dr.example.co.jp:8443",
            "production",
            json!({ "certificate": own_ca, "proxy": proxy }),
        ),
        shared("検証ITA", "https://ita-stg2.example.co.jp", "staging", json!({ "user": "maintenance" })),
        shared("開発ITA", "https://ita-dev.example.co.jp", "development", json!({})),
        shared("研修用", "http://ita-lab.example.co.jp:81", "development", json!({ "user": "trainee" })),
    ];
    let file = json!({ "format": "ita-maintenance-connections", "version": 1, "connections": connections });
    fs::write(path, file.to_string()).expect("a file in a new home");
}

fn saved(desktop: &Desktop) -> Vec<Connection> {
    let file = ConnectionsFile::new(config_folder(desktop).join("connections.json"));
    file.load(Timestamp(1)).expect("read").connections
}

/// What this workstation has already: one by the same name elsewhere, and one that is the same.
fn save_own(desktop: &Desktop) {
    let own = [
        shared("検証ITA", "https://ita-stg.example.co.jp", "staging", json!({ "id": "own-staging" })),
        shared("開発ITA", "https://ita-dev.example.co.jp", "development", json!({ "id": "own-development" })),
    ];
    let own = own.map(|it| serde_json::from_value::<Connection>(it).expect("a connection"));
    let file = ConnectionsFile::new(config_folder(desktop).join("connections.json"));
    let written = file.change(Timestamp(1), |all| {
        all.extend(own);
        Ok(())
    });
    written.expect("written before the window");
}

#[tokio::test]
async fn a_team_hands_its_connections_on_and_each_is_looked_at_before_it_is_saved() {
    for look in looks() {
        hand_on(look).await;
    }
}

async fn hand_on(look: Look) {
    let mut desktop = Desktop::new();
    desktop.start_bus();
    desktop.start_keyring();
    desktop.start_screen(Screen { width: 900, height: 640 });
    prefer(&desktop, look);
    save_own(&desktop);
    let window = Window::open(&desktop).await;
    expect_practice(&window).await;

    let written = desktop.home().join("list.json");
    window.click("connection-menu").await;
    window.click("menu-export").await;
    give_path(&desktop, &written).await;
    window.expect_text("export-connections-done", "list.json").await;
    window.picture(&look.picture("connections-exported")).await;
    let text = fs::read_to_string(&written).expect("the file");
    assert!(text.contains("ita-stg.example.co.jp") && !text.contains("own-staging"), "{text}");
    window.press(Key::Escape).await;
    window.expect_gone("export-connections-done").await;

    let team = desktop.home().join("team.json");
    write_team_file(&team);
    window.click("connection-menu").await;
    window.click("menu-import").await;
    leave(&desktop).await;
    window.click("connection-menu").await;
    window.click("menu-import").await;
    give_path(&desktop, &team).await;
    window.element("import-dialog").await;
    window.picture(&look.picture("connections-import")).await;
    assert_eq!(saved(&desktop).len(), 2, "looking saves nothing");

    let last = window.find(By::Css("[data-testid=import-table] tbody tr:last-child .checkbox")).await;
    last.scroll_into_view().await.expect("the table scrolls");
    last.click().await.expect("a click");
    window.click("import-add").await;
    window.expect_attribute("import-agree-plain", "aria-invalid", "true").await;
    window.picture(&look.picture("connections-import-consent")).await;
    assert_eq!(saved(&desktop).len(), 2, "not without a consent");
    window.click("import-agree-plain").await;

    fs::remove_file(&team).expect("the file that was looked at");
    window.click("import-add").await;
    window.element("import-done").await;
    window.picture(&look.picture("connections-imported")).await;
    let names: Vec<String> = saved(&desktop).into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["検証ITA", "開発ITA", "基幹ITA（大阪）", "DR サイト", "研修用"]);
    window.close().await;
}
