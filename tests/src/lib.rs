//! Shared helpers of the suites: servers that misbehave, recordings, a slower reader to compare with, a desktop of one's own with the real window on it,
//! and waiting without sleeping.

#![expect(
    clippy::missing_panics_doc,
    reason = "every helper of a test panics when what it does or waits for fails, and says so in the message"
)]

pub mod canary;
pub mod clients;
pub mod command_line;
pub mod consoles;
#[cfg(unix)]
pub mod desktop;
pub mod door;
#[cfg(unix)]
pub mod drag;
pub mod fault_server;
#[cfg(unix)]
pub mod file_dialog;
pub mod fuzzing;
#[cfg(unix)]
pub mod journey;
#[cfg(unix)]
pub mod login_manager;
#[cfg(unix)]
pub mod notifications;
#[cfg(unix)]
pub mod openssl;
#[cfg(unix)]
pub mod print;
#[cfg(unix)]
pub mod process;
pub mod program;
pub mod recordings;
pub mod reference;
#[cfg(unix)]
mod screen;
#[cfg(unix)]
mod service;
#[cfg(unix)]
pub mod sleep;
pub mod tls_server;
pub mod wait;
#[cfg(unix)]
pub mod window;
