//! Files where the user says.

use std::path::PathBuf;

use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::domain::vocabulary::Language;
use ita_core::evidence::EvidenceResult;
use ita_core::export::file::Target;
use ita_core::export::{ExportRequest, ExportResult};
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FilePath};
use tokio::sync::oneshot;

use super::{answered, Answer, Shell};

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
        let fixed = shell.preferences().export_folder.filter(|_| !choose_target).map(PathBuf::from);
        let Some(folder) = (if fixed.is_some() { fixed } else { chosen_folder(&app).await? }) else { return Ok(None) };
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
    answered(async { Ok(chosen_folder(&app).await?.map(|path| path.display().to_string())) }).await
}

/// None: the dialog was cancelled.
async fn chosen_folder(app: &AppHandle) -> Answer<Option<PathBuf>> {
    let (chosen, answer) = oneshot::channel();
    app.dialog().file().pick_folder(move |folder| drop(chosen.send(folder)));
    path_of(answer.await.ok().flatten())
}

/// The fixed folder, unless there is none or the user wants to choose.
async fn target(app: &AppHandle, shell: &Shell<'_>, request: &ExportRequest, choose: bool) -> Answer<Option<Target>> {
    if let Some(folder) = shell.preferences().export_folder.filter(|_| !choose) {
        return Ok(Some(Target::Folder(PathBuf::from(folder))));
    }
    let name = shell.console().export_file_name(request)?;
    let (chosen, answer) = oneshot::channel();
    app.dialog().file().set_file_name(name).save_file(move |file| drop(chosen.send(file)));
    Ok(path_of(answer.await.ok().flatten())?.map(Target::File))
}

fn path_of(chosen: Option<FilePath>) -> Answer<Option<PathBuf>> {
    let path = chosen.map(FilePath::into_path).transpose();
    path.map_err(|error| Problem::because(ProblemCode::BadArgument, error.to_string()))
}
