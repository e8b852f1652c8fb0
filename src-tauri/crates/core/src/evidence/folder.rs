//! The folder of a pack: complete, or not there at all.
//!
//! It is filled under a hidden name of ours, locked, and then renamed. What a killed program leaves behind has no lock any
//! more, and the next pack in that place takes it away. Where folders cannot be locked nothing is swept.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempDir};

use super::hashing::Hashing;
use crate::export::file::NUMBERS;
use crate::settings::atomic::sync_folder;

const PREFIX: &str = ".evidence-";
const SUFFIX: &str = ".tmp";
/// Another program can take a folder for a leftover in the instant before it is locked. Twice in a row is no accident.
const ATTEMPTS: u32 = 8;

/// A pack in the making. Dropped, it leaves nothing.
pub(super) struct Folder {
    temporary: TempDir,
    /// Held until it stands in its place.
    _lock: Option<File>,
    /// Name and SHA-256, in the order in which they came.
    files: Vec<(&'static str, String)>,
}

impl Folder {
    /// A new one within `target`, mode 0700: ids and names of a customer's systems are nobody else's business.
    pub(super) fn create(target: &Path) -> io::Result<Self> {
        sweep(target);
        for _ in 0..ATTEMPTS {
            let mut builder = Builder::new();
            builder.prefix(PREFIX).suffix(SUFFIX);
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                builder.permissions(fs::Permissions::from_mode(0o700));
            }
            let temporary = builder.tempdir_in(target)?;
            let lock = File::open(temporary.path()).ok().filter(|folder| folder.lock().is_ok());
            if lock.is_none() || temporary.path().exists() {
                return Ok(Self { temporary, _lock: lock, files: Vec::new() });
            }
        }
        Err(io::ErrorKind::ResourceBusy.into())
    }

    /// Writes a file, mode 0600, and waits until the disk has it. Its SHA-256.
    pub(super) fn add(
        &mut self,
        name: &'static str,
        content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<String> {
        let mut options = OpenOptions::new();
        options.create_new(true).write(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let mut file = options.open(self.temporary.path().join(name))?;
        let mut out = Hashing::new(&mut file);
        content(&mut out)?;
        let sum = out.finish();
        file.sync_all()?;
        self.files.push((name, sum.clone()));
        Ok(sum)
    }

    /// Takes a file out again.
    pub(super) fn take_away(&mut self, name: &str) -> io::Result<()> {
        self.files.retain(|(known, _)| *known != name);
        fs::remove_file(self.temporary.path().join(name))
    }

    /// What is in it.
    pub(super) fn files(&self) -> &[(&'static str, String)] {
        &self.files
    }

    /// Moves it to the first of `name`, `name-2`, … in `target` that is free.
    pub(super) fn settle(self, target: &Path, name: &str) -> io::Result<PathBuf> {
        sync_folder(self.temporary.path())?;
        for number in 1..=NUMBERS {
            let path = target.join(if number == 1 { name.to_owned() } else { format!("{name}-{number}") });
            // A rename would replace an empty folder.
            if fs::symlink_metadata(&path).is_ok() {
                continue;
            }
            match fs::rename(self.temporary.path(), &path) {
                Ok(()) => {
                    let _ = self.temporary.keep(); // it is not there any more
                    if let Err(error) = sync_folder(target) {
                        tracing::warn!(folder = %target.display(), %error, "the folder of a pack could not be synced");
                    }
                    return Ok(path);
                }
                // Another program was faster.
                Err(error) if is_taken(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }
}

fn is_taken(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::NotADirectory
    )
}

/// Takes away what killed programs have left. What cannot be looked at or removed stays; the pack has its own errors.
fn sweep(target: &Path) {
    let Ok(entries) = fs::read_dir(target) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        if !is_ours || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let is_left = File::open(entry.path()).is_ok_and(|folder| folder.try_lock().is_ok());
        if is_left && fs::remove_dir_all(entry.path()).is_ok() {
            tracing::info!(path = %entry.path().display(), "the leftover of a pack that was killed is removed");
        }
    }
}
