//! The real window: `WebKit`, D-Bus, gnome-keyring, and platforms that answer over TCP and TLS.

#![cfg(unix)]

mod canary;
mod certificate;
mod crowd;
mod exercises;
mod export;
mod files;
mod killed;
mod main_job;
mod night;
mod production;
mod refusals;
mod several;
mod states;
mod walls;
mod walls_own;
