//! What this workstation writes down: the work goes on where it cannot, and whoever does it is told, once.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Mutex;

use super::session::{held, Session};
use crate::domain::connection::Connection;
use crate::domain::monitor::Monitor;
use crate::domain::problem::Problem;
use crate::journal::JournalEvent;

/// A file beside the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OwnFile {
    Journal,
    Connections,
    Procedure,
}

/// What is wrong with each of them now.
#[derive(Default)]
pub(super) struct FileTroubles {
    now: Mutex<BTreeMap<OwnFile, Problem>>,
    /// A line of the journal was lost.
    lost_line: AtomicBool,
}

impl FileTroubles {
    /// The problem, if it is news.
    fn learn(&self, file: OwnFile, result: Result<(), Problem>) -> Option<Problem> {
        let mut troubles = held(&self.now);
        match result {
            Ok(()) => {
                troubles.remove(&file);
                None
            }
            Err(problem) if troubles.get(&file) == Some(&problem) => None,
            Err(problem) => {
                troubles.insert(file, problem.clone());
                Some(problem)
            }
        }
    }
}

impl Session {
    /// A line of the journal. Not for whoever holds the monitor.
    pub(super) fn note(&self, event: JournalEvent) {
        let written = self.parts.note(&self.connection().id, event);
        self.update(|monitor| self.tell_line(monitor, written));
    }

    /// The same for whoever holds the monitor.
    pub(super) fn note_within(&self, monitor: &mut Monitor, event: JournalEvent) {
        let written = self.parts.note(&self.connection().id, event);
        self.tell_line(monitor, written);
    }

    fn tell_line(&self, monitor: &mut Monitor, written: Result<(), Problem>) {
        match written {
            Ok(()) => monitor.journal_written(),
            Err(_) => self.file_troubles.lost_line.store(true, Ordering::Relaxed),
        }
        if let Some(problem) = self.file_troubles.learn(OwnFile::Journal, written) {
            monitor.file_trouble(problem, self.parts.clock.now());
        }
    }

    /// Whether the journal lost a line since this was asked last.
    pub(super) fn take_lost_lines(&self) -> bool {
        self.file_troubles.lost_line.swap(false, Ordering::Relaxed)
    }

    /// What became of a write, or of a read of what was written.
    pub(super) fn wrote(&self, file: OwnFile, result: Result<(), Problem>) {
        if let Some(problem) = self.file_troubles.learn(file, result) {
            let now = self.parts.clock.now();
            self.update(|monitor| monitor.file_trouble(problem, now));
        }
    }

    /// Changes the saved form of this connection, where it has one.
    pub(super) fn note_in_file(&self, change: impl FnOnce(&mut Connection)) {
        if self.connection().id.is_saved() {
            self.wrote(OwnFile::Connections, self.parts.connections.note(&self.connection().id, change));
        }
    }
}
