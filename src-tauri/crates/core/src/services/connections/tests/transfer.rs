//! What is handed on, and what of a stranger's file is let in.

use serde_json::{json, Value};

use super::*;
use crate::domain::connection::PinnedLeaf;

fn shared(connection: &Value) -> Vec<u8> {
    let file = json!({ "format": "ita-maintenance-connections", "version": 1, "connections": [connection] });
    file.to_string().into_bytes()
}

fn night() -> Value {
    json!({
        "name": "night", "address": "https://ita.example", "environment": "production", "user": "admin",
        "secret_place": "keyring", "login": "automatic", "certificate": { "kind": "system" },
        "proxy": { "kind": "none" }, "poll_seconds": null, "zone": { "kind": "automatic" },
    })
}

fn with(pointer: &str, value: Value) -> Vec<u8> {
    let mut connection = night();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    connection.pointer_mut(parent).expect("there")[key] = value;
    shared(&connection)
}

fn read(file: &[u8]) -> SharedFile {
    SharedFile::of(file).expect("one of ours")
}

impl Desk {
    fn import(&self, file: &[u8], clash: Clash) -> Result<Vec<Imported>, Problem> {
        self.connections.import(SharedFile::of(file)?, clash)
    }
}

fn reason(problem: &Problem) -> &str {
    assert_eq!(problem.code, ProblemCode::ImportRefused);
    problem.facts.reason.as_deref().expect("the place")
}

#[tokio::test]
async fn a_file_carries_every_setting_and_nothing_of_its_senders_own() {
    let (sender, receiver) = (desk(), desk());
    let leaf = PinnedLeaf {
        subject: "CN=seen by the sender".to_owned(),
        issuer: "CN=x".to_owned(),
        not_before: None,
        not_after: None,
    };
    let saved = ConnectionDraft {
        certificate: CertificatePolicy::Pinned { sha256: "ab".repeat(32), accept_expired: true, leaf: Some(leaf) },
        proxy: ProxyPolicy::Given { url: "http://proxy.example:8080".to_owned() },
        poll_seconds: Some(30),
        zone: ZoneSetting::Zone { name: "Asia/Tokyo".to_owned() },
        login: LoginWay::Token,
        ..draft("night", "https://ita.example:8443")
    };
    let saved = sender.save(saved, "canary-password").await.expect("saved");
    let note = |connection: &mut Connection| {
        connection.proven_offset_minutes = Some(540);
        connection.stopped_by_refused_login = true;
    };
    sender.connections.note(&saved.id, note).expect("noted");

    let file = sender.connections.export().expect("written");
    for own in ["canary", saved.id.0.as_str(), "540", "stopped", "seen by the sender"] {
        assert!(!file.contains(own), "{own} in {file}");
    }
    let imported = receiver.import(file.as_bytes(), Clash::Skip).expect("imported");
    let [kept] = &receiver.connections.list().expect("read").connections[..] else { panic!("one connection") };
    assert_eq!((&imported[0].connection, imported[0].clashes), (kept, false));
    assert_ne!(kept.id, saved.id, "an identity of its own");
    let expected = Connection {
        id: kept.id.clone(),
        certificate: CertificatePolicy::Pinned { sha256: "ab".repeat(32), accept_expired: true, leaf: None },
        ..saved
    };
    assert_eq!(*kept, expected);
    assert_eq!(receiver.kept(kept).await, None, "its password has to be asked for");
}

#[tokio::test]
async fn a_password_in_a_proxy_that_was_written_by_hand_is_not_handed_on() {
    let desk = desk();
    let saved = desk.save(draft("night", "https://ita.example"), "old").await.expect("saved");
    let by_hand = ProxyPolicy::Given { url: "http://user:canary@proxy.example:8080".to_owned() };
    desk.connections.note(&saved.id, |connection| connection.proxy = by_hand).expect("noted");
    let file = desk.connections.export().expect("written");
    assert!(!file.contains("canary"), "{file}");
}

