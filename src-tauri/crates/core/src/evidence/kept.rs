//! The lists of a procedure: each is written when the machine asks for it, and outlives the program.
//!
//! A folder holds those of one procedure: `jobs-at-<moment>.csv` with the twelve columns, and beside it a `.json` that says
//! when the list was read, what it counts and its SHA-256, or why there is none. The CSV has the preset for spreadsheets:
//! whoever approves a change opens it there, and a name that a user chose must not become a formula.

use std::fs;
use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::hashing::Hashing;
use super::not_written;
use crate::domain::problem::Problem;
use crate::domain::procedure::Moment;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{JobClass, Language};
use crate::export::file::{self, Target};
use crate::export::{write_rows, CsvHeader, CsvPreset, ExportFormat, ExportMeta, ExportRequest, Stop};
use crate::jobs::snapshot::Snapshot;
use crate::jobs::view::{JobFilter, JobView};
use crate::settings::atomic::{create_private_folder, read_bounded, write_atomically};

/// Rows of a list that a report names one by one; the CSV has them all.
const MOST_LEFT: usize = 8;

/// What came of one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum KeptList {
    /// The CSV is there.
    Kept {
        /// What it is.
        list: ListFacts,
    },
    /// There is none.
    Missing {
        /// Why.
        why: WhyMissing,
        /// The system's own words, where it was asked.
        reason: Option<String>,
    },
}

/// Why there is no list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyMissing {
    /// Nobody knew what ran: an error, a stale answer, or none yet.
    NotKnown,
    /// The disk did not take it.
    NotWritten,
    /// The moment passed and left nothing: the program ended first.
    NotKept,
    /// It is not what was kept.
    Changed,
}

/// A list that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListFacts {
    /// When its answer was complete, by the workstation's clock.
    pub read_at: Timestamp,
    /// SHA-256 of the CSV, hex.
    pub sha256: String,
    /// The figure that decides whether anything runs.
    pub deciding: u32,
    /// Rows that count.
    pub counted: u32,
    /// Conductors.
    pub conductors: u32,
    /// Rows of containers that this product does not know.
    pub unclassified: u32,
    /// All rows: as many as the CSV has.
    pub rows: u32,
    /// Places where the platform's counts disagree with its rows.
    pub mismatches: u32,
    /// The first rows, those that count before conductors.
    pub first: Vec<LeftRow>,
}

/// A row that a report names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftRow {
    /// Organization id.
    pub organization: String,
    /// Workspace id.
    pub workspace: String,
    /// Container.
    pub backyard: String,
    /// Status id, as sent.
    pub status_id: String,
    /// The platform's own word for it.
    pub status_name: Option<String>,
    /// Job id.
    pub job_id: String,
}

/// The folder of one procedure's lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLists {
    folder: PathBuf,
}

/// The CSV of a moment, here and in the pack.
pub(super) const fn csv_name(moment: Moment) -> &'static str {
    match moment {
        Moment::Stop => "jobs-at-stop.csv",
        Moment::Zero => "jobs-at-zero.csv",
        Moment::Reopen => "jobs-at-reopen.csv",
    }
}

impl KeptLists {
    /// Lists in `folder`, which is made with the first one. Its neighbours are those of older procedures of the same
    /// connection, and go then.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Writes a list and what it is, and waits until the disk has both. What came of it is what [`KeptLists::read`] finds
    /// from then on, unless the disk does not even take that.
    pub fn keep(
        &self,
        moment: Moment,
        snapshot: &Snapshot,
        meta: &ExportMeta,
    ) -> Result<KeptList, (KeptList, Problem)> {
        let written = self.clear(moment).map_err(|error| not_written(&self.folder, &error)).and_then(|()| {
            let list = self.write(moment, snapshot, meta)?;
            let kept = KeptList::Kept { list };
            self.note(moment, &kept).map(|()| kept)
        });
        written.map_err(|problem| {
            let missing = KeptList::Missing { why: WhyMissing::NotWritten, reason: problem.facts.reason.clone() };
            let _ = self.note(moment, &missing); // the first error is the one to tell
            (missing, problem)
        })
    }

