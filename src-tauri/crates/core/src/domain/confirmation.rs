//! What a switch asks for before it happens (product §3).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::connection::Environment;
use super::live::Running;
use super::modes::{Mode, ModeReading};
use super::truth::Truth;

/// What the user has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Confirmation {
    /// Nothing: the click was enough.
    None,
    /// Read and agree.
    Agree,
    /// Type the connection's name.
    TypeName,
}

/// Why a switch is dangerous. Each asks for the name, in every environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Danger {
    /// Counted (or not classified) jobs run: read-only would freeze them.
    JobsRunning,
    /// How many run is not known.
    CountUnknown,
    /// Job stop is not on, or not known to be.
    JobStopOff,
}

/// What the user gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct Consent {
    /// The explanation was agreed to.
    pub agreed: bool,
    /// The name as typed.
    pub typed_name: Option<String>,
}

/// The dangers of setting `mode` to `on`. Switching off never depends on a count or a known state (product §2).
pub fn dangers(mode: Mode, on: bool, modes: ModeReading, running: &Truth<Running>) -> Vec<Danger> {
    if mode != Mode::ReadOnly || !on {
        return Vec::new();
    }
    let mut found = Vec::new();
    match running.known() {
        None => found.push(Danger::CountUnknown),
        Some(running) if running.deciding > 0 => found.push(Danger::JobsRunning),
        Some(_) => {}
    }
    if modes.job_stop != Some(true) {
        found.push(Danger::JobStopOff);
    }
    found
}

/// What this environment asks for in view of the dangers.
pub fn required(environment: Environment, dangers: &[Danger]) -> Confirmation {
    if !dangers.is_empty() {
        return Confirmation::TypeName;
    }
    match environment {
        Environment::Development => Confirmation::None,
        Environment::Staging | Environment::Production | Environment::Practice => Confirmation::Agree,
    }
}

/// Whether the consent covers what is required. The name must match to the letter.
pub fn is_given(required: Confirmation, consent: &Consent, name: &str) -> bool {
    match required {
        Confirmation::None => true,
        Confirmation::Agree => consent.agreed || consent.typed_name.as_deref() == Some(name),
        Confirmation::TypeName => consent.typed_name.as_deref() == Some(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::problem::{Problem, ProblemCode};
    use crate::domain::time::Timestamp;

    fn running(counted: u32, unclassified: u32) -> Truth<Running> {
        let value = Running {
            reported: counted,
            counted,
            conductors: 2,
            unclassified,
            rows: counted + unclassified + 2,
            organizations: 1,
            workspaces: 1,
            mismatches: Vec::new(),
            deciding: counted + unclassified,
            vanished: Vec::new(),
            oldest_update: None,
            platform_time: None,
            took_ms: 1,
        };
        Truth::Known { value, at: Timestamp(1) }
    }

    const STOPPED: ModeReading = ModeReading { job_stop: Some(true), read_only: Some(false) };

    #[test]
    fn switching_off_is_never_dangerous_whatever_is_unknown() {
        let nothing_known = ModeReading::default();
        for mode in [Mode::JobStop, Mode::ReadOnly] {
            assert!(dangers(mode, false, nothing_known, &Truth::not_read_yet()).is_empty());
        }
    }

    #[test]
    fn read_only_over_running_jobs_asks_for_the_name_everywhere() {
        let found = dangers(Mode::ReadOnly, true, STOPPED, &running(1, 0));
        assert_eq!(found, [Danger::JobsRunning]);
        assert_eq!(required(Environment::Development, &found), Confirmation::TypeName);
    }

    #[test]
    fn rows_that_cannot_be_classified_count_as_running_and_conductors_do_not() {
        assert_eq!(dangers(Mode::ReadOnly, true, STOPPED, &running(0, 1)), [Danger::JobsRunning]);
        assert!(dangers(Mode::ReadOnly, true, STOPPED, &running(0, 0)).is_empty(), "two conductors do not count");
    }

    #[test]
    fn a_stale_zero_is_not_zero() {
        let Truth::Known { value, at } = running(0, 0) else { unreachable!("made above") };
        let stale = Truth::Stale { value, at, since: at, problem: Problem::new(ProblemCode::TimedOut) };
        let found = dangers(Mode::ReadOnly, true, ModeReading::default(), &stale);
        assert_eq!(found, [Danger::CountUnknown, Danger::JobStopOff]);
    }

    #[test]
    fn the_name_must_match_to_the_letter_and_an_agreement_is_not_a_name() {
        let typed = |name: &str| Consent { agreed: true, typed_name: Some(name.to_owned()) };
        assert!(is_given(Confirmation::TypeName, &typed("基幹ITA"), "基幹ITA"));
        assert!(!is_given(Confirmation::TypeName, &typed("基幹ita"), "基幹ITA"));
        assert!(!is_given(Confirmation::TypeName, &Consent { agreed: true, typed_name: None }, "基幹ITA"));
        assert!(!is_given(Confirmation::Agree, &Consent::default(), "基幹ITA"));
    }

    #[test]
    fn each_environment_asks_as_it_must() {
        assert_eq!(required(Environment::Development, &[]), Confirmation::None);
        for careful in [Environment::Staging, Environment::Production, Environment::Practice] {
            assert_eq!(required(careful, &[]), Confirmation::Agree);
        }
        assert!(Environment::Production.has_lock() && Environment::Practice.has_lock());
        assert!(!Environment::Staging.has_lock());
    }
}
