//! The platform's words: one data file, ja and en, used here for sorting, filtering and counting, and by the UI for
//! showing (platform-contract §1, §5, §10).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::modes::Mode;

/// The languages of the product.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Language {
    /// Japanese.
    #[default]
    Ja,
    /// English.
    En,
}

/// Whether a row counts towards draining.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum JobClass {
    /// The platform counts it.
    Counted,
    /// A conductor: listed, not counted.
    Conductor,
    /// A container that this product does not know: it may or may not count.
    Unclassified,
}

/// One term in both languages.
#[derive(Debug, Deserialize)]
pub struct Term {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Term {
    /// The term in one language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Ja => &self.ja,
            Language::En => &self.en,
        }
    }
}

/// A kind of backyard and its statuses.
#[derive(Debug, Deserialize)]
pub struct Backyard {
    /// Whether the platform counts its rows.
    pub counted: bool,
    /// Its name.
    #[serde(flatten)]
    pub name: Term,
    /// Status id → name. The same id means different things in different containers.
    pub statuses: BTreeMap<String, Term>,
}

/// The data file.
#[derive(Debug, Deserialize)]
pub struct Vocabulary {
    /// Mode → name.
    pub modes: BTreeMap<Mode, Term>,
    /// Container → backyard.
    pub backyards: BTreeMap<String, Backyard>,
    /// Japanese names of the columns of an exported CSV.
    pub csv_header_ja: [String; 12],
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is part of the program and a test reads it")]
    serde_json::from_str(include_str!("../../data/vocabulary.json")).expect("vocabulary.json is well-formed")
});

/// The platform's words.
pub fn vocabulary() -> &'static Vocabulary {
    &VOCABULARY
}

/// How rows of a container count.
pub fn class_of(container: &str) -> JobClass {
    match vocabulary().backyards.get(container) {
        Some(backyard) if backyard.counted => JobClass::Counted,
        Some(_) => JobClass::Conductor,
        None => JobClass::Unclassified,
    }
}

/// The name of a mode.
pub fn mode_name(mode: Mode, language: Language) -> &'static str {
    vocabulary().modes.get(&mode).map_or("", |name| name.in_language(language))
}

/// The name of a container, or the container itself where it is unknown.
pub fn backyard_name(container: &str, language: Language) -> &str {
    vocabulary().backyards.get(container).map_or(container, |backyard| backyard.name.in_language(language))
}

/// The name of a status in its container; `None` where this product does not know it, so that the platform's own word
/// is shown.
pub fn status_name<'a>(container: &str, status_id: &str, language: Language) -> Option<&'a str> {
    let backyard = vocabulary().backyards.get(container)?;
    Some(backyard.statuses.get(status_id)?.in_language(language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_status_id_means_different_things_in_different_containers() {
        assert_eq!(status_name("ita-by-ansible-execute", "2", Language::Ja), Some("準備中"));
        assert_eq!(status_name("ita-by-menu-create", "2", Language::Ja), Some("実行中"));
        assert_eq!(status_name("ita-by-menu-create", "02", Language::Ja), None, "odd ids are not guessed");
    }

    #[test]
    fn only_conductors_are_known_and_not_counted() {
        assert_eq!(class_of("ita-by-conductor-synchronize"), JobClass::Conductor);
        assert_eq!(class_of("ita-by-new-thing"), JobClass::Unclassified);
        assert_eq!(vocabulary().backyards.values().filter(|backyard| backyard.counted).count(), 6);
    }
}
