//! What the open connection is known to be, from one observation to the next. Pure: every instant is an argument.

use super::address;
use super::banner::banners;
use super::connection::Connection;
use super::forecast::{Forecast, NoForecast};
use super::live::{BannerPreview, CountPoint, Live, LoginState, Modes, Notice, Phase, Running, Suspect};
use super::modes::{Mode, ModeReading};
use super::problem::{Problem, ProblemCode};
use super::procedure::view::{ProcedureElsewhere, ProcedureView};
use super::procedure::ProcedureNotice;
use super::time::Timestamp;
use super::truth::Truth;
use super::zone::ZoneBasis;

/// Points kept for the small chart.
const LONGEST_HISTORY: usize = 240;
/// Notices kept; older ones are in the journal.
const MOST_NOTICES: usize = 20;
/// Names in one notice.
const MOST_NAMES: usize = 20;

/// A mode that changed without this workstation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObservedChange {
    /// Which.
    pub mode: Mode,
    /// Its new state.
    pub on: bool,
    /// From on to off, and neither mode reads on: another client, or the platform could not read its table
    /// (platform-contract §3).
    pub suspect: bool,
}

/// Keeps [`Live`] true.
#[derive(Debug, Clone)]
pub struct Monitor {
    live: Live,
    notices_made: u32,
    /// What this workstation wrote, until a read shows that flag.
    sent: Option<(Mode, bool)>,
    /// What the modes were when this session began, as far as a procedure had proved it.
    expected: ModeReading,
    /// What the newest list says, whether it is shown or not.
    forecast: Option<Forecast>,
}

impl Monitor {
    /// A connection that is being opened, or none.
    pub fn new(generation: u32, connection: Option<Connection>, poll_seconds: u32) -> Self {
        let phase = if connection.is_some() { Phase::Opening } else { Phase::Closed };
        let unknown = banners(ModeReading::default());
        let address = connection.as_ref().and_then(|connection| address::normalise(&connection.address).ok());
        let proxy = connection.as_ref().map(Connection::proxy_in_effect).unwrap_or_default();
        let live = Live {
            generation,
            connection,
            is_plain: address.is_some_and(|address| address.is_plain),
            proxy,
            phase,
            modes: Modes { job_stop: Truth::not_read_yet(), read_only: Truth::not_read_yet() },
            suspect: Suspect::default(),
            running: Truth::not_read_yet(),
            revision: 0,
            history: Vec::new(),
            forecast: None,
            notices: Vec::new(),
            procedure: None,
            procedure_elsewhere: None,
            lock_open_until: None,
            banners: BannerPreview { now: unknown, after_job_stop: unknown, after_read_only: unknown },
            login: None,
            zone: ZoneBasis::Unproven,
            poll_seconds,
            switching: None,
            journal_lines: 0,
        };
        Self { live, notices_made: 0, sent: None, expected: ModeReading::default(), forecast: None }
    }

    /// As it is.
    pub const fn live(&self) -> &Live {
        &self.live
    }

    /// It is on the screen from now on, in place of whatever was opened before.
    pub const fn comes_to_front(&mut self, generation: u32) {
        self.live.generation = generation;
    }

    /// What a procedure had proved before this session: the first read that says otherwise shows a change, although nobody
    /// here saw the modes before. An "off" that was in doubt then still is, and was told.
    pub fn expect(&mut self, modes: ModeReading, doubted: Suspect) {
        self.expected = modes;
        for mode in [Mode::JobStop, Mode::ReadOnly] {
            if self.live.modes.of(mode).last() != Some(&true) {
                let since = self.live.suspect.of_mut(mode);
                *since = since.or(doubted.of(mode));
            }
        }
    }

    /// A write is on its way: when a read shows its effect, perhaps only after several that failed, that is no news.
    pub fn switch_sent(&mut self, mode: Mode, on: bool) {
        self.sent = Some((mode, on));
    }

    /// The write had certainly no effect: whatever changes from now on, somebody else did it.
    pub fn switch_refused(&mut self) {
        self.sent = None;
    }

    /// A read of the modes.
    pub fn modes_read(&mut self, reading: ModeReading, now: Timestamp) -> Vec<ObservedChange> {
        // A table that says on somewhere has been read; whoever cannot read it says off everywhere.
        let is_proven = [reading.job_stop, reading.read_only].contains(&Some(true));
        if is_proven {
            self.live.suspect = Suspect::default();
        }
        let changes: Vec<_> = [Mode::JobStop, Mode::ReadOnly]
            .into_iter()
            .filter_map(|mode| {
                let on = self.flag_read(mode, reading.of(mode), now)?;
                Some(ObservedChange { mode, on, suspect: !on && !is_proven })
            })
            .collect();
        for change in &changes {
            let id = self.next_notice();
            let ObservedChange { mode, on, suspect } = *change;
            if suspect {
                *self.live.suspect.of_mut(mode) = Some(now);
            }
            self.notice(Notice::ChangedElsewhere { id, at: now, mode, on, suspect });
        }
        if let Phase::Stopped { problem } = self.live.phase.clone() {
            self.modes_failed(&problem, now); // an answer from before the stop: the last one
        }
        self.opened();
        self.preview_banners();
        self.show_forecast();
        self.drop_outlived_news();
        changes
    }

