//! In which zone the platform labels its times, by evidence (product §4, platform-contract §5).
//!
//! A label is the container's local time with a `Z` that does not mean UTC; the platform's `ts` is true UTC. What
//! follows from comparing them:
//!
//! * *A row that was updated or appeared between two polls* was written between them. Its label minus that stretch of
//!   UTC holds the offset, and zones differ by multiples of 15 minutes: when exactly one multiple lies in the stretch, the
//!   offset is **proven**. Polls too far apart for that prove nothing.
//! * A row may appear without having been written (a workspace comes back from a backup). So a row counts only when its
//!   workspace was listed before, updated rows go before rows that merely appeared, and all of them must fit and agree:
//!   one that fits no zone makes that poll prove nothing.
//! * *A label after the platform's clock* shows that labels run ahead by at least the difference: **bounded**. If the
//!   workstation's own zone satisfies that it is used, and marked **assumed**.
//! * A proven offset that a later row contradicts is dropped, and the next evidence decides: between two that disagree
//!   nobody is believed.
//! * A zone that the user gave is held against the same evidence. Rows that were written between two polls decide; until
//!   there are some, a label that lies ahead of it by more than a step speaks against it. Then it is **contradicted**.
//!
//! An old job must never look young, nor a young one old: where the zone is not known, in the hour that a clock repeats or
//! leaves out, and after the platform's clock, a label becomes no time at all.

mod clock;
#[cfg(test)]
mod tests;

use jiff::tz::TimeZone;
use serde::Serialize;
use ts_rs::TS;

use super::connection::ZoneSetting;
use super::problem::{Problem, ProblemCode};
use super::time::Timestamp;
pub use clock::LabelClock;
use clock::NamedZone;

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
    /// Said by the user, and the rows say otherwise: raw labels only.
    Contradicted {
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

const MINUTE: i64 = 60_000_000;
/// Zones differ by multiples of this.
const STEP: i64 = 15 * MINUTE;
/// The zones of the earth.
const OFFSETS: std::ops::RangeInclusive<i64> = -12 * 60 * MINUTE..=14 * 60 * MINUTE;
/// How far the clocks of platform, database and containers may differ in a proof. More makes proofs fail, not lie.
const PROOF_SLACK: i64 = 10_000_000;
/// How far they may differ before a label counts as running ahead.
const BOUND_SLACK: i64 = 120_000_000;

/// What one complete answer shows, compared with the one before. Labels and times in microseconds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Observation<'a> {
    /// The platform's clock in the answer before, and how many milliseconds that answer took: its rows were read within
    /// that time.
    pub previous: Option<(Timestamp, u32)>,
    /// The platform's clock in this answer.
    pub platform_time: Option<Timestamp>,
    /// The newest label of all rows, as [`newest_plausible`] finds it.
    pub newest_label: Option<i64>,
    /// Labels of rows that appeared in workspaces that were listed before.
    pub appeared: &'a [i64],
    /// Labels of rows that were listed with another label before.
    pub updated: &'a [i64],
}

/// The newest label that some zone on earth could show at that time. A year 9999 is no evidence.
pub fn newest_plausible(labels: impl Iterator<Item = i64>, platform_time: Timestamp) -> Option<i64> {
    let latest = micros(platform_time).saturating_add(OFFSETS.end() + BOUND_SLACK);
    labels.filter(|label| *label <= latest).max()
}

/// What is known about the zone of the platform's labels. A value: every observation makes a new one.
#[derive(Debug, Clone, PartialEq)]
pub struct ZoneEvidence {
    given: Option<Given>,
    proven_minutes: Option<i32>,
    ahead: Option<Ahead>,
    workstation: TimeZone,
}

/// What the user said.
#[derive(Debug, Clone, PartialEq)]
struct Given {
    zone: NamedZone,
    /// What the rows say to it; `None` while they say nothing.
    fits: Option<bool>,
}

/// A label that lies after the platform's clock.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Ahead {
    at_least_minutes: i32,
    label: i64,
}

impl ZoneEvidence {
    /// From the connection's setting, the offset that was proven for it before, and the workstation's own zone.
    /// [`ProblemCode::BadArgument`] for a zone that does not exist.
    pub fn new(setting: &ZoneSetting, proven_minutes: Option<i32>, workstation: TimeZone) -> Result<Self, Problem> {
        let given = match setting {
            ZoneSetting::Automatic => None,
            ZoneSetting::Zone { name } => {
                let zone = NamedZone::find(name)
                    .ok_or_else(|| Problem::because(ProblemCode::BadArgument, format!("zone {name}")))?;
                Some(Given { zone, fits: None })
            }
        };
        Ok(Self { given, proven_minutes, ahead: None, workstation })
    }

