//! The answer of `GET /api/ita/backyard-execute-check/`, printed workspace by workspace.

use std::{collections::BTreeMap, fmt::Write as _, sync::Arc};

use super::{
    backyard::Backyard,
    places::{Job, Workspace},
    yard::Yard,
};
use crate::{
    json::{push_line, push_string},
    text::Language,
};

/// How the ITA API shapes its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ItaShape {
    /// ITA 2.3 and later: arrays of organizations and workspaces.
    #[default]
    Lists,
    /// ITA 2.2: maps by id.
    Maps,
}

/// A printed workspace and what it was printed for.
#[derive(Debug)]
pub(crate) struct Rendered {
    language: Language,
    shape: ItaShape,
    text: String,
    counted: u64,
}

/// Prints `data` of the answer into `out`, indented as in the envelope.
pub(crate) fn push_data(out: &mut String, yard: &mut Yard, language: Language, shape: ItaShape) {
    for workspace in &mut yard.workspaces {
        refresh(workspace, language, shape);
    }
    let mut by_organization: BTreeMap<&str, Vec<&Workspace>> = BTreeMap::new();
    for workspace in &yard.workspaces {
        by_organization.entry(&workspace.organization).or_default().push(workspace);
    }
    let organizations: Vec<_> = yard
        .organizations
        .iter()
        .map(|id| (id.as_str(), by_organization.remove(id.as_str()).unwrap_or_default()))
        .collect();
    out.reserve(yard.workspaces.iter().filter_map(|w| w.rendered.as_ref()).map(|r| r.text.len() + 128).sum());
    match shape {
        ItaShape::Lists => push_lists(out, &organizations),
        ItaShape::Maps => push_maps(out, organizations),
    }
}

fn counted(workspaces: &[&Workspace]) -> u64 {
    workspaces.iter().filter_map(|workspace| workspace.rendered.as_ref()).map(|rendered| rendered.counted).sum()
}

fn push_lists(out: &mut String, organizations: &[(&str, Vec<&Workspace>)]) {
    let all: u64 = organizations.iter().map(|(_, workspaces)| counted(workspaces)).sum();
    let _ = write!(out, "{{\n    \"execute_count\": {all},\n    \"organizations\": [");
    for (index, (id, workspaces)) in organizations.iter().enumerate() {
        separate(out, index, 3);
        let _ = write!(out, "{{\n        \"execute_count\": {},\n        \"id\": ", counted(workspaces));
        push_string(out, id);
        out.push_str(",\n        \"workspaces\": [");
        for (index, rendered) in workspaces.iter().filter_map(|workspace| workspace.rendered.as_ref()).enumerate() {
            separate(out, index, 5);
            out.push_str(&rendered.text);
        }
        close(out, workspaces.is_empty(), 4, ']');
        close(out, false, 3, '}');
    }
    close(out, organizations.is_empty(), 2, ']');
    close(out, false, 1, '}');
}

fn push_maps(out: &mut String, mut organizations: Vec<(&str, Vec<&Workspace>)>) {
    // The maps are printed with their keys sorted, `execute_count` among them.
    let all: u64 = organizations.iter().map(|(_, workspaces)| counted(workspaces)).sum();
    organizations.sort_by_key(|(id, _)| *id);
    let mut members: Vec<(&str, String)> = vec![("execute_count", all.to_string())];
    for (id, mut workspaces) in organizations {
        let count = counted(&workspaces).to_string();
        workspaces.sort_by_key(|workspace| workspace.id.as_str());
        let inner = workspaces.iter().filter_map(|workspace| {
            workspace.rendered.as_ref().map(|rendered| (workspace.id.as_str(), rendered.text.as_str()))
        });
        members.push((id, object(std::iter::once(("execute_count", count.as_str())).chain(inner), 3)));
    }
    out.push_str(&object(members.iter().map(|(key, text)| (*key, text.as_str())), 2));
}

