//! The drain forecast of a real session: learned from its own polls, kept for the next session, and gone with its connection.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use acceptance::consoles::{Program, ShiftedClock};
use acceptance::wait::{until_true, LIMIT};
use ita_core::domain::confirmation::Consent;
use ita_core::domain::connection::{Connection, ConnectionId, Environment};
use ita_core::domain::forecast::{Forecast, NoForecast};
use ita_core::domain::live::Live;
use ita_core::domain::procedure::{self, ProcedureAct};
use ita_practice::{Mode, Options, Part, Practice, ScriptedJob, PRACTICE_PASSWORD};

/// The fewest by which a single job can be told of.
const ENOUGH: usize = 9;

/// A program that polls a platform without jobs, by a clock that can be put forward.
struct Desk {
    program: Program,
    platform: Practice,
    clock: Arc<ShiftedClock>,
    id: ConnectionId,
}

impl Desk {
    async fn open() -> Self {
        let clock = Arc::new(ShiftedClock::default());
        let program = Program::with_clock(Arc::<ShiftedClock>::clone(&clock));
        let platform = Practice::start(Options { jobs: Some(0), ..Options::default() }).await.expect("a platform");
        let id = program.save(&platform.url(), Environment::Staging, PRACTICE_PASSWORD).await.id;
        let mut desk = Self { program, platform, clock, id };
        desk.connect().await;
        desk
    }

    async fn connect(&mut self) {
        self.program.console.open_saved(&self.id, None).await.expect("opened");
        self.program.wait_until("the first list", |live| live.running.known().is_some()).await;
    }

    async fn restart(mut self) -> Self {
        self.program = self.program.restart();
        self.connect().await;
        self
    }

    async fn until(&self, what: &str, condition: impl Fn(&Live) -> bool) {
        until_true(what, LIMIT, async || {
            self.program.console.refresh().expect("open");
            condition(&self.program.console.live())
        })
        .await;
    }

    async fn until_rows(&self, rows: u32) {
        self.until("the rows", |live| live.running.known().is_some_and(|running| running.rows == rows)).await;
    }

    /// Another list, begun after now.
    async fn poll(&self) {
        let seen = self.program.console.live().revision;
        self.until("two more lists", |live| live.revision > seen + 1).await;
    }

    /// A job is watched from beginning to end.
    async fn live_through(&self, id: &str, seconds: u64) {
        self.platform.control().add_job(job(id));
        self.until_rows(1).await;
        self.clock.advance(Duration::from_secs(seconds));
        self.poll().await;
        self.platform.control().end_job(id);
        self.until_rows(0).await;
        self.poll().await;
    }

    fn forecast(&self) -> Option<Forecast> {
        self.program.console.live().forecast
    }

    /// The file with what was learned.
    fn file(&self) -> PathBuf {
        self.program.folder().join("job-lives").join(format!("{}.json", self.id.0))
    }
}

fn job(id: &str) -> ScriptedJob {
    ScriptedJob::new("sales", "prod-batch", "ita-by-ansible-execute", id, "3").label("2026-11-22T19:00:00.000000Z")
}

const fn is_between(forecast: Option<Forecast>) -> bool {
    matches!(forecast, Some(Forecast::Between { .. }))
}

const fn none(why: NoForecast) -> Forecast {
    Forecast::none(why)
}

