//! The systemd timer of the documentation, as an administrator would copy it.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use acceptance::program::itamctl;
use acceptance::wait::LIMIT;
use ita_core::domain::connection::Environment;
use ita_practice::PRACTICE_PASSWORD;
use tokio::process::Command;

use crate::drain::{saved, writes};
use crate::idle_platform;

/// A unit by its file name, out of the documentation.
fn unit(name: &str) -> String {
    let documentation = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/itamctl.md");
    let text = fs::read_to_string(documentation).expect("the documentation");
    let begin = format!("```ini\n# /etc/systemd/system/{name}\n");
    let (_, rest) = text.split_once(&begin).unwrap_or_else(|| panic!("{name} is documented"));
    let (unit, _) = rest.split_once("```").expect("its end");
    unit.to_owned()
}

#[tokio::test]
async fn systemd_understands_the_documented_timer() {
    let folder = tempfile::tempdir().expect("a folder");
    let units = ["ita-drain.service", "ita-drain.timer"].map(|name| {
        let path = folder.path().join(name);
        fs::write(&path, unit(name)).expect("written");
        path
    });
    let verified = Command::new("systemd-analyze").args(["verify", "--man=no"]).args(&units).output().await;
    let verified = verified.expect("systemd-analyze is installed");
    let said = String::from_utf8_lossy(&verified.stderr);
    let ours = said.lines().filter(|line| line.contains("ita-drain"));
    assert_eq!(ours.collect::<Vec<_>>(), [] as [&str; 0], "{said}");

    let timer = unit("ita-drain.timer");
    let moment = timer.lines().find_map(|line| line.strip_prefix("OnCalendar=")).expect("a time");
    let once = Command::new("systemd-analyze").args(["calendar", moment]).output().await.expect("it runs");
    assert!(once.status.success(), "{}", String::from_utf8_lossy(&once.stderr));
}

#[tokio::test]
async fn the_documented_service_drains_with_the_password_of_its_credential() {
    let platform = idle_platform().await;
    let here = saved(&platform, Environment::Production).await;
    let service = unit("ita-drain.service");
    let start = service.lines().find_map(|line| line.strip_prefix("ExecStart=/bin/sh -c '")).expect("a command");
    let script = start.strip_suffix('\'').expect("one argument");
    let credentials = here.home().join("credentials");
    fs::create_dir(&credentials).expect("a folder");
    fs::write(credentials.join("password"), format!("{PRACTICE_PASSWORD}\n")).expect("written");
    let programs = itamctl().parent().expect("a folder").display().to_string();
    let running = Command::new("sh")
        .args(["-c", script])
        .env_clear()
        .env("PATH", format!("{programs}:{}", std::env::var("PATH").expect("a PATH")))
        .env("HOME", here.home())
        .env("XDG_CONFIG_HOME", here.home().join("config"))
        .env("XDG_DATA_HOME", here.home().join("data"))
        .env("CREDENTIALS_DIRECTORY", &credentials)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(2 * LIMIT, running).await.expect("it ends").expect("a shell");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one object");
    assert_eq!(said["outcome"], "drained");
    assert_eq!(writes(&platform), [r#"{"backyard_execute_stop":"1"}"#]);
}
