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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_only_wins_and_nothing_is_guessed() {
        use Banner::{JobStop, None as No, ReadOnly, Unknown};
        let (on, off) = (Some(true), Some(false));
        for (job_stop, read_only, ita, platform) in [
            (off, off, No, No),
            (on, off, JobStop, No),
            (off, on, ReadOnly, ReadOnly),
            (on, on, ReadOnly, ReadOnly),
            (None, on, ReadOnly, ReadOnly),
            (None, off, Unknown, No),
            (on, None, Unknown, Unknown),
            (off, None, Unknown, Unknown),
            (None, None, Unknown, Unknown),
        ] {
            let reading = ModeReading { job_stop, read_only };
            assert_eq!(banners(reading), Banners { ita, platform }, "{reading:?}");
        }
    }
}
