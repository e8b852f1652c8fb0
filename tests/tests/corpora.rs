//! Replays what fuzzing found worth keeping, on stable Rust. `tests/fuzz` makes the corpora; the rules are the same.

use std::fs;
use std::path::Path;

use acceptance::fuzzing::TARGETS;

#[test]
fn every_kept_case_of_the_fuzzers_holds() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, target) in TARGETS {
        let cases = fs::read_dir(corpora.join(name)).unwrap_or_else(|error| panic!("the corpus of {name}: {error}"));
        let mut replayed = 0;
        for case in cases.map(|case| case.expect("an entry").path()) {
            // Printed only when it fails: which case it was.
            eprintln!("{}", case.display());
            target(&fs::read(&case).expect("a file"));
            replayed += 1;
        }
        assert!(replayed > 20, "{name} has {replayed} cases");
    }
    let folders = fs::read_dir(&corpora).expect("a folder").count();
    assert_eq!(folders, TARGETS.len(), "no corpus without a target");
}

#[test]
fn every_target_has_its_program() {
    let manifest = include_str!("../fuzz/Cargo.toml");
    for (name, _) in TARGETS {
        let program = program_of(name);
        assert!(program.contains(&format!("fuzzing::{name}(data)")), "{name}");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
}

fn program_of(target: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fuzz/fuzz_targets/{target}.rs"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
