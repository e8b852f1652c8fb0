//! Whose procedure it is: it belongs to the platform at the address where it was begun, whatever becomes of its connection.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use acceptance::consoles::{draft, Program, ShiftedClock};
use ita_core::domain::background::QuitReason;
use ita_core::domain::confirmation::Consent;
use ita_core::domain::connection::{Connection, ConnectionDraft, Environment, SecretPlace};
use ita_core::domain::live::{Live, Notice};
use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::domain::procedure::state::ModeKnowledge;
use ita_core::domain::procedure::{
    Frontend, Options, Procedure, ProcedureAct as Act, ProcedureNotice, ProcedurePhase as Phase,
};
use ita_core::domain::time::Timestamp;
use ita_core::domain::vocabulary::Language;
use ita_core::ports::Clock;
use ita_practice::{Options as Platform, Practice, PRACTICE_PASSWORD};

const AGREED: Consent = Consent { agreed: true, typed_name: None };

async fn platform() -> Practice {
    Practice::start(Platform { jobs: Some(0), ..Platform::default() }).await.expect("a platform")
}

/// Both modes were read back as on, and nobody has read anything since.
fn left_in(phase: Phase, origin: &str) -> Procedure {
    let on = ModeKnowledge { proved: Some(true), ..ModeKnowledge::default() };
    let (origin, began_at) = (Some(origin.to_owned()), Some(Timestamp(1)));
    Procedure { phase, origin, began_at, since: began_at, job_stop: on, read_only: on, ..Procedure::default() }
}

fn begin() -> Act {
    Act::Start { options: Options::default() }
}

fn writes(platform: &Practice) -> usize {
    platform.control().requests().iter().filter(|request| request.method == "PATCH").count()
}

async fn act(program: &Program, act: Act) -> Result<(), Problem> {
    let name = draft("", Environment::Staging).name;
    program.console.procedure_act(act, &Consent { agreed: true, typed_name: Some(name) }).await
}

async fn open(program: &mut Program, connection: &Connection) -> Live {
    program.console.open_saved(&connection.id, None).await.expect("opened");
    program.wait_until("the first reads", |live| live.modes.job_stop.known().is_some()).await
}

/// Another platform has taken the place of the one that the connection led to, behind the back of this program.
fn lead_elsewhere(program: &Program, connection: &Connection, address: &str) {
    let file = program.folder().join("connections.json");
    let text = fs::read_to_string(&file).expect("the file");
    fs::write(&file, text.replace(&connection.address, address)).expect("written");
}

#[tokio::test]
async fn a_procedure_is_not_gone_on_with_on_the_platform_of_another_address() {
    let (production, other) = (platform().await, platform().await);
    let mut program = Program::first_start();
    let connection = program.save(&production.url(), Environment::Staging, PRACTICE_PASSWORD).await;
    let left = left_in(Phase::Work, &connection.address);
    program.procedures().save(&connection.id, &left).expect("saved");
    lead_elsewhere(&program, &connection, &other.url());

    let shown = open(&mut program, &connection).await;
    assert_eq!(shown.procedure, None);
    let found = shown.procedure_elsewhere.expect("it is told");
    assert_eq!((found.phase, found.other_address.as_deref()), (Phase::Work, Some(&*connection.address)));
    assert!(shown.notices.is_empty(), "the other platform's modes are not compared with it: {:?}", shown.notices);
    for wanted in [begin(), Act::Reopen, Act::Abort] {
        let refused = act(&program, wanted.clone()).await.expect_err("refused");
        let under_way = refused.facts.under_way.expect("where");
        assert_eq!((refused.code, under_way.address), (ProblemCode::ProcedureUnderWay, connection.address.clone()));
    }
    let refused = program.console.take_over_procedure().expect_err("on purpose neither");
    assert_eq!(refused.code, ProblemCode::ProcedureUnderWay);
    program.console.resume_background().await;
    assert_eq!((writes(&production), writes(&other)), (0, 0));
    let saved = program.procedures().load(&connection.id, Timestamp(2)).expect("read");
    assert_eq!(saved, Some(left), "nothing of it has changed");

    let Connection { id, name, .. } = connection.clone();
    let back = ConnectionDraft { id: Some(id), name, ..draft(&connection.address, Environment::Staging) };
    program.console.connections().save(back, Some(PRACTICE_PASSWORD.into())).await.expect("the way back is free");
    let shown = open(&mut program, &connection).await;
    assert_eq!(shown.procedure.map(|view| view.phase), Some(Phase::Work));
    assert_eq!(shown.procedure_elsewhere, None);
}

