//! When the count may be 0: an interval from what this platform's own jobs did before, or none and why.
//!
//! No law of durations is assumed, only that tonight's jobs are like those before them. A job that has lived for `age` is
//! compared with the recorded jobs of its backyard that lived longer than that. Among those `k` and the job itself every
//! rank is equally likely, so that the end lies below the `l`-th shortest, and above the `l`-th longest, with at most
//! `l / (k + 1)` each. With `n` jobs each may miss on each side by a tenth of `1 / n`: together the interval holds for at
//! least 80 of 100 forecasts, however the jobs depend on each other. The price is many observations, and silence until
//! there are enough.
//!
//! A life is seen through polls and known between two bounds; each side takes the worse one. A job that still runs is
//! among the compared as one that may never end: left out, whoever watches for an hour would believe that all jobs end
//! within it.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::time::Timestamp;

pub mod recorder;
#[cfg(test)]
mod tests;

/// How often the interval holds, at least, of 100.
pub const CONFIDENCE_PERCENT: u32 = 80;
/// With more jobs than this no record is long enough.
pub const MOST_HOLDING: usize = MOST_KEPT / SHARE;
/// Jobs kept per backyard; the oldest make room.
const MOST_KEPT: usize = 1_024;
/// Backyards kept: a hostile answer must not fill the memory.
const MOST_BACKYARDS: usize = 64;
/// What each job may miss on each side is one of this many, divided by the number of jobs.
const SHARE: usize = 200 / (100 - CONFIDENCE_PERCENT as usize);
/// The upper bound of a life whose end was not seen.
const NEVER: u32 = u32::MAX;

/// How long jobs lived, per backyard, from the poll that showed them first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DrainHistory {
    lives: BTreeMap<String, VecDeque<Life>>,
}

/// Seconds: the age in the last poll that showed the job, and in the first that no longer did.
type Life = (u32, u32);

impl DrainHistory {
    /// A job whose first poll was no first poll of all and that left: it lived `at_least` and `at_most` so many seconds.
    pub fn ended(&mut self, backyard: &str, at_least: u32, at_most: u32) {
        self.keep(backyard, (at_least, at_most.min(NEVER - 1)));
    }

    /// A job that lived longer than `seconds`, and whose end was not seen. Without these a backyard with dead jobs would
    /// look better than it is.
    pub fn outlived(&mut self, backyard: &str, seconds: u32) {
        self.keep(backyard, (seconds, NEVER));
    }

    /// The same within the bounds: anybody may have written the file that it comes from.
    fn bounded(self) -> Self {
        let mut bounded = Self::default();
        for (backyard, lives) in self.lives {
            for life in lives {
                bounded.keep(&backyard, life);
            }
        }
        bounded
    }

    fn keep(&mut self, backyard: &str, (at_least, at_most): Life) {
        if !self.lives.contains_key(backyard) && self.lives.len() >= MOST_BACKYARDS {
            return;
        }
        let lives = self.lives.entry(backyard.to_owned()).or_default();
        if lives.len() >= MOST_KEPT {
            lives.pop_front();
        }
        lives.push_back((at_least, at_most.max(at_least)));
    }

    /// Who outlived `age`, the jobs of `running` that began earlier among them.
    fn survivors(&self, backyard: &str, age: u32, running: &[Aged]) -> Survivors {
        let ended = self.lives.get(backyard).into_iter().flatten().copied();
        let older = running.iter().filter(|job| job.backyard == backyard && job.age_seconds > age);
        let lives = ended.chain(older.map(|job| (job.age_seconds, NEVER)));
        let mut found = Survivors::default();
        for (at_least, at_most) in lives.filter(|(_, at_most)| *at_most > age) {
            found.certain += usize::from(at_least >= age);
            found.shortest.push(at_least.max(age));
            found.longest.push(at_most);
        }
        found.shortest.sort_unstable();
        found.longest.sort_unstable_by(|a, b| b.cmp(a));
        found
    }
}

/// The lives that are longer than an age, or may be.
#[derive(Default)]
struct Survivors {
    /// How many are longer for certain. Fewer to compare with, and more that might bound it: both make the interval wider.
    certain: usize,
    /// Their lower bounds, ascending.
    shortest: Vec<u32>,
    /// Their upper bounds, descending.
    longest: Vec<u32>,
}

/// A job whose beginning was seen and that still runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aged {
    /// Container name.
    pub backyard: String,
    /// Seconds since the poll that showed it first.
    pub age_seconds: u32,
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

impl Forecast {
    /// None, and why.
    pub const fn none(why: NoForecast) -> Self {
        Self::None { why }
    }
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
    /// Of too many jobs like these the end was not seen.
    MayNeverEnd,
    /// Counts and rows of the list disagree: there may be jobs that nobody sees.
    ListDisagrees,
    /// Jobs began after job stop: more may follow.
    JobsStillStart,
    /// Read-only mode is not off: it keeps jobs from ending.
    ReadOnly,
    /// It is not known what runs.
    CountUnknown,
}

/// The forecast for the jobs that hold at `now`; `running` are all whose beginning was seen.
pub fn forecast(history: &DrainHistory, running: &[Aged], holding: &[HoldingJob], now: Timestamp) -> Forecast {
    interval(history, running, holding, now).unwrap_or_else(Forecast::none)
}

fn interval(
    history: &DrainHistory,
    running: &[Aged],
    holding: &[HoldingJob],
    now: Timestamp,
) -> Result<Forecast, NoForecast> {
    if holding.is_empty() {
        return Err(NoForecast::NothingHolds);
    }
    let (mut earliest, mut latest, mut basis) = (0, 0, usize::MAX);
    for job in holding {
        let age = job.age_seconds.ok_or(NoForecast::BeginningNotSeen)?;
        let survivors = history.survivors(&job.backyard, age, running);
        let misses = (survivors.certain + 1) / (SHARE * holding.len());
        if misses == 0 {
            let is_old = survivors.longest.is_empty() && history.lives.contains_key(&job.backyard);
            return Err(if is_old { NoForecast::OlderThanAll } else { NoForecast::TooFewObservations });
        }
        let (shortest, longest) = (survivors.shortest[misses - 1], survivors.longest[misses - 1]);
        if longest == NEVER {
            return Err(NoForecast::MayNeverEnd);
        }
        earliest = earliest.max(shortest - age);
        latest = latest.max(longest - age);
        basis = basis.min(survivors.certain);
    }
    let after = |seconds: u32| Timestamp(now.0.saturating_add(i64::from(seconds) * 1_000));
    Ok(Forecast::Between {
        earliest: after(earliest),
        latest: after(latest),
        basis: basis as u32,
        confidence_percent: CONFIDENCE_PERCENT,
    })
}
