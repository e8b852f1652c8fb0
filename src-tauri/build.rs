//! The list of commands is the source of the permissions; which role may call which stands in `permissions/`.

include!("commands.rs");

fn main() {
    for folder in ["src-tauri/capabilities", "src-tauri/permissions", "src-tauri/commands.rs"] {
        println!("cargo:rerun-if-changed={folder}");
    }
    let manifest =
        tauri_build::AppManifest::new().commands(COMMANDS).permissions_path_pattern("./src-tauri/permissions/*.toml");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/*.json")
        .app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo:error={error:#}");
    }
    // Schemas for editors land beside Cargo.toml; nobody here reads them.
    let _ = std::fs::remove_dir_all("gen");
}
