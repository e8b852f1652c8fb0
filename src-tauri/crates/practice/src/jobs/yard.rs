//! The life of the jobs as a function of time that is passed in: no clock and no sleep in here.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, BinaryHeap},
    sync::Arc,
    time::Duration,
};

use rand::{rngs::StdRng, Rng, SeedableRng};

use super::{
    backyard::Backyard,
    course::{self, Course, Turn},
    places::{organization_id, workspace_id, Job, Workspace},
};

/// What the backyards believe the modes to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Flags {
    /// No new job starts.
    pub(crate) job_stop: bool,
    /// Nothing moves.
    pub(crate) read_only: bool,
}

/// Prints the label of a row that changed so long before the end of the stretch that is lived through.
pub(crate) type Stamp<'a> = &'a dyn Fn(Duration) -> String;

/// How many jobs may wait for the end of job stop; more would only be a flood at its end.
const QUEUE: u32 = 50;
/// How often a conductor looks for the end of the movement it waits for.
const CONDUCTOR_CYCLE: Duration = Duration::from_secs(10);
/// The most starts per second, so that huge platforms move slowly instead of all at once.
const MOST_STARTS: f64 = 5.0;

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Event {
    at: Duration,
    serial: u64,
    workspace: usize,
}

/// Organizations, workspaces and jobs, and what will happen to them.
#[derive(Debug)]
pub(crate) struct Yard {
    pub(crate) organizations: Vec<String>,
    pub(crate) workspaces: Vec<Workspace>,
    /// Time that the backyards have worked: stands still while read-only is on.
    worked: Duration,
    events: BinaryHeap<Reverse<Event>>,
    serial: u64,
    rng: StdRng,
    /// Starts per second; 0 when jobs are scripted.
    rate: f64,
    scale: f64,
    target: usize,
    next_start: Duration,
    queued: u32,
}

impl Yard {
    /// Organizations with their workspaces, and no job yet. Every third organization is without the Terraform drivers.
    pub(crate) fn new(organizations: usize, workspaces: usize, seed: u64) -> Self {
        let mut yard = Self {
            organizations: Vec::new(),
            workspaces: Vec::new(),
            worked: Duration::ZERO,
            events: BinaryHeap::new(),
            serial: 0,
            rng: StdRng::seed_from_u64(seed),
            rate: 0.0,
            scale: 1.0,
            target: 0,
            next_start: Duration::MAX,
            queued: 0,
        };
        for organization in 0..organizations {
            let id = organization_id(organization);
            for index in 0..workspaces {
                let mut workspace = Workspace::new(&id, &workspace_id(organization, index));
                if organization % 3 == 2 {
                    workspace.containers.retain(|container| !container.contains("terraform"));
                }
                yard.workspaces.push(workspace);
            }
            yard.organizations.push(id);
        }
        yard
    }

    /// Fills the platform with jobs in the middle of their lives, at least one of each backyard when there are seven,
    /// and lets about as many go on starting as end.
    pub(crate) fn populate(&mut self, jobs: usize, stamp: Stamp<'_>) {
        self.target = jobs;
        self.scale = (jobs as f64 / (course::MEAN_LIFE * MOST_STARTS)).max(1.0);
        self.rate = jobs as f64 / (course::MEAN_LIFE * self.scale);
        for index in 0..jobs {
            let backyard = Backyard::ALL.get(index).copied().unwrap_or_else(|| course::pick(&mut self.rng));
            let part = self.rng.random_range(0.0..0.9);
            self.start(backyard, part, Duration::ZERO, stamp);
        }
        self.schedule_start();
    }

    /// How much time may pass in one go before there would be too much to catch up with.
    pub(crate) fn patience(&self) -> Duration {
        Duration::from_secs_f64((50_000.0 / self.rate.max(0.01)).clamp(3_600.0, 86_400.0))
    }

    /// Lets `elapsed` pass under unchanged flags.
    pub(crate) fn advance(&mut self, elapsed: Duration, flags: Flags, stamp: Stamp<'_>) {
        if flags.read_only {
            return;
        }
        let end = self.worked.saturating_add(elapsed);
        if !flags.job_stop {
            for _ in 0..std::mem::take(&mut self.queued) {
                let backyard = course::pick(&mut self.rng);
                self.start(backyard, 0.0, elapsed, stamp);
            }
        }
        loop {
            let turn = self.events.peek().map_or(Duration::MAX, |Reverse(event)| event.at);
            let at = turn.min(self.next_start);
            if at > end {
                break;
            }
            self.worked = at;
            if turn <= self.next_start {
                if let Some(Reverse(event)) = self.events.pop() {
                    self.turn(&event, flags, end.saturating_sub(at), stamp);
                }
            } else {
                self.arrive(flags, end.saturating_sub(at), stamp);
            }
        }
        self.worked = end;
    }

    fn arrive(&mut self, flags: Flags, ago: Duration, stamp: Stamp<'_>) {
        if flags.job_stop {
            self.queued = (self.queued + 1).min(QUEUE);
        } else if self.rows() < self.target + self.target / 2 {
            let backyard = course::pick(&mut self.rng);
            self.start(backyard, 0.0, ago, stamp);
        }
        self.schedule_start();
    }

