//! The core's keyring store against a real gnome-keyring on a session bus of its own. Faults 38 to 41.
#![cfg(target_os = "linux")]

use std::time::Duration;

use acceptance::desktop::Desktop;
use acceptance::wait::{until_true, LIMIT};
use ita_core::credentials::KeyringStore;
use ita_core::domain::connection::ConnectionId;
use ita_core::domain::problem::ProblemCode;
use ita_core::ports::CredentialStore;
use secrecy::ExposeSecret;

fn store() -> KeyringStore {
    KeyringStore::of_tests(LIMIT)
}

fn id() -> ConnectionId {
    ConnectionId("connection-1".to_owned())
}

/// What is kept for the connection.
async fn kept(store: &KeyringStore) -> Option<String> {
    let secret = store.get(&id()).await.expect("an unlocked keyring answers");
    secret.map(|secret| secret.expose_secret().to_owned())
}

async fn keep(store: &KeyringStore, password: &str) {
    store.set(&id(), password.to_owned().into()).await.expect("an unlocked keyring keeps a password");
}

/// The codes with which reading and writing fail.
async fn refusals(store: &KeyringStore) -> [Option<ProblemCode>; 2] {
    let read = store.get(&id()).await.err().map(|problem| problem.code);
    let written = store.set(&id(), "secret".to_owned().into()).await.err().map(|problem| problem.code);
    [read, written]
}

/// This test's own desktop, with a keyring that is unlocked.
fn unlocked() -> Desktop {
    let mut desktop = Desktop::new();
    desktop.start_bus();
    desktop.start_keyring();
    desktop.enter();
    desktop
}

#[tokio::test]
async fn an_unlocked_keyring_keeps_replaces_and_forgets() {
    let _desktop = unlocked();
    let store = store();

    store.available().await.expect("the keyring is there");
    assert_eq!(kept(&store).await, None, "a new keyring is empty");
    for password in ["first", "pa:ss パスワード\nsecond line", ""] {
        keep(&store, password).await;
        assert_eq!(kept(&store).await.as_deref(), Some(password), "it comes back as it went in");
    }
    store.delete(&id()).await.expect("an entry can be deleted");
    assert_eq!(kept(&store).await, None, "deleted is deleted");
    store.delete(&id()).await.expect("nothing to delete is no error");
}

#[tokio::test]
async fn a_password_is_in_the_systems_keyring_and_outlives_its_service() {
    let mut desktop = unlocked();
    keep(&store(), "outlives").await;

    let outside =
        desktop.command("secret-tool").args(["lookup", "service", store().service(), "username", &id().0]).output();
    let outside = outside.expect("secret-tool is installed").stdout;
    assert_eq!(String::from_utf8_lossy(&outside).trim_end(), "outlives", "another program of the user finds it");

    desktop.stop_keyring();
    desktop.start_keyring();
    assert_eq!(kept(&store()).await.as_deref(), Some("outlives"), "the keyring's file holds it");
}

#[tokio::test]
async fn without_a_bus_the_keyring_is_unavailable() {
    let desktop = Desktop::new();
    desktop.enter();
    let store = store();
    let unavailable = Some(ProblemCode::KeyringUnavailable);
    assert_eq!(store.available().await.err().map(|problem| problem.code), unavailable, "nothing to reach it by");
    assert_eq!(refusals(&store).await, [unavailable; 2], "neither read nor written");
}

#[tokio::test]
async fn a_bus_without_a_keyring_service_is_unavailable_until_one_appears() {
    let mut desktop = Desktop::new();
    desktop.start_bus();
    desktop.enter();
    let store = store();
    let unavailable = Some(ProblemCode::KeyringUnavailable);
    assert_eq!(store.available().await.err().map(|problem| problem.code), unavailable, "nobody answers to the name");
    assert_eq!(refusals(&store).await, [unavailable; 2], "neither read nor written");

    desktop.start_keyring();
    store.available().await.expect("the same store finds the service that came later");
    keep(&store, "later").await;
    assert_eq!(kept(&store).await.as_deref(), Some("later"), "without a restart of the program");
}

#[tokio::test]
async fn a_keyring_that_dies_midway_is_told_and_found_again() {
    let mut desktop = unlocked();
    let store = store();
    keep(&store, "before").await;

    desktop.stop_keyring();
    assert_eq!(refusals(&store).await, [Some(ProblemCode::KeyringUnavailable); 2], "it is gone");

    desktop.start_keyring();
    assert_eq!(kept(&store).await.as_deref(), Some("before"), "the same store reaches the new service");
}

#[tokio::test]
async fn a_locked_keyring_without_a_prompter_is_told_as_locked() {
    let mut desktop = unlocked();
    let store = store();
    keep(&store, "behind the lock").await;

    desktop.stop_keyring();
    desktop.start_locked_keyring();
    assert_eq!(refusals(&store).await, [Some(ProblemCode::KeyringLocked); 2], "nobody can be asked to unlock it");

    desktop.stop_keyring();
    desktop.start_keyring();
    assert_eq!(kept(&store).await.as_deref(), Some("behind the lock"), "unlocked, the same store reads it");
}

#[tokio::test]
async fn a_frozen_keyring_costs_its_time_limit_and_no_more() {
    let desktop = unlocked();
    store().available().await.expect("the keyring is there");

    desktop.freeze_keyring();
    let hasty = KeyringStore::of_tests(Duration::from_millis(500));
    assert_eq!(refusals(&hasty).await, [Some(ProblemCode::KeyringTimedOut); 2], "a call may never be answered");
}

