//! Running jobs of the open connection: reading them, and what grid and export ask for.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use super::session::{held, Session};
use crate::client::backyard_check::CheckAnswer;
use crate::client::{Answer, Client};
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::Language;
use crate::domain::zone::ZoneEvidence;
use crate::export::file::{self, Target};
use crate::export::{export, ExportMeta, ExportProgress, ExportRequest, ExportResult, Stop, Watcher};
use crate::jobs::engine::ViewCache;
use crate::jobs::snapshot::{Circumstances, Snapshot};
use crate::jobs::view::{Facets, JobView, JobWindow};
use crate::journal::JournalEvent;

/// Milliseconds between two news of how far an export is: more often than that nobody sees.
const PROGRESS_PAUSE: u64 = 100;

/// The newest complete list, and what reading the next one starts from.
pub(super) struct Jobs {
    snapshot: Option<Arc<Snapshot>>,
    zone: ZoneEvidence,
    views: ViewCache,
    /// Stops the newest export.
    export: Stop,
}

impl Jobs {
    /// Nothing read yet.
    pub(super) fn new(zone: ZoneEvidence) -> Self {
        Self { snapshot: None, zone, views: ViewCache::default(), export: Stop::default() }
    }
}

impl Session {
    /// Reads the list and publishes it when it is complete; a failure leaves the last one standing, as stale.
    pub(super) async fn read_jobs(&self, client: &Client) -> Result<(), Problem> {
        let read = match client.read_jobs().await {
            Ok(answer) => self.publish(answer).await,
            Err(problem) => Err(problem),
        };
        if let Err(problem) = &read {
            self.failed(problem, |monitor, now| monitor.jobs_failed(problem, now));
            self.procedure_jobs(None);
        }
        read
    }

    async fn publish(&self, answer: Answer<CheckAnswer>) -> Result<(), Problem> {
        let Some((previous, zone)) = held(&self.jobs).as_ref().map(|jobs| (jobs.snapshot.clone(), jobs.zone.clone()))
        else {
            return Err(Problem::new(ProblemCode::NotConnected));
        };
        let proven_before = zone.proven_minutes();
        let circumstances = Circumstances {
            zone,
            read_at: self.parts.clock.now(),
            took_ms: answer.elapsed.as_millis() as u32,
            revision: previous.as_ref().map_or(0, |snapshot| snapshot.revision()) + 1,
        };
        let read_at = circumstances.read_at;
        let building =
            tokio::task::spawn_blocking(move || Snapshot::build(answer.value, previous.as_deref(), circumstances));
        let built = building.await.map_err(|error| Problem::because(ProblemCode::Internal, error.to_string()))?;
        let snapshot = Arc::new(built);
        let proven = snapshot.zone().proven_minutes();
        if let Some(jobs) = held(&self.jobs).as_mut() {
            jobs.zone = snapshot.zone().clone();
            jobs.snapshot = Some(Arc::clone(&snapshot));
            jobs.views.clear();
        }
        let (running, basis) = (snapshot.running().clone(), snapshot.zone().basis());
        self.update(|monitor| monitor.jobs_read(running, snapshot.revision(), basis, read_at));
        self.procedure_jobs(Some(&snapshot));
        self.forecast_from(snapshot).await;
        if proven != proven_before {
            self.note_in_file(|connection| connection.proven_offset_minutes = proven);
        }
        Ok(())
    }

    pub(super) fn job_window(&self, view: &JobView, offset: u32, limit: u32) -> Result<JobWindow, Problem> {
        let mut jobs = held(&self.jobs);
        match jobs.as_mut().and_then(|jobs| Some((jobs.snapshot.clone()?, jobs))) {
            Some((snapshot, jobs)) => Ok(jobs.views.get(&snapshot, view)?.window(offset, limit)),
            None => Ok(JobWindow::nothing_read()),
        }
    }

    pub(super) fn job_facets(&self, language: Language) -> Result<Facets, Problem> {
        Ok(self.snapshot()?.facets(language))
    }

    /// Exports what is known. A stale list is not exported: the file would claim what nobody knows (product §7).
    pub(super) fn export_jobs(&self, request: &ExportRequest, target: &Target) -> Result<ExportResult, Problem> {
        let snapshot = self.known_snapshot()?;
        let stop = self.begin_export();
        let mut told = None;
        let mut tell = |progress| self.tell_progress(progress, &mut told);
        let watcher = Watcher { stop: &stop, tell: &mut tell };
        let result = export(request, &snapshot, &self.export_meta(), target, watcher)?;
        self.note(JournalEvent::Exported { path: result.path.clone(), rows: result.rows });
        Ok(result)
    }

    /// There is one export at a time: a new one stops the one before.
    fn begin_export(&self) -> Stop {
        let stop = Stop::default();
        if let Some(jobs) = held(&self.jobs).as_mut() {
            std::mem::replace(&mut jobs.export, stop.clone()).set();
        }
        stop
    }

    /// Stops the export that is under way, if one is.
    pub(super) fn cancel_export(&self) {
        if let Some(jobs) = held(&self.jobs).as_ref() {
            jobs.export.set();
        }
    }

    fn tell_progress(&self, progress: ExportProgress, told: &mut Option<Timestamp>) {
        let now = self.parts.clock.now();
        // A clock that was set back must not silence it.
        if told.is_none_or(|told| now.0.abs_diff(told.0) >= PROGRESS_PAUSE) {
            *told = Some(now);
            self.parts.events.export_progress(progress);
        }
    }

    /// The same in a shape of the caller's.
    pub(super) fn export_as(
        &self,
        path: PathBuf,
        stop: &Stop,
        write: impl FnOnce(&mut dyn Write) -> io::Result<u32>,
    ) -> Result<(), Problem> {
        self.known_snapshot()?;
        let mut rows = 0;
        let path = file::write(&Target::File(path), "", stop, |out| {
            rows = write(out)?;
            Ok(())
        })?;
        self.note(JournalEvent::Exported { path: path.display().to_string(), rows });
        Ok(())
    }

    pub(super) fn export_file_name(&self, request: &ExportRequest) -> Result<String, Problem> {
        self.known_snapshot()?;
        Ok(self.export_meta().file_name(request.format))
    }

    pub(super) fn export_meta(&self) -> ExportMeta {
        ExportMeta {
            connection_name: self.connection().name.clone(),
            platform_origin: self.connection().address.clone(),
            exported_at: self.parts.clock.now(),
            zone: self.parts.clock.zone(),
        }
    }

    pub(super) fn known_snapshot(&self) -> Result<Arc<Snapshot>, Problem> {
        if self.live().running_for_decision(self.parts.clock.now()).known().is_none() {
            return Err(Problem::new(ProblemCode::NothingToExport));
        }
        self.snapshot()
    }

    fn snapshot(&self) -> Result<Arc<Snapshot>, Problem> {
        held(&self.jobs)
            .as_ref()
            .and_then(|jobs| jobs.snapshot.clone())
            .ok_or_else(|| Problem::new(ProblemCode::NothingToExport))
    }
}
