//! The certificates that administrators really have, under every policy that a connection can have: one table (product §4).

#![cfg(unix)]

use acceptance::clients::{settings, PASSWORD, SHORT, SMALL};
use acceptance::fault_server::{envelope, Act};
use acceptance::openssl::{OpensslServer, Pair};
use acceptance::tls_server::{Identity, TlsServer};
use ita_core::client::{Client, ClientSettings};
use ita_core::domain::connection::{CertificatePolicy, LoginWay};
use ita_core::domain::problem::{Problem, ProblemCode};
use rcgen::{date_time_ymd, CertificateParams, DnType, SanType};
use tempfile::NamedTempFile;

/// What comes of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    /// The platform was read.
    Read,
    /// Refused before a byte of a request, with the objection.
    Refused(&'static str),
    /// It is not the pinned one.
    Changed,
    /// No TLS at all, with the reason.
    NoTls(&'static str),
}

use Outcome::{Changed, NoTls, Read, Refused};

/// A certificate and what must come of it under each policy.
struct Row {
    name: &'static str,
    shown: Shown,
    /// Only authorities of the system.
    system: Outcome,
    /// Its own authority, or itself, as the CA file.
    ca_file: Outcome,
    /// Pinned.
    pinned: Outcome,
    /// Pinned, whatever its dates.
    pinned_whatever_dates: Outcome,
}

/// Who shows it.
enum Shown {
    /// A server that can be read.
    ByPlatform(Identity),
    /// OpenSSL, which records what it is sent.
    ByOpenssl(Pair, &'static [&'static str]),
}

fn rows() -> Vec<Row> {
    let row = |name, shown, [system, ca_file, pinned, pinned_whatever_dates]: [Outcome; 4]| Row {
        name,
        shown,
        system,
        ca_file,
        pinned,
        pinned_whatever_dates,
    };
    let made = |identity: Result<Identity, Box<dyn std::error::Error + Send + Sync>>| {
        Shown::ByPlatform(identity.expect("an identity"))
    };
    let openssl = |more: &[&str]| {
        let pair = Pair::self_signed("rsa:2048", more);
        made(Identity::from_pem(&pair.certificate_pem, &pair.key_pem))
    };
    let san = ["-addext", "subjectAltName=IP:127.0.0.1"];
    let no_authority = ["-addext", "basicConstraints=critical,CA:FALSE"];
    let issued = |change: fn(&mut CertificateParams)| made(Identity::issued(change));
    let weak = || Pair::self_signed("rsa:1024", &san);
    let modern = || Pair::self_signed("rsa:2048", &san);
    let unknown = Refused("UnknownIssuer");
    let authority = Refused("CaUsedAsEndEntity");
    vec![
        row("openssl req -x509", openssl(&san), [authority.clone(), authority.clone(), Read, Read]),
        row("openssl req -x509, no alternative name", openssl(&[]), [authority.clone(), authority, Read, Read]),
        row(
            "self-signed, no authority",
            openssl(&[&san[..], &no_authority[..]].concat()),
            [unknown.clone(), Read, Read, Read],
        ),
        row(
            "self-signed, no authority, no alternative name",
            openssl(&no_authority),
            [unknown.clone(), Refused("NotValidForName"), Read, Read],
        ),
        row("signed by the site's authority", issued(|_| ()), [unknown.clone(), Read, Read, Read]),
        row(
            "for another host",
            issued(|params| {
                params.subject_alt_names = vec![SanType::DnsName("other.test".try_into().expect("a name"))];
            }),
            [unknown.clone(), Refused("NotValidForName"), Read, Read],
        ),
        row(
            "IP address only as its name",
            issued(ip_as_name),
            [unknown.clone(), Refused("NotValidForName"), Read, Read],
        ),
        row("expired", issued(expired), [Refused("Expired"), Refused("Expired"), Refused("Expired"), Read]),
        row(
            "not yet valid",
            issued(early),
            [Refused("NotValidYet"), Refused("NotValidYet"), Refused("NotValidYet"), Read],
        ),
        row(
            "RSA-1024",
            Shown::ByOpenssl(weak(), &[]),
            [Refused("WeakKey"), Refused("WeakKey"), Refused("WeakKey"), Refused("WeakKey")],
        ),
        row(
            "TLS 1.1 only",
            Shown::ByOpenssl(modern(), &["-tls1_1"]),
            [NoTls("tls_version"), NoTls("tls_version"), NoTls("tls_version"), NoTls("tls_version")],
        ),
        row(
            "TLS 1.0 only",
            Shown::ByOpenssl(modern(), &["-tls1"]),
            [NoTls("tls_version"), NoTls("tls_version"), NoTls("tls_version"), NoTls("tls_version")],
        ),
    ]
}

/// A name is not looked at any more; only alternative names are.
fn ip_as_name(params: &mut CertificateParams) {
    params.subject_alt_names.clear();
    params.distinguished_name.push(DnType::CommonName, "127.0.0.1");
}

fn expired(params: &mut CertificateParams) {
    (params.not_before, params.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1));
}

fn early(params: &mut CertificateParams) {
    (params.not_before, params.not_after) = (date_time_ymd(2190, 1, 1), date_time_ymd(2191, 1, 1));
}

