//! Log levels that somebody else changes, and answers that say less than they should: what stays in sight, and what is told.

use std::sync::atomic::{AtomicUsize, Ordering};

use acceptance::consoles::{draft, Program};
use acceptance::fault_server::{envelope, Act, FaultServer, Seen};
use ita_core::domain::connection::{ConnectionDraft, Environment, LoginWay};
use ita_core::domain::log_levels::{LevelReading, LogLevels};
use ita_core::domain::problem::ProblemCode;
use ita_core::domain::truth::Truth;
use ita_core::journal::{JournalEvent, JournalKind};
use ita_practice::{Options, Practice, PRACTICE_PASSWORD};

const ADMIN: &str = "ita-api-admin";

fn level(level: &str) -> LevelReading {
    LevelReading::Level(level.to_owned())
}

async fn program_at(address: &str) -> Program {
    let program = Program::first_start();
    let form = ConnectionDraft { login: LoginWay::Basic, ..draft(address, Environment::Development) };
    let saved = program.console.connections().save(form, Some(PRACTICE_PASSWORD.into())).await.expect("saved");
    program.console.open_saved(&saved.id, None).await.expect("opened");
    program
}

fn known(levels: &Truth<LogLevels>) -> &LogLevels {
    levels.known().expect("read")
}

#[tokio::test]
async fn a_level_that_somebody_else_changed_is_told_and_in_the_journal() {
    let platform = Practice::start(Options { jobs: Some(0), ..Options::default() }).await.expect("a platform");
    platform.control().set_log_level(ADMIN, Some("DEBUG"));
    let program = program_at(&platform.url()).await;
    let first = program.console.log_levels().await.expect("open");
    assert_eq!(known(&first).elsewhere, [], "nobody saw what was before");
    platform.control().set_log_level(ADMIN, Some("INFO"));
    for time in ["noticed", "still to be seen, and no news"] {
        let levels = program.console.log_levels().await.expect("open");
        let [change] = &known(&levels).elsewhere[..] else { panic!("{time}: {levels:?}") };
        assert_eq!((change.service.as_str(), &change.from, &change.to), (ADMIN, &level("DEBUG"), &level("INFO")));
        let journal = program.console.journal_entries(9, Some(JournalKind::Change)).expect("open");
        let [entry] = &journal[..] else { panic!("{time}: {journal:?}") };
        assert!(
            matches!(&entry.event, JournalEvent::ObservedLevels { changes } if changes == std::slice::from_ref(change))
        );
    }
}

/// A platform that answers these one after the other, and the last for ever.
async fn platform_of(answers: &'static [&'static str]) -> FaultServer {
    let reads = AtomicUsize::new(0);
    let server = FaultServer::start(move |seen: &Seen| match seen.path.as_str() {
        path if path.contains("loglevel") => {
            let read = reads.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
            Act::json(200, &envelope(answers[read]))
        }
        path if path.contains("maintenance") => {
            Act::json(200, &envelope(r#"{"backyard_execute_stop":"0","data_update_stop":"0"}"#))
        }
        _ => Act::json(200, &envelope(r#"{"execute_count":0,"organizations":[]}"#)),
    });
    server.await.expect("a server")
}

#[tokio::test]
async fn services_go_by_name_and_one_that_is_gone_is_told() {
    let server = platform_of(&[r#"{"b":"INFO","c":null,"a":"DEBUG"}"#, r#"{"c":null,"b":"INFO"}"#]).await;
    let program = program_at(&server.origin).await;
    let names = |levels: &LogLevels| levels.services.iter().map(|it| it.service.clone()).collect::<Vec<_>>();
    let first = program.console.log_levels().await.expect("open");
    assert_eq!(names(known(&first)), ["a", "b", "c"]);
    let second = program.console.log_levels().await.expect("open");
    assert_eq!(names(known(&second)), ["b", "c"]);
    let [gone] = &known(&second).elsewhere[..] else { panic!("{second:?}") };
    assert_eq!((gone.service.as_str(), &gone.from, &gone.to), ("a", &level("DEBUG"), &LevelReading::Absent));
}

#[tokio::test]
async fn an_answer_without_any_service_is_not_believed() {
    let server = platform_of(&["{}", r#"{"a":"DEBUG"}"#, "{}"]).await;
    let program = program_at(&server.origin).await;
    let incomplete = |levels: &Truth<LogLevels>| match levels {
        Truth::Unknown { problem: Some(problem) } | Truth::Stale { problem, .. } => {
            problem.code == ProblemCode::IncompleteAnswer
        }
        _ => false,
    };
    let never = program.console.log_levels().await.expect("open");
    assert!(incomplete(&never) && never.last().is_none(), "{never:?}");
    assert_eq!(known(&program.console.log_levels().await.expect("open")).services.len(), 1);
    let emptied = program.console.log_levels().await.expect("open");
    assert!(incomplete(&emptied), "{emptied:?}");
    assert_eq!(emptied.last().map(|levels| levels.services.len()), Some(1), "the table is not emptied");
}
