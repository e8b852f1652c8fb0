//! The timeline: the journal between the beginning and the end of a procedure, as a table of codes and values.

use jiff::tz::TimeZone;
use serde::Serialize;

use crate::domain::log_levels::{LevelChange, LevelReading, ObservedLevel};
use crate::domain::modes::Mode;
use crate::domain::procedure::{Choice, Procedure, ProcedurePhase};
use crate::domain::time::Timestamp;
use crate::export::{csv_line, CsvPreset};
use crate::journal::{JournalEntry, JournalEvent};

const COLUMNS: [&str; 16] = [
    "at",
    "at_utc",
    "workstation_user",
    "event",
    "platform_user",
    "mode",
    "requested",
    "outcome",
    "read_back",
    "platform_time_utc",
    "problem",
    "phase",
    "path",
    "count",
    "choice",
    "value",
];

/// Entries that are looked at: more than a procedure of many days writes.
pub const MOST_ENTRIES: usize = 10_000;

/// What the journal has of a procedure, oldest first. `newest` has the newest entry first, as the journal gives it. Where it
/// begins its own line says: a clock may have been set back since. What came after its end is not its own.
pub fn of_procedure(state: &Procedure, newest: Vec<JournalEntry>) -> Vec<JournalEntry> {
    let Some(began_at) = state.began_at else { return Vec::new() };
    let mut entries = newest;
    let beginning = entries.iter().rposition(|entry| begins(entry, state).is_some());
    let older = || entries.iter().position(|entry| entry.at < began_at);
    entries.truncate(beginning.map(|it| it + 1).or_else(older).unwrap_or(entries.len()));
    entries.reverse();
    let is_phase = |entry: &JournalEntry| matches!(entry.event, JournalEvent::Phase { .. });
    if let Some(end) = entries.iter().rposition(is_phase).filter(|_| !state.phase.is_active()) {
        entries.truncate(end + 1);
    }
    entries
}

/// The phase that a procedure began with, if this is the line of it.
pub(super) fn begins(entry: &JournalEntry, state: &Procedure) -> Option<ProcedurePhase> {
    match entry.event {
        JournalEvent::Phase { phase, began_at: began_at @ Some(_) } if began_at == state.began_at => Some(phase),
        _ => None,
    }
}

/// The table, for spreadsheets, with the names of its columns.
pub(super) fn csv(entries: &[JournalEntry], zone: &TimeZone) -> String {
    let mut out = csv_line(CsvPreset::Excel, true, &COLUMNS);
    for entry in entries {
        out.push_str(&csv_line(CsvPreset::Excel, false, &cells(entry, zone)));
    }
    out
}

fn cells(entry: &JournalEntry, zone: &TimeZone) -> [String; 16] {
    let mut line = Line::default();
    let event = line.tell(&entry.event);
    [
        local(entry.at, zone),
        entry.at.to_rfc3339(),
        entry.workstation_user.clone(),
        event.to_owned(),
        line.platform_user,
        line.mode.map(code).unwrap_or_default(),
        on_off(line.requested),
        line.outcome,
        line.read_back,
        line.platform_time,
        line.problem,
        line.phase,
        line.path,
        line.count,
        line.choice,
        line.value,
    ]
}

/// The cells that an event fills.
#[derive(Default)]
struct Line {
    platform_user: String,
    mode: Option<Mode>,
    requested: Option<bool>,
    outcome: String,
    read_back: String,
    platform_time: String,
    problem: String,
    phase: String,
    path: String,
    count: String,
    choice: String,
    value: String,
}

