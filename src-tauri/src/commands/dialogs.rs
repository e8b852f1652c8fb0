//! The system's own dialogs: the only way by which a path comes from the window. Null: cancelled.

use std::path::PathBuf;

use ita_core::domain::problem::{Problem, ProblemCode};
use tauri::AppHandle;
use tauri::Wry;
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

use super::Answer;

type Chosen = Box<dyn FnOnce(Option<FilePath>) + Send>;

/// A file to read.
pub(super) async fn file(app: &AppHandle) -> Answer<Option<PathBuf>> {
    ask(app, FileDialogBuilder::pick_file).await
}

/// A file to write, also one that is there: the dialog asks before it is replaced.
pub(super) async fn new_file(app: &AppHandle, name: &str) -> Answer<Option<PathBuf>> {
    ask(app, |dialog, chosen| dialog.set_file_name(name).save_file(chosen)).await
}

pub(super) async fn folder(app: &AppHandle) -> Answer<Option<PathBuf>> {
    ask(app, FileDialogBuilder::pick_folder).await
}

async fn ask(app: &AppHandle, open: impl FnOnce(FileDialogBuilder<Wry>, Chosen)) -> Answer<Option<PathBuf>> {
    let (tell, answer) = oneshot::channel();
    open(app.dialog().file(), Box::new(move |chosen| drop(tell.send(chosen))));
    let path = answer.await.ok().flatten().map(FilePath::into_path).transpose();
    path.map_err(|error| Problem::because(ProblemCode::BadArgument, error.to_string()))
}
