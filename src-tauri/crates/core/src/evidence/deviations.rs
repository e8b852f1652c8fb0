//! What did not go as an ordinary night goes, in sentences of the report.

use serde::Serialize;

use super::copies::Listed;
use super::course::{Course, Switch};
use super::pack::Case;
use super::words::{fill, word, ByCode};
use super::writing::{number, Writing};
use crate::domain::procedure::{Choice, Procedure, ProcedureNotice as Notice, ProcedurePhase as Phase, Unproved};
use crate::domain::time::Timestamp;
use crate::journal::{JournalEntry, JournalEvent, SwitchResult};

/// Lines of the journal this close are of one time, ms.
const SAME_MS: i64 = 1_000;

/// A sentence, with the time at which it became so.
pub(super) type Deviation = (Option<Timestamp>, String);

/// All of them, by time; those without one last.
pub(super) fn deviations(case: &Case<'_>, course: &Course<'_>, listed: &[Listed], writing: &Writing) -> Vec<Deviation> {
    let mut found: Vec<Deviation> = Vec::new();
    found.extend(course.switches.iter().filter_map(|switch| of_switch(switch, writing)));
    found.extend(case.entries.iter().filter_map(|entry| of_entry(entry, writing)));
    found.extend(case.state.told.iter().filter_map(|notice| of_notice(case.state, *notice, writing)));
    found.extend(case.state.unproved.iter().map(|unproved| of_unproved(unproved, writing)));
    found.extend(case.state.waived.iter().map(|container| of_waived(case, container, writing)));
    found.extend(of_path(course, writing));
    found.extend(case.entries.windows(2).filter_map(|pair| of_clock(&pair[0], &pair[1], writing)));
    found.sort_by_key(|(at, _)| at.map_or(i64::MAX, |at| at.0));
    let texts = &writing.words.deviations;
    found.extend(listed.iter().filter_map(|it| of_list(it, writing)).map(|text| (None, text)));
    if course.beginning.is_none() {
        found.push((None, texts.timeline_cut.clone()));
    } else if !course.is_whole {
        found.push((None, texts.lines_missing.clone()));
    }
    found
}

/// Two lines whose times contradict their order. Two programs may write one journal: within a second that is nothing.
fn of_clock(before: &JournalEntry, after: &JournalEntry, writing: &Writing) -> Option<Deviation> {
    let is_back = after.at.0.saturating_add(SAME_MS) < before.at.0;
    let sentence = fill(&writing.words.deviations.clock_back, &[("before", &writing.full(before.at))]);
    is_back.then_some((Some(after.at), sentence))
}

fn of_switch(switch: &Switch<'_>, writing: &Writing) -> Option<Deviation> {
    let texts = &writing.words.deviations;
    let (mode, state) = (writing.mode(switch.mode), writing.on_off(Some(switch.on)));
    let sentence = match switch.end {
        Some(end) if end.result == SwitchResult::Done => return None,
        Some(end) => {
            let result = word(&writing.words.results, end.result);
            let result =
                end.problem.map_or(result.clone(), |code| format!("{result} ({})", super::timeline::code(code)));
            fill(&texts.switch_failed, &[("mode", mode), ("state", state), ("result", &result)])
        }
        None => fill(&texts.switch_without_end, &[("mode", mode), ("state", state)]),
    };
    Some((Some(switch.at), sentence))
}

fn of_entry(entry: &JournalEntry, writing: &Writing) -> Option<Deviation> {
    let texts = &writing.words.deviations;
    let sentence = match &entry.event {
        JournalEvent::ObservedChange { mode, on: false, suspect: true } => {
            fill(&texts.suspect, &[("mode", writing.mode(*mode))])
        }
        JournalEvent::ObservedChange { mode, on, .. } => {
            fill(&texts.changed_elsewhere, &[("mode", writing.mode(*mode)), ("state", writing.on_off(Some(*on)))])
        }
        JournalEvent::LoginRefused { .. } => texts.login_refused.clone(),
        _ => return None,
    };
    Some((Some(entry.at), sentence))
}

