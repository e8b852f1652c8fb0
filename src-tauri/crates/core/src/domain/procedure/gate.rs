//! The quiet gate: "count 0 and read-only on" is not yet "nothing writes" (platform-contract §9).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::state::Procedure;
use crate::domain::time::Timestamp;

/// A condition of the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum GateCondition {
    /// Nothing holds.
    CountIsZero,
    /// The newest list is complete and agrees with its counts.
    ListIsComplete,
    /// Read-only was freshly read as on.
    ReadOnlyIsOn,
    /// The settle clock ran out, or the services were restarted.
    HasSettled,
}

/// Each condition by itself, as the window shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export, rename = "QuietGate")]
#[expect(clippy::struct_excessive_bools, reason = "four conditions that the window shows one by one")]
pub struct Gate {
    /// Nothing holds.
    pub count_is_zero: bool,
    /// The newest list is complete and agrees with its counts.
    pub list_is_complete: bool,
    /// Read-only was freshly read as on.
    pub read_only_is_on: bool,
    /// The settle clock ran out, or the services were restarted.
    pub has_settled: bool,
    /// What the settle clock still misses, ms.
    #[ts(type = "number")]
    pub remaining_ms: i64,
    /// The newest proven zero; kept while the platform is away.
    pub last_zero: Option<Timestamp>,
}

impl Gate {
    /// The gate of a procedure.
    pub fn of(state: &Procedure, now: Timestamp) -> Self {
        let remaining_ms = state.settled.remaining_ms(state.options.settle_minutes);
        Self {
            count_is_zero: state.holding() == Some(0),
            list_is_complete: state.complete_jobs().is_some_and(|jobs| jobs.is_consistent),
            read_only_is_on: state.read_only.is_freshly(true, now),
            has_settled: state.services_restarted || remaining_ms == 0,
            remaining_ms,
            last_zero: state.last_zero,
        }
    }

    /// "Quiet": all of them.
    pub fn is_quiet(&self) -> bool {
        self.unmet().is_empty()
    }

    /// What is missing to that.
    pub fn unmet(&self) -> Vec<GateCondition> {
        let all = [
            (self.count_is_zero, GateCondition::CountIsZero),
            (self.list_is_complete, GateCondition::ListIsComplete),
            (self.read_only_is_on, GateCondition::ReadOnlyIsOn),
            (self.has_settled, GateCondition::HasSettled),
        ];
        all.into_iter().filter(|(is_met, _)| !is_met).map(|(_, condition)| condition).collect()
    }
}
