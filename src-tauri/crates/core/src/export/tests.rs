mod files;
mod texts;

use serde_json::{json, Value};

use super::*;
use crate::client::backyard_check;
use crate::domain::connection::ZoneSetting;
use crate::domain::vocabulary::Language;
use crate::domain::zone::ZoneEvidence;
use crate::jobs::snapshot::Circumstances;
use crate::jobs::view::{JobColumn, JobSort, WorkspaceKey};

const READ_AT: Timestamp = Timestamp(1_763_806_370_000);

/// A snapshot of jobs given as (workspace, container, id, status id, status name, label), read in UTC+9.
fn snapshot(jobs: &[(&str, &str, &str, &str, Value, Value)], previous: Option<&Snapshot>) -> Snapshot {
    let workspace = |name: &str| {
        let mut backyards = serde_json::Map::new();
        for (_, container, id, status_id, status_name, label) in jobs.iter().filter(|job| job.0 == name) {
            let job =
                json!({ "id": id, "status_id": status_id, "status_name": status_name, "last_update_timestamp": label });
            let jobs = backyards.entry((*container).to_owned()).or_insert_with(|| json!([]));
            jobs.as_array_mut().expect("a list").push(job);
        }
        json!({ "id": name, "execute_count": 0, "backyards": backyards })
    };
    let mut names: Vec<&str> = jobs.iter().map(|job| job.0).collect();
    names.sort_unstable();
    names.dedup();
    let workspaces: Vec<Value> = names.into_iter().map(workspace).collect();
    let organizations = json!([{ "id": "org", "execute_count": 0, "workspaces": workspaces }]);
    let answer = json!({
        "result": "000-00000", "message": "SUCCESS", "ts": "2025-11-22T10:12:50.122Z",
        "data": { "execute_count": 0, "organizations": organizations },
    });
    let answer = backyard_check::read(answer.to_string().as_bytes()).expect("an answer");
    let tokyo = ZoneSetting::Zone { name: "Asia/Tokyo".to_owned() };
    let zone = ZoneEvidence::new(&tokyo, None, TimeZone::UTC).expect("a zone");
    Snapshot::build(answer, previous, Circumstances { zone, read_at: READ_AT, took_ms: 1, revision: 1 })
}

fn three_jobs() -> Snapshot {
    let ansible = "ita-by-ansible-execute";
    let conductor = "ita-by-conductor-synchronize";
    snapshot(
        &[
            (
                "ws-1",
                ansible,
                "cb0b6b46-9a5b-4b1c-8f4e-1d2f3a4b5c6d",
                "3",
                json!("実行中"),
                json!("2025-11-22T19:12:48.500000Z"),
            ),
            ("ws-1", conductor, "=HYPERLINK(\"x\")", "5", json!(null), json!("yesterday, about noon")),
            ("ws-2", "ita-by-something-new", "job, \"two\"\nlines", "9", json!("-1"), json!(null)),
        ],
        None,
    )
}

fn meta() -> ExportMeta {
    ExportMeta {
        connection_name: "本番 ITA".to_owned(),
        platform_origin: "https://ita.example".to_owned(),
        exported_at: READ_AT,
        zone: TimeZone::fixed(jiff::tz::offset(9)),
    }
}

fn request(format: ExportFormat, preset: CsvPreset) -> ExportRequest {
    let view = JobView { sort: None, filter: JobFilter::default(), language: Language::Ja };
    ExportRequest { view, everything: false, format, preset, header: CsvHeader::Keys }
}

fn printed(request: &ExportRequest, snapshot: &Snapshot) -> String {
    let mut out = Vec::new();
    write_rows(request, snapshot, &meta(), &mut out).expect("a good request").expect("a Vec takes everything");
    String::from_utf8(out).expect("UTF-8")
}

fn read_back(text: &str) -> Vec<Vec<String>> {
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn the_script_preset_is_raw_text() {
    let text = printed(&request(ExportFormat::Csv, CsvPreset::Script), &three_jobs());
    let first = "exported_at,platform,organization_id,workspace_id,backyard,counted,job_id,status_id,status_name,\
                 last_update_raw,last_update_utc,age_seconds\n";
    assert!(text.starts_with(first), "no BOM, LF: {text:?}");
    let rows = read_back(&text);
    let head = ["2025-11-22T10:12:50.000Z", "https://ita.example", "org"];
    let expected: [&[&str]; 3] = [
        &[
            "ws-1",
            "ita-by-ansible-execute",
            "true",
            "cb0b6b46-9a5b-4b1c-8f4e-1d2f3a4b5c6d",
            "3",
            "実行中",
            "2025-11-22T19:12:48.500000Z",
            "2025-11-22T10:12:48.500000Z",
            "1",
        ],
        &[
            "ws-1",
            "ita-by-conductor-synchronize",
            "false",
            "=HYPERLINK(\"x\")",
            "5",
            "",
            "yesterday, about noon",
            "",
            "",
        ],
        &["ws-2", "ita-by-something-new", "", "job, \"two\"\nlines", "9", "-1", "", "", ""],
    ];
    for (row, expected) in rows[1..].iter().zip(expected) {
        assert_eq!(row.as_slice(), [&head, expected].concat(), "what is unknown is empty");
    }
    assert_eq!(rows.len(), 4);
}

#[test]
fn the_preset_for_excel_defuses_formulas() {
    let text = printed(&request(ExportFormat::Csv, CsvPreset::Excel), &three_jobs());
    assert!(text.starts_with("\u{feff}exported_at,"), "Excel needs the BOM for Japanese");
    assert!(text.ends_with(",9,\"'-1\",,,\r\n"), "{text:?}");
    let rows = read_back(&text);
    assert_eq!(rows[2][6], "'=HYPERLINK(\"x\")");
    for beginning in ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"] {
        let id = format!("{beginning}1+1");
        let one = snapshot(&[("ws", "c", &id, "1", json!("x"), json!(null))], None);
        let cell = read_back(&printed(&request(ExportFormat::Csv, CsvPreset::Excel), &one))[1][6].clone();
        assert_eq!(cell, format!("'{id}"));
    }
}

