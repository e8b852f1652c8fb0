//! The file behind the log: private, and never larger than it may be.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Where a file begins anew, bytes. With the one before it a log takes twice as much.
const LARGEST: u64 = 1024 * 1024;

/// Appends lines; when it is full it becomes `<name>.old` and begins anew.
#[derive(Debug)]
pub struct LogFile {
    path: PathBuf,
    largest: u64,
    open: Option<(File, u64)>,
}

impl LogFile {
    /// A log at `path`; its folder and the file are made at the first line, mode 0600.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), largest: LARGEST, open: None }
    }

    /// The same with a limit of its own, bytes.
    #[must_use]
    pub fn at_most(self, largest: u64) -> Self {
        Self { largest, ..self }
    }

    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        let length = line.len() as u64;
        let (mut file, mut size) = match self.open.take() {
            Some(open) => open,
            None => open(&self.path)?,
        };
        if size > 0 && size + length > self.largest {
            drop(file);
            fs::rename(&self.path, self.path.with_extension("log.old"))?;
            (file, size) = open(&self.path)?;
        }
        file.write_all(line)?;
        // Only after a success: the next line opens the file again, and finds a disk that has room once more.
        self.open = Some((file, size + length));
        Ok(())
    }
}

impl Write for LogFile {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.append(line).map(|()| line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn open(path: &Path) -> io::Result<(File, u64)> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let file = options.open(path)?;
    let size = file.metadata()?.len();
    Ok((file, size))
}
