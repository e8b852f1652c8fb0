//! JSON: an array with one object a line, under the keys of the CSV. What is not known is null; an id that the platform did
//! not send is an empty text, as in the table.

use super::rows::{Format, KEYS};

/// The format.
pub(super) struct Json;

impl Format for Json {
    fn begin(&self, out: &mut Vec<u8>) {
        out.push(b'[');
    }

    fn begin_row(&self, is_first: bool, out: &mut Vec<u8>) {
        out.extend_from_slice(if is_first { b"\n{" } else { b",\n{" });
    }

    fn begin_value(&self, column: usize, out: &mut Vec<u8>) {
        out.extend_from_slice(if column > 0 { b",\"" } else { b"\"" });
        out.extend_from_slice(KEYS[column].as_bytes());
        out.extend_from_slice(b"\":");
    }

    /// An empty one is what stands for a field that was missing.
    fn text(&self, value: &str, out: &mut Vec<u8>) {
        if value.is_empty() {
            return self.unknown(out);
        }
        // Neither a text nor a Vec can fail.
        let _ = serde_json::to_writer(out, value);
    }

    fn plain_text(&self, out: &mut Vec<u8>, print: impl FnOnce(&mut Vec<u8>)) {
        out.push(b'"');
        print(out);
        out.push(b'"');
    }

    fn literal(&self, value: &[u8], out: &mut Vec<u8>) {
        out.extend_from_slice(value);
    }

    fn unknown(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"null");
    }

    fn end_row(&self, out: &mut Vec<u8>) {
        out.push(b'}');
    }

    fn end(&self, has_rows: bool, out: &mut Vec<u8>) {
        out.extend_from_slice(if has_rows { b"\n]\n" } else { b"]\n" });
    }
}
