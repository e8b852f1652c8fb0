//! Importing in two steps, as a window does: look at what a file holds, then choose. The file is read once, so that what
//! is saved is what was looked at, whatever has become of the file meanwhile.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use ts_rs::TS;

use super::transfer::{is_same, read_shared, Clash, Imported, SharedFile};
use super::Connections;
use crate::domain::address;
use crate::domain::connection::{CertificatePolicy, Connection, ConnectionId};
use crate::domain::problem::Problem;

/// What a file of connections holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ImportPreview {
    /// Absolute path of the file.
    pub path: String,
    /// In the order of the file.
    pub connections: Vec<ImportCandidate>,
}

/// A connection of a file, and what importing it would do here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ImportCandidate {
    /// As it would be saved, under a name that is free here.
    pub connection: Connection,
    /// Its name in the file.
    pub name: String,
    /// Whether that name is taken.
    pub standing: NameStanding,
    /// Plain http to another machine: the password travels readable.
    pub is_plain: bool,
    /// The CA file of its certificate policy is not on this machine. False also where that was not asked.
    pub lacks_ca_file: bool,
}

/// What stands in the way of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum NameStanding {
    /// Nothing.
    Free,
    /// Another connection has it, here or earlier in the file.
    Taken,
    /// A saved connection has it, and every setting is the same.
    AlreadySaved,
}

/// The file that is being looked at.
pub struct Importing {
    connections: Connections,
    looked_at: Mutex<Option<SharedFile>>,
}

impl Importing {
    /// Into these connections.
    pub fn new(connections: Connections) -> Self {
        Self { connections, looked_at: Mutex::default() }
    }

    /// Reads a file and remembers what it holds, in place of one that was looked at before. Nothing is saved.
    pub fn look_at(&self, path: &Path) -> Result<ImportPreview, Problem> {
        *self.looked_at() = None;
        let file = SharedFile::of(&read_shared(path)?)?;
        let saved = self.connections.list()?.connections;
        let imported = self.connections.preview_import(&file, Clash::Rename)?;
        *self.looked_at() = Some(file);
        let connections = imported.into_iter().map(|it| candidate(it, &saved)).collect();
        Ok(ImportPreview { path: path.display().to_string(), connections })
    }

    /// Saves those of the file that are chosen, all or none, and forgets it. A problem leaves it for another try.
    /// [`ProblemCode::BadArgument`](crate::domain::problem::ProblemCode::BadArgument) for an id that is not in the file
    /// that was looked at last.
    pub fn import(&self, chosen: &[ConnectionId]) -> Result<Vec<Connection>, Problem> {
        let mut looked_at = self.looked_at();
        let saved = self.connections.import_chosen(looked_at.clone().unwrap_or_default(), chosen)?;
        *looked_at = None;
        Ok(saved)
    }

    fn looked_at(&self) -> MutexGuard<'_, Option<SharedFile>> {
        self.looked_at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn candidate(Imported { connection, name, clashes, .. }: Imported, saved: &[Connection]) -> ImportCandidate {
    let in_file = Connection { name: name.clone(), ..connection.clone() };
    let standing = if !clashes {
        NameStanding::Free
    } else if saved.iter().any(|it| is_same(it, &in_file)) {
        NameStanding::AlreadySaved
    } else {
        NameStanding::Taken
    };
    ImportCandidate {
        standing,
        is_plain: address::normalise(&connection.address).is_ok_and(|address| address.is_plain),
        lacks_ca_file: lacks_ca_file(&connection.certificate),
        connection,
        name,
    }
}

/// A path to a share is not asked for: asking alone would log in to a machine that somebody else has named.
fn lacks_ca_file(certificate: &CertificatePolicy) -> bool {
    let CertificatePolicy::CaFile { path } = certificate else { return false };
    let is_share = path.chars().take(2).filter(|c| matches!(c, '/' | '\\')).count() == 2;
    !is_share && Path::new(path).try_exists().is_ok_and(|exists| !exists)
}