    /// Writes down that nobody knew the list.
    pub fn not_known(&self, moment: Moment) -> Result<(), Problem> {
        self.clear(moment).map_err(|error| not_written(&self.folder, &error))?;
        self.note(moment, &KeptList::Missing { why: WhyMissing::NotKnown, reason: None })
    }

    /// What was kept; `None` if nothing was, or nothing that can be understood.
    pub fn read(&self, moment: Moment) -> Option<KeptList> {
        let noted = read_bounded(&self.note_path(moment)).ok()??;
        serde_json::from_slice(&noted).ok()
    }

    /// The CSV of a moment.
    pub fn csv(&self, moment: Moment) -> PathBuf {
        self.folder.join(csv_name(moment))
    }

    fn note_path(&self, moment: Moment) -> PathBuf {
        self.csv(moment).with_extension("json")
    }

    /// Makes room: an older list of this moment must not be taken for the new one, whatever happens next.
    fn clear(&self, moment: Moment) -> io::Result<()> {
        create_private_folder(&self.folder)?;
        for path in [self.note_path(moment), self.csv(moment)] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        self.sweep_older();
        Ok(())
    }

    fn sweep_older(&self) {
        let Some(entries) = self.folder.parent().and_then(|above| fs::read_dir(above).ok()) else { return };
        for older in entries.flatten().map(|entry| entry.path()).filter(|path| *path != self.folder) {
            if let Err(error) = fs::remove_dir_all(&older) {
                tracing::warn!(folder = %older.display(), %error, "the lists of an older procedure could not be removed");
            }
        }
    }

    fn write(&self, moment: Moment, snapshot: &Snapshot, meta: &ExportMeta) -> Result<ListFacts, Problem> {
        let mut sha256 = String::new();
        file::write(&Target::File(self.csv(moment)), "", &Stop::default(), |out| {
            let mut out = Hashing::new(out);
            write_rows(&everything(), snapshot, meta, &mut out).map_err(io::Error::other)??;
            sha256 = out.finish();
            Ok(())
        })?;
        let running = snapshot.running();
        Ok(ListFacts {
            read_at: snapshot.read_at(),
            sha256,
            deciding: running.deciding,
            counted: running.counted,
            conductors: running.conductors,
            unclassified: running.unclassified,
            rows: running.rows,
            mismatches: running.mismatches.len() as u32,
            first: first_rows(snapshot),
        })
    }

    fn note(&self, moment: Moment, kept: &KeptList) -> Result<(), Problem> {
        let path = self.note_path(moment);
        let written =
            serde_json::to_vec(kept).map_err(io::Error::from).and_then(|content| write_atomically(&path, &content));
        written.map_err(|error| not_written(&path, &error))
    }
}

fn everything() -> ExportRequest {
    ExportRequest {
        view: JobView { sort: None, filter: JobFilter::default(), language: Language::default() },
        everything: true,
        format: ExportFormat::Csv,
        preset: CsvPreset::Excel,
        header: CsvHeader::Keys,
    }
}

fn first_rows(snapshot: &Snapshot) -> Vec<LeftRow> {
    let table = snapshot.table();
    let listed = || (0..table.len() as u32).filter(|row| !table.is_gone(*row));
    let counts = |row: &u32| table.class(*row) != JobClass::Conductor;
    let rows = listed().filter(counts).chain(listed().filter(|row| !counts(row)));
    rows.take(MOST_LEFT)
        .map(|row| LeftRow {
            organization: table.organization(row).to_owned(),
            workspace: table.workspace(row).to_owned(),
            backyard: table.backyard(row).to_owned(),
            status_id: table.status_id(row).to_owned(),
            status_name: table.status_name(row).map(str::to_owned),
            job_id: table.id(row).to_string(),
        })
        .collect()
}
