//! The state of the practice platform, and what passes in it between two requests.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use jiff::{tz::TimeZone, Timestamp};
use tokio::sync::watch;

use crate::{
    identity::Identity,
    jobs::{
        backyard::Backyard,
        places::WorkspaceFault,
        render::ItaShape,
        yard::{Flags, Yard},
    },
    log_levels::LogLevels,
    modes::{Mode, ModeTable, Modes},
    options::{Options, SPEEDS},
    record::Recorder,
    scenario::Scenario,
};

/// Parts of the platform that can be down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The web server in front: 502 in HTML for everything.
    WebServer,
    /// The database: 500 for every API.
    Database,
    /// The identity server: 500 for whatever needs a login.
    IdentityServer,
    /// The platform API: 500 for the modes.
    PlatformApi,
    /// The ITA API: 500 for jobs and log levels.
    ItaApi,
}

/// How long a colleague's page shows the old state before it is saved, in the jobs' time.
const COLLEAGUE: Duration = Duration::from_secs(30);
/// How long the table is readable at first: who never read that the modes are on cannot doubt that they are off.
const READABLE: Duration = Duration::from_secs(30);
/// How long the table stays unreadable or readable in turn from then on, in the jobs' time.
const FLICKER: Duration = Duration::from_secs(120);

/// Something that happens later by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Later {
    ColleagueSaves,
    TableFlickers,
}

/// Everything the platform knows.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) modes: Modes,
    pub(crate) identity: Identity,
    pub(crate) yard: Yard,
    pub(crate) log_levels: LogLevels,
    pub(crate) recorder: Recorder,
    pub(crate) shape: ItaShape,
    pub(crate) down: Vec<Part>,
    pub(crate) delay: Duration,
    pub(crate) jobs_delay: Duration,
    /// Whether the answers to changes wait.
    pub(crate) changes_held: watch::Sender<bool>,
    /// Where `/` redirects to, without the path.
    pub(crate) external_url: String,
    zone: TimeZone,
    speed: f64,
    last: Instant,
    /// Time of the jobs since the start.
    passed: Duration,
    later: Option<(Duration, Later)>,
    colleague: bool,
}

/// The state, shared by the sites and the controls.
pub(crate) type Shared = Arc<Mutex<World>>;

