//! Which banner the platform shows to its users (platform-contract §10).

use serde::Serialize;
use ts_rs::TS;

use super::modes::ModeReading;

/// What stands in one place; the texts are in the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Banner {
    /// No banner.
    None,
    /// The text for job stop.
    JobStop,
    /// The text for read-only mode.
    ReadOnly,
    /// Not known, because a flag is not.
    Unknown,
}

/// The banners of both kinds of screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Banners {
    /// On the screens of IT Automation.
    pub ita: Banner,
    /// On the platform's screens (workspace and notification settings only).
    pub platform: Banner,
}

/// Read-only wins over job stop; the platform's own screens know read-only alone.
pub const fn banners(reading: ModeReading) -> Banners {
    let platform = match reading.read_only {
        Some(true) => Banner::ReadOnly,
        Some(false) => Banner::None,
        None => Banner::Unknown,
    };
    let ita = match (reading.read_only, reading.job_stop) {
        (Some(true), _) => Banner::ReadOnly,
        (Some(false), Some(true)) => Banner::JobStop,
        (Some(false), Some(false)) => Banner::None,
        _ => Banner::Unknown,
    };
    Banners { ita, platform }
}
