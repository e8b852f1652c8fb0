//! Which platform, whom to trust, with which password; `test` and `practice`.

use std::time::Duration;

use acceptance::command_line::CommandLine;
use acceptance::consoles::draft;
use acceptance::fault_server::Act;
use acceptance::fault_server::FaultServer;
use acceptance::tls_server::Identity;
use acceptance::wait::LIMIT;
use ita_core::domain::connection::{ConnectionDraft, Environment, SecretPlace};
use ita_practice::{Options, Practice, PRACTICE_PASSWORD};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};

use crate::{at, busy_platform, command_line, idle_platform};

async fn platform_with(identity: &Identity) -> Practice {
    let tls = Some(identity.server_config().expect("a configuration"));
    Practice::start(Options { jobs: Some(0), tls, ..Options::default() }).await.expect("a platform")
}

#[tokio::test]
async fn a_self_signed_certificate_is_6_until_it_is_pinned() {
    let identity = Identity::self_signed(|_| ()).expect("an identity");
    let (platform, here) = (platform_with(&identity).await, command_line());
    let url = platform.url();
    for command in [&["status", "--format", "json"][..], &["jobs"], &["mode", "job-stop", "on"], &["test"]] {
        let ended = here.run(&at(&url, command)).await.expect(6);
        assert!(ended.stderr.contains(&identity.sha256()), "its fingerprint, to compare: {}", ended.stderr);
        if command[0] == "status" {
            assert_eq!(ended.json()["running"]["reason"], "certificate_untrusted");
        }
    }
    assert_eq!(platform.control().request_count(), 0, "nothing was sent, no password either");

    let pinned = |pin: &str| {
        let line = at(&url, &["status", "--pin"]);
        line.into_iter().map(str::to_owned).chain([pin.to_owned()]).collect::<Vec<_>>()
    };
    let run = async |line: Vec<String>| here.run(&line.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let _ = run(pinned(&identity.sha256())).await.expect(0);
    let openssl = identity.sha256().to_uppercase().into_bytes();
    let with_colons: Vec<_> = openssl.chunks(2).map(String::from_utf8_lossy).collect();
    let _ = run(pinned(&with_colons.join(":"))).await.expect(0);
    let other = "ab".repeat(32);
    let changed = run(pinned(&other)).await.expect(6);
    assert!(changed.stderr.contains(&other) && changed.stderr.contains(&identity.sha256()), "{}", changed.stderr);
    let _ = run(pinned("no-fingerprint")).await.expect(2);
}

#[tokio::test]
async fn an_authority_of_ones_own_is_a_file() {
    let identity = Identity::issued(|_| ()).expect("an identity");
    let (platform, here) = (platform_with(&identity).await, command_line());
    let url = platform.url();
    let file = here.home().join("ca.pem");
    std::fs::write(&file, &identity.authority_pem).expect("written");
    let path = file.to_str().expect("text");
    let _ = here.run(&at(&url, &["status"])).await.expect(6);
    let _ = here.run(&at(&url, &["status", "--ca-file", path])).await.expect(0);
    let _ = here.run(&at(&url, &["status", "--ca-file", "/nonexistent.pem"])).await.expect(2);
    let _ = here.run(&at(&url, &["status", "--ca-file", path, "--pin", &identity.sha256()])).await.expect(2);
}

#[tokio::test]
async fn no_platform_is_assumed_and_wrong_use_is_2_with_nothing_on_stdout() {
    let here = command_line();
    let lines: [&[&str]; 12] = [
        &[],
        &["status"],
        &["jobs"],
        &["mode", "job-stop", "on"],
        &["test"],
        &["status", "--url", "http://127.0.0.1:9"],
        &["status", "--connection", "nobody"],
        &["status", "--connection", "a", "--url", "http://b", "--user", "c"],
        &["status", "--url", "ftp://x", "--user", "admin"],
        &["status", "--url", "http://127.0.0.1:9", "--user", "admin", "--timezone", "Mars/Olympus"],
        &["status", "--url", "http://127.0.0.1:9", "--user", "admin", "--format", "csv"],
        &["mode", "job-stop", "perhaps"],
    ];
    for line in lines {
        let ended = here.run(line).await.expect(2);
        assert_eq!(ended.stdout, "", "{line:?}");
        assert!(!ended.stderr.is_empty(), "{line:?}");
    }
    let nobody = CommandLine::without_password();
    let ended = nobody.run(&at("http://127.0.0.1:9", &["status"])).await.expect(2);
    assert!(ended.stderr.contains("--password-stdin"), "{}", ended.stderr);
}

#[tokio::test]
async fn the_password_comes_from_stdin_and_goes_before_the_environment() {
    let platform = idle_platform().await;
    let url = platform.url();
    let wrong = CommandLine::with_password("wrong");
    let line = at(&url, &["status", "--password-stdin"]);
    let _ = wrong.run_with_stdin(&line, format!("{PRACTICE_PASSWORD}\n").as_bytes()).await.expect(0);
    let _ = wrong.run_with_stdin(&line, b"\n").await.expect(2);
    assert_eq!(platform.control().password_logins(), 1, "the one in the environment was not tried");
}

#[tokio::test]
async fn a_saved_connection_is_found_by_its_name() {
    let platform = busy_platform().await;
    let here = command_line();
    let ask = ConnectionDraft { secret_place: SecretPlace::Ask, ..draft(&platform.url(), Environment::Staging) };
    here.save(ask, |_| ()).await;
    let ended = here.run(&["status", "--format", "json", "--connection", "基幹ITA（東京）"]).await.expect(3);
    assert_eq!(ended.json()["platform"], platform.url());
    let unknown = here.run(&["status", "--connection", "基幹"]).await.expect(2);
    assert!(unknown.stderr.contains("基幹ITA（東京）"), "which ones there are: {}", unknown.stderr);
}

#[tokio::test]
async fn a_connection_that_a_refused_login_stopped_stays_stopped_without_a_password() {
    let platform = idle_platform().await;
    let stopped =
        |connection: &mut ita_core::domain::connection::Connection| connection.stopped_by_refused_login = true;
    let name = "基幹ITA（東京）";
    let nobody = CommandLine::without_password();
    nobody.save(draft(&platform.url(), Environment::Staging), stopped).await;
    for command in [&["status"][..], &["jobs"], &["test"], &["mode", "job-stop", "on"]] {
        let _ = nobody.run(&[&["--connection", name], command].concat()).await.expect(5);
    }
    assert_eq!(platform.control().password_logins(), 0);

    let knows = command_line();
    knows.save(draft(&platform.url(), Environment::Staging), stopped).await;
    let _ = knows.run(&["--connection", name, "status"]).await.expect(0);
    let kept = knows.connections().list().expect("read").connections;
    assert!(kept[0].stopped_by_refused_login, "the kept password is still the refused one");
}

#[tokio::test]
async fn a_refused_password_stops_the_saved_connection_for_the_window_too() {
    let platform = idle_platform().await;
    let wrong = CommandLine::with_password("wrong");
    let ask = ConnectionDraft { secret_place: SecretPlace::Ask, ..draft(&platform.url(), Environment::Staging) };
    wrong.save(ask, |_| ()).await;
    let _ = wrong.run(&["--connection", "基幹ITA（東京）", "status"]).await.expect(5);
    assert!(wrong.connections().list().expect("read").connections[0].stopped_by_refused_login);
    assert!(wrong.journal().contains("login_refused"), "{}", wrong.journal());
}

#[tokio::test]
async fn a_refused_password_for_one_call_does_not_stop_the_kept_one() {
    let platform = idle_platform().await;
    let wrong = CommandLine::with_password("wrong");
    wrong.save(draft(&platform.url(), Environment::Staging), |_| ()).await;
    for command in ["status", "test"] {
        let _ = wrong.run(&["--connection", "基幹ITA（東京）", command]).await.expect(5);
        assert!(!wrong.connections().list().expect("read").connections[0].stopped_by_refused_login, "it was not tried");
    }
    assert_eq!(platform.control().password_logins(), 2, "one each");
    assert!(wrong.journal().contains("login_refused"), "{}", wrong.journal());
}

#[tokio::test]
async fn a_time_limit_ends_a_platform_that_never_answers() {
    let server = FaultServer::start(|_| Act::hang()).await.expect("a port");
    let line = at(&server.origin, &["--timeout", "1", "status", "--format", "json"]);
    let ended = tokio::time::timeout(Duration::from_secs(20), command_line().run(&line)).await;
    assert_eq!(ended.expect("in time").expect(4).json()["running"]["reason"], "timed_out");
}

#[tokio::test]
async fn the_test_names_each_step() {
    let platform = busy_platform().await;
    let url = platform.url();
    let here = command_line();
    let object = here.run(&at(&url, &["test", "--format", "json"])).await.expect(0).json();
    assert_eq!((&object["platform"], &object["passed"]), (&url.clone().into(), &true.into()));
    let steps: Vec<_> = object["steps"].as_array().expect("steps").iter().map(|step| step["step"].clone()).collect();
    let expected = ["address", "name_resolution", "reach", "tls", "site", "login", "read_modes", "read_jobs", "clock"];
    assert_eq!(steps, expected.map(Value::from));
    assert_eq!(platform.control().password_logins(), 1);
    let text = here.run(&at(&url, &["test"])).await.expect(0).stdout;
    assert!(text.lines().count() == 9 && text.contains("passed  Read jobs         2 running"), "{text}");
}

#[tokio::test]
async fn a_test_that_fails_says_where_and_skips_the_rest() {
    let platform = busy_platform().await;
    let wrong = CommandLine::with_password("wrong");
    let url = platform.url();
    let object = wrong.run(&at(&url, &["test", "--format", "json"])).await.expect(5).json();
    assert_eq!(object["passed"], false);
    let step = |name: &str| {
        let steps = object["steps"].as_array().expect("steps").iter();
        steps.clone().find(|step| step["step"] == name).expect("the step").clone()
    };
    assert_eq!((&step("login")["outcome"], &step("login")["reason"]), (&"failed".into(), &"login_refused".into()));
    assert_eq!(step("read_modes")["outcome"], "skipped");
    assert_eq!(platform.control().password_logins(), 1);

    let wrong_site = platform.organization_url();
    let ended = command_line().run(&at(&wrong_site, &["test"])).await.expect(4);
    assert!(ended.stderr.contains("81"), "the administrators' site is hinted at: {}", ended.stderr);
    assert_eq!(platform.control().password_logins(), 1, "no password went to the wrong site");
}

#[cfg(unix)]
#[tokio::test]
async fn the_practice_platform_runs_alone_until_it_is_stopped() {
    let here = command_line();
    let line = ["practice", "--format", "json", "--jobs", "0", "--scenario", "ordinary-night", "--speed", "10"];
    let mut child = here.start(&line);
    let mut out = BufReader::new(child.stdout.take().expect("piped"));
    let mut first = String::new();
    tokio::time::timeout(LIMIT, out.read_line(&mut first)).await.expect("in time").expect("a line");
    let object: Value = serde_json::from_str(&first).expect("JSON");
    assert_eq!((&object["user"], &object["password"]), (&"admin".into(), &"practice".into()));
    let url = object["platform"].as_str().expect("an address");
    let _ = here.run(&at(url, &["status"])).await.expect(0);

    let taken = url.rsplit(':').next().expect("a port");
    let _ = here.run(&["practice", "--port", taken]).await.expect(1);

    let pid = child.id().expect("running").to_string();
    let script = format!("kill -INT {pid}");
    assert!(std::process::Command::new("sh").args(["-c", &script]).status().expect("a shell").success());
    let ended = tokio::time::timeout(LIMIT, child.wait()).await.expect("it ends").expect("its state");
    assert_eq!(ended.code(), Some(0));
}
