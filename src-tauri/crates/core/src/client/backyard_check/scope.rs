//! Organizations and workspaces in both shapes: lists with `id` inside (ITA 2.3 and later), and maps by name (2.2).

use std::collections::HashSet;

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess};

use super::document::{Count, State};
use super::job::Jobs;
use super::shape::{Key, Of, Scalar, Shape};
use crate::jobs::builder::{TooMuch, MAX_NAMES};

/// A key of an organization or a workspace.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Id,
    Count,
    /// `workspaces` of an organization, `backyards` of a workspace.
    Children,
    Unknown,
}

/// Which parts were met, so that a repeated one is noticed.
#[derive(Default)]
struct Met([bool; 3]);

impl Met {
    fn again(&mut self, part: Part) -> bool {
        part != Part::Unknown && std::mem::replace(&mut self.0[part as usize], true)
    }

    const fn has(&self, part: Part) -> bool {
        self.0[part as usize]
    }
}

/// The part that lacks where a key that names a scope or a count occurs twice.
pub(super) const REPEATED: &str = "one of each part: a key is repeated";

/// The keys met in a map whose keys are names, so that a repeated one is noticed.
#[derive(Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    pub(super) fn meet(&mut self, name: &str, state: &mut State) -> Result<(), TooMuch> {
        if self.0.len() >= MAX_NAMES {
            return Err(TooMuch { what: "names", limit: MAX_NAMES });
        }
        if !self.0.insert(name.to_owned()) {
            state.lacks(REPEATED);
        }
        Ok(())
    }
}

/// What begins an organization, named now or later.
pub(super) struct Organization;

impl Organization {
    pub(super) fn begin(state: &mut State, name: Option<&str>) -> Result<u32, TooMuch> {
        let organization = state.builder.begin_organization()?;
        if let Some(name) = name {
            state.builder.name_organization(organization, name)?;
        }
        Ok(organization)
    }
}

/// How an organization or a workspace of a list is written, and the names of its parts where they lack.
struct Listed {
    children_key: &'static str,
    id: &'static str,
    count: &'static str,
    children: &'static str,
}

const LISTED_ORGANIZATION: Listed = Listed {
    children_key: "workspaces",
    id: "data.organizations[].id",
    count: "data.organizations[].execute_count",
    children: "data.organizations[].workspaces",
};

const LISTED_WORKSPACE: Listed = Listed {
    children_key: "backyards",
    id: "data.organizations[].workspaces[].id",
    count: "data.organizations[].workspaces[].execute_count",
    children: "data.organizations[].workspaces[].backyards",
};

/// What was found beside the children.
struct Found {
    name: Option<String>,
    count: Option<u32>,
}

/// Reads the parts that organizations and workspaces have in common, in any order, and notes those that lack.
fn listed_parts<'de, A: MapAccess<'de>>(
    map: &mut A,
    state: &mut State,
    listed: &Listed,
    mut children: impl FnMut(&mut A, &mut State) -> Result<(), A::Error>,
) -> Result<Found, A::Error> {
    let mut met = Met::default();
    let (mut name, mut count) = (None, None);
    while let Some(part) = map.next_key_seed(Key(|key: &str| match key {
        "id" => Part::Id,
        "execute_count" => Part::Count,
        key if key == listed.children_key => Part::Children,
        _ => Part::Unknown,
    }))? {
        if met.again(part) {
            state.lacks(REPEATED);
        }
        match part {
            Part::Id => name = map.next_value_seed(Of(Id))?,
            Part::Count => count = map.next_value_seed(Of(Count))?,
            Part::Children => children(map, state)?,
            Part::Unknown => {
                map.next_value::<IgnoredAny>()?;
            }
        }
    }
    let lacking =
        [(met.has(Part::Children), listed.children), (count.is_some(), listed.count), (name.is_some(), listed.id)];
    for (_, part) in lacking.into_iter().filter(|(is_there, _)| !is_there) {
        state.lacks(part);
    }
    Ok(Found { name, count })
}

