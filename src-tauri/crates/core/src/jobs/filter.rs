//! The filter: by value, and by words without regard to case and width.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::Hash;

use icu_normalizer::ComposingNormalizerBorrowed;
use memchr::memmem::Finder;

use super::id::{JobId, HYPHENS, UUID_LENGTH};
use super::order::{backyard_shown, status_shown};
use super::table::JobTable;
use super::view::JobFilter;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::vocabulary::Language;

/// Characters of a filter's text.
pub const MAX_TEXT: usize = 1_000;

/// A filter prepared for one table: everything that few values decide is decided, only job ids are looked at by row.
pub(super) struct Matcher<'a> {
    table: &'a JobTable,
    workspaces: Vec<bool>,
    kinds: Vec<bool>,
    words: Vec<Word>,
}

struct Word {
    /// By workspace ordinal: it or its organization has the word.
    workspaces: Vec<bool>,
    /// By kind: container, backyard or status have the word.
    kinds: Vec<bool>,
    in_uuid: Places,
    finder: Finder<'static>,
}

impl<'a> Matcher<'a> {
    /// [`ProblemCode::BadArgument`] for a text of more than [`MAX_TEXT`] characters.
    pub(super) fn new(table: &'a JobTable, filter: &JobFilter, language: Language) -> Result<Self, Problem> {
        if filter.text.chars().nth(MAX_TEXT).is_some() {
            return Err(Problem::because(ProblemCode::BadArgument, "filter.text"));
        }
        let organizations = Chosen::of(filter.organizations.iter().map(String::as_str));
        let chosen_workspaces =
            Chosen::of(filter.workspaces.iter().map(|it| (it.organization_id.as_str(), it.workspace_id.as_str())));
        let backyards = Chosen::of(filter.backyards.iter().map(String::as_str));
        let statuses = Chosen::of(filter.statuses.iter().map(|it| (it.backyard.as_str(), it.status_id.as_str())));
        let workspaces = table.workspaces.iter().map(|it| {
            let organization = &*table.organizations[it.organization as usize].name;
            organizations.has(&organization) && chosen_workspaces.has(&(organization, &it.name))
        });
        let kinds = table.kinds.iter().map(|it| {
            let container = &*table.backyards[it.backyard as usize].name;
            backyards.has(&container) && statuses.has(&(container, &it.status_id))
        });
        let words = fold(&filter.text).split_whitespace().map(|word| Word::new(table, word, language)).collect();
        Ok(Self { table, workspaces: workspaces.collect(), kinds: kinds.collect(), words })
    }

    /// The rows that pass, in their order. The table is looked through in its own: there what follows lies beside.
    pub(super) fn filter<'r>(&self, rows: &'r [u32]) -> Cow<'r, [u32]> {
        if self.words.is_empty() && self.workspaces.iter().all(|it| *it) && self.kinds.iter().all(|it| *it) {
            return Cow::Borrowed(rows);
        }
        let mut buffer = String::new();
        let passing: Vec<bool> = (0..self.table.len() as u32).map(|row| self.passes(row, &mut buffer)).collect();
        rows.iter().copied().filter(|row| passing[*row as usize]).collect()
    }

    fn passes(&self, row: u32, buffer: &mut String) -> bool {
        let (workspace, kind) = (self.table.workspace_ordinal(row) as usize, self.table.kind(row) as usize);
        self.workspaces[workspace]
            && self.kinds[kind]
            && self
                .words
                .iter()
                .all(|word| word.workspaces[workspace] || word.kinds[kind] || word.is_in_id(self.table.id(row), buffer))
    }
}

