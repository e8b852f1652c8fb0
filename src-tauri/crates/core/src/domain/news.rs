//! What must not wait until somebody looks at the window: said on the desktop, too (product §5). Rust says it alone, so
//! these sentences stand in a data file of the core; the page can add nothing to them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::connection::Environment;
use super::live::{Live, Notice};
use super::modes::Mode;
use super::procedure::{ProcedureNotice, ProcedurePhase, StopReason};
use super::time::Timestamp;
use super::truth::Truth;
use super::vocabulary::{mode_name, Language, Term};
use crate::text::visible;

/// Something to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Nothing counted runs any more.
    Drained,
    /// The quiet gate says "quiet".
    Quiet,
    /// Jobs started although job stop is on.
    NewAfterStop,
    /// The planned end is over; 1 at once, 2 after 15 minutes, 3 after an hour.
    Overdue(u8),
    /// The start that was planned will not come.
    StartCancelled,
    /// A step that was to come by itself will not.
    AutomationStopped,
    /// The wait for the drain ended at its limit.
    GaveUp {
        /// Jobs were still running then; otherwise nobody had proved that none is.
        running: bool,
    },
    /// Reading back did not find what was sent.
    NotConfirmed {
        /// Which.
        mode: Mode,
        /// What was wanted.
        on: bool,
    },
    /// A mode changed and this workstation did not do it.
    SwitchedElsewhere {
        /// Which.
        mode: Mode,
        /// To what.
        on: bool,
    },
    /// A mode answers off and may be lying (platform-contract §3).
    ReadsOff(Mode),
    /// Nothing was read for [`super::procedure::LOST_MS`].
    Unreadable,
}

impl News {
    /// What a notice of the window says beyond it, if anything.
    pub const fn of(notice: &Notice) -> Option<Self> {
        match notice {
            Notice::ChangedElsewhere { mode, suspect: true, .. } => Some(Self::ReadsOff(*mode)),
            Notice::ChangedElsewhere { mode, on, .. } => Some(Self::SwitchedElsewhere { mode: *mode, on: *on }),
            Notice::Procedure { news, .. } => Self::of_procedure(*news),
            Notice::Vanished { .. }
            | Notice::NameMoved { .. }
            | Notice::PollBroke { .. }
            | Notice::FileTrouble { .. }
            | Notice::PasswordNotKept { .. } => None,
        }
    }

    const fn of_procedure(notice: ProcedureNotice) -> Option<Self> {
        Some(match notice {
            ProcedureNotice::ChangedElsewhere { mode, on, .. } => Self::SwitchedElsewhere { mode, on },
            ProcedureNotice::AutomationStopped { why, .. } if !matches!(why, StopReason::ByHand) => {
                Self::AutomationStopped
            }
            ProcedureNotice::StartCancelled { .. } => Self::StartCancelled,
            ProcedureNotice::NotConfirmed { mode, on, .. } => Self::NotConfirmed { mode, on },
            ProcedureNotice::NewAfterStop { .. } => Self::NewAfterStop,
            ProcedureNotice::Drained { .. } => Self::Drained,
            ProcedureNotice::Quiet { .. } => Self::Quiet,
            ProcedureNotice::GaveUp { holding, .. } => Self::GaveUp { running: matches!(holding, Some(1..)) },
            ProcedureNotice::Overdue { level, .. } => Self::Overdue(level),
            ProcedureNotice::AutomationStopped { .. }
            | ProcedureNotice::Rereading { .. }
            | ProcedureNotice::PlatformBack { .. }
            | ProcedureNotice::PermissionKept
            | ProcedureNotice::CountMayNoLongerFall { .. }
            | ProcedureNotice::LeftOn { .. } => return None,
        })
    }

