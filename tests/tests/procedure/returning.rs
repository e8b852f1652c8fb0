//! What is found again: by the other of our programs, and after a time in which nobody looked.

use ita_core::domain::procedure::Frontend;
use ita_core::domain::time::Timestamp;
use ita_practice::ModeTable;

use super::*;

#[tokio::test]
async fn what_the_command_line_drives_or_left_is_shown_in_the_window_and_taken_over_only_on_purpose() {
    let mut night = Night::begin(Environment::Staging).await;
    let mut script = night.program.command_line_beside();
    script.console.open_saved(&night.id, Some(PRACTICE_PASSWORD.into())).await.expect("opened");
    script.wait_until("its first reads", |live| live.modes.job_stop.known().is_some()).await;
    script.console.procedure_act(start(false), &AGREED).await.expect("begun");
    let found = |live: &Live| live.procedure_elsewhere.as_ref().map(|it| (it.driven_by, it.phase));
    let is_shown = |live: &Live| found(live) == Some((Frontend::CommandLine, Phase::Draining));
    night.program.wait_until("it is shown", is_shown).await;
    assert_eq!(night.phase(), Phase::NotStarted);
    let refused = night.program.console.take_over_procedure().expect_err("it is driven");
    assert_eq!(refused.code, ProblemCode::DrivenElsewhere);

    script.console.close();
    // A second passes, and another: nobody takes it up.
    let looked = night.writes().len();
    night.program.console.refresh().expect("open");
    night.program.wait_until("it is left there", is_shown).await;
    assert_eq!(night.writes().len(), looked);
    night.program.console.take_over_procedure().expect("free");
    night.program.wait_until("it is here", |live| live.procedure.is_some() && found(live).is_none()).await;
    night.poll_to(Phase::PointOfNoReturn).await;
    night = night.restart().await;
    night.poll_to(Phase::PointOfNoReturn).await;
    assert_eq!(night.writes().len(), 1, "the script's own");
}

#[tokio::test]
async fn a_start_that_could_not_be_saved_leaves_the_procedure_to_whoever_begins_one() {
    let mut night = Night::begin(Environment::Staging).await;
    let folder = night.program.folder().join("procedures");
    std::fs::write(&folder, "in the way").expect("written");
    let refused = night.program.console.procedure_act(start(true), &AGREED).await.expect_err("not saved");
    assert_eq!(refused.code, ProblemCode::FileNotWritten);
    std::fs::remove_file(&folder).expect("removed");
    let mut script = night.program.command_line_beside();
    script.console.open_saved(&night.id, Some(PRACTICE_PASSWORD.into())).await.expect("opened");
    script.wait_until("its first reads", |live| live.modes.job_stop.known().is_some()).await;
    script.console.procedure_act(start(false), &AGREED).await.expect("begun");
    night.program.wait_until("it is shown", |live| live.procedure_elsewhere.is_some()).await;
}

#[tokio::test]
async fn what_started_while_the_program_was_closed_is_new_also_among_more_rows_than_are_looked_at() {
    let mut night = Night::begin(Environment::Staging).await;
    let many = (0..12_000).map(|number| job(&format!("ansible-{number}")));
    night.platform.control().script_jobs(many);
    night.act(start(false)).await;
    night.poll_until("all of them", |view| view.holding == Some(12_000)).await;
    let is_new = |kind: RemainingKind| kind == RemainingKind::NewAfterStop;
    night.clock.advance(Duration::from_secs(120));
    night.poll_until("two minutes later", |view| view.holding == Some(12_000) && !view.rereading).await;
    assert!(!night.view().remaining.iter().any(|row| is_new(row.kind)), "they were all there");

    night.program.console.close();
    night.platform.control().add_job(job("zz-late"));
    night = night.restart().await;
    night.poll_until("the list", |view| view.holding == Some(12_001)).await;
    let first = night.view().remaining.remove(0);
    assert_eq!((first.job_id.as_str(), first.kind), ("zz-late", RemainingKind::NewAfterStop));
    assert_eq!(night.view().remaining.iter().filter(|row| is_new(row.kind)).count(), 1);
    let told = night.program.console.live().notices;
    let is_told = |it: &Notice| matches!(it, Notice::Procedure { news: ProcedureNotice::NewAfterStop { .. }, .. });
    assert!(told.iter().any(is_told), "{told:?}");
}

#[tokio::test]
async fn what_started_after_the_stop_is_still_new_when_the_drain_goes_on_after_giving_up() {
    let night = Night::begin(Environment::Staging).await;
    night.platform.control().script_jobs([job("ansible-1")]);
    night.act(start(false)).await;
    night.poll_until("the job", |view| view.holding == Some(1)).await;
    night.clock.advance(Duration::from_secs(50));
    night.poll_until("a list in the first minute", |view| view.holding == Some(1)).await;
    night.clock.advance(Duration::from_secs(50));
    night.platform.control().add_job(job("ansible-2"));
    let is_new = |view: &ProcedureView| view.remaining.iter().any(|row| row.kind == RemainingKind::NewAfterStop);
    night.poll_until("the new one", is_new).await;
    night.act(Act::GiveUpAt { at: Some(Timestamp(1)) }).await;
    night.poll_to(Phase::GaveUp).await;
    night.program.console.refresh().expect("open");
    night.act(Act::Continue).await;
    night.poll_until("it goes on", |view| view.phase == Phase::Draining && view.remaining.len() == 2).await;
    assert!(is_new(&night.view()), "{:?}", night.view().remaining);
}

#[tokio::test]
async fn a_sleep_during_the_look_before_the_automatic_step_ends_the_automation() {
    let mut night = Night::begin(Environment::Staging).await;
    night.act(start(false)).await;
    night.poll_to(Phase::PointOfNoReturn).await;
    night.platform.control().set_jobs_delay(Duration::from_secs(5));
    night.act(Act::GoOnByItself { on: true }).await;
    night.program.wait_until("the look", |live| live.switching.is_some()).await;
    night.clock.advance(Duration::from_secs(8 * 3_600));
    let why = StopReason::Resumed;
    let is_over = |live: &Live| live.procedure.as_ref().is_some_and(|it| it.automation == Automation::Stopped { why });
    night.program.wait_until("the automation ends", is_over).await;
    night.program.wait_until("the look has ended", |live| live.switching.is_none()).await;
    assert_eq!(night.writes().len(), 1, "job stop alone");
}

#[tokio::test]
async fn an_off_in_doubt_is_in_the_journal_once_and_still_in_doubt_after_a_restart() {
    let mut night = Night::begin(Environment::Staging).await;
    night.platform.control().script_jobs([job("ansible-1")]);
    night.act(start(false)).await;
    night.platform.control().set_mode_table(ModeTable::Unreadable);
    night.program.console.refresh().expect("open");
    night.program.wait_until("the doubt", |live| live.suspect.job_stop.is_some()).await;
    for _ in 0..2 {
        night = night.restart().await;
        night.poll_until("everything read again", |view| !view.rereading).await;
        let suspect = night.program.console.live().suspect;
        assert!(suspect.job_stop.is_some() && suspect.read_only.is_none(), "{suspect:?}");
    }
    let entries = night.program.console.journal_entries(1_000, None).expect("open");
    let told = entries.iter().filter(|it| matches!(it.event, JournalEvent::ObservedChange { .. }));
    assert_eq!(told.count(), 1, "{entries:?}");
}
