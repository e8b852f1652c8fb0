//! The platform's admin API over HTTP: the only place where a URL is built and where wire shapes are known.

pub mod backyard_check;
mod body_reader;
mod envelope;
mod failure;
mod jobs;
mod limits;
mod log_levels;
mod login;
mod modes;
mod names;
mod peers;
mod proxy;
mod reach;
mod retry_after;
mod site;
mod transport;

use std::sync::Arc;
use std::time::Duration;

use reqwest::StatusCode;
use secrecy::SecretString;

use crate::domain::connection::{CertificatePolicy, LoginWay, ProxyPolicy};
use crate::domain::live::LoginState;
use crate::domain::problem::Problem;
use crate::domain::time::Timestamp;
use crate::log::Scrubber;
use crate::ports::Resolver;
use crate::trust::Purpose;
use login::{Rejection, Session};
use transport::{Call, Failure, Reply, Trace, Transport};

pub use limits::Limits;
pub use peers::Move;
pub use proxy::check_proxy;
pub use reach::{reach, resolve, FirstHop};
pub(crate) use site::look;
pub use site::{inspect_certificate, probe_site, Way};

/// Everything a client needs except the password.
#[derive(Debug, Clone)]
pub struct ClientSettings {
    /// Address; anything pasted is cut to its origin. Credentials go there and nowhere else.
    pub origin: String,
    /// Platform user.
    pub user: String,
    /// How to log in.
    pub login: LoginWay,
    /// Whom to trust.
    pub certificate: CertificatePolicy,
    /// Which proxy.
    pub proxy: ProxyPolicy,
    /// Time and size limits.
    pub limits: Limits,
    /// Who finds the machines behind a name; `None`: the system.
    pub resolver: Option<Arc<dyn Resolver>>,
}

impl ClientSettings {
    /// The part that does not concern a user.
    pub fn way(&self) -> Way {
        Way {
            origin: self.origin.clone(),
            certificate: self.certificate.clone(),
            proxy: self.proxy.clone(),
            limits: self.limits,
            resolver: self.resolver.clone(),
        }
    }
}

/// What the platform said, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer<T> {
    /// What it said.
    pub value: T,
    /// Its clock when it said so; `None` if it did not tell.
    pub platform_time: Option<Timestamp>,
    /// How long the whole exchange took.
    pub elapsed: Duration,
}

/// Whether a failed switch may have taken effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// Certainly not: refused with a 4xx, or never sent.
    No,
    /// Nobody knows: read the modes.
    Unknown,
}

/// A switch that did not end in a success.
#[derive(Debug, Clone, PartialEq)]
pub struct SwitchFailure {
    /// What happened.
    pub problem: Problem,
    /// What is known of its effect.
    pub applied: Applied,
    /// Whether the platform may have seen any of it.
    pub left: bool,
}

/// One user's access to one platform. Cheap calls share it behind an `Arc`; a dropped call stops its request at once.
///
/// After the first refused password every call fails with that problem and nothing is sent: only a new client tries
/// again, and making one is the user's act (platform-contract §6).
#[derive(Debug)]
pub struct Client {
    transport: Transport,
    session: Session,
}

impl Client {
    /// Sends nothing yet. [`AddressInvalid`], or [`BadArgument`] naming what cannot be used: `user_colon` (under Basic),
    /// `fingerprint`, `ca_file: …`, `proxy`.
    ///
    /// [`AddressInvalid`]: crate::domain::problem::ProblemCode::AddressInvalid
    /// [`BadArgument`]: crate::domain::problem::ProblemCode::BadArgument
    pub fn new(settings: ClientSettings, password: SecretString) -> Result<Self, Problem> {
        let transport = settings.way().transport(Purpose::Use)?;
        let session = Session::new(settings.user, password, settings.login, &transport.scrubber)?;
        Ok(Self { transport, session })
    }

    /// Shares its secrets with the scrubber of this program, so that no log has them either; its own problems never do.
    #[must_use]
    pub fn covered_by(mut self, scrubber: &Scrubber) -> Self {
        self.session.cover_by(scrubber);
        self.transport.scrubber = scrubber.clone();
        self
    }

    /// Logs in if that needs a request of its own. Under Basic nothing is sent: every request is a login, and the first
    /// one shows whether the password is right.
    pub async fn log_in(&self) -> Result<(), Problem> {
        self.session.pass(&self.transport).await.map(drop)
    }

    /// How the login was made; `None` before it.
    pub fn login_state(&self) -> Option<LoginState> {
        self.session.state()
    }

    /// Basic cannot carry this password (platform-contract §6).
    pub fn password_has_colon(&self) -> bool {
        self.session.password_has_colon()
    }

    /// Whether the name in a plain http address led to another machine since this was last asked. Under https the
    /// certificate says who answers; under http nothing does.
    pub fn moved(&self) -> Option<Move> {
        self.transport.moved()
    }

    fn limits(&self) -> &Limits {
        self.transport.limits()
    }

    /// Sends what changes something, once.
    async fn write(&self, call: Call) -> Result<Answer<()>, SwitchFailure> {
        let reply = self.authorized(call).await.map_err(|failure| {
            let applied = if failure.left { Applied::Unknown } else { Applied::No };
            SwitchFailure { problem: failure.problem, applied, left: failure.left }
        })?;
        let trace = reply.trace().clone();
        let applied = if reply.status().is_client_error() { Applied::No } else { Applied::Unknown };
        match envelope::success(reply).await {
            Ok(success) => Ok(Answer { value: (), platform_time: success.platform_time, elapsed: trace.elapsed() }),
            Err(problem) => Err(SwitchFailure { problem, applied, left: true }),
        }
    }

    /// Sends a request with a login. A 401 to a token ends in one renewal and one repetition: the platform had refused
    /// before it looked at the request.
    async fn authorized(&self, mut call: Call) -> Result<Reply, Failure> {
        let mut trace = Trace::start(call.method.clone(), call.path);
        let mut pass = self.session.pass(&self.transport).await.map_err(Failure::before)?;
        let mut may_renew = true;
        loop {
            call.authorization = Some(pass.authorization.clone());
            let mut reply = self.transport.send(&call, &mut trace).await?;
            if reply.status() != StatusCode::UNAUTHORIZED {
                if reply.status().is_success() {
                    pass.accepted();
                }
                return Ok(reply);
            }
            let problem = envelope::refused(&mut reply).await;
            match self.session.rejected(pass, problem).await {
                Rejection::Token(_) if may_renew => may_renew = false,
                Rejection::Token(problem) | Rejection::Password(problem) => return Err(Failure::before(problem)),
            }
            pass = self.session.pass(&self.transport).await.map_err(Failure::before)?;
        }
    }
}
