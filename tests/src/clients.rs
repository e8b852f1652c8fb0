//! Clients for tests.

use std::time::Duration;

use ita_core::client::{Client, ClientSettings, Limits};
use ita_core::domain::connection::{CertificatePolicy, LoginWay, ProxyPolicy};
use ita_core::domain::problem::Problem;

use crate::wait::LIMIT;

/// A password that must never be seen anywhere but on the wire.
pub const PASSWORD: &str = "c4nary-Pa55/w+rd";

/// Sizes that a test can exceed, and more time than a loaded machine needs.
pub const SMALL: Limits = Limits {
    connect: LIMIT,
    first_byte: LIMIT,
    silence: LIMIT,
    whole_jobs: LIMIT,
    whole: LIMIT,
    body_jobs: 256 * 1024,
    body: 64 * 1024,
};

/// Limits that a test can wait for, far from each other so that it shows which one ended an exchange. For what is to end by
/// one of them, and for nothing else.
pub const SHORT: Limits = Limits {
    first_byte: Duration::from_secs(1),
    silence: Duration::from_secs(1),
    whole_jobs: Duration::from_secs(4),
    whole: Duration::from_secs(4),
    ..SMALL
};

/// Settings for `admin` at an origin.
pub fn settings(origin: &str, login: LoginWay) -> ClientSettings {
    ClientSettings {
        origin: origin.to_owned(),
        user: "admin".to_owned(),
        login,
        certificate: CertificatePolicy::System,
        proxy: ProxyPolicy::None,
        limits: Limits::default(),
        resolver: None,
    }
}

/// A client for `admin` at an origin.
pub fn client(origin: &str, login: LoginWay) -> Result<Client, Problem> {
    Client::new(settings(origin, login), PASSWORD.to_owned().into())
}

/// A client with limits of its own.
pub fn limited_client(origin: &str, login: LoginWay, limits: Limits) -> Result<Client, Problem> {
    Client::new(ClientSettings { limits, ..settings(origin, login) }, PASSWORD.to_owned().into())
}