    /// One sentence, or two.
    pub fn text(self, language: Language) -> String {
        let (key, mode) = match self {
            Self::Drained => ("drained", None),
            Self::Quiet => ("quiet", None),
            Self::NewAfterStop => ("new_after_stop", None),
            Self::StartCancelled => ("start_cancelled", None),
            Self::AutomationStopped => ("automation_stopped", None),
            Self::GaveUp { running: true } => ("gave_up_running", None),
            Self::GaveUp { running: false } => ("gave_up_unproved", None),
            Self::NotConfirmed { mode, on: true } => ("not_confirmed_on", Some(mode)),
            Self::NotConfirmed { mode, on: false } => ("not_confirmed_off", Some(mode)),
            Self::Overdue(0 | 1) => ("overdue_1", None),
            Self::Overdue(2) => ("overdue_2", None),
            Self::Overdue(_) => ("overdue_3", None),
            Self::SwitchedElsewhere { mode, on: true } => ("switched_on", Some(mode)),
            Self::SwitchedElsewhere { mode, on: false } => ("switched_off", Some(mode)),
            Self::ReadsOff(mode) => ("reads_off", Some(mode)),
            Self::Unreadable => ("unreadable", None),
        };
        let name = mode.map_or("", |mode| mode_name(mode, language));
        sentence(key, language).replace("{mode}", name)
    }
}

/// What a connection is called there.
pub fn title(name: &str, environment: Environment, language: Language) -> String {
    match environment {
        Environment::Practice => sentence("practice", language).to_owned(),
        _ => visible(name),
    }
}

/// Since when nothing is read of a platform that was read before, by this start of the program or by an earlier one that left
/// a procedure. While work goes on it is expected to be away.
pub fn lost_since(live: &Live) -> Option<Timestamp> {
    let procedure = live.procedure.as_ref();
    if procedure.is_some_and(|procedure| procedure.phase == ProcedurePhase::Work) {
        return None;
    }
    let away_since = procedure.and_then(|procedure| procedure.away_since);
    let modes = unread_since(&live.modes.job_stop, away_since)?.max(unread_since(&live.modes.read_only, away_since)?);
    Some(modes.max(unread_since(&live.running, away_since)?))
}

const fn unread_since<T>(truth: &Truth<T>, away_since: Option<Timestamp>) -> Option<Timestamp> {
    match truth {
        Truth::Stale { since, .. } => Some(*since),
        Truth::Unknown { problem: Some(_) } => away_since,
        Truth::Known { .. } | Truth::Unknown { problem: None } => None,
    }
}

static SENTENCES: LazyLock<BTreeMap<String, Term>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is part of the program and a test reads it")]
    serde_json::from_str(include_str!("../../data/desktop.json")).expect("desktop.json is well-formed")
});

fn sentence(key: &str, language: Language) -> &'static str {
    SENTENCES.get(key).map_or("", |term| term.in_language(language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_has_its_sentence_in_both_languages_and_every_sentence_is_used() {
        let switched = |mode, on| News::SwitchedElsewhere { mode, on };
        let all = [
            News::Drained,
            News::Quiet,
            News::NewAfterStop,
            News::StartCancelled,
            News::AutomationStopped,
            News::GaveUp { running: true },
            News::GaveUp { running: false },
            News::NotConfirmed { mode: Mode::JobStop, on: true },
            News::NotConfirmed { mode: Mode::ReadOnly, on: false },
            News::Overdue(1),
            News::Overdue(2),
            News::Overdue(3),
            switched(Mode::JobStop, true),
            switched(Mode::ReadOnly, false),
            News::ReadsOff(Mode::ReadOnly),
            News::Unreadable,
        ];
        for language in [Language::Ja, Language::En] {
            let mut texts: Vec<_> = all.iter().map(|news| news.text(language)).collect();
            assert!(texts.iter().all(|text| text.len() > 10 && !text.contains('{')), "{texts:?}");
            texts.sort();
            texts.dedup();
            assert_eq!(texts.len(), all.len(), "each says something of its own");
        }
        assert_eq!(SENTENCES.len(), all.len() + 1, "and the practice platform's name");
        assert_eq!(
            switched(Mode::ReadOnly, false).text(Language::Ja),
            "読み取り専用モードが別の場所で OFF にされました。"
        );
    }
}
