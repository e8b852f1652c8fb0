//! Options of `connections`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use ita_core::domain::connection::{Environment, SecretPlace};
use ita_core::services::connections::Clash;

/// What to do with the saved connections.
#[derive(Debug, Subcommand)]
pub(crate) enum ConnectionsCommand {
    /// List them. No password is read.
    List,
    /// Save a new one, with --url and --user; --ca-file, --pin, --login and --timezone are kept with it.
    Add(AddArguments),
    /// Remove one, and its password from the keyring.
    Remove(RemoveArguments),
    /// Write all of them as a file to hand on, without passwords.
    Export,
    /// Add those of such a file: all of them, or none if one cannot be used.
    Import(ImportArguments),
}

/// Which connection is saved.
#[derive(Debug, Args)]
pub(crate) struct AddArguments {
    /// Its name.
    pub(crate) name: String,
    /// What it is; a production connection asks for more confirmation.
    #[arg(long, value_enum, value_name = "ENVIRONMENT")]
    pub(crate) environment: EnvironmentName,
    /// Where its password lives; only for the keyring can it be given here.
    #[arg(long, value_enum, value_name = "PLACE", default_value = "keyring")]
    pub(crate) secret: SecretName,
}

/// Which connection is removed.
#[derive(Debug, Args)]
pub(crate) struct RemoveArguments {
    /// Its name.
    pub(crate) name: String,
    /// Its name again, to agree to the removal of a production connection.
    #[arg(long, value_name = "NAME")]
    pub(crate) confirm: Option<String>,
}

/// Which file, and what with names that are taken.
#[derive(Debug, Args)]
pub(crate) struct ImportArguments {
    /// The file; - is stdin.
    pub(crate) file: PathBuf,
    /// What becomes of a connection whose name is taken; without it nothing is imported then.
    #[arg(long, value_enum, value_name = "HOW")]
    pub(crate) clash: Option<ClashName>,
    /// Show what would be imported, and write nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// An environment as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EnvironmentName {
    /// 開発.
    Development,
    /// 検証.
    Staging,
    /// 本番.
    Production,
}

impl From<EnvironmentName> for Environment {
    fn from(name: EnvironmentName) -> Self {
        match name {
            EnvironmentName::Development => Self::Development,
            EnvironmentName::Staging => Self::Staging,
            EnvironmentName::Production => Self::Production,
        }
    }
}

/// A place for a password as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SecretName {
    /// The keyring of the operating system.
    Keyring,
    /// The window, until it is closed.
    Session,
    /// Nowhere: it is asked for each time.
    Ask,
}

impl From<SecretName> for SecretPlace {
    fn from(name: SecretName) -> Self {
        match name {
            SecretName::Keyring => Self::Keyring,
            SecretName::Session => Self::Session,
            SecretName::Ask => Self::Ask,
        }
    }
}

/// What becomes of a taken name, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ClashName {
    /// Leave that connection out.
    Skip,
    /// Save it under the next free name.
    Rename,
}

impl From<ClashName> for Clash {
    fn from(name: ClashName) -> Self {
        match name {
            ClashName::Skip => Self::Skip,
            ClashName::Rename => Self::Rename,
        }
    }
}
