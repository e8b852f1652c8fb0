//! Files where the user says.

use std::path::PathBuf;

use ita_core::domain::vocabulary::Language;
use ita_core::evidence::EvidenceResult;
use ita_core::export::file::Target;
use ita_core::export::{ExportRequest, ExportResult};
use tauri::AppHandle;

use super::{answered, dialogs, Answer, Shell};

/// Null: the dialog was cancelled.
#[tauri::command]
pub(super) async fn export_jobs(
    app: AppHandle,
    shell: Shell<'_>,
    request: ExportRequest,
    choose_target: bool,
) -> Answer<Option<ExportResult>> {
    answered(async {
        let Some(target) = target(&app, &shell, &request, choose_target).await? else { return Ok(None) };
        tokio::task::block_in_place(|| shell.console().export_jobs(&request, &target)).map(Some)
    })
    .await
}

/// Null: the dialog was cancelled.
#[tauri::command]
pub(super) async fn export_evidence(
    app: AppHandle,
    shell: Shell<'_>,
    language: Language,
    choose_target: bool,
) -> Answer<Option<EvidenceResult>> {
    answered(async {
        let folder = match fixed_folder(&shell, choose_target) {
            None => dialogs::folder(&app).await?,
            fixed => fixed,
        };
        let Some(folder) = folder else { return Ok(None) };
        shell.console().export_evidence(language, folder).await.map(Some)
    })
    .await
}

#[tauri::command]
pub(super) async fn cancel_export(shell: Shell<'_>) -> Answer<()> {
    answered(async { shell.console().cancel_export() }).await
}

#[tauri::command]
pub(super) async fn choose_export_folder(app: AppHandle) -> Answer<Option<String>> {
    answered(async { Ok(dialogs::folder(&app).await?.map(|path| path.display().to_string())) }).await
}

/// Unless there is none or the user wants to choose.
fn fixed_folder(shell: &Shell<'_>, choose: bool) -> Option<PathBuf> {
    shell.preferences().export_folder.filter(|_| !choose).map(PathBuf::from)
}

async fn target(app: &AppHandle, shell: &Shell<'_>, request: &ExportRequest, choose: bool) -> Answer<Option<Target>> {
    if let Some(folder) = fixed_folder(shell, choose) {
        return Ok(Some(Target::Folder(folder)));
    }
    let name = shell.console().export_file_name(request)?;
    Ok(dialogs::new_file(app, &name).await?.map(Target::File))
}
