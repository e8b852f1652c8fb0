//! Opening a connection, the lock, and switching.

use ita_core::domain::confirmation::Consent;
use ita_core::domain::connection::ConnectionId;
use ita_core::domain::live::{SwitchOutcome, SwitchPlan};
use ita_core::domain::modes::Mode;

use super::{Answer, Shell};

#[tauri::command]
pub(super) async fn connect(shell: Shell<'_>, id: ConnectionId, password: Option<String>) -> Answer<()> {
    shell.console().open_saved(&id, password.map(Into::into)).await?;
    shell.remember_last(id)
}

#[tauri::command]
pub(super) async fn disconnect(shell: Shell<'_>) -> Answer<()> {
    shell.console().close();
    Ok(())
}

#[tauri::command]
pub(super) async fn refresh(shell: Shell<'_>) -> Answer<()> {
    shell.console().refresh()
}

#[tauri::command]
pub(super) async fn open_lock(shell: Shell<'_>) -> Answer<()> {
    shell.console().set_lock(true)
}

#[tauri::command]
pub(super) async fn close_lock(shell: Shell<'_>) -> Answer<()> {
    shell.console().set_lock(false)
}

#[tauri::command]
pub(super) async fn plan_switch(shell: Shell<'_>, mode: Mode, on: bool) -> Answer<SwitchPlan> {
    shell.console().plan_switch(mode, on)
}

#[tauri::command]
pub(super) async fn switch_mode(shell: Shell<'_>, mode: Mode, on: bool, consent: Consent) -> Answer<SwitchOutcome> {
    shell.console().switch_mode(mode, on, &consent).await
}

#[tauri::command]
pub(super) async fn dismiss_notice(shell: Shell<'_>, id: u32) -> Answer<()> {
    shell.console().dismiss_notice(id)
}
