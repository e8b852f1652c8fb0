//! How a call ends: the exit codes of product §10.

use std::process::ExitCode;

use ita_core::domain::problem::{Problem, ProblemCode};

/// An exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done; nothing counted is running; `jobs`: the list is known.
    Done = 0,
    /// Refused or failed.
    Failed = 1,
    /// Wrong use.
    Usage = 2,
    /// Counted jobs are still running.
    StillRunning = 3,
    /// The state is unknown, or the platform was not reached.
    Unknown = 4,
    /// The login was refused.
    LoginRefused = 5,
    /// The certificate is not trusted.
    CertificateUntrusted = 6,
}

/// Why a command could not do what it was asked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Failure {
    /// Wrong use, in a sentence.
    Usage(String),
    /// Something of this machine failed, in a sentence.
    Failed(String),
    /// A problem of the core's.
    Problem(Problem),
}

impl Failure {
    /// Wrong use.
    pub(crate) fn usage(sentence: impl Into<String>) -> Self {
        Self::Usage(sentence.into())
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Exit {
    /// What a problem means for a script.
    pub(crate) const fn of(code: ProblemCode) -> Self {
        use ProblemCode as Code;
        match code {
            Code::LoginRefused => Self::LoginRefused,
            Code::CertificateUntrusted | Code::CertificateChanged => Self::CertificateUntrusted,
            Code::AddressInvalid | Code::BadArgument | Code::PasswordNeeded => Self::Usage,
            Code::Cancelled
            | Code::RefusedByPlatform
            | Code::RefusedReadOnly
            | Code::SecretTooLong
            | Code::LockClosed
            | Code::ConfirmationNeeded
            | Code::SwitchWithoutEffect
            | Code::SwitchInProgress
            | Code::DrivenElsewhere
            | Code::ProcedureUnderWay
            | Code::OtherProgramSilent
            | Code::SettingsDamaged
            | Code::SettingsNewer
            | Code::FileNotWritten
            | Code::ImportRefused
            | Code::NoProcedure
            | Code::NotConnected
            | Code::Internal => Self::Failed,
            Code::NameNotResolved
            | Code::ConnectionRefused
            | Code::Unreachable
            | Code::TimedOut
            | Code::TlsFailed
            | Code::PlainHttp
            | Code::WrongSite
            | Code::Redirected
            | Code::NotTheApi
            | Code::PlatformError
            | Code::GatewayError
            | Code::TooManyRequests
            | Code::ErrorInDisguise
            | Code::IncompleteAnswer
            | Code::UnreadableAnswer
            | Code::AnswerTooLarge
            | Code::FlagMissing
            | Code::CountMismatch
            | Code::ClocksDiffer
            | Code::ZoneContradicted
            | Code::KeyringUnavailable
            | Code::KeyringLocked
            | Code::KeyringTimedOut
            | Code::OutcomeUnknown
            | Code::NothingToExport => Self::Unknown,
        }
    }

    /// What a problem that left a read without its answer means: nothing is known, unless somebody has to act first.
    pub(crate) const fn of_unread(code: ProblemCode) -> Self {
        match Self::of(code) {
            Self::Failed => Self::Unknown,
            exit => exit,
        }
    }

    /// The one of two that a script has to hear of.
    pub(crate) const fn or_worse(self, other: Self) -> Self {
        if other.rank() > self.rank() {
            other
        } else {
            self
        }
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::StillRunning => 1,
            Self::Failed => 2,
            Self::Unknown => 3,
            Self::Usage => 4,
            Self::CertificateUntrusted => 5,
            Self::LoginRefused => 6,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn login_and_certificate_win_over_unknown_and_unknown_over_running() {
        let (running, unknown) = (Exit::StillRunning, Exit::Unknown);
        assert_eq!(Exit::Done.or_worse(running), running);
        assert_eq!(running.or_worse(unknown), unknown);
        assert_eq!(unknown.or_worse(running), unknown);
        for first in [Exit::LoginRefused, Exit::CertificateUntrusted] {
            assert_eq!(first.or_worse(unknown), first);
            assert_eq!(unknown.or_worse(first), first);
        }
    }

    #[test]
    fn a_read_without_an_answer_leaves_the_state_unknown() {
        assert_eq!(Exit::of_unread(ProblemCode::RefusedByPlatform), Exit::Unknown, "403 to a read says nothing");
        assert_eq!(Exit::of_unread(ProblemCode::ErrorInDisguise), Exit::Unknown);
        assert_eq!(Exit::of_unread(ProblemCode::LoginRefused), Exit::LoginRefused);
        assert_eq!(Exit::of_unread(ProblemCode::CertificateChanged), Exit::CertificateUntrusted);
        assert_eq!(Exit::of_unread(ProblemCode::BadArgument), Exit::Usage);
    }

    #[test]
    fn the_numbers_are_those_that_scripts_know() {
        let all = [
            Exit::Done,
            Exit::Failed,
            Exit::Usage,
            Exit::StillRunning,
            Exit::Unknown,
            Exit::LoginRefused,
            Exit::CertificateUntrusted,
        ];
        assert_eq!(all.map(|exit| exit as u8), [0, 1, 2, 3, 4, 5, 6]);
    }
}