#[tokio::test]
async fn what_was_watched_makes_a_forecast_also_in_the_next_session_and_goes_with_the_connection() {
    let desk = Desk::open().await;
    for number in 0..ENOUGH {
        desk.live_through(&format!("job-{number}"), 60 + number as u64).await;
    }
    let control = desk.platform.control();
    control.add_job(job("last"));
    desk.until_rows(1).await;
    desk.poll().await;
    assert_eq!(desk.forecast(), None, "while jobs may start there is nothing to tell");
    control.set_mode(Mode::JobStop, true);
    desk.until("a forecast", |live| is_between(live.forecast)).await;
    let Some(Forecast::Between { earliest, latest, basis, .. }) = desk.forecast() else { panic!("a forecast") };
    assert_eq!(basis as usize, ENOUGH);
    let span = latest.0 - earliest.0;
    assert!((8_000..60_000).contains(&span), "from the shortest of them to the longest: {span} ms");
    let written = std::fs::read(desk.file()).expect("it is written every few minutes");

    let desk = desk.restart().await;
    assert_ne!(std::fs::read(desk.file()).expect("still there"), written, "and at closing");
    desk.until("the same job, still there", |live| is_between(live.forecast)).await;
    desk.platform.control().add_job(job("later"));
    desk.until_rows(2).await;
    desk.until("two are too many for so few", |live| live.forecast == Some(none(NoForecast::TooFewObservations))).await;
    desk.platform.control().end_job("later");
    desk.until_rows(1).await;

    desk.clock.advance(Duration::from_secs(100));
    desk.until("older than all", |live| live.forecast == Some(none(NoForecast::OlderThanAll))).await;
    desk.platform.control().end_job("last");
    desk.until("nothing left", |live| live.forecast == Some(none(NoForecast::NothingHolds))).await;
    desk.platform.control().set_mode(Mode::JobStop, false);
    desk.until("nothing to tell", |live| live.forecast.is_none()).await;

    desk.program.console.delete(&desk.id).await.expect("deleted");
    assert!(!desk.file().exists(), "it goes with its connection");
    assert!(!desk.file().with_extension("json.lock").exists());
}

#[tokio::test]
async fn a_job_that_ran_before_anybody_looked_is_no_ground_for_a_promise() {
    let desk = Desk::open().await;
    desk.platform.control().add_job(job("early"));
    desk.platform.control().set_mode(Mode::JobStop, true);
    let desk = desk.restart().await;
    desk.until("silence", |live| live.forecast == Some(none(NoForecast::BeginningNotSeen))).await;
    desk.platform.control().set_down(Part::ItaApi, true);
    desk.until("an unknown count", |live| live.forecast == Some(none(NoForecast::CountUnknown))).await;
}

#[tokio::test]
async fn while_jobs_still_start_after_the_stop_nothing_is_promised() {
    let desk = Desk::open().await;
    let start = ProcedureAct::Start { options: procedure::Options::default() };
    let agreed = Consent { agreed: true, typed_name: None };
    desk.program.console.procedure_act(start, &agreed).await.expect("job stop is on");
    desk.until("an empty list", |live| live.forecast == Some(none(NoForecast::NothingHolds))).await;
    desk.poll().await; // what the procedure has seen from then on is known to be new
    desk.clock.advance(Duration::from_secs(120));
    desk.platform.control().add_job(job("started elsewhere"));
    desk.until("the alarm", |live| live.forecast == Some(none(NoForecast::JobsStillStart))).await;
    desk.platform.control().end_job("started elsewhere");
    desk.until("its end", |live| live.forecast == Some(none(NoForecast::NothingHolds))).await;
}

#[tokio::test]
async fn a_single_read_and_the_practice_platform_keep_nothing() {
    let desk = Desk::open().await;
    desk.program.console.close();
    std::fs::remove_file(desk.file()).expect("one session was closed");
    let saved = desk.program.console.connections().find(&desk.id).expect("saved");
    desk.program.console.read_once(saved.clone(), None).await;
    desk.program.console.close();
    assert!(!desk.file().exists(), "a script that asks every minute watches nothing");

    let practice = Connection { id: ConnectionId::practice(), ..saved };
    desk.program.console.open(practice, Some(PRACTICE_PASSWORD.into())).await;
    desk.until("its list", |live| live.running.known().is_some()).await;
    desk.program.console.close();
    let kept = std::fs::read_dir(desk.program.folder().join("job-lives")).expect("the folder").flatten();
    let kept: Vec<_> = kept.filter(|entry| entry.path().extension().is_some_and(|end| end == "json")).collect();
    assert!(kept.is_empty(), "{kept:?}");
}
