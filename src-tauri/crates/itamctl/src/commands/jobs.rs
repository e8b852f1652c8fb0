//! `jobs`: the running jobs as a table, CSV or JSON, from a platform or from a saved answer.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::domain::time::Timestamp;
use ita_core::domain::truth::Truth;
use ita_core::export::file::{self, Target};
use ita_core::export::{write_rows, CsvHeader, ExportFormat, ExportMeta, ExportRequest, Stop};
use ita_core::jobs::snapshot::Snapshot;
use ita_core::jobs::view::JobView;
use ita_core::ports::{Clock, SystemClock};
use ita_core::services::console::Console;
use ita_core::services::saved_answer;

use super::{status, NoNews};
use crate::args::{Format, JobsArguments, Shared, Source};
use crate::compose::{compose, Composed};
use crate::exit::{Exit, Failure};
use crate::messages;
use crate::output::{jobs_table, json, to_stdout, write_whole};
use crate::signals::stop_by_signal;

pub(super) async fn run(shared: &Shared, arguments: &JobsArguments) -> Result<Exit, Failure> {
    let format = shared.jobs_format()?;
    let read = match arguments.source() {
        Source::Platform => from_platform(shared).await?,
        Source::Stdin => from_saved(shared, io::stdin().lock())?,
        Source::File(path) => from_saved(shared, open(path)?)?,
    };
    let Read { list, meta, console } = read;
    match list {
        Ok(snapshot) => {
            arguments.check_places(&snapshot)?;
            let listing = Listing { view: arguments.view(&snapshot), snapshot, meta, format, shared };
            let shown = listing.write(console.as_ref())?;
            listing.tell(shown);
            Ok(Exit::Done)
        }
        Err(problem) => {
            if format == Format::Json {
                write_whole(&unknown(&meta, problem.code)?, shared.output.as_deref())?;
            }
            messages::error(&problem);
            Ok(Exit::of_unread(problem.code))
        }
    }
}

/// What came of asking.
struct Read {
    list: Result<Arc<Snapshot>, Problem>,
    meta: ExportMeta,
    /// Where a platform was asked.
    console: Option<Console>,
}

async fn from_platform(shared: &Shared) -> Result<Read, Failure> {
    let Composed { console, connection, password, .. } = compose(shared, Arc::new(NoNews))?;
    console.open_unread(connection, password).await;
    let list = match console.read_jobs().await?.running {
        Truth::Unknown { problem: Some(problem) } | Truth::Stale { problem, .. } => Err(problem),
        _ => console.known_jobs(),
    };
    Ok(Read { list, meta: console.export_meta()?, console: Some(console) })
}

fn from_saved(shared: &Shared, answer: impl io::Read) -> Result<Read, Failure> {
    if shared.names_platform() {
        return Err(Failure::usage(
            "--input reads a saved answer and asks no platform: leave the platform's options out.",
        ));
    }
    let clock = SystemClock;
    let list = saved_answer::read(answer, &shared.zone().unwrap_or_default(), &clock);
    let meta = ExportMeta {
        connection_name: String::new(),
        platform_origin: String::new(),
        exported_at: clock.now(),
        zone: clock.zone(),
    };
    Ok(Read { list, meta, console: None })
}

fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|error| Failure::Failed(format!("{} cannot be read: {error}.", path.display())))
}

/// A known list and how it is written.
struct Listing<'a> {
    snapshot: Arc<Snapshot>,
    view: JobView,
    meta: ExportMeta,
    format: Format,
    shared: &'a Shared,
}

impl Listing<'_> {
    /// Writes it where it has to go. `None` where a reader had seen enough before the end.
    fn write(&self, console: Option<&Console>) -> Result<Option<u32>, Problem> {
        let mut shown = None;
        let mut write = |out: &mut dyn Write| {
            let rows = self.write_to(out)?;
            shown = Some(rows);
            Ok(rows)
        };
        match (&self.shared.output, console) {
            (None, _) => to_stdout(|out| write(out).map(drop))?,
            (Some(path), Some(console)) => in_place(|stop| console.export_jobs_as(path.clone(), stop, write))?,
            (Some(path), None) => {
                let target = Target::File(path.clone());
                in_place(|stop| file::write(&target, "", stop, |out| write(out).map(drop)))?;
            }
        }
        Ok(shown)
    }

    /// Writes it all and returns how many rows it was.
    fn write_to(&self, out: &mut dyn Write) -> io::Result<u32> {
        match self.format {
            Format::Table => jobs_table::write(&self.snapshot, &self.view, &self.meta.zone, out),
            Format::Csv => self.rows(ExportFormat::Csv, out),
            Format::Json => {
                let head = Head::new(&self.meta, json::Count::known(self.snapshot.running()), self.snapshot.read_at());
                out.write_all(head.open()?.as_bytes())?;
                let rows = self.rows(ExportFormat::Json, out)?;
                out.write_all(b"}\n")?;
                Ok(rows)
            }
        }
    }

    fn rows(&self, format: ExportFormat, out: &mut dyn Write) -> io::Result<u32> {
        let request = ExportRequest {
            view: self.view.clone(),
            everything: false,
            format,
            preset: self.shared.preset(),
            header: CsvHeader::Keys,
        };
        write_rows(&request, &self.snapshot, &self.meta, out).map_err(io::Error::other)?
    }

    /// What has to be known beside the rows. A list that a filter left empty is not to be taken for an idle platform.
    fn tell(&self, shown: Option<u32>) {
        let running = self.snapshot.running();
        match shown {
            Some(shown) if shown != running.rows => {
                messages::note(&format!("{shown} of {} jobs pass the filter.", running.rows));
            }
            Some(shown) if self.format == Format::Table => messages::note(&format!("{shown} jobs.")),
            _ => {}
        }
        if running.rows > 0 && running.oldest_update.is_none() {
            let why = status::without_times(&self.snapshot.zone().basis());
            messages::note(&format!("Ages and UTC times are left out: {why}."));
        }
        status::tell_oddities(running);
    }
}

/// Writes a file where the signals of the terminal are heard meanwhile.
fn in_place<T>(write: impl FnOnce(&Stop) -> T) -> T {
    let stop = stop_by_signal();
    tokio::task::block_in_place(|| write(&stop))
}

/// What stands before the rows in JSON.
#[derive(serde::Serialize)]
struct Head<'a> {
    platform: Option<&'a str>,
    read_at: String,
    running: json::Count,
}

impl<'a> Head<'a> {
    fn new(meta: &'a ExportMeta, running: json::Count, read_at: Timestamp) -> Self {
        let platform = Some(meta.platform_origin.as_str()).filter(|origin| !origin.is_empty());
        Self { platform, read_at: read_at.to_rfc3339(), running }
    }

    /// The object up to the value of its last key, `jobs`.
    fn open(&self) -> io::Result<String> {
        let mut text = serde_json::to_string(self)?;
        text.truncate(text.len() - 1);
        text.push_str(",\"jobs\":");
        Ok(text)
    }
}

/// The object of a list that is not known.
fn unknown(meta: &ExportMeta, reason: ProblemCode) -> Result<String, Problem> {
    let head = Head::new(meta, json::Count::unknown(Some(reason)), meta.exported_at);
    let opened = head.open().map_err(|error| Problem::because(ProblemCode::Internal, error.to_string()))?;
    Ok(opened + "null}\n")
}
