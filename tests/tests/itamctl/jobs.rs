//! `jobs`: CSV, JSON and table, from a platform and from recorded answers.

use std::collections::BTreeSet;
use std::path::PathBuf;

use acceptance::command_line::{CommandLine, Ended};
use acceptance::recordings;
use acceptance::wait::LIMIT;
use ita_practice::{Options, Part, Practice, WorkspaceFault, PRACTICE_PASSWORD};
use serde_json::Value;
use tokio::io::AsyncReadExt;

use crate::{at, busy_platform, command_line};

const KEYS: [&str; 12] = [
    "exported_at",
    "platform",
    "organization_id",
    "workspace_id",
    "backyard",
    "counted",
    "job_id",
    "status_id",
    "status_name",
    "last_update_raw",
    "last_update_utc",
    "age_seconds",
];

async fn jobs(platform: &Practice, more: &[&str]) -> Ended {
    let url = platform.url();
    command_line().run(&at(&url, &[&["jobs"], more].concat())).await
}

/// The rows of a CSV without its first line, which has to be the keys.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>());
    assert_eq!(rows.next().expect("a first line"), KEYS);
    rows.collect()
}

fn column(rows: &[Vec<String>], key: &str) -> Vec<String> {
    let index = KEYS.iter().position(|known| *known == key).expect("a key");
    rows.iter().map(|row| row[index].clone()).collect()
}

/// The body of a recorded answer in a file of a home.
fn saved(here: &CommandLine, recording: &str) -> (PathBuf, String) {
    let body = recordings::response(recording).expect("a recording").body;
    let path = here.home().join(format!("{recording}.body"));
    std::fs::write(&path, &body).expect("written");
    (path, body)
}

#[tokio::test]
async fn the_script_preset_is_read_back_as_it_was_sent() {
    let platform = busy_platform().await;
    let ended = jobs(&platform, &["--format", "csv", "--preset", "script", "--timezone", "Asia/Tokyo"]).await.expect(0);
    assert!(!ended.stdout.starts_with('\u{feff}') && !ended.stdout.contains('\r'), "no BOM, no CR");
    let rows = rows(&ended.stdout);
    assert_eq!(column(&rows, "job_id"), ["ansible-9", "ansible-10", "conductor-1"], "numbers in ids count");
    assert_eq!(column(&rows, "counted"), ["true", "true", "false"]);
    assert_eq!(column(&rows, "platform"), vec![platform.url(); 3]);
    assert_eq!(column(&rows, "last_update_raw")[0], "2026-11-22T19:00:00.000000Z");
    assert_eq!(column(&rows, "last_update_utc")[0], "2026-11-22T10:00:00Z");
    assert!(column(&rows, "age_seconds").iter().all(|age| age.parse::<u64>().is_ok()));
}

#[tokio::test]
async fn the_excel_preset_is_the_default_and_a_preset_means_csv() {
    let platform = busy_platform().await;
    for arguments in [&["--format", "csv"][..], &["--preset", "excel"]] {
        let text = jobs(&platform, arguments).await.expect(0).stdout;
        assert!(text.starts_with("\u{feff}exported_at,"), "{arguments:?}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{arguments:?}");
    }
    let script = jobs(&platform, &["--preset", "script"]).await.expect(0);
    assert_eq!(rows(&script.stdout).len(), 3);
    let _ = jobs(&platform, &["--preset", "script", "--format", "json"]).await.expect(2);
}

#[tokio::test]
async fn json_is_one_object_with_the_rows_under_the_keys_of_the_csv() {
    let platform = busy_platform().await;
    let object = jobs(&platform, &["--format", "json", "--timezone", "Asia/Tokyo"]).await.expect(0).json();
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(keys(&object), ["jobs", "platform", "read_at", "running"].map(str::to_owned).into());
    assert_eq!(object["platform"], platform.url());
    assert_eq!((&object["running"]["state"], &object["running"]["counted"]), (&"known".into(), &2.into()));
    let jobs = object["jobs"].as_array().expect("rows");
    assert_eq!(jobs.len(), 3);
    for job in jobs {
        assert_eq!(keys(job), KEYS.map(str::to_owned).into());
    }
    assert_eq!((&jobs[0]["job_id"], &jobs[0]["counted"]), (&"ansible-9".into(), &true.into()));
}

