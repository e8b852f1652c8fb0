//! Where data goes and what it looks like.

pub(crate) mod connections;
pub(crate) mod jobs_table;
pub(crate) mod json;
pub(crate) mod table;

use std::io::{self, Write};
use std::path::Path;

use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::settings::write_atomically;

/// Writes what a command has to say in one piece: to the file that `--output` names, or to stdout.
pub(crate) fn write_whole(text: &str, file: Option<&Path>) -> Result<(), Problem> {
    match file {
        Some(path) => write_atomically(path, text.as_bytes()).map_err(|error| not_written(&path.display(), &error)),
        None => to_stdout(|out| out.write_all(text.as_bytes())),
    }
}

/// Lets `write` write to stdout. A reader that has seen enough (`| head`) is no error.
pub(crate) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Problem> {
    let mut out = io::BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(not_written(&"stdout", &error)),
        _ => Ok(()),
    }
}

fn not_written(place: &dyn std::fmt::Display, error: &io::Error) -> Problem {
    Problem::because(ProblemCode::FileNotWritten, format!("{place}: {error}"))
}
