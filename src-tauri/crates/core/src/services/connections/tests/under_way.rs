//! Where a connection leads while its procedure is under way.

use super::*;
use crate::domain::procedure::{Procedure, ProcedurePhase};

const OLD: &str = "https://old.example";
const NEW: &str = "https://new.example";

/// A saved connection whose procedure stands in a phase, begun at an address.
async fn standing(phase: ProcedurePhase, origin: Option<&str>) -> (Desk, Connection) {
    let desk = desk();
    let saved = desk.save(draft("night", OLD), "old").await.expect("saved");
    let state = Procedure { phase, origin: origin.map(str::to_owned), ..Procedure::default() };
    desk.procedures.save(&saved.id, &state).expect("saved");
    (desk, saved)
}

fn edit(saved: &Connection, name: &str, address: &str) -> ConnectionDraft {
    ConnectionDraft { id: Some(saved.id.clone()), ..draft(name, address) }
}

#[tokio::test]
async fn the_address_stays_until_the_procedure_has_ended_and_everything_else_may_change() {
    for origin in [Some(OLD), None] {
        let (desk, saved) = standing(ProcedurePhase::Work, origin).await;
        let refused = desk.save(edit(&saved, "night", NEW), "new").await.expect_err("refused");
        let Problem { code, facts } = refused;
        let under_way = facts.under_way.expect("which");
        assert_eq!((code, &*under_way.address), (ProblemCode::ProcedureUnderWay, OLD));
        assert_eq!(under_way.phase, ProcedurePhase::Work);
        assert_eq!(desk.kept(&saved).await.as_deref(), Some("old"), "nor was anything else changed");
        desk.save(edit(&saved, "the night", OLD), "new").await.expect("saved");

        let ended = Procedure { phase: ProcedurePhase::Aborted, ..Procedure::default() };
        desk.procedures.save(&saved.id, &ended).expect("saved");
        desk.save(edit(&saved, "night", NEW), "new").await.expect("saved");
    }
}

#[tokio::test]
async fn the_way_back_to_where_it_was_begun_is_free_and_no_other() {
    let (desk, saved) = standing(ProcedurePhase::Draining, Some(NEW)).await;
    let refused = desk.save(edit(&saved, "night", "https://third.example"), "new").await.expect_err("refused");
    assert_eq!(refused.facts.under_way.expect("where").address, NEW);
    desk.save(edit(&saved, "renamed", OLD), "old").await.expect("it leads where it led");
    desk.save(edit(&saved, "night", NEW), "new").await.expect("saved");
}

#[tokio::test]
async fn what_is_imported_leads_no_saved_connection_elsewhere() {
    let (desk, saved) = standing(ProcedurePhase::Work, Some(OLD)).await;
    let shared = desk.connections.export().expect("a file").replace(OLD, NEW);
    for clash in [Clash::Skip, Clash::Rename] {
        desk.connections.import(SharedFile::of(shared.as_bytes()).expect("a file"), clash).expect("imported");
        assert_eq!(desk.connections.find(&saved.id).expect("there").address, OLD);
    }
    let all = desk.connections.list().expect("read").connections;
    let other = all.iter().find(|it| it.address == NEW).expect("a connection of its own");
    assert_eq!(desk.procedures.under_way(&other.id), None);
}
