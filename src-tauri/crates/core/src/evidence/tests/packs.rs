use std::fs;

use sha2::{Digest, Sha256};

use super::*;
use crate::domain::log_levels::{ChangedLevel, LevelChange, LevelOutcome, LevelReading, LogLevel, ObservedLevel};

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_pack_has_timeline_lists_report_and_the_sums_of_all_of_them() {
    let sample = Sample::ordinary();
    let (result, _) = sample.pack(Language::Ja);
    let folder = Path::new(&result.path);
    assert_eq!(folder.file_name().expect("a name"), "基幹ITA_東京_evidence_20261126-020100+0900");
    let lists = ["jobs-at-reopen.csv", "jobs-at-stop.csv", "jobs-at-zero.csv"];
    let expected = [&["SHA256SUMS"], &lists[..], &["report.ja.html", "timeline.csv"]].concat();
    assert_eq!(names(folder), expected);
    assert_eq!((result.files, result.missing), (6, vec![]));
    let sums = fs::read_to_string(folder.join("SHA256SUMS")).expect("sums");
    assert_eq!(sums.lines().count(), 5);
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").expect("the form of sha256sum");
        let content = fs::read(folder.join(name)).expect(name);
        assert_eq!(sum, format!("{:x}", Sha256::digest(content)), "{name}");
    }
    for name in lists {
        let kept = sample.lists.csv(Moment::Stop).with_file_name(name);
        assert_eq!(fs::read(folder.join(name)).expect(name), fs::read(kept).expect(name), "{name}, byte for byte");
    }
}

#[test]
fn two_packs_of_the_same_second_are_told_apart_and_a_killed_ones_leftover_goes() {
    let sample = Sample::ordinary();
    let packs = sample.folder.path().join("packs");
    fs::create_dir_all(packs.join(".evidence-killed.tmp")).expect("a leftover");
    let under_way = packs.join(".evidence-another.tmp");
    fs::create_dir(&under_way).expect("a folder");
    let lock = fs::File::open(&under_way).expect("a folder");
    lock.lock().expect("locked");
    let paths = [sample.pack(Language::Ja).0.path, sample.pack(Language::En).0.path];
    assert_eq!(paths[1], format!("{}-2", paths[0]));
    let expected = [".evidence-another.tmp".to_owned()]
        .into_iter()
        .chain(paths.iter().map(|path| Path::new(path).file_name().expect("a name").to_string_lossy().into_owned()));
    assert_eq!(names(&packs), expected.collect::<Vec<_>>(), "what another program writes stays");
}

#[test]
fn a_pack_that_cannot_be_written_leaves_nothing() {
    let sample = Sample::ordinary();
    let missing = sample.folder.path().join("not there");
    let problem = write(&sample.case(Language::Ja), &missing).expect_err("no folder");
    assert_eq!(problem.code, ProblemCode::FileNotWritten);
    assert!(!missing.exists());
    let file = sample.folder.path().join("a file");
    fs::write(&file, "").expect("written");
    assert_eq!(write(&sample.case(Language::Ja), &file).expect_err("no folder").code, ProblemCode::FileNotWritten);
}

#[test]
fn a_list_that_was_changed_since_it_was_kept_is_not_passed_off_as_it() {
    let sample = Sample::ordinary();
    let csv = sample.lists.csv(Moment::Zero);
    let kept = fs::read_to_string(&csv).expect("kept");
    fs::write(&csv, kept.replace("7d9f5c1e", "7d9f5c1f")).expect("changed");
    let (result, report) = sample.pack(Language::En);
    assert_eq!((&result.missing[..], result.files), (&[Moment::Zero][..], 5));
    assert!(!Path::new(&result.path).join("jobs-at-zero.csv").exists());
    assert!(report.contains("List, Zero proved: not attached, because it was changed"), "{report}");
}

#[test]
fn a_list_that_is_missing_says_why_and_one_that_was_not_reached_is_no_loss() {
    let mut sample = Sample::ordinary();
    let full = KeptList::Missing { why: WhyMissing::NotWritten, reason: Some("No space left on device".to_owned()) };
    sample.unwritten.insert(Moment::Zero, full);
    fs::remove_file(sample.lists.csv(Moment::Reopen).with_extension("json")).expect("removed");
    let (result, report) = sample.pack(Language::Ja);
    assert_eq!(result.missing, [Moment::Zero, Moment::Reopen]);
    assert!(
        report.contains("0 件の確認時の一覧：一覧を書き込めなかったため、ありません。 No space left on device"),
        "{report}"
    );
    assert!(report.contains("再開時の一覧：一覧が残っていないため、ありません"), "{report}");

    sample.entries.truncate(4);
    sample.state.phase = Phase::Draining;
    sample.unwritten.clear();
    fs::remove_file(sample.lists.csv(Moment::Zero).with_extension("json")).expect("removed");
    let (result, report) = sample.pack(Language::Ja);
    assert_eq!((result.missing, result.files), (vec![], 4));
    assert!(report.contains("作業中に作成したもの"), "{report}");
}