#[test]
fn japanese_names_of_columns_on_request() {
    let request = ExportRequest { header: CsvHeader::Japanese, ..request(ExportFormat::Csv, CsvPreset::Excel) };
    let rows = read_back(&printed(&request, &three_jobs()));
    assert_eq!(rows[0][2..4], ["オーガナイゼーションID", "ワークスペースID"]);
    assert_eq!(rows[0].len(), 12);
}

#[test]
fn json_says_null_where_nothing_is_known() {
    let text = printed(&request(ExportFormat::Json, CsvPreset::Excel), &three_jobs());
    let rows: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    assert_eq!(rows[0]["counted"], true);
    assert_eq!(rows[0]["age_seconds"], 1);
    assert_eq!(rows[1]["job_id"], "=HYPERLINK(\"x\")", "no spreadsheet reads it");
    assert_eq!((&rows[2]["counted"], &rows[2]["last_update_utc"]), (&Value::Null, &Value::Null));
    assert_eq!(rows[0].as_object().expect("an object").len(), 12);
}

#[test]
fn a_time_after_the_platforms_clock_is_exported_as_sent_and_has_no_age() {
    let job = |id, label| ("ws", "ita-by-menu-create", id, "2", json!("実行中"), json!(label));
    let odd = snapshot(&[job("a", "9999-12-31T23:59:59Z"), job("b", "2025-11-22T19:30:00.000000Z")], None);
    let rows = read_back(&printed(&request(ExportFormat::Csv, CsvPreset::Script), &odd));
    assert_eq!(rows[1][9..], ["9999-12-31T23:59:59Z", "", ""]);
    assert_eq!(rows[2][9..], ["2025-11-22T19:30:00.000000Z", "", ""]);
}

#[test]
fn json_says_null_for_a_field_that_was_missing() {
    let text = printed(
        &request(ExportFormat::Json, CsvPreset::Excel),
        &snapshot(&[("", "c", "", "", json!(""), json!(""))], None),
    );
    let rows: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    for key in ["workspace_id", "job_id", "status_id", "status_name", "last_update_raw"] {
        assert_eq!(rows[0][key], Value::Null, "{key}");
    }
    assert_eq!(rows[0]["backyard"], "c");
}

#[test]
fn rows_and_order_are_those_of_the_view_unless_everything_is_wanted() {
    let mut request = request(ExportFormat::Csv, CsvPreset::Script);
    request.view.filter.workspaces =
        vec![WorkspaceKey { organization_id: "org".to_owned(), workspace_id: "ws-1".to_owned() }];
    request.view.sort = Some(JobSort { column: JobColumn::JobId, descending: true });
    let ids = |request: &ExportRequest| -> Vec<String> {
        read_back(&printed(request, &three_jobs()))[1..].iter().map(|row| row[6].chars().take(4).collect()).collect()
    };
    assert_eq!(ids(&request), ["cb0b", "=HYP"]);
    request.everything = true;
    assert_eq!(ids(&request), ["cb0b", "job,", "=HYP"], "its order is kept");
}

#[test]
fn rows_that_left_are_not_in_the_file() {
    let job = |id| ("ws", "ita-by-menu-create", id, "2", json!("実行中"), json!(null));
    let before = snapshot(&[job("a"), job("b")], None);
    let now = snapshot(&[job("b")], Some(&before));
    assert_eq!(now.table().len(), 2, "the grid shows it greyed");
    assert_eq!(read_back(&printed(&request(ExportFormat::Csv, CsvPreset::Script), &now)).len(), 2, "header and b");
}

#[test]
fn the_name_of_the_file_says_what_and_when_and_is_harmless() {
    assert_eq!(meta().file_name(ExportFormat::Csv), "本番 ITA_running-jobs_20251122-191250+0900.csv");
    let named = |name: &str| ExportMeta { connection_name: name.to_owned(), ..meta() }.file_name(ExportFormat::Json);
    assert_eq!(named("../../etc/passwd"), "etc_passwd_running-jobs_20251122-191250+0900.json");
    assert_eq!(named(" .$(rm)\u{202e}: "), "rm_running-jobs_20251122-191250+0900.json");
    assert_eq!(named("…"), "running-jobs_20251122-191250+0900.json");
    assert!(named(&"長".repeat(500)).chars().count() < 120);
}
