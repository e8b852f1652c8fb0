//! The real window: `WebKit`, D-Bus, gnome-keyring, and platforms that answer over TCP and TLS.

#![cfg(unix)]

mod both_programs;
mod canary;
mod certificate;
mod crowd;
mod desktop_news;
mod drop;
mod exercises;
mod export;
mod files;
mod keyring;
mod left_on;
mod log_levels;
mod main_job;
mod night;
mod page_death;
mod paper;
mod production;
mod refusals;
mod several;
mod states;
mod times;
mod transfer;
mod troubles;
mod two_windows;
mod walls;
mod walls_own;
