//! What an open connection shows when its platform behaves badly at the worst moment.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::time::Duration;

use acceptance::consoles::{draft, Program, ShiftedClock};
use acceptance::fault_server::{envelope, grant, message, Act, FaultServer, Seen};
use acceptance::wait::{until_true, LIMIT};
use ita_core::domain::confirmation::{Confirmation, Consent, Danger};
use ita_core::domain::connection::{ConnectionId, Environment};
use ita_core::domain::live::{Live, Notice, Phase, SwitchOutcome};
use ita_core::domain::modes::Mode;
use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::domain::test_report::{StepOutcome, TestStep};
use ita_core::domain::truth::Truth;
use ita_core::journal::JournalEvent;
use ita_core::ports::CredentialStore;
use secrecy::SecretString;

const AGREED: Consent = Consent { agreed: true, typed_name: None };
const MODES: &str = "/api/platform/maintenance-mode-setting";

fn modes(job_stop: bool) -> Act {
    let flag = u8::from(job_stop);
    Act::json(200, &envelope(&format!(r#"{{"backyard_execute_stop":"{flag}","data_update_stop":"0"}}"#)))
}

fn no_jobs() -> Act {
    Act::json(200, &envelope(r#"{"execute_count":0,"organizations":[]}"#))
}

async fn opened(script: impl Fn(&Seen) -> Act + Send + Sync + 'static) -> (Program, FaultServer) {
    let server =
        FaultServer::start(move |seen| if seen.is_token() { grant("tok", "ref", 1800) } else { script(seen) }).await;
    let server = server.expect("a port on 127.0.0.1");
    let program = Program::first_start();
    let saved = program.save(&server.origin, Environment::Development, "secret").await;
    program.console.open_saved(&saved.id, None).await.expect("opened");
    (program, server)
}

/// A platform whose job stop can be switched, and whose read-back fails as often as it is told.
fn switchable(is_on: &Arc<AtomicBool>, breaks: bool) -> impl Fn(&Seen) -> Act + Send + Sync + 'static {
    let (is_on, is_broken) = (Arc::clone(is_on), AtomicBool::new(false));
    move |seen: &Seen| {
        if seen.path != MODES {
            no_jobs()
        } else if seen.method == "PATCH" {
            is_on.store(true, Ordering::SeqCst);
            is_broken.store(breaks, Ordering::SeqCst);
            Act::json(200, &envelope("null"))
        } else if is_broken.swap(false, Ordering::SeqCst) {
            Act::html(502, "<title>502 Bad Gateway</title>")
        } else {
            modes(is_on.load(Ordering::SeqCst))
        }
    }
}

#[tokio::test]
async fn our_own_switch_is_no_colleagues_although_its_read_back_failed() {
    let is_on = Arc::new(AtomicBool::new(false));
    let (mut program, _server) = opened(switchable(&is_on, true)).await;
    program.wait_until("the first read", |live| live.modes.job_stop.known() == Some(&false)).await;
    let outcome = program.console.switch_mode(Mode::JobStop, true, &AGREED).await.expect("sent");
    assert!(matches!(outcome, SwitchOutcome::Unknown { .. }), "{outcome:?}");
    let live = program.wait_until("the next poll", |live| live.modes.job_stop.known() == Some(&true)).await;
    assert_eq!(live.notices, [], "it was us");
    let journal = program.console.journal_entries(10, None).expect("open");
    assert!(!journal.iter().any(|entry| matches!(entry.event, JournalEvent::ObservedChange { .. })), "{journal:?}");

    is_on.store(false, Ordering::SeqCst);
    program.console.refresh().expect("open");
    let live = program.wait_until("the flip", |live| live.modes.job_stop.known() == Some(&false)).await;
    assert!(matches!(*live.notices, [Notice::ChangedElsewhere { mode: Mode::JobStop, on: false, suspect: true, .. }]));
}

#[tokio::test]
async fn what_stops_one_loop_stops_the_other() {
    let (mut program, server) =
        opened(|seen| if seen.path == MODES { Act::html(403, "<title>403 Forbidden</title>") } else { no_jobs() })
            .await;
    let stopped = |phase: &Phase| matches!(phase, Phase::Stopped { problem } if problem.code == ProblemCode::WrongSite);
    program.wait_until("the stop", |live| stopped(&live.phase)).await;
    let jobs_asked = || server.seen().iter().filter(|seen| seen.path.ends_with("/backyard-execute-check/")).count();
    // The one that was under way when the other loop was refused may still come to its end.
    assert!(jobs_asked() <= 1);
    for _ in 0..3 {
        program.console.refresh().expect("open, and standing still");
    }
    let asked_again = until_true("a second list", Duration::from_secs(30), async || jobs_asked() > 1);
    assert!(tokio::time::timeout(Duration::from_millis(300), asked_again).await.is_err(), "nobody asks any more");
    let live = program.console.live();
    assert!(stopped(&live.phase));
    assert_eq!(live.running.known(), None, "nothing will ever confirm what it said: {:?}", live.running);
}

#[tokio::test]
async fn a_list_that_ends_too_early_leaves_the_last_one_standing() {
    let is_cut = Arc::new(AtomicBool::new(false));
    let cuts = Arc::clone(&is_cut);
    let (mut program, _server) = opened(move |seen| {
        let list = envelope(
            r#"{"execute_count":1,"organizations":[{"id":"org","execute_count":1,"workspaces":[{"id":"ws",
               "execute_count":1,"backyards":{"ita-by-menu-create":[{"id":"a","status_id":"2"}]}}]}]}"#,
        );
        if seen.path == MODES {
            modes(false)
        } else if cuts.load(Ordering::SeqCst) {
            let head = "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n";
            Act::SendAndClose(format!("{head}{}", &list[..list.len() - 1]).into_bytes())
        } else {
            Act::json(200, &list)
        }
    })
    .await;
    let live = program.wait_until("the list", |live| live.running.known().is_some()).await;
    is_cut.store(true, Ordering::SeqCst);
    program.console.refresh().expect("open");
    let cut = program.wait_until("staleness", |live| matches!(live.running, Truth::Stale { .. })).await;
    let Truth::Stale { value, problem, .. } = &cut.running else { panic!("stale") };
    assert_eq!((Some(value), problem.code), (live.running.known(), ProblemCode::UnreadableAnswer), "one byte less");
    assert_eq!(cut.revision, live.revision, "the table is the old one");
    assert_eq!(cut.history.last().map(|point| point.count), Some(None), "the chart has a gap, not a zero");
}

