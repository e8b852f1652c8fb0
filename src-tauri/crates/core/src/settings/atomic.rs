//! Old or new, never neither.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Larger files are not ours.
pub(crate) const LARGEST: u64 = 4 * 1024 * 1024;

/// The content of a file of ours; `None`: there is none. `InvalidData`: it is larger than [`LARGEST`].
pub(crate) fn read_bounded(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
        Ok(metadata) if metadata.len() > LARGEST => Err(invalid(format!("{} bytes", metadata.len()))),
        Ok(_) => fs::read(path).map(Some),
    }
}

/// A file that is there and not ours.
pub(crate) fn invalid(reason: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

/// `<file>.<suffix>`: where its lock, its last good copy and what was damaged lie.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{name}.{suffix}"))
}

/// A folder, with those above it, that nobody else can look into. Not an error if it is there.
pub(crate) fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// How a file ends that is not in its place yet.
const TEMPORARY: &str = ".tmp";

/// Replaces a file so that a power cut leaves either the old content or the new: temporary file in the same folder, sync,
/// rename, sync of the folder. Mode 0600.
pub fn write_atomically(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = folder.join(format!("{}{}{TEMPORARY}", before_id(&name), std::process::id()));
    let written = write_and_sync(&temporary, content).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        let _ = fs::remove_file(&temporary); // the first error is the one to tell
    }
    written?;
    sync_folder(folder)
}

/// Takes away what writers of this file left that were killed. Only for a file whose writers keep each other out.
pub(crate) fn sweep_temporaries(path: &Path) {
    let Some(folder) = path.parent() else { return };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let found = entry.file_name().to_string_lossy().into_owned();
        if found.starts_with(&before_id(&name)) && found.ends_with(TEMPORARY) {
            let _ = fs::remove_file(entry.path()); // what cannot be removed harms nobody
        }
    }
}

/// What stands before the writer's process id.
fn before_id(name: &str) -> String {
    format!(".{name}.")
}

fn write_and_sync(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

/// Makes a rename in the folder survive a power cut.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
pub(crate) fn sync_folder(_folder: &Path) -> io::Result<()> {
    let _: Option<File> = None; // folders cannot be opened for syncing there; the rename is journalled
    Ok(())
}
