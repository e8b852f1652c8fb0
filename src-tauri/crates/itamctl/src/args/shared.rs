//! Options of every command.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use ita_core::client::Limits;
use ita_core::domain::connection::{CertificatePolicy, LoginWay, ZoneSetting};
use ita_core::export::CsvPreset;
use ita_core::log::Scrubber;

use crate::exit::Failure;

/// Which platform, how to reach it, and where what is read goes. Each may stand before or after the command, except the time
/// limit: behind `drain` that word is about the drain.
#[derive(Debug, Default, Args)]
pub(crate) struct Shared {
    /// A connection that is saved in ITA Maintenance, by its name.
    #[arg(long, value_name = "NAME", global = true, help_heading = "Platform")]
    pub(crate) connection: Option<String>,
    /// Address of the system administrators' site, for this call only.
    #[arg(long, value_name = "URL", global = true, help_heading = "Platform")]
    pub(crate) url: Option<String>,
    /// The platform's user, with --url.
    #[arg(long, value_name = "USER", global = true, help_heading = "Platform")]
    pub(crate) user: Option<String>,
    /// Read the password from stdin: all of it, without a line end at its end.
    #[arg(long, global = true, help_heading = "Platform")]
    pub(crate) password_stdin: bool,
    /// Trust the authorities in this file, and no others.
    #[arg(long, value_name = "PEM", global = true, help_heading = "Platform")]
    pub(crate) ca_file: Option<PathBuf>,
    /// Trust the one certificate with this SHA-256 fingerprint.
    #[arg(long, value_name = "SHA256", global = true, help_heading = "Platform")]
    pub(crate) pin: Option<String>,
    /// How to log in: by token with Basic as the fallback, or by one of them.
    #[arg(long, value_enum, value_name = "WAY", global = true, help_heading = "Platform")]
    pub(crate) login: Option<Login>,
    /// Zone in which the platform labels its times: auto, UTC or an IANA name.
    #[arg(long, value_name = "ZONE", global = true, help_heading = "Platform")]
    pub(crate) timezone: Option<String>,
    /// Longest time for one answer, in seconds. Stands before the command.
    #[arg(long, value_name = "SECONDS", help_heading = "Platform",
          value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub(crate) timeout: Option<u32>,
    /// Write what is read to this file instead of stdout.
    #[arg(long, value_name = "FILE", global = true, help_heading = "Output")]
    pub(crate) output: Option<PathBuf>,
    /// How to write it; csv is for `jobs` and `connections list` [default: table].
    #[arg(long, value_enum, value_name = "FORMAT", global = true, help_heading = "Output")]
    pub(crate) format: Option<Format>,
    /// For whom a CSV is: excel (BOM, CRLF, no formulas) or script (LF, raw text) [default: excel].
    #[arg(long, value_enum, value_name = "PRESET", global = true, help_heading = "Output")]
    pub(crate) preset: Option<Preset>,
    /// Say on stderr how each exchange with the platform went.
    #[arg(long, short, global = true, help_heading = "Output")]
    pub(crate) verbose: bool,
    /// Knows the secrets of this call and keeps them out of what is said.
    #[arg(skip)]
    pub(crate) scrubber: Scrubber,
}

/// A way to write data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Table,
    /// Comma-separated.
    Csv,
    /// One JSON object.
    Json,
}

/// A CSV preset as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Preset {
    /// For spreadsheets.
    Excel,
    /// For programs.
    Script,
}

/// A login way as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Login {
    /// Token first, Basic where the platform does not offer tokens.
    Auto,
    /// Token only.
    Token,
    /// Basic only.
    Basic,
}

/// The platform that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A saved connection.
    Saved {
        /// Its name.
        name: String,
    },
    /// An address for this call only.
    Address {
        /// As typed.
        url: String,
        /// Platform user.
        user: String,
    },
}

impl Shared {
    /// Which platform is meant. None is assumed, the practice platform least of all.
    pub(crate) fn target(&self) -> Result<Target, Failure> {
        match (&self.connection, &self.url, &self.user) {
            (Some(_), Some(_), _) => {
                Err(Failure::usage("--connection and --url exclude each other: give one of them."))
            }
            (Some(_), None, Some(_)) => {
                Err(Failure::usage("--user belongs to --url: a saved connection has its own user."))
            }
            (Some(name), None, None) => Ok(Target::Saved { name: name.clone() }),
            (None, Some(url), Some(user)) => Ok(Target::Address { url: url.clone(), user: user.clone() }),
            (None, Some(_), None) => Err(Failure::usage("--url needs --user: the platform's user to log in as.")),
            (None, None, Some(_)) => Err(Failure::usage("--user needs --url: the address of the platform.")),
            (None, None, None) => Err(Failure::usage(
                "No platform is given. Name a saved connection with --connection, or give --url and --user. \
                 `itamctl practice` starts a platform to practise on.",
            )),
        }
    }

