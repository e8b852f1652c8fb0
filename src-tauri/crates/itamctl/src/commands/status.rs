//! `status`: both modes, how many jobs run, the oldest update.

use std::sync::Arc;

use ita_core::domain::live::{Live, Running};
use ita_core::domain::problem::Problem;
use ita_core::domain::time::Timestamp;
use ita_core::domain::truth::Truth;
use ita_core::domain::zone::ZoneBasis;
use jiff::tz::TimeZone;

use super::NoNews;
use crate::args::Shared;
use crate::compose::{compose, Composed};
use crate::exit::{Exit, Failure};
use crate::messages;
use crate::output::json::{self, Flag, Status};
use crate::output::{table, write_whole};

pub(super) async fn run(shared: &Shared) -> Result<Exit, Failure> {
    let is_json = shared.is_json()?;
    let Composed { console, connection, password, clock } = compose(shared, Arc::new(NoNews))?;
    let (name, platform) = (connection.name.clone(), connection.address.clone());
    let live = console.read_once(connection, password).await;
    let read_at = clock.now();
    let text = if is_json {
        json::line(&Status::new(&live, &platform, read_at))?
    } else {
        rendered(&live, &name, &platform, read_at, &clock.zone())
    };
    write_whole(&text, shared.output.as_deref())?;
    tell_problems(&live);
    Ok(exit(&live))
}

/// What is still running, and what is not known; the rest is well.
fn exit(live: &Live) -> Exit {
    let mut exit = match live.running.known() {
        Some(running) if running.deciding > 0 => Exit::StillRunning,
        _ => Exit::Done,
    };
    for cause in unknowns(live) {
        exit = exit.or_worse(cause.map_or(Exit::Unknown, |problem| Exit::of_unread(problem.code)));
    }
    exit
}

/// The parts that are not known, each with its cause; without one where it was not asked for.
fn unknowns(live: &Live) -> Vec<Option<&Problem>> {
    let modes = &live.modes;
    let truths = [cause(&modes.job_stop), cause(&modes.read_only), cause(&live.running)];
    truths.into_iter().filter_map(Result::err).collect()
}

/// `Ok` if it is known, otherwise why it is not.
const fn cause<T>(truth: &Truth<T>) -> Result<(), Option<&Problem>> {
    match truth {
        Truth::Known { .. } => Ok(()),
        Truth::Stale { problem, .. } => Err(Some(problem)),
        Truth::Unknown { problem } => Err(problem.as_ref()),
    }
}

/// Says each cause once: the same failure leaves several parts unknown.
fn tell_problems(live: &Live) {
    let mut told: Vec<&Problem> = Vec::new();
    for problem in unknowns(live).into_iter().flatten() {
        if !told.iter().any(|before| is_same(before, problem)) {
            messages::error(problem);
            told.push(problem);
        }
    }
    if let Some(running) = live.running.known() {
        tell_oddities(running);
    }
}

/// The same failure, also where it was met by two requests.
fn is_same(one: &Problem, other: &Problem) -> bool {
    let told = |problem: &Problem| (problem.code, problem.facts.platform_result.clone(), problem.facts.reason.clone());
    told(one) == told(other)
}

/// What an administrator has to know beside the figures.
pub(super) fn tell_oddities(running: &Running) {
    for mismatch in &running.mismatches {
        let place = match (&mismatch.organization, &mismatch.workspace) {
            (Some(organization), Some(workspace)) => format!("for {organization}/{workspace}"),
            (Some(organization), None) => format!("for {organization}"),
            _ => "in all".to_owned(),
        };
        messages::note(&format!(
            "The platform reports {} counted jobs {} and lists {}; the larger figure decides.",
            mismatch.reported,
            ita_core::text::visible(&place),
            mismatch.counted
        ));
    }
    if running.unclassified > 0 {
        messages::note(&format!(
            "{} rows are of backyards that this program does not know; they may count as running.",
            running.unclassified
        ));
    }
}

fn rendered(live: &Live, name: &str, platform: &str, read_at: Timestamp, zone: &TimeZone) -> String {
    let flag = |truth| Flag::of(truth).word().to_owned();
    let oldest = live.running.known().map(|running| oldest(running, &live.zone, zone));
    table::pairs(&[
        ("Platform", format!("{platform} ({name})")),
        ("Server-side job stop", flag(&live.modes.job_stop)),
        ("Read-only mode", flag(&live.modes.read_only)),
        ("Running", live.running.known().map_or_else(|| "unknown".to_owned(), figures)),
        ("Oldest update", oldest.unwrap_or_else(|| "unknown".to_owned())),
        ("Read at", table::local(read_at, zone)),
    ])
}

