//! What holds for any bytes whatsoever. Each function takes what a fuzzer made up and panics where a rule is broken; the
//! fuzz targets in `tests/fuzz` call it, and so does the suite that replays their corpora.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Read};

use base64::prelude::{Engine, BASE64_STANDARD as BASE64};
use ita_core::client::backyard_check::{self, CheckError};
use ita_core::domain::address;
use ita_core::domain::connection::ZoneSetting;
use ita_core::domain::problem::ProblemCode;
use ita_core::domain::time::Timestamp;
use ita_core::domain::vocabulary::Language;
use ita_core::export::{write_rows, CsvHeader, CsvPreset, ExportFormat, ExportMeta, ExportRequest};
use ita_core::jobs::view::{JobFilter, JobView};
use ita_core::log::{scrub, Scrubber};
use ita_core::ports::SystemClock;
use ita_core::services::saved_answer;
use jiff::tz::TimeZone;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{json, Value};

use crate::reference;

/// A rule for any bytes.
pub type Target = fn(&[u8]);

/// All of them, by the names of their corpora.
pub const TARGETS: [(&str, Target); 4] =
    [("address", address), ("csv", csv), ("parser", parser), ("scrubber", scrubber)];

/// Bytes that come a few at a time, as a network gives them.
struct Drops<'a> {
    rest: &'a [u8],
    size: usize,
}

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.size.min(buffer.len()).min(self.rest.len());
        let (now, later) = self.rest.split_at(size);
        buffer[..size].copy_from_slice(now);
        self.rest = later;
        Ok(size)
    }
}

/// The parser of the running jobs never panics, means the same however the bytes arrive, and of what `serde_json` reads
/// finds exactly what the slow reference finds. Where a key is repeated `serde_json` keeps the last and so cannot judge.
pub fn parser(data: &[u8]) {
    let whole = meaning(data);
    for size in [1, 7] {
        let drops = meaning(Drops { rest: data, size });
        assert_eq!(drops, whole, "in pieces of {size}");
    }
    let Ok(document) = serde_json::from_slice::<Value>(data) else { return };
    let found = reference::found(data).unwrap_or_else(|error| panic!("serde_json reads it: {error}"));
    if !matches!(serde_json::from_slice(data), Ok(HasRepeatedKeys(true))) {
        assert_eq!(found, reference::meaning::meaning(&document));
    }
}

/// Whether a document has an object in which a key stands twice.
struct HasRepeatedKeys(bool);

impl<'de> Deserialize<'de> for HasRepeatedKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LookForRepeatedKeys).map(Self)
    }
}

struct LookForRepeatedKeys;

