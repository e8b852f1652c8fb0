//! `reopen`: read-only off, then job stop off, each read back.

use ita_core::domain::live::SwitchOutcome;
use ita_core::domain::modes::Mode;
use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::domain::procedure::{ProcedureAct as Act, ProcedurePhase as Phase};

use super::guided::Guided;
use crate::args::{ReopenArguments, Shared};
use crate::exit::{Exit, Failure};
use crate::messages;

pub(super) async fn run(shared: &Shared, arguments: &ReopenArguments) -> Result<Exit, Failure> {
    shared.is_json()?;
    let mut guided = Guided::open(shared, arguments.confirm.clone()).await?;
    if guided.is_anothers() && !arguments.anyway {
        // Somebody may be working behind read-only.
        return Err(Failure::Problem(Problem::new(ProblemCode::DrivenElsewhere)));
    }
    let done = match guided.phase() {
        // Without a procedure, as after `mode`, or after one that has ended: the same two switches in the same order. What
        // that one left as evidence stays as it is.
        Phase::NotStarted | Phase::Finished => switch_both_off(&guided).await,
        _ => reopen(&mut guided).await,
    };
    guided.leave().await;
    guided.report(shared, if done.is_ok() { "open" } else { "not_open" })?;
    Ok(match done {
        Ok(()) => Exit::Done,
        Err(problem) => {
            messages::error(&problem);
            messages::note(&format!("{} `itamctl reopen` can be run again.", guided.modes()));
            Exit::of(problem.code)
        }
    })
}

/// What users may write again comes first; what starts by itself comes last.
async fn reopen(guided: &mut Guided) -> Result<(), Problem> {
    guided.act(Act::Reopen).await?;
    guided.act(Act::Confirm { phase: Phase::Checking, named: false }).await?;
    // It is open. The evidence wants one list more; whatever comes of that, and of waiting for it, changes nothing.
    let _ = guided.first_reads().await;
    guided.act(Act::StopWatch).await
}

async fn switch_both_off(guided: &Guided) -> Result<(), Problem> {
    for mode in [Mode::ReadOnly, Mode::JobStop] {
        match guided.console().switch_mode(mode, false, &guided.consent()).await? {
            SwitchOutcome::Done { .. } | SwitchOutcome::Already => {}
            SwitchOutcome::WithoutEffect { .. } => return Err(Problem::new(ProblemCode::SwitchWithoutEffect)),
            SwitchOutcome::Refused { problem } | SwitchOutcome::Unknown { problem } => return Err(problem),
        }
    }
    Ok(())
}
