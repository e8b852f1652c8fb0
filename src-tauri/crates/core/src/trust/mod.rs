//! Whom TLS trusts: the system, a CA file, or one pinned certificate.

mod facts;
mod verifier;

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::CertificateDer;

use crate::domain::connection::CertificatePolicy;
use crate::domain::problem::{Problem, ProblemCode};
use verifier::{PolicyVerifier, Rule};

pub(crate) use verifier::Sight;

/// What a TLS connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To talk to a server that the policy trusts.
    Use,
    /// To see the certificate: the handshake is always given up once it was shown, so nothing can be sent after it.
    Look,
}

/// TLS by a policy. [`ProblemCode::BadArgument`] if the CA file cannot be used or the pin is not a SHA-256.
pub(crate) fn client_config(policy: &CertificatePolicy, purpose: Purpose) -> Result<ClientConfig, Problem> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let rule = match policy {
        CertificatePolicy::System => system_authorities(&provider),
        CertificatePolicy::CaFile { path } => Rule::Authorities(file_authorities(path, &provider)?),
        CertificatePolicy::Pinned { sha256, accept_expired, leaf } => {
            Rule::Pinned { sha256: parse_fingerprint(sha256)?, accept_expired: *accept_expired, leaf: leaf.clone() }
        }
    };
    let verifier = PolicyVerifier { rule, provider: Arc::clone(&provider), only_look: purpose == Purpose::Look };
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| Problem::because(ProblemCode::Internal, error.to_string()))?;
    Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
}

/// The fingerprint in the form in which it is kept: 64 lower-case hexadecimal digits. Accepts upper case and the colons
/// and spaces of other tools; [`ProblemCode::BadArgument`] (`fingerprint`) for anything else.
pub fn normalise_fingerprint(typed: &str) -> Result<String, Problem> {
    parse_fingerprint(typed).map(|bytes| facts::hexadecimal(&bytes))
}

fn parse_fingerprint(typed: &str) -> Result<[u8; 32], Problem> {
    let invalid = || Problem::because(ProblemCode::BadArgument, "fingerprint");
    let mut bytes = [0; 32];
    let mut digits = typed.chars().filter(|c| !matches!(c, ':' | ' '));
    for byte in &mut bytes {
        for _ in 0..2 {
            let digit = digits.next().and_then(|c| c.to_digit(16)).ok_or_else(invalid)?;
            *byte = *byte << 4 | u8::try_from(digit).map_err(|_| invalid())?;
        }
    }
    if digits.next().is_some() {
        return Err(invalid());
    }
    Ok(bytes)
}

fn system_authorities(provider: &Arc<CryptoProvider>) -> Rule {
    match rustls_platform_verifier::Verifier::new(Arc::clone(provider)) {
        Ok(system) => Rule::Authorities(Arc::new(system)),
        Err(error) => {
            tracing::warn!(%error, "the system's authorities cannot be used");
            Rule::NoAuthorities
        }
    }
}

/// The authorities of a PEM file and no others.
fn file_authorities(path: &str, provider: &Arc<CryptoProvider>) -> Result<Arc<WebPkiServerVerifier>, Problem> {
    let invalid = |reason: String| Problem::because(ProblemCode::BadArgument, format!("ca_file: {reason}"));
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path).map_err(|error| invalid(error.to_string()))? {
        let certificate = certificate.map_err(|error| invalid(error.to_string()))?;
        roots.add(certificate).map_err(|error| invalid(error.to_string()))?;
    }
    if roots.is_empty() {
        return Err(invalid("no certificate in it".to_owned()));
    }
    WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider))
        .build()
        .map_err(|error| invalid(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIN: &str = "00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff";

    #[test]
    fn a_fingerprint_is_taken_as_other_tools_print_it() {
        let upper = PIN.to_uppercase();
        let colons = upper.as_bytes().chunks(2).map(|pair| String::from_utf8_lossy(pair).into_owned());
        let typed = colons.collect::<Vec<_>>().join(":");
        assert_eq!(normalise_fingerprint(&typed).expect("openssl's form"), PIN);
    }

    #[test]
    fn what_is_no_sha256_is_refused() {
        for typed in ["", "00", &PIN[1..], &format!("{PIN}0"), &PIN.replace("ff", "gg"), &"é".repeat(64)] {
            let problem = normalise_fingerprint(typed).expect_err("no SHA-256");
            assert_eq!(problem.code, ProblemCode::BadArgument, "{typed:?}");
        }
    }

    #[test]
    fn a_ca_file_that_cannot_be_used_says_why() {
        let missing = CertificatePolicy::CaFile { path: "/nonexistent/ca.pem".to_owned() };
        let problem = client_config(&missing, Purpose::Use).expect_err("no such file");
        assert_eq!(problem.code, ProblemCode::BadArgument);
        let empty = tempfile::NamedTempFile::new().expect("temporary file");
        let empty = CertificatePolicy::CaFile { path: empty.path().to_string_lossy().into_owned() };
        let problem = client_config(&empty, Purpose::Use).expect_err("nothing in it");
        assert_eq!(problem.facts.reason.as_deref(), Some("ca_file: no certificate in it"));
    }
}
