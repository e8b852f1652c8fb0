//! The APIs behind the authorisation proxy: modes, jobs, log levels (platform-contract §3 to §6, §8).

use serde_json::{json, Value};

use super::{
    answer::Answer,
    incoming::{Forwarded, Incoming},
};
use crate::{
    identity::Denied,
    jobs::render,
    json::{python_repr, Members},
    modes::{Mode, Refused},
    text::{self, Language},
    world::{ts, Part, World},
};

/// Answers a request below `/api/platform/` or `/api/ita/`.
pub(crate) fn answer(world: &mut World, incoming: &Incoming) -> Answer {
    if incoming.method == "OPTIONS" {
        let mut answer = Answer::plain(200, "");
        answer.headers.push(("Allow", "HEAD, OPTION, GET, PUT, PATCH, POST, DELETE, OPTIONS".to_owned()));
        return answer;
    }
    if world.is_down(Part::Database) {
        return Answer::failed(incoming.language());
    }
    let ita = incoming.path.starts_with("/api/ita/");
    let read_only = world.modes.believed().read_only;
    if ita && read_only && incoming.method != "GET" {
        // Before the password is looked at.
        let message = text::read_only(incoming.language(), &incoming.method, &incoming.path);
        return Answer::platform(498, "498-00001", &message, &json!("MaintenanceMode(data_update_stop:1)"));
    }
    world.identity.down = world.is_down(Part::IdentityServer);
    let language = match world.identity.authenticate(incoming.authorization.as_deref()) {
        Ok(login) => login.language,
        Err(Denied::Failed) => return Answer::failed(incoming.language()),
        Err(Denied::Refused(data)) => {
            let message = text::login_failed(incoming.language());
            return Answer::platform(401, "401-00002", message, &json!(data));
        }
    };
    let behind = if ita { Part::ItaApi } else { Part::PlatformApi };
    // The proxy has no way to forward HEAD and stumbles.
    if world.is_down(behind) || incoming.method == "HEAD" {
        return Answer::failed(language);
    }
    if ita {
        ita_api(world, incoming, language)
    } else {
        platform_api(world, incoming, language)
    }
}

fn platform_api(world: &mut World, incoming: &Incoming, language: Language) -> Answer {
    match (incoming.path.as_str(), incoming.forwarded_method()) {
        ("/api/platform/maintenance-mode-setting", "GET") => Answer::platform_ok(&world.modes.read()),
        ("/api/platform/maintenance-mode-setting", "PATCH") => change_modes(world, incoming, language),
        ("/api/platform/organizations", "POST") if world.modes.believed().read_only => {
            let id = match incoming.forwarded_json() {
                Forwarded::Object(Members(members)) => members.into_iter().find(|(key, _)| key == "id"),
                Forwarded::List(_) => None,
            };
            let id = id.and_then(|(_, id)| id.as_str().map(str::to_owned)).unwrap_or_default();
            let message = text::no_organization_while_read_only(language, &id);
            Answer::platform(498, "498-23001", &message, &Value::Null)
        }
        ("/api/platform/maintenance-mode-setting", _) => Answer::no_such_method(),
        _ => Answer::no_such_path(),
    }
}

fn change_modes(world: &mut World, incoming: &Incoming, language: Language) -> Answer {
    let body = match incoming.forwarded_json() {
        Forwarded::Object(body) => body,
        Forwarded::List(list) => return wrong_type(&list, "object", None),
    };
    if body.0.is_empty() {
        return Answer::platform(400, "400-00002", text::bad_body(language), &Value::Null);
    }
    let mistyped =
        body.0.iter().find(|(key, value)| Mode::ALL.iter().any(|mode| mode.key() == key) && !value.is_string());
    if let Some((key, value)) = mistyped {
        return wrong_type(value, "string", Some(key));
    }
    match world.modes.patch(&body, language) {
        Ok(()) => {
            world.after_patch();
            Answer::platform_ok(&Value::Null)
        }
        Err(Refused::Bad(result, message)) => Answer::platform(400, result, &message, &Value::Null),
        Err(Refused::Broken) => Answer::failed(language),
    }
}

fn wrong_type(value: &Value, expected: &str, key: Option<&str>) -> Answer {
    let place = key.map_or_else(String::new, |key| format!(" - '{key}'"));
    Answer::problem(400, "Bad Request", &format!("{} is not of type '{expected}'{place}", python_repr(value)))
}

fn ita_api(world: &mut World, incoming: &Incoming, language: Language) -> Answer {
    let path = incoming.path.trim_end_matches('/');
    match (path, incoming.forwarded_method()) {
        ("/api/ita/backyard-execute-check", "GET") => running_jobs(world, language),
        ("/api/ita/loglevel-settings", "GET") => Answer::ita_ok(&world.log_levels.read()),
        ("/api/ita/loglevel-settings", "PATCH") => {
            let body = match incoming.forwarded_json() {
                Forwarded::Object(body) => body,
                Forwarded::List(_) => Members::default(),
            };
            match world.log_levels.patch(&body, language) {
                Ok(()) => Answer::ita_ok(&json!(text::LOG_LEVELS_SET)),
                Err(message) => Answer::ita_refused(499, "499-01401", &message),
            }
        }
        ("/api/ita/settings", "GET") => Answer::ita_ok(&drivers()),
        ("/api/ita/backyard-execute-check" | "/api/ita/loglevel-settings" | "/api/ita/settings", _) => {
            Answer::no_such_method()
        }
        _ => Answer::no_such_path(),
    }
}

/// The list of running jobs; one broken workspace loses all of it, with success.
fn running_jobs(world: &mut World, language: Language) -> Answer {
    if world.yard.workspaces.iter().any(|workspace| workspace.fault.is_some()) {
        let error = json!({"message": text::system_error(language), "result": "999-99999", "ts": ts()});
        return Answer::ita_ok(&json!([error, 500]));
    }
    Answer::ita_printed(|out| render::push_data(out, &mut world.yard, language, world.shape))
}

/// The drivers that organizations may choose from.
fn drivers() -> Value {
    json!({"drivers": {"options": [
        {"enable": true, "id": "terraform_cloud_ep", "name": "Terraform Cloud/EP driver"},
        {"enable": true, "id": "terraform_cli", "name": "Terraform CLI driver"},
        {"enable": true, "id": "ci_cd", "name": "CI/CD for IaC"},
        {"description": text::OASE_NEEDS_MONGO, "enable": false, "id": "oase", "name": "Exastro OASE"},
    ]}})
}
