//! `drain`: job stop on, wait until what counts has ended, and then read-only on if that was asked for.

use std::time::Duration;

use ita_core::domain::forecast::Forecast;
use ita_core::domain::live::Live;
use ita_core::domain::modes::Mode;
use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::domain::procedure::view::ProcedureView;
use ita_core::domain::procedure::{Automation, Options, ProcedureAct as Act, ProcedurePhase as Phase, StopReason};
use ita_core::domain::time::Timestamp;
use jiff::tz::TimeZone;

use super::guided::{Ended, Guided};
use crate::args::{DrainArguments, Shared, Then};
use crate::exit::{Exit, Failure};
use crate::messages;
use crate::output::table;

pub(super) async fn run(shared: &Shared, arguments: &DrainArguments) -> Result<Exit, Failure> {
    shared.is_json()?;
    let mut guided = Guided::open(shared, arguments.confirm.clone()).await?;
    let then = arguments.then == Some(Then::ReadOnly);
    let ended = drain(&mut guided, arguments, then).await;
    guided.leave().await;
    let end = match ended {
        Ok(end) => end,
        Err(Stopped::By(Ended::Interrupted)) => End::Interrupted,
        Err(Stopped::By(Ended::Late)) => End::late(&guided.live()),
        Err(Stopped::By(Ended::Stopped(problem)) | Stopped::Act(problem)) => {
            messages::error(&problem);
            if problem.code != ProblemCode::DrivenElsewhere {
                messages::note(&format!("{} `itamctl reopen` opens the platform again.", guided.modes()));
            }
            return Ok(Exit::of(problem.code));
        }
    };
    guided.report(shared, end.outcome())?;
    end.tell(&guided);
    Ok(end.exit())
}

const MINUTE_MS: i64 = 60_000;
/// How long the procedure has to give up by itself when its time is over; then it is left as it stands.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest that a step takes: a list of up to a minute, the modes, the switch and its read-back.
const LONGEST_STEP: Duration = Duration::from_secs(180);

/// Why the drain stopped without an end of its own.
enum Stopped {
    By(Ended),
    Act(Problem),
}

impl From<Ended> for Stopped {
    fn from(ended: Ended) -> Self {
        Self::By(ended)
    }
}

impl From<Problem> for Stopped {
    fn from(problem: Problem) -> Self {
        Self::Act(problem)
    }
}

async fn drain(guided: &mut Guided, arguments: &DrainArguments, then: bool) -> Result<End, Stopped> {
    let give_up_at = arguments.timeout.map(|after| {
        guided.limit(after.saturating_add(PATIENCE));
        let after = i64::try_from(after.as_millis()).unwrap_or(i64::MAX);
        Timestamp(guided.clock().now().0.saturating_add(after))
    });
    guided.first_reads().await?;
    if give_up_at.is_some_and(|at| at <= guided.clock().now()) {
        return Ok(End::late(&guided.live()));
    }
    take_up(guided, give_up_at, then).await?;
    match follow(guided, then).await {
        // A proof that came in time is followed by its step, and a write by its read-back.
        Err(Ended::Late) if guided.is_in_a_step() => {
            guided.limit(LONGEST_STEP);
            Ok(follow(guided, then).await?)
        }
        ended => Ok(ended?),
    }
}

/// Says each change, until the drain has ended.
async fn follow(guided: &mut Guided, then: bool) -> Result<End, Ended> {
    let zone = guided.clock().zone();
    let (mut said, mut promised) = (String::new(), None);
    guided
        .until(|live| {
            let view = live.procedure.as_ref()?;
            let line = progress(view);
            if line != said {
                messages::note(&line);
                said = line;
            }
            let forecast = live.forecast.as_ref().filter(|_| view.phase == Phase::Draining && !view.rereading);
            let promise = forecast.and_then(|forecast| promise(forecast, &zone));
            if promise != promised {
                match &promise {
                    Some(line) => messages::note(line),
                    None if view.holding == Some(0) => {}
                    None => messages::note("That forecast does not stand any more, and there is no other."),
                }
                promised = promise;
            }
            End::of(view, live, then)
        })
        .await
}

