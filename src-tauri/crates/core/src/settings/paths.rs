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
}

impl Paths {
    /// The user's folders by the system's rules (XDG on Linux); `None` without a home.
    pub fn of_user() -> Option<Self> {
        Some(Self { config: dirs::config_dir()?.join(IDENTIFIER), data: dirs::data_dir()?.join(IDENTIFIER) })
    }

    /// `connections.json`.
    pub fn connections(&self) -> PathBuf {
        self.config.join("connections.json")
    }

    /// The folder of the journals.
    pub fn journal(&self) -> PathBuf {
        self.data.join("journal")
    }
}
