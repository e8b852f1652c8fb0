//! What a recorder believes, list by list, and what nights that it watched itself make of its promise.

use super::*;
use crate::domain::forecast::NEVER;

mod nights;

fn key(id: &str) -> JobKey {
    ["org", "ws", "ita-by-x", id].map(str::to_owned)
}

fn keys(ids: &[&str]) -> Vec<JobKey> {
    ids.iter().map(|id| key(id)).collect()
}

fn next(appeared: &[&str], left: &[&str]) -> Changes {
    Changes { is_next: true, appeared: keys(appeared), left: keys(left), taken: Vec::new() }
}

/// A recorder and the clock it is read by.
struct Watch {
    recorder: Recorder,
    now: i64,
}

impl Watch {
    /// After the first list of all.
    fn begin() -> Self {
        let mut recorder = Recorder::default();
        recorder.read(Changes::default(), Timestamp(0));
        Self { recorder, now: 0 }
    }

    fn after(&mut self, seconds: i64, changes: Changes) -> &mut Self {
        self.now += seconds * 1_000;
        self.recorder.read(changes, Timestamp(self.now));
        self
    }

    /// The program ends and starts again.
    fn restart(&mut self) -> &mut Self {
        self.recorder = Recorder::resume(self.recorder.record());
        self
    }

    fn lives(&self) -> Vec<(u32, u32)> {
        self.recorder.history.lives.values().flatten().copied().collect()
    }

    fn age(&self, id: &str) -> Option<u32> {
        let begun = self.recorder.running.get(&key(id))?;
        Some(seconds(begun.at, Timestamp(self.now)))
    }
}

#[test]
fn a_life_lies_between_the_last_poll_that_showed_the_job_and_the_first_that_did_not() {
    let mut watch = Watch::begin();
    watch.after(10, next(&["a"], &[])).after(300, next(&[], &[]));
    assert_eq!(watch.age("a"), Some(300));
    watch.after(15, next(&[], &["a"]));
    assert_eq!(watch.lives(), [], "the next list may have it again");
    watch.after(10, next(&[], &[]));
    assert_eq!(watch.lives(), [(300, 315)]);
}

#[test]
fn a_job_of_the_first_list_of_all_has_no_age_and_its_end_teaches_nothing() {
    let mut watch = Watch::begin();
    watch.after(10, next(&[], &[])).after(10, next(&[], &["there before"])).after(10, next(&[], &[]));
    assert_eq!(watch.lives(), []);
    let none = Forecast::none(NoForecast::BeginningNotSeen);
    assert_eq!(watch.recorder.forecast(&keys(&["there before"])), none);
}

#[test]
fn a_job_that_a_list_left_out_once_goes_on_with_its_age() {
    let mut watch = Watch::begin();
    watch.after(10, next(&["a"], &[])).after(100, next(&[], &["a"])).after(10, next(&["a"], &[]));
    assert_eq!((watch.age("a"), watch.lives()), (Some(110), vec![]));
    watch.after(40, next(&[], &["a"])).after(10, next(&[], &[]));
    assert_eq!(watch.lives(), [(110, 150)]);
}

#[test]
fn a_job_that_first_shows_after_a_long_gap_began_nobody_knows_when() {
    let mut watch = Watch::begin();
    watch.after(BEGINNING_MS / 1_000 + 1, next(&["in the gap"], &[])).after(10, next(&["seen"], &[]));
    assert_eq!((watch.age("in the gap"), watch.age("seen")), (None, Some(0)));
    watch.after(10, next(&[], &["in the gap"])).after(10, next(&[], &[]));
    assert_eq!(watch.lives(), []);
}

#[test]
fn a_gap_makes_a_life_less_certain_and_not_longer_or_shorter() {
    // Polls that failed, or a workstation that slept: the lists are compared over the gap.
    let mut watch = Watch::begin();
    watch.after(10, next(&["a", "z"], &[])).after(60, next(&[], &[])).after(3_600, next(&[], &["a"]));
    watch.after(10, next(&[], &[]));
    assert_eq!(watch.lives(), [(60, 3_660)]);
    assert_eq!(watch.age("z"), Some(3_670), "whoever is still there lived through it");
}

#[test]
fn another_session_goes_on_with_the_jobs_that_are_still_there() {
    // The program was started again, or another connection was open in between.
    let mut watch = Watch::begin();
    watch.after(10, next(&["a"], &[])).after(10, next(&["b"], &[])).after(50, next(&[], &[]));
    assert_eq!(watch.restart().recorder.watched().count(), 2);
    watch.after(600, Changes { left: keys(&["a"]), ..Changes::default() }).after(10, next(&["c"], &["b"]));
    watch.after(10, next(&[], &[]));
    assert_eq!(watch.lives(), [(60, 660), (650, 660)]);
    assert_eq!(watch.age("c"), Some(10));
}

