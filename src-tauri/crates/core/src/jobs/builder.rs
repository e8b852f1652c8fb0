//! Fills a job table while an answer streams in, its keys in any order.

use std::collections::HashMap;

use super::table::{Backyard, JobTable, Kind, NewRow, Organization, Workspace};
use crate::domain::vocabulary::class_of;

/// Rows a table can hold. A real job takes 270 bytes of an answer; a hostile one takes two, and may not be turned into
/// sixteen times as much memory without end.
pub const MAX_ROWS: usize = 10_000_000;
/// Organizations and workspaces, and distinct statuses, that a table can hold each.
pub const MAX_NAMES: usize = 1_000_000;
/// Bytes of one id or name.
pub const MAX_TEXT: usize = 64 * 1024;

/// Which limit an answer passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more than {limit} {what}")]
pub struct TooMuch {
    /// `rows`, `names` or `bytes of text`.
    pub what: &'static str,
    /// The limit.
    pub limit: usize,
}

/// One job as it was found, before its keys are numbered.
#[derive(Debug, Clone, Copy, Default)]
pub struct FoundJob<'a> {
    /// Empty where it was missing.
    pub id: &'a str,
    /// Empty where it was missing.
    pub status_id: &'a str,
    /// `None` where it was null.
    pub status_name: Option<&'a str>,
    /// `last_update_timestamp`; `None` where it was null.
    pub label: Option<&'a str>,
    /// A field that every job has was missing or of another type.
    pub is_incomplete: bool,
}

/// A table under construction. Organizations and workspaces are numbered when they begin and named when their id is
/// met, which may be after their rows.
#[derive(Debug, Default)]
pub struct TableBuilder {
    table: JobTable,
    backyards: HashMap<Box<str>, u32>,
    kinds: HashMap<Kind, u32>,
    /// By name; only known once a finished table is resumed.
    organizations: HashMap<Box<str>, u32>,
    /// By organization and name; only known once a finished table is resumed.
    workspaces: HashMap<(Box<str>, Box<str>), u32>,
    /// The kinds used last: a workspace has a handful, and comparing is cheaper than hashing.
    recent: [u32; RECENT],
    next_recent: usize,
}

const RECENT: usize = 8;

impl TableBuilder {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins an organization without a name; its ordinal.
    pub fn begin_organization(&mut self) -> Result<u32, TooMuch> {
        self.check_names()?;
        self.table.organizations.push(Organization { name: Box::default(), reported: None, is_listed: true });
        Ok(self.table.organizations.len() as u32 - 1)
    }

    /// Names an organization.
    pub fn name_organization(&mut self, organization: u32, name: &str) -> Result<(), TooMuch> {
        self.table.organizations[organization as usize].name = checked(name)?.into();
        Ok(())
    }

    /// Begins a workspace without a name; its ordinal.
    pub fn begin_workspace(&mut self, organization: u32) -> Result<u32, TooMuch> {
        self.check_names()?;
        let workspace = Workspace { organization, name: Box::default(), reported: None, is_listed: true };
        self.table.workspaces.push(workspace);
        Ok(self.table.workspaces.len() as u32 - 1)
    }

    /// Names a workspace.
    pub fn name_workspace(&mut self, workspace: u32, name: &str) -> Result<(), TooMuch> {
        self.table.workspaces[workspace as usize].name = checked(name)?.into();
        Ok(())
    }

    /// The index of a container.
    pub fn backyard(&mut self, name: &str) -> Result<u32, TooMuch> {
        if let Some(index) = self.backyards.get(name) {
            return Ok(*index);
        }
        self.check_names()?;
        let index = self.table.backyards.len() as u32;
        self.table.backyards.push(Backyard { name: checked(name)?.into(), class: class_of(name) });
        self.backyards.insert(name.into(), index);
        Ok(index)
    }

