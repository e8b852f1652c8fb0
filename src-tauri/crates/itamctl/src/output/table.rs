//! Text for people: names beside values, and columns.

use std::io::{self, Write};

use ita_core::domain::time::Timestamp;
use jiff::tz::TimeZone;
use unicode_width::UnicodeWidthStr;

use ita_core::text::visible;

/// Blanks between columns.
const GAP: usize = 2;

/// `name   value` in lines, the values below each other.
pub(crate) fn pairs(pairs: &[(&str, String)]) -> String {
    let widest = pairs.iter().map(|(name, _)| name.width()).max().unwrap_or_default();
    let lines = pairs.iter().map(|(name, value)| format!("{name}{}{}\n", blanks(name, widest), visible(value)));
    lines.collect()
}

/// Columns whose widths are known before the first line is written.
pub(crate) struct Columns {
    widths: Vec<usize>,
}

impl Columns {
    /// As wide as the widest cell of the lines that are at hand. Longer ones among the lines that follow only push what
    /// stands right of them.
    pub(crate) fn fitting<'a>(lines: impl Iterator<Item = &'a [String]>) -> Self {
        let mut widths = Vec::new();
        for line in lines {
            widths.resize(widths.len().max(line.len()), 0);
            for (width, cell) in widths.iter_mut().zip(line) {
                *width = cell.width().max(*width);
            }
        }
        Self { widths }
    }

    /// Writes one line.
    pub(crate) fn write(&self, line: &[String], out: &mut dyn Write) -> io::Result<()> {
        let last = line.len().saturating_sub(1);
        for (index, (cell, width)) in line.iter().zip(&self.widths).enumerate() {
            out.write_all(cell.as_bytes())?;
            if index < last {
                out.write_all(blanks(cell, *width).as_bytes())?;
            }
        }
        out.write_all(b"\n")
    }
}

/// A time in the workstation's zone, with seconds.
pub(crate) fn local(time: Timestamp, zone: &TimeZone) -> String {
    in_zone(time, zone, "%Y-%m-%d %H:%M:%S %:z")
}

/// The same to the minute that it lies in.
pub(crate) fn local_minute(time: Timestamp, zone: &TimeZone) -> String {
    in_zone(time, zone, "%Y-%m-%d %H:%M")
}

fn in_zone(time: Timestamp, zone: &TimeZone, format: &str) -> String {
    jiff::Timestamp::from_millisecond(time.0)
        .map_or_else(|_| time.to_rfc3339(), |instant| instant.to_zoned(zone.clone()).strftime(format).to_string())
}

/// An age in the two largest units that matter.
pub(crate) fn age(seconds: u64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{minutes} min {} s", seconds % 60),
        3_600..86_400 => format!("{hours} h {} min", minutes % 60),
        _ => format!("{days} d {} h", hours % 24),
    }
}

fn blanks(cell: &str, width: usize) -> String {
    " ".repeat(width.saturating_sub(cell.width()) + GAP)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_also_under_wide_letters() {
        let lines = [["基幹".to_owned(), "x".to_owned()], ["abc".to_owned(), "y".to_owned()]];
        let columns = Columns::fitting(lines.iter().map(<[String; 2]>::as_slice));
        let mut out = Vec::new();
        for line in &lines {
            columns.write(line, &mut out).expect("memory");
        }
        assert_eq!(String::from_utf8(out).expect("text"), "基幹  x\nabc   y\n");
    }

    #[test]
    fn pairs_line_up_and_cannot_steer_the_terminal() {
        let text = pairs(&[("a", "1".to_owned()), ("long", "\u{1b}[31m2".to_owned())]);
        assert_eq!(text, "a     1\nlong  \u{fffd}[31m2\n");
    }

    #[test]
    fn an_age_is_told_in_two_units() {
        assert_eq!(age(59), "59 s");
        assert_eq!(age(3_599), "59 min 59 s");
        assert_eq!(age(32_460), "9 h 1 min");
        assert_eq!(age(200_000), "2 d 7 h");
    }

    #[test]
    fn times_are_told_in_the_workstations_zone() {
        let zone = TimeZone::fixed(jiff::tz::offset(9));
        assert_eq!(local(Timestamp(0), &zone), "1970-01-01 09:00:00 +09:00");
    }
}
