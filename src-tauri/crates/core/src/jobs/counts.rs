//! Counts: what the platform reported against the rows it listed (platform-contract §5).

use super::table::JobTable;
use crate::domain::live::CountMismatch;
use crate::domain::vocabulary::JobClass;

/// Mismatches that are listed; a broken answer may have a million.
pub const MAX_MISMATCHES: usize = 100;

/// Rows by how they count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ClassCounts {
    /// The platform counts them.
    pub counted: u32,
    /// Conductors.
    pub conductors: u32,
    /// May or may not count.
    pub unclassified: u32,
}

impl ClassCounts {
    /// All of them.
    pub const fn rows(self) -> u32 {
        self.counted + self.conductors + self.unclassified
    }

    fn add(&mut self, class: JobClass) {
        match class {
            JobClass::Counted => self.counted += 1,
            JobClass::Conductor => self.conductors += 1,
            JobClass::Unclassified => self.unclassified += 1,
        }
    }

    fn add_all(&mut self, other: Self) {
        self.counted += other.counted;
        self.conductors += other.conductors;
        self.unclassified += other.unclassified;
    }

    /// Containers that this product does not know leave room: the count fits when it lies between the counted rows, and
    /// those with the unclassified ones.
    const fn fits(self, reported: u32) -> bool {
        self.counted <= reported && reported <= self.counted + self.unclassified
    }
}

/// Counts of all three levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(super) total: ClassCounts,
    /// System first, then organizations, then workspaces, in the order of the answer; at most [`MAX_MISMATCHES`].
    pub(crate) mismatches: Vec<CountMismatch>,
    /// On every level the larger of what is said and what is listed.
    pub(crate) deciding: u32,
}

/// Adds up, from the workspaces to the system, the larger figure of each: a row that a count forgets and a count whose
/// rows are missing both mean that something may run.
fn deciding(table: &JobTable, by_workspace: &[ClassCounts]) -> u32 {
    let mut of_organizations = vec![0_u32; table.organizations.len()];
    for (workspace, counts) in table.workspaces.iter().zip(by_workspace) {
        let listed = counts.counted + counts.unclassified;
        let sum = &mut of_organizations[workspace.organization as usize];
        *sum = sum.saturating_add(listed.max(workspace.reported.unwrap_or_default()));
    }
    let larger = table.organizations.iter().zip(of_organizations).map(|(it, sum)| sum.max(it.reported.unwrap_or(0)));
    larger.fold(0, u32::saturating_add).max(table.reported.unwrap_or_default())
}

/// Compares all reported counts with the rows of an answer, before the rows that left are added.
pub(crate) fn count(table: &JobTable) -> Counts {
    let mut by_workspace = vec![ClassCounts::default(); table.workspaces.len()];
    let classes: Vec<JobClass> = table.kinds.iter().map(|kind| table.backyards[kind.backyard as usize].class).collect();
    let (workspaces, kinds) = table.small_columns();
    for (workspace, kind) in workspaces.iter().zip(kinds) {
        by_workspace[*workspace as usize].add(classes[*kind as usize]);
    }
    let mut by_organization = vec![ClassCounts::default(); table.organizations.len()];
    let mut total = ClassCounts::default();
    for (workspace, counts) in table.workspaces.iter().zip(&by_workspace) {
        by_organization[workspace.organization as usize].add_all(*counts);
        total.add_all(*counts);
    }
    let mismatch = |reported: Option<u32>, counts: ClassCounts| {
        let reported = reported.filter(|reported| !counts.fits(*reported))?;
        let (counted, unclassified) = (counts.counted, counts.unclassified);
        Some(CountMismatch { organization: None, workspace: None, reported, counted, unclassified })
    };
    let of_system = mismatch(table.reported, total);
    let of_organizations = table.organizations.iter().zip(&by_organization).filter_map(|(organization, counts)| {
        let found = mismatch(organization.reported, *counts)?;
        Some(CountMismatch { organization: Some(organization.name.to_string()), ..found })
    });
    let of_workspaces = table.workspaces.iter().zip(&by_workspace).filter_map(|(workspace, counts)| {
        let found = mismatch(workspace.reported, *counts)?;
        let organization = table.organizations[workspace.organization as usize].name.to_string();
        Some(CountMismatch { organization: Some(organization), workspace: Some(workspace.name.to_string()), ..found })
    });
    let mismatches = of_system.into_iter().chain(of_organizations).chain(of_workspaces).take(MAX_MISMATCHES).collect();
    Counts { total, mismatches, deciding: deciding(table, &by_workspace) }
}
