//! One job: its fields in any order, missing or of the wrong type.

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess};

use super::document::State;
use super::shape::{Key, Of, Scalar, Shape};
use crate::jobs::builder::FoundJob;

/// A field of a job while it is read; its text's room is used again for the next job.
#[derive(Debug, Default)]
struct Slot {
    text: String,
    found: Found,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Found {
    #[default]
    Missing,
    Null,
    Text,
    /// Of another type, with a text.
    Odd,
    /// Of another type, skipped.
    Wrong,
}

impl Slot {
    fn text(&self) -> Option<&str> {
        matches!(self.found, Found::Text | Found::Odd).then_some(&self.text)
    }
}

/// The fields of one job.
#[derive(Debug, Default)]
pub(super) struct Draft {
    id: Slot,
    status_id: Slot,
    status_name: Slot,
    label: Slot,
}

impl Draft {
    fn clear(&mut self) {
        for slot in [&mut self.id, &mut self.status_id, &mut self.status_name, &mut self.label] {
            slot.found = Found::Missing;
        }
    }

    /// Ids are texts; a name and a label may be null (platform-contract §5). Anything else is marked.
    fn found(&self) -> FoundJob<'_> {
        let is_complete = self.id.found == Found::Text
            && self.status_id.found == Found::Text
            && matches!(self.status_name.found, Found::Text | Found::Null)
            && matches!(self.label.found, Found::Text | Found::Null);
        FoundJob {
            id: self.id.text().unwrap_or_default(),
            status_id: self.status_id.text().unwrap_or_default(),
            status_name: self.status_name.text(),
            label: self.label.text(),
            is_incomplete: !is_complete,
        }
    }
}

struct Field<'a>(&'a mut Slot);

impl Shape<'_> for Field<'_> {
    type Value = ();

    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<(), E> {
        let slot = self.0;
        slot.text.clear();
        slot.found = match scalar {
            Scalar::Text(text) => {
                slot.text.push_str(text);
                Found::Text
            }
            Scalar::Whole(number) => {
                slot.text = number.to_string();
                Found::Odd
            }
            Scalar::Other(text) => {
                slot.text = text;
                Found::Odd
            }
            Scalar::Null => Found::Null,
            Scalar::Container => Found::Wrong,
        };
        Ok(())
    }
}

/// A list of jobs in a container.
pub(super) struct Jobs<'a> {
    pub(super) state: &'a mut State,
    pub(super) workspace: u32,
    pub(super) backyard: u32,
}

impl<'de> Shape<'de> for Jobs<'_> {
    type Value = ();

    fn scalar<E: Error>(self, _: Scalar<'_>) -> Result<(), E> {
        self.state.lacks("a list of jobs");
        Ok(())
    }

    fn seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Of(Job(&mut self.state.draft)))?.is_some() {
            let State { builder, draft, .. } = &mut *self.state;
            if let Err(too_much) = builder.push(self.workspace, self.backyard, draft.found()) {
                return self.state.give_up(too_much);
            }
        }
        Ok(())
    }
}

/// An element of that list. Whatever it is, it is a row: a job that cannot be read may still be running.
struct Job<'a>(&'a mut Draft);

impl<'de> Shape<'de> for Job<'_> {
    type Value = ();

    fn scalar<E: Error>(self, _: Scalar<'_>) -> Result<(), E> {
        self.0.clear();
        Ok(())
    }

    fn map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        enum Field {
            Id,
            StatusId,
            StatusName,
            Label,
            Unknown,
        }
        self.0.clear();
        while let Some(name) = map.next_key_seed(Key(|key: &str| match key {
            "id" => Field::Id,
            "status_id" => Field::StatusId,
            "status_name" => Field::StatusName,
            "last_update_timestamp" => Field::Label,
            _ => Field::Unknown,
        }))? {
            let slot = match name {
                Field::Id => &mut self.0.id,
                Field::StatusId => &mut self.0.status_id,
                Field::StatusName => &mut self.0.status_name,
                Field::Label => &mut self.0.label,
                Field::Unknown => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            map.next_value_seed(Of(Field(slot)))?;
        }
        Ok(())
    }
}
