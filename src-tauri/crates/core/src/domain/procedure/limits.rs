//! What comes as time goes on: the two clocks, the limits, the reminders, and what is told of them.

use super::clock::Stopwatch;
use super::gate::Gate;
use super::notice::ProcedureNotice;
use super::phase::ProcedurePhase as Phase;
use super::state::{Flag, StopReason};
use super::step::Run;
use crate::domain::modes::Mode;
use crate::domain::time::Timestamp;

/// How long is watched after the platform is open again, minutes (product §5).
pub(super) const WATCH_MINUTES: u32 = 10;
/// How long what a limit waits for may still come after it, ms: the modes of a planned start, and a first look after a return.
const GRACE_MS: i64 = 15 * 60_000;
/// When a planned end is recalled, ms after it.
const REMINDERS_MS: [i64; 3] = [0, 15 * 60_000, 60 * 60_000];

impl Run {
    pub(super) fn tick(&mut self) {
        match self.state.phase {
            Phase::Watching if self.has_watched() => self.finish(Phase::Finished),
            Phase::Scheduled => {
                let missed = |at: Timestamp| self.now.0.saturating_sub(at.0) >= GRACE_MS;
                if self.state.options.start_at.is_none_or(missed) {
                    self.stop_automation(StopReason::Missed);
                }
            }
            phase if phase.awaits_drain() && self.is_too_late() => self.give_up(),
            _ => {}
        }
    }

    /// The time was watched, and what it ends with is known.
    fn has_watched(&self) -> bool {
        self.state.watched.remaining_ms(WATCH_MINUTES) == 0 && self.is_all_known()
    }

    /// Both modes, and a list.
    fn is_all_known(&self) -> bool {
        let is_read = |mode| matches!(self.state.mode(mode).flag, Flag::On | Flag::Off);
        is_read(Mode::JobStop) && is_read(Mode::ReadOnly) && self.state.complete_jobs().is_some()
    }

    fn is_too_late(&self) -> bool {
        let Some(limit) = self.state.options.give_up_at else { return false };
        let grace = if self.state.rereading { GRACE_MS } else { 0 };
        self.now.0.saturating_sub(limit.0) >= grace
    }

    fn give_up(&mut self) {
        self.stop_automation(StopReason::GaveUp);
        self.tell(ProcedureNotice::GaveUp { at: self.now, holding: self.state.holding() });
        self.finish(Phase::GaveUp);
    }

    /// The settle clock counts what is read as on without a gap: what reads off may have been off.
    pub(super) fn settle(&mut self) {
        match self.state.read_only.flag {
            Flag::On => self.state.settled.see(self.now),
            Flag::Unknown => self.state.settled.look_away(),
            Flag::Suspect | Flag::Off => self.state.settled = Stopwatch::default(),
        }
    }

    pub(super) fn watch_the_gate(&mut self) {
        let is_left = self.state.holding().map(|holding| holding > 0);
        match (self.state.read_only.flag, is_left) {
            (Flag::On, Some(true)) if self.state.phase.is_active() => {
                let since = Some(*self.state.frozen_since.get_or_insert(self.now));
                self.tell(ProcedureNotice::CountMayNoLongerFall { since });
            }
            (Flag::Off, _) | (_, Some(false)) => self.state.frozen_since = None,
            _ => {}
        }
        if self.state.phase == Phase::QuietGate && Gate::of(&self.state, self.now).is_quiet() {
            self.tell(ProcedureNotice::Quiet { since: self.state.since });
        }
    }

    /// Of several that are due at once only the last is told.
    pub(super) fn remind(&mut self) {
        let phase = self.state.phase;
        let Some(planned_end) = self.state.options.planned_end.filter(|_| phase.locks_users_out()) else { return };
        let late = self.now.0.saturating_sub(planned_end.0);
        let due = (1..).zip(REMINDERS_MS).filter(|(_, after)| late >= *after);
        let due: Vec<_> = due.map(|(level, _)| ProcedureNotice::Overdue { planned_end, level }).collect();
        let Some((last, earlier)) = due.split_last() else { return };
        self.state.told.extend(earlier);
        self.tell(*last);
    }
}
