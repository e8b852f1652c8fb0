//! What an open connection does on the way from one answer to the next: late answers, other users, suspicions, defects.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::Arc;
use std::time::Duration;

use acceptance::consoles::{draft, Program};
use acceptance::fault_server::{envelope, grant, message, Act, FaultServer, Seen};
use acceptance::wait::{until_true, LIMIT};
use ita_core::domain::confirmation::Consent;
use ita_core::domain::connection::{ConnectionDraft, Environment};
use ita_core::domain::live::{Live, Notice, Phase, Suspect, SwitchOutcome};
use ita_core::domain::modes::Mode;
use ita_core::domain::problem::ProblemCode;
use ita_core::domain::time::Timestamp;
use ita_core::domain::truth::Truth;
use ita_core::domain::vocabulary::Language;
use ita_core::jobs::view::{JobFilter, JobView};
use ita_core::ports::{Clock, SystemClock};
use jiff::tz::TimeZone;
use tokio::sync::watch;

const AGREED: Consent = Consent { agreed: true, typed_name: None };
const MODES: &str = "/api/platform/maintenance-mode-setting";
const JSON: &[(&str, &str)] = &[("Content-Type", "application/json")];

fn modes_body(job_stop: bool, read_only: bool) -> String {
    let (job_stop, read_only) = (u8::from(job_stop), u8::from(read_only));
    envelope(&format!(r#"{{"backyard_execute_stop":"{job_stop}","data_update_stop":"{read_only}"}}"#))
}

fn modes(job_stop: bool, read_only: bool) -> Act {
    Act::json(200, &modes_body(job_stop, read_only))
}

/// A list with one job of an organization.
fn jobs_of(organization: &str) -> Act {
    Act::json(
        200,
        &envelope(&format!(
            r#"{{"execute_count":1,"organizations":[{{"id":"{organization}","execute_count":1,"workspaces":[{{"id":"ws",
               "execute_count":1,"backyards":{{"ita-by-menu-create":[{{"id":"a","status_id":"2"}}]}}}}]}}]}}"#
        )),
    )
}

async fn platform(script: impl Fn(&Seen) -> Act + Send + Sync + 'static) -> FaultServer {
    let server =
        FaultServer::start(move |seen| if seen.is_token() { grant("tok", "ref", 1800) } else { script(seen) }).await;
    server.expect("a port on 127.0.0.1")
}

async fn open(program: &Program, server: &FaultServer) {
    let saved = program.save(&server.origin, Environment::Development, "secret").await;
    program.console.open_saved(&saved.id, None).await.expect("opened");
}

fn is_read(live: &Live) -> bool {
    live.modes.job_stop.known().is_some() && live.running.known().is_some()
}

fn everything() -> JobView {
    JobView { sort: None, filter: JobFilter::default(), language: Language::En }
}

#[tokio::test]
async fn an_answer_to_the_connection_that_was_left_changes_nothing() {
    let (let_go, go) = watch::channel(false);
    let late = message(200, JSON, &modes_body(true, true));
    let old = platform(move |seen| match (seen.path.as_str(), seen.method.as_str()) {
        (MODES, "PATCH") => Act::SendWhen(go.clone(), late.clone()),
        (MODES, _) => modes(false, true),
        _ => jobs_of("old"),
    })
    .await;
    let new = platform(|seen| if seen.path == MODES { modes(false, false) } else { jobs_of("new") }).await;
    let mut program = Program::first_start();
    open(&program, &old).await;
    program.wait_until("the old one", is_read).await;
    let sent = until_true("the PATCH", LIMIT, async || old.seen().iter().any(|seen| seen.method == "PATCH"));
    let left = async {
        sent.await;
        let other = ConnectionDraft { name: "other".into(), ..draft(&new.origin, Environment::Development) };
        let saved = program.console.connections().save(other, Some("secret".into())).await.expect("saved");
        program.console.open_saved(&saved.id, None).await.expect("opened");
        let generation = program.console.live().generation;
        until_true("the new one", LIMIT, async || is_read(&program.console.live())).await;
        let before = program.console.live();
        let_go.send_replace(true);
        (generation, before)
    };
    let (late, (generation, before)) = tokio::join!(program.console.switch_mode(Mode::JobStop, true, &AGREED), left);
    // Whoever asked hears what became of it; the window of the new one does not.
    assert!(!matches!(late, Ok(SwitchOutcome::Done { .. })), "{late:?}");
    let after = program.console.live();
    assert_eq!((after.generation, &after.notices), (generation, &before.notices));
    assert_eq!(after.modes.read_only.known(), Some(&false), "what the new platform says");
    let news = program.wait_until("news of the new one only", |live| live.generation == generation).await;
    assert_eq!(news.modes.read_only.known(), Some(&false));
}

