//! What every recorded answer means to the client, and what it says of the answers nobody recorded (platform-contract
//! §2 to §7).

use acceptance::clients::client;
use acceptance::fault_server::{envelope, grant, Act, FaultServer};
use acceptance::recordings;
use ita_core::client::{probe_site, Applied};
use ita_core::domain::connection::LoginWay;
use ita_core::domain::modes::{Mode, ModeReading};
use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::domain::time::Timestamp;

/// A server that grants a token and answers everything else with `act`.
async fn answering(act: Act) -> FaultServer {
    let script = move |request: &acceptance::fault_server::Seen| {
        if request.is_token() {
            grant("tok", "ref", 1800)
        } else {
            act.clone()
        }
    };
    FaultServer::start(script).await.expect("a port on 127.0.0.1")
}

fn recorded(name: &str) -> Act {
    recordings::response(name).unwrap_or_else(|error| panic!("{name}: {error}")).act()
}

async fn read_modes(act: Act) -> Result<ModeReading, Problem> {
    let server = answering(act).await;
    let client = client(&server.origin, LoginWay::Automatic).expect("usable settings");
    client.read_modes().await.map(|answer| answer.value)
}

#[tokio::test]
async fn every_recorded_mode_setting_is_read_as_it_was_meant() {
    let (on, off) = (Some(true), Some(false));
    for (name, job_stop, read_only) in [
        ("maint-get-b0-d0", off, off),
        ("maint-get-b0-d1", off, on),
        ("maint-get-b1-d0", on, off),
        ("maint-get-b1-d1", on, on),
        ("maint-get-empty-table", None, None),
        ("maint-get-one-row-only", on, None),
        // One read cannot tell this lie from the truth.
        ("maint-get-table-unreadable", off, off),
        ("bearer-get", off, off),
        ("adminsite-double-slash", off, off),
        ("auth-no-role-user", off, off),
    ] {
        let reading = read_modes(recorded(name)).await.unwrap_or_else(|problem| panic!("{name}: {problem:?}"));
        assert_eq!(reading, ModeReading { job_stop, read_only }, "{name}");
    }
}

#[tokio::test]
async fn every_recorded_refusal_of_a_read_has_its_meaning() {
    use ProblemCode as Code;
    for (name, code, result) in [
        ("maint-get-db-down", Code::PlatformError, Some("500-99999")),
        ("down-keycloak", Code::PlatformError, Some("500-99999")),
        ("down-platform-api", Code::PlatformError, Some("500-99999")),
        ("down-nginx-502", Code::GatewayError, None),
        ("maint-get-trailing-slash", Code::NotTheApi, None),
        ("orgsite-platform", Code::WrongSite, None),
        ("adminsite-no-auth-path", Code::WrongSite, None),
        ("adminsite-root", Code::Redirected, None),
        ("adminsite-health-liveness", Code::NotTheApi, None),
        ("check-post", Code::NotTheApi, None),
        ("bearer-expired", Code::RefusedByPlatform, Some("401-00002")),
        ("check-ws-broken-table", Code::ErrorInDisguise, Some("999-99999")),
        ("loglevel-patch-readonly", Code::RefusedReadOnly, Some("498-00001")),
        ("loglevel-patch-lower", Code::RefusedByPlatform, Some("499-01401")),
    ] {
        let problem = read_modes(recorded(name)).await.expect_err(name);
        assert_eq!(problem.code, code, "{name}: {problem:?}");
        assert_eq!(problem.facts.platform_result.as_deref(), result, "{name}");
        let status = recordings::response(name).expect(name).status;
        assert_eq!(problem.facts.status, Some(status), "{name}: even a page in HTML keeps its status");
        let facts = &problem.facts;
        assert_eq!(facts.method.as_deref(), Some("GET"), "{name}");
        assert_eq!(facts.path.as_deref(), Some("/api/platform/maintenance-mode-setting"), "{name}");
        assert!(facts.attempts.is_some_and(|attempts| attempts >= 1) && facts.elapsed_ms.is_some(), "{name}");
    }
}

