//! Organizations and workspaces of the practice platform, and the rows in them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{backyard::Backyard, course::Course, render::Rendered};

/// Names an administrator might meet: four organizations with four workspaces each.
const NAMED: [(&str, [&str; 4]); 4] = [
    ("sales", ["prod-batch", "web-front", "staging", "order-entry"]),
    ("infra", ["network", "servers", "os-patch", "storage"]),
    ("hr", ["payroll", "attendance", "staging", "training"]),
    ("finance", ["settlement", "audit", "reporting", "staging"]),
];

/// The id of the nth organization.
pub(crate) fn organization_id(index: usize) -> String {
    NAMED.get(index).map_or_else(|| format!("org-{:03}", index + 1), |(id, _)| (*id).to_owned())
}

/// The id of the nth workspace of the nth organization.
pub(crate) fn workspace_id(organization: usize, index: usize) -> String {
    NAMED
        .get(organization)
        .and_then(|(_, workspaces)| workspaces.get(index))
        .map_or_else(|| format!("ws-{:03}", index + 1), |id| (*id).to_owned())
}

/// The containers of an organization that has every driver.
pub(crate) fn all_containers() -> BTreeSet<Arc<str>> {
    Backyard::ALL.iter().map(|backyard| Arc::from(backyard.container())).collect()
}

/// How a workspace is broken. Either way the platform answers for all workspaces as if it had failed (contract §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkspaceFault {
    /// One of its tables cannot be read.
    BrokenTable,
    /// Its database was dropped.
    DroppedDatabase,
}

/// A workspace with its rows.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) organization: String,
    pub(crate) id: String,
    pub(crate) containers: BTreeSet<Arc<str>>,
    pub(crate) fault: Option<WorkspaceFault>,
    pub(crate) jobs: BTreeMap<u64, Job>,
    /// The last rendering, until a row changes: 100,000 unchanged jobs must not be printed anew at each poll.
    pub(crate) rendered: Option<Rendered>,
}

/// One row of the list, whether the platform shows it or not.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) container: Arc<str>,
    pub(crate) id: String,
    pub(crate) status: String,
    /// Instead of the name the platform has for the status.
    pub(crate) status_name: Option<String>,
    /// Whether the platform counts it: of the known backyards all but conductors.
    pub(crate) counted: bool,
    /// As printed: local time of the containers labelled `Z`.
    pub(crate) label: Option<String>,
    pub(crate) course: Course,
}

impl Job {
    /// Whether the answer lists it: waiting, reserved and agent-queued jobs are outside.
    pub(crate) fn listed(&self) -> bool {
        Backyard::from_container(&self.container).is_none_or(|backyard| backyard.lists(&self.status))
    }
}

impl Workspace {
    pub(crate) fn new(organization: &str, id: &str) -> Self {
        Self {
            organization: organization.to_owned(),
            id: id.to_owned(),
            containers: all_containers(),
            fault: None,
            jobs: BTreeMap::new(),
            rendered: None,
        }
    }
}
