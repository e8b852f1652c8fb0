//! The identity server: users, passwords, tokens (platform-contract §6).

use std::{
    collections::{BTreeMap, VecDeque},
    time::{Duration, Instant},
};

use base64::{
    alphabet,
    engine::{general_purpose::URL_SAFE_NO_PAD, DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
    Engine as _,
};
use serde_json::{json, Value};

use crate::{options::User, text::Language};

/// The most live tokens; the oldest is forgotten first.
const MOST_TOKENS: usize = 10_000;

/// Who a request comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Login {
    pub(crate) language: Language,
}

/// Why a request is not let in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Denied {
    /// 401 with this `data`.
    Refused(&'static str),
    /// 500: the platform did not expect such bytes, or its identity server does not answer.
    Failed,
}

#[derive(Debug, Clone)]
struct Token {
    text: String,
    user: String,
    refresh: bool,
    offline: bool,
    ends: Option<Instant>,
}

/// Users and tokens.
#[derive(Debug)]
pub(crate) struct Identity {
    pub(crate) users: Vec<User>,
    pub(crate) access_life: Duration,
    pub(crate) refresh_life: Duration,
    pub(crate) down: bool,
    /// Passwords that were checked, right or wrong.
    pub(crate) password_logins: u64,
    lock_after: Option<u32>,
    /// Wrong passwords in a row, by user.
    failures: BTreeMap<String, u32>,
    tokens: VecDeque<Token>,
}

/// The answer of the token endpoint before it is dressed as HTTP.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum TokenAnswer {
    /// 200 with this body.
    Granted(String),
    /// A status with `error` and `error_description`.
    Error(u16, &'static str, &'static str),
    /// 500 of the authorisation proxy.
    Failed,
}

impl Identity {
    pub(crate) fn new(users: Vec<User>) -> Self {
        Self {
            users,
            access_life: Duration::from_secs(86_400),
            refresh_life: Duration::from_secs(1_800),
            down: false,
            password_logins: 0,
            lock_after: None,
            failures: BTreeMap::new(),
            tokens: VecDeque::new(),
        }
    }

    /// Reads an `Authorization` header as the platform's proxy does, quirks included.
    pub(crate) fn authenticate(&mut self, header: Option<&[u8]>) -> Result<Login, Denied> {
        let header = String::from_utf8_lossy(header.unwrap_or_default());
        if header.is_empty() {
            return Err(Denied::Refused("not authorization format"));
        }
        let Some((scheme, value)) = header.split_once(' ').filter(|(_, value)| !value.contains(' ')) else {
            return Err(Denied::Refused("Authorization format is incorrect"));
        };
        match scheme.to_lowercase().as_str() {
            "bearer" => self.bearer(value),
            "basic" => self.basic(value),
            _ => Err(Denied::Refused("Authorization format is incorrect")),
        }
    }

    fn basic(&mut self, value: &str) -> Result<Login, Denied> {
        let bytes = lenient_base64(value).ok_or(Denied::Failed)?;
        let text = String::from_utf8(bytes).map_err(|_| Denied::Failed)?;
        // Split at every colon and only the first two parts used: a password is cut at its first colon.
        let mut parts = text.split(':');
        let (Some(name), Some(password)) = (parts.next(), parts.next()) else {
            return Err(Denied::Refused("User ID and password are not set correctly"));
        };
        if self.down {
            return Err(Denied::Failed);
        }
        let user = self.check_password(name, password).map_err(|_| Denied::Refused("ID/PW NG"))?;
        Ok(login(user))
    }

    /// One login at the identity server, whatever comes of it.
    fn check_password(&mut self, name: &str, password: &str) -> Result<&User, PasswordFault> {
        self.password_logins += 1;
        let failures = self.failures.get(name).copied().unwrap_or_default();
        if self.lock_after.is_some_and(|most| failures >= most) {
            // A locked user is told the same whether the password is right or not.
            return Err(PasswordFault::Wrong);
        }
        match self.users.iter().find(|user| user.name == name && user.password == password) {
            Some(user) if user.enabled => {
                self.failures.remove(name);
                Ok(user)
            }
            Some(_) => Err(PasswordFault::Disabled),
            None => {
                if self.lock_after.is_some() {
                    self.failures.insert(name.to_owned(), failures + 1);
                }
                Err(PasswordFault::Wrong)
            }
        }
    }

    /// Locks users after so many wrong passwords in a row, or nobody. Forgets what was counted.
    pub(crate) fn set_lock_after(&mut self, failures: Option<u32>) {
        self.lock_after = failures;
        self.failures.clear();
    }

    fn bearer(&self, value: &str) -> Result<Login, Denied> {
        if !looks_like_jwt(value) {
            return Err(Denied::Refused("bad token"));
        }
        if self.down {
            return Err(Denied::Failed);
        }
        let token = self.live(value, false).ok_or(Denied::Refused("token invalid"))?;
        let user = self.users.iter().find(|user| user.name == token.user && user.enabled);
        user.map(login).ok_or(Denied::Refused("token invalid"))
    }