impl Word {
    fn new(table: &JobTable, word: &str, language: Language) -> Self {
        let has = |text: &str| fold(text).contains(word);
        let organizations: Vec<bool> = table.organizations.iter().map(|it| has(&it.name)).collect();
        let workspaces =
            table.workspaces.iter().map(|it| organizations[it.organization as usize] || has(&it.name)).collect();
        let kinds = table
            .kinds
            .iter()
            .map(|it| {
                has(&table.backyards[it.backyard as usize].name)
                    || has(backyard_shown(table, it, language))
                    || has(status_shown(table, it, language))
            })
            .collect();
        Self { workspaces, kinds, in_uuid: Places::of(word), finder: Finder::new(word).into_owned() }
    }

    fn is_in_id(&self, id: JobId<'_>, buffer: &mut String) -> bool {
        match id {
            JobId::Uuid(value) => self.in_uuid.have(value),
            JobId::Text(text) if text.is_ascii() => {
                text.clone_into(buffer);
                buffer.make_ascii_lowercase();
                self.finder.find(buffer.as_bytes()).is_some()
            }
            JobId::Text(text) => self.finder.find(fold(text).as_bytes()).is_some(),
        }
    }
}

/// Every place where a word fits between the hyphens of a UUID, as a mask and the bits that it lets through. A UUID need
/// not be printed to be searched, and a word without a hyphen lies in one half of it.
#[derive(Default)]
struct Places {
    high: Vec<(u64, u64)>,
    low: Vec<(u64, u64)>,
    across: Vec<(u128, u128)>,
}

impl Places {
    fn of(word: &str) -> Self {
        let word = word.as_bytes();
        let mut places = Self::default();
        let Some(last) = UUID_LENGTH.checked_sub(word.len()) else { return places };
        for (mask, bits) in (0..=last).filter_map(|start| place_in_uuid(word, start)) {
            if mask >> 64 == 0 {
                places.low.push((mask as u64, bits as u64));
            } else if mask as u64 == 0 {
                places.high.push(((mask >> 64) as u64, (bits >> 64) as u64));
            } else {
                places.across.push((mask, bits));
            }
        }
        places
    }

    /// Looks at all places of a half: most ids have the word in none, and there is nothing to guess on the way.
    fn have(&self, uuid: u128) -> bool {
        let is_in =
            |places: &[(u64, u64)], half: u64| places.iter().filter(|(mask, bits)| half & mask == *bits).count() > 0;
        is_in(&self.high, (uuid >> 64) as u64)
            || is_in(&self.low, uuid as u64)
            || self.across.iter().any(|(mask, bits)| uuid & mask == *bits)
    }
}

fn place_in_uuid(word: &[u8], start: usize) -> Option<(u128, u128)> {
    let (mut mask, mut digits) = (0_u128, 0_u128);
    for (at, byte) in (start..).zip(word) {
        let hyphens_before = HYPHENS.iter().filter(|hyphen| **hyphen < at).count();
        if HYPHENS.contains(&at) != (*byte == b'-') {
            return None;
        }
        if *byte == b'-' {
            continue;
        }
        let digit = char::from(*byte).to_digit(16)?;
        let shift = 4 * (31 - (at - hyphens_before));
        mask |= 15 << shift;
        digits |= u128::from(digit) << shift;
    }
    Some((mask, digits))
}

/// A list of values of which one must be met; an empty list does not restrict.
struct Chosen<T>(HashSet<T>);

impl<T: Eq + Hash> Chosen<T> {
    fn of(values: impl Iterator<Item = T>) -> Self {
        Self(values.collect())
    }

    fn has(&self, value: &T) -> bool {
        self.0.is_empty() || self.0.contains(value)
    }
}

/// A text as it is searched: compatibility forms are composed (half-width katakana and full-width Latin become their
/// common forms), and case is gone. By way of the upper case, so that `ß` and `ẞ` meet `SS` and both sigmas meet.
pub(super) fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(text.to_ascii_lowercase())
        } else {
            Cow::Borrowed(text)
        };
    }
    let nfkc = ComposingNormalizerBorrowed::new_nfkc();
    let composed = nfkc.normalize(text);
    let lower: String = composed
        .chars()
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .collect();
    Cow::Owned(nfkc.normalize(&lower).into_owned())
}
