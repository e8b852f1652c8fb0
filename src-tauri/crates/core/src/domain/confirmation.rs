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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
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
        Some(running) if running.deciding() > 0 => found.push(Danger::JobsRunning),
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
