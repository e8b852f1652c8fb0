//! How much the platform's services write into their logs (product §11, platform-contract §8).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::problem::Problem;
use super::time::Timestamp;
use super::truth::Truth;

/// A level that a service can be set to, as the platform writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "UPPERCASE")]
#[ts(export)]
pub enum LogLevel {
    /// `INFO`.
    Info,
    /// `DEBUG`.
    Debug,
}

impl LogLevel {
    /// As the platform writes it.
    pub const fn api_value(self) -> &'static str {
        match self {
            Self::Info => "INFO",
            Self::Debug => "DEBUG",
        }
    }
}

/// A service and its level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ServiceLevel {
    /// Its name in the API.
    pub service: String,
    /// As sent, whatever it is; null where the platform says null.
    pub level: Option<String>,
}

/// What an answer says of one service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "reading", content = "level", rename_all = "snake_case")]
#[ts(export)]
pub enum LevelReading {
    /// This level, whatever it is.
    Level(String),
    /// It has none: null.
    Null,
    /// Nothing: the service is not in the answer.
    Absent,
    /// There is no answer to go by.
    Unread,
}

impl LevelReading {
    /// What was sent of a service that is in the answer.
    fn sent(level: Option<&str>) -> Self {
        level.map_or(Self::Null, |level| Self::Level(level.to_owned()))
    }

    fn is(&self, level: LogLevel) -> bool {
        matches!(self, Self::Level(read) if read == level.api_value())
    }
}

/// A level that is not what it was, and this workstation did not do it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ObservedLevel {
    /// Which service.
    pub service: String,
    /// As it was read before.
    pub from: LevelReading,
    /// As it was read now.
    pub to: LevelReading,
    /// When it was noticed.
    pub at: Timestamp,
}

/// What is known of the levels.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct LogLevels {
    /// All services that the newest answer names, by name.
    pub services: Vec<ServiceLevel>,
    /// What changed elsewhere since the first answer, the newest of each service; one that is gone is here and nowhere else.
    pub elsewhere: Vec<ObservedLevel>,
}

impl LogLevels {
    /// What it says of a service.
    pub fn of(&self, service: &str) -> LevelReading {
        let found = self.services.iter().find(|level| level.service == service);
        found.map_or(LevelReading::Absent, |found| LevelReading::sent(found.level.as_deref()))
    }

    /// A new answer takes its place. What differs from it somebody else did, except for what came out as it was `sent` from
    /// here; that is returned too.
    pub fn read_again(
        &mut self,
        services: Vec<ServiceLevel>,
        sent: &[LevelChange],
        now: Timestamp,
    ) -> Vec<ObservedLevel> {
        let before = std::mem::replace(&mut self.services, services);
        let before = Self { services: before, elsewhere: Vec::new() };
        let gone = before.services.iter().filter(|it| self.of(&it.service) == LevelReading::Absent);
        let mut names: Vec<_> = self.services.iter().chain(gone).map(|level| &level.service).collect();
        names.sort();
        let difference = |service: &String| {
            let (from, to) = (before.of(service), self.of(service));
            (from != to).then(|| ObservedLevel { service: service.clone(), from, to, at: now })
        };
        let differences: Vec<_> = names.into_iter().filter_map(difference).collect();
        let is_ours =
            |it: &ObservedLevel| sent.iter().any(|change| change.service == it.service && it.to.is(change.to));
        let (ours, elsewhere): (Vec<_>, Vec<_>) = differences.into_iter().partition(is_ours);
        self.elsewhere.retain(|old| !ours.iter().chain(&elsewhere).any(|new| new.service == old.service));
        self.elsewhere.extend(elsewhere.iter().cloned());
        elsewhere
    }
}

/// A level that somebody wants, beside the one that they saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LevelChange {
    /// Which service.
    pub service: String,
    /// What was shown when it was asked for.
    pub from: Option<String>,
    /// To what.
    pub to: LogLevel,
}

/// What became of one wanted level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum LevelOutcome {
    /// The read-back agrees.
    Done,
    /// It was so already: not sent.
    Already,
    /// Nothing of it left this workstation.
    NotSent,
    /// It is not what was shown any more, or the service is gone: nothing was sent, of the others neither.
    ChangedElsewhere,
    /// The platform said no; nothing changed.
    Refused,
    /// The platform said yes and the read-back disagrees.
    WithoutEffect,
    /// Nobody knows.
    Unknown,
}

/// One wanted level and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ChangedLevel {
    /// What was wanted.
    #[serde(flatten)]
    pub change: LevelChange,
    /// What became of it.
    pub outcome: LevelOutcome,
    /// As it was read last.
    pub read: LevelReading,
}

/// How a change of levels ended.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct LogLevelsOutcome {
    /// Each that was wanted.
    pub services: Vec<ChangedLevel>,
    /// What went wrong, if anything did.
    pub problem: Option<Problem>,
    /// All services as they are known now.
    pub levels: Truth<LogLevels>,
}

