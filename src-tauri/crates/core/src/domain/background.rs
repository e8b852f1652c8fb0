//! The guided procedure of a connection that is not on the screen.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::connection::{ConnectionId, Environment};
use super::live::{Live, Notice, Phase};
use super::modes::Mode;
use super::news::lost_since;
use super::problem::Problem;
use super::procedure::{Automation, ProcedurePhase, Title};
use super::time::Timestamp;

/// What the window shows of it beside the connection that it is about.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct BackgroundProcedure {
    /// Whose.
    pub connection: ConnectionId,
    /// The connection's name.
    pub name: String,
    /// How careful to be.
    pub environment: Environment,
    /// Where it stands, and what it counts.
    pub title: Title,
    /// Whether the step to read-only may come by itself.
    pub automation: Automation,
    /// The workstation must not sleep.
    pub keeps_awake: bool,
    /// What happened that the user must see; the same ones await on its screen.
    pub notices: Vec<Notice>,
    /// Every request of this connection has stopped until the user acts; null: it is polled.
    pub stopped: Option<Problem>,
    /// Since when nothing is read of it that was read before; null: it is read, or expected to be away.
    pub lost_since: Option<Timestamp>,
}

impl BackgroundProcedure {
    /// `None` for a connection without a procedure.
    pub fn of(live: &Live) -> Option<Self> {
        let (connection, procedure) = (live.connection.as_ref()?, live.procedure.as_ref()?);
        let stopped = match &live.phase {
            Phase::Stopped { problem } => Some(problem.clone()),
            _ => None,
        };
        Some(Self {
            connection: connection.id.clone(),
            name: connection.name.clone(),
            environment: connection.environment,
            title: procedure.title,
            automation: procedure.automation,
            keeps_awake: procedure.keeps_awake,
            notices: live.notices.clone(),
            stopped,
            lost_since: lost_since(live),
        })
    }
}

/// Why leaving the program is not without consequence (product §5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct QuitReason {
    /// Whose.
    pub connection: ConnectionId,
    /// The connection's name.
    pub name: String,
    /// How careful to be.
    pub environment: Environment,
    /// A step that was confirmed would come by itself; it will not once the program has ended.
    pub automation: bool,
    /// Read-only is on, or was when it was last read, or the procedure has it on and its "off" is not to be believed: nobody
    /// can write until somebody opens the platform again.
    pub read_only: bool,
    /// The same of job stop. By itself it is no reason to ask.
    pub job_stop: bool,
}

impl QuitReason {
    /// `None`: this connection has nothing against it.
    pub fn of(live: &Live) -> Option<Self> {
        let connection = live.connection.as_ref()?;
        let automation = live.procedure.as_ref().is_some_and(|procedure| procedure.automation == Automation::Armed);
        let [read_only, job_stop] = [Mode::ReadOnly, Mode::JobStop].map(|mode| may_be_on(live, mode));
        (automation || read_only).then(|| Self {
            connection: connection.id.clone(),
            name: connection.name.clone(),
            environment: connection.environment,
            automation,
            read_only,
            job_stop,
        })
    }
}

/// Nothing may have been read since the start of the program; then the procedure knows better.
fn may_be_on(live: &Live, mode: Mode) -> bool {
    let switched_on = match mode {
        Mode::JobStop => ProcedurePhase::StoppingJobs..=ProcedurePhase::StartingJobs,
        Mode::ReadOnly => ProcedurePhase::GoingReadOnly..=ProcedurePhase::EndingReadOnly,
    };
    match live.modes.of(mode).last() {
        Some(false) if live.suspect.of(mode).is_none() => false,
        Some(true) => true,
        _ => live.procedure.as_ref().is_some_and(|procedure| switched_on.contains(&procedure.phase)),
    }
}

/// What the user answers to that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum QuitAnswer {
    /// The window stays as it is.
    Stay,
    /// Out of the way, and everything goes on.
    Minimise,
    /// The program ends, and with it every automation.
    Quit,
}
