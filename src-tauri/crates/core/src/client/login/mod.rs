//! Logging in: one token for all calls, Basic where the platform offers no token, and a stop after the first refused
//! password (platform-contract §6).
//!
//! A token lives in memory only and dies with its client. There is no logout request: the contract knows of none, closing
//! must not wait for a network that may be gone, and the session at the identity server ends by itself after its idle life.

mod token;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::OnceLock;
use std::time::Duration;

use base64::prelude::{Engine, BASE64_STANDARD};
use reqwest::header::HeaderValue;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{watch, Mutex, MutexGuard};
use tokio::time::Instant;

use super::transport::{wiped, Transport};
use crate::domain::connection::LoginWay;
use crate::domain::live::LoginState;
use crate::domain::problem::{Problem, ProblemCode};
use crate::log::{Cover, Scrubber};
use token::{Denial, Token};

/// At most one new login in this time because a token was rejected.
const RENEWAL_PACE: Duration = Duration::from_secs(60);

/// The login of one client.
#[derive(Debug)]
pub(super) struct Session {
    user: String,
    password: SecretString,
    /// No text that leaves the program holds it.
    cover: Cover,
    way: LoginWay,
    /// Set by the first refused password and never cleared: nothing is sent any more.
    stopped: OnceLock<Problem>,
    state: watch::Sender<Option<LoginState>>,
    /// Logins that failed; lets those who waited for one share its failure.
    failures: AtomicU64,
    slot: Mutex<Slot>,
}

/// What is held; whoever holds the lock is the only one who logs in.
#[derive(Debug, Default)]
struct Slot {
    credential: Credential,
    /// Counts the tokens, so that a late 401 to an old one does not end the new one.
    serial: u64,
    renewed: Option<Instant>,
    last_failure: Option<Problem>,
}

#[derive(Debug, Default)]
enum Credential {
    #[default]
    None,
    Token(Token),
    Basic {
        /// The platform accepted it once.
        proven: bool,
    },
}

/// Leave to send one request.
#[derive(Debug)]
pub(super) struct Pass<'a> {
    pub(super) authorization: HeaderValue,
    kind: PassKind<'a>,
}

impl Pass<'_> {
    /// The platform accepted it.
    pub(super) fn accepted(self) {
        if let PassKind::Basic { unproven: Some(mut slot) } = self.kind {
            slot.credential = Credential::Basic { proven: true };
        }
    }
}

#[derive(Debug)]
enum PassKind<'a> {
    Token {
        serial: u64,
    },
    /// As long as a password is not proven, one request at a time: each would be a login of its own.
    Basic {
        unproven: Option<MutexGuard<'a, Slot>>,
    },
}

/// What a 401 was about.
#[derive(Debug)]
pub(super) enum Rejection {
    /// The user and password.
    Password(Problem),
    /// A token that has ended.
    Token(Problem),
}

impl Session {
    /// [`ProblemCode::BadArgument`] (`user_colon`) for a user that Basic cannot carry.
    pub(super) fn new(
        user: String,
        password: SecretString,
        way: LoginWay,
        scrubber: &Scrubber,
    ) -> Result<Self, Problem> {
        if way == LoginWay::Basic {
            check_basic_user(&user)?;
        }
        Ok(Self {
            user,
            cover: scrubber.cover(password.expose_secret()),
            password,
            way,
            stopped: OnceLock::new(),
            state: watch::Sender::new(None),
            failures: AtomicU64::new(0),
            slot: Mutex::default(),
        })
    }

    /// From now on this one covers the password; before a login it is the only secret.
    pub(super) fn cover_by(&mut self, scrubber: &Scrubber) {
        self.cover = scrubber.cover(self.password.expose_secret());
    }

    pub(super) fn state(&self) -> Option<LoginState> {
        self.state.borrow().clone()
    }

    pub(super) fn password_has_colon(&self) -> bool {
        self.password.expose_secret().contains(':')
    }

