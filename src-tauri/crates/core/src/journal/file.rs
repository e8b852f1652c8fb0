//! The journal's file.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::{rotation, JournalEntry, JournalEvent};
use crate::domain::connection::ConnectionId;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::time::Timestamp;
use crate::settings::atomic::sync_folder;

/// A file that has grown to this many bytes is put away, and a new one begun.
const LARGEST: u64 = 4 * 1024 * 1024;
/// Files put away per connection; the oldest make room. Together with the one in use they are some hundred thousand lines.
const MOST_KEPT: usize = 9;

/// Journals of all connections in one folder; each append is synced before it returns.
#[derive(Debug, Clone)]
pub struct Journal {
    folder: PathBuf,
    workstation_user: String,
    largest: u64,
    writing: Arc<Mutex<()>>,
}

impl Journal {
    /// A journal below `folder`, which is created at the first entry.
    pub fn new(folder: impl Into<PathBuf>, workstation_user: impl Into<String>) -> Self {
        let (folder, workstation_user) = (folder.into(), workstation_user.into());
        Self { folder, workstation_user, largest: LARGEST, writing: Arc::default() }
    }

    /// Appends one entry and waits until the disk has it.
    pub fn append(&self, id: &ConnectionId, at: Timestamp, event: JournalEvent) -> Result<JournalEntry, Problem> {
        let entry = JournalEntry { at, workstation_user: self.workstation_user.clone(), event };
        let path = self.path(id);
        self.write(&path, &entry)
            .map_err(|error| Problem::because(ProblemCode::FileNotWritten, format!("{}: {error}", path.display())))?;
        Ok(entry)
    }

    fn write(&self, path: &Path, entry: &JournalEntry) -> std::io::Result<()> {
        let _one_writer = self.writing.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        fs::create_dir_all(&self.folder)?;
        let is_first = !path.exists();
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        let mut file = private_append(path)?;
        if ends_within_a_line(path)? {
            line.insert(0, b'\n'); // a line that a power cut left half must not swallow this one
        }
        file.write_all(&line)?;
        file.sync_data()?;
        if is_first {
            self.sync_name()?;
        }
        // After the line is safe: a journal that cannot be put away only grows.
        if let Err(error) = rotation::put_away(path, self.largest, MOST_KEPT) {
            tracing::warn!(%error, path = %path.display(), "the journal could not be put away");
        }
        Ok(())
    }

    /// A file whose name a power cut takes away loses its lines with it, and so does its folder.
    fn sync_name(&self) -> std::io::Result<()> {
        sync_folder(&self.folder)?;
        self.folder.parent().filter(|above| !above.as_os_str().is_empty()).map_or(Ok(()), sync_folder)
    }

    /// The newest entries that are `wanted`, newest first, at most `limit`. Lines that cannot be read (cut by a power failure)
    /// are passed over.
    pub fn newest(&self, id: &ConnectionId, limit: usize, wanted: impl Fn(&JournalEntry) -> bool) -> Vec<JournalEntry> {
        let path = self.path(id);
        let mut found = Vec::new();
        for path in std::iter::once(path.clone()).chain(rotation::kept(&path)) {
            if found.len() >= limit {
                break;
            }
            let lines = fs::read(path).unwrap_or_default();
            // The window asks for a few after every poll: what is older than these is not even parsed.
            let entries = lines.rsplit(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok());
            let left = limit - found.len();
            found.extend(entries.filter(&wanted).take(left));
        }
        found
    }

    fn path(&self, id: &ConnectionId) -> PathBuf {
        self.folder.join(format!("{}.jsonl", id.file_stem()))
    }
}

