//! Texts: one that lies in the window as it is, is lent out of it; any other is put together beside it.

use std::io::Read;

use super::known::Known;
use super::{Error, Json};

const NOT_UTF_8: &str = "a text is not UTF-8";

/// What a backslash and what follows it stand for.
enum Escape {
    Byte(u8),
    /// A unit of UTF-16.
    Unit(u16),
}

impl<R: Read> Json<R> {
    /// Reads a text from behind its opening quote to its closing one.
    #[inline]
    pub(super) fn text(&mut self) -> Result<&str, Error> {
        let length = plain(self.window.rest());
        let bytes = if self.window.rest().get(length) == Some(&b'"') {
            self.window.take(length + 1);
            &self.window.taken(length + 1)[..length]
        } else {
            self.gather()?;
            &self.scratch
        };
        if bytes.len() > Known::LONGEST {
            return std::str::from_utf8(bytes).map_err(|_| self.wrong(NOT_UTF_8));
        }
        match self.known.place(bytes) {
            Some(place) => Ok(self.known.at(place)),
            None => Err(self.wrong(NOT_UTF_8)),
        }
    }

    /// Puts the rest of a text together in `scratch`.
    #[cold]
    fn gather(&mut self) -> Result<(), Error> {
        self.scratch.clear();
        while self.piece(true)? {
            match self.escape()? {
                Escape::Byte(byte) => self.scratch.push(byte),
                Escape::Unit(unit) => {
                    let character = self.character(unit)?;
                    self.scratch.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                }
            }
        }
        Ok(())
    }

    /// Passes over a text from behind its opening quote. As nobody reads it, it need not be UTF-8.
    pub(super) fn skip_text(&mut self) -> Result<(), Error> {
        while self.piece(false)? {
            self.escape()?;
        }
        Ok(())
    }

    /// Takes what stands for itself, and the quote or backslash behind it: whether it was a backslash.
    fn piece(&mut self, is_kept: bool) -> Result<bool, Error> {
        loop {
            let length = plain(self.window.rest());
            self.window.take(length);
            if is_kept {
                self.scratch.extend_from_slice(self.window.taken(length));
            }
            match self.peek()? {
                b'"' => {
                    self.window.take(1);
                    return Ok(false);
                }
                b'\\' => {
                    self.window.take(1);
                    return Ok(true);
                }
                0..0x20 => return Err(self.wrong("a control character stands in a text")),
                // The window moved on.
                _ => {}
            }
        }
    }

    fn escape(&mut self) -> Result<Escape, Error> {
        let byte = match self.peek()? {
            byte @ (b'"' | b'\\' | b'/') => byte,
            b'b' => 0x08,
            b'f' => 0x0c,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                self.window.take(1);
                return self.unit().map(Escape::Unit);
            }
            _ => return Err(self.wrong("there is no such escape")),
        };
        self.window.take(1);
        Ok(Escape::Byte(byte))
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u16, Error> {
        let mut unit = 0;
        for _ in 0..4 {
            let Some(digit) = char::from(self.peek()?).to_digit(16) else {
                return Err(self.wrong("four hexadecimal digits are expected"));
            };
            self.window.take(1);
            unit = unit << 4 | digit as u16;
        }
        Ok(unit)
    }

    /// The character that begins with this unit. Half a pair is none.
    fn character(&mut self, first: u16) -> Result<char, Error> {
        let mut units = vec![first];
        if (0xd800..0xdc00).contains(&first) {
            for expected in *b"\\u" {
                self.expect(expected, "the second half of a pair is expected")?;
            }
            units.push(self.unit()?);
        }
        match char::decode_utf16(units).next() {
            Some(Ok(character)) => Ok(character),
            _ => Err(self.wrong("half a pair is no character")),
        }
    }
}

/// How many bytes at the beginning stand for themselves in a text: up to a quote, a backslash or a control character.
#[inline]
fn plain(bytes: &[u8]) -> usize {
    let mut eights = bytes.chunks_exact(8);
    let mut length = 0;
    for eight in eights.by_ref() {
        let special = special(u64::from_le_bytes(eight.try_into().unwrap_or_default()));
        if special != 0 {
            return length + special.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    length + eights.remainder().iter().position(is_special).unwrap_or(eights.remainder().len())
}

/// Eight bytes at once: the lowest bit that is set is the highest one of the first byte that is special. A subtraction
/// borrows only out of a byte that is special itself, so whatever else is set lies above.
const fn special(bytes: u64) -> u64 {
    const EACH: u64 = u64::MAX / 0xff;
    let quote = (bytes ^ (EACH * b'"' as u64)).wrapping_sub(EACH);
    let backslash = (bytes ^ (EACH * b'\\' as u64)).wrapping_sub(EACH);
    let control = bytes.wrapping_sub(EACH * 0x20);
    // A byte that borrowed had no highest bit before: quote and backslash have none that could hide it.
    (quote | backslash | control) & !bytes & (EACH * 0x80)
}