fn figures(running: &Running) -> String {
    let counted = running.deciding.saturating_sub(running.unclassified);
    let conductors = running.conductors;
    match running.unclassified {
        0 => format!("{counted} counted, {conductors} conductors (not counted)"),
        odd => format!("{counted} counted, {conductors} conductors (not counted), {odd} not classified"),
    }
}

fn oldest(running: &Running, basis: &ZoneBasis, zone: &TimeZone) -> String {
    match (running.oldest_update, running.platform_time) {
        (Some(oldest), Some(now)) => {
            let seconds = now.since(oldest) / 1_000;
            format!("{} ({} ago)", table::local(oldest, zone), table::age(seconds.unsigned_abs()))
        }
        (Some(oldest), None) => table::local(oldest, zone),
        (None, _) if running.rows == 0 => "none".to_owned(),
        (None, _) => format!("unknown: {}", without_times(basis)),
    }
}

/// Why no row has a time.
pub(super) fn without_times(zone: &ZoneBasis) -> String {
    match zone {
        ZoneBasis::Contradicted { name } => {
            format!("the platform's times do not fit the zone that was given ({name}); give another with --timezone")
        }
        ZoneBasis::Bounded { .. } | ZoneBasis::Unproven => {
            "the zone of the platform's times is not proven; give it with --timezone".to_owned()
        }
        ZoneBasis::Given { .. } | ZoneBasis::Proven { .. } | ZoneBasis::Assumed { .. } => {
            "no row has a time that can be read".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ita_core::domain::modes::ModeReading;
    use ita_core::domain::monitor::Monitor;
    use ita_core::domain::problem::ProblemCode;

    fn running(counted: u32, conductors: u32) -> Running {
        Running {
            reported: counted,
            counted,
            conductors,
            unclassified: 0,
            rows: counted + conductors,
            organizations: 1,
            workspaces: 1,
            mismatches: Vec::new(),
            deciding: counted,
            vanished: Vec::new(),
            oldest_update: None,
            platform_time: None,
            took_ms: 1,
        }
    }

    fn read(flags: ModeReading, running: Option<Running>) -> Monitor {
        let mut monitor = Monitor::new(1, None, 10);
        monitor.modes_read(flags, Timestamp(1));
        match running {
            Some(running) => monitor.jobs_read(running, 1, ZoneBasis::Unproven, Timestamp(1)),
            None => monitor.jobs_failed(&Problem::new(ProblemCode::ErrorInDisguise), Timestamp(1)),
        }
        monitor
    }

    const KNOWN: ModeReading = ModeReading { job_stop: Some(true), read_only: Some(false) };

    #[test]
    fn conductors_do_not_count_and_jobs_do() {
        assert_eq!(exit(read(KNOWN, Some(running(0, 5))).live()), Exit::Done);
        assert_eq!(exit(read(KNOWN, Some(running(1, 0))).live()), Exit::StillRunning);
    }

    #[test]
    fn a_platform_that_reports_more_than_it_lists_is_still_running() {
        let denied = Running { reported: 1, deciding: 1, ..running(0, 0) };
        assert_eq!(exit(read(KNOWN, Some(denied)).live()), Exit::StillRunning);
    }

    #[test]
    fn what_is_unknown_wins_over_what_runs() {
        assert_eq!(exit(read(KNOWN, None).live()), Exit::Unknown);
        let missing = ModeReading { job_stop: None, ..KNOWN };
        assert_eq!(exit(read(missing, Some(running(3, 0))).live()), Exit::Unknown);
    }

    #[test]
    fn a_stop_wins_over_everything() {
        for (code, expected) in [
            (ProblemCode::LoginRefused, Exit::LoginRefused),
            (ProblemCode::CertificateUntrusted, Exit::CertificateUntrusted),
        ] {
            let mut monitor = read(KNOWN, Some(running(3, 0)));
            monitor.stopped(Problem::new(code), Timestamp(2));
            assert_eq!(exit(monitor.live()), expected);
        }
    }

    #[test]
    fn unknown_is_a_word_and_never_a_number() {
        let monitor = read(ModeReading::default(), None);
        let text = rendered(monitor.live(), "x", "http://x", Timestamp(0), &TimeZone::UTC);
        assert_eq!(text.matches("unknown").count(), 4, "{text}");
        assert!(!text.contains("0 counted"), "{text}");
    }
}
