//! What is kept on disk without secrets: connections and what is learned of them (this crate is their one writer), and the
//! shape of the window's preferences (written by the shell through its store).

pub(crate) mod atomic;
pub mod connections;
pub mod lives;
pub mod paths;
pub mod preferences;
pub mod preferences_file;
pub mod procedures;

pub use atomic::write_atomically;
