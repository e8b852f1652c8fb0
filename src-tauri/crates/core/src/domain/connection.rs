//! A saved connection: everything about a platform except its secret.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;
use url::Url;

use super::address::is_loopback;
use super::time::Timestamp;

/// How the id of a connection that is not saved begins.
const UNSAVED: &str = "url-";
/// Characters of an origin that are recognisable in the id of a connection that is not saved.
const READABLE: usize = 40;

/// Identifies a connection for the life of the settings file; a UUID, `practice`, or `url-…` for one that is not saved.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ConnectionId(pub String);

impl ConnectionId {
    /// The built-in connection to the practice platform. It is never saved.
    pub fn practice() -> Self {
        Self("practice".to_owned())
    }

    /// What files of this connection are named by. Ids are UUIDs, `practice` or `url-…`; anything else in a damaged file must
    /// not leave their folder.
    pub fn file_stem(&self) -> String {
        self.0.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(64).collect()
    }

    /// Whether the settings file knows it.
    pub fn is_saved(&self) -> bool {
        *self != Self::practice() && !self.0.starts_with(UNSAVED)
    }

    /// Of a connection that is not saved but given for one call by its origin. The same origin has the same journal.
    pub fn of_origin(origin: &str) -> Self {
        let readable: String =
            origin.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(READABLE).collect();
        let [a, b, c, d, ..] = <[u8; 32]>::from(Sha256::digest(origin));
        Self(format!("{UNSAVED}{readable}-{:08x}", u32::from_be_bytes([a, b, c, d])))
    }
}

/// How careful the product is with a platform (product §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Environment {
    /// 開発: a click switches at once.
    Development,
    /// 検証: one confirmation.
    Staging,
    /// 本番: lock and confirmation.
    Production,
    /// 練習: the built-in platform; behaves as production.
    Practice,
}

impl Environment {
    /// Whether switches need the lock to be opened first.
    pub const fn has_lock(self) -> bool {
        matches!(self, Self::Production | Self::Practice)
    }
}

/// Where the password lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SecretPlace {
    /// The operating system's keyring.
    Keyring,
    /// In memory, until the program ends.
    Session,
    /// Asked for at every connect, and forgotten with the connection.
    Ask,
}

/// How to log in (platform-contract §6).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum LoginWay {
    /// Token first; Basic only where the platform does not offer the token client.
    #[default]
    Automatic,
    /// Token only.
    Token,
    /// Basic only: every request is a login.
    Basic,
}

/// Whom to trust.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum CertificatePolicy {
    /// The system's authorities.
    #[default]
    System,
    /// The authorities of a PEM file, and no others.
    CaFile {
        /// Absolute path.
        path: String,
    },
    /// One certificate, by the SHA-256 of its leaf, instead of chain, name and authority.
    Pinned {
        /// Lower-case hexadecimal, 64 digits.
        sha256: String,
        /// The user consented to this certificate although it is expired or not yet valid.
        #[serde(default)]
        accept_expired: bool,
        /// What the certificate said of itself when it was pinned; null if only its fingerprint was given.
        #[serde(default)]
        leaf: Option<PinnedLeaf>,
    },
}

/// What a pinned certificate said of itself, so that a changed one can be held against more than a number. Decides nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PinnedLeaf {
    /// Subject as RFC 4514-like text.
    pub subject: String,
    /// Issuer.
    pub issuer: String,
    /// Start of validity.
    pub not_before: Option<Timestamp>,
    /// End of validity.
    pub not_after: Option<Timestamp>,
}

/// Which proxy stands between.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum ProxyPolicy {
    /// None, whatever the environment says.
    #[default]
    None,
    /// The system's settings.
    System,
    /// This one.
    Given {
        /// `http://host:port`.
        url: String,
    },
}

impl ProxyPolicy {
    /// What of it holds toward an origin: never a proxy to this machine, and never the environment's for plain http, where
    /// it would read a password that nobody showed it on purpose.
    #[must_use]
    pub fn toward(&self, origin: &Url) -> Self {
        let is_this_machine = origin.host().is_some_and(|host| is_loopback(&host));
        match self {
            _ if is_this_machine => Self::None,
            Self::System if origin.scheme() != "https" => Self::None,
            holds => holds.clone(),
        }
    }
}

