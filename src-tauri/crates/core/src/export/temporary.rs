//! The file that an export is until it is complete.
//!
//! An error or a stop removes it. Only a program that is killed leaves it behind: hidden, by a name of ours, and without
//! the lock that its writer held on it. The next export into that folder takes such a leftover away.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

const PREFIX: &str = ".running-jobs-";
const SUFFIX: &str = ".tmp";
/// Another export can take a file for a leftover in the instant before it is locked. Twice in a row is no accident.
const ATTEMPTS: u32 = 8;

/// A new one in a folder, mode 0600: ids and names of a customer's systems are nobody else's business.
pub(super) fn create(folder: &Path) -> io::Result<NamedTempFile> {
    sweep(folder);
    for _ in 0..ATTEMPTS {
        let temporary = Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(folder)?;
        // Where a file system knows no locks nothing is swept either.
        let is_locked = temporary.as_file().lock().is_ok();
        if !is_locked || temporary.path().exists() {
            return Ok(temporary);
        }
    }
    Err(io::ErrorKind::ResourceBusy.into())
}

/// Takes away what killed programs have left. What cannot be looked at or removed stays; the export has its own errors.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            remove_unless_written(&entry.path());
        }
    }
}

/// Removes a leftover while holding its lock, so that nobody can begin to write it in between.
fn remove_unless_written(path: &Path) {
    let Ok(file) = File::options().write(true).open(path) else { return };
    if file.try_lock().is_ok() && fs::remove_file(path).is_ok() {
        tracing::info!(path = %path.display(), "the leftover of an export that was killed is removed");
    }
}
