//! Which rows were there before job stop.

use super::earlier::*;
use super::*;

const STOPPED: Timestamp = Timestamp(10_000_000);

fn row(id: &str) -> Fingerprint {
    Fingerprint::of(["org", "ws", "ita-by-x", id])
}

fn after(ms: i64) -> Timestamp {
    Timestamp(STOPPED.0 + ms)
}

#[test]
fn what_is_first_seen_a_minute_after_the_stop_is_new_and_nothing_that_was_there_before() {
    let mut earlier = Earlier::default();
    assert!(earlier.see(&[row("gone"), row("before")], after(-90_000), None));
    assert!(earlier.see(&[row("before")], after(-20_000), None));
    assert!(!earlier.has(row("gone")), "before a stop only the newest list counts");
    assert!(earlier.see(&[row("on its way")], after(5_000), Some(STOPPED)));
    assert!(earlier.see(&[row("late")], after(60_000), Some(STOPPED)));
    assert!(!earlier.see(&[row("before"), row("new")], after(60_001), Some(STOPPED)));
    let was_there = ["before", "on its way", "late", "new"].map(|id| earlier.has(row(id)));
    assert_eq!(was_there, [true, true, true, false]);
}

#[test]
fn the_first_list_after_a_stop_shows_what_was_there_however_late_it_comes() {
    let mut earlier = Earlier::default();
    assert!(earlier.see(&[row("a")], after(3_600_000), Some(STOPPED)));
    assert!(!earlier.see(&[row("a"), row("b")], after(3_605_000), Some(STOPPED)));
    assert_eq!([earlier.has(row("a")), earlier.has(row("b"))], [true, false]);
    let again = after(7_200_000);
    assert!(earlier.see(&[row("b")], Timestamp(again.0 + 70_000), Some(again)), "another stop");
    assert_eq!([earlier.has(row("a")), earlier.has(row("b"))], [false, true]);
}

#[test]
fn by_a_clock_that_was_set_back_nothing_more_is_taken_for_what_was_there() {
    let mut earlier = Earlier::default();
    assert!(earlier.see(&[row("a")], after(1_000), Some(STOPPED)));
    assert!(!earlier.see(&[row("a"), row("b")], after(-3_600_000), Some(STOPPED)));
    assert!(!earlier.has(row("b")), "new, and the alarm says so");
}

#[test]
fn it_is_found_again_as_it_was_saved_and_a_part_of_it_is_not_taken() {
    let mut earlier = Earlier::default();
    assert_eq!(earlier.to_bytes(), None, "nothing was stopped");
    earlier.see(&[row("a"), row("b"), row("c")], after(0), Some(STOPPED));
    let saved = earlier.to_bytes().expect("stopped");
    assert_eq!(saved.len(), 24 + 3 * 8);
    assert_eq!(Earlier::from_bytes(&saved), Some(earlier));
    for length in 0..saved.len() {
        assert_eq!(Earlier::from_bytes(&saved[..length]), None, "{length} bytes");
    }
    assert_eq!(Earlier::from_bytes(&[&saved[..], &[0; 8]].concat()), None, "longer than it says");
}

#[test]
fn the_same_words_in_other_columns_are_another_row_and_a_fingerprint_never_changes() {
    assert_ne!(Fingerprint::of(["ab", "c", "d", "e"]), Fingerprint::of(["a", "bc", "d", "e"]));
    let mut earlier = Earlier::default();
    earlier.see(&[row("job-1")], after(0), Some(STOPPED));
    let saved = earlier.to_bytes().expect("stopped");
    // A file of an earlier version must be understood by the next.
    assert_eq!(saved[24..], [0x1d, 0xbe, 0x37, 0x89, 0xee, 0x23, 0xce, 0x73]);
}
