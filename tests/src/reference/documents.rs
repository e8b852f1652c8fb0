//! Made-up documents: both shapes, with their keys in any order and every kind of wrong value in them.

use std::fmt;

/// JSON as it is written, with its own order and with repeated keys.
#[derive(Debug, Clone)]
pub enum Json {
    /// Anything that is written as it stands.
    Raw(String),
    /// An array.
    List(Vec<Json>),
    /// An object.
    Map(Map),
}

/// Keys and values of an object.
pub type Map = Vec<(String, Json)>;

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Raw(text) => f.write_str(text),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(ToString::to_string).collect();
                write!(f, "[{}]", items.join(", "))
            }
            Self::Map(entries) => {
                let entries: Vec<String> =
                    entries.iter().map(|(key, value)| format!("{}:{value}", quoted(key))).collect();
                write!(f, "{{{}}}", entries.join(",\n"))
            }
        }
    }
}

/// Decisions one after the other; when they run out everything is as usual.
#[derive(Debug)]
pub struct Dice {
    decisions: std::vec::IntoIter<u32>,
    /// Maps above the jobs until one of them repeats a key.
    maps_until_repeat: Option<usize>,
}

impl Dice {
    /// Makes the documents of these decisions.
    pub fn new(decisions: Vec<u32>) -> Self {
        Self { decisions: decisions.into_iter(), maps_until_repeat: None }
    }

    /// Repeats a key in a map above the jobs, if the document has that many.
    pub fn repeating(decisions: Vec<u32>, maps: usize) -> Self {
        Self { maps_until_repeat: Some(maps), ..Self::new(decisions) }
    }

    /// Whether a key was repeated.
    pub const fn has_repeated(&self) -> bool {
        self.maps_until_repeat.is_none()
    }

    fn below(&mut self, count: usize) -> usize {
        self.decisions.next().unwrap_or_default() as usize % count
    }

    fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == count - 1
    }

    fn one_of<'a>(&mut self, values: &[&'a str]) -> &'a str {
        values[self.below(values.len())]
    }

    /// A map above the jobs.
    fn scope(&mut self, mut entries: Map) -> Json {
        match self.maps_until_repeat {
            Some(0) if !entries.is_empty() => {
                entries.push(entries[self.below(entries.len())].clone());
                self.maps_until_repeat = None;
            }
            Some(maps) => self.maps_until_repeat = Some(maps.saturating_sub(1)),
            None => {}
        }
        self.map(entries)
    }

    fn map(&mut self, mut entries: Map) -> Json {
        for at in (1..entries.len()).rev() {
            let other = self.below(at + 1);
            entries.swap(at, other);
        }
        Json::Map(entries)
    }
}

/// What a document is like.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// ITA 2.2: maps by name.
    pub is_mapped: bool,
    /// Keys that nobody knows stand above the jobs; in ITA 2.2 they are names, and what they name may be wrong.
    pub has_unknown_keys: bool,
    /// One place above the jobs in so many is wrong; none for `None`.
    pub wrong: Option<usize>,
}

const ODD: [&str; 10] = ["null", "7", "-7", "1.5", "true", "\"7\"", "\"\"", "[]", "{}", "[{\"id\":\"x\"}]"];
const NAMES: [&str; 8] = ["org", "ws", "作業", "a/b", "", "id", "new", "x \" \\ 😀"];
const CONTAINERS: [&str; 4] =
    ["ita-by-ansible-execute", "ita-by-conductor-synchronize", "ita-by-menu-create", "ita-by-something-new"];

/// A whole document.
pub fn document(dice: &mut Dice, kind: Kind) -> Json {
    let mut data = vec![entry("execute_count", count(dice, kind))];
    if kind.is_mapped {
        data.extend(names(dice, &NAMES).map(|name| entry(name, mapped_organization(dice, kind))).collect::<Map>());
        if data.len() == 1 {
            data.push(entry("org", mapped_organization(dice, kind)));
        }
    } else {
        let organizations = (0..dice.below(4)).map(|_| listed_organization(dice, kind)).collect();
        data.push(entry("organizations", part(dice, kind, Json::List(organizations))));
    }
    let data = scope(dice, kind, data);
    let disguise = Json::List(vec![Json::Map(vec![entry("result", raw("\"999-99999\""))]), raw("500")]);
    let data = if is_wrong(dice, kind) { disguise } else { part(dice, kind, data) };
    let result = raw(if is_wrong(dice, kind) { "\"499-00001\"" } else { "\"000-00000\"" });
    let result = part(dice, kind, result);
    let envelope = vec![entry("data", data), entry("message", raw("\"SUCCESS\"")), entry("result", result)];
    scope(dice, kind, envelope)
}

