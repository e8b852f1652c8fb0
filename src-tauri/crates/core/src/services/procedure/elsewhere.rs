//! A procedure that another of our programs drives, or left. The command line takes up what nobody drives, for whoever calls
//! it means that. The window shows what the command line left, and takes it over only when it is asked to: a script that
//! comes back to open the platform again must find its own procedure.

use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::procedure::view::ProcedureElsewhere;
use crate::domain::procedure::{Frontend, Procedure};
use crate::services::session::{held, Session};

pub(super) fn driven_elsewhere() -> Problem {
    Problem::new(ProblemCode::DrivenElsewhere)
}

impl Session {
    /// Whether it is taken up without being asked for.
    pub(super) fn is_ours(&self, state: &Procedure) -> bool {
        self.parts.frontend == Frontend::CommandLine || state.driven_by == Frontend::Window
    }

    /// Somebody wants to go on here with what another program left.
    pub(in crate::services) fn take_over_procedure(&self) -> Result<(), Problem> {
        if self.has_active_procedure() {
            return Ok(());
        }
        self.take_up(true)
    }

    /// What another program began, and has left meanwhile, is taken up.
    pub(super) fn look_elsewhere(&self) {
        let rests = match &*held(&self.procedure.driven) {
            None => false,
            Some(driven) if driven.state.phase.is_active() || driven.is_unsaved => return,
            Some(_) => true,
        };
        if !rests || self.saved_procedure().is_some_and(|saved| saved.phase.is_active()) {
            self.resume_procedure();
        }
    }

    pub(super) fn show_elsewhere(&self, state: &Procedure) {
        let Procedure { driven_by, phase, since, .. } = *state;
        self.update(|monitor| {
            monitor.procedure(None);
            monitor.procedure_elsewhere(Some(ProcedureElsewhere { driven_by, phase, since }));
        });
    }
}
