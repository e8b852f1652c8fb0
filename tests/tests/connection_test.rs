//! The connection test: what it warns of and shows comes before the password leaves (product §4).

use acceptance::clients::{settings, PASSWORD};
use acceptance::consoles::{draft, Program};
use acceptance::fault_server::{envelope, grant, message, Act, FaultServer, Seen};
use acceptance::tls_server::{Identity, TlsServer};
use acceptance::wait::{until_true, LIMIT};
use ita_core::client::ClientSettings;
use ita_core::domain::connection::{Environment, LoginWay, ZoneSetting};
use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::domain::test_report::{StepOutcome, StepResult, TestStep};
use ita_core::domain::time::Timestamp;
use ita_core::domain::zone::{ZoneBasis, ZoneEvidence};
use ita_core::log::Scrubber;
use ita_core::ports::{Clock, SystemClock};
use ita_core::services::connection_test::{run, Subject};
use jiff::tz::TimeZone;
use tokio::sync::watch;

const REFUSED: &str = r#"{"data":"ID/PW NG","message":"no","result":"401-00002","ts":"2026-11-22T10:18:07.177Z"}"#;

async fn steps(settings: ClientSettings, password: &str, mut on_step: impl FnMut(&StepResult)) -> Vec<StepResult> {
    let mut steps = Vec::new();
    let zone = ZoneEvidence::new(&ZoneSetting::Automatic, None, TimeZone::UTC).expect("automatic");
    let subject = Subject { settings, secret: Some(password.to_owned().into()), zone };
    run(1, subject, &Scrubber::default(), &SystemClock, |step| {
        on_step(&step);
        steps.push(step);
    })
    .await;
    steps
}

fn outcome_of(steps: &[StepResult], step: TestStep) -> &StepOutcome {
    &steps.iter().find(|result| result.step == step).expect("every step is told").outcome
}

fn warning(outcome: &StepOutcome) -> &Problem {
    let StepOutcome::Warned { problem } = outcome else { panic!("no warning: {outcome:?}") };
    problem
}

fn failure(outcome: &StepOutcome) -> &Problem {
    let StepOutcome::Failed { problem } = outcome else { panic!("no failure: {outcome:?}") };
    problem
}

