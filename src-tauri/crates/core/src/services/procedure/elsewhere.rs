//! A procedure that cannot be gone on with here: another of our programs drives it, or left it, or it is about the platform
//! of another address than the one that its connection has now. The command line takes up what nobody drives, for whoever calls
//! it means that. The window shows what the command line left, and takes it over only when it is asked to: a script that
//! comes back to open the platform again must find its own procedure.

use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::procedure::view::ProcedureElsewhere;
use crate::domain::procedure::{Frontend, Procedure};
use crate::services::session::{held, Session};

pub(super) fn driven_elsewhere() -> Problem {
    Problem::new(ProblemCode::DrivenElsewhere)
}

/// The modes of one platform are not those of another, whatever the connection is called.
pub(super) fn at_another_address(state: &Procedure) -> Problem {
    Problem::under_way(state.origin.as_deref().unwrap_or_default(), state.phase)
}

impl Session {
    /// Whether it is about the platform that this session asks.
    pub(super) fn is_here(&self, state: &Procedure) -> bool {
        state.is_of(&self.connection().address)
    }

    /// Why nothing can be done here with what is saved.
    pub(super) fn why_not_here(&self) -> Problem {
        match self.saved_procedure() {
            Err(problem) => problem,
            Ok(Some(state)) if state.phase.is_active() && !self.is_here(&state) => at_another_address(&state),
            Ok(_) => driven_elsewhere(),
        }
    }

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
        let rests_too = |saved: Option<Procedure>| saved.is_none_or(|saved| !saved.phase.is_active());
        if !rests || !self.saved_procedure().is_ok_and(rests_too) {
            self.resume_procedure();
        }
    }

    pub(super) fn show_elsewhere(&self, state: &Procedure) {
        let Procedure { driven_by, phase, since, .. } = *state;
        let other_address = state.origin.clone().filter(|_| !self.is_here(state));
        self.update(|monitor| {
            monitor.procedure(None);
            monitor.procedure_elsewhere(Some(ProcedureElsewhere { driven_by, phase, since, other_address }));
        });
    }
}
