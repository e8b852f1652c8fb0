//! How long each notice stands.

use super::view::ProcedureView;
use super::*;
use crate::domain::modes::ModeReading;
use ProcedurePhase as Phase;

const EVERY: [Phase; 15] = [
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
const AT: Timestamp = Timestamp(1_000);
const BOTH_ON: ModeReading = ModeReading { job_stop: Some(true), read_only: Some(true) };

fn view(phase: Phase, change: impl FnOnce(&mut Procedure)) -> ProcedureView {
    let mut state = Procedure { phase, ..Procedure::default() };
    change(&mut state);
    ProcedureView::of(&state, (&[], 0), AT)
}

/// The phases in which a notice stands.
fn phases(news: ProcedureNotice, change: impl Fn(&mut Procedure), modes: ModeReading) -> Vec<Phase> {
    let stands = |phase: &Phase| news.still_holds(Some(&view(*phase, &change)), modes);
    EVERY.into_iter().filter(stands).collect()
}

#[test]
fn each_notice_stands_in_the_phases_that_it_speaks_of() {
    use ProcedureNotice as News;
    let (why, mode) = (StopReason::Lost, Mode::ReadOnly);
    let stopped = |state: &mut Procedure| state.automation = Automation::Stopped { why };
    let armed = |state: &mut Procedure| state.automation = Automation::Armed;
    let late = |state: &mut Procedure| state.options.planned_end = Some(AT);
    let same = |_: &mut Procedure| ();
    let active: Vec<_> = EVERY.into_iter().filter(|phase| phase.is_active()).collect();
    let ended: Vec<_> = EVERY.into_iter().filter(|phase| !phase.is_active()).collect();
    let (before, after) = (&EVERY[1..5], &EVERY[5..11]);
    let warns = [
        News::ChangedElsewhere { mode, on: false, at: AT },
        News::NewAfterStop { stopped_at: Some(AT) },
        News::PlatformBack { at: AT },
    ];
    for news in warns {
        assert_eq!(phases(news, same, BOTH_ON), EVERY, "{news:?}");
    }
    assert_eq!(phases(News::Drained { at: AT }, same, BOTH_ON), [Phase::PointOfNoReturn]);
    let quiet = |state: &mut Procedure| {
        state.jobs = state::JobsKnowledge::Complete { jobs: jobs(0) };
        state.read_only = state::ModeKnowledge { flag: Flag::On, at: Some(AT), ..state::ModeKnowledge::default() };
        state.services_restarted = true;
    };
    assert_eq!(phases(News::Quiet { since: None }, quiet, BOTH_ON), [Phase::QuietGate]);
    assert_eq!(phases(News::Quiet { since: None }, same, BOTH_ON), [], "not quiet any more");
    assert_eq!(phases(News::GaveUp { at: AT, holding: None }, same, BOTH_ON), [Phase::GaveUp]);
    assert_eq!(phases(News::AutomationStopped { why, at: AT }, stopped, BOTH_ON), before);
    assert_eq!(phases(News::AutomationStopped { why, at: AT }, armed, BOTH_ON), [], "armed again");
    assert_eq!(phases(News::PermissionKept, armed, BOTH_ON), before);
    assert_eq!(phases(News::PermissionKept, stopped, BOTH_ON), [], "there is none any more");
    assert_eq!(phases(News::Overdue { planned_end: AT, level: 1 }, late, BOTH_ON), after);
    assert_eq!(phases(News::Overdue { planned_end: AT, level: 1 }, same, BOTH_ON), [], "it was moved");
    assert_eq!(phases(News::StartCancelled { why, at: AT }, same, BOTH_ON), ended);
    assert_eq!(phases(News::NotConfirmed { mode, on: false, at: AT }, same, BOTH_ON), active);
    assert_eq!(phases(News::NotConfirmed { mode, on: true, at: AT }, same, BOTH_ON), [], "it reads so by now");
    assert_eq!(phases(News::Rereading { at: AT }, |state| state.rereading = true, BOTH_ON), EVERY);
    assert_eq!(phases(News::Rereading { at: AT }, same, BOTH_ON), []);
    assert_eq!(phases(News::PlatformBack { at: AT }, same, BOTH_ON), EVERY);
    assert_eq!(phases(News::PlatformBack { at: AT }, |state| state.away_since = Some(AT), BOTH_ON), [], "away again");
    assert_eq!(phases(News::LeftOn { mode }, same, BOTH_ON), ended);
    assert_eq!(phases(News::LeftOn { mode }, same, ModeReading::default()), ended, "not known is not off");
    assert_eq!(phases(News::LeftOn { mode }, same, BOTH_ON.with(mode, false)), []);
}

#[test]
fn rows_under_read_only_are_told_of_until_it_is_off_or_they_are_gone() {
    let news = ProcedureNotice::CountMayNoLongerFall { since: None };
    let left =
        |counted| move |state: &mut Procedure| state.jobs = state::JobsKnowledge::Complete { jobs: jobs(counted) };
    let stands = |view: ProcedureView, modes| news.still_holds(Some(&view), modes);
    let (frozen, unknown) = (view(Phase::QuietGate, left(2)), view(Phase::QuietGate, |_| ()));
    assert!(stands(frozen.clone(), BOTH_ON) && stands(frozen.clone(), ModeReading::default()));
    assert!(stands(unknown, BOTH_ON), "nobody knows that they are gone");
    assert!(!stands(frozen, BOTH_ON.with(Mode::ReadOnly, false)));
    assert!(!stands(view(Phase::QuietGate, left(0)), BOTH_ON));
}
