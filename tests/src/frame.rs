//! What a window manager does to the windows of a program. A test desktop has none of its own.

use x11rb::protocol::xproto::{Atom, ClientMessageEvent, ConnectionExt, EventMask};
use x11rb::rust_connection::RustConnection;

use crate::desktop::Desktop;

/// The ids of a program's visible windows, by their class.
pub fn windows(desktop: &Desktop, class: &str) -> Vec<u32> {
    let found = desktop.command("xdotool").args(["search", "--onlyvisible", "--class", class]).output();
    let found = found.expect("xdotool runs").stdout;
    String::from_utf8_lossy(&found).lines().filter_map(|id| id.parse().ok()).collect()
}

/// The processes that these windows belong to.
pub fn processes(desktop: &Desktop, class: &str) -> Vec<String> {
    let process = |window: u32| {
        let found = desktop.command("xdotool").args(["getwindowpid", &window.to_string()]).output();
        String::from_utf8_lossy(&found.expect("xdotool runs").stdout).trim().to_owned()
    };
    windows(desktop, class).into_iter().map(process).filter(|id| !id.is_empty()).collect()
}

/// Asks its windows to close, as the button in their frame does; what they make of it is theirs.
pub fn close(desktop: &Desktop, class: &str) {
    let windows = windows(desktop, class);
    assert!(!windows.is_empty(), "no window of {class} to close");
    let (screen, _) = RustConnection::connect(Some(desktop.display())).expect("the screen answers");
    let (protocols, delete) = (atom(&screen, "WM_PROTOCOLS"), atom(&screen, "WM_DELETE_WINDOW"));
    for window in windows {
        // Hidden helpers of the toolkit have the same class and no such protocol; to them it means nothing.
        let message = ClientMessageEvent::new(32, window, protocols, [delete, 0, 0, 0, 0]);
        screen.send_event(false, window, EventMask::NO_EVENT, message).expect("sent");
    }
    // An answer means that everything before it has arrived.
    screen.get_input_focus().expect("sent").reply().expect("the screen answers");
}

fn atom(screen: &RustConnection, name: &str) -> Atom {
    let answer = screen.intern_atom(false, name.as_bytes()).expect("sent").reply();
    answer.expect("the screen knows names").atom
}
