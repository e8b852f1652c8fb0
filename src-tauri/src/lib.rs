//! The shell: the only Rust that knows Tauri. Commands, event bridge, preferences, dialogs, the window; everything else is
//! in `ita-core`.

mod awake;
mod bridge;
mod commands;
mod compose;
mod logging;
mod preferences;
mod shell;
mod window;

use ita_core::log::Scrubber;
use ita_core::settings::paths::Paths;
use tauri::{Manager, WindowEvent};

/// Runs the program until its window is closed.
pub fn run() {
    let scrubber = Scrubber::default();
    logging::start(&scrubber, Paths::of_user().map(|paths| paths.log()));
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| window::focus(app)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(tauri_plugin_window_state::Builder::new().build())
        .on_window_event(|window, event| {
            if let WindowEvent::CloseRequested { api, .. } = event {
                // Before the shell is there nothing can be under way.
                if window.try_state::<shell::Shell>().is_some_and(|shell| !shell.may_close()) {
                    api.prevent_close();
                }
            }
        })
        .invoke_handler(commands::handler())
        .setup(move |app| {
            let shell = compose::compose(app.handle(), scrubber)?;
            app.manage(shell);
            window::open(app.handle())?;
            let handle = app.handle().clone();
            tauri::async_runtime::spawn(async move {
                let shell = handle.state::<shell::Shell>();
                shell.open_last().await;
                shell.console().resume_background().await;
                shell.sweep_keyring().await;
            });
            let handle = app.handle().clone();
            tauri::async_runtime::spawn(async move { handle.state::<shell::Shell>().watch_connections().await });
            Ok(())
        })
        .run(tauri::generate_context!());
    if let Err(error) = built {
        tracing::error!(%error, "the program could not run");
        std::process::exit(1);
    }
}
