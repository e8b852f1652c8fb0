//! Where a procedure stands: one value that is saved after every step and understood again after a restart.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::clock::Stopwatch;
use super::gate::GateCondition;
use super::notice::ProcedureNotice;
use super::observation::{JobsSeen, Options};
use super::phase::ProcedurePhase;
use crate::domain::confirmation::Danger;
use crate::domain::live::Suspect;
use crate::domain::modes::{Mode, ModeReading};
use crate::domain::time::Timestamp;

/// The shape of [`Procedure`] on disk. Another number is not read: the procedure starts anew, and says so.
pub const VERSION: u32 = 1;
/// Complete and consistent polls in a row that prove the platform drained (product §5).
pub const ZEROS_NEEDED: u32 = 3;
/// How far a zero must be from the one that counted before it, and the first one from job stop, ms. Just under the smallest
/// interval, so that every poll counts and no haste does: three of them outlast the cycle of up to 10 s in which a backyard
/// may still begin a job (platform-contract §9).
pub const ZERO_SPACING_MS: i64 = 4_500;
/// A reading of the modes older than this decides nothing by itself, ms.
pub const FRESH_MS: i64 = 120_000;
/// A platform that does not answer for so long ends an automation, ms: nobody saw what happened there meanwhile.
pub const LOST_MS: i64 = 300_000;

/// A flag of the platform, as far as it can be believed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, rename = "ProcedureFlag")]
pub enum Flag {
    /// Missing, null, or the read failed.
    #[default]
    Unknown,
    /// Off where on was expected: perhaps an unreadable table (platform-contract §3).
    Suspect,
    /// Read as off.
    Off,
    /// Read as on.
    On,
}

/// What is known of one mode.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ModeKnowledge {
    /// The newest reading.
    pub flag: Flag,
    /// When it was read.
    pub at: Option<Timestamp>,
    /// What it must be as far as this procedure knows: the last state proved. Anything else was done elsewhere.
    pub proved: Option<bool>,
    /// A switch that was sent and not yet read back: the state it wants.
    pub sent: Option<bool>,
    /// Since when its "off" is in doubt.
    #[serde(default)]
    pub doubted_since: Option<Timestamp>,
}

impl ModeKnowledge {
    /// Whether the flag was read as `on` so recently that a step may follow from it. A reading from the future, after
    /// the clock jumped back, is not recent.
    pub fn is_freshly(&self, on: bool, now: Timestamp) -> bool {
        let wanted = if on { Flag::On } else { Flag::Off };
        self.flag == wanted && self.at.is_some_and(|at| is_within(at, now, FRESH_MS))
    }
}

const fn is_within(at: Timestamp, now: Timestamp, span_ms: i64) -> bool {
    let age = now.0.saturating_sub(at.0);
    age >= 0 && age <= span_ms
}

/// Whether a step may come by itself: the start at its time, or read-only after the drain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
#[ts(export, rename = "ProcedureAutomation")]
pub enum Automation {
    /// Never confirmed; the default.
    #[default]
    Off,
    /// Confirmed. Holds when the lock closes (product §3).
    Armed,
    /// Confirmed and held by the user.
    Held,
    /// Ended before its step. Only a new confirmation arms it again.
    Stopped {
        /// Why.
        why: StopReason,
    },
}

/// Our programs over this core.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Frontend {
    /// The window.
    #[default]
    Window,
    /// `itamctl`.
    CommandLine,
}

/// Why an automation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum StopReason {
    /// A mode changed without this procedure.
    ChangedElsewhere,
    /// The program was closed, or the machine slept: what was confirmed then is asked again.
    Resumed,
    /// A switch was not found done on reading back.
    NotConfirmed,
    /// The user switched a mode off, or left the procedure's path.
    ByHand,
    /// The give-up time came.
    GaveUp,
    /// The time of a planned start went by while the modes could not be read as off.
    Missed,
    /// The platform did not answer for [`LOST_MS`].
    Lost,
}

