//! A window over bytes that are still arriving: what was read and not yet taken, and where in the document that lies.

use std::io::{self, ErrorKind, Read};

/// The window. Whoever looks through it takes what it has understood; only a window that was taken to its end moves on,
/// so nothing is ever copied within it.
#[derive(Debug)]
pub(super) struct Window<R> {
    source: R,
    buffer: Box<[u8]>,
    /// What of the buffer is still to be taken.
    start: usize,
    end: usize,
    /// Bytes of the document before the buffer.
    before: usize,
    /// From 1.
    line: usize,
    /// Bytes of the document before the line.
    line_start: usize,
}

/// A place in a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::client::backyard_check) struct Position {
    /// From 1.
    pub(in crate::client::backyard_check) line: usize,
    /// Bytes of the line before it.
    pub(in crate::client::backyard_check) column: usize,
}

impl<R: Read> Window<R> {
    /// At least one byte wide.
    pub(super) fn new(source: R, width: usize) -> Self {
        let buffer = vec![0; width.max(1)].into_boxed_slice();
        Self { source, buffer, start: 0, end: 0, before: 0, line: 1, line_start: 0 }
    }

    /// What is in sight. It may end anywhere, also within a character.
    #[inline]
    pub(super) fn rest(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// The bytes that were taken last.
    #[inline]
    pub(super) fn taken(&self, count: usize) -> &[u8] {
        &self.buffer[self.start - count..self.start]
    }

    /// Takes bytes that are in sight.
    #[inline]
    pub(super) fn take(&mut self, count: usize) {
        self.start += count;
    }

    /// Takes a line break. It stands only between values: within a text it is an error.
    pub(super) fn take_line_break(&mut self) {
        self.take(1);
        self.line += 1;
        self.line_start = self.before + self.start;
    }

    /// The next byte; `None` at the end of the document.
    #[inline]
    pub(super) fn peek(&mut self) -> io::Result<Option<u8>> {
        if self.start == self.end {
            self.move_on()?;
        }
        Ok(self.rest().first().copied())
    }

    /// Where the next byte lies.
    pub(super) fn position(&self) -> Position {
        Position { line: self.line, column: self.before + self.start - self.line_start }
    }

    #[cold]
    fn move_on(&mut self) -> io::Result<()> {
        self.before += self.end;
        (self.start, self.end) = (0, 0);
        loop {
            match self.source.read(&mut self.buffer) {
                Ok(count) => {
                    self.end = count.min(self.buffer.len());
                    return Ok(());
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}
