//! The composition root of the core: joins the ports and holds the open connection.

mod evidence;
mod opening;

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use secrecy::SecretString;

use super::background::Background;
use super::connection_test::{self, Subject, TestUnderWay};
use super::connections::{checked_draft, Connections};
use super::session::{held, settings_of, Session};
use crate::client::Limits;
use crate::domain::confirmation::Consent;
use crate::domain::connection::{Connection, ConnectionDraft, ConnectionId};
use crate::domain::live::{Live, SwitchOutcome, SwitchPlan};
use crate::domain::log_levels::{LevelChange, LogLevels, LogLevelsOutcome};
use crate::domain::modes::Mode;
use crate::domain::monitor::Monitor;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::procedure::view::ActPlan;
use crate::domain::procedure::{Frontend, ProcedureAct};
use crate::domain::test_report::{StepOutcome, StepResult};
use crate::domain::truth::Truth;
use crate::domain::vocabulary::Language;
use crate::domain::zone::ZoneEvidence;
use crate::export::file::Target;
use crate::export::{ExportMeta, ExportRequest, ExportResult, Stop};
use crate::jobs::snapshot::Snapshot;
use crate::jobs::view::{Facets, JobView, JobWindow};
use crate::journal::{Journal, JournalEntry, JournalEvent, JournalKind};
use crate::log::Scrubber;
use crate::poller::pace::Attention;
use crate::ports::{Clock, EventSink};
use crate::settings::lives::LifeFiles;
use crate::settings::procedures::ProcedureFiles;

/// What the console is made of.
pub struct Parts {
    /// Which of our programs this is.
    pub frontend: Frontend,
    /// The workstation's clock.
    pub clock: Arc<dyn Clock>,
    /// Where news goes.
    pub events: Arc<dyn EventSink>,
    /// Saved connections and their secrets.
    pub connections: Connections,
    /// The journals.
    pub journal: Journal,
    /// The guided procedures.
    pub procedures: ProcedureFiles,
    /// How long jobs lived, for the drain forecast.
    pub lives: LifeFiles,
    /// How long and how large an answer may be.
    pub limits: Limits,
    /// Learns the secrets that are in use, so that no log has them.
    pub scrubber: Scrubber,
}

/// One window's or one command line's view of the product: at most one connection is open. Others may go on in the
/// background, with a procedure of theirs.
pub struct Console {
    parts: Arc<Parts>,
    open: Mutex<Option<Arc<Session>>>,
    background: Background,
    generations: AtomicU32,
    attention: Mutex<Attention>,
    test: TestUnderWay,
}

impl Console {
    /// With nothing open.
    pub fn new(parts: Parts) -> Self {
        let background = Background::new(Arc::clone(&parts.events));
        Self {
            parts: Arc::new(parts),
            open: Mutex::new(None),
            background,
            generations: AtomicU32::new(0),
            attention: Mutex::default(),
            test: TestUnderWay::default(),
        }
    }

    /// The use cases around saved connections.
    pub fn connections(&self) -> &Connections {
        &self.parts.connections
    }

    /// Reads the modes once; what came of it is in the state that is returned.
    pub async fn read_modes(&self) -> Result<Live, Problem> {
        let session = self.session()?;
        session.read_modes_once().await;
        Ok(session.live())
    }

    /// Reads the running jobs once; what came of it is in the state that is returned.
    pub async fn read_jobs(&self) -> Result<Live, Problem> {
        let session = self.session()?;
        session.read_jobs_once().await;
        Ok(session.live())
    }

    /// Tests a connection as the form describes it, with the password typed or kept for the same login. It
    /// changes nothing on the platform; a kept password that is refused stops the connection. Each step is told under the
    /// number of the `test` as it ends. [`ProblemCode::Cancelled`] when somebody ends it or begins another one.
    pub async fn test_connection(
        &self,
        test: u32,
        draft: ConnectionDraft,
        password: Option<SecretString>,
    ) -> Result<Vec<StepResult>, Problem> {
        self.test.run(Box::pin(self.tested(test, draft, password))).await
    }

    /// Ends the connection test that is under way.
    pub fn cancel_test(&self) {
        self.test.cancel();
    }

