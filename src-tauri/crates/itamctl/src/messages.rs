//! The sentences of the terminal: what happened, what to do, and the platform's own words. They go to stderr; data goes
//! to stdout.

mod problems;

use std::fmt::Write as _;
use std::io::Write as _;

use ita_core::domain::address::Address;
use ita_core::domain::problem::{Problem, ProblemFacts};
use ita_core::domain::test_report::CertificateFacts;
use ita_core::domain::time::Timestamp;
use ita_core::log::{Log, Scrubber};
use ita_core::text::visible;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::prelude::*;

use crate::exit::{Exit, Failure};

/// Says something that is no failure.
pub(crate) fn note(sentence: &str) {
    say("note", sentence);
}

/// Says why something was not done although it could have been.
pub(crate) fn refuse(sentence: &str) {
    say("refused", sentence);
}

/// Lets what the core reports besides (a journal that cannot be written) be seen, and with `verbose` every exchange with
/// the platform. Nothing goes to a file, and no secret to the terminal.
pub(crate) fn show_the_cores(scrubber: &Scrubber, verbose: bool) {
    let log = Log::new(scrubber.clone(), vec![Box::new(std::io::stderr())]);
    let (ours, foreign) =
        if verbose { (LevelFilter::DEBUG, LevelFilter::WARN) } else { (LevelFilter::ERROR, LevelFilter::ERROR) };
    let levels = Targets::new().with_default(foreign).with_target("ita_core", ours);
    let lines = fmt::layer().with_ansi(false).with_target(false).without_time().with_writer(move || log.event());
    // There is one subscriber, and it is set here once.
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(lines.with_filter(levels)));
}

/// Says a problem that does not keep the command from going on.
pub(crate) fn warn(problem: &Problem) {
    say("warning", &explain(problem));
}

/// Says a problem.
pub(crate) fn error(problem: &Problem) {
    say("error", &explain(problem));
}

/// Says why a command was not done, and how it ends.
pub(crate) fn fail(failure: &Failure) -> Exit {
    match failure {
        Failure::Usage(sentence) => {
            say("error", &format!("{sentence}\n  `itamctl --help` shows how it is used."));
            Exit::Usage
        }
        Failure::Failed(sentence) => {
            say("error", sentence);
            Exit::Failed
        }
        Failure::Problem(problem) => {
            error(problem);
            Exit::of(problem.code)
        }
    }
}

/// Says what had to be done to a typed address, and what is risky about it.
pub(crate) fn tell_address(address: &Address) {
    let Address { origin, was_cut, is_plain, unicode_host, lookalikes } = address;
    if *was_cut {
        note(&format!("The address was cut to {origin}."));
    }
    if let Some(host) = unicode_host {
        note(&format!("{origin} is {host}."));
    }
    if !lookalikes.is_empty() {
        let named: Vec<_> = lookalikes.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
        note(&format!("{} can be taken for Latin letters. Make sure that this is the right host.", named.join(", ")));
    }
    if *is_plain {
        note("Over http:// the password travels readable to everybody on the way. Use https:// where the platform offers it.");
    }
}

/// What happened and what to do, with the facts below.
pub(crate) fn explain(problem: &Problem) -> String {
    let mut text = problems::sentence(problem);
    let facts = &*problem.facts;
    if let Some(shown) = &facts.certificate {
        text.push_str(&certificate(shown, facts));
    }
    for line in [platforms_own(facts), exchange(facts)].into_iter().flatten() {
        let _ = write!(text, "\n  {line}");
    }
    text
}

fn say(kind: &str, text: &str) {
    // Nobody is left to be told that stderr is gone.
    let _ = writeln!(std::io::stderr(), "itamctl: {kind}: {text}");
}

/// The platform's message id and its message, which is in the language of the platform's user.
fn platforms_own(facts: &ProblemFacts) -> Option<String> {
    let said = [&facts.platform_result, &facts.platform_message].into_iter().flatten();
    let said: Vec<_> = said.map(|text| visible(text)).collect();
    (!said.is_empty()).then(|| format!("Platform: {}", said.join(" ")))
}

