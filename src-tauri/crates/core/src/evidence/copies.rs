//! The kept lists on their way into a pack. What is not what was kept stays out, and is said.

use std::fs::File;
use std::io::{self, Read, Write};

use super::course::Course;
use super::folder::Folder;
use super::kept::{csv_name, KeptList, ListFacts, WhyMissing};
use super::pack::Case;
use crate::domain::procedure::Moment;

/// A moment of the procedure and its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) moment: Moment,
    /// None: the procedure did not come so far.
    pub(super) list: Option<KeptList>,
}

impl Listed {
    /// The list that is in the pack.
    pub(super) fn kept(&self) -> Option<&ListFacts> {
        match &self.list {
            Some(KeptList::Kept { list }) => Some(list),
            _ => None,
        }
    }

    /// Why there is none although there should be one.
    pub(super) fn missing(&self) -> Option<(WhyMissing, Option<&str>)> {
        match &self.list {
            Some(KeptList::Missing { why, reason }) => Some((*why, reason.as_deref())),
            _ => None,
        }
    }
}

/// Copies every list that there is. The error is one of the pack's own folder.
pub(super) fn copy(case: &Case<'_>, course: &Course<'_>, folder: &mut Folder) -> io::Result<[Listed; 3]> {
    let [stop, zero, reopen] = Moment::ALL;
    let mut listed = |moment| -> io::Result<Listed> {
        let noted = case.unwritten.get(&moment).cloned().or_else(|| case.lists.read(moment));
        let list = match noted {
            Some(KeptList::Kept { list }) => Some(copied(case, moment, list, folder)?),
            None if course.reached(moment) => Some(missing(WhyMissing::NotKept, None)),
            other => other,
        };
        Ok(Listed { moment, list })
    };
    Ok([listed(stop)?, listed(zero)?, listed(reopen)?])
}

fn copied(case: &Case<'_>, moment: Moment, list: ListFacts, folder: &mut Folder) -> io::Result<KeptList> {
    let mut source = match File::open(case.lists.csv(moment)) {
        Ok(source) => source,
        Err(error) => return Ok(missing(WhyMissing::NotKept, Some(error.to_string()))),
    };
    let mut unreadable = None;
    let sum = folder.add(csv_name(moment), |out| {
        unreadable = pour(&mut source, out)?;
        Ok(())
    })?;
    if unreadable.is_none() && sum == list.sha256 {
        return Ok(KeptList::Kept { list });
    }
    folder.take_away(csv_name(moment))?;
    let why = if unreadable.is_some() { WhyMissing::NotKept } else { WhyMissing::Changed };
    Ok(missing(why, unreadable.map(|error| error.to_string())))
}

/// Copies all of it. The inner error is one of the source, the outer one comes from `out`.
fn pour(source: &mut File, out: &mut dyn Write) -> io::Result<Option<io::Error>> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match source.read(&mut buffer) {
            Ok(0) => return Ok(None),
            Ok(read) => out.write_all(&buffer[..read])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Ok(Some(error)),
        }
    }
}

const fn missing(why: WhyMissing, reason: Option<String>) -> KeptList {
    KeptList::Missing { why, reason }
}
