//! Seeing.

use ita_core::domain::vocabulary::Language;
use ita_core::jobs::view::{Facets, JobView, JobWindow};
use ita_core::journal::JournalEntry;
use ita_core::poller::pace::Attention;
use ita_core::settings::preferences::StartState;

use super::{Answer, Shell};

/// Entries of the journal in one answer.
const MOST_ENTRIES: usize = 500;

#[tauri::command]
pub(super) async fn start_state(shell: Shell<'_>) -> Answer<StartState> {
    shell.start_state()
}

#[tauri::command]
pub(super) async fn job_window(shell: Shell<'_>, view: JobView, offset: u32, limit: u32) -> Answer<JobWindow> {
    shell.console().job_window(&view, offset, limit)
}

#[tauri::command]
pub(super) async fn job_facets(shell: Shell<'_>, language: Language) -> Answer<Facets> {
    shell.console().job_facets(language)
}

#[tauri::command]
pub(super) async fn journal_entries(shell: Shell<'_>, limit: usize) -> Answer<Vec<JournalEntry>> {
    shell.console().journal_entries(limit.min(MOST_ENTRIES))
}

/// The page tells when it is hidden and when it is seen again.
#[tauri::command]
pub(super) async fn window_visibility(shell: Shell<'_>, visible: bool) -> Answer<()> {
    shell.console().attend(if visible { Attention::Watched } else { Attention::Hidden });
    Ok(())
}