/// Begins, or goes on where an earlier call or the window stopped.
async fn take_up(guided: &Guided, give_up_at: Option<Timestamp>, then: bool) -> Result<(), Problem> {
    match guided.phase() {
        Phase::Watching => guided.act(Act::StopWatch).await?,
        // The night that was given up is not over: jobs are still stopped, since then.
        Phase::GaveUp if !job_stop_may_be_off(&guided.live()) => guided.act(Act::Continue).await?,
        _ => {}
    }
    match guided.phase() {
        Phase::NotStarted | Phase::Finished | Phase::GaveUp | Phase::Aborted => {
            let options = Options { give_up_at, go_on_by_itself: then, ..Options::default() };
            guided.act(Act::Start { options }).await
        }
        phase @ (Phase::StoppingJobs | Phase::Draining | Phase::PointOfNoReturn) => {
            messages::note("The procedure that was begun before goes on.");
            if phase != Phase::StoppingJobs && job_stop_may_be_off(&guided.live()) {
                // Whoever drains wants it on, and sending that is safe whatever it is.
                let _ = guided.console().switch_mode(Mode::JobStop, true, &guided.consent()).await?;
            }
            guided.act(Act::GiveUpAt { at: give_up_at }).await?;
            guided.act(Act::GoOnByItself { on: then }).await?;
            if phase == Phase::StoppingJobs {
                let confirmed = guided.act(Act::Confirm { phase, named: false }).await;
                // A read that was on its way may have found it done before: then there was nothing to confirm.
                if guided.phase() == phase {
                    confirmed?;
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Read as off, for sure or perhaps; not read is neither.
fn job_stop_may_be_off(live: &Live) -> bool {
    live.suspect.job_stop.is_some() || live.modes.job_stop.known() == Some(&false)
}

fn progress(view: &ProcedureView) -> String {
    match view.holding {
        _ if view.rereading => "Everything is read again first.".to_owned(),
        None => "How many jobs run is not known; that is no zero.".to_owned(),
        Some(0) => format!("Nothing that counts is running ({} of {} lists in a row).", view.zeros, view.zeros_needed),
        Some(1) => "1 job is still running.".to_owned(),
        Some(holding) => format!("{holding} jobs are still running."),
    }
}

/// The forecast in whole minutes, if there is one: cut to its beginning, the last one would promise too much.
fn promise(forecast: &Forecast, zone: &TimeZone) -> Option<String> {
    let Forecast::Between { earliest, latest, basis, confidence_percent } = forecast else { return None };
    let earliest = table::local_minute(*earliest, zone);
    let latest = table::local_minute(Timestamp(latest.0.saturating_add(MINUTE_MS - 1)), zone);
    let jobs = if *basis == 1 { "1 earlier job".to_owned() } else { format!("{basis} earlier jobs") };
    Some(format!(
        "0 is expected between {earliest} and {latest} (from {jobs}; at least {confidence_percent} of 100 such forecasts hold)."
    ))
}

/// How a drain ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Drained,
    ReadOnly,
    StillRunning,
    NotKnown,
    JobStopOff,
    NotByItself(Option<StopReason>),
    Elsewhere,
    Interrupted,
}

impl End {
    /// None: it goes on.
    fn of(view: &ProcedureView, live: &Live, then: bool) -> Option<Self> {
        let is_read_only = live.modes.read_only.known() == Some(&true);
        match view.phase {
            Phase::GaveUp if view.holding.is_some_and(|holding| holding > 0) => Some(Self::StillRunning),
            Phase::GaveUp => Some(Self::NotKnown),
            _ if view.rereading => None,
            Phase::Draining | Phase::PointOfNoReturn if job_stop_may_be_off(live) => Some(Self::JobStopOff),
            Phase::PointOfNoReturn if !then => Some(Self::Drained),
            Phase::PointOfNoReturn | Phase::QuietGate if is_read_only => match view.holding {
                Some(0) if live.modes.job_stop.known() == Some(&true) => Some(Self::ReadOnly),
                Some(0) => Some(Self::JobStopOff),
                Some(_) => Some(Self::StillRunning),
                None => None,
            },
            Phase::Draining | Phase::PointOfNoReturn if then => match view.automation {
                Automation::Armed | Automation::Held => None,
                Automation::Stopped { why } => Some(Self::NotByItself(Some(why))),
                Automation::Off => Some(Self::NotByItself(None)),
            },
            Phase::Draining | Phase::GoingReadOnly | Phase::QuietGate => None,
            Phase::StoppingJobs => job_stop_may_be_off(live).then_some(Self::JobStopOff),
            _ => Some(Self::Elsewhere),
        }
    }

    /// The time is over in a phase that has no end of its own.
    fn late(live: &Live) -> Self {
        let holding = live.procedure.as_ref().and_then(|view| view.holding);
        if holding.is_some_and(|holding| holding > 0) {
            Self::StillRunning
        } else {
            Self::NotKnown
        }
    }

    const fn exit(self) -> Exit {
        match self {
            Self::Drained | Self::ReadOnly => Exit::Done,
            Self::StillRunning => Exit::StillRunning,
            Self::NotKnown | Self::NotByItself(Some(StopReason::Lost)) => Exit::Unknown,
            Self::JobStopOff | Self::NotByItself(_) | Self::Elsewhere | Self::Interrupted => Exit::Failed,
        }
    }

    const fn outcome(self) -> &'static str {
        match self {
            Self::Drained => "drained",
            Self::ReadOnly => "read_only",
            Self::StillRunning => "still_running",
            Self::NotKnown => "unknown",
            Self::JobStopOff => "job_stop_off",
            Self::NotByItself(_) => "read_only_not_reached",
            Self::Elsewhere => "not_draining",
            Self::Interrupted => "interrupted",
        }
    }

    fn tell(self, guided: &Guided) {
        let modes = guided.modes();
        let sentence = match self {
            Self::Drained | Self::ReadOnly => return,
            Self::StillRunning => "The time is over and jobs are still running.",
            Self::NotKnown => "The time is over, and that nothing runs was not proved.",
            Self::JobStopOff => "Job stop did not stay on: somebody else switched it off, or the switch had no effect.",
            Self::NotByItself(Some(StopReason::ChangedElsewhere)) => {
                "A mode was switched by somebody else, so read-only mode was not switched on."
            }
            Self::NotByItself(Some(StopReason::Lost)) => {
                "The platform could not be read for 5 minutes, so read-only mode was not switched on."
            }
            Self::NotByItself(_) => "Read-only mode was not reached.",
            Self::Elsewhere => {
                "The procedure of this connection is past the drain: somebody works, or the platform was opened by other means."
            }
            Self::Interrupted => "Interrupted.",
        };
        messages::refuse(&format!(
            "{sentence} {modes} Both stay as they are: `itamctl drain` goes on, `itamctl reopen` opens the platform again."
        ));
    }
}

#[cfg(test)]
mod tests {
    use ita_core::domain::forecast::NoForecast;

    use super::*;

    #[test]
    fn a_forecast_is_a_span_of_whole_minutes_that_is_never_shorter_than_it_is() {
        let zone = TimeZone::fixed(jiff::tz::offset(9));
        let at = |text| Timestamp::parse(text).expect("a time");
        let (earliest, latest) = (at("2026-11-22T14:59:59Z"), at("2026-11-22T15:45:01Z"));
        let forecast = Forecast::Between { earliest, latest, basis: 214, confidence_percent: 80 };
        let line = promise(&forecast, &zone).expect("a forecast");
        assert!(line.contains("between 2026-11-22 23:59 and 2026-11-23 00:46 (from 214 earlier jobs;"), "{line}");
        assert_eq!(promise(&Forecast::none(NoForecast::OlderThanAll), &zone), None);
    }
}
