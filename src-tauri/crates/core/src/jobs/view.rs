//! The view interface: what grid, CSV and command line ask of a job table, and what they get.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{JobClass, Language};

/// A column that sorts; its name is the CSV key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum JobColumn {
    /// Organization.
    OrganizationId,
    /// Workspace.
    WorkspaceId,
    /// Backyard: sorted by its name in the view's language.
    Backyard,
    /// Counted, conductor, unclassified.
    Counted,
    /// Job id: numbers by value within the text ("job-9" before "job-10").
    JobId,
    /// Status by its name in the view's language.
    StatusName,
    /// Last update; what is unknown comes last in both directions.
    LastUpdateUtc,
    /// Age: the reverse of last update.
    AgeSeconds,
}

/// One sort key. Ties keep the order of organization, workspace, backyard, job id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct JobSort {
    /// By what.
    pub column: JobColumn,
    /// Downwards.
    pub descending: bool,
}

/// Which rows. Empty lists do not restrict.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct JobFilter {
    /// Words, separated by blanks, that must all occur in the row's text (ids, names shown in the view's language,
    /// container), without regard to case and width. At most 1,000 characters.
    pub text: String,
    /// Organization ids.
    pub organizations: Vec<String>,
    /// Workspaces.
    pub workspaces: Vec<WorkspaceKey>,
    /// Container names.
    pub backyards: Vec<String>,
    /// Statuses.
    pub statuses: Vec<StatusKey>,
}

/// A workspace: its id means something in its organization only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct WorkspaceKey {
    /// Organization id.
    pub organization_id: String,
    /// Workspace id.
    pub workspace_id: String,
}

/// A status: its id means something in its container only (platform-contract §5).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct StatusKey {
    /// Container name.
    pub backyard: String,
    /// Status id, as sent.
    pub status_id: String,
}

/// A sorted, filtered way to look at a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct JobView {
    /// Order; null: as organization, workspace, backyard, job id.
    pub sort: Option<JobSort>,
    /// Rows.
    #[serde(default)]
    pub filter: JobFilter,
    /// For names and their order.
    #[serde(default)]
    pub language: Language,
}

/// A window of rows of a view.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct JobWindow {
    /// Of which revision of the table.
    pub revision: u32,
    /// All rows of the table, gone ones included.
    pub total: u32,
    /// Rows that pass the filter, gone ones included.
    pub matched: u32,
    /// Rows that are still listed; what an export of everything writes.
    pub listed: u32,
    /// Listed rows that pass the filter; what an export of this view writes.
    pub listed_matched: u32,
    /// Index of the first row of this window.
    pub offset: u32,
    /// At most 500.
    pub rows: Vec<JobRow>,
}

impl JobWindow {
    /// Before the first list.
    pub(crate) const fn nothing_read() -> Self {
        Self { revision: 0, total: 0, matched: 0, listed: 0, listed_matched: 0, offset: 0, rows: Vec::new() }
    }
}

/// One job as the grid shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
#[expect(clippy::struct_excessive_bools, reason = "the marks of a row are independent, and all may be set")]
pub struct JobRow {
    /// Organization.
    pub organization_id: String,
    /// Workspace.
    pub workspace_id: String,
    /// Container name.
    pub backyard: String,
    /// How it counts.
    pub class: JobClass,
    /// Job id, as sent; empty where it was missing.
    pub job_id: String,
    /// Status id, as sent; empty where it was missing.
    pub status_id: String,
    /// The platform's name for the status; null for odd ones.
    pub status_name: Option<String>,
    /// The label as sent.
    pub last_update_raw: Option<String>,
    /// The corrected time; null while the zone is not known or the label cannot be read.
    pub last_update_utc: Option<Timestamp>,
    /// Seconds from the last update to the platform's clock in this answer, never negative.
    #[ts(type = "number | null")]
    pub age_seconds: Option<u64>,
    /// Not in the poll before.
    pub is_new: bool,
    /// In the poll before with another status.
    pub is_status_changed: bool,
    /// In the poll before, and not in this one. How it ended is not known.
    pub is_gone: bool,
    /// A field that every job has was missing or of another type.
    pub is_incomplete: bool,
}

/// The values of one column with how many rows have them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Facets {
    /// Organization ids.
    pub organizations: Vec<FacetValue<String>>,
    /// Workspaces.
    pub workspaces: Vec<FacetValue<WorkspaceKey>>,
    /// Container names.
    pub backyards: Vec<FacetValue<String>>,
    /// Statuses.
    pub statuses: Vec<FacetValue<StatusKey>>,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FacetValue<T> {
    /// The value to put into the filter.
    pub value: T,
    /// Rows with it, before any filter.
    pub rows: u32,
}
