//! Modes that were left on in connections that nobody looks at (product §5). Pure: every instant is an argument.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::connection::ConnectionId;
use super::live::Suspect;
use super::modes::{Mode, ModeReading};
use super::problem::Problem;
use super::time::Timestamp;

/// What the guard knows, sent whole whenever it changes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct LeftOnState {
    /// Modes that were on when they were last read, and not dismissed; by connection, in the order of the saved ones.
    pub modes: Vec<LeftOn>,
    /// Connections that could not be checked at the last attempt.
    pub unchecked: Vec<Unchecked>,
    /// When the last check ended; null: none yet.
    pub checked_at: Option<Timestamp>,
}

/// A mode that is on, or was until its "off" became doubtful.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct LeftOn {
    /// Where.
    pub connection: ConnectionId,
    /// Which.
    pub mode: Mode,
    /// Since when.
    pub since: OnSince,
    /// The last read that showed it on.
    pub seen_at: Timestamp,
    /// Since when both modes read off and nobody here switched it. A platform that cannot read its table answers the same
    /// (platform-contract §3). Null: it is on.
    pub doubtful_since: Option<Timestamp>,
}

/// Since when a mode is on. The platform does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum OnSince {
    /// The journal has the change, and no read since then showed it off.
    Known {
        /// When it was switched, or seen to have changed.
        at: Timestamp,
    },
    /// On at the first read that showed it: at least since then.
    AtLeast {
        /// That read.
        at: Timestamp,
    },
}

/// A connection that could not be checked.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Unchecked {
    /// Which.
    pub connection: ConnectionId,
    /// Why.
    pub problem: Problem,
}

/// What is remembered of both modes of one connection, over restarts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    /// Which platform that was: the connection may lead to another one now.
    address: String,
    job_stop: Seen,
    read_only: Seen,
}

/// What the reads of one mode have shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Seen {
    /// The last read that showed it off before it was on.
    off_at: Option<Timestamp>,
    /// It is on, as far as anybody knows.
    on: Option<SeenOn>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct SeenOn {
    first: Timestamp,
    last: Timestamp,
    #[serde(default)]
    doubtful_since: Option<Timestamp>,
    /// The user has been told, and nothing has changed since.
    #[serde(default)]
    is_dismissed: bool,
}

/// The newest change of a mode that the journal of this workstation is sure of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JournalChange {
    /// When.
    pub at: Timestamp,
    /// To what.
    pub on: bool,
}

const MODES: [Mode; 2] = [Mode::ReadOnly, Mode::JobStop];

impl Remembered {
    /// Nothing yet, of the platform at an address.
    pub fn of(address: &str) -> Self {
        Self { address: address.to_owned(), ..Self::default() }
    }

    /// Whether it is about the platform at this address.
    pub fn is_of(&self, address: &str) -> bool {
        self.address == address
    }

    /// Takes in a read by the guard. `journal` has the newest change of each mode: an "off" that this workstation made
    /// itself is believed, and so is one beside a mode that reads on, for then the table was read.
    pub fn checked(&mut self, reading: ModeReading, now: Timestamp, journal: impl Fn(Mode) -> Option<JournalChange>) {
        let table_was_read = MODES.into_iter().any(|mode| reading.of(mode) == Some(true));
        for mode in MODES {
            let seen = self.mode_mut(mode);
            let ours = journal(mode).filter(|change| !change.on);
            let explains = |on: SeenOn| ours.is_some_and(|change| change.at >= on.first);
            match reading.of(mode) {
                Some(true) => {
                    // Switched off here and on again by somebody else, with nobody looking in between.
                    if let Some(off) = ours.filter(|change| seen.on.is_some_and(|on| change.at >= on.last)) {
                        seen.off(off.at);
                    }
                    seen.on(now);
                }
                Some(false) if table_was_read || seen.on.is_none_or(explains) => seen.off(now),
                Some(false) => seen.doubt(now),
                None => {}
            }
        }
    }

    /// Takes in what an open connection has read. Its user sees what it says, so an "off" that it does not suspect ends
    /// the matter.
    pub fn looked_at(&mut self, reading: ModeReading, suspect: Suspect, now: Timestamp) {
        for mode in MODES {
            match reading.of(mode) {
                Some(true) => self.mode_mut(mode).on(now),
                Some(false) if suspect.of(mode).is_none() => self.mode_mut(mode).off(now),
                _ => {}
            }
        }
    }

