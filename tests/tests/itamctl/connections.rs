//! `connections`: what is saved, handed on and let in. No platform is asked, and this machine has no keyring.

use acceptance::command_line::{CommandLine, Ended};

const PIN: &str = "abababababababababababababababababababababababababababababababab";

async fn add(here: &CommandLine, name: &str, environment: &str) -> Ended {
    let line = ["connections", "add", name, "--url", "https://ita.example", "--user", "admin", "--pin", PIN];
    here.run(&[&line[..], &["--secret", "ask", "--environment", environment]].concat()).await
}

async fn names(here: &CommandLine) -> Vec<String> {
    let list = here.run(&["connections", "list", "--format", "json"]).await.expect(0).json();
    let list = list["connections"].as_array().expect("a list").clone();
    list.iter().map(|it| it["name"].as_str().expect("a name").to_owned()).collect()
}

#[tokio::test]
async fn what_is_added_is_listed_in_each_form_until_it_is_removed() {
    let here = CommandLine::without_password();
    assert_eq!(names(&here).await, [""; 0]);
    let added = add(&here, "夜間, =1+1", "staging").await.expect(0);
    assert!(added.stdout.contains(PIN), "{}", added.stdout);
    let taken = add(&here, "夜間, =1+1", "staging").await.expect(2);
    assert!(!taken.stderr.is_empty());

    let json = here.run(&["connections", "list", "--format", "json"]).await.expect(0).json();
    let saved = &json["connections"][0];
    assert_eq!([&saved["environment"], &saved["secret_place"]], ["staging", "ask"]);
    assert_eq!(saved["certificate"]["sha256"], PIN);
    let csv = here.run(&["connections", "list", "--preset", "script"]).await.expect(0).stdout;
    let expected = format!(
        "name,environment,address,user,secret_place,certificate\n\
         \"夜間, =1+1\",staging,https://ita.example,admin,ask,pinned {PIN}\n"
    );
    assert_eq!(csv, expected);
    let excel = here.run(&["connections", "list", "--format", "csv"]).await.expect(0).stdout;
    assert!(excel.starts_with('\u{feff}') && excel.contains("\r\n"), "{excel:?}");

    let _ = here.run(&["connections", "remove", "nobody"]).await.expect(2);
    let removed = here.run(&["connections", "remove", "夜間, =1+1", "--format", "json"]).await.expect(0).json();
    assert_eq!(removed, serde_json::json!({ "removed": "夜間, =1+1" }));
    assert_eq!(names(&here).await, [""; 0]);
}

#[tokio::test]
async fn a_production_connection_is_removed_by_its_name_said_twice() {
    let here = CommandLine::without_password();
    let _ = add(&here, "main", "production").await.expect(0);
    for line in [&["connections", "remove", "main"][..], &["connections", "remove", "main", "--confirm", "mian"]] {
        assert!(here.run(line).await.expect(1).stderr.contains("--confirm"));
        assert_eq!(names(&here).await, ["main"]);
    }
    let file = here.home().join("removed.txt");
    let line = ["connections", "remove", "main", "--confirm", "main", "--output", file.to_str().expect("text")];
    let _ = here.run(&line).await.expect(0);
    assert_eq!(std::fs::read_to_string(file).expect("the file"), "Removed  main\n");
    assert_eq!(names(&here).await, [""; 0]);
}

#[tokio::test]
async fn a_password_without_a_keyring_saves_nothing() {
    let here = CommandLine::with_password("canary-password");
    let line = ["connections", "add", "night", "--url", "https://ita.example", "--user", "admin"];
    let ended = here.run(&[&line[..], &["--environment", "staging"]].concat()).await.expect(4);
    assert!(!ended.stderr.contains("canary"), "{}", ended.stderr);
    assert_eq!(names(&here).await, [""; 0], "a connection whose password was not kept would look complete");

    let elsewhere = [&line[..], &["--environment", "staging", "--secret", "ask", "--password-stdin"]].concat();
    let _ = here.run_with_stdin(&elsewhere, b"canary").await.expect(2);
}

