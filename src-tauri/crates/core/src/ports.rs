//! What the core needs from outside.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::tz::TimeZone;
use secrecy::SecretString;

use crate::domain::background::BackgroundProcedure;
use crate::domain::connection::ConnectionId;
use crate::domain::live::Live;
use crate::domain::problem::Problem;
use crate::domain::test_report::StepResult;
use crate::domain::time::Timestamp;
use crate::export::ExportProgress;

/// Tells the time. Business code never asks the system.
pub trait Clock: Send + Sync {
    /// The workstation's time.
    fn now(&self) -> Timestamp;

    /// The workstation's time zone.
    fn zone(&self) -> TimeZone {
        TimeZone::system()
    }
}

/// Finds the machines behind a name; without one the system does.
#[async_trait]
pub trait Resolver: std::fmt::Debug + Send + Sync {
    /// Their addresses, in the order in which they are tried. Their port counts only where the origin names none, and a 0
    /// stands for the usual one of its scheme.
    async fn resolve(&self, host: &str) -> io::Result<Vec<SocketAddr>>;
}

/// Where news goes: the window, or nowhere.
pub trait EventSink: Send + Sync {
    /// The state of the open connection changed.
    fn live(&self, live: Arc<Live>);
    /// The procedures that go on while another connection is on the screen changed; all of them.
    fn background(&self, _procedures: Vec<BackgroundProcedure>) {}
    /// A step of the running connection test ended.
    fn test_step(&self, step: StepResult);
    /// The export that is under way has got so far. Where nobody draws a bar nobody need listen.
    fn export_progress(&self, _progress: ExportProgress) {}
}

/// Keeps passwords.
#[async_trait]
pub trait CredentialStore: Send + Sync {
    /// The password of a connection; `None` if there is none.
    async fn get(&self, id: &ConnectionId) -> Result<Option<SecretString>, Problem>;
    /// Keeps or replaces it.
    async fn set(&self, id: &ConnectionId, secret: SecretString) -> Result<(), Problem>;
    /// Forgets it; not an error if there is none.
    async fn delete(&self, id: &ConnectionId) -> Result<(), Problem>;
    /// Whether a keyring can be reached now.
    async fn available(&self) -> Result<(), Problem>;
}

/// The system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp(jiff::Timestamp::now().as_millisecond())
    }
}
