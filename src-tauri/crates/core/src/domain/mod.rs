//! Pure values and rules: no network, no files, no clock.

pub mod address;
pub mod background;
pub mod banner;
pub mod confirmation;
pub mod connection;
pub mod forecast;
pub mod left_on;
pub mod live;
pub mod lock;
pub mod log_levels;
pub mod modes;
pub mod monitor;
pub mod news;
pub mod password;
pub mod problem;
pub mod procedure;
pub mod test_report;
pub mod time;
pub mod truth;
pub mod vocabulary;
pub mod zone;
