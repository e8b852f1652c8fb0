//! A password and tokens that turn up nowhere: driven through the real core over servers that throw everything back at it,
//! then looked for in what it tells the window, in its problems, in its log and in every file that it writes.

use std::sync::{Arc, Mutex, PoisonError};

use acceptance::canary::{self, expect_absent, expect_absent_below, forms, found_in, Form, PASSWORD, REFRESH, TOKEN};
use acceptance::consoles::draft;
use acceptance::fault_server::{envelope, grant, Act, FaultServer, Seen};
use acceptance::tls_server::{Identity, TlsServer};
use ita_core::client::Limits;
use ita_core::credentials::SessionStore;
use ita_core::domain::confirmation::Consent;
use ita_core::domain::connection::{Connection, ConnectionDraft, Environment, LoginWay, SecretPlace};
use ita_core::domain::live::Live;
use ita_core::domain::modes::Mode;
use ita_core::domain::procedure::Frontend;
use ita_core::domain::test_report::StepResult;
use ita_core::journal::Journal;
use ita_core::log::{Log, LogFile, Scrubber};
use ita_core::ports::{EventSink, SystemClock};
use ita_core::services::connections::{checked_draft, Connections};
use ita_core::services::console::{Console, Parts};
use ita_core::settings::connections::ConnectionsFile;
use ita_core::settings::lives::LifeFiles;
use ita_core::settings::procedures::ProcedureFiles;
use serde::Serialize;
use tracing_subscriber::fmt;

/// All that crosses to the window, as the bridge sends it.
#[derive(Clone, Default)]
struct Crossing(Arc<Mutex<String>>);

impl Crossing {
    fn add<T: Serialize>(&self, what: &T) {
        let text = serde_json::to_string(what).expect("what crosses is JSON");
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push_str(&text);
        all.push('\n');
    }

