//! `mode`: one switch, confirmed by its read-back.

use std::sync::Arc;

use ita_core::domain::confirmation::{Consent, Danger};
use ita_core::domain::connection::Connection;
use ita_core::domain::live::{Live, SwitchOutcome};
use ita_core::domain::modes::Mode;
use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::domain::time::Timestamp;
use ita_core::domain::truth::Truth;
use ita_core::services::console::Console;
use jiff::tz::TimeZone;
use secrecy::SecretString;
use serde::Serialize;

use super::NoNews;
use crate::args::{ModeArguments, OnOff, Shared};
use crate::compose::{compose, Composed};
use crate::exit::{Exit, Failure};
use crate::messages;
use crate::output::json::{self, Flag};
use crate::output::{table, write_whole};

pub(super) async fn run(shared: &Shared, arguments: &ModeArguments) -> Result<Exit, Failure> {
    let is_json = shared.is_json()?;
    let Composed { console, connection, password, clock } = compose(shared, Arc::new(NoNews))?;
    let order = Order {
        mode: arguments.mode.into(),
        on: arguments.state == OnOff::On,
        name: connection.name.clone(),
        confirm: arguments.confirm.clone(),
    };
    let platform = connection.address.clone();
    let result = order.carry_out(&console, connection, password).await;
    let (live, read_at) = (console.live(), clock.now());
    if is_json {
        let report = Report::new(&order, &result, &live, &platform, read_at);
        write_whole(&json::line(&report)?, shared.output.as_deref())?;
    } else if let Ok(outcome) = &result {
        let text = rendered(outcome, &order, &live, &platform, &clock.zone());
        write_whole(&text, shared.output.as_deref())?;
    }
    Ok(match &result {
        Ok(outcome) => tell(outcome),
        Err(problem) => {
            order.tell_refusal(problem, &console, &live);
            Exit::of(problem.code)
        }
    })
}

/// What is to be switched, and what the user agreed to.
struct Order {
    mode: Mode,
    on: bool,
    name: String,
    confirm: Option<String>,
}

impl Order {
    /// Nothing is sent before the name was checked: a name that does not fit means another platform than this one.
    async fn carry_out(
        &self,
        console: &Console,
        connection: Connection,
        password: Option<SecretString>,
    ) -> Result<SwitchOutcome, Problem> {
        console.open_unread(connection, password).await;
        if self.confirm.as_ref().is_some_and(|typed| *typed != self.name) {
            return Err(Problem::new(ProblemCode::ConfirmationNeeded));
        }
        if console.plan_switch(self.mode, self.on)?.lock_closed {
            if self.confirm.is_none() {
                return Err(Problem::new(ProblemCode::LockClosed));
            }
            console.set_lock(true)?;
        }
        // Having typed the command is the agreement; the dangerous steps ask for the name (product §3).
        let consent = Consent { agreed: true, typed_name: self.confirm.clone() };
        console.switch_mode(self.mode, self.on, &consent).await
    }

    fn tell_refusal(&self, problem: &Problem, console: &Console, live: &Live) {
        let name = ita_core::text::visible(&self.name);
        match (problem.code, &self.confirm) {
            (ProblemCode::ConfirmationNeeded, Some(typed)) => messages::refuse(&format!(
                "--confirm says \"{}\", and this connection is \"{name}\". Nothing was sent.",
                ita_core::text::visible(typed)
            )),
            (ProblemCode::LockClosed, _) => messages::refuse(&format!(
                "\"{name}\" is a production connection, where every switch has to be confirmed. Nothing was sent. \
                 To switch, add --confirm \"{name}\"."
            )),
            (ProblemCode::ConfirmationNeeded, None) => {
                if let Truth::Unknown { problem: Some(cause) } = &live.running {
                    messages::error(cause);
                }
                let dangers = console.plan_switch(self.mode, self.on).map(|plan| plan.dangers).unwrap_or_default();
                let why: Vec<_> = dangers.into_iter().map(|danger| danger_sentence(danger, live)).collect();
                messages::refuse(&format!(
                    "{} Nothing has changed. To switch all the same, add --confirm \"{name}\".",
                    why.join(" ")
                ));
            }
            _ => messages::error(problem),
        }
    }

