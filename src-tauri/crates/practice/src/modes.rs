//! The table of the two modes, and what the platform makes of it (platform-contract §3, §4).

use serde_json::{Map, Value};

use crate::{
    jobs::yard::Flags,
    json::{python_str, Members},
    text,
    text::Language,
};

/// One of the two maintenance modes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// `backyard_execute_stop`.
    JobStop,
    /// `data_update_stop`.
    ReadOnly,
}

impl Mode {
    /// Both, in the order of the answer.
    pub const ALL: [Self; 2] = [Self::JobStop, Self::ReadOnly];

    /// The key of the API.
    pub const fn key(self) -> &'static str {
        match self {
            Self::JobStop => "backyard_execute_stop",
            Self::ReadOnly => "data_update_stop",
        }
    }
}

/// The state of the platform's table behind the flags.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ModeTable {
    /// Two rows with the flags.
    #[default]
    Intact,
    /// No row: reads `{}`, writes succeed without effect.
    Empty,
    /// The row of one mode is missing: reads without it, writes to it succeed without effect.
    RowMissing(Mode),
    /// The row of one mode holds this instead of a flag, until it is written.
    Odd(Mode, Option<String>),
    /// A further row, passed through.
    Extra(String, String),
    /// It cannot be read: the API says `0/0` with success, whatever the flags are.
    Unreadable,
}

/// The flags and the table they are in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Modes {
    pub(crate) job_stop: bool,
    pub(crate) read_only: bool,
    pub(crate) table: ModeTable,
    /// Writes succeed and change nothing.
    pub(crate) writes_ignored: bool,
}

/// Why a change was refused.
#[derive(Debug, PartialEq)]
pub(crate) enum Refused {
    /// Result code and message.
    Bad(&'static str, String),
    /// The table could not be written.
    Broken,
}

impl Modes {
    pub(crate) const fn get(&self, mode: Mode) -> bool {
        match mode {
            Mode::JobStop => self.job_stop,
            Mode::ReadOnly => self.read_only,
        }
    }

    pub(crate) fn set(&mut self, mode: Mode, on: bool) {
        match mode {
            Mode::JobStop => self.job_stop = on,
            Mode::ReadOnly => self.read_only = on,
        }
    }

    /// `data` of the answer.
    pub(crate) fn read(&self) -> Value {
        let mut data = Map::new();
        for mode in Mode::ALL {
            let value = match &self.table {
                ModeTable::Empty => continue,
                ModeTable::RowMissing(missing) if *missing == mode => continue,
                ModeTable::Odd(odd, value) if *odd == mode => value.clone().map_or(Value::Null, Value::String),
                ModeTable::Unreadable => Value::from("0"),
                _ => Value::from(if self.get(mode) { "1" } else { "0" }),
            };
            data.insert(mode.key().to_owned(), value);
        }
        if let ModeTable::Extra(key, value) = &self.table {
            data.insert(key.clone(), Value::from(value.as_str()));
        }
        Value::Object(data)
    }

    /// What the authorisation proxy and the backyards take the flags to be (platform-contract §9): unreadable is `0/0`
    /// and jobs start; with an empty table the backyards skip their cycles.
    pub(crate) fn believed(&self) -> Flags {
        let on = |mode| self.read().get(Mode::key(mode)).and_then(Value::as_str) == Some("1");
        Flags { job_stop: on(Mode::JobStop) || self.table == ModeTable::Empty, read_only: on(Mode::ReadOnly) }
    }

    /// Applies a body: all of it or nothing. Keys count in any case.
    pub(crate) fn patch(&mut self, body: &Members, language: Language) -> Result<(), Refused> {
        let mut changes = Vec::new();
        for (key, value) in &body.0 {
            let lower = key.to_lowercase();
            let Some(mode) = Mode::ALL.into_iter().find(|mode| mode.key() == lower) else {
                return Err(Refused::Bad("400-00026", text::unknown_mode(language, key, value)));
            };
            // Compared as Python's `str`: the schema checks types only for the keys in small letters.
            let on = match python_str(value).as_str() {
                "1" => true,
                "0" => false,
                other => return Err(Refused::Bad("400-00027", text::bad_value(language, key, other))),
            };
            changes.push((mode, on));
        }
        if self.table == ModeTable::Unreadable {
            return Err(Refused::Broken);
        }
        for (mode, on) in changes {
            let missing = match &self.table {
                ModeTable::Empty => true,
                ModeTable::RowMissing(missing) => *missing == mode,
                _ => false,
            };
            if missing || self.writes_ignored {
                continue;
            }
            if matches!(&self.table, ModeTable::Odd(odd, _) if *odd == mode) {
                self.table = ModeTable::Intact;
            }
            self.set(mode, on);
        }
        Ok(())
    }
}
