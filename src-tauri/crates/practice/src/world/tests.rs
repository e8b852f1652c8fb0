//! What passes by itself: time and its speed, and the scenarios of product §9.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::{jobs::render, text::Language};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn world(scenario: Scenario) -> World {
    World::new(&Options { scenario, ..Options::default() }).expect("a known zone")
}

/// Ids and status ids of all rows.
fn rows(world: &World) -> BTreeSet<(String, String)> {
    let jobs = world.yard.workspaces.iter().flat_map(|workspace| workspace.jobs.values());
    jobs.map(|job| (job.id.clone(), job.status.clone())).collect()
}

fn ids(world: &World) -> BTreeSet<String> {
    rows(world).into_iter().map(|(id, _)| id).collect()
}

/// `data` of the list of jobs.
fn data(world: &mut World) -> Value {
    let mut text = String::new();
    render::push_data(&mut text, &mut world.yard, Language::En, world.shape);
    serde_json::from_str(&text).expect("JSON")
}

fn counted(world: &mut World) -> u64 {
    data(world)["execute_count"].as_u64().expect("a number")
}

fn flags_read(world: &World) -> (Value, Value) {
    let read = world.modes.read();
    (read["backyard_execute_stop"].clone(), read["data_update_stop"].clone())
}

#[test]
fn time_passes_at_the_speed_that_was_asked_for() {
    let mut world = World::new(&Options { speed: 60.0, ..Options::default() }).expect("a known zone");
    let start = world.last;
    let before = ids(&world);
    world.catch_up_to(start + seconds(2));
    assert_eq!(world.passed, seconds(120), "two seconds are two minutes");
    assert!(!before.is_subset(&ids(&world)), "in which jobs end");
    world.speed = 0.0;
    let still = rows(&world);
    world.catch_up_to(start + seconds(3_600));
    assert_eq!(rows(&world), still, "at speed 0 they stand still");
    world.catch_up_to(start);
    assert_eq!(world.passed, seconds(120), "time never runs backwards");
}

#[test]
fn a_long_sleep_is_not_lived_through_job_by_job() {
    let mut world = World::new(&Options { speed: 1_000_000.0, ..Options::default() }).expect("a known zone");
    world.catch_up_to(world.last + seconds(8 * 3_600));
    assert_eq!(world.passed, world.yard.patience(), "as much as can be caught up with in one request");
}

#[test]
fn what_is_no_speed_changes_nothing() {
    let mut world = world(Scenario::OrdinaryNight);
    for speed in [-1.0, f64::NAN, f64::INFINITY] {
        world.set_speed(speed);
        assert!((world.speed - 1.0).abs() < f64::EPSILON, "{speed}");
    }
    world.set_speed(30.0);
    assert!((world.speed - 30.0).abs() < f64::EPSILON);
}

#[test]
fn labels_are_local_time_called_utc() {
    let noon = "2026-01-02T12:00:00Z".parse().expect("a time");
    let tokyo = TimeZone::get("Asia/Tokyo").expect("a zone");
    assert_eq!(label(noon, Duration::ZERO, &tokyo), "2026-01-02T21:00:00Z", "nine hours ahead, no fraction when whole");
    assert_eq!(label(noon, Duration::from_micros(1), &tokyo), "2026-01-02T20:59:59.999999Z", "six digits otherwise");
    assert!(label(noon, Duration::MAX, &tokyo).starts_with("-9999"), "as far back as there is a calendar");
}

#[test]
fn no_row_is_labelled_with_a_time_to_come() {
    let zone = "UTC".to_owned();
    let mut world = World::new(&Options { speed: 100.0, zone, ..Options::default() }).expect("a known zone");
    let start = Timestamp::now();
    world.catch_up_to(world.last + seconds(30));
    world.advance(seconds(600));
    let labels =
        world.yard.workspaces.iter().flat_map(|workspace| workspace.jobs.values()).map(|job| job.label.as_deref());
    for label in labels {
        let label: Timestamp = label.and_then(|label| label.parse().ok()).expect("a label");
        assert!(label <= Timestamp::now(), "however fast time passes: {label}");
        assert!(start.duration_since(label).as_secs() < 3_600, "and it is real time: {label}");
    }
}

#[test]
fn an_ordinary_night_starts_open_with_a_dozen_jobs_and_drains_under_job_stop() {
    let mut world = world(Scenario::OrdinaryNight);
    assert_eq!(flags_read(&world), ("0".into(), "0".into()));
    assert_eq!(world.yard.listed(), 12);
    world.modes.job_stop = true;
    world.advance(seconds(300));
    assert_eq!(counted(&mut world), 0);
}

#[test]
fn a_stuck_job_keeps_the_count_from_reaching_zero() {
    let mut world = world(Scenario::StuckJob);
    world.modes.job_stop = true;
    world.advance(seconds(86_400));
    assert_eq!(counted(&mut world), 1);
    let stuck = rows(&world);
    assert!(stuck.iter().any(|(_, status)| status == "4"), "it has been delayed all the time: {stuck:?}");
}

#[test]
fn a_paused_conductor_stays_and_is_not_counted() {
    let mut world = world(Scenario::PausedConductor);
    world.modes.job_stop = true;
    world.advance(seconds(86_400));
    assert_eq!(counted(&mut world), 0);
    assert!(rows(&world).iter().any(|(_, status)| status == "5"));
}

