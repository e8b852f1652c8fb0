//! The programs under test. They come by environment variable, so that the suites test what was built and nothing else.

use std::path::PathBuf;

/// The window.
pub fn window() -> PathBuf {
    from_environment("ITA_MAINTENANCE_BIN")
}

/// The command line.
pub fn itamctl() -> PathBuf {
    from_environment("ITAMCTL_BIN")
}

/// A file of the system's libraries, below the folder for the machine's kind.
pub(crate) fn of_system(file: &str) -> Option<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib").expect("a Linux").filter_map(|entry| Some(entry.ok()?.path()));
    folders.map(|folder| folder.join(file)).find(|file| file.is_file())
}

fn from_environment(variable: &str) -> PathBuf {
    let Some(path) = std::env::var_os(variable).map(PathBuf::from) else {
        panic!("{variable} is not set: it names the program under test. Run this suite with `npm run e2e`");
    };
    assert!(path.is_file(), "{variable} names {}, and there is no such file", path.display());
    path
}
