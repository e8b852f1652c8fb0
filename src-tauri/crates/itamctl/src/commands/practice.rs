//! `practice`: the practice platform alone.

use ita_practice::{Options, Practice, Scenario, PRACTICE_PASSWORD, PRACTICE_USER};
use serde::Serialize;

use crate::args::{PracticeArguments, Shared};
use crate::exit::{Exit, Failure};
use crate::messages;
use crate::output::{json, table, write_whole};
use crate::signals::until_stopped;

pub(super) async fn run(shared: &Shared, arguments: &PracticeArguments) -> Result<Exit, Failure> {
    let is_json = shared.is_json()?;
    let practice = Practice::start(options(arguments)?).await;
    let practice = practice.map_err(|error| {
        Failure::Failed(format!("The practice platform did not start: {error}. Try another --port."))
    })?;
    let report = Report {
        scenario: &arguments.scenario,
        platform: practice.url(),
        organization_site: practice.organization_url(),
        user: PRACTICE_USER,
        password: PRACTICE_PASSWORD,
    };
    let text = if is_json { json::line(&report)? } else { rendered(&report) };
    write_whole(&text, shared.output.as_deref())?;
    messages::note("Ctrl-C stops it.");
    until_stopped().await;
    let stopped = practice.stop().await;
    stopped.map_err(|error| Failure::Failed(format!("The practice platform did not stop well: {error}.")))?;
    Ok(Exit::Done)
}

fn options(arguments: &PracticeArguments) -> Result<Options, Failure> {
    let scenario: Scenario = arguments.scenario.parse().map_err(|unknown| Failure::usage(format!("{unknown}.")))?;
    Ok(Options {
        port: arguments.port,
        scenario,
        organizations: arguments.organizations,
        workspaces: arguments.workspaces,
        jobs: arguments.jobs,
        speed: arguments.speed,
        ..Options::default()
    })
}

/// The object of `practice`.
#[derive(Debug, Serialize)]
struct Report<'a> {
    scenario: &'a str,
    platform: String,
    organization_site: String,
    user: &'static str,
    password: &'static str,
}

fn rendered(report: &Report<'_>) -> String {
    table::pairs(&[
        ("Practice platform", report.platform.clone()),
        ("User", report.user.to_owned()),
        ("Password", report.password.to_owned()),
        ("Scenario", report.scenario.to_owned()),
        ("Organization users' site", report.organization_site.clone()),
    ])
}
