//! How long jobs live, learned from one list to the next. Pure: lists and instants are arguments.
//!
//! What a gap between two lists hides is not made up. A job that first shows after a long one began nobody knows when, and
//! is not watched. One that left in it lived at least until the last list before and at most until the first one after.
//! Which jobs are watched depends on when they began and never on how long they live: else the record would be skewed.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::{forecast, Aged, DrainHistory, Forecast, HoldingJob, NoForecast};
use crate::domain::time::Timestamp;

#[cfg(test)]
mod tests;

/// Jobs that are watched at a time. Those beyond are neither recorded nor have an age.
pub const MOST_WATCHED: usize = 4_096;
/// A job began between two lists that are at most so far apart, ms. The usual pace of a hidden window is within it.
const BEGINNING_MS: i64 = 120_000;

/// Organization, workspace, container, job id.
pub type JobKey = [String; 4];

/// What another complete and consistent list says beside the one before.
#[derive(Debug, Default)]
pub struct Changes {
    /// The one before was the last that the recorder saw. Otherwise only watched jobs are spoken of.
    pub is_next: bool,
    /// Jobs that were not in it.
    pub appeared: Vec<JobKey>,
    /// Jobs that are not in this one.
    pub left: Vec<JobKey>,
    /// The same, and their workspace is gone too: they were taken away, which is no end.
    pub taken: Vec<JobKey>,
}

/// What was learned, and the jobs that are watched.
#[derive(Debug, Clone, Default)]
pub struct Recorder {
    history: DrainHistory,
    running: HashMap<JobKey, Begun>,
    /// Not in the last list. A list may leave out a job once, so that the next one decides.
    leaving: HashMap<JobKey, Leaving>,
    /// When the last list was read.
    last: Option<Timestamp>,
}

/// The poll that showed a job first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Begun {
    at: Timestamp,
    /// Jobs that appear together may depend on each other, and count as one observation: only one of them is recorded.
    counts: bool,
}

#[derive(Debug, Clone, Copy)]
struct Leaving {
    begun: Begun,
    at_least: u32,
    at_most: u32,
}

/// A recorder between two sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    history: DrainHistory,
    running: Vec<(JobKey, Begun)>,
    last: Option<Timestamp>,
}

impl Recorder {
    /// Goes on where a record ended. Its jobs may have left meanwhile: that is a gap as any other.
    pub fn resume(record: Record) -> Self {
        let Record { history, running, last } = record;
        let running = running.into_iter().take(MOST_WATCHED).collect();
        Self { history: history.bounded(), running, leaving: HashMap::new(), last }
    }

    /// What another session can go on with.
    pub fn record(&self) -> Record {
        let mut history = self.history.clone();
        for (key, leaving) in &self.leaving {
            ended(&mut history, key, leaving);
        }
        let mut running: Vec<_> = self.running.iter().map(|(key, begun)| (key.clone(), *begun)).collect();
        running.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Record { history, running, last: self.last }
    }

    /// The jobs that are watched, those that a list has just left out among them.
    pub fn watched(&self) -> impl Iterator<Item = &JobKey> {
        self.running.keys().chain(self.leaving.keys())
    }

    /// Another list, read at `now`.
    pub fn read(&mut self, changes: Changes, now: Timestamp) {
        let Some(last) = self.last.replace(now) else { return };
        if now < last {
            // The clock was set back: no age of before is one any more.
            self.running.clear();
            self.leaving.clear();
            return;
        }
        let is_seen = changes.is_next && now.since(last) <= BEGINNING_MS;
        let mut begun = Vec::new();
        for key in changes.appeared {
            match self.leaving.remove(&key) {
                Some(back) => _ = self.running.insert(key, back.begun),
                None if is_seen => begun.push(key),
                None => {}
            }
        }
        for (key, leaving) in self.leaving.drain() {
            ended(&mut self.history, &key, &leaving);
        }
        for key in changes.left {
            if let Some(begun) = self.running.remove(&key) {
                let (at_least, at_most) = (seconds(begun.at, last), seconds(begun.at, now));
                self.leaving.insert(key, Leaving { begun, at_least, at_most });
            }
        }
        for key in changes.taken {
            if let Some(begun) = self.running.remove(&key).filter(|begun| begun.counts) {
                self.history.outlived(backyard(&key), seconds(begun.at, last));
            }
        }
        self.watch(begun, now);
    }

    /// Of the jobs of a backyard that appear together the one with the smallest id is recorded: ids say nothing of lives.
    fn watch(&mut self, begun: Vec<JobKey>, at: Timestamp) {
        let mut chosen = BTreeMap::<String, usize>::new();
        for (index, key) in begun.iter().enumerate() {
            let first = chosen.entry(backyard(key).to_owned()).or_insert(index);
            if key[3] < begun[*first][3] {
                *first = index;
            }
        }
        let mut begun: Vec<_> = begun
            .into_iter()
            .enumerate()
            .map(|(index, key)| (chosen.get(backyard(&key)) == Some(&index), key))
            .collect();
        // Where not all find room, those that are recorded come first.
        begun.sort_by_key(|(counts, _)| !counts);
        let room = MOST_WATCHED.saturating_sub(self.running.len());
        for (counts, key) in begun.into_iter().take(room) {
            // Of two jobs with one name nobody could tell which ends.
            if self.running.insert(key.clone(), Begun { at, counts }).is_some() {
                self.running.remove(&key);
            }
        }
    }

    /// The forecast for the jobs that hold in the last list.
    pub fn forecast(&self, holding: &[JobKey]) -> Forecast {
        let Some(now) = self.last else { return Forecast::none(NoForecast::CountUnknown) };
        let age = |begun: &Begun| seconds(begun.at, now);
        let running = self.running.iter().filter(|(_, begun)| begun.counts);
        let running: Vec<_> =
            running.map(|(key, begun)| Aged { backyard: backyard(key).to_owned(), age_seconds: age(begun) }).collect();
        let holding: Vec<_> = holding
            .iter()
            .map(|key| HoldingJob { backyard: backyard(key).to_owned(), age_seconds: self.running.get(key).map(age) })
            .collect();
        forecast(&self.history, &running, &holding, now)
    }
}

fn ended(history: &mut DrainHistory, key: &JobKey, leaving: &Leaving) {
    if leaving.begun.counts {
        history.ended(backyard(key), leaving.at_least, leaving.at_most);
    }
}

fn backyard(key: &JobKey) -> &str {
    &key[2]
}

fn seconds(from: Timestamp, to: Timestamp) -> u32 {
    u32::try_from(to.since(from) / 1_000).unwrap_or(u32::MAX)
}
