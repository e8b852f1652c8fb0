//! Where an export goes: complete or not at all, whatever is in its way.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;
use crate::domain::problem::ProblemCode;

fn csv() -> ExportRequest {
    request(ExportFormat::Csv, CsvPreset::Excel)
}

/// As [`export`], with nobody looking on.
fn export_to(target: &Target) -> Result<ExportResult, Problem> {
    export(&csv(), &three_jobs(), &meta(), target, Watcher { stop: &Stop::default(), tell: &mut |_| {} })
}

fn file(path: &Path) -> Target {
    Target::File(path.to_owned())
}

/// Names in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = entries.map(|name| name.into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

/// Two thousand jobs, many chunks of a file.
fn many_jobs() -> Snapshot {
    let ids: Vec<String> = (0..2_000).map(|number| format!("job {number} {}", "長い名前".repeat(20))).collect();
    let job = |id| ("ws", "ita-by-menu-create", id, "2", json!("実行中"), json!(null));
    snapshot(&ids.iter().map(|id| job(id.as_str())).collect::<Vec<_>>(), None)
}

#[test]
fn files_in_a_folder_are_numbered_and_a_chosen_file_is_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let into = Target::Folder(folder.path().to_owned());
    let first = export_to(&into).expect("written");
    let second = export_to(&into).expect("written");
    assert!(second.path.ends_with("+0900-2.csv"), "{}", second.path);
    assert_eq!((first.rows, first.read_at), (3, READ_AT));
    let chosen = folder.path().join("mine.csv");
    fs::write(&chosen, "old").expect("a file");
    export_to(&file(&chosen)).expect("written");
    assert_eq!(fs::read(&chosen).expect("a file"), fs::read(&first.path).expect("a file"));
    assert_eq!(names(folder.path()).len(), 3, "nothing temporary is left");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
        assert_eq!((mode(first.path.as_ref()), mode(&chosen)), (0o600, 0o600));
    }
}

#[test]
fn a_failure_leaves_the_old_file_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let chosen = folder.path().join("mine.csv");
    fs::write(&chosen, "old").expect("a file");
    let full = |out: &mut dyn Write| {
        out.write_all(b"half a ro")?;
        Err(io::Error::from(io::ErrorKind::StorageFull))
    };
    let problem = file::write(&file(&chosen), "", &Stop::default(), full).expect_err("the disk is full");
    assert_eq!(problem.code, ProblemCode::FileNotWritten);
    assert!(problem.facts.reason.expect("a reason").starts_with(&chosen.display().to_string()));
    assert_eq!(fs::read_to_string(&chosen).expect("a file"), "old");
    assert_eq!(names(folder.path()), ["mine.csv"]);
}

/// Folders into which nobody can write here: one that is gone, one that is a file, one that is read-only. Permissions do
/// not bind root, so for root sysfs stands for the last: it takes no new file from anybody.
fn closed_folders(folder: &Path) -> Vec<PathBuf> {
    let (a_file, read_only) = (folder.join("a file"), folder.join("read-only"));
    fs::write(&a_file, "").expect("a file");
    fs::create_dir(&read_only).expect("a folder");
    let mut permissions = fs::metadata(&read_only).expect("a folder").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&read_only, permissions).expect("own folder");
    let read_only = if fs::write(read_only.join("probe"), "").is_ok() { PathBuf::from("/sys") } else { read_only };
    vec![folder.join("gone"), a_file, read_only]
}

#[test]
fn a_folder_that_takes_no_file_is_told_with_its_path() {
    let folder = tempfile::tempdir().expect("a folder");
    for closed in closed_folders(folder.path()) {
        for target in [Target::Folder(closed.clone()), file(&closed.join("jobs.csv"))] {
            let problem = export_to(&target).expect_err("no such folder");
            assert_eq!(problem.code, ProblemCode::FileNotWritten, "{}", closed.display());
            let reason = problem.facts.reason.expect("a reason");
            assert!(reason.starts_with(&closed.display().to_string()), "{reason}");
        }
    }
}

#[test]
fn neither_a_read_only_file_nor_a_folder_is_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let (kept, inner) = (folder.path().join("kept.csv"), folder.path().join("folder.csv"));
    fs::write(&kept, "signed off").expect("a file");
    let mut permissions = fs::metadata(&kept).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&kept, permissions).expect("own file");
    fs::create_dir(&inner).expect("a folder");
    for target in [&kept, &inner] {
        let problem = export_to(&file(target)).expect_err("it stays");
        assert_eq!(problem.code, ProblemCode::FileNotWritten, "{}", target.display());
    }
    assert_eq!(fs::read_to_string(&kept).expect("a file"), "signed off");
    assert_eq!(names(folder.path()), ["folder.csv", "kept.csv"]);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_replaced_and_what_it_led_to_stays() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    let (other, link) = (folder.path().join("other"), folder.path().join("link.csv"));
    fs::write(&other, "not ours").expect("a file");
    for led_to in [other.clone(), folder.path().join("nowhere")] {
        let _ = fs::remove_file(&link);
        symlink(&led_to, &link).expect("a link");
        export_to(&file(&link)).expect("written");
        assert!(fs::symlink_metadata(&link).expect("there").is_file(), "the file itself stands there");
        assert_eq!(fs::read_to_string(&other).expect("a file"), "not ours");
        assert_eq!(names(folder.path()), ["link.csv", "other"]);
    }
    let name = meta().file_name(ExportFormat::Csv);
    symlink(&other, folder.path().join(&name)).expect("a link");
    let written = export_to(&Target::Folder(folder.path().to_owned())).expect("written");
    assert!(written.path.ends_with("-2.csv"), "in a folder a link counts as taken: {}", written.path);
    assert_eq!(fs::read_to_string(&other).expect("a file"), "not ours");
}

