//! The lists that the machine asks to keep, and the pack that they go into (product §8). A switch waits for no disk: lists
//! are written one after the other, elsewhere, and what fails is told in the pack.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use tokio::task::JoinHandle;

use super::Driven;
use crate::domain::connection::Connection;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::procedure::{Moment, Procedure, ProcedurePhase};
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::Language;
use crate::evidence::{self, Case, EvidenceResult, KeptList, KeptLists, WhyMissing, MOST_ENTRIES};
use crate::jobs::snapshot::Snapshot;
use crate::journal::{JournalEntry, JournalEvent};
use crate::services::console::Parts;
use crate::services::session::{held, Session};

/// A list that is complete so long after its moment still stands for it, ms; the report says when it was read.
const LATE_MS: i64 = 120_000;

/// Moments that the disk did not even take a note of, by the beginning of their procedure.
type Unwritten = BTreeMap<(Timestamp, Moment), KeptList>;

/// Writes lists.
#[derive(Default)]
pub(super) struct Keeper {
    /// The newest write; it waits for those before it.
    last: Mutex<Option<JoinHandle<()>>>,
    unwritten: Arc<Mutex<Unwritten>>,
}

impl Keeper {
    fn write(&self, write: impl FnOnce(&Mutex<Unwritten>) + Send + 'static) {
        let mut last = held(&self.last);
        let (before, unwritten) = (last.take(), Arc::clone(&self.unwritten));
        last.replace(tokio::spawn(async move {
            ended(before).await;
            ended(Some(tokio::task::spawn_blocking(move || write(&unwritten)))).await;
        }));
    }

    async fn written(&self) {
        let last = held(&self.last).take();
        ended(last).await;
    }

    fn unwritten(&self, began_at: Timestamp) -> BTreeMap<Moment, KeptList> {
        let all = held(&self.unwritten);
        all.iter()
            .filter(|((began, _), _)| *began == began_at)
            .map(|((_, moment), kept)| (*moment, kept.clone()))
            .collect()
    }
}

async fn ended(task: Option<JoinHandle<()>>) {
    let Some(task) = task else { return };
    if let Err(error) = task.await {
        tracing::error!(%error, "a list of the evidence was not written");
    }
}

/// Which moment of which procedure a list is for.
#[derive(Clone, Copy)]
struct Place {
    began_at: Timestamp,
    moment: Moment,
}

impl Place {
    /// What the disk has of it is true, or what is remembered here.
    fn settle(self, unwritten: &Mutex<Unwritten>, failed: Option<(KeptList, Problem)>) {
        let mut unwritten = held(unwritten);
        unwritten.retain(|(began_at, _), _| *began_at == self.began_at);
        unwritten.remove(&(self.began_at, self.moment));
        if let Some((missing, problem)) = failed {
            tracing::error!(%problem, moment = ?self.moment, "a list of the evidence could not be written");
            unwritten.insert((self.began_at, self.moment), missing);
        }
    }
}

impl Session {
    /// Keeps the newest list. Where it is not known nothing is invented: that is written down, and a list that comes soon
    /// after takes its place.
    pub(super) fn keep_list(&self, driven: &mut Driven, moment: Moment, now: Timestamp) {
        let Some(began_at) = driven.state.began_at else { return };
        let place = Place { began_at, moment };
        if let Ok(snapshot) = self.known_snapshot() {
            driven.owed = None;
            return self.keep(place, snapshot);
        }
        driven.owed = Some((moment, now));
        let lists = self.lists(began_at);
        self.procedure.keeper.write(move |unwritten| {
            let noted = lists.not_known(moment);
            let missing = KeptList::Missing { why: WhyMissing::NotKnown, reason: None };
            place.settle(unwritten, noted.err().map(|problem| (missing, problem)));
        });
    }

    /// Another complete list: the one that a moment still waits for, perhaps.
    pub(super) fn keep_owed(&self, driven: &mut Driven, snapshot: &Arc<Snapshot>) {
        let (Some((moment, asked_at)), Some(began_at)) = (driven.owed.take(), driven.state.began_at) else { return };
        if snapshot.read_at().since(asked_at) <= LATE_MS {
            self.keep(Place { began_at, moment }, Arc::clone(snapshot));
        }
    }

