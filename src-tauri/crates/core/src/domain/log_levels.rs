//! How much the platform's services write into their logs (product §11, platform-contract §8).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::problem::Problem;
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
    /// Not sent, because of something else.
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
    /// The level as it was read last; null where the platform says null, or nothing could be read.
    pub read: Option<String>,
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
    pub levels: Truth<Vec<ServiceLevel>>,
}

/// The level of a service; the outer `None`: there is no such service.
pub fn level_of<'a>(levels: &'a [ServiceLevel], service: &str) -> Option<Option<&'a str>> {
    levels.iter().find(|level| level.service == service).map(|level| level.level.as_deref())
}

/// What a read right before the write says of what is wanted: `None` for a level that is to be sent. One that was changed
/// elsewhere keeps all others from being sent, for whoever agreed has seen another picture.
pub fn before_the_write(levels: &[ServiceLevel], wanted: &[LevelChange]) -> Vec<Option<LevelOutcome>> {
    let outcome = |change: &LevelChange| match level_of(levels, &change.service) {
        Some(now) if now == Some(change.to.api_value()) => Some(LevelOutcome::Already),
        Some(now) if now == change.from.as_deref() => None,
        _ => Some(LevelOutcome::ChangedElsewhere),
    };
    let outcomes: Vec<_> = wanted.iter().map(outcome).collect();
    if !outcomes.contains(&Some(LevelOutcome::ChangedElsewhere)) {
        return outcomes;
    }
    outcomes.into_iter().map(|outcome| outcome.or(Some(LevelOutcome::NotSent))).collect()
}

/// What the read-back says of a level that the platform accepted.
pub fn after_the_write(levels: &[ServiceLevel], change: &LevelChange) -> LevelOutcome {
    match level_of(levels, &change.service) {
        Some(now) if now == Some(change.to.api_value()) => LevelOutcome::Done,
        Some(_) => LevelOutcome::WithoutEffect,
        None => LevelOutcome::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(all: &[(&str, Option<&str>)]) -> Vec<ServiceLevel> {
        let level = |(service, level): &(&str, Option<&str>)| {
            (String::from(*service), level.map(std::borrow::ToOwned::to_owned))
        };
        all.iter().map(level).map(|(service, level)| ServiceLevel { service, level }).collect()
    }

    fn to_debug(service: &str, from: Option<&str>) -> LevelChange {
        LevelChange { service: service.to_owned(), from: from.map(str::to_owned), to: LogLevel::Debug }
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
        assert_eq!(after_the_write(&now, &to_debug("a", None)), LevelOutcome::WithoutEffect);
        assert_eq!(after_the_write(&now, &to_debug("b", None)), LevelOutcome::Unknown);
        assert_eq!(before_the_write(&now, &[to_debug("b", None)]), [Some(LevelOutcome::ChangedElsewhere)]);
    }
}
