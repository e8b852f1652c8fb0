//! `GET /api/ita/backyard-execute-check/`: the running jobs (platform-contract §5).
//!
//! The answer is read as a stream into columns and never held. Keys may come in any order, so nothing is believed before
//! the last byte was read: a table leaves this module only when the whole document was well-formed, said `000-00000`,
//! and had every part that makes it an answer. Everything else is an error, and an error means *unknown*, never zero.
//!
//! Rules where JSON leaves room:
//!
//! * Unknown keys are ignored. In the shape of ITA 2.2 every key but `execute_count` is a name; there a text, number or
//!   flag is ignored, while null or the wrong kind of container makes the answer incomplete.
//! * A key that is repeated within a job: the last one counts. A repeated key above the jobs leaves open which part
//!   is meant: the answer is incomplete.
//! * An id, status or label that is a number or a flag keeps its text, and its row is marked incomplete.
//! * What is read may lie 127 arrays and objects deep, what is ignored as deep as it likes. Text that is read has to be
//!   UTF-8 with whole pairs of surrogates.

mod document;
mod job;
mod json;
mod scope;
mod shape;
#[cfg(test)]
mod tests;

use std::io::Read;

use serde::de::DeserializeSeed;

use super::envelope::said;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::time::Timestamp;
use crate::jobs::builder::TooMuch;
use crate::jobs::table::JobTable;
use crate::log::Scrubber;
use document::{Document, State};
use json::{Json, Reason};
use shape::Of;

/// Path of the resource.
pub const PATH: &str = "/api/ita/backyard-execute-check/";

/// The `result` of an answer that is one.
const SUCCESS: &str = "000-00000";

/// A complete answer.
#[derive(Debug, Clone)]
pub struct CheckAnswer {
    /// The jobs, with the counts that were reported beside them.
    pub table: JobTable,
    /// The platform's clock in this answer, where it said it readably.
    pub platform_time: Option<Timestamp>,
}

/// Why an answer says nothing about the running jobs.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The platform said success and sent an error, or said another result.
    #[error("an error in disguise: {result:?} {message:?}")]
    ErrorInDisguise {
        /// The platform's `result`: the inner one where there is one.
        result: Option<String>,
        /// The platform's own message, at most 1,000 characters.
        message: Option<String>,
        /// The platform's clock.
        platform_time: Option<Timestamp>,
    },
    /// Well-formed, and without a part that makes it an answer.
    #[error("incomplete: {part}")]
    Incomplete {
        /// Which part, such as `data.organizations[].execute_count`.
        part: &'static str,
    },
    /// Not JSON, cut off, or followed by something else.
    #[error("unreadable at line {line}, column {column}: {reason}")]
    Unreadable {
        /// From 1.
        line: usize,
        /// Bytes of the line before the place.
        column: usize,
        /// What was expected there.
        reason: String,
        /// The document ended before it was complete.
        is_cut: bool,
    },
    /// Larger than a real answer can be.
    #[error(transparent)]
    TooMuch(#[from] TooMuch),
    /// The bytes stopped coming.
    #[error("reading failed")]
    Read(#[source] std::io::Error),
}

/// Bytes of the answer that are looked at together: few enough to stay in the nearest cache of a processor.
const WINDOW: usize = 16 * 1024;

/// Reads a whole answer. `reader` need not be buffered and is read to its end.
pub fn read<R: Read>(reader: R) -> Result<CheckAnswer, CheckError> {
    let mut json = Json::new(reader, WINDOW);
    let mut state = State::default();
    let parsed = Of(Document(&mut state)).deserialize(&mut json).and_then(|()| json.end());
    if let Some(too_much) = state.too_much {
        return Err(too_much.into());
    }
    parsed?;
    state.judge()
}

impl From<json::Error> for CheckError {
    fn from(error: json::Error) -> Self {
        let unreadable = |at: json::Position, reason: &str, is_cut| Self::Unreadable {
            line: at.line,
            column: at.column,
            reason: reason.to_owned(),
            is_cut,
        };
        match error.reason() {
            Reason::Read(error) => Self::Read(error),
            Reason::Cut(at) => unreadable(at, "it ends here", true),
            Reason::Wrong(at, what) => unreadable(at, what, false),
            Reason::Refused(why) => unreadable(json::Position::default(), &why, false),
        }
    }
}

impl CheckError {
    /// As a problem, in words that hold none of our own secrets.
    pub(super) fn told(self, scrubber: &Scrubber) -> Problem {
        let text = self.to_string();
        match self {
            Self::ErrorInDisguise { result, message, platform_time } => {
                let mut problem = Problem::new(ProblemCode::ErrorInDisguise);
                problem.facts.platform_result = result.as_deref().map(|text| said(text, scrubber));
                problem.facts.platform_message = message.as_deref().map(|text| said(text, scrubber));
                problem.facts.platform_time = platform_time;
                problem
            }
            Self::Incomplete { part } => Problem::because(ProblemCode::IncompleteAnswer, part),
            Self::Read(source) => Problem::because(ProblemCode::UnreadableAnswer, format!("{text}: {source}")),
            Self::Unreadable { .. } | Self::TooMuch(_) => Problem::because(ProblemCode::UnreadableAnswer, text),
        }
    }
}

impl From<CheckError> for Problem {
    /// Of a text that came from no server of ours, such as a saved answer.
    fn from(error: CheckError) -> Self {
        error.told(&Scrubber::default())
    }
}