    /// What the next request carries, after a login or a renewal if one is due.
    pub(super) async fn pass(&self, transport: &Transport) -> Result<Pass<'_>, Problem> {
        self.check_stopped()?;
        let seen = self.failures.load(Ordering::Acquire);
        let slot = self.slot.lock().await;
        self.check_stopped()?;
        if self.failures.load(Ordering::Acquire) > seen {
            if let Some(problem) = &slot.last_failure {
                return Err(problem.clone());
            }
        }
        self.ready(transport, slot).await
    }

    /// The platform answered 401 to `pass`. A refused password ends this client; an ended token is renewed by the next
    /// [`Session::pass`].
    pub(super) async fn rejected(&self, pass: Pass<'_>, mut problem: Problem) -> Rejection {
        match pass.kind {
            PassKind::Basic { unproven } => {
                problem.code = ProblemCode::LoginRefused;
                if self.password_has_colon() {
                    // The likely cause is not a typing error, and typing it again will not help.
                    problem.facts.reason = Some("password_colon".to_owned());
                }
                let problem = self.stopped.get_or_init(|| problem).clone();
                drop(unproven);
                Rejection::Password(problem)
            }
            PassKind::Token { serial } => {
                // The password was not refused, so this is not the end.
                problem.code = ProblemCode::RefusedByPlatform;
                let mut slot = self.slot.lock().await;
                if slot.serial == serial {
                    if let Credential::Token(token) = &mut slot.credential {
                        token.rejected = true;
                        slot.last_failure = Some(problem.clone());
                    }
                }
                Rejection::Token(problem)
            }
        }
    }

    fn check_stopped(&self) -> Result<(), Problem> {
        self.stopped.get().map_or(Ok(()), |problem| Err(problem.clone()))
    }

    async fn ready<'a>(&'a self, transport: &Transport, mut slot: MutexGuard<'a, Slot>) -> Result<Pass<'a>, Problem> {
        match &slot.credential {
            Credential::Token(token) if token.rejected => {
                slot.wait_for_renewal()?;
                self.log_in(transport, &mut slot).await?;
            }
            Credential::Token(token) if token.is_due() => match token::refresh(transport, token).await {
                Some(token) => slot.hold(token),
                None => self.log_in(transport, &mut slot).await?,
            },
            Credential::None => self.log_in(transport, &mut slot).await?,
            Credential::Token(_) | Credential::Basic { .. } => {}
        }
        match &slot.credential {
            Credential::Token(token) => {
                let kind = PassKind::Token { serial: slot.serial };
                Ok(Pass { authorization: token.authorization()?, kind })
            }
            Credential::Basic { proven } => {
                let authorization = self.basic()?;
                let unproven = (!proven).then_some(slot);
                Ok(Pass { authorization, kind: PassKind::Basic { unproven } })
            }
            Credential::None => Err(Problem::because(ProblemCode::Internal, "login left nothing")),
        }
    }

    async fn log_in(&self, transport: &Transport, slot: &mut Slot) -> Result<(), Problem> {
        let outcome = match self.way {
            LoginWay::Basic => self.fall_to_basic(slot, None),
            LoginWay::Automatic | LoginWay::Token => match token::log_in(transport, &self.user, &self.password).await {
                Ok(token) => {
                    slot.hold(token);
                    self.state.send_replace(Some(LoginState { way: LoginWay::Token, fallback: None }));
                    Ok(())
                }
                Err(Denial::NotOffered(problem)) if self.way == LoginWay::Automatic => {
                    self.fall_to_basic(slot, Some(problem))
                }
                Err(Denial::PasswordRefused(problem)) => Err(self.stopped.get_or_init(|| problem).clone()),
                Err(Denial::NotOffered(problem) | Denial::Failed(problem)) => Err(problem),
            },
        };
        if let Err(problem) = &outcome {
            slot.last_failure = Some(problem.clone());
            self.failures.fetch_add(1, Ordering::Release);
        }
        outcome
    }

    fn fall_to_basic(&self, slot: &mut Slot, fallback: Option<Problem>) -> Result<(), Problem> {
        check_basic_user(&self.user)?;
        slot.credential = Credential::Basic { proven: false };
        self.state.send_replace(Some(LoginState { way: LoginWay::Basic, fallback }));
        Ok(())
    }

    fn basic(&self) -> Result<HeaderValue, Problem> {
        let pair = Zeroizing::new(format!("{}:{}", self.user, self.password.expose_secret()));
        let encoded = Zeroizing::new(BASE64_STANDARD.encode(pair.as_bytes()));
        sensitive("Basic ", &encoded)
    }
}

impl Slot {
    fn hold(&mut self, token: Token) {
        self.serial += 1;
        self.credential = Credential::Token(token);
    }

    /// Lets one renewal a minute pass, whatever came of the last one.
    fn wait_for_renewal(&mut self) -> Result<(), Problem> {
        let now = Instant::now();
        if let Some(next) = self.renewed.map(|at| at + RENEWAL_PACE).filter(|next| *next > now) {
            let mut problem = self.last_failure.clone().unwrap_or_else(|| Problem::new(ProblemCode::RefusedByPlatform));
            let wait = (next - now).as_secs_f64().ceil().max(1.0);
            problem.facts.retry_after_seconds = Some(wait as u32);
            return Err(problem);
        }
        self.renewed = Some(now);
        Ok(())
    }
}

/// Everything after the first colon is the password in Basic.
fn check_basic_user(user: &str) -> Result<(), Problem> {
    if user.contains(':') {
        return Err(Problem::because(ProblemCode::BadArgument, "user_colon"));
    }
    Ok(())
}

/// A header that no log shows, wiped when its request has been sent.
fn sensitive(scheme: &str, credential: &str) -> Result<HeaderValue, Problem> {
    let mut text = Zeroizing::new(Vec::with_capacity(scheme.len() + credential.len()));
    text.extend_from_slice(scheme.as_bytes());
    text.extend_from_slice(credential.as_bytes());
    let mut value = HeaderValue::from_maybe_shared(wiped(text))
        .map_err(|_| Problem::because(ProblemCode::UnreadableAnswer, "the token is not fit for a header"))?;
    value.set_sensitive(true);
    Ok(value)
}
