//! Logging in, against servers that say no in every way (platform-contract §6).

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;
use std::time::Duration;

use acceptance::clients::{client, limited_client, settings, PASSWORD, SHORT, SMALL};
use acceptance::fault_server::{envelope, grant, Act, FaultServer, Seen};
use base64::prelude::{Engine, BASE64_STANDARD};
use ita_core::client::{Applied, Client, ClientSettings};
use ita_core::domain::connection::LoginWay;
use ita_core::domain::modes::Mode;
use ita_core::domain::problem::ProblemCode;

const MODES: &str = r#"{"backyard_execute_stop":"0","data_update_stop":"0"}"#;
const REFUSED: &str = r#"{"data":"ID/PW NG","message":"no","result":"401-00002","ts":"2026-11-22T10:18:07.177Z"}"#;
const DOWN: &str = r#"{"data":null,"message":"no","result":"500-99999","ts":"2026-11-22T10:18:07.177Z"}"#;

fn modes() -> Act {
    Act::json(200, &envelope(MODES))
}

fn denied(status: u16, error: &str) -> Act {
    Act::json(status, &format!(r#"{{"error":"{error}","error_description":"no"}}"#))
}

fn tokens(seen: &[Seen]) -> usize {
    seen.iter().filter(|request| request.is_token()).count()
}

/// Lets time pass without waiting for it.
async fn pass(seconds: u64) {
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(seconds)).await;
    tokio::time::resume();
}

async fn server(script: impl Fn(&Seen) -> Act + Send + Sync + 'static) -> FaultServer {
    FaultServer::start(script).await.expect("a port on 127.0.0.1")
}

/// Answers the token endpoint with `token_answer`, and accepts only the right password by Basic.
async fn basic_only(token_answer: Act) -> FaultServer {
    let right = format!("Basic {}", BASE64_STANDARD.encode(format!("admin:{PASSWORD}")));
    server(move |request| match request.header("authorization") {
        _ if request.is_token() => token_answer.clone(),
        Some(sent) if sent == right => modes(),
        _ => Act::json(401, REFUSED),
    })
    .await
}

#[tokio::test]
async fn one_token_serves_every_call() {
    let server = server(|request| if request.is_token() { grant("tok", "ref", 1800) } else { modes() }).await;
    let client = client(&server.origin, LoginWay::Automatic).expect("usable settings");
    assert_eq!(client.login_state(), None, "nothing is sent before the first call");
    for _ in 0..3 {
        client.read_modes().await.expect("modes");
    }
    client.switch_mode(Mode::JobStop, true).await.expect("a switch");
    let seen = server.seen();
    assert_eq!(tokens(&seen), 1, "polling costs no further login");
    let login = &seen[0];
    assert_eq!(login.method, "POST");
    assert_eq!(login.path, "/auth/realms/master/protocol/openid-connect/token");
    assert_eq!(
        login.body,
        "client_id=_platform-api&grant_type=password&username=admin&password=c4nary-Pa55%2Fw%2Brd&scope=openid"
    );
    assert_eq!(login.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(login.header("content-length"), Some(login.body.len().to_string().as_str()), "chunks would be a 411");
    assert_eq!(login.header("authorization"), None);
    assert!(seen[1..].iter().all(|request| request.header("authorization") == Some("Bearer tok")));
    assert_eq!(seen[4].body, r#"{"backyard_execute_stop":"1"}"#, "only the key to change");
    assert_eq!(client.login_state().expect("logged in").way, LoginWay::Token);
}

#[tokio::test]
async fn basic_is_the_fallback_where_the_token_is_not_offered() {
    for answer in [
        Act::html(403, "<title>403 Forbidden</title>"),
        Act::html(404, ""),
        Act::html(405, ""),
        Act::json(404, r#"{"detail":"x","status":404,"title":"Not Found","type":"about:blank"}"#),
        denied(401, "unauthorized_client"),
        denied(400, "unauthorized_client"),
        denied(401, "invalid_client"),
    ] {
        let server = basic_only(answer.clone()).await;
        let client = client(&server.origin, LoginWay::Automatic).expect("usable settings");
        for _ in 0..2 {
            client.read_modes().await.unwrap_or_else(|problem| panic!("{answer:?}: {problem}"));
        }
        let login = client.login_state().expect("logged in");
        assert_eq!(login.way, LoginWay::Basic);
        assert!(login.fallback.is_some_and(|problem| problem.facts.status.is_some()), "the details say why");
        assert_eq!(tokens(&server.seen()), 1, "the token endpoint is not asked again");
    }
}

#[tokio::test]
async fn no_second_password_follows_a_refusal_an_error_or_silence() {
    for (answer, code) in [
        (denied(401, "invalid_grant"), ProblemCode::LoginRefused),
        (denied(400, "invalid_grant"), ProblemCode::LoginRefused),
        (Act::json(401, REFUSED), ProblemCode::LoginRefused),
        (Act::html(401, "<title>401</title>"), ProblemCode::LoginRefused),
        (denied(400, "invalid_request"), ProblemCode::RefusedByPlatform),
        (Act::json(429, "{}"), ProblemCode::TooManyRequests),
        (Act::json(500, DOWN), ProblemCode::PlatformError),
        (Act::html(502, ""), ProblemCode::GatewayError),
        (Act::answer(302, &[("Location", "http://elsewhere/")], ""), ProblemCode::Redirected),
        (Act::html(200, "<title>Sign in</title>"), ProblemCode::NotTheApi),
        (Act::json(200, r#"{"token_type":"Bearer"}"#), ProblemCode::IncompleteAnswer),
        (Act::json(200, r#"{"access_token":""#), ProblemCode::UnreadableAnswer),
        (Act::hang(), ProblemCode::TimedOut),
        (Act::Close, ProblemCode::Unreachable),
    ] {
        let server = basic_only(answer.clone()).await;
        let limits = if code == ProblemCode::TimedOut { SHORT } else { SMALL };
        let client = limited_client(&server.origin, LoginWay::Automatic, limits).expect("usable settings");
        let problem = client.read_modes().await.expect_err("no login");
        assert_eq!(problem.code, code, "{answer:?}");
        assert_eq!(server.seen().len(), 1, "{answer:?}: nothing but the one login");
    }
}

#[tokio::test]
async fn a_way_that_was_chosen_is_not_left() {
    let server = basic_only(Act::html(404, "")).await;
    let by_token = client(&server.origin, LoginWay::Token).expect("usable settings");
    assert_eq!(by_token.read_modes().await.expect_err("no token").code, ProblemCode::NotTheApi);
    assert_eq!(server.seen().len(), 1, "token only never tries Basic");
    let by_basic = client(&server.origin, LoginWay::Basic).expect("usable settings");
    by_basic.read_modes().await.expect("modes");
    assert_eq!(tokens(&server.seen()), 1, "Basic only never asks for a token");
}

#[tokio::test]
async fn a_wrong_password_is_sent_once_and_never_again() {
    let (basic, token) = (Act::json(401, REFUSED), denied(401, "invalid_grant"));
    for (way, answer) in [(LoginWay::Basic, basic), (LoginWay::Automatic, token)] {
        let server = server(move |_| answer.clone()).await;
        let client = client(&server.origin, way).expect("usable settings");
        let first = client.read_modes().await.expect_err("refused");
        assert_eq!((first.code, first.facts.status), (ProblemCode::LoginRefused, Some(401)));
        for _minute in 0..24 * 60 {
            pass(60).await;
            assert_eq!(client.read_modes().await.expect_err("stopped").code, ProblemCode::LoginRefused);
        }
        let failure = client.switch_mode(Mode::ReadOnly, false).await.expect_err("stopped");
        assert_eq!(failure.applied, Applied::No, "nothing was sent");
        assert_eq!(server.seen().len(), 1, "{way:?}: one login in 24 hours");
    }
}

#[tokio::test]
async fn many_calls_at_once_make_one_login() {
    let right = server(|request| if request.is_token() { grant("tok", "ref", 1800) } else { modes() }).await;
    let wrong = server(|_| Act::json(401, REFUSED)).await;
    let down = server(|_| Act::json(500, DOWN)).await;
    for (server, way, expected) in [
        (&right, LoginWay::Automatic, None),
        (&wrong, LoginWay::Basic, Some(ProblemCode::LoginRefused)),
        (&down, LoginWay::Token, Some(ProblemCode::PlatformError)),
    ] {
        let client = Arc::new(client(&server.origin, way).expect("usable settings"));
        let calls: Vec<_> = (0..8)
            .map(|_| {
                let client = Arc::clone(&client);
                tokio::spawn(async move { client.read_modes().await.err().map(|problem| problem.code) })
            })
            .collect();
        for call in calls {
            assert_eq!(call.await.expect("no panic"), expected, "{way:?}");
        }
        let logins = if expected.is_some() { server.seen().len() } else { tokens(&server.seen()) };
        assert_eq!(logins, 1, "{way:?}: those who waited share the outcome");
    }
}

/// Numbers its tokens and accepts only the one with the number in `valid`.
async fn revoking_server(valid: Arc<AtomicUsize>) -> FaultServer {
    let issued = AtomicUsize::new(0);
    server(move |request| {
        if request.is_token() {
            return grant(&format!("tok{}", issued.fetch_add(1, Ordering::SeqCst)), "ref", 1800);
        }
        let expected = format!("Bearer tok{}", valid.load(Ordering::SeqCst));
        if request.header("authorization") == Some(&expected) {
            modes()
        } else {
            Act::json(401, REFUSED)
        }
    })
    .await
}

#[tokio::test]
async fn an_ended_token_is_renewed_quietly_also_under_a_switch() {
    let valid = Arc::new(AtomicUsize::new(0));
    let server = revoking_server(Arc::clone(&valid)).await;
    let client = client(&server.origin, LoginWay::Automatic).expect("usable settings");
    client.read_modes().await.expect("modes");
    valid.store(1, Ordering::SeqCst);
    client.switch_mode(Mode::JobStop, true).await.expect("the 401 came before the switch was looked at");
    let seen = server.seen();
    assert_eq!(tokens(&seen), 2);
    assert_eq!(seen.iter().filter(|request| request.method == "PATCH").count(), 2, "once refused, once done");
}

#[tokio::test]
async fn rejected_tokens_cost_at_most_one_login_a_minute() {
    let server = revoking_server(Arc::new(AtomicUsize::new(99))).await;
    let client = client(&server.origin, LoginWay::Automatic).expect("usable settings");
    let problem = client.read_modes().await.expect_err("every token is rejected");
    assert_eq!(problem.code, ProblemCode::RefusedByPlatform, "the password was not refused");
    assert_eq!(tokens(&server.seen()), 2, "one login, one renewal");
    let sent = server.seen().len();
    for _ in 0..5 {
        let problem = client.read_modes().await.expect_err("waiting");
        assert!(problem.facts.retry_after_seconds.is_some_and(|wait| (1..=60).contains(&wait)), "says for how long");
    }
    assert_eq!(server.seen().len(), sent, "a token known to be dead is not sent again");
    pass(61).await;
    client.read_modes().await.expect_err("still rejected");
    assert_eq!(tokens(&server.seen()), 3);
}

#[tokio::test]
async fn a_renewal_that_fails_does_not_stop_the_connection() {
    let state = Arc::new(AtomicUsize::new(0));
    let shared = Arc::clone(&state);
    let server = server(move |request| match (request.is_token(), shared.load(Ordering::SeqCst)) {
        (true, 1) => Act::html(502, ""),
        (true, state) => grant(&format!("tok{state}"), "ref", 1800),
        (false, state) if request.header("authorization") == Some(&format!("Bearer tok{state}")) => modes(),
        (false, _) => Act::json(401, REFUSED),
    })
    .await;
    let client = client(&server.origin, LoginWay::Automatic).expect("usable settings");
    client.read_modes().await.expect("modes");
    state.store(1, Ordering::SeqCst);
    assert_eq!(client.read_modes().await.expect_err("identity server down").code, ProblemCode::GatewayError);
    assert_eq!(client.read_modes().await.expect_err("within the minute").code, ProblemCode::GatewayError);
    assert_eq!(tokens(&server.seen()), 2, "the cause is told again without another login");
    state.store(2, Ordering::SeqCst);
    pass(60).await;
    client.read_modes().await.expect("it is back");
}

#[tokio::test]
async fn a_token_is_refreshed_at_half_of_the_refresh_tokens_life() {
    let server = server(|request| match request.body.as_str() {
        body if body.contains("grant_type=refresh_token") => grant("tok1", "ref1", 1800),
        _ if request.is_token() => grant("tok0", "ref0", 1800),
        _ => modes(),
    })
    .await;
    let client = client(&server.origin, LoginWay::Automatic).expect("usable settings");
    client.read_modes().await.expect("modes");
    pass(890).await;
    client.read_modes().await.expect("modes");
    assert_eq!(tokens(&server.seen()), 1, "not yet due");
    pass(11).await;
    client.read_modes().await.expect("modes");
    let seen = server.seen();
    assert_eq!(seen[3].body, "client_id=_platform-api&grant_type=refresh_token&refresh_token=ref0");
    assert_eq!(seen[4].header("authorization"), Some("Bearer tok1"));
}

#[tokio::test]
async fn a_failed_refresh_is_a_new_login_and_a_dead_refresh_token_is_not_tried() {
    for (wait, requests) in [(901, 2), (1801, 1)] {
        let server = server(|request| match request.body.as_str() {
            body if body.contains("grant_type=refresh_token") => denied(400, "invalid_grant"),
            _ if request.is_token() => grant("tok", "ref", 1800),
            _ => modes(),
        })
        .await;
        let client = client(&server.origin, LoginWay::Automatic).expect("usable settings");
        client.read_modes().await.expect("modes");
        pass(wait).await;
        client.read_modes().await.expect("a refused refresh token is no refused password");
        assert_eq!(tokens(&server.seen()), 1 + requests, "after {wait} s");
    }
}

#[tokio::test]
async fn a_refresh_life_of_zero_means_that_no_end_is_known() {
    let server = server(|request| if request.is_token() { grant("tok", "ref", 0) } else { modes() }).await;
    let client = client(&server.origin, LoginWay::Automatic).expect("usable settings");
    client.read_modes().await.expect("modes");
    pass(12 * 3600).await;
    client.read_modes().await.expect("modes");
    assert_eq!(tokens(&server.seen()), 1, "the access token still lives");
    pass(12 * 3600 - 29).await;
    client.read_modes().await.expect("modes");
    assert_eq!(tokens(&server.seen()), 2, "renewed before it ends");
}

#[tokio::test]
async fn a_token_dies_with_its_connection_and_says_no_goodbye() {
    let server = server(|request| if request.is_token() { grant("tok", "ref", 1800) } else { modes() }).await;
    for logins in 1..=2 {
        let client = client(&server.origin, LoginWay::Automatic).expect("usable settings");
        client.read_modes().await.expect("modes");
        drop(client);
        assert_eq!(tokens(&server.seen()), logins, "nothing of the last one was kept");
    }
    server.ended(2).await;
    assert!(server.seen().iter().all(|request| request.is_token() || request.method == "GET"), "no logout");
}

#[tokio::test]
async fn user_and_password_travel_as_utf8() {
    let server = basic_only(Act::html(404, "")).await;
    for (user, password) in [("管理者", "パスワード"), ("user name", "pässwörd"), ("admin", "pa:ss\n\0"), ("admin", "")]
    {
        let settings = ClientSettings { user: user.to_owned(), ..settings(&server.origin, LoginWay::Basic) };
        let client = Client::new(settings, password.to_owned().into()).expect("usable settings");
        client.read_modes().await.expect_err("not this server's password");
        let expected = format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}")));
        assert_eq!(server.seen().last().expect("a request").header("authorization"), Some(expected.as_str()));
    }
}

#[tokio::test]
async fn basic_refuses_a_user_with_a_colon_before_anything_is_sent() {
    let server = basic_only(Act::html(404, "")).await;
    let with_colon = |login| ClientSettings { user: "a:b".to_owned(), ..settings(&server.origin, login) };
    let problem = Client::new(with_colon(LoginWay::Basic), "x".to_owned().into()).expect_err("cannot be carried");
    assert_eq!((problem.code, problem.facts.reason.as_deref()), (ProblemCode::BadArgument, Some("user_colon")));
    let client = Client::new(with_colon(LoginWay::Automatic), "x".to_owned().into()).expect("a token can carry it");
    assert_eq!(client.read_modes().await.expect_err("no token here").code, ProblemCode::BadArgument);
    assert_eq!(server.seen().len(), 1, "asked for a token, and sent no broken header");
}

#[tokio::test]
async fn nothing_that_can_be_printed_holds_a_secret() {
    let server = server(|request| match request.method.as_str() {
        "POST" => grant("c4nary-token", "c4nary-refresh", 1800),
        "PATCH" => Act::Close,
        _ => modes(),
    })
    .await;
    let by_token = client(&server.origin, LoginWay::Automatic).expect("usable settings");
    let answer = by_token.read_modes().await.expect("modes");
    let failure = by_token.switch_mode(Mode::JobStop, true).await.expect_err("dropped");
    let printed = format!("{by_token:?} {answer:?} {failure:?} {:?} {}", by_token.login_state(), failure.problem);
    assert!(!printed.contains("c4nary"), "{printed}");
    let refusing = basic_only(denied(401, "invalid_grant")).await;
    for way in [LoginWay::Automatic, LoginWay::Basic] {
        let client = client(&refusing.origin, way).expect("usable settings");
        let printed = format!("{client:?} {:?} {client:?}", client.read_modes().await);
        assert!(!printed.contains("c4nary"), "{printed}");
        assert!(!printed.contains(&BASE64_STANDARD.encode(format!("admin:{PASSWORD}"))), "{printed}");
    }
}
