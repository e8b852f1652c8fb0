//! Connections in a file that is handed to somebody else: every setting, no secret, and nothing that only the sender's
//! workstation knows (identity, proven offset, a stop after a refused login, what a pinned certificate said of itself).

use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{checked_draft, Connections};
use crate::client;
use crate::domain::connection::{
    CertificatePolicy, Connection, ConnectionDraft, Environment, LoginWay, ProxyPolicy, SecretPlace, ZoneSetting,
};
use crate::domain::problem::{Problem, ProblemCode};

/// What the file says it is.
const FORMAT: &str = "ita-maintenance-connections";
/// Version of its shape.
const VERSION: u64 = 1;
/// Larger files are not ours, in bytes.
const LARGEST: u64 = 1024 * 1024;
/// More connections are nobody's list, and would fill our own file.
const MOST: usize = 500;

/// What happens to a connection whose name is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clash {
    /// It is left out.
    Skip,
    /// It takes the next free name, such as `night (2)`.
    Rename,
}

/// A connection of the file and what becomes of it here.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// As it is or would be saved: with an identity of its own and a name that is free, unless it is left out.
    pub connection: Connection,
    /// Its name in the file.
    pub name: String,
    /// Its name was taken, here or earlier in the file.
    pub clashes: bool,
    /// It is not saved.
    pub is_skipped: bool,
}

#[derive(Serialize, Deserialize)]
struct Document {
    format: String,
    version: u64,
    connections: Vec<Shared>,
}

/// A connection as it is handed on. Every part is there, so that a reader of the file sees what it does.
#[derive(Serialize, Deserialize)]
struct Shared {
    name: String,
    address: String,
    environment: Environment,
    user: String,
    secret_place: SecretPlace,
    login: LoginWay,
    certificate: CertificatePolicy,
    proxy: ProxyPolicy,
    poll_seconds: Option<u16>,
    zone: ZoneSetting,
}

impl Connections {
    /// All saved connections as a file to hand on.
    pub fn export(&self) -> Result<String, Problem> {
        let connections = self.list()?.connections.into_iter().map(Shared::from).collect();
        let document = Document { format: FORMAT.to_owned(), version: VERSION, connections };
        let mut text = serde_json::to_string_pretty(&document)
            .map_err(|error| Problem::because(ProblemCode::Internal, error.to_string()))?;
        text.push('\n');
        Ok(text)
    }

    /// What [`Self::import`] would do; nothing is written.
    pub fn preview_import(&self, text: &[u8], clash: Clash) -> Result<Vec<Imported>, Problem> {
        Ok(judged(parsed(text)?, &self.list()?.connections, clash))
    }

    /// Adds the connections of such a file, all or none. Saved ones stay as they are. [`ProblemCode::ImportRefused`] with
    /// the place in the file where one part of it cannot be used.
    pub fn import(&self, text: &[u8], clash: Clash) -> Result<Vec<Imported>, Problem> {
        let given = parsed(text)?;
        self.file.change(self.clock.now(), |all| {
            let imported = judged(given, all, clash);
            all.extend(imported.iter().filter(|it| !it.is_skipped).map(|it| it.connection.clone()));
            Ok(imported)
        })
    }
}

/// Reads such a file, no further than a file of ours can be long.
pub fn read_shared(path: &Path) -> Result<Vec<u8>, Problem> {
    let file = File::open(path).map_err(|error| refused(format!("{}: {error}", path.display())))?;
    read_shared_from(file)
}

/// As [`read_shared`], from anywhere.
pub fn read_shared_from(reader: impl Read) -> Result<Vec<u8>, Problem> {
    let mut text = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut text).map_err(|error| refused(error.to_string()))?;
    if text.len() as u64 > LARGEST {
        let mut problem = refused("too large");
        problem.facts.limit = Some(LARGEST);
        return Err(problem);
    }
    Ok(text)
}

/// The connections of a file, each as it would be saved.
fn parsed(text: &[u8]) -> Result<Vec<Connection>, Problem> {
    let given: Value = serde_json::from_slice(text).map_err(|error| refused(error.to_string()))?;
    if given.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(refused(format!("format is not {FORMAT}")));
    }
    match given.get("version").and_then(Value::as_u64) {
        Some(VERSION) => {}
        Some(version) => return Err(refused(format!("version {version}, not {VERSION}"))),
        None => return Err(refused("version is missing")),
    }
    let document = Document::deserialize(&given).map_err(|error| refused(error.to_string()))?;
    let understood = serde_json::to_value(&document).map_err(|error| refused(error.to_string()))?;
    if let Some(path) = not_understood(&given, &understood) {
        return Err(refused(format!("unknown field {path}")));
    }
    if document.connections.len() > MOST {
        return Err(refused(format!("more than {MOST} connections")));
    }
    let connections = document.connections.into_iter().enumerate();
    connections.map(|(index, shared)| checked(shared).map_err(|problem| at(index, &problem))).collect()
}

