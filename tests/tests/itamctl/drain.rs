//! `drain` and `reopen`: the guided procedure without a window, and the script of the README.

use std::path::{Path, PathBuf};

use acceptance::command_line::CommandLine;
use acceptance::consoles::draft;
use acceptance::wait::{until_true, LIMIT};
use ita_core::domain::connection::{ConnectionDraft, ConnectionId, Environment, SecretPlace};
use ita_core::domain::forecast::recorder::{Changes, Record, Recorder};
use ita_core::domain::procedure::{Frontend, Procedure, ProcedurePhase};
use ita_core::domain::time::Timestamp;
use ita_core::ports::{Clock, SystemClock};
use ita_core::settings::lives::LifeFiles;
use ita_core::settings::paths::IDENTIFIER;
use ita_core::settings::procedures::ProcedureFiles;
use ita_practice::{Mode, Practice, WorkspaceFault};
use tokio::process::Command;

use crate::night_script::run_script;
use crate::{busy_platform, command_line, idle_platform};

pub(crate) const NAME: &str = "基幹ITA（東京）";

/// A saved connection that is asked every five seconds.
pub(crate) async fn saved(platform: &Practice, environment: Environment) -> CommandLine {
    let here = command_line();
    let draft = ConnectionDraft { secret_place: SecretPlace::Ask, ..draft(&platform.url(), environment) };
    here.save(draft, |_| ()).await;
    here
}

fn line<'a>(command: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["--connection", NAME, "--format", "json", command], more].concat()
}

pub(crate) fn writes(platform: &Practice) -> Vec<String> {
    let requests = platform.control().requests().into_iter();
    requests.filter(|request| request.method == "PATCH").filter_map(|request| request.body).collect()
}

pub(crate) const STOP: &str = r#"{"backyard_execute_stop":"1"}"#;
pub(crate) const READ_ONLY: &str = r#"{"data_update_stop":"1"}"#;
pub(crate) const WRITABLE: &str = r#"{"data_update_stop":"0"}"#;
pub(crate) const START: &str = r#"{"backyard_execute_stop":"0"}"#;