    fn requested(&self) -> Flag {
        Some(self.on).into()
    }
}

fn danger_sentence(danger: Danger, live: &Live) -> String {
    match danger {
        Danger::JobsRunning => {
            let count = live.running.known().map_or(0, |running| running.deciding);
            format!(
                "Jobs that count are still running ({count}), and read-only mode would freeze them: they could neither \
                 end nor be stopped."
            )
        }
        Danger::CountUnknown => "How many jobs run is not known, and read-only mode would freeze them.".to_owned(),
        Danger::JobStopOff => {
            let state = if live.modes.job_stop.known().is_some() { "off" } else { "not known to be on" };
            format!("Job stop is {state}, so new jobs may start at any moment.")
        }
    }
}

/// Says what went wrong, and how it ends.
fn tell(outcome: &SwitchOutcome) -> Exit {
    match outcome {
        SwitchOutcome::Done { .. } | SwitchOutcome::Already => Exit::Done,
        SwitchOutcome::Refused { problem } => {
            messages::error(problem);
            Exit::of(problem.code)
        }
        SwitchOutcome::WithoutEffect { .. } => {
            messages::error(&Problem::new(ProblemCode::SwitchWithoutEffect));
            Exit::Failed
        }
        SwitchOutcome::Unknown { problem } => {
            messages::error(&Problem::new(ProblemCode::OutcomeUnknown));
            messages::error(problem);
            Exit::Unknown.or_worse(Exit::of_unread(problem.code))
        }
    }
}

/// The object of `mode`.
#[derive(Debug, Serialize)]
struct Report<'a> {
    mode: Mode,
    requested: Flag,
    outcome: &'static str,
    reason: Option<ProblemCode>,
    job_stop: Flag,
    read_only: Flag,
    platform: &'a str,
    read_at: String,
}

impl<'a> Report<'a> {
    fn new(
        order: &Order,
        result: &Result<SwitchOutcome, Problem>,
        live: &Live,
        platform: &'a str,
        read_at: Timestamp,
    ) -> Self {
        let (outcome, reason) = match result {
            Ok(outcome) => words(outcome),
            Err(problem) => ("refused", Some(problem.code)),
        };
        Self {
            mode: order.mode,
            requested: order.requested(),
            outcome,
            reason,
            job_stop: Flag::of(&live.modes.job_stop),
            read_only: Flag::of(&live.modes.read_only),
            platform,
            read_at: read_at.to_rfc3339(),
        }
    }
}

fn words(outcome: &SwitchOutcome) -> (&'static str, Option<ProblemCode>) {
    match outcome {
        SwitchOutcome::Done { .. } => ("done", None),
        SwitchOutcome::Already => ("already", None),
        SwitchOutcome::Refused { problem } => ("refused", Some(problem.code)),
        SwitchOutcome::WithoutEffect { .. } => ("without_effect", Some(ProblemCode::SwitchWithoutEffect)),
        SwitchOutcome::Unknown { problem } => ("unknown", Some(problem.code)),
    }
}

fn rendered(outcome: &SwitchOutcome, order: &Order, live: &Live, platform: &str, zone: &TimeZone) -> String {
    let outcome = match outcome {
        SwitchOutcome::Done { .. } => "switched, and read back",
        SwitchOutcome::Already => "it was so already; nothing was sent",
        SwitchOutcome::Refused { .. } => "refused; nothing changed",
        SwitchOutcome::WithoutEffect { .. } => "accepted, without effect",
        SwitchOutcome::Unknown { .. } => "unknown",
    };
    let flag = |truth: &Truth<bool>| match truth {
        Truth::Known { value, at } => {
            format!("{} (read at {})", Flag::from(Some(*value)).word(), table::local(*at, zone))
        }
        _ => Flag::Unknown.word().to_owned(),
    };
    table::pairs(&[
        ("Platform", format!("{platform} ({})", order.name)),
        ("Outcome", outcome.to_owned()),
        ("Server-side job stop", flag(&live.modes.job_stop)),
        ("Read-only mode", flag(&live.modes.read_only)),
    ])
}
