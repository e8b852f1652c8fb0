//! x
use std::path::PathBuf;
/// x
pub enum Target {
    /// f
    File(PathBuf),
    /// d
    Folder(PathBuf),
}