    fn schedule_start(&mut self) {
        self.next_start = if self.rate > 0.0 {
            let wait = -(1.0 - self.rng.random::<f64>()).ln() / self.rate;
            self.worked.saturating_add(Duration::from_secs_f64(wait))
        } else {
            Duration::MAX
        };
    }

    fn turn(&mut self, event: &Event, flags: Flags, ago: Duration, stamp: Stamp<'_>) {
        let workspace = &mut self.workspaces[event.workspace];
        let Some(job) = workspace.jobs.get_mut(&event.serial) else { return };
        match job.course.turns.pop_front() {
            None => return,
            Some((_, Turn::Ends)) if job.course.waits && flags.job_stop => {
                job.course.turns.push_front((CONDUCTOR_CYCLE, Turn::Ends));
            }
            Some((_, Turn::Ends)) => {
                workspace.jobs.remove(&event.serial);
                workspace.rendered = None;
                return;
            }
            Some((_, Turn::Becomes(status))) => {
                job.status = status.to_string();
                job.label = Some(stamp(ago));
                workspace.rendered = None;
            }
        }
        self.schedule_turn(event.workspace, event.serial);
    }

    pub(super) fn schedule_turn(&mut self, workspace: usize, serial: u64) {
        let next = self.workspaces[workspace].jobs.get(&serial).and_then(|job| job.course.turns.front());
        if let Some((after, _)) = next {
            let at = self.worked.saturating_add(*after);
            self.events.push(Reverse(Event { at, serial, workspace }));
        }
    }

    /// Starts a job somewhere its driver is installed, `part` of its life already gone, `ago` before the end of the
    /// stretch that is lived through.
    fn start(&mut self, backyard: Backyard, part: f64, ago: Duration, stamp: Stamp<'_>) {
        let candidates = self.workspaces.iter().enumerate();
        let able: Vec<usize> = candidates
            .filter(|(_, place)| place.containers.contains(backyard.container()))
            .map(|(index, _)| index)
            .collect();
        if able.is_empty() {
            return;
        }
        let workspace = able[self.rng.random_range(0..able.len())];
        let (first, mut course) = course::plan(backyard, self.scale, &mut self.rng);
        let (reached, since) = course.skip(part);
        let job = Job {
            container: Arc::from(backyard.container()),
            id: uuid::Builder::from_random_bytes(self.rng.random()).into_uuid().to_string(),
            status: reached.unwrap_or(first).to_string(),
            status_name: None,
            counted: backyard.counted(),
            label: Some(stamp(ago + since)),
            course,
        };
        let serial = self.add(workspace, job);
        self.schedule_turn(workspace, serial);
    }

    /// Adds a row as it is; without a course it stays until it is removed.
    pub(crate) fn add(&mut self, workspace: usize, job: Job) -> u64 {
        self.serial += 1;
        let place = &mut self.workspaces[workspace];
        place.containers.insert(Arc::clone(&job.container));
        place.jobs.insert(self.serial, job);
        place.rendered = None;
        self.serial
    }

    /// Adds a row that never changes, in the first workspace that has the backyard.
    pub(crate) fn add_endless(&mut self, backyard: Backyard, status: &str, label: String) {
        let first = self.workspaces.iter().position(|place| place.containers.contains(backyard.container()));
        if let Some(workspace) = first {
            let id = uuid::Builder::from_random_bytes(self.rng.random()).into_uuid().to_string();
            let container = Arc::from(backyard.container());
            let (status, label, counted) = (status.to_owned(), Some(label), backyard.counted());
            let course = Course::default();
            self.add(workspace, Job { container, id, status, status_name: None, counted, label, course });
        }
    }

    /// Removes every job and starts no more.
    pub(crate) fn clear(&mut self) {
        self.rate = 0.0;
        self.target = 0;
        self.queued = 0;
        self.next_start = Duration::MAX;
        self.events.clear();
        for workspace in &mut self.workspaces {
            workspace.jobs.clear();
            workspace.rendered = None;
        }
    }

    /// The place of a workspace, created with its organization when it is not there.
    pub(crate) fn ensure(&mut self, organization: &str, id: &str) -> usize {
        self.ensure_organization(organization);
        let found = self.workspaces.iter().position(|w| w.organization == organization && w.id == id);
        found.unwrap_or_else(|| {
            self.workspaces.push(Workspace::new(organization, id));
            self.workspaces.len() - 1
        })
    }

    /// An organization, perhaps without workspaces.
    pub(crate) fn ensure_organization(&mut self, id: &str) {
        if !self.organizations.iter().any(|known| known == id) {
            self.organizations.push(id.to_owned());
        }
    }

    /// The containers of a workspace, for changing.
    pub(crate) fn containers(&mut self, organization: &str, id: &str) -> &mut BTreeSet<Arc<str>> {
        let index = self.ensure(organization, id);
        self.workspaces[index].rendered = None;
        &mut self.workspaces[index].containers
    }

    /// How many rows there are, listed or not.
    fn rows(&self) -> usize {
        self.workspaces.iter().map(|workspace| workspace.jobs.len()).sum()
    }

    /// How many rows the answer lists, conductors too.
    pub(crate) fn listed(&self) -> usize {
        self.workspaces.iter().flat_map(|workspace| workspace.jobs.values()).filter(|job| job.listed()).count()
    }

    /// How many jobs wait for the end of job stop.
    pub(crate) fn queued(&self) -> u32 {
        self.queued
    }
}