    /// Adds a job.
    pub fn push(&mut self, workspace: u32, backyard: u32, job: FoundJob<'_>) -> Result<(), TooMuch> {
        if self.table.len() >= MAX_ROWS {
            return Err(TooMuch { what: "rows", limit: MAX_ROWS });
        }
        let (id, label) = (checked(job.id)?, job.label.map(checked).transpose()?);
        let kind = self.kind(backyard, job.status_id, job.status_name)?;
        let row = NewRow { workspace, kind, id, label, is_incomplete: job.is_incomplete };
        if self.table.push(row) {
            Ok(())
        } else {
            Err(TooMuch { what: "bytes of text", limit: u32::MAX as usize })
        }
    }

    /// Sets `execute_count` of the whole system.
    pub fn report(&mut self, count: u32) {
        self.table.reported = Some(count);
    }

    /// Sets `execute_count` of an organization.
    pub fn report_organization(&mut self, organization: u32, count: u32) {
        self.table.organizations[organization as usize].reported = Some(count);
    }

    /// Sets `execute_count` of a workspace.
    pub fn report_workspace(&mut self, workspace: u32, count: u32) {
        self.table.workspaces[workspace as usize].reported = Some(count);
    }

    /// The finished table.
    pub fn finish(mut self) -> JobTable {
        self.table.shrink();
        self.table
    }

    /// Continues a finished table, to add the rows that left.
    pub(super) fn resume(table: JobTable) -> Self {
        let backyards = (0..).zip(&table.backyards).map(|(index, backyard)| (backyard.name.clone(), index)).collect();
        let kinds = (0..).zip(&table.kinds).map(|(index, kind)| (kind.clone(), index)).collect();
        let workspaces = (0..)
            .zip(&table.workspaces)
            .map(|(index, it)| ((table.organizations[it.organization as usize].name.clone(), it.name.clone()), index))
            .collect();
        let organizations = (0..).zip(&table.organizations).map(|(index, it)| (it.name.clone(), index)).collect();
        Self { table, backyards, kinds, organizations, workspaces, recent: [0; RECENT], next_recent: 0 }
    }

    /// Adds a row that left since `older`, under its own names.
    pub(super) fn add_gone(&mut self, older: &JobTable, row: u32) -> Result<(), TooMuch> {
        if self.table.len() >= MAX_ROWS {
            return Err(TooMuch { what: "rows", limit: MAX_ROWS });
        }
        let key = (older.organization(row), older.workspace(row));
        let workspace = match self.workspaces.get(&(key.0.into(), key.1.into())) {
            Some(workspace) => *workspace,
            None => self.unlisted_workspace(key.0, key.1)?,
        };
        let backyard = self.backyard(older.backyard(row))?;
        let kind = self.kind(backyard, older.status_id(row), older.status_name(row))?;
        self.table.push_gone(workspace, kind, older, row);
        Ok(())
    }

    /// A workspace that is in the table only for the rows that left it.
    fn unlisted_workspace(&mut self, organization_name: &str, name: &str) -> Result<u32, TooMuch> {
        let organization = if let Some(known) = self.organizations.get(organization_name) {
            *known
        } else {
            let organization = self.begin_organization()?;
            self.name_organization(organization, organization_name)?;
            self.table.organizations[organization as usize].is_listed = false;
            self.organizations.insert(organization_name.into(), organization);
            organization
        };
        let workspace = self.begin_workspace(organization)?;
        self.name_workspace(workspace, name)?;
        self.table.workspaces[workspace as usize].is_listed = false;
        self.workspaces.insert((organization_name.into(), name.into()), workspace);
        Ok(workspace)
    }

    /// The table so far.
    pub(super) const fn table_mut(&mut self) -> &mut JobTable {
        &mut self.table
    }

