//! A server below HTTP: it sends the bytes a test gives it, however wrong, and records every request it saw.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// A request as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Which connection, from 0.
    pub connection: usize,
    /// Method.
    pub method: String,
    /// Path with query.
    pub path: String,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: String,
}

impl Seen {
    /// The value of a header, if it was sent once or more.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The request is one to the token endpoint.
    pub fn is_token(&self) -> bool {
        self.path.ends_with("/openid-connect/token")
    }
}

/// What the server does with a request.
#[derive(Debug, Clone)]
pub enum Act {
    /// Sends bytes and waits for the next request.
    Send(Vec<u8>),
    /// Sends bytes and closes.
    SendAndClose(Vec<u8>),
    /// Sends bytes piece by piece with a pause before each, then closes.
    Drip(Vec<Vec<u8>>, Duration),
    /// Sends bytes, then the same piece for ever.
    Flood(Vec<u8>, Vec<u8>),
    /// Sends bytes, then nothing more, and keeps the connection open.
    SendAndHang(Vec<u8>),
    /// Waits until it is let go, then sends bytes.
    SendWhen(watch::Receiver<bool>, Vec<u8>),
    /// Closes without an answer.
    Close,
    /// Sends bytes, then breaks the connection with a reset.
    Reset(Vec<u8>),
}

impl Act {
    /// Never answers.
    pub fn hang() -> Self {
        Self::SendAndHang(Vec::new())
    }

    /// A complete answer in JSON.
    pub fn json(status: u16, body: &str) -> Self {
        Self::answer(status, &[("Content-Type", "application/json")], body)
    }

    /// A complete answer in HTML.
    pub fn html(status: u16, body: &str) -> Self {
        Self::answer(status, &[("Content-Type", "text/html; charset=iso-8859-1")], body)
    }

    /// A complete answer.
    pub fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        Self::Send(message(status, headers, body))
    }
}

/// The bytes of a complete answer with its Content-Length.
pub fn message(status: u16, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        let _ = write!(text, "{name}: {value}\r\n");
    }
    format!("{text}\r\n{body}").into_bytes()
}