impl<'de> Visitor<'de> for LookForRepeatedKeys {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("anything")
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_bool<E>(self, _: bool) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_i64<E>(self, _: i64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_u64<E>(self, _: u64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_f64<E>(self, _: f64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_str<E>(self, _: &str) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<bool, A::Error> {
        let mut found = false;
        while let Some(HasRepeatedKeys(inside)) = items.next_element()? {
            found |= inside;
        }
        Ok(found)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<bool, A::Error> {
        let (mut found, mut keys) = (false, BTreeSet::new());
        while let Some((key, HasRepeatedKeys(inside))) = members.next_entry::<String, _>()? {
            found |= inside | !keys.insert(key);
        }
        Ok(found)
    }
}

/// What an answer means, to be compared: the rows, or which kind of refusal.
fn meaning(reader: impl Read) -> Result<String, String> {
    match backyard_check::read(reader) {
        Ok(answer) => Ok(format!("{:?} {:?}", answer.platform_time, answer.table)),
        Err(CheckError::Read(error)) => panic!("the reader does not fail: {error}"),
        Err(error) => Err(error.to_string()),
    }
}

/// Names and ids of any text come back from a CSV as they were, from the preset for Excel with a `'` before what begins a
/// formula, and from JSON as they were.
pub fn csv(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let cells: Vec<&str> = text.split('\u{1f}').collect();
    let (Some(answer), rows) = answer_of(&cells) else { return };
    for preset in [CsvPreset::Script, CsvPreset::Excel] {
        let printed = exported(&answer, ExportFormat::Csv, preset);
        let read = records(&printed);
        let found = read[1..].iter().map(|row| [6, 7, 8, 9].map(|column| row[column].clone()));
        let sent = rows.iter().map(|row| row.map(|cell| as_in_csv(cell, preset)));
        assert_eq!(sorted(found), sorted(sent), "{preset:?}: {printed:?}");
    }
    let json = exported(&answer, ExportFormat::Json, CsvPreset::Script);
    let read: Vec<Value> = serde_json::from_str(&json).expect("JSON");
    let keys = ["job_id", "status_id", "status_name", "last_update_raw"];
    let found = read.iter().map(|row| keys.map(|key| row[key].as_str().unwrap_or_default().to_owned()));
    assert_eq!(sorted(found), sorted(rows.iter().map(|row| row.map(str::to_owned))), "{json}");
}

/// Rows stand in the file by what they are, not as they came.
fn sorted(rows: impl Iterator<Item = [String; 4]>) -> Vec<[String; 4]> {
    let mut rows: Vec<_> = rows.collect();
    rows.sort();
    rows
}

fn as_in_csv(cell: &str, preset: CsvPreset) -> String {
    if preset == CsvPreset::Excel && begins_formula(cell) {
        return format!("'{cell}");
    }
    cell.to_owned()
}

fn begins_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'])
}

/// An answer with a job for every four cells (id, status id, status name, label), none where they are more than sane, and
/// those jobs.
pub fn answer_of<'a>(cells: &[&'a str]) -> (Option<String>, Vec<[&'a str; 4]>) {
    let (jobs, _) = cells.as_chunks::<4>();
    let rows: Vec<Value> = jobs
        .iter()
        .map(|[id, status, name, label]| {
            json!({ "id": id, "status_id": status, "status_name": name, "last_update_timestamp": label })
        })
        .collect();
    let workspace =
        json!({ "id": "workspace", "execute_count": rows.len(), "backyards": { "ita-by-menu-create": rows } });
    let organization = json!({ "id": "organization", "execute_count": jobs.len(), "workspaces": [workspace] });
    let data = json!({ "execute_count": jobs.len(), "organizations": [organization] });
    let answer = json!({ "result": "000-00000", "message": "SUCCESS", "ts": "2026-11-22T10:00:00.000Z", "data": data });
    // A platform has its limits too: an id of megabytes is refused as a whole, and tested elsewhere.
    let is_sane = jobs.len() <= 64 && jobs.iter().flatten().all(|cell| cell.len() <= 1_000);
    (is_sane.then(|| answer.to_string()), jobs.to_vec())
}

/// The file that an export of this answer would be.
pub fn exported(answer: &str, format: ExportFormat, preset: CsvPreset) -> String {
    let utc = ZoneSetting::Zone { name: "UTC".to_owned() };
    let snapshot = saved_answer::read(answer.as_bytes(), &utc, &SystemClock).expect("a sound answer");
    let meta = ExportMeta {
        connection_name: String::new(),
        platform_origin: "https://ita.example".to_owned(),
        exported_at: Timestamp(1_763_806_370_000),
        zone: TimeZone::UTC,
    };
    let view = JobView { sort: None, filter: JobFilter::default(), language: Language::Ja };
    let request = ExportRequest { view, everything: true, format, preset, header: CsvHeader::Keys };
    let mut out = Vec::new();
    write_rows(&request, &snapshot, &meta, &mut out).expect("a good request").expect("a Vec takes everything");
    String::from_utf8(out).expect("UTF-8")
}

fn records(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.expect("a row").iter().map(str::to_owned).collect()).collect()
}

/// An address is refused with a reason, or cut to an origin: `http(s)://host[:port]` and nothing else, never a user or a
/// password, and cut again it stays what it is.
pub fn address(data: &[u8]) {
    let Ok(typed) = std::str::from_utf8(data) else { return };
    let address = match address::normalise(typed) {
        Ok(address) => address,
        Err(problem) => {
            assert_eq!(problem.code, ProblemCode::AddressInvalid, "{typed:?}");
            assert!(problem.facts.reason.is_some_and(|reason| !reason.is_empty()), "{typed:?}");
            return;
        }
    };
    let origin = &address.origin;
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    let host = host.unwrap_or_else(|| panic!("{typed:?} became {origin:?}"));
    assert!(!host.is_empty() && !host.contains(['@', '/', '?', '#', '\\', '%', ' ']), "{typed:?} became {origin:?}");
    assert!(origin.is_ascii() && !origin.chars().any(char::is_control), "{typed:?} became {origin:?}");
    let again = address::normalise(origin).unwrap_or_else(|problem| panic!("{origin:?}: {problem}"));
    assert_eq!(again.origin, *origin, "{typed:?}");
    assert!(!again.was_cut, "nothing is left to cut from {origin:?}");
    assert_eq!((again.is_plain, &again.unicode_host), (address.is_plain, &address.unicode_host), "{typed:?}");
}

/// A secret that no fuzzer finds by chance, with what each of its forms has to encode.
const SECRET: &str = "Tr0ub4dor&3 =+/ひみつ";

/// Whatever stands around a secret, no form of it survives the scrubbing of a log; and where no secret is known, words of
/// the platform's stay as they are.
pub fn scrubber(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    assert_eq!(Scrubber::default().without_known(&text), text);
    let (before, after) = text.split_once('\u{1f}').unwrap_or((&text, ""));
    let each_byte = |print: fn(&u8) -> String| SECRET.as_bytes().iter().map(print).collect::<String>();
    let forms = [
        SECRET.to_owned(),
        BASE64.encode(SECRET),
        BASE64.encode(format!("admin:{SECRET}")),
        each_byte(|byte| format!("{byte:02x}")),
        each_byte(|byte| format!("%{byte:02X}")),
    ];
    for form in forms {
        let clean = scrub(&format!("{before}{form}{after}"), &[SECRET]);
        assert!(!clean.contains(&form) && !clean.contains(SECRET), "{form} survived in {clean:?}");
    }
}
