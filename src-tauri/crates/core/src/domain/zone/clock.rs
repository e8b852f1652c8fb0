//! From a label to an instant.

use std::sync::Arc;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

const SECOND: i64 = 1_000_000;
/// From 1970 to 2100 a zone's offsets are tabulated: a million labels are converted for one sort.
const TABULATED: std::ops::Range<i64> = 0..4_102_444_800;

/// A zone by name, with its offsets in order of local time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NamedZone {
    name: Arc<str>,
    zone: TimeZone,
    stretches: Arc<[Stretch]>,
}

/// Local times with one offset and no doubt.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stretch {
    start: i64,
    end: i64,
    offset: i64,
}

impl NamedZone {
    /// `UTC` or an IANA name.
    pub(super) fn find(name: &str) -> Option<Self> {
        let zone = TimeZone::get(name).ok()?;
        let stretches = stretches(&zone).into();
        Some(Self { name: name.into(), zone, stretches })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Minutes that it runs ahead of UTC at an instant.
    pub(super) fn offset_minutes_at(&self, instant: super::Timestamp) -> Option<i32> {
        let instant = Timestamp::from_millisecond(instant.0).ok()?;
        Some(self.zone.to_offset(instant).seconds() / 60)
    }

    /// Minutes that it runs ahead of UTC at a label of its own.
    pub(super) fn offset_minutes_of(&self, label: i64) -> Option<i32> {
        offset_minutes(&self.zone, label)
    }

    fn utc(&self, label: i64) -> Option<i64> {
        if !(TABULATED.start * SECOND..TABULATED.end * SECOND).contains(&label) {
            let instant = self.zone.to_ambiguous_timestamp(civil(label)?).unambiguous().ok()?;
            return Some(instant.as_microsecond());
        }
        let after = self.stretches.partition_point(|stretch| stretch.start <= label);
        let stretch = self.stretches.get(after.checked_sub(1)?)?;
        (label < stretch.end).then(|| label - stretch.offset)
    }
}

/// Where a clock is set back an hour occurs twice, where it is set forward one never occurs: neither is in a stretch.
fn stretches(zone: &TimeZone) -> Vec<Stretch> {
    // A day of margin on both sides, so that the local times of the tabulated range are all inside.
    let (first, last) = (TABULATED.start - 86_400, TABULATED.end + 86_400);
    let Ok(start) = Timestamp::from_second(first) else { return Vec::new() };
    let mut offset = i64::from(zone.to_offset(start).seconds());
    let mut from = first + offset;
    let mut stretches = Vec::new();
    for transition in zone.following(start) {
        let at = transition.timestamp().as_second();
        if at >= last {
            break;
        }
        let next = i64::from(transition.offset().seconds());
        stretches.push(Stretch {
            start: from * SECOND,
            end: (at + offset.min(next)) * SECOND,
            offset: offset * SECOND,
        });
        from = at + offset.max(next);
        offset = next;
    }
    stretches.push(Stretch { start: from * SECOND, end: (last + offset) * SECOND, offset: offset * SECOND });
    stretches
}

/// How labels become instants.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelClock {
    reading: Reading,
    /// The last instant that an update can have been at: what is after the platform's clock was not read rightly.
    latest: i64,
}

#[derive(Debug, Clone, PartialEq)]
enum Reading {
    Unknown,
    Fixed { offset: i64 },
    Named(NamedZone),
}

impl LabelClock {
    pub(super) const fn unknown(latest: i64) -> Self {
        Self { reading: Reading::Unknown, latest }
    }

    pub(super) const fn fixed(offset_minutes: i32, latest: i64) -> Self {
        Self { reading: Reading::Fixed { offset: offset_minutes as i64 * super::MINUTE }, latest }
    }

    pub(super) const fn named(zone: NamedZone, latest: i64) -> Self {
        Self { reading: Reading::Named(zone), latest }
    }

    /// Microseconds since 1970 in UTC for a label in microseconds on its own calendar; `None` while the zone is not
    /// known, in an hour that the zone's clocks repeat or leave out, and after the platform's clock.
    pub fn utc(&self, label: i64) -> Option<i64> {
        let utc = match &self.reading {
            Reading::Unknown => None,
            Reading::Fixed { offset } => Some(label - offset),
            Reading::Named(zone) => zone.utc(label),
        };
        utc.filter(|utc| *utc <= self.latest)
    }

    /// Where labels in order are instants in order, so that they can be sorted as they are: the last one that can be a
    /// time.
    pub(crate) const fn last_in_order(&self) -> Option<i64> {
        match &self.reading {
            Reading::Unknown => Some(self.latest.saturating_add(*super::OFFSETS.end())),
            Reading::Fixed { offset } => Some(self.latest.saturating_add(*offset)),
            Reading::Named(_) => None,
        }
    }
}

/// Minutes that a zone runs ahead of UTC at a label of its own; `None` where its clocks leave that in doubt.
pub(super) fn offset_minutes(zone: &TimeZone, label: i64) -> Option<i32> {
    let instant = zone.to_ambiguous_timestamp(civil(label)?).unambiguous().ok()?;
    Some(zone.to_offset(instant).seconds() / 60)
}

fn civil(label: i64) -> Option<DateTime> {
    DateTime::constant(1970, 1, 1, 0, 0, 0, 0).checked_add(SignedDuration::from_micros(label)).ok()
}
