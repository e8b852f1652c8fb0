//! The window's preferences: their shape. The shell keeps them.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

use crate::domain::background::BackgroundProcedure;
use crate::domain::connection::{Connection, ConnectionId};
use crate::domain::live::Live;
use crate::domain::problem::Problem;
use crate::export::{CsvHeader, CsvPreset};
use crate::jobs::view::JobView;

/// The language of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum LanguageChoice {
    /// As the system.
    #[default]
    System,
    /// Japanese.
    Ja,
    /// English.
    En,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ThemeChoice {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What the practice platform plays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PracticeExercise {
    /// A scenario by its name on the command line, such as `ordinary-night`.
    pub scenario: String,
    /// How many times faster than real time its jobs live.
    pub speed: u32,
}

impl Default for PracticeExercise {
    fn default() -> Self {
        Self { scenario: "ordinary-night".to_owned(), speed: 1 }
    }
}

/// Everything the window remembers. Missing parts take their defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct Preferences {
    /// Language.
    pub language: LanguageChoice,
    /// Theme.
    pub theme: ThemeChoice,
    /// Where exports go; null: ask each time.
    pub export_folder: Option<String>,
    /// CSV preset of the last export.
    pub export_preset: CsvPreset,
    /// Header names of the last export.
    pub export_header: CsvHeader,
    /// The connection that was open last; opened again at the next start.
    pub last_connection: Option<ConnectionId>,
    /// The view of the grid per connection. One that is not understood, of another version, is forgotten.
    #[serde(deserialize_with = "understood_views")]
    pub views: BTreeMap<String, JobView>,
    /// The exercise that was started last.
    pub practice: PracticeExercise,
    /// The first-start sentence was answered.
    pub welcomed: bool,
}

fn understood_views<'de, D: Deserializer<'de>>(views: D) -> Result<BTreeMap<String, JobView>, D::Error> {
    let views = BTreeMap::<String, serde_json::Value>::deserialize(views)?;
    Ok(views.into_iter().filter_map(|(id, view)| Some((id, serde_json::from_value(view).ok()?))).collect())
}

/// What the window asks for once, when its page loads.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct StartState {
    /// Version of the program.
    pub version: String,
    /// Saved connections, in the user's order.
    pub connections: Vec<Connection>,
    /// Preferences.
    pub preferences: Preferences,
    /// What was wrong with the settings files, if anything was.
    pub settings: Option<Problem>,
    /// Where the program writes its log.
    pub log_file: String,
    /// The open connection.
    pub live: Live,
    /// Procedures that go on while another connection is on the screen.
    pub background: Vec<BackgroundProcedure>,
}
