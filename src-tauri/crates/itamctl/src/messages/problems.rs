//! One sentence or a few for each problem: the cause, and what to do.

use ita_core::domain::problem::{Problem, ProblemCode};
use ita_core::domain::procedure::view::UnderWay;
use ita_core::domain::procedure::ProcedurePhase;
use serde_json::Value;

/// What happened and what to do.
pub(super) fn sentence(problem: &Problem) -> String {
    let reason = problem.facts.reason.as_deref().unwrap_or_default();
    match problem.code {
        ProblemCode::AddressInvalid => format!("This address cannot be used: {}.", address_rule(reason)),
        ProblemCode::BadArgument => bad_argument(reason),
        ProblemCode::LoginRefused if reason == "password_colon" => bad_argument(reason),
        ProblemCode::TlsFailed if reason == "tls_version" => OLD_TLS.to_owned(),
        ProblemCode::LoginRefused if problem.facts.status.is_none() => STOPPED.to_owned(),
        ProblemCode::Redirected => {
            let target = problem.facts.location.as_deref().map(ita_core::text::visible).unwrap_or_default();
            format!(
                "The server redirected to {target}. Redirects are not followed, so that the password goes nowhere else. \
                 If that is the right address, use it."
            )
        }
        ProblemCode::ProcedureUnderWay => problem.facts.under_way.as_ref().map_or_else(String::new, under_way),
        code => fixed(code).to_owned(),
    }
}

/// Which procedure, where, and what to do.
fn under_way(UnderWay { address, phase }: &UnderWay) -> String {
    format!(
        "The procedure of this connection is under way on {address} ({}), where modes may be on, and the connection leads \
         to another address. Nothing was switched. Let it lead to {address} until the procedure is ended or aborted, and add \
         the other address as a connection of its own.",
        phase_words(*phase)
    )
}

/// As scripts read it.
fn phase_words(phase: ProcedurePhase) -> String {
    let name = serde_json::to_value(phase).ok();
    name.as_ref().and_then(Value::as_str).unwrap_or_default().replace('_', " ")
}

const STOPPED: &str = "This connection stands still because its password was refused before. Nothing was sent, so that \
                       the account does not get locked. Give the password with --password-stdin, or enter it in the window.";

const OLD_TLS: &str =
    "The server speaks nothing newer than TLS 1.1, which is not safe any more. Let its administrator allow \
                       TLS 1.2 or 1.3; no setting here makes up for it.";

const PLAIN_HTTP: &str =
    "Over http:// the password travels readable to everybody on the way. Use https:// where the platform offers it.";

const SECRET_TOO_LONG: &str =
    "The password does not fit into a keyring: 1,280 characters at most. Save the connection with \
    --secret ask and give the password with each call.";

const IMPORT_REFUSED: &str =
    "The file of connections cannot be used, and nothing was imported. The reason below names \
                              the place in it. Ask for a new export.";

const NO_PROCEDURE: &str = "No procedure of this connection is known, so there is no evidence of one. \
                            `itamctl drain` or the window begins one.";

