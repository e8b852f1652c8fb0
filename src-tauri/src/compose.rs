//! The composition root: joins the core's ports with the system.

use std::sync::Arc;

use ita_core::client::Limits;
use ita_core::credentials::{KeyringStore, SessionStore};
use ita_core::domain::problem::Problem;
use ita_core::journal::{workstation_user, Journal};
use ita_core::log::Scrubber;
use ita_core::ports::{Clock, CredentialStore, SystemClock};
use ita_core::services::connections::Connections;
use ita_core::services::console::{Console, Parts};
use ita_core::settings::connections::ConnectionsFile;
use ita_core::settings::lives::LifeFiles;
use ita_core::settings::paths::Paths;
use ita_core::settings::procedures::ProcedureFiles;
use tauri::AppHandle;

use crate::bridge::Bridge;
use crate::preferences::PreferencesStore;
use crate::shell::Shell;

/// Everything the commands need. `at_start` is what the window has to be told of the start itself.
pub(crate) fn compose(
    app: &AppHandle,
    scrubber: Scrubber,
    at_start: Option<Problem>,
) -> Result<Shell, Box<dyn std::error::Error>> {
    let paths = Paths::of_user().ok_or("no home folder")?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let keyring: Arc<dyn CredentialStore> = Arc::new(KeyringStore::new());
    let session: Arc<dyn CredentialStore> = Arc::new(SessionStore::default());
    let file = ConnectionsFile::new(paths.connections());
    let bridge = Bridge::new(app.clone());
    let console = Console::new(Parts {
        clock: Arc::clone(&clock),
        events: Arc::new(bridge.clone()),
        connections: Connections::new(file, keyring, session, clock),
        journal: Journal::new(paths.journal(), workstation_user()),
        procedures: ProcedureFiles::new(paths.procedures()),
        lives: LifeFiles::new(paths.job_lives()),
        limits: Limits::default(),
        scrubber,
    });
    let preferences = PreferencesStore::open(app, &paths)?;
    Ok(Shell::new(console, bridge, preferences, paths.log(), at_start))
}
