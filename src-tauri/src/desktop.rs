//! Notifications of the desktop. The page has no part in them: it may call no plugin.

use ita_core::ports::Desktop;
use tauri::{AppHandle, Manager};
use tauri_plugin_notification::NotificationExt;

/// The desktop that the window is on.
pub(crate) struct SystemDesktop {
    app: AppHandle,
}

impl SystemDesktop {
    pub(crate) const fn new(app: AppHandle) -> Self {
        Self { app }
    }
}

impl Desktop for SystemDesktop {
    fn say(&self, title: String, text: String) {
        let app = self.app.clone();
        // The window is asked on its own thread, which whoever has news must not wait for.
        tauri::async_runtime::spawn(async move {
            if is_in_front(&app) {
                return;
            }
            if let Err(error) = app.notification().builder().title(title).body(text).show() {
                tracing::warn!(%error, "the desktop was not notified");
            }
        });
    }
}

/// Whoever works in the window sees what it says.
fn is_in_front(app: &AppHandle) -> bool {
    app.get_webview_window("main").is_some_and(|window| window.is_focused().unwrap_or(false))
}
