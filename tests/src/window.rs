//! The real window, driven through `WebKitGTK`'s own `WebDriver` and found by its automation ids.
//!
//! Every call waits for what it needs, with a limit: a suite says what it wants to see and never when.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use thirtyfour::prelude::*;
use thirtyfour::Capabilities;

use crate::desktop::Desktop;
use crate::process::Process;
use crate::program;
use crate::service::Service;
use crate::wait::{until_some, until_true, LIMIT};

/// `WebKitGTK`'s driver, in the Debian package webkit2gtk-driver.
const DRIVER: &str = "WebKitWebDriver";

/// One answer of the driver. Without a limit, a session request that meets no display would wait for ever.
const ANSWER_LIMIT: Duration = Duration::from_secs(60);

/// Directory that receives the pictures; without it none are taken.
const SHOTS: &str = "ITA_SHOTS_DIR";

/// Resolves two frames after fonts are loaded and animations have ended: what is seen then stays.
const AT_REST: &str = "
    const done = arguments[arguments.length - 1];
    const settled = Promise.allSettled(document.getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
        .map((animation) => animation.finished));
    Promise.all([document.fonts.ready, settled])
        .then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));";

const MENU_OVER_DIALOG: &str = "
    const menu = document.querySelector('.menu-popover:not([data-exiting])');
    return menu !== null && document.querySelector('.dialog') !== null;";

/// An open window. Close it with [`Window::close`]; a failed test ends it by dropping it.
#[derive(Debug)]
pub struct Window<'d> {
    // First, so that it says goodbye to a driver that still runs.
    web: WebDriver,
    driver: Service,
    desktop: &'d Desktop,
}

impl<'d> Window<'d> {
    /// Starts the program under test.
    pub async fn open(desktop: &'d Desktop) -> Self {
        Self::open_program(desktop, &program::window(), &[]).await
    }

    /// Starts any program with a `WebKitGTK` window that allows automation.
    pub async fn open_program(desktop: &'d Desktop, program: &Path, arguments: &[&str]) -> Self {
        // The client of the driver speaks plain HTTP and still wants a TLS provider; a second one is refused, rightly.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let port = free_port();
        let mut command = desktop.command(DRIVER);
        command.arg(format!("--port={port}")).arg("--host=127.0.0.1").env("TAURI_WEBVIEW_AUTOMATION", "true");
        let mut driver = Service::start(DRIVER, &desktop.logs(), &mut command);
        driver.wait_until(LIMIT, || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok());

        let mut capabilities = Capabilities::new();
        let options = json!({ "binary": program, "args": arguments });
        capabilities.set("webkitgtk:browserOptions", options).expect("plain JSON");
        let web = WebDriver::builder(format!("http://127.0.0.1:{port}"), capabilities)
            .request_timeout(ANSWER_LIMIT)
            .await
            .unwrap_or_else(|error| panic!("{} shows no window: {error}\n{}", program.display(), driver.output()));
        Self { web, driver, desktop }
    }

    /// The driver's session, for what has no helper here.
    pub fn web(&self) -> &WebDriver {
        &self.web
    }

    /// What the program and its driver printed until now.
    pub fn output(&self) -> String {
        self.driver.output()
    }

    /// The displayed element with this `data-testid`; waits for it.
    pub async fn element(&self, id: &str) -> WebElement {
        self.find(by_id(id)).await
    }

    /// The first displayed element that matches; waits for it.
    pub async fn find(&self, by: By) -> WebElement {
        let what = format!("{by:?} is displayed");
        until_some(&what, LIMIT, async || {
            for element in self.web.find_all(by.clone()).await.ok()? {
                if element.is_displayed().await.unwrap_or(false) {
                    return Some(element);
                }
            }
            None
        })
        .await
    }

    /// Whether an element with this `data-testid` is displayed now. Does not wait.
    pub async fn shows(&self, id: &str) -> bool {
        match self.web.find(by_id(id)).await {
            Ok(element) => element.is_displayed().await.unwrap_or(false),
            Err(_) => false,
        }
    }

    /// The displayed text of an element.
    pub async fn text(&self, id: &str) -> String {
        let what = format!("{id} has a text");
        until_some(&what, LIMIT, async || self.element(id).await.text().await.ok()).await
    }

    /// An attribute of an element; `None` when it does not have it.
    pub async fn attribute(&self, id: &str, name: &str) -> Option<String> {
        let what = format!("{id} can be read");
        until_some(&what, LIMIT, async || self.element(id).await.attr(name).await.ok()).await
    }

    /// Waits until an attribute has this value.
    pub async fn expect_attribute(&self, id: &str, name: &str, value: &str) {
        let what = format!("{id} has {name}=\"{value}\"");
        until_true(&what, LIMIT, async || self.attribute(id, name).await.as_deref() == Some(value)).await;
    }

