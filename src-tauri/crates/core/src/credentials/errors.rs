//! What the keyring's errors mean to a user.

use keyring::Error;

use crate::domain::problem::{Problem, ProblemCode};

/// The problem behind a keyring error. Errors that carry the stored bytes are told without them.
pub(super) fn problem(error: &Error) -> Problem {
    match error {
        Error::NoStorageAccess(cause) => Problem::because(ProblemCode::KeyringLocked, cause.to_string()),
        Error::TooLong(_, longest) => {
            let mut problem = Problem::new(ProblemCode::SecretTooLong);
            problem.facts.limit = Some(u64::from(*longest));
            problem
        }
        Error::Invalid(what, rule) => Problem::because(ProblemCode::BadArgument, format!("{what}: {rule}")),
        Error::BadEncoding(_) | Error::BadDataFormat(..) => unavailable("unreadable entry"),
        Error::Ambiguous(_) => unavailable("more than one entry"),
        Error::PlatformFailure(cause) => unavailable(&cause.to_string()),
        other => unavailable(&other.to_string()),
    }
}

fn unavailable(reason: &str) -> Problem {
    Problem::because(ProblemCode::KeyringUnavailable, reason)
}

/// The store itself may be gone, so the next call has to open it anew.
pub(super) fn concerns_the_store(error: &Error) -> bool {
    matches!(error, Error::PlatformFailure(_) | Error::NoStorageAccess(_) | Error::NoDefaultStore)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_keyring_error_has_its_code_and_none_shows_the_secret() {
        let cause = || Box::new(std::io::Error::other("no bus")) as keyring_core::error::PlatformError;
        let secret = b"canary-password".to_vec();
        let table = [
            (Error::PlatformFailure(cause()), ProblemCode::KeyringUnavailable),
            (Error::NoDefaultStore, ProblemCode::KeyringUnavailable),
            (Error::NotSupportedByStore("x".to_owned()), ProblemCode::KeyringUnavailable),
            (Error::BadStoreFormat("x".to_owned()), ProblemCode::KeyringUnavailable),
            (Error::NoStorageAccess(cause()), ProblemCode::KeyringLocked),
            (Error::BadEncoding(secret.clone()), ProblemCode::KeyringUnavailable),
            (Error::BadDataFormat(secret, cause()), ProblemCode::KeyringUnavailable),
            (Error::Ambiguous(Vec::new()), ProblemCode::KeyringUnavailable),
            (Error::TooLong("secret".to_owned(), 2560), ProblemCode::SecretTooLong),
            (Error::Invalid("user".to_owned(), "empty".to_owned()), ProblemCode::BadArgument),
        ];
        for (error, code) in table {
            let problem = problem(&error);
            assert_eq!(problem.code, code, "{error:?}");
            assert!(!format!("{problem:?}").contains("canary"), "a damaged entry is told without its bytes");
        }
        assert_eq!(problem(&Error::TooLong(String::new(), 7)).facts.limit, Some(7));
    }
}
