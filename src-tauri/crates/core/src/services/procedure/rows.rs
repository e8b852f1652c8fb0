//! What the polls remember of the rows that are left: which of them were there before job stop, and since when each stands
//! still. A label says more than the polls: it was there before them.

use std::collections::{BTreeMap, HashMap};

use crate::domain::procedure::earlier::{Earlier, Fingerprint};
use crate::domain::procedure::triage::{triage, RemainingJob, RowSeen};
use crate::domain::procedure::view::MOST_REMAINING;
use crate::domain::procedure::JobsSeen;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::JobClass;
use crate::jobs::snapshot::Snapshot;

/// Rows that are looked at one by one, new ones first; of more only the number is known.
const MOST_ROWS: usize = 10_000;

/// Organization, workspace, container, job id.
type Key = [String; 4];

#[derive(Debug, Clone)]
struct Memory {
    status_id: String,
    label: Option<i64>,
    unchanged_since: Timestamp,
    /// Two polls differed in this row: what they saw outweighs its label.
    was_seen_changing: bool,
}

/// From one list to the next.
#[derive(Debug, Default)]
pub(super) struct Rows {
    earlier: Earlier,
    known: HashMap<Key, Memory>,
    remaining: Vec<RemainingJob>,
    total: u32,
}

impl Rows {
    /// The triage of the newest list, the most urgent first, and how many rows that list has.
    pub(super) fn remaining(&self) -> (&[RemainingJob], u32) {
        (&self.remaining, self.total)
    }

    /// As they were when another program, or an earlier start of this one, saved them.
    pub(super) fn resumed(earlier: Option<Earlier>) -> Self {
        Self { earlier: earlier.unwrap_or_default(), ..Self::default() }
    }

    /// Nobody asks for now. A stop that goes on later is the same one.
    pub(super) fn rest(&mut self) {
        *self = Self::resumed(Some(std::mem::take(&mut self.earlier)));
    }

    /// Another complete list, which counts for `lasts_ms`: what it says to a procedure, and which rows were there before job stop if that is news.
    pub(super) fn read(
        &mut self,
        snapshot: &Snapshot,
        jobs_stopped_at: Option<Timestamp>,
        lasts_ms: i64,
    ) -> (JobsSeen, Option<&Earlier>) {
        let running = snapshot.running();
        let (listed, prints) = fingerprints(snapshot);
        let has_learned = self.earlier.see(&prints, snapshot.read_at(), jobs_stopped_at);
        let is_new = |(_, print): &(&u32, &Fingerprint)| !self.earlier.has(**print);
        let (new, others): (Vec<_>, Vec<_>) = listed.iter().zip(&prints).partition(is_new);
        let rows = new.iter().map(|(row, _)| (**row, true)).chain(others.iter().map(|(row, _)| (**row, false)));
        let rows: Vec<_> = rows.take(MOST_ROWS).collect();
        let mut found = triage(&self.look(snapshot, &rows), snapshot.read_at());
        found.truncate(MOST_REMAINING);
        self.remaining = found;
        self.total = running.rows;
        let seen = JobsSeen {
            deciding: running.deciding,
            counted: running.counted,
            conductors: running.conductors,
            unclassified: unclassified(snapshot),
            is_consistent: running.mismatches.is_empty(),
            new_after_stop: new.len() as u32,
            lasts_ms,
        };
        (seen, has_learned.then_some(&self.earlier))
    }

    fn look(&mut self, snapshot: &Snapshot, rows: &[(u32, bool)]) -> Vec<RowSeen> {
        let (table, now) = (snapshot.table(), snapshot.read_at());
        let mut known = HashMap::new();
        let mut seen = Vec::new();
        for &(row, is_new) in rows {
            let key = words(snapshot, row);
            let (status_id, label) = (table.status_id(row), table.label(row));
            let memory = match self.known.remove(&key) {
                Some(before) if before.status_id == status_id && before.label == label => before,
                before => Memory {
                    status_id: status_id.to_owned(),
                    label,
                    was_seen_changing: before.is_some(),
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
                is_new,
                unchanged_since: labelled.map_or(memory.unchanged_since, |at| at.min(memory.unchanged_since)),
            });
            known.insert(key, memory);
        }
        self.known = known;
        seen
    }
}

fn words(snapshot: &Snapshot, row: u32) -> Key {
    let table = snapshot.table();
    let [organization, workspace, backyard] = [table.organization(row), table.workspace(row), table.backyard(row)];
    [organization.into(), workspace.into(), backyard.into(), table.id(row).to_string()]
}

/// Every listed row.
fn fingerprints(snapshot: &Snapshot) -> (Vec<u32>, Vec<Fingerprint>) {
    let table = snapshot.table();
    let listed = (0..table.len() as u32).filter(|row| !table.is_gone(*row));
    let print = |row| {
        let id = table.id(row).to_string();
        Fingerprint::of([table.organization(row), table.workspace(row), table.backyard(row), &id])
    };
    listed.map(|row| (row, print(row))).unzip()
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
