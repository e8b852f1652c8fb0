//! The house's walls (ARCHITECTURE.md), read from its own files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the suites live below the top").to_owned()
}

fn read(path: &str) -> String {
    fs::read_to_string(top().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Files below `folder` with one of the endings; never dependencies, build output or generated files.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![top().join(folder)];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if entry.is_dir() {
                if !["node_modules", "dist", "generated", "target", "fixtures"].contains(&name.as_str()) {
                    folders.push(entry);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(entry);
            }
        }
    }
    found
}

/// What stands between `before` and the next `"`, at each place where it occurs.
fn quoted_after(text: &str, before: &str) -> BTreeSet<String> {
    let pieces = text.split(before).skip(1);
    pieces.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

fn declared() -> BTreeSet<String> {
    let source = read("src-tauri/commands.rs");
    let lines = source.lines().map(str::trim);
    lines.filter_map(|line| line.strip_prefix('"')?.strip_suffix("\",")).map(str::to_owned).collect()
}

#[test]
fn every_exercise_of_the_practice_platform_has_its_words_in_both_languages() {
    for language in ["ja", "en"] {
        let texts = read(&format!("ui/i18n/parts/practice.{language}.ts"));
        let entry = |line: &str| Some(line.strip_prefix("    \"")?.strip_suffix("\": {")?.to_owned());
        let named: BTreeSet<String> = texts.lines().filter_map(entry).collect();
        let scenarios = ita_practice::Scenario::ALL.map(|scenario| scenario.name().to_owned());
        assert_eq!(named, BTreeSet::from(scenarios), "{language}");
    }
}

#[test]
fn every_command_is_declared_handled_granted_and_called() {
    let declared = declared();
    assert!(declared.len() > 15, "the list was read");

    let source = read("src-tauri/src/commands/mod.rs");
    let handled: BTreeSet<String> = source
        .lines()
        .filter_map(|line| line.trim().strip_suffix(',')?.split_once("::"))
        .map(|(_, command)| command.to_owned())
        .collect();
    assert_eq!(declared, handled, "commands.rs against the handler");

    let mut granted = BTreeSet::new();
    for role in ["observe", "operate", "manage", "export"] {
        for permission in quoted_after(&read(&format!("src-tauri/permissions/{role}.toml")), "\"allow-") {
            granted.insert((permission.replace('-', "_"), role.to_owned()));
        }
    }
    let commands_granted: BTreeSet<String> = granted.iter().map(|(command, _)| command.clone()).collect();
    assert_eq!(granted.len(), commands_granted.len(), "no command is granted by two roles");
    assert_eq!(declared, commands_granted, "commands.rs against permissions/");
    assert_eq!(granted, roles_of_the_page(), "permissions/ against ui/ipc/contract.ts");
}

/// `name: "role"` of the table `commandRoles`, whose completeness the TypeScript compiler checks.
fn roles_of_the_page() -> BTreeSet<(String, String)> {
    let contract = read("ui/ipc/contract.ts");
    let table = contract.split("commandRoles = {").nth(1).and_then(|rest| rest.split('}').next()).expect("the table");
    let lines = table.lines().filter_map(|line| line.trim().trim_end_matches(',').split_once(": "));
    lines.map(|(command, role)| (command.to_owned(), role.trim_matches('"').to_owned())).collect()
}

#[test]
fn every_command_answers_also_after_a_panic() {
    let mut commands = 0;
    for file in files("src-tauri/src/commands", &[".rs"]) {
        let text = fs::read_to_string(&file).expect("text");
        for command in text.split("#[tauri::command]").skip(1) {
            let body = command.split_once(" {\n").map(|(_, body)| body.trim_start()).unwrap_or_default();
            let name = command.split('(').nth(1).unwrap_or_default();
            assert!(body.starts_with("answered("), "{} {name}: the page would wait for ever", file.display());
            commands += 1;
        }
    }
    assert_eq!(commands, declared().len(), "every command was looked at");
}

#[test]
fn the_window_may_call_no_plugin() {
    let capability: serde_json::Value = serde_json::from_str(&read("src-tauri/capabilities/main.json")).expect("JSON");
    let permissions: Vec<&str> =
        capability["permissions"].as_array().expect("a list").iter().filter_map(serde_json::Value::as_str).collect();
    let expected = ["observe", "operate", "manage", "export", "core:event:allow-listen", "core:event:allow-unlisten"];
    assert_eq!(permissions, expected, "our roles and listening; no store, fs, http, shell or dialog");
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    assert_eq!(fs::read_dir(top().join("src-tauri/capabilities")).expect("a folder").count(), 1, "one capability");
}

#[test]
fn the_page_may_load_nothing_but_itself() {
    let config: serde_json::Value = serde_json::from_str(&read("tauri.conf.json")).expect("JSON");
    assert_eq!(config["app"]["withGlobalTauri"], false);
    assert_eq!(config["app"]["security"]["freezePrototype"], true);
    assert_eq!(config["app"]["security"]["capabilities"], serde_json::json!(["main"]));
    assert_eq!(config["app"]["windows"], serde_json::json!([]), "the one window is opened by src-tauri/src/window.rs");
    let tauri = read("Cargo.toml");
    let tauri = tauri.lines().find(|line| line.starts_with("tauri = ")).expect("the dependency");
    assert!(!tauri.contains("devtools"), "a release has no inspector: {tauri}");
    let window = read("src-tauri/src/window.rs");
    for wall in [".on_navigation(is_own_page)", "NewWindowResponse::Deny", ".disable_drag_drop_handler()"] {
        assert!(window.contains(wall), "{wall}");
    }
    let policy = config["app"]["security"]["csp"].as_object().expect("a policy");
    assert_eq!(policy["default-src"], "'none'");
    for (directive, sources) in policy {
        let sources = sources.as_str().expect("text");
        assert!(!sources.contains("unsafe"), "{directive} {sources}");
        assert!(!sources.contains("https:") && !sources.contains('*'), "no remote origin: {directive} {sources}");
    }
}

#[test]
fn the_core_knows_no_tauri_and_the_page_touches_it_in_one_folder() {
    for name in ["core", "practice", "itamctl"] {
        let manifest = read(&format!("src-tauri/crates/{name}/Cargo.toml"));
        assert!(!manifest.lines().any(|line| line.starts_with("tauri")), "{name} builds without WebKit");
    }
    let ipc = top().join("ui/ipc");
    for file in files("ui", &[".ts", ".tsx"]) {
        let imports = fs::read_to_string(&file).expect("text").contains("@tauri-apps/");
        assert!(!imports || file.starts_with(&ipc), "{} imports @tauri-apps", file.display());
    }
}

#[test]
fn business_code_never_asks_the_system_for_the_time() {
    let core = top().join("src-tauri/crates/core/src");
    for file in files("src-tauri/crates/core/src", &[".rs"]) {
        let text = fs::read_to_string(&file).expect("text");
        let asks = ["SystemTime::now", "Timestamp::now(", "Zoned::now("].iter().any(|call| text.contains(call));
        assert!(!asks || file == core.join("ports.rs"), "{} asks for the time", file.display());
        assert!(!text.contains("static mut"), "{}", file.display());
    }
}

#[test]
fn foreign_text_is_cleaned_in_one_place() {
    let place = top().join("src-tauri/crates/core/src/text.rs");
    for file in files("src-tauri", &[".rs"]).into_iter().filter(|file| *file != place) {
        let text = fs::read_to_string(&file).expect("text");
        let cleans = text.contains("is_control() {") || text.contains("fn printable(");
        assert!(!cleans, "{} has a cleaner of its own beside core/text", file.display());
    }
}

#[test]
fn what_crosses_to_the_page_has_no_room_for_a_secret() {
    for file in files("ui/generated", &[".ts"]) {
        let text = fs::read_to_string(&file).expect("text");
        let fields = text.lines().filter_map(|line| line.trim().split_once(": ")).map(|(name, _)| name);
        for field in fields.filter(|field| !field.starts_with('*')) {
            let names_one = ["password", "secret", "token"].iter().any(|word| field.contains(word));
            assert!(!names_one || field == "secret_place", "{}: {field}", file.display());
        }
    }
}

#[test]
fn no_test_sleeps_to_wait_for_something() {
    // The waiting itself, a server that is slow on purpose, and a child that is given time to end.
    let allowed = ["wait.rs", "fault_server.rs", "service.rs"].map(|name| top().join("tests/src").join(name));
    let this = top().join("tests/tests/contract.rs");
    for file in files("tests", &[".rs"]).into_iter().filter(|file| !allowed.contains(file) && *file != this) {
        let text = fs::read_to_string(&file).expect("text");
        assert!(!text.contains("sleep(") || text.contains("start_paused"), "{} sleeps", file.display());
    }
}

#[test]
fn files_stay_small_enough_to_read() {
    let sources = files("src-tauri", &[".rs"]).into_iter().chain(files("ui", &[".ts", ".tsx", ".css"]));
    for file in sources.chain(files("tests", &[".rs"])).chain(files("scripts", &[".mjs"])) {
        let lines = fs::read_to_string(&file).expect("text").lines().count();
        assert!(lines <= 400, "{} has {lines} lines", file.display());
    }
}

#[test]
fn the_top_level_is_the_design_card() {
    for name in ["Cargo.toml", "src-tauri", "ui", "icons", "tests", "tauri.conf.json", "package.json"] {
        assert!(top().join(name).exists(), "{name} is part of the design card");
    }
}
