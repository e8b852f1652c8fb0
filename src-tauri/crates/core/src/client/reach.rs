//! The first two steps of a connection on their own, for the connection test: a name, then a socket.

use std::net::SocketAddr;

use tokio::net::{lookup_host, TcpStream};
use tokio::time::timeout;
use url::Url;

use super::failure::socket_code;
use super::proxy::{hop, Hop};
use super::site::Way;
use crate::domain::address;
use crate::domain::problem::{Problem, ProblemCode};

/// The machine that the first connection goes to: the platform, or the proxy that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstHop {
    host: String,
    port: u16,
}

impl Way {
    /// `None` if the system's settings decide; only the HTTP stack reads those.
    pub fn first_hop(&self) -> Result<Option<FirstHop>, Problem> {
        let origin = address::normalise(&self.origin)?.origin;
        let origin = Url::parse(&origin).map_err(|error| Problem::because(ProblemCode::Internal, error.to_string()))?;
        let target = match hop(&self.proxy, &origin)? {
            Hop::Direct => origin,
            Hop::Proxy(proxy) => proxy,
            Hop::System => return Ok(None),
        };
        let host = target.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        Ok(Some(FirstHop { host, port: target.port_or_known_default().unwrap_or_default() }))
    }
}

/// The addresses of a machine, at least one. [`ProblemCode::NameNotResolved`], [`ProblemCode::TimedOut`].
pub async fn resolve(way: &Way, first: &FirstHop) -> Result<Vec<SocketAddr>, Problem> {
    let lookup = timeout(way.limits.connect, async {
        match &way.resolver {
            Some(resolver) => resolver.resolve(&first.host).await,
            None => lookup_host((first.host.as_str(), first.port)).await.map(Iterator::collect),
        }
    });
    let failed = |reason: String| Problem::because(ProblemCode::NameNotResolved, reason);
    let found = lookup.await.map_err(|_| Problem::because(ProblemCode::TimedOut, "name resolution"))?;
    let found = found.map_err(|error| failed(error.to_string()))?;
    if found.is_empty() {
        return Err(failed("no address".to_owned()));
    }
    Ok(found)
}

/// Opens a socket to the first address that answers and closes it again. [`ProblemCode::ConnectionRefused`],
/// [`ProblemCode::Unreachable`], [`ProblemCode::TimedOut`].
pub async fn reach(way: &Way, addresses: &[SocketAddr]) -> Result<SocketAddr, Problem> {
    let attempt = async {
        let mut last = Problem::because(ProblemCode::Unreachable, "no address");
        for address in addresses {
            match TcpStream::connect(address).await {
                Ok(_) => return Ok(*address),
                Err(error) => last = Problem::because(socket_code(error.kind()), error.to_string()),
            }
        }
        Err(last)
    };
    timeout(way.limits.connect, attempt)
        .await
        .unwrap_or_else(|_| Err(Problem::because(ProblemCode::TimedOut, "connect")))
}
