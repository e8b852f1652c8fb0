//! A password through the real window: typed, refused, accepted, kept, used and forgotten; then looked for.

use std::path::PathBuf;

use acceptance::canary::{expect_absent, expect_absent_below, expect_absent_in_processes, found_in, PASSWORD, USER};
use acceptance::desktop::Desktop;
use acceptance::journey::{connect, expect_count, fill_form, first_start, prefer, still_platform, Form, JA_LIGHT};
use acceptance::process::Process;
use acceptance::window::Window;
use ita_practice::{Practice, User, PRACTICE_PASSWORD};
use thirtyfour::Key;

/// Keeps what the page is answered and told from now on: it travels by `fetch`, and news by a listener of our own.
const RECORD: &str = "
    window.crossing = [];
    const fetched = window.fetch;
    window.fetch = async (...request) => {
        const answer = await fetched(...request);
        window.crossing.push(await answer.clone().text());
        return answer;
    };
    const { invoke, transformCallback } = window.__TAURI_INTERNALS__;
    for (const event of ['live', 'test_step', 'connections']) {
        const handler = transformCallback((news) => window.crossing.push(JSON.stringify(news)));
        invoke('plugin:event|listen', { event, target: { kind: 'Any' }, handler });
    }";

async fn expect_clean_crossing(window: &Window<'_>) {
    let crossed = window.evaluate("return window.crossing.join('\\n')").await;
    let crossed = crossed.as_str().expect("text");
    assert!(crossed.contains("\"live\"") && crossed.contains("backyard"), "answers and news were recorded: {crossed}");
    expect_absent("what crossed to the page", crossed.as_bytes());
    let page = window.evaluate("return document.documentElement.outerHTML").await;
    expect_absent("the page", page.to_string().as_bytes());
}

/// A platform that does not know the password yet.
async fn platform() -> Practice {
    let platform = still_platform().await;
    platform.control().set_users(vec![User::new(USER, PRACTICE_PASSWORD)]);
    platform
}

#[tokio::test]
async fn a_password_that_goes_through_the_window_is_found_nowhere_afterwards() {
    let desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let platform = platform().await;
    let window = first_start(&desktop).await;
    window.evaluate(RECORD).await;
    fill_form(&window, Form { address: &platform.url(), environment: "development", password: PASSWORD }).await;
    window.click("connection-test").await;
    window.find(thirtyfour::By::Css("[data-step=login][data-outcome=failed]")).await;
    window.click("connection-save").await;
    window.element("sign-in-password").await;
    platform.control().set_users(vec![User::new(USER, PASSWORD)]);
    window.fill("sign-in-password", PASSWORD).await;
    window.click("sign-in-submit").await;
    expect_count(&window, "known", "6").await;
    window.click("mode-job-stop").await;
    window.expect_attribute("mode-job-stop", "aria-checked", "true").await;
    window.click("export-csv").await;
    window.click("export-target-folder").await;
    window.click("export-run").await;
    window.element("export-result").await;
    window.press(Key::Escape).await;
    window.expect_gone("export-dialog").await;
    expect_clean_crossing(&window).await;
    let home = desktop.home().to_str().expect("a path of ours is text");
    assert!(expect_absent_in_processes(home) >= 3, "the window and its web processes were looked at");
    window.close().await;
    let files = expect_absent_below(desktop.home(), &[]);
    assert!(files >= 6, "log, connections, preferences, journal, export, keyring: {files}");
    let log = std::fs::read_to_string(log_file(&desktop)).expect("the log");
    assert!(log.contains("started") && log.contains("status=401"), "what happened is in the log: {log}");
}

fn log_file(desktop: &Desktop) -> PathBuf {
    desktop.home().join("state/io.github.ita-maintenance.desktop/ita-maintenance.log")
}

/// The memory of the program as the kernel would write it at a crash. `None`: this machine lets nobody look.
fn core_image(desktop: &Desktop) -> Option<Vec<u8>> {
    let id = Process::only(desktop, "ita-maintenance").id().to_string();
    let image = desktop.home().join("image");
    let taken = desktop.command("gcore").arg("-o").arg(&image).arg(&id).output();
    let is_taken = taken.is_ok_and(|taken| taken.status.success());
    let restriction = std::fs::read_to_string("/proc/sys/kernel/yama/ptrace_scope").unwrap_or_default();
    if !is_taken && !["", "0"].contains(&restriction.trim()) {
        return None;
    }
    assert!(is_taken, "gcore (package gdb) takes an image of process {id}");
    let image = image.with_extension(&id);
    let bytes = std::fs::read(&image).expect("the image");
    std::fs::remove_file(&image).expect("an image of ours");
    Some(bytes)
}

/// Shown for a password that comes from the keyring. One that is typed also passes through the web view and the JSON of its
/// call, whose buffers are not ours to wipe.
#[tokio::test]
async fn after_disconnecting_the_memory_of_the_program_holds_no_password() {
    let desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let platform = platform().await;
    platform.control().set_users(vec![User::new(USER, PASSWORD)]);
    let window = first_start(&desktop).await;
    connect(&window, Form { address: &platform.url(), environment: "development", password: PASSWORD }).await;
    let open = core_image(&desktop);
    window.close().await;
    let Some(open) = open else {
        eprintln!("Not run here: kernel.yama.ptrace_scope lets no program look into another one.");
        return;
    };
    assert!(found_in(&open).is_some(), "an open session holds it: the search works");

    // Typed by a driver it would also be in the driver's messages; from now on it comes from the keyring.
    let window = Window::open(&desktop).await;
    expect_count(&window, "known", "6").await;
    window.evaluate("window.__TAURI_INTERNALS__.invoke('disconnect', {})").await;
    window.expect_gone("running-count").await;
    let mut left = Vec::new();
    let image = core_image(&desktop).expect("as before");
    for form in acceptance::canary::forms() {
        let around = |at: usize| String::from_utf8_lossy(&image[at.saturating_sub(60)..at + 60]).into_owned();
        left.extend(form.places(&image).into_iter().map(|at| (form.name.clone(), around(at))));
    }
    assert!(left.is_empty(), "the memory still holds {left:#?}");
    window.close().await;
}