    /// Whom to trust, if anything was said about it.
    pub(crate) fn certificate(&self) -> Result<Option<CertificatePolicy>, Failure> {
        match (&self.ca_file, &self.pin) {
            (Some(_), Some(_)) => Err(Failure::usage("--ca-file and --pin exclude each other: give one of them.")),
            (Some(file), None) => {
                let path = std::path::absolute(file).unwrap_or_else(|_| file.clone());
                Ok(Some(CertificatePolicy::CaFile { path: path.to_string_lossy().into_owned() }))
            }
            (None, Some(pin)) => {
                Ok(Some(CertificatePolicy::Pinned { sha256: pin.clone(), accept_expired: false, leaf: None }))
            }
            (None, None) => Ok(None),
        }
    }

    /// How to log in, if anything was said about it.
    pub(crate) fn login(&self) -> Option<LoginWay> {
        self.login.map(|login| match login {
            Login::Auto => LoginWay::Automatic,
            Login::Token => LoginWay::Token,
            Login::Basic => LoginWay::Basic,
        })
    }

    /// The platform's zone, if anything was said about it.
    pub(crate) fn zone(&self) -> Option<ZoneSetting> {
        self.timezone.as_ref().map(|zone| {
            if zone.eq_ignore_ascii_case("auto") {
                ZoneSetting::Automatic
            } else {
                ZoneSetting::Zone { name: zone.clone() }
            }
        })
    }

    /// How long an answer may take.
    pub(crate) fn limits(&self) -> Limits {
        let seconds = self.timeout.map(|seconds| Duration::from_secs(u64::from(seconds)));
        seconds.map_or_else(Limits::default, Limits::of_exchange)
    }

    /// How `jobs` writes. A preset alone means CSV.
    pub(crate) fn jobs_format(&self) -> Result<Format, Failure> {
        match (self.format, self.preset) {
            (Some(Format::Csv) | None, Some(_)) => Ok(Format::Csv),
            (Some(_), Some(_)) => Err(Failure::usage("--preset is about CSV: leave it out or use --format csv.")),
            (format, None) => Ok(format.unwrap_or_default()),
        }
    }

    /// Whether a command without rows writes JSON.
    pub(crate) fn is_json(&self) -> Result<bool, Failure> {
        match self.jobs_format()? {
            Format::Csv => Err(Failure::usage("Only `jobs` can be written as CSV: use --format table or json.")),
            format => Ok(format == Format::Json),
        }
    }

    /// For whom a CSV is.
    pub(crate) fn preset(&self) -> CsvPreset {
        match self.preset {
            Some(Preset::Script) => CsvPreset::Script,
            Some(Preset::Excel) | None => CsvPreset::Excel,
        }
    }

    /// Whether a platform, or a way to one, was named at all.
    pub(crate) fn names_platform(&self) -> bool {
        let Self { connection, url, user, password_stdin, ca_file, pin, login, .. } = self;
        let ways = [ca_file.is_some(), pin.is_some(), login.is_some(), *password_stdin];
        connection.is_some() || url.is_some() || user.is_some() || ways.contains(&true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_platform_is_assumed() {
        let refused = Shared::default().target().expect_err("nothing was named");
        assert!(matches!(&refused, Failure::Usage(text) if text.contains("--connection")), "{refused:?}");
    }

    #[test]
    fn what_does_not_go_together_is_said() {
        for shared in [
            Shared { connection: Some("a".into()), url: Some("b".into()), ..Shared::default() },
            Shared { connection: Some("a".into()), user: Some("b".into()), ..Shared::default() },
            Shared { url: Some("a".into()), ..Shared::default() },
            Shared { user: Some("a".into()), ..Shared::default() },
        ] {
            assert!(matches!(shared.target(), Err(Failure::Usage(_))), "{shared:?}");
        }
        let both = Shared { pin: Some("a".into()), ca_file: Some("b".into()), ..Shared::default() };
        assert!(matches!(both.certificate(), Err(Failure::Usage(_))));
    }

    #[test]
    fn a_preset_means_csv_and_only_jobs_have_it() {
        let preset = Shared { preset: Some(Preset::Script), ..Shared::default() };
        assert_eq!(preset.jobs_format().expect("csv"), Format::Csv);
        assert!(preset.is_json().is_err());
        let both = Shared { format: Some(Format::Json), ..preset };
        assert!(both.jobs_format().is_err());
        assert_eq!(Shared::default().jobs_format().expect("a table"), Format::Table);
    }

    #[test]
    fn a_time_limit_is_for_the_whole_answer() {
        let limits = Shared { timeout: Some(3), ..Shared::default() }.limits();
        let three = Duration::from_secs(3);
        assert_eq!([limits.connect, limits.first_byte, limits.silence, limits.whole, limits.whole_jobs], [three; 5]);
        assert_eq!(Shared::default().limits(), Limits::default());
    }
}
