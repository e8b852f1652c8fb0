//! `itamctl`: the core of ITA Maintenance for scripts and for servers without a display.

mod args;
mod commands;
mod compose;
mod exit;
mod messages;
mod output;
mod secrets;
mod signals;

use std::process::ExitCode;

use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = args::Arguments::parse();
    messages::show_the_cores(&arguments.shared.scrubber, arguments.shared.verbose);
    commands::run(arguments).await.unwrap_or_else(|failure| messages::fail(&failure)).into()
}