#[tokio::test]
async fn facts_of_a_refusal_are_the_platforms_own() {
    let problem = read_modes(recorded("maint-get-db-down")).await.expect_err("down");
    assert_eq!(problem.facts.platform_message.as_deref(), Some("システムエラー"));
    assert_eq!(problem.facts.platform_time, Timestamp::parse("2026-11-22T10:13:35.696Z"));
    let problem = read_modes(recorded("adminsite-root")).await.expect_err("a redirect");
    assert_eq!(problem.facts.location.as_deref(), Some("http://127.0.0.1:18001/platform/organizations"));
    let problem = read_modes(recorded("down-nginx-502")).await.expect_err("a page");
    assert_eq!(problem.facts.reason.as_deref(), Some("502 Bad Gateway"), "the title, not the markup");
    let problem = read_modes(recorded("maint-patch-bool-true")).await.expect_err("problem+json");
    let detail = "True is not of type 'string' - 'backyard_execute_stop'";
    assert_eq!(problem.facts.platform_message.as_deref(), Some(detail));
}

#[tokio::test]
async fn a_switch_is_certainly_without_effect_only_after_a_4xx() {
    use ProblemCode as Code;
    for (name, code, applied) in [
        ("maint-patch-value2", Code::RefusedByPlatform, Applied::No),
        ("maint-patch-unknown-key", Code::RefusedByPlatform, Applied::No),
        ("maint-patch-bool-true", Code::RefusedByPlatform, Applied::No),
        ("maint-patch-no-content-type", Code::RefusedByPlatform, Applied::No),
        ("orgsite-patch", Code::WrongSite, Applied::No),
        ("bearer-expired", Code::RefusedByPlatform, Applied::No),
        ("readonly-org-create", Code::RefusedReadOnly, Applied::No),
        ("maint-patch-db-down", Code::PlatformError, Applied::Unknown),
        ("down-nginx-502", Code::GatewayError, Applied::Unknown),
        ("adminsite-root", Code::Redirected, Applied::Unknown),
        ("adminsite-health-liveness", Code::NotTheApi, Applied::Unknown),
    ] {
        let server = answering(recorded(name)).await;
        let client = client(&server.origin, LoginWay::Automatic).expect("usable settings");
        let failure = client.switch_mode(Mode::JobStop, true).await.expect_err(name);
        assert_eq!((failure.problem.code, failure.applied), (code, applied), "{name}: {failure:?}");
    }
}

