//! The engine behind [`super::view`]: one way to sort and filter for grid, CSV and command line.

use std::sync::Arc;

use super::filter::Matcher;
use super::order;
use super::snapshot::Snapshot;
use super::view::{JobColumn, JobSort, JobView, JobWindow};
use crate::domain::problem::Problem;

/// Rows of one window.
pub const MAX_WINDOW: u32 = 500;

/// The rows of a snapshot that a view shows, in its order.
#[derive(Debug)]
pub struct ViewIndex {
    snapshot: Arc<Snapshot>,
    rows: Vec<u32>,
    listed: u32,
}

impl Snapshot {
    /// Sorts and filters. [`crate::domain::problem::ProblemCode::BadArgument`] for a filter text of more than 1,000
    /// characters.
    pub fn view(self: &Arc<Self>, view: &JobView) -> Result<ViewIndex, Problem> {
        let rows = self.select(view)?;
        let listed = rows.iter().filter(|row| !self.table().is_gone(**row)).count() as u32;
        Ok(ViewIndex { snapshot: Arc::clone(self), rows, listed })
    }

    /// Row numbers of a view, in its order.
    pub fn select(&self, view: &JobView) -> Result<Vec<u32>, Problem> {
        let table = self.table();
        let orders = self.orders(view.language);
        let rows = Matcher::new(table, &view.filter, view.language)?.filter(&orders.rows);
        let Some(JobSort { column, descending }) = view.sort else { return Ok(rows.into_owned()) };
        let (workspaces, kinds) = table.small_columns();
        Ok(match column {
            JobColumn::OrganizationId => orders.organization.sort(&rows, workspaces, descending),
            JobColumn::WorkspaceId => orders.workspace.sort(&rows, workspaces, descending),
            JobColumn::Backyard => orders.backyard.sort(&rows, kinds, descending),
            JobColumn::StatusName => orders.by_status(&rows, kinds, descending),
            JobColumn::Counted => orders.class.sort(&rows, kinds, descending),
            JobColumn::JobId => order::by_id(table, &rows, descending),
            JobColumn::LastUpdateUtc => self.by_time(&rows, descending),
            JobColumn::AgeSeconds => self.by_time(&rows, !descending),
        })
    }

    /// While the zone is not known labels are compared as they are: they all come from the same one.
    fn by_time(&self, rows: &[u32], descending: bool) -> Vec<u32> {
        match self.clock().last_in_order() {
            Some(last) => {
                order::by_time(rows, descending, |row| self.table().label(row).filter(|label| *label <= last))
            }
            None => order::by_time(rows, descending, |row| self.utc_micros(row)),
        }
    }
}

impl ViewIndex {
    /// Rows that pass the filter.
    pub fn matched(&self) -> u32 {
        self.rows.len() as u32
    }

    /// Row numbers in the snapshot's table, in the view's order.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The snapshot behind it.
    pub const fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// At most [`MAX_WINDOW`] rows from `offset`; none beyond the end.
    pub fn window(&self, offset: u32, limit: u32) -> JobWindow {
        let offset = offset.min(self.matched());
        let rows = self.rows[offset as usize..].iter().take(limit.min(MAX_WINDOW) as usize);
        JobWindow {
            revision: self.snapshot.revision(),
            total: self.snapshot.table().len() as u32,
            matched: self.matched(),
            listed: self.snapshot.running().rows,
            listed_matched: self.listed,
            offset,
            rows: rows.map(|row| self.snapshot.row(*row)).collect(),
        }
    }
}

/// Keeps the last view, so that scrolling sorts nothing.
#[derive(Debug, Default)]
pub struct ViewCache {
    last: Option<(JobView, Arc<ViewIndex>)>,
}

impl ViewCache {
    /// The view of a snapshot: the last one if both are the same.
    pub fn get(&mut self, snapshot: &Arc<Snapshot>, view: &JobView) -> Result<Arc<ViewIndex>, Problem> {
        if let Some((last, index)) = &self.last {
            if last == view && Arc::ptr_eq(index.snapshot(), snapshot) {
                return Ok(Arc::clone(index));
            }
        }
        let index = Arc::new(snapshot.view(view)?);
        self.last = Some((view.clone(), Arc::clone(&index)));
        Ok(index)
    }

    /// Lets the snapshot go, when a connection is left.
    pub fn clear(&mut self) {
        self.last = None;
    }
}
