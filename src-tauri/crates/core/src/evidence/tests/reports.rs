use super::super::timeline::code;
use super::super::words::{fill, words, ByCode};
use super::*;
use crate::domain::confirmation::Danger;
use crate::domain::problem::ProblemCode;
use crate::domain::procedure::gate::GateCondition;
use crate::domain::procedure::{Choice, ProcedureNotice, StopReason, Unproved};
use crate::text::is_hidden;

const BOTH: [Language; 2] = [Language::Ja, Language::En];

#[test]
fn an_ordinary_night_has_every_switch_with_its_read_back_and_no_deviation() {
    let sample = Sample::ordinary();
    let (_, report) = sample.pack(Language::Ja);
    assert!(report.starts_with("<!doctype html>\n<html lang=\"ja\">"));
    assert_eq!(report.matches("<td class=\"time\">11/25 22:00:00</td>").count(), 2, "the switch, and the list at stop");
    assert_eq!(report.matches("<td>受理</td>").count(), 4);
    let deviations = report.split("特記事項・計画との差異</h2>").nth(1).expect("a section");
    assert!(deviations.trim_start().starts_with("<p>なし</p>"), "{deviations}");
    assert!(report.contains("<td>2026/11/26 02:00:00（所要 4:00:00）</td>"), "{report}");
    assert!(report.contains("<td class=\"name\">7d9f5c1e-0b6a-4a53-9a0f-3f1b7a9c2d10</td>"), "the row that was left");
    let english = sample.pack(Language::En).1;
    assert!(english.contains("<html lang=\"en\">") && english.contains("<p>None.</p>"), "{english}");
}

#[test]
fn no_foreign_text_becomes_part_of_the_page() {
    for language in BOTH {
        let mut sample = Sample::ordinary();
        sample.connection.name = HOSTILE.to_owned();
        sample.connection.address = HOSTILE.to_owned();
        sample.state.waived.insert(HOSTILE.to_owned());
        for entry in &mut sample.entries {
            entry.workstation_user = HOSTILE.to_owned();
            match &mut entry.event {
                JournalEvent::SwitchRequested { user, .. } | JournalEvent::Switched { user, .. } => {
                    HOSTILE.clone_into(user);
                }
                _ => {}
            }
        }
        sample.lists.keep(Moment::Zero, &list(&[(HOSTILE, HOSTILE, HOSTILE)], at(42)), &meta(at(42))).expect("kept");
        let reason = Some(HOSTILE.to_owned());
        sample.unwritten.insert(Moment::Reopen, KeptList::Missing { why: WhyMissing::NotWritten, reason });
        let (_, report) = sample.pack(language);
        assert!(!report.contains("<script") && !report.contains("alert(1)</"), "{report}");
        assert!(!report.contains(|c| is_hidden(c) && c != '\n'), "nothing turns or hides what stands beside it");
        let escaped = "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;\u{fffd}gnp.exe";
        assert!(report.matches(escaped).count() > 10, "{report}");
    }
}

