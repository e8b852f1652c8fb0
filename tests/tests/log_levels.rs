//! Log levels against a practice platform: what is sent, what decides, and what is told.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use acceptance::consoles::{draft, Program};
use acceptance::fault_server::{envelope, grant, message, Act, FaultServer, Seen};
use ita_core::client::Limits;
use ita_core::domain::confirmation::Consent;
use ita_core::domain::connection::{ConnectionDraft, Environment, LoginWay};
use ita_core::domain::live::{Live, Phase};
use ita_core::domain::log_levels::{LevelChange, LevelOutcome, LevelReading, LogLevel, LogLevels, LogLevelsOutcome};
use ita_core::domain::problem::ProblemCode;
use ita_core::domain::truth::Truth;
use ita_core::journal::{JournalEvent, JournalKind};
use ita_practice::{Mode, Options, Part, Practice, WorkspaceFault, PRACTICE_PASSWORD};
use tokio::sync::watch;

const AGREED: Consent = Consent { agreed: true, typed_name: None };
const NONE: Consent = Consent { agreed: false, typed_name: None };
const ADMIN: &str = "ita-api-admin";
const ANSIBLE: &str = "ita-by-ansible-execute";

async fn idle_platform() -> Practice {
    Practice::start(Options { jobs: Some(0), ..Options::default() }).await.expect("a platform")
}

async fn open(platform: &Practice, environment: Environment) -> Program {
    let mut program = Program::first_start();
    let saved = program.save(&platform.url(), environment, PRACTICE_PASSWORD).await;
    program.console.open_saved(&saved.id, None).await.expect("opened");
    let is_read = |live: &Live| live.modes.read_only.known().is_some() && live.running.known().is_some();
    program.wait_until("the first reads", is_read).await;
    program
}

fn change(service: &str, from: Option<&str>, to: LogLevel) -> LevelChange {
    LevelChange { service: service.to_owned(), from: from.map(str::to_owned), to }
}

fn to_debug(service: &str) -> LevelChange {
    change(service, Some("INFO"), LogLevel::Debug)
}

/// What was read, in a word.
fn word(reading: &LevelReading) -> &str {
    match reading {
        LevelReading::Level(level) => level,
        LevelReading::Null => "null",
        LevelReading::Absent => "absent",
        LevelReading::Unread => "unread",
    }
}

fn outcomes(outcome: &LogLevelsOutcome) -> Vec<(&str, LevelOutcome, &str)> {
    let services = outcome.services.iter();
    services.map(|it| (it.change.service.as_str(), it.outcome, word(&it.read))).collect()
}

fn elsewhere(levels: &LogLevels) -> Vec<(&str, &str, &str)> {
    let changes = levels.elsewhere.iter();
    changes.map(|it| (it.service.as_str(), word(&it.from), word(&it.to))).collect()
}

/// Bodies of the changes that the platform saw.
fn patches(platform: &Practice) -> Vec<String> {
    let requests = platform.control().requests().into_iter();
    requests.filter(|request| request.method == "PATCH").map(|request| request.body.unwrap_or_default()).collect()
}

fn level_requests(platform: &Practice) -> usize {
    let requests = platform.control().requests().into_iter();
    requests.filter(|request| request.path.contains("loglevel")).count()
}

