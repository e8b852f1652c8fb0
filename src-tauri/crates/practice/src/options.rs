//! How a practice platform is started.

use std::{ops::RangeInclusive, sync::Arc};

use crate::scenario::Scenario;

/// A user of the practice platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Name to log in with.
    pub name: String,
    /// Password.
    pub password: String,
    /// Locale at the identity server; none means Japanese texts.
    pub locale: Option<String>,
    /// Disabled and locked users cannot log in and are told the same as with a wrong password.
    pub enabled: bool,
}

impl User {
    /// An enabled user without a locale.
    pub fn new(name: impl Into<String>, password: impl Into<String>) -> Self {
        Self { name: name.into(), password: password.into(), locale: None, enabled: true }
    }

    /// The same user with a locale.
    #[must_use]
    pub fn locale(mut self, locale: impl Into<String>) -> Self {
        self.locale = Some(locale.into());
        self
    }

    /// The same user, disabled.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.enabled = false;
        self
    }
}

/// The user and the password of the practice platform when nothing else is asked for.
pub const PRACTICE_USER: &str = "admin";
/// See [`PRACTICE_USER`]. Not a secret: the platform is on the loopback interface and holds nothing.
pub const PRACTICE_PASSWORD: &str = "practice";

/// How to start a practice platform. The default is an ordinary night for `admin` with the password `practice`.
#[derive(Debug, Clone)]
pub struct Options {
    /// Port of the administrators' site on 127.0.0.1; 0 for a free one.
    pub port: u16,
    /// Number of organizations; none for what the scenario says, as in the next two.
    pub organizations: Option<u32>,
    /// Number of workspaces in each organization.
    pub workspaces: Option<u32>,
    /// Jobs running at the start; about as many go on starting as end. With 0 the platform stays idle.
    pub jobs: Option<u32>,
    /// How much faster than real time jobs live: 0 (they stand still) to 1,000,000.
    pub speed: f64,
    /// The state to practise on.
    pub scenario: Scenario,
    /// Who may log in.
    pub users: Vec<User>,
    /// IANA name of the zone of the platform's containers, whose local time labels the jobs.
    pub zone: String,
    /// Decides every random choice but tokens.
    pub seed: u64,
    /// Serve TLS with this configuration instead of plain HTTP.
    pub tls: Option<Arc<rustls::ServerConfig>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            organizations: None,
            workspaces: None,
            jobs: None,
            speed: 1.0,
            scenario: Scenario::default(),
            users: vec![
                User::new(PRACTICE_USER, PRACTICE_PASSWORD),
                User::new("admin-ja", PRACTICE_PASSWORD).locale("ja"),
                User::new("admin-en", PRACTICE_PASSWORD).locale("en"),
            ],
            zone: "Asia/Tokyo".to_owned(),
            seed: 20_260_101,
            tls: None,
        }
    }
}

/// How fast jobs may live.
pub(crate) const SPEEDS: RangeInclusive<f64> = 0.0..=1_000_000.0;
/// More workspaces or jobs than any platform has would only fill the memory of the machine.
const MOST_WORKSPACES: u64 = 100_000;
/// See [`MOST_WORKSPACES`].
const MOST_JOBS: u32 = 5_000_000;

impl Options {
    /// What cannot be started, in words for the operator of the command line.
    pub(crate) fn check(&self) -> Result<(), String> {
        let (organizations, workspaces, _) = self.scenario.size();
        let organizations = u64::from(self.organizations.unwrap_or(organizations));
        let workspaces = organizations * u64::from(self.workspaces.unwrap_or(workspaces)).max(1);
        if !SPEEDS.contains(&self.speed) {
            return Err(format!("the speed {} is not between {} and {}", self.speed, SPEEDS.start(), SPEEDS.end()));
        }
        if workspaces > MOST_WORKSPACES {
            return Err(format!("{workspaces} workspaces are more than {MOST_WORKSPACES}"));
        }
        match self.jobs {
            Some(jobs) if jobs > MOST_JOBS => Err(format!("{jobs} jobs are more than {MOST_JOBS}")),
            _ => Ok(()),
        }
    }

    /// The users of the recorded exchanges; `right-password` stands for the right one.
    #[must_use]
    pub fn recorded_users(mut self) -> Self {
        let right = "right-password";
        self.users = vec![
            User::new("admin", right),
            User::new("admin-ja", right).locale("ja"),
            User::new("admin-en", right).locale("en"),
            User::new("norole", right),
            User::new("user name", right),
            User::new("管理者", right),
            User::new("disabled", right).disabled(),
            User::new("locked", right).disabled(),
            User::new("colon", "pa:ss"),
            User::new("pa-only", "pa"),
            User::new("nihongo", "パスワード"),
            User::new("latin1", "pässwörd"),
        ];
        self
    }
}
