//! The guided procedure against the practice platform: a whole night, what interrupts it, and what it never believes.

mod returning;

use std::sync::Arc;
use std::time::Duration;

use acceptance::consoles::{draft, Program, ShiftedClock};
use ita_core::domain::confirmation::{Confirmation, Consent, Danger};
use ita_core::domain::connection::{ConnectionId, Environment};
use ita_core::domain::live::{Live, Notice};
use ita_core::domain::problem::ProblemCode;
use ita_core::domain::procedure::triage::RemainingKind;
use ita_core::domain::procedure::view::ProcedureView;
use ita_core::domain::procedure::{
    Automation, Options, ProcedureAct as Act, ProcedureNotice, ProcedurePhase as Phase, StopReason,
};
use ita_core::journal::JournalEvent;
use ita_practice::{Mode, Options as Platform, Part, Practice, ScriptedJob, WorkspaceFault, PRACTICE_PASSWORD};

const AGREED: Consent = Consent { agreed: true, typed_name: None };

/// A program with one saved connection, open, beside its platform.
struct Night {
    program: Program,
    clock: Arc<ShiftedClock>,
    platform: Practice,
    id: ConnectionId,
}

impl Night {
    async fn begin(environment: Environment) -> Self {
        let clock = Arc::new(ShiftedClock::default());
        let program = Program::with_clock(Arc::<ShiftedClock>::clone(&clock));
        let platform = Practice::start(Platform { jobs: Some(0), ..Platform::default() }).await.expect("a platform");
        let id = program.save(&platform.url(), environment, PRACTICE_PASSWORD).await.id;
        let mut night = Self { program, clock, platform, id };
        night.open().await;
        night
    }

    async fn open(&mut self) {
        self.program.console.open_saved(&self.id, None).await.expect("opened");
        let read = |live: &Live| live.modes.job_stop.known().is_some() && live.running.known().is_some();
        self.program.wait_until("the first reads", read).await;
    }

    /// The program is killed where it stands, and started again.
    async fn restart(mut self) -> Self {
        self.program = self.program.restart();
        self.open().await;
        self
    }

    async fn act(&self, act: Act) {
        let name = draft("", Environment::Staging).name;
        let consent = Consent { typed_name: Some(name).filter(|_| self.needs_name(&act)), ..AGREED };
        self.program
            .console
            .procedure_act(act.clone(), &consent)
            .await
            .unwrap_or_else(|problem| panic!("{act:?}: {problem:?}"));
    }

    fn needs_name(&self, act: &Act) -> bool {
        self.program.console.plan_procedure_act(act).expect("open").confirmation == Confirmation::TypeName
    }

    fn view(&self) -> ProcedureView {
        self.program.console.live().procedure.expect("a procedure")
    }

    fn phase(&self) -> Phase {
        self.program.console.live().procedure.map_or(Phase::NotStarted, |view| view.phase)
    }

    /// Polls until the procedure is as it should be.
    async fn poll_until(&self, what: &str, condition: impl Fn(&ProcedureView) -> bool) {
        self.program.poll_until(&self.clock, what, |live| live.procedure.as_ref().is_some_and(&condition)).await;
    }

    async fn poll_to(&self, phase: Phase) {
        self.poll_until(&format!("{phase:?}"), |view| view.phase == phase).await;
    }

    fn writes(&self) -> Vec<String> {
        let requests = self.platform.control().requests().into_iter();
        requests.filter(|request| request.method == "PATCH").filter_map(|request| request.body).collect()
    }

    fn journal_phases(&self) -> Vec<Phase> {
        let entries = self.program.console.journal_entries(1_000, None).expect("open").into_iter().rev();
        entries
            .filter_map(|entry| if let JournalEvent::Phase { phase, .. } = entry.event { Some(phase) } else { None })
            .collect()
    }
}

fn start(go_on_by_itself: bool) -> Act {
    Act::Start { options: Options { go_on_by_itself, ..Options::default() } }
}

const fn confirm(phase: Phase) -> Act {
    Act::Confirm { phase, named: false }
}

fn job(id: &str) -> ScriptedJob {
    ScriptedJob::new("sales", "prod-batch", "ita-by-ansible-execute", id, "3").label("2026-11-22T19:00:00.000000Z")
}

