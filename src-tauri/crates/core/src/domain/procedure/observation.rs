//! Everything a procedure can learn. Whoever drives it translates the session's events into these.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::phase::ProcedurePhase;
use super::state::Flag;
use crate::domain::modes::Mode;
use crate::domain::time::Timestamp;

/// One thing learned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observation {
    /// A read of the modes that was started after any switch had been answered. A failed read is unknown twice.
    Modes {
        /// Server-side job stop.
        job_stop: Flag,
        /// Read-only mode.
        read_only: Flag,
    },
    /// A poll of the jobs that is complete, consistent or not.
    Jobs(JobsSeen),
    /// A poll without a usable answer, or a list that should have been renewed by now.
    JobsUnknown,
    /// The user did something.
    Act(ProcedureAct),
    /// The user switches a mode beside the procedure. It is sent already; its read-back comes as a reading.
    ByHand {
        /// Which.
        mode: Mode,
        /// To what.
        on: bool,
    },
    /// The lock of the connection closed (product §3).
    LockClosed,
    /// Time went on.
    Tick,
    /// The state was loaded after a restart, or the machine woke up.
    Resumed,
    /// Nothing answers any more.
    PlatformAway,
    /// It answers again.
    PlatformBack,
}

/// What a complete poll says, from `Running` of the snapshot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct JobsSeen {
    /// The larger of what is listed and what the platform says, unclassified rows included (`Running::deciding`).
    pub deciding: u32,
    /// Rows listed that count.
    pub counted: u32,
    /// Conductors: named, never holding.
    pub conductors: u32,
    /// Rows per container that this product does not know (from the job table, by container name).
    pub unclassified: BTreeMap<String, u32>,
    /// Whether the platform's counts agree with its rows on every level (`Running::mismatches` is empty).
    pub is_consistent: bool,
    /// Rows that started after job stop (see [`super::earlier`]).
    pub new_after_stop: u32,
    /// How long it counts, ms: by then the polls should have brought a newer one (`Live::lasts_ms`).
    #[serde(default)]
    #[ts(type = "number")]
    pub lasts_ms: i64,
}

impl JobsSeen {
    /// A waived container takes away its own rows and nothing else.
    pub(super) fn holding(&self, waived: &BTreeSet<String>) -> u32 {
        let sum = |wanted: bool| {
            let rows =
                self.unclassified.iter().filter(|(name, _)| waived.contains(*name) == wanted).map(|(_, rows)| *rows);
            rows.fold(0_u32, u32::saturating_add)
        };
        let listed = self.counted.saturating_add(sum(false));
        listed.max(self.deciding.saturating_sub(sum(true)))
    }
}

/// What the user chooses at the start and may change on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, rename = "ProcedureOptions")]
pub struct Options {
    /// When to begin; none: at once.
    #[serde(default)]
    pub start_at: Option<Timestamp>,
    /// Settle clock of the quiet gate, minutes.
    pub settle_minutes: u32,
    /// When to stop waiting for the drain.
    pub give_up_at: Option<Timestamp>,
    /// When the work should be over.
    pub planned_end: Option<Timestamp>,
    /// Go read-only by itself when drained.
    pub go_on_by_itself: bool,
}

/// A time that has to lie ahead when it is chosen for a start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlannedTime {
    /// When to begin.
    Start,
    /// When to stop waiting; after the beginning, too.
    GiveUp,
}

impl Options {
    /// Which of their times is over at `now`. "At once" has no time: one that went by while it was looked at begins nothing.
    pub fn passed(&self, now: Timestamp) -> Option<PlannedTime> {
        if self.start_at.is_some_and(|at| at <= now) {
            return Some(PlannedTime::Start);
        }
        let begins_at = self.start_at.unwrap_or(now);
        self.give_up_at.is_some_and(|at| at <= begins_at).then_some(PlannedTime::GiveUp)
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { start_at: None, settle_minutes: 90, give_up_at: None, planned_end: None, go_on_by_itself: false }
    }
}

/// What the user can do. Consent (agreement, typed name, lock) is checked before it becomes an act.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "act", rename_all = "snake_case")]
#[ts(export)]
pub enum ProcedureAct {
    /// Begin: switches job stop on, at once or at the time that the choices name.
    Start {
        /// The choices.
        options: Options,
    },
    /// Confirm the step that `phase` offers. A confirmation meant for another phase confirms nothing.
    Confirm {
        /// The phase that was on the screen.
        phase: ProcedurePhase,
        /// Whether the connection's name was typed.
        named: bool,
    },
    /// Switch a mode off by hand: possible in every state.
    SwitchOff {
        /// Which.
        mode: Mode,
    },
    /// Leave the path and open the platform again, from wherever it stands.
    Reopen,
    /// The tick box of the quiet gate.
    ServicesRestarted {
        /// Ticked.
        done: bool,
    },
    /// Change the settle clock.
    SettleMinutes {
        /// Minutes.
        minutes: u32,
    },
    /// Change the planned end.
    PlannedEnd {
        /// When, or none.
        at: Option<Timestamp>,
    },
    /// Change the give-up time.
    GiveUpAt {
        /// When, or none.
        at: Option<Timestamp>,
    },
    /// Confirm or withdraw "go on by itself when drained".
    GoOnByItself {
        /// Confirmed.
        on: bool,
    },
    /// Waive an unclassified container.
    Waive {
        /// Its name.
        container: String,
    },
    /// The automation waits.
    Hold,
    /// It goes on; after giving up, the drain does.
    Continue,
    /// End here and leave the modes as they are.
    Abort,
    /// Watched enough.
    StopWatch,
    /// What starts in the watch must not go on: job stop on again, at once.
    StopAgain,
}

/// What the user chose on the way, as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export, rename = "ProcedureChoice")]
pub enum Choice {
    /// An unclassified container is not waited for.
    Waived {
        /// Its name.
        container: String,
    },
    /// The tick box of the quiet gate.
    ServicesRestarted {
        /// Ticked.
        done: bool,
    },
    /// The settle clock.
    SettleMinutes {
        /// Minutes.
        minutes: u32,
    },
    /// The planned end.
    PlannedEnd {
        /// When, or none.
        at: Option<Timestamp>,
    },
    /// The give-up time.
    GiveUpAt {
        /// When, or none.
        at: Option<Timestamp>,
    },
}

impl Choice {
    /// What an act chooses, if that is all it does.
    pub(super) fn of(act: &ProcedureAct) -> Option<Self> {
        Some(match act {
            ProcedureAct::Waive { container } => Self::Waived { container: container.clone() },
            ProcedureAct::ServicesRestarted { done } => Self::ServicesRestarted { done: *done },
            ProcedureAct::SettleMinutes { minutes } => Self::SettleMinutes { minutes: *minutes },
            ProcedureAct::PlannedEnd { at } => Self::PlannedEnd { at: *at },
            ProcedureAct::GiveUpAt { at } => Self::GiveUpAt { at: *at },
            _ => return None,
        })
    }
}
