//! The left-on guard (product §5): looks after saved connections that nobody has open. At the start and every hour it
//! reads the modes of each, once, and tells which were left on. It asks nobody anything: what would need a prompt, or has
//! been refused, is left alone.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::watch;

use super::console::Console;
use super::session::{held, settings_of};
use crate::client::Client;
use crate::domain::connection::{Connection, ConnectionId, SecretPlace};
use crate::domain::left_on::{LeftOnState, Remembered, Unchecked};
use crate::domain::live::Live;
use crate::domain::modes::ModeReading;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::time::Timestamp;
use crate::journal::{Journal, LastChanges};
use crate::ports::{Clock, EventSink};
use crate::settings::left_on::{LeftOnFile, Memory};

/// From one check of a connection to the next, ms.
const HOUR_MS: i64 = 3_600_000;
/// How often it is looked at which connections are due; what was saved, or slept through, is not left for an hour.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// How far back the journal is looked through for the last change of a mode.
const MOST_ENTRIES: usize = 1_000;
/// How long one check may take, login included.
const LONGEST_CHECK: Duration = Duration::from_secs(60);

/// The guard. It hears what sessions tell, because an open connection reads its modes anyway.
pub struct Guard {
    clock: Arc<dyn Clock>,
    events: Arc<dyn EventSink>,
    journal: Journal,
    file: LeftOnFile,
    is_on: watch::Sender<bool>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    memory: Memory,
    /// The saved connections with their addresses, in the user's order.
    saved: Vec<(ConnectionId, String)>,
    /// The last attempt at each, by the guard or by a session.
    looked: BTreeMap<ConnectionId, Timestamp>,
    unchecked: BTreeMap<ConnectionId, Problem>,
    checked_at: Option<Timestamp>,
    told: LeftOnState,
}

impl Guard {
    /// Remembers what `file` has, and sends nothing yet.
    pub fn new(
        clock: Arc<dyn Clock>,
        events: Arc<dyn EventSink>,
        journal: Journal,
        file: LeftOnFile,
        is_on: bool,
    ) -> Self {
        let known = Known { memory: file.load(), ..Known::default() };
        Self { clock, events, journal, file, is_on: watch::Sender::new(is_on), known: Mutex::new(known) }
    }

    /// As it was told last.
    pub fn state(&self) -> LeftOnState {
        held(&self.known).told.clone()
    }

    /// Switched off it sends no request and tells nothing.
    pub fn set_on(&self, is_on: bool) {
        if self.is_on.send_if_modified(|before| std::mem::replace(before, is_on) != is_on) {
            self.tell(&mut held(&self.known));
        }
    }

    /// The user knows about a connection: it is silent until something changes there.
    pub fn dismiss(&self, id: &ConnectionId) {
        self.change(|known, now| {
            if let Some(remembered) = known.memory.get_mut(id) {
                remembered.dismiss(now);
            }
        });
    }

    /// Checks whatever is due, at once and from then on. Never ends.
    pub async fn watch(&self, console: &Console) {
        let mut switched = self.is_on.subscribe();
        loop {
            self.check_due(console).await;
            // Only this guard holds the sender, so it is there.
            let _ = tokio::time::timeout(LOOK_EVERY, switched.changed()).await;
        }
    }

    /// One after the other, so that a hundred connections are no burst.
    async fn check_due(&self, console: &Console) {
        let connections = &console.parts().connections;
        let Ok(saved) = connections.list().map(|loaded| loaded.connections) else { return };
        self.change(|known, _| known.follow(&saved));
        for id in saved.into_iter().map(|connection| connection.id) {
            if !*self.is_on.borrow() {
                return;
            }
            // As it is now: a minute may have passed in which its login was refused, or it was changed.
            let Ok(connection) = connections.find(&id) else { continue };
            if may_be_checked(&connection) && !console.has_open(&id) && self.is_due(&id) {
                self.check(console, &connection).await;
            }
        }
    }

    /// A clock that was set back makes everything due.
    fn is_due(&self, id: &ConnectionId) -> bool {
        let now = self.clock.now();
        held(&self.known).looked.get(id).is_none_or(|last| now < *last || now.since(*last) >= HOUR_MS)
    }

    async fn check(&self, console: &Console, connection: &Connection) {
        let read = tokio::time::timeout(LONGEST_CHECK, read(console, connection)).await;
        let read = read.unwrap_or_else(|_| Err(Problem::new(ProblemCode::TimedOut)));
        if let Some(refusal) = read.as_ref().err().filter(|problem| problem.code == ProblemCode::LoginRefused) {
            console.stop_after_refusal(connection, refusal);
        }
        // Opened meanwhile: its session knows better. Deleted or switched off meanwhile: nobody asks any more.
        let is_wanted = *self.is_on.borrow() && console.parts().connections.find(&connection.id).is_ok();
        if is_wanted && !console.has_open(&connection.id) {
            let journal = self.last_changes(&connection.id, &connection.address);
            self.change(|known, now| known.take(connection, read, &journal, now));
        }
    }

    fn last_changes(&self, id: &ConnectionId, address: &str) -> LastChanges {
        let entries = self.journal.newest(id, MOST_ENTRIES, LastChanges::concerns);
        LastChanges::of(entries.into_iter().rev(), address)
    }

