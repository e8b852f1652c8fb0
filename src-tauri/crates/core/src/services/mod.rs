//! Use cases: the only callers of the client and the ports.

pub mod announcer;
mod background;
pub mod connection_test;
pub mod connections;
pub mod console;
mod forecasts;
pub mod guard;
pub mod listeners;
mod log_levels;
mod own_files;
mod procedure;
mod running_jobs;
pub mod saved_answer;
mod session;
mod switching;