/// The newest poll of the jobs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
#[ts(export)]
pub enum JobsKnowledge {
    /// No list, or one that can no longer be trusted.
    #[default]
    Unknown,
    /// A complete list.
    Complete {
        /// What it said.
        jobs: JobsSeen,
    },
}

/// A step that the user took although not all that it rests on was proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "step", rename_all = "snake_case")]
#[ts(export)]
pub enum Unproved {
    /// Read-only was switched on.
    ReadOnly {
        /// When it was confirmed.
        at: Timestamp,
        /// What stood against it.
        dangers: Vec<Danger>,
    },
    /// The quiet gate was passed.
    Work {
        /// When it was confirmed.
        at: Timestamp,
        /// What it still missed.
        unmet: Vec<GateCondition>,
    },
}

/// The whole state of one connection's procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Procedure {
    /// [`VERSION`].
    pub version: u32,
    /// Who did the newest act.
    #[serde(default)]
    pub driven_by: Frontend,
    /// The address of the platform that it is about; null: from before that was noted.
    #[serde(default)]
    pub origin: Option<String>,
    /// Where it stands.
    pub phase: ProcedurePhase,
    /// When that phase began.
    pub since: Option<Timestamp>,
    /// When the procedure began: which one it is.
    #[serde(default)]
    pub began_at: Option<Timestamp>,
    /// What the user chose.
    pub options: Options,
    /// Whether the next step may come by itself.
    pub automation: Automation,
    /// Job stop.
    pub job_stop: ModeKnowledge,
    /// Read-only.
    pub read_only: ModeKnowledge,
    /// The newest poll.
    pub jobs: JobsKnowledge,
    /// Proven zeros in a row since job stop was read back as on.
    pub zeros: u32,
    /// From when the next one keeps its distance: job stop was found on, or the last one counted.
    #[serde(default)]
    pub spaced_from: Option<Timestamp>,
    /// The newest zero, whether it counted or came too soon. Kept while the platform is away.
    pub last_zero: Option<Timestamp>,
    /// When job stop was read back as on.
    pub jobs_stopped_at: Option<Timestamp>,
    /// The give-up time that was dropped because the drain was proved, or the wait went on; the report tells it.
    #[serde(default)]
    pub former_limit: Option<Timestamp>,
    /// Unclassified containers that the user waived by name.
    pub waived: BTreeSet<String>,
    /// "The other services were restarted or scaled to 0".
    pub services_restarted: bool,
    /// Time that read-only was proved on.
    pub settled: Stopwatch,
    /// Time watched since jobs may start again.
    pub watched: Stopwatch,
    /// Back after a restart or sleep, and not everything was read again yet.
    pub rereading: bool,
    /// Since when the platform does not answer.
    #[serde(default)]
    pub away_since: Option<Timestamp>,
    /// Since when jobs are left under read-only.
    #[serde(default)]
    pub frozen_since: Option<Timestamp>,
    /// Steps that were taken over something unproved, oldest first.
    #[serde(default)]
    pub unproved: Vec<Unproved>,
    /// Lines of its journal could not be written: what the journal does not have may have happened all the same.
    #[serde(default)]
    pub lines_lost: bool,
    /// What was told: nothing is told twice.
    pub told: BTreeSet<ProcedureNotice>,
}

impl Default for Procedure {
    fn default() -> Self {
        Self {
            version: VERSION,
            driven_by: Frontend::default(),
            origin: None,
            phase: ProcedurePhase::NotStarted,
            since: None,
            began_at: None,
            options: Options::default(),
            automation: Automation::Off,
            job_stop: ModeKnowledge::default(),
            read_only: ModeKnowledge::default(),
            jobs: JobsKnowledge::Unknown,
            zeros: 0,
            spaced_from: None,
            last_zero: None,
            jobs_stopped_at: None,
            former_limit: None,
            waived: BTreeSet::new(),
            services_restarted: false,
            settled: Stopwatch::default(),
            watched: Stopwatch::default(),
            rereading: false,
            away_since: None,
            frozen_since: None,
            unproved: Vec::new(),
            lines_lost: false,
            told: BTreeSet::new(),
        }
    }
}

