//! What befalls a workstation in the middle of a night, in each phase of it: the program is killed, the machine starts anew,
//! it sleeps, it loses the network. On return everything is read again, the night goes on from where the platform stands, and
//! nothing is sent that was not asked for again.

use std::time::Duration;

use acceptance::desktop::Desktop;
use acceptance::door::Door;
use acceptance::journey::{
    act, begin_work, changes, config_folder, connect, expect_phase, first_start, phase, poll_to, prefer,
    still_platform, tick_checks, Form, Look, EN_DARK, JA_LIGHT,
};
use acceptance::process::Process;
use acceptance::sleep::Sleep;
use acceptance::wait::{until, until_true, LIMIT};
use acceptance::window::{takes_pictures, Window};
use ita_core::domain::modes::Mode;
use ita_core::domain::time::Timestamp;
use ita_core::journal::{Journal, JournalEvent};
use ita_core::settings::connections::ConnectionsFile;
use ita_core::settings::paths::IDENTIFIER;
use ita_practice::{Practice, PRACTICE_PASSWORD};

/// Its file.
const PROGRAM: &str = "ita-maintenance";

/// A phase in which trouble comes.
struct Met {
    phase: &'static str,
    /// Where the night stands afterwards. A switch that was on its way had arrived.
    afterwards: &'static str,
    /// Switches that the platform has heard of by then.
    switches: usize,
}

const fn met(phase: &'static str, afterwards: &'static str, switches: usize) -> Met {
    Met { phase, afterwards, switches }
}

/// Every phase that lasts, and every one that waits for the platform's word.
const NIGHT: [Met; 11] = [
    // Nothing comes by itself any more; the other phases have nothing that could.
    met("scheduled", "", 0),
    met("stopping_jobs", "draining", 1),
    met("draining", "draining", 1),
    met("point_of_no_return", "point_of_no_return", 1),
    met("going_read_only", "quiet_gate", 2),
    met("quiet_gate", "quiet_gate", 2),
    met("work", "work", 2),
    met("ending_read_only", "checking", 3),
    met("checking", "checking", 3),
    met("starting_jobs", "watching", 4),
    met("watching", "watching", 4),
];

#[tokio::test]
async fn killed_in_any_phase_it_finds_the_night_again_and_sends_nothing_by_itself() {
    night_of_many_starts(|_| ()).await;
}

#[tokio::test]
async fn after_a_restart_of_the_machine_in_any_phase_it_finds_the_night_again_and_sends_nothing_by_itself() {
    night_of_many_starts(Desktop::restart_machine).await;
}

/// The program ends in every phase, without a chance to save anything; with it whatever `breaks`.
async fn night_of_many_starts(breaks: impl Fn(&mut Desktop)) {
    let mut desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let platform = still_platform().await;
    let mut last: Option<&Met> = None;
    for met in &NIGHT {
        let window = match last {
            None => begin(&desktop, &platform.url()).await,
            Some(last) => come_back(Window::open(&desktop).await, &platform, last).await,
        };
        lead_to(&window, &platform, met).await;
        Process::only(&desktop, PROGRAM).kill();
        until("it is gone", LIMIT, || Process::on(&desktop, PROGRAM).is_empty());
        window.end();
        breaks(&mut desktop);
        platform.control().set_changes_held(false);
        last = Some(met);
    }
    let window = come_back(Window::open(&desktop).await, &platform, &NIGHT[NIGHT.len() - 1]).await;
    finish(window, &platform).await;
    journal_is_whole(&desktop);
}

/// Each line was on the disk before anything followed from it, and no death took one away.
fn journal_is_whole(desktop: &Desktop) {
    let data = desktop.home().join("data").join(IDENTIFIER);
    let saved = ConnectionsFile::new(config_folder(desktop).join("connections.json"));
    let id = &saved.load(Timestamp(0)).expect("read").connections[0].id;
    let mut entries = Journal::new(data.join("journal"), "reader").newest(id, 1_000, |_| true);
    entries.reverse();
    let asked = entries.iter().filter_map(|entry| match entry.event {
        JournalEvent::SwitchRequested { mode, on, .. } => Some((mode, on)),
        _ => None,
    });
    let asked: Vec<_> = asked.collect();
    assert_eq!(asked, [(Mode::JobStop, true), (Mode::ReadOnly, true), (Mode::ReadOnly, false), (Mode::JobStop, false)]);
    let phases = entries.iter().filter(|entry| matches!(entry.event, JournalEvent::Phase { .. }));
    assert!(phases.count() >= NIGHT.len(), "every phase: {entries:?}");
}