    async fn tested(
        &self,
        test: u32,
        draft: ConnectionDraft,
        password: Option<SecretString>,
    ) -> Result<Vec<StepResult>, Problem> {
        let connection = checked_draft(draft)?;
        let is_typed = password.is_some();
        let secret = match password {
            Some(password) => Some(password),
            None => self.parts.connections.secret_of_same_login(&connection).await?,
        };
        let mut steps = Vec::new();
        let settings = settings_of(&connection, self.parts.limits);
        let before = self.parts.connections.find(&connection.id).ok().filter(|it| it.address == connection.address);
        let proven = before.and_then(|before| before.proven_offset_minutes);
        let zone = ZoneEvidence::new(&connection.zone, proven, self.parts.clock.zone())?;
        let subject = Subject { settings, secret, zone };
        connection_test::run(test, subject, &self.parts.scrubber, &*self.parts.clock, |step| {
            self.parts.events.test_step(step.clone());
            steps.push(step);
        })
        .await;
        if let Some(refusal) = steps.iter().find_map(refused_login).filter(|_| !is_typed) {
            self.stop_after_refusal(&connection, refusal);
        }
        Ok(steps)
    }

    /// The kept password is refused: nobody may try it again, the open session included.
    pub(super) fn stop_after_refusal(&self, connection: &Connection, refusal: &Problem) {
        // The open session may still have the address or the user of before an edit.
        let _ = self.parts.remember_login(connection, true); // the log has why
        let on_screen = self.session().ok().filter(|session| session.connection().id == connection.id);
        match on_screen.or_else(|| self.background.find(&connection.id)) {
            Some(session) => session.stop(refusal),
            None => {
                let user = connection.user.clone();
                let _ = self.parts.note(&connection.id, JournalEvent::LoginRefused { user });
            }
        }
    }

    /// The state of the open connection.
    pub fn live(&self) -> Live {
        match self.session() {
            Ok(session) => session.live(),
            Err(_) => Monitor::new(self.generations.load(Ordering::Relaxed), None, 0).live().clone(),
        }
    }

    /// Polls modes and jobs now.
    pub fn refresh(&self) -> Result<(), Problem> {
        self.session()?.refresh();
        Ok(())
    }

    /// Who needs what is polled: the pace follows (product §4).
    pub fn attend(&self, attention: Attention) {
        *held(&self.attention) = attention;
        if let Ok(session) = self.session() {
            session.attend(attention);
        }
    }

    /// Opens or closes the lock.
    pub fn set_lock(&self, open: bool) -> Result<(), Problem> {
        self.session()?.set_lock(open);
        Ok(())
    }

    /// The user has seen a notice.
    pub fn dismiss_notice(&self, notice: u32) -> Result<(), Problem> {
        self.session()?.update(|monitor| monitor.dismiss(notice));
        Ok(())
    }

    /// What a switch would do and ask for.
    pub fn plan_switch(&self, mode: Mode, on: bool) -> Result<SwitchPlan, Problem> {
        Ok(self.session()?.plan_switch(mode, on))
    }

    /// Switches: read, check the consent against what was just read, one PATCH with one key, read back, journal.
    pub async fn switch_mode(&self, mode: Mode, on: bool, consent: &Consent) -> Result<SwitchOutcome, Problem> {
        self.session()?.switch_mode(mode, on, consent).await
    }

    /// Reads the log levels once; a failed read leaves the last ones standing, as stale. What changed elsewhere since the last
    /// read is told and in the journal. Nothing is sent while the connection stands still.
    pub async fn log_levels(&self) -> Result<Truth<LogLevels>, Problem> {
        Ok(self.session()?.log_levels().await)
    }

    /// Changes log levels: read, one PATCH with only the services that differ, read back, journal. An error: refused before
    /// any request, by `LockClosed`, `RefusedReadOnly` while read-only mode is known to be on, `ConfirmationNeeded`, or why the
    /// connection stands still.
    pub async fn change_log_levels(
        &self,
        wanted: Vec<LevelChange>,
        consent: &Consent,
    ) -> Result<LogLevelsOutcome, Problem> {
        self.session()?.change_log_levels(wanted, consent).await
    }

    /// What an act of the guided procedure would do and ask for.
    pub fn plan_procedure_act(&self, act: &ProcedureAct) -> Result<ActPlan, Problem> {
        Ok(self.session()?.plan_procedure_act(act))
    }

