//! Seeing.

use ita_core::domain::log_levels::LogLevels;
use ita_core::domain::truth::Truth;
use ita_core::domain::vocabulary::Language;
use ita_core::jobs::view::{Facets, JobView, JobWindow};
use ita_core::journal::{JournalEntry, JournalKind};
use ita_core::poller::pace::Attention;
use ita_core::settings::preferences::StartState;

use super::{answered, Answer, Shell};

/// Entries of the journal in one answer.
const MOST_ENTRIES: usize = 2_000;

#[tauri::command]
pub(super) async fn start_state(shell: Shell<'_>) -> Answer<StartState> {
    answered(async { shell.start_state() }).await
}

#[tauri::command]
pub(super) async fn job_window(shell: Shell<'_>, view: JobView, offset: u32, limit: u32) -> Answer<JobWindow> {
    answered(async { shell.console().job_window(&view, offset, limit) }).await
}

#[tauri::command]
pub(super) async fn job_facets(shell: Shell<'_>, language: Language) -> Answer<Facets> {
    answered(async { shell.console().job_facets(language) }).await
}

#[tauri::command]
pub(super) async fn journal_entries(
    shell: Shell<'_>,
    limit: usize,
    kind: Option<JournalKind>,
) -> Answer<Vec<JournalEntry>> {
    answered(async { shell.console().journal_entries(limit.min(MOST_ENTRIES), kind) }).await
}

/// Read once; the poller does not.
#[tauri::command]
pub(super) async fn log_levels(shell: Shell<'_>) -> Answer<Truth<LogLevels>> {
    answered(async { shell.console().log_levels().await }).await
}

/// The page tells when it is hidden and when it is seen again.
#[tauri::command]
pub(super) async fn window_visibility(shell: Shell<'_>, visible: bool) -> Answer<()> {
    answered(async {
        shell.console().attend(if visible { Attention::Watched } else { Attention::Hidden });
        Ok(())
    })
    .await
}

/// The page tells in which language it speaks: what is said outside the window follows.
#[tauri::command]
pub(super) async fn window_language(shell: Shell<'_>, language: Language) -> Answer<()> {
    answered(async {
        shell.announcer().speak(language);
        Ok(())
    })
    .await
}
