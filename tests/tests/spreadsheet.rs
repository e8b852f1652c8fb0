//! A spreadsheet program reads what the preset for Excel writes, and calculates nothing. It needs `LibreOffice` (Debian:
//! libreoffice-calc-nogui), which is large: `npm test` runs this where it is installed, and says so where it is not.

use std::path::Path;
use std::process::Command;

use acceptance::fuzzing::{answer_of, exported};
use ita_core::export::{CsvPreset, ExportFormat};

/// Ids that a spreadsheet would like to calculate, to fetch from somewhere, or to take for a number, a date or a line
/// end.
const HOSTILE: [&str; 22] = [
    "=1+1",
    "=HYPERLINK(\"http://127.0.0.1/\",\"here\")",
    "=WEBSERVICE(\"http://127.0.0.1/\")",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "+SUM(1,2)",
    "-1+1",
    "-2",
    "@SUM(1,1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1,1)",
    "'=1+1",
    "a,b",
    "say \"=1+1\"",
    "first line\nsecond line",
    "作業（東京）①㍿",
    "𠮷野家 e\u{301} 👩‍💻",
];

/// Opens a CSV by `LibreOffice` as it does by default, formulas calculated, and prints what its cells then show, each in
/// quotes.
fn through_libreoffice(csv: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("export.csv");
    std::fs::write(&file, csv).expect("a file in a new folder");
    let out = folder.path().join("out");
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()))
        .args(["--headless", "--norestore", "--infilter=Text - txt - csv (StarCalc):44,34,76,1"])
        .args(["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true"])
        .arg("--outdir")
        .arg(&out)
        .arg(&file)
        .output()
        .expect("soffice is installed (Debian: libreoffice-calc-nogui)");
    let read = std::fs::read_to_string(Path::new(&out).join("export.csv"));
    read.unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

/// `"text"` as `LibreOffice` quotes it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[test]
fn every_hostile_cell_comes_back_as_the_text_that_was_sent() {
    let cells: Vec<&str> = HOSTILE.iter().flat_map(|id| [*id, "2", "実行中", "2026-11-22T10:00:00Z"]).collect();
    let (answer, rows) = answer_of(&cells);
    assert_eq!(rows.len(), HOSTILE.len());
    let printed = exported(&answer.expect("of a sane size"), ExportFormat::Csv, CsvPreset::Excel);
    let read = through_libreoffice(&printed);
    for id in HOSTILE {
        let begins_formula = id.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
        let shown = if begins_formula { format!("'{id}") } else { id.to_owned() };
        // A lone CR is a line end to LibreOffice, inside a cell too.
        let shown = shown.replace('\r', "\n");
        assert!(read.contains(&format!(",{},", quoted(&shown))), "{id:?} is not there as text:\n{read}");
    }
    assert!(read.contains(&quoted("実行中")), "Japanese is intact:\n{read}");
    let formulas: Vec<_> = read.split(',').filter(|cell| cell.starts_with(['=', '+', '@'])).collect();
    assert!(formulas.is_empty(), "calculated: {formulas:?}");
}

/// The proof that the test above would see a formula: the preset for scripts writes them as they are.
#[test]
fn without_the_preset_the_same_cells_would_be_calculated() {
    let cells = ["=1+1", "2", "実行中", "2026-11-22T10:00:00Z"];
    let answer = answer_of(&cells).0.expect("of a sane size");
    let read = through_libreoffice(&exported(&answer, ExportFormat::Csv, CsvPreset::Script));
    assert!(!read.contains(&quoted("=1+1")), "taken for a formula, as feared:\n{read}");
}
