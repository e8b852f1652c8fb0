//! The script of the README: a night without a window, whatever befalls it.

use std::path::Path;
use std::process::Stdio;

use acceptance::command_line::CommandLine;
use acceptance::program::itamctl;
use acceptance::wait::{until_true, LIMIT};
use ita_core::domain::connection::Environment;
use ita_practice::{Mode, PRACTICE_PASSWORD};
use tokio::process::{Child, Command};

use crate::drain::{saved, send, writes, NAME, READ_ONLY, START, STOP, WRITABLE};
use crate::{busy_platform, idle_platform};

/// The script in the README, as an administrator would copy it.
fn readme_script() -> String {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let text = std::fs::read_to_string(readme).expect("the README");
    let (_, rest) = text.split_once("```sh\n#!/bin/sh").expect("a script");
    let (script, _) = rest.split_once("```").expect("its end");
    format!("#!/bin/sh{script}")
}

fn start_script(here: &CommandLine, command: &str, settle: &str) -> Child {
    let path = here.home().join("night.sh");
    std::fs::write(&path, readme_script()).expect("written");
    let programs = itamctl().parent().expect("a folder").display().to_string();
    Command::new("sh")
        .arg(&path)
        .args([NAME, command])
        .env_clear()
        .env("PATH", format!("{programs}:{}", std::env::var("PATH").expect("a PATH")))
        .env("HOME", here.home())
        .env("XDG_CONFIG_HOME", here.home().join("config"))
        .env("XDG_DATA_HOME", here.home().join("data"))
        .env("ITAMCTL_PASSWORD", PRACTICE_PASSWORD)
        .env("SETTLE", settle)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .process_group(0)
        .spawn()
        .expect("a shell")
}

pub(crate) async fn run_script(here: &CommandLine, command: &str) -> (i32, String) {
    ended(start_script(here, command, "0")).await
}

async fn ended(script: Child) -> (i32, String) {
    let output =
        tokio::time::timeout(2 * LIMIT, script.wait_with_output()).await.expect("it ends").expect("its output");
    (output.status.code().expect("no signal"), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[tokio::test]
async fn the_script_of_the_readme_drains_dumps_and_opens_again() {
    let platform = busy_platform().await;
    let here = saved(&platform, Environment::Production).await;
    let jobs_end = async {
        until_true("job stop", LIMIT, async || platform.control().mode(Mode::JobStop)).await;
        for job in ["ansible-9", "ansible-10"] {
            platform.control().end_job(job);
        }
    };
    let ((code, stderr), ()) = tokio::join!(run_script(&here, "true"), jobs_end);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(writes(&platform), [STOP, READ_ONLY, WRITABLE, START]);
}

#[tokio::test]
async fn the_script_of_the_readme_opens_again_after_a_dump_that_failed_and_says_so() {
    let platform = idle_platform().await;
    let here = saved(&platform, Environment::Production).await;
    let (code, stderr) = run_script(&here, "false").await;
    assert_eq!(code, 1, "{stderr}");
    assert_eq!(writes(&platform), [STOP, READ_ONLY, WRITABLE, START]);
}

#[tokio::test]
async fn the_script_of_the_readme_opens_again_when_its_terminal_is_lost_or_it_is_ended() {
    for (signal, code) in [("HUP", 129), ("INT", 130), ("TERM", 143)] {
        let platform = idle_platform().await;
        let here = saved(&platform, Environment::Production).await;
        let script = start_script(&here, "true", "30");
        // The drain has ended, and the script waits for the services.
        until_true("read-only", LIMIT, async || platform.control().mode(Mode::ReadOnly)).await;
        let id = script.id().expect("it runs");
        until_true("it waits", LIMIT, async || is_parent_of(id, "sleep")).await;
        // To everything that the terminal runs, and again while it opens: who is impatient presses twice.
        platform.control().set_changes_held(true);
        send(signal, &format!("-{id}")).await;
        let again = async {
            until_true("it opens", LIMIT, async || writes(&platform).len() == 3).await;
            for _ in 0..3 {
                send(signal, &format!("-{id}")).await;
            }
            platform.control().set_changes_held(false);
        };
        let ((ended_with, stderr), ()) = tokio::join!(ended(script), again);
        assert_eq!(ended_with, code, "{stderr}");
        assert_eq!(writes(&platform), [STOP, READ_ONLY, WRITABLE, START], "{signal}");
    }
}

/// Whether a process runs a program with this name.
fn is_parent_of(id: u32, program: &str) -> bool {
    let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
    let name = |child: &str| std::fs::read_to_string(format!("/proc/{child}/comm")).unwrap_or_default();
    children.split_whitespace().any(|child| name(child).trim() == program)
}
