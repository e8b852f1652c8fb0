//! Says news on the desktop, each once (product §5). The window says them anyway, so nothing depends on anybody hearing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::session::held;
use crate::domain::background::BackgroundProcedure;
use crate::domain::connection::{ConnectionId, Environment};
use crate::domain::live::{Live, Notice};
use crate::domain::news::{lost_since, title, News};
use crate::domain::procedure::LOST_MS;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::Language;
use crate::ports::{Clock, Desktop};

/// How often it is looked at whether a connection has been lost for long.
const LOOK_EVERY: Duration = Duration::from_secs(15);
/// The same said again so soon is the same news: the monitor and the procedure notice a switch both, ms.
const SAME_NEWS: i64 = 60_000;

/// Hears what sessions tell and passes on what must not wait.
pub struct Announcer {
    clock: Arc<dyn Clock>,
    desktop: Arc<dyn Desktop>,
    state: Mutex<State>,
}

struct State {
    is_on: bool,
    language: Language,
    /// The notices that each connection told last. Their ids begin anew with every session, their times do not.
    heard: BTreeMap<ConnectionId, BTreeSet<(u32, Timestamp)>>,
    /// What was said within [`SAME_NEWS`].
    recent: Vec<(ConnectionId, News, Timestamp)>,
    on_screen: Option<Watched>,
    in_background: Vec<Watched>,
    /// Connections whose loss was said, until they are read again.
    lost: BTreeSet<ConnectionId>,
}

/// A connection with a session.
#[derive(Clone)]
struct Watched {
    id: ConnectionId,
    name: String,
    environment: Environment,
    lost_since: Option<Timestamp>,
}

impl Announcer {
    /// Says nothing while it is off.
    pub fn new(clock: Arc<dyn Clock>, desktop: Arc<dyn Desktop>, is_on: bool, language: Language) -> Self {
        let state = State {
            is_on,
            language,
            heard: BTreeMap::new(),
            recent: Vec::new(),
            on_screen: None,
            in_background: Vec::new(),
            lost: BTreeSet::new(),
        };
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

    pub(super) fn hear(&self, live: &Live) {
        let mut state = held(&self.state);
        state.on_screen = live.connection.as_ref().map(|connection| Watched {
            id: connection.id.clone(),
            name: connection.name.clone(),
            environment: connection.environment,
            lost_since: lost_since(live),
        });
        if let Some(watched) = state.on_screen.clone() {
            self.tell(&mut state, &watched, &live.notices);
        }
        self.look(&mut state);
    }

    pub(super) fn hear_background(&self, procedures: &[BackgroundProcedure]) {
        let mut state = held(&self.state);
        let watched = |procedure: &BackgroundProcedure| Watched {
            id: procedure.connection.clone(),
            name: procedure.name.clone(),
            environment: procedure.environment,
            lost_since: procedure.lost_since,
        };
        state.in_background = procedures.iter().map(watched).collect();
        for procedure in procedures {
            self.tell(&mut state, &watched(procedure), &procedure.notices);
        }
        self.look(&mut state);
    }

    fn tell(&self, state: &mut State, watched: &Watched, notices: &[Notice]) {
        let told =
            state.heard.insert(watched.id.clone(), notices.iter().map(Notice::mark).collect()).unwrap_or_default();
        for news in notices.iter().filter(|notice| !told.contains(&notice.mark())).filter_map(News::of) {
            self.say(state, watched, news);
        }
    }

    fn look(&self, state: &mut State) {
        let now = self.clock.now();
        let watched: Vec<_> = state.on_screen.iter().chain(&state.in_background).cloned().collect();
        for watched in watched {
            match watched.lost_since {
                None => drop(state.lost.remove(&watched.id)),
                Some(since) if now.since(since) < LOST_MS => {}
                Some(_) => {
                    if state.lost.insert(watched.id.clone()) {
                        self.say(state, &watched, News::Unreadable);
                    }
                }
            }
        }
    }

    fn say(&self, state: &mut State, Watched { id, name, environment, .. }: &Watched, news: News) {
        let now = self.clock.now();
        state.recent.retain(|(_, _, at)| now.since(*at) < SAME_NEWS);
        let is_repeated = state.recent.iter().any(|(other, said, _)| other == id && *said == news);
        if state.is_on && !is_repeated {
            state.recent.push((id.clone(), news, now));
            self.desktop.say(title(name, *environment, state.language), news.text(state.language));
        }
    }
}
