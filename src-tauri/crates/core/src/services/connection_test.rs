//! The connection test: every step between an address and the running jobs, each with its own result (product §4). It
//! changes nothing, logs in at most once by token, and stops before any credential if the certificate is not trusted.

use secrecy::SecretString;

use crate::client::{self, Answer, Client, ClientSettings, Way};
use crate::domain::address;
use crate::domain::connection::LoginWay;
use crate::domain::live::CountMismatch;
use crate::domain::modes::{Mode, ModeReading};
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::test_report::{CertificateFacts, StepOutcome, StepResult, TestStep};
use crate::domain::time::Timestamp;
use crate::jobs::counts;
use crate::jobs::table::JobTable;
use crate::log::Scrubber;
use crate::ports::Clock;

/// All steps in their order.
const STEPS: [TestStep; 9] = [
    TestStep::Address,
    TestStep::NameResolution,
    TestStep::Reach,
    TestStep::Tls,
    TestStep::Site,
    TestStep::Login,
    TestStep::ReadModes,
    TestStep::ReadJobs,
    TestStep::Clock,
];

/// Runs the steps and tells each as it ends; after a failure the rest is told as skipped. `settings.origin` may be as
/// typed. Without a `secret` the login step fails with [`ProblemCode::PasswordNeeded`].
pub async fn run(
    settings: ClientSettings,
    secret: Option<SecretString>,
    scrubber: &Scrubber,
    clock: &dyn Clock,
    on_step: impl FnMut(StepResult),
) {
    let mut report = Report { on_step, told: 0 };
    // How far it came is in the report itself.
    let _ = run_until_failure(settings, secret, scrubber, clock, &mut report).await;
    report.skip_rest();
}

/// The first failed step ended the test.
struct Stopped;

async fn run_until_failure<F: FnMut(StepResult)>(
    settings: ClientSettings,
    secret: Option<SecretString>,
    scrubber: &Scrubber,
    clock: &dyn Clock,
    report: &mut Report<F>,
) -> Result<(), Stopped> {
    let address = report.or_stop(address::normalise(&settings.origin))?;
    let way = settings.way();
    let first = report.or_stop(way.first_hop())?;
    let outcome = if address.is_plain {
        StepOutcome::Warned { problem: Problem::new(ProblemCode::PlainHttp) }
    } else {
        StepOutcome::Passed
    };
    report.tell(outcome, Some(address.origin.clone()), None);
    match first {
        Some(first) => {
            let addresses = report.or_stop(client::resolve(&way, &first).await)?;
            let listed: Vec<_> = addresses.iter().map(|address| address.ip().to_string()).collect();
            report.passed(Some(listed.join(", ")));
            let reached = report.or_stop(client::reach(&way, &addresses).await)?;
            report.passed(Some(reached.to_string()));
        }
        None => {
            report.skip();
            report.skip();
        }
    }
    if address.origin.starts_with("https://") {
        check_certificate(&way, report).await?;
    } else {
        report.skip();
    }
    report.or_stop(client::probe_site(&way).await)?;
    report.passed(None);
    let secret = report.or_stop(secret.ok_or_else(|| Problem::new(ProblemCode::PasswordNeeded)))?;
    let client = report.or_stop(Client::new(settings, secret))?.covered_by(scrubber);
    let (modes, read_at) = log_in_and_read_modes(&client, clock, report).await?;
    tell_modes(modes.value, report);
    let jobs = report.or_stop(client.read_jobs().await)?;
    tell_jobs(&jobs.value.table, report);
    tell_clock(&modes, read_at, report);
    Ok(())
}

async fn check_certificate<F: FnMut(StepResult)>(way: &Way, report: &mut Report<F>) -> Result<(), Stopped> {
    let sight = report.or_stop(client::look(way).await)?;
    let outcome = match sight.problem() {
        Some(problem) => StepOutcome::Failed { problem },
        None => StepOutcome::Passed,
    };
    let is_trusted = sight.refusal.is_none();
    let note = sight.certificate.objection.clone();
    report.tell(outcome, note, Some(sight.certificate));
    if is_trusted {
        Ok(())
    } else {
        Err(Stopped)
    }
}

