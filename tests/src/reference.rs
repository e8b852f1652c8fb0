//! The list of running jobs read the slow way, and made-up documents to read: what the streaming reader of the core is
//! compared with.

pub mod documents;
pub mod meaning;

use ita_core::client::backyard_check::{read, CheckAnswer, CheckError};
use ita_core::domain::connection::ZoneSetting;
use ita_core::domain::time::Timestamp;
use ita_core::domain::zone::ZoneEvidence;
use ita_core::jobs::snapshot::{Circumstances, Snapshot};
use jiff::tz::TimeZone;
use meaning::{Answer, Meaning, Row};

/// What the core finds in a document, in the words of the reference. The error is one that no document has that
/// `serde_json` reads.
pub fn found(document: &[u8]) -> Result<Meaning, CheckError> {
    match read(document) {
        Ok(answer) => Ok(Meaning::Answer(shown(&answer))),
        Err(CheckError::ErrorInDisguise { result, .. }) => Ok(Meaning::Disguise { result }),
        Err(CheckError::Incomplete { .. }) => Ok(Meaning::Incomplete),
        Err(other) => Err(other),
    }
}

fn shown(answer: &CheckAnswer) -> Answer {
    let table = &answer.table;
    let rows = (0..table.len() as u32).map(|row| Row {
        organization: table.organization(row).to_owned(),
        workspace: table.workspace(row).to_owned(),
        backyard: table.backyard(row).to_owned(),
        id: table.id(row).to_string(),
        status_id: table.status_id(row).to_owned(),
        status_name: table.status_name(row).map(str::to_owned),
        label: table.raw_label(row),
        is_incomplete: table.is_incomplete(row),
    });
    let told = |count: Option<u32>| count.expect("an accepted answer has all its counts");
    let organizations = table.organizations().map(|(name, reported)| (name.to_owned(), told(reported)));
    let workspaces = table.workspaces();
    let workspaces =
        workspaces.map(|(organization, name, reported)| (organization.to_owned(), name.to_owned(), told(reported)));
    Answer {
        rows: rows.collect(),
        organizations: organizations.collect(),
        workspaces: workspaces.collect(),
        reported: reported(answer),
    }
    .sorted()
}

fn reported(answer: &CheckAnswer) -> u32 {
    let zone = ZoneEvidence::new(&ZoneSetting::Automatic, None, TimeZone::UTC).expect("a zone");
    let circumstances = Circumstances { zone, read_at: Timestamp(0), took_ms: 0, revision: 1 };
    Snapshot::build(answer.clone(), None, circumstances).running().reported
}