/// The path of a field that the reading of `given` has left out. A setting that is passed over in silence may be the one
/// that its sender relies on.
fn not_understood(given: &Value, understood: &Value) -> Option<String> {
    match (given, understood) {
        (Value::Object(given), Value::Object(understood)) => given.iter().find_map(|(key, value)| {
            let inner = understood.get(key).map_or_else(|| Some(String::new()), |it| not_understood(value, it))?;
            Some(format!(".{key}{inner}"))
        }),
        (Value::Array(given), Value::Array(understood)) => given
            .iter()
            .zip(understood)
            .enumerate()
            .find_map(|(index, (value, it))| not_understood(value, it).map(|inner| format!("[{index}]{inner}"))),
        _ => None,
    }
}

/// By the rules of the form, and those that a form keeps by what it offers.
fn checked(shared: Shared) -> Result<Connection, Problem> {
    if shared.environment == Environment::Practice {
        return Err(refused("environment")); // a real platform must not look like an exercise
    }
    if matches!(&shared.certificate, CertificatePolicy::CaFile { path } if path.chars().any(char::is_control)) {
        return Err(refused("ca_file"));
    }
    let connection = checked_draft(shared.into())?;
    client::check_proxy(&connection.proxy)?;
    Ok(connection)
}

/// Which of them are saved, and as what. A name that came earlier in the file is taken, too.
fn judged(given: Vec<Connection>, saved: &[Connection], clash: Clash) -> Vec<Imported> {
    let mut taken: HashSet<String> = saved.iter().map(|it| it.name.clone()).collect();
    let judge = |mut connection: Connection| {
        let name = connection.name.clone();
        let clashes = taken.contains(&name);
        let is_skipped = clashes && clash == Clash::Skip;
        if clashes && clash == Clash::Rename {
            connection.name = free_name(&name, &taken);
        }
        taken.insert(connection.name.clone());
        Imported { connection, name, clashes, is_skipped }
    };
    given.into_iter().map(judge).collect()
}

fn free_name(name: &str, taken: &HashSet<String>) -> String {
    let mut number = 1;
    loop {
        number += 1;
        let end = format!(" ({number})");
        // A name of full length gives up its end, not its rule.
        let kept = name.chars().take(super::LONGEST_TEXT - end.chars().count());
        let candidate: String = kept.chain(end.chars()).collect();
        if !taken.contains(&candidate) {
            return candidate;
        }
    }
}

/// What the sender saw of a pinned certificate is not evidence here; the pin itself is.
fn without_leaf(certificate: CertificatePolicy) -> CertificatePolicy {
    match certificate {
        CertificatePolicy::Pinned { sha256, accept_expired, .. } => {
            CertificatePolicy::Pinned { sha256, accept_expired, leaf: None }
        }
        other => other,
    }
}

/// One that cannot be used serves nobody, and a password in it would be handed on.
fn usable_proxy(proxy: ProxyPolicy) -> ProxyPolicy {
    match client::check_proxy(&proxy) {
        Ok(()) => proxy,
        Err(_) => ProxyPolicy::None,
    }
}

impl From<Connection> for Shared {
    fn from(connection: Connection) -> Self {
        Self {
            name: connection.name,
            address: connection.address,
            environment: connection.environment,
            user: connection.user,
            secret_place: connection.secret_place,
            login: connection.login,
            certificate: without_leaf(connection.certificate),
            proxy: usable_proxy(connection.proxy),
            poll_seconds: connection.poll_seconds,
            zone: connection.zone,
        }
    }
}

impl From<Shared> for ConnectionDraft {
    fn from(shared: Shared) -> Self {
        Self {
            id: None,
            name: shared.name,
            address: shared.address,
            environment: shared.environment,
            user: shared.user,
            secret_place: shared.secret_place,
            login: shared.login,
            certificate: without_leaf(shared.certificate),
            proxy: shared.proxy,
            poll_seconds: shared.poll_seconds,
            zone: shared.zone,
        }
    }
}

fn refused(reason: impl Into<String>) -> Problem {
    Problem::because(ProblemCode::ImportRefused, reason)
}

fn at(index: usize, problem: &Problem) -> Problem {
    let reason = problem.facts.reason.as_deref().unwrap_or("address");
    let rule = if problem.code == ProblemCode::AddressInvalid { "address: " } else { "" };
    refused(format!(".connections[{index}]: {rule}{reason}"))
}
