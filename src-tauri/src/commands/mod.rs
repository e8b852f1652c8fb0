//! What the window may call. A command unpacks, calls one service, and passes the problem on; see [`answered`]. Roles are granted in
//! `src-tauri/permissions`.

mod answer;
mod dialogs;
mod export;
mod manage;
mod observe;
mod operate;
mod procedure;
mod transfer;

use answer::answered;
use ita_core::domain::problem::Problem;
use tauri::ipc::Invoke;

/// What a command answers.
type Answer<T> = Result<T, Problem>;
/// The shared state.
type Shell<'a> = tauri::State<'a, crate::shell::Shell>;

/// All of them, as listed in `src-tauri/commands.rs`.
pub(crate) fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        observe::start_state,
        observe::job_window,
        observe::job_facets,
        observe::journal_entries,
        observe::log_levels,
        observe::window_visibility,
        observe::window_language,
        operate::connect,
        operate::disconnect,
        operate::refresh,
        operate::open_lock,
        operate::close_lock,
        operate::plan_switch,
        operate::switch_mode,
        operate::change_log_levels,
        operate::dismiss_notice,
        operate::dismiss_left_on,
        operate::answer_quit,
        procedure::plan_procedure_act,
        procedure::procedure_act,
        procedure::take_over_procedure,
        manage::connect_practice,
        manage::check_address,
        manage::save_connection,
        manage::delete_connection,
        manage::test_connection,
        manage::cancel_test,
        manage::save_preferences,
        manage::retry_keyring,
        transfer::export_connections,
        transfer::choose_import,
        transfer::import_connections,
        export::export_jobs,
        export::export_evidence,
        export::cancel_export,
        export::choose_export_folder,
    ]
}