#[tokio::test]
async fn a_drain_gives_up_with_3_leaves_the_modes_and_can_be_run_again_to_read_only() {
    let platform = busy_platform().await;
    let here = saved(&platform, Environment::Staging).await;
    let ended = here.run(&line("drain", &["--timeout", "2s"])).await.expect(3);
    let object = ended.json();
    let read_at = object["read_at"].clone();
    assert_eq!(
        object,
        serde_json::json!({
            "outcome": "still_running", "phase": "gave_up", "job_stop": "on", "read_only": "off", "holding": 2, "forecast": null,
            "platform": platform.url(), "read_at": read_at,
        })
    );
    assert!(ended.stderr.contains("2 jobs are still running") && ended.stderr.contains("reopen"), "{}", ended.stderr);
    assert_eq!(writes(&platform), [STOP]);

    for job in ["ansible-9", "ansible-10"] {
        platform.control().end_job(job);
    }
    let ended = here.run(&line("drain", &["--then", "read-only"])).await.expect(0);
    let object = ended.json();
    assert_eq!((&object["outcome"], &object["read_only"]), (&"read_only".into(), &"on".into()));
    assert!(ended.stderr.contains("begun before goes on"), "{}", ended.stderr);
    assert!(ended.stderr.contains("1 of 3 lists in a row"), "a line for each change: {}", ended.stderr);
    assert_eq!(writes(&platform), [STOP, READ_ONLY]);
    let _ = here.run(&line("drain", &["--then", "read-only"])).await.expect(0);
    assert_eq!(writes(&platform).len(), 2, "it is done already");

    assert_eq!(here.run(&line("reopen", &[])).await.expect(0).json()["outcome"], "open");
    assert_eq!(writes(&platform), [STOP, READ_ONLY, WRITABLE, START]);

    let pack = pack(&here).await;
    let read = |name: &str| std::fs::read_to_string(pack.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(read("timeline.csv").matches(",switched,").count(), 4, "one night, its first switch included");
    for job in ["ansible-9", "ansible-10"] {
        assert!(read("jobs-at-stop.csv").contains(job), "the list at stop is that of the true stop");
    }
    let report = read("report.en.html");
    assert!(report.contains("with 2 still running") && !report.contains("was on already"), "{report}");
}

#[tokio::test]
async fn a_night_that_was_given_up_and_whose_jobs_were_started_again_is_over() {
    let platform = busy_platform().await;
    let here = saved(&platform, Environment::Staging).await;
    let (files, id) = left_in(&here, ProcedurePhase::GaveUp);
    let ended = here.run(&line("drain", &["--timeout", "2s"])).await.expect(3);
    assert!(!ended.stderr.contains("begun before goes on"), "{}", ended.stderr);
    let saved = files.load(&id, Timestamp(2)).expect("read").expect("there");
    assert!(saved.began_at > Some(Timestamp(1)), "another night: {saved:?}");
    assert_eq!(writes(&platform), [STOP]);
}

#[tokio::test]
async fn a_drain_that_is_killed_at_any_moment_goes_on_when_it_is_run_again() {
    let platform = busy_platform().await;
    let here = saved(&platform, Environment::Staging).await;
    // While the first switch is on its way, in the middle of the drain, and while the last one is.
    platform.control().set_changes_held(true);
    let child = here.start(&line("drain", &[]));
    until_true("job stop is asked for", LIMIT, async || !writes(&platform).is_empty()).await;
    kill(child).await;
    platform.control().set_changes_held(false);
    let child = here.start(&line("drain", &[]));
    let lists = || platform.control().requests().iter().filter(|request| request.path.contains("backyard")).count();
    let before = lists() + 2;
    until_true("lists", LIMIT, async || platform.control().mode(Mode::JobStop) && lists() > before).await;
    kill(child).await;
    for job in ["ansible-9", "ansible-10"] {
        platform.control().end_job(job);
    }
    let before = writes(&platform).len();
    platform.control().set_changes_held(true);
    let child = here.start(&line("drain", &["--then", "read-only"]));
    until_true("read-only is asked for", LIMIT, async || writes(&platform).len() > before).await;
    kill(child).await;
    platform.control().set_changes_held(false);

    let ended = here.run(&line("drain", &["--then", "read-only"])).await.expect(0);
    assert_eq!(ended.json()["outcome"], "read_only", "{}", ended.stderr);
    let _ = here.run(&line("reopen", &[])).await.expect(0);
    let report = std::fs::read_to_string(pack(&here).await.join("report.en.html")).expect("a report");
    assert!(report.contains("has no outcome"), "a switch of which nobody knows: {report}");
    assert!(report.contains("The program was restarted") && report.contains("jobs-at-stop.csv"), "{report}");
}

async fn kill(mut child: tokio::process::Child) {
    child.kill().await.expect("SIGKILL");
}

/// The English evidence of the newest night.
async fn pack(here: &CommandLine) -> PathBuf {
    let packs = here.home().join("packs");
    std::fs::create_dir_all(&packs).expect("a folder");
    let packs = packs.to_str().expect("a path");
    let object = here.run(&line("evidence", &["--language", "en", "--output", packs])).await.expect(0).json();
    PathBuf::from(object["path"].as_str().expect("a path"))
}

/// Of a window that has watched this connection for an hour and a half, until now: one job a minute, each of an hour, and
/// then the two that still run.
fn watched_before() -> Record {
    let key = |id: &str| ["sales", "prod-batch", "ita-by-ansible-execute", id].map(str::to_owned);
    // A forecast is told in minutes: no change of the minute is near.
    let (mut recorder, minute) = (Recorder::default(), SystemClock.now().0 / 60_000);
    let now = Timestamp(minute * 60_000 - 30_000);
    for minute in 0..=90_i64 {
        let mut changes = Changes { is_next: true, ..Changes::default() };
        changes.appeared.extend((1..=24).contains(&minute).then(|| key(&format!("job-{minute}"))));
        changes.left.extend((61..=84).contains(&minute).then(|| key(&format!("job-{}", minute - 60))));
        if minute == 89 {
            changes.appeared.extend([key("ansible-9"), key("ansible-10")]);
        }
        recorder.read(changes, Timestamp(now.0 - (90 - minute) * 60_000));
    }
    recorder.record()
}

#[tokio::test]
async fn what_the_window_has_learned_makes_a_forecast_that_is_said_once() {
    let platform = busy_platform().await;
    let here = saved(&platform, Environment::Staging).await;
    let id = here.connections().list().expect("read").connections.remove(0).id;
    let lives = LifeFiles::new(here.home().join(".local/state").join(IDENTIFIER).join("job-lives"));
    let before = watched_before();
    let (_, file) = lives.open(&id, &platform.url(), Timestamp(1));
    file.expect("nobody writes it").write(&before).expect("written");

    let ended = here.run(&line("drain", &["--timeout", "8s"])).await.expect(3);
    let said: Vec<_> = ended.stderr.lines().filter(|line| line.contains("0 is expected between")).collect();
    let [said] = said[..] else { panic!("each change once: {}", ended.stderr) };
    assert!(said.contains("from 24 earlier jobs; at least 80 of 100"), "{said}");
    let forecast = ended.json()["forecast"].take();
    assert_eq!((&forecast["basis"], &forecast["confidence_percent"]), (&24.into(), &80.into()));
    let at = |key: &str| Timestamp::parse(forecast[key].as_str().expect("a time")).expect("a time");
    assert!(at("earliest") > SystemClock.now() && at("latest") > at("earliest"), "{forecast}");

    let (kept, file) = lives.open(&id, &platform.url(), Timestamp(1));
    assert!(kept != Record::default() && kept != before, "it has watched too, and ends without being told to close");
    drop(file);
    let _ = here.run(&["connections", "remove", NAME, "--confirm", NAME]).await.expect(0);
    let (left, _) = lives.open(&id, &platform.url(), Timestamp(1));
    assert_eq!(left, Record::default(), "it goes with its connection");
}

#[tokio::test]
async fn a_count_that_is_not_known_when_the_time_is_over_is_4() {
    let platform = idle_platform().await;
    platform.control().set_workspace_fault("sales", "web-front", Some(WorkspaceFault::BrokenTable));
    let here = saved(&platform, Environment::Staging).await;
    let ended = here.run(&line("drain", &["--timeout", "2s", "--then", "read-only"])).await.expect(4);
    assert_eq!((&ended.json()["outcome"], &ended.json()["holding"]), (&"unknown".into(), &().into()));
    assert_eq!(writes(&platform), [STOP], "unknown never advances");
}

#[tokio::test]
async fn an_interrupted_drain_leaves_the_modes_says_so_and_goes_on_when_it_is_run_again() {
    let platform = busy_platform().await;
    let here = saved(&platform, Environment::Staging).await;
    let child = here.start(&line("drain", &["--then", "read-only"]));
    until_true("job stop", LIMIT, async || platform.control().mode(Mode::JobStop)).await;
    let lists = || platform.control().requests().iter().filter(|request| request.path.contains("backyard")).count();
    let before = lists();
    until_true("another list", LIMIT, async || lists() > before).await;
    send("INT", &child.id().expect("it runs").to_string()).await;
    let output = child.wait_with_output().await.expect("its output");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("Interrupted. Job stop is on, read-only mode is off."), "{stderr}");
    assert_eq!(writes(&platform), [STOP]);

    let ended = here.run(&line("drain", &["--timeout", "3s"])).await.expect(3);
    assert!(ended.stderr.contains("begun before goes on"), "{}", ended.stderr);
    assert_eq!(writes(&platform), [STOP], "what was read back as on is not sent again");
}

