//! The list of commands is the source of the permissions.
fn main() {
    tauri_build::build();
}