#[tokio::test]
async fn of_two_switches_at_once_one_is_sent() {
    let is_on = Arc::new(AtomicBool::new(false));
    let (mut program, server) = opened(switchable(&is_on, false)).await;
    program.wait_until("the first read", |live| live.modes.job_stop.known() == Some(&false)).await;
    let switch = || program.console.switch_mode(Mode::JobStop, true, &AGREED);
    let (first, second) = tokio::join!(switch(), switch());
    assert!(matches!(first, Ok(SwitchOutcome::Done { .. })), "{first:?}");
    assert_eq!(second.expect_err("the other one is under way").code, ProblemCode::SwitchInProgress);
    assert_eq!(switch().await.expect("no other one now"), SwitchOutcome::Already);
    let patches = server.seen().iter().filter(|seen| seen.method == "PATCH").count();
    assert_eq!(patches, 1, "one write for three calls");
    assert_eq!(program.console.live().switching, None);
}

#[tokio::test]
async fn a_consent_is_held_against_what_was_just_read_and_not_against_what_was_shown() {
    let is_on = Arc::new(AtomicBool::new(true));
    let (mut program, server) = opened(switchable(&is_on, false)).await;
    program.wait_until("job stop", |live| live.modes.job_stop.known() == Some(&true)).await;
    program.wait_until("no jobs", |live| live.running.known().is_some()).await;
    let plan = program.console.plan_switch(Mode::ReadOnly, true).expect("a plan");
    assert_eq!((plan.dangers, plan.confirmation), (vec![], Confirmation::None), "nothing runs, and nothing will start");

    is_on.store(false, Ordering::SeqCst);
    let refused = program.console.switch_mode(Mode::ReadOnly, true, &AGREED).await.expect_err("a colleague opened it");
    assert_eq!(refused.code, ProblemCode::ConfirmationNeeded);
    assert!(!server.seen().iter().any(|seen| seen.method == "PATCH"), "nothing was sent");
    let plan = program.console.plan_switch(Mode::ReadOnly, true).expect("a plan");
    assert_eq!(plan.dangers, [Danger::JobStopOff], "the next question says why");
}

/// A list with as many counted jobs as are told.
fn jobs(count: usize) -> Act {
    let rows: Vec<_> = (0..count).map(|id| format!(r#"{{"id":"{id}","status_id":"2"}}"#)).collect();
    Act::json(
        200,
        &envelope(&format!(
            r#"{{"execute_count":{count},"organizations":[{{"id":"org","execute_count":{count},"workspaces":[{{"id":"ws",
               "execute_count":{count},"backyards":{{"ita-by-menu-create":[{}]}}}}]}}]}}"#,
            rows.join(",")
        )),
    )
}

