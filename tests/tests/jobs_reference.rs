//! The streaming reader of the running jobs against the reference, on made-up documents.

use acceptance::reference::documents::{document, Dice, Kind};
use acceptance::reference::found;
use acceptance::reference::meaning::{meaning, Meaning};
use proptest::prelude::*;

/// What the core finds in a well-formed document.
fn read(text: &str) -> Meaning {
    found(text.as_bytes()).unwrap_or_else(|error| panic!("{error:?} for {text}"))
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
        let found = read(&text);
        prop_assert!(matches!(found, Meaning::Answer(_)), "{:?} for {}", found, text);
        prop_assert_eq!(found, expected(&text), "{}", text);
    }

    #[test]
    fn documents_with_anything_wrong_mean_the_same(
        decisions in decisions(), is_mapped: bool, has_unknown_keys: bool, once_in in 2..200_usize
    ) {
        let kind = Kind { is_mapped, has_unknown_keys, wrong: Some(once_in) };
        let text = document(&mut Dice::new(decisions), kind).to_string();
        prop_assert_eq!(read(&text), expected(&text), "{}", text);
    }

    #[test]
    fn a_key_that_is_repeated_above_the_jobs_spoils_the_answer(
        decisions in decisions(), is_mapped: bool, maps in 0..12_usize
    ) {
        let mut dice = Dice::repeating(decisions, maps);
        let text = document(&mut dice, Kind { is_mapped, has_unknown_keys: false, wrong: None }).to_string();
        prop_assume!(dice.has_repeated());
        prop_assert_eq!(read(&text), Meaning::Incomplete, "{}", text);
    }
}
