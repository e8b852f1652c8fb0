//! The same reading over a whole `serde_json::Value`: slow, short, and indifferent to the order of keys. It knows
//! nothing of repeated keys above the jobs.

use serde_json::{Map, Value};

/// What a document means.
#[derive(Debug, PartialEq)]
pub enum Meaning {
    /// The running jobs.
    Answer(Answer),
    /// An error where the answer should be.
    Disguise {
        /// The platform's `result`: the inner one where there is one.
        result: Option<String>,
    },
    /// A part that makes it an answer is missing.
    Incomplete,
}

/// A complete answer; everything in it sorted.
#[derive(Debug, Default, PartialEq)]
pub struct Answer {
    /// `execute_count` of the whole system.
    pub reported: u32,
    /// Name and count.
    pub organizations: Vec<(String, u32)>,
    /// Organization, name and count.
    pub workspaces: Vec<(String, String, u32)>,
    /// Jobs.
    pub rows: Vec<Row>,
}

/// A job; what has no text is empty or `None`.
#[derive(Debug, Default, PartialEq, PartialOrd, Eq, Ord)]
pub struct Row {
    /// Organization.
    pub organization: String,
    /// Workspace.
    pub workspace: String,
    /// Container.
    pub backyard: String,
    /// Job id.
    pub id: String,
    /// Status id.
    pub status_id: String,
    /// The platform's name for the status.
    pub status_name: Option<String>,
    /// `last_update_timestamp`.
    pub label: Option<String>,
    /// A field was missing or of another type.
    pub is_incomplete: bool,
}

impl Answer {
    /// In the order in which it is compared.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.organizations.sort();
        self.workspaces.sort();
        self.rows.sort();
        self
    }
}

/// What a whole document means.
pub fn meaning(document: &Value) -> Meaning {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let result = text(document.get("result"));
    if result.as_deref().is_some_and(|result| result != "000-00000") {
        return Meaning::Disguise { result };
    }
    if let Some(Value::Array(items)) = document.get("data") {
        let inner = items.iter().find(|item| text(item.get("result")).is_some() || text(item.get("message")).is_some());
        return Meaning::Disguise { result: inner.map_or(result, |inner| text(inner.get("result"))) };
    }
    match document.get("data").and_then(answer).filter(|_| result.is_some()) {
        Some(answer) => Meaning::Answer(answer.sorted()),
        None => Meaning::Incomplete,
    }
}

fn answer(data: &Value) -> Option<Answer> {
    let data = data.as_object()?;
    let mut answer = Answer { reported: count(data)?, ..Answer::default() };
    if let Some(Value::Array(organizations)) = data.get("organizations") {
        for organization in organizations {
            let name = organization.get("id")?.as_str()?;
            answer.organizations.push((name.to_owned(), count(organization.as_object()?)?));
            for workspace in organization.get("workspaces")?.as_array()? {
                let id = workspace.get("id")?.as_str()?;
                answer.workspaces.push((name.to_owned(), id.to_owned(), count(workspace.as_object()?)?));
                for (backyard, jobs) in workspace.get("backyards")?.as_object()? {
                    answer.rows.extend(jobs.as_array()?.iter().map(|job| row(name, id, backyard, job)));
                }
            }
        }
        return Some(answer);
    }
    if data.get("organizations").is_some_and(|odd| !odd.is_object()) {
        return None;
    }
    for (name, organization) in named(data, Value::is_object)? {
        answer.organizations.push((name.clone(), count(organization.as_object()?)?));
        for (id, workspace) in named(organization.as_object()?, Value::is_object)? {
            answer.workspaces.push((name.clone(), id.clone(), count(workspace.as_object()?)?));
            for (backyard, jobs) in named(workspace.as_object()?, Value::is_array)? {
                answer.rows.extend(jobs.as_array()?.iter().map(|job| row(name, id, backyard, job)));
            }
        }
    }
    (!answer.organizations.is_empty()).then_some(answer)
}

/// What is named by its key in ITA 2.2: texts, numbers and flags are no names, null or the wrong container is a fault.
fn named(map: &Map<String, Value>, is_wanted: fn(&Value) -> bool) -> Option<Vec<(&String, &Value)>> {
    let others = map.iter().filter(|(key, value)| {
        *key != "execute_count" && !value.is_string() && !value.is_number() && !value.is_boolean()
    });
    others.map(|named| is_wanted(named.1).then_some(named)).collect()
}

fn count(map: &Map<String, Value>) -> Option<u32> {
    u32::try_from(map.get("execute_count")?.as_u64()?).ok()
}

fn row(organization: &str, workspace: &str, backyard: &str, job: &Value) -> Row {
    let field = |key: &str| job.as_object().and_then(|job| job.get(key));
    let shown = |key: &str| match field(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    };
    let is_text = |key: &str| field(key).is_some_and(Value::is_string);
    let is_text_or_null = |key: &str| field(key).is_some_and(|value| value.is_string() || value.is_null());
    Row {
        organization: organization.to_owned(),
        workspace: workspace.to_owned(),
        backyard: backyard.to_owned(),
        id: shown("id").unwrap_or_default(),
        status_id: shown("status_id").unwrap_or_default(),
        status_name: shown("status_name"),
        label: shown("last_update_timestamp"),
        is_incomplete: !(is_text("id")
            && is_text("status_id")
            && is_text_or_null("status_name")
            && is_text_or_null("last_update_timestamp")),
    }
}
