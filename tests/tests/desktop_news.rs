//! What is said on the desktop beside the window: each once, in the window's language, and nothing that the window does not
//! say itself.

use std::sync::Arc;
use std::time::Duration;

use acceptance::consoles::{draft, Program, ShiftedClock};
use acceptance::fault_server::{envelope, grant, Act as Answer, FaultServer};
use acceptance::wait::{until_true, PausedTime, LIMIT};
use ita_core::client::Limits;
use ita_core::domain::confirmation::Consent;
use ita_core::domain::connection::{ConnectionDraft, Environment};
use ita_core::domain::live::{Live, Notice, Phase};
use ita_core::domain::procedure::{Options, ProcedureAct, ProcedureNotice, ProcedurePhase};
use ita_core::domain::vocabulary::Language;
use ita_core::ports::Clock;
use ita_practice::{Mode, Options as Platform, Practice, ScriptedJob, PRACTICE_PASSWORD};

const AGREED: Consent = Consent { agreed: true, typed_name: None };
const READ_ONLY_ELSEWHERE: &str = "読み取り専用モードが別の場所で ON にされました。";
const DRAINED: &str = "実行中のジョブがなくなりました。";

async fn platform() -> Practice {
    Practice::start(Platform { jobs: Some(0), ..Platform::default() }).await.expect("a platform")
}

async fn open(program: &mut Program, platform: &Practice) {
    let saved = program.save(&platform.url(), Environment::Staging, PRACTICE_PASSWORD).await;
    program.console.open_saved(&saved.id, None).await.expect("opened");
    let read = |live: &Live| live.modes.job_stop.known().is_some() && live.running.known().is_some();
    program.wait_until("the first reads", read).await;
}

async fn poll_until(program: &Program, what: &str, condition: impl Fn(&Live) -> bool) {
    until_true(what, LIMIT, async || {
        program.console.refresh().expect("open");
        condition(&program.console.live())
    })
    .await;
}

/// Lets the platform be read several times more.
async fn poll_on(program: &Program) {
    let before = program.console.live().revision;
    poll_until(program, "more polls", |live| live.revision > before + 5).await;
}

async fn drained(program: &Program, clock: &ShiftedClock) {
    let is_told = |live: &Live| has(live, |news| matches!(news, ProcedureNotice::Drained { .. }));
    program.poll_until(clock, "the drain", is_told).await;
}

async fn begin(program: &Program, options: Options) {
    program.console.procedure_act(ProcedureAct::Start { options }, &AGREED).await.expect("begun");
}

fn has(live: &Live, told: impl Fn(&ProcedureNotice) -> bool) -> bool {
    live.notices.iter().any(|notice| matches!(notice, Notice::Procedure { news, .. } if told(news)))
}

fn job(id: &str) -> ScriptedJob {
    ScriptedJob::new("sales", "prod-batch", "ita-by-ansible-execute", id, "3")
}

#[tokio::test]
async fn a_switch_made_elsewhere_during_a_procedure_is_said_once() {
    let platform = platform().await;
    let mut program = Program::first_start();
    open(&mut program, &platform).await;
    platform.control().script_jobs([job("a")]);
    poll_until(&program, "the job", |live| live.running.known().is_some_and(|running| running.deciding == 1)).await;
    begin(&program, Options::default()).await;
    platform.control().set_mode(Mode::ReadOnly, true);
    let told = |live: &Live| {
        has(live, |news| matches!(news, ProcedureNotice::ChangedElsewhere { .. }))
            || live.notices.iter().any(|notice| matches!(notice, Notice::ChangedElsewhere { .. }))
    };
    poll_until(&program, "the window says it", told).await;
    poll_on(&program).await;
    let name = draft("", Environment::Staging).name;
    assert_eq!(program.said.all(), [(name, READ_ONLY_ELSEWHERE.to_owned())]);
}

#[tokio::test]
async fn drained_and_new_after_stop_are_said_once_each() {
    let platform = platform().await;
    let clock = Arc::new(ShiftedClock::default());
    let mut program = Program::with_clock(Arc::<ShiftedClock>::clone(&clock));
    open(&mut program, &platform).await;
    begin(&program, Options::default()).await;
    drained(&program, &clock).await;
    poll_on(&program).await;
    assert_eq!(program.said.texts(), [DRAINED]);

    program.announcer.speak(Language::En);
    // What is there within a minute of the switch had been on its way.
    clock.advance(Duration::from_secs(120));
    poll_on(&program).await;
    platform.control().add_job(job("new"));
    poll_until(&program, "the alarm", |live| has(live, |news| matches!(news, ProcedureNotice::NewAfterStop { .. })))
        .await;
    poll_on(&program).await;
    assert_eq!(program.said.texts(), [DRAINED, "Jobs started after job stop."], "in the language of now");
}

