//! The connection test: its steps, and the certificate as an administrator compares it.

use serde::Serialize;
use ts_rs::TS;

use super::problem::Problem;
use super::time::Timestamp;
use super::zone::ZoneBasis;

/// One step of the connection test, in the order in which they run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum TestStep {
    /// The address is usable, with a warning about plain http to another machine; `note` is its origin.
    Address,
    /// The host's name resolves; `note` lists addresses.
    NameResolution,
    /// A TCP connection opens.
    Reach,
    /// TLS and who signed it.
    Tls,
    /// Which site answers without credentials.
    Site,
    /// Login; `note` is `token` or `basic`.
    Login,
    /// The mode setting can be read.
    ReadModes,
    /// The running jobs can be read; `note` is the figure that decides whether anything runs.
    ReadJobs,
    /// The platform's clock against ours, `note` is the difference in seconds, and how the labels of the running jobs would
    /// be read, in `zone`.
    Clock,
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
#[ts(export)]
pub enum StepOutcome {
    /// As it should be.
    Passed,
    /// Usable, with something to know.
    Warned {
        /// What to know.
        problem: Problem,
    },
    /// Failed; later steps are skipped.
    Failed {
        /// Cause and facts.
        problem: Problem,
    },
    /// Not run: an earlier step failed, or it does not apply (TLS on http).
    Skipped,
}

/// The result of one step.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export)]
pub struct StepResult {
    /// Of which test: the number that whoever began it gave it.
    pub test: u32,
    /// Which.
    pub step: TestStep,
    /// How it ended.
    #[serde(flatten)]
    pub outcome: StepOutcome,
    /// A value worth showing; see [`TestStep`].
    pub note: Option<String>,
    /// The certificate, for the TLS step on https.
    pub certificate: Option<CertificateFacts>,
    /// What the running jobs show of the zone of their labels, for the clock's step.
    pub zone: Option<ZoneBasis>,
}

/// What a certificate says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct CertificateFacts {
    /// SHA-256 of the leaf, lower-case hexadecimal without separators.
    pub sha256: String,
    /// Subject as RFC 4514-like text.
    pub subject: String,
    /// Issuer.
    pub issuer: String,
    /// Start of validity.
    pub not_before: Option<Timestamp>,
    /// End of validity.
    pub not_after: Option<Timestamp>,
    /// What the system's rules hold against it, as a technical term (`UnknownIssuer`, `Expired`, `NotValidForName`…).
    pub objection: Option<String>,
}
