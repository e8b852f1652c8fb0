//! What a hand drops on the window: the page stays what it is, and nobody else is asked.

use std::io::Read;
use std::net::{Ipv4Addr, TcpListener};

use acceptance::desktop::Desktop;
use acceptance::drag::drop_link;
use acceptance::journey::{expect_practice, prefer, JA_LIGHT};
use acceptance::wait::{until_true, LIMIT};
use acceptance::window::Window;

const LISTEN: &str = "
    window.dragged = [];
    for (const kind of ['dragenter', 'dragover', 'drop'])
        addEventListener(kind, () => window.dragged.push(kind), { capture: true });";

#[tokio::test]
async fn a_link_and_a_file_that_are_dropped_on_the_window_leave_the_page_where_it_is() {
    let desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let window = Window::open(&desktop).await;
    expect_practice(&window).await;
    let here = window.evaluate("return location.href;").await;
    let title = window.web().title().await.expect("a window has a title");
    let id = desktop.xdotool(&["search", "--name", &title]).parse().expect("one window has this title");
    let elsewhere = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let address = elsewhere.local_addr().expect("a bound listener has an address");
    for uri in [format!("http://{address}/"), "file:///etc/hostname".to_owned()] {
        window.evaluate(LISTEN).await;
        let is_taken = drop_link(&desktop, id, (640, 600), &uri);
        let seen = "return window.dragged.includes('dragenter');";
        until_true("the drag came over the page", LIMIT, async || window.evaluate(seen).await == true).await;
        assert!(is_taken, "WebKit takes a link, and what comes of it is a navigation: {uri}");
        window.click("connection-menu").await;
        window.element("menu-new").await;
        window.press(thirtyfour::Key::Escape).await;
        window.expect_gone("menu-new").await;
        assert_eq!(window.evaluate("return location.href;").await, here, "{uri}");
        assert_eq!(window.evaluate("return window.dragged.length > 0;").await, true, "the same page, not a new one");
    }
    assert_eq!(sent_to(&elsewhere), "", "nobody was asked");
    window.close().await;
}

/// `WebKit` may open a connection ahead of a navigation that is then refused; on it nothing is sent.
fn sent_to(listener: &TcpListener) -> String {
    let mut sent = Vec::new();
    listener.set_nonblocking(true).expect("a listener of ours");
    while let Ok((mut caller, _)) = listener.accept() {
        caller.set_nonblocking(true).expect("a connection of ours");
        let _ = caller.read_to_end(&mut sent); // it ends where nothing more has come
    }
    String::from_utf8_lossy(&sent).into_owned()
}
