//! An address that no way leads to.

use acceptance::clients::{client, settings};
use ita_core::client::{reach, Applied};
use ita_core::domain::connection::LoginWay;
use ita_core::domain::modes::Mode;
use ita_core::domain::problem::ProblemCode;

/// TCP has no way to a group of machines, and the system says so without sending anything.
const NO_ROUTE: &str = "224.0.0.1:81";

#[tokio::test]
async fn no_route_is_no_refusal_and_certainly_sends_nothing() {
    let origin = format!("http://{NO_ROUTE}");
    let client = client(&origin, LoginWay::Basic).expect("usable settings");
    let problem = client.read_modes().await.expect_err("no route");
    assert_eq!(problem.code, ProblemCode::Unreachable, "{problem:?}");
    assert!(problem.facts.reason.is_some_and(|reason| reason.contains("unreachable")), "the system's own words");
    let failure = client.switch_mode(Mode::JobStop, true).await.expect_err("no route");
    assert_eq!((failure.problem.code, failure.applied), (ProblemCode::Unreachable, Applied::No));
    let way = settings(&origin, LoginWay::Basic).way();
    let problem = reach(&way, &[NO_ROUTE.parse().expect("an address")]).await.expect_err("no route");
    assert_eq!(problem.code, ProblemCode::Unreachable, "the connection test says the same: {problem:?}");
}
