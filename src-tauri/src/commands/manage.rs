//! Connections and preferences.

use ita_core::domain::address::{normalise, Address};
use ita_core::domain::connection::{Connection, ConnectionDraft, ConnectionId};
use ita_core::domain::problem::Problem;
use ita_core::domain::test_report::StepResult;
use ita_core::settings::preferences::{PracticeExercise, Preferences};

use super::{answered, Answer, Shell};

/// A password as it was typed; null where none was.
type Typed = Option<String>;

#[tauri::command]
pub(super) async fn connect_practice(shell: Shell<'_>, exercise: Option<PracticeExercise>) -> Answer<()> {
    answered(shell.practise(exercise)).await
}

#[tauri::command]
pub(super) async fn check_address(typed: String) -> Answer<Address> {
    answered(async { normalise(&typed) }).await
}

#[tauri::command]
pub(super) async fn save_connection(shell: Shell<'_>, draft: ConnectionDraft, password: Typed) -> Answer<Connection> {
    answered(async {
        let saved = shell.console().connections().save(draft, password.map(Into::into)).await?;
        shell.tell_connections()?;
        Ok(saved)
    })
    .await
}

#[tauri::command]
pub(super) async fn delete_connection(shell: Shell<'_>, id: ConnectionId) -> Answer<()> {
    answered(async {
        shell.console().delete(&id).await?;
        shell.tell_connections()
    })
    .await
}

#[tauri::command]
pub(super) async fn test_connection(
    shell: Shell<'_>,
    test: u32,
    draft: ConnectionDraft,
    password: Typed,
) -> Answer<Vec<StepResult>> {
    answered(shell.test_connection(test, draft, password)).await
}

#[tauri::command]
pub(super) async fn cancel_test(shell: Shell<'_>) -> Answer<()> {
    answered(async {
        shell.console().cancel_test();
        Ok(())
    })
    .await
}

#[tauri::command]
pub(super) async fn save_preferences(shell: Shell<'_>, preferences: Preferences) -> Answer<()> {
    answered(async { shell.save_preferences(preferences) }).await
}

#[tauri::command]
pub(super) async fn retry_keyring(shell: Shell<'_>) -> Answer<Option<Problem>> {
    answered(async { Ok(shell.console().connections().keyring_problem().await) }).await
}
