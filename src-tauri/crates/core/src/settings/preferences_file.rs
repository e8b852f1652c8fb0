//! The file of the window's preferences, before tauri-plugin-store sees it.
//!
//! The plugin swallows load errors and writes what it holds over the file when the program ends. So the file is read here
//! first: what is damaged is kept aside and the last good copy takes its place; what is newer, or cannot be read, is left
//! to whoever can, and the plugin never opens it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{json, Value};

use super::atomic::{beside, invalid, read_bounded};
use super::preferences::Preferences;
use super::write_atomically;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::time::Timestamp;

/// Version of the file's shape. A newer one is read as far as it is understood and never written.
const VERSION: u64 = 1;

/// Key of the version in the file.
pub const VERSION_KEY: &str = "version";
/// Key of the preferences in the file.
pub const PREFERENCES_KEY: &str = "preferences";

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// As far as they could be read.
    pub preferences: Preferences,
    /// [`ProblemCode::SettingsDamaged`] with where the damaged file is kept or why it cannot be read, or
    /// [`ProblemCode::SettingsNewer`].
    pub problem: Option<Problem>,
    /// Whether the file may be written. Otherwise changes last as long as the window.
    pub may_write: bool,
}

/// `preferences.json` and its last good copy.
#[derive(Debug, Clone)]
pub struct PreferencesFile {
    path: PathBuf,
}

impl PreferencesFile {
    /// The file at `path`, which need not exist.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the file and mends it where it is damaged.
    pub fn check(&self, now: Timestamp) -> Checked {
        match read(&self.path) {
            Ok(Some(found)) => found.judged(&self.path),
            Ok(None) => Checked { preferences: Preferences::default(), problem: None, may_write: true },
            Err(error) if error.kind() == io::ErrorKind::InvalidData => self.restore(now),
            Err(error) => self.unusable(&error),
        }
    }

    /// Keeps a copy of what was written, which takes the place of a file that is damaged later.
    pub fn keep_copy(&self, preferences: &Preferences) -> Result<(), Problem> {
        let copy = json!({ VERSION_KEY: VERSION, PREFERENCES_KEY: preferences });
        write_atomically(&self.last_good(), copy.to_string().as_bytes())
            .map_err(|error| Problem::because(ProblemCode::FileNotWritten, reason(&self.path, &error)))
    }

    /// The version to write.
    pub const fn version() -> u64 {
        VERSION
    }

    /// A copy of a newer version takes its place byte by byte, and is not written either.
    fn restore(&self, now: Timestamp) -> Checked {
        let aside = beside(&self.path, &format!("corrupt-{}", now.0));
        if let Err(error) = fs::rename(&self.path, &aside) {
            return self.unusable(&error);
        }
        let copy = self.last_good();
        let restored = match read(&copy) {
            Ok(Some(found)) => match fs::read(&copy).and_then(|text| write_atomically(&self.path, &text)) {
                Ok(()) => found.judged(&self.path),
                Err(error) => return self.unusable(&error),
            },
            _ => Checked { preferences: Preferences::default(), problem: None, may_write: true },
        };
        let damaged = Problem::because(ProblemCode::SettingsDamaged, aside.display().to_string());
        Checked { problem: Some(damaged), ..restored }
    }

    fn unusable(&self, error: &io::Error) -> Checked {
        let problem = Problem::because(ProblemCode::SettingsDamaged, reason(&self.path, error));
        Checked { preferences: Preferences::default(), problem: Some(problem), may_write: false }
    }

    fn last_good(&self) -> PathBuf {
        beside(&self.path, "last-good")
    }
}

struct Found {
    version: u64,
    preferences: Value,
}

impl Found {
    fn judged(self, path: &Path) -> Checked {
        let is_newer = self.version > VERSION;
        let problem = is_newer.then(|| Problem::because(ProblemCode::SettingsNewer, path.display().to_string()));
        let preferences = serde_json::from_value(self.preferences).unwrap_or_default();
        Checked { preferences, problem, may_write: !is_newer }
    }
}

