//! Files of this workstation that cannot be written: the work goes on, and it is said once.

use std::fs;

use acceptance::consoles::Program;
use ita_core::domain::confirmation::Consent;
use ita_core::domain::connection::Environment;
use ita_core::domain::live::{Live, Notice, SwitchOutcome};
use ita_core::domain::modes::Mode;
use ita_core::domain::problem::ProblemCode;
use ita_practice::{Options, Practice, PRACTICE_PASSWORD};

const AGREED: Consent = Consent { agreed: true, typed_name: None };

#[tokio::test]
async fn a_journal_that_cannot_be_written_stops_no_switch_and_is_told_once_until_it_works_again() {
    let platform = Practice::start(Options { jobs: Some(0), ..Options::default() }).await.expect("a platform");
    let mut program = Program::first_start();
    let id = program.save(&platform.url(), Environment::Staging, PRACTICE_PASSWORD).await.id;
    program.console.open_saved(&id, None).await.expect("opened");
    let is_read = |live: &Live| live.modes.job_stop.known().is_some() && live.login.is_some();
    program.wait_until("the first reads", is_read).await;

    let journal = program.folder().join("journal");
    in_the_way(&journal);
    switch(&program, true).await;
    platform.control().set_mode(ita_practice::Mode::JobStop, false);
    program.console.refresh().expect("open");
    let is_seen = |live: &Live| live.modes.job_stop.known() == Some(&false);
    program.wait_until("a colleague's switch", is_seen).await;
    let told = troubles(&program);
    let [(code, reason)] = &told[..] else { panic!("three lines, one message: {told:?}") };
    assert_eq!(*code, ProblemCode::FileNotWritten);
    assert!(reason.contains("journal"), "which file: {reason}");

    fs::remove_file(&journal).expect("out of the way");
    switch(&program, true).await;
    assert_eq!(program.console.journal_entries(10, None).expect("open").len(), 2, "written again");
    fs::remove_dir_all(&journal).expect("removed");
    in_the_way(&journal);
    switch(&program, false).await;
    assert_eq!(troubles(&program).len(), 2, "a new trouble is told anew");
}

#[tokio::test]
async fn a_saved_procedure_that_cannot_be_understood_is_kept_aside_and_told() {
    let platform = Practice::start(Options { jobs: Some(0), ..Options::default() }).await.expect("a platform");
    let mut program = Program::first_start();
    let id = program.save(&platform.url(), Environment::Staging, PRACTICE_PASSWORD).await.id;
    let folder = program.folder().join("procedures");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join(format!("{}.json", id.0)), "{").expect("damaged");
    program.console.open_saved(&id, None).await.expect("opened");
    program.wait_until("it is told", |live| !live.notices.is_empty()).await;
    let [(code, aside)] = &troubles(&program)[..] else { panic!("one message") };
    assert_eq!(*code, ProblemCode::SettingsDamaged);
    assert_eq!(fs::read_to_string(aside).expect("kept"), "{");
    assert_eq!(program.console.live().procedure, None, "nothing is made of it");
}

async fn switch(program: &Program, on: bool) {
    let outcome = program.console.switch_mode(Mode::JobStop, on, &AGREED).await.expect("sent");
    assert!(matches!(outcome, SwitchOutcome::Done { .. }), "{outcome:?}");
}

fn in_the_way(folder: &std::path::Path) {
    let _ = fs::remove_dir_all(folder);
    fs::write(folder, "in the way").expect("written");
}

fn troubles(program: &Program) -> Vec<(ProblemCode, String)> {
    let notices = program.console.live().notices.into_iter();
    notices
        .filter_map(|notice| match notice {
            Notice::FileTrouble { problem, .. } => Some((problem.code, problem.facts.reason.unwrap_or_default())),
            _ => None,
        })
        .collect()
}