/// A table: the compiler sees to it that no code is without words.
#[expect(clippy::too_many_lines, reason = "one row for each code")]
fn fixed(code: ProblemCode) -> &'static str {
    use ProblemCode as Code;
    match code {
        Code::NameNotResolved => "The host name was not found. Check its spelling, and your VPN or network.",
        Code::ConnectionRefused => {
            "The host was reached and nothing listens at this port. Check the port, and whether the web server runs."
        }
        Code::Unreachable => "The host cannot be reached, or it hung up before an answer. Check the network.",
        Code::TimedOut => {
            "There was no complete answer in time. Check the load of the platform, or wait longer with --timeout."
        }
        Code::CertificateUntrusted => {
            "The certificate of the server is not trusted, so nothing was sent, no password either. Ask the server's \
             administrator for the fingerprint; if it is the one below, trust it with --pin, or its authority with --ca-file."
        }
        Code::CertificateChanged => {
            "The server shows another certificate than the pinned one, so nothing was sent, no password either. It was \
             renewed, or somebody stands in between. Ask whoever renewed it for the new fingerprint before you use it."
        }
        Code::TlsFailed => {
            "TLS could not be established. Check whether the address is http:// or https://, and the server's TLS settings."
        }
        Code::PlainHttp => PLAIN_HTTP,
        Code::WrongSite => {
            "This is not the site of the system administrators: it is the organization users' site, or the path is \
             wrong. Use the administrators' address; in the standard setup its port is 81, not 80."
        }
        Code::NotTheApi => {
            "This is not an answer of the platform's API. Check the address, and any proxy or sign-in page in between."
        }
        Code::LoginRefused => {
            "The platform refused the login: user or password are wrong, or the user is disabled or locked. It was \
             tried once and nothing more is sent, so that the account does not get locked. Check user and password first."
        }
        Code::PasswordNeeded => {
            "The password of this connection is not at hand. Give it with --password-stdin or the environment variable \
             ITAMCTL_PASSWORD, or enter it once in the window."
        }
        Code::PlatformError => {
            "The platform had an internal error: its identity server, its database or ITA may be down. Check its logs."
        }
        Code::GatewayError => {
            "The web server in front answered instead of the platform, which may be restarting. Try again later."
        }
        Code::TooManyRequests => "The server asked to wait. Ask less often.",
        Code::RefusedByPlatform => "The platform refused the request. The reason is below.",
        Code::RefusedReadOnly => "The platform refused the request because read-only mode is on.",
        Code::ErrorInDisguise => {
            "The platform said success and sent an error inside, so how many jobs run is not known; it does not mean \
             none. The database of some workspace may be broken: check the logs of ITA's administration service."
        }
        Code::IncompleteAnswer => {
            "The answer lacks parts that it must have, so what it says is not known. Check the platform's version and logs."
        }
        Code::UnreadableAnswer => {
            "The answer was cut off or is not JSON, so what it says is not known. Check any proxy in between, or the file."
        }
        Code::AnswerTooLarge => "The answer passed the size limit, so what it says is not known.",
        Code::CountMismatch => {
            "The reported number of running jobs and the listed jobs disagree. The larger figure counts: look at the list \
             before you go on to read-only."
        }
        Code::ClocksDiffer => {
            "The platform's clock and this machine's are minutes apart, and so are the times in the platform's logs and in \
             the journal here. Set the one that is wrong."
        }
        Code::ZoneContradicted => {
            "The times of the running jobs do not fit the time zone that was given, so ages and UTC times are left out. \
             Give the zone in which the platform's containers run with --timezone."
        }
        Code::FlagMissing => {
            "The platform's answer does not hold this mode, so it is neither on nor off but unknown. A row may be \
             missing in the platform's table of the maintenance mode setting."
        }
        Code::Cancelled => "It was stopped before it was complete. No file was written, and one that was there is as it was.",
        Code::KeyringUnavailable => {
            "No keyring can be reached, and the password of this connection is kept there. Start the keyring service, \
             or give the password with --password-stdin or the environment variable ITAMCTL_PASSWORD."
        }
        Code::KeyringLocked => "The keyring is locked. Unlock it, or give the password with --password-stdin.",
        Code::KeyringTimedOut => {
            "The keyring did not answer in time; its prompt may be hidden. Answer it, or give the password with \
             --password-stdin."
        }
        Code::SecretTooLong => SECRET_TOO_LONG,
        Code::LockClosed => "Nothing is switched on a production connection without --confirm and its name.",
        Code::ConfirmationNeeded => "This switch needs --confirm with the name of the connection. Nothing has changed.",
        Code::OutcomeUnknown => {
            "The switch was sent and its outcome is not known. Look with `itamctl status` before you do anything else."
        }
        Code::SwitchWithoutEffect => {
            "The platform accepted the switch, and the value read back is still the old one. A row may be missing in \
             its table of the maintenance mode setting, or somebody else switched at the same time."
        }
        Code::SwitchInProgress => "Another switch is on its way. Wait until it has ended.",
        Code::DrivenElsewhere => {
            "Another program on this workstation drives the procedure of this connection: the window, or another itamctl. \
             Nothing was sent. Go on there, or end it there first."
        }
        Code::ProcedureUnderWay => "The procedure of this connection is under way on another address.",
        Code::OtherProgramSilent => "Another ITA Maintenance is running and does not answer.",
        Code::SettingsDamaged => {
            "The file of the connections could not be read. It was kept aside, and its last good copy is used."
        }
        Code::SettingsNewer => "A file of this program is from a newer version of it. It stays as it is: use that version.",
        Code::FileNotWritten => "The file could not be written; one that was there before is unchanged.",
        Code::ImportRefused => IMPORT_REFUSED,
        Code::NothingToExport => "The list of jobs is not known, and what is not known is not written.",
        Code::NoProcedure => NO_PROCEDURE,
        Code::NotConnected => "No connection is open.",
        Code::AddressInvalid => "This address cannot be used.",
        Code::Redirected => "The server redirected somewhere else. Redirects are not followed.",
        Code::BadArgument => "A value cannot be used.",
        Code::Internal => {
            "This is a defect of itamctl. `itamctl status` shows whether anything was switched. Please report it with the \
             details below."
        }
    }
}