    /// The evidence after one more answer.
    #[must_use]
    pub fn observe(mut self, seen: &Observation<'_>) -> Self {
        let shown = seen.shows();
        let ahead = seen.ahead();
        if let Some(given) = &mut self.given {
            given.fits = given.fits_after(seen, shown.as_deref(), ahead);
        }
        let is_contradicted = self.proven_minutes.is_some_and(|proven| {
            shown.as_ref().is_some_and(|offsets| offsets.iter().any(|offset| *offset != proven))
                || ahead.is_some_and(|ahead| ahead.at_least_minutes > proven)
        });
        if is_contradicted {
            self.proven_minutes = None;
            self.ahead = ahead;
            return self;
        }
        if let Some([offset]) = shown.as_deref() {
            let is_possible = ahead.is_none_or(|ahead| *offset >= ahead.at_least_minutes);
            self.proven_minutes = is_possible.then_some(*offset);
        }
        if ahead.map(|it| it.at_least_minutes) > self.ahead.map(|it| it.at_least_minutes) {
            self.ahead = ahead;
        }
        self
    }

    /// How labels are read, and why.
    pub fn basis(&self) -> ZoneBasis {
        if let Some(Given { zone, fits }) = &self.given {
            let name = zone.name().to_owned();
            return if *fits == Some(false) { ZoneBasis::Contradicted { name } } else { ZoneBasis::Given { name } };
        }
        if let Some(offset_minutes) = self.proven_minutes {
            return ZoneBasis::Proven { offset_minutes };
        }
        let Some(Ahead { at_least_minutes, label }) = self.ahead else { return ZoneBasis::Unproven };
        match clock::offset_minutes(&self.workstation, label) {
            Some(own) if own >= at_least_minutes => ZoneBasis::Assumed { offset_minutes: own },
            _ => ZoneBasis::Bounded { at_least_minutes },
        }
    }

    /// The proven offset in minutes, to be remembered with the connection; `None` to be forgotten.
    pub const fn proven_minutes(&self) -> Option<i32> {
        self.proven_minutes
    }

    /// The conversion from labels to UTC that this evidence allows, in an answer that the platform gave at that time.
    pub fn clock(&self, platform_time: Option<Timestamp>) -> LabelClock {
        let latest = platform_time.map_or(i64::MAX, |now| micros(now).saturating_add(BOUND_SLACK));
        match (self.basis(), &self.given) {
            (ZoneBasis::Proven { offset_minutes } | ZoneBasis::Assumed { offset_minutes }, _) => {
                LabelClock::fixed(offset_minutes, latest)
            }
            (ZoneBasis::Given { .. }, Some(given)) => LabelClock::named(given.zone.clone(), latest),
            _ => LabelClock::unknown(latest),
        }
    }
}

impl Given {
    /// Less than a step ahead is a clock that is set wrong, and no other zone.
    fn fits_after(&self, seen: &Observation<'_>, shown: Option<&[i32]>, ahead: Option<Ahead>) -> Option<bool> {
        if let Some([offset]) = shown {
            // The zone's own clocks may have been set between the two polls.
            let mut polls = seen.previous.map(|(before, _)| before).into_iter().chain(seen.platform_time);
            return Some(polls.any(|poll| self.zone.offset_minutes_at(poll) == Some(*offset)));
        }
        let is_passed = ahead.is_some_and(|Ahead { at_least_minutes, label }| {
            let own = self.zone.offset_minutes_of(label);
            own.is_some_and(|own| i64::from(at_least_minutes - own) * MINUTE > STEP)
        });
        if is_passed && self.fits.is_none() {
            return Some(false);
        }
        self.fits
    }
}

impl Observation<'_> {
    /// The offsets, in minutes, that this poll's rows show: `None` where it proves nothing, several where rows disagree.
    fn shows(&self) -> Option<Vec<i32>> {
        let (before, took_ms) = self.previous?;
        let (earliest, latest) =
            (micros(before) - i64::from(took_ms) * 1_000 - PROOF_SLACK, micros(self.platform_time?) + PROOF_SLACK);
        let is_narrow = earliest <= latest - 2 * PROOF_SLACK && latest - earliest < STEP;
        if !is_narrow {
            return None;
        }
        let labels = if self.updated.is_empty() { self.appeared } else { self.updated };
        let mut offsets = labels
            .iter()
            .map(|label| only_offset_between(label - latest, label - earliest))
            .collect::<Option<Vec<_>>>()?;
        offsets.sort_unstable();
        offsets.dedup();
        (!offsets.is_empty()).then_some(offsets)
    }

    fn ahead(&self) -> Option<Ahead> {
        let label = self.newest_label?;
        let difference = label - micros(self.platform_time?) - BOUND_SLACK;
        let at_least = next_step(difference);
        let is_offset = at_least > 0 && OFFSETS.contains(&at_least);
        is_offset.then_some(Ahead { at_least_minutes: (at_least / MINUTE) as i32, label })
    }
}

/// The zone step between two differences less than a step apart, in minutes.
fn only_offset_between(low: i64, high: i64) -> Option<i32> {
    let step = next_step(low);
    (step <= high && OFFSETS.contains(&step)).then_some((step / MINUTE) as i32)
}

/// Rounds up to a multiple of [`STEP`].
const fn next_step(micros: i64) -> i64 {
    -(-micros).div_euclid(STEP) * STEP
}

const fn micros(time: Timestamp) -> i64 {
    time.0.saturating_mul(1_000)
}