/// A success envelope around `data`.
pub fn envelope(data: &str) -> String {
    format!(r#"{{"data":{data},"message":"SUCCESS","result":"000-00000","ts":"2026-11-22T10:13:05.568Z"}}"#)
}

/// A grant of the token endpoint.
pub fn grant(access: &str, refresh: &str, refresh_expires_in: u64) -> Act {
    Act::json(
        200,
        &format!(
            r#"{{"access_token":"{access}","expires_in":86400,"refresh_expires_in":{refresh_expires_in},"refresh_token":"{refresh}","token_type":"Bearer"}}"#
        ),
    )
}

/// A server on this machine. Stops when it is dropped.
#[derive(Debug)]
pub struct FaultServer {
    /// `http://ADDRESS:PORT`.
    pub origin: String,
    log: Arc<Mutex<Vec<Seen>>>,
    /// Connections that were opened and have ended.
    ended: watch::Receiver<BTreeSet<usize>>,
    task: JoinHandle<()>,
}

impl FaultServer {
    /// Asks `script` what to do with each request.
    pub async fn start(script: impl Fn(&Seen) -> Act + Send + Sync + 'static) -> io::Result<Self> {
        Self::start_on(Ipv4Addr::LOCALHOST, script).await
    }

    /// The same on another address of this machine, `127.x.y.z`.
    pub async fn start_on(
        address: Ipv4Addr,
        script: impl Fn(&Seen) -> Act + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((address, 0)).await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let log: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let (script, shared) = (Arc::new(script), Arc::clone(&log));
        let (counter, ended) = watch::channel(BTreeSet::new());
        let counter = Arc::new(counter);
        let task = tokio::spawn(async move {
            // They end with the server.
            let mut connections = JoinSet::new();
            for connection in 0.. {
                while connections.try_join_next().is_some() {}
                let Ok((mut stream, _)) = listener.accept().await else { return };
                let (script, log, counter) = (Arc::clone(&script), Arc::clone(&shared), Arc::clone(&counter));
                connections.spawn(async move {
                    // A client that hangs up is what tests are about.
                    let ended = serve(&mut stream, connection, &*script, &log).await;
                    if ended.is_err_and(|error| error.kind() == io::ErrorKind::ConnectionReset) {
                        let _ = stream.set_zero_linger();
                    }
                    drop(stream);
                    counter.send_modify(|ended| ended.extend([connection]));
                });
            }
        });
        Ok(Self { origin, log, ended, task })
    }

    /// Waits until so many connections have ended.
    pub async fn ended(&self, connections: usize) {
        // An error would mean that the server is gone, and every connection with it.
        let _ = self.ended.clone().wait_for(|ended| ended.len() >= connections).await;
    }

    /// Whether a connection has ended.
    pub fn has_ended(&self, connection: usize) -> bool {
        self.ended.borrow().contains(&connection)
    }

    /// Every request so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Serves one connection until it is closed by either side.
pub(crate) async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    connection: usize,
    script: &(impl Fn(&Seen) -> Act + ?Sized),
    log: &Mutex<Vec<Seen>>,
) -> io::Result<()> {
    let mut pending = Vec::new();
    while let Some(seen) = read_request(&mut stream, &mut pending, connection).await? {
        log.lock().unwrap_or_else(PoisonError::into_inner).push(seen.clone());
        match script(&seen) {
            Act::Send(bytes) => stream.write_all(&bytes).await?,
            Act::SendAndClose(bytes) => {
                stream.write_all(&bytes).await?;
                return stream.shutdown().await;
            }
            Act::Drip(pieces, pause) => {
                for piece in pieces {
                    // The slowness is the fault itself.
                    tokio::time::sleep(pause).await;
                    stream.write_all(&piece).await?;
                }
                return stream.shutdown().await;
            }
            Act::Flood(bytes, piece) => {
                stream.write_all(&bytes).await?;
                loop {
                    stream.write_all(&piece).await?;
                }
            }
            Act::SendAndHang(bytes) => {
                stream.write_all(&bytes).await?;
                // Until the client hangs up.
                let _ = stream.read(&mut [0]).await?;
                return Ok(());
            }
            Act::SendWhen(mut go, bytes) => {
                // An error would mean that the test is over.
                let _ = go.wait_for(|go| *go).await;
                stream.write_all(&bytes).await?;
            }
            Act::Close => return stream.shutdown().await,
            Act::Reset(bytes) => {
                stream.write_all(&bytes).await?;
                return Err(io::ErrorKind::ConnectionReset.into());
            }
        }
    }
    Ok(())
}

/// First byte of a TLS connection; a web server without TLS answers it in the clear.
const TLS_HANDSHAKE: u8 = 0x16;

async fn read_request(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    pending: &mut Vec<u8>,
    connection: usize,
) -> io::Result<Option<Seen>> {
    let head_length = loop {
        if let Some(at) = pending.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        if stream.read_buf(pending).await? == 0 {
            return Ok(None);
        }
        if pending.first() == Some(&TLS_HANDSHAKE) {
            stream.write_all(&message(400, &[], "")).await?;
            return Ok(None);
        }
    };
    let head = String::from_utf8_lossy(&pending[..head_length]).into_owned();
    let mut lines = head.lines();
    let mut first = lines.next().unwrap_or_default().split(' ').map(str::to_owned);
    let headers: Vec<_> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
    let end = head_length + length.unwrap_or(0_usize);
    while pending.len() < end {
        if stream.read_buf(pending).await? == 0 {
            return Ok(None);
        }
    }
    let body = String::from_utf8_lossy(&pending[head_length..end]).into_owned();
    pending.drain(..end);
    let (method, path) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
    Ok(Some(Seen { connection, method, path, headers, body }))
}
