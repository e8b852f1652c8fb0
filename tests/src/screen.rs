//! What a window manager says to a window. A test desktop has no window manager of its own.

use x11rb::protocol::xproto::{Atom, ClientMessageEvent, ConnectionExt, EventMask};
use x11rb::rust_connection::RustConnection;

/// Asks a window of this screen to close, as the button in its frame does; what it makes of it is its own.
pub(crate) fn ask_to_close(display: &str, window: u32) {
    let (screen, _) = RustConnection::connect(Some(display)).expect("the screen answers");
    let (protocols, delete) = (atom(&screen, "WM_PROTOCOLS"), atom(&screen, "WM_DELETE_WINDOW"));
    let message = ClientMessageEvent::new(32, window, protocols, [delete, 0, 0, 0, 0]);
    screen.send_event(false, window, EventMask::NO_EVENT, message).expect("sent");
    // An answer means that everything before it has arrived.
    screen.get_input_focus().expect("sent").reply().expect("the screen answers");
}

fn atom(screen: &RustConnection, name: &str) -> Atom {
    let answer = screen.intern_atom(false, name.as_bytes()).expect("sent").reply();
    answer.expect("the screen knows names").atom
}