fn address_rule(reason: &str) -> &'static str {
    match reason {
        "empty" => "it is empty",
        "too_long" => "it is too long",
        "scheme" => "it has to begin with http:// or https://",
        "userinfo" => "it must not hold a user or a password; use --user",
        "host" => "its host is no host name",
        "port" => "its port is not from 1 to 65535",
        _ => "it is not written like one",
    }
}

fn bad_argument(reason: &str) -> String {
    let sentence = match reason {
        "name" => "The name cannot be used: it is empty, too long, or holds control characters.",
        "user" => "The user cannot be used: it is empty, too long, or holds control characters.",
        "user_colon" => "A user name cannot hold a colon, which the platform takes as a separator.",
        "password_colon" => {
            "A password with a colon cannot log in by Basic: the platform cuts it there. Use --login token."
        }
        "password_empty" => "The password is empty.",
        "password_line" => "A password is one line, and this one holds a line break or a NUL character.",
        "pin" | "fingerprint" => "--pin takes a SHA-256 fingerprint: 64 hexadecimal digits, with or without colons.",
        "zone" => "--timezone takes auto, UTC or an IANA name such as Asia/Tokyo, and there is no such zone.",
        "give_up_at" => "The time of --timeout was over before the wait could begin. Nothing was begun.",
        "filter.text" => "The text of --filter is too long: at most 1,000 characters.",
        other => match other.strip_prefix("ca_file: ") {
            Some(cause) => return format!("The file of --ca-file cannot be used: {}.", ita_core::text::visible(cause)),
            None => return format!("A value cannot be used: {}.", ita_core::text::visible(other)),
        },
    };
    sentence.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stopped_connection_is_told_apart_from_a_refused_password() {
        let stopped = Problem::new(ProblemCode::LoginRefused);
        assert!(sentence(&stopped).contains("Nothing was sent"));
        let mut refused = stopped;
        refused.facts.status = Some(401);
        assert!(sentence(&refused).contains("tried once"));
    }

    #[test]
    fn a_defect_does_not_claim_that_nothing_was_sent() {
        assert!(sentence(&Problem::new(ProblemCode::Internal)).contains("itamctl status"));
    }

    #[test]
    fn an_error_in_disguise_says_that_it_does_not_mean_none() {
        assert!(sentence(&Problem::new(ProblemCode::ErrorInDisguise)).contains("does not mean none"));
    }
}
