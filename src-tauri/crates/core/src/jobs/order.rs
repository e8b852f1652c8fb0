//! Orders: names are collated once, as few as they are, and rows are sorted by the small ranks that come of it.

use std::cmp::Ordering;
use std::collections::HashMap;

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::locale;

use super::id::JobId;
use super::table::{JobTable, Kind};
use crate::domain::vocabulary::{backyard_name, status_name, Language};

/// Ranks of all names in one language, and the rows in the order that breaks every tie: organization, workspace,
/// backyard, job id, and where all of these are the same, as in the answer.
#[derive(Debug)]
pub(super) struct Orders {
    /// Rows.
    pub(super) rows: Vec<u32>,
    /// By workspace ordinal: rank of its organization's name.
    pub(super) organization: Ranks,
    /// By workspace ordinal: rank of its own name, the same in all organizations.
    pub(super) workspace: Ranks,
    /// By workspace ordinal: rank of organization and name.
    pub(super) both: Ranks,
    /// By kind: rank of the backyard's name.
    pub(super) backyard: Ranks,
    /// By kind: rank of the status as it is shown.
    pub(super) status: Ranks,
    /// By kind: counted, conductor, unclassified.
    pub(super) class: Ranks,
    /// The status of each of `rows`.
    placed_status: Option<Placed>,
}

/// Ranks from 0, equal where names are equal.
#[derive(Debug)]
pub(super) struct Ranks {
    pub(super) of: Vec<u32>,
    count: u32,
}

impl Orders {
    pub(super) fn new(table: &JobTable, language: Language) -> Self {
        let collator = Collator::new(language);
        let organization =
            collator.rank(table.workspaces.iter().map(|it| &*table.organizations[it.organization as usize].name));
        let workspace = collator.rank(table.workspaces.iter().map(|it| &*it.name));
        let both = Ranks::of_keys(&organization.of.iter().zip(&workspace.of).collect::<Vec<_>>(), Ord::cmp);
        let backyard = collator.rank(table.kinds.iter().map(|it| backyard_shown(table, it, language)));
        let status = collator.rank(table.kinds.iter().map(|it| status_shown(table, it, language)));
        let classes = table.kinds.iter().map(|it| table.backyards[it.backyard as usize].class as u32);
        let class = Ranks { of: classes.collect(), count: 3 };
        let (workspace_of, kind_of) = table.small_columns();
        let rows: Vec<u32> = (0..table.len() as u32).collect();
        let rows = backyard.sort(&rows, kind_of, false);
        let mut rows = both.sort(&rows, workspace_of, false);
        // Few rows share a backyard of a workspace: sorting within each is a fraction of sorting all of them.
        let place = |row: &u32| {
            let row = *row as usize;
            (both.of[workspace_of[row] as usize], backyard.of[kind_of[row] as usize])
        };
        for same in rows.chunk_by_mut(|a, b| place(a) == place(b)).filter(|same| same.len() > 1) {
            let sorted = by_id(table, same, false);
            same.copy_from_slice(&sorted);
        }
        let placed_status = Placed::new(&status, &rows, kind_of);
        Self { rows, organization, workspace, both, backyard, status, class, placed_status }
    }

    /// Rows by status: all of them, or those that a filter left, in the order that breaks every tie.
    pub(super) fn by_status(&self, rows: &[u32], kind_of: &[u32], descending: bool) -> Vec<u32> {
        match &self.placed_status {
            // Nothing was left out.
            Some(placed) if rows.len() == self.rows.len() => placed.sort(&self.rows, descending),
            _ => self.status.sort(rows, kind_of, descending),
        }
    }
}

/// The backyard's name as it is shown.
pub(super) fn backyard_shown<'a>(table: &'a JobTable, kind: &Kind, language: Language) -> &'a str {
    backyard_name(&table.backyards[kind.backyard as usize].name, language)
}

/// The status as it is shown: its localised name, or the platform's own, or its id.
pub(super) fn status_shown<'a>(table: &'a JobTable, kind: &'a Kind, language: Language) -> &'a str {
    status_name(&table.backyards[kind.backyard as usize].name, &kind.status_id, language)
        .or(kind.status_name.as_deref())
        .unwrap_or(&kind.status_id)
}

