//! How long the jobs of each saved connection lived: one file per connection, written now and then. It is worth little: what
//! is lost comes back with time, and only the forecast waits for it.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::atomic::{beside, invalid, read_bounded, sweep_temporaries};
use super::write_atomically;
use crate::domain::connection::ConnectionId;
use crate::domain::forecast::recorder::Record;
use crate::domain::time::Timestamp;

/// Version of the file's shape. A newer one is neither used nor written.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    /// The address of the platform whose jobs they are.
    origin: &'a str,
    record: &'a Record,
}

#[derive(Deserialize)]
struct Loaded {
    #[serde(default)]
    origin: String,
    record: Record,
}

/// A file of any version.
#[derive(Deserialize)]
struct AnyVersion {
    version: u32,
}

/// The folder with the lives of all connections.
#[derive(Debug, Clone)]
pub struct LifeFiles {
    folder: PathBuf,
}

/// The right to write a connection's file: one program at a time has it, until this is dropped or the program ends.
#[derive(Debug)]
pub struct LifeFile {
    path: PathBuf,
    origin: String,
    _lock: File,
}

impl LifeFiles {
    /// Files below `folder`, which is created with the first one.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// What was learned of the platform at `origin` so far, and the file to go on with; no file where another program writes
    /// it, or a newer version of this one wrote it. A damaged one is kept aside as `.corrupt-<time>`, and learning begins
    /// anew, as it does where the connection led to another platform before.
    pub fn open(&self, id: &ConnectionId, origin: &str, now: Timestamp) -> (Record, Option<LifeFile>) {
        let path = self.path(id);
        let lock = self.lock(&path).inspect_err(|error| tracing::debug!(%error, "lives of jobs are only read")).ok();
        let found = match read(&path, origin) {
            Err(error) if error.kind() == io::ErrorKind::InvalidData && lock.is_some() => set_aside(&path, now),
            other => other,
        };
        match found {
            Ok(Found::Ours(record)) => {
                (record, lock.map(|lock| LifeFile { path, origin: origin.to_owned(), _lock: lock }))
            }
            Ok(Found::Newer) => (Record::default(), None),
            Err(error) => {
                tracing::warn!(%error, path = %path.display(), "lives of jobs could not be read");
                (Record::default(), None)
            }
        }
    }

    /// Fails where another program has it.
    fn lock(&self, path: &Path) -> io::Result<File> {
        fs::create_dir_all(&self.folder)?;
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(beside(path, "lock"))?;
        file.try_lock()?;
        Ok(file)
    }

    /// Forgets a connection that was deleted, and what was kept aside of it.
    pub fn forget(&self, id: &ConnectionId) {
        let name = self.path(id).file_name().unwrap_or_default().to_string_lossy().into_owned();
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(&name) {
                let _ = fs::remove_file(entry.path()); // what cannot be removed harms nobody
            }
        }
    }

    fn path(&self, id: &ConnectionId) -> PathBuf {
        self.folder.join(format!("{}.json", id.file_stem()))
    }
}

impl LifeFile {
    /// Waits until the disk has it.
    pub fn write(&self, record: &Record) -> io::Result<()> {
        if !beside(&self.path, "lock").exists() {
            return Ok(()); // another program has deleted the connection meanwhile
        }
        let content = serde_json::to_vec(&Document { version: VERSION, origin: &self.origin, record })?;
        sweep_temporaries(&self.path);
        write_atomically(&self.path, &content)
    }
}

/// What a file holds.
enum Found {
    Ours(Record),
    Newer,
}

/// `InvalidData`: it is not ours.
fn read(path: &Path, origin: &str) -> io::Result<Found> {
    let Some(content) = read_bounded(path)? else { return Ok(Found::Ours(Record::default())) };
    let AnyVersion { version } = serde_json::from_slice(&content).map_err(invalid)?;
    if version > VERSION {
        return Ok(Found::Newer);
    }
    let loaded: Loaded = serde_json::from_slice(&content).map_err(invalid)?;
    Ok(Found::Ours(if loaded.origin == origin { loaded.record } else { Record::default() }))
}

