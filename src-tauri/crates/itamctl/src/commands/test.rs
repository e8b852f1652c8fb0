//! `test`: the connection test, step by step.

use std::io::Write as _;
use std::sync::Arc;

use ita_core::domain::live::Live;
use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::domain::test_report::{CertificateFacts, StepOutcome, StepResult, TestStep};
use ita_core::domain::time::Timestamp;
use ita_core::domain::zone::ZoneBasis;
use ita_core::ports::EventSink;
use serde::Serialize;

use super::NoNews;
use crate::args::Shared;
use crate::compose::{compose, draft, Composed};
use crate::exit::{Exit, Failure};
use crate::messages;
use crate::output::{json, write_whole};

pub(super) async fn run(shared: &Shared) -> Result<Exit, Failure> {
    let is_json = shared.is_json()?;
    let is_told_at_once = !is_json && shared.output.is_none();
    let events: Arc<dyn EventSink> = if is_told_at_once { Arc::new(AtOnce) } else { Arc::new(NoNews) };
    let Composed { console, connection, password, .. } = compose(shared, events)?;
    let stands_still = connection.stopped_by_refused_login && password.is_none();
    let platform = connection.address.clone();
    let mut steps = console.test_connection(1, draft(connection), password).await?;
    if stands_still {
        steps.iter_mut().for_each(say_why_it_stands_still);
    }
    if !is_told_at_once {
        let text =
            if is_json { json::line(&Report::new(&platform, &steps))? } else { steps.iter().map(line).collect() };
        write_whole(&text, shared.output.as_deref())?;
    }
    Ok(tell(&steps))
}

/// Prints each step as it ends.
struct AtOnce;

impl EventSink for AtOnce {
    fn live(&self, _live: Arc<Live>) {}

    fn test_step(&self, step: StepResult) {
        // A reader that has seen enough is no error.
        let _ = std::io::stdout().write_all(line(&step).as_bytes());
    }
}

/// The kept password is not taken out for a connection that its refusal has stopped.
fn say_why_it_stands_still(step: &mut StepResult) {
    if let StepOutcome::Failed { problem } = &mut step.outcome {
        if problem.code == ProblemCode::PasswordNeeded {
            *problem = Problem::new(ProblemCode::LoginRefused);
        }
    }
}

/// Says what went wrong, and how it ends.
fn tell(steps: &[StepResult]) -> Exit {
    let mut exit = Exit::Done;
    for step in steps {
        match &step.outcome {
            StepOutcome::Failed { problem } => {
                messages::error(problem);
                exit = exit.or_worse(Exit::of_unread(problem.code));
            }
            StepOutcome::Warned { problem } => messages::warn(problem),
            StepOutcome::Passed | StepOutcome::Skipped => {}
        }
    }
    exit
}

fn line(step: &StepResult) -> String {
    let note = step.note.as_deref().map(|note| described(step.step, &ita_core::text::visible(note)));
    let told: Vec<_> = note.into_iter().chain(step.zone.as_ref().map(zone)).collect();
    let note = told.join("; ");
    format!("{}\n", format!("{:<8}{:<18}{note}", word(&step.outcome), name(step.step)).trim_end())
}

const fn word(outcome: &StepOutcome) -> &'static str {
    match outcome {
        StepOutcome::Passed => "passed",
        StepOutcome::Warned { .. } => "warned",
        StepOutcome::Failed { .. } => "failed",
        StepOutcome::Skipped => "skipped",
    }
}

const fn name(step: TestStep) -> &'static str {
    match step {
        TestStep::Address => "Address",
        TestStep::NameResolution => "Name resolution",
        TestStep::Reach => "Reach",
        TestStep::Tls => "Certificate",
        TestStep::Site => "Site",
        TestStep::Login => "Login",
        TestStep::ReadModes => "Read modes",
        TestStep::ReadJobs => "Read jobs",
        TestStep::Clock => "Clock",
    }
}

fn described(step: TestStep, note: &str) -> String {
    match step {
        TestStep::ReadJobs => format!("{note} running"),
        TestStep::Clock => clock(note),
        _ => note.to_owned(),
    }
}

/// `seconds` that the platform's clock is ahead of this machine's.
fn clock(seconds: &str) -> String {
    match seconds.strip_prefix('-') {
        _ if seconds == "0" => "the platform's clock and this machine's agree".to_owned(),
        Some(behind) => format!("the platform's clock is {behind} s behind this machine's"),
        None => format!("the platform's clock is {seconds} s ahead of this machine's"),
    }
}