    fn all(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl EventSink for Crossing {
    fn live(&self, live: Arc<Live>) {
        self.add(&*live);
    }

    fn test_step(&self, step: StepResult) {
        self.add(&step);
    }
}

struct Program {
    console: Console,
    crossing: Crossing,
    folder: tempfile::TempDir,
}

/// As the shell composes it, with every event of every library in the log.
fn program() -> Program {
    let folder = tempfile::tempdir().expect("a folder");
    let (scrubber, crossing) = (Scrubber::default(), Crossing::default());
    let log = Log::new(scrubber.clone(), vec![Box::new(LogFile::new(folder.path().join("ita.log")))]);
    let lines = fmt().with_max_level(tracing::Level::TRACE).with_ansi(false).with_writer(move || log.event());
    tracing::subscriber::set_global_default(lines.finish()).expect("each test has a process of its own");
    let (clock, store) = (Arc::new(SystemClock), Arc::new(SessionStore::default()));
    let file = ConnectionsFile::new(folder.path().join("connections.json"));
    let procedures = ProcedureFiles::new(folder.path().join("procedures"));
    let keyring = Arc::<SessionStore>::clone(&store);
    let connections = Connections::new(file, keyring, store, procedures.clone(), Arc::<SystemClock>::clone(&clock));
    let console = Console::new(Parts {
        frontend: Frontend::Window,
        clock,
        events: Arc::new(crossing.clone()),
        connections,
        journal: Journal::new(folder.path().join("journal"), "night"),
        procedures,
        lives: LifeFiles::new(folder.path().join("job-lives")),
        limits: Limits::default(),
        scrubber,
    });
    Program { console, crossing, folder }
}

impl Program {
    /// Everything that can be done with a connection; whatever comes of it crosses to the window.
    async fn use_connection(&self, connection: &Connection) {
        self.crossing.add(&self.console.read_once(connection.clone(), Some(PASSWORD.into())).await);
        tracing::error!("a defect that prints {PASSWORD}");
        self.crossing.add(&self.console.switch_mode(Mode::JobStop, true, &consent(connection)).await);
        self.crossing.add(&self.console.journal_entries(100, None));
        let form = ConnectionDraft { id: Some(connection.id.clone()), ..form(connection) };
        self.crossing.add(&self.console.test_connection(1, form, Some(PASSWORD.into())).await);
        self.console.close();
    }

    fn expect_clean(&self) {
        expect_absent("what crosses to the window", self.crossing.all().as_bytes());
        let files = expect_absent_below(self.folder.path(), &[]);
        assert!(files >= 2, "log and journal were looked at: {files}");
        let log = std::fs::read_to_string(self.folder.path().join("ita.log")).expect("the log");
        assert!(log.contains("a defect that prints [redacted]"), "the log has what happened:\n{log}");
    }
}

fn consent(connection: &Connection) -> Consent {
    serde_json::from_value(serde_json::json!({ "agreed": true, "typed_name": connection.name })).expect("a consent")
}

fn form(connection: &Connection) -> ConnectionDraft {
    ConnectionDraft {
        login: connection.login,
        certificate: connection.certificate.clone(),
        ..draft(&connection.address, Environment::Development)
    }
}

fn connection(origin: &str, login: LoginWay) -> Connection {
    let form = ConnectionDraft { login, secret_place: SecretPlace::Ask, ..draft(origin, Environment::Development) };
    checked_draft(form).expect("a connection")
}

/// The request as it came, and every form of the secret that it carried.
fn echo(seen: &Seen) -> String {
    let carried = match seen.header("authorization") {
        Some(header) if header.starts_with("Basic ") => "password,",
        Some(_) => "token,",
        None if seen.body.contains("grant_type=refresh_token") => "refresh token,",
        None if seen.is_token() => "password,",
        None => "nothing",
    };
    let forms: Vec<_> =
        forms().into_iter().filter(|form| form.name.starts_with(carried)).map(|form| form.written).collect();
    format!("{} {} {:?} {} {}", seen.method, seen.path, seen.headers, seen.body, forms.join(" "))
}

/// Each way of saying no, with the request thrown back.
const SHAPES: usize = 12;

fn shape(which: usize, seen: &Seen) -> Act {
    let text = echo(seen);
    let json = serde_json::to_string(&text).expect("text is JSON");
    let html = format!("<html><title>{text}</title>{text}</html>");
    let problem = |status, body: &str| Act::answer(status, &[("Content-Type", "application/problem+json")], body);
    match which {
        0 => Act::json(400, &format!(r#"{{"data":{json},"message":{json},"result":{json},"ts":null}}"#)),
        1 => Act::json(499, &format!(r#"{{"message":{json},"result":"499-00001","ts":{json}}}"#)),
        2 => problem(400, &format!(r#"{{"detail":{json},"status":400,"title":{json},"type":{json}}}"#)),
        3 => Act::html(502, &html),
        4 => Act::json(401, &format!(r#"{{"error":{json},"error_description":{json}}}"#)),
        5 => {
            let target = format!("http://elsewhere.invalid/?{}", text.replace(['\r', '\n'], " "));
            Act::answer(302, &[("Location", &target), ("Content-Type", "text/html")], &html)
        }
        6 => Act::json(200, &envelope(&format!(r#"[{{"message":{json},"result":"999-99999"}},500]"#))),
        7 => Act::json(200, &text),
        8 => Act::json(200, &envelope(&json)),
        9 => Act::json(500, &format!(r#"{{"data":null,"message":{json},"result":"500-99999","ts":""}}"#)),
        10 => Act::answer(200, &[("Content-Type", &text.replace(['\r', '\n'], " "))], &text),
        // Cut by the limit of what is shown in the middle of a secret.
        11 => Act::json(
            400,
            &format!(r#"{{"message":"{}{}","result":"400-1"}}"#, "x".repeat(490), json.trim_matches('"')),
        ),
        other => unreachable!("shape {other}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_survives_a_login_that_is_thrown_back() {
    let program = program();
    for which in 0..SHAPES {
        let server = FaultServer::start(move |seen| shape(which, seen)).await.expect("a server");
        for login in [LoginWay::Token, LoginWay::Basic, LoginWay::Automatic] {
            program.use_connection(&connection(&server.origin, login)).await;
        }
    }
    program.expect_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_survives_a_request_that_is_thrown_back_after_the_login() {
    let program = program();
    for which in 0..SHAPES {
        let server = FaultServer::start(move |seen| match seen {
            seen if seen.is_token() => grant(TOKEN, REFRESH, 1800),
            // So that the test of the connection gets beyond the site.
            seen if seen.header("authorization").is_none() => {
                Act::json(401, r#"{"data":null,"message":"no","result":"401-00002","ts":""}"#)
            }
            seen => shape(which, seen),
        })
        .await
        .expect("a server");
        program.use_connection(&connection(&server.origin, LoginWay::Token)).await;
        program.use_connection(&connection(&server.origin, LoginWay::Basic)).await;
        assert!(server.seen().iter().any(|seen| seen.header("authorization") == Some(&format!("Bearer {TOKEN}"))));
    }
    program.expect_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_survives_where_no_answer_comes() {
    let program = program();
    let closing = FaultServer::start(|_| Act::Close).await.expect("a server");
    let untrusted = Identity::self_signed_authority().expect("a certificate");
    let untrusted = TlsServer::start(&untrusted, |seen| shape(0, seen)).await.expect("a server");
    for origin in [closing.origin.as_str(), &untrusted.origin, "http://127.0.0.1:1", "http://nobody.invalid"] {
        program.use_connection(&connection(origin, LoginWay::Automatic)).await;
        let saved = ConnectionDraft { name: origin.to_owned(), ..draft(origin, Environment::Development) };
        program.crossing.add(&program.console.connections().save(saved, Some(PASSWORD.into())).await);
    }
    program.expect_clean();
    assert!(program.folder.path().join("connections.json").is_file(), "the connections were saved");
    assert!(untrusted.seen().is_empty(), "nothing was sent");
}

#[test]
fn the_search_finds_what_is_planted() {
    let all = forms();
    assert_eq!(all.len(), 30);
    for Form { name, written, .. } in &all {
        let planted = format!("before {written} after");
        assert!(found_in(planted.as_bytes()).is_some(), "{name}");
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("deep")).expect("a folder");
        std::fs::write(folder.path().join("deep/file"), &planted).expect("a file");
        let searched = std::panic::catch_unwind(|| expect_absent_below(folder.path(), &[]));
        assert!(searched.is_err(), "{name} in a file");
    }
    assert!(found_in(b"nothing of interest").is_none());
    assert_eq!(canary::USER, "admin", "the user of the drafts");
}
