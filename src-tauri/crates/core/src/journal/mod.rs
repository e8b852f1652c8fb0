//! The journal: one line of JSON per event, one file per connection, appended and synced (product §8).

mod changes;
mod file;
mod rotation;

pub use changes::LastChanges;
pub use file::{workstation_user, Journal};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::domain::log_levels::{ChangedLevel, LevelChange, ObservedLevel};
use crate::domain::modes::Mode;
use crate::domain::problem::ProblemCode;
use crate::domain::procedure::{Choice, ProcedurePhase};
use crate::domain::time::Timestamp;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct JournalEntry {
    /// Workstation's clock.
    pub at: Timestamp,
    /// The user of this workstation.
    pub workstation_user: String,
    /// What happened.
    #[serde(flatten)]
    pub event: JournalEvent,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
#[ts(export)]
pub enum JournalEvent {
    /// A connection was opened.
    Connected {
        /// Platform user.
        user: String,
        /// Its address.
        address: String,
    },
    /// The platform refused the login; requests stopped.
    LoginRefused {
        /// Platform user.
        user: String,
    },
    /// A switch is about to be asked of the platform. Without a `Switched` after it nobody knows how it ended: the program
    /// was closed in between.
    SwitchRequested {
        /// Which mode.
        mode: Mode,
        /// To what.
        on: bool,
        /// Platform user.
        user: String,
    },
    /// How a switch ended that was asked of the platform.
    Switched {
        /// Which mode.
        mode: Mode,
        /// To what.
        on: bool,
        /// Platform user.
        user: String,
        /// How it ended.
        outcome: SwitchResult,
        /// The flag as read back: on, off, or null where it could not be read.
        read_back: Option<bool>,
        /// The platform's clock in its answer.
        platform_time: Option<Timestamp>,
        /// What went wrong, if anything did.
        problem: Option<ProblemCode>,
    },
    /// Log levels are about to be asked of the platform. Without a `LogLevelsChanged` after it nobody knows how it ended.
    LogLevelsRequested {
        /// Platform user.
        user: String,
        /// What is sent, and what each service was before.
        changes: Vec<LevelChange>,
    },
    /// How a change of log levels ended that was asked of the platform.
    LogLevelsChanged {
        /// Platform user.
        user: String,
        /// What was sent, what became of it, and what was read back.
        services: Vec<ChangedLevel>,
        /// The platform's clock in its answer.
        platform_time: Option<Timestamp>,
        /// What went wrong, if anything did.
        problem: Option<ProblemCode>,
    },
    /// A mode changed and this workstation did not do it.
    ObservedChange {
        /// Which mode.
        mode: Mode,
        /// Its new state.
        on: bool,
        /// See [`crate::domain::live::Notice::ChangedElsewhere`].
        suspect: bool,
    },
    /// Log levels changed, or services came or went, and this workstation did not do it.
    ObservedLevels {
        /// Which, and from what to what.
        changes: Vec<ObservedLevel>,
    },
    /// The guided procedure came to this phase.
    Phase {
        /// Which.
        phase: ProcedurePhase,
        /// Only where a procedure begins with it: [`crate::domain::procedure::Procedure::began_at`]. Its place says what came
        /// after it, whatever the clock was set to meanwhile.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        began_at: Option<Timestamp>,
    },
    /// The user changed what the guided procedure goes by.
    Chosen {
        /// What.
        choice: Choice,
    },
    /// A list of jobs was written to a file.
    Exported {
        /// Its path.
        path: String,
        /// Its rows.
        rows: u32,
    },
    /// The evidence of a procedure was written to a folder.
    EvidencePacked {
        /// Its path.
        path: String,
        /// Its files.
        files: u32,
    },
}

/// What a journal can be looked through for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum JournalKind {
    /// Switches of this workstation, and log levels that it changed.
    Switch,
    /// Changes made elsewhere.
    Change,
    /// Phases of the guided procedure, and what was chosen in it.
    Procedure,
    /// Files that were written.
    Export,
    /// Connections and logins.
    Connection,
}

impl JournalEvent {
    /// What it belongs to.
    pub const fn kind(&self) -> JournalKind {
        match self {
            Self::SwitchRequested { .. }
            | Self::Switched { .. }
            | Self::LogLevelsRequested { .. }
            | Self::LogLevelsChanged { .. } => JournalKind::Switch,
            Self::ObservedChange { .. } | Self::ObservedLevels { .. } => JournalKind::Change,
            Self::Phase { .. } | Self::Chosen { .. } => JournalKind::Procedure,
            Self::Exported { .. } | Self::EvidencePacked { .. } => JournalKind::Export,
            Self::Connected { .. } | Self::LoginRefused { .. } => JournalKind::Connection,
        }
    }
}

/// How a switch ended; see [`crate::domain::live::SwitchOutcome`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SwitchResult {
    /// The read-back agreed.
    Done,
    /// Accepted, and the read-back disagreed.
    WithoutEffect,
    /// Refused; nothing changed.
    Refused,
    /// Nobody knows.
    Unknown,
}
