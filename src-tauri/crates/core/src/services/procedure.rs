//! The guided procedure against a real platform: what the session learns becomes observations, and what the machine
//! asks for becomes requests, notices and lines of the journal. Every step is on the disk before anything follows
//! from it. The rules themselves are in [`crate::domain::procedure`].

mod acts;
mod elsewhere;
mod evidence;
mod rows;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Notify;

use self::elsewhere::{at_another_address, driven_elsewhere};
use self::evidence::Keeper;
pub(super) use self::evidence::{pack, packed};
use self::rows::Rows;
use super::own_files::OwnFile;
use super::session::{held, needs_user, Session};
use crate::domain::connection::ConnectionId;
use crate::domain::live::Suspect;
use crate::domain::modes::{Mode, ModeReading};
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::procedure::view::ProcedureView;
use crate::domain::procedure::{
    is_due, next_held, Automation, Effect, Flag, Moment, Observation, Pace, PlannedTime, Procedure, ProcedurePhase,
};
use crate::domain::time::Timestamp;
use crate::jobs::snapshot::Snapshot;
use crate::journal::JournalEvent;
use crate::poller::pace::Attention;
use crate::settings::procedures::Claim;

/// How often time is looked at.
const TICK: Duration = Duration::from_secs(1);
/// A gap between two looks at the time in which the workstation slept, or its clock was set, ms.
const SLEPT_MS: i64 = 60_000;

/// Drives the procedure of one session. It rests until [`Session::resume_procedure`].
#[derive(Default)]
pub(super) struct Driver {
    /// One step at a time. Never taken by whoever holds the monitor.
    driven: Mutex<Option<Driven>>,
    /// The automatic step is due.
    due: Arc<Notify>,
    /// When time was last looked at.
    looked: Mutex<Option<Timestamp>>,
    keeper: Keeper,
}

#[derive(Default)]
struct Driven {
    state: Procedure,
    rows: Rows,
    /// Held while it is under way.
    claim: Option<Claim>,
    /// The disk has an older state than this.
    is_unsaved: bool,
    /// A moment whose list was not known, and when that was.
    owed: Option<(Moment, Timestamp)>,
}

/// What a step of the machine asks of the platform.
#[derive(Debug, Clone, Copy)]
struct Order {
    mode: Mode,
    on: bool,
}

/// What came of a step.
#[derive(Debug, Default)]
struct Outcome {
    order: Option<Order>,
    needs_name: bool,
    passed: Option<PlannedTime>,
}

impl Driver {
    /// A late answer finds nothing to change: the next session of this connection may have loaded the file by then.
    pub(super) fn rest(&self) {
        held(&self.driven).take();
    }
}

impl Session {
    /// Takes up what was saved. Nothing goes on by itself: everything is read again first. A procedure that another
    /// program drives is left to it.
    pub(super) fn resume_procedure(&self) {
        let _ = self.take_up(false); // what is left to another is shown
    }

    /// Ours, or what somebody asked for here. `DrivenElsewhere`: what is under way is left to another program;
    /// `ProcedureUnderWay`: to the address where it was begun; `SettingsNewer`: to a newer version of this one.
    fn take_up(&self, is_asked: bool) -> Result<(), Problem> {
        let is_saved = {
            let mut driven = held(&self.procedure.driven);
            if self.is_closed() {
                return Ok(());
            }
            let state = self.saved_procedure().inspect_err(|_| {
                driven.take();
                self.update(|monitor| monitor.procedure(None));
            })?;
            let under_way = state.as_ref().filter(|state| state.phase.is_active());
            let claim = match under_way {
                None => Ok(None),
                Some(state) if !self.is_here(state) => Err(at_another_address(state)),
                Some(state) if is_asked || self.is_ours(state) => self.claim(),
                Some(_) => Err(driven_elsewhere()),
            };
            let claim = claim.inspect_err(|_| {
                driven.take();
                under_way.inspect(|state| self.show_elsewhere(state));
            })?;
            // What has ended elsewhere stays as its evidence alone.
            let is_saved = state.as_ref().is_some_and(|state| self.is_here(state));
            under_way.inspect(|state| self.update(|monitor| monitor.expect(state.expected(), state.doubted())));
            let rows = Rows::resumed(self.parts.procedures.load_earlier(&self.connection().id));
            let mut state = state.filter(|_| is_saved).unwrap_or_default();
            if is_asked {
                state.driven_by = self.parts.frontend;
            }
            driven.replace(Driven { state, rows, claim, ..Driven::default() });
            is_saved
        };
        self.update(|monitor| monitor.procedure_elsewhere(None));
        if is_saved {
            self.learn(&Observation::Resumed);
        }
        Ok(())
    }

