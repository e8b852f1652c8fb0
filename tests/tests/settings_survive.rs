//! The connections file under everything that happens to files: killed writers, several writers, damage, refused writes.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use acceptance::consoles::draft;
use ita_core::domain::connection::Environment;
use ita_core::domain::problem::ProblemCode;
use ita_core::domain::time::Timestamp;
use ita_core::services::connections::checked_draft;
use ita_core::settings::connections::ConnectionsFile;

/// How often a writer is killed.
const KILLS: usize = 60;

/// A writer and the names that it said were on the disk.
struct Writer {
    child: Child,
    said: BufReader<std::process::ChildStdout>,
    last: u64,
}

impl Writer {
    fn start(file: &Path, name: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_writes_connections"))
            .args([file.as_os_str(), name.as_ref()])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the writer starts");
        let said = BufReader::new(child.stdout.take().expect("stdout is piped"));
        Self { child, said, last: 0 }
    }

    /// The number that stands behind its name, once it is on the disk.
    fn next(&mut self) -> u64 {
        let mut line = String::new();
        self.said.read_line(&mut line).expect("the writer goes on");
        self.last = number(line.trim());
        self.last
    }

    /// Ends it wherever it is, and tells the last number that it had said.
    fn kill(mut self) -> u64 {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ended");
        self.said
            .lines()
            .map_while(Result::ok)
            .filter(|line| !line.is_empty())
            .last()
            .map_or(self.last, |line| number(&line))
    }
}

fn number(name: &str) -> u64 {
    name.rsplit(' ').next().and_then(|number| number.parse().ok()).expect("a name and a number")
}

#[test]
fn a_writer_that_is_killed_anywhere_leaves_the_old_list_or_the_new_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("connections.json");
    for kill in 0..KILLS {
        let mut writer = Writer::start(&path, "writer");
        for _ in 0..=kill % 5 {
            writer.next();
        }
        let last = writer.kill();
        let loaded = ConnectionsFile::new(&path).load(Timestamp(2)).expect("read");
        assert_eq!(loaded.problem, None, "kill {kill}: nothing had to be mended");
        let [found] = &loaded.connections[..] else { panic!("kill {kill}: {:?}", loaded.connections) };
        let found = number(&found.name);
        assert!(found == last || found == last + 1, "kill {kill}: {last} was on the disk, and {found} is there");
    }
    let file = ConnectionsFile::new(&path);
    file.change(Timestamp(3), |all| {
        all.clear();
        Ok(())
    })
    .expect("written");
    let names: Vec<_> =
        fs::read_dir(folder.path()).expect("the folder").map(|it| it.expect("an entry").file_name()).collect();
    assert!(
        names.iter().all(|name| !name.to_string_lossy().ends_with(".tmp")),
        "what killed writers left is gone: {names:?}"
    );
}

#[test]
fn two_programs_that_write_at_once_lose_nothing_of_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("connections.json");
    let mut writers = [Writer::start(&path, "window"), Writer::start(&path, "itamctl")];
    for _ in 0..50 {
        for writer in &mut writers {
            writer.next();
        }
        let loaded = ConnectionsFile::new(&path).load(Timestamp(2)).expect("read while both write");
        assert_eq!((loaded.connections.len(), loaded.problem), (2, None), "one of each");
    }
    let last = writers.map(Writer::kill);
    assert!(last.iter().all(|number| *number >= 49), "both came through: {last:?}");
}

/// A file with one connection.
fn with_one() -> (tempfile::TempDir, ConnectionsFile) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = ConnectionsFile::new(folder.path().join("connections.json"));
    let connection = checked_draft(draft("https://ita.example", Environment::Staging)).expect("a connection");
    file.change(Timestamp(1), |all| {
        all.push(connection);
        Ok(())
    })
    .expect("written");
    (folder, file)
}

#[test]
fn a_file_of_nuls_and_one_that_is_far_too_large_are_kept_aside() {
    let (folder, file) = with_one();
    let path = folder.path().join("connections.json");
    for (at, length) in [(10, 300), (11, 100 * 1024 * 1024)] {
        // Without writing its bytes: a sparse file reads as so many NULs.
        fs::File::create(&path).and_then(|file| file.set_len(length)).expect("a file of NULs");
        let loaded = file.load(Timestamp(at)).expect("restored");
        assert_eq!(loaded.connections.len(), 1, "{length} bytes");
        assert_eq!(loaded.problem.expect("told").code, ProblemCode::SettingsDamaged);
        let aside = folder.path().join(format!("connections.json.corrupt-{at}"));
        assert_eq!(fs::metadata(aside).expect("kept").len(), length, "nothing is thrown away");
    }
}

#[test]
fn where_nothing_can_be_written_the_list_is_as_it_was_and_the_reason_is_told() {
    let (folder, file) = with_one();
    let path = folder.path().join("connections.json");
    let before = fs::read(&path).expect("the file");
    // Also for root, whom no permission stops: the place of the temporary file is taken by a folder.
    let temporary = folder.path().join(format!(".connections.json.{}.tmp", std::process::id()));
    fs::create_dir(&temporary).expect("a folder in the way");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).expect("read-only");
    let refused = file.change(Timestamp(2), |all| {
        all.clear();
        Ok(())
    });
    let problem = refused.expect_err("nothing can be written");
    assert_eq!(problem.code, ProblemCode::FileNotWritten);
    assert!(problem.facts.reason.expect("a reason").contains("connections.json"));
    assert_eq!(fs::read(&path).expect("the file"), before);
    assert_eq!(file.load(Timestamp(3)).expect("read").connections.len(), 1, "reading goes on");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("writable");
    fs::remove_dir(&temporary).expect("out of the way");
    file.change(Timestamp(4), |all| {
        all.clear();
        Ok(())
    })
    .expect("written as soon as it can be");
}

#[test]
fn where_not_even_a_lock_can_be_made_the_list_is_read() {
    let (folder, file) = with_one();
    fs::remove_file(folder.path().join("connections.json.lock")).expect("removed");
    fs::create_dir(folder.path().join("connections.json.lock")).expect("a folder in the way");
    assert_eq!(file.load(Timestamp(2)).expect("read").connections.len(), 1);
    let refused = file.change(Timestamp(3), |_| Ok(()));
    assert_eq!(refused.expect_err("no lock, no writing").code, ProblemCode::FileNotWritten);
}
