//! The organization users' site: administrators have nothing there (platform-contract §7).

use super::{answer::Answer, incoming::Incoming};
use crate::world::{Part, World};

/// Answers a request on this site.
pub(crate) fn answer(world: &World, incoming: &Incoming) -> Answer {
    if world.is_down(Part::WebServer) {
        return Answer::bad_gateway();
    }
    match incoming.path.as_str() {
        "/" => Answer::plain(404, ""),
        "/health-check/liveness" | "/health-check/readiness" => Answer::plain(200, "OK"),
        _ => Answer::forbidden(),
    }
}