#[tokio::test]
async fn only_what_differs_is_sent_once_and_the_read_back_decides() {
    let platform = idle_platform().await;
    platform.control().set_log_level("ita-by-collector", Some("DEBUG"));
    let program = open(&platform, Environment::Development).await;
    assert_eq!(level_requests(&platform), 0, "nobody has looked at them, so nobody has asked");
    let shown = program.console.log_levels().await.expect("open");
    assert_eq!(shown.known().map(|levels| levels.services.len()), Some(24));

    let wanted = vec![to_debug(ANSIBLE), to_debug("ita-by-collector"), to_debug(ADMIN)];
    let outcome = program.console.change_log_levels(wanted, &NONE).await.expect("development asks for nothing");
    assert_eq!(
        outcomes(&outcome),
        [
            (ADMIN, LevelOutcome::Done, "DEBUG"),
            (ANSIBLE, LevelOutcome::Done, "DEBUG"),
            ("ita-by-collector", LevelOutcome::Already, "DEBUG"),
        ]
    );
    assert_eq!(patches(&platform), [r#"{"ita-api-admin":"DEBUG","ita-by-ansible-execute":"DEBUG"}"#], "by name");
    assert_eq!(level_requests(&platform), 4, "shown, read before, sent, read back");
    let levels = outcome.levels.known().expect("read back");
    assert_eq!(word(&levels.of(ADMIN)), "DEBUG");
    assert_eq!(elsewhere(levels), [], "it was this workstation");

    let journal = program.console.journal_entries(2, Some(JournalKind::Switch)).expect("open");
    let JournalEvent::LogLevelsChanged { user, services, platform_time, problem } = &journal[0].event else {
        panic!("{journal:?}")
    };
    assert_eq!((user.as_str(), services.len(), *problem), ("admin", 2, None));
    assert!(platform_time.is_some() && services.iter().all(|service| service.outcome == LevelOutcome::Done));
    assert!(
        matches!(&journal[1].event, JournalEvent::LogLevelsRequested { changes, .. } if changes.len() == 2),
        "what is sent is written down before: {journal:?}"
    );
}

#[tokio::test]
async fn what_is_neither_info_nor_debug_is_shown_as_sent_and_can_be_replaced() {
    let platform = idle_platform().await;
    platform.control().set_log_level(ADMIN, None);
    platform.control().set_log_level(ANSIBLE, Some("TRACE"));
    let program = open(&platform, Environment::Development).await;
    let shown = program.console.log_levels().await.expect("open");
    let levels = shown.known().expect("read");
    assert_eq!(levels.of(ADMIN), LevelReading::Null);
    assert_eq!(word(&levels.of(ANSIBLE)), "TRACE");
    let wanted = vec![change(ADMIN, None, LogLevel::Info), change(ANSIBLE, Some("TRACE"), LogLevel::Info)];
    let outcome = program.console.change_log_levels(wanted, &NONE).await.expect("sent");
    assert!(outcome.services.iter().all(|service| service.outcome == LevelOutcome::Done), "{outcome:?}");
    assert_eq!(platform.control().log_level(ANSIBLE).as_deref(), Some("INFO"));
}

#[tokio::test]
async fn what_was_changed_elsewhere_is_told_and_nothing_is_sent() {
    let platform = idle_platform().await;
    let program = open(&platform, Environment::Development).await;
    program.console.log_levels().await.expect("open");
    platform.control().set_log_level(ADMIN, Some("TRACE"));
    let wanted = vec![to_debug(ADMIN), to_debug(ANSIBLE)];
    let outcome = program.console.change_log_levels(wanted, &NONE).await.expect("answered");
    assert_eq!(
        outcomes(&outcome),
        [(ADMIN, LevelOutcome::ChangedElsewhere, "TRACE"), (ANSIBLE, LevelOutcome::NotSent, "INFO")]
    );
    assert_eq!(patches(&platform), [""; 0]);
    let seen = vec![change(ADMIN, Some("TRACE"), LogLevel::Debug), to_debug(ANSIBLE)];
    let outcome = program.console.change_log_levels(seen, &NONE).await.expect("answered");
    assert!(outcome.services.iter().all(|service| service.outcome == LevelOutcome::Done), "{outcome:?}");
}

#[tokio::test]
async fn read_only_mode_refuses_without_a_request_where_it_is_known_and_by_the_platform_where_not() {
    let platform = idle_platform().await;
    let mut program = open(&platform, Environment::Development).await;
    program.console.log_levels().await.expect("open");
    platform.control().set_mode(Mode::ReadOnly, true);
    let outcome = program.console.change_log_levels(vec![to_debug(ADMIN)], &NONE).await.expect("answered");
    assert_eq!(outcomes(&outcome), [(ADMIN, LevelOutcome::Refused, "INFO")]);
    assert_eq!(outcome.problem.map(|problem| problem.code), Some(ProblemCode::RefusedReadOnly));

    let is_on = |live: &Live| live.modes.read_only.known() == Some(&true);
    program.wait_until("a refusal makes it look at the modes again", is_on).await;
    let before = (level_requests(&platform), patches(&platform).len());
    let refused = program.console.change_log_levels(vec![to_debug(ADMIN)], &NONE).await;
    assert_eq!(refused.expect_err("known to be on").code, ProblemCode::RefusedReadOnly);
    assert_eq!((level_requests(&platform), patches(&platform).len()), before, "not a single request");
    assert!(program.console.log_levels().await.expect("open").known().is_some(), "reading goes on");
}

#[tokio::test]
async fn each_environment_asks_as_it_must_before_any_request() {
    for (environment, code) in [
        (Environment::Staging, ProblemCode::ConfirmationNeeded),
        (Environment::Production, ProblemCode::LockClosed),
        (Environment::Practice, ProblemCode::LockClosed),
    ] {
        let platform = idle_platform().await;
        let program = open(&platform, environment).await;
        let try_with = async |consent| program.console.change_log_levels(vec![to_debug(ADMIN)], consent).await;
        assert_eq!(try_with(&NONE).await.expect_err("nobody agreed").code, code, "{environment:?}");
        if environment.has_lock() {
            assert_eq!(try_with(&AGREED).await.expect_err("locked").code, ProblemCode::LockClosed);
            program.console.set_lock(true).expect("open");
            assert_eq!(try_with(&NONE).await.expect_err("not agreed").code, ProblemCode::ConfirmationNeeded);
        }
        assert_eq!(level_requests(&platform), 0, "{environment:?}: nothing was asked of the platform");
        let outcome = try_with(&AGREED).await.expect("sent");
        assert_eq!(outcomes(&outcome), [(ADMIN, LevelOutcome::Done, "DEBUG")], "{environment:?}");
    }
}

#[tokio::test]
async fn a_platform_that_cannot_be_read_is_sent_nothing_and_the_last_levels_stand_as_stale() {
    let platform = idle_platform().await;
    let program = open(&platform, Environment::Development).await;
    program.console.log_levels().await.expect("open");
    platform.control().set_down(Part::Database, true);
    let outcome = program.console.change_log_levels(vec![to_debug(ADMIN)], &NONE).await.expect("answered");
    assert_eq!(outcomes(&outcome), [(ADMIN, LevelOutcome::NotSent, "unread")]);
    assert!(outcome.problem.is_some());
    assert!(matches!(outcome.levels, Truth::Stale { .. }), "{:?}", outcome.levels);
    assert_eq!(patches(&platform), [""; 0]);
    let entries = program.console.journal_entries(10, Some(JournalKind::Switch)).expect("open");
    assert!(entries.is_empty(), "nothing was asked of it: {entries:?}");
}

#[tokio::test]
async fn a_refused_login_stops_the_connection_and_no_level_is_asked_for_after_it() {
    let platform = idle_platform().await;
    let mut program = Program::first_start();
    let form = ConnectionDraft { login: LoginWay::Basic, ..draft(&platform.url(), Environment::Development) };
    let form = ConnectionDraft { poll_seconds: Some(300), ..form };
    let saved = program.console.connections().save(form, Some(PRACTICE_PASSWORD.into())).await.expect("saved");
    program.console.open_saved(&saved.id, None).await.expect("opened");
    let is_read = |live: &Live| live.modes.read_only.known().is_some() && live.running.known().is_some();
    program.wait_until("the first reads", is_read).await;
    platform.control().set_users(Vec::new());
    let read = program.console.log_levels().await.expect("open");
    assert!(matches!(&read, Truth::Unknown { problem: Some(problem) } if problem.code == ProblemCode::LoginRefused));
    let is_stopped = |live: &Live| matches!(live.phase, Phase::Stopped { .. });
    program.wait_until("it stands still", is_stopped).await;
    let before = platform.control().request_count();
    program.console.log_levels().await.expect("open");
    let refused = program.console.change_log_levels(vec![to_debug(ADMIN)], &NONE).await;
    assert_eq!(refused.expect_err("it stands still").code, ProblemCode::LoginRefused);
    assert_eq!(platform.control().request_count(), before, "one refused password is enough");
}

/// A platform that meets a change of levels with `answer`, and lets `after` be read from then on.
async fn odd_platform(answer: Act, after: Act) -> FaultServer {
    let is_sent = AtomicBool::new(false);
    let server = FaultServer::start(move |seen: &Seen| match (seen.method.as_str(), seen.path.as_str()) {
        ("PATCH", _) => {
            is_sent.store(true, Ordering::SeqCst);
            answer.clone()
        }
        (_, path) if path.contains("loglevel") && is_sent.load(Ordering::SeqCst) => after.clone(),
        (_, path) if path.contains("loglevel") => levels(r#""INFO""#),
        (_, path) if path.contains("maintenance") => {
            Act::json(200, &envelope(r#"{"backyard_execute_stop":"0","data_update_stop":"0"}"#))
        }
        _ => Act::json(200, &envelope(r#"{"execute_count":0,"organizations":[]}"#)),
    });
    server.await.expect("a server")
}

fn levels(level: &str) -> Act {
    Act::json(200, &envelope(&format!(r#"{{"ita-api-admin":{level}}}"#)))
}

#[tokio::test]
async fn what_is_not_read_back_is_never_called_done_and_never_sent_again() {
    let accepted = || Act::json(200, &envelope(r#""ok""#));
    let failed =
        || Act::json(500, r#"{"data":null,"message":"x","result":"500-99999","ts":"2026-11-22T10:13:40.921Z"}"#);
    let refused = Act::json(499, r#"{"message":"x","result":"499-01401","ts":"2026-11-22T10:13:40.921Z"}"#);
    let (info, debug) = (|| levels(r#""INFO""#), || levels(r#""DEBUG""#));
    let another = || Act::json(200, &envelope(r#"{"ita-api-organization":"INFO"}"#));
    let (platform_error, timed_out) = (Some(ProblemCode::PlatformError), Some(ProblemCode::TimedOut));
    let incomplete = Some(ProblemCode::IncompleteAnswer);
    let cases = [
        ("read back", accepted(), debug(), LevelOutcome::Done, "DEBUG", None),
        ("ignored", accepted(), info(), LevelOutcome::WithoutEffect, "INFO", None),
        ("nulled", accepted(), levels("null"), LevelOutcome::WithoutEffect, "null", None),
        ("gone", accepted(), another(), LevelOutcome::Unknown, "absent", None),
        ("emptied", accepted(), Act::json(200, &envelope("{}")), LevelOutcome::Unknown, "unread", incomplete),
        ("unread", accepted(), failed(), LevelOutcome::Unknown, "unread", platform_error),
        ("refused", refused, info(), LevelOutcome::Refused, "INFO", Some(ProblemCode::RefusedByPlatform)),
        ("broken", failed(), debug(), LevelOutcome::Unknown, "DEBUG", platform_error),
        ("late", Act::hang(), debug(), LevelOutcome::Unknown, "DEBUG", timed_out),
    ];
    for (what, patch, after, expected, read, code) in cases {
        let server = odd_platform(patch, after).await;
        let whole = if what == "late" { Duration::from_secs(1) } else { Limits::default().whole };
        // The clock goes as it always does; only the limit is the test's own.
        let program = Program::in_paused_time(Limits { whole, ..Limits::default() });
        let form = ConnectionDraft { login: LoginWay::Basic, ..draft(&server.origin, Environment::Development) };
        let saved = program.console.connections().save(form, Some(PRACTICE_PASSWORD.into())).await.expect("saved");
        program.console.open_saved(&saved.id, None).await.expect("opened");
        let outcome = program.console.change_log_levels(vec![to_debug(ADMIN)], &NONE).await.expect("answered");
        assert_eq!(outcomes(&outcome), [(ADMIN, expected, read)], "{what}");
        assert_eq!(outcome.problem.as_ref().map(|problem| problem.code), code, "{what}");
        let sent = server.seen().into_iter().filter(|seen| seen.method == "PATCH").count();
        assert_eq!(sent, 1, "{what}: a write is never retried");
        let journal = program.console.journal_entries(1, Some(JournalKind::Switch)).expect("open");
        let JournalEvent::LogLevelsChanged { services, problem, platform_time, .. } = &journal[0].event else {
            panic!("{journal:?}")
        };
        assert_eq!((services[0].outcome, word(&services[0].read), *problem), (expected, read, code), "{what}");
        assert_eq!(platform_time.is_some(), what != "late", "{what}: its clock, wherever it told it");
    }
}

/// A program with a connection open to a server.
async fn open_at(server: &FaultServer, environment: Environment, login: LoginWay) -> Program {
    let program = Program::first_start();
    let form = ConnectionDraft { login, ..draft(&server.origin, environment) };
    let saved = program.console.connections().save(form, Some(PRACTICE_PASSWORD.into())).await.expect("saved");
    program.console.open_saved(&saved.id, None).await.expect("opened");
    program
}

#[tokio::test]
async fn what_never_left_is_not_called_refused() {
    let has_token = AtomicBool::new(false);
    let server = FaultServer::start(move |seen: &Seen| match (seen.method.as_str(), seen.path.as_str()) {
        ("POST", _) if has_token.swap(true, Ordering::SeqCst) => Act::json(503, r#"{"error":"unavailable"}"#),
        ("POST", _) => grant("one", "more", 1_800),
        // The token has ended by then, and there is no other.
        ("PATCH", _) => Act::json(401, r#"{"data":null,"message":"x","result":"401-00002","ts":null}"#),
        (_, path) if path.contains("loglevel") => levels(r#""INFO""#),
        (_, path) if path.contains("maintenance") => {
            Act::json(200, &envelope(r#"{"backyard_execute_stop":"0","data_update_stop":"0"}"#))
        }
        _ => Act::json(200, &envelope(r#"{"execute_count":0,"organizations":[]}"#)),
    });
    let server = server.await.expect("a server");
    let program = open_at(&server, Environment::Development, LoginWay::Token).await;
    let outcome = program.console.change_log_levels(vec![to_debug(ADMIN)], &NONE).await.expect("answered");
    assert_eq!(outcomes(&outcome), [(ADMIN, LevelOutcome::NotSent, "INFO")], "{:?}", outcome.problem);
    let journal = program.console.journal_entries(1, Some(JournalKind::Switch)).expect("open");
    let JournalEvent::LogLevelsChanged { services, .. } = &journal[0].event else { panic!("{journal:?}") };
    assert_eq!(services[0].outcome, LevelOutcome::NotSent);
}

#[tokio::test]
async fn nothing_is_sent_once_the_connection_is_left_or_locked_again() {
    for leaves in [true, false] {
        let (asked, mut is_asked) = watch::channel(false);
        let (go, may_go) = watch::channel(false);
        let level = message(200, &[("Content-Type", "application/json")], &envelope(r#"{"ita-api-admin":"INFO"}"#));
        let server = FaultServer::start(move |seen: &Seen| {
            if seen.path.contains("loglevel") {
                asked.send_replace(true);
                return Act::SendWhen(may_go.clone(), level.clone());
            }
            Act::json(200, &envelope(r#"{"backyard_execute_stop":"0","data_update_stop":"0"}"#))
        });
        let server = server.await.expect("a server");
        let program = open_at(&server, Environment::Production, LoginWay::Basic).await;
        program.console.set_lock(true).expect("open");
        let changing = program.console.change_log_levels(vec![to_debug(ADMIN)], &AGREED);
        let interrupted = async {
            is_asked.wait_for(|asked| *asked).await.expect("the read before");
            if leaves {
                program.console.close();
            } else {
                program.console.set_lock(false).expect("open");
            }
            go.send_replace(true);
        };
        let outcome = tokio::join!(changing, interrupted).0.expect("answered");
        assert_eq!(outcomes(&outcome), [(ADMIN, LevelOutcome::NotSent, "INFO")], "left: {leaves}");
        assert_eq!(outcome.problem.map(|problem| problem.code), Some(ProblemCode::Cancelled), "left: {leaves}");
        assert!(server.seen().iter().all(|seen| seen.method != "PATCH"), "left: {leaves}");
    }
}

#[tokio::test]
async fn the_window_hears_of_each_line_of_the_journal_while_the_jobs_cannot_be_read() {
    let platform = idle_platform().await;
    let mut program = open(&platform, Environment::Development).await;
    platform.control().set_workspace_fault("sales", "prod-batch", Some(WorkspaceFault::BrokenTable));
    program.console.refresh().expect("open");
    let before = program.wait_until("the count is lost", |live| live.running.known().is_none()).await;
    program.console.change_log_levels(vec![to_debug(ADMIN)], &NONE).await.expect("sent");
    let two_more = |live: &Live| live.journal_lines >= before.journal_lines + 2;
    let after = program.wait_until("request and outcome", two_more).await;
    assert_eq!(after.revision, before.revision, "no list came");
}
