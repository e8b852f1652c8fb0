//! What can be said on the command line, and what of it does not go together.

mod connections;
mod jobs;
mod shared;

pub(crate) use connections::{AddArguments, ConnectionsCommand, ImportArguments, RemoveArguments, SecretName};
pub(crate) use jobs::{JobsArguments, Source};
pub(crate) use shared::{Format, Shared, Target};

use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use ita_core::domain::modes::Mode;
use ita_core::domain::vocabulary::Language;
use ita_practice::Scenario;
use jiff::SignedDuration;

const EXIT_CODES: &str = "\
Password: --password-stdin, the environment variable ITAMCTL_PASSWORD, or the keyring entry of a saved connection.

Exit codes:
  0  done; nothing counted is running; `jobs`: the list is known
  1  refused or failed
  2  wrong use
  3  counted jobs are still running (`status`; `drain`: when its time is over)
  4  the state is unknown, or the platform was not reached
  5  the login was refused
  6  the certificate is not trusted
5 and 6 win over 4, and 4 over 3. Data goes to stdout, messages to stderr.";

/// Maintenance modes and running jobs of Exastro IT Automation, for scripts and for servers without a display.
#[derive(Debug, Parser)]
#[command(name = "itamctl", version, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) shared: Shared,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show both modes, how many jobs run, and the oldest update.
    Status,
    /// List the running jobs.
    Jobs(JobsArguments),
    /// Switch a mode: one write, and a read-back that has to agree.
    Mode(ModeArguments),
    /// Switch job stop on and wait until everything that counts has ended. Can be run again: it goes on where it stood.
    Drain(DrainArguments),
    /// Open the platform again: read-only off, then job stop off.
    Reopen(ReopenArguments),
    /// Write the evidence of the newest procedure for the change ticket, as a new folder in the folder of --output: timeline,
    /// job lists, report and SHA-256 sums. No platform is asked.
    Evidence(EvidenceArguments),
    /// Test the connection step by step, without changing anything.
    Test,
    /// The saved connections, which the window and this program share.
    #[command(subcommand)]
    Connections(ConnectionsCommand),
    /// Run the practice platform until Ctrl-C.
    Practice(PracticeArguments),
}

/// Which switch.
#[derive(Debug, Args)]
pub(crate) struct ModeArguments {
    /// Which mode.
    pub(crate) mode: ModeName,
    /// Its new state.
    pub(crate) state: OnOff,
    /// Name of the connection (with --url: its host), to agree to what is refused otherwise: every switch on a
    /// production connection, and read-only while jobs run, while their number is unknown or while job stop is off.
    #[arg(long, value_name = "NAME")]
    pub(crate) confirm: Option<String>,
}

/// How to drain.
#[derive(Debug, Args)]
pub(crate) struct DrainArguments {
    /// Stop waiting after so long, as in 90m or "1h 30m". The modes stay as they are.
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(crate) timeout: Option<Duration>,
    /// What follows by itself when three lists in a row say that nothing runs.
    #[arg(long, value_enum, value_name = "STEP")]
    pub(crate) then: Option<Then>,
    /// Name of the connection (with --url: its host): needed on a production connection.
    #[arg(long, value_name = "NAME")]
    pub(crate) confirm: Option<String>,
}

/// The step after the drain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Then {
    /// Read-only mode on.
    ReadOnly,
}

/// How to open again.
#[derive(Debug, Args)]
pub(crate) struct ReopenArguments {
    /// Also while another program on this workstation drives the procedure of this connection.
    #[arg(long)]
    pub(crate) anyway: bool,
    /// Name of the connection (with --url: its host): needed on a production connection.
    #[arg(long, value_name = "NAME")]
    pub(crate) confirm: Option<String>,
}

/// Which report.
#[derive(Debug, Args)]
pub(crate) struct EvidenceArguments {
    /// Language of the report.
    #[arg(long, value_enum, value_name = "LANGUAGE", default_value = "ja")]
    pub(crate) language: LanguageName,
}

/// A language as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LanguageName {
    /// 日本語.
    Ja,
    /// English.
    En,
}

impl From<LanguageName> for Language {
    fn from(name: LanguageName) -> Self {
        match name {
            LanguageName::Ja => Self::Ja,
            LanguageName::En => Self::En,
        }
    }
}

/// A mode as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModeName {
    /// Server-side job stop: no new job starts, running ones go on to their end.
    JobStop,
    /// Read-only mode: every registration and update is refused, and every backyard stops.
    ReadOnly,
}

