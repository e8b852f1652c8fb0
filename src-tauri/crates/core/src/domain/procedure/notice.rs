//! What a procedure tells its user, and how long each of it stays true.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::phase::ProcedurePhase as Phase;
use super::state::{Automation, StopReason};
use super::view::ProcedureView;
use crate::domain::modes::{Mode, ModeReading};
use crate::domain::time::Timestamp;

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
    CountMayNoLongerFall {
        /// When that was seen first.
        #[serde(default)]
        since: Option<Timestamp>,
    },
    /// Jobs started although job stop is on.
    NewAfterStop {
        /// The stop that is meant.
        #[serde(default)]
        stopped_at: Option<Timestamp>,
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
    /// The give-up time came before zero was proved.
    GaveUp {
        /// When.
        at: Timestamp,
        /// Jobs that still ran then; 0: three zeros in a row were not there yet; null: nobody knew.
        holding: Option<u32>,
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

impl ProcedureNotice {
    /// Whether the window may still say it: what was overtaken contradicts what stands there now. `view` is the procedure
    /// that told it (none: nothing is begun), `modes` what is read for sure. A notice that warns of what may go on unseen
    /// stays until somebody has seen it.
    pub fn still_holds(self, view: Option<&ProcedureView>, modes: ModeReading) -> bool {
        let phase = view.map_or(Phase::NotStarted, |view| view.phase);
        let automation = view.map(|view| view.automation);
        match self {
            Self::ChangedElsewhere { .. } | Self::NewAfterStop { .. } => true,
            Self::PlatformBack { .. } => view.is_some_and(|view| view.away_since.is_none()),
            Self::AutomationStopped { .. } => {
                phase.precedes_read_only() && matches!(automation, Some(Automation::Stopped { .. }))
            }
            Self::PermissionKept => {
                phase.precedes_read_only() && matches!(automation, Some(Automation::Armed | Automation::Held))
            }
            Self::StartCancelled { .. } => !phase.is_active(),
            Self::NotConfirmed { mode, on, .. } => phase.is_active() && modes.of(mode) != Some(on),
            Self::Rereading { .. } => view.is_some_and(|view| view.rereading),
            Self::CountMayNoLongerFall { .. } => {
                modes.read_only != Some(false) && view.is_some_and(|view| view.holding != Some(0))
            }
            Self::Drained { .. } => phase == Phase::PointOfNoReturn,
            Self::Quiet { .. } => phase == Phase::QuietGate && view.is_some_and(|view| view.gate.is_quiet()),
            Self::GaveUp { .. } => phase == Phase::GaveUp,
            Self::Overdue { planned_end, .. } => {
                phase.locks_users_out() && view.is_some_and(|view| view.options.planned_end == Some(planned_end))
            }
            Self::LeftOn { mode } => !phase.is_active() && modes.of(mode) != Some(false),
        }
    }
}
