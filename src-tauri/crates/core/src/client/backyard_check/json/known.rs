//! Short texts that were read before. Keys and names of an answer are few and stand in it a million times: whether they
//! are UTF-8 is found out once, and then they only have to be the same bytes.

/// One text for each place, the one that was met last.
#[derive(Debug)]
pub(super) struct Known([String; PLACES]);

const PLACES: usize = 64;

impl Default for Known {
    fn default() -> Self {
        Self(std::array::from_fn(|_| String::new()))
    }
}

impl Known {
    /// Bytes of the longest text that is kept. Ids and times are longer, and each is another one.
    pub(super) const LONGEST: usize = 24;

    /// Where this text is kept from now on; `None` where it is not UTF-8.
    #[inline]
    pub(super) fn place(&mut self, bytes: &[u8]) -> Option<usize> {
        let place = place(bytes);
        let kept = &mut self.0[place];
        if kept.as_bytes() != bytes {
            std::str::from_utf8(bytes).ok()?.clone_into(kept);
        }
        Some(place)
    }

    /// The text in a place.
    #[inline]
    pub(super) fn at(&self, place: usize) -> &str {
        &self.0[place]
    }
}

/// Texts that occur together should have places of their own. Where they do not, they are looked at as often as they
/// take turns.
#[inline]
fn place(bytes: &[u8]) -> usize {
    let [first, .., last] = bytes else { return bytes.first().map_or(0, |byte| usize::from(*byte)) % PLACES };
    let middle = bytes[bytes.len() / 2];
    let mixed = usize::from(*first) * 3 + usize::from(middle) * 5 + usize::from(*last) * 7;
    (mixed + bytes.len()) % PLACES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_share_a_place_are_never_mistaken_for_each_other() {
        let mut known = Known::default();
        let texts: Vec<String> = (0..500).map(|number| format!("{number}作業{}", number % 7)).collect();
        for text in texts.iter().chain(&texts).map(String::as_str).chain(["", "a", "", "b", "ab", "ba", ""]) {
            let place = known.place(text.as_bytes()).expect("it is UTF-8");
            assert_eq!(known.at(place), text);
        }
    }

    #[test]
    fn what_is_no_utf_8_is_refused_each_time_and_not_kept() {
        let mut known = Known::default();
        for bytes in [b"\xff".as_slice(), b"a\xe3\x81", b"\xff", b"\xed\xa0\x80", b"a\xe3\x81"] {
            assert_eq!(known.place(bytes), None, "{bytes:?}");
        }
        assert!(known.0.iter().all(String::is_empty));
    }
}
