//! Which connection is on the screen, and what becomes of the one that was.

use std::sync::atomic::Ordering;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

use super::Console;
use crate::domain::background::{BackgroundProcedure, QuitReason};
use crate::domain::connection::{Connection, ConnectionId, Environment};
use crate::domain::live::Live;
use crate::domain::monitor::Monitor;
use crate::domain::problem::Problem;
use crate::domain::procedure::Procedure;
use crate::poller::pace::Attention;
use crate::services::session::{held, Opening, Session};

/// How long the end of the program may wait for its disk.
const LONGEST_END: Duration = Duration::from_secs(5);

impl Console {
    /// Opens a connection in place of the one that is open. Without a password it looks where the connection says; a
    /// connection that a refused login has stopped stays stopped until a password is given.
    pub async fn open(&self, connection: Connection, password: Option<SecretString>) {
        let generation = self.put_away();
        if password.is_none() {
            if let Some(session) = self.background.give_back(&connection) {
                return self.put_on_screen(session, generation);
            }
        }
        self.hold(generation, connection, password).await.start_polling();
    }

    /// Opens a connection and asks nothing yet: for the command line, which reads what it needs and when. What could
    /// not be opened stands still with its reason in [`Live::phase`].
    pub async fn open_unread(&self, connection: Connection, password: Option<SecretString>) {
        self.hold(self.put_away(), connection, password).await;
    }

    /// Opens a connection without polling, reads modes and jobs once and leaves it open: for the command line.
    pub async fn read_once(&self, connection: Connection, password: Option<SecretString>) -> Live {
        let session = self.hold(self.put_away(), connection, password).await;
        // At the same time, as they are polled: what hangs or refuses the login does so once for both.
        tokio::join!(session.read_modes_once(), session.read_jobs_once());
        session.live()
    }

    /// Makes room on the screen; answers the generation of what comes next.
    fn put_away(&self) -> u32 {
        if let Some(left) = self.leave() {
            self.background.take_over(left);
        }
        self.generations.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Unless somebody opened another one meanwhile, and meant it.
    fn put_on_screen(&self, session: Arc<Session>, generation: u32) {
        let mut open = self.held();
        if self.generations.load(Ordering::Relaxed) == generation {
            session.come_to_screen(generation, *held(&self.attention));
            open.replace(session);
        } else {
            drop(open);
            self.background.take_over(session);
        }
    }

    async fn hold(&self, generation: u32, connection: Connection, password: Option<SecretString>) -> Arc<Session> {
        // A keyring may ask its user before it answers; until then the window says which connection is on its way.
        self.parts.events.live(Arc::new(Monitor::new(generation, Some(connection.clone()), 0).live().clone()));
        let attention = *held(&self.attention);
        let board = self.background.board();
        let opening = Opening { generation, connection, password, attention, on_screen: true, board };
        let session = Session::open(Arc::clone(&self.parts), opening).await;
        // Looking for the password may have taken a minute. Whoever opened or closed meanwhile meant it.
        let mut open = self.held();
        if self.generations.load(Ordering::Relaxed) == generation {
            session.attend(*held(&self.attention)); // it may have changed meanwhile
            self.background.end(&session.connection().id);
            open.replace(Arc::clone(&session));
        } else {
            session.close();
        }
        drop(open);
        session
    }

    /// Opens a saved connection.
    pub async fn open_saved(&self, id: &ConnectionId, password: Option<SecretString>) -> Result<(), Problem> {
        let connection = self.parts.connections.find(id)?;
        self.open(connection, password).await;
        Ok(())
    }

    /// Deletes a saved connection, its password, and closes it if it is open.
    pub async fn delete(&self, id: &ConnectionId) -> Result<(), Problem> {
        if self.is_on_screen(id) {
            self.close();
        }
        self.background.end(id);
        self.parts.connections.delete(id).await?;
        self.parts.procedures.forget(id);
        self.parts.lives.forget(id);
        Ok(())
    }

    /// Leaves the screen empty. A connection with a procedure to go on with goes on behind it, as when another is opened.
    pub fn disconnect(&self) {
        self.put_away();
        self.parts.events.live(Arc::new(self.live()));
    }

    /// Ends polling and forgets rows and token. Procedures in the background go on.
    pub fn close(&self) {
        if let Some(session) = self.leave() {
            session.close();
        }
        // Also where none was open yet: the window shows one on its way.
        self.parts.events.live(Arc::new(self.live()));
    }

    /// Ends everything once the lists that a procedure has asked for are on the disk, or the disk takes too long.
    pub async fn quit(&self) {
        if tokio::time::timeout(LONGEST_END, self.lists_written()).await.is_err() {
            tracing::error!("a list of the evidence could not be written before the end of the program");
        }
        self.shut_down();
    }

    /// Ends everything, as the end of the program does.
    pub fn shut_down(&self) {
        self.background.end_all();
        self.close();
    }

    /// Takes the open session, and lets one that is on its way find that nobody waits for it any more.
    fn leave(&self) -> Option<Arc<Session>> {
        let mut open = self.held();
        self.generations.fetch_add(1, Ordering::Relaxed);
        open.take()
    }

    /// Takes up the procedures of saved connections that were under way when the program ended, except that of the one on
    /// the screen. Nothing goes on by itself: everything is read again first.
    pub async fn resume_background(&self) {
        let Ok(loaded) = self.parts.connections.list() else { return };
        for connection in loaded.connections {
            let is_ours = |state: Procedure| state.driven_by == self.parts.frontend && state.is_of(&connection.address);
            let is_left = self.parts.procedures.under_way(&connection.id).is_some_and(is_ours);
            if self.is_on_screen(&connection.id) || !is_left {
                continue;
            }
            let board = self.background.board();
            let (attention, password) = (Attention::Hidden, None);
            let opening = Opening { generation: 0, connection, password, attention, on_screen: false, board };
            let session = Session::open(Arc::clone(&self.parts), opening).await;
            let open = self.held();
            // A keyring may have kept it waiting, and its user was quicker.
            if open.as_ref().is_some_and(|open| open.connection().id == session.connection().id) {
                session.close();
            } else {
                session.start_polling();
                self.background.take_over(session);
            }
        }
    }

    /// Whether a connection is open, on the screen or behind it: then its session knows its modes.
    pub(in crate::services) fn has_open(&self, id: &ConnectionId) -> bool {
        self.is_on_screen(id) || self.background.find(id).is_some()
    }

    fn is_on_screen(&self, id: &ConnectionId) -> bool {
        self.session().is_ok_and(|session| session.connection().id == *id)
    }

    /// The procedures that go on while another connection is on the screen.
    pub fn background_procedures(&self) -> Vec<BackgroundProcedure> {
        self.background.procedures()
    }

    /// What the end of the program would interrupt or leave behind, of all connections. The practice platform ends with the
    /// program.
    pub fn quit_reasons(&self) -> Vec<QuitReason> {
        let sessions = self.session().into_iter().chain(self.background.sessions());
        let real = sessions.filter(|session| session.connection().environment != Environment::Practice);
        real.filter_map(|session| QuitReason::of(&session.live())).collect()
    }
}
