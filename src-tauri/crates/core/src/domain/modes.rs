//! The two maintenance modes of the platform (platform-contract §1, §3).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One of the platform's two maintenance modes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Mode {
    /// `backyard_execute_stop`: backyards start no new job.
    JobStop,
    /// `data_update_stop`: every registration and update is refused.
    ReadOnly,
}

impl Mode {
    /// The key in the platform's API.
    pub const fn api_key(self) -> &'static str {
        match self {
            Self::JobStop => "backyard_execute_stop",
            Self::ReadOnly => "data_update_stop",
        }
    }
}

/// What one read of the mode setting said; `None` where the key was absent, null or neither `"0"` nor `"1"`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ModeReading {
    /// Server-side job stop.
    pub job_stop: Option<bool>,
    /// Read-only mode.
    pub read_only: Option<bool>,
}

impl ModeReading {
    /// The flag of one mode.
    pub const fn of(self, mode: Mode) -> Option<bool> {
        match mode {
            Mode::JobStop => self.job_stop,
            Mode::ReadOnly => self.read_only,
        }
    }

    /// The same reading with one flag replaced: what users would meet after that switch.
    #[must_use]
    pub const fn with(mut self, mode: Mode, on: bool) -> Self {
        match mode {
            Mode::JobStop => self.job_stop = Some(on),
            Mode::ReadOnly => self.read_only = Some(on),
        }
        self
    }
}
