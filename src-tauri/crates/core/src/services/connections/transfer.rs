//! Connections in a file that is handed to somebody else: every setting, no secret, and nothing that only the sender's
//! workstation knows (identity, proven offset, a stop after a refused login, what a pinned certificate said of itself).

use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{checked_draft, Connections};
use crate::client;
use crate::domain::connection::{
    CertificatePolicy, Connection, ConnectionDraft, ConnectionId, Environment, LoginWay, ProxyPolicy, SecretPlace,
    ZoneSetting,
};
use crate::domain::problem::{Problem, ProblemCode};
use crate::export::file::{self, Target};
use crate::export::Stop;
use crate::settings::connections::unknown;

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

/// The connections of a file, each checked, and with the identity under which it would be saved.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SharedFile(Vec<Connection>);

/// A file of connections that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ConnectionsExport {
    /// Absolute path of the file.
    pub path: String,
    /// How many connections are in it.
    pub count: u32,
}

#[derive(Serialize, Deserialize)]
struct Document {
    format: String,
    version: u64,
    connections: Vec<Shared>,
}

/// A connection as it is handed on. Every part is there, so that a reader of the file sees what it does.
#[derive(PartialEq, Serialize, Deserialize)]
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
        text_of(self.list()?.connections)
    }

    /// The same into the file that the user has chosen, whole or not at all.
    pub fn export_to(&self, path: &Path) -> Result<ConnectionsExport, Problem> {
        let connections = self.list()?.connections;
        let count = connections.len() as u32;
        let text = text_of(connections)?;
        let target = Target::File(path.to_owned());
        let path = file::write(&target, "", &Stop::default(), |out| out.write_all(text.as_bytes()))?;
        Ok(ConnectionsExport { path: path.display().to_string(), count })
    }

    /// What [`Self::import`] would do; nothing is written.
    pub fn preview_import(&self, given: &SharedFile, clash: Clash) -> Result<Vec<Imported>, Problem> {
        Ok(judged(given.clone(), &self.list()?.connections, clash))
    }

    /// Adds the connections of such a file, all or none. Saved ones stay as they are.
    pub fn import(&self, given: SharedFile, clash: Clash) -> Result<Vec<Imported>, Problem> {
        self.import_those(given, clash, |_| true)
    }

    /// Adds some of them, all or none, each under the name that [`Self::preview_import`] told with [`Clash::Rename`],
    /// whichever others are chosen. Returns those that were added.
    pub fn import_chosen(&self, given: SharedFile, chosen: &[ConnectionId]) -> Result<Vec<Connection>, Problem> {
        if let Some(id) = chosen.iter().find(|id| !given.0.iter().any(|it| it.id == **id)) {
            return Err(unknown(id));
        }
        let imported = self.import_those(given, Clash::Rename, |it| chosen.contains(&it.id))?;
        Ok(imported.into_iter().filter(|it| !it.is_skipped).map(|it| it.connection).collect())
    }

    fn import_those(
        &self,
        given: SharedFile,
        clash: Clash,
        is_chosen: impl Fn(&Connection) -> bool,
    ) -> Result<Vec<Imported>, Problem> {
        self.file.change(self.clock.now(), |all| {
            let mut imported = judged(given, all, clash);
            for it in &mut imported {
                it.is_skipped |= !is_chosen(&it.connection);
            }
            all.extend(imported.iter().filter(|it| !it.is_skipped).map(|it| it.connection.clone()));
            Ok(imported)
        })
    }
}

impl SharedFile {
    /// [`ProblemCode::ImportRefused`] with the place in the file where one part of it cannot be used.
    pub fn of(text: &[u8]) -> Result<Self, Problem> {
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
        let checked = connections.map(|(index, shared)| checked(shared).map_err(|problem| at(index, &problem)));
        checked.collect::<Result<_, _>>().map(Self)
    }
}

fn text_of(connections: Vec<Connection>) -> Result<String, Problem> {
    let connections = connections.into_iter().map(Shared::from).collect();
    let document = Document { format: FORMAT.to_owned(), version: VERSION, connections };
    let mut text = serde_json::to_string_pretty(&document)
        .map_err(|error| Problem::because(ProblemCode::Internal, error.to_string()))?;
    text.push('\n');
    Ok(text)
}

/// Whether two connections would be handed on as the same.
pub(super) fn is_same(one: &Connection, other: &Connection) -> bool {
    Shared::from(one.clone()) == Shared::from(other.clone())
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
fn judged(SharedFile(given): SharedFile, saved: &[Connection], clash: Clash) -> Vec<Imported> {
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
