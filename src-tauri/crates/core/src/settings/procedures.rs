//! The guided procedure of each connection: one file, written after every step before anything follows from it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::PathBuf;

use serde::Deserialize;

use super::write_atomically;
use crate::domain::connection::ConnectionId;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::procedure::earlier::Earlier;
use crate::domain::procedure::state::VERSION;
use crate::domain::procedure::Procedure;
use crate::domain::time::Timestamp;
use crate::evidence::KeptLists;

/// The folder with the procedures of all connections.
#[derive(Debug, Clone)]
pub struct ProcedureFiles {
    folder: PathBuf,
}

/// The right to drive a connection's procedure: one program at a time has it, until this is dropped or the program ends.
#[derive(Debug)]
pub struct Claim {
    _lock: File,
}

impl ProcedureFiles {
    /// Files below `folder`, which is created with the first one.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// What was saved; `None` if nothing was. What cannot be understood is moved aside as `.unread-<time>`:
    /// `SettingsDamaged` names it. `SettingsNewer`: a newer version of this program wrote it, and goes on with it.
    pub fn load(&self, id: &ConnectionId, now: Timestamp) -> Result<Option<Procedure>, Problem> {
        let path = self.path(id);
        let unreadable =
            |error: &io::Error| Problem::because(ProblemCode::SettingsDamaged, format!("{}: {error}", path.display()));
        let saved = match fs::read(&path) {
            Ok(saved) => saved,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unreadable(&error)),
        };
        let state = std::str::from_utf8(&saved).ok().and_then(Procedure::load);
        if state.is_some() {
            return Ok(state);
        }
        if is_newer(&saved) {
            return Err(Problem::because(ProblemCode::SettingsNewer, path.display().to_string()));
        }
        let aside = path.with_extension(format!("unread-{}", now.0));
        fs::rename(&path, &aside).map_err(|error| unreadable(&error))?;
        Err(Problem::because(ProblemCode::SettingsDamaged, aside.display().to_string()))
    }

    /// The one to go on with, if there is one. What cannot be understood is left to [`Self::load`].
    pub fn under_way(&self, id: &ConnectionId) -> Option<Procedure> {
        let saved = fs::read_to_string(self.path(id)).ok()?;
        Procedure::load(&saved).filter(|state| state.phase.is_active())
    }

    /// `None`: another program drives this procedure.
    pub fn claim(&self, id: &ConnectionId) -> io::Result<Option<Claim>> {
        fs::create_dir_all(&self.folder)?;
        let path = self.path(id).with_extension("lock");
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Claim { _lock: lock })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Forgets a connection that was deleted.
    pub fn forget(&self, id: &ConnectionId) {
        for path in [self.path(id), self.path(id).with_extension("lock"), self.rows(id)] {
            let _ = fs::remove_file(path); // most connections have none
        }
        let _ = fs::remove_dir_all(self.evidence(id));
    }

    /// The lists of the procedure that began then.
    pub fn lists(&self, id: &ConnectionId, began_at: Timestamp) -> KeptLists {
        KeptLists::new(self.evidence(id).join(began_at.0.to_string()))
    }

    fn evidence(&self, id: &ConnectionId) -> PathBuf {
        self.path(id).with_extension("evidence")
    }

    /// Waits until the disk has it.
    pub fn save(&self, id: &ConnectionId, state: &Procedure) -> Result<(), Problem> {
        let path = self.path(id);
        let written =
            serde_json::to_vec(state).map_err(io::Error::from).and_then(|content| write_atomically(&path, &content));
        written.map_err(|error| Problem::because(ProblemCode::FileNotWritten, format!("{}: {error}", path.display())))
    }

    /// Which rows were there when job stop began to hold. Without it a later start calls no row new that it finds.
    pub fn save_earlier(&self, id: &ConnectionId, earlier: &Earlier) {
        let Some(content) = earlier.to_bytes() else { return };
        if let Err(error) = write_atomically(&self.rows(id), &content) {
            tracing::warn!(%error, "the rows of before job stop could not be saved");
        }
    }

    /// What was saved, of whatever stop.
    pub fn load_earlier(&self, id: &ConnectionId) -> Option<Earlier> {
        Earlier::from_bytes(&fs::read(self.rows(id)).ok()?)
    }

    fn rows(&self, id: &ConnectionId) -> PathBuf {
        self.path(id).with_extension("rows")
    }

    fn path(&self, id: &ConnectionId) -> PathBuf {
        self.folder.join(format!("{}.json", id.file_stem()))
    }
}

/// A file of any version.
#[derive(Deserialize)]
struct AnyVersion {
    version: u32,
}

fn is_newer(saved: &[u8]) -> bool {
    serde_json::from_slice(saved).is_ok_and(|AnyVersion { version }| version > VERSION)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::procedure::ProcedurePhase;

    #[test]
    fn one_program_at_a_time_drives_a_procedure() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = ProcedureFiles::new(folder.path().join("procedures"));
        let id = ConnectionId::of_origin("https://ita.example");
        let first = files.claim(&id).expect("a lock").expect("free");
        assert!(files.claim(&id).expect("a lock").is_none(), "taken");
        drop(first);
        assert!(files.claim(&id).expect("a lock").is_some(), "free again");
    }

    #[test]
    fn what_was_saved_is_found_again_and_what_is_damaged_is_kept_aside() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = ProcedureFiles::new(folder.path().join("procedures"));
        let id = ConnectionId::of_origin("https://ita.example");
        assert_eq!(files.load(&id, Timestamp(1)), Ok(None));
        let state = Procedure { phase: ProcedurePhase::Work, ..Procedure::default() };
        files.save(&id, &state).expect("saved");
        assert_eq!(files.load(&id, Timestamp(2)), Ok(Some(state.clone())));

        let damages = ["{", r#"{"version":0}"#];
        for (at, damage) in (3..).zip(damages) {
            fs::write(files.path(&id), damage).expect("damaged");
            let problem = files.load(&id, Timestamp(at)).expect_err("damaged");
            assert_eq!(problem.code, ProblemCode::SettingsDamaged);
            let aside = problem.facts.reason.clone().expect("where it is");
            assert_eq!(fs::read_to_string(aside).expect("kept"), damage);
            assert_eq!(files.load(&id, Timestamp(at)), Ok(None), "the next one starts anew");
        }
    }

    #[test]
    fn what_a_newer_version_saved_is_left_to_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = ProcedureFiles::new(folder.path());
        let id = ConnectionId::of_origin("https://ita.example");
        let newer = r#"{"version":2,"phase":"work"}"#;
        fs::write(files.path(&id), newer).expect("written");
        assert_eq!(files.load(&id, Timestamp(1)).map_err(|problem| problem.code), Err(ProblemCode::SettingsNewer));
        assert_eq!(fs::read_to_string(files.path(&id)).expect("it is where it was"), newer);
    }
}