    /// Not to be told again until something changes. A doubt that was told is over.
    pub fn dismiss(&mut self, now: Timestamp) {
        for mode in MODES {
            let seen = self.mode_mut(mode);
            match &mut seen.on {
                Some(SeenOn { doubtful_since: Some(_), .. }) => seen.off(now),
                Some(on) => on.is_dismissed = true,
                None => {}
            }
        }
    }

    /// What the user should know.
    pub fn left_on(
        &self,
        connection: &ConnectionId,
        journal: impl Fn(Mode) -> Option<JournalChange>,
    ) -> impl Iterator<Item = LeftOn> {
        let left_on = |mode| {
            let seen = self.mode(mode);
            let on = seen.on.filter(|on| !on.is_dismissed)?;
            Some(LeftOn {
                connection: connection.clone(),
                mode,
                since: seen.since(on, journal(mode)),
                seen_at: on.last,
                doubtful_since: on.doubtful_since,
            })
        };
        MODES.map(left_on).into_iter().flatten()
    }

    /// Whether a mode is on, as far as anybody knows.
    pub const fn is_any_on(&self) -> bool {
        self.job_stop.on.is_some() || self.read_only.on.is_some()
    }

    /// The same without the times of the last reads, which change with every read and mean nothing new.
    #[must_use]
    pub fn without_last_reads(mut self) -> Self {
        for mode in MODES {
            let seen = self.mode_mut(mode);
            match &mut seen.on {
                Some(on) => on.last = on.first,
                None => seen.off_at = None,
            }
        }
        self
    }

    const fn mode(&self, mode: Mode) -> &Seen {
        match mode {
            Mode::JobStop => &self.job_stop,
            Mode::ReadOnly => &self.read_only,
        }
    }

    const fn mode_mut(&mut self, mode: Mode) -> &mut Seen {
        match mode {
            Mode::JobStop => &mut self.job_stop,
            Mode::ReadOnly => &mut self.read_only,
        }
    }
}

impl Seen {
    fn on(&mut self, now: Timestamp) {
        match &mut self.on {
            Some(on) if on.doubtful_since.is_none() => on.last = now,
            // After a doubt nobody knows whether it was off in between: it counts from now.
            _ => {
                self.off_at = self.on.map_or(self.off_at, |on| on.doubtful_since);
                self.on = Some(SeenOn { first: now, last: now, doubtful_since: None, is_dismissed: false });
            }
        }
    }

    fn off(&mut self, now: Timestamp) {
        *self = Self { off_at: Some(now), on: None };
    }

    fn doubt(&mut self, now: Timestamp) {
        if let Some(on) = self.on.as_mut().filter(|on| on.doubtful_since.is_none()) {
            on.doubtful_since = Some(now);
            on.is_dismissed = false;
        }
    }