fn set_aside(path: &Path, now: Timestamp) -> io::Result<Found> {
    let aside = beside(path, &format!("corrupt-{}", now.0));
    fs::rename(path, &aside)?;
    tracing::warn!(aside = %aside.display(), "lives of jobs could not be understood and are kept aside");
    Ok(Found::Ours(Record::default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::forecast::recorder::{Changes, Recorder};

    const ORIGIN: &str = "https://ita.example";

    fn id() -> ConnectionId {
        ConnectionId("6f1c4a4e-5d0b-4a52-8a53-0d8b9a0a7a11".to_owned())
    }

    fn files() -> (tempfile::TempDir, LifeFiles) {
        let folder = tempfile::tempdir().expect("a folder");
        let files = LifeFiles::new(folder.path().join("job-lives"));
        (folder, files)
    }

    /// One job was seen from beginning to end, and one is still watched.
    fn learned() -> Record {
        let key = |id: &str| ["o", "w", "ita-by-x", id].map(str::to_owned);
        let mut recorder = Recorder::default();
        recorder.read(Changes::default(), Timestamp(0));
        let appeared = vec![key("a")];
        recorder.read(Changes { is_next: true, appeared, ..Changes::default() }, Timestamp(10_000));
        let (left, appeared) = (vec![key("a")], vec![key("b")]);
        recorder.read(Changes { is_next: true, appeared, left, ..Changes::default() }, Timestamp(20_000));
        recorder.record()
    }

    #[test]
    fn what_was_learned_is_found_again_by_one_writer_at_a_time() {
        let (_folder, files) = files();
        let (nothing, file) = files.open(&id(), ORIGIN, Timestamp(1));
        assert_eq!(nothing, Record::default());
        assert_ne!(learned(), nothing, "there is something to keep");
        let file = file.expect("nobody else writes it");
        file.write(&learned()).expect("written");
        let (found, second) = files.open(&id(), ORIGIN, Timestamp(2));
        assert_eq!(found, learned(), "a second program may read");
        assert!(second.is_none(), "and not write");
        drop(file);
        assert!(files.open(&id(), ORIGIN, Timestamp(3)).1.is_some(), "free again");
    }

    #[test]
    fn a_file_cut_at_any_byte_is_kept_aside_and_learning_begins_anew() {
        let (_folder, files) = files();
        files.open(&id(), ORIGIN, Timestamp(0)).1.expect("free").write(&learned()).expect("written");
        let path = files.path(&id());
        let whole = fs::read(&path).expect("the file");
        for cut in 0..whole.len() {
            fs::write(&path, &whole[..cut]).expect("cut");
            let (record, file) = files.open(&id(), ORIGIN, Timestamp(cut as i64));
            assert_eq!(record, Record::default(), "cut after {cut} bytes");
            let aside = fs::read(beside(&path, &format!("corrupt-{cut}"))).expect("nothing is thrown away");
            assert_eq!(aside, whole[..cut]);
            file.expect("it goes on").write(&learned()).expect("written");
        }
    }

    #[test]
    fn what_another_platform_taught_is_forgotten() {
        let (_folder, files) = files();
        files.open(&id(), ORIGIN, Timestamp(1)).1.expect("free").write(&learned()).expect("written");
        let (record, file) = files.open(&id(), "https://other.example", Timestamp(2));
        assert_eq!(record, Record::default());
        file.expect("it learns anew").write(&record).expect("written");
        assert_eq!(files.open(&id(), ORIGIN, Timestamp(3)).0, Record::default(), "nor does it come back");
    }

    #[test]
    fn a_newer_file_stays_as_it_is() {
        let (_folder, files) = files();
        fs::create_dir_all(&files.folder).expect("a folder");
        let newer = r#"{"version":2,"lives":[]}"#;
        fs::write(files.path(&id()), newer).expect("written");
        let (record, file) = files.open(&id(), ORIGIN, Timestamp(1));
        assert_eq!(record, Record::default());
        assert!(file.is_none(), "it is not written");
        assert_eq!(fs::read_to_string(files.path(&id())).expect("the file"), newer);
    }

    #[test]
    fn a_deleted_connection_takes_its_file_along_and_no_other() {
        let (_folder, files) = files();
        let other = ConnectionId("0b0e7c62-9c1f-4a8e-9d5a-3f0f4b3d9e10".to_owned());
        for id in [&id(), &other] {
            files.open(id, ORIGIN, Timestamp(1)).1.expect("free").write(&learned()).expect("written");
        }
        fs::write(beside(&files.path(&id()), "corrupt-7"), "{").expect("kept aside");
        files.forget(&id());
        let left = fs::read_dir(&files.folder).expect("the folder").flatten();
        let mut names: Vec<_> = left.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        assert_eq!(names, [format!("{}.json", other.0), format!("{}.json.lock", other.0)]);

        let (_, still_open) = files.open(&other, ORIGIN, Timestamp(2));
        files.forget(&other);
        still_open.expect("free").write(&learned()).expect("nothing to do");
        assert_eq!(fs::read_dir(&files.folder).expect("the folder").count(), 0, "nor does it come back");
    }
}