/// Accepts a token for `admin` if there is one to be had; by Basic it cuts every password at its colon.
async fn platform(has_tokens: bool) -> FaultServer {
    let modes = envelope(r#"{"backyard_execute_stop":"0","data_update_stop":"0"}"#);
    FaultServer::start(move |request| match request.header("authorization") {
        _ if request.is_token() && has_tokens => grant("tok", "ref", 1800),
        _ if request.is_token() => Act::html(404, ""),
        Some("Bearer tok") => Act::json(200, &modes),
        _ => Act::json(401, REFUSED),
    })
    .await
    .expect("a port on 127.0.0.1")
}

#[tokio::test]
async fn a_password_that_basic_cuts_is_warned_of_before_it_leaves_also_where_basic_is_the_fallback() {
    for way in [LoginWay::Basic, LoginWay::Automatic] {
        let server = platform(false).await;
        let mut sent_when_warned = None;
        let told = steps(settings(&server.origin, way), "pa:ss", |step| {
            if step.step == TestStep::Login {
                let sent = server.seen().iter().filter(|request| request.header("authorization").is_some()).count();
                sent_when_warned = Some(sent);
            }
        })
        .await;
        let warned = warning(outcome_of(&told, TestStep::Login));
        assert_eq!((warned.code, warned.facts.reason.as_deref()), (ProblemCode::BadArgument, Some("password_colon")));
        assert_eq!(sent_when_warned, Some(0), "{way:?}: before the login");
        let refused = failure(outcome_of(&told, TestStep::ReadModes));
        assert_eq!(refused.code, ProblemCode::LoginRefused);
        assert_eq!(refused.facts.reason.as_deref(), Some("password_colon"), "not told as a typing error");
        let logins = server.seen().iter().filter(|request| request.header("authorization").is_some()).count();
        assert_eq!(logins, 1, "{way:?}: guessed once");
    }
}

#[tokio::test]
async fn a_password_with_a_colon_works_by_token_and_is_not_warned_of() {
    let server = platform(true).await;
    let told = steps(settings(&server.origin, LoginWay::Automatic), "pa:ss", |_| ()).await;
    assert_eq!(*outcome_of(&told, TestStep::Login), StepOutcome::Passed);
    assert_eq!(*outcome_of(&told, TestStep::ReadModes), StepOutcome::Passed);
    let body = server.seen().into_iter().find(Seen::is_token).expect("a login").body;
    assert!(body.contains("password=pa%3Ass"), "sent whole: {body}");
}

#[tokio::test]
async fn a_fallback_to_basic_is_a_warning_that_says_why() {
    let modes = envelope(r#"{"backyard_execute_stop":"0","data_update_stop":"0"}"#);
    let server = FaultServer::start(move |request| match request.header("authorization") {
        _ if request.is_token() => Act::html(404, ""),
        Some(_) => Act::json(200, &modes),
        None => Act::json(401, REFUSED),
    });
    let server = server.await.expect("a port on 127.0.0.1");
    let told = steps(settings(&server.origin, LoginWay::Automatic), PASSWORD, |_| ()).await;
    assert_eq!(warning(outcome_of(&told, TestStep::Login)).facts.status, Some(404));
}

#[tokio::test]
async fn plain_http_to_another_machine_is_warned_of_before_anything_is_asked() {
    let told = steps(settings("http://ita.invalid:81", LoginWay::Automatic), PASSWORD, |_| ()).await;
    assert_eq!(warning(outcome_of(&told, TestStep::Address)).code, ProblemCode::PlainHttp);
    assert_eq!(failure(outcome_of(&told, TestStep::NameResolution)).code, ProblemCode::NameNotResolved);
    let server = platform(true).await;
    let own = steps(settings(&server.origin, LoginWay::Automatic), PASSWORD, |_| ()).await;
    assert_eq!(*outcome_of(&own, TestStep::Address), StepOutcome::Passed, "this machine's traffic leaves no wire");
}

#[tokio::test]
async fn an_untrusted_certificate_ends_the_test_before_the_password() {
    let identity = Identity::self_signed_authority().expect("an identity");
    let server = TlsServer::start(&identity, |_| Act::json(200, "{}")).await.expect("a port on 127.0.0.1");
    let told = steps(settings(&server.origin, LoginWay::Automatic), PASSWORD, |_| ()).await;
    let tls = told.iter().find(|step| step.step == TestStep::Tls).expect("told");
    assert_eq!(failure(&tls.outcome).code, ProblemCode::CertificateUntrusted);
    assert_eq!(tls.certificate.as_ref().map(|shown| shown.sha256.clone()), Some(identity.sha256()));
    for step in [TestStep::Site, TestStep::Login, TestStep::ReadModes, TestStep::ReadJobs, TestStep::Clock] {
        assert_eq!(*outcome_of(&told, step), StepOutcome::Skipped);
    }
    assert_eq!(server.completed_handshakes(), 0, "not one application byte");
    assert_eq!(told.len(), 9, "every step is told once");
}

/// A workstation at one moment.
struct At(&'static str);

impl Clock for At {
    fn now(&self) -> Timestamp {
        Timestamp::parse(self.0).expect("a time")
    }
}

/// What a workstation at that time hears of clock and zone from a platform that says 10:13:05.568 and lists one job, with
/// this label.
async fn clock_step(label: &str, zone: &ZoneSetting, now: &'static str) -> StepResult {
    let modes = envelope(r#"{"backyard_execute_stop":"0","data_update_stop":"0"}"#);
    let job = format!(r#"{{"id":"a","status_id":"3","status_name":"x","last_update_timestamp":"{label}"}}"#);
    let workspace = format!(r#"{{"id":"w","execute_count":1,"backyards":{{"ita-by-ansible-execute":[{job}]}}}}"#);
    let organization = format!(r#"{{"id":"o","execute_count":1,"workspaces":[{workspace}]}}"#);
    let jobs = envelope(&format!(r#"{{"execute_count":1,"organizations":[{organization}]}}"#));
    let server = FaultServer::start(move |request| match request.header("authorization") {
        None => Act::json(401, REFUSED),
        Some(_) if request.path.contains("backyard-execute-check") => Act::json(200, &jobs),
        Some(_) => Act::json(200, &modes),
    });
    let server = server.await.expect("a port on 127.0.0.1");
    let zone = ZoneEvidence::new(zone, None, TimeZone::UTC).expect("a zone");
    let secret = Some(PASSWORD.to_owned().into());
    let subject = Subject { settings: settings(&server.origin, LoginWay::Basic), secret, zone };
    let mut told = None;
    run(1, subject, &Scrubber::default(), &At(now), |step| told = Some(step)).await;
    told.filter(|step| step.step == TestStep::Clock).expect("the last step")
}

#[tokio::test]
async fn the_last_step_tells_what_the_labels_show_and_warns_of_a_given_zone_that_they_contradict() {
    const SAME: &str = "2026-11-22T10:13:05.568Z";
    let given = |name: &str| ZoneSetting::Zone { name: name.to_owned() };
    let in_japan = "2026-11-22T19:10:00.000000Z";
    for (label, zone, basis) in [
        (in_japan, ZoneSetting::Automatic, ZoneBasis::Bounded { at_least_minutes: 540 }),
        ("2026-11-22T09:10:00Z", ZoneSetting::Automatic, ZoneBasis::Unproven),
        (in_japan, given("Asia/Tokyo"), ZoneBasis::Given { name: "Asia/Tokyo".to_owned() }),
    ] {
        let step = clock_step(label, &zone, SAME).await;
        assert_eq!((step.outcome, step.zone), (StepOutcome::Passed, Some(basis)));
    }
    let step = clock_step(in_japan, &given("UTC"), SAME).await;
    let warned = warning(&step.outcome);
    assert_eq!((warned.code, warned.facts.reason.as_deref()), (ProblemCode::ZoneContradicted, Some("UTC")));
    assert_eq!(step.zone, Some(ZoneBasis::Contradicted { name: "UTC".to_owned() }));
}

#[tokio::test]
async fn clocks_that_are_minutes_apart_are_a_warning() {
    let label = "2026-11-22T09:10:00Z";
    let near = clock_step(label, &ZoneSetting::Automatic, "2026-11-22T10:12:05.568Z").await;
    assert_eq!((&near.outcome, near.note.as_deref()), (&StepOutcome::Passed, Some("60")));
    let day = clock_step(label, &ZoneSetting::Automatic, "2026-11-23T10:13:05.568Z").await;
    let warned = warning(&day.outcome);
    assert_eq!((warned.code, warned.facts.reason.as_deref()), (ProblemCode::ClocksDiffer, Some("-86400")));
}

#[tokio::test]
async fn a_test_that_is_stopped_does_not_log_in_any_more() {
    let (let_go, held) = watch::channel(false);
    let site = message(401, &[("Content-Type", "application/json")], REFUSED);
    let server = FaultServer::start(move |request| match request.header("authorization") {
        None if !request.is_token() => Act::SendWhen(held.clone(), site.clone()),
        _ => grant("tok", "ref", 1800),
    });
    let server = server.await.expect("a port on 127.0.0.1");
    let program = Program::first_start();
    let as_typed = draft(&server.origin, Environment::Production);
    let test = program.console.test_connection(1, as_typed, Some(PASSWORD.to_owned().into()));
    let stop = async {
        until_true("the site is asked", LIMIT, async || !server.seen().is_empty()).await;
        program.console.cancel_test();
    };
    let (found, ()) = tokio::join!(test, stop);
    assert_eq!(found.map_err(|problem| problem.code), Err(ProblemCode::Cancelled));
    let_go.send(true).expect("the server listens");
    server.ended(2).await;
    assert_eq!(server.seen().len(), 1, "no password has left: {:?}", server.seen());
}
