//! What a step asks of the world. The machine itself touches nothing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::state::{ProcedurePhase, StopReason};
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
    /// Tell the user.
    Notice(ProcedureNotice),
    /// Write to the journal that this phase began.
    Journal(ProcedurePhase),
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

/// What is told, once each. What can truly happen again carries its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum ProcedureNotice {
    /// A mode is not as this procedure left it.
    ChangedElsewhere {
        /// Which.
        mode: Mode,
        /// Its state now.
        on: bool,
        /// When it was seen.
        at: Timestamp,
    },
    /// The automation ended.
    AutomationStopped {
        /// Why.
        why: StopReason,
        /// When.
        at: Timestamp,
    },
    /// The start that was planned will not come.
    StartCancelled {
        /// Why.
        why: StopReason,
        /// When.
        at: Timestamp,
    },
    /// Reading back did not find what was sent.
    NotConfirmed {
        /// Which mode.
        mode: Mode,
        /// What was wanted.
        on: bool,
        /// When.
        at: Timestamp,
    },
    /// Back after a restart or sleep: everything is read again before anything else.
    Rereading {
        /// When.
        at: Timestamp,
    },
    /// The platform answers again.
    PlatformBack {
        /// When.
        at: Timestamp,
    },
    /// The lock closed; the automation that was confirmed before goes on.
    PermissionKept,
    /// Read-only is on and jobs are left: switch read-only off, keep job stop on.
    CountMayNoLongerFall,
    /// Jobs started although job stop is on.
    NewAfterStop {
        /// The stop that is meant.
        stopped_at: Timestamp,
    },
    /// The drain is proved; the next step is the user's.
    Drained {
        /// When.
        at: Timestamp,
    },
    /// The quiet gate says "quiet".
    Quiet {
        /// When read-only was read back as on.
        since: Option<Timestamp>,
    },
    /// The give-up time came.
    GaveUp {
        /// When.
        at: Timestamp,
    },
    /// The planned end is over; `level` 1 at once, 2 after 15 minutes, 3 after an hour.
    Overdue {
        /// The planned end that is meant.
        planned_end: Timestamp,
        /// 1 to 3.
        level: u8,
    },
    /// The procedure ended while this mode is on, or not known to be off.
    LeftOn {
        /// Which.
        mode: Mode,
    },
}
