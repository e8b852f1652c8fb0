//! What can go wrong, as data. A code exists only if somebody acts on it; the words stand in the UI's catalogue and in
//! `itamctl`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::connection::PinnedLeaf;
use super::procedure::view::UnderWay;
use super::procedure::ProcedurePhase;
use super::test_report::CertificateFacts;
use super::time::Timestamp;

/// Why something is unknown, refused or failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ProblemCode {
    // ---- the way there
    /// The address cannot be used; `reason` says which rule it breaks.
    AddressInvalid,
    /// The host's name has no address.
    NameNotResolved,
    /// Nobody listens at that port.
    ConnectionRefused,
    /// No way to the host (no route, network down, closed before an answer).
    Unreachable,
    /// No answer, or not all of it, within the time limit.
    TimedOut,
    /// Stopped by the user or because the connection was left.
    Cancelled,
    // ---- TLS
    /// The certificate is not trusted; `certificate` shows it. Nothing was sent.
    CertificateUntrusted,
    /// The pinned certificate is not the one the server shows; both are in the facts. Nothing was sent.
    CertificateChanged,
    /// TLS failed for another reason (cipher, broken handshake); `reason` is `tls_version` where the server speaks nothing
    /// newer than TLS 1.1.
    TlsFailed,
    /// Plain http to another machine: everybody on the way can read the password. A warning, never a failure.
    PlainHttp,
    // ---- the wrong door
    /// 403 in HTML: the organization users' site, or a wrong path (platform-contract §6).
    WrongSite,
    /// A redirect, which is never followed; `location` names the target.
    Redirected,
    /// An answer that is not from this API: HTML with 200, a wrong content type, 404.
    NotTheApi,
    // ---- login
    /// The platform refused this user and password. Every request stops until the user acts. `reason` is `password_colon`
    /// where Basic cannot carry the password (platform-contract §6).
    LoginRefused,
    /// No password at hand: it has to be asked for.
    PasswordNeeded,
    // ---- the platform answered, and it is no good
    /// A 5xx with the platform's own error inside.
    PlatformError,
    /// A 502, 503 or 504 of a web server in front.
    GatewayError,
    /// 429: asked to wait.
    TooManyRequests,
    /// A 4xx with a reason of the platform's.
    RefusedByPlatform,
    /// Refused because read-only mode is on: by the platform (498), or before anything was sent where that is known.
    RefusedReadOnly,
    /// "200 SUCCESS" with an error inside (platform-contract §5).
    ErrorInDisguise,
    /// A well-formed answer without the parts that make it one.
    IncompleteAnswer,
    /// Not JSON, or cut off.
    UnreadableAnswer,
    /// Larger than the limit; `limit` and `actual` in bytes.
    AnswerTooLarge,
    /// A reported count disagrees with the rows that are listed; `reason` has both.
    CountMismatch,
    /// A flag of the mode setting is absent or null.
    FlagMissing,
    /// The platform's clock and this workstation's are minutes apart; `reason` has the seconds. A warning, never a failure.
    ClocksDiffer,
    /// The labels of the running jobs do not fit the time zone that was given; `reason` names it. A warning, never a failure.
    ZoneContradicted,
    // ---- the keyring
    /// No keyring service can be reached.
    KeyringUnavailable,
    /// The keyring is locked, or its prompt was dismissed.
    KeyringLocked,
    /// The keyring did not answer in time.
    KeyringTimedOut,
    /// The secret does not fit into this system's keyring.
    SecretTooLong,
    // ---- switching
    /// The lock of a production connection is closed.
    LockClosed,
    /// The confirmation that this switch needs was not given, or the typed name differs.
    ConfirmationNeeded,
    /// The write was sent and its outcome is not known.
    OutcomeUnknown,
    /// The platform accepted the switch and the read-back shows it had no effect.
    SwitchWithoutEffect,
    /// Another switch is still on its way.
    SwitchInProgress,
    /// Another program on this workstation drives the procedure of this connection, or left it.
    DrivenElsewhere,
    /// The procedure of this connection is under way at another address; `under_way` says where.
    ProcedureUnderWay,
    // ---- another window
    /// Another window of this user is open and does not answer; `reason` names its process. This one started beside it.
    OtherProgramSilent,
    // ---- files
    /// The settings file could not be read; it was kept aside.
    SettingsDamaged,
    /// The settings file is from a newer version: opened read-only.
    SettingsNewer,
    /// A file could not be written; `path` and `reason`.
    FileNotWritten,
    /// A file of connections cannot be imported; `reason` says where and why. Nothing was saved.
    ImportRefused,
    /// Nothing is known, so there is nothing to export.
    NothingToExport,
    /// No procedure was begun, so there is no evidence of one.
    NoProcedure,
    // ---- calls
    /// No connection is open.
    NotConnected,
    /// No such connection, column, zone…; `reason` names it.
    BadArgument,
    /// A defect of ours.
    Internal,
}

/// A problem with the facts of how it came about. Never holds a secret.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct Problem {
    /// What it is.
    pub code: ProblemCode,
    /// How it came about.
    pub facts: Box<ProblemFacts>,
}

/// Transport and platform facts of a problem; null where they do not apply.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct ProblemFacts {
    /// HTTP method.
    pub method: Option<String>,
    /// Path of the request, without query.
    pub path: Option<String>,
    /// HTTP status.
    pub status: Option<u16>,
    /// How often it was tried.
    pub attempts: Option<u32>,
    /// How long it took in all, ms.
    #[ts(type = "number | null")]
    pub elapsed_ms: Option<u64>,
    /// The platform's `result`, such as `401-00002`.
    pub platform_result: Option<String>,
    /// The platform's own message, in the language of the platform user.
    pub platform_message: Option<String>,
    /// The platform's clock when it answered.
    pub platform_time: Option<Timestamp>,
    /// Target of a refused redirect.
    pub location: Option<String>,
    /// Seconds the platform asked to wait, clamped to 1 s to 1 h.
    pub retry_after_seconds: Option<u32>,
    /// A limit that was passed, in bytes.
    #[ts(type = "number | null")]
    pub limit: Option<u64>,
    /// The size that passed it.
    #[ts(type = "number | null")]
    pub actual: Option<u64>,
    /// A short technical reason (parser position, I/O error, name of an argument).
    pub reason: Option<String>,
    /// The certificate that the server showed.
    pub certificate: Option<CertificateFacts>,
    /// SHA-256 of the pinned certificate where it differs.
    pub expected_sha256: Option<String>,
    /// What that one said of itself when it was pinned, if that is remembered.
    pub expected_leaf: Option<PinnedLeaf>,
    /// The procedure that stands in the way.
    pub under_way: Option<UnderWay>,
}

impl Problem {
    /// A problem without facts.
    pub fn new(code: ProblemCode) -> Self {
        Self { code, facts: Box::default() }
    }

    /// A problem with a technical reason.
    pub fn because(code: ProblemCode, reason: impl Into<String>) -> Self {
        Self { code, facts: Box::new(ProblemFacts { reason: Some(reason.into()), ..ProblemFacts::default() }) }
    }

    /// A procedure keeps its connection at its address.
    pub fn under_way(address: &str, phase: ProcedurePhase) -> Self {
        let under_way = Some(UnderWay { address: address.to_owned(), phase });
        let facts = ProblemFacts { under_way, ..ProblemFacts::default() };
        Self { code: ProblemCode::ProcedureUnderWay, facts: Box::new(facts) }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.code)?;
        if let Some(reason) = &self.facts.reason {
            write!(f, ": {reason}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}