/// What the machine has told its user. A change made elsewhere and a switch without effect are in the journal too.
fn of_notice(state: &Procedure, notice: Notice, writing: &Writing) -> Option<Deviation> {
    let texts = &writing.words.deviations;
    Some(match notice {
        Notice::AutomationStopped { why, at } => (Some(at), word(&texts.automation, why)),
        Notice::Rereading { at } => (Some(at), texts.resumed.clone()),
        Notice::NewAfterStop { .. } => (None, texts.new_after_stop.clone()),
        Notice::CountMayNoLongerFall { since } => (since, texts.count_stuck.clone()),
        Notice::GaveUp { at, holding: Some(count @ 1..) } => {
            (Some(at), fill(&texts.gave_up_running, &[("count", &number(count))]))
        }
        Notice::GaveUp { at, .. } => (Some(at), texts.gave_up_unproved.clone()),
        Notice::Overdue { planned_end, level: 1 } => {
            (Some(planned_end), fill(&texts.overdue, &[("planned", &writing.full(planned_end))]))
        }
        // A night that goes on has not left anything.
        Notice::LeftOn { mode } if !state.phase.is_active() => {
            (state.since, fill(&texts.left_on, &[("mode", writing.mode(mode))]))
        }
        _ => return None,
    })
}

/// A step that was taken over what was not proved, and what that was.
fn of_unproved(unproved: &Unproved, writing: &Writing) -> Deviation {
    let texts = &writing.words.deviations;
    let (at, sentence, what) = match unproved {
        Unproved::ReadOnly { at, dangers } => (*at, &texts.read_only_unproved, words(&texts.dangers, dangers)),
        Unproved::Work { at, unmet } => (*at, &texts.work_unproved, words(&texts.conditions, unmet)),
    };
    (Some(at), fill(sentence, &[("what", &what.join(&texts.between))]))
}

fn words<Code: Serialize + Copy>(texts: &ByCode, codes: &[Code]) -> Vec<String> {
    codes.iter().map(|code| word(texts, *code)).collect()
}

/// When a container was waived only the journal knows.
fn of_waived(case: &Case<'_>, container: &str, writing: &Writing) -> Deviation {
    let is_it = |entry: &&JournalEntry| match &entry.event {
        JournalEvent::Chosen { choice: Choice::Waived { container: waived } } => waived == container,
        _ => false,
    };
    let at = case.entries.iter().find(is_it).map(|entry| entry.at);
    (at, fill(&writing.words.deviations.waived, &[("container", container)]))
}

/// Steps that were left out.
fn of_path(course: &Course<'_>, writing: &Writing) -> Vec<Deviation> {
    let texts = &writing.words.deviations;
    let mut found = Vec::new();
    if course.beginning == Some(Phase::Draining) {
        found.push((course.began_at, texts.job_stop_was_on.clone()));
    }
    if course.is_whole && course.last(Phase::Work).is_none() && course.last(Phase::EndingReadOnly).is_some() {
        found.push((None, texts.no_work.clone()));
    }
    found
}

fn of_list(listed: &Listed, writing: &Writing) -> Option<String> {
    let texts = &writing.words.deviations;
    let moment = word(&writing.words.moments, listed.moment);
    if let Some((why, reason)) = listed.missing() {
        let why = word(&writing.words.missing, why);
        let why = reason.map_or(why.clone(), |reason| format!("{why} {reason}"));
        return Some(fill(&texts.list_missing, &[("moment", &moment), ("why", &why)]));
    }
    let mismatches = listed.kept()?.mismatches;
    let count = mismatches.to_string();
    (mismatches > 0).then(|| fill(&texts.list_disagrees, &[("moment", &moment), ("count", &count)]))
}