#[test]
fn a_night_that_went_otherwise_says_how() {
    let mut sample = Sample::ordinary();
    sample.state.phase = Phase::GaveUp;
    sample.state.unproved = vec![
        Unproved::ReadOnly { at: at(45), dangers: vec![Danger::CountUnknown, Danger::JobStopOff] },
        Unproved::Work { at: at(60), unmet: vec![GateCondition::ReadOnlyIsOn, GateCondition::HasSettled] },
    ];
    let waived = Choice::Waived { container: "ita-by-new-thing".to_owned() };
    sample.entries.insert(4, entry(at(10), JournalEvent::Chosen { choice: waived }));
    sample.state.waived.extend(["ita-by-new-thing", "ita-by-old-thing"].map(str::to_owned));
    sample.state.told.extend([
        ProcedureNotice::GaveUp { at: at(30), holding: Some(1_200) },
        ProcedureNotice::GaveUp { at: at(35), holding: Some(0) },
        ProcedureNotice::AutomationStopped { why: StopReason::Resumed, at: at(20) },
        ProcedureNotice::Rereading { at: at(20) },
        ProcedureNotice::Overdue { planned_end: at(210), level: 1 },
        ProcedureNotice::Overdue { planned_end: at(210), level: 2 },
        ProcedureNotice::LeftOn { mode: Mode::JobStop },
        ProcedureNotice::Quiet { since: None },
    ]);
    let user = "maintenance".to_owned();
    let refused = JournalEvent::Switched {
        mode: Mode::ReadOnly,
        on: false,
        user,
        outcome: SwitchResult::Refused,
        read_back: Some(true),
        platform_time: None,
        problem: Some(ProblemCode::RefusedByPlatform),
    };
    let position = |wanted: Phase| {
        let wanted = JournalEvent::Phase { phase: wanted, began_at: None };
        sample.entries.iter().position(|entry| entry.event == wanted).expect("there")
    };
    let (ending, point) = (position(Phase::EndingReadOnly), position(Phase::PointOfNoReturn));
    sample.entries[ending + 2].event = refused;
    sample.entries[point].event = JournalEvent::ObservedChange { mode: Mode::JobStop, on: false, suspect: false };
    let (_, report) = sample.pack(Language::En);
    let deviations = report.split("deviations from the plan</h2>").nth(1).expect("a section");
    for sentence in [
        "Read-only mode was to be switched off: refused (refused_by_platform).",
        "Server-side job stop was switched off elsewhere.",
        "The automatic step was called off: the program was restarted, or the workstation slept.",
        "<span class=\"time\">11-25 22:45:00</span>\n<span>Read-only was confirmed over something uncertain: \
         zero was not proved; job stop was not confirmed as on.",
        "The work began before quiet was proved; not met: read-only is read as on; the settling time is over, or services \
         were restarted.",
        "The wait ended at its time limit with 1,200 still running.",
        "The wait ended at its time limit before zero was proved.",
        "The work went past its planned end, 2026-11-26 01:30:00.",
        "When the procedure ended, Server-side job stop was not confirmed as off.",
        "<span class=\"time\">11-25 22:10:00</span>\n<span>Backyard “ita-by-new-thing” was not waited for.",
        "<span class=\"time\"></span>\n<span>Backyard “ita-by-old-thing” was not waited for.",
    ] {
        assert!(deviations.contains(sentence), "{sentence}\n{deviations}");
    }
    assert_eq!(deviations.matches("planned end").count(), 1, "said once");
    assert!(report.contains("Given up at the time limit"), "{report}");
    sample.state.phase = Phase::Draining;
    assert!(!sample.pack(Language::En).1.contains("When the procedure ended"), "it has not ended");
}

#[test]
fn a_switch_of_which_the_journal_has_no_end_is_not_called_done() {
    let mut sample = Sample::ordinary();
    let end = sample.entries.iter().position(|entry| matches!(entry.event, JournalEvent::Switched { .. }));
    sample.entries.remove(end.expect("a switch"));
    let (_, report) = sample.pack(Language::Ja);
    assert!(report.contains("<td class=\"odd\">記録なし</td>\n<td class=\"odd\">不明</td>"), "{report}");
    assert_eq!(report.matches("<td>受理</td>").count(), 3);
    assert!(report.contains("サーバーサイドジョブ停止を ON にする要求の結果が記録にありません。"), "{report}");
}

#[test]
fn what_a_journal_with_gaps_does_not_have_is_not_called_undone() {
    let gaps = "<span class=\"time\"></span>\n<span>Lines of the journal were not written:";
    let undone = ["was on already", "opened again without any work", "not reached", "No mode was switched"];
    let is_told = |entry: &JournalEntry| matches!(entry.event, JournalEvent::Phase { .. });
    for kept in [0, 1, usize::MAX] {
        let mut sample = Sample::ordinary();
        // The disk was full: of the night only a few phases are there, and no switch.
        sample.entries.retain(is_told);
        sample.entries.truncate(kept.min(4));
        sample.entries.extend((kept == usize::MAX).then(|| phase(at(200), Phase::EndingReadOnly)));
        sample.state.lines_lost = true;
        let (_, report) = sample.pack(Language::En);
        for absent in undone {
            assert!(!report.contains(absent), "{absent}: {report}");
        }
        assert!(report.contains("<p>The journal of the procedure has no switch.</p>"), "{report}");
        assert!(report.contains("<th>Work (actual)</th>\n<td>not recorded</td>"), "{report}");
        let told = if kept == 0 { "The journal does not have the beginning: the timeline has gaps" } else { gaps };
        assert!(report.contains(told), "{report}");
    }
}

#[test]
fn a_program_that_ended_between_its_step_and_the_line_of_it_leaves_a_gap_too() {
    let mut sample = Sample::ordinary();
    sample.entries.pop();
    let (_, report) = sample.pack(Language::Ja);
    assert!(report.contains("書き込めなかった記録があるため、時系列には抜けがあります。"), "{report}");
}

