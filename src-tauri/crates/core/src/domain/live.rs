//! What the window shows of the open connection: one small value, sent whole whenever it changes. Rows of jobs are
//! never in it; they are fetched by window.

use serde::Serialize;
use ts_rs::TS;

use super::banner::Banners;
use super::confirmation::{Confirmation, Danger};
use super::connection::{Connection, LoginWay, ProxyPolicy};
use super::forecast::Forecast;
use super::modes::{Mode, ModeReading};
use super::problem::{Problem, ProblemCode};
use super::procedure::view::{ProcedureElsewhere, ProcedureView};
use super::procedure::ProcedureNotice;
use super::time::Timestamp;
use super::truth::Truth;
use super::zone::ZoneBasis;

/// The open connection, or none.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Live {
    /// Counts up with every connection that was opened; what carries an older one is dropped.
    pub generation: u32,
    /// Which connection, if any.
    pub connection: Option<Connection>,
    /// Its address is plain http to another machine: the password travels readable.
    pub is_plain: bool,
    /// Which proxy its requests really take; `none` to this machine, whatever was chosen.
    pub proxy: ProxyPolicy,
    /// Where it stands.
    pub phase: Phase,
    /// Both modes.
    pub modes: Modes,
    /// Modes whose "off" may be a lie.
    pub suspect: Suspect,
    /// How many jobs run.
    pub running: Truth<Running>,
    /// The job table behind the grid; changes with every complete poll, so that the window fetches rows again.
    pub revision: u32,
    /// The polls of this session, oldest first, at most 240.
    pub history: Vec<CountPoint>,
    /// When nothing may run any more; null while job stop is not known to be on: then jobs start at any time.
    pub forecast: Option<Forecast>,
    /// What happened that the user must see until dismissed; newest last.
    pub notices: Vec<Notice>,
    /// The guided procedure of this connection; null: none was ever begun.
    pub procedure: Option<ProcedureView>,
    /// One that another of our programs drives, or left; null: there is none.
    pub procedure_elsewhere: Option<ProcedureElsewhere>,
    /// Until when the lock is open; null: closed.
    pub lock_open_until: Option<Timestamp>,
    /// The banners users see now, and would see after a switch.
    pub banners: BannerPreview,
    /// How the login was made.
    pub login: Option<LoginState>,
    /// How the labels of the platform's times are read.
    pub zone: ZoneBasis,
    /// Seconds between polls as they run now.
    pub poll_seconds: u32,
    /// A switch is on its way.
    pub switching: Option<Mode>,
    /// Counts up with every line that this program wrote into the journal of the connection, so that the window asks again.
    pub journal_lines: u32,
}

/// What a poll may take longer than the last two together, ms.
const POLL_SLACK: i64 = 30_000;

impl Live {
    /// The count as a decision at `now` may use it: one that two polls should have renewed by then is stale. A request can
    /// hang for ten minutes before it fails, and the workstation may have slept.
    pub fn running_for_decision(&self, now: Timestamp) -> Truth<Running> {
        match &self.running {
            Truth::Known { value, at } if now.since(*at) > self.lasts_ms(value) => {
                let problem = Problem::because(ProblemCode::TimedOut, "no newer list");
                Truth::Stale { value: value.clone(), at: *at, since: now, problem }
            }
            as_it_is => as_it_is.clone(),
        }
    }

    /// How long a list counts, ms: two cycles as the poller paces them (product §4), and the slack.
    pub fn lasts_ms(&self, list: &Running) -> i64 {
        let took = i64::from(list.took_ms);
        let cycle = (i64::from(self.poll_seconds) * 1_000).max(5 * took) + took;
        2 * cycle + POLL_SLACK
    }
}

/// Where a connection stands.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "phase", rename_all = "snake_case")]
#[ts(export)]
pub enum Phase {
    /// No connection is open.
    Closed,
    /// Opening: login and first reads are on their way.
    Opening,
    /// Polling.
    Open,
    /// Every request has stopped until the user acts (login refused, password needed, certificate).
    Stopped {
        /// Why.
        problem: Problem,
    },
}

