//! A program that runs beside a test and ends with it.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::process;

/// How long a program may take to end after it was asked to.
const PATIENCE: Duration = Duration::from_secs(5);

/// A running program with its children: they form a process group of their own, and dropping this ends that group.
#[derive(Debug)]
pub(crate) struct Service {
    name: String,
    child: Child,
    log: PathBuf,
}

impl Service {
    /// Starts `command`; what it prints goes to `<logs>/<name>.log`.
    pub(crate) fn start(name: &str, logs: &Path, command: &mut Command) -> Self {
        let log = logs.join(format!("{name}.log"));
        let output = File::create(&log).expect("the log file of a service can be created");
        let child = command
            .process_group(0)
            .stdout(output.try_clone().expect("a file handle can be cloned"))
            .stderr(output)
            .spawn()
            .unwrap_or_else(|error| panic!("{name} cannot be started ({error}); `npm run setup` installs it"));
        Self { name: name.to_owned(), child, log }
    }

    /// The program's standard input, if it was piped.
    pub(crate) fn take_stdin(&mut self) -> Option<std::process::ChildStdin> {
        self.child.stdin.take()
    }

    /// Waits until `ready` holds.
    pub(crate) fn wait_until(&mut self, limit: Duration, mut ready: impl FnMut() -> bool) {
        let deadline = Instant::now() + limit;
        crate::wait::until(&format!("{} is ready", self.name), limit + PATIENCE, || {
            let ended = self.child.try_wait().expect("a child can be asked for its state");
            let late = Instant::now() > deadline;
            assert!(ended.is_none() && !late, "{} is not ready ({ended:?}):\n{}", self.name, self.output());
            ready()
        });
    }

    /// What it printed until now.
    pub(crate) fn output(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Stops it where it is: it stays on the bus and answers nobody.
    pub(crate) fn freeze(&self) {
        self.signal("STOP");
    }

    /// Ends it where it is.
    pub(crate) fn kill(&self) {
        self.signal("KILL");
    }

    /// Sends a signal to the whole group.
    fn signal(&self, signal: &str) {
        process::signal(signal, &format!("-{}", self.child.id()));
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.signal("TERM");
        // A frozen program hears it only when it goes on.
        self.signal("CONT");
        let deadline = Instant::now() + PATIENCE;
        while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(10));
        }
        // Also for children that outlived the program.
        self.signal("KILL");
        let _ = self.child.wait();
    }
}
