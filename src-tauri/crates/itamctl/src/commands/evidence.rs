//! `evidence`: the evidence of the newest procedure, from what is on the disk.

use std::sync::Arc;

use ita_core::evidence::EvidenceResult;

use super::NoNews;
use crate::args::{EvidenceArguments, Shared};
use crate::compose::{compose_without_password, Composed};
use crate::exit::{Exit, Failure};
use crate::messages;
use crate::output::{json, table, write_whole};

pub(super) fn run(shared: &Shared, arguments: &EvidenceArguments) -> Result<Exit, Failure> {
    let is_json = shared.is_json()?;
    let folder = shared.output.as_deref().ok_or_else(|| {
        Failure::usage("--output DIR is needed: the folder that the evidence is written to, as a new folder in it.")
    })?;
    let Composed { console, connection, .. } = compose_without_password(shared, Arc::new(NoNews))?;
    let result = console.export_saved_evidence(&connection, arguments.language.into(), folder)?;
    if !result.missing.is_empty() {
        messages::note("Not every list is in it. The report says which, and why.");
    }
    let text = if is_json { json::line(&result)? } else { rendered(&result) };
    write_whole(&text, None)?;
    Ok(Exit::Done)
}

fn rendered(result: &EvidenceResult) -> String {
    table::pairs(&[("Evidence", result.path.clone()), ("Files", result.files.to_string())])
}
