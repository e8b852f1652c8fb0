//! From what the HTTP stack reports to a problem, by the types in the error's chain.

use std::error::Error;
use std::io;

use crate::domain::problem::{Problem, ProblemCode};
use crate::trust::Sight;

/// How far an exchange had come when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// No head of an answer yet.
    Head,
    /// Within the body.
    Body,
}

/// Whether no connection was made, so that nothing of the request can have left.
pub(super) fn never_left(error: &reqwest::Error) -> bool {
    error.is_connect() || error.is_builder()
}

/// The certificate that was shown before the connection was given up.
pub(super) fn sight(error: &reqwest::Error) -> Option<&Sight> {
    chain(error).find_map(|link| match link.downcast_ref::<rustls::Error>()? {
        rustls::Error::InvalidCertificate(rustls::CertificateError::Other(other)) => other.0.downcast_ref::<Sight>(),
        _ => None,
    })
}

/// What went wrong, with a technical reason and without the address.
pub(super) fn explain(error: &reqwest::Error, stage: Stage) -> Problem {
    if let Some(problem) = sight(error).and_then(Sight::problem) {
        return problem;
    }
    let code = code(error, stage);
    if code == ProblemCode::TlsFailed && chain(error).any(is_old_tls) {
        return Problem::because(ProblemCode::TlsFailed, "tls_version");
    }
    let reason = chain(error).last().map(ToString::to_string).unwrap_or_default();
    Problem::because(code, reason)
}

/// Whether both sides could not agree on a version: the server's newest is TLS 1.1 or older.
fn is_old_tls(link: &(dyn Error + 'static)) -> bool {
    use rustls::{AlertDescription, Error as Tls, PeerIncompatible};
    matches!(
        link.downcast_ref::<Tls>(),
        Some(
            Tls::AlertReceived(AlertDescription::ProtocolVersion)
                | Tls::PeerIncompatible(PeerIncompatible::ServerDoesNotSupportTls12Or13)
        )
    )
}

fn code(error: &reqwest::Error, stage: Stage) -> ProblemCode {
    if chain(error).any(<dyn std::error::Error>::is::<rustls::Error>) {
        return ProblemCode::TlsFailed;
    }
    if error.is_timeout() {
        return ProblemCode::TimedOut;
    }
    if error.is_dns() {
        return ProblemCode::NameNotResolved;
    }
    if stage == Stage::Body {
        return ProblemCode::UnreadableAnswer;
    }
    if let Some(io) = chain(error).filter_map(|link| link.downcast_ref::<io::Error>()).last() {
        return match io.kind() {
            // The other side hung up in the middle of the handshake.
            io::ErrorKind::UnexpectedEof if error.is_connect() => ProblemCode::TlsFailed,
            kind => socket_code(kind),
        };
    }
    match chain(error).find_map(|link| link.downcast_ref::<hyper::Error>()) {
        // Something answered, and it does not speak HTTP, or not within reason (megabytes of headers).
        Some(http) if http.is_parse() => ProblemCode::NotTheApi,
        _ => ProblemCode::Unreachable,
    }
}

/// Why a socket could not be opened or broke.
pub(super) fn socket_code(kind: io::ErrorKind) -> ProblemCode {
    match kind {
        io::ErrorKind::ConnectionRefused => ProblemCode::ConnectionRefused,
        io::ErrorKind::TimedOut => ProblemCode::TimedOut,
        _ => ProblemCode::Unreachable,
    }
}

/// An error and everything beneath it. An `io::Error` hides the error that it wraps behind `get_ref`.
fn chain<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn Error + 'static)> + 'a {
    std::iter::successors(Some(error as &'a (dyn Error + 'static)), beneath)
}

fn beneath<'a>(link: &&'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    let link: &'a (dyn Error + 'static) = *link;
    match link.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => link.source(),
    }
}
