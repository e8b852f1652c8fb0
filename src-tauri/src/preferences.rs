//! The window's preferences, kept by tauri-plugin-store and written from here only.
//!
//! The plugin swallows load errors and writes defaults over a corrupt file at exit, so the file is checked, kept aside and
//! restored before the plugin sees it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::settings::paths::Paths;
use ita_core::settings::preferences::Preferences;
use ita_core::settings::write_atomically;
use tauri::{AppHandle, Wry};
use tauri_plugin_store::{Store, StoreExt};

const KEY: &str = "preferences";

/// The store with the preferences as they are.
pub(crate) struct PreferencesStore {
    store: Arc<Store<Wry>>,
    last_good: PathBuf,
    current: Mutex<Preferences>,
    /// What was wrong with the file at the start.
    pub(crate) problem: Option<Problem>,
}

impl PreferencesStore {
    /// Opens `preferences.json` in the configuration folder.
    pub(crate) fn open(app: &AppHandle, paths: &Paths) -> Result<Self, tauri_plugin_store::Error> {
        let path = paths.config.join("preferences.json");
        let last_good = paths.config.join("preferences.json.last-good");
        let problem = mend(&path, &last_good);
        let store = app.store_builder(path).disable_auto_save().build()?;
        let current = store.get(KEY).and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default();
        Ok(Self { store, last_good, current: Mutex::new(current), problem })
    }

    /// As they are.
    pub(crate) fn get(&self) -> Preferences {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces and writes them, and keeps a copy of our own.
    pub(crate) fn set(&self, preferences: Preferences) -> Result<(), Problem> {
        let not_written = |reason: String| Problem::because(ProblemCode::FileNotWritten, reason);
        let value = serde_json::to_value(&preferences).map_err(|error| not_written(error.to_string()))?;
        let copy = serde_json::json!({ KEY: value.clone() }).to_string();
        self.store.set(KEY, value);
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = preferences;
        self.store.save().map_err(|error| not_written(error.to_string()))?;
        write_atomically(&self.last_good, copy.as_bytes()).map_err(|error| not_written(error.to_string()))
    }
}

/// A file that is not ours is kept aside and the last good copy takes its place.
fn mend(path: &Path, last_good: &Path) -> Option<Problem> {
    let text = fs::read(path).ok()?;
    if is_well_formed(&text) {
        return None;
    }
    let aside = path.with_extension(format!("json.corrupt-{}", now_ms()));
    let mended = fs::rename(path, &aside).and_then(|()| match fs::read(last_good) {
        Ok(copy) if is_well_formed(&copy) => write_atomically(path, &copy),
        _ => Ok(()),
    });
    let reason = mended.map_or_else(|error| error.to_string(), |()| aside.display().to_string());
    Some(Problem::because(ProblemCode::SettingsDamaged, reason))
}

fn is_well_formed(text: &[u8]) -> bool {
    let Ok(document) = serde_json::from_slice::<serde_json::Value>(text) else { return false };
    document.get(KEY).is_none_or(|value| serde_json::from_value::<Preferences>(value.clone()).is_ok())
        && document.is_object()
}

fn now_ms() -> i64 {
    use ita_core::ports::{Clock, SystemClock};
    SystemClock.now().0
}
