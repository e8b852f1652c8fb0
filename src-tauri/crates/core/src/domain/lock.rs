//! The lock of a production connection: opened on purpose, closes by itself after 15 minutes without use.

use super::time::Timestamp;

/// How long the lock stays open without use.
pub const OPEN_MILLISECONDS: i64 = 15 * 60 * 1000;

/// Open until a point in time, or closed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lock {
    open_until: Option<Timestamp>,
}

impl Lock {
    /// Opens, or keeps open for another full span: every use counts.
    pub fn open(&mut self, now: Timestamp) {
        self.open_until = Some(Timestamp(now.0 + OPEN_MILLISECONDS));
    }

    /// Closes at once.
    pub fn close(&mut self) {
        self.open_until = None;
    }

    /// Until when it is open, if it is open at `now`.
    pub fn open_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.open_until.filter(|until| *until > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_closes_by_itself_and_use_extends_it() {
        let mut lock = Lock::default();
        assert_eq!(lock.open_until(Timestamp(0)), None, "closed at first");
        lock.open(Timestamp(0));
        assert!(lock.open_until(Timestamp(OPEN_MILLISECONDS - 1)).is_some());
        assert_eq!(lock.open_until(Timestamp(OPEN_MILLISECONDS)), None, "15 minutes have passed");
        lock.open(Timestamp(OPEN_MILLISECONDS - 1));
        assert!(lock.open_until(Timestamp(OPEN_MILLISECONDS)).is_some(), "a use opened it anew");
    }
}
