//! What requests do to the platform, beyond the answers that the recordings hold: effects, and states that were not
//! recorded (platform-contract §2 to §8).

use std::time::Duration;

use base64::{engine::general_purpose::STANDARD, Engine as _};
use serde_json::{json, Value};

use super::{admin, answer::Answer, incoming::Incoming, organization};
use crate::{
    modes::{Mode, ModeTable},
    options::{Options, User},
    world::{Part, World},
};

const MODES: &str = "/api/platform/maintenance-mode-setting";
const JOBS: &str = "/api/ita/backyard-execute-check/";
const LEVELS: &str = "/api/ita/loglevel-settings/";
const JSON: &str = "application/json";

fn world() -> World {
    let idle = Options { organizations: Some(1), workspaces: Some(1), jobs: Some(0), ..Options::default() };
    World::new(&idle.recorded_users()).expect("a known zone")
}

fn basic(login: &str) -> Vec<u8> {
    format!("Basic {}", STANDARD.encode(login)).into_bytes()
}

fn request(method: &str, path: &str, body: &str) -> Incoming {
    Incoming {
        method: method.to_owned(),
        target: path.to_owned(),
        path: path.to_owned(),
        authorization: Some(basic("admin:right-password")),
        content_type: JSON.to_owned(),
        body: body.as_bytes().to_vec(),
        ..Incoming::default()
    }
}

fn ask(world: &mut World, method: &str, path: &str, body: &str) -> Answer {
    admin::answer(world, &request(method, path, body))
}

fn result(answer: &Answer) -> Value {
    serde_json::from_str::<Value>(&answer.body).expect("JSON")["result"].clone()
}

fn log_in(world: &mut World, login: &str) -> u16 {
    let asked = Incoming { authorization: Some(basic(login)), ..request("GET", MODES, "") };
    admin::answer(world, &asked).status
}

fn bearer(world: &mut World, token: &str) -> u16 {
    let authorization = Some(format!("Bearer {token}").into_bytes());
    admin::answer(world, &Incoming { authorization, ..request("GET", MODES, "") }).status
}

fn token(world: &mut World, form: &str) -> (u16, Value) {
    let asked = Incoming { authorization: None, ..request("POST", admin::TOKEN, form) };
    let answer = admin::answer(world, &asked);
    (answer.status, serde_json::from_str(&answer.body).unwrap_or_default())
}

const PASSWORD_GRANT: &str =
    "client_id=_platform-api&grant_type=password&username=admin&password=right-password&scope=openid";