    /// The index of a status in its container.
    pub(super) fn kind(&mut self, backyard: u32, status_id: &str, status_name: Option<&str>) -> Result<u32, TooMuch> {
        for index in self.recent {
            if self.table.kinds.get(index as usize).is_some_and(|kind| {
                kind.backyard == backyard && &*kind.status_id == status_id && kind.status_name.as_deref() == status_name
            }) {
                return Ok(index);
            }
        }
        let kind = Kind {
            backyard,
            status_id: checked(status_id)?.into(),
            status_name: status_name.map(checked).transpose()?.map(Box::from),
        };
        let index = if let Some(index) = self.kinds.get(&kind) {
            *index
        } else {
            self.check_names()?;
            let index = self.table.kinds.len() as u32;
            self.table.kinds.push(kind.clone());
            self.kinds.insert(kind, index);
            index
        };
        self.recent[self.next_recent % RECENT] = index;
        self.next_recent += 1;
        Ok(index)
    }

    fn check_names(&self) -> Result<(), TooMuch> {
        let table = &self.table;
        if [table.organizations.len(), table.workspaces.len(), table.backyards.len(), table.kinds.len()]
            .iter()
            .any(|names| *names >= MAX_NAMES)
        {
            return Err(TooMuch { what: "names", limit: MAX_NAMES });
        }
        Ok(())
    }
}

fn checked(text: &str) -> Result<&str, TooMuch> {
    if text.len() > MAX_TEXT {
        Err(TooMuch { what: "bytes of text", limit: MAX_TEXT })
    } else {
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::id::JobId;
    use crate::jobs::table::ROW_BYTES;

    fn one_row(job: FoundJob<'_>) -> JobTable {
        let mut builder = TableBuilder::new();
        let organization = builder.begin_organization().expect("room");
        let workspace = builder.begin_workspace(organization).expect("room");
        let backyard = builder.backyard("ita-by-ansible-execute").expect("room");
        builder.push(workspace, backyard, job).expect("room");
        builder.name_workspace(workspace, "ws").expect("short");
        builder.name_organization(organization, "org").expect("short");
        builder.finish()
    }

    #[test]
    fn names_may_come_after_the_rows_they_belong_to() {
        let table = one_row(FoundJob { id: "job-1", status_id: "3", ..FoundJob::default() });
        assert_eq!((table.organization(0), table.workspace(0)), ("org", "ws"));
        assert_eq!(table.id(0), JobId::Text("job-1"));
    }

    #[test]
    fn every_label_is_given_back_as_it_was_sent() {
        for label in ["2026-11-22T19:16:02Z", "2026-11-22T19:16:02.000000Z", "2026-11-22T19:16:02.5Z", "yesterday", ""]
        {
            let table = one_row(FoundJob { label: Some(label), ..FoundJob::default() });
            assert_eq!(table.raw_label(0).as_deref(), Some(label), "nothing may be lost or made up");
        }
        assert_eq!(one_row(FoundJob::default()).raw_label(0), None, "null is no label");
    }

    #[test]
    fn a_table_of_uuids_takes_what_it_says_and_not_more() {
        let mut builder = TableBuilder::new();
        let organization = builder.begin_organization().expect("room");
        let workspace = builder.begin_workspace(organization).expect("room");
        let backyard = builder.backyard("ita-by-ansible-execute").expect("room");
        for number in 0..10_000_u128 {
            let id = JobId::Uuid(number).to_string();
            let job =
                FoundJob { id: &id, status_id: "3", label: Some("2026-11-22T19:16:02.140628Z"), ..FoundJob::default() };
            builder.push(workspace, backyard, job).expect("room");
        }
        let table = builder.finish();
        const { assert!(ROW_BYTES <= 40, "the bar of the architecture") };
        assert_eq!(table.column_bytes(), 10_000 * ROW_BYTES, "nothing is reserved and nothing is kept twice");
    }

    #[test]
    fn an_endless_id_is_refused_and_a_long_one_kept() {
        let long = "x".repeat(10_000);
        assert_eq!(one_row(FoundJob { id: &long, ..FoundJob::default() }).id(0), JobId::Text(&long));
        let mut builder = TableBuilder::new();
        let endless = "x".repeat(MAX_TEXT + 1);
        assert_eq!(builder.backyard(&endless), Err(TooMuch { what: "bytes of text", limit: MAX_TEXT }));
    }
}
