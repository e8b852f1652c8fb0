//! SHA-256 of what is written, on its way.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

/// Passes everything on and adds it up.
pub(super) struct Hashing<W> {
    out: W,
    sum: Sha256,
}

impl<W: Write> Hashing<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, sum: Sha256::new() }
    }

    /// Lower-case hex, as `sha256sum` prints it.
    pub(super) fn finish(self) -> String {
        format!("{:x}", self.sum.finalize())
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
