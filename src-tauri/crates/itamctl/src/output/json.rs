//! One JSON object per command; `docs/itamctl.md` describes them.

use ita_core::domain::live::{Live, Running};
use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::domain::time::Timestamp;
use ita_core::domain::truth::Truth;
use serde::Serialize;

/// A mode as scripts read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Flag {
    On,
    Off,
    Unknown,
}

impl Flag {
    /// Unknown unless it is known now.
    pub(crate) fn of(truth: &Truth<bool>) -> Self {
        truth.known().copied().into()
    }
}

impl Flag {
    /// The same word for people.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::Unknown => "unknown",
        }
    }
}

impl From<Option<bool>> for Flag {
    fn from(on: Option<bool>) -> Self {
        match on {
            Some(true) => Self::On,
            Some(false) => Self::Off,
            None => Self::Unknown,
        }
    }
}

/// The object of `status`.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Status<'a> {
    pub(crate) job_stop: Flag,
    pub(crate) read_only: Flag,
    pub(crate) running: Count,
    pub(crate) platform: &'a str,
    pub(crate) read_at: String,
}

impl<'a> Status<'a> {
    /// What is known of a connection. `read_at` is the workstation's clock when the answers were complete.
    pub(crate) fn new(live: &Live, platform: &'a str, read_at: Timestamp) -> Self {
        Self {
            job_stop: Flag::of(&live.modes.job_stop),
            read_only: Flag::of(&live.modes.read_only),
            running: Count::of(&live.running),
            platform,
            read_at: read_at.to_rfc3339(),
        }
    }
}

/// How many jobs run. Every figure is null where the state is unknown.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Count {
    pub(crate) state: State,
    pub(crate) counted: Option<u32>,
    pub(crate) conductors: Option<u32>,
    pub(crate) unclassified: Option<u32>,
    pub(crate) rows: Option<u32>,
    pub(crate) oldest_update_utc: Option<String>,
    pub(crate) reason: Option<ProblemCode>,
}

/// Whether a figure may be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    Known,
    Unknown,
}

impl Count {
    /// What is known now; the rest is null.
    pub(crate) fn of(running: &Truth<Running>) -> Self {
        match running {
            Truth::Known { value, .. } => Self::known(value),
            Truth::Stale { problem, .. } => Self::unknown(Some(problem.code)),
            Truth::Unknown { problem } => Self::unknown(problem.as_ref().map(|problem| problem.code)),
        }
    }

    /// A complete list. Where the platform's own figures and its rows disagree the larger one is told (product §2), so
    /// that nobody reads a zero that the platform denies.
    pub(crate) fn known(running: &Running) -> Self {
        Self {
            state: State::Known,
            counted: Some(running.deciding.saturating_sub(running.unclassified)),
            conductors: Some(running.conductors),
            unclassified: Some(running.unclassified),
            rows: Some(running.rows),
            oldest_update_utc: running.oldest_update.map(Timestamp::to_rfc3339),
            reason: None,
        }
    }

    /// No list.
    pub(crate) fn unknown(reason: Option<ProblemCode>) -> Self {
        Self {
            state: State::Unknown,
            counted: None,
            conductors: None,
            unclassified: None,
            rows: None,
            oldest_update_utc: None,
            reason,
        }
    }
}

/// One line of JSON.
pub(crate) fn line(value: &impl Serialize) -> Result<String, Problem> {
    let text = serde_json::to_string(value);
    text.map(|text| text + "\n").map_err(|error| Problem::because(ProblemCode::Internal, error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ita_core::domain::modes::ModeReading;
    use ita_core::domain::monitor::Monitor;
    use ita_core::domain::zone::ZoneBasis;

    fn running() -> Running {
        Running {
            reported: 3,
            counted: 3,
            conductors: 2,
            unclassified: 1,
            rows: 6,
            organizations: 1,
            workspaces: 1,
            mismatches: Vec::new(),
            deciding: 4,
            vanished: Vec::new(),
            oldest_update: Some(Timestamp(1_795_428_770_122)),
            platform_time: None,
            took_ms: 1,
        }
    }

    #[test]
    fn a_known_status_is_exactly_this_object() {
        let mut monitor = Monitor::new(1, None, 10);
        monitor.modes_read(ModeReading { job_stop: Some(true), read_only: Some(false) }, Timestamp(1));
        monitor.jobs_read(running(), 1, ZoneBasis::Unproven, Timestamp(1));
        let text = line(&Status::new(monitor.live(), "https://ita.example", Timestamp(0))).expect("JSON");
        let expected = concat!(
            r#"{"job_stop":"on","read_only":"off","running":{"state":"known","counted":3,"conductors":2,"#,
            r#""unclassified":1,"rows":6,"oldest_update_utc":"2026-11-23T10:12:50.122Z","reason":null},"#,
            r#""platform":"https://ita.example","read_at":"1970-01-01T00:00:00.000Z"}"#,
            "\n"
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn nothing_unknown_has_a_number_and_known_parts_stay() {
        let mut monitor = Monitor::new(1, None, 10);
        monitor.modes_read(ModeReading { job_stop: None, read_only: Some(true) }, Timestamp(1));
        monitor.jobs_failed(&Problem::new(ProblemCode::ErrorInDisguise), Timestamp(1));
        let text = line(&Status::new(monitor.live(), "http://x", Timestamp(0))).expect("JSON");
        let expected = concat!(
            r#"{"job_stop":"unknown","read_only":"on","running":{"state":"unknown","counted":null,"conductors":null,"#,
            r#""unclassified":null,"rows":null,"oldest_update_utc":null,"reason":"error_in_disguise"},"#,
            r#""platform":"http://x","read_at":"1970-01-01T00:00:00.000Z"}"#,
            "\n"
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn the_larger_figure_is_told() {
        let denied = Running { counted: 0, unclassified: 0, rows: 2, deciding: 5, ..running() };
        assert_eq!(Count::known(&denied).counted, Some(5), "no row, and the platform says five");
        assert_eq!(Count::known(&running()).counted, Some(3), "the fourth is the row that cannot be classified");
    }
}
