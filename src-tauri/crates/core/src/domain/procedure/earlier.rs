//! Which rows were there when job stop began to hold: every other one started although it does.

use std::collections::HashSet;

use sha2::{Digest, Sha256};

use crate::domain::time::Timestamp;

/// The count can rise for a few seconds after the switch (platform-contract §9); what is first seen later is new, ms.
const GRACE_MS: i64 = 60_000;
/// How a saved one begins. Another shape gets another word.
const MAGIC: &[u8; 8] = b"ITAROWS1";

/// A row without its words: eight bytes, the same on every machine and in every version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// Of a row: organization, workspace, container, job id.
    pub fn of(row: [&str; 4]) -> Self {
        let mut hash = Sha256::new();
        for part in row {
            hash.update(part);
            hash.update([0xff]); // no text has this byte
        }
        let hash: [u8; 32] = hash.finalize().into();
        let [first, ..] = hash.as_chunks::<8>().0 else { return Self(0) }; // it has four of them
        Self(u64::from_le_bytes(*first))
    }
}

/// The rows that were there at job stop or shortly after. A million of them take 8 MB on the disk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Earlier {
    /// Whose rows these are; none: there was no stop yet.
    stopped_at: Option<Timestamp>,
    rows: HashSet<Fingerprint>,
}

impl Earlier {
    /// Another complete list of `read_at`. Before a stop only the newest one counts. The first list after it still shows what
    /// was there before, however late it comes, and so do those of the first minute. By a clock that was set back nobody knows
    /// whether that minute is over. Answers whether it was learned from.
    pub fn see(&mut self, list: &[Fingerprint], read_at: Timestamp, stopped_at: Option<Timestamp>) -> bool {
        match (self.stopped_at, stopped_at) {
            (before, Some(at)) if before == Some(at) && !(0..=GRACE_MS).contains(&(read_at.0 - at.0)) => return false,
            // The list before a stop shows what was there, too.
            (before, Some(at)) if before.is_none() || before == Some(at) => {}
            _ => self.rows.clear(),
        }
        self.stopped_at = stopped_at;
        self.rows.extend(list);
        true
    }

    /// Whether a row was there.
    pub fn has(&self, row: Fingerprint) -> bool {
        self.rows.contains(&row)
    }

    /// As it is saved; `None` before a stop.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let stopped_at = self.stopped_at?;
        let head = [stopped_at.0.to_le_bytes(), (self.rows.len() as u64).to_le_bytes()];
        let mut rows: Vec<_> = self.rows.iter().map(|row| row.0).collect();
        rows.sort_unstable();
        let words = MAGIC.iter().copied().chain(head.into_iter().flatten());
        Some(words.chain(rows.into_iter().flat_map(u64::to_le_bytes)).collect())
    }

    /// What was saved; `None` if it is no such thing. A part of it would call old rows new.
    pub fn from_bytes(saved: &[u8]) -> Option<Self> {
        let (words, []) = saved.strip_prefix(MAGIC)?.as_chunks::<8>() else { return None };
        let ([stopped_at, count], rows) = words.split_first_chunk::<2>()?;
        if u64::from_le_bytes(*count) != rows.len() as u64 {
            return None;
        }
        let rows = rows.iter().map(|row| Fingerprint(u64::from_le_bytes(*row))).collect();
        Some(Self { stopped_at: Some(Timestamp(i64::from_le_bytes(*stopped_at))), rows })
    }
}
