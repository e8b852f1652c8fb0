//! The job table: columns of fixed width beside small tables of distinct names.
//!
//! A row takes [`ROW_BYTES`] bytes. What repeats (organizations, workspaces, backyards with their statuses) is kept once
//! and numbered; what is irregular (ids that are no UUIDs, times written in another way) lies in one shared text.

use super::id::{parse_uuid, JobId};
use super::label::{self, LabelForm};
use crate::domain::vocabulary::JobClass;

/// Bytes of one row in the columns.
pub const ROW_BYTES: usize = 16 + 8 + 4 + 4 + 1;

/// The value of the time column where there is no readable label.
const NO_LABEL: i64 = i64::MIN;

/// Bits of the flags column.
mod flag {
    pub(super) const NEW: u8 = 1;
    pub(super) const GONE: u8 = 1 << 1;
    pub(super) const INCOMPLETE: u8 = 1 << 2;
    /// The id column holds where the text of the id lies.
    pub(super) const ID_IS_TEXT: u8 = 1 << 3;
    /// The label prints back with six digits of its fraction, otherwise with none.
    pub(super) const LABEL_HAS_MICROS: u8 = 1 << 4;
    /// The label's text is kept, because it cannot be printed back.
    pub(super) const LABEL_IS_TEXT: u8 = 1 << 5;
    pub(super) const STATUS_CHANGED: u8 = 1 << 6;
}

/// All jobs of one complete answer, and the few rows that a snapshot adds because they left since the one before.
#[derive(Debug, Clone, Default)]
pub struct JobTable {
    ids: Vec<u128>,
    labels: Vec<i64>,
    workspace_of: Vec<u32>,
    kind_of: Vec<u32>,
    flags: Vec<u8>,
    /// Odd ids and odd labels, one after the other.
    text: String,
    /// Row and place in `text` of the labels with [`flag::LABEL_IS_TEXT`], ascending.
    odd_labels: Vec<(u32, Span)>,
    /// Organizations, by ordinal.
    pub(crate) organizations: Vec<Organization>,
    /// Workspaces, by ordinal.
    pub(crate) workspaces: Vec<Workspace>,
    /// Containers.
    pub(crate) backyards: Vec<Backyard>,
    /// Distinct pairs of container and status.
    pub(crate) kinds: Vec<Kind>,
    /// `execute_count` of the whole system.
    pub(super) reported: Option<u32>,
}

/// A place in a text.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: u32,
    length: u32,
}

/// An organization of the answer.
#[derive(Debug, Clone)]
pub(crate) struct Organization {
    /// Its id; empty where it was missing.
    pub(crate) name: Box<str>,
    /// Its `execute_count`.
    pub(crate) reported: Option<u32>,
    /// In the answer itself, not only among the rows that left.
    pub(crate) is_listed: bool,
}

/// A workspace of the answer.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    /// Ordinal of its organization.
    pub(crate) organization: u32,
    /// Its id; empty where it was missing.
    pub(crate) name: Box<str>,
    /// Its `execute_count`.
    pub(crate) reported: Option<u32>,
    /// In the answer itself, not only among the rows that left.
    pub(crate) is_listed: bool,
}

/// A container.
#[derive(Debug, Clone)]
pub(crate) struct Backyard {
    /// Its name.
    pub(crate) name: Box<str>,
    /// How its rows count.
    pub(crate) class: JobClass,
}

/// A status in its container: the same id means different things in different containers (platform-contract §5).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Kind {
    /// Index of the container.
    pub(crate) backyard: u32,
    /// As sent; empty where it was missing.
    pub(crate) status_id: Box<str>,
    /// As sent.
    pub(crate) status_name: Option<Box<str>>,
}

/// A row as it is pushed: everything that is not a small integer already.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewRow<'a> {
    pub(super) workspace: u32,
    pub(super) kind: u32,
    pub(super) id: &'a str,
    pub(super) label: Option<&'a str>,
    pub(super) is_incomplete: bool,
}

impl JobTable {
    /// Rows, those that left included.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Organizations of the answer, idle ones too, each with its `execute_count`.
    pub fn organizations(&self) -> impl Iterator<Item = (&str, Option<u32>)> {
        self.organizations.iter().filter(|it| it.is_listed).map(|it| (&*it.name, it.reported))
    }