#[tokio::test]
async fn a_poll_that_was_asked_before_a_switch_never_arrives_after_its_read_back() {
    let (is_on, is_slow) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let (on, slow) = (Arc::clone(&is_on), Arc::clone(&is_slow));
    let (let_go, go) = watch::channel(false);
    let server = platform(move |seen| match (seen.path.as_str(), seen.method.as_str()) {
        (MODES, "PATCH") => {
            on.store(true, Ordering::SeqCst);
            Act::json(200, &envelope("null"))
        }
        (MODES, _) if slow.swap(false, Ordering::SeqCst) => {
            Act::SendWhen(go.clone(), message(200, JSON, &modes_body(false, false)))
        }
        (MODES, _) => modes(on.load(Ordering::SeqCst), false),
        _ => jobs_of("org"),
    })
    .await;
    let mut program = Program::first_start();
    open(&program, &server).await;
    program.wait_until("the first reads", is_read).await;
    is_slow.store(true, Ordering::SeqCst);
    program.console.refresh().expect("open");
    until_true("the slow read", LIMIT, async || !is_slow.load(Ordering::SeqCst)).await;
    let outcome = async {
        let switching = program.console.switch_mode(Mode::JobStop, true, &AGREED);
        let release = async {
            until_true("the switch waits", LIMIT, async || program.console.live().switching.is_some()).await;
            assert!(!server.seen().iter().any(|seen| seen.method == "PATCH"), "not before the poll has its answer");
            let_go.send_replace(true);
        };
        tokio::join!(switching, release).0
    };
    assert!(matches!(outcome.await, Ok(SwitchOutcome::Done { .. })));
    let live = program.console.live();
    assert_eq!((live.modes.job_stop.known(), live.notices.len()), (Some(&true), 0), "the read-back came last");
}

#[tokio::test]
async fn the_flags_do_not_wait_for_a_list_that_hangs() {
    let server = platform(|seen| if seen.path == MODES { modes(true, false) } else { Act::hang() }).await;
    let mut program = Program::first_start();
    open(&program, &server).await;
    for _ in 0..3 {
        let before = program.console.live().modes.job_stop;
        program.console.refresh().expect("open");
        program.wait_until("a newer read of the flags", |live| live.modes.job_stop != before).await;
    }
    let lists = server.seen().iter().filter(|seen| seen.path.contains("backyard")).count();
    assert_eq!(lists, 1, "the list is asked for once until its answer is there");
}

#[tokio::test]
async fn a_flip_to_off_everywhere_is_read_again_at_once_and_stays_suspect() {
    let reads = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&reads);
    let server = platform(move |seen| match seen.path.as_str() {
        // On at first, a lie from the second read on, and in the end the table can be read again.
        MODES => {
            let is_lie = (1..=3).contains(&counted.fetch_add(1, Ordering::SeqCst));
            modes(!is_lie, !is_lie)
        }
        _ => jobs_of("org"),
    })
    .await;
    let mut program = Program::first_start();
    let draft = ConnectionDraft { poll_seconds: Some(300), ..draft(&server.origin, Environment::Development) };
    let saved = program.console.connections().save(draft, Some("secret".into())).await.expect("saved");
    program.console.open_saved(&saved.id, None).await.expect("opened");
    program.wait_until("both on", |live| live.modes.read_only.known() == Some(&true)).await;
    program.console.refresh().expect("open");
    let live = program.wait_until("the flip", |live| live.suspect.job_stop.is_some()).await;
    assert!(live.suspect.read_only.is_some());
    let again = until_true("the second look, 300 s early", LIMIT, async || reads.load(Ordering::SeqCst) >= 3);
    again.await;
    let flip = live.suspect;
    for notice in &live.notices {
        let (Notice::ChangedElsewhere { id, .. } | Notice::Vanished { id, .. }) = notice else { panic!("{notice:?}") };
        program.console.dismiss_notice(*id).expect("open");
    }
    assert_eq!(program.console.live().suspect, flip, "the same answer is no evidence, nor is a notice that was seen");
    assert!(server.seen().len() < 12, "one more look, and no storm");
    program.console.refresh().expect("open");
    program.wait_until("a third look", |_| reads.load(Ordering::SeqCst) >= 4).await;
    program.console.refresh().expect("open");
    let live = program.wait_until("the truth", |live| live.modes.read_only.known() == Some(&true)).await;
    assert_eq!(live.suspect, Suspect::default());
}

