//! JSON through a window: what `serde_json` accepts, with the same values, while the bytes are still arriving.
//!
//! `serde_json` takes a stream byte by byte, and that alone costs more than everything else that is done with a list of a
//! million jobs; from a slice it is fast, but then the whole answer has to be in memory. This reader looks at a
//! [`Window`] of the stream instead. A text that lies in it whole and without escapes, as nearly all do, is found eight
//! bytes at a time and lent to the visitor where it lies.
//!
//! It is a serde deserializer, so that it can be held against `serde_json` for every value: `tests` does so with every
//! document cut at every byte, through windows of every width.

mod access;
mod known;
#[cfg(test)]
mod tests;
mod text;
mod window;

use std::fmt;
use std::io::{self, Read};

use known::Known;
pub(super) use window::Position;
use window::Window;

/// A reader of one document.
#[derive(Debug)]
pub(super) struct Json<R> {
    window: Window<R>,
    /// A text that does not lie in the window as it is, or the digits of a number.
    scratch: Vec<u8>,
    known: Known,
    depth: u8,
}

/// Why a document cannot be read.
#[derive(Debug)]
pub(super) struct Error(Box<Reason>);

/// The reason, in the box that keeps results small.
#[derive(Debug)]
pub(super) enum Reason {
    /// The bytes stopped coming.
    Read(io::Error),
    /// The document ends here, and is not complete.
    Cut(Position),
    /// The byte behind this place cannot stand there.
    Wrong(Position, &'static str),
    /// Whoever reads wants no more.
    Refused(String),
}

impl<R: Read> Json<R> {
    /// Through a window of so many bytes.
    pub(super) fn new(source: R, width: usize) -> Self {
        Self { window: Window::new(source, width), scratch: Vec::new(), known: Known::default(), depth: 0 }
    }

    /// Nothing but blanks may follow the document.
    pub(super) fn end(&mut self) -> Result<(), Error> {
        match self.after_blanks() {
            Ok(_) => Err(self.wrong("something follows the end")),
            Err(error) if matches!(*error.0, Reason::Cut(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The next byte, which is there unless the document is cut.
    #[inline]
    fn peek(&mut self) -> Result<u8, Error> {
        match self.window.peek() {
            Ok(Some(byte)) => Ok(byte),
            Ok(None) => Err(Reason::Cut(self.window.position()).into()),
            Err(error) => Err(Reason::Read(error).into()),
        }
    }

    /// The next byte that is not a blank. Between the parts of the platform's answers there is none, so that nearly all
    /// calls end here.
    #[inline]
    fn after_blanks(&mut self) -> Result<u8, Error> {
        match self.window.rest().first() {
            Some(byte) if *byte > b' ' => Ok(*byte),
            _ => self.skip_blanks(),
        }
    }

    #[inline(never)]
    fn skip_blanks(&mut self) -> Result<u8, Error> {
        loop {
            match self.peek()? {
                b' ' | b'\r' | b'\t' => self.window.take(1),
                b'\n' => self.window.take_line_break(),
                byte => return Ok(byte),
            }
        }
    }

    #[inline]
    fn expect(&mut self, expected: u8, otherwise: &'static str) -> Result<(), Error> {
        if self.peek()? != expected {
            return Err(self.wrong(otherwise));
        }
        self.window.take(1);
        Ok(())
    }

    /// Takes what is expected behind blanks.
    #[inline]
    fn expect_next(&mut self, expected: u8, otherwise: &'static str) -> Result<(), Error> {
        if self.after_blanks()? != expected {
            return Err(self.wrong(otherwise));
        }
        self.window.take(1);
        Ok(())
    }

    #[inline]
    fn colon(&mut self) -> Result<(), Error> {
        self.expect_next(b':', "a colon is expected")
    }

    fn literal(&mut self, literal: &[u8]) -> Result<(), Error> {
        literal.iter().try_for_each(|byte| self.expect(*byte, "a value is expected"))
    }

    /// Takes a number into `scratch`.
    fn number(&mut self) -> Result<(), Error> {
        self.scratch.clear();
        self.one_of(b"-")?;
        // A zero that leads stands alone.
        if !self.one_of(b"0")? {
            self.digits()?;
        }
        if self.one_of(b".")? {
            self.digits()?;
        }
        if self.one_of(b"eE")? {
            self.one_of(b"+-")?;
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Error> {
        if !self.peek()?.is_ascii_digit() {
            return Err(self.wrong(if self.scratch.is_empty() {
                "a value is expected"
            } else {
                "a digit is expected"
            }));
        }
        while self.one_of(b"0123456789")? {}
        Ok(())
    }

    /// Takes the next byte of a number if it is one of these. A number may be the last thing in a document.
    fn one_of(&mut self, wanted: &[u8]) -> Result<bool, Error> {
        match self.window.peek().map_err(Reason::Read)? {
            Some(byte) if wanted.contains(&byte) => {
                self.scratch.push(byte);
                self.window.take(1);
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// Passes over a value that nobody reads, as deep as it may be.
    fn skip_value(&mut self) -> Result<(), Error> {
        // What closes the arrays and objects around the place, the innermost last.
        let mut closing = Vec::new();
        loop {
            let byte = self.after_blanks()?;
            if byte == b'[' || byte == b'{' {
                self.window.take(1);
                // In ASCII the closing bracket stands two behind the opening one.
                closing.push(byte + 2);
                if self.after_blanks()? != byte + 2 {
                    self.skip_key(byte + 2)?;
                    continue;
                }
            } else {
                self.skip_scalar(byte)?;
            }
            loop {
                let Some(last) = closing.last() else { return Ok(()) };
                let last = *last;
                if self.after_blanks()? == last {
                    closing.pop();
                    self.window.take(1);
                    continue;
                }
                self.expect(b',', "a comma or the end is expected")?;
                self.skip_key(last)?;
                break;
            }
        }
    }

    /// Passes over a key and its colon, where what closes is an object.
    fn skip_key(&mut self, closing: u8) -> Result<(), Error> {
        if closing == b'}' {
            self.expect_next(b'"', "a key is expected")?;
            self.skip_text()?;
            self.colon()?;
        }
        Ok(())
    }

    fn skip_scalar(&mut self, first: u8) -> Result<(), Error> {
        match first {
            b'"' => {
                self.window.take(1);
                self.skip_text()
            }
            b'n' => self.literal(b"null"),
            b't' => self.literal(b"true"),
            b'f' => self.literal(b"false"),
            _ => self.number(),
        }
    }

    #[cold]
    fn wrong(&self, what: &'static str) -> Error {
        Reason::Wrong(self.window.position(), what).into()
    }
}

impl Error {
    /// What is wrong.
    pub(super) fn reason(self) -> Reason {
        *self.0
    }
}

impl From<Reason> for Error {
    fn from(reason: Reason) -> Self {
        Self(Box::new(reason))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl std::error::Error for Error {}

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Reason::Refused(message.to_string()).into()
    }
}
