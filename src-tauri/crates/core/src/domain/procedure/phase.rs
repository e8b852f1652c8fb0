//! Where a procedure stands.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The phases, in the order of product §5.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ProcedurePhase {
    /// Nothing was asked for.
    #[default]
    NotStarted,
    /// The start was confirmed and comes by itself at its time.
    Scheduled,
    /// Job stop is wanted on and not yet read back as on.
    StoppingJobs,
    /// Running jobs go on to their end.
    Draining,
    /// Drained; what comes next cannot be undone for the rows that remain.
    PointOfNoReturn,
    /// Read-only is wanted on and not yet read back as on.
    GoingReadOnly,
    /// Services that look at the flag only when they start may still write (platform-contract §9).
    QuietGate,
    /// Backup or upgrade. The platform may go away.
    Work,
    /// Read-only is wanted off and not yet read back as off.
    EndingReadOnly,
    /// The short check list before jobs start again.
    Checking,
    /// Job stop is wanted off and not yet read back as off.
    StartingJobs,
    /// Ten minutes of watching what starts.
    Watching,
    /// Open again, watched to the end.
    Finished,
    /// The give-up time came first. The modes were left as they were.
    GaveUp,
    /// Ended by the user. The modes were left as they were.
    Aborted,
}

impl ProcedurePhase {
    /// Whether a procedure is under way.
    pub const fn is_active(self) -> bool {
        !matches!(self, Self::NotStarted | Self::Finished | Self::GaveUp | Self::Aborted)
    }

    /// Whether jobs are awaited: the phases that a give-up time ends. Who is drained waits for nothing but the user.
    pub const fn awaits_drain(self) -> bool {
        matches!(self, Self::StoppingJobs | Self::Draining)
    }

    /// Whether users can register and update nothing, or are about to find that.
    pub fn locks_users_out(self) -> bool {
        (Self::GoingReadOnly..=Self::StartingJobs).contains(&self)
    }

    /// Whether a step to read-only lies ahead.
    pub fn precedes_read_only(self) -> bool {
        (Self::Scheduled..=Self::PointOfNoReturn).contains(&self)
    }
}
