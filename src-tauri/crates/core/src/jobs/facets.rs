//! Facets: the values of a column, with how many rows have them.

use std::collections::BTreeMap;

use super::snapshot::Snapshot;
use super::view::{FacetValue, Facets, StatusKey, WorkspaceKey};
use crate::domain::vocabulary::Language;

impl Snapshot {
    /// The values to filter by, in the order of their names. Rows that left are counted as long as they are listed.
    pub fn facets(&self, language: Language) -> Facets {
        let (table, orders) = (self.table(), self.orders(language));
        let (workspace_of, kind_of) = table.small_columns();
        let by_workspace = count(workspace_of, table.workspaces.len());
        let by_kind = count(kind_of, table.kinds.len());
        let workspaces = table.workspaces.iter().zip(by_workspace).enumerate();
        let kinds = table.kinds.iter().zip(by_kind).enumerate();
        let organization = |ordinal: u32| &*table.organizations[ordinal as usize].name;
        let container = |index: u32| &*table.backyards[index as usize].name;
        Facets {
            organizations: facet(workspaces.clone().map(|(at, (it, rows))| {
                ((orders.organization.of[at], 0), organization(it.organization).to_owned(), rows)
            })),
            workspaces: facet(workspaces.map(|(at, (it, rows))| {
                let organization_id = organization(it.organization).to_owned();
                let key = WorkspaceKey { organization_id, workspace_id: it.name.to_string() };
                ((orders.both.of[at], 0), key, rows)
            })),
            backyards: facet(
                kinds
                    .clone()
                    .map(|(at, (it, rows))| ((orders.backyard.of[at], 0), container(it.backyard).to_owned(), rows)),
            ),
            statuses: facet(kinds.map(|(at, (it, rows))| {
                let order = (orders.backyard.of[at], orders.status.of[at]);
                let backyard = container(it.backyard).to_owned();
                (order, StatusKey { backyard, status_id: it.status_id.to_string() }, rows)
            })),
        }
    }
}

fn count(column: &[u32], values: usize) -> Vec<u32> {
    let mut counts = vec![0; values];
    for value in column {
        counts[*value as usize] += 1;
    }
    counts
}

/// Adds up rows of the same value; a value that no row has is left out.
fn facet<T: Ord>(values: impl Iterator<Item = ((u32, u32), T, u32)>) -> Vec<FacetValue<T>> {
    let mut rows_of: BTreeMap<((u32, u32), T), u32> = BTreeMap::new();
    for (order, value, rows) in values.filter(|(_, _, rows)| *rows > 0) {
        *rows_of.entry((order, value)).or_default() += rows;
    }
    rows_of.into_iter().map(|((_, value), rows)| FacetValue { value, rows }).collect()
}
