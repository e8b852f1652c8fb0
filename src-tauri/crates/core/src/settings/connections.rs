//! `connections.json`: every saved connection, without secrets. This crate is its one writer; window and `itamctl` share
//! it under a lock.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::atomic::{beside, invalid, read_bounded, sweep_temporaries};
use super::write_atomically;
use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::time::Timestamp;

/// Version of the file's shape. A newer one is read as far as it is understood and never written.
const VERSION: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Document {
    version: u32,
    revision: u64,
    connections: Vec<Connection>,
    /// See [`ConnectionsFile::change_with_leftovers`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    leftovers: Vec<ConnectionId>,
}

impl Document {
    const fn empty() -> Self {
        Self { version: VERSION, revision: 0, connections: Vec::new(), leftovers: Vec::new() }
    }
}

/// A file of any version, as far as every version will have it.
#[derive(Deserialize)]
struct AnyVersion {
    version: u32,
    #[serde(default)]
    connections: serde_json::Value,
}

impl AnyVersion {
    /// Those connections that this version understands.
    fn understood(self) -> Document {
        let connections = self.connections.as_array().into_iter().flatten();
        let connections = connections.filter_map(|it| Connection::deserialize(it).ok()).collect();
        Document { version: self.version, revision: 0, connections, leftovers: Vec::new() }
    }
}

/// What reading found.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The connections, in the user's order.
    pub connections: Vec<Connection>,
    /// `SettingsDamaged` (kept aside, last good copy restored), until [`ConnectionsFile::problem_told`]; or `SettingsNewer`
    /// (not written).
    pub problem: Option<Problem>,
}

/// The file and its neighbours: `.lock`, `.last-good`.
#[derive(Debug, Clone)]
pub struct ConnectionsFile {
    path: PathBuf,
    /// The first damage that was mended and not told: whoever reads next finds a file without it.
    mended: Arc<Mutex<Option<Problem>>>,
}