#[tokio::test]
async fn a_procedure_that_has_ended_elsewhere_is_nothing_but_its_evidence() {
    let (before, now) = (platform().await, platform().await);
    let mut program = Program::first_start();
    let connection = program.save(&now.url(), Environment::Staging, PRACTICE_PASSWORD).await;
    program.procedures().save(&connection.id, &left_in(Phase::GaveUp, &before.url())).expect("saved");
    let shown = open(&mut program, &connection).await;
    assert_eq!((shown.procedure, shown.procedure_elsewhere), (None, None));
    act(&program, Act::Continue).await.expect("nothing to go on with");
    assert_eq!(writes(&now), 0);

    let packs = tempfile::tempdir().expect("a folder");
    let pack = program.console.export_evidence(Language::En, packs.path().to_owned()).await.expect("a pack");
    let report = fs::read_dir(&pack.path).expect("the pack").flatten().find(|it| it.file_name() == "report.en.html");
    let report = fs::read_to_string(report.expect("a report").path()).expect("text");
    assert!(report.contains(&before.url()) && !report.contains(&now.url()), "{report}");
}

#[tokio::test]
async fn a_beginning_says_that_nobody_has_packed_the_evidence_whose_place_it_takes() {
    let platform = platform().await;
    let mut program = Program::first_start();
    let connection = program.save(&platform.url(), Environment::Staging, PRACTICE_PASSWORD).await;
    open(&mut program, &connection).await;
    let loses = |program: &Program| program.console.plan_procedure_act(&begin()).expect("open").loses_evidence;
    assert!(!loses(&program), "there is none");
    act(&program, begin()).await.expect("begun");
    let packs = tempfile::tempdir().expect("a folder");
    let pack = || program.console.export_evidence(Language::Ja, packs.path().to_owned());
    pack().await.expect("a pack on the way");
    act(&program, Act::Abort).await.expect("aborted");
    assert!(loses(&program), "what came after that pack is in none");
    pack().await.expect("the whole pack");
    assert!(!loses(&program));
}

#[tokio::test]
async fn what_a_newer_version_drives_is_left_to_it() {
    let platform = platform().await;
    let mut program = Program::first_start();
    let connection = program.save(&platform.url(), Environment::Staging, PRACTICE_PASSWORD).await;
    open(&mut program, &connection).await;
    let file = program.folder().join("procedures").join(format!("{}.json", connection.id.file_stem()));
    fs::create_dir_all(file.parent().expect("a folder")).expect("made");
    let newer = r#"{"version":2,"phase":"work"}"#;
    fs::write(&file, newer).expect("written");
    let is_told = |notice: &Notice| matches!(notice, Notice::FileTrouble { problem, .. } if problem.code == ProblemCode::SettingsNewer);
    program.wait_until("it is told", |live| live.notices.iter().any(is_told)).await;
    let refused = act(&program, begin()).await.expect_err("refused");
    assert_eq!(refused.code, ProblemCode::SettingsNewer);
    assert_eq!(fs::read_to_string(&file).expect("where it was"), newer);
    assert_eq!(writes(&platform), 0);
}

