//! The table as a whole: counts, changes between two answers, sorting, filtering, windows.

mod changes;
mod counts;
mod evidence;
mod filtering;
mod odd_ids;
mod sorting;
mod windows;

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::builder::{FoundJob, TableBuilder};
use super::snapshot::{Circumstances, Snapshot};
use super::view::{JobColumn, JobFilter, JobRow, JobSort, JobView};
use crate::client::backyard_check::CheckAnswer;
use crate::domain::connection::ZoneSetting;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::Language;
use crate::domain::zone::ZoneEvidence;

const ANSIBLE: &str = "ita-by-ansible-execute";
const CONDUCTOR: &str = "ita-by-conductor-synchronize";
const UNKNOWN: &str = "ita-by-something-new";
const LABEL: &str = "2026-11-22T19:16:02.140628Z";

/// A workspace of a made-up answer.
#[derive(Debug, Clone, Default)]
struct Place {
    organization: String,
    workspace: String,
    reported: u32,
    /// Container, id, status id, label.
    jobs: Vec<(String, String, String, Option<String>)>,
}

fn place(organization: &str, workspace: &str, reported: u32, jobs: &[(&str, &str)]) -> Place {
    Place {
        organization: organization.to_owned(),
        workspace: workspace.to_owned(),
        reported,
        jobs: jobs.iter().map(|(container, id)| job(container, id, "3", Some(LABEL))).collect(),
    }
}

fn job(container: &str, id: &str, status: &str, label: Option<&str>) -> (String, String, String, Option<String>) {
    (container.to_owned(), id.to_owned(), status.to_owned(), label.map(str::to_owned))
}

/// An answer with the counts of the system and of each organization as given; an organization without a count there has
/// that of its workspaces, and one without workspaces is in the answer too.
fn answer(reported: u32, organizations: &[(&str, u32)], places: &[Place]) -> CheckAnswer {
    let mut builder = TableBuilder::new();
    let mut ordinals = Vec::<(&str, u32)>::new();
    let named = organizations.iter().map(|it| it.0).chain(places.iter().map(|it| &*it.organization));
    for name in named {
        if ordinals.iter().any(|(known, _)| *known == name) {
            continue;
        }
        let ordinal = builder.begin_organization().expect("room");
        builder.name_organization(ordinal, name).expect("short");
        let given = organizations.iter().find(|it| it.0 == name).map(|it| it.1);
        let sum = places.iter().filter(|it| it.organization == name).map(|it| it.reported).fold(0, u32::saturating_add);
        builder.report_organization(ordinal, given.unwrap_or(sum));
        ordinals.push((name, ordinal));
    }
    for place in places {
        let (_, organization) = *ordinals.iter().find(|it| it.0 == place.organization).expect("begun above");
        let workspace = builder.begin_workspace(organization).expect("room");
        builder.name_workspace(workspace, &place.workspace).expect("short");
        builder.report_workspace(workspace, place.reported);
        for (container, id, status_id, label) in &place.jobs {
            let backyard = builder.backyard(container).expect("room");
            let found = FoundJob { id, status_id, label: label.as_deref(), ..FoundJob::default() };
            builder.push(workspace, backyard, found).expect("room");
        }
    }
    builder.report(reported);
    CheckAnswer { table: builder.finish(), platform_time: Timestamp::parse("2026-11-22T10:20:00Z") }
}

/// A snapshot read in UTC+9, so that corrected times are known.
fn snapshot(answer: CheckAnswer, previous: Option<&Snapshot>) -> Snapshot {
    let zone = ZoneSetting::Zone { name: "Asia/Tokyo".to_owned() };
    let zone = ZoneEvidence::new(&zone, None, TimeZone::UTC).expect("a zone");
    let revision = previous.map_or(0, Snapshot::revision) + 1;
    Snapshot::build(answer, previous, Circumstances { zone, read_at: Timestamp(0), took_ms: 1_000, revision })
}

/// A first snapshot whose counts are those of its places.
fn first(places: &[Place]) -> Arc<Snapshot> {
    let reported = places.iter().map(|place| place.reported).sum();
    Arc::new(snapshot(answer(reported, &[], places), None))
}

fn view(sort: Option<(JobColumn, bool)>, filter: JobFilter) -> JobView {
    let sort = sort.map(|(column, descending)| JobSort { column, descending });
    JobView { sort, filter, language: Language::Ja }
}

/// All rows of a view.
fn rows(snapshot: &Arc<Snapshot>, view: &JobView) -> Vec<JobRow> {
    let index = snapshot.view(view).expect("a usable view");
    index.rows().iter().map(|row| snapshot.row(*row)).collect()
}

fn ids(snapshot: &Arc<Snapshot>, view: &JobView) -> Vec<String> {
    rows(snapshot, view).into_iter().map(|row| row.job_id).collect()
}