    /// What an open connection has read, told by its session.
    pub(super) fn hear(&self, live: &Live) {
        let Some(connection) = live.connection.as_ref().filter(|connection| connection.id.is_saved()) else { return };
        let reading = live.modes.known();
        if *self.is_on.borrow() && reading != ModeReading::default() {
            self.change(|known, now| {
                known.looked.insert(connection.id.clone(), now);
                known.unchecked.remove(&connection.id);
                known.meet(connection);
                known.remembered(connection).looked_at(reading, live.suspect, now);
            });
        }
    }

    /// Changes what is known; saves and tells what came of it. That an open connection was read once more is no news.
    fn change(&self, change: impl FnOnce(&mut Known, Timestamp)) {
        let mut known = held(&self.known);
        let (memory, attempts) = (known.significant(), (known.checked_at, known.unchecked.clone()));
        change(&mut known, self.clock.now());
        let is_news = known.significant() != memory;
        if is_news {
            if let Err(error) = self.file.save(&known.memory) {
                tracing::warn!(%error, "what was left on is not remembered over a restart");
            }
        }
        if is_news || attempts != (known.checked_at, known.unchecked.clone()) {
            self.tell(&mut known);
        }
    }

    /// Under the lock, so that news arrive in the order in which they came about.
    fn tell(&self, known: &mut Known) {
        known.told = if *self.is_on.borrow() { self.state_of(known) } else { LeftOnState::default() };
        self.events.left_on(known.told.clone());
    }

    fn state_of(&self, known: &Known) -> LeftOnState {
        let left_on = |(id, address): &(ConnectionId, String)| {
            let remembered = known.memory.get(id).filter(|it| it.is_any_on() && it.is_of(address))?;
            let journal = self.last_changes(id, address);
            Some(remembered.left_on(id, |mode| journal.last(mode)).collect::<Vec<_>>())
        };
        let unchecked = |(connection, problem): (&ConnectionId, &Problem)| Unchecked {
            connection: connection.clone(),
            problem: problem.clone(),
        };
        LeftOnState {
            modes: known.saved.iter().filter_map(left_on).flatten().collect(),
            unchecked: known.unchecked.iter().map(unchecked).collect(),
            checked_at: known.checked_at,
        }
    }
}

impl Known {
    /// Forgets connections that are gone, and what was seen where they led before.
    fn follow(&mut self, saved: &[Connection]) {
        let saved: Vec<_> = saved.iter().map(|it| (it.id.clone(), it.address.clone())).collect();
        let address = |id: &ConnectionId| saved.iter().find(|(other, _)| other == id).map(|(_, address)| address);
        self.memory.retain(|id, remembered| address(id).is_some_and(|address| remembered.is_of(address)));
        let is_the_same =
            |id: &ConnectionId| self.saved.iter().any(|(other, at)| other == id && address(id) == Some(at));
        self.looked.retain(|id, _| is_the_same(id));
        self.unchecked.retain(|id, _| is_the_same(id));
        self.saved = saved;
    }

    /// It was saved, or led elsewhere, a moment ago: the next look at the list puts it in its place.
    fn meet(&mut self, connection: &Connection) {
        match self.saved.iter_mut().find(|(id, _)| *id == connection.id) {
            Some((_, address)) => address.clone_from(&connection.address),
            None => self.saved.push((connection.id.clone(), connection.address.clone())),
        }
    }

    fn remembered(&mut self, connection: &Connection) -> &mut Remembered {
        let remembered = self.memory.entry(connection.id.clone()).or_default();
        if !remembered.is_of(&connection.address) {
            *remembered = Remembered::of(&connection.address);
        }
        remembered
    }

    fn take(
        &mut self,
        connection: &Connection,
        read: Result<Option<ModeReading>, Problem>,
        journal: &LastChanges,
        now: Timestamp,
    ) {
        let id = &connection.id;
        self.looked.insert(id.clone(), now);
        self.unchecked.remove(id);
        match read {
            Ok(None) => return,
            Ok(Some(reading)) => {
                self.remembered(connection).checked(reading, now, |mode| journal.last(mode));
            }
            Err(problem) => drop(self.unchecked.insert(id.clone(), problem)),
        }
        self.checked_at = Some(now);
    }

    /// What is worth a write to the disk.
    fn significant(&self) -> (Vec<(ConnectionId, String)>, Memory) {
        let remembered = self.memory.iter().map(|(id, it)| (id.clone(), it.clone().without_last_reads())).collect();
        (self.saved.clone(), remembered)
    }
}

/// One that has no password at hand, or whose password was refused, is the user's to open.
fn may_be_checked(connection: &Connection) -> bool {
    connection.secret_place != SecretPlace::Ask && !connection.stopped_by_refused_login
}

/// One login and one read; `None` without a password.
async fn read(console: &Console, connection: &Connection) -> Result<Option<ModeReading>, Problem> {
    let parts = console.parts();
    let secret: Option<SecretString> = parts.connections.secret_quietly(connection).await?;
    let Some(secret) = secret else { return Ok(None) };
    if console.has_open(&connection.id) {
        return Ok(None); // opened while the keyring was looked into: one login is enough
    }
    let client = Client::new(settings_of(connection, parts.limits), secret)?.covered_by(&parts.scrubber);
    Ok(Some(client.read_modes().await?.value))
}
