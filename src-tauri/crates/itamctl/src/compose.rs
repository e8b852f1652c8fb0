//! The composition root: joins the core's ports with the system, and finds the connection that a call is about.

use std::sync::Arc;

use ita_core::credentials::{KeyringStore, SessionStore};
use ita_core::domain::address;
use ita_core::domain::connection::{
    Connection, ConnectionDraft, ConnectionId, Environment, LoginWay, ProxyPolicy, SecretPlace, ZoneSetting,
};
use ita_core::domain::procedure::Frontend;
use ita_core::journal::{workstation_user, Journal};
use ita_core::ports::{Clock, EventSink, SystemClock};
use ita_core::services::connections::{checked_draft, Connections};
use ita_core::services::console::{Console, Parts};
use ita_core::settings::connections::ConnectionsFile;
use ita_core::settings::lives::LifeFiles;
use ita_core::settings::paths::Paths;
use ita_core::settings::procedures::ProcedureFiles;
use secrecy::SecretString;

use crate::args::{Shared, Target};
use crate::exit::Failure;
use crate::messages;
use crate::secrets;

/// Everything a command needs to speak with one platform.
pub(crate) struct Composed {
    /// The core, with nothing open.
    pub(crate) console: Console,
    /// The connection, as this call uses it.
    pub(crate) connection: Connection,
    /// The password that was given for this call; none: it is where the connection keeps it.
    pub(crate) password: Option<SecretString>,
    /// The workstation's clock.
    pub(crate) clock: Arc<dyn Clock>,
}

/// Finds the connection and its password, and joins the rest. Nothing is asked of a platform.
pub(crate) fn compose(shared: &Shared, events: Arc<dyn EventSink>) -> Result<Composed, Failure> {
    let Composed { console, connection, clock, .. } = compose_without_password(shared, events)?;
    let password = secrets::given(shared.password_stdin)?;
    if password.is_none() && connection.secret_place != SecretPlace::Keyring {
        return Err(Failure::usage(format!(
            "No password is given for {}. Use --password-stdin or the environment variable {}.",
            connection.name,
            secrets::VARIABLE
        )));
    }
    Ok(Composed { console, connection: for_this_call(connection, password.is_some()), password, clock })
}

/// The same for what asks no platform at all.
pub(crate) fn compose_without_password(shared: &Shared, events: Arc<dyn EventSink>) -> Result<Composed, Failure> {
    let target = shared.target()?;
    let certificate = shared.certificate()?;
    let paths = paths()?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let connections = connections(&paths, &clock);
    let mut connection = match target {
        Target::Saved { name } => saved(&connections, &name)?,
        Target::Address { url, user } => unsaved(&url, user)?,
    };
    connection.certificate = certificate.unwrap_or(connection.certificate);
    connection.login = shared.login().unwrap_or(connection.login);
    connection.zone = shared.zone().unwrap_or(connection.zone);
    let connection = checked(connection)?;
    let console = Console::new(Parts {
        frontend: Frontend::CommandLine,
        clock: Arc::clone(&clock),
        events,
        connections,
        journal: Journal::new(paths.journal(), workstation_user()),
        procedures: ProcedureFiles::new(paths.procedures()),
        lives: LifeFiles::new(paths.job_lives()),
        limits: shared.limits(),
        scrubber: shared.scrubber.clone(),
    });
    Ok(Composed { console, connection, password: None, clock })
}

/// The saved connections alone.
pub(crate) fn saved_connections() -> Result<Connections, Failure> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    Ok(connections(&paths()?, &clock))
}

/// What is kept beside a connection that was deleted.
pub(crate) fn forget(id: &ConnectionId) -> Result<(), Failure> {
    procedures()?.forget(id);
    LifeFiles::new(paths()?.job_lives()).forget(id);
    Ok(())
}

/// The procedures of the saved connections.
pub(crate) fn procedures() -> Result<ProcedureFiles, Failure> {
    Ok(ProcedureFiles::new(paths()?.procedures()))
}

fn paths() -> Result<Paths, Failure> {
    Paths::of_user().ok_or_else(|| Failure::usage("No home folder is known: set HOME."))
}

fn connections(paths: &Paths, clock: &Arc<dyn Clock>) -> Connections {
    Connections::new(
        ConnectionsFile::new(paths.connections()),
        Arc::new(KeyringStore::new()),
        Arc::new(SessionStore::default()),
        ProcedureFiles::new(paths.procedures()),
        Arc::clone(clock),
    )
}

