//! A drag out of another program onto a window, by the screen's own protocol (XDND, version 5): what a person's hand does,
//! down to the drop.

use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt, CreateWindowAux, EventMask, PropMode, SelectionNotifyEvent,
    SelectionRequestEvent, WindowClass,
};
use x11rb::protocol::Event;
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;
use x11rb::CURRENT_TIME;

use crate::desktop::Desktop;
use crate::wait::LIMIT;

const VERSION: u32 = 5;
/// Between two movements of the hand.
const PAUSE: Duration = Duration::from_millis(50);
/// Movements over the window before the hand lets go; more where the window has not said yet that it takes it.
const MOVES: u32 = 20;

/// What is dragged, and where to.
struct Drag {
    screen: RustConnection,
    target: u32,
    uri: Vec<u8>,
    list: Atom,
    /// The target would take it.
    is_accepted: bool,
    is_finished: bool,
}

/// Drags a link over the window at the place `x`, `y` of the screen, and lets go. Whether the window said that it takes it.
pub fn drop_link(desktop: &Desktop, window: u32, (x, y): (u32, u32), uri: &str) -> bool {
    let (screen, number) = RustConnection::connect(Some(desktop.display())).expect("the screen answers");
    let root = &screen.setup().roots[number];
    let source = screen.generate_id().expect("a number");
    let aux = CreateWindowAux::new();
    let class = WindowClass::INPUT_OUTPUT;
    screen.create_window(0, source, root.root, 0, 0, 1, 1, 0, class, root.root_visual, &aux).expect("a window");
    let list = atom(&screen, "text/uri-list");
    let uri = format!("{uri}\r\n").into_bytes();
    let mut drag = Drag { screen, target: window, uri, list, is_accepted: false, is_finished: false };
    let selection = drag.atom("XdndSelection");
    drag.screen.set_selection_owner(source, selection, CURRENT_TIME).expect("sent");
    drag.tell("XdndEnter", [source, VERSION << 24, list, 0, 0]);
    let copy = drag.atom("XdndActionCopy");
    // The page sees the hand come, and only then says what it thinks of it.
    let (begun, mut step) = (Instant::now(), 0);
    while step < MOVES || !drag.is_accepted && begun.elapsed() < LIMIT {
        drag.tell("XdndPosition", [source, 0, ((x + step % MOVES) << 16) | y, CURRENT_TIME, copy]);
        drag.answer_for(PAUSE, |_| false);
        step += 1;
    }
    if drag.is_accepted {
        drag.tell("XdndDrop", [source, 0, CURRENT_TIME, 0, 0]);
        drag.answer_for(LIMIT, |drag| drag.is_finished);
        assert!(drag.is_finished, "what was dropped was taken or refused");
    } else {
        drag.tell("XdndLeave", [source, 0, 0, 0, 0]);
        drag.answer_for(PAUSE, |_| false);
    }
    drag.is_accepted
}

impl Drag {
    fn tell(&self, message: &str, data: [u32; 5]) {
        let event = ClientMessageEvent::new(32, self.target, self.atom(message), data);
        self.screen.send_event(false, self.target, EventMask::NO_EVENT, event).expect("sent");
        self.screen.flush().expect("sent");
    }

    /// Gives what is asked for and hears what is said, until it is enough or the time is over.
    fn answer_for(&mut self, limit: Duration, is_enough: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while begun.elapsed() < limit && !is_enough(self) {
            match self.screen.poll_for_event().expect("the screen answers") {
                Some(Event::SelectionRequest(request)) => self.give(request),
                Some(Event::ClientMessage(message)) if message.type_ == self.atom("XdndStatus") => {
                    self.is_accepted = message.data.as_data32()[1] & 1 == 1;
                }
                Some(Event::ClientMessage(message)) if message.type_ == self.atom("XdndFinished") => {
                    self.is_finished = true;
                }
                Some(_) => {}
                None => std::thread::yield_now(),
            }
        }
    }

    fn give(&self, request: SelectionRequestEvent) {
        let SelectionRequestEvent { requestor, selection, target, property, time, .. } = request;
        let is_had = target == self.list;
        if is_had {
            let give = self.screen.change_property8(PropMode::REPLACE, requestor, property, target, &self.uri);
            give.expect("sent");
        }
        let property = if is_had { property } else { AtomEnum::NONE.into() };
        let event =
            SelectionNotifyEvent { response_type: 31, sequence: 0, time, requestor, selection, target, property };
        self.screen.send_event(false, requestor, EventMask::NO_EVENT, event).expect("sent");
        self.screen.flush().expect("sent");
    }

    fn atom(&self, name: &str) -> Atom {
        atom(&self.screen, name)
    }
}

fn atom(screen: &RustConnection, name: &str) -> Atom {
    let answer = screen.intern_atom(false, name.as_bytes()).expect("sent").reply();
    answer.expect("the screen knows names").atom
}
