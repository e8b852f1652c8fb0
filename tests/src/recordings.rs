//! The recorded exchanges with a real platform, in `tests/fixtures/platform`.

use std::path::Path;

use serde::Deserialize;

use crate::fault_server::{message, Act};

/// What the platform answered.
#[derive(Debug, Clone, Deserialize)]
pub struct RecordedResponse {
    /// HTTP status.
    pub status: u16,
    /// The headers that matter.
    pub headers: std::collections::BTreeMap<String, String>,
    /// Body as sent.
    pub body: String,
}

#[derive(Deserialize)]
struct Recording {
    response: RecordedResponse,
}

/// The answer of the recording `name`.
pub fn response(name: &str) -> std::io::Result<RecordedResponse> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/platform");
    let text = std::fs::read_to_string(folder.join(format!("{name}.json")))?;
    let recording: Recording = serde_json::from_str(&text)?;
    Ok(recording.response)
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