/// Locks the state; a panic of another holder does not matter, for every change is a plain assignment.
pub(crate) fn lock(shared: &Shared) -> MutexGuard<'_, World> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl World {
    /// The state at the start. Fails when the zone is unknown.
    pub(crate) fn new(options: &Options) -> Result<Self, jiff::Error> {
        let (organizations, workspaces, jobs) = options.scenario.size();
        let organizations = options.organizations.unwrap_or(organizations) as usize;
        let workspaces = options.workspaces.unwrap_or(workspaces) as usize;
        let mut world = Self {
            modes: Modes::default(),
            identity: Identity::new(options.users.clone()),
            yard: Yard::new(organizations, workspaces, options.seed),
            log_levels: LogLevels::default(),
            recorder: Recorder::default(),
            shape: ItaShape::Lists,
            down: Vec::new(),
            delay: Duration::ZERO,
            jobs_delay: Duration::ZERO,
            changes_held: watch::Sender::new(false),
            external_url: String::new(),
            zone: TimeZone::get(&options.zone)?,
            speed: options.speed,
            last: Instant::now(),
            passed: Duration::ZERO,
            later: None,
            colleague: false,
        };
        let zone = world.zone.clone();
        let now = Timestamp::now();
        let jobs = options.jobs.unwrap_or(jobs) as usize;
        world.yard.populate(jobs, &|ago| label(now, ago, &zone));
        world.prepare(options.scenario, workspaces);
        Ok(world)
    }

    fn prepare(&mut self, scenario: Scenario, workspaces: usize) {
        let hours = |hours: u64| Duration::from_secs(hours * 3_600);
        match scenario {
            Scenario::OrdinaryNight | Scenario::ManyJobs => {}
            Scenario::StuckJob => {
                let label = self.label_ago(hours(9));
                self.yard.add_endless(Backyard::AnsibleExecute, "4", label);
            }
            Scenario::PausedConductor => {
                let label = self.label_ago(hours(49));
                self.yard.add_endless(Backyard::ConductorSynchronize, "5", label);
            }
            Scenario::BrokenWorkspace => {
                if let Some(workspace) = self.yard.workspaces.get_mut(workspaces.saturating_sub(1)) {
                    workspace.fault = Some(WorkspaceFault::DroppedDatabase);
                }
            }
            Scenario::UnreadableFlags => {
                (self.modes.job_stop, self.modes.read_only) = (true, true);
                self.later = Some((READABLE, Later::TableFlickers));
            }
            Scenario::ColleagueSwitches => self.colleague = true,
            Scenario::SlowPlatform => self.jobs_delay = Duration::from_secs(5),
            Scenario::Ita22 => self.shape = ItaShape::Maps,
            Scenario::ReadOnlyTooEarly => (self.modes.job_stop, self.modes.read_only) = (true, true),
        }
    }

    /// Lets the time since the last call pass, at the speed of the platform.
    pub(crate) fn catch_up(&mut self) {
        self.catch_up_to(Instant::now());
    }

    fn catch_up_to(&mut self, now: Instant) {
        let real = now.saturating_duration_since(self.last);
        self.last += real;
        let elapsed = real.mul_f64(self.speed).min(self.yard.patience());
        self.pass(elapsed, real);
    }

    /// Lets time of the jobs pass at once.
    pub(crate) fn advance(&mut self, elapsed: Duration) {
        self.catch_up();
        self.pass(elapsed, Duration::ZERO);
    }

    /// Another speed from now on; what is not a speed leaves the old one.
    pub(crate) fn set_speed(&mut self, speed: f64) {
        self.catch_up();
        if SPEEDS.contains(&speed) {
            self.speed = speed;
        }
    }

    /// Stops or starts a part.
    pub(crate) fn set_down(&mut self, part: Part, down: bool) {
        self.catch_up();
        self.down.retain(|known| *known != part);
        if down {
            self.down.push(part);
        }
    }

    /// `elapsed` of the jobs' time, which took `real`.
    fn pass(&mut self, elapsed: Duration, real: Duration) {
        let end = self.passed.saturating_add(elapsed);
        while let Some((at, what)) = self.later.filter(|(at, _)| *at <= end) {
            let before = at.saturating_sub(self.passed);
            self.live(before, end.saturating_sub(self.passed), real);
            self.passed += before;
            self.later = None;
            self.happen(what);
        }
        let rest = end.saturating_sub(self.passed);
        self.live(rest, rest, real);
        self.passed = end;
    }

    /// Lets the jobs live through the first `part` of `stretch`, whose end is now and which began at most `real` ago.
    fn live(&mut self, part: Duration, stretch: Duration, real: Duration) {
        let now = Timestamp::now();
        let ratio = if stretch.is_zero() { 0.0 } else { real.as_secs_f64() / stretch.as_secs_f64() };
        let after = stretch.saturating_sub(part);
        let zone = self.zone.clone();
        let stamp = |ago: Duration| label(now, (ago + after).mul_f64(ratio), &zone);
        self.yard.advance(part, self.flags(), &stamp);
    }

    /// What the backyards go by. Without the platform API they skip their cycles, as they do with an empty table
    /// (platform-contract §9); without the database nothing can move.
    fn flags(&self) -> Flags {
        let believed = self.modes.believed();
        Flags {
            job_stop: believed.job_stop || self.is_down(Part::PlatformApi),
            read_only: believed.read_only || self.is_down(Part::Database),
        }
    }

    fn happen(&mut self, what: Later) {
        match what {
            // The platform's page sends both flags and all log levels, as they were when it was opened.
            Later::ColleagueSaves => {
                (self.modes.job_stop, self.modes.read_only) = (false, false);
                self.log_levels = LogLevels::default();
            }
            Later::TableFlickers => {
                let readable = self.modes.table == ModeTable::Unreadable;
                self.modes.table = if readable { ModeTable::Intact } else { ModeTable::Unreadable };
                self.later = Some((self.passed + FLICKER, Later::TableFlickers));
            }
        }
    }

    /// After a client's change: a colleague with the platform's page open may undo it without knowing.
    pub(crate) fn after_patch(&mut self) {
        let on = Mode::ALL.into_iter().any(|mode| self.modes.get(mode));
        if self.colleague && on {
            self.later = Some((self.passed + COLLEAGUE, Later::ColleagueSaves));
        }
    }

    /// Sets the table by hand; it stays so.
    pub(crate) fn set_table(&mut self, table: ModeTable) {
        self.later = self.later.filter(|(_, what)| *what != Later::TableFlickers);
        self.modes.table = table;
    }

    pub(crate) fn is_down(&self, part: Part) -> bool {
        self.down.contains(&part)
    }

    /// The label of a row that changed so long ago.
    pub(crate) fn label_ago(&self, ago: Duration) -> String {
        label(Timestamp::now(), ago, &self.zone)
    }
}

/// Local time of the containers, labelled `Z` as the platform does; as Python prints it, six digits or none.
fn label(now: Timestamp, ago: Duration, zone: &TimeZone) -> String {
    let at = now.saturating_sub(jiff::SignedDuration::try_from(ago).unwrap_or(jiff::SignedDuration::MAX));
    let local = at.unwrap_or(Timestamp::MIN).to_zoned(zone.clone());
    let format = if local.subsec_nanosecond() / 1_000 == 0 { "%Y-%m-%dT%H:%M:%SZ" } else { "%Y-%m-%dT%H:%M:%S%.6fZ" };
    local.strftime(format).to_string()
}

/// `ts` of the envelope: true UTC, milliseconds.
pub(crate) fn ts() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

#[cfg(test)]
mod tests;
