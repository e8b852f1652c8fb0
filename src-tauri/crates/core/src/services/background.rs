//! Procedures that go on while another connection is on the screen (product §5).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::session::{held, Session};
use crate::domain::background::BackgroundProcedure;
use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::live::Live;
use crate::ports::EventSink;

/// The sessions behind the one on the screen, at most one for each connection.
pub(super) struct Background {
    sessions: Mutex<BTreeMap<ConnectionId, Arc<Session>>>,
    board: Arc<Board>,
}

impl Background {
    pub(super) fn new(events: Arc<dyn EventSink>) -> Self {
        Self { sessions: Mutex::default(), board: Arc::new(Board { events, shown: Mutex::default() }) }
    }

    /// Where sessions in the background tell their news.
    pub(super) fn board(&self) -> Arc<Board> {
        Arc::clone(&self.board)
    }

    pub(super) fn procedures(&self) -> Vec<BackgroundProcedure> {
        held(&self.board.shown).values().cloned().collect()
    }

    pub(super) fn sessions(&self) -> Vec<Arc<Session>> {
        held(&self.sessions).values().cloned().collect()
    }

    pub(super) fn find(&self, id: &ConnectionId) -> Option<Arc<Session>> {
        held(&self.sessions).get(id).cloned()
    }

    /// Lets a session that leaves the screen go on where it has a procedure to go on with, and ends it otherwise.
    pub(super) fn take_over(&self, session: Arc<Session>) {
        if !session.has_active_procedure() {
            session.close();
            return;
        }
        session.leave_screen();
        let id = session.connection().id.clone();
        if let Some(older) = held(&self.sessions).insert(id, session) {
            older.close();
        }
    }

    /// The session that goes on with this connection as it is saved now. One that asks of another address, or that only a
    /// user can help, is ended: what it left on the disk is taken up by the next.
    pub(super) fn give_back(&self, connection: &Connection) -> Option<Arc<Session>> {
        let session = held(&self.sessions).get(&connection.id).cloned()?;
        if !session.can_go_on_as(connection) {
            self.end(&connection.id);
            return None;
        }
        held(&self.sessions).remove(&connection.id);
        Some(session)
    }

    /// Ends the session of one connection.
    pub(super) fn end(&self, id: &ConnectionId) {
        if let Some(session) = held(&self.sessions).remove(id) {
            session.close();
        }
        self.board.take_down(id);
    }

    /// Ends all of them; what they did is on the disk.
    pub(super) fn end_all(&self) {
        for session in self.sessions() {
            self.end(&session.connection().id);
        }
    }
}

/// What was told of the procedures in the background: whole, whenever something changes.
pub(super) struct Board {
    events: Arc<dyn EventSink>,
    shown: Mutex<BTreeMap<ConnectionId, BackgroundProcedure>>,
}

impl Board {
    pub(super) fn show(&self, live: &Live) {
        let Some(procedure) = BackgroundProcedure::of(live) else { return };
        let mut shown = held(&self.shown);
        if shown.get(&procedure.connection) != Some(&procedure) {
            shown.insert(procedure.connection.clone(), procedure);
            self.tell(&shown);
        }
    }

    /// Its connection is on the screen, or ended.
    pub(super) fn take_down(&self, id: &ConnectionId) {
        let mut shown = held(&self.shown);
        if shown.remove(id).is_some() {
            self.tell(&shown);
        }
    }

    fn tell(&self, shown: &BTreeMap<ConnectionId, BackgroundProcedure>) {
        self.events.background(shown.values().cloned().collect());
    }
}