#[cfg(unix)]
#[test]
fn who_holds_the_old_file_open_goes_on_reading_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let chosen = folder.path().join("open.csv");
    fs::write(&chosen, "old").expect("a file");
    let mut held = fs::File::open(&chosen).expect("a file");
    export_to(&file(&chosen)).expect("written");
    let mut seen = String::new();
    held.read_to_string(&mut seen).expect("text");
    assert_eq!(seen, "old", "never a mixture");
    assert!(fs::read_to_string(&chosen).expect("a file").contains("exported_at"));
}

#[test]
fn progress_begins_at_nothing_and_ends_with_every_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let jobs = many_jobs();
    let mut told = Vec::new();
    let watcher = Watcher { stop: &Stop::default(), tell: &mut |progress| told.push(progress) };
    export(&csv(), &jobs, &meta(), &Target::Folder(folder.path().to_owned()), watcher).expect("written");
    assert_eq!(told.first(), Some(&ExportProgress { rows: 0, total: 2_000 }));
    assert_eq!(told.last(), Some(&ExportProgress { rows: 2_000, total: 2_000 }));
    assert!(told.len() > 5, "more than once on the way: {told:?}");
    assert!(told.is_sorted_by_key(|progress| progress.rows));
}

/// Of a program that was killed while it wrote.
const LEFTOVER: &str = ".running-jobs-killed.tmp";

#[test]
fn what_a_killed_export_left_is_swept_by_the_next_and_what_another_writes_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in [LEFTOVER, ".running-jobs-written.tmp", "running-jobs-mine.tmp", ".other.tmp"] {
        fs::write(folder.path().join(name), "half a ro").expect("a file");
    }
    let written = fs::File::open(folder.path().join(".running-jobs-written.tmp")).expect("a file");
    written.lock().expect("a lock");
    export_to(&file(&folder.path().join("a.csv"))).expect("written");
    assert_eq!(names(folder.path()), [".other.tmp", ".running-jobs-written.tmp", "a.csv", "running-jobs-mine.tmp"]);
    drop(written);
    export_to(&file(&folder.path().join("a.csv"))).expect("written");
    assert_eq!(names(folder.path()), [".other.tmp", "a.csv", "running-jobs-mine.tmp"], "its writer has ended");
}

#[test]
fn two_exports_into_one_folder_do_not_take_each_other_for_leftovers() {
    let folder = tempfile::tempdir().expect("a folder");
    let jobs = many_jobs();
    let mut inner = None;
    let tell = &mut |progress: ExportProgress| {
        if progress.rows > 0 && inner.is_none() {
            inner = Some(export_to(&file(&folder.path().join("inner.csv"))));
        }
    };
    let outer = file(&folder.path().join("outer.csv"));
    export(&csv(), &jobs, &meta(), &outer, Watcher { stop: &Stop::default(), tell }).expect("written");
    inner.expect("begun in the middle of the other").expect("written");
    assert_eq!(names(folder.path()), ["inner.csv", "outer.csv"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn an_export_that_is_stopped_anywhere_leaves_the_old_file_and_nothing_else(after in 0_u32..2_100, exists: bool) {
        let folder = tempfile::tempdir().expect("a folder");
        let chosen = folder.path().join("mine.csv");
        if exists {
            fs::write(&chosen, "old").expect("a file");
        }
        let before = names(folder.path());
        let stop = Stop::default();
        let tell = &mut |progress: ExportProgress| {
            if progress.rows >= after {
                stop.set();
            }
        };
        let ended = export(&csv(), &many_jobs(), &meta(), &file(&chosen), Watcher { stop: &stop, tell });
        if after > 2_000 {
            prop_assert_eq!(ended.expect("nobody stopped it").rows, 2_000);
            prop_assert_eq!(names(folder.path()), ["mine.csv"]);
            prop_assert_eq!(read_back(&fs::read_to_string(&chosen).expect("a file")).len(), 2_001);
        } else {
            prop_assert_eq!(ended.expect_err("it was stopped").code, ProblemCode::Cancelled);
            prop_assert_eq!(names(folder.path()), before);
            prop_assert!(!exists || fs::read_to_string(&chosen).expect("a file") == "old");
        }
    }
}
