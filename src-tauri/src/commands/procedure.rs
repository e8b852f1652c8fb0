//! The guided procedure.

use ita_core::domain::confirmation::Consent;
use ita_core::domain::procedure::view::ActPlan;
use ita_core::domain::procedure::ProcedureAct;

use super::{answered, Answer, Shell};

#[tauri::command]
pub(super) async fn plan_procedure_act(shell: Shell<'_>, act: ProcedureAct) -> Answer<ActPlan> {
    answered(async { shell.console().plan_procedure_act(&act) }).await
}

#[tauri::command]
pub(super) async fn procedure_act(shell: Shell<'_>, act: ProcedureAct, consent: Consent) -> Answer<()> {
    answered(async { shell.console().procedure_act(act, &consent).await }).await
}

#[tauri::command]
pub(super) async fn take_over_procedure(shell: Shell<'_>) -> Answer<()> {
    answered(async { shell.console().take_over_procedure() }).await
}
