//! The job table itself: reading, sorting, filtering, printing.

use std::hint::black_box;
use std::io::{self, BufReader, Read, Write};

use ita_core::client::backyard_check::{self, CheckAnswer};
use ita_core::domain::connection::ZoneSetting;
use ita_core::domain::procedure::earlier::Fingerprint;
use ita_core::domain::time::Timestamp;
use ita_core::domain::vocabulary::{backyard_name, status_name, Language};
use ita_core::domain::zone::ZoneEvidence;
use ita_core::export::{write_rows, CsvHeader, CsvPreset, ExportFormat, ExportMeta, ExportRequest};
use ita_core::jobs::snapshot::{Circumstances, Snapshot};
use ita_core::jobs::table::JobTable;
use ita_core::jobs::view::{JobColumn, JobFilter, JobSort, JobView};
use jiff::tz::TimeZone;
use memchr::memmem;
use serde::de::IgnoredAny;

use crate::answer::Random;
use crate::measure::pair;
use crate::report::Report;

const RUNS: usize = 9;
/// A word that stands in some ids and in no name.
pub(crate) const WORD: &str = "7f3a9";

/// Measures all of it on one answer.
pub(crate) fn measure(answer: &[u8], report: &mut Report) {
    parse(answer, report);
    let snapshot = snapshot(read(answer), None);
    sort(&snapshot, report);
    filter(&snapshot, report);
    print(&snapshot, report);
    fingerprint(answer, &snapshot, report);
}

/// The table of an answer.
pub(crate) fn read(answer: impl Read) -> CheckAnswer {
    backyard_check::read(answer).unwrap_or_else(|error| panic!("the answer is made here: {error}"))
}

/// Published as the product does it, for a platform in Japan.
pub(crate) fn snapshot(answer: CheckAnswer, previous: Option<&Snapshot>) -> Snapshot {
    let tokyo = ZoneSetting::Zone { name: "Asia/Tokyo".to_owned() };
    let zone = ZoneEvidence::new(&tokyo, None, TimeZone::UTC).unwrap_or_else(|error| panic!("{error:?}"));
    let circumstances = Circumstances { zone, read_at: Timestamp(1_795_342_370_122), took_ms: 1, revision: 1 };
    Snapshot::build(answer, previous, circumstances)
}

/// A view with everything in it.
pub(crate) fn view(sort: Option<JobSort>) -> JobView {
    JobView { sort, filter: JobFilter::default(), language: Language::Ja }
}

/// Bytes that come in pieces, as from a network.
struct Stream<'a>(&'a [u8]);

impl Read for Stream<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted = buffer.len().min(16 * 1024);
        self.0.read(&mut buffer[..wanted])
    }
}

fn parse(answer: &[u8], report: &mut Report) {
    let from_stream = pair(
        RUNS,
        || read(Stream(answer)),
        || serde_json::from_reader::<_, IgnoredAny>(BufReader::with_capacity(64 * 1024, Stream(answer))).is_ok(),
    );
    report.times("parse into the table, from a stream", from_stream, 2.0);
    let from_slice = pair(RUNS, || read(answer), || serde_json::from_slice::<IgnoredAny>(answer).is_ok());
    report.times("parse into the table, from a slice", from_slice, 3.5);
    let table = read(answer).table;
    let bytes = table.column_bytes() as f64 / table.len() as f64;
    report.add("bytes a job beyond distinct strings", format!("{bytes:.1} B"), "1 B".to_owned(), bytes, 40.0);
}