#[tokio::test]
async fn a_whole_night_sends_four_switches_in_order_and_each_only_when_it_was_asked_for() {
    let night = Night::begin(Environment::Staging).await;
    night.platform.control().script_jobs([job("ansible-1")]);
    night.act(start(false)).await;
    assert_eq!(night.phase(), Phase::Draining);
    night.poll_until("the job", |view| view.holding == Some(1)).await;
    night.platform.control().end_job("ansible-1");
    night.poll_to(Phase::PointOfNoReturn).await;
    assert!(!night.platform.control().mode(Mode::ReadOnly), "nobody confirmed it");

    night.act(confirm(Phase::PointOfNoReturn)).await;
    assert_eq!(night.phase(), Phase::QuietGate);
    night.poll_until("fresh readings", |view| view.gate.count_is_zero && view.gate.read_only_is_on).await;
    night.act(Act::ServicesRestarted { done: true }).await;
    assert!(night.view().gate.has_settled);
    night.act(confirm(Phase::QuietGate)).await;
    assert_eq!(night.phase(), Phase::Work);
    night.act(confirm(Phase::Work)).await;
    assert_eq!(night.phase(), Phase::Checking);
    assert!(night.platform.control().mode(Mode::JobStop), "jobs start only after the check list");
    night.act(confirm(Phase::Checking)).await;
    assert_eq!(night.phase(), Phase::Watching);
    night.act(Act::StopWatch).await;
    assert_eq!(night.phase(), Phase::Finished);
    assert_eq!(night.program.console.live().notices, [], "nothing that was said on the way outlives it");
    let [stop, read_only] = ["backyard_execute_stop", "data_update_stop"];
    let expected =
        [(stop, 1), (read_only, 1), (read_only, 0), (stop, 0)].map(|(key, to)| format!(r#"{{"{key}":"{to}"}}"#));
    assert_eq!(night.writes(), expected);
    let phases = [
        Phase::StoppingJobs,
        Phase::Draining,
        Phase::PointOfNoReturn,
        Phase::GoingReadOnly,
        Phase::QuietGate,
        Phase::Work,
        Phase::EndingReadOnly,
        Phase::Checking,
        Phase::StartingJobs,
        Phase::Watching,
        Phase::Finished,
    ];
    assert_eq!(night.journal_phases(), phases);
}

#[tokio::test]
async fn an_armed_drain_goes_read_only_by_itself_and_reads_list_and_modes_once_more_before_it() {
    let mut night = Night::begin(Environment::Staging).await;
    night.act(start(true)).await;
    // Without a refresh of the test's own, so that the reads can be counted.
    let is_there = |live: &Live| live.procedure.as_ref().is_some_and(|view| view.phase == Phase::QuietGate);
    night.program.wait_until("read-only", is_there).await;
    assert!(night.platform.control().mode(Mode::ReadOnly));
    let requests = night.platform.control().requests();
    let writes: Vec<_> = (0..requests.len()).filter(|at| requests[*at].method == "PATCH").collect();
    let [stop, read_only] = writes[..] else { panic!("two writes: {requests:#?}") };
    let lists = requests[stop..read_only].iter().filter(|request| request.path.contains("backyard")).count();
    assert_eq!(lists, 5, "one too soon after job stop, three zeros, and the look before the switch");
    assert!(requests[read_only - 1].path.ends_with("maintenance-mode-setting"), "the modes, right before the write");
}

#[tokio::test]
async fn a_restart_in_any_phase_reads_again_and_sends_nothing_by_itself() {
    let mut night = Night::begin(Environment::Staging).await;
    night.act(start(true)).await;
    night.act(Act::GoOnByItself { on: true }).await;
    for (phase, leave) in [
        (Phase::Draining, None),
        (Phase::PointOfNoReturn, Some(confirm(Phase::PointOfNoReturn))),
        (Phase::QuietGate, Some(confirm(Phase::QuietGate))),
        (Phase::Work, Some(confirm(Phase::Work))),
        (Phase::Checking, Some(confirm(Phase::Checking))),
        (Phase::Watching, Some(Act::StopWatch)),
    ] {
        let written = night.writes().len();
        night = night.restart().await;
        night.poll_to(phase).await;
        night.poll_until("everything read again", |view| !view.rereading).await;
        if phase == Phase::Draining {
            let why = StopReason::Resumed;
            assert_eq!(night.view().automation, Automation::Stopped { why }, "what was confirmed then is asked again");
            night.poll_to(Phase::PointOfNoReturn).await;
        }
        assert_eq!(night.writes().len(), written, "{phase:?}: nothing was sent by itself");
        if let Some(act) = leave {
            night.poll_until("readings", |view| phase != Phase::PointOfNoReturn || view.dangers.is_empty()).await;
            night.act(act).await;
        }
    }
    assert_eq!(night.phase(), Phase::Finished);
    assert_eq!(night.writes().len(), 4);
}

#[tokio::test]
async fn a_colleagues_switch_in_the_drain_ends_the_automation_and_is_told() {
    let night = Night::begin(Environment::Staging).await;
    night.platform.control().script_jobs([job("ansible-1")]);
    night.act(start(true)).await;
    night.platform.control().set_mode(Mode::JobStop, false);
    night
        .poll_until("the automation ends", |view| {
            matches!(view.automation, Automation::Stopped { why: StopReason::ChangedElsewhere })
        })
        .await;
    night.platform.control().end_job("ansible-1");
    night.poll_until("a zero", |view| view.holding == Some(0)).await;
    assert_eq!(night.writes().len(), 1, "job stop once, and nothing after it");
    let told = night.program.console.live().notices;
    assert!(told.iter().any(|notice| matches!(notice, Notice::Procedure { .. })), "{told:?}");
}

#[tokio::test]
async fn a_switch_by_hand_beside_the_procedure_is_no_colleagues() {
    let night = Night::begin(Environment::Staging).await;
    night.act(start(true)).await;
    night.poll_to(Phase::QuietGate).await;
    let read_only = ita_core::domain::modes::Mode::ReadOnly;
    night.program.console.switch_mode(read_only, false, &AGREED).await.expect("sent");
    assert_eq!(night.phase(), Phase::Draining, "it follows");
    let told = night.program.console.live().notices;
    assert!(!format!("{told:?}").contains("ChangedElsewhere"), "{told:?}");
}

#[tokio::test]
async fn a_job_that_stood_for_hours_before_anybody_looked_is_told_from_one_that_moves() {
    let mut night = Night::begin(Environment::Staging).await;
    let label = |ago: jiff::SignedDuration| {
        let at = jiff::Timestamp::now() - ago;
        at.in_tz("Asia/Tokyo").expect("a zone").strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
    };
    let stuck = job("stuck").label(label(jiff::SignedDuration::from_hours(9)));
    // It is there when the first list is read: one that appears between two lists says when it began.
    night.program.console.close();
    night.platform.control().script_jobs([stuck.clone()]);
    night.open().await;
    night.act(start(false)).await;
    let young = job("young").label(label(jiff::SignedDuration::from_secs(1)));
    night.platform.control().script_jobs([stuck, young]); // a row that appears proves the zone
    let kinds = |view: &ProcedureView| {
        let of = |id: &str| view.remaining.iter().find(|row| row.job_id == id).map(|row| row.kind);
        (of("stuck"), of("young"))
    };
    let expected = (Some(RemainingKind::Standing), Some(RemainingKind::Moving));
    night.poll_until("both are what they are", |view| kinds(view) == expected).await;
    let remaining = night.view().remaining;
    let hours = |id: &str| remaining.iter().find(|row| row.job_id == id).map(|row| row.unchanged_ms / 3_600_000);
    assert_eq!((hours("stuck"), hours("young")), (Some(9), Some(0)));
}

#[tokio::test]
async fn a_broken_workspace_is_no_zero_however_long_it_lasts() {
    let night = Night::begin(Environment::Staging).await;
    night.act(start(true)).await;
    let fault = Some(WorkspaceFault::BrokenTable);
    night.platform.control().set_workspace_fault("sales", "web-front", fault);
    night.poll_until("unknown", |view| view.holding.is_none()).await;
    let lists = |night: &Night| {
        let requests = night.platform.control().requests();
        requests.iter().filter(|request| request.path.contains("backyard")).count()
    };
    let before = lists(&night);
    night
        .poll_until("five more lists", |view| {
            assert_eq!((view.phase, view.zeros, view.holding), (Phase::Draining, 0, None));
            lists(&night) >= before + 5
        })
        .await;
    let plan = night.program.console.plan_procedure_act(&confirm(Phase::Draining)).expect("open");
    assert_eq!((plan.confirmation, &plan.dangers[..]), (Confirmation::TypeName, &[Danger::CountUnknown][..]));
    assert!(!night.platform.control().mode(Mode::ReadOnly));
    night.platform.control().set_workspace_fault("sales", "web-front", None);
    night.poll_to(Phase::QuietGate).await;
}

#[tokio::test]
async fn production_asks_for_the_open_lock_and_an_armed_automation_outlives_it() {
    let night = Night::begin(Environment::Production).await;
    let console = &night.program.console;
    let plan = console.plan_procedure_act(&start(true)).expect("open");
    assert!(plan.lock_closed);
    let refused = console.procedure_act(start(true), &AGREED).await.expect_err("locked");
    assert_eq!(refused.code, ProblemCode::LockClosed);
    console.set_lock(true).expect("open");
    let refused = console.procedure_act(start(true), &Consent::default()).await.expect_err("not agreed");
    assert_eq!(refused.code, ProblemCode::ConfirmationNeeded);
    assert_eq!(night.writes(), [] as [String; 0]);
    night.act(start(true)).await;
    console.set_lock(false).expect("open");
    night.poll_to(Phase::QuietGate).await;
    let refused = console.procedure_act(Act::Reopen, &AGREED).await.expect_err("locked");
    assert_eq!(refused.code, ProblemCode::LockClosed);
}

#[tokio::test]
async fn a_refused_consent_and_a_late_confirmation_change_nothing() {
    let night = Night::begin(Environment::Staging).await;
    night.platform.control().script_jobs([job("ansible-1")]);
    night.act(start(false)).await;
    night.poll_until("the job", |view| view.remaining_total == 1).await;
    assert_eq!(night.view().remaining[0].kind, RemainingKind::Moving);
    let console = &night.program.console;
    for late_or_unnamed in [confirm(Phase::Draining), confirm(Phase::PointOfNoReturn), confirm(Phase::Work)] {
        let refused = console.procedure_act(late_or_unnamed, &AGREED).await.expect_err("not confirmed");
        assert_eq!(refused.code, ProblemCode::ConfirmationNeeded);
    }
    assert_eq!((night.phase(), night.writes().len()), (Phase::Draining, 1));
    night.act(confirm(Phase::Draining)).await;
    assert_eq!(night.phase(), Phase::QuietGate, "by the typed name");
}

#[tokio::test]
async fn a_platform_that_goes_away_during_the_work_is_expected_and_told_when_it_is_back() {
    let night = Night::begin(Environment::Staging).await;
    night.act(start(true)).await;
    night.poll_to(Phase::QuietGate).await;
    night.act(confirm(Phase::QuietGate)).await;
    night.poll_until("a zero", |view| view.gate.last_zero.is_some()).await;
    let proved = night.view().gate.last_zero;
    // Only the first says so by its silence; the others answer with errors of their own.
    for part in [Part::WebServer, Part::Database, Part::PlatformApi] {
        night.platform.control().set_down(part, true);
        night.poll_until("away", |view| view.away_since.is_some()).await;
        let view = night.view();
        assert_eq!((view.phase, view.gate.last_zero), (Phase::Work, proved), "{part:?}: the zero is kept");
        night.platform.control().set_down(part, false);
        night.poll_until("back", |view| view.away_since.is_none() && view.holding == Some(0)).await;
        let told = night.program.console.live().notices;
        let back = told
            .iter()
            .filter(|told| matches!(told, Notice::Procedure { news: ProcedureNotice::PlatformBack { .. }, .. }));
        assert_eq!(back.count(), 1, "{part:?}: {told:?}");
    }
    assert_eq!(night.writes().len(), 2);
}

#[tokio::test]
async fn a_workstation_that_slept_reads_again_and_asks_for_the_automation_again() {
    let night = Night::begin(Environment::Staging).await;
    night.platform.control().script_jobs([job("ansible-1")]);
    night.act(start(true)).await;
    night.poll_until("the job", |view| view.holding == Some(1)).await;
    night.clock.advance(Duration::from_secs(8 * 3_600));
    let why = StopReason::Resumed;
    night.poll_until("the automation ends", |view| view.automation == Automation::Stopped { why }).await;
    night.platform.control().end_job("ansible-1");
    night.poll_to(Phase::PointOfNoReturn).await;
    assert_eq!(night.writes().len(), 1);
}

#[tokio::test]
async fn a_second_program_leaves_the_procedure_to_the_first_until_that_one_ends() {
    let mut night = Night::begin(Environment::Staging).await;
    night.act(start(false)).await;
    let mut second = night.program.beside();
    second.console.open_saved(&night.id, Some(PRACTICE_PASSWORD.into())).await.expect("opened");
    second.wait_until("its first reads", |live| live.modes.job_stop.known() == Some(&true)).await;
    assert_eq!(second.console.live().procedure, None);
    let refused = second.console.procedure_act(Act::Abort, &AGREED).await.expect_err("driven elsewhere");
    assert_eq!(refused.code, ProblemCode::DrivenElsewhere);
    night.program.console.close();
    second.wait_until("it is taken up", |live| live.procedure.is_some()).await;
    night.program = second;
    assert!(matches!(night.phase(), Phase::Draining | Phase::PointOfNoReturn));
    night.act(Act::Reopen).await;
    assert_eq!(night.phase(), Phase::Checking);
}

#[tokio::test]
async fn an_act_that_cannot_be_saved_sends_nothing_and_opening_again_needs_no_disk() {
    let night = Night::begin(Environment::Staging).await;
    let folder = night.program.folder().join("procedures");
    std::fs::write(&folder, "in the way").expect("written");
    let refused = night.program.console.procedure_act(start(true), &AGREED).await.expect_err("not saved");
    assert_eq!((refused.code, night.phase()), (ProblemCode::FileNotWritten, Phase::NotStarted));
    assert_eq!(night.writes(), [] as [String; 0]);

    std::fs::remove_file(&folder).expect("removed");
    night.act(start(false)).await;
    std::fs::remove_dir_all(&folder).expect("removed");
    std::fs::write(&folder, "in the way").expect("written");
    night.act(Act::Reopen).await;
    assert_eq!(night.phase(), Phase::Checking);
    assert!(!night.platform.control().mode(Mode::ReadOnly));
}
