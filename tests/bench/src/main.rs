//! `npm run bench`: each bar of docs/performance.md, as a ratio to an anchor that is measured in the same run.

mod answer;
mod columns;
mod counted;
mod growth;
mod measure;
mod report;
mod server;
mod whole;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use answer::Size;
use report::Report;

/// One million jobs, about 146 MB.
const LARGE: Size = Size { organizations: 20, workspaces: 50, jobs: 1_000 };

/// Arguments: the `itamctl` to measure, and the file for the report; or `count`, for callgrind.
fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments == ["count"] {
        counted::run();
        return Ok(ExitCode::SUCCESS);
    }
    let [itamctl, file] = arguments.as_slice() else {
        return Err("usage: bench ITAMCTL REPORT, or bench count".into());
    };
    let answer = answer::make(LARGE);
    println!("{} jobs, {:.1} MB", LARGE.rows(), answer.len() as f64 / 1e6);

    let mut report = Report::new(LARGE.rows(), answer.len());
    columns::measure(&answer, &mut report);
    growth::measure(&mut report);
    whole::measure(Path::new(itamctl), answer, &mut report)?;

    std::fs::write(file, report.markdown())?;
    Ok(if report.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