impl Line {
    /// Fills them, and says what the event is called.
    fn tell(&mut self, event: &JournalEvent) -> &'static str {
        match event {
            JournalEvent::Connected { user, address } => {
                (self.platform_user, self.path) = (user.clone(), address.clone());
                "connected"
            }
            JournalEvent::LoginRefused { user } => {
                self.platform_user.clone_from(user);
                "login_refused"
            }
            JournalEvent::SwitchRequested { mode, on, user } => {
                (self.mode, self.requested, self.platform_user) = (Some(*mode), Some(*on), user.clone());
                "switch_requested"
            }
            JournalEvent::Switched { mode, on, user, outcome, read_back, platform_time, problem } => {
                (self.mode, self.requested, self.platform_user) = (Some(*mode), Some(*on), user.clone());
                self.outcome = code(outcome);
                self.read_back = read_back.map_or_else(|| "unknown".to_owned(), |on| on_off(Some(on)));
                self.platform_time = platform_time.map(Timestamp::to_rfc3339).unwrap_or_default();
                self.problem = problem.map(code).unwrap_or_default();
                "switched"
            }
            JournalEvent::LogLevelsRequested { user, changes } => {
                self.platform_user.clone_from(user);
                self.value = joined(changes, wanted);
                "log_levels_requested"
            }
            JournalEvent::LogLevelsChanged { user, services, platform_time, problem } => {
                self.platform_user.clone_from(user);
                self.value = joined(services, |service| wanted(&service.change));
                self.outcome = joined(services, |service| code(service.outcome));
                self.read_back = joined(services, |service| reading(&service.read).to_owned());
                self.platform_time = platform_time.map(Timestamp::to_rfc3339).unwrap_or_default();
                self.problem = problem.map(code).unwrap_or_default();
                "log_levels_changed"
            }
            JournalEvent::ObservedChange { mode, on, suspect } => {
                (self.mode, self.read_back) = (Some(*mode), on_off(Some(*on)));
                if *suspect {
                    "suspect".clone_into(&mut self.outcome);
                }
                "observed_change"
            }
            JournalEvent::ObservedLevels { changes } => {
                self.value = joined(changes, observed);
                "observed_levels"
            }
            JournalEvent::Phase { phase, .. } => {
                self.phase = code(phase);
                "phase"
            }
            JournalEvent::Chosen { choice } => {
                (self.choice, self.value) = chosen(choice);
                "chosen"
            }
            JournalEvent::Exported { path, rows } => {
                (self.path, self.count) = (path.clone(), rows.to_string());
                "exported"
            }
            JournalEvent::EvidencePacked { path, files } => {
                (self.path, self.count) = (path.clone(), files.to_string());
                "evidence_packed"
            }
        }
    }
}

/// What was chosen, and to what it was set; blank: to none.
fn chosen(choice: &Choice) -> (String, String) {
    let time = |at: &Option<Timestamp>| at.map(Timestamp::to_rfc3339).unwrap_or_default();
    let (name, value) = match choice {
        Choice::Waived { container } => ("waived", container.clone()),
        Choice::ServicesRestarted { done } => ("services_restarted", done.to_string()),
        Choice::SettleMinutes { minutes } => ("settle_minutes", minutes.to_string()),
        Choice::PlannedEnd { at } => ("planned_end", time(at)),
        Choice::GiveUpAt { at } => ("give_up_at", time(at)),
    };
    (name.to_owned(), value)
}

/// One cell for several services, in their order.
fn joined<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    items.iter().map(text).collect::<Vec<_>>().join("; ")
}

fn wanted(change: &LevelChange) -> String {
    format!("{}: {} -> {}", change.service, change.from.as_deref().unwrap_or("null"), change.to.api_value())
}

fn observed(change: &ObservedLevel) -> String {
    format!("{}: {} -> {}", change.service, reading(&change.from), reading(&change.to))
}

fn reading(reading: &LevelReading) -> &str {
    match reading {
        LevelReading::Level(level) => level,
        LevelReading::Null => "null",
        LevelReading::Absent => "absent",
        LevelReading::Unread => "unknown",
    }
}

fn on_off(on: Option<bool>) -> String {
    on.map(|on| if on { "on" } else { "off" }).unwrap_or_default().to_owned()
}

/// The word by which a code crosses every boundary.
pub(super) fn code(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}

fn local(at: Timestamp, zone: &TimeZone) -> String {
    let instant = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
    instant.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}
