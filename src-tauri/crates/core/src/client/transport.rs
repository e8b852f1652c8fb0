//! One exchange with the platform: limits, no redirect, no proxy unless chosen, no retry.

use std::sync::Arc;
use std::time::Duration;

use hyper::body::Bytes;
use reqwest::header::{HeaderMap, HeaderValue, ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Method, StatusCode};
use secrecy::zeroize::Zeroizing;
use tokio::time::{timeout_at, Instant};
use url::Url;

use super::failure::{self, Stage};
use super::names::Names;
use super::peers::{Move, Peers};
use super::site::Way;
use super::{proxy, Limits};
use crate::domain::address::Address;
use crate::domain::connection::{CertificatePolicy, ProxyPolicy};
use crate::domain::problem::{Problem, ProblemCode};
use crate::log::Scrubber;
use crate::trust::{self, Purpose};

/// Room for an answer of unknown length, bytes.
const USUAL_ANSWER: u64 = 16 * 1024;
const USER_AGENT: &str = concat!("ita-maintenance/", env!("CARGO_PKG_VERSION"));

/// Sends requests to one origin.
#[derive(Debug)]
pub(super) struct Transport {
    origin: Url,
    /// Reads share connections.
    reading: reqwest::Client,
    /// What must not be repeated gets a connection of its own: an idle one that the server is just closing would leave
    /// its outcome unknown.
    writing: reqwest::Client,
    limits: Limits,
    /// Where nothing else says which machine answers: plain http without a proxy in between.
    peers: Option<Peers>,
    /// Takes our own secrets out of what a server says: some answer with the request that they did not like.
    pub(super) scrubber: Scrubber,
}

/// A request.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) path: &'static str,
    /// Marked sensitive by who makes it.
    pub(super) authorization: Option<HeaderValue>,
    pub(super) body: Option<Payload>,
    /// Time limit of the whole exchange.
    pub(super) whole: Duration,
    /// Size limit of the answer, bytes after decompression.
    pub(super) cap: u64,
}

/// The body of a request. Not `Debug`: a login form holds the password.
pub(super) struct Payload {
    pub(super) content_type: &'static str,
    pub(super) content: Bytes,
}

impl std::fmt::Debug for Payload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.content_type, self.content.len())
    }
}

/// The facts of an exchange, for its answer or its problem.
#[derive(Debug, Clone)]
pub(super) struct Trace {
    method: Method,
    path: &'static str,
    started: Instant,
    attempts: u32,
    scrubber: Scrubber,
}

impl Trace {
    pub(super) fn start(method: Method, path: &'static str) -> Self {
        Self { method, path, started: Instant::now(), attempts: 0, scrubber: Scrubber::default() }
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Knows the secrets of whoever asks.
    pub(super) fn scrubber(&self) -> &Scrubber {
        &self.scrubber
    }

    fn failed(&self, problem: Problem, left: bool) -> Failure {
        let problem = self.explain(problem);
        tracing::info!(method = %self.method, path = self.path, elapsed = ?self.elapsed(), %problem, "no answer");
        Failure { problem, left }
    }

    /// A success is of interest only to whoever watches.
    fn log(&self, status: StatusCode) {
        let (method, path, elapsed) = (&self.method, self.path, self.elapsed());
        if status.is_success() {
            tracing::debug!(%method, path, status = status.as_u16(), ?elapsed, "answered");
        } else {
            tracing::info!(%method, path, status = status.as_u16(), ?elapsed, "answered");
        }
    }

    /// Adds the facts to a problem. A parser's reason may quote what it could not read.
    pub(super) fn explain(&self, mut problem: Problem) -> Problem {
        let facts = &mut problem.facts;
        facts.reason = facts.reason.as_deref().map(|reason| self.scrubber.without_known(reason).into_owned());
        facts.method = Some(self.method.to_string());
        facts.path = Some(self.path.to_owned());
        facts.attempts = Some(self.attempts);
        facts.elapsed_ms = u64::try_from(self.elapsed().as_millis()).ok();
        problem
    }
}

/// A problem, and whether the request may have reached the platform.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) problem: Problem,
    /// Part of it may have left this machine.
    pub(super) left: bool,
}

impl Failure {
    /// Failed before anything was sent.
    pub(super) fn before(problem: Problem) -> Self {
        Self { problem, left: false }
    }
}

