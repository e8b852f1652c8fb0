//! The life of jobs, with the time passed in.

use std::{collections::BTreeSet, time::Duration};

use rand::{rngs::StdRng, SeedableRng};
use serde_json::Value;

use super::{
    backyard::Backyard,
    course::{self, Course, Turn},
    places::Job,
    render::{self, ItaShape},
    yard::{Flags, Yard},
};
use crate::text::Language;

const OPEN: Flags = Flags { job_stop: false, read_only: false };
const STOPPED: Flags = Flags { job_stop: true, read_only: false };
const FROZEN: Flags = Flags { job_stop: true, read_only: true };

fn label(ago: Duration) -> String {
    format!("{} s ago", ago.as_secs())
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn night(seed: u64) -> Yard {
    let mut yard = Yard::new(3, 3, seed);
    yard.populate(12, &label);
    yard
}

fn counted(yard: &Yard) -> usize {
    yard.workspaces.iter().flat_map(|workspace| workspace.jobs.values()).filter(|job| job.counted).count()
}

fn rows(yard: &Yard) -> Vec<(String, String)> {
    let jobs = yard.workspaces.iter().flat_map(|workspace| workspace.jobs.values());
    jobs.map(|job| (job.id.clone(), job.status.clone())).collect()
}

fn alone(turns: &[(u64, Turn)], status: &str, backyard: Backyard) -> Yard {
    let mut yard = Yard::new(1, 1, 1);
    let course = Course { turns: turns.iter().map(|(after, turn)| (seconds(*after), *turn)).collect(), waits: false };
    let job = Job {
        container: backyard.container().into(),
        id: "job".to_owned(),
        status: status.to_owned(),
        status_name: None,
        counted: backyard.counted(),
        label: None,
        course,
    };
    let serial = yard.add(0, job);
    yard.schedule_turn(0, serial);
    yard
}

#[test]
fn an_ordinary_night_has_jobs_of_all_seven_backyards() {
    let yard = night(1);
    assert_eq!(yard.listed(), 12);
    let containers: BTreeSet<_> =
        yard.workspaces.iter().flat_map(|workspace| workspace.jobs.values()).map(|job| &*job.container).collect();
    assert_eq!(containers.len(), 7, "each backyard runs something: {containers:?}");
}

#[test]
fn with_job_stop_on_the_count_only_falls_and_reaches_zero_within_minutes() {
    for seed in 0..20 {
        let mut yard = night(seed);
        let known: BTreeSet<_> = rows(&yard).into_iter().map(|(id, _)| id).collect();
        let mut last = counted(&yard);
        for _ in 0..60 {
            yard.advance(seconds(5), STOPPED, &label);
            let now = counted(&yard);
            assert!(now <= last, "seed {seed}: the count rose from {last} to {now} under job stop");
            assert!(rows(&yard).iter().all(|(id, _)| known.contains(id)), "seed {seed}: a job started under job stop");
            last = now;
        }
        assert_eq!(last, 0, "seed {seed}: five minutes drain an ordinary night");
    }
}

#[test]
fn with_job_stop_off_jobs_go_on_starting_and_the_number_stays_about_the_same() {
    let mut yard = night(2);
    let known: BTreeSet<_> = rows(&yard).into_iter().map(|(id, _)| id).collect();
    let mut sum = 0;
    for _ in 0..100 {
        yard.advance(seconds(60), OPEN, &label);
        sum += yard.listed();
        assert!(yard.listed() <= 18, "not more than half as many again");
    }
    assert!(rows(&yard).iter().all(|(id, _)| !known.contains(id)), "after 100 minutes all are new");
    assert!((6..=18).contains(&(sum / 100)), "about a dozen on average, not {}", sum / 100);
}

#[test]
fn what_waited_for_the_end_of_job_stop_starts_at_once() {
    let mut yard = night(3);
    yard.advance(seconds(1_200), STOPPED, &label);
    let waiting = yard.queued() as usize;
    assert!(waiting > 10, "users go on registering jobs while they may not start: {waiting}");
    let before = yard.listed();
    yard.advance(seconds(1), OPEN, &label);
    assert!(yard.listed() >= before + waiting, "all of them start when it is switched off");
    assert_eq!(yard.queued(), 0);
}

#[test]
fn a_job_prepares_runs_is_delayed_and_ends() {
    let turns = [(10, Turn::Becomes(3)), (60, Turn::Becomes(4)), (30, Turn::Ends)];
    let mut yard = alone(&turns, "2", Backyard::AnsibleExecute);
    let mut status = |after| {
        yard.advance(seconds(after), OPEN, &label);
        rows(&yard).first().map(|(_, status)| status.clone())
    };
    assert_eq!(status(9).as_deref(), Some("2"), "preparing");
    assert_eq!(status(1).as_deref(), Some("3"), "executing");
    assert_eq!(status(60).as_deref(), Some("4"), "delayed");
    assert_eq!(status(29).as_deref(), Some("4"), "still there");
    assert_eq!(status(1), None, "ended");
}

#[test]
fn a_row_is_labelled_with_the_moment_of_its_last_change() {
    let mut yard = alone(&[(10, Turn::Becomes(3))], "2", Backyard::AnsibleExecute);
    yard.advance(seconds(25), OPEN, &label);
    let labels: Vec<_> = yard.workspaces[0].jobs.values().map(|job| job.label.clone()).collect();
    assert_eq!(labels, [Some("15 s ago".to_owned())], "it changed 15 s before the end of the stretch");
}

#[test]
fn a_paused_conductor_never_ends() {
    let mut yard = Yard::new(1, 1, 4);
    yard.add_endless(Backyard::ConductorSynchronize, "5", String::new());
    for flags in [OPEN, STOPPED] {
        yard.advance(seconds(30 * 86_400), flags, &label);
        assert_eq!(rows(&yard).len(), 1, "a month later it is still paused");
    }
}

#[test]
fn a_conductor_with_a_movement_to_come_stays_as_long_as_job_stop_lasts() {
    let mut yard = alone(&[(10, Turn::Ends)], "3", Backyard::ConductorSynchronize);
    for job in yard.workspaces[0].jobs.values_mut() {
        job.course.waits = true;
    }
    yard.advance(seconds(86_400), STOPPED, &label);
    assert_eq!(yard.listed(), 1, "its movement may not start");
    yard.advance(seconds(60), OPEN, &label);
    assert_eq!(yard.listed(), 0, "and now it may");
}

#[test]
fn read_only_freezes_everything() {
    let mut yard = night(5);
    let before = rows(&yard);
    yard.advance(seconds(86_400), FROZEN, &label);
    assert_eq!(rows(&yard), before, "nothing starts, changes or ends for a whole day");
    yard.advance(seconds(600), STOPPED, &label);
    assert_eq!(counted(&yard), 0, "and then it goes on as if no time had passed");
}

#[test]
fn a_huge_platform_moves_slowly() {
    let mut yard = Yard::new(5, 8, 6);
    yard.populate(20_000, &label);
    let before: BTreeSet<_> = rows(&yard).into_iter().map(|(id, _)| id).collect();
    yard.advance(seconds(10), OPEN, &label);
    let new = rows(&yard).iter().filter(|(id, _)| !before.contains(id)).count();
    assert!(new < 100, "a poll must not find everything changed: {new} new");
}

#[test]
fn the_same_seed_gives_the_same_night() {
    assert_eq!(rows(&night(7)), rows(&night(7)));
    assert_ne!(rows(&night(7)), rows(&night(8)));
}

#[test]
fn every_backyard_lives_through_its_own_statuses_and_ends() {
    let mut rng = StdRng::seed_from_u64(9);
    for backyard in Backyard::ALL {
        let mut seen = BTreeSet::new();
        for _ in 0..200 {
            let (first, course) = course::plan(backyard, 1.0, &mut rng);
            seen.insert(first);
            let mut turns: Vec<_> = course.turns.iter().map(|(_, turn)| *turn).collect();
            assert_eq!(turns.pop(), Some(Turn::Ends), "{backyard:?}");
            for turn in turns {
                let Turn::Becomes(status) = turn else { panic!("{backyard:?} ends twice") };
                seen.insert(status);
            }
        }
        let listed: BTreeSet<_> = backyard.statuses().iter().map(|status| status.id).collect();
        let paused = BTreeSet::from([5]);
        let missing: BTreeSet<_> = listed.difference(&seen).copied().collect();
        assert!(seen.is_subset(&listed), "{backyard:?} only has statuses of its own: {seen:?}");
        assert!(
            missing.is_empty() || missing == paused,
            "{backyard:?}: all but a pause, which is a person's: {missing:?}"
        );
    }
}

#[test]
fn the_mean_life_of_a_job_is_what_its_constant_says() {
    let mut rng = StdRng::seed_from_u64(10);
    let lives = (0..5_000).map(|_| {
        let backyard = course::pick(&mut rng);
        let (_, course) = course::plan(backyard, 1.0, &mut rng);
        course.turns.iter().map(|(stretch, _)| stretch.as_secs_f64()).sum::<f64>()
    });
    let mean = lives.sum::<f64>() / 5_000.0;
    assert!((mean / course::MEAN_LIFE - 1.0).abs() < 0.1, "{mean} s, or the number of jobs would drift");
}

#[test]
fn counts_are_those_of_the_rows_at_every_level() {
    let mut yard = night(11);
    let mut text = String::new();
    render::push_data(&mut text, &mut yard, Language::Ja, ItaShape::Lists);
    let data: Value = serde_json::from_str(&text).expect("JSON");
    let count = |value: &Value| value["execute_count"].as_u64().expect("a number");
    let items = |value: &Value, key: &str| value[key].as_array().expect("a list").clone();
    let mut all = 0;
    for organization in items(&data, "organizations") {
        let mut within = 0;
        for workspace in items(&organization, "workspaces") {
            let backyards = workspace["backyards"].as_object().expect("an object");
            let known = backyards
                .iter()
                .filter(|(container, _)| Backyard::from_container(container).is_some_and(Backyard::counted));
            let rows: usize = known.map(|(_, rows)| rows.as_array().expect("a list").len()).sum();
            assert_eq!(count(&workspace), rows as u64, "{workspace}");
            within += count(&workspace);
        }
        assert_eq!(count(&organization), within);
        all += within;
    }
    assert_eq!(count(&data), all);
    assert_eq!(all as usize, counted(&yard));
}

#[test]
fn a_row_can_be_counted_or_not_against_the_rule() {
    let mut yard = alone(&[], "9", Backyard::MenuCreate);
    let job = yard.workspaces[0].jobs.values_mut().next().expect("a job");
    job.container = "ita-by-something-new".into();
    for (counted, expected) in [(true, 1), (false, 0)] {
        yard.workspaces[0].jobs.values_mut().for_each(|job| job.counted = counted);
        yard.workspaces[0].rendered = None;
        let mut text = String::new();
        render::push_data(&mut text, &mut yard, Language::En, ItaShape::Maps);
        let data: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(data["execute_count"], expected, "{data}");
        let row = &data["sales"]["prod-batch"]["ita-by-something-new"][0];
        assert_eq!((&row["id"], &row["status_name"]), (&"job".into(), &Value::Null), "listed whatever its status");
    }
}
