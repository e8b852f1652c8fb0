//! How a secret looks when it was encoded.

use base64::prelude::{Engine, BASE64_STANDARD_NO_PAD};
use memchr::memmem;
use secrecy::zeroize::Zeroizing;
use std::fmt::Write as _;
use std::ops::Range;

use super::view::View;

/// Shorter ones are not looked for: they would be found in every other word.
pub(super) const SHORTEST: usize = 4;

/// The forms of one secret, wiped when it is forgotten.
pub(super) struct Forms {
    plain: Zeroizing<Vec<u8>>,
    /// Lower-case hexadecimal.
    hexadecimal: Zeroizing<String>,
    /// As Rust prints bytes for debugging: `99,52,110`.
    numbers: Zeroizing<String>,
    /// What of its base64 does not depend on its neighbours, wherever in a group of three it begins.
    base64: [Base64; 3],
}

/// The characters of an encoded secret that are its alone, and whether those beside them hold bits of it too.
struct Base64 {
    own: Zeroizing<String>,
    shares_first: bool,
    shares_last: bool,
}

impl Forms {
    /// `None` for what is too short to be told from other text.
    pub(super) fn of(secret: &str) -> Option<Self> {
        let is_blank = |byte: &u8| byte.is_ascii_whitespace() || byte.is_ascii_control();
        let plain: Zeroizing<Vec<u8>> = Zeroizing::new(secret.bytes().filter(|byte| !is_blank(byte)).collect());
        if plain.len() < SHORTEST {
            return None;
        }
        let mut hexadecimal = Zeroizing::new(String::with_capacity(secret.len() * 2));
        let mut numbers = Zeroizing::new(String::with_capacity(secret.len() * 4));
        for byte in secret.bytes() {
            // Writing to a string does not fail.
            let _ = write!(hexadecimal, "{byte:02x}");
            let _ = write!(numbers, "{byte},");
        }
        numbers.pop();
        Some(Self { plain, hexadecimal, numbers, base64: [0, 1, 2].map(|before| aligned(secret, before)) })
    }

    /// Where the secret stands in a view, in the text's own places.
    pub(super) fn find(&self, view: &View, found: &mut Vec<Range<usize>>) {
        all(view.bytes(), &self.plain, |range| found.push(view.origin(&range)));
        all(view.bytes(), self.numbers.as_bytes(), |range| found.push(view.origin(&range)));
        let lower = view.bytes().to_ascii_lowercase();
        all(&lower, self.hexadecimal.as_bytes(), |range| found.push(view.origin(&range)));
        // Both alphabets: `-` and `_` stand for `+` and `/` in addresses.
        let standard: Vec<u8> = view.bytes().iter().map(|byte| standard(*byte)).collect();
        for form in &self.base64 {
            all(&standard, form.own.as_bytes(), |range| found.push(view.origin(&form.with_edges(&standard, &range))));
        }
    }
}

/// Base64 of a secret that `before` bytes precede in its group, without the characters that it shares with them.
fn aligned(secret: &str, before: usize) -> Base64 {
    let mut bytes = Zeroizing::new(vec![0; before]);
    bytes.extend_from_slice(secret.as_bytes());
    let encoded = Zeroizing::new(BASE64_STANDARD_NO_PAD.encode(&bytes));
    let (first, last) = ((before * 8).div_ceil(6), bytes.len() * 8 / 6);
    let own = Zeroizing::new(encoded[first..last].to_owned());
    Base64 { own, shares_first: before > 0, shares_last: last < encoded.len() }
}

fn standard(byte: u8) -> u8 {
    match byte {
        b'-' => b'+',
        b'_' => b'/',
        byte => byte,
    }
}

impl Base64 {
    /// With the characters that it shares, and the padding.
    fn with_edges(&self, bytes: &[u8], own: &Range<usize>) -> Range<usize> {
        let is_one = |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(byte));
        let start = if self.shares_first && own.start > 0 && is_one(own.start - 1) { own.start - 1 } else { own.start };
        let end = if self.shares_last && is_one(own.end) { own.end + 1 } else { own.end };
        let padding = bytes[end..].iter().take_while(|byte| **byte == b'=').count();
        start..end + padding
    }
}

/// Every place, also those that overlap.
fn all(bytes: &[u8], form: &[u8], mut found: impl FnMut(Range<usize>)) {
    let finder = memmem::Finder::new(form);
    let mut from = 0;
    while let Some(at) = bytes.get(from..).and_then(|rest| finder.find(rest)) {
        found(from + at..from + at + form.len());
        from += at + 1;
    }
}
