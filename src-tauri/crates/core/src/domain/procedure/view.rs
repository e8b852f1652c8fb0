//! What the window shows of a procedure: everything is worked out here, so that the page decides nothing.

use serde::Serialize;
use ts_rs::TS;

use super::effect::Title;
use super::gate::Gate;
use super::limits::WATCH_MINUTES;
use super::observation::Options;
use super::phase::ProcedurePhase;
use super::state::{Automation, Frontend, Procedure, ZEROS_NEEDED};
use super::triage::RemainingJob;
use crate::domain::confirmation::{Confirmation, Danger};
use crate::domain::live::Running;
use crate::domain::time::Timestamp;
use crate::domain::truth::Truth;

/// Rows of the triage that are shown; the grid has them all.
pub const MOST_REMAINING: usize = 100;

/// What an act would do, and what it asks for first.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct ActPlan {
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
    /// A beginning takes the place of a procedure whose evidence nobody has packed since it ended.
    pub loses_evidence: bool,
}

/// A procedure that another of our programs drives, or left, or that is about the platform of another address: as it was
/// saved. Nothing is watched for it here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ProcedureElsewhere {
    /// Who did the newest act.
    pub driven_by: Frontend,
    /// Where it stands.
    pub phase: ProcedurePhase,
    /// When that phase began.
    pub since: Option<Timestamp>,
    /// Where it is under way, if this connection leads elsewhere now: it cannot go on here. Null: at this address.
    pub other_address: Option<String>,
}

/// A procedure that keeps its connection at its address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct UnderWay {
    /// Where it is under way, and where modes may be on.
    pub address: String,
    /// Where it stands.
    pub phase: ProcedurePhase,
}

/// A procedure as the window shows it; sent whole when it changes.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
#[expect(clippy::struct_excessive_bools, reason = "facts that hold or do not hold independently of each other")]
pub struct ProcedureView {
    /// Who did the newest act.
    pub driven_by: Frontend,
    /// Where it stands.
    pub phase: ProcedurePhase,
    /// When that phase began.
    pub since: Option<Timestamp>,
    /// When the procedure began: which one it is.
    pub began_at: Option<Timestamp>,
    /// What the user chose.
    pub options: Options,
    /// Whether the step to read-only may come by itself.
    pub automation: Automation,
    /// A switch was sent and not read back yet; false where a phase waits for one: it has to be confirmed again.
    pub awaits_answer: bool,
    /// Proven zeros in a row, at most as many as it takes.
    pub zeros: u32,
    /// How many it takes.
    pub zeros_needed: u32,
    /// Jobs that hold the drain; null: not known.
    pub holding: Option<u32>,
    /// When job stop was read back as on.
    pub jobs_stopped_at: Option<Timestamp>,
    /// What makes read-only dangerous now; each asks for the typed name.
    pub dangers: Vec<Danger>,
    /// The quiet gate, condition by condition.
    pub gate: Gate,
    /// What is left, the most urgent first; at most [`MOST_REMAINING`].
    pub remaining: Vec<RemainingJob>,
    /// How many are left in all.
    pub remaining_total: u32,
    /// Containers that this product does not know and that hold the drain until they are waived.
    pub unclassified: Vec<String>,
    /// Those that were waived.
    pub waived: Vec<String>,
    /// "The other services were restarted or scaled to 0".
    pub services_restarted: bool,
    /// What the watch after re-opening still misses, ms.
    #[ts(type = "number")]
    pub watch_remaining_ms: i64,
    /// Back after a restart or sleep, and not everything was read again yet.
    pub rereading: bool,
    /// Since when the modes cannot be read, as expected during the work; null: they can.
    pub away_since: Option<Timestamp>,
    /// The workstation must not sleep: see [`Procedure::keeps_awake`].
    pub keeps_awake: bool,
    /// What the title of the window says.
    pub title: Title,
}

impl ProcedureView {
    /// The view at `now`. `remaining` is the triage of the newest list, most urgent first, of `remaining_total` rows.
    pub fn of(state: &Procedure, (remaining, remaining_total): (&[RemainingJob], u32), now: Timestamp) -> Self {
        let unclassified = state.complete_jobs().into_iter().flat_map(|jobs| jobs.unclassified.keys());
        Self {
            driven_by: state.driven_by,
            phase: state.phase,
            since: state.since,
            began_at: state.began_at,
            options: state.options.clone(),
            automation: state.automation,
            awaits_answer: state.job_stop.sent.is_some() || state.read_only.sent.is_some(),
            zeros: state.zeros.min(ZEROS_NEEDED),
            zeros_needed: ZEROS_NEEDED,
            holding: state.holding(),
            jobs_stopped_at: state.jobs_stopped_at,
            dangers: state.dangers(now),
            gate: Gate::of(state, now),
            remaining: remaining.iter().take(MOST_REMAINING).cloned().collect(),
            remaining_total,
            unclassified: unclassified.filter(|name| !state.waived.contains(*name)).cloned().collect(),
            waived: state.waived.iter().cloned().collect(),
            services_restarted: state.services_restarted,
            watch_remaining_ms: state.watched.remaining_ms(WATCH_MINUTES),
            rereading: state.rereading,
            away_since: state.away_since,
            keeps_awake: state.keeps_awake(),
            title: Title { phase: state.phase, holding: state.holding(), since: state.since },
        }
    }
}