/// What was asked, how it was answered, and the technical reason.
fn exchange(facts: &ProblemFacts) -> Option<String> {
    let request = facts.method.as_ref().zip(facts.path.as_ref()).map(|(method, path)| format!("{method} {path}"));
    let status = facts.status.map(|status| format!("HTTP {status}"));
    let attempts = facts.attempts.filter(|attempts| *attempts > 1).map(|attempts| format!("{attempts} attempts"));
    let elapsed = facts.elapsed_ms.map(|ms| format!("{}.{:03} s", ms / 1_000, ms % 1_000));
    let reason = facts.reason.as_deref().map(visible);
    let known: Vec<_> = [request, status, attempts, elapsed, reason].into_iter().flatten().collect();
    (!known.is_empty()).then(|| format!("Details: {}", known.join(", ")))
}

fn certificate(shown: &CertificateFacts, facts: &ProblemFacts) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| {
        let _ = write!(text, "\n  {name:<11} {}", visible(value));
    };
    if let Some(expected) = &facts.expected_sha256 {
        line("Pinned:", expected);
    }
    if let Some(leaf) = &facts.expected_leaf {
        line("Subject:", &leaf.subject);
        line("Issuer:", &leaf.issuer);
        line("Valid:", &validity(leaf.not_before, leaf.not_after));
    }
    line("Shown:", &shown.sha256);
    line("Subject:", &shown.subject);
    line("Issuer:", &shown.issuer);
    line("Valid:", &validity(shown.not_before, shown.not_after));
    if let Some(objection) = &shown.objection {
        line("Objection:", objection);
    }
    text
}

fn validity(from: Option<Timestamp>, to: Option<Timestamp>) -> String {
    let date = |at: Option<Timestamp>| at.map_or_else(|| "not stated".to_owned(), Timestamp::to_rfc3339);
    format!("{} to {}", date(from), date(to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ita_core::domain::connection::PinnedLeaf;
    use ita_core::domain::problem::ProblemCode;

    #[test]
    fn the_platforms_own_id_and_words_are_shown() {
        let mut problem = Problem::new(ProblemCode::ErrorInDisguise);
        problem.facts.platform_result = Some("999-99999".to_owned());
        problem.facts.platform_message = Some("システムエラー".to_owned());
        let text = explain(&problem);
        assert!(text.contains("Platform: 999-99999 システムエラー"), "{text}");
    }

    #[test]
    fn a_server_cannot_steer_the_terminal() {
        let mut problem = Problem::because(ProblemCode::PlatformError, "a\u{1b}[2Jb\nc\u{202e}d");
        problem.facts.platform_message = Some("\u{7}ping".to_owned());
        let text = explain(&problem);
        assert!(text.chars().all(|c| c == '\n' || !ita_core::text::is_hidden(c)), "{text:?}");
        let (before, details) = text.rsplit_once("\n  Details: ").expect("the details");
        assert!(!before.contains("2Jb") && !details.contains('\n'), "{text:?}");
    }

    #[test]
    fn both_certificates_are_shown_when_a_pin_does_not_fit() {
        let mut problem = Problem::new(ProblemCode::CertificateChanged);
        problem.facts.expected_sha256 = Some("old".repeat(4));
        problem.facts.expected_leaf = Some(PinnedLeaf {
            subject: "CN=before".to_owned(),
            issuer: "CN=before".to_owned(),
            not_before: Some(Timestamp(0)),
            not_after: None,
        });
        problem.facts.certificate = Some(CertificateFacts {
            sha256: "new".repeat(4),
            subject: "CN=ita".to_owned(),
            issuer: "CN=ita".to_owned(),
            not_before: None,
            not_after: None,
            objection: None,
        });
        let text = explain(&problem);
        assert!(text.contains("oldoldoldold") && text.contains("newnewnewnew"), "{text}");
        assert!(text.contains("CN=before") && text.contains("1970-01-01T00:00:00.000Z to not stated"), "{text}");
    }
}
