//! A workstation that sleeps: the time of day goes on while its programs stand still.

use std::path::PathBuf;
use std::time::Duration;

use crate::desktop::Desktop;
use crate::program;

/// Gives programs another time of day; in the Debian package libfaketime. The time that they wait by stays as it is.
const LIBRARY: &str = "faketime/libfaketimeMT.so.1";

/// The time of day of every program that starts on a desktop from now on.
#[derive(Debug)]
pub struct Sleep {
    file: PathBuf,
    slept: Duration,
}

impl Sleep {
    /// Nobody has slept yet.
    pub fn prepare(desktop: &mut Desktop) -> Self {
        let sleep = Self { file: desktop.home().join("slept"), slept: Duration::ZERO };
        sleep.tell();
        let library = program::of_system(LIBRARY).expect("libfaketime is installed (`npm run setup`)");
        desktop.set("LD_PRELOAD", library);
        desktop.set("FAKETIME_TIMESTAMP_FILE", sleep.file.as_os_str());
        for name in ["FAKETIME_NO_CACHE", "FAKETIME_DONT_FAKE_MONOTONIC", "NO_FAKE_STAT"] {
            desktop.set(name, "1");
        }
        sleep
    }

    /// All of them sleep for so long, and wake.
    pub fn pass(&mut self, time: Duration) {
        self.slept += time;
        self.tell();
    }

    /// Read at each look at the clock, so it must be whole at any time.
    fn tell(&self) {
        let next = self.file.with_extension("next");
        std::fs::write(&next, format!("+{}s", self.slept.as_secs())).expect("a file in a home");
        std::fs::rename(next, &self.file).expect("in its place");
    }
}
