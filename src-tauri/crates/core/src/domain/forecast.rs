//! When the count may be 0: an interval from what this platform's own jobs did before, or none and why.
//!
//! No law of durations is assumed. A job that has lived for `age` is compared with the recorded jobs of its backyard that
//! lived longer than that. Among those `k` and the job itself every rank is equally likely, so that the end lies below the
//! `l`-th shortest, and above the `l`-th longest, with at most `l / (k + 1)` each. With `n` jobs each may miss on each side by
//! a tenth of `1 / n`: together the interval holds for at least 80 of 100 forecasts, however the jobs depend on each
//! other. The price is many observations, and silence until there are enough.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::time::Timestamp;

#[cfg(test)]
mod tests;

/// How often the interval holds, at least, of 100.
pub const CONFIDENCE_PERCENT: u32 = 80;
/// Jobs kept per backyard; the oldest make room.
const MOST_KEPT: usize = 512;
/// Backyards kept: a hostile answer must not fill the memory.
const MOST_BACKYARDS: usize = 64;
/// What each job may miss on each side is one of this many, divided by the number of jobs.
const SHARE: usize = 200 / (100 - CONFIDENCE_PERCENT as usize);
/// The life of a job that was never seen to end.
const NEVER: u32 = u32::MAX;

/// How long jobs lived, per backyard, from the poll that showed them first to the one that no longer did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrainHistory {
    lives: BTreeMap<String, VecDeque<u32>>,
}

impl DrainHistory {
    /// A job whose first poll did not show it and that left after `seconds`.
    pub fn ended(&mut self, backyard: &str, seconds: u32) {
        self.keep(backyard, seconds.min(NEVER - 1));
    }

    /// A job that was given up on: it outlived everything that ended. Without these a backyard with dead jobs would look
    /// better than it is.
    pub fn never_ended(&mut self, backyard: &str) {
        self.keep(backyard, NEVER);
    }

    fn keep(&mut self, backyard: &str, life: u32) {
        if !self.lives.contains_key(backyard) && self.lives.len() >= MOST_BACKYARDS {
            return;
        }
        let lives = self.lives.entry(backyard.to_owned()).or_default();
        if lives.len() >= MOST_KEPT {
            lives.pop_front();
        }
        lives.push_back(life);
    }

    /// The recorded lives longer than `age`, the shortest first.
    fn survivors(&self, backyard: &str, age: u32) -> Vec<u32> {
        let lives = self.lives.get(backyard).into_iter().flatten();
        let mut longer: Vec<u32> = lives.copied().filter(|life| *life > age).collect();
        longer.sort_unstable();
        longer
    }
}

/// A job that holds the drain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldingJob {
    /// Container name.
    pub backyard: String,
    /// Seconds since the poll that showed it first; `None` if the first poll of all did: its beginning was not seen.
    pub age_seconds: Option<u32>,
}

/// What can be said about the end of the drain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
#[ts(export, rename = "DrainForecast")]
pub enum Forecast {
    /// 0 between these two.
    Between {
        /// Not before.
        earliest: Timestamp,
        /// Not after.
        latest: Timestamp,
        /// Comparable jobs on which the weakest part rests.
        basis: u32,
        /// [`CONFIDENCE_PERCENT`].
        confidence_percent: u32,
    },
    /// Nothing honest can be said.
    None {
        /// Why.
        why: NoForecast,
    },
}

/// Why there is no forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum NoForecast {
    /// Nothing holds.
    NothingHolds,
    /// A job ran before anybody looked.
    BeginningNotSeen,
    /// Too few comparable jobs for so many.
    TooFewObservations,
    /// A job is older than all that ended.
    OlderThanAll,
    /// Jobs like these did not end often enough.
    MayNeverEnd,
}

/// The forecast for the jobs that hold at `now`.
pub fn forecast(history: &DrainHistory, jobs: &[HoldingJob], now: Timestamp) -> Forecast {
    interval(history, jobs, now).unwrap_or_else(|why| Forecast::None { why })
}

fn interval(history: &DrainHistory, jobs: &[HoldingJob], now: Timestamp) -> Result<Forecast, NoForecast> {
    if jobs.is_empty() {
        return Err(NoForecast::NothingHolds);
    }
    let (mut earliest, mut latest, mut basis) = (0, 0, usize::MAX);
    for job in jobs {
        let age = job.age_seconds.ok_or(NoForecast::BeginningNotSeen)?;
        let survivors = history.survivors(&job.backyard, age);
        let misses = (survivors.len() + 1) / (SHARE * jobs.len());
        if misses == 0 {
            let is_old = survivors.is_empty() && history.lives.contains_key(&job.backyard);
            return Err(if is_old { NoForecast::OlderThanAll } else { NoForecast::TooFewObservations });
        }
        let (shortest, longest) = (survivors[misses - 1], survivors[survivors.len() - misses]);
        if longest == NEVER {
            return Err(NoForecast::MayNeverEnd);
        }
        earliest = earliest.max(shortest - age);
        latest = latest.max(longest - age);
        basis = basis.min(survivors.len());
    }
    let after = |seconds: u32| Timestamp(now.0.saturating_add(i64::from(seconds) * 1_000));
    Ok(Forecast::Between {
        earliest: after(earliest),
        latest: after(latest),
        basis: basis as u32,
        confidence_percent: CONFIDENCE_PERCENT,
    })
}
