//! The real window: `WebKit`, D-Bus, gnome-keyring, and platforms that answer over TCP and TLS.

#![cfg(unix)]

mod canary;
mod certificate;
mod crowd;
mod export;
mod files;
mod main_job;
mod night;
mod production;
mod refusals;
mod states;
mod transfer;
mod walls;
mod walls_own;
