//! Files where the user says.

use std::path::PathBuf;

use ita_core::domain::vocabulary::Language;
use ita_core::evidence::EvidenceResult;
use ita_core::export::file::Target;
use ita_core::export::{ExportRequest, ExportResult};
use tauri::AppHandle;
use tokio::task::block_in_place;

use super::{answered, dialogs, Answer, Shell};

/// Null: the dialog was cancelled.
#[tauri::command]
pub(super) async fn export_jobs(
    app: AppHandle,
    shell: Shell<'_>,
    request: ExportRequest,
    choose_target: bool,
) -> Answer<Option<ExportResult>> {
    answered(jobs_to_target(&app, &shell, &request, choose_target)).await
}

/// Null: the dialog was cancelled.
#[tauri::command]
pub(super) async fn export_evidence(
    app: AppHandle,
    shell: Shell<'_>,
    language: Language,
    choose_target: bool,
) -> Answer<Option<EvidenceResult>> {
    answered(evidence_to_folder(&app, &shell, language, choose_target)).await
}

#[tauri::command]
pub(super) async fn cancel_export(shell: Shell<'_>) -> Answer<()> {
    answered(async { shell.console().cancel_export() }).await
}

#[tauri::command]
pub(super) async fn choose_export_folder(app: AppHandle) -> Answer<Option<String>> {
    answered(async { Ok(dialogs::folder(&app).await?.map(|path| path.display().to_string())) }).await
}

async fn jobs_to_target(
    app: &AppHandle,
    shell: &Shell<'_>,
    request: &ExportRequest,
    choose: bool,
) -> Answer<Option<ExportResult>> {
    let target = match fixed_folder(shell, choose) {
        Some(folder) => Some(Target::Folder(folder)),
        None => dialogs::new_file(app, &shell.console().export_file_name(request)?).await?.map(Target::File),
    };
    let Some(target) = target else { return Ok(None) };
    block_in_place(|| shell.console().export_jobs(request, &target)).map(Some)
}

async fn evidence_to_folder(
    app: &AppHandle,
    shell: &Shell<'_>,
    language: Language,
    choose: bool,
) -> Answer<Option<EvidenceResult>> {
    let folder = match fixed_folder(shell, choose) {
        None => dialogs::folder(app).await?,
        fixed => fixed,
    };
    let Some(folder) = folder else { return Ok(None) };
    shell.console().export_evidence(language, folder).await.map(Some)
}

/// Unless there is none or the user wants to choose.
fn fixed_folder(shell: &Shell<'_>, choose: bool) -> Option<PathBuf> {
    shell.preferences().export_folder.filter(|_| !choose).map(PathBuf::from)
}
