//! One file for each command: it asks the core, writes data, says messages, and ends with an exit code.

mod connections;
mod drain;
mod evidence;
mod guided;
mod jobs;
mod mode;
mod practice;
mod reopen;
mod status;
mod test;

use std::sync::Arc;

use ita_core::domain::live::Live;
use ita_core::domain::test_report::StepResult;
use ita_core::ports::EventSink;

use crate::args::{Arguments, Command};
use crate::exit::{Exit, Failure};

/// Does what the command line asks for.
pub(crate) async fn run(arguments: Arguments) -> Result<Exit, Failure> {
    let Arguments { shared, command } = arguments;
    match command {
        Command::Status => status::run(&shared).await,
        Command::Jobs(jobs) => jobs::run(&shared, &jobs).await,
        Command::Mode(mode) => mode::run(&shared, &mode).await,
        Command::Drain(drain) => drain::run(&shared, &drain).await,
        Command::Reopen(reopen) => reopen::run(&shared, &reopen).await,
        Command::Evidence(evidence) => evidence::run(&shared, &evidence),
        Command::Test => test::run(&shared).await,
        Command::Connections(connections) => connections::run(&shared, connections).await,
        Command::Practice(practice) => practice::run(&shared, &practice).await,
    }
}

/// News that nobody waits for: a command looks at the state when it has asked.
struct NoNews;

impl EventSink for NoNews {
    fn live(&self, _live: Arc<Live>) {}

    fn test_step(&self, _step: StepResult) {}
}
