//! The practice platform against the recorded exchanges with a real one: the same request in the same state must get
//! the same answer (platform-contract §2 to §8).
//!
//! States are scripted in [`states`], never read from the recorded answer. Times and random ids are compared by their
//! shape, organizations, workspaces and jobs sorted; everything else is compared as it was sent.

use std::collections::BTreeSet;

use acceptance::recordings::{self, RecordedSite, Recording};
use acceptance::tls_server::Identity;
use ita_practice::{Options, Practice};

use states::{Script, LEFT_OUT, SCRIPTS};
use wire::Answer;

#[path = "conformance/compare.rs"]
mod compare;
#[path = "conformance/states.rs"]
mod states;
#[path = "conformance/wire.rs"]
mod wire;

/// Fewer would say that the table has lost its exchanges, not that the platform speaks well.
const FEWEST: usize = 70;

#[tokio::test]
async fn every_recorded_exchange_gets_the_recorded_answer() {
    let identity = Identity::issued(|_| ()).expect("an identity");
    let (mut replayed, mut failures) = (0, Vec::new());
    for script in SCRIPTS {
        for name in script.recordings {
            let recording = recordings::recording(name).unwrap_or_else(|error| panic!("{name}: {error}"));
            let answer = replay(&recording, script, &identity).await;
            let differences = compare::differences(&recording.response, &answer);
            if !differences.is_empty() {
                failures.push(format!("{name} ({}):\n    {}", script.state, differences.join("\n    ")));
            }
            replayed += 1;
        }
    }
    println!("{replayed} recorded exchanges replayed, {} differ, {} left out:", failures.len(), LEFT_OUT.len());
    for (name, reason) in LEFT_OUT {
        println!("  {name}: {reason}");
    }
    assert!(failures.is_empty(), "{} of {replayed} exchanges differ:\n{}", failures.len(), failures.join("\n"));
    assert!(replayed >= FEWEST, "only {replayed} exchanges were replayed");
}

/// Lets a platform of its own answer the recorded request in the scripted state.
async fn replay(recording: &Recording, script: &Script, identity: &Identity) -> Answer {
    let name = &recording.name;
    let tls = recording.site == RecordedSite::AdminTls;
    let config = tls.then(|| identity.server_config().expect("a usable certificate"));
    let idle = Options { organizations: Some(0), jobs: Some(0), tls: config, ..Options::default() };
    let practice = Practice::start(idle.recorded_users()).await.expect("a port on 127.0.0.1");
    let blanks = (script.set)(&practice.control());
    let url = match recording.site {
        RecordedSite::Admin | RecordedSite::AdminTls => practice.url(),
        RecordedSite::Organization => practice.organization_url(),
    };
    let (_, host) = url.split_once("://").expect("a scheme");
    let request = wire::request(&recording.request, host, &blanks);
    let trust = tls.then(|| identity.client_config().expect("a usable certificate"));
    wire::exchange(host, trust, &request).await.unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn every_recording_is_replayed_once_or_left_out_with_a_reason() {
    let mut known = BTreeSet::new();
    let replayed = SCRIPTS.iter().flat_map(|script| script.recordings).copied();
    for name in replayed.chain(LEFT_OUT.iter().map(|(name, _)| *name)) {
        assert!(known.insert(name.to_owned()), "{name} is named twice");
    }
    let recorded: BTreeSet<_> = recordings::names().expect("the folder of recordings").into_iter().collect();
    let silent: Vec<_> = recorded.difference(&known).collect();
    assert!(silent.is_empty(), "neither replayed nor left out with a reason: {silent:?}");
    let missing: Vec<_> = known.difference(&recorded).collect();
    assert!(missing.is_empty(), "named, but not recorded: {missing:?}");
    assert!(LEFT_OUT.iter().all(|(_, reason)| !reason.is_empty()), "nothing is left out without a reason");
}
