//! A published job list: immutable, held in an `Arc`, shared by grid, export and procedure.

use std::sync::OnceLock;

use super::builder::TableBuilder;
use super::changes::{self, Changes};
use super::counts;
use super::order::Orders;
use super::table::JobTable;
use super::view::JobRow;
use crate::client::backyard_check::CheckAnswer;
use crate::domain::live::Running;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::Language;
use crate::domain::zone::{self, LabelClock, Observation, ZoneEvidence};

/// What a snapshot is made of, beside the answer.
#[derive(Debug, Clone)]
pub struct Circumstances {
    /// What is known of the platform's zone so far; the snapshot's own is that and what this answer shows.
    pub zone: ZoneEvidence,
    /// Workstation's clock when the answer was complete.
    pub read_at: Timestamp,
    /// How long the answer took, ms.
    pub took_ms: u32,
    /// Number of this snapshot.
    pub revision: u32,
}

/// The jobs of one complete answer, with what changed since the one before.
#[derive(Debug)]
pub struct Snapshot {
    table: JobTable,
    running: Running,
    zone: ZoneEvidence,
    clock: LabelClock,
    read_at: Timestamp,
    revision: u32,
    orders: [OnceLock<Orders>; 2],
}

impl Snapshot {
    /// Merges an answer with the rows that left since `previous` (marked gone, for this one poll, and not counted) and
    /// marks those that appeared. Nothing is new in a first answer.
    pub fn build(answer: CheckAnswer, previous: Option<&Self>, circumstances: Circumstances) -> Self {
        let CheckAnswer { table, platform_time } = answer;
        let Circumstances { zone, read_at, took_ms, revision } = circumstances;
        let counts = counts::count(&table);
        let changes = previous.map(|before| changes::between(&before.table, &table)).unwrap_or_default();
        let zone = zone.observe(&Observation {
            previous: previous.and_then(|before| Some((before.running.platform_time?, before.running.took_ms))),
            platform_time,
            newest_label: platform_time.and_then(|now| zone::newest_plausible(table.labels(), now)),
            appeared: &changes.appeared_labels,
            updated: &changes.updated_labels,
        });
        let vanished = previous.map(|before| changes::gone_places(&before.table, &table)).unwrap_or_default();
        let running = Running {
            reported: table.reported.unwrap_or_default(),
            counted: counts.total.counted,
            conductors: counts.total.conductors,
            unclassified: counts.total.unclassified,
            rows: counts.total.rows(),
            organizations: table.organizations.len() as u32,
            workspaces: table.workspaces.len() as u32,
            mismatches: counts.mismatches,
            deciding: counts.deciding,
            vanished,
            oldest_update: None,
            platform_time,
            took_ms,
        };
        let table = match previous {
            Some(before) if changes.has_rows() => merge(table, &before.table, &changes),
            _ => table,
        };
        Self::new(table, running, zone, read_at, revision)
    }

    fn new(table: JobTable, mut running: Running, zone: ZoneEvidence, read_at: Timestamp, revision: u32) -> Self {
        let clock = zone.clock(running.platform_time);
        let listed = (0..table.len() as u32).filter(|row| !table.is_gone(*row));
        let oldest = listed.filter_map(|row| clock.utc(table.label(row)?)).min();
        running.oldest_update = oldest.map(timestamp);
        Self { table, running, zone, clock, read_at, revision, orders: Default::default() }
    }

    /// The rows, those that left included.
    pub fn table(&self) -> &JobTable {
        &self.table
    }

    /// The figures.
    pub const fn running(&self) -> &Running {
        &self.running
    }

    /// What is known of the platform's zone; the next snapshot starts from it.
    pub const fn zone(&self) -> &ZoneEvidence {
        &self.zone
    }

    /// Workstation's clock when the answer was complete.
    pub const fn read_at(&self) -> Timestamp {
        self.read_at
    }

    /// The platform's clock in the answer.
    pub const fn platform_time(&self) -> Option<Timestamp> {
        self.running.platform_time
    }

    /// Number of this snapshot.
    pub const fn revision(&self) -> u32 {
        self.revision
    }

    /// The corrected time of a row in microseconds since 1970; `None` while the zone is not known, and where the label
    /// cannot be read or lies after the platform's clock.
    pub(crate) fn utc_micros(&self, row: u32) -> Option<i64> {
        self.clock.utc(self.table.label(row)?)
    }

    /// How labels become times.
    pub(crate) const fn clock(&self) -> &LabelClock {
        &self.clock
    }

    /// Seconds from a corrected time to the platform's clock, never negative: clocks differ a little.
    pub(crate) fn age_seconds(&self, utc_micros: i64) -> Option<u64> {
        Some((self.platform_time()?.since(timestamp(utc_micros)) / 1_000) as u64)
    }

    /// One row as the grid shows it.
    pub fn row(&self, row: u32) -> JobRow {
        let table = &self.table;
        let utc = self.utc_micros(row);
        JobRow {
            organization_id: table.organization(row).to_owned(),
            workspace_id: table.workspace(row).to_owned(),
            backyard: table.backyard(row).to_owned(),
            class: table.class(row),
            job_id: table.id(row).to_string(),
            status_id: table.status_id(row).to_owned(),
            status_name: table.status_name(row).map(str::to_owned),
            last_update_raw: table.raw_label(row),
            last_update_utc: utc.map(timestamp),
            age_seconds: utc.and_then(|utc| self.age_seconds(utc)),
            is_new: table.is_new(row),
            is_status_changed: table.is_status_changed(row),
            is_gone: table.is_gone(row),
            is_incomplete: table.is_incomplete(row),
        }
    }

    /// The orders of names and rows for a language, made when first asked for.
    pub(super) fn orders(&self, language: Language) -> &Orders {
        self.orders[language as usize].get_or_init(|| Orders::new(&self.table, language))
    }
}

/// The instant in milliseconds, rounded down: an update is never shown younger than it is.
pub(crate) const fn timestamp(micros: i64) -> Timestamp {
    Timestamp(micros.div_euclid(1_000))
}

/// Marks what appeared or has another status, and adds what left. A row that would pass the table's limits is left out: it is only a reminder.
fn merge(newer: JobTable, older: &JobTable, changes: &Changes) -> JobTable {
    let mut builder = TableBuilder::resume(newer);
    for row in &changes.appeared {
        builder.table_mut().mark_new(*row);
    }
    for row in &changes.status_changed {
        builder.table_mut().mark_status_changed(*row);
    }
    let mut left = changes.left.clone();
    left.sort_unstable();
    for row in left {
        if builder.add_gone(older, row).is_err() {
            break;
        }
    }
    builder.finish()
}
