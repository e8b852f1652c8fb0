//! The composition root: joins the core's ports with the system.

use std::sync::Arc;

use ita_core::client::Limits;
use ita_core::credentials::{KeyringStore, SessionStore};
use ita_core::domain::problem::Problem;
use ita_core::domain::procedure::Frontend;
use ita_core::journal::{workstation_user, Journal};
use ita_core::log::Scrubber;
use ita_core::ports::{Clock, CredentialStore, SystemClock};
use ita_core::services::announcer::Announcer;
use ita_core::services::connections::Connections;
use ita_core::services::console::{Console, Parts};
use ita_core::services::guard::Guard;
use ita_core::services::listeners::Listeners;
use ita_core::settings::connections::ConnectionsFile;
use ita_core::settings::left_on::LeftOnFile;
use ita_core::settings::lives::LifeFiles;
use ita_core::settings::paths::Paths;
use ita_core::settings::procedures::ProcedureFiles;
use tauri::AppHandle;

use crate::bridge::Bridge;
use crate::desktop::SystemDesktop;
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
    let journal = Journal::new(paths.journal(), workstation_user());
    let preferences = PreferencesStore::open(app, &paths)?;
    let bridge = Bridge::new(app.clone());
    let guard = Arc::new(Guard::new(
        Arc::clone(&clock),
        Arc::new(bridge.clone()),
        journal.clone(),
        LeftOnFile::new(paths.left_on()),
        preferences.get().left_on_guard,
    ));
    let desktop = Arc::new(SystemDesktop::new(app.clone()));
    let chosen = preferences.get();
    let announcer = Arc::new(Announcer::new(
        Arc::clone(&clock),
        desktop,
        chosen.desktop_notifications,
        chosen.language.chosen().unwrap_or_default(),
    ));
    let window = Arc::new(bridge.clone());
    let listeners = Listeners { guard: Arc::clone(&guard), announcer: Arc::clone(&announcer), window };
    let procedures = ProcedureFiles::new(paths.procedures());
    let console = Console::new(Parts {
        frontend: Frontend::Window,
        clock: Arc::clone(&clock),
        events: Arc::new(listeners),
        connections: Connections::new(file, keyring, session, procedures.clone(), clock),
        journal,
        procedures,
        lives: LifeFiles::new(paths.job_lives()),
        limits: Limits::default(),
        scrubber,
    });
    Ok(Shell::new(console, guard, announcer, bridge, preferences, paths.log(), at_start))
}
