//! Says news on the desktop, each once (product §5). The window says them anyway, so nothing depends on anybody hearing.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::session::held;
use crate::domain::connection::ConnectionId;
use crate::domain::live::{Live, Phase};
use crate::domain::news::{lost_since, title, News, LOST_AFTER};
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::Language;
use crate::ports::{Clock, Desktop};

/// How often it is looked at whether a connection has been lost for long.
const LOOK_EVERY: Duration = Duration::from_secs(15);
/// The same said again so soon is the same news: the monitor and the procedure notice a switch both, ms.
const SAME_NEWS: i64 = 60_000;
/// Openings of connections that are remembered.
const MOST_OPENINGS: usize = 64;

/// Hears what sessions tell and passes on what must not wait.
pub struct Announcer {
    clock: Arc<dyn Clock>,
    desktop: Arc<dyn Desktop>,
    state: Mutex<State>,
}

struct State {
    is_on: bool,
    language: Language,
    /// The newest notice of each opening of a connection.
    newest: BTreeMap<u32, u32>,
    /// What was said within [`SAME_NEWS`].
    recent: Vec<(ConnectionId, News, Timestamp)>,
    latest: Option<Arc<Live>>,
    /// The opening whose loss was said, until it is read again.
    lost: Option<u32>,
}

impl Announcer {
    /// Says nothing while it is off.
    pub fn new(clock: Arc<dyn Clock>, desktop: Arc<dyn Desktop>, is_on: bool, language: Language) -> Self {
        let state = State { is_on, language, newest: BTreeMap::new(), recent: Vec::new(), latest: None, lost: None };
        Self { clock, desktop, state: Mutex::new(state) }
    }

    /// What happens while it is off is not said later.
    pub fn set_on(&self, is_on: bool) {
        held(&self.state).is_on = is_on;
    }

    /// In which language it speaks from now on.
    pub fn speak(&self, language: Language) {
        held(&self.state).language = language;
    }

    /// Looks whether a connection has been lost for long; nothing else would tell. Never ends.
    pub async fn watch(&self) {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            self.look(&mut held(&self.state));
        }
    }

    pub(super) fn hear(&self, live: &Arc<Live>) {
        let mut state = held(&self.state);
        let told = state.newest.get(&live.generation).copied().unwrap_or_default();
        for notice in live.notices.iter().filter(|notice| notice.id() > told) {
            if let Some(news) = News::of(notice) {
                self.say(&mut state, live, news);
            }
        }
        if let Some(newest) = live.notices.iter().map(crate::domain::live::Notice::id).max() {
            state.newest.insert(live.generation, newest.max(told));
            if state.newest.len() > MOST_OPENINGS {
                state.newest.pop_first();
            }
        }
        state.latest = Some(Arc::clone(live));
        self.look(&mut state);
    }

    fn look(&self, state: &mut State) {
        let Some(live) = state.latest.clone() else { return };
        let now = self.clock.now();
        match lost_since(&live) {
            None => state.lost = None,
            Some(since) if now.since(since) >= LOST_AFTER && state.lost != Some(live.generation) => {
                state.lost = Some(live.generation);
                self.say(state, &live, News::Unreadable);
            }
            Some(_) => {}
        }
    }

    fn say(&self, state: &mut State, live: &Live, news: News) {
        let Some(connection) = live.connection.as_ref().filter(|_| live.phase != Phase::Closed) else { return };
        let now = self.clock.now();
        state.recent.retain(|(_, _, at)| now.since(*at) < SAME_NEWS);
        let is_repeated = state.recent.iter().any(|(id, said, _)| *id == connection.id && *said == news);
        if state.is_on && !is_repeated {
            state.recent.push((connection.id.clone(), news, now));
            self.desktop.say(title(connection, state.language), news.text(state.language));
        }
    }
}