#[tokio::test]
async fn a_machine_that_sleeps_in_any_phase_wakes_to_the_same_night_and_sends_nothing_by_itself() {
    let mut desktop = Desktop::complete();
    prefer(&desktop, JA_LIGHT);
    let mut sleep = Sleep::prepare(&mut desktop);
    let platform = still_platform().await;
    let mut window = begin(&desktop, &platform.url()).await;
    for met in &NIGHT {
        lead_to(&window, &platform, met).await;
        platform.control().set_delay(Duration::from_secs(3)); // it says so until everything is read again
        sleep.pass(Duration::from_secs(120));
        window.element(if met.phase == "scheduled" { "notice-procedure-start_cancelled" } else { REREADING }).await;
        platform.control().set_delay(Duration::ZERO);
        platform.control().set_changes_held(false);
        window = come_back(window, &platform, met).await;
        window.expect_gone(REREADING).await;
    }
    finish(window, &platform).await;
}

/// Told after a sleep.
const REREADING: &str = "notice-procedure-rereading";

#[tokio::test]
async fn a_network_that_is_lost_in_any_phase_leaves_the_night_where_it_was_and_sends_nothing_by_itself() {
    for look in if takes_pictures() { vec![JA_LIGHT, EN_DARK] } else { vec![JA_LIGHT] } {
        without_network(look).await;
    }
}

async fn without_network(look: Look) {
    let desktop = Desktop::complete();
    prefer(&desktop, look);
    let platform = still_platform().await;
    let mut door = Door::before(platform.port()).await;
    let mut window = begin(&desktop, &door.origin()).await;
    for met in &NIGHT {
        lead_to(&window, &platform, met).await;
        door.shut().await;
        platform.control().set_changes_held(false);
        until_true("nothing is known any more", LIMIT, async || {
            window.click("refresh").await;
            let state = window.attribute("running-count", "data-state").await;
            state.as_deref() == Some("stale") && !window.shows("procedure-act").await
        })
        .await;
        // A switch that was on its way is in doubt, and the phase says so until the platform answers.
        let during = if met.phase == "point_of_no_return" { "draining" } else { met.phase };
        expect_phase(&window, during).await;
        if met.afterwards != met.phase {
            window.picture(&look.picture(&format!("lost-{}", met.phase.replace('_', "-")))).await;
        }
        door.open().await;
        let afterwards = if met.phase == "scheduled" { "scheduled" } else { met.afterwards };
        window = come_back(window, &platform, &Met { afterwards, ..*met }).await;
    }
    finish(window, &platform).await;
}

async fn begin<'d>(desktop: &'d Desktop, address: &str) -> Window<'d> {
    let window = first_start(desktop).await;
    connect(&window, Form { address, environment: "staging", password: PRACTICE_PASSWORD }).await;
    window
}

/// Goes on to a phase. Where one waits for the platform's word, the platform has done it and does not say so.
async fn lead_to(window: &Window<'_>, platform: &Practice, met: &Met) {
    match met.phase {
        "scheduled" => {
            window.click("procedure-start").await;
            window.click("start-later").await;
            window.click("confirm").await;
        }
        "stopping_jobs" => {
            let is_planned = phase(window).await == "scheduled";
            let button = if is_planned { "procedure-start-sooner" } else { "procedure-start" };
            send(window, platform, button).await;
        }
        "point_of_no_return" => {
            platform.control().script_jobs([]);
            poll_to(window, met.phase).await;
        }
        "going_read_only" => send(window, platform, "procedure-read-only").await,
        "work" => begin_work(window).await,
        "ending_read_only" => send(window, platform, "procedure-end-work").await,
        "starting_jobs" => {
            tick_checks(window).await;
            send(window, platform, "procedure-start-jobs").await;
        }
        _ => {} // it stands there already
    }
    expect_phase(window, met.phase).await;
    until("the switch has arrived", LIMIT, || changes(platform) == met.switches);
}

/// A switch whose answer does not come.
async fn send(window: &Window<'_>, platform: &Practice, button: &str) {
    platform.control().set_changes_held(true);
    window.click(button).await;
    window.click("confirm").await;
}

/// Everything is read again, the phase follows the platform, and nothing more was sent.
async fn come_back<'d>(window: Window<'d>, platform: &Practice, met: &Met) -> Window<'d> {
    poll_to(&window, met.afterwards).await;
    window.expect_attribute("running-count", "data-state", "known").await;
    // Everything was read again; an automation would have had what it needs.
    poll_to(&window, met.afterwards).await;
    assert_eq!(changes(platform), met.switches, "nothing was sent after {}", met.phase);
    window
}

/// Reads a notice away: the next one of its kind is another.
async fn finish(window: Window<'_>, platform: &Practice) {
    act(&window, "procedure-stop-watch", "finished").await;
    assert_eq!(changes(platform), 4, "each mode once on and once off");
    window.close().await;
}