impl ConnectionsFile {
    /// The file at `path`, which need not exist.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), mended: Arc::default() }
    }

    /// The user knows of the damage that [`Self::load`] returned.
    pub fn problem_told(&self) {
        *self.mended() = None;
    }

    fn mended(&self) -> MutexGuard<'_, Option<Problem>> {
        self.mended.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads it; a damaged file is kept aside as `.corrupt-<time>` and the last good copy takes its place.
    pub fn load(&self, now: Timestamp) -> Result<Loaded, Problem> {
        // Where not even a lock can be made, nothing can be mended either: it is only read.
        let document = match self.lock() {
            Ok(_lock) => self.read_or_restore(now)?,
            Err(_) => self.read_only()?,
        };
        let problem = self.newer(&document).or_else(|| self.mended().clone());
        Ok(Loaded { connections: document.connections, problem })
    }

    /// One connection.
    pub fn find(&self, id: &ConnectionId, now: Timestamp) -> Result<Connection, Problem> {
        let loaded = self.load(now)?;
        loaded.connections.into_iter().find(|connection| connection.id == *id).ok_or_else(|| unknown(id))
    }

    /// Changes the list under the lock and writes it if it changed. Returns the list as written.
    pub fn change<T>(
        &self,
        now: Timestamp,
        change: impl FnOnce(&mut Vec<Connection>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        self.change_with_leftovers(now, |connections, _| change(connections))
    }

    /// As [`Self::change`], with the ids under which the keyring may hold a password that no connection uses. An id is
    /// written here before its entry can outlive its connection, so that a crash in between leaves a trace to sweep by:
    /// a keyring cannot be asked which entries are ours.
    pub fn change_with_leftovers<T>(
        &self,
        now: Timestamp,
        change: impl FnOnce(&mut Vec<Connection>, &mut Vec<ConnectionId>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let _lock = self.lock().map_err(|error| self.not_written(&error))?;
        let mut document = self.read_or_restore(now)?;
        if let Some(newer) = self.newer(&document) {
            return Err(newer);
        }
        let before = document.clone();
        let result = change(&mut document.connections, &mut document.leftovers)?;
        if document != before {
            document.revision += 1;
            self.write(&document).map_err(|error| self.not_written(&error))?;
        }
        Ok(result)
    }

    fn write(&self, document: &Document) -> io::Result<()> {
        let mut text = serde_json::to_vec_pretty(document)?;
        text.push(b'\n');
        sweep_temporaries(&self.path);
        write_atomically(&self.path, &text)?;
        // The change is on the disk, whatever becomes of its copy.
        if let Err(error) = write_atomically(&beside(&self.path, "last-good"), &text) {
            tracing::warn!(%error, "no copy of the connections file could be kept");
        }
        Ok(())
    }

    fn newer(&self, document: &Document) -> Option<Problem> {
        let is_newer = document.version > VERSION;
        is_newer.then(|| Problem::because(ProblemCode::SettingsNewer, self.path.display().to_string()))
    }

    fn read_or_restore(&self, now: Timestamp) -> Result<Document, Problem> {
        match read(&self.path) {
            Ok(document) => Ok(document.unwrap_or_else(Document::empty)),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => self.restore(now),
            Err(error) => Err(self.unreadable(&error)),
        }
    }

    fn read_only(&self) -> Result<Document, Problem> {
        let found = read(&self.path).map_err(|error| self.unreadable(&error))?;
        Ok(found.unwrap_or_else(Document::empty))
    }

    fn unreadable(&self, error: &io::Error) -> Problem {
        Problem::because(ProblemCode::SettingsDamaged, format!("{}: {error}", self.path.display()))
    }

    fn restore(&self, now: Timestamp) -> Result<Document, Problem> {
        let aside = beside(&self.path, &format!("corrupt-{}", now.0));
        fs::rename(&self.path, &aside).map_err(|error| self.not_written(&error))?;
        self.mended()
            .get_or_insert_with(|| Problem::because(ProblemCode::SettingsDamaged, aside.display().to_string()));
        let copy = beside(&self.path, "last-good");
        let last_good = read(&copy).ok().flatten().unwrap_or_else(Document::empty);
        if !last_good.connections.is_empty() {
            // Byte by byte: a newer version's copy may hold more than this one understands.
            let restored = fs::read(&copy).and_then(|text| write_atomically(&self.path, &text));
            restored.map_err(|error| self.not_written(&error))?;
        }
        Ok(last_good)
    }

    /// Held until the returned file is dropped. Other processes wait: every hold is a few milliseconds.
    fn lock(&self) -> io::Result<File> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(beside(&self.path, "lock"))?;
        file.lock()?;
        Ok(file)
    }

    fn not_written(&self, error: &io::Error) -> Problem {
        Problem::because(ProblemCode::FileNotWritten, format!("{}: {error}", self.path.display()))
    }
}

/// `None`: there is no file. `InvalidData`: there is one and it is not ours.
fn read(path: &Path) -> io::Result<Option<Document>> {
    let Some(text) = read_bounded(path)? else { return Ok(None) };
    let any: AnyVersion = serde_json::from_slice(&text).map_err(invalid)?;
    if any.version > VERSION {
        return Ok(Some(any.understood()));
    }
    serde_json::from_slice(&text).map(Some).map_err(invalid)
}

