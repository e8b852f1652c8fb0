//! The hand behind the practice platform: sets its state, breaks it, and tells what it was asked.

use std::{sync::Arc, time::Duration};

use crate::{
    jobs::{
        backyard::Backyard,
        course::Course,
        places::{Job, WorkspaceFault},
        render::ItaShape,
    },
    modes::{Mode, ModeTable},
    options::User,
    record::RecordedRequest,
    world::{lock, Part, Shared},
};

/// A row of the job list as a test wants it. It stays as it is until it is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptedJob {
    /// Organization; created when it is not there.
    pub organization: String,
    /// Workspace; created when it is not there.
    pub workspace: String,
    /// Container; one that the workspace does not have, or nobody knows, is added.
    pub container: String,
    /// Any text.
    pub id: String,
    /// The status id; statuses that the container does not list keep the row out of the answer.
    pub status: String,
    /// Instead of the platform's name of the status.
    pub status_name: Option<String>,
    /// `last_update_timestamp` as printed.
    pub label: Option<String>,
    /// Whether it is in `execute_count`; none for what the platform does (all but conductors).
    pub counted: Option<bool>,
}

impl ScriptedJob {
    /// A job of a known backyard without a label.
    pub fn new(organization: &str, workspace: &str, container: &str, id: &str, status: &str) -> Self {
        Self {
            organization: organization.to_owned(),
            workspace: workspace.to_owned(),
            container: container.to_owned(),
            id: id.to_owned(),
            status: status.to_owned(),
            status_name: None,
            label: None,
            counted: None,
        }
    }

    /// The same with a label.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }
}

/// Controls a running practice platform; clones control the same one.
#[derive(Debug, Clone)]
pub struct Control {
    pub(crate) world: Shared,
}

impl Control {
    /// Whether a mode's flag is on in the table, whatever the API says of it.
    pub fn mode(&self, mode: Mode) -> bool {
        let mut world = lock(&self.world);
        world.catch_up();
        world.modes.get(mode)
    }

    /// Sets a mode's flag in the table, whatever state the table is in. While that is intact, it is what another client
    /// would do.
    pub fn set_mode(&self, mode: Mode, on: bool) {
        let mut world = lock(&self.world);
        world.catch_up();
        world.modes.set(mode, on);
    }

    /// Sets the state of the table behind the flags.
    pub fn set_mode_table(&self, table: ModeTable) {
        let mut world = lock(&self.world);
        world.catch_up();
        world.set_table(table);
    }

    /// Lets changes of the modes succeed without effect, or again with effect.
    pub fn set_mode_changes_ignored(&self, ignored: bool) {
        lock(&self.world).modes.writes_ignored = ignored;
    }

    /// Stops or starts a part of the platform.
    pub fn set_down(&self, part: Part, down: bool) {
        lock(&self.world).set_down(part, down);
    }

    /// Ends every access token now, as a restarted identity server does; with the refresh tokens if asked.
    pub fn end_tokens(&self, refresh_too: bool) {
        lock(&self.world).identity.end_tokens(refresh_too);
    }

    /// Replaces the users.
    pub fn set_users(&self, users: Vec<User>) {
        lock(&self.world).identity.users = users;
    }

    /// Brute-force protection: locks a user after so many wrong passwords in a row, or no longer. Users that were locked
    /// by it are free again.
    pub fn set_lock_after(&self, failures: Option<u32>) {
        lock(&self.world).identity.set_lock_after(failures);
    }

    /// Holds every answer back for so long, in real time.
    pub fn set_delay(&self, delay: Duration) {
        lock(&self.world).delay = delay;
    }

    /// Holds the list of jobs back for so long, beyond [`Self::set_delay`].
    pub fn set_jobs_delay(&self, delay: Duration) {
        lock(&self.world).jobs_delay = delay;
    }

    /// Holds the answers to changes back, or lets all of them go: a change has its effect, and nobody hears of it.
    pub fn set_changes_held(&self, held: bool) {
        lock(&self.world).changes_held.send_replace(held);
    }