#[tokio::test]
async fn jobs_that_began_after_the_plan_ask_for_the_name_and_so_does_a_list_that_fails() {
    let answer = Arc::new(std::sync::Mutex::new(jobs(0)));
    let told = Arc::clone(&answer);
    let (mut program, server) = opened(move |seen| match seen.path.as_str() {
        MODES => modes(true),
        _ => told.lock().expect("not poisoned").clone(),
    })
    .await;
    let is_read = |live: &Live| live.modes.job_stop.known() == Some(&true) && live.running.known().is_some();
    program.wait_until("a drained platform", is_read).await;
    for (change, danger) in
        [(jobs(1), Danger::JobsRunning), (Act::html(502, "<title>502 Bad Gateway</title>"), Danger::CountUnknown)]
    {
        *answer.lock().expect("not poisoned") = jobs(0);
        program.console.read_jobs().await.expect("open");
        let plan = program.console.plan_switch(Mode::ReadOnly, true).expect("a plan");
        assert_eq!((plan.dangers, plan.confirmation), (vec![], Confirmation::None));
        *answer.lock().expect("not poisoned") = change;
        let refused = program.console.switch_mode(Mode::ReadOnly, true, &AGREED).await.expect_err("not agreed to");
        assert_eq!(refused.code, ProblemCode::ConfirmationNeeded);
        assert!(!server.seen().iter().any(|seen| seen.method == "PATCH"), "nothing was sent");
        let plan = program.console.plan_switch(Mode::ReadOnly, true).expect("a plan");
        assert_eq!(plan.dangers, [danger], "the next question says why");
    }
}