/// An object of printed members, sorted by key, its members `depth` levels deep.
fn object<'a>(members: impl Iterator<Item = (&'a str, &'a str)>, depth: usize) -> String {
    let mut members: Vec<_> = members.collect();
    members.sort_by_key(|(key, _)| *key);
    let mut out = String::from("{");
    for (index, (key, text)) in members.into_iter().enumerate() {
        separate(&mut out, index, depth);
        push_string(&mut out, key);
        out.push_str(": ");
        out.push_str(text);
    }
    close(&mut out, false, depth - 1, '}');
    out
}

/// Prints a workspace again if it changed, or if it is asked for in another way than last time.
fn refresh(workspace: &mut Workspace, language: Language, shape: ItaShape) {
    if workspace.rendered.as_ref().is_some_and(|last| last.language == language && last.shape == shape) {
        return;
    }
    let mut rows: BTreeMap<&Arc<str>, Vec<&Job>> =
        workspace.containers.iter().map(|container| (container, Vec::new())).collect();
    for job in workspace.jobs.values().filter(|job| job.listed()) {
        rows.entry(&job.container).or_default().push(job);
    }
    let counted = rows.values().flatten().filter(|job| job.counted).count() as u64;
    let mut text = String::new();
    match shape {
        ItaShape::Lists => {
            text.push_str("{\n            \"backyards\": {");
            for (index, (container, jobs)) in rows.into_iter().enumerate() {
                separate(&mut text, index, 7);
                push_container(&mut text, container, jobs, language, 7);
            }
            close(&mut text, workspace.containers.is_empty(), 6, '}');
            let _ = write!(text, ",\n            \"execute_count\": {counted},\n            \"id\": ");
            push_string(&mut text, &workspace.id);
            close(&mut text, false, 5, '}');
        }
        ItaShape::Maps => {
            let _ = write!(text, "{{\n        \"execute_count\": {counted}");
            for (container, jobs) in rows {
                separate(&mut text, 1, 4);
                push_container(&mut text, container, jobs, language, 4);
            }
            close(&mut text, false, 3, '}');
        }
    }
    workspace.rendered = Some(Rendered { language, shape, text, counted });
}

fn push_container(out: &mut String, container: &str, mut jobs: Vec<&Job>, language: Language, depth: usize) {
    push_string(out, container);
    out.push_str(": [");
    // As the database gives them: by primary key.
    jobs.sort_by(|a, b| a.id.cmp(&b.id));
    for (index, job) in jobs.iter().enumerate() {
        separate(out, index, depth + 1);
        push_job(out, job, language, depth + 2);
    }
    close(out, jobs.is_empty(), depth, ']');
}

fn push_job(out: &mut String, job: &Job, language: Language, depth: usize) {
    let known = Backyard::from_container(&job.container).and_then(|backyard| backyard.status(&job.status));
    let name = job.status_name.as_deref().or_else(|| {
        known.and_then(|status| match language {
            Language::Ja => Some(status.ja),
            Language::En => Some(status.en),
            Language::Other => None,
        })
    });
    let members = [
        ("{", "id", Some(job.id.as_str())),
        (",", "last_update_timestamp", job.label.as_deref()),
        (",", "status_id", Some(job.status.as_str())),
        (",", "status_name", name),
    ];
    for (before, key, value) in members {
        out.push_str(before);
        push_line(out, depth);
        push_string(out, key);
        out.push_str(": ");
        match value {
            Some(text) => push_string(out, text),
            None => out.push_str("null"),
        }
    }
    close(out, false, depth - 1, '}');
}

fn separate(out: &mut String, index: usize, depth: usize) {
    if index > 0 {
        out.push(',');
    }
    push_line(out, depth);
}

fn close(out: &mut String, empty: bool, depth: usize, bracket: char) {
    if !empty {
        push_line(out, depth);
    }
    out.push(bracket);
}
