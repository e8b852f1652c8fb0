//! Puts full files of the journal away, under rising numbers.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Renames `journal.jsonl` to `journal.<n>.jsonl` once it has `largest` bytes, and keeps the newest `most` of these. Of
/// several programs that find it full one does so; a line that another one is writing meanwhile arrives in the file
/// under its new name.
pub(super) fn put_away(path: &Path, largest: u64, most: usize) -> io::Result<()> {
    let is_full = || fs::metadata(path).map(|file| file.len() >= largest);
    if !is_full()? {
        return Ok(());
    }
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(path.with_extension("lock"))?;
    if lock.try_lock().is_err() || !is_full()? {
        return Ok(());
    }
    let kept = numbered(path)?;
    let next = kept.first().map_or(1, |(newest, _)| newest + 1);
    fs::rename(path, path.with_extension(format!("{next}.jsonl")))?;
    for (_, oldest) in kept.iter().skip(most - 1) {
        fs::remove_file(oldest)?;
    }
    Ok(())
}

/// The files put away, newest first.
pub(super) fn kept(path: &Path) -> Vec<PathBuf> {
    numbered(path).unwrap_or_default().into_iter().map(|(_, path)| path).collect()
}

fn numbered(path: &Path) -> io::Result<Vec<(u64, PathBuf)>> {
    let (Some(folder), Some(stem)) = (path.parent(), path.file_stem().and_then(|stem| stem.to_str())) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let number = name.strip_prefix(stem).and_then(|rest| rest.strip_prefix('.'));
        let number = number.and_then(|rest| rest.strip_suffix(".jsonl")).and_then(|number| number.parse().ok());
        found.extend(number.map(|number: u64| (number, path)));
    }
    found.sort_unstable_by(|one, other| other.cmp(one));
    Ok(found)
}