/// Both modes with the time of their read.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Modes {
    /// Server-side job stop.
    pub job_stop: Truth<bool>,
    /// Read-only mode.
    pub read_only: Truth<bool>,
}

impl Modes {
    /// Truth of one mode.
    pub const fn of(&self, mode: Mode) -> &Truth<bool> {
        match mode {
            Mode::JobStop => &self.job_stop,
            Mode::ReadOnly => &self.read_only,
        }
    }

    /// What is known now, without the stale.
    pub fn known(&self) -> ModeReading {
        ModeReading { job_stop: self.job_stop.known().copied(), read_only: self.read_only.known().copied() }
    }
}

/// Since when the "off" of a mode is suspect: it was on, this workstation did not switch it, and no read since then showed
/// either mode on. A platform that cannot read its table answers the same (platform-contract §3), so no automation may
/// go on. A mode that reads on ends it, for then the table was read; so does a switch of ours that reads back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Suspect {
    /// Server-side job stop; null: not suspect.
    pub job_stop: Option<Timestamp>,
    /// Read-only mode; null: not suspect.
    pub read_only: Option<Timestamp>,
}

impl Suspect {
    /// Of one mode.
    pub const fn of(&self, mode: Mode) -> Option<Timestamp> {
        match mode {
            Mode::JobStop => self.job_stop,
            Mode::ReadOnly => self.read_only,
        }
    }

    pub(super) const fn of_mut(&mut self, mode: Mode) -> &mut Option<Timestamp> {
        match mode {
            Mode::JobStop => &mut self.job_stop,
            Mode::ReadOnly => &mut self.read_only,
        }
    }
}

/// How many jobs one complete answer lists.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Running {
    /// The platform's `execute_count`.
    pub reported: u32,
    /// Rows in the six counted kinds of backyards (platform-contract §5).
    pub counted: u32,
    /// Conductors, which the platform does not count.
    pub conductors: u32,
    /// Rows in containers that this product does not know.
    pub unclassified: u32,
    /// All rows.
    pub rows: u32,
    /// Organizations in the answer.
    pub organizations: u32,
    /// Workspaces in the answer.
    pub workspaces: u32,
    /// Where a count disagrees with its rows: the whole system first, then organizations, then workspaces; at most 100.
    pub mismatches: Vec<CountMismatch>,
    /// The figure that decides whether anything runs: on every level the larger of what is said and what is listed.
    pub deciding: u32,
    /// Organizations and workspaces that were in the last answer and are gone.
    pub vanished: Vec<GonePlace>,
    /// The oldest last update among the listed rows, where the zone is known.
    pub oldest_update: Option<Timestamp>,
    /// The platform's clock in this answer.
    pub platform_time: Option<Timestamp>,
    /// How long the answer took, ms.
    pub took_ms: u32,
}

/// An organization that is gone with everything in it, or a workspace of one that is still there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct GonePlace {
    /// Organization.
    pub organization: String,
    /// Workspace; null: the whole organization.
    pub workspace: Option<String>,
}

/// A count that disagrees with its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct CountMismatch {
    /// Organization; null: the whole system.
    pub organization: Option<String>,
    /// Workspace; null: the whole organization.
    pub workspace: Option<String>,
    /// `execute_count` as sent.
    pub reported: u32,
    /// Counted rows.
    pub counted: u32,
    /// Rows that may or may not count.
    pub unclassified: u32,
}

/// One poll in the small chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct CountPoint {
    /// When.
    pub at: Timestamp,
    /// The deciding count; null: unknown.
    pub count: Option<u32>,
}