/// No such connection.
pub fn unknown(id: &ConnectionId) -> Problem {
    Problem::because(ProblemCode::BadArgument, format!("connection {}", id.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::connection::{CertificatePolicy, Environment, LoginWay, ProxyPolicy, SecretPlace, ZoneSetting};

    fn connection(name: &str) -> Connection {
        Connection {
            id: ConnectionId(name.to_owned()),
            name: name.to_owned(),
            address: "https://ita.example".to_owned(),
            environment: Environment::Production,
            user: "admin".to_owned(),
            secret_place: SecretPlace::Keyring,
            login: LoginWay::Automatic,
            certificate: CertificatePolicy::System,
            proxy: ProxyPolicy::None,
            poll_seconds: None,
            zone: ZoneSetting::Automatic,
            proven_offset_minutes: None,
            stopped_by_refused_login: false,
        }
    }

    fn with_one() -> (tempfile::TempDir, ConnectionsFile) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = ConnectionsFile::new(folder.path().join("connections.json"));
        file.change(Timestamp(1), |all| {
            all.push(connection("first"));
            Ok(())
        })
        .expect("written");
        (folder, file)
    }

    #[test]
    fn no_file_is_an_empty_list_and_writes_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = ConnectionsFile::new(folder.path().join("connections.json"));
        assert_eq!(file.load(Timestamp(1)).expect("read"), Loaded { connections: vec![], problem: None });
        assert!(!folder.path().join("connections.json").exists());
    }

    #[test]
    fn a_file_cut_at_any_byte_is_kept_aside_and_the_last_good_one_restored() {
        let (folder, file) = with_one();
        let path = folder.path().join("connections.json");
        let whole = fs::read(&path).expect("the file");
        for cut in 0..whole.len() - 1 {
            fs::write(&path, &whole[..cut]).expect("cut");
            let loaded = file.load(Timestamp(cut as i64)).expect("restored");
            assert_eq!(loaded.connections, [connection("first")], "cut after {cut} bytes");
            assert_eq!(loaded.problem.expect("told").code, ProblemCode::SettingsDamaged);
            assert!(folder.path().join(format!("connections.json.corrupt-{cut}")).exists(), "nothing is thrown away");
        }
    }

    #[test]
    fn a_newer_file_is_shown_and_never_written() {
        let (folder, file) = with_one();
        let path = folder.path().join("connections.json");
        let newer = fs::read_to_string(&path).expect("the file").replace("\"version\": 1", "\"version\": 2");
        fs::write(&path, &newer).expect("written");
        assert_eq!(file.load(Timestamp(1)).expect("read").connections.len(), 1);
        let refused = file.change(Timestamp(1), |all| {
            all.clear();
            Ok(())
        });
        assert_eq!(refused.expect_err("refused").code, ProblemCode::SettingsNewer);
        assert_eq!(fs::read_to_string(&path).expect("the file"), newer);
    }

    #[test]
    fn a_newer_file_of_another_shape_stays_where_it_is_and_shows_what_is_understood() {
        let (folder, file) = with_one();
        let path = folder.path().join("connections.json");
        let known = serde_json::to_value(connection("first")).expect("JSON");
        for (connections, understood) in [
            (serde_json::json!([known, { "id": "x", "vault": true }]), 1),
            (serde_json::json!({ "groups": [] }), 0),
            (serde_json::Value::Null, 0),
        ] {
            let newer = serde_json::json!({ "version": 7, "connections": connections, "extra": [] }).to_string();
            fs::write(&path, &newer).expect("written");
            let loaded = file.load(Timestamp(1)).expect("read");
            assert_eq!(loaded.connections.len(), understood, "{newer}");
            assert_eq!(loaded.problem.expect("told").code, ProblemCode::SettingsNewer);
            assert_eq!(fs::read_to_string(&path).expect("the file"), newer);
        }
    }

    #[test]
    fn a_mended_damage_is_told_although_others_read_first_and_then_no_more() {
        let (folder, file) = with_one();
        fs::write(folder.path().join("connections.json"), "{").expect("damaged");
        let reader = file.clone();
        reader.find(&ConnectionId("first".to_owned()), Timestamp(5)).expect("restored");
        reader.change(Timestamp(6), |_| Ok(())).expect("nothing to change");
        let told = |file: &ConnectionsFile| file.load(Timestamp(7)).expect("read").problem;
        let problem = told(&file).expect("not told yet");
        assert_eq!(problem.code, ProblemCode::SettingsDamaged);
        assert!(problem.facts.reason.expect("where it is kept").ends_with("corrupt-5"));
        file.problem_told();
        assert_eq!(told(&file), None);
        assert_eq!(told(&reader), None);
    }

    #[test]
    fn the_file_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, _file) = with_one();
        let mode = fs::metadata(folder.path().join("connections.json")).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
