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

fn from_environment(variable: &str) -> PathBuf {
    let Some(path) = std::env::var_os(variable).map(PathBuf::from) else {
        panic!("{variable} is not set: it names the program under test. Run this suite with `npm run e2e`");
    };
    assert!(path.is_file(), "{variable} names {}, and there is no such file", path.display());
    path
}