#[tokio::test]
async fn production_needs_its_name_for_both_and_asks_nothing_without() {
    let platform = idle_platform().await;
    let here = saved(&platform, Environment::Production).await;
    for command in ["drain", "reopen"] {
        let ended = here.run(&line(command, &[])).await.expect(1);
        assert!(ended.stderr.contains("production") && ended.stderr.contains("--confirm"), "{}", ended.stderr);
        let _ = here.run(&line(command, &["--confirm", "基幹ITA"])).await.expect(1);
    }
    assert_eq!(platform.control().request_count(), 0);
    let _ = here.run(&line("reopen", &["--confirm", NAME])).await.expect(0);
    assert_eq!(writes(&platform), [WRITABLE, START], "off is sent although both read off");
}

/// A procedure as an earlier night left it.
fn left_in(here: &CommandLine, phase: ProcedurePhase) -> (ProcedureFiles, ConnectionId) {
    let id = here.connections().list().expect("read").connections.remove(0).id;
    let files = here.procedures();
    let state = Procedure { phase, began_at: Some(Timestamp(1)), ..Procedure::default() };
    files.save(&id, &state).expect("saved");
    (files, id)
}

#[tokio::test]
async fn a_drain_that_is_taken_up_ends_at_its_time_also_while_nothing_can_be_read_whole() {
    let platform = idle_platform().await;
    platform.control().set_workspace_fault("sales", "web-front", Some(WorkspaceFault::BrokenTable));
    platform.control().set_mode(Mode::JobStop, true);
    let here = saved(&platform, Environment::Staging).await;
    for phase in [ProcedurePhase::Draining, ProcedurePhase::GoingReadOnly] {
        let _ = left_in(&here, phase);
        let ended = here.run(&line("drain", &["--timeout", "2s"])).await.expect(4);
        assert_eq!(ended.json()["outcome"], "unknown", "{phase:?}: {}", ended.stderr);
    }
    assert_eq!(writes(&platform), [] as [&str; 0]);
}

