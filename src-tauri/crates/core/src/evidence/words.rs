//! The words of the report: one data file, both languages. A `{name}` in them is a place for a value.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::timeline::code;
use crate::domain::vocabulary::Language;

/// Words by the code that they are for.
pub(super) type ByCode = BTreeMap<String, String>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) title: String,
    pub(super) made: String,
    pub(super) draft: String,
    pub(super) sections: Sections,
    pub(super) overview: Overview,
    pub(super) values: Values,
    pub(super) columns: Columns,
    pub(super) signature: Signature,
    pub(super) environments: ByCode,
    pub(super) moments: ByCode,
    pub(super) missing: ByCode,
    pub(super) results: ByCode,
    pub(super) ends: ByCode,
    pub(super) phases: ByCode,
    pub(super) deviations: Deviations,
    pub(super) times: Times,
    pub(super) footer: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sections {
    pub(super) overview: String,
    pub(super) switches: String,
    pub(super) lists: String,
    pub(super) course: String,
    pub(super) left: String,
    pub(super) deviations: String,
    pub(super) files: String,
    pub(super) signatures: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Overview {
    pub(super) connection: String,
    pub(super) environment: String,
    pub(super) address: String,
    pub(super) workstation_users: String,
    pub(super) platform_user: String,
    pub(super) result: String,
    pub(super) began: String,
    pub(super) ended: String,
    pub(super) work: String,
    pub(super) planned_start: String,
    pub(super) planned_end: String,
    pub(super) by_itself: String,
    pub(super) give_up_at: String,
    pub(super) settle: String,
    pub(super) job_stop: String,
    pub(super) read_only: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Values {
    pub(super) none: String,
    pub(super) ended: String,
    pub(super) not_reached: String,
    pub(super) not_recorded: String,
    pub(super) under_way: String,
    pub(super) span: String,
    pub(super) open_span: String,
    pub(super) minutes: String,
    pub(super) restarted: String,
    pub(super) read_at: String,
    pub(super) on: String,
    pub(super) off: String,
    pub(super) unknown: String,
    pub(super) agree: String,
    pub(super) disagree: String,
    pub(super) more: String,
    pub(super) nothing_left: String,
    pub(super) left_unknown: String,
    pub(super) waived: String,
    pub(super) nothing: String,
    pub(super) no_switches: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Columns {
    pub(super) switches: [String; 7],
    pub(super) lists: [String; 9],
    pub(super) left: [String; 4],
    pub(super) files: [String; 2],
    pub(super) signatures: [String; 4],
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signature {
    pub(super) date: String,
    pub(super) name: String,
    pub(super) remarks: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Deviations {
    pub(super) switch_failed: String,
    pub(super) switch_without_end: String,
    pub(super) job_stop_was_on: String,
    pub(super) changed_elsewhere: String,
    pub(super) suspect: String,
    pub(super) login_refused: String,
    pub(super) automation: ByCode,
    pub(super) resumed: String,
    pub(super) new_after_stop: String,
    pub(super) count_stuck: String,
    pub(super) read_only_unproved: String,
    pub(super) dangers: ByCode,
    pub(super) work_unproved: String,
    pub(super) conditions: ByCode,
    pub(super) between: String,
    pub(super) gave_up_running: String,
    pub(super) gave_up_unproved: String,
    pub(super) overdue: String,
    pub(super) no_work: String,
    pub(super) left_on: String,
    pub(super) waived: String,
    pub(super) list_missing: String,
    pub(super) list_disagrees: String,
    pub(super) timeline_cut: String,
    pub(super) lines_missing: String,
    pub(super) clock_back: String,
}

/// Patterns of `strftime`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Times {
    pub(super) full: String,
    pub(super) short: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    ja: Words,
    en: Words,
}

static WORDS: LazyLock<Both> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is part of the program and a test reads it")]
    serde_json::from_str(include_str!("../../data/report.json")).expect("report.json is well-formed")
});

/// The words in one language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::Ja => &WORDS.ja,
        Language::En => &WORDS.en,
    }
}

/// The word for a code. One without a word is shown as it is.
pub(super) fn word(words: &ByCode, of: impl Serialize) -> String {
    let code = code(of);
    words.get(&code).cloned().unwrap_or(code)
}

/// Puts values into their places. What a value holds is no place.
pub(super) fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = sentence;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(it, rest)| Some((it, rest.split_once('}')?)))
    {
        filled.push_str(before);
        filled.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = after;
    }
    filled.push_str(rest);
    filled
}
