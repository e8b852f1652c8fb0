//! What a journal says of the last change of each mode.

use super::{JournalEntry, JournalEvent, SwitchResult};
use crate::domain::left_on::JournalChange;
use crate::domain::modes::Mode;
use crate::domain::time::Timestamp;

/// The last change of each mode; `None` where none is in the journal, or nobody can say which it was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LastChanges {
    /// What follows is about another platform: the connection's address was another one then.
    is_elsewhere: bool,
    job_stop: Last,
    read_only: Last,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Last {
    change: Option<JournalChange>,
    /// What it was before the switch that was asked for and has no outcome yet.
    before: Option<JournalChange>,
}

impl LastChanges {
    /// Whether an entry says anything here.
    pub const fn concerns(entry: &JournalEntry) -> bool {
        matches!(
            entry.event,
            JournalEvent::Connected { .. }
                | JournalEvent::SwitchRequested { .. }
                | JournalEvent::Switched { .. }
                | JournalEvent::ObservedChange { .. }
        )
    }

    /// From entries, oldest first, of what happened at the platform at `address`.
    pub fn of(entries: impl IntoIterator<Item = JournalEntry>, address: &str) -> Self {
        let mut changes = Self::default();
        for JournalEntry { at, event, .. } in entries {
            match event {
                JournalEvent::Connected { address: opened, .. } if opened == address => changes.is_elsewhere = false,
                JournalEvent::Connected { .. } => changes = Self { is_elsewhere: true, ..Self::default() },
                _ if changes.is_elsewhere => {}
                event => changes.take(at, &event),
            }
        }
        changes
    }

    /// Of one mode.
    pub const fn last(&self, mode: Mode) -> Option<JournalChange> {
        match mode {
            Mode::JobStop => self.job_stop.change,
            Mode::ReadOnly => self.read_only.change,
        }
    }

    fn take(&mut self, at: Timestamp, event: &JournalEvent) {
        match *event {
            JournalEvent::SwitchRequested { mode, on, .. } => {
                let last = self.of_mut(mode);
                last.before = last.change;
                // Should nobody learn how it ended: an "off" may have happened, so what was on is not sure any more.
                if !on {
                    last.change = Some(JournalChange { at, on });
                }
            }
            JournalEvent::Switched { mode, on, outcome, .. } => {
                let last = self.of_mut(mode);
                match outcome {
                    SwitchResult::Done => last.change = Some(JournalChange { at, on }),
                    SwitchResult::Refused | SwitchResult::WithoutEffect => last.change = last.before,
                    SwitchResult::Unknown => {}
                }
            }
            // A platform that cannot read its table says off: neither off nor still on is sure.
            JournalEvent::ObservedChange { mode, suspect: true, .. } => self.of_mut(mode).change = None,
            JournalEvent::ObservedChange { mode, on, .. } => self.of_mut(mode).change = Some(JournalChange { at, on }),
            _ => {}
        }
    }

    const fn of_mut(&mut self, mode: Mode) -> &mut Last {
        match mode {
            Mode::JobStop => &mut self.job_stop,
            Mode::ReadOnly => &mut self.read_only,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODE: Mode = Mode::ReadOnly;

    fn requested(on: bool) -> JournalEvent {
        JournalEvent::SwitchRequested { mode: MODE, on, user: "admin".to_owned() }
    }

    fn switched(on: bool, outcome: SwitchResult) -> JournalEvent {
        let user = "admin".to_owned();
        JournalEvent::Switched { mode: MODE, on, user, outcome, read_back: None, platform_time: None, problem: None }
    }

    /// The last change after these events, at 1, 2, 3 …
    fn last(events: &[JournalEvent]) -> Option<(i64, bool)> {
        let entry = |(at, event): (i64, &JournalEvent)| JournalEntry {
            at: Timestamp(at),
            workstation_user: "night".to_owned(),
            event: event.clone(),
        };
        let changes = LastChanges::of((1..).zip(events).map(entry), "https://here");
        assert_eq!(changes.last(Mode::JobStop), None, "the other mode has none");
        changes.last(MODE).map(|change| (change.at.0, change.on))
    }

    #[test]
    fn the_last_change_is_the_one_that_is_sure() {
        use SwitchResult::{Done, Refused, Unknown, WithoutEffect};
        let observed = |on, suspect| JournalEvent::ObservedChange { mode: MODE, on, suspect };
        let on = [requested(true), switched(true, Done)];
        let after = |more: &[JournalEvent]| last(&[&on[..], more].concat());
        assert_eq!(last(&[]), None);
        assert_eq!(after(&[]), Some((2, true)));
        assert_eq!(after(&[requested(false), switched(false, Done)]), Some((4, false)));
        assert_eq!(after(&[requested(false), switched(false, Refused)]), Some((2, true)), "nothing changed");
        assert_eq!(after(&[requested(false), switched(false, WithoutEffect)]), Some((2, true)));
        assert_eq!(after(&[requested(false), switched(false, Unknown)]), Some((3, false)), "it may have");
        assert_eq!(after(&[requested(false)]), Some((3, false)), "the program ended in between");
        assert_eq!(last(&[requested(true), switched(true, Unknown)]), None, "it may not have");
        assert_eq!(after(&[observed(false, false), observed(true, false)]), Some((4, true)));
        assert_eq!(after(&[observed(false, true)]), None, "neither off nor still on");
        let connected =
            |address: &str| JournalEvent::Connected { user: "admin".to_owned(), address: address.to_owned() };
        assert_eq!(after(&[connected("https://here")]), Some((2, true)));
        assert_eq!(after(&[connected("https://there")]), None, "another platform");
        assert_eq!(after(&[connected("https://there"), observed(true, false), connected("https://here")]), None);
    }
}