    /// Workspaces of the answer, idle ones too: organization, workspace, `execute_count`.
    pub fn workspaces(&self) -> impl Iterator<Item = (&str, &str, Option<u32>)> {
        let listed = self.workspaces.iter().filter(|it| it.is_listed);
        listed.map(|it| (&*self.organizations[it.organization as usize].name, &*it.name, it.reported))
    }

    /// Job id.
    pub fn id(&self, row: u32) -> JobId<'_> {
        let value = self.ids[row as usize];
        if self.has(row, flag::ID_IS_TEXT) {
            JobId::Text(self.text_at(Span { start: (value >> 32) as u32, length: value as u32 }))
        } else {
            JobId::Uuid(value)
        }
    }

    /// Organization id.
    pub fn organization(&self, row: u32) -> &str {
        &self.organizations[self.workspace_entry(row).organization as usize].name
    }

    /// Workspace id.
    pub fn workspace(&self, row: u32) -> &str {
        &self.workspace_entry(row).name
    }

    /// Container name.
    pub fn backyard(&self, row: u32) -> &str {
        &self.backyard_entry(row).name
    }

    /// How the row counts.
    pub fn class(&self, row: u32) -> JobClass {
        self.backyard_entry(row).class
    }

    /// Status id as sent; empty where it was missing.
    pub fn status_id(&self, row: u32) -> &str {
        &self.kinds[self.kind(row) as usize].status_id
    }

    /// The platform's name for the status.
    pub fn status_name(&self, row: u32) -> Option<&str> {
        self.kinds[self.kind(row) as usize].status_name.as_deref()
    }

    /// The last update in microseconds on the label's own calendar; `None` where there is none or it cannot be read.
    pub fn label(&self, row: u32) -> Option<i64> {
        let label = self.labels[row as usize];
        (label != NO_LABEL).then_some(label)
    }

    /// All labels that can be read.
    pub(crate) fn labels(&self) -> impl Iterator<Item = i64> + '_ {
        self.labels.iter().copied().filter(|label| *label != NO_LABEL)
    }

    /// A label that is written in another way than the platform's two, as sent.
    pub(crate) fn odd_label(&self, row: u32) -> Option<&str> {
        if !self.has(row, flag::LABEL_IS_TEXT) {
            return None;
        }
        let at = self.odd_labels.binary_search_by_key(&row, |(of, _)| *of).ok()?;
        Some(self.text_at(self.odd_labels[at].1))
    }

    /// Appends the label as sent; `false` where there was none.
    pub(crate) fn print_label(&self, row: u32, out: &mut Vec<u8>) -> bool {
        if let Some(text) = self.odd_label(row) {
            out.extend_from_slice(text.as_bytes());
            return true;
        }
        let Some(micros) = self.label(row) else { return false };
        label::print(micros, if self.has(row, flag::LABEL_HAS_MICROS) { 6 } else { 0 }, out);
        true
    }

    /// The label as sent.
    pub fn raw_label(&self, row: u32) -> Option<String> {
        let mut out = Vec::new();
        self.print_label(row, &mut out).then(|| String::from_utf8_lossy(&out).into_owned())
    }

    /// Not in the poll before.
    pub fn is_new(&self, row: u32) -> bool {
        self.has(row, flag::NEW)
    }

    /// In the poll before with another status.
    pub fn is_status_changed(&self, row: u32) -> bool {
        self.has(row, flag::STATUS_CHANGED)
    }

    /// In the poll before and not in this one.
    pub fn is_gone(&self, row: u32) -> bool {
        self.has(row, flag::GONE)
    }

    /// Its workspace is in the answer itself; that of a row that left may be gone with it.
    pub(crate) fn is_in_listed_workspace(&self, row: u32) -> bool {
        self.workspace_entry(row).is_listed
    }

    /// A field that every job has was missing or of another type.
    pub fn is_incomplete(&self, row: u32) -> bool {
        self.has(row, flag::INCOMPLETE)
    }

    /// Ordinal of the row's workspace.
    pub(crate) fn workspace_ordinal(&self, row: u32) -> u32 {
        self.workspace_of[row as usize]
    }

    /// Index of the row's status in its container.
    pub(crate) fn kind(&self, row: u32) -> u32 {
        self.kind_of[row as usize]
    }

    /// Index of the row's container.
    pub(crate) fn backyard_index(&self, row: u32) -> u32 {
        self.kinds[self.kind(row) as usize].backyard
    }

    /// The two columns of small integers: workspace and kind of each row.
    pub(crate) fn small_columns(&self) -> (&[u32], &[u32]) {
        (&self.workspace_of, &self.kind_of)
    }

    /// Bytes held by the columns and texts, without the tables of distinct names.
    pub fn column_bytes(&self) -> usize {
        self.ids.capacity() * 16
            + self.labels.capacity() * 8
            + (self.workspace_of.capacity() + self.kind_of.capacity()) * 4
            + self.flags.capacity()
            + self.text.capacity()
            + self.odd_labels.capacity() * size_of::<(u32, Span)>()
    }

    pub(super) fn mark_new(&mut self, row: u32) {
        self.flags[row as usize] |= flag::NEW;
    }

    pub(super) fn mark_status_changed(&mut self, row: u32) {
        self.flags[row as usize] |= flag::STATUS_CHANGED;
    }

    /// Adds a row. `false`, and nothing added, where a text would lie beyond 4 GiB.
    pub(super) fn push(&mut self, new: NewRow<'_>) -> bool {
        if self.text.len() + new.id.len() + new.label.map_or(0, str::len) > u32::MAX as usize {
            return false;
        }
        let mut flags = if new.is_incomplete { flag::INCOMPLETE } else { 0 };
        let id = parse_uuid(new.id).unwrap_or_else(|| {
            flags |= flag::ID_IS_TEXT;
            let span = self.keep(new.id);
            u128::from(span.start) << 32 | u128::from(span.length)
        });
        let label = match new.label.map(|text| (text, label::parse(text))) {
            None => NO_LABEL,
            Some((_, Some((micros, LabelForm::Seconds)))) => micros,
            Some((_, Some((micros, LabelForm::Micros)))) => {
                flags |= flag::LABEL_HAS_MICROS;
                micros
            }
            Some((text, other)) => {
                flags |= flag::LABEL_IS_TEXT;
                let span = self.keep(text);
                self.odd_labels.push((self.ids.len() as u32, span));
                other.map_or(NO_LABEL, |(micros, _)| micros)
            }
        };
        self.ids.push(id);
        self.labels.push(label);
        self.workspace_of.push(new.workspace);
        self.kind_of.push(new.kind);
        self.flags.push(flags);
        true
    }

    /// Adds a row that left, copied from the table before.
    pub(super) fn push_gone(&mut self, workspace: u32, kind: u32, from: &Self, row: u32) {
        let (id, label) = (from.id(row).to_string(), from.raw_label(row));
        let is_incomplete = from.is_incomplete(row);
        if self.push(NewRow { workspace, kind, id: &id, label: label.as_deref(), is_incomplete }) {
            if let Some(flags) = self.flags.last_mut() {
                *flags |= flag::GONE;
            }
        }
    }

    /// Gives back what growing reserved.
    pub(super) fn shrink(&mut self) {
        self.ids.shrink_to_fit();
        self.labels.shrink_to_fit();
        self.workspace_of.shrink_to_fit();
        self.kind_of.shrink_to_fit();
        self.flags.shrink_to_fit();
        self.text.shrink_to_fit();
        self.odd_labels.shrink_to_fit();
    }

    fn keep(&mut self, text: &str) -> Span {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        Span { start, length: text.len() as u32 }
    }

    fn text_at(&self, span: Span) -> &str {
        &self.text[span.start as usize..][..span.length as usize]
    }

    fn has(&self, row: u32, flag: u8) -> bool {
        self.flags[row as usize] & flag != 0
    }

    fn workspace_entry(&self, row: u32) -> &Workspace {
        &self.workspaces[self.workspace_of[row as usize] as usize]
    }

    fn backyard_entry(&self, row: u32) -> &Backyard {
        &self.backyards[self.backyard_index(row) as usize]
    }
}
