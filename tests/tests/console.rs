//! The console against a practice platform: what an administrator is shown, and what the platform sees of it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use acceptance::consoles::{draft, Program};
use acceptance::wait::{until_true, LIMIT};
use ita_core::client::Limits;
use ita_core::credentials::SessionStore;
use ita_core::domain::confirmation::{Confirmation, Consent, Danger};
use ita_core::domain::connection::{ConnectionDraft, Environment, LoginWay};
use ita_core::domain::live::{Live, Notice, Phase, SwitchOutcome};
use ita_core::domain::modes::{Mode, ModeReading};
use ita_core::domain::problem::ProblemCode;
use ita_core::domain::procedure::Frontend;
use ita_core::domain::test_report::StepResult;
use ita_core::domain::truth::Truth;
use ita_core::domain::vocabulary::Language;
use ita_core::journal::{Journal, JournalEntry, JournalEvent, SwitchResult};
use ita_core::log::Scrubber;
use ita_core::ports::{EventSink, SystemClock};
use ita_core::services::connections::Connections;
use ita_core::services::console::{Console, Parts};
use ita_core::settings::connections::ConnectionsFile;
use ita_core::settings::lives::LifeFiles;
use ita_core::settings::procedures::ProcedureFiles;
use ita_practice::{ModeTable, Options, Part, Practice, ScriptedJob, WorkspaceFault, PRACTICE_PASSWORD};

async fn idle_platform() -> Practice {
    Practice::start(Options { jobs: Some(0), ..Options::default() }).await.expect("a platform")
}

fn is_read(live: &Live) -> bool {
    live.modes.job_stop.known().is_some() && live.running.known().is_some()
}

fn is_refused(live: &Live) -> bool {
    matches!(&live.phase, Phase::Stopped { problem } if problem.code == ProblemCode::LoginRefused)
}

const AGREED: Consent = Consent { agreed: true, typed_name: None };

async fn open(program: &mut Program, platform: &Practice, environment: Environment) {
    let saved = program.save(&platform.url(), environment, PRACTICE_PASSWORD).await;
    program.console.open_saved(&saved.id, None).await.expect("opened");
    program.wait_until("the first reads", is_read).await;
}

#[tokio::test]
async fn one_password_login_serves_all_polls() {
    let platform = idle_platform().await;
    let mut program = Program::first_start();
    open(&mut program, &platform, Environment::Development).await;
    for _ in 0..5 {
        let before = program.console.live().revision;
        program.console.refresh().expect("open");
        program.wait_until("a new list", |live| live.revision > before).await;
    }
    assert_eq!(platform.control().password_logins(), 1, "one token serves all calls");
}

#[tokio::test]
async fn a_wrong_password_causes_exactly_one_login_also_after_a_restart() {
    let platform = idle_platform().await;
    let mut program = Program::first_start();
    let saved = program.save(&platform.url(), Environment::Production, "wrong").await;
    program.console.open_saved(&saved.id, None).await.expect("opened");
    program.wait_until("the refusal", is_refused).await;
    program.console.refresh().expect("open, but it stands still");
    let mut program = program.restart();
    program.console.open_saved(&saved.id, None).await.expect("opened");
    program.wait_until("still stopped", is_refused).await;
    assert_eq!(platform.control().password_logins(), 1, "a second try could lock the account");

    program.console.open_saved(&saved.id, Some(PRACTICE_PASSWORD.into())).await.expect("opened");
    program.wait_until("the first reads", is_read).await;
    let mut program = program.restart();
    program.console.open_saved(&saved.id, None).await.expect("opened");
    program.wait_until("connected from the keyring, which now has the accepted password", is_read).await;
}

#[tokio::test]
async fn a_test_with_the_kept_password_stops_the_connection_when_it_is_refused() {
    let platform = idle_platform().await;
    let program = Program::first_start();
    let saved = program.save(&platform.url(), Environment::Production, "wrong").await;
    let as_saved = || ConnectionDraft { id: Some(saved.id.clone()), ..draft(&platform.url(), Environment::Production) };
    let is_stopped = || program.console.connections().find(&saved.id).expect("saved").stopped_by_refused_login;
    program.console.test_connection(1, as_saved(), Some("typed".into())).await.expect("tested");
    assert!(!is_stopped(), "the kept one was not tried");
    program.console.test_connection(1, as_saved(), None).await.expect("tested");
    assert!(is_stopped());
    program.console.test_connection(1, as_saved(), None).await.expect("tested");
    assert_eq!(platform.control().password_logins(), 2, "a repeated test could lock the account");
    let mut program = program.restart();
    program.console.open_saved(&saved.id, None).await.expect("opened");
    program.wait_until("it stands still", is_refused).await;
    let journal = program.console.journal_entries(10, None).expect("open");
    assert!(matches!(*journal, [JournalEntry { event: JournalEvent::LoginRefused { .. }, .. }]), "{journal:?}");
}

