//! The evidence of a procedure for its change ticket (作業報告書, product §8): the lists that the machine asked for are
//! kept beside the procedure's file, and a pack joins them with the timeline and a report, in one folder with its sums.

use std::io;
use std::path::Path;

use crate::domain::problem::{Problem, ProblemCode};

mod copies;
mod course;
mod deviations;
mod folder;
mod hashing;
mod html;
mod kept;
mod pack;
mod report;
#[cfg(test)]
mod tests;
mod timeline;
mod words;
mod writing;

pub use kept::{KeptList, KeptLists, LeftRow, ListFacts, WhyMissing};
pub use pack::{write, Case, EvidenceResult};
pub use timeline::{of_procedure, MOST_ENTRIES};

fn not_written(path: &Path, error: &io::Error) -> Problem {
    Problem::because(ProblemCode::FileNotWritten, format!("{}: {error}", path.display()))
}
