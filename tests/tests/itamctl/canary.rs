//! A password that `itamctl` is given turns up nowhere: not on its terminal, not in a file, not in its command line.

use acceptance::canary::{expect_absent, expect_absent_below, expect_absent_in_processes, PASSWORD, USER};
use acceptance::command_line::{CommandLine, Ended};
use acceptance::fault_server::{Act, FaultServer};
use ita_practice::{Options, Practice, User};

/// A platform whose administrator has that password.
async fn platform() -> Practice {
    let platform = Practice::start(Options { jobs: Some(3), ..Options::default() }).await.expect("a platform");
    platform.control().set_users(vec![User::new(USER, PASSWORD)]);
    platform
}

/// Every command that speaks with a platform.
fn commands(output: &str) -> Vec<Vec<&str>> {
    vec![
        vec!["status"],
        vec!["status", "--format", "json"],
        vec!["jobs"],
        vec!["jobs", "--format", "json"],
        vec!["jobs", "--format", "csv", "--output", output],
        vec!["mode", "job-stop", "on"],
        vec!["mode", "job-stop", "off"],
        vec!["mode", "read-only", "on"],
        vec!["test"],
    ]
}

fn expect_clean(ended: &Ended) {
    expect_absent("stdout", ended.stdout.as_bytes());
    expect_absent("stderr", ended.stderr.as_bytes());
}

async fn run_everything(origin: &str, ways: &[&str]) {
    let shell = CommandLine::without_password();
    let output = shell.home().join("jobs.csv");
    let output = output.to_str().expect("a path of ours is text");
    for way in ways {
        for command in commands(output) {
            let arguments =
                [&["--url", origin, "--user", USER, "--password-stdin", "--verbose", "--login", way], &command[..]]
                    .concat();
            let ended = shell.run_with_stdin(&arguments, PASSWORD.as_bytes()).await;
            expect_clean(&ended);
            assert!(
                ended.stderr.contains("/api/") || ended.stderr.contains("openid"),
                "it says what it did: {ended:#?}"
            );
        }
    }
    assert!(expect_absent_below(shell.home(), &[]) >= 1, "it has written a journal");
}

#[tokio::test]
async fn no_command_says_or_keeps_the_password_it_was_given() {
    let platform = platform().await;
    run_everything(&platform.url(), &["token", "basic"]).await;
    assert!(platform.control().password_logins() > 10, "it was the right one");
}

#[tokio::test]
async fn no_command_repeats_a_password_that_a_server_throws_back() {
    let server = FaultServer::start(|seen| {
        let text = format!("{:?} {} {PASSWORD}", seen.headers, seen.body);
        let json = serde_json::to_string(&text).expect("text is JSON");
        // Who was not told a password cannot throw it back.
        if seen.header("authorization").is_some() || seen.is_token() {
            Act::json(400, &format!(r#"{{"data":{json},"message":{json},"result":{json}}}"#))
        } else {
            Act::json(401, r#"{"data":null,"message":"no","result":"401-00002","ts":""}"#)
        }
    })
    .await
    .expect("a server");
    run_everything(&server.origin, &["token", "basic"]).await;
}

#[tokio::test]
async fn while_it_runs_the_password_is_in_no_command_line_and_no_environment() {
    let server = FaultServer::start(|_| Act::hang()).await.expect("a server");
    let shell = CommandLine::without_password();
    let arguments = ["--url", &server.origin, "--user", USER, "--password-stdin", "status"];
    let mut child = shell.start(&arguments);
    let mut stdin = child.stdin.take().expect("stdin is piped");
    tokio::io::AsyncWriteExt::write_all(&mut stdin, PASSWORD.as_bytes()).await.expect("it reads its password");
    drop(stdin);
    acceptance::wait::until_true("it has sent the password", acceptance::wait::LIMIT, async || {
        server.seen().iter().any(|seen| !seen.body.is_empty())
    })
    .await;
    let mark = shell.home().to_str().expect("a path of ours is text");
    assert_eq!(expect_absent_in_processes(mark), 1, "it was looked at while it ran");
    child.kill().await.expect("a child can be ended");
}
