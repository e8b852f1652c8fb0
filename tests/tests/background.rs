//! A procedure that goes on while another connection is on the screen.

use acceptance::consoles::{draft, Program};
use acceptance::wait::{until_true, LIMIT};
use ita_core::domain::background::{BackgroundProcedure, QuitReason};
use ita_core::domain::confirmation::Consent;
use ita_core::domain::connection::{Connection, ConnectionDraft, Environment};
use ita_core::domain::live::{Live, Notice};
use ita_core::domain::procedure::{Automation, Options, ProcedureAct as Act, ProcedurePhase as Phase, StopReason};
use ita_practice::{Mode, Options as Platform, Practice, ScriptedJob, PRACTICE_PASSWORD};

const AGREED: Consent = Consent { agreed: true, typed_name: None };

/// A program with two saved connections: one with a procedure under way, and another one.
struct Two {
    program: Program,
    night: Practice,
    other: Practice,
    saved: [Connection; 2],
}

impl Two {
    /// An armed drain that one job holds, on the screen.
    async fn draining() -> Self {
        let platform = || Practice::start(Platform { jobs: Some(0), ..Platform::default() });
        let (night, other) = (platform().await.expect("a platform"), platform().await.expect("another"));
        let program = Program::first_start();
        let saved = [save(&program, "基幹", &night).await, save(&program, "開発", &other).await];
        let mut two = Self { program, night, other, saved };
        two.night.control().script_jobs([job()]);
        two.open(0).await;
        let options = Options { go_on_by_itself: true, ..Options::default() };
        two.program.console.procedure_act(Act::Start { options }, &AGREED).await.expect("begun");
        let is_held = |live: &Live| live.procedure.as_ref().is_some_and(|view| view.holding == Some(1));
        two.program.wait_until("the job holds the drain", is_held).await;
        two
    }

    async fn open(&mut self, which: usize) -> Live {
        let id = self.saved[which].id.clone();
        self.program.console.open_saved(&id, None).await.expect("opened");
        let is_read = |live: &Live| {
            live.connection.as_ref().is_some_and(|open| open.id == id)
                && live.modes.job_stop.known().is_some()
                && live.running.known().is_some()
        };
        self.program.wait_until("the first reads", is_read).await
    }

    async fn told(&mut self, what: &str, condition: impl Fn(&BackgroundProcedure) -> bool) -> BackgroundProcedure {
        let told = self.program.wait_for_background(what, |all| all.iter().any(&condition)).await;
        assert_eq!(told.len(), 1, "{told:?}");
        told.into_iter().next().expect("one")
    }
}

async fn save(program: &Program, name: &str, platform: &Practice) -> Connection {
    let draft = ConnectionDraft { name: name.to_owned(), ..draft(&platform.url(), Environment::Staging) };
    program.console.connections().save(draft, Some(PRACTICE_PASSWORD.into())).await.expect("saved")
}

fn job() -> ScriptedJob {
    ScriptedJob::new("sales", "prod-batch", "ita-by-ansible-execute", "ansible-1", "3")
        .label("2026-11-22T19:00:00.000000Z")
}

fn requests(platform: &Practice, path: &str) -> usize {
    platform.control().requests().iter().filter(|request| request.path.contains(path)).count()
}

fn writes(platform: &Practice) -> usize {
    platform.control().requests().iter().filter(|request| request.method == "PATCH").count()
}

#[tokio::test]
async fn an_armed_drain_goes_on_behind_another_connection_and_is_found_again_where_it_is() {
    let mut two = Two::draining().await;
    let left = two.program.console.live();
    let shown = two.open(1).await;
    assert_eq!((shown.procedure, shown.notices), (None, vec![]), "nothing of the other one");
    let told = two.told("the drain", |told| told.title.phase == Phase::Draining).await;
    assert_eq!((told.name.as_str(), told.title.holding, told.automation), ("基幹", Some(1), Automation::Armed));

    two.night.control().end_job("ansible-1");
    two.told("the gate", |told| told.title.phase == Phase::QuietGate).await;
    assert!(two.night.control().mode(Mode::ReadOnly), "it was confirmed before the screen was left");
    assert_eq!((writes(&two.night), writes(&two.other)), (2, 0));

    let logins = requests(&two.night, "/token");
    let back = two.open(0).await;
    assert_eq!(back.procedure.map(|view| view.phase), Some(Phase::QuietGate));
    assert!(back.generation > shown.generation && shown.generation > left.generation);
    assert_eq!(requests(&two.night, "/token"), logins, "the same session");
    assert_eq!(two.program.console.background_procedures(), []);
}

