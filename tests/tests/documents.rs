//! What the documents point to is there: files, recordings, tests.

use std::fs;
use std::path::{Path, PathBuf};

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(top().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The targets of the links that stay in this project.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(target, _)| target));
    targets.filter(|target| !target.starts_with("http"))
}

#[test]
fn every_link_of_the_documents_leads_somewhere() {
    let mut found = 0;
    for document in [
        "README.md",
        "ARCHITECTURE.md",
        "docs/platform-contract.md",
        "docs/product.md",
        "docs/faults.md",
        "docs/itamctl.md",
        "docs/performance.md",
        "docs/security.md",
        "SECURITY.md",
        "docs/screenshots/README.md",
        "tests/fixtures/platform/README.md",
        "ui/README.md",
    ] {
        let text = read(document);
        let folder = top().join(document).parent().expect("a folder").to_owned();
        for target in links(&text) {
            let file = target.split('#').next().unwrap_or_default();
            assert!(folder.join(file).exists(), "{document} links to {target}");
            found += 1;
        }
    }
    assert!(found > 130, "only {found} links were found");
}

#[test]
fn the_contract_names_every_recording() {
    let text = read("docs/platform-contract.md");
    for name in acceptance::recordings::names().expect("the folder of recordings") {
        let link = format!("[{name}](../tests/fixtures/platform/{name}.json)");
        assert!(text.contains(&link), "nobody says what {name} shows");
    }
}

#[test]
fn every_fault_names_tests_that_exist_or_says_that_none_does() {
    let text = read("docs/faults.md");
    let (_, table) = text.split_once("## Faults and bad inputs").expect("the table");
    let rows: Vec<_> = table.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<_> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        assert_eq!(cells[0], (index + 1).to_string(), "rows are numbered without a gap");
        let shown = cells.last().expect("a last cell");
        let tests: Vec<_> = shown.split('`').skip(1).step_by(2).filter_map(|quoted| quoted.split_once("::")).collect();
        assert!(!tests.is_empty() || *shown == "not yet shown", "row {}: {shown}", cells[0]);
        for (file, test) in tests {
            let source = read(file);
            let there = if Path::new(file).extension().is_some_and(|extension| extension == "rs") {
                format!("fn {test}(")
            } else {
                format!("\"{test}\"")
            };
            assert!(source.contains(&there), "row {}: no test {test} in {file}", cells[0]);
        }
    }
    assert_eq!(rows.len(), 62);
}
