//! Certificates that no authority vouches for: seen, pinned, and changed.

use acceptance::desktop::Desktop;
use acceptance::journey::{expect_count, fill_form, first_start, looks, prefer, still_jobs, Form, Look};
use acceptance::tls_server::Identity;
use acceptance::wait::{until_true, LIMIT};
use acceptance::window::Window;
use ita_practice::{Options, Practice, PRACTICE_PASSWORD};

#[tokio::test]
async fn a_certificate_is_pinned_before_any_password_leaves_and_a_changed_one_is_a_hard_stop() {
    for look in looks() {
        pin_and_change(look).await;
    }
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
    let identity = Identity::self_signed_authority().expect("a certificate");
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
    let other = Identity::self_signed_authority().expect("a certificate");
    let second = platform(&other, port).await;
    window.click("refresh").await;
    window.click("show-certificate").await;
    expect_fingerprint(&window, "certificate-dialog", &identity).await;
    expect_fingerprint(&window, "certificate-dialog", &other).await;
    window.picture(&look.picture("certificate-changed")).await;
    assert_eq!(second.control().request_count(), 0, "an impostor would have learned nothing");
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
