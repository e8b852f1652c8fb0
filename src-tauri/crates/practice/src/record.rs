//! What the practice platform remembers of the requests it got, for tests that prove what a client did not do.

use std::collections::VecDeque;

/// The most requests that are remembered.
const KEPT: usize = 10_000;

/// Which of the two addresses was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// The system administrators' site.
    Admin,
    /// The organization users' site.
    Organization,
}

/// What kind of credential a request carried; never the credential itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// None, or one of an unknown scheme.
    None,
    /// `Authorization: Basic`.
    Basic,
    /// `Authorization: Bearer`.
    Bearer,
    /// The token endpoint with a password.
    PasswordGrant,
    /// The token endpoint with a refresh token.
    RefreshGrant,
}

/// One request and the status of its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedRequest {
    /// The site asked.
    pub site: Site,
    /// Method, as sent.
    pub method: String,
    /// Path and query, as sent.
    pub path: String,
    /// Kind of credential.
    pub credential: Credential,
    /// Status of the answer.
    pub status: u16,
    /// The body of a PATCH, its first 1,024 characters; of nothing else, so that no password is kept.
    pub body: Option<String>,
}

/// A bounded memory of requests.
#[derive(Debug, Default)]
pub(crate) struct Recorder {
    requests: VecDeque<RecordedRequest>,
    pub(crate) total: u64,
}

impl Recorder {
    pub(crate) fn push(&mut self, request: RecordedRequest) {
        if self.requests.len() == KEPT {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
        self.total += 1;
    }

    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        self.requests.iter().cloned().collect()
    }
}