#[tokio::test]
async fn a_drain_behind_which_somebody_works_is_refused_and_so_is_one_that_was_never_ended() {
    let platform = busy_platform().await;
    let here = saved(&platform, Environment::Staging).await;
    let (files, id) = left_in(&here, ProcedurePhase::Work);
    let ended = here.run(&line("drain", &["--then", "read-only"])).await.expect(1);
    assert!(ended.stderr.contains("past the drain") && ended.stderr.contains("reopen"), "{}", ended.stderr);
    assert_eq!(writes(&platform), [] as [&str; 0]);
    let ended = here.run(&line("reopen", &[])).await.expect(1);
    assert!(ended.stderr.contains("Another program on this workstation"), "{}", ended.stderr);
    assert_eq!(run_script(&here, "true").await.0, 1);
    assert_eq!(writes(&platform), [] as [&str; 0], "the window left it, and somebody may work");
    let saved = files.load(&id, Timestamp(2)).expect("read").expect("there");
    assert_eq!((saved.phase, saved.driven_by), (ProcedurePhase::Work, Frontend::Window), "it is still the window's");

    let _ = here.run(&line("reopen", &["--anyway"])).await.expect(0);
    let _ = here.run(&line("drain", &["--timeout", "2s"])).await.expect(3);
    assert_eq!(writes(&platform), [WRITABLE, START, STOP], "then it begins anew");
}

#[tokio::test]
async fn the_procedure_of_another_address_is_told_and_nothing_is_switched_here() {
    let platform = idle_platform().await;
    let here = saved(&platform, Environment::Staging).await;
    let (files, id) = left_in(&here, ProcedurePhase::Work);
    let state = files.load(&id, Timestamp(2)).expect("read").expect("there");
    let state = Procedure { origin: Some("https://other.example".to_owned()), ..state };
    files.save(&id, &state).expect("saved");
    for command in [&["drain"] as &[_], &["reopen"], &["reopen", "--anyway"]] {
        let ended = here.run(&line(command[0], &command[1..])).await.expect(1);
        assert!(ended.stderr.contains("under way on https://other.example (work)"), "{}", ended.stderr);
    }
    assert_eq!(writes(&platform), [] as [&str; 0]);
    assert_eq!(files.load(&id, Timestamp(3)), Ok(Some(state)), "it is as it was");

    let ended = here.run(&["connections", "remove", NAME]).await.expect(1);
    assert!(ended.stderr.contains("under way") && ended.stderr.contains("--confirm"), "{}", ended.stderr);
    let _ = here.run(&["connections", "remove", NAME, "--confirm", NAME]).await.expect(0);
}

#[tokio::test]
async fn a_drain_under_which_somebody_started_jobs_again_stops_them_once_more() {
    let platform = busy_platform().await;
    let here = saved(&platform, Environment::Staging).await;
    let _ = left_in(&here, ProcedurePhase::Draining);
    let ended = here.run(&line("drain", &["--timeout", "2s"])).await.expect(3);
    assert_eq!((&ended.json()["job_stop"], &ended.json()["holding"]), (&"on".into(), &2.into()));
    assert_eq!(writes(&platform), [STOP]);
}