#[test]
fn one_workspace_of_the_broken_scenario_is_broken() {
    let world = world(Scenario::BrokenWorkspace);
    let broken = world.yard.workspaces.iter().filter(|workspace| workspace.fault.is_some());
    assert_eq!(broken.map(|workspace| workspace.fault).collect::<Vec<_>>(), [Some(WorkspaceFault::DroppedDatabase)]);
}

#[test]
fn unreadable_flags_read_0_0_in_turns_and_let_jobs_start() {
    let mut world = world(Scenario::UnreadableFlags);
    assert_eq!(flags_read(&world), ("1".into(), "1".into()), "at first the truth, so that it can be missed");
    world.advance(seconds(30));
    assert_eq!(flags_read(&world), ("0".into(), "0".into()), "although both are on");
    let before = ids(&world);
    world.advance(seconds(119));
    assert!(!ids(&world).is_subset(&before), "jobs start in the middle of maintenance");
    world.advance(seconds(1));
    assert_eq!(flags_read(&world), ("1".into(), "1".into()), "and two minutes later the truth");
    let frozen = rows(&world);
    world.advance(seconds(119));
    assert_eq!(rows(&world), frozen, "while the truth is known nothing moves");
    world.advance(seconds(1));
    assert_eq!(flags_read(&world), ("0".into(), "0".into()));
    world.set_table(ModeTable::Intact);
    world.advance(seconds(600));
    assert_eq!(flags_read(&world), ("1".into(), "1".into()), "set by hand, it stays");
}

#[test]
fn a_colleague_saves_the_old_page_half_a_minute_after_a_switch() {
    let mut world = world(Scenario::ColleagueSwitches);
    world.advance(seconds(3_600));
    assert!(world.later.is_none(), "nothing happens before there is something to undo");
    for _ in 0..2 {
        world.modes.job_stop = true;
        world.log_levels.0.insert("ita-api-admin".to_owned(), Some("DEBUG".to_owned()));
        world.after_patch();
        world.advance(seconds(29));
        assert!(world.modes.job_stop);
        world.advance(seconds(1));
        assert_eq!((world.modes.job_stop, world.modes.read_only), (false, false), "each time again");
        assert_eq!(world.log_levels.0["ita-api-admin"].as_deref(), Some("INFO"), "the page sends the levels too");
    }
    let mut ordinary = self::world(Scenario::OrdinaryNight);
    ordinary.modes.job_stop = true;
    ordinary.after_patch();
    ordinary.advance(seconds(3_600));
    assert!(ordinary.modes.job_stop, "elsewhere nobody undoes anything");
}

#[test]
fn the_slow_platform_has_500_workspaces_and_takes_its_time() {
    let world = world(Scenario::SlowPlatform);
    assert_eq!(world.yard.workspaces.len(), 500);
    assert_eq!(world.jobs_delay, seconds(5), "for the list of jobs");
    assert_eq!(world.delay, Duration::ZERO, "and for nothing else");
}

#[test]
fn many_jobs_are_100_000() {
    let mut world = world(Scenario::ManyJobs);
    assert_eq!(world.yard.listed(), 100_000);
    assert!(counted(&mut world) > 50_000);
}

#[test]
fn ita_2_2_answers_with_maps() {
    let mut world = world(Scenario::Ita22);
    let data = data(&mut world);
    assert!(data.get("organizations").is_none());
    assert!(data["sales"]["prod-batch"]["ita-by-ansible-execute"].is_array(), "{data}");
}

#[test]
fn read_only_too_early_leaves_jobs_that_never_end() {
    let mut world = world(Scenario::ReadOnlyTooEarly);
    assert_eq!(flags_read(&world), ("1".into(), "1".into()));
    let frozen = rows(&world);
    assert_eq!(frozen.len(), 12);
    world.advance(seconds(86_400));
    assert_eq!(rows(&world), frozen);
    world.modes.read_only = false;
    world.advance(seconds(300));
    assert_eq!(counted(&mut world), 0, "off with read-only, and what runs can end");
}

#[test]
fn without_the_platform_api_nothing_starts_and_without_the_database_nothing_moves() {
    let mut world = world(Scenario::OrdinaryNight);
    let before = ids(&world);
    world.set_down(Part::PlatformApi, true);
    world.advance(seconds(300));
    assert!(ids(&world).is_subset(&before), "backyards skip their cycles");
    world.set_down(Part::Database, true);
    let frozen = rows(&world);
    world.advance(seconds(300));
    assert_eq!(rows(&world), frozen);
    world.set_down(Part::Database, false);
    world.set_down(Part::PlatformApi, false);
    world.advance(seconds(300));
    assert!(!ids(&world).is_subset(&before), "and then they go on");
}

#[test]
fn an_empty_table_keeps_jobs_from_starting() {
    let mut world = world(Scenario::OrdinaryNight);
    let before = ids(&world);
    world.set_table(ModeTable::Empty);
    world.advance(seconds(300));
    assert!(ids(&world).is_subset(&before));
}

#[test]
fn every_scenario_has_a_name_that_leads_back_to_it() {
    let names: BTreeSet<_> = Scenario::ALL.map(Scenario::name).into();
    assert_eq!(names.len(), Scenario::ALL.len());
    for scenario in Scenario::ALL {
        assert_eq!(scenario.name().parse(), Ok(scenario));
    }
    let unknown = "quiet-night".parse::<Scenario>().expect_err("no such scenario");
    assert!(unknown.to_string().contains("ordinary-night"), "the message names those that exist: {unknown}");
}
