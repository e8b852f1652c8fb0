//! The states an administrator can practise on (product §9).

use std::{fmt, str::FromStr};

/// A prepared state of the practice platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scenario {
    /// About a dozen jobs that come and go.
    #[default]
    OrdinaryNight,
    /// An Ansible execution that has been delayed for nine hours and does not end.
    StuckJob,
    /// A conductor paused two days ago, which nobody resumes.
    PausedConductor,
    /// One workspace without its database: the list of jobs is lost for all of them.
    BrokenWorkspace,
    /// Both modes are on, but in turns of two minutes the table cannot be read and the platform says `0/0`.
    UnreadableFlags,
    /// Half a minute after a mode was switched on, a colleague saves the platform's own page and switches both off.
    ColleagueSwitches,
    /// 500 workspaces, five seconds for each list of jobs.
    SlowPlatform,
    /// 100,000 jobs.
    ManyJobs,
    /// The answer of ITA 2.2: maps instead of lists.
    Ita22,
    /// Read-only mode came on while jobs ran: they are frozen.
    ReadOnlyTooEarly,
}

impl Scenario {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::OrdinaryNight,
        Self::StuckJob,
        Self::PausedConductor,
        Self::BrokenWorkspace,
        Self::UnreadableFlags,
        Self::ColleagueSwitches,
        Self::SlowPlatform,
        Self::ManyJobs,
        Self::Ita22,
        Self::ReadOnlyTooEarly,
    ];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OrdinaryNight => "ordinary-night",
            Self::StuckJob => "stuck-job",
            Self::PausedConductor => "paused-conductor",
            Self::BrokenWorkspace => "broken-workspace",
            Self::UnreadableFlags => "unreadable-flags",
            Self::ColleagueSwitches => "colleague-switches",
            Self::SlowPlatform => "slow-platform",
            Self::ManyJobs => "many-jobs",
            Self::Ita22 => "ita-2.2",
            Self::ReadOnlyTooEarly => "read-only-too-early",
        }
    }

    /// Organizations, workspaces in each, and jobs running at the start, where the options do not say.
    pub(crate) const fn size(self) -> (u32, u32, u32) {
        match self {
            Self::SlowPlatform => (10, 50, 60),
            Self::ManyJobs => (5, 8, 100_000),
            _ => (3, 3, 12),
        }
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// No scenario has this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownScenario(pub String);

impl fmt::Display for UnknownScenario {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = Scenario::ALL.map(Scenario::name).join(", ");
        write!(formatter, "no scenario \"{}\"; there are: {known}", self.0)
    }
}

impl std::error::Error for UnknownScenario {}

impl FromStr for Scenario {
    type Err = UnknownScenario;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|scenario| scenario.name() == name).ok_or_else(|| UnknownScenario(name.to_owned()))
    }
}