#[tokio::test]
async fn what_a_colleague_switches_behind_the_screen_is_told_on_it() {
    let mut two = Two::draining().await;
    two.open(1).await;
    two.night.control().set_mode(Mode::JobStop, false);
    let why = StopReason::ChangedElsewhere;
    let told = two.told("the end of the automation", |told| told.automation == Automation::Stopped { why }).await;
    let is_told = |notice: &Notice| matches!(notice, Notice::ChangedElsewhere { on: false, .. });
    assert!(told.notices.iter().any(is_told), "{told:?}");
    assert_eq!(writes(&two.night), 1);
}

#[tokio::test]
async fn after_a_restart_the_procedure_behind_the_screen_is_read_again_and_does_nothing_by_itself() {
    let mut two = Two::draining().await;
    two.program = two.program.restart();
    two.open(1).await;
    two.program.console.resume_background().await;
    let why = StopReason::Resumed;
    let told = two.told("what was found", |told| told.title.holding == Some(1)).await;
    assert_eq!((told.title.phase, told.automation), (Phase::Draining, Automation::Stopped { why }));
    two.night.control().end_job("ansible-1");
    two.told("the zeros", |told| told.title.phase == Phase::PointOfNoReturn).await;
    assert_eq!(writes(&two.night), 1);

    two.program.console.resume_background().await;
    assert_eq!(two.program.console.background_procedures().len(), 1, "once");
}

#[tokio::test]
async fn a_connection_that_was_changed_meanwhile_is_opened_anew() {
    let mut two = Two::draining().await;
    two.open(1).await;
    let Connection { id, name, address, .. } = two.saved[0].clone();
    let user = "another-admin".to_owned();
    let changed = ConnectionDraft { id: Some(id), name, user, ..draft(&address, Environment::Staging) };
    two.program.console.connections().save(changed, Some(PRACTICE_PASSWORD.into())).await.expect("changed");
    let id = two.saved[0].id.clone();
    two.program.console.open_saved(&id, None).await.expect("opened");
    assert_eq!(two.program.console.live().connection.map(|open| open.user).as_deref(), Some("another-admin"));
    assert_eq!(two.program.console.background_procedures(), [], "the old user's session is gone");
}

#[tokio::test]
async fn a_connection_without_a_procedure_is_left_for_good_and_a_deleted_one_too() {
    let mut two = Two::draining().await;
    two.open(1).await;
    two.open(0).await;
    assert_eq!(two.program.console.background_procedures(), []);
    let asked = requests(&two.other, "/api/");
    two.open(1).await;
    two.told("the drain", |told| told.title.phase == Phase::Draining).await;
    assert!(requests(&two.other, "/api/") > asked, "asked anew");

    let id = two.saved[0].id.clone();
    two.program.console.delete(&id).await.expect("deleted");
    two.program.wait_for_background("nothing any more", Vec::is_empty).await;
    let asked = requests(&two.night, "/api/");
    two.program.console.refresh().expect("open");
    until_true("the other one goes on", LIMIT, async || requests(&two.other, "/api/") > 4).await;
    assert_eq!(requests(&two.night, "/api/"), asked, "a deleted connection asks nothing");
}

#[tokio::test]
async fn quitting_is_questioned_while_an_automation_runs_or_read_only_is_on_anywhere() {
    let mut two = Two::draining().await;
    let reason = |reasons: Vec<QuitReason>| {
        reasons.into_iter().map(|it| (it.name, it.automation, it.read_only, it.job_stop)).collect::<Vec<_>>()
    };
    let reasons = |two: &Two| reason(two.program.console.quit_reasons());
    assert_eq!(reasons(&two), [("基幹".to_owned(), true, false, true)]);
    two.open(1).await;
    assert_eq!(reasons(&two), [("基幹".to_owned(), true, false, true)], "also behind the screen");
    two.night.control().end_job("ansible-1");
    two.told("the gate", |told| told.title.phase == Phase::QuietGate).await;
    assert_eq!(reasons(&two), [("基幹".to_owned(), false, true, true)], "the automation did what it was for");
    two.open(0).await;
    two.program.console.procedure_act(Act::Reopen, &AGREED).await.expect("opened again");
    assert_eq!(reasons(&two), []);
}
