//! What a password may be before it is kept or sent: told to whoever gives it, and not by a login that fails.

use secrecy::{ExposeSecret, SecretString};

use super::connection::SecretPlace;
use super::problem::{Problem, ProblemCode};

/// Most bytes of UTF-16 that Windows keeps under one entry (`CRED_MAX_CREDENTIAL_BLOB_SIZE`). It holds on every system:
/// whoever needs more may enter the password each time.
const LONGEST_KEPT: u64 = 2560;

/// Refuses an empty password and one with a line break or a NUL, which no login page can take (reasons `password_empty`
/// and `password_line`).
pub fn check(password: &SecretString) -> Result<(), Problem> {
    let text = password.expose_secret();
    let bad = |reason: &str| Err(Problem::because(ProblemCode::BadArgument, reason));
    if text.is_empty() {
        return bad("password_empty");
    }
    if text.contains(['\n', '\r', '\0']) {
        return bad("password_line");
    }
    Ok(())
}

/// As [`check`], and refuses one that does not fit into a keyring if that is where it will live.
pub fn check_for(place: SecretPlace, password: &SecretString) -> Result<(), Problem> {
    check(password)?;
    let length = password.expose_secret().encode_utf16().count() as u64 * 2;
    if place == SecretPlace::Keyring && length > LONGEST_KEPT {
        let mut problem = Problem::new(ProblemCode::SecretTooLong);
        problem.facts.limit = Some(LONGEST_KEPT);
        problem.facts.actual = Some(length);
        return Err(problem);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(place: SecretPlace, password: &str) -> Option<Problem> {
        check_for(place, &password.to_owned().into()).err()
    }

    #[test]
    fn an_empty_password_and_one_of_several_lines_are_refused_wherever_they_live() {
        for place in [SecretPlace::Keyring, SecretPlace::Session, SecretPlace::Ask] {
            for (password, reason) in [
                ("", "password_empty"),
                ("two\nlines", "password_line"),
                ("of Windows\r\n", "password_line"),
                ("cut\0here", "password_line"),
            ] {
                let problem = refusal(place, password).expect("refused");
                assert_eq!((problem.code, problem.facts.reason.as_deref()), (ProblemCode::BadArgument, Some(reason)));
            }
            assert_eq!(refusal(place, " pa:ss パスワード\t"), None, "blanks and tabs may be meant");
        }
    }

    #[test]
    fn a_password_that_windows_would_not_keep_is_refused_for_the_keyring_alone() {
        for (character, most) in [("x", 1280), ("パ", 1280), ("🔑", 640)] {
            assert_eq!(refusal(SecretPlace::Keyring, &character.repeat(most)), None, "{most} times {character} fit");
            let longer = character.repeat(most + 1);
            let problem = refusal(SecretPlace::Keyring, &longer).expect("too long");
            assert_eq!((problem.code, problem.facts.limit), (ProblemCode::SecretTooLong, Some(2560)));
            assert_eq!(refusal(SecretPlace::Session, &longer), None);
        }
    }
}
