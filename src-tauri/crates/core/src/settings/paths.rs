//! Where files live, the same for the window and `itamctl`.

use std::path::PathBuf;

/// Identifier of the product, as in `tauri.conf.json`.
pub const IDENTIFIER: &str = "io.github.ita-maintenance.desktop";

/// The product's folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// Connections and preferences.
    pub config: PathBuf,
    /// Journals.
    pub data: PathBuf,
    /// The log, and what is learned with time.
    pub state: PathBuf,
}

impl Paths {
    /// The user's folders by the system's rules (XDG on Linux); `None` without a home.
    pub fn of_user() -> Option<Self> {
        // Only Linux has a place of its own for what is neither settings nor data.
        let state = dirs::state_dir().or_else(dirs::data_local_dir)?;
        Some(Self {
            config: dirs::config_dir()?.join(IDENTIFIER),
            data: dirs::data_dir()?.join(IDENTIFIER),
            state: state.join(IDENTIFIER),
        })
    }

    /// `connections.json`.
    pub fn connections(&self) -> PathBuf {
        self.config.join("connections.json")
    }

    /// The window's log.
    pub fn log(&self) -> PathBuf {
        self.state.join("ita-maintenance.log")
    }

    /// The folder of the journals.
    pub fn journal(&self) -> PathBuf {
        self.data.join("journal")
    }

    /// The folder of the guided procedures under way.
    pub fn procedures(&self) -> PathBuf {
        self.data.join("procedures")
    }

    /// The folder of the lives of jobs, which the drain forecast rests on.
    pub fn job_lives(&self) -> PathBuf {
        self.state.join("job-lives")
    }
}
