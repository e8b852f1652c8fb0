//! Clients for tests.

use std::time::Duration;

use ita_core::client::{Client, ClientSettings, Limits};
use ita_core::domain::connection::{CertificatePolicy, LoginWay, ProxyPolicy};
use ita_core::domain::problem::Problem;

/// A password that must never be seen anywhere but on the wire.
pub const PASSWORD: &str = "c4nary-Pa55/w+rd";

/// Limits that a test can wait for, far from each other so that it shows which one ended an exchange.
pub const SHORT: Limits = Limits {
    connect: Duration::from_secs(5),
    first_byte: Duration::from_millis(300),
    silence: Duration::from_millis(300),
    whole_jobs: Duration::from_millis(1200),
    whole: Duration::from_millis(1200),
    body_jobs: 256 * 1024,
    body: 64 * 1024,
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

/// A client that gives up soon.
pub fn hasty_client(origin: &str, login: LoginWay) -> Result<Client, Problem> {
    Client::new(ClientSettings { limits: SHORT, ..settings(origin, login) }, PASSWORD.to_owned().into())
}