    /// Waits until the displayed text contains `part`.
    pub async fn expect_text(&self, id: &str, part: &str) {
        let what = format!("{id} shows \"{part}\"");
        until_true(&what, LIMIT, async || self.text(id).await.contains(part)).await;
    }

    /// Waits until no element with this `data-testid` is displayed.
    pub async fn expect_gone(&self, id: &str) {
        until_true(&format!("{id} is gone"), LIMIT, async || !self.shows(id).await).await;
    }

    /// Clicks an element as soon as it can be clicked.
    pub async fn click(&self, id: &str) {
        let what = format!("{id} can be clicked");
        let click = async || {
            let element = self.element(id).await;
            if element.click().await.is_ok() {
                return Some(());
            }
            // The driver does not see that a dialog's foot covers what lies below the fold; a person would scroll.
            element.scroll_into_view().await.ok()?;
            element.click().await.ok()
        };
        until_some(&what, LIMIT, click).await;
    }

    /// Replaces the content of a field by typing.
    pub async fn fill(&self, id: &str, text: &str) {
        let field = self.element(id).await;
        // As a person does it: the driver's own way of emptying a field tells the page nothing.
        field.send_keys(Key::Control + "a").await.expect("the field takes keys");
        field.send_keys(Key::Backspace).await.expect("the field takes keys");
        if !text.is_empty() {
            field.send_keys(text).await.expect("the field takes keys");
        }
    }

    /// Types the digits of a date and a time, such as `202612312359`, into a field of parts: each full part leads to the next.
    pub async fn type_date_time(&self, id: &str, digits: &str) {
        let first = self.find(By::Css(format!("[data-testid='{id}'] [role='spinbutton']"))).await;
        first.click().await.expect("the field can be clicked");
        for digit in digits.chars() {
            self.press(digit.to_string()).await;
        }
    }

    /// Presses keys where the focus is: a text, or keys as in `Key::Control + "a"`.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        let focused = self.web.active_element().await.expect("something has the focus");
        focused.send_keys(keys).await.expect("the focused element takes keys");
    }

    /// Evaluates a JavaScript function body in the page; what it returns comes back as JSON.
    pub async fn evaluate(&self, body: &str) -> serde_json::Value {
        let answer = self.web.execute(body, Vec::new()).await.expect("the page runs the script");
        answer.json().clone()
    }

    /// Writes `<name>.png` into the directory of pictures when there is one: the window as it is on the screen, at rest.
    /// Whether or not, no menu may lie over a dialog at that moment.
    pub async fn picture(&self, name: &str) {
        assert_eq!(self.evaluate(MENU_OVER_DIALOG).await, false, "{name}: a menu lies over the dialog");
        let Some(directory) = pictures() else { return };
        self.web.execute_async(AT_REST, Vec::new()).await.expect("the page comes to rest");
        self.desktop.photograph(&directory.join(format!("{name}.png")));
    }

    /// Closes the window and waits until the program has ended.
    pub async fn close(self) {
        self.web.clone().quit().await.expect("the program ends when its window is closed");
    }

    /// Closes the window as a person does, and waits until the program has ended by itself. Its driver would end it by force.
    pub async fn quit(self) {
        let title = self.web.title().await.expect("a window has a title");
        self.desktop.close_window(&title);
        let has_ended = async || Process::on(self.desktop, "ita-maintenance").is_empty();
        until_true("the program has ended by itself", LIMIT, has_ended).await;
        self.end();
    }

    /// Ends the program from outside: the driver gives up its session when the page's process dies, and would be asked in
    /// vain.
    pub fn end(self) {
        self.web.clone().leak().expect("a session is given up once");
    }
}

impl Drop for Window<'_> {
    /// A failed test leaves a picture of what the user would have seen.
    fn drop(&mut self) {
        if std::thread::panicking() {
            let file = std::env::temp_dir().join(format!("ita-maintenance-failed-{}.png", std::process::id()));
            self.desktop.photograph(&file);
            eprintln!("The screen at that moment: {}\n{}", file.display(), self.output());
        }
    }
}

/// Where pictures go, if they are wanted.
pub fn pictures() -> Option<PathBuf> {
    std::env::var_os(SHOTS).map(PathBuf::from)
}

/// Whether pictures are wanted.
pub fn takes_pictures() -> bool {
    pictures().is_some()
}

/// By `data-testid`. `WebKitGTK`'s driver does not know the strategy that `By::Testid` sends.
fn by_id(id: &str) -> By {
    By::Css(format!("[data-testid=\"{id}\"]"))
}

/// A port that nobody uses now.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("a bound listener has an address").port()
}
