//! The real `itamctl` against practice platforms and servers that misbehave: exit codes, data and messages.

mod canary;
mod connection;
mod connections;
mod drain;
mod export;
mod jobs;
mod mode;
mod night_script;
mod status;
mod timer;

use acceptance::command_line::CommandLine;
use ita_practice::{Options, Practice, ScriptedJob, PRACTICE_PASSWORD};

/// A platform on which nothing runs.
async fn idle_platform() -> Practice {
    Practice::start(Options { jobs: Some(0), ..Options::default() }).await.expect("a platform")
}

/// Two counted jobs, a conductor, and a row that nobody can classify.
async fn busy_platform() -> Practice {
    let platform = idle_platform().await;
    let job = |workspace, container, id, status| {
        ScriptedJob::new("sales", workspace, container, id, status).label("2026-11-22T19:16:02.140628Z")
    };
    platform.control().script_jobs([
        job("prod-batch", "ita-by-ansible-execute", "ansible-9", "3").label("2026-11-22T19:00:00.000000Z"),
        job("prod-batch", "ita-by-ansible-execute", "ansible-10", "4"),
        job("staging", "ita-by-conductor-synchronize", "conductor-1", "5"),
    ]);
    platform
}

/// A command line that knows the practice password.
fn command_line() -> CommandLine {
    CommandLine::with_password(PRACTICE_PASSWORD)
}

/// `--url … --user admin` and more.
fn at<'a>(url: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["--url", url, "--user", "admin"], more].concat()
}