/// `None`: there is no file. `InvalidData`: there is one and it is not ours.
fn read(path: &Path) -> io::Result<Option<Found>> {
    let Some(text) = read_bounded(path)? else { return Ok(None) };
    let document: Value = serde_json::from_slice(&text).map_err(invalid)?;
    let Value::Object(mut document) = document else { return Err(invalid("not an object")) };
    let version = document.get(VERSION_KEY).map_or(Some(VERSION), Value::as_u64).ok_or_else(|| invalid("version"))?;
    let preferences = document.remove(PREFERENCES_KEY).unwrap_or_else(|| json!({}));
    if version <= VERSION {
        serde_json::from_value::<Preferences>(preferences.clone()).map_err(invalid)?;
    }
    Ok(Some(Found { version, preferences }))
}

fn reason(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::super::atomic::LARGEST;
    use super::super::preferences::LanguageChoice;
    use super::*;

    const NOW: Timestamp = Timestamp(7);

    fn japanese() -> Preferences {
        Preferences { language: LanguageChoice::Ja, welcomed: true, ..Preferences::default() }
    }

    /// A folder with a file and its copy, as the window leaves them.
    fn with_both() -> (tempfile::TempDir, PreferencesFile) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = PreferencesFile::new(folder.path().join("preferences.json"));
        file.keep_copy(&japanese()).expect("a copy");
        fs::copy(file.last_good(), file.path()).expect("the file");
        (folder, file)
    }

    #[test]
    fn a_sound_file_is_read_and_nothing_is_written() {
        let (folder, file) = with_both();
        assert_eq!(file.check(NOW), Checked { preferences: japanese(), problem: None, may_write: true });
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 2);
        fs::remove_file(file.path()).expect("removed");
        assert_eq!(file.check(NOW).preferences, Preferences::default(), "no file is no damage");
        assert!(!file.path().exists());
    }

    #[test]
    fn whatever_is_damaged_is_kept_aside_and_the_last_good_copy_takes_its_place() {
        let (folder, file) = with_both();
        let whole = fs::read(file.path()).expect("the file");
        let cuts = (0..whole.len()).map(|cut| whole[..cut].to_vec());
        let odd =
            [vec![0; 300], b"[]".to_vec(), br#"{"version":"x"}"#.to_vec(), br#"{"preferences":{"theme":7}}"#.to_vec()];
        let huge = vec![b' '; LARGEST as usize + 1];
        for (number, damaged) in cuts.chain(odd).chain([huge]).enumerate() {
            fs::write(file.path(), &damaged).expect("damaged");
            let checked = file.check(Timestamp(number as i64));
            assert_eq!((checked.preferences, checked.may_write), (japanese(), true), "damage {number}");
            assert_eq!(checked.problem.expect("told").code, ProblemCode::SettingsDamaged);
            let aside = folder.path().join(format!("preferences.json.corrupt-{number}"));
            assert_eq!(fs::read(&aside).expect("kept"), damaged, "nothing is thrown away");
            assert_eq!(fs::read(file.path()).expect("restored"), whole);
            fs::remove_file(aside).expect("removed");
        }
    }

    #[test]
    fn a_newer_file_shows_what_is_understood_and_is_never_written() {
        let (_folder, file) = with_both();
        for (preferences, understood) in [(json!(japanese()), japanese()), (json!([1]), Preferences::default())] {
            let newer = json!({ VERSION_KEY: 2, PREFERENCES_KEY: preferences, "more": 1 }).to_string();
            fs::write(file.path(), &newer).expect("written");
            let checked = file.check(NOW);
            assert_eq!((checked.preferences, checked.may_write), (understood, false));
            assert_eq!(checked.problem.expect("told").code, ProblemCode::SettingsNewer);
            assert_eq!(fs::read_to_string(file.path()).expect("the file"), newer);
        }
    }

    #[test]
    fn a_view_of_another_shape_costs_only_itself() {
        let (_folder, file) = with_both();
        let old = json!({ "language": "ja", "welcomed": true, "views": { "practice": { "filter": { "statuses": ["a/b"] } } } });
        fs::write(file.path(), json!({ PREFERENCES_KEY: old }).to_string()).expect("written");
        assert_eq!(file.check(NOW), Checked { preferences: japanese(), problem: None, may_write: true });
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = PreferencesFile::new(folder.path().join("preferences.json"));
        fs::create_dir(file.path()).expect("a folder where the file should be");
        let checked = file.check(NOW);
        assert!(!checked.may_write && file.path().is_dir());
        assert_eq!(checked.problem.expect("told").code, ProblemCode::SettingsDamaged);
    }
}