#[tokio::test]
async fn a_password_that_cannot_be_one_or_that_no_keyring_takes_is_told_before_anything_is_kept_or_sent() {
    let here = CommandLine::without_password();
    let add = ["connections", "add", "night", "--url", "https://ita.example", "--user", "admin"];
    let add = [&add[..], &["--environment", "staging", "--password-stdin"]].concat();
    // Nobody listens there: it ends with 2 because nothing is sent.
    let status = ["status", "--url", "http://127.0.0.1:9", "--user", "admin", "--password-stdin"];
    for line in [&add[..], &status[..]] {
        for password in [&b"first\nsecond\n"[..], b"cut\0here"] {
            let ended = here.run_with_stdin(line, password).await.expect(2);
            assert!(ended.stderr.contains("A password is one line"), "{}", ended.stderr);
        }
        assert!(here.run_with_stdin(line, b"\n").await.expect(2).stderr.contains("no password on stdin"));
    }
    let long = here.run_with_stdin(&add, &[b'x'; 1281]).await.expect(1);
    assert!(long.stderr.contains("1,280 characters at most"), "{}", long.stderr);
    assert_eq!(names(&here).await, [""; 0]);
}

#[tokio::test]
async fn a_list_is_handed_on_and_clashes_are_told_before_anything_is_saved() {
    let (sender, receiver) = (CommandLine::without_password(), CommandLine::without_password());
    for name in ["night", "day"] {
        let _ = add(&sender, name, "production").await.expect(0);
    }
    let file = sender.home().join("list.json");
    let path = file.to_str().expect("text");
    let _ = sender.run(&["connections", "export", "--output", path]).await.expect(0);
    let text = std::fs::read(&file).expect("the file");

    let _ = add(&receiver, "day", "staging").await.expect(0);
    let refused = receiver.run(&["connections", "import", path]).await.expect(1);
    assert!(refused.stderr.contains("\"day\"") && refused.stderr.contains("--clash"), "{}", refused.stderr);
    assert!(refused.stdout.contains(PIN), "whom it would trust: {}", refused.stdout);
    let dry = ["connections", "import", path, "--clash", "rename", "--dry-run", "--format", "json"];
    let dry = receiver.run(&dry).await.expect(0).json();
    assert_eq!([&dry["connections"][0]["outcome"], &dry["connections"][1]["outcome"]], ["added", "renamed"]);
    assert_eq!(names(&receiver).await, ["day"], "neither wrote anything");

    let _ = receiver.run_with_stdin(&["connections", "import", "-", "--clash", "skip"], &text).await.expect(0);
    assert_eq!(names(&receiver).await, ["day", "night"]);
    let _ = receiver.run(&["connections", "import", path, "--clash", "rename"]).await.expect(0);
    assert_eq!(names(&receiver).await, ["day", "night", "night (2)", "day (2)"]);
}

#[tokio::test]
async fn a_file_that_is_none_is_refused_with_its_fault_and_saves_nothing() {
    let here = CommandLine::without_password();
    let large = vec![b' '; 2 * 1024 * 1024];
    let unknown = br#"{"format":"ita-maintenance-connections","version":1,"connections":[],"vault":1}"#;
    let newer = br#"{"format":"ita-maintenance-connections","version":9,"connections":[]}"#;
    for (file, fault) in [
        (&large[..], "too large"),
        (&unknown[..], "unknown field .vault"),
        (&newer[..], "version 9"),
        (b"\x1b[2J", "line 1"),
    ] {
        let ended = here.run_with_stdin(&["connections", "import", "-"], file).await.expect(1);
        assert!(ended.stderr.contains(fault) && !ended.stderr.contains('\u{1b}'), "{fault}: {}", ended.stderr);
    }
    let _ = here.run(&["connections", "import", "/nowhere/list.json"]).await.expect(1);
    assert_eq!(names(&here).await, [""; 0]);
}

#[tokio::test]
async fn options_without_a_meaning_here_are_wrong_use() {
    let here = CommandLine::without_password();
    for line in [
        &["connections"][..],
        &["connections", "list", "--url", "https://x", "--user", "u"],
        &["connections", "list", "--connection", "x"],
        &["connections", "export", "--format", "json"],
        &["connections", "import", "-", "--format", "csv"],
        &["connections", "add", "x", "--environment", "staging"],
        &["connections", "add", "x", "--environment", "practice", "--url", "https://x", "--user", "u"],
    ] {
        let _ = here.run(line).await.expect(2);
    }
}
