//! The one window.

use tauri::webview::NewWindowResponse;
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
        // What is dropped is a navigation to the web view, and ends where all of them do; Tauri's own handler would tell the
        // page where files lie.
        .disable_drag_drop_handler()
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
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

/// Out of the way; the program goes on.
pub(crate) fn minimise(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        let _ = window.minimize();
    }
}

/// `tauri://localhost`, on Windows `http://tauri.localhost`, or the development server.
fn is_own_page(url: &Url) -> bool {
    let is_own = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" if cfg!(windows) => url.host_str() == Some("tauri.localhost"),
        "http" if cfg!(dev) => url.host_str() == Some("127.0.0.1"),
        _ => false,
    };
    if !is_own {
        tracing::warn!(%url, "the page wanted to leave and was kept");
    }
    is_own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_shows_its_own_page_and_no_other() {
        let is_own = |url: &str| is_own_page(&url.parse().expect("an address"));
        assert!(is_own("tauri://localhost/index.html"));
        for url in [
            "tauri://elsewhere/",
            "https://tauri.localhost/",
            "http://127.0.0.1:8080/",
            "https://ita.example/",
            "file:///etc/hostname",
            "data:text/html,x",
            "about:blank",
        ] {
            assert!(!is_own(url), "{url}");
        }
    }
}