    /// The new state if it changed and we did not do it.
    fn flag_read(&mut self, mode: Mode, flag: Option<bool>, now: Timestamp) -> Option<bool> {
        let truth = match mode {
            Mode::JobStop => &mut self.live.modes.job_stop,
            Mode::ReadOnly => &mut self.live.modes.read_only,
        };
        let Some(on) = flag else {
            let missing = Problem::because(ProblemCode::FlagMissing, mode.api_key());
            *truth = std::mem::replace(truth, Truth::not_read_yet()).failed(now, missing);
            return None;
        };
        let before = truth.last().copied().or(self.expected.of(mode));
        *truth = Truth::Known { value: on, at: now };
        let sent = self.sent.take_if(|(sent, _)| *sent == mode);
        let is_ours = sent == Some((mode, on));
        if is_ours {
            *self.live.suspect.of_mut(mode) = None;
        }
        let changed = before.is_some_and(|before| before != on) && !is_ours;
        changed.then_some(on)
    }

    /// No usable answer about the modes.
    pub fn modes_failed(&mut self, problem: &Problem, now: Timestamp) {
        for truth in [&mut self.live.modes.job_stop, &mut self.live.modes.read_only] {
            *truth = std::mem::replace(truth, Truth::not_read_yet()).failed(now, problem.clone());
        }
        self.opened();
        self.preview_banners();
        self.show_forecast();
    }

    /// A complete list of jobs, published as `revision`.
    pub fn jobs_read(&mut self, running: Running, revision: u32, zone: ZoneBasis, now: Timestamp) {
        if !running.vanished.is_empty() {
            let id = self.next_notice();
            let total = running.vanished.len() as u32;
            let places = running.vanished.iter().take(MOST_NAMES).cloned().collect();
            self.notice(Notice::Vanished { id, at: now, places, total });
        }
        self.remember(CountPoint { at: now, count: Some(running.deciding) });
        self.live.running = Truth::Known { value: running, at: now };
        self.live.revision = revision;
        self.live.zone = zone;
        if let Phase::Stopped { problem } = self.live.phase.clone() {
            self.jobs_stale(&problem, now); // an answer from before the stop: the last one
        }
        self.opened();
        self.show_forecast();
    }

    /// No usable list of jobs. What was known stays visible, as stale.
    pub fn jobs_failed(&mut self, problem: &Problem, now: Timestamp) {
        self.remember(CountPoint { at: now, count: None });
        self.jobs_stale(problem, now);
        self.opened();
    }

    /// Time has passed. A count that nobody has renewed is stale, although no request has failed yet: one may hang for ten
    /// minutes, and the workstation may have slept.
    pub fn time_passed(&mut self, now: Timestamp) {
        let running = self.live.running_for_decision(now);
        if running != self.live.running {
            self.remember(CountPoint { at: now, count: None });
            self.live.running = running;
            self.show_forecast();
        }
    }

    fn jobs_stale(&mut self, problem: &Problem, now: Timestamp) {
        self.live.running =
            std::mem::replace(&mut self.live.running, Truth::not_read_yet()).failed(now, problem.clone());
        self.show_forecast();
    }

    /// What the newest list says about the end of the drain.
    pub fn forecast(&mut self, forecast: Option<Forecast>) {
        self.forecast = forecast;
        self.show_forecast();
    }

    /// A forecast is for jobs that only end, from a count that is known. Read-only mode keeps some from ending
    /// (platform-contract §9).
    fn show_forecast(&mut self) {
        let modes = self.live.modes.known();
        let shown = match self.forecast {
            _ if self.live.running.known().is_none() => Some(Forecast::none(NoForecast::CountUnknown)),
            Some(found) if modes.read_only != Some(false) && found != Forecast::none(NoForecast::NothingHolds) => {
                Some(Forecast::none(NoForecast::ReadOnly))
            }
            found => found,
        };
        self.live.forecast = shown.filter(|_| modes.job_stop == Some(true));
    }

    /// Every request stops until the user acts.
    pub fn stopped(&mut self, problem: Problem, now: Timestamp) {
        self.modes_failed(&problem, now);
        self.jobs_failed(&problem, now);
        self.live.phase = Phase::Stopped { problem };
    }

    /// How the login was made.
    pub fn logged_in(&mut self, login: Option<LoginState>) {
        self.live.login = login;
    }

    /// The name in the address leads to another machine.
    pub fn name_moved(&mut self, from: String, to: String, now: Timestamp) {
        let id = self.next_notice();
        self.notice(Notice::NameMoved { id, at: now, from, to });
    }

