//! Which proxy stands between, if any.

use reqwest::{ClientBuilder, Proxy};
use url::Url;

use crate::domain::connection::ProxyPolicy;
use crate::domain::problem::{Problem, ProblemCode};

/// Where the first connection of a request goes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Hop {
    /// To the platform.
    Direct,
    /// To this proxy.
    Proxy(Url),
    /// As the system's settings say; only the HTTP stack reads them.
    System,
}

/// The hop that a policy means for an origin, by [`ProxyPolicy::toward`]. [`ProblemCode::BadArgument`] (`proxy`) for an
/// address that cannot be used, also where it would not be used.
pub(super) fn hop(policy: &ProxyPolicy, origin: &Url) -> Result<Hop, Problem> {
    let given = match policy {
        ProxyPolicy::Given { url } => Some(usable(url)?),
        ProxyPolicy::None | ProxyPolicy::System => None,
    };
    Ok(match (policy.toward(origin), given) {
        (ProxyPolicy::Given { .. }, Some(proxy)) => Hop::Proxy(proxy),
        (ProxyPolicy::System, _) => Hop::System,
        _ => Hop::Direct,
    })
}

/// Whether the address of a given proxy can be used at all, as every request would say.
pub fn check_proxy(policy: &ProxyPolicy) -> Result<(), Problem> {
    match policy {
        ProxyPolicy::Given { url } => usable(url).map(drop),
        ProxyPolicy::None | ProxyPolicy::System => Ok(()),
    }
}

/// Sets the hop; whatever the environment says is ignored unless it was chosen.
pub(super) fn apply(builder: ClientBuilder, policy: &ProxyPolicy, origin: &Url) -> Result<ClientBuilder, Problem> {
    Ok(match hop(policy, origin)? {
        Hop::Direct => builder.no_proxy(),
        Hop::System => builder,
        Hop::Proxy(url) => {
            let proxy = Proxy::all(url).map_err(|_| unusable())?;
            builder.no_proxy().proxy(proxy)
        }
    })
}

/// `http://host:port`. A user and password in it would be a secret in the settings file, so they are refused.
fn usable(typed: &str) -> Result<Url, Problem> {
    let url = Url::parse(typed.trim()).map_err(|_| unusable())?;
    let is_usable = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none()
        && matches!(url.path(), "" | "/")
        && url.query().is_none()
        && url.fragment().is_none();
    is_usable.then_some(url).ok_or_else(unusable)
}

fn unusable() -> Problem {
    Problem::because(ProblemCode::BadArgument, "proxy")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(origin: &str, policy: &ProxyPolicy) -> Hop {
        hop(policy, &Url::parse(origin).expect("an origin")).expect("a usable proxy")
    }

    fn given(url: &str) -> ProxyPolicy {
        ProxyPolicy::Given { url: url.to_owned() }
    }

    #[test]
    fn the_environment_is_asked_for_https_to_another_machine_only() {
        assert_eq!(to("https://ita.example", &ProxyPolicy::System), Hop::System);
        for origin in ["http://ita.example", "https://127.0.0.1:8443", "https://[::1]", "https://localhost"] {
            assert_eq!(to(origin, &ProxyPolicy::System), Hop::Direct, "{origin}");
        }
        assert_eq!(to("https://ita.example", &ProxyPolicy::None), Hop::Direct);
    }

    #[test]
    fn a_given_proxy_serves_other_machines() {
        let proxy = Hop::Proxy(Url::parse("http://proxy:3128").expect("an address"));
        assert_eq!(to("http://ita.example", &given("http://proxy:3128")), proxy);
        assert_eq!(to("http://127.0.0.1:81", &given("http://proxy:3128")), Hop::Direct);
    }

    #[test]
    fn a_proxy_address_holds_no_secret_and_no_path() {
        for typed in
            ["http://user:pw@proxy:3128", "socks5://proxy", "proxy:3128", "http://proxy/pac", "http://proxy?x", ""]
        {
            let origin = Url::parse("https://ita.example").expect("an origin");
            let problem = hop(&given(typed), &origin).expect_err("not usable");
            assert_eq!(
                (problem.code, problem.facts.reason.as_deref()),
                (ProblemCode::BadArgument, Some("proxy")),
                "{typed}"
            );
        }
    }
}