impl Transport {
    /// By `way`, whose origin is `address`.
    pub(super) fn new(address: &Address, way: &Way, purpose: Purpose) -> Result<Self, Problem> {
        let Way { certificate, proxy, limits, resolver, .. } = way;
        let origin = Url::parse(&address.origin).map_err(internal)?;
        // Plain http needs no authorities, and loading them is slow; an empty pin trusts nobody.
        let nobody = CertificatePolicy::Pinned { sha256: "0".repeat(64), accept_expired: false, leaf: None };
        let tls = trust::client_config(if origin.scheme() == "https" { certificate } else { &nobody }, purpose)?;
        let build = |idle_connections: usize| {
            let mut builder = reqwest::Client::builder()
                .tls_backend_preconfigured(tls.clone())
                .user_agent(USER_AGENT)
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .referer(false)
                // What was measured is HTTP/1.1, and there is one long request at a time.
                .http1_only()
                .https_only(origin.scheme() == "https")
                .connect_timeout(limits.connect)
                .pool_max_idle_per_host(idle_connections);
            if let Some(resolver) = resolver {
                builder = builder.dns_resolver(Arc::new(Names(Arc::clone(resolver))));
            }
            proxy::apply(builder, proxy, &origin)?.build().map_err(internal)
        };
        let is_unproven = origin.scheme() == "http" && *proxy == ProxyPolicy::None;
        let peers = is_unproven.then(Peers::default);
        Ok(Self {
            reading: build(1)?,
            writing: build(0)?,
            origin,
            limits: *limits,
            peers,
            scrubber: Scrubber::default(),
        })
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(super) fn moved(&self) -> Option<Move> {
        self.peers.as_ref()?.moved()
    }

    /// Sends a request once and waits for the head of its answer, whatever its status.
    pub(super) async fn send(&self, call: &Call, trace: &mut Trace) -> Result<Reply, Failure> {
        trace.attempts += 1;
        trace.scrubber = self.scrubber.clone();
        let now = Instant::now();
        let deadline = now + call.whole;
        let head = deadline.min(now + self.limits.first_byte);
        match timeout_at(head, self.request(call).send()).await {
            Ok(Ok(response)) => {
                if let (Some(peers), Some(peer)) = (&self.peers, response.remote_addr()) {
                    peers.answered(peer.ip());
                }
                trace.log(response.status());
                let (silence, cap) = (self.limits.silence, call.cap);
                Ok(Reply { response, trace: trace.clone(), deadline, silence, cap, received: 0 })
            }
            Ok(Err(error)) => {
                let error = error.without_url();
                let left = !failure::never_left(&error);
                Err(trace.failed(failure::explain(&error, Stage::Head), left))
            }
            Err(_) => {
                let reason = if head == deadline { "whole" } else { "first_byte" };
                Err(trace.failed(Problem::because(ProblemCode::TimedOut, reason), true))
            }
        }
    }

    /// Opens a connection and gives it up at the certificate; see [`Purpose::Look`].
    pub(super) async fn look(&self, trace: &mut Trace) -> Result<trust::Sight, Problem> {
        trace.attempts += 1;
        let limit = Instant::now() + self.limits.whole;
        match timeout_at(limit, self.writing.head(self.origin.clone()).send()).await {
            // Cannot happen: the verifier refuses everything.
            Ok(Ok(_)) => Err(trace.explain(Problem::because(ProblemCode::Internal, "handshake was not given up"))),
            Ok(Err(error)) => {
                let error = error.without_url();
                failure::sight(&error).cloned().ok_or_else(|| trace.explain(failure::explain(&error, Stage::Head)))
            }
            Err(_) => Err(trace.explain(Problem::because(ProblemCode::TimedOut, "whole"))),
        }
    }

    fn request(&self, call: &Call) -> reqwest::RequestBuilder {
        let client = if call.method == Method::GET { &self.reading } else { &self.writing };
        let mut url = self.origin.clone();
        url.set_path(call.path);
        let mut request = client.request(call.method.clone(), url).header(ACCEPT, "application/json");
        if let Some(authorization) = &call.authorization {
            request = request.header(AUTHORIZATION, authorization.clone());
        }
        if let Some(payload) = &call.body {
            // A body of known length is sent with Content-Length; the platform refuses chunks (platform-contract §2).
            request = request.header(CONTENT_TYPE, payload.content_type).body(payload.content.clone());
        }
        request
    }
}

/// An answer whose body is still on its way.
#[derive(Debug)]
pub(super) struct Reply {
    response: reqwest::Response,
    trace: Trace,
    deadline: Instant,
    silence: Duration,
    cap: u64,
    received: u64,
}

impl Reply {
    pub(super) fn status(&self) -> StatusCode {
        self.response.status()
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    pub(super) fn trace(&self) -> &Trace {
        &self.trace
    }

    /// The next piece of the body, decompressed; `None` at its end.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, Problem> {
        if let Some(announced) = self.response.content_length().filter(|length| *length > self.cap) {
            return Err(self.too_large(announced));
        }
        let silence = Instant::now() + self.silence;
        let chunk = match timeout_at(silence.min(self.deadline), self.response.chunk()).await {
            Ok(Ok(chunk)) => chunk,
            Ok(Err(error)) => return Err(self.trace.explain(failure::explain(&error.without_url(), Stage::Body))),
            Err(_) => {
                let reason = if silence < self.deadline { "silence" } else { "whole" };
                return Err(self.trace.explain(Problem::because(ProblemCode::TimedOut, reason)));
            }
        };
        if let Some(chunk) = &chunk {
            self.received = self.received.saturating_add(chunk.len() as u64);
            if self.received > self.cap {
                return Err(self.too_large(self.received));
            }
        }
        Ok(chunk)
    }

    /// The whole body. Room is made at once where its length is known: a buffer that moves leaves a copy behind, and a body
    /// may hold tokens.
    pub(super) async fn bytes(&mut self) -> Result<Vec<u8>, Problem> {
        let announced = self.response.content_length().unwrap_or(USUAL_ANSWER).min(self.cap);
        let mut bytes = Vec::with_capacity(usize::try_from(announced).unwrap_or_default());
        while let Some(chunk) = self.chunk().await? {
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    /// What has come of the body, up to `longest` bytes: for error answers, whose status says enough without it.
    pub(super) async fn excerpt(&mut self, longest: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        while bytes.len() < longest {
            match self.chunk().await {
                Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
                Ok(None) | Err(_) => break,
            }
        }
        bytes.truncate(longest);
        bytes
    }

    fn too_large(&self, actual: u64) -> Problem {
        let mut problem = Problem::new(ProblemCode::AnswerTooLarge);
        problem.facts.limit = Some(self.cap);
        problem.facts.actual = Some(actual);
        self.trace.explain(problem)
    }
}

/// Bytes that are wiped when nobody holds them any more: the HTTP stack shares them and makes no copy of its own until it
/// fills its buffer for the socket.
pub(super) fn wiped(bytes: Zeroizing<Vec<u8>>) -> Bytes {
    Bytes::from_owner(bytes)
}

fn internal(error: impl std::fmt::Display) -> Problem {
    Problem::because(ProblemCode::Internal, error.to_string())
}
