//! The system administrators' site.

use super::{answer::Answer, api, incoming::Incoming};
use crate::world::{Part, World};

/// The token endpoint.
pub(crate) const TOKEN: &str = "/auth/realms/master/protocol/openid-connect/token";

/// Answers a request on this site.
pub(crate) fn answer(world: &mut World, incoming: &Incoming) -> Answer {
    if world.is_down(Part::WebServer) {
        return Answer::bad_gateway();
    }
    if incoming.chunked {
        return Answer::length_required(&incoming.method);
    }
    if incoming.too_large {
        return Answer::too_large();
    }
    match incoming.path.as_str() {
        "/" => Answer::found(format!("{}/platform/organizations", world.external_url)),
        "/health-check/liveness" | "/health-check/readiness" => Answer::plain(200, "OK"),
        TOKEN => token(world, incoming),
        path if path.starts_with("/api/platform/") || path.starts_with("/api/ita/") => api::answer(world, incoming),
        path if path.starts_with("/api/") || path.starts_with("/auth/") => Answer::forbidden(),
        _ => Answer::plain(404, ""),
    }
}

fn token(world: &mut World, incoming: &Incoming) -> Answer {
    let language = incoming.language();
    if world.is_down(Part::Database) || world.is_down(Part::IdentityServer) {
        return Answer::failed(language);
    }
    if incoming.method != "POST" {
        return Answer::page(405, "Method Not Allowed", "The requested method is not allowed for this URL.");
    }
    Answer::token(world.identity.token(&incoming.form()), language)
}
