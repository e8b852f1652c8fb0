//! What the network and a hostile server can do to one exchange (docs/faults.md).

use std::io::Write;
use std::time::Duration;

use acceptance::clients::{client, limited_client, settings, SHORT, SMALL};
use acceptance::fault_server::{envelope, grant, message, Act, FaultServer, Seen};
use acceptance::wait::{until_true, LIMIT};
use ita_core::client::{probe_site, Applied, Client, Limits};
use ita_core::domain::connection::LoginWay;
use ita_core::domain::modes::Mode;
use ita_core::domain::problem::{Problem, ProblemCode};
use tokio::net::TcpListener;
use tokio::time::{timeout, Instant};

const JSON: &[(&str, &str)] = &[("Content-Type", "application/json")];

fn modes() -> String {
    envelope(r#"{"backyard_execute_stop":"0","data_update_stop":"0"}"#)
}

async fn server(act: Act) -> FaultServer {
    let script = move |request: &Seen| if request.is_token() { grant("tok", "ref", 1800) } else { act.clone() };
    FaultServer::start(script).await.expect("a port on 127.0.0.1")
}

fn small(origin: &str) -> Client {
    limited_client(origin, LoginWay::Automatic, SMALL).expect("usable settings")
}

async fn read_within(limits: Limits, act: Act) -> Problem {
    let server = server(act).await;
    let client = limited_client(&server.origin, LoginWay::Automatic, limits).expect("usable settings");
    client.read_modes().await.expect_err("a fault")
}

async fn read(act: Act) -> Problem {
    read_within(SMALL, act).await
}

async fn refusing_origin(scheme: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port on 127.0.0.1");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    format!("{scheme}://{address}")
}

#[tokio::test]
async fn no_name_nobody_there_and_hung_up_are_three_things() {
    let problem = small("http://ita.invalid").read_modes().await.expect_err("no such name");
    assert_eq!(problem.code, ProblemCode::NameNotResolved, "{problem:?}");
    let problem = small(&refusing_origin("http").await).read_modes().await.expect_err("nobody listens");
    assert_eq!(problem.code, ProblemCode::ConnectionRefused, "{problem:?}");
    assert_eq!(read(Act::Close).await.code, ProblemCode::Unreachable);
    let printed = format!("{problem:?}");
    assert!(!printed.contains("http://"), "an address could hold anything: {printed}");
}

#[tokio::test]
async fn each_time_limit_ends_its_own_kind_of_silence() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{".to_vec();
    let slow = Duration::from_millis(50);
    let slow_head = [b"HTTP/1.1 200 OK\r\nX: ".to_vec(), vec![b'y'; 200]].concat();
    let slow_head = slow_head.into_iter().map(|byte| vec![byte]).collect();
    let mut slow_body = vec![head.clone()];
    slow_body.extend(vec![b" ".to_vec(); 200]);
    for (act, reason) in [
        (Act::hang(), "first_byte"),
        (Act::SendAndHang(b"HTTP/1.1 200 OK\r\nX: ".to_vec()), "first_byte"),
        (Act::Drip(slow_head, slow), "first_byte"),
        (Act::SendAndHang(head), "silence"),
        (Act::Drip(slow_body, slow), "whole"),
    ] {
        let started = Instant::now();
        let problem = read_within(SHORT, act.clone()).await;
        assert_eq!(problem.code, ProblemCode::TimedOut, "{act:?}: {problem:?}");
        assert_eq!(problem.facts.reason.as_deref(), Some(reason), "{act:?}");
        assert!(started.elapsed() < SHORT.whole * 3, "{act:?}: ended by a limit, not by the server");
    }
}

#[tokio::test]
async fn a_handshake_that_never_ends_is_ended_by_the_connect_limit() {
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a port on 127.0.0.1");
    let origin = format!("https://{}", silent.local_addr().expect("an address"));
    let mut settings = settings(&origin, LoginWay::Basic);
    settings.limits.connect = Duration::from_millis(300);
    let client = Client::new(settings, "x".to_owned().into()).expect("usable settings");
    let failure = client.switch_mode(Mode::JobStop, true).await.expect_err("no handshake");
    assert_eq!((failure.problem.code, failure.applied), (ProblemCode::TimedOut, Applied::No), "{failure:?}");
}

#[tokio::test]
async fn a_dropped_call_ends_its_request_at_once() {
    let server = server(Act::hang()).await;
    let client = client(&server.origin, LoginWay::Automatic).expect("usable settings");
    client.log_in().await.expect("a token");
    tokio::select! {
        read = client.read_modes() => panic!("the server never answers: {read:?}"),
        () = until_true("the request", LIMIT, async || server.seen().len() > 1) => {}
    }
    let hung_up = timeout(LIMIT, server.ended(2)).await;
    assert!(hung_up.is_ok(), "after the login's, this connection is closed long before its own limits");
}

/// The same body, framed in the three ways in which HTTP can tell its end.
fn framings(body: &str) -> [(&'static str, Vec<u8>); 3] {
    let chunk = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    let head = "Content-Type: application/json\r\n";
    [
        ("length", message(200, JSON, body)),
        ("chunked", format!("HTTP/1.1 200 OK\r\n{head}Transfer-Encoding: chunked\r\n\r\n{chunk}").into_bytes()),
        ("close", format!("HTTP/1.0 200 OK\r\n{head}\r\n{body}").into_bytes()),
    ]
}

#[tokio::test]
async fn an_answer_cut_at_any_byte_is_never_a_reading() {
    for (framing, whole) in framings(&modes()) {
        for cut in 0..whole.len() {
            let server = server(Act::SendAndClose(whole[..cut].to_vec())).await;
            let read = small(&server.origin).read_modes().await;
            let problem = read.expect_err(&format!("{framing} cut at {cut} of {}", whole.len()));
            let expected = [ProblemCode::Unreachable, ProblemCode::UnreadableAnswer, ProblemCode::NotTheApi];
            assert!(expected.contains(&problem.code), "{framing} cut at {cut}: {problem:?}");
        }
        let server = server(Act::SendAndClose(whole)).await;
        small(&server.origin).read_modes().await.unwrap_or_else(|problem| panic!("{framing}, whole: {problem:?}"));
    }
}

#[tokio::test]
async fn answers_beyond_the_limit_are_refused_with_both_numbers() {
    let announced =
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000000000\r\n\r\n".to_vec();
    let problem = read(Act::SendAndHang(announced)).await;
    assert_eq!(problem.code, ProblemCode::AnswerTooLarge, "refused before reading");
    assert_eq!((problem.facts.limit, problem.facts.actual), (Some(SMALL.body), Some(100_000_000_000)));
    let endless = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".to_vec();
    let problem = read(Act::Flood(endless, vec![b' '; 8192])).await;
    assert_eq!(problem.code, ProblemCode::AnswerTooLarge);
    assert!(problem.facts.actual.is_some_and(|actual| actual > SMALL.body && actual < SMALL.body * 8), "{problem:?}");
    let problem =
        read(Act::Flood(b"HTTP/1.1 200 OK\r\n".to_vec(), b"X: yyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n".to_vec())).await;
    assert_eq!(problem.code, ProblemCode::NotTheApi, "a head without end: {problem:?}");
}

#[tokio::test]
async fn only_gzip_is_announced_and_its_bombs_count_unpacked() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![b' '; 64 * 1024 * 1024]).expect("memory");
    let bomb = encoder.finish().expect("memory");
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
        bomb.len()
    );
    let server = server(Act::Send([head.into_bytes(), bomb].concat())).await;
    let problem = small(&server.origin).read_modes().await.expect_err("a bomb");
    assert_eq!(problem.code, ProblemCode::AnswerTooLarge, "{problem:?}");
    assert!(problem.facts.actual.is_some_and(|actual| actual < 1024 * 1024), "stopped soon after the limit");
    let seen = server.seen();
    assert_eq!(seen.last().and_then(|request| request.header("accept-encoding")), Some("gzip"));
}

