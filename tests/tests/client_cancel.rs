//! A call that is given up ends at once, whatever it asks for and wherever it hangs.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use acceptance::clients::{client, settings};
use acceptance::fault_server::{envelope, grant, Act, FaultServer, Seen};
use acceptance::wait::{until_true, LIMIT};
use ita_core::client::{inspect_certificate, probe_site, Client};
use ita_core::domain::connection::LoginWay;
use ita_core::domain::log_levels::LogLevel;
use ita_core::domain::modes::Mode;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::{timeout, Instant};

/// How soon a call that nobody waits for is gone, on the whole: a single one may have to wait for a processor.
const SOON: Duration = Duration::from_millis(100);

type Running<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Every kind of call. Each logs in first where it has not yet.
fn calls(client: &Client) -> Vec<(&'static str, Running<'_>)> {
    vec![
        ("modes", Box::pin(async { drop(client.read_modes().await) })),
        ("jobs", Box::pin(async { drop(client.read_jobs().await) })),
        ("switch", Box::pin(async { drop(client.switch_mode(Mode::ReadOnly, true).await) })),
        ("levels", Box::pin(async { drop(client.read_log_levels().await) })),
        (
            "change of levels",
            Box::pin(async {
                drop(client.change_log_levels([("ita-api-admin", LogLevel::Info)]).await);
            }),
        ),
        ("login", Box::pin(async { drop(client.log_in().await) })),
    ]
}

/// The calls that need no user.
fn looks(origin: &str) -> Vec<(&'static str, Running<'static>)> {
    let (way, same) = (settings(origin, LoginWay::Automatic).way(), settings(origin, LoginWay::Automatic).way());
    let mut looks: Vec<(&'static str, Running<'static>)> =
        vec![("site", Box::pin(async move { drop(probe_site(&way).await) }))];
    if origin.starts_with("https") {
        looks.push(("certificate", Box::pin(async move { drop(inspect_certificate(&same).await) })));
    }
    looks
}

/// Runs a call until `hangs`, gives it up, and tells how long it took until `ended`.
async fn give_up(
    name: &str,
    running: Running<'_>,
    hangs: impl Future<Output = ()>,
    ended: impl Future<Output = ()>,
) -> Duration {
    tokio::select! {
        () = running => panic!("{name}: nobody has answered"),
        () = hangs => {}
    }
    // The call was dropped with the losing branch.
    let given_up = Instant::now();
    assert!(timeout(LIMIT, ended).await.is_ok(), "{name}: still there after {:?}", given_up.elapsed());
    given_up.elapsed()
}

fn expect_soon(mut took: Vec<Duration>) {
    took.sort_unstable();
    assert!(took[took.len() / 2] < SOON, "{took:?}");
}

#[tokio::test]
async fn every_kind_of_call_is_gone_at_once_while_its_answer_hangs() {
    let mut took = Vec::new();
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n".to_vec();
    let body = [head.clone(), envelope("{").into_bytes()].concat();
    for (stage, act) in [
        ("no head", Act::hang()),
        ("half a head", Act::SendAndHang(b"HTTP/1.1 200 OK\r\nX: ".to_vec())),
        ("no body", Act::SendAndHang(head)),
        ("half a body", Act::SendAndHang(body)),
    ] {
        for at in 0..7 {
            let (login, answer) = (act.clone(), act.clone());
            let is_login = at == 5;
            let script = move |seen: &Seen| match (seen.is_token(), is_login) {
                (true, true) => login.clone(),
                (true, false) => grant("tok", "ref", 1800),
                _ => answer.clone(),
            };
            let server = FaultServer::start(script).await.expect("a port on 127.0.0.1");
            let client = client(&server.origin, LoginWay::Token).expect("usable settings");
            if at < 5 {
                client.log_in().await.expect("a token");
            }
            let mut all = calls(&client);
            all.extend(looks(&server.origin));
            let (name, running) = all.swap_remove(at);
            let before = usize::from(at < 5);
            let hangs = until_true("the request", LIMIT, async || server.seen().len() > before);
            // A read rides on the connection of the login, a write has one of its own.
            let closed = async {
                let alive = async || server.seen().last().is_none_or(|seen| !server.has_ended(seen.connection));
                until_true("the end", LIMIT, async || !alive().await).await;
            };
            took.push(give_up(&format!("{name}, {stage}"), running, hangs, closed).await);
        }
    }
    expect_soon(took);
}

/// Accepts one connection, and says when it has ended.
async fn accepted(listener: &TcpListener) -> TcpStream {
    listener.accept().await.expect("a connection").0
}

#[tokio::test]
async fn every_kind_of_call_is_gone_at_once_within_its_handshake() {
    let mut took = Vec::new();
    for at in 0..8 {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port on 127.0.0.1");
        let origin = format!("https://{}", listener.local_addr().expect("an address"));
        let client = client(&origin, LoginWay::Basic).expect("usable settings");
        let mut all = calls(&client);
        // Under Basic a login is no request of its own.
        all.retain(|(name, _)| *name != "login");
        all.extend(looks(&origin));
        if at >= all.len() {
            continue;
        }
        let (name, mut running) = all.swap_remove(at);
        let mut stream = tokio::select! {
            () = &mut running => panic!("{name}: nobody has answered"),
            stream = accepted(&listener) => stream,
        };
        let mut hello = [0; 4096];
        let begun = async { assert!(stream.read(&mut hello).await.expect("a handshake begins") > 0) };
        tokio::select! {
            () = &mut running => panic!("{name}: nobody has answered"),
            () = begun => {}
        }
        drop(running);
        let given_up = Instant::now();
        let ended = timeout(LIMIT, async { while stream.read(&mut hello).await.is_ok_and(|read| read > 0) {} }).await;
        assert!(ended.is_ok(), "{name}: the connection is closed");
        took.push(given_up.elapsed());
    }
    expect_soon(took);
}

#[tokio::test]
async fn every_kind_of_call_is_gone_at_once_while_nobody_accepts_it() {
    // A queue that is full answers nothing: the connection is neither made nor refused.
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind("127.0.0.1:0".parse().expect("an address")).expect("a port on 127.0.0.1");
    let listener = socket.listen(1).expect("a queue of one");
    let address = listener.local_addr().expect("an address");
    let mut queue = Vec::new();
    while let Ok(Ok(stream)) = timeout(SOON * 3, TcpStream::connect(address)).await {
        queue.push(stream);
    }
    let origin = format!("http://{address}");
    let client = client(&origin, LoginWay::Token).expect("usable settings");
    let mut all = calls(&client);
    all.extend(looks(&origin));
    for (name, running) in all {
        assert!(timeout(SOON, running).await.is_err(), "{name}: nobody accepts it");
        // Nothing is left that a runtime would have to wait for: the next call finds the same queue, and the same end.
    }
    drop(queue);
    let (stream, _) = listener.accept().await.expect("those who waited in the queue");
    drop(stream);
}
