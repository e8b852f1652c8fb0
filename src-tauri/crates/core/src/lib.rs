//! ITA Maintenance without its window.
//!
//! The platform's admin API is read through [`client`], its answers become [`jobs`] tables and [`domain`] values, the
//! [`poller`] is the only thing that repeats a request, and [`services`] are the use cases that the window and the
//! command line share. What the core needs from outside stands in [`ports`]. No Tauri, and no sentences: codes and
//! values leave this crate, words are chosen by whoever shows them.

pub mod client;
pub mod credentials;
pub mod domain;
pub mod evidence;
pub mod export;
pub mod jobs;
pub mod journal;
pub mod log;
pub mod poller;
pub mod ports;
pub mod services;
pub mod settings;
pub mod text;
pub mod trust;
