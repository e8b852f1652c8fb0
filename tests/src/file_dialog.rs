//! The system's own dialogs for files. No driver of a page reaches them: they are answered as a person does, by the keyboard.

use std::ffi::OsStr;
use std::path::Path;

use crate::desktop::Desktop;
use crate::wait::{until_some, until_true, LIMIT};

/// Waits for a dialog over the product's window and gives it this path.
pub async fn give_path(desktop: &Desktop, path: &Path) {
    let dialog = focused(desktop, FILES).await;
    // Opens the entry for a path where there is none yet, and replaces a proposed name whole: its ending is not selected.
    xdotool(desktop, ["key", "ctrl+l", "ctrl+a"]);
    xdotool(desktop, ["type", "--delay", "5", &path.display().to_string()]);
    // An entry that still looks the path up takes no Return.
    close_by(desktop, &dialog, FILES, "Return").await;
}

/// Waits for such a dialog and leaves it.
pub async fn leave(desktop: &Desktop) {
    let dialog = focused(desktop, FILES).await;
    close_by(desktop, &dialog, FILES, "Escape").await;
}

/// Asks the window that has the keyboard to print, and prints on the first printer: into a file where there is no other.
pub async fn print(desktop: &Desktop) {
    xdotool(desktop, ["key", "ctrl+p"]);
    let dialog = focused(desktop, PRINT).await;
    xdotool(desktop, ["key", "Tab", "Home"]);
    close_by(desktop, &dialog, PRINT, "space").await;
}

/// The names of the dialogs for files.
const FILES: &str = "^(Open|Save)";
/// The name of the dialog for printing.
const PRINT: &str = "^Print$";

async fn focused(desktop: &Desktop, name: &str) -> String {
    let dialog = until_some("a dialog of the system is open", LIMIT, async || open_dialog(desktop, name)).await;
    xdotool(desktop, ["windowfocus", "--sync", &dialog]);
    dialog
}

/// Presses a key until the dialog has closed; none reaches the window below.
async fn close_by(desktop: &Desktop, dialog: &str, name: &str, key: &str) {
    until_true("the dialog has closed", LIMIT, async || {
        xdotool(desktop, ["key", "--window", dialog, key]);
        open_dialog(desktop, name).as_deref() != Some(dialog)
    })
    .await;
}

fn open_dialog(desktop: &Desktop, name: &str) -> Option<String> {
    let found = xdotool(desktop, ["search", "--onlyvisible", "--name", name]);
    found.lines().next().map(str::to_owned)
}

/// What it prints; nothing where it finds nothing.
fn xdotool<const N: usize>(desktop: &Desktop, arguments: [impl AsRef<OsStr>; N]) -> String {
    let output = desktop.command("xdotool").args(arguments).output().expect("xdotool is installed");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
