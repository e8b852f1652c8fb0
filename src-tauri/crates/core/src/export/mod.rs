//! Running jobs as a file: CSV in two presets, and JSON (product §7).

mod csv;
pub mod file;
mod json;
mod rows;
mod temporary;
#[cfg(test)]
mod tests;
mod watch;

use std::io;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::domain::problem::Problem;
use crate::domain::time::Timestamp;
use crate::jobs::snapshot::Snapshot;
use crate::jobs::view::{JobFilter, JobView};
pub use csv::csv_line;
use file::Target;
pub use watch::{ExportProgress, Stop, Watcher};

/// File format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ExportFormat {
    /// Comma-separated.
    #[default]
    Csv,
    /// An array of objects with the CSV keys.
    Json,
}

/// For whom a CSV is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CsvPreset {
    /// BOM, CRLF, formulas defused.
    #[default]
    Excel,
    /// No BOM, LF, raw text.
    Script,
}

/// Names in the CSV's first line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum CsvHeader {
    /// English keys.
    #[default]
    Keys,
    /// Japanese names.
    Japanese,
}

/// What to export and how.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct ExportRequest {
    /// Rows and their order.
    pub view: JobView,
    /// All rows, whatever the view's filter says; its order is kept.
    pub everything: bool,
    /// File format.
    pub format: ExportFormat,
    /// For CSV.
    pub preset: CsvPreset,
    /// For CSV.
    pub header: CsvHeader,
}

/// A finished export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ExportResult {
    /// Absolute path of the file.
    pub path: String,
    /// Rows written, header aside.
    pub rows: u32,
    /// When the exported list was read.
    pub read_at: Timestamp,
}

/// What an export says beside the rows.
#[derive(Debug, Clone)]
pub struct ExportMeta {
    /// Name of the connection, for the file's name.
    pub connection_name: String,
    /// Origin of the platform; empty where rows come from a saved answer.
    pub platform_origin: String,
    /// Workstation's clock.
    pub exported_at: Timestamp,
    /// Workstation's zone, for the file's name.
    pub zone: TimeZone,
}

/// Writes the listed jobs to a file. Rows that have left the list are not in it. The file appears complete or not at
/// all: [`file::write`] has the problems.
pub fn export(
    request: &ExportRequest,
    snapshot: &Snapshot,
    meta: &ExportMeta,
    target: &Target,
    Watcher { stop, tell }: Watcher<'_>,
) -> Result<ExportResult, Problem> {
    let rows = select(request, snapshot)?;
    let total = rows.len() as u32;
    tell(ExportProgress { rows: 0, total });
    let path = file::write(target, &meta.file_name(request.format), stop, |out| {
        rows::write(request, snapshot, meta, &rows, &mut |chunk, rows| {
            out.write_all(chunk)?;
            tell(ExportProgress { rows: rows as u32, total });
            Ok(())
        })
    })?;
    Ok(ExportResult { path: path.display().to_string(), rows: total, read_at: snapshot.read_at() })
}

/// Writes the listed jobs as they would stand in a file, and returns how many. The error of the outer result is one of
/// the request, that of the inner one comes from `out`.
pub fn write_rows(
    request: &ExportRequest,
    snapshot: &Snapshot,
    meta: &ExportMeta,
    out: &mut dyn io::Write,
) -> Result<io::Result<u32>, Problem> {
    let rows = select(request, snapshot)?;
    let written = rows::write(request, snapshot, meta, &rows, &mut |chunk, _| out.write_all(chunk));
    Ok(written.map(|()| rows.len() as u32))
}

/// Rows of the request in its order, those that have left aside.
fn select(request: &ExportRequest, snapshot: &Snapshot) -> Result<Vec<u32>, Problem> {
    let everything = JobView { filter: JobFilter::default(), ..request.view.clone() };
    let mut rows = snapshot.select(if request.everything { &everything } else { &request.view })?;
    rows.retain(|row| !snapshot.table().is_gone(*row));
    Ok(rows)
}
