//! The left-on guard: what it asks of the platform, when, and what it tells. Time is the runtime's and paused.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use acceptance::consoles::{draft, Program};
use acceptance::fault_server::{envelope, grant, Act, FaultServer, Seen};
use acceptance::wait::PausedTime;
use async_trait::async_trait;
use ita_core::client::Limits;
use ita_core::credentials::SessionStore;
use ita_core::domain::confirmation::Consent;
use ita_core::domain::connection::{Connection, ConnectionDraft, ConnectionId, Environment, SecretPlace};
use ita_core::domain::left_on::{LeftOn, LeftOnState, OnSince};
use ita_core::domain::modes::Mode;
use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::ports::CredentialStore;
use secrecy::SecretString;

const MODES: &str = "/api/platform/maintenance-mode-setting";
const HOUR: u64 = 3_600;
const MINUTE: u64 = 60;
const AGREED: Consent = Consent { agreed: true, typed_name: None };
const OFF: &str = r#"{"backyard_execute_stop":"0","data_update_stop":"0"}"#;
const READ_ONLY: &str = r#"{"backyard_execute_stop":"0","data_update_stop":"1"}"#;
const BOTH: &str = r#"{"backyard_execute_stop":"1","data_update_stop":"1"}"#;

/// A platform whose modes a test sets; it has no jobs.
struct Platform {
    server: FaultServer,
    flags: Arc<Mutex<String>>,
}

