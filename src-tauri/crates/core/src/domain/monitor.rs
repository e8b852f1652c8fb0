//! What the open connection is known to be, from one observation to the next. Pure: every instant is an argument.

use super::banner::banners;
use super::connection::Connection;
use super::live::{BannerPreview, CountPoint, Live, LoginState, Modes, Notice, Phase, Running};
use super::modes::{Mode, ModeReading};
use super::problem::{Problem, ProblemCode};
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
    /// From on to off: another client, or the platform could not read its table (platform-contract §3).
    pub suspect: bool,
}

/// Keeps [`Live`] true.
#[derive(Debug, Clone)]
pub struct Monitor {
    live: Live,
    notices_made: u32,
}

impl Monitor {
    /// A connection that is being opened, or none.
    pub fn new(generation: u32, connection: Option<Connection>, poll_seconds: u32) -> Self {
        let phase = if connection.is_some() { Phase::Opening } else { Phase::Closed };
        let unknown = banners(ModeReading::default());
        let live = Live {
            generation,
            connection,
            phase,
            modes: Modes { job_stop: Truth::not_read_yet(), read_only: Truth::not_read_yet() },
            running: Truth::not_read_yet(),
            revision: 0,
            history: Vec::new(),
            notices: Vec::new(),
            lock_open_until: None,
            banners: BannerPreview { now: unknown, after_job_stop: unknown, after_read_only: unknown },
            login: None,
            zone: ZoneBasis::Unproven,
            poll_seconds,
            switching: None,
        };
        Self { live, notices_made: 0 }
    }

    /// As it is.
    pub const fn live(&self) -> &Live {
        &self.live
    }

    /// A read of the modes. `own` is the mode that this workstation has just switched: its change is no news.
    pub fn modes_read(&mut self, reading: ModeReading, own: Option<Mode>, now: Timestamp) -> Vec<ObservedChange> {
        let changes: Vec<_> = [Mode::JobStop, Mode::ReadOnly]
            .into_iter()
            .filter_map(|mode| self.flag_read(mode, reading.of(mode), own == Some(mode), now))
            .collect();
        for change in &changes {
            let id = self.next_notice();
            let ObservedChange { mode, on, suspect } = *change;
            self.notice(Notice::ChangedElsewhere { id, at: now, mode, on, suspect });
        }
        self.opened();
        self.preview_banners();
        changes
    }

    fn flag_read(&mut self, mode: Mode, flag: Option<bool>, own: bool, now: Timestamp) -> Option<ObservedChange> {
        let truth = match mode {
            Mode::JobStop => &mut self.live.modes.job_stop,
            Mode::ReadOnly => &mut self.live.modes.read_only,
        };
        let Some(on) = flag else {
            let missing = Problem::because(ProblemCode::FlagMissing, mode.api_key());
            *truth = std::mem::replace(truth, Truth::not_read_yet()).failed(now, missing);
            return None;
        };
        let before = truth.last().copied();
        *truth = Truth::Known { value: on, at: now };
        let changed = before.is_some_and(|before| before != on) && !own;
        changed.then_some(ObservedChange { mode, on, suspect: !on })
    }

    /// No usable answer about the modes.
    pub fn modes_failed(&mut self, problem: &Problem, now: Timestamp) {
        for truth in [&mut self.live.modes.job_stop, &mut self.live.modes.read_only] {
            *truth = std::mem::replace(truth, Truth::not_read_yet()).failed(now, problem.clone());
        }
        self.preview_banners();
    }

    /// A complete list of jobs, published as `revision`.
    pub fn jobs_read(&mut self, running: Running, revision: u32, zone: ZoneBasis, now: Timestamp) {
        if !running.vanished.is_empty() {
            let id = self.next_notice();
            let total = running.vanished.len() as u32;
            let names = running.vanished.iter().take(MOST_NAMES).cloned().collect();
            self.notice(Notice::Vanished { id, at: now, names, total });
        }
        self.remember(CountPoint { at: now, count: Some(running.deciding) });
        self.live.running = Truth::Known { value: running, at: now };
        self.live.revision = revision;
        self.live.zone = zone;
        self.opened();
    }