/// `organizations`: a list.
pub(super) struct Organizations<'a> {
    pub(super) state: &'a mut State,
}

impl<'de> Shape<'de> for Organizations<'_> {
    type Value = ();

    fn scalar<E: Error>(self, _: Scalar<'_>) -> Result<(), E> {
        self.state.lacks("data.organizations");
        Ok(())
    }

    fn seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Of(ListedOrganization { state: self.state }))?.is_some() {}
        Ok(())
    }
}

struct ListedOrganization<'a> {
    state: &'a mut State,
}

impl<'de> Shape<'de> for ListedOrganization<'_> {
    type Value = ();

    fn scalar<E: Error>(self, _: Scalar<'_>) -> Result<(), E> {
        self.state.lacks("data.organizations[]");
        Ok(())
    }

    fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let state = self.state;
        let organization = match Organization::begin(state, None) {
            Ok(organization) => organization,
            Err(too_much) => return state.give_up(too_much),
        };
        let Found { name, count } = listed_parts(&mut map, state, &LISTED_ORGANIZATION, |map, state| {
            map.next_value_seed(Of(Workspaces { state, organization }))
        })?;
        if let Some(count) = count {
            state.builder.report_organization(organization, count);
        }
        match name.map(|name| state.builder.name_organization(organization, &name)) {
            Some(Err(too_much)) => state.give_up(too_much),
            Some(Ok(())) | None => Ok(()),
        }
    }
}

struct Workspaces<'a> {
    state: &'a mut State,
    organization: u32,
}

impl<'de> Shape<'de> for Workspaces<'_> {
    type Value = ();

    fn scalar<E: Error>(self, _: Scalar<'_>) -> Result<(), E> {
        self.state.lacks("data.organizations[].workspaces");
        Ok(())
    }

    fn seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let (state, organization) = (self.state, self.organization);
        while seq.next_element_seed(Of(ListedWorkspace { state, organization }))?.is_some() {}
        Ok(())
    }
}

struct ListedWorkspace<'a> {
    state: &'a mut State,
    organization: u32,
}

impl<'de> Shape<'de> for ListedWorkspace<'_> {
    type Value = ();

    fn scalar<E: Error>(self, _: Scalar<'_>) -> Result<(), E> {
        self.state.lacks("data.organizations[].workspaces[]");
        Ok(())
    }

    fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let state = self.state;
        let workspace = match state.builder.begin_workspace(self.organization) {
            Ok(workspace) => workspace,
            Err(too_much) => return state.give_up(too_much),
        };
        let Found { name, count } = listed_parts(&mut map, state, &LISTED_WORKSPACE, |map, state| {
            map.next_value_seed(Of(Backyards { state, workspace }))
        })?;
        if let Some(count) = count {
            state.builder.report_workspace(workspace, count);
        }
        match name.map(|name| state.builder.name_workspace(workspace, &name)) {
            Some(Err(too_much)) => state.give_up(too_much),
            Some(Ok(())) | None => Ok(()),
        }
    }
}

/// `backyards`: lists of jobs by container. A container that is absent is a driver that is not installed.
struct Backyards<'a> {
    state: &'a mut State,
    workspace: u32,
}

impl<'de> Shape<'de> for Backyards<'_> {
    type Value = ();

    fn scalar<E: Error>(self, _: Scalar<'_>) -> Result<(), E> {
        self.state.lacks("data.organizations[].workspaces[].backyards");
        Ok(())
    }

    fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (state, workspace) = (self.state, self.workspace);
        let mut met = HashSet::new();
        while let Some(backyard) = map.next_key_seed(Key(|key: &str| state.builder.backyard(key)))? {
            let backyard = match backyard {
                Ok(backyard) => backyard,
                Err(too_much) => return state.give_up(too_much),
            };
            if !met.insert(backyard) {
                state.lacks(REPEATED);
            }
            map.next_value_seed(Of(Jobs { state, workspace, backyard }))?;
        }
        Ok(())
    }
}

