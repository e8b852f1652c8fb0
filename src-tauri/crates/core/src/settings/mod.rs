//! What is kept on disk without secrets: connections (this crate is their one writer) and the shape of the window's
//! preferences (written by the shell through its store).

pub mod preferences;
