//! `mode`: one write with one key, its read-back, and what is refused without a name.

use acceptance::command_line::{CommandLine, Ended};
use acceptance::consoles::draft;
use acceptance::fault_server::{envelope, grant, Act, FaultServer};
use ita_core::domain::connection::{ConnectionDraft, Environment, SecretPlace};
use ita_practice::{Mode, ModeTable, Practice, WorkspaceFault};

use crate::{at, busy_platform, command_line, idle_platform};

async fn mode(platform: &Practice, more: &[&str]) -> Ended {
    let url = platform.url();
    command_line().run(&at(&url, &[&["mode", "--format", "json"], more].concat())).await
}

fn patches(platform: &Practice) -> Vec<String> {
    let requests = platform.control().requests().into_iter();
    requests.filter(|request| request.method == "PATCH").filter_map(|request| request.body).collect()
}

#[tokio::test]
async fn a_switch_is_one_write_with_one_key_and_is_read_back() {
    let platform = busy_platform().await;
    let object = mode(&platform, &["job-stop", "on"]).await.expect(0).json();
    let read_at = object["read_at"].clone();
    assert_eq!(
        object,
        serde_json::json!({
            "mode": "job_stop", "requested": "on", "outcome": "done", "reason": null,
            "job_stop": "on", "read_only": "off", "platform": platform.url(), "read_at": read_at,
        })
    );
    assert!(read_at.as_str().is_some_and(|time| time.ends_with('Z')), "{read_at}");
    assert_eq!(patches(&platform), [r#"{"backyard_execute_stop":"1"}"#]);
    assert!(platform.control().mode(Mode::JobStop));

    let object = mode(&platform, &["job-stop", "on"]).await.expect(0).json();
    assert_eq!(object["outcome"], "already");
    assert_eq!(patches(&platform).len(), 1, "nothing more was sent");

    let object = mode(&platform, &["job-stop", "off"]).await.expect(0).json();
    assert_eq!((&object["outcome"], &object["job_stop"]), (&"done".into(), &"off".into()));
    assert!(!platform.control().mode(Mode::JobStop));
}

#[tokio::test]
async fn the_journal_has_the_switch_with_who_and_what_was_read_back() {
    let platform = busy_platform().await;
    let (here, url) = (command_line(), platform.url());
    let _ = here.run(&at(&url, &["mode", "job-stop", "on"])).await.expect(0);
    let journal = here.journal();
    let lines: Vec<serde_json::Value> =
        journal.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let [asked, entry] = &lines[..] else { panic!("two lines: {journal}") };
    assert_eq!(
        (&asked["event"], &asked["mode"], &asked["on"]),
        (&"switch_requested".into(), &"job_stop".into(), &true.into())
    );
    assert_eq!(entry["event"], "switched");
    assert_eq!(entry["workstation_user"], "night");
    assert_eq!((&entry["user"], &entry["mode"], &entry["on"]), (&"admin".into(), &"job_stop".into(), &true.into()));
    assert_eq!((&entry["outcome"], &entry["read_back"]), (&"done".into(), &true.into()));
}

#[tokio::test]
async fn read_only_over_running_jobs_is_1_unless_the_host_is_named() {
    let platform = busy_platform().await;
    platform.control().set_mode(Mode::JobStop, true);
    let ended = mode(&platform, &["read-only", "on"]).await.expect(1);
    let object = ended.json();
    assert_eq!((&object["outcome"], &object["reason"]), (&"refused".into(), &"confirmation_needed".into()));
    assert!(ended.stderr.contains("still running (2)") && ended.stderr.contains("--confirm"), "{}", ended.stderr);
    let ended = mode(&platform, &["read-only", "on", "--confirm", "another-host"]).await.expect(1);
    assert!(ended.stderr.contains("another-host"), "{}", ended.stderr);
    assert_eq!(patches(&platform), [] as [String; 0], "nothing was sent");
    let object = mode(&platform, &["read-only", "on", "--confirm", "127.0.0.1"]).await.expect(0).json();
    assert_eq!(object["read_only"], "on");
}

#[tokio::test]
async fn read_only_over_an_unknown_count_is_1_unless_named_and_off_asks_for_nothing() {
    let platform = busy_platform().await;
    platform.control().set_mode(Mode::JobStop, true);
    platform.control().set_workspace_fault("sales", "web-front", Some(WorkspaceFault::BrokenTable));
    let ended = mode(&platform, &["read-only", "on"]).await.expect(1);
    assert!(ended.stderr.contains("not known") && ended.stderr.contains("999-99999"), "{}", ended.stderr);
    assert_eq!(patches(&platform), [] as [String; 0]);
    let _ = mode(&platform, &["read-only", "on", "--confirm", "127.0.0.1"]).await.expect(0);
    let _ = mode(&platform, &["read-only", "off"]).await.expect(0);
    assert!(!platform.control().mode(Mode::ReadOnly), "one broken workspace must not lock the platform shut");
}

#[tokio::test]
async fn a_drained_platform_goes_read_only_without_a_name_once_job_stop_is_on() {
    let platform = idle_platform().await;
    let ended = mode(&platform, &["read-only", "on"]).await.expect(1);
    assert!(ended.stderr.contains("Job stop"), "{}", ended.stderr);
    let _ = mode(&platform, &["job-stop", "on"]).await.expect(0);
    let _ = mode(&platform, &["read-only", "on"]).await.expect(0);
    assert!(platform.control().mode(Mode::ReadOnly));
}

#[tokio::test]
async fn read_only_off_is_sent_although_the_platform_says_off_already() {
    let platform = idle_platform().await;
    platform.control().set_mode(Mode::ReadOnly, true);
    platform.control().set_mode_table(ModeTable::Unreadable);
    let object = mode(&platform, &["read-only", "off"]).await.expect(4).json();
    assert_eq!((&object["outcome"], &object["reason"]), (&"unknown".into(), &"platform_error".into()));
    platform.control().set_mode_table(ModeTable::Intact);
    let object = mode(&platform, &["read-only", "off"]).await.expect(0).json();
    assert_eq!(object["outcome"], "done");
    assert_eq!(patches(&platform), [r#"{"data_update_stop":"0"}"#; 2]);
}

/// A saved production connection whose password is given with each call.
async fn production(platform: &Practice) -> CommandLine {
    let here = command_line();
    let draft = ConnectionDraft { secret_place: SecretPlace::Ask, ..draft(&platform.url(), Environment::Production) };
    here.save(draft, |_| ()).await;
    here
}

#[tokio::test]
async fn every_switch_on_production_needs_its_name_and_sends_nothing_without() {
    let platform = idle_platform().await;
    let here = production(&platform).await;
    let name = "基幹ITA（東京）";
    let line = |more: &[&'static str]| [&["--connection", name, "mode", "job-stop", "on"], more].concat();
    let ended = here.run(&line(&[])).await.expect(1);
    assert!(ended.stderr.contains("production") && ended.stderr.contains(name), "{}", ended.stderr);
    let _ = here.run(&line(&["--confirm", "基幹ITA"])).await.expect(1);
    assert_eq!(platform.control().request_count(), 0, "refused before anything was asked");
    let _ = here.run(&line(&["--confirm", "基幹ITA（東京）"])).await.expect(0);
    assert!(platform.control().mode(Mode::JobStop));
    let _ = here.run(&["mode", "job-stop", "off", "--connection", name]).await.expect(1);
    assert!(platform.control().mode(Mode::JobStop), "off needs it too");
}

#[tokio::test]
async fn an_accepted_switch_without_effect_is_1() {
    let platform = idle_platform().await;
    platform.control().set_mode_changes_ignored(true);
    let ended = mode(&platform, &["job-stop", "on"]).await.expect(1);
    let object = ended.json();
    assert_eq!((&object["outcome"], &object["job_stop"]), (&"without_effect".into(), &"off".into()));
    assert!(ended.stderr.contains("still the old one"), "{}", ended.stderr);
}

#[tokio::test]
async fn an_outcome_that_nobody_knows_is_4_and_not_tried_again() {
    let server = FaultServer::start(|seen| match seen.method.as_str() {
        _ if seen.is_token() => grant("access", "refresh", 1800),
        "PATCH" => Act::Close,
        _ => Act::json(200, &envelope(r#"{"backyard_execute_stop":"0","data_update_stop":"0"}"#)),
    });
    let server = server.await.expect("a port");
    let ended =
        command_line().run(&at(&server.origin, &["mode", "job-stop", "on", "--format", "json"])).await.expect(4);
    assert_eq!(ended.json()["outcome"], "unknown");
    assert!(ended.stderr.contains("itamctl status"), "what to do: {}", ended.stderr);
    assert_eq!(server.seen().iter().filter(|seen| seen.method == "PATCH").count(), 1, "a write is never repeated");
}

#[tokio::test]
async fn a_refused_login_is_5_and_one_login() {
    let platform = idle_platform().await;
    let url = platform.url();
    let wrong = CommandLine::with_password("wrong");
    let _ = wrong.run(&at(&url, &["mode", "read-only", "on", "--confirm", "127.0.0.1"])).await.expect(5);
    assert_eq!(platform.control().password_logins(), 1);
    assert!(!platform.control().mode(Mode::ReadOnly));
}
