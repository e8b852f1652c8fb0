//! The window's preferences, kept by tauri-plugin-store and written from here only. The plugin opens the file after
//! `PreferencesFile` has found it sound, and never one that must not be written: it saves everything it holds at exit.

use std::sync::{Arc, Mutex, PoisonError};

use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::ports::{Clock, SystemClock};
use ita_core::settings::paths::Paths;
use ita_core::settings::preferences::Preferences;
use ita_core::settings::preferences_file::{PreferencesFile, PREFERENCES_KEY, VERSION_KEY};
use tauri::{AppHandle, Wry};
use tauri_plugin_store::{Store, StoreExt};

/// The store with the preferences as they are.
pub(crate) struct PreferencesStore {
    file: PreferencesFile,
    /// `None` where the file may not be written: changes last as long as the window.
    store: Option<Arc<Store<Wry>>>,
    current: Mutex<Preferences>,
    /// What was wrong with the file at the start.
    pub(crate) problem: Option<Problem>,
}

impl PreferencesStore {
    /// Opens `preferences.json` in the configuration folder.
    pub(crate) fn open(app: &AppHandle, paths: &Paths) -> Result<Self, tauri_plugin_store::Error> {
        let file = PreferencesFile::new(paths.config.join("preferences.json"));
        let checked = file.check(SystemClock.now());
        let open = || app.store_builder(file.path()).disable_auto_save().build();
        let store = checked.may_write.then(open).transpose()?;
        Ok(Self { file, store, current: Mutex::new(checked.preferences), problem: checked.problem })
    }

    /// As they are.
    pub(crate) fn get(&self) -> Preferences {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces and writes them, and keeps a copy of our own.
    pub(crate) fn set(&self, preferences: Preferences) -> Result<(), Problem> {
        let not_written = |reason: String| Problem::because(ProblemCode::FileNotWritten, reason);
        let value = serde_json::to_value(&preferences).map_err(|error| not_written(error.to_string()))?;
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        *current = preferences;
        let Some(store) = &self.store else { return Ok(()) };
        store.set(VERSION_KEY, PreferencesFile::version());
        store.set(PREFERENCES_KEY, value);
        store.save().map_err(|error| not_written(error.to_string()))?;
        self.file.keep_copy(&current)
    }
}
