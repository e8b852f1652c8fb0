//! The token endpoint (platform-contract §6).

use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::{Method, StatusCode};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::time::Instant;
use url::form_urlencoded::Serializer;

use super::sensitive;
use crate::client::envelope;
use crate::client::transport::{wiped, Call, Payload, Reply, Trace, Transport};
use crate::domain::problem::{Problem, ProblemCode};
use crate::log::Cover;

const PATH: &str = "/auth/realms/master/protocol/openid-connect/token";
const CLIENT: &str = "_platform-api";
/// An access token is renewed this long before it ends, or at half of a shorter life.
const MARGIN: Duration = Duration::from_secs(30);

/// A granted token.
#[derive(Debug)]
pub(super) struct Token {
    access: SecretString,
    refresh: Option<SecretString>,
    /// From when on the next request renews it first.
    due: Option<Instant>,
    /// When the refresh token is certainly dead.
    refresh_ends: Option<Instant>,
    /// The platform answered 401 to it.
    pub(super) rejected: bool,
    /// No text that leaves the program holds it.
    _covers: Vec<Cover>,
}

impl Token {
    pub(super) fn is_due(&self) -> bool {
        self.due.is_some_and(|due| Instant::now() >= due)
    }

    pub(super) fn authorization(&self) -> Result<HeaderValue, Problem> {
        sensitive("Bearer ", self.access.expose_secret())
    }

    /// The refresh token, if it may still be alive.
    fn refreshable(&self) -> Option<&SecretString> {
        let ended = self.refresh_ends.is_some_and(|end| Instant::now() >= end);
        self.refresh.as_ref().filter(|_| !ended)
    }
}

/// Why no token was granted.
#[derive(Debug)]
pub(super) enum Denial {
    /// The platform does not offer this client: Basic may be tried.
    NotOffered(Problem),
    /// The password was refused.
    PasswordRefused(Problem),
    /// Anything else; says nothing about the password.
    Failed(Problem),
}

/// One password login.
pub(super) async fn log_in(transport: &Transport, user: &str, password: &SecretString) -> Result<Token, Denial> {
    let form = [
        ("client_id", CLIENT),
        ("grant_type", "password"),
        ("username", user),
        ("password", password.expose_secret()),
        // Without it: 500. With offline_access the token would live a year.
        ("scope", "openid"),
    ];
    let reply = ask(transport, &form).await.map_err(Denial::Failed)?;
    let mut reply = match envelope::expect_json(reply).await {
        Ok(reply) => reply,
        Err(problem) => return Err(deny(problem)),
    };
    granted(&mut reply).await.map_err(Denial::Failed)
}

/// A new token for a refresh token; `None` if there is none alive or the platform would not.
pub(super) async fn refresh(transport: &Transport, token: &Token) -> Option<Token> {
    let secret = token.refreshable()?;
    let form = [("client_id", CLIENT), ("grant_type", "refresh_token"), ("refresh_token", secret.expose_secret())];
    let reply = ask(transport, &form).await.ok()?;
    let mut reply = envelope::expect_json(reply).await.ok()?;
    granted(&mut reply).await.ok()
}

async fn ask(transport: &Transport, form: &[(&str, &str)]) -> Result<Reply, Problem> {
    let limits = transport.limits();
    // A text that grows leaves copies behind; percent-encoding at most triples it.
    let longest = form.iter().map(|(name, value)| name.len() + value.len() * 3 + 2).sum();
    let text = Serializer::new(String::with_capacity(longest)).extend_pairs(form).finish();
    let content = wiped(Zeroizing::new(text.into_bytes()));
    let call = Call {
        method: Method::POST,
        path: PATH,
        authorization: None,
        body: Some(Payload { content_type: "application/x-www-form-urlencoded", content }),
        whole: limits.whole,
        cap: limits.body,
    };
    let mut trace = Trace::start(call.method.clone(), PATH);
    transport.send(&call, &mut trace).await.map_err(|failure| failure.problem)
}

/// Which way the answer to a password login points. A second try by Basic after `invalid_grant` would be counted as a
/// second wrong password.
fn deny(mut problem: Problem) -> Denial {
    let status = problem.facts.status.and_then(|status| StatusCode::from_u16(status).ok());
    let is_client_error = status.is_some_and(|status| status.is_client_error());
    match (problem.facts.platform_result.as_deref(), status) {
        (Some("invalid_grant"), _) if is_client_error => refused(problem),
        (Some("unauthorized_client" | "invalid_client"), _) if is_client_error => {
            problem.code = ProblemCode::RefusedByPlatform;
            Denial::NotOffered(problem)
        }
        (_, Some(StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED)) => {
            Denial::NotOffered(problem)
        }
        (_, Some(StatusCode::UNAUTHORIZED)) => refused(problem),
        _ => Denial::Failed(problem),
    }
}

fn refused(mut problem: Problem) -> Denial {
    problem.code = ProblemCode::LoginRefused;
    Denial::PasswordRefused(problem)
}

/// The answer of the token endpoint.
#[derive(Deserialize)]
struct Grant {
    access_token: String,
    expires_in: Option<u64>,
    refresh_token: Option<String>,
    refresh_expires_in: Option<u64>,
}

async fn granted(reply: &mut Reply) -> Result<Token, Problem> {
    let body = Zeroizing::new(reply.bytes().await?);
    let grant: Grant = serde_json::from_slice(&body).map_err(|error| {
        // The parser's message could quote a token, so only the position is told.
        let reason = format!("line {} column {}", error.line(), error.column());
        let code = if error.is_data() { ProblemCode::IncompleteAnswer } else { ProblemCode::UnreadableAnswer };
        reply.trace().explain(Problem::because(code, reason))
    })?;
    if grant.access_token.is_empty() {
        return Err(reply.trace().explain(Problem::because(ProblemCode::IncompleteAnswer, "access_token")));
    }
    let now = Instant::now();
    let after = |seconds: u64| now.checked_add(Duration::from_secs(seconds));
    let access_due = grant.expires_in.filter(|life| *life > 0).and_then(|life| {
        let life = Duration::from_secs(life);
        now.checked_add(life.saturating_sub(MARGIN).max(life / 2))
    });
    // A life of 0 means that no end is known (platform-contract §6).
    let refresh_life = grant.refresh_expires_in.filter(|life| *life > 0 && grant.refresh_token.is_some());
    let refresh_due = refresh_life.and_then(|life| now.checked_add(Duration::from_secs(life) / 2));
    let scrubber = reply.trace().scrubber();
    let covers = [Some(&grant.access_token), grant.refresh_token.as_ref()];
    Ok(Token {
        _covers: covers.into_iter().flatten().map(|secret| scrubber.cover(secret)).collect(),
        access: grant.access_token.into(),
        refresh: grant.refresh_token.map(SecretString::from),
        due: [access_due, refresh_due].into_iter().flatten().min(),
        refresh_ends: refresh_life.and_then(after),
        rejected: false,
    })
}
