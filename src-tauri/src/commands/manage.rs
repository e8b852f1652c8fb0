//! Connections and preferences.

use ita_core::domain::address::{normalise, Address};
use ita_core::domain::connection::{Connection, ConnectionDraft, ConnectionId};
use ita_core::domain::problem::Problem;
use ita_core::domain::test_report::StepResult;
use ita_core::settings::preferences::{PracticeExercise, Preferences};

use super::{Answer, Shell};

#[tauri::command]
pub(super) async fn connect_practice(shell: Shell<'_>, exercise: Option<PracticeExercise>) -> Answer<()> {
    shell.practise(exercise).await
}

#[tauri::command]
pub(super) async fn check_address(typed: String) -> Answer<Address> {
    normalise(&typed)
}

#[tauri::command]
pub(super) async fn save_connection(
    shell: Shell<'_>,
    draft: ConnectionDraft,
    password: Option<String>,
) -> Answer<Connection> {
    let saved = shell.console().connections().save(draft, password.map(Into::into)).await?;
    shell.tell_connections()?;
    Ok(saved)
}

#[tauri::command]
pub(super) async fn delete_connection(shell: Shell<'_>, id: ConnectionId) -> Answer<()> {
    shell.console().delete(&id).await?;
    shell.tell_connections()
}

#[tauri::command]
pub(super) async fn test_connection(
    shell: Shell<'_>,
    draft: ConnectionDraft,
    password: Option<String>,
) -> Answer<Vec<StepResult>> {
    let steps = shell.console().test_connection(draft, password.map(Into::into)).await;
    // A kept password that is refused stops its connection.
    shell.tell_connections()?;
    steps
}

#[tauri::command]
pub(super) async fn save_preferences(shell: Shell<'_>, preferences: Preferences) -> Answer<()> {
    shell.save_preferences(preferences)
}

#[tauri::command]
pub(super) async fn retry_keyring(shell: Shell<'_>) -> Answer<Option<Problem>> {
    Ok(shell.console().connections().keyring_problem().await)
}