#[test]
fn what_shows_after_a_gap_without_lists_is_not_taken_for_new() {
    let mut watch = Watch::begin();
    watch.after(10, next(&[], &[])).after(20, Changes { appeared: keys(&["a"]), ..Changes::default() });
    assert_eq!(watch.age("a"), None);
}

#[test]
fn a_job_that_a_record_caught_leaving_is_kept_with_the_bounds_it_had() {
    let mut watch = Watch::begin();
    watch.after(10, next(&["a"], &[])).after(50, next(&[], &[])).after(10, next(&[], &["a"]));
    assert_eq!(watch.restart().lives(), [(50, 60)]);
}

#[test]
fn jobs_that_disappear_with_their_workspace_have_not_ended() {
    let mut watch = Watch::begin();
    watch.after(10, next(&["a"], &[])).after(50, next(&[], &[]));
    watch.after(10, Changes { is_next: true, taken: keys(&["a"]), ..Changes::default() });
    assert_eq!(watch.lives(), [(50, NEVER)]);
    assert_eq!(watch.age("a"), None);
}

#[test]
fn a_clock_that_was_set_back_makes_no_lives() {
    let mut watch = Watch::begin();
    watch.after(500, next(&[], &[])).after(10, next(&["a"], &[])).after(-300, next(&["b"], &[]));
    assert_eq!((watch.age("a"), watch.age("b")), (None, None));
    watch.after(10, next(&["c"], &["a"])).after(10, next(&[], &[]));
    assert_eq!((watch.lives(), watch.age("c")), (vec![], Some(10)), "it learns anew");
}

#[test]
fn jobs_that_appear_together_are_one_observation() {
    let mut watch = Watch::begin();
    watch.after(10, next(&["b", "a", "c"], &[])).after(30, next(&[], &["b", "c"])).after(30, next(&[], &["a"]));
    watch.after(10, next(&[], &[]));
    assert_eq!(watch.lives(), [(30, 60)], "whichever of them: it was chosen before anybody knew its end");
}

#[test]
fn two_jobs_of_one_name_are_not_watched() {
    let mut watch = Watch::begin();
    watch.after(10, next(&["a", "a", "b"], &[])).after(10, next(&["b"], &[]));
    assert_eq!((watch.age("a"), watch.age("b")), (None, None));
}

#[test]
fn memory_is_bounded_and_what_lies_beyond_has_no_age() {
    let mut watch = Watch::begin();
    let many: Vec<String> = (0..MOST_WATCHED + 100).map(|number| format!("job-{number:06}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    watch.after(10, next(&many, &[]));
    assert_eq!(watch.recorder.watched().count(), MOST_WATCHED);
    assert_eq!((watch.age(many[0]), watch.age(many[MOST_WATCHED])), (Some(0), None));
    let none = Forecast::none(NoForecast::BeginningNotSeen);
    assert_eq!(watch.recorder.forecast(&keys(&[many[MOST_WATCHED]])), none);
    // The largest record still fits the file that it is kept in.
    for backyard in 0..super::super::MOST_BACKYARDS {
        for life in 0..super::super::MOST_KEPT as u32 {
            watch.recorder.history.ended(&format!("ita-by-{backyard}"), life + 86_400, life + 86_410);
        }
    }
    let written = serde_json::to_vec(&watch.recorder.record()).expect("JSON").len() as u64;
    assert!(written < crate::settings::atomic::LARGEST, "{written} bytes");
}

#[test]
fn an_older_job_that_still_runs_is_compared_as_one_that_may_never_end() {
    let mut watch = Watch::begin();
    watch.after(10, next(&["old"], &[])).after(10, next(&["young"], &[])).after(30, next(&[], &[]));
    for life in 0..30 {
        watch.recorder.history.ended("ita-by-x", 100 + life, 100 + life);
    }
    let of = |ids: &[&str]| watch.recorder.forecast(&keys(ids));
    assert!(matches!(of(&["old"]), Forecast::Between { basis: 30, .. }), "{:?}", of(&["old"]));
    // One of 31 may be left out at ten of a hundred for each of three: it is the older job.
    assert!(matches!(of(&["young"]), Forecast::Between { basis: 31, .. }), "{:?}", of(&["young"]));
    let both = of(&["young", "old"]);
    assert_eq!(both, Forecast::none(NoForecast::MayNeverEnd), "and with two it may not be left out");
}
