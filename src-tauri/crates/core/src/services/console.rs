//! The composition root of the core: joins the ports and holds the open connection.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use secrecy::SecretString;

use super::connection_test;
use super::connections::{checked_draft, Connections};
use super::session::{held, settings_of, Session};
use crate::client::Limits;
use crate::domain::confirmation::Consent;
use crate::domain::connection::{Connection, ConnectionDraft, ConnectionId};
use crate::domain::live::{Live, SwitchOutcome, SwitchPlan};
use crate::domain::modes::Mode;
use crate::domain::monitor::Monitor;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::procedure::view::ActPlan;
use crate::domain::procedure::ProcedureAct;
use crate::domain::test_report::{StepOutcome, StepResult};
use crate::domain::vocabulary::Language;
use crate::export::file::Target;
use crate::export::{ExportMeta, ExportRequest, ExportResult, Stop};
use crate::jobs::snapshot::Snapshot;
use crate::jobs::view::{Facets, JobView, JobWindow};
use crate::journal::{Journal, JournalEntry, JournalEvent};
use crate::log::Scrubber;
use crate::poller::pace::Attention;
use crate::ports::{Clock, EventSink};
use crate::settings::procedures::ProcedureFiles;

/// What the console is made of.
pub struct Parts {
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
    /// How long and how large an answer may be.
    pub limits: Limits,
    /// Learns the secrets that are in use, so that no log has them.
    pub scrubber: Scrubber,
}

/// One window's or one command line's view of the product: at most one connection is open.
pub struct Console {
    parts: Arc<Parts>,
    open: Mutex<Option<Arc<Session>>>,
    generations: AtomicU32,
    attention: Mutex<Attention>,
}

impl Console {
    /// With nothing open.
    pub fn new(parts: Parts) -> Self {
        Self {
            parts: Arc::new(parts),
            open: Mutex::new(None),
            generations: AtomicU32::new(0),
            attention: Mutex::default(),
        }
    }

    /// The use cases around saved connections.
    pub fn connections(&self) -> &Connections {
        &self.parts.connections
    }

    /// Opens a connection in place of the one that is open. Without a password it looks where the connection says; a
    /// connection that a refused login has stopped stays stopped until a password is given.
    pub async fn open(&self, connection: Connection, password: Option<SecretString>) {
        self.hold(connection, password).await.start_polling();
    }

