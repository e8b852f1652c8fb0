//! What each remaining row is, why, and what to do about it. Codes and values; the sentences live in the catalogues.

use std::collections::BTreeSet;

use serde::Serialize;
use ts_rs::TS;

use crate::domain::time::Timestamp;
use crate::domain::vocabulary::JobClass;

/// A state that stood this long counts as standing, ms.
const LONG_MS: i64 = 30 * 60_000;
/// A conductor's status "paused" (platform-contract §5).
const PAUSED: &str = "5";

/// A row that is left, from the job table and what the polls remember of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowSeen {
    /// Organization id.
    pub organization: String,
    /// Workspace id.
    pub workspace: String,
    /// Container name.
    pub backyard: String,
    /// Its class.
    pub class: JobClass,
    /// Job id.
    pub job_id: String,
    /// Status id, as sent.
    pub status_id: String,
    /// It started after job stop (see [`super::earlier`]).
    pub is_new: bool,
    /// The last update by its label; where that is not known, the poll that showed this status, or this label, first.
    pub unchanged_since: Timestamp,
}

/// What a row is. In the order of urgency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RemainingKind {
    /// Started although job stop is on.
    NewAfterStop,
    /// A container that this product does not know.
    Unclassified,
    /// Never ends by itself.
    Paused,
    /// Same state for long.
    Standing,
    /// A conductor whose movement job stop may keep from starting: no job of its workspace is left.
    WaitingForMovement,
    /// Goes on.
    Moving,
}

/// What to do next about a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum NextStep {
    /// Find out who or what starts jobs.
    FindStarter,
    /// Ask, then waive the container by name.
    WaiveByName,
    /// The owner un-pauses or cancels it, before read-only.
    ResumeOrCancel,
    /// The owner looks at it, and stops it if it is dead, before read-only.
    AskOwner,
    /// The owner accepts that it goes on after the maintenance, or cancels it.
    AcceptOrCancel,
    /// Wait.
    Wait,
}

/// A row with its kind; the values of the ready text to its workspace's owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RemainingJob {
    /// Organization id.
    pub organization: String,
    /// Workspace id.
    pub workspace: String,
    /// Container name.
    pub backyard: String,
    /// Job id.
    pub job_id: String,
    /// What it is.
    pub kind: RemainingKind,
    /// What to do.
    pub next_step: NextStep,
    /// How long its state stands, ms.
    #[ts(type = "number")]
    pub unchanged_ms: i64,
}

/// Every remaining row, the most urgent first, then by place and id.
pub fn triage(rows: &[RowSeen], now: Timestamp) -> Vec<RemainingJob> {
    let busy: BTreeSet<_> = rows.iter().filter(|row| row.class == JobClass::Counted).map(place).collect();
    let mut found: Vec<_> = rows
        .iter()
        .map(|row| {
            let kind = kind(row, busy.contains(&place(row)), now);
            RemainingJob {
                organization: row.organization.clone(),
                workspace: row.workspace.clone(),
                backyard: row.backyard.clone(),
                job_id: row.job_id.clone(),
                kind,
                next_step: next_step(kind),
                unchanged_ms: now.since(row.unchanged_since),
            }
        })
        .collect();
    found.sort_by(|a, b| {
        let key = |it: &RemainingJob| (it.kind, it.organization.clone(), it.workspace.clone(), it.job_id.clone());
        key(a).cmp(&key(b))
    });
    found
}

fn place(row: &RowSeen) -> (&str, &str) {
    (&row.organization, &row.workspace)
}

fn kind(row: &RowSeen, is_busy: bool, now: Timestamp) -> RemainingKind {
    match row.class {
        _ if row.is_new => RemainingKind::NewAfterStop,
        JobClass::Unclassified => RemainingKind::Unclassified,
        JobClass::Conductor if row.status_id == PAUSED => RemainingKind::Paused,
        JobClass::Conductor if !is_busy => RemainingKind::WaitingForMovement,
        _ if now.since(row.unchanged_since) >= LONG_MS => RemainingKind::Standing,
        _ => RemainingKind::Moving,
    }
}

const fn next_step(kind: RemainingKind) -> NextStep {
    match kind {
        RemainingKind::NewAfterStop => NextStep::FindStarter,
        RemainingKind::Unclassified => NextStep::WaiveByName,
        RemainingKind::Paused => NextStep::ResumeOrCancel,
        RemainingKind::Standing => NextStep::AskOwner,
        RemainingKind::WaitingForMovement => NextStep::AcceptOrCancel,
        RemainingKind::Moving => NextStep::Wait,
    }
}