/// Something that the user should know until it is dismissed.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Notice {
    /// A mode changed and this workstation did not do it.
    ChangedElsewhere {
        /// For dismissing it.
        id: u32,
        /// When it was noticed.
        at: Timestamp,
        /// Which mode.
        mode: Mode,
        /// Its new state.
        on: bool,
        /// From on to off without us, and neither mode reads on: another client, or the platform could not read its table
        /// (platform-contract §3).
        suspect: bool,
    },
    /// Workspaces or organizations that were listed are gone.
    Vanished {
        /// For dismissing it.
        id: u32,
        /// When it was noticed.
        at: Timestamp,
        /// Which, at most 20.
        places: Vec<GonePlace>,
        /// How many in all.
        total: u32,
    },
    /// The name in a plain http address leads to another machine than before; nothing proves that it is the platform.
    NameMoved {
        /// For dismissing it.
        id: u32,
        /// When it was noticed.
        at: Timestamp,
        /// The address that it led to.
        from: String,
        /// The address that it leads to now.
        to: String,
    },
    /// A defect of ours ended a poll. It goes on, once: the next one stops the connection.
    PollBroke {
        /// For dismissing it.
        id: u32,
        /// When.
        at: Timestamp,
    },
    /// News of the guided procedure.
    Procedure {
        /// For dismissing it.
        id: u32,
        /// When it was noticed.
        at: Timestamp,
        /// What it says.
        news: ProcedureNotice,
    },
    /// A file of ours could not be written or understood: the journal, the procedure, or the saved connections. The work goes
    /// on without it.
    FileTrouble {
        /// For dismissing it.
        id: u32,
        /// When it was noticed.
        at: Timestamp,
        /// Which, and why.
        problem: Problem,
    },
    /// The platform accepted the password, and it could not be kept: it will be asked for again.
    PasswordNotKept {
        /// For dismissing it.
        id: u32,
        /// When it was noticed.
        at: Timestamp,
        /// Why.
        problem: Problem,
    },
}

impl Notice {
    /// For dismissing it; counts up within one session.
    pub const fn id(&self) -> u32 {
        self.mark().0
    }

    /// Its id and when it was noticed: no two of one connection share both.
    pub const fn mark(&self) -> (u32, Timestamp) {
        match self {
            Self::ChangedElsewhere { id, at, .. }
            | Self::Vanished { id, at, .. }
            | Self::NameMoved { id, at, .. }
            | Self::PollBroke { id, at }
            | Self::Procedure { id, at, .. }
            | Self::FileTrouble { id, at, .. }
            | Self::PasswordNotKept { id, at, .. } => (*id, *at),
        }
    }
}

/// The four cells of the preview, for now and for after each switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct BannerPreview {
    /// As the modes are.
    pub now: Banners,
    /// If job stop were flipped (unknown counts as off).
    pub after_job_stop: Banners,
    /// If read-only were flipped.
    pub after_read_only: Banners,
}

/// How this connection logged in.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct LoginState {
    /// `token` or `basic`; never `automatic`.
    pub way: LoginWay,
    /// Why Basic is used although a token was preferred.
    pub fallback: Option<Problem>,
}

/// What a switch would do, and what it asks for first.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct SwitchPlan {
    /// Which mode.
    pub mode: Mode,
    /// To what.
    pub on: bool,
    /// What the user has to do.
    pub confirmation: Confirmation,
    /// Why it is dangerous, if it is.
    pub dangers: Vec<Danger>,
    /// The lock has to be opened first.
    pub lock_closed: bool,
    /// The name to type.
    pub name: String,
    /// Whom it concerns.
    pub running: Truth<Running>,
    /// What users will see afterwards.
    pub banners_after: Banners,
}

/// How a switch ended.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
#[ts(export)]
pub enum SwitchOutcome {
    /// The read-back agrees.
    Done {
        /// What was read back.
        read_back: ModeReading,
    },
    /// It already was on; nothing was sent. Off is always sent: a platform that cannot read its table says off.
    Already,
    /// The platform said no; nothing changed.
    Refused {
        /// Why.
        problem: Problem,
    },
    /// The platform said yes and the read-back disagrees.
    WithoutEffect {
        /// What was read back.
        read_back: ModeReading,
    },
    /// Nobody knows; a new read is on its way.
    Unknown {
        /// What went wrong.
        problem: Problem,
    },
}