#[tokio::test]
async fn every_column_sorts_in_both_directions() {
    let platform = busy_platform().await;
    for key in ["organization_id", "workspace_id", "backyard", "counted", "job_id", "status_name", "last_update_utc"] {
        let ids = async |sort: String| {
            let ended = jobs(&platform, &["--preset", "script", "--sort", &sort]).await.expect(0);
            column(&rows(&ended.stdout), "job_id")
        };
        let (up, down) = (ids(key.to_owned()).await, ids(format!("{key}:desc")).await);
        assert_eq!(up.iter().collect::<BTreeSet<_>>(), down.iter().collect::<BTreeSet<_>>(), "{key}");
        let is_constant = key == "organization_id";
        assert_eq!(up == down, is_constant, "{key}: {up:?} {down:?}");
    }
    let by_id = jobs(&platform, &["--preset", "script", "--sort", "job_id:desc"]).await.expect(0);
    assert_eq!(column(&rows(&by_id.stdout), "job_id"), ["conductor-1", "ansible-10", "ansible-9"]);
    let refused = jobs(&platform, &["--sort", "colour"]).await.expect(2);
    assert!(refused.stderr.contains("last_update_utc"), "the list of keys: {}", refused.stderr);
}

#[tokio::test]
async fn filters_restrict_and_say_so() {
    let platform = busy_platform().await;
    let cases: [(&[&str], &[&str]); 7] = [
        (&["--filter", "ANSIBLE-1"], &["ansible-10"]),
        (&["--filter", "paused"], &["conductor-1"]),
        (&["--workspace", "staging"], &["conductor-1"]),
        (&["--workspace", "sales/prod-batch", "--workspace", "staging"], &["ansible-9", "ansible-10", "conductor-1"]),
        (&["--backyard", "ita-by-ansible-execute"], &["ansible-9", "ansible-10"]),
        (&["--backyard", "conductor", "--organization", "sales"], &["conductor-1"]),
        (&["--organization", "hr"], &[]),
    ];
    for (filter, expected) in cases {
        let ended = jobs(&platform, &[&["--preset", "script"], filter].concat()).await.expect(0);
        assert_eq!(column(&rows(&ended.stdout), "job_id"), *expected, "{filter:?}");
        let said = format!("{} of 3 jobs pass the filter", expected.len());
        assert_eq!(ended.stderr.contains(&said), expected.len() < 3, "{filter:?}: {}", ended.stderr);
    }
    for mistyped in [["--organization", "slaes"], ["--workspace", "prod-bach"]] {
        let refused = jobs(&platform, &mistyped).await.expect(2);
        assert!(refused.stdout.is_empty(), "an empty list would look like an idle platform");
        assert!(refused.stderr.contains("sales"), "what there is: {}", refused.stderr);
    }
}

#[tokio::test]
async fn the_table_is_for_people() {
    let platform = busy_platform().await;
    let ended = jobs(&platform, &["--timezone", "Asia/Tokyo"]).await.expect(0);
    let lines: Vec<&str> = ended.stdout.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[0].starts_with("ORGANIZATION  WORKSPACE"), "{}", lines[0]);
    assert!(lines[3].contains("conductor-1") && lines[3].contains("Paused"), "{}", lines[3]);
    assert!(lines[1].contains("2026-11-22 10:00:00 +00:00"), "{}", lines[1]);
}

#[tokio::test]
async fn an_unknown_list_is_4_and_writes_no_rows_in_place_of_a_file() {
    let platform = busy_platform().await;
    platform.control().set_workspace_fault("sales", "web-front", Some(WorkspaceFault::BrokenTable));
    let ended = jobs(&platform, &["--format", "csv"]).await.expect(4);
    assert_eq!(ended.stdout, "", "not even a header, which would look like an empty list");
    assert!(ended.stderr.contains("999-99999"), "{}", ended.stderr);
    let object = jobs(&platform, &["--format", "json"]).await.expect(4).json();
    assert_eq!((&object["jobs"], &object["running"]["reason"]), (&Value::Null, &"error_in_disguise".into()));

    let here = command_line();
    let file = here.home().join("jobs.csv");
    std::fs::write(&file, "before").expect("written");
    let (url, path) = (platform.url(), file.to_str().expect("text").to_owned());
    let _ = here.run(&at(&url, &["jobs", "--format", "csv", "--output", &path])).await.expect(4);
    assert_eq!(std::fs::read_to_string(&file).expect("the file"), "before");
    let _ = here.run(&at(&url, &["jobs", "--format", "json", "--output", &path])).await.expect(4);
    let object: Value = serde_json::from_slice(&std::fs::read(&file).expect("the file")).expect("JSON");
    assert_eq!((&object["jobs"], &object["running"]["state"]), (&Value::Null, &"unknown".into()), "as on stdout");
    platform.control().set_down(Part::Database, true);
    let _ = here.run(&at(&url, &["jobs"])).await.expect(4);
}