impl From<ModeName> for Mode {
    fn from(name: ModeName) -> Self {
        match name {
            ModeName::JobStop => Self::JobStop,
            ModeName::ReadOnly => Self::ReadOnly,
        }
    }
}

/// The state of a mode as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnOff {
    /// On.
    On,
    /// Off.
    Off,
}

/// Which practice platform.
#[derive(Debug, Args)]
pub(crate) struct PracticeArguments {
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) port: u16,
    /// The state to practise on.
    #[arg(long, value_name = "NAME", value_parser = scenario_names(), default_value = Scenario::OrdinaryNight.name())]
    pub(crate) scenario: String,
    /// Organizations; without it as many as the scenario has, as in the next two.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) organizations: Option<u32>,
    /// Workspaces in each organization.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) workspaces: Option<u32>,
    /// Jobs running at the start.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=2_000_000))]
    pub(crate) jobs: Option<u32>,
    /// How much faster than real time jobs live.
    #[arg(long, value_name = "X", value_parser = speed, default_value = "1")]
    pub(crate) speed: f64,
}

fn scenario_names() -> clap::builder::PossibleValuesParser {
    Scenario::ALL.map(Scenario::name).into()
}

fn duration(text: &str) -> Result<Duration, String> {
    let parsed: Result<SignedDuration, _> = text.parse();
    parsed
        .ok()
        .and_then(|duration| Duration::try_from(duration).ok())
        .ok_or_else(|| "a duration as in 30s, 90m or \"1h 30m\"".to_owned())
}

fn speed(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(speed) if speed.is_finite() && (0.0..=100_000.0).contains(&speed) => Ok(speed),
        _ => Err("a number from 0 to 100000".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn parse(line: &str) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(std::iter::once("itamctl").chain(line.split_whitespace()))
    }

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn options_may_stand_before_and_after_the_command() {
        for line in [
            "--url http://x --user u --format json --password-stdin status",
            "status --url http://x --user u --format json --password-stdin",
            "--format json --url http://x status --password-stdin --user u",
        ] {
            let shared = parse(line).expect(line).shared;
            assert_eq!(shared.format, Some(Format::Json), "{line}");
            assert!(shared.password_stdin, "{line}");
            let target = shared.target().expect(line);
            assert_eq!(target, Target::Address { url: "http://x".to_owned(), user: "u".to_owned() }, "{line}");
        }
    }

    #[test]
    fn the_limit_of_an_answer_stands_before_the_command_and_that_of_the_drain_behind_it() {
        let arguments = parse("--timeout 5 drain --timeout 2h").expect("both");
        assert_eq!(arguments.shared.timeout, Some(5));
        let Command::Drain(drain) = arguments.command else { panic!("a drain") };
        assert_eq!(drain.timeout, Some(Duration::from_secs(7_200)));
    }

    #[test]
    fn a_password_is_never_an_argument() {
        for line in ["--password secret status", "status --password=secret", "status --pass secret"] {
            assert_eq!(parse(line).expect_err(line).exit_code(), 2, "{line}");
        }
    }

    #[test]
    fn what_is_not_known_is_wrong_use() {
        for line in [
            "",
            "drain-everything",
            "mode",
            "mode job-stop",
            "mode job-stop maybe",
            "mode both on",
            "status --format xml",
            "status --timeout 0",
            "practice --scenario nonsense",
            "practice --speed fast",
            "drain --timeout soon",
            "drain --timeout -5m",
            "drain --timeout 30",
            "status --timeout 5",
            "drain --then reopen",
            "reopen --then read-only",
            "evidence --language fr",
            "evidence --confirm x",
        ] {
            assert_eq!(parse(line).expect_err(line).exit_code(), 2, "{line}");
        }
    }

    #[test]
    fn the_language_of_the_evidence_is_chosen_and_japanese_without_a_choice() {
        for (line, expected) in [("evidence", LanguageName::Ja), ("evidence --language en", LanguageName::En)] {
            let Command::Evidence(arguments) = parse(line).expect(line).command else { panic!("{line}") };
            assert_eq!(arguments.language, expected, "{line}");
        }
    }

    #[test]
    fn help_and_version_are_no_mistake() {
        for line in ["--help", "--version", "jobs --help"] {
            assert_eq!(parse(line).expect_err(line).exit_code(), 0, "{line}");
        }
    }
}