#[tokio::test]
async fn a_procedure_behind_the_screen_is_said_once_also_when_it_comes_back() {
    let (behind, shown) = (platform().await, platform().await);
    behind.control().script_jobs([job("a")]);
    let mut program = Program::first_start();
    open(&mut program, &behind).await;
    let id = program.console.live().connection.expect("open").id;
    begin(&program, Options::default()).await;
    let other = ConnectionDraft { name: "検証ITA".to_owned(), ..draft(&shown.url(), Environment::Staging) };
    let other = program.console.connections().save(other, Some(PRACTICE_PASSWORD.into())).await.expect("saved");
    program.console.open_saved(&other.id, None).await.expect("opened");
    assert_eq!(program.console.background_procedures().len(), 1);
    behind.control().set_mode(Mode::ReadOnly, true);
    let name = draft("", Environment::Staging).name;
    until_true("the news", LIMIT, async || !program.said.all().is_empty()).await;
    program.console.open_saved(&id, None).await.expect("opened");
    poll_on(&program).await;
    assert_eq!(program.said.all(), [(name, READ_ONLY_ELSEWHERE.to_owned())]);
}

#[tokio::test]
async fn what_happens_while_it_is_off_is_not_said_later() {
    let platform = platform().await;
    let clock = Arc::new(ShiftedClock::default());
    let mut program = Program::with_clock(Arc::<ShiftedClock>::clone(&clock));
    open(&mut program, &platform).await;
    program.announcer.set_on(false);
    begin(&program, Options::default()).await;
    drained(&program, &clock).await;
    program.announcer.set_on(true);
    poll_on(&program).await;
    assert_eq!(program.said.texts(), [""; 0]);
    platform.control().set_mode(Mode::ReadOnly, true);
    until_true("what comes after", LIMIT, async || {
        program.console.refresh().expect("open");
        program.said.texts() == [READ_ONLY_ELSEWHERE]
    })
    .await;
}

#[tokio::test]
async fn the_planned_end_is_said_when_it_passes_and_again_as_it_gets_late() {
    let platform = platform().await;
    let clock = Arc::new(ShiftedClock::default());
    let mut program = Program::with_clock(Arc::<ShiftedClock>::clone(&clock));
    open(&mut program, &platform).await;
    let planned_end = ita_core::domain::time::Timestamp(clock.now().0 + 7_200_000);
    begin(&program, Options { planned_end: Some(planned_end), ..Options::default() }).await;
    let act = |act| async { program.console.procedure_act(act, &AGREED).await.expect("done") };
    drained(&program, &clock).await;
    act(ProcedureAct::Confirm { phase: ProcedurePhase::PointOfNoReturn, named: false }).await;
    let ready =
        |live: &Live| live.procedure.as_ref().is_some_and(|view| view.gate.count_is_zero && view.gate.read_only_is_on);
    poll_until(&program, "fresh readings", ready).await;
    act(ProcedureAct::ServicesRestarted { done: true }).await;
    poll_until(&program, "quiet", |live| has(live, |news| matches!(news, ProcedureNotice::Quiet { .. }))).await;
    act(ProcedureAct::Confirm { phase: ProcedurePhase::QuietGate, named: false }).await;
    let said = [
        "静止を確認しました。作業を始められます。",
        "作業の終了予定を過ぎました。",
        "作業の終了予定を 15 分過ぎています。",
    ];
    for (minutes, so_far) in [(121, 2), (16, 3)] {
        clock.advance(Duration::from_secs(60 * minutes));
        until_true("the reminder", LIMIT, async || program.said.texts().len() > so_far).await;
        assert_eq!(program.said.texts()[1..], said[..so_far], "after the drain, each once");
    }
}

#[tokio::test]
async fn a_limit_that_comes_first_is_said_with_what_was_still_running_and_so_is_the_end_of_the_automation() {
    let platform = platform().await;
    platform.control().script_jobs([job("a")]);
    let clock = Arc::new(ShiftedClock::default());
    let mut program = Program::with_clock(Arc::<ShiftedClock>::clone(&clock));
    open(&mut program, &platform).await;
    let give_up_at = Some(ita_core::domain::time::Timestamp(clock.now().0 + 7_200_000));
    begin(&program, Options { give_up_at, go_on_by_itself: true, ..Options::default() }).await;
    poll_until(&program, "the job", |live| live.procedure.as_ref().is_some_and(|view| view.holding == Some(1))).await;
    clock.advance(Duration::from_secs(7_210)); // as if the workstation had slept
    let gave_up = |live: &Live| has(live, |news| matches!(news, ProcedureNotice::GaveUp { holding: Some(1), .. }));
    poll_until(&program, "the limit", gave_up).await;
    poll_on(&program).await;
    let said = [
        "自動で進むのをやめました。理由は画面にあります。",
        "期限になりましたが、まだ実行中のジョブがあります。待つのをやめました。モードはそのままです。",
    ];
    assert_eq!(program.said.texts(), said);
    let live = program.console.live();
    assert!(
        !has(&live, |news| matches!(news, ProcedureNotice::AutomationStopped { .. })),
        "the wait is over as a whole"
    );
    program.console.procedure_act(ProcedureAct::Continue, &AGREED).await.expect("goes on");
    assert!(!gave_up(&program.console.live()), "it was taken back");
}

