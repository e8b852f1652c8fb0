//! Values as a report writes them: times of the workstation, spans, modes.

use jiff::tz::TimeZone;

use super::words::{words, Words};
use crate::domain::modes::Mode;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{mode_name, Language};

/// A language and a zone.
pub(super) struct Writing {
    pub(super) words: &'static Words,
    pub(super) language: Language,
    zone: TimeZone,
}

impl Writing {
    pub(super) fn new(language: Language, zone: TimeZone) -> Self {
        Self { words: words(language), language, zone }
    }

    pub(super) fn mode(&self, mode: Mode) -> &'static str {
        mode_name(mode, self.language)
    }

    pub(super) fn on_off(&self, on: Option<bool>) -> &'static str {
        let values = &self.words.values;
        match on {
            Some(true) => &values.on,
            Some(false) => &values.off,
            None => &values.unknown,
        }
    }

    /// Whoever sat at the workstation, where its system said so.
    pub(super) fn user<'a>(&self, name: &'a str) -> &'a str {
        if name.is_empty() {
            &self.words.values.unknown
        } else {
            name
        }
    }

    /// With the year.
    pub(super) fn full(&self, at: Timestamp) -> String {
        self.print(&self.words.times.full, at)
    }

    /// Month, day and time.
    pub(super) fn short(&self, at: Timestamp) -> String {
        self.print(&self.words.times.short, at)
    }

    /// The zone's name, and how far it was from UTC at that time.
    pub(super) fn zone(&self, at: Timestamp) -> String {
        let offset = self.print("UTC%:z", at);
        self.zone.iana_name().map_or(offset.clone(), |name| format!("{name} ({offset})"))
    }

    fn print(&self, pattern: &str, at: Timestamp) -> String {
        let instant = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
        instant.to_zoned(self.zone.clone()).strftime(pattern).to_string()
    }
}

/// Hours, minutes and seconds.
pub(super) fn span(from: Timestamp, to: Timestamp) -> String {
    let seconds = to.since(from) / 1_000;
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// With a separator of thousands, as both languages write it.
pub(super) fn number(value: u32) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
