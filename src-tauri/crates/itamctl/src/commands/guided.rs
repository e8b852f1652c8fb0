//! The guided procedure of one connection, as a command drives it: it is the window's procedure, saved in the same place,
//! so that either can go on where the other stopped.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use ita_core::domain::confirmation::Consent;
use ita_core::domain::forecast::Forecast;
use ita_core::domain::live::{Live, Phase};
use ita_core::domain::problem::Problem;
use ita_core::domain::procedure::view::{ProcedureElsewhere, ProcedureView};
use ita_core::domain::procedure::{Automation, Frontend, ProcedureAct, ProcedurePhase};
use ita_core::domain::test_report::StepResult;
use ita_core::domain::truth::Truth;
use ita_core::ports::{Clock, EventSink};
use ita_core::services::console::Console;
use ita_core::text::visible;
use serde::Serialize;
use tokio::sync::watch;

use crate::args::Shared;
use crate::compose::{compose, Composed};
use crate::exit::Failure;
use crate::messages;
use crate::output::json::{self, Flag};
use crate::output::{table, write_whole};
use crate::signals::until_stopped;

/// An open connection with its procedure.
pub(super) struct Guided {
    console: Console,
    platform: String,
    name: String,
    confirm: Option<String>,
    clock: Arc<dyn Clock>,
    news: watch::Receiver<()>,
    stop: Pin<Box<dyn Future<Output = ()> + Send>>,
    limit: Pin<Box<dyn Future<Output = ()> + Send>>,
}

/// Why waiting ended without what was waited for.
#[derive(Debug)]
pub(super) enum Ended {
    /// The time is over.
    Late,
    /// A signal came.
    Interrupted,
    /// Only the user can help.
    Stopped(Problem),
}

struct News(watch::Sender<()>);

impl EventSink for News {
    fn live(&self, _live: Arc<Live>) {
        self.0.send_replace(());
    }

    fn test_step(&self, _step: StepResult) {}
}

impl Guided {
    /// Opens the connection and takes up its procedure. Nothing is asked of a platform before the name was checked, and
    /// nothing is done on one that is not the procedure's.
    pub(super) async fn open(shared: &Shared, confirm: Option<String>) -> Result<Self, Failure> {
        let (sender, news) = watch::channel(());
        let Composed { console, connection, password, clock } = compose(shared, Arc::new(News(sender)))?;
        let (name, platform) = (connection.name.clone(), connection.address.clone());
        let has_lock = connection.environment.has_lock();
        match &confirm {
            Some(typed) if *typed != name => {
                return Err(Failure::Failed(format!(
                    "--confirm says \"{}\", and this connection is \"{}\". Nothing was sent.",
                    visible(typed),
                    visible(&name)
                )));
            }
            None if has_lock => {
                return Err(Failure::Failed(format!(
                    "\"{0}\" is a production connection, where every switch has to be confirmed. Nothing was sent. \
                     Add --confirm \"{0}\".",
                    visible(&name)
                )));
            }
            _ => {}
        }
        console.open(connection, password).await;
        if let Some(ProcedureElsewhere { other_address: Some(address), phase, .. }) = console.live().procedure_elsewhere
        {
            return Err(Problem::under_way(&address, phase).into());
        }
        if has_lock {
            console.set_lock(true)?;
        }
        let (stop, limit) = (Box::pin(until_stopped()), Box::pin(std::future::pending()));
        Ok(Self { console, platform, name, confirm, clock, news, stop, limit })
    }

    /// Waits no longer than this, whatever it waits for.
    pub(super) fn limit(&mut self, time: Duration) {
        self.limit = Box::pin(tokio::time::sleep(time));
    }

    /// As it is.
    pub(super) fn live(&self) -> Live {
        self.console.live()
    }

    /// Where the procedure stands.
    pub(super) fn phase(&self) -> ProcedurePhase {
        self.live().procedure.map_or(ProcedurePhase::NotStarted, |view| view.phase)
    }

    /// Whether another program has it, or left it while users are locked out: somebody may be working.
    pub(super) fn is_anothers(&self) -> bool {
        let live = self.live();
        let is_left = |view: ProcedureView| view.driven_by == Frontend::Window && view.phase.locks_users_out();
        live.procedure_elsewhere.is_some() || live.procedure.is_some_and(is_left)
    }

    /// A step is on its way that must not be cut short.
    pub(super) fn is_in_a_step(&self) -> bool {
        let live = self.live();
        let is_due = |view: &ProcedureView| {
            view.awaits_answer
                || (view.phase == ProcedurePhase::PointOfNoReturn && view.automation == Automation::Armed)
        };
        live.switching.is_some() || live.procedure.as_ref().is_some_and(is_due)
    }