/// The same connection as the form would send it.
pub(crate) fn draft(connection: Connection) -> ConnectionDraft {
    ConnectionDraft {
        id: Some(connection.id),
        name: connection.name,
        address: connection.address,
        environment: connection.environment,
        user: connection.user,
        secret_place: connection.secret_place,
        login: connection.login,
        certificate: connection.certificate,
        proxy: connection.proxy,
        poll_seconds: connection.poll_seconds,
        zone: connection.zone,
    }
}

/// The saved connection of this name.
pub(crate) fn saved(connections: &Connections, name: &str) -> Result<Connection, Failure> {
    let loaded = connections.list()?;
    if let Some(problem) = &loaded.problem {
        messages::warn(problem);
    }
    let names: Vec<_> = loaded.connections.iter().map(|saved| format!("\"{}\"", saved.name)).collect();
    loaded.connections.into_iter().find(|saved| saved.name == name).ok_or_else(|| {
        let known = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        Failure::usage(format!("No connection \"{name}\" is saved. Saved are: {known}. Give one of them, or --url."))
    })
}

/// A connection for one call. It counts as staging, and its host is its name.
fn unsaved(url: &str, user: String) -> Result<Connection, Failure> {
    let address = address::normalise(url)?;
    messages::tell_address(&address);
    let host = address.origin.split_once("://").map_or(address.origin.as_str(), |(_, rest)| rest);
    let name =
        host.rsplit_once(':').filter(|(_, port)| port.chars().all(|c| c.is_ascii_digit())).map_or(host, |it| it.0);
    Ok(Connection {
        id: ConnectionId::of_origin(&address.origin),
        name: name.to_owned(),
        environment: Environment::Staging,
        user,
        secret_place: SecretPlace::Ask,
        login: LoginWay::Automatic,
        certificate: ita_core::domain::connection::CertificatePolicy::System,
        proxy: ProxyPolicy::None,
        poll_seconds: None,
        zone: ZoneSetting::Automatic,
        proven_offset_minutes: None,
        stopped_by_refused_login: false,
        address: address.origin,
    })
}

/// Options are checked by the rules of the form. What the product itself remembers of a connection stays.
fn checked(connection: Connection) -> Result<Connection, Failure> {
    let Connection { proven_offset_minutes, stopped_by_refused_login, .. } = connection;
    let checked = checked_draft(draft(connection))?;
    Ok(Connection { proven_offset_minutes, stopped_by_refused_login, ..checked })
}

/// A password that was given for this call is not kept. So it cannot vouch for the kept one either: a connection that a
/// refused login has stopped stays stopped for everybody who does not give a password.
fn for_this_call(connection: Connection, has_password: bool) -> Connection {
    if !has_password || connection.secret_place == SecretPlace::Ask {
        return connection;
    }
    Connection { secret_place: SecretPlace::Ask, stopped_by_refused_login: false, ..connection }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(url: &str) -> String {
        unsaved(url, "admin".to_owned()).expect("an address").name
    }

    #[test]
    fn an_address_counts_as_staging_and_is_called_by_its_host() {
        assert_eq!(name("https://ita.example.co.jp:8443/platform?x=1"), "ita.example.co.jp");
        assert_eq!(name("http://127.0.0.1:8081"), "127.0.0.1");
        assert_eq!(name("https://[::1]"), "[::1]");
        assert_eq!(name("https://[::1]:444"), "[::1]");
        assert_eq!(unsaved("https://x", "u".to_owned()).expect("an address").environment, Environment::Staging);
    }

    #[test]
    fn a_password_for_one_call_is_not_kept_and_frees_nothing() {
        let kept = Connection {
            secret_place: SecretPlace::Keyring,
            stopped_by_refused_login: true,
            ..unsaved("https://x", "u".to_owned()).expect("an address")
        };
        let used = for_this_call(kept.clone(), true);
        assert_eq!(used.secret_place, SecretPlace::Ask, "nothing goes to the keyring");
        assert!(!used.stopped_by_refused_login, "so its success does not clear the stop of the kept password");
        assert_eq!(for_this_call(kept.clone(), false), kept);
        let asked = Connection { secret_place: SecretPlace::Ask, ..kept };
        assert!(for_this_call(asked, true).stopped_by_refused_login, "where nothing is kept a success clears the stop");
    }
}
