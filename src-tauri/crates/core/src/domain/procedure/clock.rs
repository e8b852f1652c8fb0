//! Time that was witnessed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::domain::time::Timestamp;

/// The longest gap between two sightings that counts in full, ms. A machine that slept, or a clock that was set, makes a
/// longer one, and nobody saw what happened in it.
const LONGEST_GAP_MS: i64 = 600_000;

/// Adds up the time between sightings. A clock that jumps back adds nothing; one that jumps ahead adds ten minutes at
/// most. It errs towards waiting longer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Stopwatch {
    /// Witnessed so far, ms.
    #[ts(type = "number")]
    pub elapsed_ms: i64,
    /// The last sighting.
    pub seen_at: Option<Timestamp>,
}

impl Stopwatch {
    /// Another sighting; the first one starts the time.
    pub fn see(&mut self, now: Timestamp) {
        let gap = self.seen_at.map_or(0, |seen| now.0.saturating_sub(seen.0));
        self.elapsed_ms = self.elapsed_ms.saturating_add(gap.clamp(0, LONGEST_GAP_MS));
        self.seen_at = Some(now);
    }

    /// Nothing can be seen: the time until the next sighting counts for nothing.
    pub const fn look_away(&mut self) {
        self.seen_at = None;
    }

    /// What is missing to `minutes`, ms; 0 when the time is over.
    pub fn remaining_ms(&self, minutes: u32) -> i64 {
        (i64::from(minutes) * 60_000 - self.elapsed_ms).max(0)
    }
}