impl Ranks {
    fn of_keys<K: Copy + Eq + std::hash::Hash>(keys: &[K], mut compare: impl FnMut(&K, &K) -> Ordering) -> Self {
        let mut distinct: Vec<K> = keys.to_vec();
        let mut rank_of: HashMap<K, u32> = keys.iter().map(|key| (*key, 0)).collect();
        distinct.clear();
        distinct.extend(rank_of.keys());
        distinct.sort_unstable_by(&mut compare);
        for (rank, key) in (0..).zip(&distinct) {
            rank_of.insert(*key, rank);
        }
        Self { of: keys.iter().map(|key| rank_of[key]).collect(), count: distinct.len() as u32 }
    }

    /// Rows by the rank of what they have in `column`; rows of the same rank keep their order, in both directions. Nothing
    /// is compared, so that the cost does not depend on the order.
    pub(super) fn sort(&self, rows: &[u32], column: &[u32], descending: bool) -> Vec<u32> {
        let directed = |rank: &u32| if descending { self.count - 1 - rank } else { *rank };
        let ranks: Vec<u32> = self.of.iter().map(directed).collect();
        let rank = |row: &u32| ranks[column[*row as usize] as usize];
        if let Some(mut runs) = runs(rows, rank) {
            runs.sort_by_key(|(rank, _)| *rank);
            return runs.into_iter().map(|(_, run)| run).collect::<Vec<_>>().concat();
        }
        // Where the next row of each rank belongs: rows are counted before they are placed, so that each is written once.
        let mut next = vec![0_usize; self.count as usize];
        for row in rows {
            next[rank(row) as usize] += 1;
        }
        let mut before = 0;
        for next in &mut next {
            before += std::mem::replace(next, before);
        }
        let mut sorted = vec![0; rows.len()];
        for row in rows {
            let next = &mut next[rank(row) as usize];
            sorted[*next] = *row;
            *next += 1;
        }
        sorted
    }
}

/// Ranks of rows in the order in which these stand, a byte each, and how many rows have each rank. Statuses take turns
/// within a backyard, so that no pieces can be moved; with both known, each row is looked at once and put where it belongs.
#[derive(Debug)]
struct Placed {
    of: Vec<u8>,
    counts: [usize; RANKS],
    count: usize,
}

const RANKS: usize = 1 << u8::BITS;

impl Placed {
    /// `None` where there are more ranks than a byte can tell.
    fn new(ranks: &Ranks, rows: &[u32], column: &[u32]) -> Option<Self> {
        let count = ranks.count as usize;
        if count > RANKS {
            return None;
        }
        let of: Vec<u8> = rows.iter().map(|row| ranks.of[column[*row as usize] as usize] as u8).collect();
        let mut counts = [0; RANKS];
        for rank in &of {
            counts[usize::from(*rank)] += 1;
        }
        Some(Self { of, counts, count })
    }

    /// The same as [`Ranks::sort`]. Rows are put from both ends towards the middle: each waits for the one before it of
    /// the same rank, and two queues are half the waiting.
    fn sort(&self, rows: &[u32], descending: bool) -> Vec<u32> {
        let (mut first, mut behind) = ([0; RANKS], [0; RANKS]);
        let mut before = 0;
        for place in 0..self.count {
            let rank = if descending { self.count - 1 - place } else { place };
            first[rank] = before;
            before += self.counts[rank];
            behind[rank] = before;
        }
        let mut sorted = vec![0; rows.len()];
        let (front, back) = rows.split_at(rows.len() / 2);
        let (front_ranks, back_ranks) = self.of.split_at(front.len());
        let from_front = front.iter().zip(front_ranks);
        let mut from_back = back.iter().zip(back_ranks).rev();
        let mut put_back = |sorted: &mut [u32], row: u32, rank: u8| {
            let behind = &mut behind[usize::from(rank)];
            *behind -= 1;
            sorted[*behind] = row;
        };
        for ((row, rank), (back_row, back_rank)) in from_front.zip(from_back.by_ref()) {
            let first = &mut first[usize::from(*rank)];
            sorted[*first] = *row;
            *first += 1;
            put_back(&mut sorted, *back_row, *back_rank);
        }
        // One is left where their number is odd.
        for (row, rank) in from_back {
            put_back(&mut sorted, *row, *rank);
        }
        sorted
    }
}