fn private_append(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

fn ends_within_a_line(path: &Path) -> std::io::Result<bool> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = File::open(path)?;
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// Who sits at this workstation, as the system names them; empty where it does not.
pub fn workstation_user() -> String {
    let named = |name| std::env::var(name).ok().filter(|user| !user.is_empty());
    ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(named).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::modes::Mode;

    fn change(on: bool) -> JournalEvent {
        JournalEvent::ObservedChange { mode: Mode::JobStop, on, suspect: false }
    }

    #[test]
    fn what_was_appended_is_read_back_newest_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let journal = Journal::new(folder.path().join("journal"), "night");
        let id = ConnectionId::practice();
        for (at, on) in [(1, true), (2, false), (3, true)] {
            journal.append(&id, Timestamp(at), change(on)).expect("appended");
        }
        let newest = journal.newest(&id, 2, |_| true);
        assert_eq!(newest.iter().map(|entry| entry.at.0).collect::<Vec<_>>(), [3, 2]);
        assert_eq!(newest[0].event, change(true));
        assert_eq!(newest[0].workstation_user, "night");
    }

    #[test]
    fn a_line_cut_by_a_power_failure_costs_only_itself() {
        let folder = tempfile::tempdir().expect("a folder");
        let journal = Journal::new(folder.path(), "night");
        let id = ConnectionId::practice();
        journal.append(&id, Timestamp(1), change(true)).expect("appended");
        let path = folder.path().join("practice.jsonl");
        let whole = fs::read(&path).expect("the file");
        for cut in 1..whole.len() {
            fs::write(&path, [&whole[..], &whole[..cut]].concat()).expect("a second line, cut");
            journal.append(&id, Timestamp(2), change(false)).expect("appended after the cut");
            let read: Vec<i64> = journal.newest(&id, 10, |_| true).iter().map(|entry| entry.at.0).collect();
            let without_last_newline = cut == whole.len() - 1;
            assert_eq!(read, if without_last_newline { vec![2, 1, 1] } else { vec![2, 1] }, "cut after {cut} bytes");
        }
    }

    /// One that is put away after about ten lines.
    fn small(folder: &Path) -> Journal {
        Journal { largest: 1_000, ..Journal::new(folder, "night") }
    }

    #[test]
    fn a_full_file_is_put_away_and_read_on_and_the_oldest_make_room() {
        let folder = tempfile::tempdir().expect("a folder");
        let journal = small(folder.path());
        let id = ConnectionId::practice();
        for at in 1..=30 {
            journal.append(&id, Timestamp(at), change(at % 3 == 0)).expect("appended");
        }
        let all = |wanted: &dyn Fn(&JournalEntry) -> bool, limit| {
            journal.newest(&id, limit, wanted).iter().map(|entry| entry.at.0).collect::<Vec<_>>()
        };
        assert!(rotation::kept(&journal.path(&id)).len() > 1, "several files");
        assert_eq!(all(&|_| true, 100), (1..=30).rev().collect::<Vec<_>>(), "one journal");
        assert_eq!(all(&|_| true, 15), (16..=30).rev().collect::<Vec<_>>());
        assert_eq!(
            all(&|entry| entry.event == change(true), 4),
            [30, 27, 24, 21],
            "wanted ones, beyond the newest file"
        );

        for at in 31..=400 {
            journal.append(&id, Timestamp(at), change(true)).expect("appended");
        }
        assert_eq!(rotation::kept(&journal.path(&id)).len(), MOST_KEPT);
        let left = all(&|_| true, 1_000);
        assert_eq!(left.first(), Some(&400));
        assert!(left.windows(2).all(|pair| pair[0] == pair[1] + 1), "without a gap: {left:?}");
    }

    #[test]
    fn the_journal_of_another_connection_is_never_taken_for_a_file_that_was_put_away() {
        let folder = tempfile::tempdir().expect("a folder");
        let journal = small(folder.path());
        let (id, longer) = (ConnectionId("a".to_owned()), ConnectionId("a-1".to_owned()));
        journal.append(&longer, Timestamp(1), change(true)).expect("appended");
        journal.append(&id, Timestamp(2), change(true)).expect("appended");
        fs::write(folder.path().join("a.x.jsonl"), "not ours").expect("written");
        assert_eq!(journal.newest(&id, 10, |_| true).len(), 1);
    }

    #[test]
    fn an_id_from_a_damaged_file_cannot_leave_the_folder() {
        let journal = Journal::new("/somewhere", "night");
        assert_eq!(journal.path(&ConnectionId("../../etc/x".to_owned())), Path::new("/somewhere/etcx.jsonl"));
    }
}
