//! A proxy in the environment. In a program of its own: the environment belongs to the whole process, and is set before
//! anything else runs.

use acceptance::clients::{client, settings};
use acceptance::fault_server::{envelope, Act, FaultServer};
use ita_core::client::{Client, ClientSettings};
use ita_core::domain::connection::{LoginWay, ProxyPolicy};

#[test]
fn a_proxy_in_the_environment_never_sees_a_password() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let proxy = FaultServer::start(|_| Act::answer(502, &[], "")).await.expect("a port on 127.0.0.1");
        for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            std::env::set_var(name, &proxy.origin);
        }
        std::env::remove_var("no_proxy");
        std::env::remove_var("NO_PROXY");
        let modes = envelope(r#"{"backyard_execute_stop":"0","data_update_stop":"0"}"#);
        let platform = FaultServer::start(move |_| Act::json(200, &modes)).await.expect("a port on 127.0.0.1");

        let unasked = client(&platform.origin, LoginWay::Basic).expect("usable settings");
        unasked.read_modes().await.expect("straight to the platform");
        let by = |origin: &str, proxy: ProxyPolicy| {
            let settings = ClientSettings { proxy, ..settings(origin, LoginWay::Basic) };
            Client::new(settings, "x".to_owned().into()).expect("usable settings")
        };
        by(&platform.origin, ProxyPolicy::System).read_modes().await.expect("never for this machine");
        by("http://ita.invalid", ProxyPolicy::System).read_modes().await.expect_err("no such name");
        by("https://ita.invalid", ProxyPolicy::None).read_modes().await.expect_err("no such name");
        assert!(proxy.seen().is_empty(), "plain http, this machine and the default never go through it");

        by("https://ita.invalid", ProxyPolicy::System).read_modes().await.expect_err("the proxy says 502");
        let given = ProxyPolicy::Given { url: proxy.origin.clone() };
        by("https://ita.invalid", given).read_modes().await.expect_err("the proxy says 502");
        let seen = proxy.seen();
        assert_eq!(seen.len(), 2, "https goes through it where it was chosen");
        for request in seen {
            assert_eq!((request.method.as_str(), request.path.as_str()), ("CONNECT", "ita.invalid:443"));
            assert_eq!(request.header("authorization"), None, "the password stays inside TLS");
        }
    });
}
