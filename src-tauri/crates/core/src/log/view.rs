//! A text as it reads when an encoding is taken off, with the way back to the bytes that it was made of.

use std::ops::Range;

/// Bytes, and for each where it stands in the text.
pub(super) struct View {
    bytes: Vec<u8>,
    spans: Vec<Range<usize>>,
}

/// What a look at the bytes of a view found at its start: the bytes meant, and how many were read.
type Decoded = ([u8; 4], usize, usize);

impl View {
    /// The text as it stands.
    pub(super) fn of(text: &str) -> Self {
        Self { bytes: text.bytes().collect(), spans: (0..text.len()).map(|at| at..at + 1).collect() }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where in the text a range of this view comes from.
    pub(super) fn origin(&self, range: &Range<usize>) -> Range<usize> {
        self.spans[range.start].start..self.spans[range.end - 1].end
    }

    /// Without blanks, line ends and other controls: a secret that was wrapped or split over lines reads whole.
    pub(super) fn squeezed(&self) -> Self {
        self.rewritten(|rest| (rest[0].is_ascii_whitespace() || rest[0].is_ascii_control()).then_some(([0; 4], 0, 1)))
    }

    /// `%41` and `+` as in addresses and forms.
    pub(super) fn without_percent(&self) -> Self {
        self.rewritten(|rest| match rest {
            [b'+', ..] => Some(single(b' ', 1)),
            [b'%', high, low, ..] => Some(single(hexadecimal(*high)? << 4 | hexadecimal(*low)?, 3)),
            _ => None,
        })
    }

    /// The escapes of JSON, and of Rust where it prints for debugging.
    pub(super) fn without_backslashes(&self) -> Self {
        self.rewritten(|rest| match rest {
            [b'\\', b'u', b'{', digits @ ..] => {
                let length = digits.iter().take(7).position(|byte| *byte == b'}')?;
                character(number(&digits[..length])?, 4 + length)
            }
            [b'\\', b'u', rest @ ..] => utf16(rest),
            [b'\\', b'x', high, low, ..] => Some(single(hexadecimal(*high)? << 4 | hexadecimal(*low)?, 4)),
            [b'\\', b'n' | b'r' | b't' | b'b' | b'f' | b'0', ..] => Some(single(b'\n', 2)),
            [b'\\', escaped @ (b'"' | b'\\' | b'/' | b'\''), ..] => Some(single(*escaped, 2)),
            _ => None,
        })
    }

    /// The entities that HTML pages use for what is theirs.
    pub(super) fn without_entities(&self) -> Self {
        const ENTITIES: [(&[u8], u8); 8] = [
            (b"&amp;", b'&'),
            (b"&lt;", b'<'),
            (b"&gt;", b'>'),
            (b"&quot;", b'"'),
            (b"&#34;", b'"'),
            (b"&#39;", b'\''),
            (b"&#x27;", b'\''),
            (b"&apos;", b'\''),
        ];
        self.rewritten(|rest| {
            let (name, byte) = ENTITIES.iter().find(|(name, _)| rest.starts_with(name))?;
            Some(single(*byte, name.len()))
        })
    }

    fn rewritten(&self, decode: impl Fn(&[u8]) -> Option<Decoded>) -> Self {
        let mut view =
            Self { bytes: Vec::with_capacity(self.bytes.len()), spans: Vec::with_capacity(self.bytes.len()) };
        let mut at = 0;
        while at < self.bytes.len() {
            let (bytes, length, read) = decode(&self.bytes[at..]).unwrap_or(([self.bytes[at], 0, 0, 0], 1, 1));
            let span = self.origin(&(at..at + read));
            for byte in &bytes[..length] {
                view.bytes.push(*byte);
                view.spans.push(span.clone());
            }
            at += read;
        }
        view
    }
}

fn single(byte: u8, read: usize) -> Decoded {
    ([byte, 0, 0, 0], 1, read)
}

fn character(code: u32, read: usize) -> Option<Decoded> {
    let mut bytes = [0; 4];
    let length = char::from_u32(code)?.encode_utf8(&mut bytes).len();
    Some((bytes, length, read))
}

/// What follows `\u`: four digits, and for a character beyond them a second `\u` with four.
fn utf16(rest: &[u8]) -> Option<Decoded> {
    let first = number(rest.get(..4)?)?;
    if !(0xd800..0xdc00).contains(&first) {
        return character(first, 6);
    }
    let second = rest.get(4..).and_then(|rest| rest.strip_prefix(b"\\u"))?;
    let second = number(second.get(..4)?)?.checked_sub(0xdc00)?;
    character(0x1_0000 + ((first - 0xd800) << 10) + second, 12)
}

fn number(digits: &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    for digit in digits {
        number = number.checked_mul(16)? + u32::from(hexadecimal(*digit)?);
    }
    (!digits.is_empty()).then_some(number)
}

fn hexadecimal(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|digit| digit as u8)
}
