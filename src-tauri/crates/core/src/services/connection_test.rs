//! The connection test: every step between an address and the running jobs, each with its own result (product §4). It
//! changes nothing, logs in at most once by token, and stops before any credential if the certificate is not trusted.

use std::future::Future;
use std::sync::Mutex;

use secrecy::SecretString;

use crate::client::backyard_check::CheckAnswer;
use crate::client::{self, Answer, Client, ClientSettings, Way};
use crate::domain::address;
use crate::domain::connection::LoginWay;
use crate::domain::live::CountMismatch;
use crate::domain::modes::{Mode, ModeReading};
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::test_report::{CertificateFacts, StepOutcome, StepResult, TestStep};
use crate::domain::time::Timestamp;
use crate::domain::zone::{self, Observation, ZoneBasis, ZoneEvidence};
use crate::jobs::counts;
use crate::jobs::table::JobTable;
use crate::log::Scrubber;
use crate::ports::Clock;
use tokio::sync::oneshot;

use super::session::held;

/// More than clocks that are set over the network differ by; times in logs are hard to compare from here on.
const CLOCKS_DIFFER_MS: i64 = 120_000;

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

/// The test that is under way, if one is. Another one ends it: nobody waits for it any more, and it must not log in with
/// what was typed wrongly.
#[derive(Debug, Default)]
pub struct TestUnderWay(Mutex<Option<oneshot::Sender<()>>>);

impl TestUnderWay {
    /// What the test finds. [`ProblemCode::Cancelled`] once it is ended from outside; from then on it asks nobody anything.
    pub async fn run<T>(&self, test: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
        let (end, ended) = oneshot::channel();
        *held(&self.0) = Some(end);
        tokio::select! {
            biased;
            _ = ended => Err(Problem::new(ProblemCode::Cancelled)),
            found = test => found,
        }
    }

    /// Ends it.
    pub fn cancel(&self) {
        held(&self.0).take();
    }
}

/// What is tested.
pub struct Subject {
    /// Where and how; `origin` may be as typed.
    pub settings: ClientSettings,
    /// Without one the login step fails with [`ProblemCode::PasswordNeeded`].
    pub secret: Option<SecretString>,
    /// How labels would be read, before the test.
    pub zone: ZoneEvidence,
}

/// Runs the steps and tells each, under the number of this `test`, as it ends; after a failure the rest is told as skipped.
pub async fn run(test: u32, subject: Subject, scrubber: &Scrubber, clock: &dyn Clock, on_step: impl FnMut(StepResult)) {
    let mut report = Report { test, on_step, told: 0 };
    // How far it came is in the report itself.
    let _ = run_until_failure(subject, scrubber, clock, &mut report).await;
    report.skip_rest();
}

/// The first failed step ended the test.
struct Stopped;

async fn run_until_failure<F: FnMut(StepResult)>(
    Subject { settings, secret, zone }: Subject,
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
    tell_clock(&modes, read_at, zone.observe(&seen_at_once(&jobs.value)).basis(), report);
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

/// What one answer shows of the zone: only whether labels run ahead of the platform's clock.
fn seen_at_once(CheckAnswer { table, platform_time }: &CheckAnswer) -> Observation<'static> {
    let newest_label = platform_time.and_then(|now| zone::newest_plausible(table.labels(), now));
    Observation { platform_time: *platform_time, newest_label, ..Observation::default() }
}

/// The platform answered about half of the elapsed time before its answer was complete here.
fn tell_clock<F: FnMut(StepResult)>(
    modes: &Answer<ModeReading>,
    read_at: Timestamp,
    zone: ZoneBasis,
    report: &mut Report<F>,
) {
    let half = i64::try_from(modes.elapsed.as_millis() / 2).unwrap_or_default();
    let ahead = modes.platform_time.map(|platform| platform.0.saturating_sub(read_at.0.saturating_sub(half)));
    let seconds = ahead.map(|ahead| ((ahead as f64 / 1_000.0).round() as i64).to_string());
    let problem = match (&zone, ahead, &seconds) {
        (_, None, _) => Some(Problem::because(ProblemCode::IncompleteAnswer, "ts")),
        (ZoneBasis::Contradicted { name }, ..) => Some(Problem::because(ProblemCode::ZoneContradicted, name)),
        (_, Some(ahead), Some(seconds)) if ahead.saturating_abs() > CLOCKS_DIFFER_MS => {
            Some(Problem::because(ProblemCode::ClocksDiffer, seconds))
        }
        _ => None,
    };
    let outcome = problem.map_or(StepOutcome::Passed, |problem| StepOutcome::Warned { problem });
    report.tell_with(outcome, seconds, |step| step.zone = Some(zone));
}

/// Tells the steps in their order.
struct Report<F> {
    test: u32,
    on_step: F,
    told: usize,
}

impl<F: FnMut(StepResult)> Report<F> {
    fn tell(&mut self, outcome: StepOutcome, note: Option<String>, certificate: Option<CertificateFacts>) {
        self.tell_with(outcome, note, |step| step.certificate = certificate);
    }

    fn tell_with(&mut self, outcome: StepOutcome, note: Option<String>, add: impl FnOnce(&mut StepResult)) {
        if let Some(step) = STEPS.get(self.told) {
            self.told += 1;
            let mut result = StepResult { test: self.test, step: *step, outcome, note, certificate: None, zone: None };
            add(&mut result);
            (self.on_step)(result);
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

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::sync::Arc;

    use super::*;

    /// A test that never ends by itself, and whether it is still there.
    fn endless() -> (impl Future<Output = Result<(), Problem>>, std::sync::Weak<()>) {
        let held = Arc::new(());
        let left = Arc::downgrade(&held);
        let test = async move {
            let never = pending().await;
            drop(held);
            never
        };
        (test, left)
    }

    #[tokio::test]
    async fn a_test_that_is_ended_is_gone_with_its_password() {
        let under_way = TestUnderWay::default();
        let (test, left) = endless();
        let (found, ()) = tokio::join!(under_way.run(test), async { under_way.cancel() });
        assert_eq!(found.map_err(|problem| problem.code), Err(ProblemCode::Cancelled));
        assert!(left.upgrade().is_none());
        under_way.cancel();
        assert_eq!(under_way.run(async { Ok(7) }).await, Ok(7), "the next one is not ended by what was before it");
    }

    #[tokio::test]
    async fn another_test_ends_the_one_before() {
        let under_way = TestUnderWay::default();
        let (test, left) = endless();
        let (first, second) = tokio::join!(under_way.run(test), under_way.run(async { Ok(7) }));
        assert_eq!((first.map_err(|problem| problem.code), second), (Err(ProblemCode::Cancelled), Ok(7)));
        assert!(left.upgrade().is_none());
    }
}
