//! The password: from stdin, from the environment, or from where a saved connection keeps it. Never an argument, which
//! every user of the machine could read.

use std::ffi::OsString;
use std::io::Read;

use ita_core::domain::password;
use secrecy::zeroize::Zeroizing;
use secrecy::SecretString;

use crate::exit::Failure;

/// The environment variable that may hold the password.
pub(crate) const VARIABLE: &str = "ITAMCTL_PASSWORD";
/// Longer ones are no passwords but files that were piped by mistake.
const LONGEST: u64 = 64 * 1024;

/// The password that was given for this call, if any was; stdin goes before the environment.
pub(crate) fn given(from_stdin: bool) -> Result<Option<SecretString>, Failure> {
    let given =
        if from_stdin { Some(read(std::io::stdin().lock())?) } else { from_environment(std::env::var_os(VARIABLE))? };
    given.as_ref().map_or(Ok(()), password::check)?;
    Ok(given)
}

fn from_environment(value: Option<OsString>) -> Result<Option<SecretString>, Failure> {
    let Some(value) = value.filter(|value| !value.is_empty()) else { return Ok(None) };
    let password = value.into_string();
    password.map(|password| Some(password.into())).map_err(|_| not_utf8(VARIABLE))
}

fn read(reader: impl Read) -> Result<SecretString, Failure> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(1024));
    let read = reader.take(LONGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| Failure::usage(format!("The password could not be read from stdin: {error}.")))?;
    if bytes.len() as u64 > LONGEST {
        return Err(Failure::usage("What stdin holds is too long for a password (64 KiB)."));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| not_utf8("stdin"))?;
    let password = text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text));
    if password.is_empty() {
        return Err(Failure::usage("--password-stdin found no password on stdin: pipe it in."));
    }
    Ok(password.into())
}

fn not_utf8(place: &str) -> Failure {
    Failure::usage(format!("The password in {place} is not UTF-8, which is what the platform takes."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn one_line_end_at_the_end_is_not_part_of_a_password() {
        for (typed, expected) in [
            ("secret", "secret"),
            ("secret\n", "secret"),
            ("secret\r\n", "secret"),
            (" a b \n\n", " a b \n"),
            ("パス\n", "パス"),
        ] {
            assert_eq!(read(typed.as_bytes()).expect("a password").expose_secret(), expected, "{typed:?}");
        }
    }

    #[test]
    fn no_password_too_much_and_what_is_no_text_are_wrong_use() {
        let endless = vec![b'x'; LONGEST as usize + 1];
        for typed in [&b""[..], b"\n", b"\xff\xfe", &endless] {
            assert!(matches!(read(typed), Err(Failure::Usage(_))), "{} bytes", typed.len());
        }
    }

    #[test]
    fn an_empty_variable_is_none() {
        assert!(from_environment(None).expect("nothing").is_none());
        assert!(from_environment(Some("".into())).expect("nothing").is_none());
        let password = from_environment(Some("geheim".into())).expect("a password").expect("a password");
        assert_eq!(password.expose_secret(), "geheim");
    }
}