#[test]
fn a_change_of_the_modes_does_what_the_contract_says() {
    let stop = (true, false);
    let nothing = (false, false);
    for (body, status, after) in [
        (r#"{"backyard_execute_stop":"1"}"#, 200, stop),
        (r#"{"data_update_stop":"1"}"#, 200, (false, true)),
        (r#"{"backyard_execute_stop":"1","data_update_stop":"1"}"#, 200, (true, true)),
        (r#"{"BACKYARD_EXECUTE_STOP":"1"}"#, 200, stop),
        (r#"{"backyard_execute_stop":"0","backyard_execute_stop":"1"}"#, 200, stop),
        (r#"{"backyard_execute_stop":"0","BACKYARD_EXECUTE_STOP":"1"}"#, 200, stop),
        (r#"{"backyard_execute_stop":"2"}"#, 400, nothing),
        (r#"{"backyard_execute_stop":""}"#, 400, nothing),
        (r#"{"backyard_execute_stop":true}"#, 400, nothing),
        (r#"{"backyard_execute_stop":1}"#, 400, nothing),
        (r#"{"backyard_execute_stop":null}"#, 400, nothing),
        (r#"{"backyard_execute_stop":"1","data_update_stop":"2"}"#, 400, nothing),
        (r#"{"backyard_execute_stop":"1","other":"1"}"#, 400, nothing),
        ("{}", 400, nothing),
        ("[]", 400, nothing),
        ("garbage", 400, nothing),
    ] {
        let mut world = world();
        let answer = ask(&mut world, "PATCH", MODES, body);
        assert_eq!(answer.status, status, "{body}: {}", answer.body);
        assert_eq!((world.modes.job_stop, world.modes.read_only), after, "{body}: all of it or nothing");
    }
}

#[test]
fn a_change_without_its_row_succeeds_and_changes_nothing() {
    for table in [ModeTable::Empty, ModeTable::RowMissing(Mode::JobStop)] {
        let mut world = world();
        world.set_table(table.clone());
        assert_eq!(ask(&mut world, "PATCH", MODES, r#"{"backyard_execute_stop":"1"}"#).status, 200, "{table:?}");
        assert!(!world.modes.job_stop, "{table:?}");
    }
    let mut world = world();
    world.set_table(ModeTable::RowMissing(Mode::ReadOnly));
    ask(&mut world, "PATCH", MODES, r#"{"backyard_execute_stop":"1"}"#);
    assert!(world.modes.job_stop, "the other row is there");
}

#[test]
fn every_state_of_the_table_reads_as_the_contract_says() {
    let mut world = world();
    (world.modes.job_stop, world.modes.read_only) = (true, true);
    for (table, data) in [
        (ModeTable::Intact, json!({"backyard_execute_stop": "1", "data_update_stop": "1"})),
        (ModeTable::Empty, json!({})),
        (ModeTable::RowMissing(Mode::JobStop), json!({"data_update_stop": "1"})),
        (ModeTable::Odd(Mode::ReadOnly, None), json!({"backyard_execute_stop": "1", "data_update_stop": null})),
        (
            ModeTable::Odd(Mode::ReadOnly, Some("2".to_owned())),
            json!({"backyard_execute_stop": "1", "data_update_stop": "2"}),
        ),
        (
            ModeTable::Extra("more".to_owned(), "x".to_owned()),
            json!({"backyard_execute_stop": "1", "data_update_stop": "1", "more": "x"}),
        ),
        (ModeTable::Unreadable, json!({"backyard_execute_stop": "0", "data_update_stop": "0"})),
    ] {
        world.set_table(table.clone());
        let answer = ask(&mut world, "GET", MODES, "");
        let read: Value = serde_json::from_str(&answer.body).expect("JSON");
        assert_eq!((answer.status, &read["data"]), (200, &data), "{table:?}");
    }
}

#[test]
fn a_write_mends_an_odd_value_and_fails_on_an_unreadable_table() {
    let mut world = world();
    world.set_table(ModeTable::Odd(Mode::JobStop, Some("x".to_owned())));
    assert_eq!(ask(&mut world, "PATCH", MODES, r#"{"data_update_stop":"1"}"#).status, 200);
    assert_ne!(world.modes.table, ModeTable::Intact, "the other row does not mend it");
    assert_eq!(ask(&mut world, "PATCH", MODES, r#"{"backyard_execute_stop":"1"}"#).status, 200);
    assert_eq!((&world.modes.table, world.modes.job_stop), (&ModeTable::Intact, true));
    world.set_table(ModeTable::Unreadable);
    let failed = ask(&mut world, "PATCH", MODES, r#"{"backyard_execute_stop":"0"}"#);
    assert_eq!((failed.status, result(&failed)), (500, "500-99999".into()));
    assert!(world.modes.job_stop);
}

#[test]
fn changes_can_succeed_without_effect() {
    let mut world = world();
    world.modes.writes_ignored = true;
    assert_eq!(ask(&mut world, "PATCH", MODES, r#"{"backyard_execute_stop":"1"}"#).status, 200);
    assert!(!world.modes.job_stop);
}

#[test]
fn read_only_refuses_writes_of_ita_before_the_password_and_never_its_own_end() {
    let mut world = world();
    world.modes.read_only = true;
    for (method, path) in [("PATCH", LEVELS), ("POST", LEVELS), ("DELETE", JOBS), ("HEAD", JOBS), ("PUT", "/api/ita/x")]
    {
        let wrong = Incoming { authorization: Some(basic("admin:wrong")), ..request(method, path, "{}") };
        let answer = admin::answer(&mut world, &wrong);
        assert_eq!((answer.status, result(&answer)), (498, "498-00001".into()), "{method} {path}");
    }
    assert_eq!(world.identity.password_logins, 0, "nobody looked at the password");
    assert_eq!(ask(&mut world, "GET", JOBS, "").status, 200);
    assert_eq!(ask(&mut world, "PATCH", MODES, r#"{"data_update_stop":"0"}"#).status, 200);
    assert!(!world.modes.read_only);
    assert_eq!(ask(&mut world, "PATCH", LEVELS, "{}").status, 200);
}

#[test]
fn log_levels_change_together_or_not_at_all() {
    let (one, other) = ("ita-api-admin", "ita-by-collector");
    for (body, status, after) in [
        (r#"{"ita-api-admin":"DEBUG","ita-by-collector":"DEBUG"}"#, 200, ["DEBUG", "DEBUG"]),
        (r#"{"ita-api-admin":"DEBUG","ita-by-collector":"TRACE"}"#, 499, ["INFO", "INFO"]),
        (r#"{"ita-api-admin":"DEBUG","ita_by_x":"DEBUG"}"#, 499, ["INFO", "INFO"]),
        (r#"{"brand-new":"DEBUG","ita-by-collector":"DEBUG"}"#, 200, ["INFO", "DEBUG"]),
        ("garbage", 200, ["INFO", "INFO"]),
        ("[]", 200, ["INFO", "INFO"]),
    ] {
        let mut world = world();
        assert_eq!(ask(&mut world, "PATCH", LEVELS, body).status, status, "{body}");
        let levels = [one, other].map(|service| world.log_levels.0[service].clone().unwrap_or_default());
        assert_eq!(levels, after, "{body}");
        assert!(!world.log_levels.0.contains_key("brand-new"), "an unknown service is not added");
    }
}

#[test]
fn a_body_in_chunks_or_beyond_reason_is_the_web_servers_to_refuse() {
    let mut world = world();
    let chunked = Incoming { chunked: true, ..request("PATCH", MODES, "") };
    let answer = admin::answer(&mut world, &chunked);
    assert_eq!((answer.status, answer.content_type), (411, "text/html; charset=iso-8859-1"));
    let endless = Incoming { too_large: true, ..request("PATCH", MODES, "") };
    assert_eq!(admin::answer(&mut world, &endless).status, 413);
    assert_eq!(world.identity.password_logins, 0, "nothing behind it was asked");
}

#[test]
fn every_basic_request_is_a_login_and_no_bearer_request_is() {
    let mut world = world();
    assert_eq!([log_in(&mut world, "admin:right-password"), log_in(&mut world, "admin:wrong")], [200, 401]);
    assert_eq!(log_in(&mut world, "nobody:x"), 401);
    assert_eq!(world.identity.password_logins, 3, "right, wrong and unknown");
    let (status, grant) = token(&mut world, PASSWORD_GRANT);
    assert_eq!((status, world.identity.password_logins), (200, 4));
    let access = grant["access_token"].as_str().expect("a token");
    assert_eq!([bearer(&mut world, access), bearer(&mut world, access)], [200, 200]);
    let refresh = format!(
        "client_id=_platform-api&grant_type=refresh_token&refresh_token={}",
        grant["refresh_token"].as_str().expect("a token")
    );
    assert_eq!(token(&mut world, &refresh).0, 200);
    assert_eq!(world.identity.password_logins, 4, "tokens cost no further login");
    assert_eq!(
        bearer(&mut world, grant["refresh_token"].as_str().expect("a token")),
        401,
        "that one is for refreshing"
    );
}

#[test]
fn brute_force_protection_locks_the_account_that_a_poller_hammers() {
    let mut world = world();
    world.identity.set_lock_after(Some(3));
    assert_eq!(log_in(&mut world, "admin:wrong"), 401);
    assert_eq!(log_in(&mut world, "admin:right-password"), 200, "a success starts the count anew");
    for _ in 0..3 {
        assert_eq!(log_in(&mut world, "admin:wrong"), 401);
    }
    assert_eq!(log_in(&mut world, "admin:right-password"), 401, "locked, and nobody says so");
    assert_eq!(token(&mut world, PASSWORD_GRANT).1["error"], "invalid_grant");
    assert_eq!(log_in(&mut world, "norole:right-password"), 200, "others are not");
    world.identity.set_lock_after(None);
    assert_eq!(log_in(&mut world, "admin:right-password"), 200);
}

#[test]
fn a_token_request_without_its_scope_or_with_a_wrong_grant_is_no_login() {
    let mut world = world();
    assert_eq!(token(&mut world, PASSWORD_GRANT.trim_end_matches("&scope=openid")).0, 500);
    assert_eq!(token(&mut world, "client_id=_platform-api&grant_type=refresh_token&refresh_token=x").0, 400);
    assert_eq!(token(&mut world, "client_id=_platform-api&grant_type=other").0, 400);
    assert_eq!(world.identity.password_logins, 0);
    let disabled = PASSWORD_GRANT.replace("username=admin", "username=disabled");
    assert_eq!(token(&mut world, &disabled).1["error"], "invalid_grant");
    assert_eq!(world.identity.password_logins, 1);
}

#[test]
fn tokens_end_by_age_by_force_and_with_their_user() {
    let mut world = world();
    let access = |world: &mut World| {
        let (_, grant) = token(world, PASSWORD_GRANT);
        (grant["access_token"].as_str().expect("a token").to_owned(), grant)
    };
    world.identity.access_life = Duration::ZERO;
    let (short, grant) = access(&mut world);
    assert_eq!((bearer(&mut world, &short), &grant["expires_in"]), (401, &json!(0)));
    world.identity.access_life = Duration::from_secs(60);
    let (first, grant) = access(&mut world);
    let refresh = grant["refresh_token"].as_str().expect("a token");
    let refresh = format!("client_id=_platform-api&grant_type=refresh_token&refresh_token={refresh}");
    world.identity.end_tokens(false);
    assert_eq!(bearer(&mut world, &first), 401, "the identity server restarted");
    assert_eq!(token(&mut world, &refresh).0, 200, "and kept its sessions");
    world.identity.end_tokens(true);
    assert_eq!(token(&mut world, &refresh).1["error"], "invalid_grant", "or it did not");
    let (last, _) = access(&mut world);
    world.identity.users = vec![User::new("admin", "right-password").disabled()];
    assert_eq!(bearer(&mut world, &last), 401);
}

#[test]
fn a_part_that_is_down_takes_its_own_answers_with_it() {
    for (part, modes, jobs, login) in [
        (Part::WebServer, 502, 502, 502),
        (Part::Database, 500, 500, 500),
        (Part::IdentityServer, 500, 500, 500),
        (Part::PlatformApi, 500, 200, 200),
        (Part::ItaApi, 200, 500, 200),
    ] {
        let mut world = world();
        world.set_down(part, true);
        assert_eq!(ask(&mut world, "GET", MODES, "").status, modes, "{part:?}");
        assert_eq!(ask(&mut world, "GET", JOBS, "").status, jobs, "{part:?}");
        assert_eq!(token(&mut world, PASSWORD_GRANT).0, login, "{part:?}");
        let health = ask(&mut world, "GET", "/health-check/liveness", "").status;
        assert_eq!(health, if part == Part::WebServer { 502 } else { 200 }, "it says nothing about the parts behind");
        world.set_down(part, false);
        assert_eq!(ask(&mut world, "GET", MODES, "").status, 200, "{part:?} is back");
    }
}

#[test]
fn a_locale_that_is_neither_ja_nor_en_has_japanese_texts_and_no_status_names() {
    let mut world = world();
    world.identity.users = vec![User::new("admin", "right-password").locale("fr")];
    world.yard.add_endless(crate::Backyard::AnsibleExecute, "3", "2026-01-02T03:04:05Z".to_owned());
    let list = ask(&mut world, "GET", JOBS, "").body;
    assert!(list.contains("\"status_name\": null"), "{list}");
    let refused = ask(&mut world, "PATCH", MODES, r#"{"backyard_execute_stop":"2"}"#).body;
    assert!(refused.contains("\\u8a2d\\u5b9a\\u5024"), "{refused}");
}

#[test]
fn the_organization_site_has_nothing_for_administrators() {
    let mut world = world();
    for (path, status) in [(MODES, 403), (JOBS, 403), (admin::TOKEN, 403), ("/", 404), ("/health-check/liveness", 200)]
    {
        assert_eq!(organization::answer(&world, &request("GET", path, "")).status, status, "{path}");
    }
    world.set_down(Part::WebServer, true);
    assert_eq!(organization::answer(&world, &request("GET", "/", "")).status, 502);
    assert_eq!(world.identity.password_logins, 0);
}