    /// Opens a connection and asks nothing yet: for the command line, which reads what it needs and when. What could
    /// not be opened stands still with its reason in [`Live::phase`].
    pub async fn open_unread(&self, connection: Connection, password: Option<SecretString>) {
        self.hold(connection, password).await;
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

    /// Opens a connection without polling, reads modes and jobs once and leaves it open: for the command line.
    pub async fn read_once(&self, connection: Connection, password: Option<SecretString>) -> Live {
        let session = self.hold(connection, password).await;
        // At the same time, as they are polled: what hangs or refuses the login does so once for both.
        tokio::join!(session.read_modes_once(), session.read_jobs_once());
        session.live()
    }

    async fn hold(&self, connection: Connection, password: Option<SecretString>) -> Arc<Session> {
        if let Some(left) = self.leave() {
            left.close();
        }
        let generation = self.generations.fetch_add(1, Ordering::Relaxed) + 1;
        // A keyring may ask its user before it answers; until then the window says which connection is on its way.
        self.parts.events.live(Arc::new(Monitor::new(generation, Some(connection.clone()), 0).live().clone()));
        let attention = *held(&self.attention);
        let session = Session::open(Arc::clone(&self.parts), generation, connection, password, attention).await;
        // Looking for the password may have taken a minute. Whoever opened or closed meanwhile meant it.
        let mut open = self.held();
        if self.generations.load(Ordering::Relaxed) == generation {
            session.attend(*held(&self.attention)); // it may have changed meanwhile
            open.replace(Arc::clone(&session));
        } else {
            session.close();
        }
        drop(open);
        session
    }

    /// Opens a saved connection.
    pub async fn open_saved(&self, id: &ConnectionId, password: Option<SecretString>) -> Result<(), Problem> {
        let connection = self.parts.connections.find(id)?;
        self.open(connection, password).await;
        Ok(())
    }

    /// Deletes a saved connection, its password, and closes it if it is open.
    pub async fn delete(&self, id: &ConnectionId) -> Result<(), Problem> {
        if self.has_open(id) {
            self.close();
        }
        self.parts.connections.delete(id).await?;
        self.parts.procedures.forget(id);
        Ok(())
    }

    /// Tests a connection as the form describes it, with the password typed or kept for the same login. It
    /// changes nothing on the platform; a kept password that is refused stops the connection.
    pub async fn test_connection(
        &self,
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
        connection_test::run(settings, secret, &self.parts.scrubber, &*self.parts.clock, |step| {
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
    fn stop_after_refusal(&self, connection: &Connection, refusal: &Problem) {
        // The open session may still have the address or the user of before an edit.
        self.parts.remember_login(connection, true);
        match self.session().ok().filter(|session| session.connection().id == connection.id) {
            Some(session) => session.stop(refusal),
            None => self.parts.login_refused(connection),
        }
    }

    /// Ends polling and forgets rows and token.
    pub fn close(&self) {
        if let Some(session) = self.leave() {
            session.close();
        }
        // Also where none was open yet: the window shows one on its way.
        self.parts.events.live(Arc::new(self.live()));
    }

    /// Takes the open session, and lets one that is on its way find that nobody waits for it any more.
    fn leave(&self) -> Option<Arc<Session>> {
        let mut open = self.held();
        self.generations.fetch_add(1, Ordering::Relaxed);
        open.take()
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

    /// What an act of the guided procedure would do and ask for.
    pub fn plan_procedure_act(&self, act: &ProcedureAct) -> Result<ActPlan, Problem> {
        Ok(self.session()?.plan_procedure_act(act))
    }

    /// Does an act of the guided procedure: an act that switches reads first, checks the consent against what was just
    /// read, sends one PATCH with one key and reads back. What stands then is in [`Live::procedure`].
    pub async fn procedure_act(&self, act: ProcedureAct, consent: &Consent) -> Result<(), Problem> {
        self.session()?.procedure_act(act, consent).await
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

    /// The newest journal entries of the open connection.
    pub fn journal_entries(&self, limit: usize) -> Result<Vec<JournalEntry>, Problem> {
        let session = self.session()?;
        Ok(self.parts.journal.newest(&session.connection().id, limit))
    }

    /// What it is made of, for whoever works beside it.
    pub(super) fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Whether a connection is open: then its session knows its modes.
    pub(super) fn has_open(&self, id: &ConnectionId) -> bool {
        self.session().is_ok_and(|session| session.connection().id == *id)
    }

    fn session(&self) -> Result<Arc<Session>, Problem> {
        self.held().clone().ok_or_else(|| Problem::new(ProblemCode::NotConnected))
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Option<Arc<Session>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Parts {
    /// Writes a journal line. A full disk must not stop a switch: the problem goes to the log and the work goes on.
    pub(super) fn note(&self, id: &ConnectionId, event: JournalEvent) {
        if let Err(problem) = self.journal.append(id, self.clock.now(), event) {
            tracing::error!(%problem, "the journal could not be written");
        }
    }

    /// Keeps a refused login in mind across restarts (platform-contract §6), and in the journal.
    pub(super) fn login_refused(&self, connection: &Connection) {
        self.remember_login(connection, true);
        self.note(&connection.id, JournalEvent::LoginRefused { user: connection.user.clone() });
    }

    /// Whether the platform refuses the kept password.
    pub(super) fn remember_login(&self, connection: &Connection, is_refused: bool) {
        if !connection.id.is_saved() {
            return;
        }
        if let Err(problem) = self.connections.note_login(connection, is_refused) {
            tracing::error!(%problem, "the connections file could not be written");
        }
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
