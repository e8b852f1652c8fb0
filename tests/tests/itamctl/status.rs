//! `status`: its object, field by field, and its exit codes.

use acceptance::command_line::{CommandLine, Ended};
use ita_practice::{Mode, ModeTable, Part, Practice, ScriptedJob, WorkspaceFault};

use crate::{at, busy_platform, command_line, idle_platform};

async fn status(platform: &Practice, more: &[&str]) -> Ended {
    let url = platform.url();
    command_line().run(&at(&url, &[&["status", "--format", "json"], more].concat())).await
}

/// Compares the whole object as text, so that keys, order and types are those that scripts were promised. The time of
/// the read is checked by itself.
fn assert_object(ended: &Ended, modes: &str, running: &str, platform: &str) {
    let read_at = ended.json()["read_at"].as_str().expect("a time").to_owned();
    assert!(read_at.ends_with('Z'), "{read_at}");
    let read: jiff::Timestamp = read_at.parse().expect("RFC 3339");
    let age = jiff::Timestamp::now().duration_since(read).as_secs();
    assert!((0..60).contains(&age), "read {age} s ago");
    let expected =
        format!("{{{modes},\"running\":{{{running}}},\"platform\":\"{platform}\",\"read_at\":\"{read_at}\"}}\n");
    assert_eq!(ended.stdout, expected);
}

const NO_FIGURES: &str = r#""counted":null,"conductors":null,"unclassified":null,"rows":null,"oldest_update_utc":null"#;
const BOTH_UNKNOWN: &str = r#""job_stop":"unknown","read_only":"unknown""#;

