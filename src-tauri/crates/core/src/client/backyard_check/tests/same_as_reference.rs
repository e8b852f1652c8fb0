//! The streaming reader against the reference, on made-up documents.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::documents::{document, Dice, Kind};
use super::reference::{meaning, Answer, Meaning, Row};
use super::*;
use crate::domain::connection::ZoneSetting;
use crate::domain::zone::ZoneEvidence;
use crate::jobs::snapshot::{Circumstances, Snapshot};

/// What the module found, in the words of the reference.
fn found(text: &str) -> Meaning {
    match read(text.as_bytes()) {
        Ok(answer) => Meaning::Answer(shown(&answer)),
        Err(CheckError::ErrorInDisguise { result, .. }) => Meaning::Disguise { result },
        Err(CheckError::Incomplete { .. }) => Meaning::Incomplete,
        Err(other) => panic!("{other:?} for {text}"),
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
    let organization = |ordinal: u32| table.organizations[ordinal as usize].name.to_string();
    let told = |count: Option<u32>| count.expect("an accepted answer has all its counts");
    let organizations = table.organizations.iter().map(|it| (it.name.to_string(), told(it.reported)));
    let workspaces =
        table.workspaces.iter().map(|it| (organization(it.organization), it.name.to_string(), told(it.reported)));
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

fn expected(text: &str) -> Meaning {
    meaning(&serde_json::from_str(text).expect("well-formed"))
}

fn decisions() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(any::<u32>(), 0..400)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn sound_documents_are_read_to_the_last_row(decisions in decisions(), is_mapped: bool, has_unknown_keys: bool) {
        let has_unknown_keys = has_unknown_keys && !is_mapped;
        let text = document(&mut Dice::new(decisions), Kind { is_mapped, has_unknown_keys, wrong: None }).to_string();
        let found = found(&text);
        prop_assert!(matches!(found, Meaning::Answer(_)), "{:?} for {}", found, text);
        prop_assert_eq!(found, expected(&text), "{}", text);
    }

    #[test]
    fn documents_with_anything_wrong_mean_the_same(
        decisions in decisions(), is_mapped: bool, has_unknown_keys: bool, once_in in 2..200_usize
    ) {
        let kind = Kind { is_mapped, has_unknown_keys, wrong: Some(once_in) };
        let text = document(&mut Dice::new(decisions), kind).to_string();
        prop_assert_eq!(found(&text), expected(&text), "{}", text);
    }

    #[test]
    fn a_key_that_is_repeated_above_the_jobs_spoils_the_answer(
        decisions in decisions(), is_mapped: bool, maps in 0..12_usize
    ) {
        let mut dice = Dice::repeating(decisions, maps);
        let text = document(&mut dice, Kind { is_mapped, has_unknown_keys: false, wrong: None }).to_string();
        prop_assume!(dice.has_repeated());
        prop_assert_eq!(found(&text), Meaning::Incomplete, "{}", text);
    }
}