    /// The shape of the job list.
    pub fn set_ita_shape(&self, shape: ItaShape) {
        lock(&self.world).shape = shape;
    }

    /// Where `/` redirects to, without the path: the address in the server's configuration.
    pub fn set_external_url(&self, url: impl Into<String>) {
        lock(&self.world).external_url = url.into();
    }

    /// Another speed for the jobs from now on; see [`crate::Options::speed`].
    pub fn set_speed(&self, speed: f64) {
        lock(&self.world).set_speed(speed);
    }

    /// Lets the jobs live through so much time at once.
    pub fn advance(&self, elapsed: Duration) {
        lock(&self.world).advance(elapsed);
    }

    /// Replaces all jobs by these, which do not live; no other starts any more.
    pub fn script_jobs(&self, jobs: impl IntoIterator<Item = ScriptedJob>) {
        lock(&self.world).yard.clear();
        for job in jobs {
            self.add_job(job);
        }
    }

    /// Adds a job that does not live.
    pub fn add_job(&self, job: ScriptedJob) {
        let mut world = lock(&self.world);
        let workspace = world.yard.ensure(&job.organization, &job.workspace);
        let counted =
            job.counted.unwrap_or_else(|| Backyard::from_container(&job.container).is_none_or(Backyard::counted));
        world.yard.add(
            workspace,
            Job {
                container: Arc::from(job.container),
                id: job.id,
                status: job.status,
                status_name: job.status_name,
                counted,
                label: job.label,
                course: Course::default(),
            },
        );
    }

    /// Ends the jobs with this id.
    pub fn end_job(&self, id: &str) {
        for workspace in &mut lock(&self.world).yard.workspaces {
            workspace.jobs.retain(|_, job| job.id != id);
            workspace.rendered = None;
        }
    }

    /// The number of listed rows, conductors too.
    pub fn running(&self) -> usize {
        let mut world = lock(&self.world);
        world.catch_up();
        world.yard.listed()
    }

    /// The number of jobs that job stop keeps from starting.
    pub fn waiting(&self) -> u32 {
        let mut world = lock(&self.world);
        world.catch_up();
        world.yard.queued()
    }

    /// Adds an organization without workspaces.
    pub fn add_organization(&self, id: &str) {
        lock(&self.world).yard.ensure_organization(id);
    }

    /// Adds a workspace with all drivers, and its organization.
    pub fn add_workspace(&self, organization: &str, id: &str) {
        lock(&self.world).yard.ensure(organization, id);
    }

    /// Breaks a workspace, or mends it.
    pub fn set_workspace_fault(&self, organization: &str, id: &str, fault: Option<WorkspaceFault>) {
        let mut world = lock(&self.world);
        let index = world.yard.ensure(organization, id);
        world.yard.workspaces[index].fault = fault;
    }

    /// Takes a container off a workspace: its driver is not installed there.
    pub fn remove_container(&self, organization: &str, id: &str, container: &str) {
        lock(&self.world).yard.containers(organization, id).remove(container);
    }

    /// Sets the level of a service, or takes it away.
    pub fn set_log_level(&self, service: &str, level: Option<&str>) {
        lock(&self.world).log_levels.0.insert(service.to_owned(), level.map(str::to_owned));
    }

    /// The level of a service.
    pub fn log_level(&self, service: &str) -> Option<String> {
        lock(&self.world).log_levels.0.get(service).cloned().flatten()
    }

    /// The requests so far, the last 10,000 of them.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        lock(&self.world).recorder.requests()
    }

    /// How many requests there were.
    pub fn request_count(&self) -> u64 {
        lock(&self.world).recorder.total
    }

    /// How many passwords were checked, right or wrong: one for each Basic request and each password grant that
    /// reached the identity server.
    pub fn password_logins(&self) -> u64 {
        lock(&self.world).identity.password_logins
    }

    /// A pair of tokens for a user, as the body of the token endpoint's answer, without a login.
    pub fn issue_tokens(&self, user: &str, offline: bool) -> String {
        lock(&self.world).identity.grant(user, offline)
    }
}