    fn keep(&self, place: Place, snapshot: Arc<Snapshot>) {
        let (lists, meta) = (self.lists(place.began_at), self.export_meta());
        self.procedure.keeper.write(move |unwritten| {
            place.settle(unwritten, lists.keep(place.moment, &snapshot, &meta).err());
        });
    }

    fn lists(&self, began_at: Timestamp) -> KeptLists {
        self.parts.procedures.lists(&self.connection().id, began_at)
    }

    /// Waits until the lists that were asked for are on the disk.
    pub(in crate::services) async fn lists_written(&self) {
        self.procedure.keeper.written().await;
    }

    /// Whether it has ended, and nobody has packed its evidence since then.
    pub(super) fn has_unpacked_evidence(&self, state: &Procedure) -> bool {
        let has_ended = |phase: ProcedurePhase| phase != ProcedurePhase::NotStarted && !phase.is_active();
        let is_end_or_pack = |entry: &JournalEntry| match entry.event {
            JournalEvent::Phase { phase, .. } => has_ended(phase),
            JournalEvent::EvidencePacked { .. } => true,
            _ => false,
        };
        let newest = || self.parts.journal.newest(&self.connection().id, 1, is_end_or_pack).pop();
        let is_pack = |entry: JournalEntry| matches!(entry.event, JournalEvent::EvidencePacked { .. });
        has_ended(state.phase) && !newest().is_some_and(is_pack)
    }

    /// See [`crate::services::console::Console::export_evidence`].
    pub(in crate::services) async fn export_evidence(
        &self,
        language: Language,
        target: PathBuf,
    ) -> Result<EvidenceResult, Problem> {
        // Another program may drive it; then the disk knows how it stands.
        let state = self
            .procedure_state()
            .filter(|state| state.began_at.is_some())
            .or_else(|| self.saved_procedure().ok().flatten());
        self.lists_written().await;
        let began_at = state.as_ref().and_then(|state| state.began_at);
        let unwritten = began_at.map(|began_at| self.procedure.keeper.unwritten(began_at)).unwrap_or_default();
        let (parts, connection) = (Arc::clone(&self.parts), self.connection().clone());
        let packing =
            tokio::task::spawn_blocking(move || pack(&parts, &connection, state, &unwritten, language, &target));
        let result = packing.await.map_err(|error| Problem::because(ProblemCode::Internal, error.to_string()))??;
        self.note(packed(&result));
        Ok(result)
    }
}

/// Writes the pack of a connection's procedure. Blocks.
pub(in crate::services) fn pack(
    parts: &Parts,
    connection: &Connection,
    state: Option<Procedure>,
    unwritten: &BTreeMap<Moment, KeptList>,
    language: Language,
    target: &Path,
) -> Result<EvidenceResult, Problem> {
    // A planned start that was called off leaves nothing to tell of.
    let begun = state
        .filter(|state| state.phase != ProcedurePhase::NotStarted)
        .and_then(|state| Some((state.began_at?, state)));
    let (began_at, state) = begun.ok_or_else(|| Problem::new(ProblemCode::NoProcedure))?;
    let entries = evidence::of_procedure(&state, parts.journal.newest(&connection.id, MOST_ENTRIES, |_| true));
    // What was done is told of the platform where it was done.
    let address = state.origin.clone().unwrap_or_else(|| connection.address.clone());
    let connection = Connection { address, ..connection.clone() };
    let case = Case {
        connection: &connection,
        state: &state,
        entries: &entries,
        lists: &parts.procedures.lists(&connection.id, began_at),
        unwritten,
        made_at: parts.clock.now(),
        zone: parts.clock.zone(),
        language,
    };
    evidence::write(&case, target)
}

/// The line of the journal about a pack.
pub(in crate::services) fn packed(result: &EvidenceResult) -> JournalEvent {
    JournalEvent::EvidencePacked { path: result.path.clone(), files: result.files }
}