    /// `None` also where it could not be understood. `SettingsNewer`: nobody here may touch it.
    fn saved_procedure(&self) -> Result<Option<Procedure>, Problem> {
        if !self.keeps_procedure() {
            return Ok(None);
        }
        let now = self.parts.clock.now();
        let loaded = self.parts.procedures.load(&self.connection().id, now);
        let Err(problem) = loaded else { return loaded };
        self.wrote(OwnFile::Procedure, Err(problem.clone()));
        if problem.code == ProblemCode::SettingsNewer {
            return Err(problem);
        }
        tracing::error!(%problem, "the saved procedure could not be understood; it is kept aside");
        Ok(None)
    }

    /// `DrivenElsewhere`: another program drives it. Where files cannot be locked nobody can be kept apart, and the
    /// procedure goes on without.
    fn claim(&self) -> Result<Option<Claim>, Problem> {
        match self.parts.procedures.claim(&self.connection().id) {
            Ok(Some(claim)) => Ok(Some(claim)),
            Ok(None) => Err(driven_elsewhere()),
            Err(error) => {
                tracing::error!(%error, "the procedure could not be claimed");
                Ok(None)
            }
        }
    }

    /// The practice platform begins anew with every start of the program, and so does its procedure.
    fn keeps_procedure(&self) -> bool {
        self.connection().id != ConnectionId::practice()
    }

    /// Looks at the time once a second, and takes the automatic step when it is due. Ends with the session.
    pub(super) fn watch_procedure(self: &Arc<Self>) {
        let (weak, due) = (Arc::downgrade(self), Arc::clone(&self.procedure.due));
        held(&self.procedure.looked).replace(self.parts.clock.now());
        tokio::spawn(async move {
            loop {
                let is_due = tokio::time::timeout(TICK, due.notified()).await.is_ok();
                let Some(session) = weak.upgrade().filter(|session| !session.is_closed()) else { return };
                session.time_went_on();
                if is_due {
                    // A list may take minutes, and the workstation may sleep in them.
                    let mut step = std::pin::pin!(session.go_on_by_itself());
                    while tokio::time::timeout(TICK, &mut step).await.is_err() {
                        session.time_went_on();
                    }
                }
            }
        });
    }

    fn time_went_on(&self) {
        let now = self.parts.clock.now();
        let looked = held(&self.procedure.looked).replace(now);
        self.look_elsewhere();
        if looked.is_some_and(|looked| now.0.saturating_sub(looked.0).abs() > SLEPT_MS) {
            self.learn(&Observation::Resumed);
        }
        let Some(state) = self.procedure_state().filter(|state| state.phase != ProcedurePhase::NotStarted) else {
            return;
        };
        if state.automation == Automation::Armed && self.lock_is_closed() {
            self.learn(&Observation::LockClosed);
        }
        self.update(|monitor| monitor.time_passed(now));
        if state.complete_jobs().is_some() && self.live().running.known().is_none() {
            self.learn(&Observation::JobsUnknown);
        }
        self.learn(&Observation::Tick);
    }

