//! In which zone the platform labels its times, by evidence (product §4, platform-contract §5).

use serde::Serialize;
use ts_rs::TS;

/// How labels are read, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "basis", rename_all = "snake_case")]
#[ts(export)]
pub enum ZoneBasis {
    /// Said by the user.
    Given {
        /// `UTC` or an IANA name.
        name: String,
    },
    /// A row appeared or changed between two polls.
    Proven {
        /// Minutes that labels run ahead of UTC.
        offset_minutes: i32,
    },
    /// A label lies after the platform's clock and the workstation's own zone fits.
    Assumed {
        /// Minutes that labels run ahead of UTC.
        offset_minutes: i32,
    },
    /// A label lies after the platform's clock; no zone fits.
    Bounded {
        /// At least this many minutes ahead.
        at_least_minutes: i32,
    },
    /// No evidence: raw labels only.
    Unproven,
}
