//! A start that was planned, against the practice platform.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::time::Duration;

use acceptance::consoles::{draft, Program, ShiftedClock};
use acceptance::fault_server::{envelope, grant, Act as Answer, FaultServer};
use acceptance::wait::PausedTime;
use ita_core::client::Limits;
use ita_core::domain::confirmation::Consent;
use ita_core::domain::connection::{ConnectionDraft, ConnectionId, Environment};
use ita_core::domain::live::{Live, Notice};
use ita_core::domain::problem::ProblemCode;
use ita_core::domain::procedure::{Options, ProcedureAct as Act, ProcedureNotice, ProcedurePhase as Phase, StopReason};
use ita_core::domain::time::Timestamp;
use ita_core::poller::pace::Attention;
use ita_core::ports::Clock;
use ita_practice::{Mode, Options as Platform, Practice, ScriptedJob, PRACTICE_PASSWORD};

const AGREED: Consent = Consent { agreed: true, typed_name: None };

struct Evening {
    program: Program,
    platform: Practice,
    clock: Arc<ShiftedClock>,
    id: ConnectionId,
}

impl Evening {
    /// A platform on which one job runs, in production.
    async fn begin() -> Self {
        let platform = Practice::start(Platform { jobs: Some(0), ..Platform::default() }).await.expect("a platform");
        let job = ScriptedJob::new("sales", "prod-batch", "ita-by-ansible-execute", "ansible-1", "3");
        platform.control().script_jobs([job]);
        let clock = Arc::new(ShiftedClock::default());
        let program = Program::with_clock(Arc::<ShiftedClock>::clone(&clock));
        let id = program.save(&platform.url(), Environment::Production, PRACTICE_PASSWORD).await.id;
        let mut evening = Self { program, platform, clock, id };
        evening.open().await;
        evening
    }

    async fn open(&mut self) {
        self.program.console.open_saved(&self.id, None).await.expect("opened");
        let is_read = |live: &Live| live.modes.job_stop.known().is_some() && live.running.known().is_some();
        self.program.wait_until("the first reads", is_read).await;
    }

    fn plan(&self, after: Duration) -> Act {
        let start_at = Some(Timestamp(self.clock.now().0 + i64::try_from(after.as_millis()).expect("a while")));
        Act::Start { options: Options { start_at, ..Options::default() } }
    }

    fn writes(&self) -> usize {
        self.platform.control().requests().iter().filter(|request| request.method == "PATCH").count()
    }
}

fn phase(live: &Live) -> Phase {
    live.procedure.as_ref().map_or(Phase::NotStarted, |view| view.phase)
}

fn cancelled(live: &Live) -> Option<StopReason> {
    live.notices.iter().find_map(|notice| match notice {
        Notice::Procedure { news: ProcedureNotice::StartCancelled { why, .. }, .. } => Some(*why),
        _ => None,
    })
}

#[tokio::test]
async fn it_needs_the_open_lock_outlives_it_and_comes_at_its_time() {
    let mut evening = Evening::begin().await;
    let act = evening.plan(Duration::from_secs(5));
    let refused = evening.program.console.procedure_act(act.clone(), &AGREED).await.expect_err("locked");
    assert_eq!(refused.code, ProblemCode::LockClosed);
    evening.program.console.set_lock(true).expect("open");
    evening.program.console.procedure_act(act, &AGREED).await.expect("planned");
    evening.program.console.set_lock(false).expect("open");
    assert_eq!((phase(&evening.program.console.live()), evening.writes()), (Phase::Scheduled, 0));
    evening.program.wait_until("the drain", |live| phase(live) == Phase::Draining).await;
    assert!(evening.platform.control().mode(Mode::JobStop));
    assert_eq!(evening.writes(), 1);
    let requests = evening.platform.control().requests();
    let write = requests.iter().position(|request| request.method == "PATCH").expect("one");
    // A list that is due may be asked for beside it.
    let right_before = requests[..write].iter().rev().take(2);
    let mut modes = right_before.filter(|request| request.path.ends_with("maintenance-mode-setting"));
    assert!(modes.next().is_some(), "read once more right before");
}

