//! How far an export is, and how it is stopped.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;

use serde::Serialize;
use ts_rs::TS;

/// How far an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ExportProgress {
    /// Rows written until now.
    pub rows: u32,
    /// Rows that it will be.
    pub total: u32,
}

/// Stops an export from elsewhere. Clones stop the same one; what is stopped stays so.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Stops it before its next chunk, and in any case before its file appears.
    pub fn set(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// An error once it is stopped.
    pub(super) fn check(&self) -> io::Result<()> {
        if self.0.load(Ordering::Acquire) {
            return Err(io::Error::other(Stopped));
        }
        Ok(())
    }
}

/// Whether an error says that somebody stopped it, and not that something failed.
pub(super) fn is_stop(error: &io::Error) -> bool {
    matches!(error.get_ref(), Some(inner) if inner.is::<Stopped>())
}

#[derive(Debug, thiserror::Error)]
#[error("stopped")]
struct Stopped;

/// Who looks on while a file is written.
pub struct Watcher<'a> {
    /// Looked at before every chunk.
    pub stop: &'a Stop,
    /// Told before the first chunk and after each.
    pub tell: &'a mut dyn FnMut(ExportProgress),
}

/// A writer that fails from the moment at which it is stopped.
pub(super) struct Stoppable<'a, W> {
    pub(super) out: W,
    pub(super) stop: &'a Stop,
}

impl<W: Write> Write for Stoppable<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stop.check()?;
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