/// Under Basic the first read is the login, so both steps are decided by it.
async fn log_in_and_read_modes<F: FnMut(StepResult)>(
    client: &Client,
    clock: &dyn Clock,
    report: &mut Report<F>,
) -> Result<(Answer<ModeReading>, Timestamp), Stopped> {
    report.or_stop(client.log_in().await)?;
    let login = client.login_state();
    let is_basic = login.as_ref().is_some_and(|login| login.way == LoginWay::Basic);
    let cuts_password = is_basic && client.password_has_colon();
    let warning = if cuts_password {
        Some(Problem::because(ProblemCode::BadArgument, "password_colon"))
    } else {
        login.and_then(|login| login.fallback)
    };
    let outcome = warning.map_or(StepOutcome::Passed, |problem| StepOutcome::Warned { problem });
    let note = Some(if is_basic { "basic" } else { "token" }.to_owned());
    // A password that Basic cuts is warned of before the login, which can only fail (platform-contract §6).
    let mut untold = (is_basic && !cuts_password).then(|| (outcome.clone(), note.clone()));
    if untold.is_none() {
        report.tell(outcome, note, None);
    }
    let modes = client.read_modes().await;
    let read_at = clock.now();
    let is_refused = modes.as_ref().is_err_and(|problem| problem.code == ProblemCode::LoginRefused);
    if let Some((outcome, note)) = untold.take_if(|_| !is_refused) {
        report.tell(outcome, note, None);
    }
    Ok((report.or_stop(modes)?, read_at))
}

fn tell_modes<F: FnMut(StepResult)>(reading: ModeReading, report: &mut Report<F>) {
    let missing: Vec<_> = [Mode::JobStop, Mode::ReadOnly]
        .into_iter()
        .filter(|mode| reading.of(*mode).is_none())
        .map(Mode::api_key)
        .collect();
    if missing.is_empty() {
        report.passed(None);
    } else {
        let problem = Problem::because(ProblemCode::FlagMissing, missing.join(", "));
        report.tell(StepOutcome::Warned { problem }, None, None);
    }
}

/// The figure by which a switch would decide. A count that disagrees with its rows is worth knowing before the night.
fn tell_jobs<F: FnMut(StepResult)>(table: &JobTable, report: &mut Report<F>) {
    let counts = counts::count(table);
    let outcome = match counts.mismatches.first() {
        Some(CountMismatch { organization, workspace, reported, counted, .. }) => {
            let place =
                [organization, workspace].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("/");
            let reason = format!("{place} execute_count {reported}, {counted} listed");
            let problem = Problem::because(ProblemCode::CountMismatch, reason.trim_start());
            StepOutcome::Warned { problem }
        }
        None => StepOutcome::Passed,
    };
    report.tell(outcome, Some(counts.deciding.to_string()), None);
}

/// The platform answered about half of the elapsed time before its answer was complete here.
fn tell_clock<F: FnMut(StepResult)>(modes: &Answer<ModeReading>, read_at: Timestamp, report: &mut Report<F>) {
    let half = i64::try_from(modes.elapsed.as_millis() / 2).unwrap_or_default();
    match modes.platform_time {
        Some(platform) => {
            let difference = platform.0.saturating_sub(read_at.0.saturating_sub(half));
            report.passed(Some(((difference as f64 / 1000.0).round() as i64).to_string()));
        }
        None => {
            let problem = Problem::because(ProblemCode::IncompleteAnswer, "ts");
            report.tell(StepOutcome::Warned { problem }, None, None);
        }
    }
}

/// Tells the steps in their order.
struct Report<F> {
    on_step: F,
    told: usize,
}

impl<F: FnMut(StepResult)> Report<F> {
    fn tell(&mut self, outcome: StepOutcome, note: Option<String>, certificate: Option<CertificateFacts>) {
        if let Some(step) = STEPS.get(self.told) {
            self.told += 1;
            (self.on_step)(StepResult { step: *step, outcome, note, certificate });
        }
    }

    fn passed(&mut self, note: Option<String>) {
        self.tell(StepOutcome::Passed, note, None);
    }

    fn skip(&mut self) {
        self.tell(StepOutcome::Skipped, None, None);
    }

    fn failed(&mut self, problem: Problem) {
        let certificate = problem.facts.certificate.clone();
        self.tell(StepOutcome::Failed { problem }, None, certificate);
    }

    /// The value, or the failure of the step that is on.
    fn or_stop<T>(&mut self, result: Result<T, Problem>) -> Result<T, Stopped> {
        result.map_err(|problem| {
            self.failed(problem);
            Stopped
        })
    }

    fn skip_rest(&mut self) {
        while self.told < STEPS.len() {
            self.skip();
        }
    }
}
