//! What names itself as a secret, whoever's it is.

use std::ops::Range;

use base64::prelude::{Engine, BASE64_STANDARD};

/// What is called so and followed by `=` or `:` has a secret as its value.
const NAMES: [&str; 8] =
    ["password", "passwd", "access_token", "refresh_token", "id_token", "client_secret", "authorization", "secret"];

/// Where in a text values stand that are secrets by their names, or by the scheme before them.
pub(super) fn find(text: &str, found: &mut Vec<Range<usize>>) {
    // ASCII only, so that places stay the same.
    let lower = text.to_ascii_lowercase();
    for name in NAMES {
        for (at, _) in lower.match_indices(name) {
            found.extend(value(text, at + name.len()));
        }
    }
    for (scheme, is_one) in [("basic ", is_basic as fn(&str) -> bool), ("bearer ", is_bearer)] {
        for (at, _) in lower.match_indices(scheme) {
            let start = at + scheme.len();
            let token = word(text, start);
            if is_one(&text[token.clone()]) {
                found.push(token);
            }
        }
    }
}

/// The value after a name that ends at `at`: `=` or `:` with quotes and blanks around, then quoted or up to a separator.
fn value(text: &str, at: usize) -> Option<Range<usize>> {
    let quotes = ['\\', '"', '\''];
    let after_name = text[at..].trim_start_matches(quotes).trim_start();
    let after_sign = after_name.strip_prefix(['=', ':'])?.trim_start();
    let after_sign = after_sign.strip_prefix("Some(").unwrap_or(after_sign);
    let inner = after_sign.trim_start_matches(quotes);
    let start = text.len() - inner.len();
    let end = match after_sign.as_bytes().first() {
        Some(b'\\') => closing_quote(inner, 1),
        Some(b'"' | b'\'') => closing_quote(inner, 0),
        _ => separator(inner),
    };
    (end > 0).then_some(start..start + end)
}

/// `Authorization: Basic dTpw` has a blank within its value.
fn separator(inner: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || "&,;)}]<\"'".contains(c);
    let lower = inner.get(..7).unwrap_or(inner).to_ascii_lowercase();
    let scheme =
        ["basic ", "bearer "].iter().find(|scheme| lower.starts_with(**scheme)).map_or(0, |scheme| scheme.len());
    inner[scheme..].find(ends).map_or(inner.len(), |end| scheme + end)
}

/// Where a quoted text ends: at the first quote with `escapes` backslashes before it. Within a text in a text that is one.
fn closing_quote(inner: &str, escapes: usize) -> usize {
    let mut backslashes = 0;
    for (at, c) in inner.char_indices() {
        match c {
            '\\' => backslashes += 1,
            '"' | '\'' if backslashes == escapes || (escapes == 0 && backslashes % 2 == 0) => return at - escapes,
            _ => backslashes = 0,
        }
    }
    inner.len()
}

fn word(text: &str, start: usize) -> Range<usize> {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "-._~+/=".contains(c);
    let length = text[start..].find(|c| !is_token(c)).unwrap_or(text.len() - start);
    start..start + length
}

/// Base64 of a user and a password; "Basic authentication" is none.
fn is_basic(word: &str) -> bool {
    BASE64_STANDARD.decode(word).is_ok_and(|pair| pair.contains(&b':'))
}

/// "Bearer of bad news" is none.
fn is_bearer(word: &str) -> bool {
    word.len() >= 16 && word.bytes().any(|byte| byte.is_ascii_digit())
}