#[test]
fn the_timeline_has_every_entry_with_who_did_what_and_what_came_of_it() {
    let sample = Sample::ordinary();
    let (result, _) = sample.pack(Language::Ja);
    let text = fs::read_to_string(Path::new(&result.path).join("timeline.csv")).expect("a timeline");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads: Vec<_> = reader.headers().expect("a head").iter().map(str::to_owned).collect();
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    assert_eq!(rows.len(), sample.entries.len());
    let cell = |row: usize, name: &str| rows[row][heads.iter().position(|head| head == name).expect(name)].clone();
    assert_eq!(cell(1, "at"), "2026-11-25T22:00:00.000+09:00");
    let told = ["workstation_user", "event", "platform_user", "mode", "requested"].map(|name| cell(1, name));
    assert_eq!(told, ["tanaka", "switch_requested", "maintenance", "job_stop", "on"]);
    let ended = ["event", "outcome", "read_back", "platform_time_utc"].map(|name| cell(2, name));
    assert_eq!(ended, ["switched", "done", "on", "2026-11-25T13:00:02.000Z"]);
    assert_eq!([cell(3, "event"), cell(3, "phase")], ["phase", "draining"]);
}

#[test]
fn the_timeline_has_each_log_level_that_was_changed_meanwhile() {
    let mut sample = Sample::ordinary();
    let user = || "maintenance".to_owned();
    let to_debug = |service: &str, from: Option<&str>| LevelChange {
        service: service.to_owned(),
        from: from.map(str::to_owned),
        to: LogLevel::Debug,
    };
    let changes = vec![to_debug("ita-api-admin", Some("INFO")), to_debug("ita-by-collector", None)];
    let ended = |change: &LevelChange, outcome, read| ChangedLevel { change: change.clone(), outcome, read };
    let debug = || LevelReading::Level("DEBUG".to_owned());
    let services = vec![
        ended(&changes[0], LevelOutcome::Done, debug()),
        ended(&changes[1], LevelOutcome::WithoutEffect, LevelReading::Null),
    ];
    let platform_time = Some(at(63));
    sample.entries.insert(11, entry(at(62), JournalEvent::LogLevelsRequested { user: user(), changes }));
    let told = JournalEvent::LogLevelsChanged { user: user(), services, platform_time, problem: None };
    sample.entries.insert(12, entry(at(63), told));
    let gone = LevelReading::Absent;
    let observed = ObservedLevel { service: "ita-by-collector".to_owned(), from: debug(), to: gone, at: at(64) };
    sample.entries.insert(13, entry(at(64), JournalEvent::ObservedLevels { changes: vec![observed] }));
    let (result, _) = sample.pack(Language::Ja);
    let text = fs::read_to_string(Path::new(&result.path).join("timeline.csv")).expect("a timeline");
    let wanted = "ita-api-admin: INFO -> DEBUG; ita-by-collector: null -> DEBUG";
    let lines: Vec<_> = text.lines().filter(|line| line.contains(wanted)).collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines[0].contains(",tanaka,log_levels_requested,maintenance,"), "{}", lines[0]);
    assert!(
        lines[1].contains(",log_levels_changed,maintenance,,,done; without_effect,DEBUG; null,2026-"),
        "{}",
        lines[1]
    );
    let elsewhere = text.lines().find(|line| line.contains(",observed_levels,")).expect("what somebody else did");
    assert!(elsewhere.ends_with(",ita-by-collector: DEBUG -> absent"), "{elsewhere}");
}

#[test]
fn the_timeline_is_that_of_the_procedure_and_of_nothing_before_or_after_it() {
    let sample = Sample::ordinary();
    let mut newest = sample.entries.clone();
    newest.insert(0, phase(at(-60), Phase::Finished));
    newest.push(entry(at(300), JournalEvent::ObservedChange { mode: Mode::JobStop, on: true, suspect: false }));
    newest.reverse();
    assert_eq!(of_procedure(&sample.state, newest.clone()), sample.entries);
    let under_way = Procedure { phase: Phase::Work, ..sample.state.clone() };
    assert_eq!(of_procedure(&under_way, newest).len(), sample.entries.len() + 1, "what is going on is its own");
}

#[test]
fn a_clock_that_was_set_back_takes_nothing_out_of_the_timeline_and_is_told() {
    let mut sample = Sample::ordinary();
    let drained = sample.entries.iter().position(|it| it.at == at(42)).expect("the end of the drain");
    for entry in &mut sample.entries[drained..] {
        entry.at = Timestamp(entry.at.0 - 300 * 60_000);
    }
    let mut newest = sample.entries.clone();
    newest.insert(0, phase(at(-60), Phase::Finished));
    newest.reverse();
    assert_eq!(of_procedure(&sample.state, newest), sample.entries, "by the line that begins it, whatever its time");
    let (_, report) = sample.pack(Language::En);
    assert_eq!(report.matches("<td>accepted</td>").count(), 4, "{report}");
    let told =
        "<span class=\"time\">11-25 17:42:00</span>\n<span>The clock of this workstation was set back here, from \
                2026-11-25 22:00:05";
    assert_eq!(report.matches(told).count(), 1, "{report}");
}
