//! Opening a connection, the lock, switching, and log levels.

use ita_core::domain::background::QuitAnswer;
use ita_core::domain::confirmation::Consent;
use ita_core::domain::connection::ConnectionId;
use ita_core::domain::live::{SwitchOutcome, SwitchPlan};
use ita_core::domain::log_levels::{LevelChange, LogLevelsOutcome};
use ita_core::domain::modes::Mode;

use tauri::AppHandle;

use super::{answered, Answer, Shell};
use crate::window;

#[tauri::command]
pub(super) async fn connect(shell: Shell<'_>, id: ConnectionId, password: Option<String>) -> Answer<()> {
    answered(async {
        shell.console().open_saved(&id, password.map(Into::into)).await?;
        shell.remember_last(id)
    })
    .await
}

#[tauri::command]
pub(super) async fn disconnect(shell: Shell<'_>) -> Answer<()> {
    answered(async {
        shell.console().disconnect();
        Ok(())
    })
    .await
}

#[tauri::command]
pub(super) async fn refresh(shell: Shell<'_>) -> Answer<()> {
    answered(async { shell.console().refresh() }).await
}

#[tauri::command]
pub(super) async fn open_lock(shell: Shell<'_>) -> Answer<()> {
    answered(async { shell.console().set_lock(true) }).await
}

#[tauri::command]
pub(super) async fn close_lock(shell: Shell<'_>) -> Answer<()> {
    answered(async { shell.console().set_lock(false) }).await
}

#[tauri::command]
pub(super) async fn plan_switch(shell: Shell<'_>, mode: Mode, on: bool) -> Answer<SwitchPlan> {
    answered(async { shell.console().plan_switch(mode, on) }).await
}

#[tauri::command]
pub(super) async fn switch_mode(shell: Shell<'_>, mode: Mode, on: bool, consent: Consent) -> Answer<SwitchOutcome> {
    answered(async { shell.console().switch_mode(mode, on, &consent).await }).await
}

#[tauri::command]
pub(super) async fn change_log_levels(
    shell: Shell<'_>,
    changes: Vec<LevelChange>,
    consent: Consent,
) -> Answer<LogLevelsOutcome> {
    answered(async { shell.console().change_log_levels(changes, &consent).await }).await
}

#[tauri::command]
pub(super) async fn answer_quit(app: AppHandle, shell: Shell<'_>, answer: QuitAnswer) -> Answer<()> {
    answered(async {
        shell.quit_answered();
        leave(&app, answer);
        Ok(())
    })
    .await
}

fn leave(app: &AppHandle, answer: QuitAnswer) {
    match answer {
        QuitAnswer::Stay => {}
        QuitAnswer::Minimise => window::minimise(app),
        QuitAnswer::Quit => app.exit(0),
    }
}

#[tauri::command]
pub(super) async fn dismiss_notice(shell: Shell<'_>, id: u32) -> Answer<()> {
    answered(async { shell.console().dismiss_notice(id) }).await
}

#[tauri::command]
pub(super) async fn dismiss_left_on(shell: Shell<'_>, id: ConnectionId) -> Answer<()> {
    answered(async {
        shell.guard().dismiss(&id);
        Ok(())
    })
    .await
}