#[tokio::test]
async fn no_redirect_is_followed_and_no_password_reaches_its_target() {
    let target = FaultServer::start(|_| Act::json(200, &modes())).await.expect("a port on 127.0.0.1");
    for status in [301, 302, 303, 307, 308] {
        let location = format!("{}/platform", target.origin);
        let redirect = Act::answer(status, &[("Location", location.as_str())], "");
        let everywhere = redirect.clone();
        let (reads, logins) = (server(redirect).await, FaultServer::start(move |_| everywhere.clone()).await);
        let logins = logins.expect("a port on 127.0.0.1");
        let by_token = small(&reads.origin);
        let problems = [
            by_token.read_modes().await.expect_err("a redirect"),
            by_token.switch_mode(Mode::JobStop, true).await.expect_err("a redirect").problem,
            small(&logins.origin).read_modes().await.expect_err("a redirect of the login"),
            probe_site(&settings(&logins.origin, LoginWay::Automatic).way()).await.expect_err("a redirect"),
        ];
        for problem in problems {
            assert_eq!(problem.code, ProblemCode::Redirected, "{status}");
            assert_eq!(problem.facts.location.as_deref(), Some(location.as_str()), "its target is shown");
        }
    }
    assert!(target.seen().is_empty(), "the target of a redirect hears nothing at all");
}