/// What a read right before the write says of what is wanted: `None` for a level that is to be sent. One that was changed
/// elsewhere keeps all others from being sent, for whoever agreed has seen another picture.
pub fn before_the_write(levels: &LogLevels, wanted: &[LevelChange]) -> Vec<Option<LevelOutcome>> {
    let outcome = |change: &LevelChange| match levels.of(&change.service) {
        now if now.is(change.to) => Some(LevelOutcome::Already),
        now if now == LevelReading::sent(change.from.as_deref()) => None,
        _ => Some(LevelOutcome::ChangedElsewhere),
    };
    let outcomes: Vec<_> = wanted.iter().map(outcome).collect();
    if !outcomes.contains(&Some(LevelOutcome::ChangedElsewhere)) {
        return outcomes;
    }
    outcomes.into_iter().map(|outcome| outcome.or(Some(LevelOutcome::NotSent))).collect()
}

/// What the read-back says of a level that the platform accepted.
pub fn after_the_write(levels: &LogLevels, change: &LevelChange) -> LevelOutcome {
    match levels.of(&change.service) {
        now if now.is(change.to) => LevelOutcome::Done,
        LevelReading::Level(_) | LevelReading::Null => LevelOutcome::WithoutEffect,
        LevelReading::Absent | LevelReading::Unread => LevelOutcome::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(7);

    fn services(all: &[(&str, Option<&str>)]) -> Vec<ServiceLevel> {
        let level = |(service, level): &(&str, Option<&str>)| {
            (String::from(*service), level.map(std::borrow::ToOwned::to_owned))
        };
        all.iter().map(level).map(|(service, level)| ServiceLevel { service, level }).collect()
    }

    fn levels(all: &[(&str, Option<&str>)]) -> LogLevels {
        LogLevels { services: services(all), elsewhere: Vec::new() }
    }

    fn to_debug(service: &str, from: Option<&str>) -> LevelChange {
        LevelChange { service: service.to_owned(), from: from.map(str::to_owned), to: LogLevel::Debug }
    }

    fn level(level: &str) -> LevelReading {
        LevelReading::Level(level.to_owned())
    }

    fn observed(service: &str, from: LevelReading, to: LevelReading) -> ObservedLevel {
        ObservedLevel { service: service.to_owned(), from, to, at: NOW }
    }

    #[test]
    fn only_what_differs_is_sent() {
        let now = levels(&[("a", Some("INFO")), ("b", Some("DEBUG")), ("c", None), ("d", Some("TRACE"))]);
        let wanted = [
            to_debug("a", Some("INFO")),
            to_debug("b", Some("INFO")),
            to_debug("c", None),
            to_debug("d", Some("TRACE")),
        ];
        assert_eq!(before_the_write(&now, &wanted), [None, Some(LevelOutcome::Already), None, None]);
    }

    #[test]
    fn one_that_is_not_as_it_was_shown_or_is_gone_keeps_all_from_being_sent() {
        let shown = to_debug("a", Some("INFO"));
        for (service, from) in [("b", Some("WARN")), ("b", None), ("gone", Some("INFO"))] {
            let now = levels(&[("a", Some("INFO")), ("b", Some("INFO"))]);
            let outcomes = before_the_write(&now, &[shown.clone(), to_debug(service, from)]);
            assert_eq!(
                outcomes,
                [Some(LevelOutcome::NotSent), Some(LevelOutcome::ChangedElsewhere)],
                "{service} {from:?}"
            );
        }
    }

    #[test]
    fn a_null_is_no_absent_service() {
        let now = levels(&[("a", None)]);
        assert_eq!((now.of("a"), now.of("b")), (LevelReading::Null, LevelReading::Absent));
        assert_eq!(after_the_write(&now, &to_debug("a", None)), LevelOutcome::WithoutEffect);
        assert_eq!(after_the_write(&now, &to_debug("b", None)), LevelOutcome::Unknown);
        assert_eq!(before_the_write(&now, &[to_debug("b", None)]), [Some(LevelOutcome::ChangedElsewhere)]);
    }

    #[test]
    fn what_differs_from_the_last_answer_and_was_not_sent_from_here_was_changed_elsewhere() {
        let mut known = levels(&[("a", Some("INFO")), ("b", Some("DEBUG")), ("c", None), ("gone", Some("INFO"))]);
        let now = services(&[("a", Some("DEBUG")), ("b", Some("INFO")), ("c", Some("INFO")), ("new", Some("INFO"))]);
        let expected = [
            observed("b", level("DEBUG"), level("INFO")),
            observed("c", LevelReading::Null, level("INFO")),
            observed("gone", level("INFO"), LevelReading::Absent),
            observed("new", LevelReading::Absent, level("INFO")),
        ];
        let sent = [to_debug("a", Some("INFO")), to_debug("c", None)];
        assert_eq!(known.read_again(now.clone(), &sent, NOW), expected, "c came out as nobody here wanted it");
        assert_eq!(known.elsewhere, expected);
        assert_eq!(known.read_again(now, &[], NOW), [], "no news, and what was noticed stays");
        assert_eq!(known.elsewhere, expected);
    }

    #[test]
    fn of_each_service_the_newest_change_counts_and_one_of_ours_ends_it() {
        let mut known = levels(&[("a", Some("INFO")), ("b", Some("INFO"))]);
        known.read_again(services(&[("a", Some("WARN")), ("b", Some("WARN"))]), &[], NOW);
        let sent = [to_debug("a", Some("WARN"))];
        known.read_again(services(&[("a", Some("DEBUG")), ("b", None)]), &sent, NOW);
        assert_eq!(known.elsewhere, [observed("b", level("WARN"), LevelReading::Null)]);
    }
}
