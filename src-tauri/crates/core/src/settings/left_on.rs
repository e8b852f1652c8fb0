//! What the left-on guard remembers over restarts: one small file. Losing it costs only how long ago something began, so
//! what cannot be understood is begun anew; what a newer version wrote is left to it.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::atomic::{invalid, read_bounded};
use super::write_atomically;
use crate::domain::connection::ConnectionId;
use crate::domain::left_on::Remembered;

/// Version of the file's shape.
const VERSION: u32 = 1;
/// Connections that are remembered; nobody saves as many.
const MOST_CONNECTIONS: usize = 1_000;

/// What is remembered, by connection.
pub type Memory = BTreeMap<ConnectionId, Remembered>;

/// The file. One program writes it: the one whose window is open.
#[derive(Debug, Clone)]
pub struct LeftOnFile {
    path: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct Document {
    version: u32,
    connections: Memory,
}

#[derive(Deserialize)]
struct AnyVersion {
    version: u32,
}

impl LeftOnFile {
    /// The file at `path`, which need not exist.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// What was saved; empty where nothing that can be understood was.
    pub fn load(&self) -> Memory {
        let document = self.read().and_then(|content| match content {
            None => Ok(None),
            Some(content) => Ok(Some(serde_json::from_slice::<Document>(&content)?)),
        });
        match document {
            Ok(document) => document.filter(|it| it.version == VERSION).map(|it| it.connections).unwrap_or_default(),
            Err(error) => {
                tracing::warn!(%error, path = %self.path.display(), "what was left on before is forgotten");
                Memory::new()
            }
        }
    }

    /// Replaces the file, unless a newer version wrote it.
    pub fn save(&self, memory: &Memory) -> io::Result<()> {
        let version = |content: Vec<u8>| serde_json::from_slice::<AnyVersion>(&content).ok().map(|it| it.version);
        if self.read().unwrap_or_default().and_then(version).is_some_and(|version| version > VERSION) {
            return Err(invalid("a newer version wrote it"));
        }
        let connections = memory.iter().take(MOST_CONNECTIONS).map(|(id, it)| (id.clone(), it.clone())).collect();
        write_atomically(&self.path, &serde_json::to_vec(&Document { version: VERSION, connections })?)
    }

    fn read(&self) -> io::Result<Option<Vec<u8>>> {
        read_bounded(&self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::modes::ModeReading;
    use crate::domain::time::Timestamp;
    use std::fs;

    #[test]
    fn what_was_saved_is_loaded_and_what_is_damaged_begins_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = LeftOnFile::new(folder.path().join("data/left-on.json"));
        assert_eq!(file.load(), Memory::new(), "nothing yet");
        let mut remembered = Remembered::of("http://127.0.0.1:81");
        remembered.checked(ModeReading { job_stop: None, read_only: Some(true) }, Timestamp(5), |_| None);
        let memory = Memory::from([(ConnectionId("a".to_owned()), remembered)]);
        file.save(&memory).expect("saved");
        assert_eq!(file.load(), memory);
        for damage in ["{", "[]", r#"{"version":1,"connections":3}"#, "\u{0}"] {
            fs::write(&file.path, damage).expect("damaged");
            assert_eq!(file.load(), Memory::new(), "{damage}");
            file.save(&memory).expect("saved again");
            assert_eq!(file.load(), memory);
        }
    }

    #[test]
    fn what_a_newer_version_wrote_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = LeftOnFile::new(folder.path().join("left-on.json"));
        let newer = r#"{"version":2,"anything":[]}"#;
        fs::write(&file.path, newer).expect("written");
        assert_eq!(file.load(), Memory::new());
        file.save(&Memory::new()).expect_err("left alone");
        assert_eq!(fs::read_to_string(&file.path).expect("there"), newer);
    }
}