#[tokio::test]
async fn a_test_tells_the_figure_that_decides_and_warns_of_a_count_without_its_rows() {
    let list = Arc::new(std::sync::Mutex::new(jobs(2)));
    let told = Arc::clone(&list);
    let (program, _server) = opened(move |seen| match (seen.path.as_str(), seen.header("authorization")) {
        (MODES, None) => {
            Act::json(401, r#"{"data":null,"message":"x","result":"401-00002","ts":"2026-11-22T10:13:05Z"}"#)
        }
        (MODES, _) => modes(false),
        _ => told.lock().expect("not poisoned").clone(),
    })
    .await;
    let address = program.console.live().connection.expect("open").address;
    let step = async || {
        let draft = draft(&address, Environment::Development);
        let steps = program.console.test_connection(1, draft, Some("secret".into())).await.expect("tested");
        steps.into_iter().find(|step| step.step == TestStep::ReadJobs).expect("told")
    };
    let agreed = step().await;
    assert_eq!((agreed.outcome, agreed.note.as_deref()), (StepOutcome::Passed, Some("2")));
    *list.lock().expect("not poisoned") = Act::json(200, &envelope(r#"{"execute_count":5,"organizations":[]}"#));
    let disagreed = step().await;
    assert_eq!(disagreed.note.as_deref(), Some("5"), "the larger figure decides");
    let StepOutcome::Warned { problem } = disagreed.outcome else { panic!("{disagreed:?}") };
    assert_eq!(problem.code, ProblemCode::CountMismatch);
    assert_eq!(problem.facts.reason.as_deref(), Some("execute_count 5, 0 listed"));
}

#[tokio::test]
async fn off_is_sent_although_nothing_at_all_is_known() {
    let (mut program, server) = opened(|seen| {
        if seen.method == "PATCH" {
            Act::json(200, &envelope("null"))
        } else {
            Act::html(502, "<title>502 Bad Gateway</title>")
        }
    })
    .await;
    program.wait_until("failures", |live| matches!(live.running, Truth::Unknown { problem: Some(_) })).await;
    for mode in [Mode::ReadOnly, Mode::JobStop] {
        let outcome = program.console.switch_mode(mode, false, &AGREED).await.expect("sent");
        assert!(matches!(outcome, SwitchOutcome::Unknown { .. }), "and nobody claims that it worked: {outcome:?}");
    }
    assert_eq!(server.seen().iter().filter(|seen| seen.method == "PATCH").count(), 2);
}

/// A keyring that asks its owner something and waits for the answer for ever.
struct PromptingKeyring;

#[async_trait::async_trait]
impl CredentialStore for PromptingKeyring {
    async fn get(&self, _: &ConnectionId) -> Result<Option<SecretString>, Problem> {
        Ok(None)
    }

    async fn set(&self, _: &ConnectionId, _: SecretString) -> Result<(), Problem> {
        std::future::pending().await
    }

    async fn delete(&self, _: &ConnectionId) -> Result<(), Problem> {
        Ok(())
    }

    async fn available(&self) -> Result<(), Problem> {
        Ok(())
    }
}

#[tokio::test]
async fn a_keyring_that_waits_for_its_owner_keeps_nobody_else_waiting() {
    let server = FaultServer::start(|seen| match seen.path.as_str() {
        _ if seen.is_token() => grant("tok", "ref", 1800),
        MODES if seen.method == "PATCH" => Act::json(200, &envelope("null")),
        MODES => modes(false),
        _ => no_jobs(),
    });
    let server = server.await.expect("a port on 127.0.0.1");
    let mut program = Program::with_keyring(Arc::new(PromptingKeyring));
    let draft = draft(&server.origin, Environment::Development);
    let saved = program.console.connections().save(draft, None).await.expect("saved");
    program.console.open_saved(&saved.id, Some("typed".into())).await.expect("opened");
    let is_read = |live: &Live| live.modes.job_stop.known().is_some() && live.running.known().is_some();
    program.wait_until("both reads, while the prompt stands open", is_read).await;
    let switching = program.console.switch_mode(Mode::JobStop, true, &AGREED);
    let outcome = tokio::time::timeout(Duration::from_secs(30), switching).await.expect("the gate is open");
    assert!(matches!(outcome, Ok(SwitchOutcome::WithoutEffect { .. })), "{outcome:?}");
}

#[tokio::test]
async fn a_list_that_hangs_makes_the_last_one_stale_for_the_window_and_the_export() {
    let hangs = Arc::new(AtomicBool::new(false));
    let is_hanging = Arc::clone(&hangs);
    let server = FaultServer::start(move |seen| match seen.path.as_str() {
        _ if seen.is_token() => grant("tok", "ref", 1800),
        MODES => modes(false),
        _ if is_hanging.load(Ordering::SeqCst) => Act::hang(),
        _ => jobs(0),
    });
    let server = server.await.expect("a port on 127.0.0.1");
    let clock = Arc::new(ShiftedClock::default());
    let mut program = Program::with_clock(Arc::<ShiftedClock>::clone(&clock));
    let saved = program.save(&server.origin, Environment::Development, "secret").await;
    program.console.open_saved(&saved.id, None).await.expect("opened");
    program.wait_until("the first list", |live| live.running.known().is_some()).await;
    assert_eq!(program.console.known_jobs().expect("known").running().rows, 0);

    hangs.store(true, Ordering::SeqCst);
    clock.advance(Duration::from_secs(3_600));
    let refused = program.console.known_jobs().expect_err("an hour old");
    assert_eq!(refused.code, ProblemCode::NothingToExport, "before anybody has told it");
    program.console.refresh().expect("open");
    let live = program.wait_until("staleness", |live| matches!(live.running, Truth::Stale { .. })).await;
    assert_eq!(live.running.last().map(|running| running.rows), Some(0), "it stays on the screen");
}

#[tokio::test]
async fn a_switch_whose_program_ends_before_the_answer_is_in_the_journal() {
    let (mut program, server) = opened(|seen| match (seen.path.as_str(), seen.method.as_str()) {
        (MODES, "PATCH") => Act::hang(),
        (MODES, _) => modes(false),
        _ => no_jobs(),
    })
    .await;
    program.wait_until("the first read", |live| live.modes.job_stop.known() == Some(&false)).await;
    let sent = until_true("the PATCH", LIMIT, async || server.seen().iter().any(|seen| seen.method == "PATCH"));
    tokio::select! {
        outcome = program.console.switch_mode(Mode::JobStop, true, &AGREED) => panic!("nobody answered: {outcome:?}"),
        () = sent => {}
    }
    let journal = program.console.journal_entries(1, None).expect("open");
    let requested = JournalEvent::SwitchRequested { mode: Mode::JobStop, on: true, user: "admin".to_owned() };
    assert_eq!(journal[0].event, requested);
}

#[tokio::test]
async fn what_a_slow_platform_is_spared_is_told() {
    let answer =
        message(200, &[("Content-Type", "application/json")], &envelope(r#"{"execute_count":0,"organizations":[]}"#));
    let slow = Duration::from_millis(1_300);
    let (mut program, _server) =
        opened(move |seen| if seen.path == MODES { modes(false) } else { Act::Drip(vec![answer.clone()], slow) }).await;
    let live =
        program.wait_until("a longer interval than the 5 s that were asked for", |live| live.poll_seconds > 5).await;
    let took = live.running.known().expect("told after the list").took_ms;
    assert!(took >= 1_300, "{took}");
    assert!(u64::from(live.poll_seconds) * 1_000 >= 5 * u64::from(took), "five times as long as it took");
}
