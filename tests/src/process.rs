//! Programs that live on a test's desktop: found by what they run, and reached by their id.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::desktop::Desktop;

/// A running program.
#[derive(Debug, PartialEq, Eq)]
pub struct Process {
    id: u32,
}

/// A program that was stopped where it is, until this is dropped.
#[derive(Debug)]
pub struct Frozen {
    id: u32,
}

impl Process {
    /// Those on this desktop whose file has this name.
    pub fn on(desktop: &Desktop, program: &str) -> Vec<Self> {
        let home = desktop.home().to_string_lossy().into_owned();
        let is_sought = |folder: &Path| {
            let environment = std::fs::read(folder.join("environ")).unwrap_or_default();
            let is_here = environment.windows(home.len()).any(|window| window == home.as_bytes());
            let file = std::fs::read_link(folder.join("exe"));
            is_here && file.is_ok_and(|file| file.file_name().is_some_and(|name| name == program))
        };
        let folders = std::fs::read_dir("/proc").expect("a Linux").filter_map(|entry| Some(entry.ok()?.path()));
        let sought: Vec<PathBuf> = folders.filter(|folder| is_sought(folder)).collect();
        sought.iter().filter_map(|folder| folder.file_name()?.to_str()?.parse().ok().map(|id| Self { id })).collect()
    }

    /// The only one on this desktop whose file has this name.
    pub fn only(desktop: &Desktop, program: &str) -> Self {
        let mut found = Self::on(desktop, program);
        assert_eq!(found.len(), 1, "one {program} runs: {found:?}");
        found.remove(0)
    }

    /// Its number.
    pub const fn id(&self) -> u32 {
        self.id
    }

    /// Ends it as the kernel does when there is no memory left.
    pub fn kill(self) {
        signal("KILL", &self.id.to_string());
    }

    /// Stops it where it is: it keeps what it has and answers nobody.
    pub fn freeze(self) -> Frozen {
        signal("STOP", &self.id.to_string());
        Frozen { id: self.id }
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        signal("CONT", &self.id.to_string());
    }
}

/// Sends a signal to a process, or to a group with a minus before its number. `kill` is built into every shell, while the
/// program is a package of its own.
pub(crate) fn signal(signal: &str, target: &str) {
    let script = format!("kill -{signal} {target} 2>/dev/null");
    let _ = Command::new("sh").args(["-c", &script]).stdin(Stdio::null()).status();
}
