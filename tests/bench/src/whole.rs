//! Whole processes: `itamctl jobs` against `curl | jq`.

use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use ita_core::client::backyard_check::PATH;

use crate::measure::{median, Pair};
use crate::report::Report;
use crate::server::{self, PASSWORD, USER};

const RUNS: usize = 3;
const BAR: f64 = 0.1;

/// What an administrator would write without this product.
const PROGRAM: &str = ".data.organizations[] as $o | $o.workspaces[] as $w | $w.backyards | to_entries[] as $b \
    | $b.value[] | [$o.id, $w.id, $b.key, .id, .status_id, .status_name, .last_update_timestamp] | @csv";
/// Where these columns stand in the CSV of `itamctl`.
const COLUMNS: [usize; 7] = [2, 3, 4, 6, 7, 8, 9];

/// Seconds and peak memory of a process.
type Cost = (Duration, u64);

/// Measures time and memory, and compares the rows.
pub(crate) fn measure(itamctl: &Path, answer: Vec<u8>, report: &mut Report) -> Result<(), Box<dyn Error>> {
    let origin = format!("http://{}", server::serve(answer)?);
    let folder = tempfile::tempdir()?;
    let (ours, theirs) = (folder.path().join("itamctl.csv"), folder.path().join("jq.csv"));
    let mut costs: Vec<(Cost, Cost)> = Vec::new();
    for _ in 0..RUNS {
        let anchor = cost(curl_and_jq(&origin, &theirs), folder.path())?;
        costs.push((cost(itamctl_jobs(itamctl, &origin, folder.path(), &ours), folder.path())?, anchor));
    }
    let middle = |which: fn(&(Cost, Cost)) -> Duration| median(costs.iter().map(which).collect());
    let pair = Pair { ours: middle(|it| it.0 .0), anchor: middle(|it| it.1 .0) };
    report.times("whole process to CSV: time", pair, BAR);
    let middle = |which: fn(&(Cost, Cost)) -> u64| median(costs.iter().map(which).collect());
    let (memory, of_anchor) = (middle(|it| it.0 .1), middle(|it| it.1 .1));
    let ratio = memory as f64 / of_anchor as f64;
    report.add("whole process to CSV: peak memory", megabytes(memory), megabytes(of_anchor), ratio, BAR);
    let (ours, theirs) = (rows(&ours, true, &COLUMNS)?, rows(&theirs, false, &[0, 1, 2, 3, 4, 5, 6])?);
    assert!(ours == theirs, "{} rows and {} rows are not the same", ours.len(), theirs.len());
    println!("{} rows, the same in both.", ours.len());
    Ok(())
}

fn curl_and_jq(origin: &str, to: &Path) -> Command {
    let mut command = Command::new("/usr/bin/time");
    let script = r#"curl -s -u "$1" "$2" | jq -r "$3" > "$4""#;
    command.args(TIME).args(["sh", "-c", script, "sh"]);
    command.arg(format!("{USER}:{PASSWORD}")).arg(format!("{origin}{PATH}")).arg(PROGRAM).arg(to);
    command
}

fn itamctl_jobs(program: &Path, origin: &str, home: &Path, to: &Path) -> Command {
    let mut command = Command::new("/usr/bin/time");
    let script = r#"program=$1; to=$2; shift 2; "$program" jobs "$@" > "$to""#;
    command.args(TIME).args(["sh", "-c", script, "sh"]).arg(program).arg(to);
    command.args(["--url", origin, "--user", USER, "--login", "basic", "--timezone", "Asia/Tokyo"]);
    command.args(["--format", "csv", "--preset", "script"]);
    command.env("ITAMCTL_PASSWORD", PASSWORD).env("HOME", home).env_remove("XDG_DATA_HOME");
    command
}

/// GNU time starts the program from a small process of its own: one that is started from here would count this one's
/// memory as its own.
const TIME: [&str; 4] = ["-f", "%M", "-o", "memory"];

fn cost(mut command: Command, folder: &Path) -> Result<Cost, Box<dyn Error>> {
    let start = Instant::now();
    let status = command.current_dir(folder).status()?;
    let took = start.elapsed();
    if !status.success() {
        return Err(format!("{command:?} failed: {status}").into());
    }
    let memory = std::fs::read_to_string(folder.join("memory"))?;
    Ok((took, memory.trim().parse()?))
}

/// Some columns of a CSV, its rows sorted.
fn rows(file: &PathBuf, has_head: bool, columns: &[usize]) -> Result<Vec<String>, Box<dyn Error>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(has_head).from_reader(File::open(file)?);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        rows.push(columns.iter().map(|column| &record[*column]).collect::<Vec<_>>().join("\t"));
    }
    rows.sort_unstable();
    Ok(rows)
}

fn megabytes(kilobytes: u64) -> String {
    format!("{:.1} MB", kilobytes as f64 * 1_024.0 / 1e6)
}
