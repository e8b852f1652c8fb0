use std::sync::mpsc;

use super::*;

/// A sink that keeps what it is given.
struct Kept(mpsc::Sender<Vec<u8>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(bytes.to_owned()).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn lines(scrubber: Scrubber, pieces: &[&str]) -> String {
    let (sink, kept) = mpsc::channel();
    let log = Log::new(scrubber, vec![Box::new(Kept(sink))]);
    let mut event = log.event();
    for piece in pieces {
        event.write_all(piece.as_bytes()).expect("an event takes everything");
    }
    drop((event, log));
    String::from_utf8(kept.into_iter().flatten().collect()).expect("text")
}

#[test]
fn an_event_is_one_line_whatever_a_server_says() {
    let said = lines(Scrubber::default(), &["refused: a\nERROR forged\r", "\u{1b}[31m\u{202e}\u{2028}日本\n"]);
    assert_eq!(said, "refused: a\\nERROR forged\\r\\u{1b}[31m\\u{202e}\\u{2028}日本\n");
}

#[test]
fn a_secret_in_pieces_is_still_one() {
    let scrubber = Scrubber::default();
    let _cover = scrubber.cover("c4nary-Pa55");
    assert_eq!(lines(scrubber, &["login with c4na", "ry-Pa", "55 failed"]), "login with [redacted] failed\n");
}

#[test]
fn a_file_stays_below_its_limit_and_keeps_the_newest_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state/ita.log");
    let mut file = LogFile::new(&path).at_most(100);
    for number in 0..50 {
        writeln!(file, "line {number:04}").expect("written");
    }
    let read = |path: &std::path::Path| std::fs::read_to_string(path).expect("a log");
    let (now, before) = (read(&path), read(&folder.path().join("state/ita.log.old")));
    assert!(now.len() <= 100 && before.len() <= 100, "{} and {}", now.len(), before.len());
    assert!(now.ends_with("line 0049\n") && before.ends_with(&format!("line {:04}\n", 49 - now.lines().count())));
    assert_eq!(std::fs::read_dir(folder.path().join("state")).expect("a folder").count(), 2);
}

#[cfg(unix)]
#[test]
fn a_log_is_its_users_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ita.log");
    LogFile::new(&path).write_all(b"line\n").expect("written");
    assert_eq!(std::fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_log_that_cannot_be_written_stops_nobody_and_begins_when_it_can() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state/ita.log");
    std::fs::write(folder.path().join("state"), "in the way").expect("a file where the folder belongs");
    let log = Log::new(Scrubber::default(), vec![Box::new(LogFile::new(&path))]);
    log.event().write_all(b"lost").expect("an event takes everything");
    std::fs::remove_file(folder.path().join("state")).expect("out of the way");
    log.event().write_all(b"kept").expect("an event takes everything");
    assert_eq!(std::fs::read_to_string(&path).expect("the log"), "kept\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_stops_nobody() {
    // The kernel's own full disk: it can be opened, and every write to it fails with ENOSPC.
    let mut file = LogFile::new("/dev/full");
    let error = file.write_all(b"line\n").expect_err("no space");
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    let log = Log::new(Scrubber::default(), vec![Box::new(file)]);
    log.event().write_all(b"line").expect("an event takes everything");
}
