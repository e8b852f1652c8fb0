//! A name whose resolver changes its mind between two requests.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use acceptance::clients::{settings, PASSWORD, SMALL};
use acceptance::fault_server::{envelope, Act, FaultServer, Seen};
use acceptance::tls_server::{Identity, TlsServer};
use async_trait::async_trait;
use ita_core::client::{Client, ClientSettings, Move};
use ita_core::domain::connection::{CertificatePolicy, LoginWay};
use ita_core::domain::problem::ProblemCode;
use ita_core::ports::Resolver;

/// Leads every name to the machine that was said last.
#[derive(Debug, Clone)]
struct Fickle(Arc<Mutex<SocketAddr>>);

impl Fickle {
    fn leads_to(origin: &str) -> Self {
        Self(Arc::new(Mutex::new(machine(origin))))
    }

    fn changes_to(&self, origin: &str) {
        *self.0.lock().expect("not poisoned") = machine(origin);
    }
}

#[async_trait]
impl Resolver for Fickle {
    async fn resolve(&self, _host: &str) -> io::Result<Vec<SocketAddr>> {
        Ok(vec![*self.0.lock().expect("not poisoned")])
    }
}

fn machine(origin: &str) -> SocketAddr {
    let (_, machine) = origin.split_once("://").expect("an origin");
    machine.parse().expect("an address and a port")
}

/// Both flags off; the connection ends, so that the next request asks for the name again.
fn off(_: &Seen) -> Act {
    let data = envelope(r#"{"backyard_execute_stop":"0","data_update_stop":"0"}"#);
    Act::answer(200, &[("Content-Type", "application/json"), ("Connection", "close")], &data)
}

fn client(origin: &str, certificate: CertificatePolicy, resolver: &Fickle) -> Client {
    let resolver: Option<Arc<dyn Resolver>> = Some(Arc::new(resolver.clone()));
    let settings = ClientSettings { certificate, limits: SMALL, resolver, ..settings(origin, LoginWay::Basic) };
    Client::new(settings, PASSWORD.to_owned().into()).expect("settings that can be used")
}

#[tokio::test]
async fn behind_a_pinned_name_another_machine_gets_nothing() {
    let ours = Identity::self_signed(|_| ()).expect("a certificate");
    let theirs = Identity::self_signed(|_| ()).expect("a certificate");
    let first = TlsServer::start(&ours, off).await.expect("a server");
    let second = TlsServer::start(&theirs, off).await.expect("a server");
    let resolver = Fickle::leads_to(&first.origin);
    let pin = CertificatePolicy::Pinned { sha256: ours.sha256(), accept_expired: false, leaf: None };
    let client = client("https://ita.test", pin, &resolver);
    client.read_modes().await.expect("the machine of the pin answers");

    resolver.changes_to(&second.origin);
    let problem = client.read_modes().await.expect_err("another machine");
    assert_eq!(problem.code, ProblemCode::CertificateChanged);
    assert_eq!((second.seen().len(), second.completed_handshakes()), (0, 0), "it learned nothing");

    resolver.changes_to(&first.origin);
    client.read_modes().await.expect("back at the machine of the pin");
    assert_eq!(first.seen().len(), 2);
}

#[tokio::test]
async fn a_plain_name_that_leads_elsewhere_is_told_with_both_machines() {
    let other = Ipv4Addr::new(127, 0, 0, 2);
    let first = FaultServer::start(off).await.expect("a server");
    let second = FaultServer::start_on(other, off).await.expect("a server");
    let resolver = Fickle::leads_to(&first.origin);
    let client = client("http://ita.test", CertificatePolicy::System, &resolver);
    client.read_modes().await.expect("an answer");
    assert_eq!(client.moved(), None, "the first machine is no news");

    resolver.changes_to(&second.origin);
    client.read_modes().await.expect("an answer of another machine: under http nothing says that it is the wrong one");
    let moved = Move { from: Ipv4Addr::LOCALHOST.into(), to: IpAddr::from(other) };
    assert_eq!(client.moved(), Some(moved));
    assert_eq!((first.seen().len(), second.seen().len()), (1, 1));
}
