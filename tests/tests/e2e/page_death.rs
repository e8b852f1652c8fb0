//! The page's process dies, of a defect or for want of memory.

use acceptance::desktop::Desktop;
use acceptance::journey::{connect, first_start, prefer, still_platform, Form, JA_LIGHT};
use acceptance::process::Process;
use acceptance::wait::{until_true, LIMIT};
use ita_practice::{Mode, PRACTICE_PASSWORD};

/// The file of the process that runs the page.
const PAGE: &str = "WebKitWebProcess";

const MIDDLE_OF_JOB_STOP: &str = "
    const { x, y, width, height } = document.querySelector('[data-testid=mode-job-stop]').getBoundingClientRect();
    return [x + width / 2, y + height / 2].map((place) => String(Math.round(place)));";

/// The driver gives up a session whose page has died, so what follows is done and seen as a person does it: on the screen.
#[tokio::test]
async fn a_page_whose_process_dies_is_loaded_again_and_switches_without_a_new_login() {
    let desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let platform = still_platform().await;
    let window = first_start(&desktop).await;
    connect(&window, Form { address: &platform.url(), environment: "development", password: PRACTICE_PASSWORD }).await;
    let logins = platform.control().password_logins();
    let program = Process::only(&desktop, "ita-maintenance");
    let place = window.evaluate(MIDDLE_OF_JOB_STOP).await;
    let [x, y] = [0, 1].map(|at| place[at].as_str().expect("a place").to_owned());
    let title = window.web().title().await.expect("a title");
    let on_screen = desktop.xdotool(&["search", "--name", &title]);

    for is_on in [true, false, true] {
        desktop.xdotool(&["set_window", "--name", "of before", &on_screen]);
        Process::only(&desktop, PAGE).kill();
        until_true("a new page has given the window its title", LIMIT, async || {
            desktop.xdotool(&["getwindowname", &on_screen]) == title
        })
        .await;
        desktop.xdotool(&["mousemove", &x, &y, "click", "1"]);
        until_true("the new page switches", LIMIT, async || platform.control().mode(Mode::JobStop) == is_on).await;
    }
    assert_eq!(Process::only(&desktop, "ita-maintenance"), program, "the program never ended");
    assert_eq!(platform.control().password_logins(), logins, "nobody logged in again");
    let polls = platform.control().request_count();
    until_true("polling goes on", LIMIT, async || platform.control().request_count() > polls).await;
    window.end();
}
