//! Saved connections, and what becomes of those of a file.

use std::io;

use ita_core::domain::connection::{CertificatePolicy, Connection, ConnectionId, Environment, SecretPlace};
use ita_core::domain::problem::Problem;
use ita_core::export::{csv_line, CsvPreset};
use ita_core::services::connections::Imported;
use ita_core::text::visible;
use serde::Serialize;

use super::not_written;
use super::table::{pairs, Columns};

const KEYS: [&str; 6] = ["name", "environment", "address", "user", "secret_place", "certificate"];

/// The object of `connections list` and `connections add`.
#[derive(Debug, Serialize)]
pub(crate) struct List<'a> {
    connections: Vec<Saved<'a>>,
}

/// The object of `connections import`.
#[derive(Debug, Serialize)]
pub(crate) struct Import<'a> {
    connections: Vec<Incoming<'a>>,
}

/// The object of `connections remove`.
#[derive(Debug, Serialize)]
pub(crate) struct Removed<'a> {
    pub(crate) removed: &'a str,
}

#[derive(Debug, Serialize)]
struct Saved<'a> {
    id: &'a ConnectionId,
    #[serde(flatten)]
    shown: Shown<'a>,
    stopped_by_refused_login: bool,
}

#[derive(Debug, Serialize)]
struct Incoming<'a> {
    name_in_file: &'a str,
    outcome: &'static str,
    #[serde(flatten)]
    shown: Shown<'a>,
}

#[derive(Debug, Serialize)]
struct Shown<'a> {
    name: &'a str,
    environment: Environment,
    address: &'a str,
    user: &'a str,
    secret_place: SecretPlace,
    certificate: &'a CertificatePolicy,
}

impl<'a> Shown<'a> {
    fn of(connection: &'a Connection) -> Self {
        Self {
            name: &connection.name,
            environment: connection.environment,
            address: &connection.address,
            user: &connection.user,
            secret_place: connection.secret_place,
            certificate: &connection.certificate,
        }
    }
}

impl<'a> List<'a> {
    pub(crate) fn of(connections: &'a [Connection]) -> Self {
        let saved = connections.iter().map(|it| Saved {
            id: &it.id,
            shown: Shown::of(it),
            stopped_by_refused_login: it.stopped_by_refused_login,
        });
        Self { connections: saved.collect() }
    }
}

impl<'a> Import<'a> {
    pub(crate) fn of(imported: &'a [Imported]) -> Self {
        let incoming = imported.iter().map(|it| Incoming {
            name_in_file: &it.name,
            outcome: outcome(it),
            shown: Shown::of(&it.connection),
        });
        Self { connections: incoming.collect() }
    }
}

impl Removed<'_> {
    pub(crate) fn rendered(&self) -> String {
        pairs(&[("Removed", self.removed.to_owned())])
    }
}

/// What becomes of a connection of a file.
const fn outcome(imported: &Imported) -> &'static str {
    match (imported.is_skipped, imported.clashes) {
        (true, _) => "skipped",
        (false, true) => "renamed",
        (false, false) => "added",
    }
}

/// Saved connections for people.
pub(crate) fn table(connections: &[Connection]) -> Result<String, Problem> {
    let header = KEYS.map(heading).to_vec();
    columns(header, connections.iter().map(|it| cells(it).map(|cell| visible(&cell)).to_vec()))
}

/// Connections of a file for people.
pub(crate) fn imported(imported: &[Imported]) -> Result<String, Problem> {
    let header = ["OUTCOME", "IN FILE"].map(str::to_owned).into_iter().chain(KEYS.map(heading)).collect();
    let line = |it: &Imported| {
        let shown = cells(&it.connection).map(|cell| visible(&cell));
        [outcome(it).to_owned(), visible(&it.name)].into_iter().chain(shown).collect()
    };
    columns(header, imported.iter().map(line))
}

/// Saved connections for programs.
pub(crate) fn csv(connections: &[Connection], preset: CsvPreset) -> String {
    let mut out = csv_line(preset, true, &KEYS);
    for connection in connections {
        out += &csv_line(preset, false, &cells(connection));
    }
    out
}

fn columns(header: Vec<String>, lines: impl Iterator<Item = Vec<String>>) -> Result<String, Problem> {
    let lines: Vec<Vec<String>> = std::iter::once(header).chain(lines).collect();
    let columns = Columns::fitting(lines.iter().map(Vec::as_slice));
    let mut out = Vec::new();
    let written: io::Result<()> = lines.iter().try_for_each(|line| columns.write(line, &mut out));
    written.map_err(|error| not_written(&"table", &error))?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn heading(key: &str) -> String {
    key.replace('_', " ").to_uppercase()
}

fn cells(connection: &Connection) -> [String; 6] {
    let certificate = match &connection.certificate {
        CertificatePolicy::System => "system".to_owned(),
        CertificatePolicy::CaFile { path } => format!("ca_file {path}"),
        CertificatePolicy::Pinned { sha256, accept_expired: false, .. } => format!("pinned {sha256}"),
        CertificatePolicy::Pinned { sha256, accept_expired: true, .. } => format!("pinned {sha256}, may be expired"),
    };
    [
        connection.name.clone(),
        environment(connection.environment).to_owned(),
        connection.address.clone(),
        connection.user.clone(),
        secret_place(connection.secret_place).to_owned(),
        certificate,
    ]
}

const fn environment(environment: Environment) -> &'static str {
    match environment {
        Environment::Development => "development",
        Environment::Staging => "staging",
        Environment::Production => "production",
        Environment::Practice => "practice",
    }
}

const fn secret_place(place: SecretPlace) -> &'static str {
    match place {
        SecretPlace::Keyring => "keyring",
        SecretPlace::Session => "session",
        SecretPlace::Ask => "ask",
    }
}