/// A running server, and whether anything but a handshake reached it.
enum Server {
    Platform(TlsServer),
    Openssl(OpensslServer),
}

impl Server {
    fn origin(&self) -> &str {
        match self {
            Self::Platform(server) => &server.origin,
            Self::Openssl(server) => &server.origin,
        }
    }

    fn was_sent_nothing(&self) -> bool {
        match self {
            Self::Platform(server) => server.completed_handshakes() == 0 && server.seen().is_empty(),
            // It prints what it is sent.
            Self::Openssl(server) => {
                let transcript = server.transcript();
                !["HTTP/1.1", "uthorization", "password"].iter().any(|word| transcript.contains(word))
            }
        }
    }
}

/// The identity, its server and its authority.
async fn start(shown: &Shown) -> (Server, String, String) {
    match shown {
        Shown::ByPlatform(identity) => {
            let modes = Act::json(200, &envelope(r#"{"backyard_execute_stop":"0","data_update_stop":"0"}"#));
            let server = TlsServer::start(identity, move |_| modes.clone()).await.expect("a port on 127.0.0.1");
            (Server::Platform(server), identity.sha256(), identity.authority_pem.clone())
        }
        Shown::ByOpenssl(pair, more) => {
            let identity = Identity::from_pem(&pair.certificate_pem, &pair.key_pem).expect("an identity");
            let server = OpensslServer::start(pair, more);
            (Server::Openssl(server), identity.sha256(), identity.authority_pem)
        }
    }
}

async fn read(origin: &str, certificate: CertificatePolicy) -> Outcome {
    let settings = ClientSettings { certificate, limits: SMALL, ..settings(origin, LoginWay::Basic) };
    let client = Client::new(settings, PASSWORD.to_owned().into()).expect("usable settings");
    let Err(problem) = client.read_modes().await else { return Read };
    match problem.code {
        ProblemCode::CertificateUntrusted => Refused(objection(&problem)),
        ProblemCode::CertificateChanged => Changed,
        ProblemCode::TlsFailed => NoTls(problem.facts.reason.unwrap_or_default().leak()),
        _ => panic!("{problem:?}"),
    }
}

/// The objection, which is also the reason; every refusal shows the whole certificate.
fn objection(problem: &Problem) -> &'static str {
    let shown = problem.facts.certificate.as_ref().expect("a refusal shows the certificate");
    assert!(shown.subject.contains("CN=") && shown.issuer.contains("CN="), "{shown:?}");
    assert!(shown.not_before < shown.not_after && shown.sha256.len() == 64, "{shown:?}");
    assert_eq!(problem.facts.reason, shown.objection);
    shown.objection.clone().unwrap_or_default().leak()
}

#[tokio::test]
async fn every_certificate_of_the_field_ends_as_the_table_says_and_a_refused_server_learns_nothing() {
    let mut wrong = Vec::new();
    for row in rows() {
        let (server, sha256, authority) = start(&row.shown).await;
        let file = NamedTempFile::new().expect("temporary file");
        std::fs::write(file.path(), authority).expect("temporary file");
        let ca_file = CertificatePolicy::CaFile { path: file.path().to_string_lossy().into_owned() };
        let pinned = |sha256: &str, accept_expired| CertificatePolicy::Pinned {
            sha256: sha256.to_owned(),
            accept_expired,
            leaf: None,
        };
        let other_pin = match &row.pinned {
            NoTls(reason) => NoTls(reason),
            _ => Changed,
        };
        let mut cells = [
            ("another pin", pinned(&"0".repeat(64), true), other_pin),
            ("system", CertificatePolicy::System, row.system),
            ("CA file", ca_file, row.ca_file),
            ("pinned", pinned(&sha256, false), row.pinned),
            ("pinned, whatever its dates", pinned(&sha256, true), row.pinned_whatever_dates),
        ];
        // First those after which nothing may have arrived.
        cells.sort_by_key(|(_, _, expected)| *expected == Read);
        for (policy, certificate, expected) in cells {
            let outcome = read(server.origin(), certificate).await;
            if outcome != expected {
                wrong.push(format!("{} under {policy}: {outcome:?} and not {expected:?}", row.name));
            }
            if expected != Read && !server.was_sent_nothing() {
                wrong.push(format!("{} under {policy}: something arrived", row.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn what_reaches_openssl_would_be_seen() {
    let pair = Pair::self_signed("rsa:2048", &[]);
    let identity = Identity::from_pem(&pair.certificate_pem, &pair.key_pem).expect("an identity");
    let server = OpensslServer::start(&pair, &[]);
    let certificate = CertificatePolicy::Pinned { sha256: identity.sha256(), accept_expired: false, leaf: None };
    let settings = ClientSettings { certificate, limits: SHORT, ..settings(&server.origin, LoginWay::Basic) };
    let client = Client::new(settings, PASSWORD.to_owned().into()).expect("usable settings");
    assert_eq!(client.read_modes().await.expect_err("it never answers").code, ProblemCode::TimedOut);
    assert!(!Server::Openssl(server).was_sent_nothing(), "the pin fits, so the request arrived");
}
