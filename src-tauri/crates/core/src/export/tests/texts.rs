//! Whatever names, ids and labels a platform sends: they come back from the file.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// What a spreadsheet or a careless reader trips over, and what people really write.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[,\"\r\n=+@'a \t\0＝＋－＠あ-]{0,8}",
        "\\PC{0,20}",
        "(=HYPERLINK|@SUM|\\+1|-1|\r|＝A1)[ -~]{0,8}",
        Just("\u{202e}gpj.exe\u{1f469}\u{200d}\u{1f4bb}e\u{301}".to_owned()),
    ]
}

/// Jobs with a free choice of every text: workspace, container, id, status id, status name, label.
fn jobs() -> impl Strategy<Value = Vec<[String; 6]>> {
    let job = (text(), text(), text(), text(), text(), text());
    proptest::collection::vec(job.prop_map(|job| [job.0, job.1, job.2, job.3, job.4, job.5]), 1..4)
}

fn snapshot_of(jobs: &[[String; 6]]) -> Snapshot {
    let rows: Vec<_> = jobs
        .iter()
        .map(|[workspace, container, id, status, name, label]| {
            (workspace.as_str(), container.as_str(), id.as_str(), status.as_str(), json!(name), json!(label))
        })
        .collect();
    snapshot(&rows, None)
}

/// The texts of rows as they were sent, in any order: rows stand by their places.
fn sorted(mut rows: Vec<[String; 6]>) -> Vec<[String; 6]> {
    rows.sort();
    rows
}

/// The same six texts of printed rows.
fn sent(rows: &[Vec<String>]) -> Vec<[String; 6]> {
    sorted(rows.iter().map(|row| [3, 4, 6, 7, 8, 9].map(|column| row[column].clone())).collect())
}

proptest! {
    #[test]
    fn any_text_comes_back_from_the_csv(jobs in jobs()) {
        let snapshot = snapshot_of(&jobs);
        let expected = sorted(jobs);
        let script = read_back(&printed(&request(ExportFormat::Csv, CsvPreset::Script), &snapshot));
        prop_assert_eq!(sent(&script[1..]), expected.clone());
        let excel = printed(&request(ExportFormat::Csv, CsvPreset::Excel), &snapshot);
        let excel = read_back(excel.trim_start_matches('\u{feff}'));
        for (row, plain) in excel[1..].iter().zip(&script[1..]) {
            for (cell, plain) in row.iter().zip(plain) {
                let is_defused = plain.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']);
                let expected = if is_defused { format!("'{plain}") } else { plain.clone() };
                prop_assert_eq!(cell, &expected, "a single ' and only where something begins a formula");
            }
        }
    }

    #[test]
    fn json_says_what_the_csv_says(jobs in jobs()) {
        let snapshot = snapshot_of(&jobs);
        let csv = read_back(&printed(&request(ExportFormat::Csv, CsvPreset::Script), &snapshot));
        let text = printed(&request(ExportFormat::Json, CsvPreset::Script), &snapshot);
        let rows: Vec<BTreeMap<String, Value>> = serde_json::from_str(&text).expect("JSON");
        prop_assert_eq!(rows.len(), jobs.len());
        for (object, cells) in rows.iter().zip(&csv[1..]) {
            prop_assert_eq!(object.len(), 12);
            for (key, cell) in csv[0].iter().zip(cells) {
                let value = match &object[key] {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    number_or_flag => number_or_flag.to_string(),
                };
                prop_assert_eq!(&value, cell, "{}", key);
            }
        }
    }
}
