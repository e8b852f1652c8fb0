//! The shell: the only Rust that knows Tauri. Commands, event bridge, preferences, dialogs, the window; everything else is
//! in `ita-core`.

mod awake;
mod bridge;
mod commands;
mod compose;
mod desktop;
mod instance;
mod logging;
mod preferences;
mod shell;
mod web_process;
mod window;

use ita_core::log::Scrubber;
use ita_core::settings::paths::Paths;
use tauri::{Manager, RunEvent, WindowEvent};

/// Runs the program until its window is closed.
pub fn run() {
    let scrubber = Scrubber::default();
    logging::start(&scrubber, Paths::of_user().map(|paths| paths.log()));
    let context = tauri::generate_context!();
    let silent_other = instance::silent_other(&context.config().identifier);
    let mut builder = tauri::Builder::default();
    if silent_other.is_none() {
        // First of all: a second start ends in it.
        builder = builder.plugin(instance::single());
    }
    let built = builder
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
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
            let shell = compose::compose(app.handle(), scrubber, silent_other)?;
            app.manage(shell);
            window::open(app.handle())?;
            let handle = app.handle().clone();
            tauri::async_runtime::spawn(async move {
                let shell = handle.state::<shell::Shell>();
                shell.open_last().await;
                shell.console().resume_background().await;
                tokio::join!(shell.sweep_keyring(), shell.watch_left_on(), shell.watch_lost());
            });
            let handle = app.handle().clone();
            tauri::async_runtime::spawn(async move { handle.state::<shell::Shell>().watch_connections().await });
            Ok(())
        })
        .build(context);
    match built {
        // What is kept in memory until then is written: nothing is dropped at the end of this process.
        Ok(app) => app.run(|app, event| {
            if let (RunEvent::Exit, Some(shell)) = (event, app.try_state::<shell::Shell>()) {
                tauri::async_runtime::block_on(shell.console().quit());
            }
        }),
        Err(error) => {
            tracing::error!(%error, "the program could not run");
            std::process::exit(1);
        }
    }
}
