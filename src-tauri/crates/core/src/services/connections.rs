//! Saved connections: list, save, delete. Secret and connection are two stores, written in the order whose leftover is
//! harmless (save: secret, then connection; delete: connection, then secret).

mod importing;
mod transfer;

use std::sync::Arc;

use secrecy::SecretString;
use uuid::Uuid;

use crate::domain::address;
use crate::domain::connection::{
    CertificatePolicy, Connection, ConnectionDraft, ConnectionId, SecretPlace, ZoneSetting,
};
use crate::domain::password;
use crate::domain::problem::{Problem, ProblemCode};
use crate::ports::{Clock, CredentialStore};
use crate::settings::connections::{ConnectionsFile, Loaded};
use crate::settings::procedures::ProcedureFiles;
use crate::trust::normalise_fingerprint;

pub use importing::{ImportCandidate, ImportPreview, Importing, NameStanding};
pub use transfer::{read_shared, read_shared_from, Clash, ConnectionsExport, Imported, SharedFile};

/// Shortest and longest poll interval in seconds (product §4).
const POLL_SECONDS: std::ops::RangeInclusive<u16> = 5..=300;
/// Longest name and user in characters.
const LONGEST_TEXT: usize = 200;

/// The use cases around saved connections.
#[derive(Clone)]
pub struct Connections {
    file: ConnectionsFile,
    keyring: Arc<dyn CredentialStore>,
    session: Arc<dyn CredentialStore>,
    procedures: ProcedureFiles,
    clock: Arc<dyn Clock>,
}

impl Connections {
    /// Over a file and the two places for secrets, beside the procedures that are under way.
    pub fn new(
        file: ConnectionsFile,
        keyring: Arc<dyn CredentialStore>,
        session: Arc<dyn CredentialStore>,
        procedures: ProcedureFiles,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { file, keyring, session, procedures, clock }
    }

    /// All of them.
    pub fn list(&self) -> Result<Loaded, Problem> {
        self.file.load(self.clock.now())
    }

    /// Whoever asked for the list has told what was wrong with its file.
    pub fn problem_told(&self) {
        self.file.problem_told();
    }

    /// One of them.
    pub fn find(&self, id: &ConnectionId) -> Result<Connection, Problem> {
        self.file.find(id, self.clock.now())
    }

    /// Why no keyring can be reached, if none can.
    pub async fn keyring_problem(&self) -> Option<Problem> {
        self.keyring.available().await.err()
    }

    /// The password of a connection from where it lives; `None`: it has to be asked for.
    pub async fn secret(&self, connection: &Connection) -> Result<Option<SecretString>, Problem> {
        match connection.secret_place {
            SecretPlace::Keyring => self.keyring.get(&connection.id).await,
            SecretPlace::Session => self.session.get(&connection.id).await,
            SecretPlace::Ask => Ok(None),
        }
    }

    /// As [`Self::secret`], and nobody is asked to unlock anything for it.
    pub(super) async fn secret_quietly(&self, connection: &Connection) -> Result<Option<SecretString>, Problem> {
        match connection.secret_place {
            SecretPlace::Keyring => self.keyring.get_quietly(&connection.id).await,
            SecretPlace::Session => self.session.get_quietly(&connection.id).await,
            SecretPlace::Ask => Ok(None),
        }
    }

    /// The password that is kept for this very login, if the connection is a saved one that still goes to the same
    /// address as the same user.
    pub async fn secret_of_same_login(&self, connection: &Connection) -> Result<Option<SecretString>, Problem> {
        let saved = self.list()?.connections.into_iter().find(|saved| saved.id == connection.id);
        match saved.filter(|saved| same_login(saved, connection) && !saved.stopped_by_refused_login) {
            Some(saved) => self.secret(&saved).await,
            None => Ok(None),
        }
    }

    /// Keeps a password that the platform has accepted, where the connection says. `Ask` keeps nothing.
    pub async fn keep_secret(&self, connection: &Connection, secret: SecretString) -> Result<(), Problem> {
        match connection.secret_place {
            SecretPlace::Keyring => self.keyring.set(&connection.id, secret).await,
            SecretPlace::Session => self.session.set(&connection.id, secret).await,
            SecretPlace::Ask => Ok(()),
        }
    }

