//! Running jobs for people.

use std::io::{self, Write};
use std::sync::Arc;

use ita_core::domain::vocabulary::{status_name, JobClass, Language};
use ita_core::jobs::engine::{ViewIndex, MAX_WINDOW};
use ita_core::jobs::snapshot::Snapshot;
use ita_core::jobs::view::{JobRow, JobView};
use jiff::tz::TimeZone;

use super::table::{age, local, Columns};
use ita_core::text::visible;

const HEADER: [&str; 8] =
    ["ORGANIZATION", "WORKSPACE", "BACKYARD", "COUNTED", "JOB ID", "STATUS", "AGE", "LAST UPDATE"];

/// Writes the rows of a view, one window after the other, and returns how many they were.
pub(crate) fn write(snapshot: &Arc<Snapshot>, view: &JobView, zone: &TimeZone, out: &mut dyn Write) -> io::Result<u32> {
    let index = snapshot.view(view).map_err(io::Error::other)?;
    let header = HEADER.map(str::to_owned);
    let first = lines(&index, 0, zone);
    let columns = Columns::fitting(std::iter::once(header.as_slice()).chain(first.iter().map(<[String; 8]>::as_slice)));
    columns.write(&header, out)?;
    for offset in (0..index.matched()).step_by(MAX_WINDOW as usize) {
        for line in lines(&index, offset, zone) {
            columns.write(&line, out)?;
        }
    }
    Ok(index.matched())
}

fn lines(index: &ViewIndex, offset: u32, zone: &TimeZone) -> Vec<[String; 8]> {
    index.window(offset, MAX_WINDOW).rows.iter().map(|row| line(row, zone)).collect()
}

fn line(row: &JobRow, zone: &TimeZone) -> [String; 8] {
    let status = status_name(&row.backyard, &row.status_id, Language::En);
    let status = status.or(row.status_name.as_deref()).unwrap_or(&row.status_id);
    let counted = match row.class {
        JobClass::Counted => "yes",
        JobClass::Conductor => "no",
        JobClass::Unclassified => "?",
    };
    let last_update = match (row.last_update_utc, &row.last_update_raw) {
        (Some(time), _) => local(time, zone),
        // As the platform labels it: not a time as long as its zone is not known.
        (None, Some(raw)) => format!("{} (zone unknown)", visible(raw)),
        (None, None) => String::new(),
    };
    [
        visible(&row.organization_id),
        visible(&row.workspace_id),
        visible(&row.backyard),
        counted.to_owned(),
        visible(&row.job_id),
        visible(status),
        row.age_seconds.map(age).unwrap_or_default(),
        last_update,
    ]
}