/// How the times of the running jobs would be read.
fn zone(basis: &ZoneBasis) -> String {
    let offset = |minutes: i32| {
        format!("UTC{}{}:{:02}", if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60)
    };
    match basis {
        ZoneBasis::Given { name } => format!("its times are read as {name}, as given"),
        ZoneBasis::Contradicted { name } => format!("its times do not fit {name}"),
        ZoneBasis::Proven { offset_minutes } => format!("its times are {}", offset(*offset_minutes)),
        ZoneBasis::Assumed { offset_minutes } => format!("its times may be {}", offset(*offset_minutes)),
        ZoneBasis::Bounded { at_least_minutes } => format!("its times are {} or more", offset(*at_least_minutes)),
        ZoneBasis::Unproven => "the zone of its times is not proven".to_owned(),
    }
}

/// The object of `test`.
#[derive(Debug, Serialize)]
struct Report<'a> {
    platform: &'a str,
    passed: bool,
    steps: Vec<StepReport<'a>>,
}

#[derive(Debug, Serialize)]
struct StepReport<'a> {
    step: TestStep,
    outcome: &'static str,
    note: Option<&'a str>,
    reason: Option<ProblemCode>,
    platform_result: Option<&'a str>,
    platform_message: Option<&'a str>,
    certificate: Option<Certificate<'a>>,
    zone: Option<&'a ZoneBasis>,
}

#[derive(Debug, Serialize)]
struct Certificate<'a> {
    sha256: &'a str,
    subject: &'a str,
    issuer: &'a str,
    not_before: Option<String>,
    not_after: Option<String>,
    objection: Option<&'a str>,
}

impl<'a> Report<'a> {
    fn new(platform: &'a str, steps: &'a [StepResult]) -> Self {
        let passed = !steps.iter().any(|step| matches!(step.outcome, StepOutcome::Failed { .. }));
        Self { platform, passed, steps: steps.iter().map(StepReport::new).collect() }
    }
}

impl<'a> StepReport<'a> {
    fn new(result: &'a StepResult) -> Self {
        let problem = match &result.outcome {
            StepOutcome::Warned { problem } | StepOutcome::Failed { problem } => Some(problem),
            StepOutcome::Passed | StepOutcome::Skipped => None,
        };
        Self {
            step: result.step,
            outcome: word(&result.outcome),
            note: result.note.as_deref(),
            reason: problem.map(|problem| problem.code),
            platform_result: problem.and_then(|problem| problem.facts.platform_result.as_deref()),
            platform_message: problem.and_then(|problem| problem.facts.platform_message.as_deref()),
            certificate: result.certificate.as_ref().map(Certificate::new),
            zone: result.zone.as_ref(),
        }
    }
}

impl<'a> Certificate<'a> {
    fn new(facts: &'a CertificateFacts) -> Self {
        Self {
            sha256: &facts.sha256,
            subject: &facts.subject,
            issuer: &facts.issuer,
            not_before: facts.not_before.map(Timestamp::to_rfc3339),
            not_after: facts.not_after.map(Timestamp::to_rfc3339),
            objection: facts.objection.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(step: TestStep, outcome: StepOutcome, note: Option<&str>) -> StepResult {
        StepResult { test: 1, step, outcome, note: note.map(str::to_owned), certificate: None, zone: None }
    }

    #[test]
    fn each_step_is_a_line() {
        let passed = step(TestStep::ReadJobs, StepOutcome::Passed, Some("12"));
        assert_eq!(line(&passed), "passed  Read jobs         12 running\n");
        for (seconds, expected) in [("0", "agree"), ("-3", "is 3 s behind"), ("7", "is 7 s ahead")] {
            let clock = step(TestStep::Clock, StepOutcome::Passed, Some(seconds));
            assert!(line(&clock).contains(expected), "{}", line(&clock));
        }
        for (basis, expected) in [
            (ZoneBasis::Bounded { at_least_minutes: 525 }, "; its times are UTC+8:45 or more"),
            (ZoneBasis::Contradicted { name: "UTC".to_owned() }, "; its times do not fit UTC"),
        ] {
            let clock = StepResult { zone: Some(basis), ..step(TestStep::Clock, StepOutcome::Passed, Some("0")) };
            assert!(line(&clock).contains(expected), "{}", line(&clock));
        }
        let skipped = step(TestStep::Clock, StepOutcome::Skipped, None);
        assert_eq!(line(&skipped), "skipped Clock\n");
    }

    #[test]
    fn a_warning_is_no_failure() {
        let problem = Problem::because(ProblemCode::FlagMissing, "data_update_stop");
        let steps = [step(TestStep::ReadModes, StepOutcome::Warned { problem }, None)];
        assert_eq!(tell(&steps), Exit::Done);
        let report = json::line(&Report::new("http://x", &steps)).expect("JSON");
        assert!(report.contains(r#""passed":true"#) && report.contains(r#""reason":"flag_missing""#), "{report}");
    }
}
