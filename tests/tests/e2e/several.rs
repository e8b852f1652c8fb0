//! More than one connection, and the end of the program: what goes on behind the screen is on it, and nobody leaves it by
//! accident.

use acceptance::desktop::Desktop;
use acceptance::frame;
use acceptance::journey::{
    expect_count, fill_form, first_start, prefer, still_platform, Form, Look, EN_DARK, JA_LIGHT,
};
use acceptance::login_manager::LoginManager;
use acceptance::wait::{until, until_true, LIMIT};
use acceptance::window::{takes_pictures, Window};
use ita_practice::{Mode, Practice, PRACTICE_PASSWORD};

/// The class of its windows.
const PROGRAM: &str = "ita-maintenance";

#[tokio::test]
async fn a_procedure_goes_on_behind_another_connection_and_quitting_is_questioned() {
    // The words of both languages are in other suites; here time passes for real.
    for look in if takes_pictures() { vec![JA_LIGHT, EN_DARK] } else { vec![JA_LIGHT] } {
        two_platforms(look).await;
    }
}

async fn two_platforms(look: Look) {
    let mut desktop = Desktop::complete();
    let sleep = LoginManager::start(&mut desktop).await;
    prefer(&desktop, look);
    let (night, other) = (still_platform().await, still_platform().await);
    let window = first_start(&desktop).await;
    save(&window, &night, "staging", "基幹ITA").await;
    assert_eq!(sleep.held(), [] as [&str; 0], "nothing to wait for");
    window.click("procedure-start").await;
    window.click("confirm").await;
    until_true("the drain", LIMIT, async || phase(&window).await == "draining").await;

    let locks = ["idle", "sleep"].map(|what| format!("ITA Maintenance: maintenance procedure ({what}, block)"));
    until("the workstation stays awake", LIMIT, || sleep.held() == locks);

    window.click("connection-menu").await;
    window.click("menu-new").await;
    save(&window, &other, "production", "大阪DR").await;
    window.expect_text("background", "基幹ITA").await;
    window.picture(&look.picture("background")).await;
    assert_eq!(sleep.held(), locks, "also behind the screen");
    night.control().script_jobs([]);
    let badge = "return document.querySelector('[data-testid=background] button').dataset.phase;";
    until_true("its jobs end", LIMIT, async || window.evaluate(badge).await == "point_of_no_return").await;
    window.evaluate("document.querySelector('[data-testid=background] button').click();").await;
    until_true("the same procedure", LIMIT, async || phase(&window).await == "point_of_no_return").await;
    window.expect_gone("background").await;
    window.click("procedure-read-only").await;
    window.click("confirm").await;
    until_true("read-only", LIMIT, async || night.control().mode(Mode::ReadOnly)).await;

    frame::close(&desktop, PROGRAM);
    window.element("quit-dialog").await;
    window.picture(&look.picture("quit")).await;
    window.click("quit-stay").await;
    window.expect_gone("quit-dialog").await;
    frame::close(&desktop, PROGRAM);
    // The window is gone before the driver can say that the click was one.
    let _ = window.element("quit-now").await.click().await;
    until("the program has ended", LIMIT, || frame::windows(&desktop, PROGRAM).is_empty());
    assert!(night.control().mode(Mode::ReadOnly), "quitting switches nothing");
    until("and may sleep again", LIMIT, || sleep.held().is_empty());
    drop(window);
}

async fn save(window: &Window<'_>, platform: &Practice, environment: &str, name: &str) {
    fill_form(window, Form { address: &platform.url(), environment, password: PRACTICE_PASSWORD }).await;
    window.fill("connection-name", name).await;
    window.click("connection-advanced").await;
    window.fill("connection-poll-seconds", "5").await;
    window.click("connection-save").await;
    window.expect_gone("connection-form").await;
    let shown = "return document.querySelector('[data-testid=connection-bar] h1')?.textContent;";
    until_true("its name is on the screen", LIMIT, async || window.evaluate(shown).await == name).await;
    expect_count(window, "known", "6").await;
}

async fn phase(window: &Window<'_>) -> String {
    window.attribute("procedure", "data-phase").await.unwrap_or_default()
}
