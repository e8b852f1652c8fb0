//! Everything shown is known, stale or unknown, and never pretends.

use serde::Serialize;
use ts_rs::TS;

use super::problem::Problem;
use super::time::Timestamp;

/// A value with what is known about its truth (product §2).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
#[ts(export)]
pub enum Truth<T> {
    /// Read from the platform at `at` (workstation's clock).
    Known {
        /// What the platform said.
        value: T,
        /// When the answer was complete.
        at: Timestamp,
    },
    /// Was known at `at`; every attempt since `since` failed.
    Stale {
        /// What the platform said last.
        value: T,
        /// When that answer was complete.
        at: Timestamp,
        /// The first failed attempt after it.
        since: Timestamp,
        /// Why the newest attempt failed.
        problem: Problem,
    },
    /// Nothing can be said. `problem` is null before the first attempt.
    Unknown {
        /// Why, once an attempt has been made.
        problem: Option<Problem>,
    },
}

impl<T> Truth<T> {
    /// Before the first attempt.
    pub const fn not_read_yet() -> Self {
        Self::Unknown { problem: None }
    }

    /// The value if it is known now. Decisions use this one.
    pub const fn known(&self) -> Option<&T> {
        match self {
            Self::Known { value, .. } => Some(value),
            _ => None,
        }
    }

    /// The value if it was ever known. Only for showing, never for deciding.
    pub const fn last(&self) -> Option<&T> {
        match self {
            Self::Known { value, .. } | Self::Stale { value, .. } => Some(value),
            Self::Unknown { .. } => None,
        }
    }

    /// What remains of this truth after a failed attempt at `now`.
    #[must_use]
    pub fn failed(self, now: Timestamp, problem: Problem) -> Self {
        match self {
            Self::Known { value, at } => Self::Stale { value, at, since: now, problem },
            Self::Stale { value, at, since, .. } => Self::Stale { value, at, since, problem },
            Self::Unknown { .. } => Self::Unknown { problem: Some(problem) },
        }
    }
}
