//! Certificates: nothing leaves before the server is trusted, and a pin is a pin (product §4).

use acceptance::clients::{settings, PASSWORD};
use acceptance::fault_server::{envelope, Act};
use acceptance::tls_server::{Identity, TlsServer};
use ita_core::client::{inspect_certificate, probe_site, Applied, Client, ClientSettings};
use ita_core::domain::connection::{CertificatePolicy, LoginWay, PinnedLeaf};
use ita_core::domain::modes::Mode;
use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::domain::time::Timestamp;
use rcgen::date_time_ymd;
use tempfile::NamedTempFile;

async fn server(identity: &Identity) -> TlsServer {
    let modes = Act::json(200, &envelope(r#"{"backyard_execute_stop":"0","data_update_stop":"0"}"#));
    TlsServer::start(identity, move |_| modes.clone()).await.expect("a port on 127.0.0.1")
}

fn under(origin: &str, certificate: CertificatePolicy) -> ClientSettings {
    ClientSettings { certificate, ..settings(origin, LoginWay::Basic) }
}

fn pinned(sha256: &str, accept_expired: bool) -> CertificatePolicy {
    CertificatePolicy::Pinned { sha256: sha256.to_owned(), accept_expired, leaf: None }
}

async fn read(server: &TlsServer, certificate: CertificatePolicy) -> Result<(), Problem> {
    let client = Client::new(under(&server.origin, certificate), PASSWORD.to_owned().into())?;
    client.read_modes().await.map(drop)
}

/// A CA file that trusts `identity`'s authority.
fn ca_file(identity: &Identity) -> (NamedTempFile, CertificatePolicy) {
    let file = NamedTempFile::new().expect("temporary file");
    std::fs::write(file.path(), &identity.authority_pem).expect("temporary file");
    let policy = CertificatePolicy::CaFile { path: file.path().to_string_lossy().into_owned() };
    (file, policy)
}

#[tokio::test]
async fn at_first_contact_nothing_leaves_and_the_certificate_is_shown() {
    let identity = Identity::self_signed(|_| ()).expect("an identity");
    let server = server(&identity).await;
    let client = Client::new(under(&server.origin, CertificatePolicy::System), PASSWORD.to_owned().into());
    let client = client.expect("usable settings");
    let read = client.read_modes().await.expect_err("not trusted");
    let switch = client.switch_mode(Mode::JobStop, true).await.expect_err("not trusted");
    assert_eq!(switch.applied, Applied::No, "nothing was sent");
    for problem in [read, switch.problem] {
        assert_eq!(problem.code, ProblemCode::CertificateUntrusted, "{problem:?}");
        let shown = problem.facts.certificate.expect("the certificate");
        assert_eq!(shown.sha256, identity.sha256());
        assert_eq!(shown.subject, "CN=ita.test");
        assert_eq!(shown.objection.as_deref(), Some("UnknownIssuer"));
        assert!(shown.not_before.is_some() && shown.not_after > shown.not_before);
    }
    assert_eq!(server.completed_handshakes(), 0, "not one application byte could be sent");
}

#[tokio::test]
async fn looking_at_a_certificate_sends_nothing_even_where_it_is_trusted() {
    let identity = Identity::issued(|_| ()).expect("an identity");
    let server = server(&identity).await;
    let (_file, trusting) = ca_file(&identity);
    let shown = inspect_certificate(&under(&server.origin, trusting).way()).await.expect("a certificate");
    assert_eq!((shown.sha256.as_str(), shown.objection), (identity.sha256().as_str(), None));
    assert_eq!((shown.subject.as_str(), shown.issuer.as_str()), ("CN=ita.test", "CN=Test Authority"));
    let shown = inspect_certificate(&under(&server.origin, CertificatePolicy::System).way()).await.expect("one");
    assert_eq!(shown.objection.as_deref(), Some("UnknownIssuer"), "what the system holds against it");
    assert_eq!(server.completed_handshakes(), 0);
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn looking_at_what_has_no_certificate_is_told_apart() {
    let plain = acceptance::fault_server::FaultServer::start(|_| Act::json(200, "{}")).await.expect("a port");
    let way = under(&plain.origin, CertificatePolicy::System).way();
    assert_eq!(inspect_certificate(&way).await.expect_err("http").code, ProblemCode::BadArgument);
    let tls_to_plain = plain.origin.replace("http://", "https://");
    let way = under(&tls_to_plain, CertificatePolicy::System).way();
    assert_eq!(inspect_certificate(&way).await.expect_err("no TLS").code, ProblemCode::TlsFailed);
}

#[tokio::test]
async fn a_ca_file_trusts_what_it_signed_and_nothing_else() {
    let identity = Identity::issued(|_| ()).expect("an identity");
    let trusted = server(&identity).await;
    let stranger = server(&Identity::issued(|_| ()).expect("an identity")).await;
    let (_file, policy) = ca_file(&identity);
    read(&trusted, policy.clone()).await.expect("signed by that authority");
    let problem = read(&stranger, policy).await.expect_err("signed by another of the same name");
    assert_eq!(problem.code, ProblemCode::CertificateUntrusted);
}

#[tokio::test]
async fn a_self_signed_leaf_can_be_a_ca_file_only_if_it_is_no_authority() {
    let plain = Identity::self_signed(|_| ()).expect("an identity");
    let (_file, policy) = ca_file(&plain);
    read(&server(&plain).await, policy).await.expect("self-signed, CA:FALSE");
    let openssl = Identity::self_signed_authority().expect("an identity");
    let (_file, policy) = ca_file(&openssl);
    let problem = read(&server(&openssl).await, policy).await.expect_err("openssl req -x509");
    let shown = problem.facts.certificate.expect("the certificate");
    assert_eq!(shown.objection.as_deref(), Some("CaUsedAsEndEntity"), "pinning is the way: say so");
}

#[tokio::test]
async fn a_pin_replaces_authority_and_name_for_the_one_certificate() {
    let wrong_name = |params: &mut rcgen::CertificateParams| params.subject_alt_names.clear();
    for identity in [
        Identity::self_signed_authority().expect("an identity"),
        Identity::self_signed(wrong_name).expect("an identity"),
        Identity::issued(|_| ()).expect("an identity"),
    ] {
        let server = server(&identity).await;
        read(&server, pinned(&identity.sha256(), false)).await.expect("the pinned certificate");
        let digits = identity.sha256().to_uppercase();
        let colons: Vec<_> = digits.as_bytes().chunks(2).map(String::from_utf8_lossy).collect();
        read(&server, pinned(&colons.join(":"), false)).await.expect("as openssl prints it");
    }
}

#[tokio::test]
async fn a_changed_certificate_is_a_hard_stop_with_both_fingerprints() {
    let (old, new) = (Identity::self_signed(|_| ()).expect("one"), Identity::self_signed(|_| ()).expect("another"));
    let server = server(&new).await;
    let problem = read(&server, pinned(&old.sha256(), true)).await.expect_err("changed");
    assert_eq!(problem.code, ProblemCode::CertificateChanged);
    assert_eq!(problem.facts.expected_sha256, Some(old.sha256()));
    assert_eq!(problem.facts.certificate.map(|shown| shown.sha256), Some(new.sha256()));
    assert_eq!(problem.facts.expected_leaf, None, "only the fingerprint was given");
    let leaf = PinnedLeaf {
        subject: "CN=before".to_owned(),
        issuer: "CN=before".to_owned(),
        not_before: Some(Timestamp(0)),
        not_after: Some(Timestamp(1)),
    };
    let remembered = CertificatePolicy::Pinned { sha256: old.sha256(), accept_expired: true, leaf: Some(leaf.clone()) };
    let problem = read(&server, remembered).await.expect_err("changed");
    assert_eq!(problem.facts.expected_leaf, Some(leaf), "both sides can be shown with their dates");
    let way = under(&server.origin, pinned(&old.sha256(), true)).way();
    assert_eq!(probe_site(&way).await.expect_err("changed").code, ProblemCode::CertificateChanged);
    assert_eq!(server.completed_handshakes(), 0);
}

#[tokio::test]
async fn a_stolen_certificate_without_its_key_is_refused_under_its_own_pin() {
    let identity = Identity::self_signed(|_| ()).expect("an identity");
    let impostor = server(&identity.with_stolen_certificate().expect("an impostor")).await;
    let problem = read(&impostor, pinned(&identity.sha256(), true)).await.expect_err("cannot sign the handshake");
    assert_eq!(problem.code, ProblemCode::TlsFailed, "{problem:?}");
    assert_eq!(impostor.completed_handshakes(), 0);
}

#[tokio::test]
async fn a_pin_covers_wrong_dates_only_by_consent() {
    let expired = |params: &mut rcgen::CertificateParams| {
        (params.not_before, params.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1));
    };
    let early = |params: &mut rcgen::CertificateParams| {
        (params.not_before, params.not_after) = (date_time_ymd(2190, 1, 1), date_time_ymd(2191, 1, 1));
    };
    for (identity, objection) in
        [(Identity::self_signed(expired), "Expired"), (Identity::self_signed(early), "NotValidYet")]
    {
        let identity = identity.expect("an identity");
        let server = server(&identity).await;
        let problem = read(&server, pinned(&identity.sha256(), false)).await.expect_err("wrong dates");
        assert_eq!(problem.code, ProblemCode::CertificateUntrusted);
        assert_eq!(problem.facts.certificate.and_then(|shown| shown.objection).as_deref(), Some(objection));
        assert_eq!(server.completed_handshakes(), 0);
        read(&server, pinned(&identity.sha256(), true)).await.expect("the user consented");
    }
}

#[tokio::test]
async fn authorities_also_mind_dates_and_names() {
    let expired = Identity::issued(|params| {
        (params.not_before, params.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1));
    });
    let elsewhere = Identity::issued(|params| {
        params.subject_alt_names = vec![rcgen::SanType::DnsName("elsewhere.test".try_into().expect("a name"))];
    });
    for (identity, objection) in [(expired, "Expired"), (elsewhere, "NotValidForName")] {
        let identity = identity.expect("an identity");
        let (_file, policy) = ca_file(&identity);
        let problem = read(&server(&identity).await, policy).await.expect_err(objection);
        assert_eq!(problem.facts.certificate.and_then(|shown| shown.objection).as_deref(), Some(objection));
    }
}