#[tokio::test]
async fn a_switch_whose_answer_is_lost_is_unknown_and_sent_once() {
    let cut = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{".to_vec();
    for act in [Act::Close, Act::hang(), Act::SendAndClose(cut), Act::json(200, "garbage"), Act::html(200, "x")] {
        let server = server(act.clone()).await;
        let client = limited_client(&server.origin, LoginWay::Automatic, SHORT).expect("usable settings");
        let failure = client.switch_mode(Mode::ReadOnly, true).await.expect_err("no answer");
        assert_eq!(failure.applied, Applied::Unknown, "{act:?}: {failure:?}");
        let sent = server.seen().iter().filter(|request| request.method == "PATCH").count();
        assert_eq!(sent, 1, "{act:?}: a switch is never repeated");
    }
    let client = client(&refusing_origin("http").await, LoginWay::Basic).expect("usable settings");
    let failure = client.switch_mode(Mode::ReadOnly, true).await.expect_err("nobody listens");
    assert_eq!(failure.applied, Applied::No, "without a connection nothing can have been sent");
}

#[tokio::test]
async fn a_switch_never_rides_on_an_idle_connection() {
    let server = server(Act::json(200, &modes())).await;
    let client = small(&server.origin);
    client.read_modes().await.expect("modes");
    client.switch_mode(Mode::JobStop, true).await.expect("a switch");
    client.read_modes().await.expect("modes");
    let of = |method: &str| {
        let seen = server.seen();
        seen.iter().filter(|request| request.method == method).map(|request| request.connection).collect::<Vec<_>>()
    };
    let (reads, writes) = (of("GET"), of("PATCH"));
    assert_eq!(reads[0], reads[1], "reads share a connection");
    assert!(!reads.contains(&writes[0]), "the server may be closing an idle one, and the outcome would be unknown");
}

#[tokio::test]
async fn https_never_becomes_http() {
    let server = server(Act::json(200, &modes())).await;
    let origin = server.origin.replace("http://", "https://");
    let client = client(&origin, LoginWay::Basic).expect("usable settings");
    let failure = client.switch_mode(Mode::JobStop, true).await.expect_err("no TLS there");
    assert_eq!((failure.problem.code, failure.applied), (ProblemCode::TlsFailed, Applied::No), "{failure:?}");
    assert!(server.seen().is_empty(), "no request in the clear");
}
