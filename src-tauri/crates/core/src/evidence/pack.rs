//! The pack: timeline, lists, report and sums in one folder.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use jiff::tz::TimeZone;
use serde::Serialize;
use ts_rs::TS;

use super::copies::{self, Listed};
use super::course::Course;
use super::folder::Folder;
use super::kept::{KeptList, KeptLists};
use super::{not_written, report, timeline};
use crate::domain::connection::Connection;
use crate::domain::problem::Problem;
use crate::domain::procedure::{Moment, Procedure};
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::Language;
use crate::export::ExportMeta;
use crate::journal::JournalEntry;

/// The sums of all other files, as `sha256sum --check` reads them.
const SUMS: &str = "SHA256SUMS";
pub(super) const TIMELINE: &str = "timeline.csv";

/// Everything that is known of a procedure.
pub struct Case<'a> {
    /// Where it was.
    pub connection: &'a Connection,
    /// How it stands.
    pub state: &'a Procedure,
    /// Its journal, see [`super::of_procedure`].
    pub entries: &'a [JournalEntry],
    /// Its lists.
    pub lists: &'a KeptLists,
    /// What the disk did not even take a note of.
    pub unwritten: &'a BTreeMap<Moment, KeptList>,
    /// Now, by the workstation's clock.
    pub made_at: Timestamp,
    /// Workstation's zone.
    pub zone: TimeZone,
    /// Of the report.
    pub language: Language,
}

/// A finished pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct EvidenceResult {
    /// Absolute path of the folder.
    pub path: String,
    /// Its files.
    pub files: u32,
    /// Lists that should be in it and are not; the report says why.
    pub missing: Vec<Moment>,
}

/// Writes the pack as a new folder `<connection>_evidence_<YYYYMMDD-HHMMSS+ZZZZ>` in `target`, complete or not at all.
/// `FileNotWritten` with the path and the reason. A list that is missing is no error: the report tells of it.
pub fn write(case: &Case<'_>, target: &Path) -> Result<EvidenceResult, Problem> {
    let course = Course::of(case.state, case.entries);
    let packed = Folder::create(target).and_then(|mut folder| {
        let listed = fill(case, &course, &mut folder)?;
        let files = folder.files().len() as u32;
        Ok((folder.settle(target, &name(case))?, files, listed))
    });
    let (path, files, listed) = packed.map_err(|error| not_written(target, &error))?;
    let missing = listed.iter().filter(|it| it.missing().is_some()).map(|it| it.moment).collect();
    let path = std::path::absolute(&path).unwrap_or(path);
    Ok(EvidenceResult { path: path.display().to_string(), files, missing })
}

fn fill(case: &Case<'_>, course: &Course<'_>, folder: &mut Folder) -> io::Result<[Listed; 3]> {
    let table = timeline::csv(case.entries, &case.zone);
    folder.add(TIMELINE, |out| out.write_all(table.as_bytes()))?;
    let listed = copies::copy(case, course, folder)?;
    let page = report::page(case, course, &listed, folder.files());
    let name = match case.language {
        Language::Ja => "report.ja.html",
        Language::En => "report.en.html",
    };
    folder.add(name, |out| out.write_all(page.as_bytes()))?;
    let sums = folder.files().to_vec();
    folder.add(SUMS, |out| sums.iter().try_for_each(|(name, sum)| writeln!(out, "{sum}  {name}")))?;
    Ok(listed)
}

fn name(case: &Case<'_>) -> String {
    let meta = ExportMeta {
        connection_name: case.connection.name.clone(),
        platform_origin: case.connection.address.clone(),
        exported_at: case.made_at,
        zone: case.zone.clone(),
    };
    meta.name_of("evidence")
}
