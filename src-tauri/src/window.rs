//! The one window.

use tauri::{AppHandle, Manager, Url, WebviewUrl, WebviewWindowBuilder};

/// Opens it. It shows the program's own page and never another one.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("ITA Maintenance")
        // The page knows the language, also when it changes.
        .on_document_title_changed(|window, title| drop(window.set_title(&title)))
        .inner_size(1280.0, 800.0)
        .min_inner_size(900.0, 600.0)
        // A small screen gets a small window, not a part of a large one.
        .prevent_overflow()
        .disable_drag_drop_handler()
        .on_navigation(is_own_page)
        .build()?;
    Ok(())
}

/// Brings it to the front: a second start of the program ends here.
pub(crate) fn focus(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        // A window manager may refuse; the window is still there.
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

/// Tauri's own scheme (`tauri://localhost`, on Windows `http://tauri.localhost`), or the development server.
fn is_own_page(url: &Url) -> bool {
    let own = url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost");
    own || (cfg!(dev) && url.host_str() == Some("127.0.0.1"))
}
