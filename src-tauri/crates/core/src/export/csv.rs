//! CSV by RFC 4180, for Excel and for scripts.

use super::rows::{Format, KEYS};
use super::{CsvHeader, CsvPreset};
use crate::domain::vocabulary::vocabulary;

/// Tells Excel that the file is UTF-8.
const BOM: &str = "\u{feff}";

/// What a spreadsheet takes for the beginning of a formula, the full-width forms of Japanese keyboards included.
const BEGINS_FORMULA: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];

/// One line of other columns by the same rules; the first begins the file.
pub fn csv_line(preset: CsvPreset, is_first: bool, cells: &[impl AsRef<str>]) -> String {
    let csv = Csv::new(preset, CsvHeader::Keys);
    let mut out = if is_first && preset == CsvPreset::Excel { BOM.as_bytes().to_vec() } else { Vec::new() };
    for (column, cell) in cells.iter().enumerate() {
        csv.begin_value(column, &mut out);
        csv.text(cell.as_ref(), &mut out);
    }
    csv.end_row(&mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// The format.
pub(super) struct Csv {
    preset: CsvPreset,
    header: CsvHeader,
}

impl Csv {
    pub(super) const fn new(preset: CsvPreset, header: CsvHeader) -> Self {
        Self { preset, header }
    }

    /// A name of a column.
    fn name(&self, column: usize) -> &'static str {
        match self.header {
            CsvHeader::Keys => KEYS[column],
            CsvHeader::Japanese => &vocabulary().csv_header_ja[column],
        }
    }
}

impl Format for Csv {
    fn begin(&self, out: &mut Vec<u8>) {
        if self.preset == CsvPreset::Excel {
            out.extend_from_slice(BOM.as_bytes());
        }
        for column in 0..KEYS.len() {
            self.begin_value(column, out);
            self.text(self.name(column), out);
        }
        self.end_row(out);
    }

    fn begin_row(&self, _is_first: bool, _out: &mut Vec<u8>) {}

    fn begin_value(&self, column: usize, out: &mut Vec<u8>) {
        if column > 0 {
            out.push(b',');
        }
    }

    fn text(&self, value: &str, out: &mut Vec<u8>) {
        let is_defused = self.preset == CsvPreset::Excel && value.starts_with(BEGINS_FORMULA);
        let is_quoted = is_defused || value.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n'));
        if !is_quoted {
            out.extend_from_slice(value.as_bytes());
            return;
        }
        out.push(b'"');
        if is_defused {
            out.push(b'\'');
        }
        for byte in value.bytes() {
            if byte == b'"' {
                out.push(byte);
            }
            out.push(byte);
        }
        out.push(b'"');
    }

    fn plain_text(&self, out: &mut Vec<u8>, print: impl FnOnce(&mut Vec<u8>)) {
        print(out);
    }

    fn literal(&self, value: &[u8], out: &mut Vec<u8>) {
        out.extend_from_slice(value);
    }

    fn unknown(&self, _out: &mut Vec<u8>) {}

    fn end_row(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(match self.preset {
            CsvPreset::Excel => b"\r\n",
            CsvPreset::Script => b"\n",
        });
    }

    fn end(&self, _has_rows: bool, _out: &mut Vec<u8>) {}
}