fn listed_organization(dice: &mut Dice, kind: Kind) -> Json {
    let workspaces = (0..dice.below(4)).map(|_| listed_workspace(dice, kind)).collect();
    let workspaces = part(dice, kind, Json::List(workspaces));
    listed_scope(dice, kind, "workspaces", workspaces)
}

fn listed_workspace(dice: &mut Dice, kind: Kind) -> Json {
    let backyards = containers(dice, kind);
    let backyards = dice.scope(backyards);
    let backyards = part(dice, kind, backyards);
    listed_scope(dice, kind, "backyards", backyards)
}

fn listed_scope(dice: &mut Dice, kind: Kind, key: &str, children: Json) -> Json {
    let id = raw(&quoted(dice.one_of(&NAMES)));
    let entries =
        vec![entry("id", part(dice, kind, id)), entry("execute_count", count(dice, kind)), entry(key, children)];
    let scope = scope(dice, kind, entries);
    part(dice, kind, scope)
}

fn mapped_organization(dice: &mut Dice, kind: Kind) -> Json {
    let mut entries = vec![entry("execute_count", count(dice, kind))];
    entries.extend(names(dice, &NAMES).map(|name| entry(name, mapped_workspace(dice, kind))).collect::<Map>());
    let organization = dice.scope(entries);
    part(dice, kind, organization)
}

fn mapped_workspace(dice: &mut Dice, kind: Kind) -> Json {
    let mut entries = vec![entry("execute_count", count(dice, kind))];
    entries.extend(containers(dice, kind));
    let workspace = dice.scope(entries);
    part(dice, kind, workspace)
}

fn containers(dice: &mut Dice, kind: Kind) -> Map {
    names(dice, &CONTAINERS)
        .map(|name| {
            let jobs = Json::List((0..dice.below(4)).map(|_| job(dice)).collect());
            entry(name, part(dice, kind, jobs))
        })
        .collect()
}

/// Jobs are wrong more often than what is above them: that alone spoils no answer.
fn job(dice: &mut Dice) -> Json {
    if dice.once_in(20) {
        return raw(dice.one_of(&ODD));
    }
    let ids = ["\"0b7f511f-cec7-4956-84e5-ccf8ad1a44b6\"", "\"ans-1\"", "\"\"", "\"作業-①\"", "\"ans-10\""];
    let labels =
        ["\"2026-11-22T19:16:02.140628Z\"", "\"2026-11-22T19:16:02Z\"", "null", "\"2026-11-22T19:16:02.5Z\"", "\"x\""];
    let fields: [(&str, &[&str]); 5] = [
        ("id", &ids),
        ("status_id", &["\"3\"", "\"03\"", "\"\""]),
        ("status_name", &["\"実行中\"", "null", "\"Executing\""]),
        ("last_update_timestamp", &labels),
        ("new", &["{\"id\":[]}", "null"]),
    ];
    let mut entries = Map::new();
    for (key, usual) in fields {
        let times = if dice.once_in(12) { 2 * dice.below(2) } else { 1 };
        for _ in 0..times {
            let value = if dice.once_in(12) { dice.one_of(&ODD) } else { dice.one_of(usual) };
            entries.push(entry(key, raw(value)));
        }
    }
    dice.map(entries)
}

fn count(dice: &mut Dice, kind: Kind) -> Json {
    let count = raw(&dice.below(5).to_string());
    part(dice, kind, count)
}

/// A map in which parts may be missing and unknown ones appear; in ITA 2.2 an unknown key would be a name.
fn scope(dice: &mut Dice, kind: Kind, mut entries: Map) -> Json {
    if is_wrong(dice, kind) {
        entries.swap_remove(dice.below(entries.len()));
    }
    if kind.has_unknown_keys && dice.once_in(4) {
        entries.push(entry("newer", raw(dice.one_of(&ODD))));
    }
    dice.scope(entries)
}

/// A part of the document, or something wrong in its place.
fn part(dice: &mut Dice, kind: Kind, usual: Json) -> Json {
    if is_wrong(dice, kind) {
        raw(dice.one_of(&ODD))
    } else {
        usual
    }
}

fn is_wrong(dice: &mut Dice, kind: Kind) -> bool {
    kind.wrong.is_some_and(|once_in| dice.once_in(once_in))
}

/// Some of the names, each at most once.
fn names<'a>(dice: &mut Dice, from: &[&'a str]) -> std::vec::IntoIter<&'a str> {
    let some: Vec<&str> = from.iter().copied().filter(|_| dice.once_in(3)).collect();
    some.into_iter()
}

fn entry(key: &str, value: Json) -> (String, Json) {
    (key.to_owned(), value)
}

fn raw(text: &str) -> Json {
    Json::Raw(text.to_owned())
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