#[tokio::test]
async fn an_idle_platform_is_0_and_its_figures_are_zeros() {
    let platform = idle_platform().await;
    let ended = status(&platform, &[]).await.expect(0);
    let running = r#""state":"known","counted":0,"conductors":0,"unclassified":0,"rows":0,"oldest_update_utc":null,"reason":null"#;
    assert_object(&ended, r#""job_stop":"off","read_only":"off""#, running, &platform.url());
    assert_eq!(ended.stderr, "", "nothing to say");
}

#[tokio::test]
async fn counted_jobs_are_3_and_every_figure_is_told_apart() {
    let platform = busy_platform().await;
    platform.control().set_mode(Mode::JobStop, true);
    platform.control().add_job(ScriptedJob::new("sales", "staging", "ita-by-new-thing", "odd-1", "2"));
    let ended = status(&platform, &["--timezone", "Asia/Tokyo"]).await.expect(3);
    let running = concat!(
        r#""state":"known","counted":2,"conductors":1,"unclassified":1,"rows":4,"#,
        r#""oldest_update_utc":"2026-11-22T10:00:00.000Z","reason":null"#
    );
    assert_object(&ended, r#""job_stop":"on","read_only":"off""#, running, &platform.url());
}

#[tokio::test]
async fn conductors_alone_are_0() {
    let platform = idle_platform().await;
    let conductor = ScriptedJob::new("sales", "staging", "ita-by-conductor-synchronize", "paused", "5");
    platform.control().script_jobs([conductor]);
    let object = status(&platform, &[]).await.expect(0).json();
    assert_eq!((&object["running"]["counted"], &object["running"]["conductors"]), (&0.into(), &1.into()));
}

#[tokio::test]
async fn a_time_whose_zone_is_not_proven_is_null() {
    let platform = busy_platform().await;
    let object = status(&platform, &["--timezone", "auto"]).await.expect(3).json();
    assert!(object["running"]["oldest_update_utc"].is_null(), "an old job must never look young: {object}");
}

#[tokio::test]
async fn an_error_in_disguise_is_4_and_the_modes_are_known_all_the_same() {
    let platform = busy_platform().await;
    platform.control().set_mode(Mode::ReadOnly, true);
    platform.control().set_workspace_fault("sales", "web-front", Some(WorkspaceFault::BrokenTable));
    let ended = status(&platform, &[]).await.expect(4);
    let running = format!(r#""state":"unknown",{NO_FIGURES},"reason":"error_in_disguise""#);
    assert_object(&ended, r#""job_stop":"off","read_only":"on""#, &running, &platform.url());
    assert!(ended.stderr.contains("999-99999") && ended.stderr.contains("does not mean none"), "{}", ended.stderr);
}

#[tokio::test]
async fn a_missing_flag_is_4_and_the_rest_is_known() {
    let platform = busy_platform().await;
    platform.control().set_mode_table(ModeTable::RowMissing(Mode::JobStop));
    let ended = status(&platform, &["--timezone", "UTC"]).await.expect(4);
    let object = ended.json();
    assert_eq!((&object["job_stop"], &object["read_only"]), (&"unknown".into(), &"off".into()));
    assert_eq!((&object["running"]["state"], &object["running"]["counted"]), (&"known".into(), &2.into()));
    assert!(ended.stderr.contains("neither on nor off"), "{}", ended.stderr);
}

#[tokio::test]
async fn a_platform_without_its_database_is_4_and_its_own_id_is_shown() {
    let platform = busy_platform().await;
    platform.control().set_down(Part::Database, true);
    let ended = status(&platform, &["--login", "basic"]).await.expect(4);
    let running = format!(r#""state":"unknown",{NO_FIGURES},"reason":"platform_error""#);
    assert_object(&ended, BOTH_UNKNOWN, &running, &platform.url());
    assert!(ended.stderr.contains("500-99999"), "{}", ended.stderr);
}

#[tokio::test]
async fn a_platform_that_is_not_there_is_4_and_told_once() {
    let platform = busy_platform().await;
    let url = platform.url();
    platform.stop().await.expect("stopped");
    let ended = command_line().run(&at(&url, &["status", "--format", "json"])).await.expect(4);
    let running = format!(r#""state":"unknown",{NO_FIGURES},"reason":"connection_refused""#);
    assert_object(&ended, BOTH_UNKNOWN, &running, &url);
    assert_eq!(ended.stderr.matches("itamctl: error").count(), 1, "{}", ended.stderr);
}

#[tokio::test]
async fn a_wrong_password_is_5_and_one_login_either_way() {
    for way in ["auto", "token", "basic"] {
        let platform = busy_platform().await;
        let url = platform.url();
        let wrong = CommandLine::with_password("c4nary-wrong");
        let ended = wrong.run(&at(&url, &["status", "--format", "json", "--login", way])).await.expect(5);
        let running = format!(r#""state":"unknown",{NO_FIGURES},"reason":"login_refused""#);
        assert_object(&ended, BOTH_UNKNOWN, &running, &url);
        assert_eq!(platform.control().password_logins(), 1, "{way}: a second one could lock the account");
        let told = format!("{}{}{}", ended.stdout, ended.stderr, wrong.journal());
        assert!(!told.contains("c4nary"), "a password is never told: {told}");
    }
}

#[tokio::test]
async fn options_may_stand_before_and_after_the_command() {
    let platform = busy_platform().await;
    let url = platform.url();
    let lines: [&[&str]; 3] = [
        &["--url", &url, "--user", "admin", "--format", "json", "--timezone", "UTC", "status"],
        &["status", "--url", &url, "--user", "admin", "--format", "json", "--timezone", "UTC"],
        &["--format", "json", "--user", "admin", "status", "--url", &url, "--timezone", "UTC"],
    ];
    for line in lines {
        let object = command_line().run(line).await.expect(3).json();
        assert_eq!(object["running"]["oldest_update_utc"], "2026-11-22T19:00:00.000Z", "{line:?}");
    }
}

#[tokio::test]
async fn people_get_words_and_a_file_gets_what_stdout_would() {
    let platform = busy_platform().await;
    let url = platform.url();
    let here = command_line();
    let table = here.run(&at(&url, &["status", "--timezone", "Asia/Tokyo"])).await.expect(3).stdout;
    assert!(table.contains("2 counted, 1 conductors (not counted)"), "{table}");
    assert!(table.contains("2026-11-22 10:00:00 +00:00"), "the workstation's zone: {table}");
    let file = here.home().join("status.json");
    let path = file.to_str().expect("text");
    let ended = here.run(&at(&url, &["status", "--format", "json", "--output", path])).await.expect(3);
    assert_eq!(ended.stdout, "");
    let object: serde_json::Value = serde_json::from_slice(&std::fs::read(file).expect("the file")).expect("JSON");
    assert_eq!(object["running"]["counted"], 2);
}

#[tokio::test]
async fn asking_leaves_no_trace_in_the_journal() {
    let platform = busy_platform().await;
    let url = platform.url();
    let here = command_line();
    let _ = here.run(&at(&url, &["status"])).await.expect(3);
    assert_eq!(here.journal(), "", "a script that asks every minute must not fill it");
}