#[tokio::test]
async fn a_success_of_a_switch_is_taken_as_one_whatever_it_is_worth() {
    for name in
        ["maint-patch-one-backyard", "maint-patch-same-value", "maint-patch-empty-table", "maint-patch-while-readonly"]
    {
        let server = answering(recorded(name)).await;
        let client = client(&server.origin, LoginWay::Automatic).expect("usable settings");
        for (mode, on, body) in [
            (Mode::JobStop, true, r#"{"backyard_execute_stop":"1"}"#),
            (Mode::ReadOnly, false, r#"{"data_update_stop":"0"}"#),
        ] {
            let answer = client.switch_mode(mode, on).await.unwrap_or_else(|failure| panic!("{name}: {failure:?}"));
            assert!(answer.platform_time.is_some(), "{name}: the platform's clock goes into the journal");
            let seen = server.seen();
            let sent = seen.last().expect("a request");
            assert_eq!((sent.method.as_str(), sent.body.as_str()), ("PATCH", body));
            assert_eq!(sent.header("content-type"), Some("application/json"));
            assert_eq!(sent.header("content-length"), Some(body.len().to_string().as_str()));
            assert_eq!(sent.header("transfer-encoding"), None, "chunks would be a 411");
        }
    }
}

#[tokio::test]
async fn recorded_answers_of_the_token_endpoint_are_understood() {
    use ProblemCode as Code;
    for (name, code) in [
        ("token-password", None),
        ("token-wrong-password", Some(Code::LoginRefused)),
        ("token-client-platform-nosecret", Some(Code::RefusedByPlatform)),
        ("orgsite-token", Some(Code::WrongSite)),
        ("down-keycloak-token", Some(Code::PlatformError)),
    ] {
        let act = recorded(name);
        let modes = recorded("maint-get-b0-d0");
        let script = move |request: &acceptance::fault_server::Seen| {
            if request.is_token() {
                act.clone()
            } else {
                modes.clone()
            }
        };
        let server = FaultServer::start(script).await.expect("a port on 127.0.0.1");
        let client = client(&server.origin, LoginWay::Token).expect("usable settings");
        assert_eq!(client.log_in().await.err().map(|problem| problem.code), code, "{name}");
    }
}

#[tokio::test]
async fn the_site_is_told_without_any_credential() {
    use ProblemCode as Code;
    for (name, code) in [
        ("auth-none", None),
        ("orgsite-platform", Some(Code::WrongSite)),
        ("adminsite-root", Some(Code::Redirected)),
        ("adminsite-health-liveness", Some(Code::NotTheApi)),
        ("maint-get-trailing-slash", Some(Code::NotTheApi)),
        ("maint-get-b0-d0", Some(Code::NotTheApi)),
        ("down-platform-api", Some(Code::PlatformError)),
        ("down-nginx-502", Some(Code::GatewayError)),
    ] {
        let server = answering(recorded(name)).await;
        let settings = acceptance::clients::settings(&server.origin, LoginWay::Automatic);
        let found = probe_site(&settings.way()).await;
        assert_eq!(found.err().map(|problem| problem.code), code, "{name}");
        let seen = server.seen();
        assert_eq!(seen.len(), 1, "{name}");
        assert_eq!(seen[0].header("authorization"), None, "{name}: nothing secret is sent");
    }
    let html_401 = answering(Act::html(401, "<title>Sign in</title>")).await;
    let settings = acceptance::clients::settings(&html_401.origin, LoginWay::Automatic);
    let problem = probe_site(&settings.way()).await.expect_err("a login page of something else");
    assert_eq!(problem.code, Code::NotTheApi);
}

#[tokio::test]
async fn an_answer_that_is_not_quite_a_success_is_none() {
    use ProblemCode as Code;
    let modes = r#"{"backyard_execute_stop":"0","data_update_stop":"0"}"#;
    let result = |result: &str| envelope(modes).replace("000-00000", result);
    for (act, code) in [
        (Act::json(200, &result("999-99999")), Code::ErrorInDisguise),
        (Act::json(200, &envelope(modes).replace("\"result\"", "\"outcome\"")), Code::IncompleteAnswer),
        (Act::json(200, &envelope("null")), Code::IncompleteAnswer),
        (Act::json(200, &envelope("[]")), Code::ErrorInDisguise),
        (Act::json(200, &envelope(r#""ok""#)), Code::IncompleteAnswer),
        (Act::json(200, modes), Code::IncompleteAnswer),
        (Act::json(200, "[]"), Code::UnreadableAnswer),
        (Act::json(200, ""), Code::UnreadableAnswer),
        (Act::json(200, &"[".repeat(60_000)), Code::UnreadableAnswer),
        (Act::json(200, &format!("{} x", envelope(modes))), Code::UnreadableAnswer),
        (Act::json(200, &format!("\u{feff}{}", envelope(modes))), Code::UnreadableAnswer),
        (Act::html(200, &envelope(modes)), Code::NotTheApi),
        (Act::answer(200, &[], &envelope(modes)), Code::NotTheApi),
        (Act::json(201, &envelope(modes)), Code::NotTheApi),
        (Act::json(204, ""), Code::NotTheApi),
        (Act::json(206, &envelope(modes)), Code::NotTheApi),
        (Act::html(400, "<title>plain HTTP sent to HTTPS port</title>"), Code::NotTheApi),
        (Act::html(404, ""), Code::NotTheApi),
        (Act::json(418, "{}"), Code::RefusedByPlatform),
        (Act::json(503, "{}"), Code::GatewayError),
        (Act::html(504, ""), Code::GatewayError),
        (Act::html(500, ""), Code::PlatformError),
    ] {
        let problem = read_modes(act.clone()).await.expect_err("no success");
        assert_eq!(problem.code, code, "{act:?}");
    }
}

#[tokio::test]
async fn a_wait_that_is_asked_for_is_told() {
    for (header, wait) in [("7", Some(7)), ("0", Some(1)), ("-3", Some(1)), ("31536000", Some(3600)), ("soon", None)] {
        let problem = read_modes(Act::answer(429, &[("Retry-After", header)], "")).await.expect_err("asked to wait");
        assert_eq!((problem.code, problem.facts.retry_after_seconds), (ProblemCode::TooManyRequests, wait), "{header}");
    }
    let headers = [("Date", "Sun, 22 Nov 2026 10:00:00 GMT"), ("Retry-After", "Sun, 22 Nov 2026 10:01:30 GMT")];
    let problem = read_modes(Act::answer(503, &headers, "")).await.expect_err("asked to wait");
    assert_eq!(problem.facts.retry_after_seconds, Some(90), "a date is measured by the server's own clock");
}

#[tokio::test]
async fn words_of_a_server_stay_short_and_on_one_line() {
    let hostile = format!(r#"{{"message":"a\nb\u001b[31m{}","result":"400-1","ts":"x"}}"#, "x".repeat(5000));
    let problem = read_modes(Act::json(400, &hostile)).await.expect_err("refused");
    let message = problem.facts.platform_message.expect("a message");
    assert!(message.chars().count() <= 500 && !message.contains(['\n', '\u{1b}']), "{message}");
}