    fn live(&self, text: &str, refresh: bool) -> Option<&Token> {
        let now = Instant::now();
        self.tokens
            .iter()
            .find(|token| token.text == text && token.refresh == refresh && token.ends.is_none_or(|ends| now < ends))
    }

    /// `POST /auth/realms/master/protocol/openid-connect/token` with the pairs of its form.
    pub(crate) fn token(&mut self, form: &[(String, String)]) -> TokenAnswer {
        let field = |name: &str| form.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
        if self.down {
            return TokenAnswer::Failed;
        }
        let bad_client = "Invalid client or Invalid client credentials";
        match field("client_id") {
            "_platform-api" => {}
            "_platform" => return TokenAnswer::Error(401, "unauthorized_client", bad_client),
            _ => return TokenAnswer::Error(401, "invalid_client", bad_client),
        }
        match field("grant_type") {
            "password" => self.password_grant(field("username"), field("password"), field("scope")),
            "refresh_token" => self.refresh_grant(field("refresh_token")),
            _ => TokenAnswer::Error(400, "unsupported_grant_type", "Unsupported grant_type"),
        }
    }

    fn password_grant(&mut self, name: &str, password: &str, scope: &str) -> TokenAnswer {
        if !scope.split(' ').any(|part| part == "openid") {
            return TokenAnswer::Failed;
        }
        let offline = scope.split(' ').any(|part| part == "offline_access");
        match self.check_password(name, password).map(|user| user.name.clone()) {
            Ok(user) => TokenAnswer::Granted(self.grant(&user, offline)),
            Err(PasswordFault::Disabled) => TokenAnswer::Error(400, "invalid_grant", "Account disabled"),
            Err(PasswordFault::Wrong) => TokenAnswer::Error(401, "invalid_grant", "Invalid user credentials"),
        }
    }

    fn refresh_grant(&mut self, text: &str) -> TokenAnswer {
        match self.live(text, true).cloned() {
            Some(token) => TokenAnswer::Granted(self.grant(&token.user, token.offline)),
            None => TokenAnswer::Error(400, "invalid_grant", "Token is not active"),
        }
    }

    /// A pair of tokens and the body that hands them over, printed as the identity server of the recordings did.
    pub(crate) fn grant(&mut self, user: &str, offline: bool) -> String {
        let refresh_life = if offline { Duration::ZERO } else { self.refresh_life };
        let refresh_ends = (!offline).then(|| Instant::now() + refresh_life);
        let access_ends = Some(Instant::now() + self.access_life);
        let access = self.issue(user, false, offline, access_ends);
        let refresh = self.issue(user, true, offline, refresh_ends);
        let scope = if offline { "email profile openid offline_access" } else { "email profile openid" };
        format!(
            "{{\"access_token\": \"{access}\", \"expires_in\": {}, \"refresh_expires_in\": {}, \
             \"refresh_token\": \"{refresh}\", \"token_type\": \"Bearer\", \"not-before-policy\": 0, \
             \"session_state\": \"{}\", \"scope\": \"{scope}\"}}",
            self.access_life.as_secs(),
            refresh_life.as_secs(),
            uuid::Uuid::new_v4(),
        )
    }

    fn issue(&mut self, user: &str, refresh: bool, offline: bool, ends: Option<Instant>) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let header = part(&json!({"alg": "RS256", "typ": "JWT"}));
        let id = uuid::Uuid::new_v4().to_string();
        let claims = part(&json!({"iss": "http://keycloak/auth/realms/master", "jti": id, "preferred_username": user}));
        let text = format!("{header}.{claims}.{}", URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()));
        if self.tokens.len() == MOST_TOKENS {
            self.tokens.pop_front();
        }
        self.tokens.push_back(Token { text: text.clone(), user: user.to_owned(), refresh, offline, ends });
        text
    }

    /// Ends every access token now, and the refresh tokens too when asked.
    pub(crate) fn end_tokens(&mut self, refresh_too: bool) {
        self.tokens.retain(|token| token.refresh && !refresh_too);
    }
}

#[derive(Debug)]
enum PasswordFault {
    Wrong,
    Disabled,
}

fn login(user: &User) -> Login {
    Login { language: Language::of_locale(user.locale.as_deref()) }
}

/// Base64 as Python reads it by default: what is not of the alphabet is skipped, padding must be there.
fn lenient_base64(value: &str) -> Option<Vec<u8>> {
    let kept: String =
        value.chars().filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/' | '=')).collect();
    let strict = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical);
    GeneralPurpose::new(&alphabet::STANDARD, strict).decode(kept).ok()
}

fn looks_like_jwt(value: &str) -> bool {
    let parts: Vec<_> = value.split('.').collect();
    let is_object = |part: &str| {
        let bytes = URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok();
        bytes.is_some_and(|bytes| serde_json::from_slice::<Value>(&bytes).is_ok_and(|value| value.is_object()))
    };
    parts.len() == 3 && is_object(parts[0]) && is_object(parts[1])
}
