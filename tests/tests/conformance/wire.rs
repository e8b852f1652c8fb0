//! A recorded request as bytes, and the bytes of its answer. Below any HTTP client, for those tidy up what they send and
//! hide what they get.

use std::fmt::Write as _;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use acceptance::recordings::RecordedRequest;
use base64::prelude::{Engine as _, BASE64_STANDARD};
use rustls::pki_types::ServerName;
use rustls::ClientConfig;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

/// How long the platform may take for one exchange, so that a missing answer fails instead of hanging.
const LIMIT: Duration = Duration::from_secs(20);

/// What stands in a recorded request for something that was taken out of it.
#[derive(Debug, Clone)]
pub(crate) struct Blanks {
    /// For `<password>`.
    pub(crate) password: &'static str,
    /// For `<token>`.
    pub(crate) token: String,
}

impl Default for Blanks {
    fn default() -> Self {
        Self { password: "right-password", token: String::new() }
    }
}

impl Blanks {
    fn fill(&self, text: &str) -> String {
        text.replace("<password>", self.password).replace("<token>", &self.token)
    }
}

/// An answer as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) reason: String,
    /// Names in lower case, and values.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// The bytes of a recorded request. Only what HTTP demands is added: the host, and the length of a body.
pub(crate) fn request(recorded: &RecordedRequest, host: &str, blanks: &Blanks) -> Vec<u8> {
    let mut head = format!("{} {} HTTP/1.1\r\nHost: {host}\r\n", recorded.method, recorded.path);
    if let Some(login) = &recorded.basic {
        let _ = write!(head, "Authorization: Basic {}\r\n", BASE64_STANDARD.encode(login));
    }
    for (name, value) in &recorded.headers {
        if let Some(value) = value {
            let _ = write!(head, "{name}: {}\r\n", blanks.fill(value));
        }
    }
    let mut body = recorded.body.clone().unwrap_or_default();
    if recorded.path.ends_with("/openid-connect/token") {
        head.push_str("Content-Type: application/x-www-form-urlencoded\r\n");
        body = form(&blanks.fill(&body));
    }
    if recorded.body.is_some() {
        let _ = write!(head, "Content-Length: {}\r\n", body.len());
    }
    format!("{head}\r\n{body}").into_bytes()
}

/// Encodes the pairs of a form.
fn form(readable: &str) -> String {
    let pairs = readable.split('&').map(|pair| pair.split_once('=').expect("a form of pairs"));
    let url = reqwest::Url::parse_with_params("http://form", pairs).expect("an address");
    url.query().unwrap_or_default().to_owned()
}

/// Sends a request over a connection of its own, and reads its answer.
pub(crate) async fn exchange(host: &str, trust: Option<ClientConfig>, request: &[u8]) -> io::Result<Answer> {
    let talk = async {
        let stream = TcpStream::connect(host).await?;
        match trust {
            None => talk(stream, request).await,
            Some(config) => {
                let name = ServerName::try_from("127.0.0.1").map_err(io::Error::other)?;
                talk(TlsConnector::from(Arc::new(config)).connect(name, stream).await?, request).await
            }
        }
    };
    timeout(LIMIT, talk).await?
}

async fn talk(mut stream: impl AsyncRead + AsyncWrite + Unpin, request: &[u8]) -> io::Result<Answer> {
    stream.write_all(request).await?;
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        more(&mut stream, &mut bytes).await?;
    };
    let mut answer = head(&String::from_utf8_lossy(&bytes[..end])).ok_or(io::ErrorKind::InvalidData)?;
    let length = answer.header("content-length").and_then(|length| length.parse().ok());
    // An answer to HEAD tells the length of a body that does not come.
    let length = if request.starts_with(b"HEAD ") { 0 } else { length.ok_or(io::ErrorKind::InvalidData)? };
    while bytes.len() < end + length {
        more(&mut stream, &mut bytes).await?;
    }
    if answer.header("connection") == Some("close") {
        // What is announced must happen, or a client waits for nothing.
        stream.read_to_end(&mut bytes).await?;
    }
    answer.body = String::from_utf8(bytes.split_off(end)).map_err(io::Error::other)?;
    Ok(answer)
}

async fn more(stream: &mut (impl AsyncRead + Unpin), bytes: &mut Vec<u8>) -> io::Result<()> {
    match stream.read_buf(bytes).await? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(()),
    }
}

fn head(text: &str) -> Option<Answer> {
    let mut lines = text.lines();
    let (status, reason) = lines.next()?.strip_prefix("HTTP/1.1 ")?.split_once(' ')?;
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    Some(Answer { status: status.parse().ok()?, reason: reason.to_owned(), headers, body: String::new() })
}
