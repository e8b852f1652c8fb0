//! Running jobs as a file: CSV in two presets, and JSON (product §7).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::domain::time::Timestamp;
use crate::jobs::view::JobView;

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
pub mod file;
/// x
pub struct ExportMeta {
    /// x
    pub connection_name: String,
    /// x
    pub platform_origin: String,
    /// x
    pub exported_at: Timestamp,
    /// x
    pub zone: jiff::tz::TimeZone,
}
impl ExportMeta {
    /// x
    pub fn file_name(&self, _f: ExportFormat) -> String {
        String::new()
    }
}
/// x
pub fn export(
    _r: &ExportRequest,
    _s: &crate::jobs::snapshot::Snapshot,
    _m: &ExportMeta,
    _t: file::Target,
) -> Result<ExportResult, crate::domain::problem::Problem> {
    Err(crate::domain::problem::Problem::new(crate::domain::problem::ProblemCode::Internal))
}
