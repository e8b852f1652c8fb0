//! What the polls remember of the rows that are left: when each was first seen, and since when it stands still. A label
//! says more than the polls: it was there before them.

use std::collections::{BTreeMap, HashMap};

use crate::domain::procedure::triage::{new_after_stop, triage, RemainingJob, RowSeen};
use crate::domain::procedure::view::MOST_REMAINING;
use crate::domain::procedure::JobsSeen;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::JobClass;
use crate::jobs::snapshot::Snapshot;

/// Rows that are remembered; of more only the number is known.
const MOST_ROWS: usize = 10_000;
/// The first sighting of a row whose beginning nobody saw: it was there before any switch, and is never new.
const BEFORE: Timestamp = Timestamp(0);

/// Organization, workspace, container, job id.
type Key = [String; 4];

#[derive(Debug, Clone)]
struct Memory {
    status_id: String,
    label: Option<i64>,
    first_seen: Timestamp,
    unchanged_since: Timestamp,
    /// Two polls differed in this row: what they saw outweighs its label.
    was_seen_changing: bool,
}

/// From one list to the next.
#[derive(Debug, Default)]
pub(super) struct Rows {
    known: HashMap<Key, Memory>,
    /// Whether the last list was remembered whole: only then is a row that was not in it a new one.
    is_whole: bool,
    remaining: Vec<RemainingJob>,
    total: u32,
}

impl Rows {
    /// The triage of the newest list, the most urgent first, and how many rows that list has.
    pub(super) fn remaining(&self) -> (&[RemainingJob], u32) {
        (&self.remaining, self.total)
    }

    /// Another complete list: what it says to a procedure.
    pub(super) fn read(&mut self, snapshot: &Snapshot, jobs_stopped_at: Option<Timestamp>) -> JobsSeen {
        let running = snapshot.running();
        let seen = self.look(snapshot);
        let mut found = triage(&seen, jobs_stopped_at, snapshot.read_at());
        let new_after_stop = new_after_stop(&found);
        found.truncate(MOST_REMAINING);
        self.remaining = found;
        self.total = running.rows;
        JobsSeen {
            deciding: running.deciding,
            counted: running.counted,
            conductors: running.conductors,
            unclassified: unclassified(snapshot),
            is_consistent: running.mismatches.is_empty(),
            new_after_stop,
        }
    }

    fn look(&mut self, snapshot: &Snapshot) -> Vec<RowSeen> {
        let (table, now) = (snapshot.table(), snapshot.read_at());
        let mut known = HashMap::new();
        let mut seen = Vec::new();
        let listed = (0..table.len() as u32).filter(|row| !table.is_gone(*row));
        for row in listed.take(MOST_ROWS) {
            let [organization, workspace, backyard] =
                [table.organization(row), table.workspace(row), table.backyard(row)];
            let key = [organization.into(), workspace.into(), backyard.into(), table.id(row).to_string()];
            let (status_id, label) = (table.status_id(row), table.label(row));
            let memory = match self.known.remove(&key) {
                Some(before) if before.status_id == status_id && before.label == label => before,
                before => Memory {
                    status_id: status_id.to_owned(),
                    label,
                    was_seen_changing: before.is_some(),
                    first_seen: before.map_or(if self.is_whole { now } else { BEFORE }, |before| before.first_seen),
                    unchanged_since: now,
                },
            };
            let [organization, workspace, backyard, job_id] = key.clone();
            let labelled = if memory.was_seen_changing { None } else { updated(snapshot, row) };
            seen.push(RowSeen {
                organization,
                workspace,
                backyard,
                class: table.class(row),
                job_id,
                status_id: memory.status_id.clone(),
                first_seen: memory.first_seen,
                unchanged_since: labelled.map_or(memory.unchanged_since, |at| at.min(memory.unchanged_since)),
            });
            known.insert(key, memory);
        }
        self.known = known;
        self.is_whole = snapshot.running().rows as usize <= MOST_ROWS;
        seen
    }
}

/// When the platform last changed a row, by the workstation's clock; `None` while the platform's zone is not known.
fn updated(snapshot: &Snapshot, row: u32) -> Option<Timestamp> {
    let age_ms = i64::try_from(snapshot.age_seconds(snapshot.utc_micros(row)?)?).ok()?.checked_mul(1_000)?;
    snapshot.read_at().0.checked_sub(age_ms).map(Timestamp)
}

fn unclassified(snapshot: &Snapshot) -> BTreeMap<String, u32> {
    let table = snapshot.table();
    let mut rows = BTreeMap::new();
    if snapshot.running().unclassified > 0 {
        let listed = (0..table.len() as u32).filter(|row| !table.is_gone(*row));
        for row in listed.filter(|row| table.class(*row) == JobClass::Unclassified) {
            *rows.entry(table.backyard(row).to_owned()).or_default() += 1;
        }
    }
    rows
}