    /// Creates or changes a connection. A changed address, user or place makes the kept password void: it belongs to
    /// the origin that it was given for. Reasons of `BadArgument`: those of [`checked_draft`] and [`password::check`].
    /// `ProcedureUnderWay`: the address stays where the connection's procedure is under way.
    pub async fn save(&self, draft: ConnectionDraft, password: Option<SecretString>) -> Result<Connection, Problem> {
        let before = match &draft.id {
            Some(id) => Some(self.find(id)?),
            None => None,
        };
        let connection = self.checked(draft, before.as_ref(), password.is_some())?;
        if let Some(password) = &password {
            password::check_for(connection.secret_place, password)?;
        }
        let has_password = password.is_some();
        let is_void = |before: &&Connection| !has_password && !same_login(before, &connection);
        if let Some(before) = before.as_ref().filter(is_void).filter(|it| it.secret_place == connection.secret_place) {
            // Before the new address is saved: a failure in between must not leave it with the old address's password.
            self.forget_secret(before).await?;
        }
        let mut replaced = None;
        if let Some(password) = password {
            if before.is_none() && connection.secret_place == SecretPlace::Keyring {
                self.note_leftover(&connection.id)?;
            }
            if before.is_some() {
                // An entry that cannot be read is no reason not to replace it.
                replaced = self.secret(&connection).await.unwrap_or_default();
            }
            self.keep_secret(&connection, password).await?;
        }
        if let Err(problem) = self.put(&connection) {
            if has_password {
                let _ = self.put_back_secret(&connection, replaced).await; // the file's problem is the one to tell
            }
            return Err(problem);
        }
        if let Some(before) = before.filter(|before| before.secret_place != connection.secret_place) {
            self.forget_secret(&before).await?;
            self.sweep_noted(&before.id)?;
        }
        Ok(connection)
    }

    /// Deletes a connection and its password.
    pub async fn delete(&self, id: &ConnectionId) -> Result<(), Problem> {
        let connection = self.find(id)?;
        self.file.change_with_leftovers(self.clock.now(), |all, leftovers| {
            all.retain(|kept| kept.id != *id);
            if connection.secret_place == SecretPlace::Keyring {
                leftovers.push(id.clone());
            }
            Ok(())
        })?;
        self.forget_secret(&connection).await?;
        self.sweep_noted(id)
    }

    /// Takes out of the keyring what an earlier failure or crash left there without a connection. It asks the keyring
    /// for nothing where nothing was left.
    pub async fn sweep(&self) -> Result<(), Problem> {
        let left = self.file.change_with_leftovers(self.clock.now(), |all, leftovers| {
            let is_used =
                |id: &ConnectionId| all.iter().any(|it| it.id == *id && it.secret_place == SecretPlace::Keyring);
            leftovers.retain(|id| !is_used(id));
            Ok(leftovers.clone())
        })?;
        for id in left {
            self.keyring.delete(&id).await?;
            self.sweep_noted(&id)?;
        }
        Ok(())
    }

    fn note_leftover(&self, id: &ConnectionId) -> Result<(), Problem> {
        self.file.change_with_leftovers(self.clock.now(), |_, leftovers| {
            leftovers.push(id.clone());
            Ok(())
        })
    }

    fn sweep_noted(&self, id: &ConnectionId) -> Result<(), Problem> {
        self.file.change_with_leftovers(self.clock.now(), |_, leftovers| {
            leftovers.retain(|left| left != id);
            Ok(())
        })
    }

    /// Changes what the product itself writes, such as the proven offset.
    pub fn note(&self, id: &ConnectionId, change: impl FnOnce(&mut Connection)) -> Result<(), Problem> {
        self.file.change(self.clock.now(), |all| {
            if let Some(connection) = all.iter_mut().find(|kept| kept.id == *id) {
                change(connection);
            }
            Ok(())
        })
    }

    /// Notes whether the platform refuses the kept password of a connection. A password that was given for one call, or
    /// for another address or user than the saved connection has now, says nothing about the kept one.
    pub(super) fn note_login(&self, connection: &Connection, is_refused: bool) -> Result<(), Problem> {
        self.file.change(self.clock.now(), |all| {
            for saved in all.iter_mut().filter(|saved| saved.id == connection.id && same_login(saved, connection)) {
                saved.stopped_by_refused_login = is_refused;
            }
            Ok(())
        })
    }

    async fn forget_secret(&self, connection: &Connection) -> Result<(), Problem> {
        match connection.secret_place {
            SecretPlace::Keyring => self.keyring.delete(&connection.id).await,
            SecretPlace::Session => self.session.delete(&connection.id).await,
            SecretPlace::Ask => Ok(()),
        }
    }

    /// What was kept before a save that failed: the new password belongs to what was not saved.
    async fn put_back_secret(&self, connection: &Connection, replaced: Option<SecretString>) -> Result<(), Problem> {
        match replaced {
            Some(secret) => self.keep_secret(connection, secret).await,
            None => self.forget_secret(connection).await,
        }
    }