    /// No usable list of jobs. What was known stays visible, as stale.
    pub fn jobs_failed(&mut self, problem: &Problem, now: Timestamp) {
        self.remember(CountPoint { at: now, count: None });
        self.live.running =
            std::mem::replace(&mut self.live.running, Truth::not_read_yet()).failed(now, problem.clone());
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

    /// The platform accepted the password, and the place for it did not.
    pub fn password_not_kept(&mut self, problem: Problem, now: Timestamp) {
        let id = self.next_notice();
        self.notice(Notice::PasswordNotKept { id, at: now, problem });
    }

    /// Seconds between polls.
    pub fn polls_every(&mut self, seconds: u32) {
        self.live.poll_seconds = seconds;
    }

    /// The connection's saved form changed.
    pub fn connection_changed(&mut self, connection: Connection) {
        self.live.connection = Some(connection);
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
        self.live.notices.retain(|kept| id_of(kept) != notice);
    }

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

const fn id_of(notice: &Notice) -> u32 {
    match notice {
        Notice::ChangedElsewhere { id, .. } | Notice::Vanished { id, .. } | Notice::PasswordNotKept { id, .. } => *id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::banner::Banner;

    fn reading(job_stop: bool, read_only: bool) -> ModeReading {
        ModeReading { job_stop: Some(job_stop), read_only: Some(read_only) }
    }

    fn running(reported: u32) -> Running {
        Running {
            reported,
            counted: reported,
            conductors: 0,
            unclassified: 0,
            rows: reported,
            organizations: 1,
            workspaces: 1,
            mismatches: Vec::new(),
            deciding: reported,
            vanished: Vec::new(),
            oldest_update: None,
            platform_time: None,
            took_ms: 1,
        }
    }

    fn monitor() -> Monitor {
        Monitor::new(1, None, 10)
    }

    #[test]
    fn a_flip_to_off_that_we_did_not_make_is_suspect_and_told() {
        let mut monitor = monitor();
        assert!(monitor.modes_read(reading(true, true), None, Timestamp(1)).is_empty(), "the first read is no change");
        let changes = monitor.modes_read(reading(false, false), None, Timestamp(2));
        assert_eq!(changes.len(), 2);
        assert!(changes.iter().all(|change| change.suspect && !change.on));
        assert_eq!(monitor.live().notices.len(), 2);
    }

    #[test]
    fn our_own_switch_is_no_news_but_a_colleagues_beside_it_is() {
        let mut monitor = monitor();
        monitor.modes_read(reading(false, false), None, Timestamp(1));
        let changes = monitor.modes_read(reading(true, true), Some(Mode::JobStop), Timestamp(2));
        assert_eq!(changes, [ObservedChange { mode: Mode::ReadOnly, on: true, suspect: false }]);
    }

    #[test]
    fn a_missing_flag_is_stale_then_known_again_and_the_change_in_between_is_noticed() {
        let mut monitor = monitor();
        monitor.modes_read(reading(true, false), None, Timestamp(1));
        monitor.modes_read(ModeReading { job_stop: None, read_only: Some(false) }, None, Timestamp(2));
        assert_eq!(monitor.live().modes.job_stop.known(), None, "not known any more");
        assert_eq!(monitor.live().modes.job_stop.last(), Some(&true), "and not forgotten");
        let changes = monitor.modes_read(reading(false, false), None, Timestamp(3));
        assert_eq!(changes.len(), 1, "it went off while we could not see it");
    }

    #[test]
    fn a_failed_list_never_becomes_zero() {
        let mut monitor = monitor();
        let problem = Problem::new(ProblemCode::ErrorInDisguise);
        monitor.jobs_failed(&problem, Timestamp(1));
        assert_eq!(monitor.live().running, Truth::Unknown { problem: Some(problem.clone()) });
        monitor.jobs_read(running(3), 1, ZoneBasis::Unproven, Timestamp(2));
        monitor.jobs_failed(&problem, Timestamp(3));
        monitor.jobs_failed(&problem, Timestamp(4));
        let expected = Truth::Stale { value: running(3), at: Timestamp(2), since: Timestamp(3), problem };
        assert_eq!(monitor.live().running, expected, "the last figure with the first failure after it");
        let counts: Vec<_> = monitor.live().history.iter().map(|point| point.count).collect();
        assert_eq!(counts, [None, Some(3), None, None]);
    }

    #[test]
    fn the_chart_and_the_notices_stay_bounded() {
        let mut monitor = monitor();
        for at in 0..1000 {
            monitor.modes_read(reading(at % 2 == 0, false), None, Timestamp(at));
            monitor.jobs_read(running(1), 1, ZoneBasis::Unproven, Timestamp(at));
        }
        assert_eq!(monitor.live().history.len(), LONGEST_HISTORY);
        assert_eq!(monitor.live().notices.len(), MOST_NOTICES);
    }

    #[test]
    fn the_preview_says_what_users_will_see() {
        let mut monitor = monitor();
        assert_eq!(monitor.live().banners.now.ita, Banner::Unknown);
        monitor.modes_read(reading(true, false), None, Timestamp(1));
        let preview = monitor.live().banners;
        assert_eq!((preview.now.ita, preview.now.platform), (Banner::JobStop, Banner::None));
        assert_eq!((preview.after_job_stop.ita, preview.after_read_only.platform), (Banner::None, Banner::ReadOnly));
    }
}
