//! The recorded exchanges with a real platform, in `tests/fixtures/platform`; the README there says how to read one.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::fault_server::{message, Act};

/// The address that was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordedSite {
    /// The system administrators' site.
    Admin,
    /// The same behind a TLS proxy.
    AdminTls,
    /// The organization users' site.
    Organization,
}

/// What was asked.
#[derive(Debug, Clone, Deserialize)]
pub struct RecordedRequest {
    /// Method.
    pub method: String,
    /// Path with query.
    pub path: String,
    /// Headers; none for one that was removed on purpose.
    #[serde(default)]
    pub headers: BTreeMap<String, Option<String>>,
    /// `user:password` of a Basic login.
    pub basic: Option<String>,
    /// Body; that of the token endpoint before it is encoded as a form.
    pub body: Option<String>,
}

/// What the platform answered.
#[derive(Debug, Clone, Deserialize)]
pub struct RecordedResponse {
    /// HTTP status.
    pub status: u16,
    /// The reason after the status.
    pub reason: String,
    /// The headers that matter.
    pub headers: BTreeMap<String, String>,
    /// Body as sent.
    pub body: String,
}

/// One exchange.
#[derive(Debug, Clone, Deserialize)]
pub struct Recording {
    /// The name of its file.
    pub name: String,
    /// The address asked.
    pub site: RecordedSite,
    /// What was asked.
    pub request: RecordedRequest,
    /// What was answered.
    pub response: RecordedResponse,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/platform")
}

/// The recording `name`.
pub fn recording(name: &str) -> io::Result<Recording> {
    let text = std::fs::read_to_string(folder().join(format!("{name}.json")))?;
    Ok(serde_json::from_str(&text)?)
}

/// The answer of the recording `name`.
pub fn response(name: &str) -> io::Result<RecordedResponse> {
    recording(name).map(|recording| recording.response)
}

/// The names of all recordings, sorted.
pub fn names() -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder())? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            names.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    names.sort_unstable();
    Ok(names)
}

impl RecordedResponse {
    /// The answer, byte for byte where it matters.
    pub fn act(&self) -> Act {
        let headers: Vec<_> = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let bytes = message(self.status, &headers, &self.body);
        let closes = self.headers.get("Connection").is_some_and(|value| value == "close");
        if closes {
            Act::SendAndClose(bytes)
        } else {
            Act::Send(bytes)
        }
    }
}
