//! Saved connections to and from a file that a team shares. Which file is chosen in the system's own dialog.

use ita_core::domain::connection::{Connection, ConnectionId};
use ita_core::services::connections::{ConnectionsExport, ImportPreview};
use tauri::AppHandle;
use tokio::task::block_in_place;

use super::{answered, dialogs, Answer, Shell};

/// What the dialog proposes.
const FILE_NAME: &str = "ita-connections.json";

/// Null: the dialog was cancelled.
#[tauri::command]
pub(super) async fn export_connections(app: AppHandle, shell: Shell<'_>) -> Answer<Option<ConnectionsExport>> {
    answered(async {
        let Some(path) = dialogs::new_file(&app, FILE_NAME).await? else { return Ok(None) };
        block_in_place(|| shell.console().connections().export_to(&path)).map(Some)
    })
    .await
}

/// Null: the dialog was cancelled.
#[tauri::command]
pub(super) async fn choose_import(app: AppHandle, shell: Shell<'_>) -> Answer<Option<ImportPreview>> {
    answered(async {
        let Some(path) = dialogs::file(&app).await? else { return Ok(None) };
        block_in_place(|| shell.importing().look_at(&path)).map(Some)
    })
    .await
}

/// From the file that `choose_import` has looked at last.
#[tauri::command]
pub(super) async fn import_connections(shell: Shell<'_>, chosen: Vec<ConnectionId>) -> Answer<Vec<Connection>> {
    answered(async {
        let saved = shell.importing().import(&chosen)?;
        shell.tell_connections()?;
        Ok(saved)
    })
    .await
}