#[tokio::test]
async fn a_beginning_that_found_no_disk_leaves_the_window_able_to_see_the_other_program() {
    let platform = platform().await;
    let mut program = Program::first_start();
    let connection = program.save(&platform.url(), Environment::Staging, PRACTICE_PASSWORD).await;
    open(&mut program, &connection).await;
    let folder = program.folder().join("procedures");
    let _ = fs::remove_dir_all(&folder);
    fs::write(&folder, "no folder").expect("written");
    assert_eq!(act(&program, begin()).await.expect_err("no disk").code, ProblemCode::FileNotWritten);
    fs::remove_file(&folder).expect("there is room again");

    let mut script = program.command_line_beside();
    open(&mut script, &connection).await;
    act(&script, begin()).await.expect("begun there");
    let is_shown =
        |live: &Live| live.procedure_elsewhere.as_ref().is_some_and(|found| found.driven_by == Frontend::CommandLine);
    program.wait_until("it is shown here", is_shown).await;
}

/// A connection whose password is asked for each time, with read-only on and an end that is planned in an hour.
async fn without_password(clock: &Arc<ShiftedClock>, platform: &Practice) -> (Program, Connection) {
    let program = Program::with_clock(Arc::<ShiftedClock>::clone(clock));
    let asks = ConnectionDraft { secret_place: SecretPlace::Ask, ..draft(&platform.url(), Environment::Staging) };
    let connection = program.console.connections().save(asks, None).await.expect("saved");
    let planned_end = Some(Timestamp(clock.now().0 + 3_600_000));
    let options = Options { planned_end, ..Options::default() };
    let left = Procedure { options, ..left_in(Phase::Work, &connection.address) };
    program.procedures().save(&connection.id, &left).expect("saved");
    (program, connection)
}

#[tokio::test]
async fn a_planned_end_passes_and_quitting_is_questioned_also_while_a_password_is_awaited() {
    let (clock, platform) = (Arc::new(ShiftedClock::default()), platform().await);
    let (mut program, connection) = without_password(&clock, &platform).await;
    program.console.open_saved(&connection.id, None).await.expect("opened");
    let read_only = |reasons: Vec<QuitReason>| reasons.iter().map(|it| (it.read_only, it.job_stop)).collect::<Vec<_>>();
    assert_eq!(read_only(program.console.quit_reasons()), [(true, true)], "nothing was read since the start");
    clock.advance(Duration::from_secs(3_601));
    let is_overdue =
        |notice: &Notice| matches!(notice, Notice::Procedure { news: ProcedureNotice::Overdue { .. }, .. });
    program.wait_until("the reminder", |live| live.notices.iter().any(is_overdue)).await;
    assert_eq!(platform.control().request_count(), 0);
}

#[tokio::test]
async fn the_same_behind_the_screen() {
    let (clock, platform) = (Arc::new(ShiftedClock::default()), platform().await);
    let (mut program, _) = without_password(&clock, &platform).await;
    program.console.resume_background().await;
    assert_eq!(program.console.quit_reasons().len(), 1);
    clock.advance(Duration::from_secs(3_601));
    let is_overdue =
        |notice: &Notice| matches!(notice, Notice::Procedure { news: ProcedureNotice::Overdue { .. }, .. });
    program.wait_for_background("the reminder", |all| all.iter().any(|it| it.notices.iter().any(is_overdue))).await;
}

#[tokio::test]
async fn disconnecting_leaves_the_screen_and_not_the_procedure() {
    let platform = platform().await;
    let mut program = Program::first_start();
    let connection = program.save(&platform.url(), Environment::Staging, PRACTICE_PASSWORD).await;
    open(&mut program, &connection).await;
    let options = Options { start_at: Some(Timestamp(i64::MAX / 2)), ..Options::default() };
    program.console.procedure_act(Act::Start { options }, &AGREED).await.expect("planned");
    program.console.disconnect();
    assert_eq!(program.console.live().connection, None);
    let told = program.wait_for_background("it goes on", |all| all.len() == 1).await;
    assert_eq!((told[0].title.phase, &told[0].connection), (Phase::Scheduled, &connection.id));
    let shown = open(&mut program, &connection).await;
    assert_eq!(shown.procedure.map(|view| view.phase), Some(Phase::Scheduled));

    act(&program, Act::Abort).await.expect("called off");
    program.console.disconnect();
    assert!(program.console.background_procedures().is_empty(), "nothing to go on with");
}
