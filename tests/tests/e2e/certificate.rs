//! Trust in the window: certificates that no authority vouches for, seen, pinned, changed and expired; and plain http.

use acceptance::desktop::Desktop;
use acceptance::journey::{config_folder, expect_count, fill_form, first_start, looks, prefer, still_jobs, Form, Look};
use acceptance::openssl::Pair;
use acceptance::tls_server::Identity;
use acceptance::wait::{until_true, LIMIT};
use acceptance::window::Window;
use ita_practice::{Options, Practice, PRACTICE_PASSWORD};
use rcgen::date_time_ymd;
use thirtyfour::prelude::Key;

#[tokio::test]
async fn a_certificate_is_pinned_before_any_password_leaves_and_a_changed_one_is_a_hard_stop() {
    for look in looks() {
        pin_and_change(look).await;
    }
}

/// What an administrator makes by `openssl req -x509`.
fn from_openssl() -> Identity {
    let pair = Pair::self_signed("rsa:2048", &["-addext", "subjectAltName=IP:127.0.0.1"]);
    Identity::from_pem(&pair.certificate_pem, &pair.key_pem).expect("a certificate")
}

async fn platform(identity: &Identity, port: u16) -> Practice {
    let tls = Some(identity.server_config().expect("a configuration"));
    let platform =
        Practice::start(Options { jobs: Some(0), tls, port, ..Options::default() }).await.expect("a platform");
    platform.control().script_jobs(still_jobs());
    platform
}

async fn pin_and_change(look: Look) {
    let desktop = Desktop::complete();
    prefer(&desktop, look);
    let identity = from_openssl();
    let first = platform(&identity, 0).await;
    let window = first_start(&desktop).await;
    fill_form(&window, Form { address: &first.url(), environment: "staging", password: PRACTICE_PASSWORD }).await;
    window.click("connection-test").await;
    expect_fingerprint(&window, "connection-form", &identity).await;
    window.picture(&look.picture("certificate-untrusted")).await;
    assert_eq!(first.control().request_count(), 0, "nothing was sent, no password least of all");
    window.click("pin-certificate").await;
    window.click("connection-save").await;
    expect_count(&window, "known", "6").await;

    let port = first.port();
    first.stop().await.expect("it stops");
    let other = from_openssl();
    let second = platform(&other, port).await;
    window.click("refresh").await;
    window.click("show-certificate").await;
    expect_fingerprint(&window, "certificate-dialog", &identity).await;
    expect_fingerprint(&window, "certificate-dialog", &other).await;
    assert_eq!(facts_per_side(&window).await, [4, 4], "fingerprint, subject, issuer and dates of both");
    window.picture(&look.picture("certificate-changed")).await;
    for _ in 0..3 {
        window.press(Key::Enter).await;
    }
    let kept = std::fs::read_to_string(config_folder(&desktop).join("connections.json")).expect("the file");
    assert!(kept.contains(&identity.sha256()) && !kept.contains(&other.sha256()), "Enter pins nothing");
    assert_eq!(second.control().request_count(), 0, "an impostor would have learned nothing");
    window.close().await;
}

/// How many facts stand on each side of a comparison of two certificates.
async fn facts_per_side(window: &Window<'_>) -> Vec<u64> {
    let script = "return [...document.querySelectorAll('.pin-compare > .certificate')]
        .map((side) => [...side.querySelectorAll('dt')].slice(0, 4).length);";
    let sides = window.evaluate(script).await;
    sides.as_array().expect("a list").iter().filter_map(serde_json::Value::as_u64).collect()
}

#[tokio::test]
async fn a_pin_on_an_expired_certificate_needs_a_consent_of_its_own() {
    for look in looks() {
        pin_expired(look).await;
    }
}

async fn pin_expired(look: Look) {
    let desktop = Desktop::complete();
    prefer(&desktop, look);
    let expired = Identity::self_signed(|params| {
        (params.not_before, params.not_after) = (date_time_ymd(2024, 4, 1), date_time_ymd(2025, 3, 31));
    });
    let platform = platform(&expired.expect("a certificate"), 0).await;
    let window = first_start(&desktop).await;
    fill_form(&window, Form { address: &platform.url(), environment: "staging", password: PRACTICE_PASSWORD }).await;
    window.click("connection-test").await;
    window.element("pin-accept-expired").await;
    assert!(window.attribute("pin-certificate", "disabled").await.is_some(), "not without the consent");
    window.picture(&look.picture("certificate-expired")).await;
    assert_eq!(platform.control().request_count(), 0);
    window.click("pin-accept-expired").await;
    window.click("pin-certificate").await;
    window.click("connection-save").await;
    expect_count(&window, "known", "6").await;
    window.close().await;
}

#[tokio::test]
async fn plain_http_is_used_only_after_a_consent_and_keeps_its_mark() {
    for look in looks() {
        plain_http(look).await;
    }
}

/// A host that nobody has: what matters comes before anything could be sent.
const PLAIN: &str = "http://ita-admin.invalid:81";

async fn plain_http(look: Look) {
    let desktop = Desktop::complete();
    prefer(&desktop, look);
    let window = first_start(&desktop).await;
    fill_form(&window, Form { address: PLAIN, environment: "staging", password: PRACTICE_PASSWORD }).await;
    window.element("connection-accepts-plain").await;
    window.click("connection-save").await;
    window.expect_attribute("connection-accepts-plain", "aria-invalid", "true").await;
    window.picture(&look.picture("plain-http")).await;
    window.click("connection-accepts-plain").await;
    window.click("connection-save").await;
    window.expect_gone("connection-form").await;
    let mark = if look.language == "ja" { "暗号化なし" } else { "Not encrypted" };
    window.expect_text("connection-bar", mark).await;
    window.close().await;

    let window = Window::open(&desktop).await;
    window.expect_text("connection-bar", mark).await;
    window.close().await;
}

/// Waits until the fingerprint can be read in an element, in whatever groups.
async fn expect_fingerprint(window: &Window<'_>, id: &str, identity: &Identity) {
    let (sha256, what) = (identity.sha256(), format!("{id} shows the fingerprint"));
    let script = format!("return document.querySelector('[data-testid={id}]')?.textContent ?? ''");
    until_true(&what, LIMIT, async || {
        let text = window.evaluate(&script).await;
        let digits: String = text.as_str().unwrap_or_default().chars().filter(char::is_ascii_hexdigit).collect();
        digits.to_lowercase().contains(&sha256)
    })
    .await;
}
