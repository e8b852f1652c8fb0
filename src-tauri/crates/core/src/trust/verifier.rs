//! The verifier behind every TLS connection. It remembers what the server showed inside the error, so that a refusal
//! carries the certificate without any shared state.

use std::fmt;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{verify_tls12_signature, verify_tls13_signature, CryptoProvider};
use rustls::{CertificateError, DigitallySignedStruct, Error, OtherError, SignatureScheme};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};

use super::facts::{describe, fingerprint, has_weak_key, hexadecimal};
use crate::domain::connection::PinnedLeaf;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::test_report::CertificateFacts;

/// How a certificate is judged.
#[derive(Debug)]
pub(super) enum Rule {
    /// By chain, name and dates.
    Authorities(Arc<dyn ServerCertVerifier>),
    /// The system has no authorities at all, so nothing can be trusted.
    NoAuthorities,
    /// By the SHA-256 of the leaf, and its dates unless the user consented to them.
    Pinned {
        /// The pin.
        sha256: [u8; 32],
        /// Dates do not matter.
        accept_expired: bool,
        /// What the pinned certificate said of itself; for showing only.
        leaf: Option<PinnedLeaf>,
    },
}

/// What a verifier saw and thought. Travels as the source of the TLS error.
#[derive(Debug, Clone)]
pub(crate) struct Sight {
    /// What the server showed.
    pub(crate) certificate: CertificateFacts,
    /// Why it is refused; `None` if it was only looked at.
    pub(crate) refusal: Option<Refusal>,
}

/// Why a certificate is refused.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    code: ProblemCode,
    expected_sha256: Option<String>,
    expected_leaf: Option<PinnedLeaf>,
}

impl Sight {
    /// The refusal as a problem, if the certificate is refused.
    pub(crate) fn problem(&self) -> Option<Problem> {
        let refusal = self.refusal.as_ref()?;
        let mut problem = Problem::new(refusal.code);
        problem.facts.reason.clone_from(&self.certificate.objection);
        problem.facts.certificate = Some(self.certificate.clone());
        problem.facts.expected_sha256.clone_from(&refusal.expected_sha256);
        problem.facts.expected_leaf.clone_from(&refusal.expected_leaf);
        Some(problem)
    }
}

impl fmt::Display for Sight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let objection = self.certificate.objection.as_deref().unwrap_or("none");
        write!(f, "certificate {} (objection: {objection})", self.certificate.sha256)
    }
}

impl std::error::Error for Sight {}

/// Judges by a rule; or only looks, and then refuses whatever it saw, so that nothing can be sent.
#[derive(Debug)]
pub(super) struct PolicyVerifier {
    pub(super) rule: Rule,
    pub(super) provider: Arc<CryptoProvider>,
    pub(super) only_look: bool,
}

impl PolicyVerifier {
    fn judge(
        &self,
        leaf: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Sight {
        match &self.rule {
            Rule::Pinned { sha256, leaf: known, .. } if fingerprint(leaf) != *sha256 => {
                changed(leaf, sha256, known.as_ref())
            }
            // Before every other objection: no policy can make a key strong, so nobody should be led to pin it.
            _ if has_weak_key(leaf) => untrusted(leaf, "WeakKey".to_owned()),
            Rule::Authorities(authorities) => {
                match authorities.verify_server_cert(leaf, intermediates, name, &[], now) {
                    Ok(_) => accepted(leaf),
                    Err(error) => untrusted(leaf, term(&error)),
                }
            }
            Rule::NoAuthorities => untrusted(leaf, "NoSystemAuthorities".to_owned()),
            Rule::Pinned { accept_expired: true, .. } => accepted(leaf),
            Rule::Pinned { .. } => judge_dates(leaf, now),
        }
    }
}

fn changed(leaf: &CertificateDer<'_>, pin: &[u8; 32], known: Option<&PinnedLeaf>) -> Sight {
    let refusal = Refusal {
        code: ProblemCode::CertificateChanged,
        expected_sha256: Some(hexadecimal(pin)),
        expected_leaf: known.cloned(),
    };
    Sight { certificate: describe(leaf, Some("FingerprintDiffers".to_owned())), refusal: Some(refusal) }
}

fn judge_dates(leaf: &CertificateDer<'_>, now: UnixTime) -> Sight {
    let sight = accepted(leaf);
    let now_ms = i64::try_from(now.as_secs()).unwrap_or(i64::MAX).saturating_mul(1000);
    match (sight.certificate.not_before, sight.certificate.not_after) {
        (Some(from), _) if now_ms < from.0 => untrusted(leaf, "NotValidYet".to_owned()),
        (_, Some(until)) if now_ms > until.0 => untrusted(leaf, "Expired".to_owned()),
        (Some(_), Some(_)) => sight,
        // Dates that cannot be read cannot be checked.
        _ => untrusted(leaf, "BadEncoding".to_owned()),
    }
}

fn accepted(leaf: &CertificateDer<'_>) -> Sight {
    Sight { certificate: describe(leaf, None), refusal: None }
}

fn untrusted(leaf: &CertificateDer<'_>, objection: String) -> Sight {
    let refusal = Refusal { code: ProblemCode::CertificateUntrusted, expected_sha256: None, expected_leaf: None };
    Sight { certificate: describe(leaf, Some(objection)), refusal: Some(refusal) }
}

/// The objection as one technical term, the same on every system where rustls names it.
fn term(error: &Error) -> String {
    const LONGEST: usize = 120;
    let Error::InvalidCertificate(error) = error else { return cut(&error.to_string(), LONGEST) };
    let known = match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "Expired",
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => "NotValidYet",
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => "NotValidForName",
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => "InvalidPurpose",
        CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => "UnsupportedSignatureAlgorithm",
        CertificateError::Other(OtherError(inner)) => return cut(&format!("{inner:?}"), LONGEST),
        other => return cut(&format!("{other:?}"), LONGEST),
    };
    known.to_owned()
}

fn cut(text: &str, longest: usize) -> String {
    text.chars().take(longest).collect()
}

impl ServerCertVerifier for PolicyVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let sight = self.judge(end_entity, intermediates, server_name, now);
        if sight.refusal.is_none() && !self.only_look {
            return Ok(ServerCertVerified::assertion());
        }
        Err(Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(sight)))))
    }

    // A pin replaces chain, name and authority, never the proof that the server holds the key.
    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
