//! One night told step by step, and properties over any night.

mod before_the_stop;
mod doubt;
mod nights;
mod notices;
mod passing_time;
mod properties;
mod rows;
mod told;

use super::*;
use crate::domain::modes::Mode;
use crate::domain::time::Timestamp;

/// A procedure with a clock: what a test says happens a few seconds later.
struct Night {
    state: Procedure,
    now: Timestamp,
}

impl Night {
    fn new() -> Self {
        Self { state: Procedure::default(), now: Timestamp(1_000_000_000) }
    }

    fn see(&mut self, observation: &Observation) -> Vec<Effect> {
        self.now.0 += 5_000;
        let (state, effects) = next(std::mem::take(&mut self.state), observation, self.now);
        self.state = state;
        effects
    }

    fn act(&mut self, act: ProcedureAct) -> Vec<Effect> {
        self.see(&Observation::Act(act))
    }

    fn modes(&mut self, job_stop: Flag, read_only: Flag) -> Vec<Effect> {
        self.see(&Observation::Modes { job_stop, read_only })
    }

    fn count(&mut self, counted: u32) -> Vec<Effect> {
        self.see(&Observation::Jobs(jobs(counted)))
    }

    /// Open again, and watched from now on.
    fn watching() -> Self {
        let mut night = Self::quiet_gate();
        night.act(ProcedureAct::Reopen);
        night.modes(Flag::On, Flag::Off);
        night.confirm(false);
        night.modes(Flag::Off, Flag::Off);
        night
    }

    fn confirm(&mut self, named: bool) -> Vec<Effect> {
        let phase = self.state.phase;
        self.act(ProcedureAct::Confirm { phase, named })
    }

    /// Job stop read back; `go_on_by_itself` as given.
    fn draining(go_on_by_itself: bool) -> Self {
        let mut night = Self::new();
        night.modes(Flag::Off, Flag::Off);
        night.act(ProcedureAct::Start { options: Options { go_on_by_itself, ..Options::default() } });
        night.modes(Flag::On, Flag::Off);
        night
    }

    fn drained(go_on_by_itself: bool) -> Self {
        let mut night = Self::draining(go_on_by_itself);
        for _ in 0..3 {
            night.count(0);
        }
        night
    }

    fn quiet_gate() -> Self {
        let mut night = Self::drained(true);
        night.modes(Flag::On, Flag::On);
        night
    }
}

fn jobs(counted: u32) -> JobsSeen {
    JobsSeen { deciding: counted, counted, is_consistent: true, ..JobsSeen::default() }
}

fn switches(effects: &[Effect]) -> Vec<(Mode, bool)> {
    let of = |effect: &Effect| match effect {
        Effect::Switch { mode, on, .. } => Some((*mode, *on)),
        _ => None,
    };
    effects.iter().filter_map(of).collect()
}