    /// A defect of ours ended a poll, of whatever; nothing that it should have renewed is known any more.
    pub fn poll_broke(&mut self, problem: &Problem, now: Timestamp) {
        self.modes_failed(problem, now);
        self.jobs_failed(problem, now);
        let id = self.next_notice();
        self.notice(Notice::PollBroke { id, at: now });
    }

    /// The platform accepted the password, and the place for it did not.
    pub fn password_not_kept(&mut self, problem: Problem, now: Timestamp) {
        let id = self.next_notice();
        self.notice(Notice::PasswordNotKept { id, at: now, problem });
    }

    /// There is one more line in the journal.
    pub const fn journal_written(&mut self) {
        self.live.journal_lines += 1;
    }

    /// A file of ours could not be written or understood; the work goes on.
    pub fn file_trouble(&mut self, problem: Problem, now: Timestamp) {
        let id = self.next_notice();
        self.notice(Notice::FileTrouble { id, at: now, problem });
    }

    /// The guided procedure as it stands. Another one begins without the news of the one before.
    pub fn procedure(&mut self, view: Option<ProcedureView>) {
        let began_at = |view: &Option<ProcedureView>| view.as_ref().and_then(|view| view.began_at);
        let is_another = view.is_some() && began_at(&view) != began_at(&self.live.procedure);
        self.live.procedure = view;
        if is_another {
            self.live.notices.retain(|notice| !matches!(notice, Notice::Procedure { .. }));
        }
        self.drop_outlived_news();
    }

    /// The one of another program.
    pub fn procedure_elsewhere(&mut self, found: Option<ProcedureElsewhere>) {
        self.live.procedure_elsewhere = found;
    }

    /// News of the guided procedure.
    pub fn procedure_news(&mut self, news: ProcedureNotice, now: Timestamp) {
        // The procedure says the same and what follows from it, or the same more urgently: once is enough.
        let is_overtaken = |kept: &Notice| match (kept, news) {
            (
                Notice::ChangedElsewhere { mode, on, .. },
                ProcedureNotice::ChangedElsewhere { mode: said, on: to, .. },
            ) => (*mode, *on) == (said, to),
            (Notice::Procedure { news: kept, .. }, news) => matches!(
                (kept, news),
                (ProcedureNotice::Overdue { .. }, ProcedureNotice::Overdue { .. })
                    | (ProcedureNotice::PlatformBack { .. }, ProcedureNotice::PlatformBack { .. })
            ),
            _ => false,
        };
        self.live.notices.retain(|kept| !is_overtaken(kept));
        if news.still_holds(self.live.procedure.as_ref(), self.sure_modes()) {
            let id = self.next_notice();
            self.notice(Notice::Procedure { id, at: now, news });
        }
    }

    fn drop_outlived_news(&mut self) {
        let (modes, view) = (self.sure_modes(), self.live.procedure.as_ref());
        self.live.notices.retain(|kept| match kept {
            Notice::Procedure { news, .. } => news.still_holds(view, modes),
            _ => true,
        });
    }

    /// What is known of the modes, without an "off" that may be a lie.
    fn sure_modes(&self) -> ModeReading {
        let known = self.live.modes.known();
        let sure = |mode| known.of(mode).filter(|on| *on || self.live.suspect.of(mode).is_none());
        ModeReading { job_stop: sure(Mode::JobStop), read_only: sure(Mode::ReadOnly) }
    }

    /// Seconds between polls.
    pub fn polls_every(&mut self, seconds: u32) {
        self.live.poll_seconds = seconds;
    }

    /// The lock as it stands.
    pub fn lock(&mut self, open_until: Option<Timestamp>) {
        self.live.lock_open_until = open_until;
    }

    /// A switch begins or ends.
    pub fn switching(&mut self, mode: Option<Mode>) {
        self.live.switching = mode;
    }

    /// The user has seen a notice.
    pub fn dismiss(&mut self, notice: u32) {
        self.live.notices.retain(|kept| kept.id() != notice);
    }

    /// After the first attempt, good or bad: who cannot read must be told why, and may still switch off.
    fn opened(&mut self) {
        if self.live.phase == Phase::Opening {
            self.live.phase = Phase::Open;
        }
    }

    fn next_notice(&mut self) -> u32 {
        self.notices_made += 1;
        self.notices_made
    }

    fn notice(&mut self, notice: Notice) {
        self.live.notices.push(notice);
        let surplus = self.live.notices.len().saturating_sub(MOST_NOTICES);
        self.live.notices.drain(..surplus);
    }

    fn remember(&mut self, point: CountPoint) {
        self.live.history.push(point);
        let surplus = self.live.history.len().saturating_sub(LONGEST_HISTORY);
        self.live.history.drain(..surplus);
    }

    fn preview_banners(&mut self) {
        let now = self.live.modes.known();
        let after = |mode: Mode| banners(now.with(mode, !now.of(mode).unwrap_or(false)));
        self.live.banners = BannerPreview {
            now: banners(now),
            after_job_stop: after(Mode::JobStop),
            after_read_only: after(Mode::ReadOnly),
        };
    }
}

#[cfg(test)]
mod tests;
