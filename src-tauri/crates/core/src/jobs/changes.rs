//! What changed between two tables: which rows appeared, left, or went on, and which places are gone.
//!
//! A row is the same row when organization, workspace, container and id are the same; of several rows with the same key
//! the first is compared with the first, the second with the second. Only of rows whose key occurs once is it said that
//! their status changed, and only they are evidence for the time zone: of duplicates nobody knows which is which. Nor is
//! a row that left one poll ago and came back.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::table::JobTable;
use crate::domain::live::GonePlace;

/// The differences, in no particular order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Rows of the newer table that the older one does not have.
    pub(super) appeared: Vec<u32>,
    /// Rows of the older table, not gone there already, that the newer one does not have.
    pub(super) left: Vec<u32>,
    /// Single rows of the newer table that have another status id than in the older one.
    pub(super) status_changed: Vec<u32>,
    /// Labels of single rows that were updated between the two.
    pub(super) updated_labels: Vec<i64>,
    /// Labels of single rows that appeared in a workspace that was listed before.
    pub(super) appeared_labels: Vec<i64>,
}

impl Changes {
    /// Whether the newer table is to say something about its rows.
    pub(super) fn has_rows(&self) -> bool {
        [&self.appeared, &self.left, &self.status_changed].iter().any(|rows| !rows.is_empty())
    }
}

/// Numbers that mean the same name in both tables.
struct SharedNumbers {
    /// By workspace ordinal.
    workspaces: [Vec<u32>; 2],
    /// By kind.
    backyards: [Vec<u32>; 2],
}

/// Finds the differences by sorting the keys of both tables: no order is given, and none is needed.
pub(super) fn between(older: &JobTable, newer: &JobTable) -> Changes {
    let numbers = SharedNumbers::new(older, newer);
    let older_rows = sorted(older, &numbers, 0, false);
    let left_before = sorted(older, &numbers, 0, true);
    let newer_rows = sorted(newer, &numbers, 1, false);
    let known: HashSet<u32> = older
        .workspaces
        .iter()
        .zip(&numbers.workspaces[0])
        .filter(|(it, _)| it.is_listed)
        .map(|(_, number)| *number)
        .collect();
    let mut changes = Changes::default();
    let (mut old, mut new) = (&older_rows[..], &newer_rows[..]);
    loop {
        let which = match (old.first(), new.first()) {
            (None, None) => return changes,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) => compare(older, a, newer, b),
        };
        if which.is_lt() {
            let same = same_keys(older, old);
            changes.left.extend(old[..same].iter().map(|entry| entry.row));
            old = &old[same..];
        } else if which.is_gt() {
            let same = same_keys(newer, new);
            changes.appeared.extend(new[..same].iter().map(|entry| entry.row));
            let came_back = || left_before.binary_search_by(|it| compare(older, it, newer, &new[0])).is_ok();
            if same == 1 && known.contains(&new[0].workspace) && !came_back() {
                changes.appeared_labels.extend(newer.label(new[0].row));
            }
            new = &new[same..];
        } else {
            let (same_old, same_new) = (same_keys(older, old), same_keys(newer, new));
            let both = same_old.min(same_new);
            changes.left.extend(old[both..same_old].iter().map(|entry| entry.row));
            changes.appeared.extend(new[both..same_new].iter().map(|entry| entry.row));
            if same_old == 1 && same_new == 1 {
                if older.status_id(old[0].row) != newer.status_id(new[0].row) {
                    changes.status_changed.push(new[0].row);
                }
                let (before, after) = (older.label(old[0].row), newer.label(new[0].row));
                changes.updated_labels.extend(after.filter(|_| before.is_some() && before != after));
            }
            (old, new) = (&old[same_old..], &new[same_new..]);
        }
    }
}

/// Organizations that were listed and are not, and workspaces that are gone from an organization that is still there; in
/// the order of their names.
pub(super) fn gone_places(older: &JobTable, newer: &JobTable) -> Vec<GonePlace> {
    let organizations: HashSet<&str> = newer.organizations().map(|(name, _)| name).collect();
    let workspaces: HashSet<(&str, &str)> =
        newer.workspaces().map(|(organization, name, _)| (organization, name)).collect();
    let gone = older.organizations().map(|(name, _)| name).filter(|name| !organizations.contains(name));
    let mut places: BTreeSet<(&str, Option<&str>)> = gone.map(|name| (name, None)).collect();
    places.extend(older.workspaces().filter_map(|(organization, name, _)| {
        let is_gone = organizations.contains(organization) && !workspaces.contains(&(organization, name));
        is_gone.then_some((organization, Some(name)))
    }));
    let owned = |(organization, workspace): (&str, Option<&str>)| GonePlace {
        organization: organization.to_owned(),
        workspace: workspace.map(str::to_owned),
    };
    places.into_iter().map(owned).collect()
}

/// A row with its key in shared numbers.
struct Entry {
    workspace: u32,
    backyard: u32,
    row: u32,
}

fn sorted(table: &JobTable, numbers: &SharedNumbers, which: usize, is_gone: bool) -> Vec<Entry> {
    let (workspaces, kinds) = table.small_columns();
    let mut entries: Vec<Entry> = (0..)
        .zip(workspaces.iter().zip(kinds))
        .filter(|(row, _)| table.is_gone(*row) == is_gone)
        .map(|(row, (workspace, kind))| Entry {
            workspace: numbers.workspaces[which][*workspace as usize],
            backyard: numbers.backyards[which][*kind as usize],
            row,
        })
        .collect();
    entries.sort_unstable_by(|a, b| compare(table, a, table, b).then(a.row.cmp(&b.row)));
    entries
}

fn compare(left: &JobTable, a: &Entry, right: &JobTable, b: &Entry) -> Ordering {
    (a.workspace, a.backyard).cmp(&(b.workspace, b.backyard)).then_with(|| left.id(a.row).compare(right.id(b.row)))
}

/// How many entries at the beginning have the key of the first.
fn same_keys(table: &JobTable, entries: &[Entry]) -> usize {
    entries.iter().take_while(|entry| compare(table, &entries[0], table, entry).is_eq()).count()
}

impl SharedNumbers {
    fn new(older: &JobTable, newer: &JobTable) -> Self {
        let mut workspaces = HashMap::new();
        let mut backyards = HashMap::new();
        let tables = [older, newer];
        let workspaces = tables.map(|table| {
            table
                .workspaces
                .iter()
                .map(|workspace| {
                    let organization = &*table.organizations[workspace.organization as usize].name;
                    let next = workspaces.len() as u32;
                    *workspaces.entry((organization, &*workspace.name)).or_insert(next)
                })
                .collect()
        });
        let backyards = tables.map(|table| {
            table
                .kinds
                .iter()
                .map(|kind| {
                    let next = backyards.len() as u32;
                    *backyards.entry(&*table.backyards[kind.backyard as usize].name).or_insert(next)
                })
                .collect()
        });
        Self { workspaces, backyards }
    }
}
