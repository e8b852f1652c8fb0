use std::fs;

use super::*;

fn records(lists: &KeptLists, moment: Moment) -> usize {
    let text = fs::read_to_string(lists.csv(moment)).expect("a CSV");
    csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes()).records().count()
}

#[test]
fn a_kept_list_says_what_it_is_and_its_csv_has_every_row() {
    let sample = Sample::ordinary();
    let Some(KeptList::Kept { list }) = sample.lists.read(Moment::Stop) else { panic!("kept") };
    assert_eq!((list.read_at, list.rows, list.deciding, list.counted, list.conductors), (at(0), 3, 2, 2, 1));
    assert_eq!(list.first.iter().map(|row| row.job_id.as_str()).collect::<Vec<_>>()[..2], ["a-1", "a-2"]);
    assert_eq!([Moment::Stop, Moment::Zero].map(|moment| records(&sample.lists, moment)), [3, 1]);
}

#[test]
fn nobody_else_can_look_at_the_lists() {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let sample = Sample::ordinary();
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        let csv = sample.lists.csv(Moment::Stop);
        let folder = csv.parent().expect("a folder");
        assert_eq!([mode(&csv), mode(&csv.with_extension("json")), mode(folder)], [0o600, 0o600, 0o700]);
        assert_eq!(mode(folder.parent().expect("a folder")), 0o700);
    }
}

#[test]
fn the_lists_of_older_procedures_go_when_a_new_one_keeps_its_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let of = |began: &str| KeptLists::new(folder.path().join(began));
    let keep = |lists: &KeptLists| lists.keep(Moment::Stop, &list(&[], at(0)), &meta(at(0))).expect("kept");
    keep(&of("1"));
    keep(&of("2"));
    assert_eq!(of("1").read(Moment::Stop), None);
    assert!(of("2").read(Moment::Stop).is_some());
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "what is kept is bounded");
}

#[test]
fn a_moment_that_comes_again_without_a_known_list_leaves_no_older_one_in_its_place() {
    let sample = Sample::ordinary();
    sample.lists.not_known(Moment::Zero).expect("noted");
    assert!(!sample.lists.csv(Moment::Zero).exists());
    let expected = KeptList::Missing { why: WhyMissing::NotKnown, reason: None };
    assert_eq!(sample.lists.read(Moment::Zero), Some(expected));
}

#[test]
fn a_disk_that_takes_nothing_is_told_with_its_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("evidence"), "in the way").expect("written");
    let lists = KeptLists::new(folder.path().join("evidence").join("1"));
    let (missing, problem) = lists.keep(Moment::Zero, &list(&[], at(0)), &meta(at(0))).expect_err("in the way");
    assert_eq!(problem.code, ProblemCode::FileNotWritten);
    assert!(
        matches!(&missing, KeptList::Missing { why: WhyMissing::NotWritten, reason: Some(reason) } if reason.contains("evidence")),
        "{missing:?}"
    );
    assert_eq!(lists.read(Moment::Zero), None);
}

#[test]
fn a_list_that_cannot_be_written_leaves_a_note_where_there_is_room_for_one() {
    let sample = Sample::ordinary();
    let csv = sample.lists.csv(Moment::Zero);
    fs::remove_file(&csv).expect("removed");
    fs::create_dir(&csv).expect("in the way");
    sample.lists.keep(Moment::Zero, &list(&[], at(42)), &meta(at(42))).expect_err("in the way");
    let noted = sample.lists.read(Moment::Zero);
    assert!(matches!(noted, Some(KeptList::Missing { why: WhyMissing::NotWritten, .. })), "{noted:?}");
}
