//! The twelve columns, whatever the format.

use std::io;

use super::csv::Csv;
use super::json::Json;
use super::{ExportFormat, ExportMeta, ExportRequest};
use crate::domain::vocabulary::JobClass;
use crate::jobs::id::JobId;
use crate::jobs::label;
use crate::jobs::snapshot::Snapshot;

/// Keys of the columns, in order.
pub(super) const KEYS: [&str; 12] = [
    "exported_at",
    "platform",
    "organization_id",
    "workspace_id",
    "backyard",
    "counted",
    "job_id",
    "status_id",
    "status_name",
    "last_update_raw",
    "last_update_utc",
    "age_seconds",
];

/// Bytes that are gathered before they are written.
const CHUNK: usize = 64 * 1024;

/// Digits of the largest number.
const MOST_DIGITS: usize = 20;

/// How values become bytes. Columns are numbered as in [`KEYS`].
pub(super) trait Format {
    /// What stands before the first row.
    fn begin(&self, out: &mut Vec<u8>);
    /// What stands before a row.
    fn begin_row(&self, is_first: bool, out: &mut Vec<u8>);
    /// What stands before a value.
    fn begin_value(&self, column: usize, out: &mut Vec<u8>);
    /// A text of any kind.
    fn text(&self, value: &str, out: &mut Vec<u8>);
    /// A text of letters, digits, `-`, `:` and `.` that begins with a letter or digit, printed where it is to stand:
    /// nothing in it needs care.
    fn plain_text(&self, out: &mut Vec<u8>, print: impl FnOnce(&mut Vec<u8>));
    /// A number, digit by digit: every row has one, and the formatter asks for more than it gives.
    fn number(&self, mut value: u64, out: &mut Vec<u8>) {
        let mut digits = [b'0'; MOST_DIGITS];
        let mut start = MOST_DIGITS;
        loop {
            start -= 1;
            digits[start] += (value % 10) as u8;
            value /= 10;
            if value == 0 {
                return out.extend_from_slice(&digits[start..]);
            }
        }
    }
    /// `true` or `false`.
    fn literal(&self, value: &[u8], out: &mut Vec<u8>);
    /// What is not known.
    fn unknown(&self, out: &mut Vec<u8>);
    /// What stands after a row.
    fn end_row(&self, out: &mut Vec<u8>);
    /// What stands after the last row.
    fn end(&self, has_rows: bool, out: &mut Vec<u8>);
}

/// Takes a chunk of bytes, with the number of rows that are complete by it.
pub(super) type Put<'a> = &'a mut dyn FnMut(&[u8], usize) -> io::Result<()>;

/// Prints `rows` in the format of the request, chunk by chunk.
pub(super) fn write(
    request: &ExportRequest,
    snapshot: &Snapshot,
    meta: &ExportMeta,
    rows: &[u32],
    put: Put<'_>,
) -> io::Result<()> {
    match request.format {
        ExportFormat::Csv => write_as(&Csv::new(request.preset, request.header), snapshot, meta, rows, put),
        ExportFormat::Json => write_as(&Json, snapshot, meta, rows, put),
    }
}

fn write_as(
    format: &impl Format,
    snapshot: &Snapshot,
    meta: &ExportMeta,
    rows: &[u32],
    put: Put<'_>,
) -> io::Result<()> {
    let parts = Parts::new(format, snapshot, meta);
    let mut chunk = Vec::with_capacity(CHUNK + CHUNK / 4);
    format.begin(&mut chunk);
    for (index, row) in rows.iter().enumerate() {
        format.begin_row(index == 0, &mut chunk);
        parts.row(*row, &mut chunk);
        format.end_row(&mut chunk);
        if chunk.len() >= CHUNK {
            put(&chunk, index + 1)?;
            chunk.clear();
        }
    }
    format.end(!rows.is_empty(), &mut chunk);
    put(&chunk, rows.len())
}

/// Values that many rows share, ready to be copied.
struct Parts<'a, F> {
    format: &'a F,
    snapshot: &'a Snapshot,
    head: Vec<u8>,
    workspaces: Vec<Vec<u8>>,
    backyards: Vec<Vec<u8>>,
    statuses: Vec<Vec<u8>>,
}

impl<'a, F: Format> Parts<'a, F> {
    fn new(format: &'a F, snapshot: &'a Snapshot, meta: &ExportMeta) -> Self {
        let table = snapshot.table();
        let texts = |first: usize, values: &[&str]| {
            let mut part = Vec::new();
            for (at, value) in values.iter().enumerate() {
                format.begin_value(first + at, &mut part);
                format.text(value, &mut part);
            }
            part
        };
        let workspace = |it: &crate::jobs::table::Workspace| {
            texts(2, &[&table.organizations[it.organization as usize].name, &it.name])
        };
        let kind_of_backyard = |it: &crate::jobs::table::Backyard| {
            let mut part = texts(4, &[&it.name]);
            format.begin_value(5, &mut part);
            match it.class {
                JobClass::Counted => format.literal(b"true", &mut part),
                JobClass::Conductor => format.literal(b"false", &mut part),
                JobClass::Unclassified => format.unknown(&mut part),
            }
            part
        };
        let status = |it: &crate::jobs::table::Kind| {
            let mut part = texts(7, &[&it.status_id]);
            format.begin_value(8, &mut part);
            match &it.status_name {
                Some(name) => format.text(name, &mut part),
                None => format.unknown(&mut part),
            }
            part
        };
        Self {
            format,
            snapshot,
            head: texts(0, &[&meta.exported_at.to_rfc3339(), &meta.platform_origin]),
            workspaces: table.workspaces.iter().map(workspace).collect(),
            backyards: table.backyards.iter().map(kind_of_backyard).collect(),
            statuses: table.kinds.iter().map(status).collect(),
        }
    }

    fn row(&self, row: u32, out: &mut Vec<u8>) {
        let table = self.snapshot.table();
        out.extend_from_slice(&self.head);
        out.extend_from_slice(&self.workspaces[table.workspace_ordinal(row) as usize]);
        out.extend_from_slice(&self.backyards[table.backyard_index(row) as usize]);
        self.format.begin_value(6, out);
        match table.id(row) {
            JobId::Text(text) => self.format.text(text, out),
            uuid @ JobId::Uuid(_) => self.format.plain_text(out, |out| uuid.print(out)),
        }
        out.extend_from_slice(&self.statuses[table.kind(row) as usize]);
        self.times(row, out);
    }

    fn times(&self, row: u32, out: &mut Vec<u8>) {
        let table = self.snapshot.table();
        self.format.begin_value(9, out);
        match table.odd_label(row) {
            Some(text) => self.format.text(text, out),
            None if table.label(row).is_some() => self.format.plain_text(out, |out| {
                table.print_label(row, out);
            }),
            None => self.format.unknown(out),
        }
        let utc = self.snapshot.utc_micros(row).filter(|utc| label::PRINTABLE.contains(utc));
        self.format.begin_value(10, out);
        match utc {
            Some(utc) => self.format.plain_text(out, |out| label::print(utc, label::fraction_digits(utc), out)),
            None => self.format.unknown(out),
        }
        self.format.begin_value(11, out);
        match utc.and_then(|utc| self.snapshot.age_seconds(utc)) {
            Some(age) => self.format.number(age, out),
            None => self.format.unknown(out),
        }
    }
}