#[tokio::test]
async fn a_taken_name_is_left_out_or_gets_a_number_and_no_saved_connection_changes() {
    let desk = desk();
    let saved = desk.save(draft("night", "https://own.example"), "own").await.expect("saved");
    let twice = json!({ "format": "ita-maintenance-connections", "version": 1, "connections": [night(), night()] });
    let twice = twice.to_string().into_bytes();
    let before = desk.connections.list().expect("read").connections;

    let skipped = desk.import(&twice, Clash::Skip).expect("nothing to do");
    assert!(skipped.iter().all(|it| it.clashes && it.is_skipped));
    assert_eq!(desk.connections.list().expect("read").connections, before);

    let names = |imported: &[Imported]| imported.iter().map(|it| it.connection.name.clone()).collect::<Vec<_>>();
    let preview = desk.connections.preview_import(&read(&twice), Clash::Rename).expect("judged");
    assert_eq!(names(&preview), ["night (2)", "night (3)"]);
    assert_eq!(desk.connections.list().expect("read").connections, before, "a preview writes nothing");

    let renamed = desk.import(&twice, Clash::Rename).expect("imported");
    assert_eq!(names(&renamed), ["night (2)", "night (3)"]);
    let after = desk.connections.list().expect("read").connections;
    assert_eq!((after.len(), &after[0]), (3, &saved));
    assert_eq!(desk.kept(&saved).await.as_deref(), Some("own"));
}

#[test]
fn a_name_of_full_length_keeps_to_its_rule_when_it_is_numbered() {
    let desk = desk();
    let file = with("/name", "夜".repeat(LONGEST_TEXT).into());
    for _ in 0..3 {
        desk.import(&file, Clash::Rename).expect("imported");
    }
    for connection in desk.connections.list().expect("read").connections {
        assert_eq!(check_text(&connection.name, "name"), Ok(()), "{}", connection.name);
    }
}

#[test]
fn what_the_form_would_refuse_is_refused_with_its_place_and_nothing_is_saved() {
    let desk = desk();
    for (file, expected) in [
        (with("/name", "".into()), ".connections[0]: name"),
        (with("/name", "a\u{1b}[2J".into()), ".connections[0]: name"),
        (with("/user", "a\0".into()), ".connections[0]: user"),
        (with("/address", "ftp://ita.example".into()), ".connections[0]: address: scheme"),
        (with("/address", "https://admin:canary@ita.example".into()), ".connections[0]: address: userinfo"),
        (with("/environment", "practice".into()), ".connections[0]: environment"),
        (with("/poll_seconds", 1.into()), ".connections[0]: poll_seconds"),
        (with("/zone", json!({ "kind": "zone", "name": "Mars/Base" })), ".connections[0]: zone"),
        (with("/certificate", json!({ "kind": "pinned", "sha256": "ab" })), ".connections[0]: pin"),
        (with("/certificate", json!({ "kind": "ca_file", "path": "/a\n" })), ".connections[0]: ca_file"),
        (with("/proxy", json!({ "kind": "given", "url": "http://a:b@proxy" })), ".connections[0]: proxy"),
        (with("/password", "canary".into()), "unknown field .connections[0].password"),
        (with("/id", "mine".into()), "unknown field .connections[0].id"),
        (with("/stopped_by_refused_login", true.into()), "unknown field .connections[0].stopped_by_refused_login"),
        (with("/zone/offset", 9.into()), "unknown field .connections[0].zone.offset"),
        (br#"{"format":"ita-maintenance-connections","version":2,"vaults":[]}"#.to_vec(), "version 2, not 1"),
        (br#"{"version":1,"connections":[]}"#.to_vec(), "format is not ita-maintenance-connections"),
        (br#"{"format":"ita-maintenance-connections"}"#.to_vec(), "version is missing"),
    ] {
        let problem = desk.import(&file, Clash::Rename).expect_err(expected);
        assert_eq!(reason(&problem), expected);
    }
    for file in [&b""[..], b"{", b"\xff\xfe", b"[]", "[".repeat(100_000).as_bytes()] {
        let problem = desk.import(file, Clash::Rename).expect_err("no such file");
        assert!(!reason(&problem).is_empty());
    }
    assert_eq!(desk.connections.list().expect("read").connections, []);
}

#[test]
fn a_file_beyond_every_list_is_not_read_to_its_end() {
    let problem = read_shared_from(std::io::repeat(b' ')).expect_err("endless");
    assert_eq!((reason(&problem), problem.facts.limit), ("too large", Some(1024 * 1024)));
    let many = vec![night(); 501];
    let file = json!({ "format": "ita-maintenance-connections", "version": 1, "connections": many }).to_string();
    let problem = desk().import(file.as_bytes(), Clash::Rename).expect_err("too many");
    assert_eq!(reason(&problem), "more than 500 connections");
}