impl Platform {
    async fn start(flags: &str) -> Self {
        let flags = Arc::new(Mutex::new(flags.to_owned()));
        let now = Arc::clone(&flags);
        let server = FaultServer::start(move |seen: &Seen| match seen.path.as_str() {
            _ if seen.is_token() => grant("tok", "ref", 86_400),
            MODES if seen.method == "PATCH" => {
                let is_on = seen.body == r#"{"data_update_stop":"1"}"#;
                (if is_on { READ_ONLY } else { OFF }).clone_into(&mut now.lock().expect("not poisoned"));
                Act::json(200, &envelope("null"))
            }
            MODES => Act::json(200, &envelope(&now.lock().expect("not poisoned"))),
            _ => Act::json(200, &envelope(r#"{"execute_count":0,"organizations":[]}"#)),
        });
        Self { server: server.await.expect("a port on 127.0.0.1"), flags }
    }

    fn now_says(&self, flags: &str) {
        flags.clone_into(&mut self.flags.lock().expect("not poisoned"));
    }

    /// Logins and reads of the modes.
    fn asked(&self) -> [usize; 2] {
        let seen = self.server.seen();
        [seen.iter().filter(|it| it.is_token()).count(), seen.iter().filter(|it| it.path == MODES).count()]
    }
}

/// A program whose guard watches until this is dropped.
struct Watched {
    program: Arc<Program>,
    watching: tokio::task::JoinHandle<()>,
    time: PausedTime,
}

impl Watched {
    fn start(program: Program) -> Self {
        let program = Arc::new(program);
        let watched = Arc::clone(&program);
        let watching = tokio::spawn(async move { watched.guard.watch(&watched.console).await });
        Self { program, watching, time: PausedTime::default() }
    }

    /// Lets so many seconds pass, a second at a time: an answer on this machine needs no longer.
    async fn pass(&mut self, seconds: u64) {
        for _ in 0..seconds {
            self.time.pass(Duration::from_secs(1)).await;
        }
    }

    fn told(&self) -> LeftOnState {
        self.program.left_on.borrow().clone()
    }

    /// The next start of the program.
    async fn restart(self) -> Self {
        self.watching.abort();
        let _ = self.watching.await;
        let program = Arc::into_inner(self.program).expect("nobody watches any more");
        Self::start(program.restart())
    }
}

fn program() -> Program {
    Program::in_paused_time(Limits::of_exchange(Duration::from_secs(50)))
}

async fn save(program: &Program, platform: &Platform) -> Connection {
    program.save(&platform.server.origin, Environment::Staging, "secret").await
}

fn since(left_on: &LeftOn) -> (Mode, bool) {
    (left_on.mode, matches!(left_on.since, OnSince::Known { .. }))
}

#[tokio::test(start_paused = true)]
async fn at_the_start_and_every_hour_one_login_and_one_read() {
    let platform = Platform::start(BOTH).await;
    let program = program();
    let saved = save(&program, &platform).await;
    let mut watched = Watched::start(program);
    watched.pass(5).await;
    assert_eq!(platform.asked(), [1, 1], "at the start");
    let told = watched.told();
    assert_eq!(told.modes.iter().map(since).collect::<Vec<_>>(), [(Mode::ReadOnly, false), (Mode::JobStop, false)]);
    assert!(told.modes.iter().all(|it| it.connection == saved.id && it.doubtful_since.is_none()));
    assert_eq!(told.unchecked, []);

    watched.pass(HOUR - MINUTE).await;
    assert_eq!(platform.asked(), [1, 1], "never twice within an hour");
    watched.pass(2 * MINUTE).await;
    assert_eq!(platform.asked(), [2, 2], "an hour later");
    watched.pass(2 * HOUR + 2 * MINUTE).await;
    assert_eq!(platform.asked(), [4, 4]);
    assert_eq!(watched.told().modes[0].since, told.modes[0].since, "since the first read that showed it");
    let mut again = watched.restart().await;
    again.pass(5).await;
    assert_eq!(platform.asked(), [5, 5], "at the next start");
    assert_eq!(again.told().modes[0].since, told.modes[0].since, "also over a restart");
}

#[tokio::test(start_paused = true)]
async fn a_refused_password_causes_one_login_ever_and_stops_the_connection() {
    let server = FaultServer::start(|seen| {
        assert!(seen.is_token(), "nothing follows a refused login: {}", seen.path);
        Act::json(401, r#"{"error":"invalid_grant","error_description":"Invalid user credentials"}"#)
    });
    let server = server.await.expect("a port on 127.0.0.1");
    let program = program();
    let saved = program.save(&server.origin, Environment::Staging, "wrong").await;
    let mut watched = Watched::start(program);
    watched.pass(3 * HOUR).await;
    let found = watched.program.console.connections().find(&saved.id).expect("saved");
    assert!(found.stopped_by_refused_login, "as everywhere else");
    assert_eq!(watched.told().modes, []);
    let mut again = watched.restart().await;
    again.pass(2 * HOUR).await;
    assert_eq!(server.seen().len(), 1, "a second try could lock the account");
}

/// A keyring that only its owner could open; whoever asks it aloud makes it prompt.
#[derive(Default)]
struct Locked {
    inner: SessionStore,
    prompts: AtomicUsize,
}

#[async_trait]
impl CredentialStore for Locked {
    async fn get(&self, id: &ConnectionId) -> Result<Option<SecretString>, Problem> {
        self.prompts.fetch_add(1, Ordering::SeqCst);
        self.inner.get(id).await
    }

    async fn set(&self, id: &ConnectionId, secret: SecretString) -> Result<(), Problem> {
        self.inner.set(id, secret).await
    }

    async fn delete(&self, id: &ConnectionId) -> Result<(), Problem> {
        self.inner.delete(id).await
    }

    async fn available(&self) -> Result<(), Problem> {
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn a_locked_keyring_is_told_quietly_and_never_asked_to_open() {
    let platform = Platform::start(BOTH).await;
    let keyring = Arc::new(Locked::default());
    let limits = Limits::of_exchange(Duration::from_secs(50));
    let program = Program::in_paused_time_with(limits, Arc::<Locked>::clone(&keyring));
    let saved = save(&program, &platform).await;
    let mut watched = Watched::start(program);
    watched.pass(HOUR + 5 * MINUTE).await;
    let told = watched.told();
    let reasons: Vec<_> = told.unchecked.iter().map(|it| (&it.connection, it.problem.code)).collect();
    assert_eq!(reasons, [(&saved.id, ProblemCode::KeyringLocked)]);
    assert_eq!(told.modes, []);
    assert_eq!(keyring.prompts.load(Ordering::SeqCst), 0, "nobody is asked for what nobody wanted just now");
    assert_eq!(platform.asked(), [0, 0]);
}

#[tokio::test(start_paused = true)]
async fn what_is_asked_for_each_time_or_open_is_left_alone() {
    let (asked, open) = (Platform::start(BOTH).await, Platform::start(BOTH).await);
    let program = program();
    let each_time = ConnectionDraft {
        name: "ask".to_owned(),
        secret_place: SecretPlace::Ask,
        ..draft(&asked.server.origin, Environment::Staging)
    };
    program.console.connections().save(each_time, None).await.expect("saved");
    let saved = save(&program, &open).await;
    program.console.open_saved(&saved.id, None).await.expect("opened");
    let mut watched = Watched::start(program);
    watched.pass(HOUR + 5 * MINUTE).await;
    assert_eq!(asked.asked(), [0, 0], "there is no password at hand");
    assert_eq!(open.asked()[0], 1, "the session's own login serves");

    watched.program.console.close();
    assert_eq!(watched.told().modes.len(), 2, "what the session saw last is told without another read");
    let before = open.asked();
    watched.pass(HOUR - 5 * MINUTE).await;
    assert_eq!(open.asked(), before);
    watched.pass(10 * MINUTE).await;
    assert_eq!(open.asked(), [before[0] + 1, before[1] + 1], "an hour after its last poll");
}

#[tokio::test(start_paused = true)]
async fn unknown_flags_say_nothing_and_end_nothing() {
    let platform = Platform::start("{}").await;
    let program = program();
    save(&program, &platform).await;
    let mut watched = Watched::start(program);
    watched.pass(5).await;
    assert_eq!(platform.asked(), [1, 1]);
    assert_eq!(watched.told().modes, [], "absent is not on");

    platform.now_says(BOTH);
    watched.pass(HOUR + MINUTE).await;
    let on = watched.told().modes;
    assert_eq!(on.len(), 2);
    for odd in ["{}", r#"{"backyard_execute_stop":null,"data_update_stop":"2"}"#] {
        platform.now_says(odd);
        watched.pass(HOUR + MINUTE).await;
        assert_eq!(watched.told().modes, on, "{odd}: neither off nor newly on");
    }
}

#[tokio::test(start_paused = true)]
async fn off_on_both_after_on_is_a_doubt_and_not_good_news() {
    let platform = Platform::start(BOTH).await;
    let program = program();
    let saved = save(&program, &platform).await;
    let mut watched = Watched::start(program);
    watched.pass(5).await;
    platform.now_says(OFF);
    watched.pass(HOUR + MINUTE).await;
    assert!(watched.told().modes.iter().all(|it| it.doubtful_since.is_some()));
    assert_eq!(watched.told().modes.len(), 2);

    watched.program.guard.dismiss(&saved.id);
    assert_eq!(watched.told().modes, [], "the user knows");
    watched.pass(HOUR + MINUTE).await;
    assert_eq!(watched.told().modes, [], "and is not told again");
    platform.now_says(READ_ONLY);
    watched.pass(HOUR + MINUTE).await;
    assert_eq!(watched.told().modes.iter().map(since).collect::<Vec<_>>(), [(Mode::ReadOnly, false)]);
    platform.now_says(r#"{"backyard_execute_stop":"1","data_update_stop":"0"}"#);
    watched.pass(HOUR + MINUTE).await;
    let modes: Vec<_> = watched.told().modes.iter().map(|it| (it.mode, it.doubtful_since)).collect();
    assert_eq!(modes, [(Mode::JobStop, None)], "one flag reads on, so the table was read");
}

#[tokio::test(start_paused = true)]
async fn dismissed_stays_silent_over_hours_and_restarts() {
    let platform = Platform::start(READ_ONLY).await;
    let program = program();
    let saved = save(&program, &platform).await;
    let mut watched = Watched::start(program);
    watched.pass(5).await;
    assert_eq!(watched.told().modes.len(), 1);
    watched.program.guard.dismiss(&saved.id);
    watched.pass(HOUR + MINUTE).await;
    let mut again = watched.restart().await;
    again.pass(5).await;
    assert_eq!(platform.asked()[0], 3, "it was looked at");
    assert_eq!(again.told().modes, []);
    platform.now_says(BOTH);
    again.pass(HOUR + MINUTE).await;
    assert_eq!(again.told().modes.iter().map(|it| it.mode).collect::<Vec<_>>(), [Mode::JobStop], "that is news");
}

#[tokio::test(start_paused = true)]
async fn since_when_comes_from_our_own_journal_where_it_has_the_switch() {
    let platform = Platform::start(OFF).await;
    let mut program = program();
    let saved = program.save(&platform.server.origin, Environment::Development, "secret").await;
    program.console.open_saved(&saved.id, None).await.expect("opened");
    program.wait_until("the first reads", |live| live.running.known().is_some()).await;
    let consent = Consent { typed_name: Some(saved.name.clone()), ..AGREED };
    program.console.switch_mode(Mode::ReadOnly, true, &consent).await.expect("switched");
    let switched = program.console.journal_entries(1, None).expect("open")[0].at;
    program.console.close();
    let mut watched = Watched::start(program);
    watched.pass(HOUR + 2 * MINUTE).await;
    let left_on: Vec<_> = watched.told().modes.iter().map(|it| (it.mode, it.since)).collect();
    assert_eq!(left_on, [(Mode::ReadOnly, OnSince::Known { at: switched })]);
}

#[tokio::test(start_paused = true)]
async fn switched_off_it_sends_nothing_and_shows_nothing() {
    let platform = Platform::start(BOTH).await;
    let program = program();
    save(&program, &platform).await;
    program.guard.set_on(false);
    let mut watched = Watched::start(program);
    watched.pass(3 * HOUR).await;
    assert_eq!(platform.server.seen(), [], "not one request");
    watched.program.guard.set_on(true);
    watched.pass(2).await;
    assert_eq!(platform.asked(), [1, 1], "switched on it looks at once");
    assert_eq!(watched.told().modes.len(), 2);
    watched.program.guard.set_on(false);
    assert_eq!(watched.told(), LeftOnState::default());
    watched.program.guard.set_on(true);
    watched.pass(30 * MINUTE).await;
    assert_eq!(platform.asked(), [1, 1], "and not again within the hour");
}

#[tokio::test(start_paused = true)]
async fn a_platform_that_hangs_costs_a_minute_and_the_next_one_is_checked() {
    let hanging = FaultServer::start(|_| Act::hang()).await.expect("a port on 127.0.0.1");
    let platform = Platform::start(READ_ONLY).await;
    let program = Program::in_paused_time(Limits::of_exchange(Duration::from_secs(3 * HOUR)));
    let first = ConnectionDraft { name: "hangs".to_owned(), ..draft(&hanging.origin, Environment::Staging) };
    let first = program.console.connections().save(first, Some("secret".into())).await.expect("saved");
    save(&program, &platform).await;
    let mut watched = Watched::start(program);
    watched.pass(50).await;
    assert_eq!(platform.asked(), [0, 0], "one after the other");
    watched.pass(15).await;
    assert_eq!(platform.asked(), [1, 1]);
    let reasons: Vec<_> = watched.told().unchecked.iter().map(|it| (it.connection.clone(), it.problem.code)).collect();
    assert_eq!(reasons, [(first.id, ProblemCode::TimedOut)]);
    assert_eq!(hanging.seen().len(), 1, "a login is not repeated");
}

#[tokio::test(start_paused = true)]
async fn what_is_deleted_or_leads_elsewhere_is_forgotten() {
    let (one, other) = (Platform::start(BOTH).await, Platform::start(OFF).await);
    let program = program();
    let saved = save(&program, &one).await;
    let mut watched = Watched::start(program);
    watched.pass(5).await;
    assert_eq!(watched.told().modes.len(), 2);
    let moved = ConnectionDraft { id: Some(saved.id.clone()), ..draft(&other.server.origin, Environment::Staging) };
    let connections = watched.program.console.connections();
    connections.save(moved, Some("secret".into())).await.expect("saved");
    watched.pass(2 * MINUTE).await;
    assert_eq!(watched.told().modes, [], "what was seen there says nothing about this platform");
    assert_eq!(other.asked(), [1, 1]);

    other.now_says(READ_ONLY);
    watched.pass(HOUR + MINUTE).await;
    let remembered = watched.program.folder().join("left-on.json");
    let holds = || std::fs::read_to_string(&remembered).expect("a file").contains(&saved.id.0);
    assert!(holds());
    watched.program.console.delete(&saved.id).await.expect("deleted");
    watched.pass(2 * MINUTE).await;
    assert!(!holds(), "nothing is kept of a connection that is gone");
    assert_eq!(watched.told().modes, []);
}