    /// Does an act of the guided procedure: an act that switches reads first, checks the consent against what was just
    /// read, sends one PATCH with one key and reads back. What stands then is in [`Live::procedure`].
    pub async fn procedure_act(&self, act: ProcedureAct, consent: &Consent) -> Result<(), Problem> {
        self.session()?.procedure_act(act, consent).await
    }

    /// Goes on here with a procedure that another of our programs left. `DrivenElsewhere` while it has not.
    pub fn take_over_procedure(&self) -> Result<(), Problem> {
        self.session()?.take_over_procedure()
    }

    /// A window of the running jobs.
    pub fn job_window(&self, view: &JobView, offset: u32, limit: u32) -> Result<JobWindow, Problem> {
        self.session()?.job_window(view, offset, limit)
    }

    /// The values to filter by, ordered by their names in a language.
    pub fn job_facets(&self, language: Language) -> Result<Facets, Problem> {
        self.session()?.job_facets(language)
    }

    /// Writes the running jobs to a file; blocks until it is on the disk, and tells the event sink how far it is at most ten
    /// times a second. [`ProblemCode::Cancelled`] when somebody stops it, leaves the connection, or begins another one.
    pub fn export_jobs(&self, request: &ExportRequest, target: &Target) -> Result<ExportResult, Problem> {
        self.session()?.export_jobs(request, target)
    }

    /// Stops the export that is under way. One that is complete already stays.
    pub fn cancel_export(&self) -> Result<(), Problem> {
        self.session()?.cancel_export();
        Ok(())
    }

    /// Lets `write` fill the file at `path` with what it makes of [`Console::known_jobs`], and return how many rows that
    /// were. The file appears complete or not at all, and the journal has it.
    pub fn export_jobs_as(
        &self,
        path: PathBuf,
        stop: &Stop,
        write: impl FnOnce(&mut dyn io::Write) -> io::Result<u32>,
    ) -> Result<(), Problem> {
        self.session()?.export_as(path, stop, write)
    }

    /// What an export of the open connection says beside its rows.
    pub fn export_meta(&self) -> Result<ExportMeta, Problem> {
        Ok(self.session()?.export_meta())
    }

    /// The name that an export of the open connection would get.
    pub fn export_file_name(&self, request: &ExportRequest) -> Result<String, Problem> {
        self.session()?.export_file_name(request)
    }

    /// The whole list of the newest read. [`ProblemCode::NothingToExport`] unless it is known now: a stale list would
    /// claim what nobody knows.
    pub fn known_jobs(&self) -> Result<Arc<Snapshot>, Problem> {
        self.session()?.known_snapshot()
    }

    /// The newest journal entries of the open connection, newest first; of one kind, or of all.
    pub fn journal_entries(&self, limit: usize, kind: Option<JournalKind>) -> Result<Vec<JournalEntry>, Problem> {
        let session = self.session()?;
        let wanted = |entry: &JournalEntry| kind.is_none_or(|kind| entry.event.kind() == kind);
        Ok(self.parts.journal.newest(&session.connection().id, limit, wanted))
    }

    /// What it is made of, for whoever works beside it.
    pub(super) fn parts(&self) -> &Parts {
        &self.parts
    }

    fn session(&self) -> Result<Arc<Session>, Problem> {
        self.held().clone().ok_or_else(|| Problem::new(ProblemCode::NotConnected))
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Option<Arc<Session>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Parts {
    /// Writes a journal line. A full disk must not stop a switch: the problem goes to the log too, and the work goes on.
    pub(super) fn note(&self, id: &ConnectionId, event: JournalEvent) -> Result<(), Problem> {
        let written = self.journal.append(id, self.clock.now(), event).map(drop);
        written.inspect_err(|problem| tracing::error!(%problem, "the journal could not be written"))
    }

    /// Keeps in mind across restarts whether the platform refuses the kept password (platform-contract §6).
    pub(super) fn remember_login(&self, connection: &Connection, is_refused: bool) -> Result<(), Problem> {
        if !connection.id.is_saved() {
            return Ok(());
        }
        let written = self.connections.note_login(connection, is_refused);
        written.inspect_err(|problem| tracing::error!(%problem, "the connections file could not be written"))
    }
}

fn refused_login(step: &StepResult) -> Option<&Problem> {
    match &step.outcome {
        StepOutcome::Failed { problem } if problem.code == ProblemCode::LoginRefused => Some(problem),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
