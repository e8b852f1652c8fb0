//! What a step asks of the world. The machine itself touches nothing.

use serde::Serialize;
use ts_rs::TS;

use super::notice::ProcedureNotice;
use super::observation::{Choice, PlannedTime};
use super::phase::ProcedurePhase;
use crate::domain::confirmation::Danger;
use crate::domain::modes::Mode;
use crate::domain::time::Timestamp;

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// One PATCH with one key, never repeated; then a read of the modes.
    Switch {
        /// Which mode.
        mode: Mode,
        /// To which state.
        on: bool,
        /// False when the user's own act asked for it just now.
        automatic: bool,
    },
    /// The step needs the typed name, for these reasons.
    NameRequired(Vec<Danger>),
    /// This time of the plan does not lie ahead: nothing was begun or changed.
    TimePassed(PlannedTime),
    /// Tell the user.
    Notice(ProcedureNotice),
    /// Write to the journal that this phase began.
    Journal(ProcedurePhase),
    /// Write to the journal what the user chose.
    Chosen(Choice),
    /// Read modes and jobs now.
    Reread,
    /// How often to ask.
    Pace(Pace),
    /// What the window's title says.
    Title(Title),
    /// Keep the job list for the evidence pack.
    Snapshot(Moment),
}

/// How often to ask the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// As the connection says.
    Usual,
    /// As the connection says, with the window hidden too.
    Procedure,
    /// Slowly: it is away, and expected to be.
    Calm,
}

/// The moments of the evidence pack (product §8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, rename = "EvidenceMoment")]
pub enum Moment {
    /// Job stop was read back as on.
    Stop,
    /// The drain was proved.
    Zero,
    /// Job stop was read back as off.
    Reopen,
}

impl Moment {
    /// In the order of a night.
    pub const ALL: [Self; 3] = [Self::Stop, Self::Zero, Self::Reopen];
}

/// Data of the title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, rename = "ProcedureTitle")]
pub struct Title {
    /// Phase.
    pub phase: ProcedurePhase,
    /// Holding jobs; `None` unknown.
    pub holding: Option<u32>,
    /// When the phase began: the window counts up from it.
    pub since: Option<Timestamp>,
}