#[tokio::test]
async fn a_test_whose_kept_password_is_refused_stops_the_open_session() {
    let platform = idle_platform().await;
    let mut program = Program::first_start();
    open(&mut program, &platform, Environment::Development).await;
    let open = program.console.live().connection.expect("open");
    platform.control().set_users(Vec::new());
    let same = ConnectionDraft { id: Some(open.id.clone()), ..draft(&platform.url(), Environment::Development) };
    program.console.test_connection(1, same, None).await.expect("tested");
    program.wait_until("the stop", is_refused).await;
    assert!(program.console.connections().find(&open.id).expect("saved").stopped_by_refused_login);
}

#[tokio::test]
async fn a_wrong_password_under_basic_is_sent_once_although_two_polls_begin_together() {
    let platform = idle_platform().await;
    let mut program = Program::first_start();
    let draft = ConnectionDraft { login: LoginWay::Basic, ..draft(&platform.url(), Environment::Development) };
    let saved = program.console.connections().save(draft, Some("wrong".into())).await.expect("saved");
    program.console.open_saved(&saved.id, None).await.expect("opened");
    program.wait_until("the refusal", |live| matches!(live.phase, Phase::Stopped { .. })).await;
    assert_eq!(platform.control().password_logins(), 1);
}

#[tokio::test]
async fn a_switch_sends_one_key_reads_back_and_is_in_the_journal() {
    let platform = idle_platform().await;
    let mut program = Program::first_start();
    open(&mut program, &platform, Environment::Staging).await;
    let plan = program.console.plan_switch(Mode::JobStop, true).expect("a plan");
    assert_eq!(plan.confirmation, Confirmation::Agree);

    let without = program.console.switch_mode(Mode::JobStop, true, &Consent::default()).await;
    assert_eq!(without.expect_err("not confirmed").code, ProblemCode::ConfirmationNeeded);
    let outcome = program.console.switch_mode(Mode::JobStop, true, &AGREED).await.expect("switched");
    let read_back = ModeReading { job_stop: Some(true), read_only: Some(false) };
    assert_eq!(outcome, SwitchOutcome::Done { read_back });

    let patches: Vec<_> =
        platform.control().requests().into_iter().filter(|request| request.method == "PATCH").collect();
    assert_eq!(patches.len(), 1, "one write");
    assert_eq!(patches[0].body.as_deref(), Some(r#"{"backyard_execute_stop":"1"}"#), "with one key");
    let journal = program.console.journal_entries(1, None).expect("open");
    assert!(matches!(
        journal[0].event,
        JournalEvent::Switched {
            mode: Mode::JobStop,
            on: true,
            outcome: SwitchResult::Done,
            read_back: Some(true),
            ..
        }
    ));
    assert!(program.console.live().notices.is_empty(), "our own switch is no news");
}

#[tokio::test]
async fn an_accepted_switch_without_effect_is_not_believed() {
    let platform = idle_platform().await;
    let mut program = Program::first_start();
    open(&mut program, &platform, Environment::Development).await;
    platform.control().set_mode_changes_ignored(true);
    let outcome = program.console.switch_mode(Mode::JobStop, true, &AGREED).await.expect("answered");
    assert!(matches!(outcome, SwitchOutcome::WithoutEffect { .. }), "{outcome:?}");
    assert_eq!(program.console.live().modes.job_stop.known(), Some(&false));
}

#[tokio::test]
async fn production_is_locked_until_opened_on_purpose() {
    let platform = idle_platform().await;
    let mut program = Program::first_start();
    open(&mut program, &platform, Environment::Production).await;
    let refused = program.console.switch_mode(Mode::JobStop, true, &AGREED).await;
    assert_eq!(refused.expect_err("locked").code, ProblemCode::LockClosed);
    program.console.set_lock(true).expect("open");
    assert!(program.console.live().lock_open_until.is_some());
    let outcome = program.console.switch_mode(Mode::JobStop, true, &AGREED).await.expect("switched");
    assert!(matches!(outcome, SwitchOutcome::Done { .. }));
}

#[tokio::test]
async fn read_only_over_running_jobs_wants_the_name_and_off_never_does() {
    let platform = idle_platform().await;
    platform.control().script_jobs([ScriptedJob::new("sales", "prod-batch", "ita-by-ansible-execute", "a", "3")]);
    let mut program = Program::first_start();
    open(&mut program, &platform, Environment::Development).await;
    let plan = program.console.plan_switch(Mode::ReadOnly, true).expect("a plan");
    assert_eq!(plan.dangers, [Danger::JobsRunning, Danger::JobStopOff]);
    let refused = program.console.switch_mode(Mode::ReadOnly, true, &AGREED).await;
    assert_eq!(refused.expect_err("the name is missing").code, ProblemCode::ConfirmationNeeded);
    let named = Consent { agreed: true, typed_name: Some(plan.name) };
    let outcome = program.console.switch_mode(Mode::ReadOnly, true, &named).await.expect("switched");
    assert!(matches!(outcome, SwitchOutcome::Done { .. }));
    let outcome = program.console.switch_mode(Mode::ReadOnly, false, &Consent::default()).await.expect("switched");
    assert!(matches!(outcome, SwitchOutcome::Done { .. }), "development asks for nothing to open again");
}

#[tokio::test]
async fn one_broken_workspace_makes_the_count_unknown_and_never_zero() {
    let platform = idle_platform().await;
    platform.control().set_workspace_fault("sales", "prod-batch", Some(WorkspaceFault::BrokenTable));
    let mut program = Program::first_start();
    let saved = program.save(&platform.url(), Environment::Development, PRACTICE_PASSWORD).await;
    program.console.open_saved(&saved.id, None).await.expect("opened");
    let live = program.wait_until("the disguised error", |live| {
        matches!(&live.running, Truth::Unknown { problem: Some(problem) } if problem.code == ProblemCode::ErrorInDisguise)
    });
    let live = live.await;
    assert_eq!(live.running.last(), None);
    program.wait_until("the modes, which are readable", |live| live.modes.job_stop.known().is_some()).await;
    let outcome = program.console.switch_mode(Mode::JobStop, true, &AGREED).await.expect("answered");
    assert!(
        matches!(outcome, SwitchOutcome::Done { .. }),
        "one broken workspace must not lock the platform: {outcome:?}"
    );
    assert!(matches!(program.console.switch_mode(Mode::JobStop, false, &AGREED).await, Ok(SwitchOutcome::Done { .. })));
}

#[tokio::test]
async fn flags_that_read_zero_because_the_table_is_unreadable_are_announced_as_suspect() {
    let platform = idle_platform().await;
    platform.control().set_mode(ita_practice::Mode::JobStop, true);
    platform.control().set_mode(ita_practice::Mode::ReadOnly, true);
    let mut program = Program::first_start();
    open(&mut program, &platform, Environment::Production).await;
    platform.control().set_mode_table(ModeTable::Unreadable);
    program.console.refresh().expect("open");
    let live = program.wait_until("two notices", |live| live.notices.len() == 2).await;
    assert!(live
        .notices
        .iter()
        .all(|notice| matches!(notice, Notice::ChangedElsewhere { suspect: true, on: false, .. })));
}

#[tokio::test]
async fn off_is_sent_although_the_platform_says_off_because_it_cannot_read_its_table() {
    let platform = idle_platform().await;
    platform.control().set_mode(ita_practice::Mode::ReadOnly, true);
    platform.control().set_mode_table(ModeTable::Unreadable);
    let mut program = Program::first_start();
    open(&mut program, &platform, Environment::Development).await;
    assert_eq!(program.console.live().modes.read_only.known(), Some(&false), "so it says");
    let outcome = program.console.switch_mode(Mode::ReadOnly, false, &AGREED).await.expect("sent");
    assert!(matches!(outcome, SwitchOutcome::Unknown { .. }), "it answers 500 and nobody claims anything: {outcome:?}");
    platform.control().set_mode_table(ModeTable::Intact);
    let outcome = program.console.switch_mode(Mode::ReadOnly, false, &AGREED).await.expect("sent");
    assert!(matches!(outcome, SwitchOutcome::Done { .. }), "{outcome:?}");
    let outcome = program.console.switch_mode(Mode::ReadOnly, false, &AGREED).await.expect("sent");
    assert!(
        matches!(outcome, SwitchOutcome::Done { .. }),
        "off a second time is off, and not \"already\": {outcome:?}"
    );
    let requests = platform.control().requests();
    assert_eq!(requests.iter().filter(|request| request.method == "PATCH").count(), 3);
}

#[tokio::test]
async fn what_was_known_becomes_stale_and_the_rows_stay() {
    let platform = idle_platform().await;
    platform.control().script_jobs([ScriptedJob::new("sales", "prod-batch", "ita-by-ansible-execute", "a", "3")]);
    let mut program = Program::first_start();
    open(&mut program, &platform, Environment::Development).await;
    platform.control().set_down(Part::Database, true);
    program.console.refresh().expect("open");
    let live = program.wait_until("staleness", |live| matches!(live.running, Truth::Stale { .. })).await;
    assert_eq!(live.running.last().map(|running| running.counted), Some(1));
    let view = ita_core::jobs::view::JobView {
        sort: None,
        filter: ita_core::jobs::view::JobFilter::default(),
        language: Language::Ja,
    };
    let window = program.console.job_window(&view, 0, 100).expect("open");
    assert_eq!(window.rows.len(), 1, "a failed refresh never empties the table");
    program.wait_until("staleness of the modes", |live| matches!(live.modes.job_stop, Truth::Stale { .. })).await;
}

#[tokio::test]
async fn a_deleted_connection_leaves_nothing_behind() {
    let platform = idle_platform().await;
    let mut program = Program::first_start();
    open(&mut program, &platform, Environment::Development).await;
    let connection = program.console.live().connection.expect("open");
    program.console.delete(&connection.id).await.expect("deleted");
    assert_eq!(program.console.live().phase, Phase::Closed);
    assert!(program.console.connections().list().expect("read").connections.is_empty());
    assert!(program.console.connections().secret(&connection).await.expect("readable").is_none());
    let file = std::fs::read_to_string(program.folder().join("connections.json")).expect("the file");
    assert!(!file.contains(PRACTICE_PASSWORD), "no secret was ever in it");
}

/// Looks into the journal at the moment when something is told.
struct Witness {
    journal: PathBuf,
    told: Mutex<BTreeSet<&'static str>>,
    unwritten: Mutex<BTreeSet<&'static str>>,
}

impl EventSink for Witness {
    fn live(&self, live: Arc<Live>) {
        let Some(connection) = &live.connection else { return };
        let file = self.journal.join(format!("{}.jsonl", connection.id.0));
        let written = std::fs::read_to_string(file).unwrap_or_default();
        for (is_told, event) in [
            (live.login.is_some(), "connected"),
            (!live.notices.is_empty(), "observed_change"),
            (is_refused(&live), "login_refused"),
        ] {
            if is_told {
                self.told.lock().expect("not poisoned").insert(event);
            }
            if is_told && !written.contains(event) {
                self.unwritten.lock().expect("not poisoned").insert(event);
            }
        }
    }

    fn test_step(&self, _: StepResult) {}
}

#[tokio::test]
async fn what_is_told_is_in_the_journal_already() {
    let platform = idle_platform().await;
    let folder = tempfile::tempdir().expect("a folder");
    let journal = folder.path().join("journal");
    let witness = Arc::new(Witness { journal: journal.clone(), told: Mutex::default(), unwritten: Mutex::default() });
    let store = Arc::new(SessionStore::default());
    let file = ConnectionsFile::new(folder.path().join("connections.json"));
    let procedures = ProcedureFiles::new(folder.path().join("procedures"));
    let keyring = Arc::<SessionStore>::clone(&store);
    let console = Console::new(Parts {
        frontend: Frontend::Window,
        clock: Arc::new(SystemClock),
        events: Arc::<Witness>::clone(&witness),
        connections: Connections::new(file, keyring, store, procedures.clone(), Arc::new(SystemClock)),
        journal: Journal::new(journal, "night"),
        procedures,
        lives: LifeFiles::new(folder.path().join("job-lives")),
        limits: Limits::default(),
        scrubber: Scrubber::default(),
    });
    let form = draft(&platform.url(), Environment::Development);
    let saved = console.connections().save(form.clone(), Some(PRACTICE_PASSWORD.into())).await.expect("saved");
    console.open_saved(&saved.id, None).await.expect("opened");
    until_true("the first reads", LIMIT, async || is_read(&console.live()) && console.live().login.is_some()).await;
    platform.control().set_mode(ita_practice::Mode::JobStop, true);
    console.refresh().expect("open");
    until_true("a notice", LIMIT, async || !console.live().notices.is_empty()).await;
    platform.control().set_users(Vec::new());
    let same = ConnectionDraft { id: Some(saved.id), ..form };
    console.test_connection(1, same, None).await.expect("tested");
    assert!(is_refused(&console.live()));
    let all = BTreeSet::from(["connected", "login_refused", "observed_change"]);
    assert_eq!(*witness.told.lock().expect("not poisoned"), all);
    assert_eq!(*witness.unwritten.lock().expect("not poisoned"), BTreeSet::new());
}