    /// The workstation's clock.
    pub(super) fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// The core, for what is no act of a procedure.
    pub(super) const fn console(&self) -> &Console {
        &self.console
    }

    /// Having typed the command is the agreement; dangerous steps ask for the name (product §3).
    pub(super) fn consent(&self) -> Consent {
        Consent { agreed: true, typed_name: self.confirm.clone() }
    }

    /// Does an act. It is not interrupted: a write that is on its way is read back.
    pub(super) async fn act(&self, act: ProcedureAct) -> Result<(), Problem> {
        if self.console.plan_procedure_act(&act)?.loses_evidence {
            messages::note("The evidence of the last procedure was never packed, and this one takes its place.");
        }
        self.console.procedure_act(act, &self.consent()).await
    }

    /// Waits until modes and jobs were asked for once, with whatever result.
    pub(super) async fn first_reads(&mut self) -> Result<(), Ended> {
        const fn is_asked<T>(truth: &Truth<T>) -> bool {
            !matches!(truth, Truth::Unknown { problem: None })
        }
        self.until(|live| (is_asked(&live.modes.job_stop) && is_asked(&live.running)).then_some(())).await
    }

    /// Waits until `look` finds something in the state.
    pub(super) async fn until<T>(&mut self, mut look: impl FnMut(&Live) -> Option<T>) -> Result<T, Ended> {
        loop {
            self.news.mark_unchanged();
            let live = self.console.live();
            if let Phase::Stopped { problem } = live.phase {
                return Err(Ended::Stopped(problem));
            }
            if let Some(found) = look(&live) {
                return Ok(found);
            }
            tokio::select! {
                _ = self.news.changed() => {}
                () = &mut self.stop => return Err(Ended::Interrupted),
                () = &mut self.limit => return Err(Ended::Late),
            }
        }
    }

    /// Waits until what the procedure leaves as evidence is on the disk, before the program ends.
    pub(super) async fn leave(&self) {
        self.console.lists_written().await;
    }

    /// Writes how it ended, in the shape that was asked for.
    pub(super) fn report(&self, shared: &Shared, outcome: &'static str) -> Result<(), Failure> {
        let live = self.live();
        let report = Report {
            outcome,
            phase: self.phase(),
            job_stop: Flag::of(&live.modes.job_stop),
            read_only: Flag::of(&live.modes.read_only),
            holding: live.procedure.and_then(|view| view.holding),
            forecast: live.forecast.and_then(Span::of),
            platform: &self.platform,
            read_at: self.clock.now().to_rfc3339(),
        };
        let text = if shared.is_json()? { json::line(&report)? } else { report.rendered(&self.name) };
        Ok(write_whole(&text, shared.output.as_deref())?)
    }

    /// Both modes in words, for a message.
    pub(super) fn modes(&self) -> String {
        let live = self.live();
        let word = |truth| Flag::of(truth).word();
        format!("Job stop is {}, read-only mode is {}.", word(&live.modes.job_stop), word(&live.modes.read_only))
    }
}

/// The object of `drain` and `reopen`.
#[derive(Debug, Serialize)]
struct Report<'a> {
    outcome: &'static str,
    phase: ProcedurePhase,
    job_stop: Flag,
    read_only: Flag,
    holding: Option<u32>,
    forecast: Option<Span>,
    platform: &'a str,
    read_at: String,
}

/// When the count is expected to be 0.
#[derive(Debug, Serialize)]
struct Span {
    earliest: String,
    latest: String,
    basis: u32,
    confidence_percent: u32,
}

impl Span {
    fn of(forecast: Forecast) -> Option<Self> {
        let Forecast::Between { earliest, latest, basis, confidence_percent } = forecast else { return None };
        Some(Self { earliest: earliest.to_rfc3339(), latest: latest.to_rfc3339(), basis, confidence_percent })
    }
}

impl Report<'_> {
    fn rendered(&self, name: &str) -> String {
        table::pairs(&[
            ("Platform", format!("{} ({name})", self.platform)),
            ("Outcome", self.outcome.replace('_', " ")),
            ("Server-side job stop", self.job_stop.word().to_owned()),
            ("Read-only mode", self.read_only.word().to_owned()),
            ("Jobs that hold", self.holding.map_or_else(|| "unknown".to_owned(), |holding| holding.to_string())),
        ])
    }
}