impl Procedure {
    /// A saved state; `None` if it is no such thing or of another [`VERSION`].
    pub fn load(saved: &str) -> Option<Self> {
        let state: Self = serde_json::from_str(saved).ok()?;
        (state.version == VERSION).then_some(state)
    }

    /// Whether the platform at this address is the one that it is about.
    pub fn is_of(&self, address: &str) -> bool {
        self.origin.as_deref().is_none_or(|origin| origin == address)
    }

    /// What is known of a mode.
    pub const fn mode(&self, mode: Mode) -> &ModeKnowledge {
        match mode {
            Mode::JobStop => &self.job_stop,
            Mode::ReadOnly => &self.read_only,
        }
    }

    /// What each mode must read unless somebody else switches it; `None` where a switch of ours is not read back yet. An
    /// "off" in doubt has been told and may read so again.
    pub fn expected(&self) -> ModeReading {
        let told = |mode: &ModeKnowledge, on: bool| on && mode.doubted_since.is_none();
        let of = |mode: &ModeKnowledge| mode.proved.filter(|_| mode.sent.is_none()).map(|on| told(mode, on));
        ModeReading { job_stop: of(&self.job_stop), read_only: of(&self.read_only) }
    }

    /// Modes whose "off" is in doubt.
    pub const fn doubted(&self) -> Suspect {
        Suspect { job_stop: self.job_stop.doubted_since, read_only: self.read_only.doubted_since }
    }

    pub(super) const fn mode_mut(&mut self, mode: Mode) -> &mut ModeKnowledge {
        match mode {
            Mode::JobStop => &mut self.job_stop,
            Mode::ReadOnly => &mut self.read_only,
        }
    }

    /// The newest list, if it may be believed.
    pub const fn complete_jobs(&self) -> Option<&JobsSeen> {
        match &self.jobs {
            JobsKnowledge::Complete { jobs } => Some(jobs),
            JobsKnowledge::Unknown => None,
        }
    }

    /// Jobs that hold the procedure: the deciding figure without the containers that were waived. `None`: unknown.
    pub fn holding(&self) -> Option<u32> {
        self.complete_jobs().map(|jobs| jobs.holding(&self.waived))
    }

    /// Whether the drain is proved, by the polls so far.
    pub fn is_drained(&self) -> bool {
        self.zeros >= ZEROS_NEEDED && self.holding() == Some(0)
    }

    /// Whether the workstation must not sleep: the procedure waits for time or for the platform. The work and the check list
    /// wait for people.
    pub const fn keeps_awake(&self) -> bool {
        self.phase.is_active() && !matches!(self.phase, ProcedurePhase::Work | ProcedurePhase::Checking)
    }

    /// What makes read-only dangerous now. A zero that is not proved, or not fresh, is not known.
    pub fn dangers(&self, now: Timestamp) -> Vec<Danger> {
        // On a slow platform the next list may be far away.
        let lasts_ms = self.complete_jobs().map_or(0, |jobs| jobs.lasts_ms).max(FRESH_MS);
        let is_fresh = self.last_zero.is_some_and(|at| is_within(at, now, lasts_ms));
        let is_proved = self.is_drained() && is_fresh && !self.rereading;
        let mut found = Vec::new();
        match self.holding() {
            Some(holding) if holding > 0 => found.push(Danger::JobsRunning),
            _ if !is_proved => found.push(Danger::CountUnknown),
            _ => {}
        }
        if !self.job_stop.is_freshly(true, now) || self.job_stop.sent.is_some() {
            found.push(Danger::JobStopOff);
        }
        found
    }
}
