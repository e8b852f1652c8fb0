//! Options of `jobs`.

use std::path::PathBuf;

use clap::Args;
use ita_core::domain::vocabulary::{vocabulary, Language};
use ita_core::jobs::filter::MAX_TEXT;
use ita_core::jobs::snapshot::Snapshot;
use ita_core::jobs::view::{JobColumn, JobFilter, JobSort, JobView, WorkspaceKey};
use serde::de::value::{Error as NoSuchKey, StrDeserializer};
use serde::de::IntoDeserializer;
use serde::Deserialize;

use crate::exit::Failure;

/// Columns that sort, as they are called in the CSV.
const KEYS: [&str; 8] = [
    "organization_id",
    "workspace_id",
    "backyard",
    "counted",
    "job_id",
    "status_name",
    "last_update_utc",
    "age_seconds",
];

/// Which jobs, and in which order.
#[derive(Debug, Default, Args)]
pub(crate) struct JobsArguments {
    /// Sort by this column, or downwards with `:desc`.
    #[arg(long, value_name = "KEY[:desc]", value_parser = sort)]
    pub(crate) sort: Option<JobSort>,
    /// Only jobs that have all these words in their ids, names or status.
    #[arg(long, value_name = "TEXT", value_parser = words)]
    pub(crate) filter: Option<String>,
    /// Only this organization; may be repeated.
    #[arg(long, value_name = "ID")]
    pub(crate) organization: Vec<String>,
    /// Only this workspace, as ID or ORGANIZATION/ID; may be repeated.
    #[arg(long, value_name = "ID")]
    pub(crate) workspace: Vec<String>,
    /// Only this backyard, by its container or its name; may be repeated.
    #[arg(long, value_name = "NAME")]
    pub(crate) backyard: Vec<String>,
    /// Read a saved answer of the platform instead of asking one; - is stdin.
    #[arg(long, value_name = "FILE")]
    pub(crate) input: Option<PathBuf>,
}

/// Where a list of jobs comes from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Source<'a> {
    /// A platform is asked.
    Platform,
    /// A saved answer on stdin.
    Stdin,
    /// A saved answer in a file.
    File(&'a std::path::Path),
}

impl JobsArguments {
    /// Where the list comes from.
    pub(crate) fn source(&self) -> Source<'_> {
        match self.input.as_deref() {
            None => Source::Platform,
            Some(path) if path.as_os_str() == "-" => Source::Stdin,
            Some(path) => Source::File(path),
        }
    }

    /// The view that was asked for.
    pub(crate) fn view(&self, snapshot: &Snapshot) -> JobView {
        let filter = JobFilter {
            text: self.filter.clone().unwrap_or_default(),
            organizations: self.organization.clone(),
            workspaces: self.workspaces(snapshot),
            backyards: self.backyard.iter().map(|name| container(name)).collect(),
            statuses: Vec::new(),
        };
        JobView { sort: self.sort, filter, language: Language::En }
    }

    /// A mistyped name would leave no row, and no row looks like an idle platform.
    pub(crate) fn check_places(&self, snapshot: &Snapshot) -> Result<(), Failure> {
        let known: Vec<&str> = snapshot.table().organizations().map(|(name, _)| name).collect();
        let missing = self.organization.iter().find(|name| !known.contains(&name.as_str()));
        if let Some(name) = missing {
            return Err(Failure::usage(format!(
                "No organization {name:?} is in the list. There are: {}.",
                known.join(", ")
            )));
        }
        let known: Vec<WorkspaceKey> = workspaces(snapshot).collect();
        let missing = self.workspace.iter().find(|name| !known.iter().any(|it| is_called(it, name)));
        if let Some(name) = missing {
            let known: Vec<String> = known.iter().map(full_name).collect();
            return Err(Failure::usage(format!(
                "No workspace {name:?} is in the list. There are: {}.",
                known.join(", ")
            )));
        }
        Ok(())
    }

    /// The listed workspaces that were named; [`Self::check_places`] has refused a name that none of them has.
    fn workspaces(&self, snapshot: &Snapshot) -> Vec<WorkspaceKey> {
        workspaces(snapshot).filter(|it| self.workspace.iter().any(|name| is_called(it, name))).collect()
    }
}

fn workspaces(snapshot: &Snapshot) -> impl Iterator<Item = WorkspaceKey> + '_ {
    snapshot.table().workspaces().map(|(organization, name, _)| WorkspaceKey {
        organization_id: organization.to_owned(),
        workspace_id: name.to_owned(),
    })
}

fn full_name(workspace: &WorkspaceKey) -> String {
    format!("{}/{}", workspace.organization_id, workspace.workspace_id)
}

/// A workspace is called by its own name or by that of its organization and its own.
fn is_called(workspace: &WorkspaceKey, name: &str) -> bool {
    workspace.workspace_id == name || full_name(workspace) == name
}

/// The container of a backyard that may be called by either of its names.
fn container(name: &str) -> String {
    let known = vocabulary().backyards.iter().find(|(container, backyard)| {
        let names = [container.as_str(), &backyard.name.ja, &backyard.name.en];
        names.iter().any(|known| known.eq_ignore_ascii_case(name)) || container.strip_prefix("ita-by-") == Some(name)
    });
    known.map_or(name, |(container, _)| container).to_owned()
}

fn words(text: &str) -> Result<String, String> {
    if text.chars().nth(MAX_TEXT).is_some() {
        return Err(format!("at most {MAX_TEXT} characters"));
    }
    Ok(text.to_owned())
}

fn sort(text: &str) -> Result<JobSort, String> {
    let (key, direction) = text.split_once(':').unwrap_or((text, "asc"));
    let deserializer: StrDeserializer<'_, NoSuchKey> = key.into_deserializer();
    let column = JobColumn::deserialize(deserializer);
    let column = column.map_err(|_| format!("no column {key:?}; there are {}", KEYS.join(", ")))?;
    let descending = match direction {
        "asc" => false,
        "desc" => true,
        _ => return Err(format!("{direction:?} is no direction; there are asc and desc")),
    };
    Ok(JobSort { column, descending })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_sorts_in_both_directions() {
        for key in KEYS {
            let up = sort(key).expect(key);
            let down = sort(&format!("{key}:desc")).expect(key);
            assert_eq!((up.column, up.descending, down.descending), (down.column, false, true));
            assert_eq!(sort(&format!("{key}:asc")), Ok(up));
        }
    }

    #[test]
    fn other_keys_are_refused_with_the_list() {
        let refused = sort("colour").expect_err("no column");
        assert!(refused.contains("organization_id") && refused.contains("age_seconds"), "{refused}");
        assert!(sort("backyard:sideways").expect_err("no direction").contains("desc"));
    }

    #[test]
    fn a_backyard_is_found_by_each_of_its_names() {
        let expected = "ita-by-conductor-synchronize";
        for name in [expected, "conductor-synchronize", "conductor", "Conductor作業実行"] {
            assert_eq!(container(name), expected, "{name}");
        }
        assert_eq!(container("ita-by-new-thing"), "ita-by-new-thing", "a container that nobody knows is no mistake");
    }

    #[test]
    fn a_dash_is_stdin() {
        let with = |input: &str| JobsArguments { input: Some(input.into()), ..JobsArguments::default() };
        assert_eq!(with("-").source(), Source::Stdin);
        assert_eq!(with("./-").source(), Source::File(std::path::Path::new("./-")));
        assert_eq!(JobsArguments::default().source(), Source::Platform);
    }
}
