//! How a procedure went, from its journal: phases, switches, who took part.

use std::collections::BTreeSet;

use super::timeline::begins;
use crate::domain::modes::Mode;
use crate::domain::problem::ProblemCode;
use crate::domain::procedure::{Moment, Procedure, ProcedurePhase as Phase};
use crate::domain::time::Timestamp;
use crate::journal::{JournalEntry, JournalEvent, SwitchResult};

/// What a report tells of a procedure.
pub(super) struct Course<'a> {
    pub(super) began_at: Option<Timestamp>,
    /// The phase that it began with. None: the journal does not have the line.
    pub(super) beginning: Option<Phase>,
    /// Nothing is missing as far as can be told: what the journal does not have did not happen.
    pub(super) is_whole: bool,
    /// None: it is under way.
    pub(super) ended_at: Option<Timestamp>,
    pub(super) phases: Vec<Stretch>,
    pub(super) switches: Vec<Switch<'a>>,
    /// Who sat at the workstation.
    pub(super) workstation_users: BTreeSet<&'a str>,
}

/// A phase, from when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) phase: Phase,
    pub(super) from: Timestamp,
    /// None: it stands in it, or the procedure ended with it.
    pub(super) to: Option<Timestamp>,
}

/// A switch that was asked of the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Switch<'a> {
    pub(super) at: Timestamp,
    pub(super) mode: Mode,
    pub(super) on: bool,
    pub(super) platform_user: &'a str,
    pub(super) workstation_user: &'a str,
    /// None: the journal does not say.
    pub(super) end: Option<SwitchEnd>,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SwitchEnd {
    pub(super) result: SwitchResult,
    pub(super) read_back: Option<bool>,
    pub(super) platform_time: Option<Timestamp>,
    pub(super) problem: Option<ProblemCode>,
}

impl<'a> Course<'a> {
    /// `entries` are those of the procedure, oldest first.
    pub(super) fn of(state: &Procedure, entries: &'a [JournalEntry]) -> Self {
        let beginning = entries.first().and_then(|entry| begins(entry, state));
        let phases = phases(entries);
        let stands_there = phases.iter().any(|it| it.phase == state.phase);
        Self {
            began_at: state.began_at,
            beginning,
            is_whole: beginning.is_some() && stands_there && !state.lines_lost,
            ended_at: state.since.filter(|_| !state.phase.is_active()),
            phases,
            switches: switches(entries),
            workstation_users: entries.iter().map(|entry| entry.workstation_user.as_str()).collect(),
        }
    }

    /// The last time that it was in a phase.
    pub(super) fn last(&self, phase: Phase) -> Option<Stretch> {
        self.phases.iter().rfind(|stretch| stretch.phase == phase).copied()
    }

    /// Whether a moment came.
    pub(super) fn reached(&self, moment: Moment) -> bool {
        let after = match moment {
            Moment::Stop => Phase::Draining,
            Moment::Zero => Phase::PointOfNoReturn,
            Moment::Reopen => Phase::Watching,
        };
        self.last(after).is_some()
    }
}

fn phases(entries: &[JournalEntry]) -> Vec<Stretch> {
    let mut phases: Vec<Stretch> = Vec::new();
    for entry in entries {
        let JournalEvent::Phase { phase, .. } = entry.event else { continue };
        if let Some(before) = phases.last_mut() {
            before.to = Some(entry.at);
        }
        phases.push(Stretch { phase, from: entry.at, to: None });
    }
    phases
}

/// One switch is on its way at a time, so an outcome belongs to the request before it.
fn switches(entries: &[JournalEntry]) -> Vec<Switch<'_>> {
    let mut switches: Vec<Switch<'_>> = Vec::new();
    for entry in entries {
        match &entry.event {
            JournalEvent::SwitchRequested { mode, on, user } => switches.push(Switch {
                at: entry.at,
                mode: *mode,
                on: *on,
                platform_user: user,
                workstation_user: &entry.workstation_user,
                end: None,
            }),
            JournalEvent::Switched { mode, on, outcome, read_back, platform_time, problem, .. } => {
                let open = switches.last_mut().filter(|it| it.end.is_none() && (it.mode, it.on) == (*mode, *on));
                if let Some(switch) = open {
                    let (read_back, platform_time, problem) = (*read_back, *platform_time, *problem);
                    switch.end = Some(SwitchEnd { result: *outcome, read_back, platform_time, problem });
                }
            }
            _ => {}
        }
    }
    switches
}