#[tokio::test]
async fn a_switch_that_reading_back_does_not_find_is_said_once() {
    let platform = platform().await;
    let mut program = Program::first_start();
    open(&mut program, &platform).await;
    platform.control().set_mode_changes_ignored(true);
    let start = ProcedureAct::Start { options: Options::default() };
    program.console.procedure_act(start, &AGREED).await.expect_err("without effect");
    poll_on(&program).await;
    assert_eq!(program.said.texts(), ["サーバーサイドジョブ停止を ON にしましたが、読み戻しで確認できませんでした。"]);
    platform.control().set_mode_changes_ignored(false);
    let again = ProcedureAct::Confirm { phase: ProcedurePhase::StoppingJobs, named: false };
    program.console.procedure_act(again, &AGREED).await.expect("switched");
    let told = |live: &Live| has(live, |news| matches!(news, ProcedureNotice::NotConfirmed { .. }));
    poll_until(&program, "it is true no more", |live| !told(live)).await;
}

/// A platform that answers until it is gone for good.
async fn going_away() -> (FaultServer, tokio::sync::watch::Sender<bool>) {
    let (go, gone) = tokio::sync::watch::channel(false);
    let server = FaultServer::start(move |seen| match seen.path.as_str() {
        _ if *gone.borrow() => Answer::Close,
        _ if seen.is_token() => grant("tok", "ref", 86_400),
        "/api/platform/maintenance-mode-setting" => {
            Answer::json(200, &envelope(r#"{"backyard_execute_stop":"1","data_update_stop":"0"}"#))
        }
        _ => Answer::json(200, &envelope(r#"{"execute_count":0,"organizations":[]}"#)),
    });
    (server.await.expect("a port on 127.0.0.1"), go)
}

async fn lost_for(seconds: u64, close: bool) -> Vec<String> {
    let (server, go) = going_away().await;
    let mut program = Program::in_paused_time(Limits::of_exchange(Duration::from_secs(50)));
    let saved = program.save(&server.origin, Environment::Staging, "secret").await;
    program.console.open_saved(&saved.id, None).await.expect("opened");
    program.wait_until("the first reads", |live| live.running.known().is_some()).await;
    go.send_replace(true);
    program.wait_until("the loss", |live| live.running.known().is_none() && live.phase == Phase::Open).await;
    if close {
        program.console.close();
    }
    said_within(&program, seconds).await
}

async fn said_within(program: &Program, seconds: u64) -> Vec<String> {
    let mut time = PausedTime::default();
    let passing = async {
        for _ in 0..seconds {
            time.pass(Duration::from_secs(1)).await;
        }
    };
    tokio::select! {
        () = program.announcer.watch() => {}
        () = passing => {}
    }
    program.said.texts()
}

#[tokio::test(start_paused = true)]
async fn a_connection_lost_for_five_minutes_is_said_once() {
    assert_eq!(lost_for(240, false).await, [""; 0], "a short gap ends by itself");
    assert_eq!(lost_for(3_600, false).await, ["5 分以上、状態を読み取れていません。"]);
}

#[tokio::test(start_paused = true)]
async fn a_procedure_whose_platform_is_gone_since_before_the_program_started_is_lost_all_the_same() {
    for (seconds, said) in [(240, &[][..]), (3_600, &["5 分以上、状態を読み取れていません。"][..])] {
        let (server, go) = going_away().await;
        let mut program = Program::in_paused_time(Limits::of_exchange(Duration::from_secs(50)));
        let saved = program.save(&server.origin, Environment::Staging, "secret").await;
        program.console.open_saved(&saved.id, None).await.expect("opened");
        program.wait_until("the first reads", |live| live.running.known().is_some()).await;
        begin(&program, Options::default()).await;
        go.send_replace(true);
        let program = program.restart();
        program.console.open_saved(&saved.id, None).await.expect("opened");
        assert_eq!(said_within(&program, seconds).await, said);
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_was_left_is_not_lost() {
    assert_eq!(lost_for(3_600, true).await, [""; 0]);
}
