/// Every command that the window may call. `build.rs` makes the permissions from it, and a contract suite compares it with
/// the handlers, the roles in `permissions/` and the functions of `ui/ipc`.
pub const COMMANDS: &[&str] = &[
    // observe
    "start_state",
    "job_window",
    "job_facets",
    "journal_entries",
    "log_levels",
    "window_visibility",
    "window_language",
    // operate
    "connect",
    "disconnect",
    "refresh",
    "open_lock",
    "close_lock",
    "plan_switch",
    "switch_mode",
    "change_log_levels",
    "dismiss_notice",
    "dismiss_left_on",
    "plan_procedure_act",
    "procedure_act",
    "take_over_procedure",
    "answer_quit",
    // manage
    "connect_practice",
    "check_address",
    "save_connection",
    "delete_connection",
    "test_connection",
    "cancel_test",
    "save_preferences",
    "retry_keyring",
    "export_connections",
    "choose_import",
    "import_connections",
    // export
    "export_jobs",
    "export_evidence",
    "cancel_export",
    "choose_export_folder",
];
