//! Which site answers at an address, and with which certificate: asked without any credential (platform-contract §7).

use std::sync::Arc;

use reqwest::{Method, StatusCode};

use super::transport::{Call, Trace, Transport};
use super::{envelope, modes, Limits};
use crate::domain::address::{self, Address};
use crate::domain::connection::{CertificatePolicy, ProxyPolicy};
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::test_report::CertificateFacts;
use crate::ports::Resolver;
use crate::trust::{Purpose, Sight};

/// The way to a platform, without a user.
#[derive(Debug, Clone)]
pub struct Way {
    /// `scheme://host[:port]`; anything pasted is cut to that.
    pub origin: String,
    /// Whom to trust.
    pub certificate: CertificatePolicy,
    /// Which proxy.
    pub proxy: ProxyPolicy,
    /// Time limits.
    pub limits: Limits,
    /// See [`super::ClientSettings::resolver`].
    pub resolver: Option<Arc<dyn Resolver>>,
}

impl Way {
    pub(super) fn transport(&self, purpose: Purpose) -> Result<Transport, Problem> {
        let address = address::normalise(&self.origin)?;
        Transport::new(&address, self, purpose)
    }
}

/// `Ok` if the system administrators' site answers: a 401 in the platform's JSON. Nothing secret is sent.
///
/// [`ProblemCode::WrongSite`] for the organization users' site, [`ProblemCode::Redirected`] with its target,
/// [`ProblemCode::NotTheApi`] for anything else that answers.
pub async fn probe_site(way: &Way) -> Result<(), Problem> {
    let transport = way.transport(Purpose::Use)?;
    let limits = transport.limits();
    let (method, path) = (Method::GET, modes::PATH);
    let mut trace = Trace::start(method.clone(), path);
    let call = Call { method, path, authorization: None, body: None, whole: limits.whole, cap: limits.body };
    let mut reply = transport.send(&call, &mut trace).await.map_err(|failure| failure.problem)?;
    let status = reply.status();
    let mut problem = envelope::refused(&mut reply).await;
    match (status, problem.code) {
        (StatusCode::UNAUTHORIZED, ProblemCode::LoginRefused) if problem.facts.platform_result.is_some() => Ok(()),
        // A 401 of a proxy in front, or a success without any login: neither is the platform.
        (StatusCode::UNAUTHORIZED | StatusCode::OK, _) => {
            problem.code = ProblemCode::NotTheApi;
            Err(problem)
        }
        _ => Err(problem),
    }
}

/// Shows the certificate of an https address by a handshake that is given up as soon as it was shown: no byte of a
/// request leaves. `objection` says what the policy holds against it. [`ProblemCode::BadArgument`] on http.
pub async fn inspect_certificate(way: &Way) -> Result<CertificateFacts, Problem> {
    look(way).await.map(|sight| sight.certificate)
}

/// The same with the verdict of the policy.
pub(crate) async fn look(way: &Way) -> Result<Sight, Problem> {
    let Address { origin, .. } = address::normalise(&way.origin)?;
    if !origin.starts_with("https://") {
        return Err(Problem::because(ProblemCode::BadArgument, "not_https"));
    }
    let transport = way.transport(Purpose::Look)?;
    transport.look(&mut Trace::start(Method::CONNECT, "")).await
}