/// An organization of ITA 2.2: its count, and its workspaces by name. One without workspaces has only its count.
pub(super) struct OrganizationMap<'a> {
    pub(super) state: &'a mut State,
    pub(super) organization: u32,
}

impl<'de> Shape<'de> for OrganizationMap<'_> {
    type Value = ();

    fn scalar<E: Error>(self, _: Scalar<'_>) -> Result<(), E> {
        self.state.lacks("data.<organization>");
        Ok(())
    }

    fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (state, organization) = (self.state, self.organization);
        let mut name = String::new();
        let mut names = Names::default();
        let mut count = None;
        while let Some(part) = map.next_key_seed(Key(|key: &str| count_or_name(key, &mut name)))? {
            if let Err(too_much) = names.meet(&name, state) {
                return state.give_up(too_much);
            }
            if part == Part::Count {
                count = map.next_value_seed(Of(Count))?;
            } else {
                map.next_value_seed(Of(NamedWorkspace { state, organization, name: &name }))?;
            }
        }
        match count {
            Some(count) => state.builder.report_organization(organization, count),
            None => state.lacks("data.<organization>.execute_count"),
        }
        Ok(())
    }
}

struct NamedWorkspace<'a> {
    state: &'a mut State,
    organization: u32,
    name: &'a str,
}

impl<'de> Shape<'de> for NamedWorkspace<'_> {
    type Value = ();

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<(), E> {
        if matches!(scalar, Scalar::Null | Scalar::Container) {
            self.state.lacks("data.<organization>.<workspace>");
        }
        Ok(())
    }

    fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let state = self.state;
        let begun = state
            .builder
            .begin_workspace(self.organization)
            .and_then(|workspace| state.builder.name_workspace(workspace, self.name).map(|()| workspace));
        let workspace = match begun {
            Ok(workspace) => workspace,
            Err(too_much) => return state.give_up(too_much),
        };
        let mut name = String::new();
        let mut names = Names::default();
        let mut count = None;
        while let Some(part) = map.next_key_seed(Key(|key: &str| count_or_name(key, &mut name)))? {
            if let Err(too_much) = names.meet(&name, state) {
                return state.give_up(too_much);
            }
            if part == Part::Count {
                count = map.next_value_seed(Of(Count))?;
                continue;
            }
            map.next_value_seed(Of(NamedBackyard { state, workspace, name: &name }))?;
        }
        match count {
            Some(count) => state.builder.report_workspace(workspace, count),
            None => state.lacks("data.<organization>.<workspace>.execute_count"),
        }
        Ok(())
    }
}

struct NamedBackyard<'a> {
    state: &'a mut State,
    workspace: u32,
    name: &'a str,
}

impl<'de> Shape<'de> for NamedBackyard<'_> {
    type Value = ();

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<(), E> {
        if matches!(scalar, Scalar::Null | Scalar::Container) {
            self.state.lacks("data.<organization>.<workspace>.<container>");
        }
        Ok(())
    }

    fn seq<A: SeqAccess<'de>>(self, seq: A) -> Result<(), A::Error> {
        let (state, workspace) = (self.state, self.workspace);
        match state.builder.backyard(self.name) {
            Ok(backyard) => Jobs { state, workspace, backyard }.seq(seq),
            Err(too_much) => state.give_up(too_much),
        }
    }
}

fn count_or_name(key: &str, name: &mut String) -> Part {
    key.clone_into(name);
    if key == "execute_count" {
        Part::Count
    } else {
        Part::Unknown
    }
}

/// An organization's or workspace's id: a text; `None` for anything else.
struct Id;

impl Shape<'_> for Id {
    type Value = Option<String>;

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Option<String>, E> {
        Ok(match scalar {
            Scalar::Text(text) => Some(text.to_owned()),
            _ => None,
        })
    }
}
