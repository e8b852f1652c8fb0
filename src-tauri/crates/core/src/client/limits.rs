//! How long and how large an answer may be.

use std::time::Duration;

/// Time and size limits of one client. The defaults are the product's (product §4); tests set their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// From the start of a connection to its end of handshake, TLS included.
    pub connect: Duration,
    /// From sending a request to the head of its answer.
    pub first_byte: Duration,
    /// Between two pieces of a body.
    pub silence: Duration,
    /// The whole exchange of the running jobs. A slow body never falls silent, so this is a limit of its own.
    pub whole_jobs: Duration,
    /// The whole exchange of everything else.
    pub whole: Duration,
    /// Size of the running jobs, in bytes after decompression.
    pub body_jobs: u64,
    /// Size of everything else, in bytes after decompression.
    pub body: u64,
}

impl Limits {
    /// The product's limits with one time for a whole exchange, whatever it asks for and wherever it hangs.
    #[must_use]
    pub fn of_exchange(time: Duration) -> Self {
        let usual = Self::default();
        Self {
            connect: usual.connect.min(time),
            first_byte: time,
            silence: time,
            whole_jobs: time,
            whole: time,
            ..usual
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            first_byte: Duration::from_secs(120),
            silence: Duration::from_secs(30),
            whole_jobs: Duration::from_secs(600),
            whole: Duration::from_secs(30),
            body_jobs: 512 * 1024 * 1024,
            body: 1024 * 1024,
        }
    }
}
