//! A certificate as an administrator compares it.

use rustls_pki_types::CertificateDer;
use sha2::{Digest, Sha256};
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;
use x509_parser::public_key::PublicKey;
use x509_parser::time::ASN1Time;

use crate::domain::test_report::CertificateFacts;
use crate::domain::time::Timestamp;
use crate::text::sentence;

/// Longest name that is shown; the rest says nothing to a person.
const LONGEST_NAME: usize = 400;

/// Shortest RSA key whose signatures are checked at all: a shorter one would fail the handshake under any policy.
const SHORTEST_RSA_BITS: usize = 2048;

/// SHA-256 of a certificate's DER bytes.
pub(super) fn fingerprint(certificate: &CertificateDer<'_>) -> [u8; 32] {
    Sha256::digest(certificate).into()
}

/// Reads what can be read; a certificate that cannot be parsed still has a fingerprint.
pub(super) fn describe(certificate: &CertificateDer<'_>, objection: Option<String>) -> CertificateFacts {
    let parsed = X509Certificate::from_der(certificate).ok().map(|(_, parsed)| parsed);
    let parsed = parsed.as_ref();
    CertificateFacts {
        sha256: hexadecimal(&fingerprint(certificate)),
        subject: parsed.map(|parsed| sentence(&parsed.subject().to_string(), LONGEST_NAME)).unwrap_or_default(),
        issuer: parsed.map(|parsed| sentence(&parsed.issuer().to_string(), LONGEST_NAME)).unwrap_or_default(),
        not_before: parsed.map(|parsed| instant(parsed.validity().not_before)),
        not_after: parsed.map(|parsed| instant(parsed.validity().not_after)),
        objection,
    }
}

/// Whether anybody with a budget could forge what this key signs.
pub(super) fn has_weak_key(certificate: &CertificateDer<'_>) -> bool {
    let Ok((_, parsed)) = X509Certificate::from_der(certificate) else { return false };
    match parsed.public_key().parsed() {
        Ok(PublicKey::RSA(key)) => key.key_size() < SHORTEST_RSA_BITS,
        _ => false,
    }
}

/// Lower-case hexadecimal without separators.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

fn instant(time: ASN1Time) -> Timestamp {
    Timestamp(time.timestamp().saturating_mul(1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_certificate_still_has_a_fingerprint() {
        let facts = describe(&CertificateDer::from(b"nonsense".to_vec()), None);
        assert_eq!(facts.sha256.len(), 64);
        assert_eq!(facts.not_after, None, "an unreadable date is unknown, not zero");
    }
}