/// Runs another program of the user on the attributes of the entry and `further` ones, with `input` on its stdin.
fn outside(desktop: &Desktop, arguments: &[&str], further: &[&str], input: &[u8]) {
    let attributes = ["service", store().service(), "username", "connection-1"];
    let mut command = desktop.command("secret-tool");
    let command = command.args(arguments).args(attributes).args(further).stdin(std::process::Stdio::piped());
    let mut child = command.spawn().expect("secret-tool is installed");
    let mut stdin = child.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut stdin, input).expect("it reads");
    drop(stdin);
    assert!(child.wait().expect("it ends").success(), "{arguments:?}");
}

#[tokio::test]
async fn an_entry_that_was_deleted_outside_has_to_be_asked_for_again() {
    let desktop = unlocked();
    let store = store();
    keep(&store, "before").await;
    outside(&desktop, &["clear"], &[], b"");
    assert_eq!(kept(&store).await, None, "no error: there is just no password");
    keep(&store, "after").await;
    assert_eq!(kept(&store).await.as_deref(), Some("after"));
}

#[tokio::test]
async fn an_entry_that_was_changed_outside_is_never_answered_with_the_old_password_and_can_be_replaced() {
    let desktop = unlocked();
    let store = store();
    keep(&store, "before").await;
    outside(&desktop, &["store", "--label", "changed"], &[], b"outside");
    assert_eq!(kept(&store).await.as_deref(), Some("outside"), "what the user put there is what the user wants");
    keep(&store, "after").await;
    assert_eq!(kept(&store).await.as_deref(), Some("after"), "one entry again, and it is ours");
    store.delete(&id()).await.expect("deleted");
    assert_eq!(kept(&store).await, None, "none is left behind");
}

/// What is read without anybody being asked for anything.
async fn read_quietly(store: &KeyringStore) -> Result<Option<String>, ProblemCode> {
    let secret = store.get_quietly(&id()).await.map_err(|problem| problem.code)?;
    Ok(secret.map(|secret| secret.expose_secret().to_owned()))
}

#[tokio::test]
async fn reading_quietly_never_asks_for_a_locked_keyring_to_be_opened() {
    let mut desktop = unlocked();
    let store = store();
    assert_eq!(read_quietly(&store).await, Ok(None), "a new keyring is empty");
    keep(&store, "pa:ss パスワード").await;
    assert_eq!(read_quietly(&store).await.as_ref().map(Option::as_deref), Ok(Some("pa:ss パスワード")));

    desktop.stop_keyring();
    assert_eq!(read_quietly(&store).await, Err(ProblemCode::KeyringUnavailable));
    desktop.start_locked_keyring();
    let mut listener = desktop.listen("interface='org.freedesktop.Secret.Service',member='Unlock'");
    assert_eq!(read_quietly(&store).await, Err(ProblemCode::KeyringLocked));
    assert_eq!(refusals(&store).await, [Some(ProblemCode::KeyringLocked); 2]);
    listener.wait_for("member=Unlock", 2);
    assert_eq!(listener.heard("member=Unlock"), 2, "reading and writing aloud asked for it, and nobody before them");
}

#[tokio::test]
async fn an_entry_that_is_no_text_has_to_be_asked_for_again() {
    let desktop = unlocked();
    let store = store();
    keep(&store, "before").await;
    outside(&desktop, &["store", "--label", "changed"], &[], &[0xFF, 0xFE, 0x00]);
    assert_eq!(kept(&store).await, None, "bytes that are no UTF-8 are no password of ours");
    keep(&store, "after").await;
    assert_eq!(kept(&store).await.as_deref(), Some("after"));
}

#[tokio::test]
async fn two_entries_of_one_connection_are_asked_for_again_and_become_one() {
    let desktop = unlocked();
    let store = store();
    for leave in [true, false] {
        keep(&store, "ours").await;
        outside(&desktop, &["store", "--label", "another"], &["of", "another program"], b"theirs");
        assert_eq!(kept(&store).await, None, "nobody can say which of them is right");
        if leave {
            keep(&store, "after").await;
            assert_eq!(kept(&store).await.as_deref(), Some("after"), "one entry again");
        }
        store.delete(&id()).await.expect("all of them can be deleted");
        assert_eq!(kept(&store).await, None, "none is left behind");
    }
}

#[tokio::test]
async fn a_keyring_that_dies_while_it_is_asked_is_told_and_found_again() {
    let mut desktop = unlocked();
    let store = store();
    keep(&store, "before").await;

    desktop.freeze_keyring();
    let asked = tokio::spawn({
        let store = store.clone();
        async move { store.get(&id()).await.map(|_| ()) }
    });
    until_true("the call waits for the keyring", LIMIT, async || is_in_call()).await;
    desktop.kill_keyring();
    let problem = asked.await.expect("no panic").expect_err("nobody answers any more");
    assert_eq!(problem.code, ProblemCode::KeyringUnavailable);

    desktop.start_keyring();
    assert_eq!(kept(&store).await.as_deref(), Some("before"), "the same store reaches the new service");
}

/// Whether the thread of a keyring call sleeps, with nothing to do but wait for its answer.
fn is_in_call() -> bool {
    let threads = std::fs::read_dir("/proc/self/task").expect("a Linux").filter_map(Result::ok);
    let states = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("stat")).ok());
    states.into_iter().any(|state| state.contains("(keyring) S"))
}
