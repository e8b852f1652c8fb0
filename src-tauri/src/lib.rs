//! The shell: the only Rust that knows Tauri. Commands, event bridge, preferences, dialogs, the window; everything else is
//! in `ita-core`.

mod bridge;
mod commands;
mod compose;
mod preferences;
mod shell;
mod window;

use tauri::Manager;

/// Runs the program until its window is closed.
pub fn run() {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(tracing::Level::WARN).init();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| window::focus(app)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(tauri_plugin_window_state::Builder::new().build())
        .invoke_handler(commands::handler())
        .setup(|app| {
            let shell = compose::compose(app.handle())?;
            app.manage(shell);
            window::open(app.handle())?;
            let handle = app.handle().clone();
            tauri::async_runtime::spawn(async move { handle.state::<shell::Shell>().open_last().await });
            Ok(())
        })
        .run(tauri::generate_context!());
    if let Err(error) = built {
        eprintln!("ita-maintenance: {error}");
        std::process::exit(1);
    }
}
