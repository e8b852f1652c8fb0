//! What is written for whoever has to find out later: one line an event, no secret, a bounded size, and never a reason to
//! stop working.

mod file;
mod forms;
mod patterns;
mod scrub;
mod view;

pub use file::LogFile;
pub use scrub::{scrub, Cover, Scrubber, REDACTED};

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use crate::text::is_hidden;

/// Where events go. Clones share it.
#[derive(Clone)]
pub struct Log {
    scrubber: Scrubber,
    sinks: Arc<Mutex<Vec<Box<dyn Write + Send>>>>,
}

/// One event. What is written to it, in however many pieces, becomes one line when it is dropped.
pub struct Event {
    log: Log,
    bytes: Vec<u8>,
}

impl Log {
    /// Writes each line to every sink.
    pub fn new(scrubber: Scrubber, sinks: Vec<Box<dyn Write + Send>>) -> Self {
        Self { scrubber, sinks: Arc::new(Mutex::new(sinks)) }
    }

    /// Begins an event.
    pub fn event(&self) -> Event {
        Event { log: self.clone(), bytes: Vec::new() }
    }

    fn write(&self, text: &str) {
        let mut line = on_one_line(&self.scrubber.scrub(text.trim_end_matches('\n')));
        line.push('\n');
        for sink in self.sinks.lock().unwrap_or_else(PoisonError::into_inner).iter_mut() {
            // A full disk or a closed terminal: nobody is left to tell, and the work goes on.
            let _ = sink.write_all(line.as_bytes()).and_then(|()| sink.flush());
        }
    }
}

impl Write for Event {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Event {
    fn drop(&mut self) {
        self.log.write(&String::from_utf8_lossy(&self.bytes));
    }
}

/// Foreign text cannot begin a line of its own, move a cursor or turn a direction: what is hidden is written as an escape.
fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        if is_hidden(c) {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    line
}

#[cfg(test)]
mod tests;
