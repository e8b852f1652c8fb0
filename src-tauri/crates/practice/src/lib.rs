//! A practice platform: the admin API of Exastro IT Automation on 127.0.0.1, as it really behaves (platform-contract),
//! for people to practise on and for tests.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use ita_practice::{Mode, Options, Practice};
//!
//! let practice = Practice::start(Options::default()).await?;
//! println!("{} (admin / practice)", practice.url());
//! practice.control().set_mode(Mode::JobStop, true);
//! # Ok(())
//! # }
//! ```

mod control;
mod http;
mod identity;
mod jobs;
mod json;
mod log_levels;
mod modes;
mod options;
mod practice;
mod record;
mod scenario;
mod text;
mod world;

pub use control::{Control, ScriptedJob};
pub use jobs::{backyard::Backyard, places::WorkspaceFault, render::ItaShape};
pub use modes::{Mode, ModeTable};
pub use options::{Options, User, PRACTICE_PASSWORD, PRACTICE_USER};
pub use practice::Practice;
pub use record::{Credential, RecordedRequest, Site};
pub use scenario::{Scenario, UnknownScenario};
pub use world::Part;