    /// A read of the modes that nothing overtook.
    pub(super) fn procedure_modes(&self, read: Result<ModeReading, &Problem>) {
        let Some(state) = self.procedure_state() else { return };
        match read {
            Ok(reading) => {
                if state.away_since.is_some() {
                    self.learn(&Observation::PlatformBack);
                }
                let suspect = self.live().suspect;
                let flag = |mode| flag(reading, suspect, mode);
                self.learn(&Observation::Modes { job_stop: flag(Mode::JobStop), read_only: flag(Mode::ReadOnly) });
            }
            Err(problem) => {
                // Whatever keeps them from being read: a platform whose database is restored says so with a 500.
                if !needs_user(problem.code) && state.away_since.is_none() && state.phase.is_active() {
                    self.learn(&Observation::PlatformAway);
                }
                self.learn(&Observation::Modes { job_stop: Flag::Unknown, read_only: Flag::Unknown });
            }
        }
    }

    /// A complete list of jobs, or none.
    pub(super) fn procedure_jobs(&self, snapshot: Option<&Arc<Snapshot>>) {
        let connection = &self.connection().id;
        let jobs = match (&mut *held(&self.procedure.driven), snapshot) {
            (None, _) => return,
            // Nobody asks: the rows of a large platform are not looked at for nothing.
            (Some(driven), _) if !driven.state.phase.is_active() => {
                driven.rows.rest();
                return;
            }
            (Some(driven), Some(snapshot)) => {
                self.keep_owed(driven, snapshot);
                let lasts_ms = self.live().lasts_ms(snapshot.running());
                let (jobs, learned) = driven.rows.read(snapshot, driven.state.jobs_stopped_at, lasts_ms);
                if let Some(earlier) = learned.filter(|_| self.keeps_procedure()) {
                    self.parts.procedures.save_earlier(connection, earlier);
                }
                Some(jobs)
            }
            (Some(_), None) => None,
        };
        self.learn(&jobs.map_or(Observation::JobsUnknown, Observation::Jobs));
    }

    /// A switch beside the procedure is about to be sent.
    pub(super) fn procedure_follows(&self, mode: Mode, on: bool) {
        self.learn(&Observation::ByHand { mode, on });
    }

    /// One step that asks nothing of the platform by itself.
    fn learn(&self, observation: &Observation) {
        if let Err(problem) = self.step(observation, next_held, true) {
            tracing::error!(%problem, "a step of the procedure was not taken");
        }
    }

    /// Whether it has something to go on with while another connection is on the screen. The practice platform begins anew
    /// whenever it is opened.
    pub(super) fn has_active_procedure(&self) -> bool {
        self.keeps_procedure() && self.procedure_state().is_some_and(|state| state.phase.is_active())
    }

    pub(super) fn procedure_state(&self) -> Option<Procedure> {
        held(&self.procedure.driven).as_ref().map(|driven| driven.state.clone())
    }

    /// One step of the machine. What could not be saved is not taken, unless it `must` be: learning of the platform, and
    /// opening it again, wait for no disk.
    fn step(
        &self,
        observation: &Observation,
        next: fn(Procedure, &Observation, Timestamp) -> (Procedure, Vec<Effect>),
        must: bool,
    ) -> Result<Outcome, Problem> {
        let mut driven = held(&self.procedure.driven);
        let Some(driven) = driven.as_mut() else { return Ok(Outcome::default()) };
        let now = self.parts.clock.now();
        if !driven.state.phase.is_active() {
            self.take_lost_lines(); // those of before are no part of what begins here
        }
        let (mut state, effects) = next(driven.state.clone(), observation, now);
        if matches!(observation, Observation::Act(_) | Observation::ByHand { .. }) {
            state.driven_by = self.parts.frontend;
        }
        state.origin.get_or_insert_with(|| self.connection().address.clone());
        let is_news = state != driven.state;
        let matters = state.phase.is_active() || driven.state.phase.is_active();
        if is_news && matters && self.keeps_procedure() {
            self.save_step(driven, &state, must)?;
        }
        let is_renewed = is_news || matches!(observation, Observation::Jobs(_));
        // An ended one is shown as it ended; that the platform is there again is news of it still.
        let shows = matters && is_renewed || state.away_since != driven.state.away_since;
        driven.state = state;
        if !driven.state.phase.is_active() {
            driven.claim = None;
        }
        if shows || matches!(observation, Observation::Resumed) {
            self.show(driven, now);
        }
        if is_due(&driven.state, now) {
            self.procedure.due.notify_one();
        }
        let outcome = self.carry_out(driven, effects, now);
        if matters && self.take_lost_lines() {
            self.own_up(driven);
        }
        Ok(outcome)
    }

