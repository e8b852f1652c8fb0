//! Where an export goes: complete, or not at all.

use std::path::{Path, PathBuf};
use std::{fs, io};

use tempfile::NamedTempFile;

use super::watch::{is_stop, Stop, Stoppable};
use super::{temporary, ExportFormat, ExportMeta};
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::time::Timestamp;
use crate::settings::atomic::sync_folder;

/// Characters of a connection's name that a file's name takes over.
const NAME_LENGTH: usize = 60;
/// Files of the same second that are told apart by a number.
pub(crate) const NUMBERS: u32 = 1_000;

/// Where to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// This file, in place of one that is there: the user has chosen it. One that is marked read-only stays. In place of a
    /// symbolic link stands the file itself, and what the link led to stays as it is: in a folder that many can write
    /// to, a planted link must not turn an export into the end of another file.
    File(PathBuf),
    /// A new file in this folder.
    Folder(PathBuf),
}

impl ExportMeta {
    /// `<connection>_running-jobs_<YYYYMMDD-HHMMSS+ZZZZ>.csv` in the workstation's zone, without what a file system or a
    /// shell could trip over.
    pub fn file_name(&self, format: ExportFormat) -> String {
        let extension = match format {
            ExportFormat::Csv => "csv",
            ExportFormat::Json => "json",
        };
        format!("{}.{extension}", self.name_of("running-jobs"))
    }

    /// `<connection>_<what>_<YYYYMMDD-HHMMSS+ZZZZ>`.
    pub(crate) fn name_of(&self, what: &str) -> String {
        let name: String = self.connection_name.trim().chars().map(harmless).take(NAME_LENGTH).collect();
        let name = name.trim_matches(['.', ' ', '_']);
        let separator = if name.is_empty() { "" } else { "_" };
        format!("{name}{separator}{what}_{}", self.stamp())
    }

    fn stamp(&self) -> String {
        let Timestamp(milliseconds) = self.exported_at;
        let instant = jiff::Timestamp::from_millisecond(milliseconds).unwrap_or_default();
        instant.to_zoned(self.zone.clone()).strftime("%Y%m%d-%H%M%S%z").to_string()
    }
}

/// Letters and digits of any script stay; what separates paths, hides, or means something to a shell does not.
fn harmless(character: char) -> char {
    if character.is_alphanumeric() || matches!(character, '-' | '.' | ' ') {
        character
    } else {
        '_'
    }
}

/// Writes a file beside its place, syncs it, and moves it there. [`ProblemCode::FileNotWritten`] with the path and the
/// reason, or [`ProblemCode::Cancelled`] where `stop` was set before the file stood there; then nothing is left behind, and
/// a file that was there is as it was. `name` is for a folder.
pub fn write(
    target: &Target,
    name: &str,
    stop: &Stop,
    content: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> Result<PathBuf, Problem> {
    let path = match target {
        Target::File(path) => path.clone(),
        Target::Folder(folder) => folder.join(name),
    };
    let written = write_beside(&path, stop, content).and_then(|temporary| match target {
        Target::File(_) => replace(temporary, &path),
        Target::Folder(folder) => add(temporary, folder, name),
    });
    written.map_err(|error| {
        if is_stop(&error) {
            return Problem::new(ProblemCode::Cancelled);
        }
        Problem::because(ProblemCode::FileNotWritten, format!("{}: {error}", path.display()))
    })
}

fn write_beside(
    path: &Path,
    stop: &Stop,
    content: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> io::Result<NamedTempFile> {
    let mut temporary = temporary::create(folder_of(path))?;
    content(&mut Stoppable { out: temporary.as_file_mut(), stop })?;
    temporary.as_file().sync_all()?;
    // Bringing a large file to a slow disk takes its time too.
    stop.check()?;
    Ok(temporary)
}

fn replace(temporary: NamedTempFile, path: &Path) -> io::Result<PathBuf> {
    // Renaming asks for the folder's permission only.
    let is_kept = fs::symlink_metadata(path).is_ok_and(|there| there.is_file() && there.permissions().readonly());
    if is_kept {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    temporary.persist(path)?;
    settle(folder_of(path));
    Ok(path.to_owned())
}

/// The file stands there, whole. Where a folder cannot be synced (network drives), a power cut in the next seconds may
/// still undo that; it is no reason to call the export failed.
fn settle(folder: &Path) {
    if let Err(error) = sync_folder(folder) {
        tracing::warn!(folder = %folder.display(), %error, "the folder of an export could not be synced");
    }
}

/// Under the first of `name`, `name-2`, … that is free, also when another program takes one at the same moment.
fn add(mut temporary: NamedTempFile, folder: &Path, name: &str) -> io::Result<PathBuf> {
    for number in 1..=NUMBERS {
        let path = folder.join(numbered(name, number));
        match temporary.persist_noclobber(&path) {
            Ok(_) => {
                settle(folder);
                return Ok(path);
            }
            Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => temporary = failed.file,
            Err(failed) => return Err(failed.error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn numbered(name: &str, number: u32) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) if number > 1 => format!("{stem}-{number}.{extension}"),
        _ => name.to_owned(),
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