    /// A change in the journal counts only if no read after it showed the mode off.
    fn since(&self, on: SeenOn, journal: Option<JournalChange>) -> OnSince {
        let is_in_force = |change: &JournalChange| change.on && self.off_at.is_none_or(|off| off <= change.at);
        match journal.filter(is_in_force) {
            Some(change) => OnSince::Known { at: change.at },
            None => OnSince::AtLeast { at: on.first },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ON: ModeReading = ModeReading { job_stop: Some(true), read_only: Some(true) };
    const OFF: ModeReading = ModeReading { job_stop: Some(false), read_only: Some(false) };
    const READ_ONLY_OFF: ModeReading = ModeReading { job_stop: Some(true), read_only: Some(false) };
    const UNKNOWN: ModeReading = ModeReading { job_stop: None, read_only: None };

    fn at(at: i64) -> Timestamp {
        Timestamp(at)
    }

    fn nothing(_: Mode) -> Option<JournalChange> {
        None
    }

    fn told(remembered: &Remembered, journal: impl Fn(Mode) -> Option<JournalChange>) -> Vec<LeftOn> {
        remembered.left_on(&ConnectionId("a".to_owned()), journal).collect()
    }

    fn read_only(remembered: &Remembered, journal: impl Fn(Mode) -> Option<JournalChange>) -> Option<LeftOn> {
        told(remembered, journal).into_iter().find(|left_on| left_on.mode == Mode::ReadOnly)
    }

    #[test]
    fn since_is_the_journals_change_or_at_least_the_first_read() {
        let switched = |on, when| move |_| Some(JournalChange { at: at(when), on });
        let mut remembered = Remembered::default();
        remembered.checked(ON, at(100), nothing);
        remembered.checked(ON, at(200), nothing);
        let since = |journal: &dyn Fn(Mode) -> Option<JournalChange>| {
            read_only(&remembered, journal).map(|left_on| (left_on.since, left_on.seen_at))
        };
        assert_eq!(since(&nothing), Some((OnSince::AtLeast { at: at(100) }, at(200))));
        assert_eq!(since(&switched(true, 50)), Some((OnSince::Known { at: at(50) }, at(200))));
        assert_eq!(
            since(&switched(false, 50)),
            Some((OnSince::AtLeast { at: at(100) }, at(200))),
            "somebody else switched it on after this workstation had switched it off"
        );
    }

    #[test]
    fn a_change_of_before_a_read_that_showed_it_off_says_nothing() {
        let journal = |_| Some(JournalChange { at: at(50), on: true });
        let mut remembered = Remembered::default();
        remembered.checked(ON, at(100), journal);
        remembered.checked(READ_ONLY_OFF, at(200), journal);
        assert_eq!(read_only(&remembered, journal), None, "the table was read, so off is off");
        remembered.checked(ON, at(300), journal);
        let since = read_only(&remembered, journal).map(|left_on| left_on.since);
        assert_eq!(since, Some(OnSince::AtLeast { at: at(300) }));
    }

    #[test]
    fn what_this_workstation_switched_off_meanwhile_began_anew() {
        let mut remembered = Remembered::default();
        remembered.checked(ON, at(100), nothing);
        let off = |_| Some(JournalChange { at: at(150), on: false });
        remembered.checked(ON, at(200), off);
        let since = read_only(&remembered, off).map(|left_on| left_on.since);
        assert_eq!(since, Some(OnSince::AtLeast { at: at(200) }), "somebody switched it on again after 150");
    }

    #[test]
    fn both_off_after_on_is_doubtful_until_it_is_explained() {
        let mut remembered = Remembered::default();
        remembered.checked(ON, at(100), nothing);
        remembered.checked(OFF, at(200), nothing);
        remembered.checked(OFF, at(300), nothing);
        let doubts: Vec<_> = told(&remembered, nothing).iter().map(|left_on| left_on.doubtful_since).collect();
        assert_eq!(doubts, [Some(at(200)); 2], "since the first of these reads");

        let mut ours = remembered.clone();
        ours.checked(OFF, at(400), |_| Some(JournalChange { at: at(150), on: false }));
        assert_eq!(told(&ours, nothing), [], "this workstation switched them off");

        let mut back = remembered.clone();
        back.checked(ON, at(400), nothing);
        let since: Vec<_> =
            told(&back, nothing).iter().map(|left_on| (left_on.since, left_on.doubtful_since)).collect();
        assert_eq!(since, [(OnSince::AtLeast { at: at(400) }, None); 2], "nobody knows what it was in between");
    }

    #[test]
    fn what_was_never_seen_on_is_off_without_a_doubt_and_unknown_says_nothing() {
        let mut remembered = Remembered::default();
        remembered.checked(UNKNOWN, at(50), nothing);
        assert_eq!(remembered, Remembered::default());
        remembered.checked(OFF, at(100), nothing);
        assert_eq!(told(&remembered, nothing), []);
        remembered.checked(ON, at(200), nothing);
        let before = remembered.clone();
        remembered.checked(UNKNOWN, at(300), nothing);
        assert_eq!(remembered, before, "it neither confirms nor ends anything");
    }

    #[test]
    fn dismissed_is_silent_until_something_changes() {
        let mut remembered = Remembered::default();
        remembered.checked(ON, at(100), nothing);
        remembered.dismiss(at(150));
        remembered.checked(ON, at(200), nothing);
        assert_eq!(told(&remembered, nothing), []);
        remembered.checked(OFF, at(300), nothing);
        assert_eq!(told(&remembered, nothing).len(), 2, "an off that may be a lie is news");
        remembered.dismiss(at(350));
        remembered.checked(OFF, at(400), nothing);
        assert_eq!(told(&remembered, nothing), [], "and told once");
        remembered.checked(ON, at(500), nothing);
        assert_eq!(told(&remembered, nothing).len(), 2, "on again is news");
    }

    #[test]
    fn an_open_connection_knows_better_unless_it_suspects() {
        let mut remembered = Remembered::default();
        remembered.looked_at(ON, Suspect::default(), at(100));
        remembered.looked_at(OFF, Suspect { job_stop: Some(at(150)), read_only: None }, at(200));
        let modes: Vec<_> = told(&remembered, nothing).iter().map(|left_on| left_on.mode).collect();
        assert_eq!(modes, [Mode::JobStop], "the one that its session suspects");
    }
}