    fn put(&self, connection: &Connection) -> Result<(), Problem> {
        self.file.change_with_leftovers(self.clock.now(), |all, leftovers| {
            if all.iter().any(|other| other.id != connection.id && other.name == connection.name) {
                return Err(bad("name_taken"));
            }
            let before = all.iter_mut().find(|kept| kept.id == connection.id);
            if connection.secret_place == SecretPlace::Keyring {
                leftovers.retain(|left| *left != connection.id);
            } else if before.as_ref().is_some_and(|kept| kept.secret_place == SecretPlace::Keyring) {
                leftovers.push(connection.id.clone());
            }
            match before {
                Some(kept) => *kept = connection.clone(),
                None => all.push(connection.clone()),
            }
            Ok(())
        })
    }

    fn checked(
        &self,
        draft: ConnectionDraft,
        before: Option<&Connection>,
        new_password: bool,
    ) -> Result<Connection, Problem> {
        let is_another = |other: &&Connection| draft.id.as_ref() != Some(&other.id);
        if self.list()?.connections.iter().filter(is_another).any(|other| other.name == draft.name.trim()) {
            return Err(bad("name_taken")); // told before a password is kept for it
        }
        let connection = checked_draft(draft)?;
        if let Some(before) = before {
            self.check_procedure(before, &connection.address)?;
        }
        let same_origin = before.filter(|before| before.address == connection.address);
        Ok(Connection {
            proven_offset_minutes: same_origin.and_then(|before| before.proven_offset_minutes),
            stopped_by_refused_login: before.is_some_and(|before| {
                before.stopped_by_refused_login && same_login(before, &connection) && !new_password
            }),
            ..connection
        })
    }

    /// Only the saved address says where the modes of a procedure may be on. The way back to where it began is free.
    fn check_procedure(&self, before: &Connection, address: &str) -> Result<(), Problem> {
        let Some(state) = self.procedures.under_way(&before.id).filter(|_| address != before.address) else {
            return Ok(());
        };
        match state.origin.as_deref().unwrap_or(&before.address) {
            origin if origin == address => Ok(()),
            origin => Err(Problem::under_way(origin, state.phase)),
        }
    }
}

/// The connection that a draft describes, with a new identity where it has none; nothing is read or written. Reasons of
/// `BadArgument`: `name`, `user`, `user_colon`, `poll_seconds`, `zone`, `pin`, `proxy`.
pub fn checked_draft(draft: ConnectionDraft) -> Result<Connection, Problem> {
    let name = draft.name.trim().to_owned();
    check_text(&name, "name")?;
    check_text(&draft.user, "user")?;
    if draft.user.contains(':') {
        return Err(bad("user_colon")); // Basic would log somebody else in, and no setting rules Basic out for ever
    }
    if draft.poll_seconds.is_some_and(|seconds| !POLL_SECONDS.contains(&seconds)) {
        return Err(bad("poll_seconds"));
    }
    if let ZoneSetting::Zone { name } = &draft.zone {
        jiff::tz::TimeZone::get(name).map_err(|_| bad("zone"))?;
    }
    Ok(Connection {
        id: draft.id.unwrap_or_else(|| ConnectionId(Uuid::new_v4().to_string())),
        name,
        address: address::normalise(&draft.address)?.origin,
        environment: draft.environment,
        user: draft.user,
        secret_place: draft.secret_place,
        login: draft.login,
        certificate: checked_certificate(draft.certificate)?,
        proxy: draft.proxy,
        poll_seconds: draft.poll_seconds,
        zone: draft.zone,
        proven_offset_minutes: None,
        stopped_by_refused_login: false,
    })
}

/// Fingerprints are pasted with colons and in capitals.
fn checked_certificate(policy: CertificatePolicy) -> Result<CertificatePolicy, Problem> {
    let CertificatePolicy::Pinned { sha256, accept_expired, leaf } = policy else { return Ok(policy) };
    let sha256 = normalise_fingerprint(&sha256).map_err(|_| bad("pin"))?;
    Ok(CertificatePolicy::Pinned { sha256, accept_expired, leaf })
}

fn same_login(one: &Connection, other: &Connection) -> bool {
    one.address == other.address && one.user == other.user && one.secret_place == other.secret_place
}

fn check_text(text: &str, field: &str) -> Result<(), Problem> {
    let length = text.chars().count();
    let usable = (1..=LONGEST_TEXT).contains(&length) && !text.chars().any(char::is_control);
    if usable {
        Ok(())
    } else {
        Err(bad(field))
    }
}

fn bad(reason: &str) -> Problem {
    Problem::because(ProblemCode::BadArgument, reason)
}

#[cfg(test)]
mod tests;