#[tokio::test]
async fn a_file_gets_what_stdout_would_and_the_journal_has_it() {
    let platform = busy_platform().await;
    let (here, url) = (command_line(), platform.url());
    for format in ["csv", "json", "table"] {
        let file = here.home().join(format!("jobs.{format}"));
        let path = file.to_str().expect("text").to_owned();
        let ended = here.run(&at(&url, &["jobs", "--format", format, "--output", &path])).await.expect(0);
        assert_eq!(ended.stdout, "");
        assert!(std::fs::read_to_string(&file).expect("the file").contains("conductor-1"), "{format}");
        let noted = here.journal().lines().last().map(serde_json::from_str::<Value>).expect("an entry").expect("JSON");
        assert_eq!((&noted["event"], &noted["rows"], &noted["path"]), (&"exported".into(), &3.into(), &path.into()));
    }
    let nowhere = here.home().join("no/such/folder.csv");
    let _ = here.run(&at(&url, &["jobs", "--output", nowhere.to_str().expect("text")])).await.expect(1);
}

#[tokio::test]
async fn a_reader_that_has_seen_enough_is_no_error() {
    let many = Options { jobs: Some(5_000), ..Options::default() };
    let platform = Practice::start(many).await.expect("a platform");
    let (here, url) = (CommandLine::with_password(PRACTICE_PASSWORD), platform.url());
    let mut child = here.start(&at(&url, &["jobs", "--format", "csv"]));
    let mut out = child.stdout.take().expect("piped");
    let mut first = [0; 64];
    out.read_exact(&mut first).await.expect("a beginning");
    drop(out);
    let ended = tokio::time::timeout(LIMIT, child.wait_with_output()).await.expect("it ends").expect("its output");
    assert_eq!(ended.status.code(), Some(0), "{}", String::from_utf8_lossy(&ended.stderr));
}

#[tokio::test]
async fn a_recorded_answer_is_read_from_a_file_and_from_stdin() {
    let here = CommandLine::without_password();
    for (recording, expected) in [
        ("check-all-types-all-statuses", 21),
        ("check-ita-2.2-shape", 21),
        ("check-odd-rows", 11),
        ("check-no-orgs", 0),
        ("check-org-without-workspaces", 0),
    ] {
        let (file, body) = saved(&here, recording);
        let path = file.to_str().expect("text");
        let line = ["jobs", "--preset", "script", "--timezone", "Asia/Tokyo", "--input"];
        let from_file = here.run(&[&line[..], &[path]].concat()).await.expect(0);
        let from_stdin = here.run_with_stdin(&[&line[..], &["-"]].concat(), body.as_bytes()).await.expect(0);
        let without_time = |text: &str| rows(text).into_iter().map(|row| row[1..].to_vec()).collect::<Vec<_>>();
        let read = without_time(&from_file.stdout);
        assert_eq!(read, without_time(&from_stdin.stdout), "{recording}");
        assert_eq!(read.len(), expected, "{recording}");
        assert_eq!(ids(&body), column(&rows(&from_file.stdout), "job_id").into_iter().collect(), "{recording}");
        assert!(read.iter().all(|row| row[0].is_empty()), "{recording}: which platform it was is not known");
    }
}

/// Every `id` of a job in an answer, found without any knowledge of its shape.
fn ids(body: &str) -> BTreeSet<String> {
    fn collect(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(object) => {
                if object.contains_key("status_id") {
                    found.extend(object["id"].as_str().map(str::to_owned));
                }
                object.values().for_each(|value| collect(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| collect(value, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    collect(&serde_json::from_str(body).expect("JSON"), &mut found);
    found
}

#[tokio::test]
async fn a_recorded_error_in_disguise_is_4_and_never_an_empty_list() {
    let here = CommandLine::without_password();
    for recording in ["check-ws-broken-table", "check-ws-broken-dropdb", "check-db-down", "auth-none"] {
        let (file, body) = saved(&here, recording);
        let path = file.to_str().expect("text");
        let ended = here.run(&["jobs", "--format", "csv", "--input", path]).await.expect(4);
        assert_eq!(ended.stdout, "", "{recording}");
        let object =
            here.run_with_stdin(&["jobs", "--input", "-", "--format", "json"], body.as_bytes()).await.expect(4);
        assert_eq!(object.json()["jobs"], Value::Null, "{recording}");
        assert_eq!(object.json()["running"]["counted"], Value::Null, "{recording}");
    }
    let (_, body) = saved(&here, "check-all-types-all-statuses");
    for cut in [0, 1, body.len() / 2, body.trim_end().len() - 1] {
        let ended = here.run_with_stdin(&["jobs", "--input", "-"], &body.as_bytes()[..cut]).await.expect(4);
        assert_eq!(ended.stdout, "", "cut after {cut} bytes");
    }
}

#[tokio::test]
async fn a_saved_answer_and_a_platform_exclude_each_other_and_a_missing_file_is_1() {
    let here = command_line();
    let _ = here.run(&at("http://127.0.0.1:9", &["jobs", "--input", "-"])).await.expect(2);
    let _ = here.run(&["jobs", "--input", "-", "--password-stdin"]).await.expect(2);
    let ended = here.run(&["jobs", "--input", "/nonexistent/answer.json"]).await.expect(1);
    assert!(ended.stderr.contains("/nonexistent/answer.json"), "{}", ended.stderr);
}