#[tokio::test]
async fn a_start_whose_time_is_over_is_refused_and_sends_nothing() {
    let evening = Evening::begin().await;
    evening.program.console.set_lock(true).expect("open");
    let now = evening.clock.now();
    let (past, later) = (Some(Timestamp(now.0 - 60_000)), Some(Timestamp(now.0 + 60_000)));
    for (start_at, give_up_at, reason) in
        [(past, None, "start_at"), (None, past, "give_up_at"), (later, later, "give_up_at")]
    {
        let act = Act::Start { options: Options { start_at, give_up_at, ..Options::default() } };
        let refused = evening.program.console.procedure_act(act, &AGREED).await.expect_err(reason);
        assert_eq!((refused.code, refused.facts.reason.as_deref()), (ProblemCode::BadArgument, Some(reason)));
    }
    assert_eq!((phase(&evening.program.console.live()), evening.writes()), (Phase::NotStarted, 0));
    assert!(!evening.platform.control().mode(Mode::JobStop));
}

#[tokio::test]
async fn sleep_and_a_restart_cancel_it_and_say_so_and_nothing_is_sent() {
    let mut evening = Evening::begin().await;
    evening.program.console.set_lock(true).expect("open");
    let act = evening.plan(Duration::from_secs(3_600));
    evening.program.console.procedure_act(act, &AGREED).await.expect("planned");
    evening.clock.advance(Duration::from_secs(2 * 3_600));
    let why = Some(StopReason::Resumed);
    let live = evening.program.wait_until("the machine slept", |live| cancelled(live) == why).await;
    assert_eq!(phase(&live), Phase::NotStarted);

    evening.program.console.set_lock(true).expect("open");
    let act = evening.plan(Duration::from_secs(3_600));
    evening.program.console.procedure_act(act, &AGREED).await.expect("planned again");
    evening.program = evening.program.restart();
    evening.open().await;
    let live = evening.program.wait_until("it was closed", |live| cancelled(live) == why).await;
    assert_eq!(phase(&live), Phase::NotStarted);
    assert_eq!(evening.writes(), 0);
}

#[tokio::test]
async fn a_colleague_who_was_quicker_cancels_it() {
    let mut evening = Evening::begin().await;
    evening.program.console.set_lock(true).expect("open");
    let act = evening.plan(Duration::from_secs(3_600));
    evening.program.console.procedure_act(act, &AGREED).await.expect("planned");
    evening.platform.control().set_mode(Mode::JobStop, true);
    evening.program.console.refresh().expect("open");
    let why = Some(StopReason::ChangedElsewhere);
    evening.program.wait_until("a colleague's switch", |live| cancelled(live) == why).await;
    assert_eq!(evening.writes(), 0);
}

/// A platform whose job stop can be switched on.
async fn switchable() -> FaultServer {
    let is_stopped = AtomicBool::new(false);
    let server = FaultServer::start(move |seen| match seen.path.as_str() {
        _ if seen.is_token() => grant("tok", "ref", 86_400),
        "/api/platform/maintenance-mode-setting" if seen.method == "PATCH" => {
            is_stopped.store(true, Ordering::SeqCst);
            Answer::json(200, &envelope("null"))
        }
        "/api/platform/maintenance-mode-setting" => {
            let flag = u8::from(is_stopped.load(Ordering::SeqCst));
            Answer::json(200, &envelope(&format!(r#"{{"backyard_execute_stop":"{flag}","data_update_stop":"0"}}"#)))
        }
        _ => Answer::json(200, &envelope(r#"{"execute_count":0,"organizations":[]}"#)),
    });
    server.await.expect("a port on 127.0.0.1")
}

#[tokio::test(start_paused = true)]
async fn neither_a_long_interval_nor_a_hidden_window_keeps_it_waiting() {
    let server = switchable().await;
    let mut program = Program::in_paused_time(Limits::of_exchange(Duration::from_secs(50)));
    let draft = ConnectionDraft { poll_seconds: Some(300), ..draft(&server.origin, Environment::Development) };
    let saved = program.console.connections().save(draft, Some("secret".into())).await.expect("saved");
    program.console.open_saved(&saved.id, None).await.expect("opened");
    program.wait_until("the first reads", |live| live.modes.job_stop.known().is_some()).await;
    program.console.attend(Attention::Hidden);
    let start_at = Some(Timestamp(program.now().0 + 500_000));
    let act = Act::Start { options: Options { start_at, ..Options::default() } };
    program.console.procedure_act(act, &AGREED).await.expect("planned");
    let mut time = PausedTime::default();
    for _ in 0..510 {
        time.pass(Duration::from_secs(1)).await;
    }
    assert_eq!(phase(&program.console.live()), Phase::Draining);
}