#[test]
fn job_stop_that_was_on_at_the_beginning_is_told_and_what_was_not_done_too() {
    let mut sample = Sample::ordinary();
    sample.entries = vec![
        entry(at(0), JournalEvent::Phase { phase: Phase::Draining, began_at: Some(at(0)) }),
        phase(at(9), Phase::Aborted),
    ];
    sample.state.phase = Phase::Aborted;
    let (_, report) = sample.pack(Language::En);
    assert!(report.contains("Job stop was on already when the procedure began; no switch was sent."), "{report}");
    assert!(report.contains("<th>Work (actual)</th>\n<td>not reached</td>"), "{report}");
    assert!(!report.contains("timeline has gaps"), "{report}");
}

#[test]
fn a_workstation_that_does_not_name_its_user_is_told_as_unknown() {
    let mut sample = Sample::ordinary();
    for entry in &mut sample.entries {
        entry.workstation_user.clear();
    }
    let (_, report) = sample.pack(Language::Ja);
    assert!(report.contains("<th>作業者（端末）</th>\n<td>不明</td>"), "{report}");
    assert_eq!(report.matches("<td>不明 / maintenance</td>").count(), 4, "{report}");
}

#[test]
fn every_code_has_its_word_in_both_languages() {
    let phases = [
        Phase::NotStarted,
        Phase::Scheduled,
        Phase::StoppingJobs,
        Phase::Draining,
        Phase::PointOfNoReturn,
        Phase::GoingReadOnly,
        Phase::QuietGate,
        Phase::Work,
        Phase::EndingReadOnly,
        Phase::Checking,
        Phase::StartingJobs,
        Phase::Watching,
        Phase::Finished,
        Phase::GaveUp,
        Phase::Aborted,
    ];
    let reasons = [
        StopReason::ChangedElsewhere,
        StopReason::Resumed,
        StopReason::NotConfirmed,
        StopReason::ByHand,
        StopReason::GaveUp,
        StopReason::Missed,
        StopReason::Lost,
    ];
    let results = [SwitchResult::Done, SwitchResult::WithoutEffect, SwitchResult::Refused, SwitchResult::Unknown];
    let missing = [WhyMissing::NotKnown, WhyMissing::NotWritten, WhyMissing::NotKept, WhyMissing::Changed];
    let environments = [Environment::Development, Environment::Staging, Environment::Production, Environment::Practice];
    for language in BOTH {
        let words = words(language);
        assert!(phases.iter().all(|phase| words.phases.contains_key(&code(*phase))));
        assert_eq!(words.phases.len(), phases.len());
        assert!(phases
            .iter()
            .filter(|it| !it.is_active() && **it != Phase::NotStarted)
            .all(|it| words.ends.contains_key(&code(*it))));
        let dangers = [Danger::JobsRunning, Danger::CountUnknown, Danger::JobStopOff];
        let conditions = [
            GateCondition::CountIsZero,
            GateCondition::ListIsComplete,
            GateCondition::ReadOnlyIsOn,
            GateCondition::HasSettled,
        ];
        let unproved = [&words.deviations.dangers, &words.deviations.conditions].map(ByCode::len);
        assert_eq!(unproved, [dangers.len(), conditions.len()]);
        assert!(dangers.iter().all(|it| words.deviations.dangers.contains_key(&code(*it))));
        assert!(conditions.iter().all(|it| words.deviations.conditions.contains_key(&code(*it))));
        let counts =
            [&words.deviations.automation, &words.results, &words.missing, &words.environments, &words.moments];
        let expected = [reasons.len(), results.len() + 1, missing.len(), environments.len(), Moment::ALL.len()];
        assert_eq!(counts.map(ByCode::len), expected);
        let has = |words: &ByCode, code: String| words.contains_key(&code);
        assert!(reasons.iter().all(|it| has(&words.deviations.automation, code(it))));
        assert!(results.iter().all(|it| has(&words.results, code(it))));
        assert!(missing.iter().all(|it| has(&words.missing, code(it))));
        assert!(environments.iter().all(|it| has(&words.environments, code(it))));
        assert!(Moment::ALL.iter().all(|it| has(&words.moments, code(it))));
    }
}

#[test]
fn values_fill_their_places_and_open_none() {
    assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "2")]), "{b} and 2");
    assert_eq!(fill("no place", &[("a", "1")]), "no place");
    assert_eq!(fill("{a} {open", &[("a", "1")]), "1 {open");
}
