//! What every recorded answer about the running jobs means (platform-contract §5).

use std::collections::BTreeSet;
use std::path::Path;

use acceptance::clients::client;
use acceptance::fault_server::{grant, FaultServer, Seen};
use acceptance::recordings;
use ita_core::client::backyard_check::CheckAnswer;
use ita_core::client::Answer;
use ita_core::domain::connection::{LoginWay, ZoneSetting};
use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::domain::time::Timestamp;
use ita_core::domain::zone::{ZoneBasis, ZoneEvidence};
use ita_core::jobs::snapshot::{Circumstances, Snapshot};
use ita_core::jobs::table::JobTable;
use jiff::tz::TimeZone;
use serde_json::Value;

/// Name, counted rows, conductors, organizations, workspaces. The platform's own count is that of the counted rows.
const ANSWERS: [(&str, [u32; 4]); 12] = [
    ("check-agent-and-queued-invisible", [0, 0, 1, 1]),
    ("check-all-types-all-statuses", [18, 3, 4, 4]),
    ("check-double-slash", [11, 1, 2, 2]),
    ("check-gzip", [11, 1, 2, 2]),
    ("check-ita-2.2-shape", [18, 3, 4, 4]),
    ("check-locale-en", [18, 3, 4, 4]),
    ("check-locale-ja", [18, 3, 4, 4]),
    ("check-no-orgs", [0, 0, 0, 0]),
    ("check-no-trailing-slash", [11, 1, 2, 2]),
    ("check-no-trailing-slash-follow", [11, 1, 2, 2]),
    ("check-odd-rows", [10, 1, 1, 1]),
    ("check-org-without-workspaces", [0, 0, 1, 0]),
];

const DISGUISED: [(&str, &str); 4] = [
    ("check-ws-broken-dropdb", "システムエラー"),
    ("check-ws-broken-dropdb-en", "System Error"),
    ("check-ws-broken-table", "システムエラー"),
    ("check-ws-broken-table-en", "System Error"),
];

const REFUSALS: [(&str, ProblemCode); 4] = [
    ("check-db-down", ProblemCode::PlatformError),
    ("check-head", ProblemCode::PlatformError),
    ("check-post", ProblemCode::NotTheApi),
    ("check-unknown-path", ProblemCode::NotTheApi),
];

async fn read(name: &str) -> Result<Answer<CheckAnswer>, Problem> {
    let act = recordings::response(name).unwrap_or_else(|error| panic!("{name}: {error}")).act();
    let script = move |request: &Seen| if request.is_token() { grant("tok", "ref", 1800) } else { act.clone() };
    let server = FaultServer::start(script).await.expect("a port on 127.0.0.1");
    client(&server.origin, LoginWay::Automatic).expect("usable settings").read_jobs().await
}

fn snapshot(answer: CheckAnswer) -> Snapshot {
    let zone = ZoneEvidence::new(&ZoneSetting::Automatic, None, TimeZone::UTC).expect("a zone");
    Snapshot::build(answer, None, Circumstances { zone, read_at: Timestamp(0), took_ms: 0, revision: 1 })
}

fn sent(name: &str) -> Value {
    let body = recordings::response(name).expect(name).body;
    serde_json::from_str(&body).expect("a recorded success is JSON")
}

#[test]
fn no_recording_is_left_out() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/platform");
    let files = std::fs::read_dir(folder).expect("the recordings");
    let names = files.map(|file| file.expect("a file").file_name().to_string_lossy().replace(".json", ""));
    let recorded: BTreeSet<String> = names.filter(|name| name.starts_with("check-")).collect();
    let tested = ANSWERS.iter().map(|it| it.0).chain(DISGUISED.iter().map(|it| it.0)).chain(REFUSALS.map(|it| it.0));
    assert_eq!(tested.map(str::to_owned).collect::<BTreeSet<_>>(), recorded);
}

#[tokio::test]
async fn every_recorded_list_is_counted_as_it_was_meant() {
    for (name, [counted, conductors, organizations, workspaces]) in ANSWERS {
        let answer = read(name).await.unwrap_or_else(|problem| panic!("{name}: {problem:?}"));
        let clock = sent(name)["ts"].as_str().and_then(Timestamp::parse);
        assert!(clock.is_some() && answer.platform_time == clock, "{name}: the platform's clock");
        let running = snapshot(answer.value).running().clone();
        assert_eq!((running.unclassified, running.rows), (0, counted + conductors), "{name}");
        assert_eq!((&*running.mismatches, running.deciding), (&[][..], counted), "{name}: every count fits its rows");
        let found = [running.counted, running.conductors, running.organizations, running.workspaces];
        assert_eq!(found, [counted, conductors, organizations, workspaces], "{name}");
        assert_eq!(u64::from(running.reported), sent(name)["data"]["execute_count"], "{name}: as sent");
    }
}