    /// The report must not take what the journal lacks for what did not happen.
    fn own_up(&self, driven: &mut Driven) {
        let is_news = !std::mem::replace(&mut driven.state.lines_lost, true);
        if is_news && self.keeps_procedure() {
            let saved = self.parts.procedures.save(&self.connection().id, &driven.state);
            self.noted(driven, saved);
        }
    }

    fn noted(&self, driven: &mut Driven, saved: Result<(), Problem>) {
        driven.is_unsaved = saved.is_err();
        self.wrote(OwnFile::Procedure, saved);
    }

    /// What is not taken leaves the disk with what stands, and a procedure that did not begin unclaimed.
    fn save_step(&self, driven: &mut Driven, state: &Procedure, must: bool) -> Result<(), Problem> {
        let begins = driven.claim.is_none() && !driven.state.phase.is_active();
        let claim = if begins { self.claim()? } else { None };
        let saved = self.parts.procedures.save(&self.connection().id, state);
        match saved {
            Err(problem) if !must => return Err(problem),
            saved => self.noted(driven, saved),
        }
        if begins {
            driven.claim = claim;
        }
        Ok(())
    }

    fn show(&self, driven: &Driven, now: Timestamp) {
        let is_begun = driven.state.phase != ProcedurePhase::NotStarted;
        let view = is_begun.then(|| ProcedureView::of(&driven.state, driven.rows.remaining(), now));
        self.update(|monitor| monitor.procedure(view));
    }

    /// Does what a step asks for, except the switch, which the caller sends.
    fn carry_out(&self, driven: &mut Driven, effects: Vec<Effect>, now: Timestamp) -> Outcome {
        let mut outcome = Outcome::default();
        for effect in effects {
            match effect {
                Effect::Switch { mode, on, .. } => outcome.order = Some(Order { mode, on }),
                Effect::NameRequired(_) => outcome.needs_name = true,
                Effect::TimePassed(time) => outcome.passed = Some(time),
                Effect::Notice(news) => self.update(|monitor| monitor.procedure_news(news, now)),
                Effect::Journal(phase) => {
                    let began_at = driven.state.began_at.filter(|at| *at == now);
                    self.note(JournalEvent::Phase { phase, began_at });
                }
                Effect::Chosen(choice) => self.note(JournalEvent::Chosen { choice }),
                Effect::Reread => self.refresh(),
                Effect::Pace(pace) => self.procedure_attends(match pace {
                    Pace::Usual => None,
                    Pace::Procedure => Some(Attention::Procedure),
                    Pace::Calm => Some(Attention::Hidden),
                }),
                Effect::Snapshot(moment) => self.keep_list(driven, moment, now),
                Effect::Title(_) => {} // the view has it
            }
        }
        outcome
    }
}

const fn flag(reading: ModeReading, suspect: Suspect, mode: Mode) -> Flag {
    match reading.of(mode) {
        None => Flag::Unknown,
        Some(true) => Flag::On,
        Some(false) if suspect.of(mode).is_some() => Flag::Suspect,
        Some(false) => Flag::Off,
    }
}