fn sort(snapshot: &Snapshot, report: &mut Report) {
    let mut random = Random(1);
    let pairs: Vec<(u64, u32)> = (0..snapshot.table().len() as u32).map(|row| (random.next(), row)).collect();
    let by = [
        ("organization", JobColumn::OrganizationId, 0.1),
        ("workspace", JobColumn::WorkspaceId, 0.1),
        ("backyard", JobColumn::Backyard, 0.1),
        ("status", JobColumn::StatusName, 0.1),
        ("counted", JobColumn::Counted, 2.0),
        ("job id", JobColumn::JobId, 2.0),
        ("last update", JobColumn::LastUpdateUtc, 2.0),
        ("age", JobColumn::AgeSeconds, 2.0),
    ];
    for (name, column, bar) in by {
        let view = view(Some(JobSort { column, descending: true }));
        let mut copy = pairs.clone();
        let measured = pair(
            RUNS,
            || snapshot.select(&view).map(|rows| rows.len()),
            || {
                copy.copy_from_slice(&pairs);
                copy.sort_unstable();
            },
        );
        report.times(&format!("sort by {name}"), measured, bar);
    }
}

fn filter(snapshot: &Snapshot, report: &mut Report) {
    let view = JobView { filter: JobFilter { text: WORD.to_owned(), ..JobFilter::default() }, ..view(None) };
    let text = searched(snapshot.table());
    let finder = memmem::Finder::new(WORD);
    let found = snapshot.select(&view).map_or(0, |rows| rows.len());
    assert!(found > 0 && finder.find_iter(&text).count() >= found, "both look for the same");
    let measured =
        pair(RUNS, || snapshot.select(&view).map(|rows| rows.len()), || finder.find_iter(black_box(&text)).count());
    report.times("text filter", measured, 4.0);
}

/// The texts of all rows that a filter searches.
fn searched(table: &JobTable) -> Vec<u8> {
    let mut text = Vec::new();
    for row in 0..table.len() as u32 {
        let (backyard, status) = (table.backyard(row), table.status_id(row));
        for part in [
            table.organization(row),
            table.workspace(row),
            backyard,
            backyard_name(backyard, Language::Ja),
            status_name(backyard, status, Language::Ja).unwrap_or_default(),
            &table.id(row).to_string(),
        ] {
            text.extend_from_slice(part.as_bytes());
            text.push(b'\t');
        }
    }
    text
}

/// Takes everything and keeps nothing.
struct Sink(usize);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += black_box(bytes).len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// All rows as a CSV for scripts.
pub(crate) fn export(snapshot: &Snapshot, out: &mut dyn Write) {
    let meta = ExportMeta {
        connection_name: "bench".to_owned(),
        platform_origin: "http://127.0.0.1:8081".to_owned(),
        exported_at: snapshot.read_at(),
        zone: TimeZone::UTC,
    };
    let request = ExportRequest {
        view: view(None),
        everything: false,
        format: ExportFormat::Csv,
        preset: CsvPreset::Script,
        header: CsvHeader::Keys,
    };
    let written = write_rows(&request, snapshot, &meta, out);
    assert!(matches!(written, Ok(Ok(rows)) if rows as usize == snapshot.table().len()), "all rows");
}

fn print(snapshot: &Snapshot, report: &mut Report) {
    let mut text = Vec::new();
    export(snapshot, &mut text);
    let mut copy = vec![1; text.len()];
    let measured = pair(
        RUNS,
        || {
            let mut sink = Sink(0);
            export(snapshot, &mut sink);
            sink.0
        },
        || black_box(&mut copy).copy_from_slice(black_box(&text)),
    );
    report.times(&format!("CSV to a sink ({:.0} MB)", text.len() as f64 / 1e6), measured, 12.0);
}

/// What each list costs in addition while a procedure is under way.
fn fingerprint(answer: &[u8], snapshot: &Snapshot, report: &mut Report) {
    let table = snapshot.table();
    let print = |row| {
        let id = table.id(row).to_string();
        Fingerprint::of([table.organization(row), table.workspace(row), table.backyard(row), &id])
    };
    let measured = pair(RUNS, || (0..table.len() as u32).map(print).collect::<Vec<_>>(), || read(Stream(answer)));
    report.times("fingerprints of all rows", measured, 3.0);
}