#[tokio::test]
async fn another_user_on_the_same_connection_never_sees_the_rows_of_the_first() {
    let (_let_go, go) = watch::channel(false);
    let is_second = Arc::new(AtomicBool::new(false));
    let second = Arc::clone(&is_second);
    let server = platform(move |seen| match seen.path.as_str() {
        _ if second.load(Ordering::SeqCst) => Act::SendWhen(go.clone(), Vec::new()),
        MODES => modes(true, false),
        _ => jobs_of("first"),
    })
    .await;
    let mut program = Program::first_start();
    open(&program, &server).await;
    let first = program.wait_until("the first user's list", is_read).await;
    assert_eq!(program.console.job_window(&everything(), 0, 10).expect("open").rows.len(), 1);

    is_second.store(true, Ordering::SeqCst);
    let id = first.connection.as_ref().expect("open").id.clone();
    let edited = ConnectionDraft {
        id: Some(id.clone()),
        user: "other".into(),
        ..draft(&server.origin, Environment::Development)
    };
    program.console.connections().save(edited, Some("secret".into())).await.expect("saved");
    program.console.open_saved(&id, Some("secret".into())).await.expect("opened");
    let live = program.wait_until("the other user", |live| live.generation > first.generation).await;
    assert_eq!((live.revision, live.running.last(), live.modes.job_stop.last()), (0, None, None), "nothing is left");
    let window = program.console.job_window(&everything(), 0, 10).expect("open");
    assert_eq!((window.rows.len(), window.total), (0, 0));
    assert!(program.console.known_jobs().is_err(), "and nothing can be exported");
}

/// A clock that a defect makes panic as often as it is told.
#[derive(Default)]
struct BrittleClock(AtomicU32);

impl Clock for BrittleClock {
    fn now(&self) -> Timestamp {
        let breaks = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        assert!(breaks.is_err(), "a defect of ours");
        SystemClock.now()
    }
}

#[tokio::test]
async fn a_defect_in_a_poll_is_told_once_and_the_second_one_stops_the_connection() {
    let server = platform(|seen| if seen.path == MODES { modes(true, false) } else { jobs_of("org") }).await;
    let clock = Arc::new(BrittleClock::default());
    let mut program = Program::with_clock(Arc::<BrittleClock>::clone(&clock));
    open(&program, &server).await;
    program.wait_until("the first reads", is_read).await;
    clock.0.store(1, Ordering::SeqCst);
    program.console.refresh().expect("open");
    let broke = |live: &Live| live.notices.iter().any(|notice| matches!(notice, Notice::PollBroke { .. }));
    let live = program.wait_until("the notice", broke).await;
    assert_eq!(live.phase, Phase::Open);
    let is_marked = |truth: &Truth<bool>| match truth {
        Truth::Stale { problem, .. } => problem.code == ProblemCode::Internal,
        Truth::Known { .. } => true, // the other loop has read meanwhile
        Truth::Unknown { .. } => false,
    };
    assert!(is_marked(&live.modes.job_stop), "{:?}", live.modes);
    program.console.refresh().expect("open");
    program.wait_until("both loops go on", is_read).await;

    clock.0.store(1, Ordering::SeqCst);
    program.console.refresh().expect("open");
    let live = program.wait_until("the stop", |live| matches!(live.phase, Phase::Stopped { .. })).await;
    let Phase::Stopped { problem } = live.phase else { panic!("stopped") };
    assert_eq!(problem.code, ProblemCode::Internal);
    assert_eq!((live.modes.job_stop.known(), live.running.known()), (None, None));
    let asked = server.seen().len();
    for _ in 0..3 {
        program.console.refresh().expect("open, and standing still");
    }
    let again = until_true("another request", LIMIT, async || server.seen().len() > asked + 1);
    assert!(tokio::time::timeout(Duration::from_millis(300), again).await.is_err(), "nobody asks any more");
}

/// A workstation that travels: its zone is what the test says.
struct Travelling(std::sync::Mutex<i8>);

impl Clock for Travelling {
    fn now(&self) -> Timestamp {
        SystemClock.now()
    }

    fn zone(&self) -> TimeZone {
        TimeZone::fixed(jiff::tz::offset(*self.0.lock().expect("not poisoned")))
    }
}

#[tokio::test]
async fn an_export_is_named_by_the_zone_that_the_workstation_has_when_it_is_made() {
    let server = platform(|seen| if seen.path == MODES { modes(true, false) } else { jobs_of("org") }).await;
    let clock = Arc::new(Travelling(std::sync::Mutex::new(9)));
    let mut program = Program::with_clock(Arc::<Travelling>::clone(&clock));
    open(&program, &server).await;
    program.wait_until("the first reads", is_read).await;
    let offset = || {
        let meta = program.console.export_meta().expect("open");
        meta.zone.to_offset(jiff::Timestamp::from_millisecond(meta.exported_at.0).expect("now")).seconds() / 3_600
    };
    assert_eq!(offset(), 9);
    *clock.0.lock().expect("not poisoned") = -5;
    assert_eq!(offset(), -5, "without opening the connection again");
}
