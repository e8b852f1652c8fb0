//! Windows and what a caller can ask for (docs/faults.md).

use super::*;
use crate::domain::problem::ProblemCode;
use crate::jobs::engine::{ViewCache, MAX_WINDOW};
use crate::jobs::filter::MAX_TEXT;

fn many(rows: usize) -> Arc<Snapshot> {
    let mut place = place("org", "ws", 0, &[]);
    place.jobs.extend((0..rows).map(|number| job(ANSIBLE, &format!("job-{number}"), "3", None)));
    first(&[place])
}

#[test]
fn a_window_never_holds_more_than_its_limit_and_never_lies_outside() {
    let snapshot = many(1_200);
    let index = snapshot.view(&view(None, JobFilter::default())).expect("a usable view");
    for (offset, limit, at, rows) in [
        (0, 100, 0, 100),
        (0, 0, 0, 0),
        (0, u32::MAX, 0, MAX_WINDOW as usize),
        (1_150, 100, 1_150, 50),
        (1_200, 100, 1_200, 0),
        (u32::MAX, u32::MAX, 1_200, 0),
    ] {
        let window = index.window(offset, limit);
        assert_eq!((window.offset, window.rows.len()), (at, rows), "{offset} {limit}");
        assert_eq!((window.total, window.matched, window.revision), (1_200, 1_200, 1));
        assert!(
            window.rows.first().is_none_or(|row| row.job_id == format!("job-{at}")),
            "the first row is at the offset"
        );
    }
    assert_eq!(many(0).view(&view(None, JobFilter::default())).expect("a usable view").window(5, 5).rows, []);
}

#[test]
fn a_filter_without_end_is_a_bad_argument() {
    let snapshot = many(2);
    let filter = |text: String| view(None, JobFilter { text, ..JobFilter::default() });
    for endless in ["x".repeat(1 << 20), "長".repeat(MAX_TEXT + 1), " ".repeat(MAX_TEXT + 1)] {
        let problem = snapshot.view(&filter(endless)).expect_err("too long");
        assert_eq!((problem.code, problem.facts.reason.as_deref()), (ProblemCode::BadArgument, Some("filter.text")));
    }
    assert_eq!(ids(&snapshot, &filter(" ".repeat(MAX_TEXT))).len(), 2, "blanks are no words");
    assert!(ids(&snapshot, &filter("長".repeat(MAX_TEXT))).is_empty(), "the longest text is a text");
}

#[test]
fn what_the_window_sends_is_checked_by_its_types() {
    for odd in [
        r#"{"sort":{"column":"job_name","descending":true}}"#,
        r#"{"sort":{"column":"job_id","descending":1}}"#,
        r#"{"sort":null,"filter":{"text":null}}"#,
        r#"{"sort":null,"filter":{"organizations":[1]}}"#,
        r#"{"sort":null,"language":"fr"}"#,
    ] {
        assert!(serde_json::from_str::<JobView>(odd).is_err(), "{odd}");
    }
    for odd in ["-1", "1.5", "4294967296", "1e99", "null", "\"1\""] {
        assert!(serde_json::from_str::<u32>(odd).is_err(), "{odd} is no offset");
    }
    let plain: JobView = serde_json::from_str(r#"{"sort":null}"#).expect("the smallest view");
    assert_eq!(plain, view(None, JobFilter::default()));
}

#[test]
fn the_same_view_is_made_once_and_never_of_another_list() {
    let (one, two) = (many(3), many(5));
    let mut cache = ViewCache::default();
    let by_id = view(Some((JobColumn::JobId, true)), JobFilter::default());
    let first = cache.get(&one, &by_id).expect("a usable view");
    assert!(Arc::ptr_eq(&first, &cache.get(&one, &by_id).expect("a usable view")), "scrolling sorts nothing");
    assert_eq!(cache.get(&two, &by_id).expect("a usable view").matched(), 5, "a new list is looked at again");
    let other = view(Some((JobColumn::JobId, false)), JobFilter::default());
    assert_eq!(cache.get(&two, &other).expect("a usable view").window(0, 1).rows[0].job_id, "job-0");
    let bad = view(None, JobFilter { text: "x".repeat(MAX_TEXT + 1), ..JobFilter::default() });
    assert!(cache.get(&two, &bad).is_err());
    assert_eq!(cache.get(&two, &other).expect("still a usable view").matched(), 5);
    cache.clear();
    assert_eq!((Arc::strong_count(&one), Arc::strong_count(&two)), (2, 1), "nothing is held but what is in use");
}