#[tokio::test]
async fn read_only_over_running_jobs_is_no_drain_that_is_done() {
    let platform = busy_platform().await;
    for mode in [Mode::JobStop, Mode::ReadOnly] {
        platform.control().set_mode(mode, true);
    }
    let here = saved(&platform, Environment::Staging).await;
    let _ = left_in(&here, ProcedurePhase::QuietGate);
    let ended = here.run(&line("drain", &["--then", "read-only"])).await.expect(3);
    assert_eq!((&ended.json()["outcome"], &ended.json()["read_only"]), (&"still_running".into(), &"on".into()));
}

#[tokio::test]
async fn nobody_opens_the_platform_under_another_program_without_saying_so() {
    let platform = idle_platform().await;
    let here = saved(&platform, Environment::Staging).await;
    let (files, id) = left_in(&here, ProcedurePhase::Work);
    let claim = files.claim(&id).expect("a lock").expect("free");
    for command in ["reopen", "drain"] {
        let ended = here.run(&line(command, &[])).await.expect(1);
        assert!(ended.stderr.contains("Another program on this workstation"), "{}", ended.stderr);
    }
    assert_eq!(run_script(&here, "true").await.0, 1);
    assert_eq!(writes(&platform), [] as [&str; 0]);
    let _ = here.run(&line("reopen", &["--anyway"])).await.expect(0);
    assert_eq!(writes(&platform), [WRITABLE, START]);
    drop(claim);
}

#[tokio::test]
async fn opening_once_more_changes_nothing_of_a_night_that_has_ended() {
    let platform = idle_platform().await;
    let here = saved(&platform, Environment::Staging).await;
    let _ = here.run(&line("drain", &[])).await.expect(0);
    let _ = here.run(&line("reopen", &[])).await.expect(0);
    let left = || {
        let folder = here.home().join("data").join(IDENTIFIER).join("procedures");
        let mut files: Vec<_> =
            walk(&folder).into_iter().filter(|path| path.extension() != Some("lock".as_ref())).collect();
        files.sort();
        files.into_iter().map(|path| (std::fs::read(&path).expect("a file"), path)).collect::<Vec<_>>()
    };
    let before = left();
    assert!(before.len() > 2, "the procedure and its lists: {before:?}");
    assert_eq!(here.run(&line("reopen", &[])).await.expect(0).json()["outcome"], "open");
    assert_eq!(left(), before);
    assert_eq!(writes(&platform), [STOP, WRITABLE, START, WRITABLE, START], "and it is open for sure");
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.flat_map(|entry| if entry.path().is_dir() { walk(&entry.path()) } else { vec![entry.path()] }).collect()
}

#[tokio::test]
async fn a_night_without_a_window_leaves_its_evidence_without_asking_the_platform_again() {
    let platform = idle_platform().await;
    let here = saved(&platform, Environment::Staging).await;
    let packs = here.home().join("packs");
    std::fs::create_dir(&packs).expect("a folder");
    let packs = packs.to_str().expect("a path");
    let none = here.run(&line("evidence", &["--output", packs])).await.expect(1);
    assert!(none.stderr.contains("No procedure of this connection is known"), "{}", none.stderr);
    let nowhere = here.run(&line("evidence", &[])).await.expect(2);
    assert!(nowhere.stderr.contains("--output DIR"), "{}", nowhere.stderr);

    let _ = here.run(&line("drain", &["--then", "read-only"])).await.expect(0);
    let _ = here.run(&line("reopen", &[])).await.expect(0);
    let asked = platform.control().requests().len();
    let object = here.run(&line("evidence", &["--language", "en", "--output", packs])).await.expect(0).json();
    assert_eq!((&object["files"], &object["missing"]), (&6.into(), &serde_json::json!([])));
    assert_eq!(platform.control().requests().len(), asked, "from the disk alone");
    let folder = Path::new(object["path"].as_str().expect("a path"));
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .expect("a pack")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let lists = ["jobs-at-reopen.csv", "jobs-at-stop.csv", "jobs-at-zero.csv"];
    assert_eq!(names, [&["SHA256SUMS"], &lists[..], &["report.en.html", "timeline.csv"]].concat());
}

pub(crate) async fn send(signal: &str, target: &str) {
    let sent = Command::new("sh").args(["-c", &format!("kill -{signal} {target}")]).status().await.expect("a shell");
    assert!(sent.success());
}