/// One row of the newer shape, written as it was sent.
fn rows_as_sent(data: &Value) -> BTreeSet<String> {
    let list = |value: &Value| value.as_array().cloned().expect("a list");
    let mut rows = BTreeSet::new();
    for organization in list(&data["organizations"]) {
        for workspace in list(&organization["workspaces"]) {
            for (container, jobs) in workspace["backyards"].as_object().expect("containers") {
                for job in list(jobs) {
                    let (status, name, label) = (&job["status_id"], &job["status_name"], &job["last_update_timestamp"]);
                    let (organization, workspace) = (&organization["id"], &workspace["id"]);
                    rows.insert(format!(
                        "{organization} {workspace} {container} {} {status} {name} {label}",
                        job["id"]
                    ));
                }
            }
        }
    }
    rows
}

fn rows_as_read(table: &JobTable) -> BTreeSet<String> {
    let text = |text: &str| Value::from(text);
    let or_null = |text: Option<String>| text.map_or(Value::Null, Value::from);
    let row = |row| {
        assert!(!table.is_incomplete(row), "no recorded row lacks a field");
        format!(
            "{} {} {} {} {} {} {}",
            text(table.organization(row)),
            text(table.workspace(row)),
            table.backyard(row),
            text(&table.id(row).to_string()),
            text(table.status_id(row)),
            or_null(table.status_name(row).map(str::to_owned)),
            or_null(table.raw_label(row)),
        )
    };
    (0..table.len() as u32).map(row).collect()
}

#[tokio::test]
async fn every_recorded_row_is_kept_as_it_was_sent() {
    for (name, _) in ANSWERS.into_iter().filter(|(name, _)| *name != "check-ita-2.2-shape") {
        let table = read(name).await.expect(name).value.table;
        assert_eq!(rows_as_read(&table), rows_as_sent(&sent(name)["data"]), "{name}");
    }
}

#[tokio::test]
async fn the_older_shape_says_what_the_newer_one_says() {
    let older = read("check-ita-2.2-shape").await.expect("an answer").value.table;
    let newer = read("check-all-types-all-statuses").await.expect("an answer").value.table;
    assert_eq!(rows_as_read(&older), rows_as_read(&newer), "the same database through two versions of the platform");
}

#[tokio::test]
async fn every_recorded_disguise_is_unknown_and_tells_the_inner_words() {
    for (name, message) in DISGUISED {
        let problem = read(name).await.expect_err(name);
        assert_eq!((problem.code, problem.facts.status), (ProblemCode::ErrorInDisguise, Some(200)), "{name}");
        assert_eq!(problem.facts.platform_result.as_deref(), Some("999-99999"), "{name}");
        assert_eq!(problem.facts.platform_message.as_deref(), Some(message), "{name}");
        assert_eq!(problem.facts.platform_time, sent(name)["ts"].as_str().and_then(Timestamp::parse), "{name}");
        assert_eq!(problem.facts.path.as_deref(), Some("/api/ita/backyard-execute-check/"), "{name}");
    }
}

#[tokio::test]
async fn every_recorded_refusal_is_unknown_with_its_status() {
    for (name, code) in REFUSALS {
        let problem = read(name).await.expect_err(name);
        let status = recordings::response(name).expect(name).status;
        assert_eq!((problem.code, problem.facts.status), (code, Some(status)), "{name}");
    }
}

#[tokio::test]
async fn labels_ahead_of_the_platforms_clock_bound_its_zone() {
    let answer = read("check-odd-rows").await.expect("an answer").value;
    assert_eq!(snapshot(answer.clone()).zone().basis(), ZoneBasis::Bounded { at_least_minutes: 540 });
    let tokyo = TimeZone::get("Asia/Tokyo").expect("a zone");
    let zone = ZoneEvidence::new(&ZoneSetting::Automatic, None, tokyo).expect("a zone");
    let circumstances = Circumstances { zone, read_at: Timestamp(0), took_ms: 0, revision: 1 };
    let read_in_tokyo = Snapshot::build(answer, None, circumstances);
    assert_eq!(read_in_tokyo.zone().basis(), ZoneBasis::Assumed { offset_minutes: 540 });
}