/// The zone in which the platform's containers label their times (platform-contract §5).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum ZoneSetting {
    /// By evidence.
    #[default]
    Automatic,
    /// Said by the user: `UTC` or an IANA name.
    Zone {
        /// IANA name.
        name: String,
    },
}

/// A connection without its secret. This is what the file holds and what a team shares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Connection {
    /// Identity.
    pub id: ConnectionId,
    /// Name given by the user; unique, not empty.
    pub name: String,
    /// Origin such as `https://ita-admin.example.co.jp` or `http://127.0.0.1:8081`, without a trailing slash.
    pub address: String,
    /// How careful to be.
    pub environment: Environment,
    /// Platform user.
    pub user: String,
    /// Where the password lives.
    pub secret_place: SecretPlace,
    /// How to log in.
    #[serde(default)]
    pub login: LoginWay,
    /// Whom to trust.
    #[serde(default)]
    pub certificate: CertificatePolicy,
    /// Which proxy.
    #[serde(default)]
    pub proxy: ProxyPolicy,
    /// Seconds between polls, 5 to 300; null: 10, or 30 under Basic.
    #[serde(default)]
    pub poll_seconds: Option<u16>,
    /// The platform's zone.
    #[serde(default)]
    pub zone: ZoneSetting,
    /// A proven offset of the platform's labels, minutes; written by the product, dropped when contradicted.
    #[serde(default)]
    pub proven_offset_minutes: Option<i32>,
    /// Set by a 401 to the password; no request is sent until the user acts, also after a restart.
    #[serde(default)]
    pub stopped_by_refused_login: bool,
}

impl Connection {
    /// Whether it means the same requests as another one, whatever the product has found out about either meanwhile.
    pub fn asks_as(&self, other: &Self) -> bool {
        let found = |connection: &Self| (connection.proven_offset_minutes, connection.stopped_by_refused_login);
        let mut as_other = self.clone();
        (as_other.proven_offset_minutes, as_other.stopped_by_refused_login) = found(other);
        as_other == *other
    }

    /// The proxy that its requests really take; none for an address that no request can go to.
    pub fn proxy_in_effect(&self) -> ProxyPolicy {
        Url::parse(&self.address).map_or(ProxyPolicy::None, |origin| self.proxy.toward(&origin))
    }
}

/// What the form sends: a connection to create (`id` null) or to change.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[ts(export)]
pub struct ConnectionDraft {
    /// Null for a new one.
    pub id: Option<ConnectionId>,
    /// See [`Connection::name`].
    pub name: String,
    /// As typed or pasted; cut to its origin.
    pub address: String,
    /// How careful to be.
    pub environment: Environment,
    /// Platform user.
    pub user: String,
    /// Where the password lives.
    pub secret_place: SecretPlace,
    /// How to log in.
    pub login: LoginWay,
    /// Whom to trust.
    pub certificate: CertificatePolicy,
    /// Which proxy.
    pub proxy: ProxyPolicy,
    /// Seconds between polls.
    pub poll_seconds: Option<u16>,
    /// The platform's zone.
    pub zone: ZoneSetting,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_from_before_leaves_were_remembered_is_still_a_pin() {
        let policy: CertificatePolicy =
            serde_json::from_str(r#"{"kind":"pinned","sha256":"ab"}"#).expect("an old file");
        assert_eq!(policy, CertificatePolicy::Pinned { sha256: "ab".to_owned(), accept_expired: false, leaf: None });
    }

    #[test]
    fn an_origin_has_one_id_which_no_saved_connection_has() {
        let id = ConnectionId::of_origin("https://ita.example:8443");
        assert_eq!(id, ConnectionId::of_origin("https://ita.example:8443"), "the same journal every time");
        assert!(id.0.starts_with("url-https---ita-example-8443-"), "{id:?}");
        assert_ne!(ConnectionId::of_origin("https://a.b"), ConnectionId::of_origin("https://a-b"));
        assert!(!id.is_saved() && !ConnectionId::practice().is_saved());
        assert!(ConnectionId("6f1c4a4e-5d0b-4a52-8a53-0d8b9a0a7a11".to_owned()).is_saved());
    }
}
