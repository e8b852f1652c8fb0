//! The guided procedure (product §5): stop jobs, drain, read-only, work, open again.
//!
//! [`next`] is the whole machine: what stands, one observation and the time give what stands then and what to do. It
//! reads no clock, asks nobody and remembers nothing else; the same input gives the same effects. The state is saved
//! after each step, so that a closed window, a kill or a sleep loses nothing.
//!
//! | phase | waits for | what advances it | what holds it |
//! |---|---|---|---|
//! | `NotStarted` | the user | *start* sends job stop ON | – |
//! | `Scheduled` | the planned start | its time, both modes freshly read as off | a mode that is on or not known: after 15 minutes it is cancelled |
//! | `StoppingJobs` | job stop read back ON | that reading | read back OFF: the user confirms again |
//! | `Draining` | 3 proven zeros in a row, each [`state::ZERO_SPACING_MS`] after the one before, the first after job stop | the third | counted rows, unwaived unclassified rows, a mismatch, an unknown poll, job stop not read as on |
//! | `PointOfNoReturn` | the user, or a confirmed automation | *confirm* sends read-only ON | anything that is not known: then only the typed name |
//! | `GoingReadOnly` | read-only read back ON | that reading | read back OFF: back to `Draining` |
//! | `QuietGate` | [`gate::Gate::is_quiet`] | *confirm* | count, list, read-only, settle clock; the typed name goes past them |
//! | `Work` | the user | *confirm* sends read-only OFF | nothing; the platform may be away |
//! | `EndingReadOnly` | read-only read back OFF | that reading | read back ON: the user confirms again |
//! | `Checking` | the user's check list | *confirm* sends job stop OFF | – |
//! | `StartingJobs` | job stop read back OFF | that reading | read back ON: the user confirms again |
//! | `Watching` | 10 minutes of complete lists | time, or *stop the watch*; *stop jobs again* goes back to `StoppingJobs` | modes or list not known |
//! | `Finished`, `GaveUp`, `Aborted` | – | *start*, *re-open*; after giving up *continue* | – |
//!
//! What holds everywhere:
//!
//! - **Two steps can come by themselves**, if the user confirmed them: job stop ON at its planned time, with both modes freshly
//!   read as off; and read-only ON after the drain, with three zeros and job stop freshly read as on. Unknown, stale or
//!   suspect never move either.
//! - A poll that failed **resets** the zeros, as a mismatch does. "In a row" must mean that nobody could have started a job
//!   unseen between two of them; a few polls more cost seconds. One that comes sooner than a poll would neither counts nor
//!   resets: who asks three times in a second has seen one moment.
//! - A mode that is not as this procedure left it stops the automation at the observation that shows it.
//! - After [`Observation::Resumed`], or after [`LOST_MS`] in which the modes could not be read, the automation is over until it is confirmed
//!   again. A switch that was on its way is looked for, never sent twice.
//! - A give-up time ends the phases before the drain is proved, and no other: the proof drops it. After a return it leaves a
//!   quarter of an hour to read everything again.
//! - Switching off and re-opening are possible in every phase and ask for nothing that has to be known.
//! - Time is [`clock::Stopwatch`]: what was witnessed, so that neither a jump of the clock nor a gap in the readings ends
//!   any waiting.

mod acts;
pub mod clock;
pub mod earlier;
pub mod effect;
pub mod gate;
mod limits;
pub mod notice;
pub mod observation;
pub mod phase;
pub mod state;
mod step;
pub mod triage;
pub mod view;

#[cfg(test)]
mod tests;

pub use effect::{Effect, Moment, Pace, Title};
pub use notice::ProcedureNotice;
pub use observation::{Choice, JobsSeen, Observation, Options, PlannedTime, ProcedureAct};
pub use phase::ProcedurePhase;
pub use state::{Automation, Flag, Frontend, Procedure, StopReason, Unproved, LOST_MS};
pub use step::{is_due, next, next_held};
