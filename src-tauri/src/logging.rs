//! Where events and panics are written: the log file and the terminal, both without secrets.

use std::io::Write;
use std::panic::PanicHookInfo;
use std::path::PathBuf;

use ita_core::log::{Log, LogFile, Scrubber};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::prelude::*;

/// Begins to write. Without a home folder only the terminal is told.
pub(crate) fn start(scrubber: &Scrubber, file: Option<PathBuf>) {
    let mut sinks: Vec<Box<dyn Write + Send>> = vec![Box::new(std::io::stderr())];
    if let Some(file) = file {
        sinks.push(Box::new(LogFile::new(file)));
    }
    let log = Log::new(scrubber.clone(), sinks);
    let ours = ["ita_core", "ita_maintenance", "ita_practice"].map(|name| (name, LevelFilter::INFO));
    let levels = Targets::new().with_default(LevelFilter::WARN).with_targets(ours);
    let lines = fmt::layer().with_ansi(false).with_writer(move || log.event());
    // There is one subscriber, and it is set here once.
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(lines.with_filter(levels)));
    // The usual hook would print what a panic says as it is, and it may say a secret.
    std::panic::set_hook(Box::new(write_panic));
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
}

fn write_panic(panic: &PanicHookInfo<'_>) {
    let payload = panic.payload();
    let said = payload.downcast_ref::<&str>().copied();
    let said = said.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("a panic without words");
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    tracing::error!(target: "panic", %place, "{said}");
}