/// Rows of the same rank that follow each other, if that makes few pieces: in the order that breaks every tie the rows of
/// a place stand together, and whole pieces are moved for little.
fn runs(rows: &[u32], rank: impl Fn(&u32) -> u32) -> Option<Vec<(u32, &[u32])>> {
    const SHORT: usize = 64;
    let mut runs = Vec::new();
    let mut rest = rows;
    while let Some(first) = rest.first().map(&rank) {
        let length = rest.iter().position(|row| rank(row) != first).unwrap_or(rest.len());
        let (run, others) = rest.split_at(length);
        runs.push((first, run));
        if runs.len() > rows.len() / SHORT {
            return None;
        }
        rest = others;
    }
    Some(runs)
}

/// Rows by job id; rows with the same id keep their order, in both directions.
pub(super) fn by_id(table: &JobTable, rows: &[u32], descending: bool) -> Vec<u32> {
    let mut texts = Vec::new();
    let mut uuids = Vec::with_capacity(rows.len());
    for (place, row) in (0_u32..).zip(rows) {
        match table.id(*row) {
            // The upper half decides nearly always, and half a key is half the work.
            JobId::Uuid(value) => uuids.push((flipped((value >> 64) as u64, descending), place)),
            JobId::Text(text) => texts.push((text, place)),
        }
    }
    let directed = |order: Ordering| if descending { order.reverse() } else { order };
    let id = |place: u32| table.id(rows[place as usize]);
    texts.sort_by(|a, b| directed(JobId::Text(a.0).compare(JobId::Text(b.0))));
    uuids.sort_unstable();
    for same_half in uuids.chunk_by_mut(|a, b| a.0 == b.0).filter(|chunk| chunk.len() > 1) {
        same_half.sort_unstable_by(|a, b| directed(id(a.1).compare(id(b.1))).then(a.1.cmp(&b.1)));
    }
    let texts = texts.into_iter().map(|(_, place)| rows[place as usize]);
    let uuids = uuids.into_iter().map(|(_, place)| rows[place as usize]);
    if descending {
        uuids.chain(texts).collect()
    } else {
        texts.chain(uuids).collect()
    }
}

/// Rows by a time; unknown ones last in both directions, the same ones in their order.
pub(super) fn by_time(rows: &[u32], descending: bool, time: impl Fn(u32) -> Option<i64>) -> Vec<u32> {
    const SIGN: u64 = 1 << 63;
    let mut keys: Vec<(u64, u32)> = (0..)
        .zip(rows)
        .map(|(place, row)| (time(*row).map_or(u64::MAX, |micros| flipped(micros as u64 ^ SIGN, descending)), place))
        .collect();
    keys.sort_unstable();
    keys.into_iter().map(|(_, place)| rows[place as usize]).collect()
}

const fn flipped(key: u64, descending: bool) -> u64 {
    if descending {
        !key
    } else {
        key
    }
}

/// Compares names as people who read that language expect, digits by their value.
pub(super) struct Collator(Option<CollatorBorrowed<'static>>);

impl Collator {
    pub(super) fn new(language: Language) -> Self {
        let mut preferences: CollatorPreferences = match language {
            Language::Ja => locale!("ja").into(),
            Language::En => locale!("en").into(),
        };
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        Self(icu_collator::Collator::try_new(preferences, CollatorOptions::default()).ok())
    }

    /// Names that a reader would not tell apart still have an order: by their characters.
    pub(super) fn compare(&self, a: &str, b: &str) -> Ordering {
        self.0.as_ref().map_or(Ordering::Equal, |collator| collator.compare(a, b)).then_with(|| a.cmp(b))
    }

    fn rank<'a>(&self, names: impl Iterator<Item = &'a str>) -> Ranks {
        Ranks::of_keys(&names.collect::<Vec<_>>(), |a, b| self.compare(a, b))
    }
}
