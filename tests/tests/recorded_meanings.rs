//! Every recorded exchange means one thing to the client: the call that fits its method and path reads it, and the table
//! says what comes of it (platform-contract §2 to §8).

use std::collections::BTreeMap;

use acceptance::clients::{client, settings, PASSWORD};
use acceptance::fault_server::{envelope, grant, Act, FaultServer, Seen};
use acceptance::recordings::{self, Recording};
use ita_core::client::{probe_site, Applied, SwitchFailure};
use ita_core::domain::connection::LoginWay;
use ita_core::domain::log_levels::LogLevel;
use ita_core::domain::modes::Mode;
use ita_core::domain::problem::Problem;

/// Name → what the client makes of it. `known`: a reading with its values, `?` where a flag says nothing; `accepted`: a
/// write that has to be read back; `granted`: a login; else the code of the problem with the platform's `result`, and
/// for a write whether it may have had an effect.
const MEANINGS: &str = include_str!("recorded_meanings.tsv");

fn meanings() -> BTreeMap<&'static str, &'static str> {
    MEANINGS.lines().filter_map(|line| line.split_once('\t')).collect()
}

/// What a recording asks for, by its method and path alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Call {
    LogIn,
    /// Asked without any credential: which site is it?
    Look,
    ReadModes,
    Switch,
    ReadJobs,
    ReadLevels,
    ChangeLevels,
}

fn call(recording: &Recording) -> Call {
    let request = &recording.request;
    let is_read = matches!(request.method.as_str(), "GET" | "HEAD" | "OPTIONS");
    let has_credential = request.basic.is_some() || request.headers.contains_key("Authorization");
    let path = request.path.as_str();
    if path.ends_with("/openid-connect/token") {
        Call::LogIn
    } else if path.contains("loglevel") {
        if is_read {
            Call::ReadLevels
        } else {
            Call::ChangeLevels
        }
    } else if path.contains("backyard-execute-check") {
        Call::ReadJobs
    } else if !is_read {
        Call::Switch
    } else if has_credential {
        Call::ReadModes
    } else {
        Call::Look
    }
}

/// How the recording logged in: by a token, or by user and password.
fn way(recording: &Recording) -> LoginWay {
    let header = recording.request.headers.get("Authorization").and_then(Option::as_deref);
    let is_bearer = header.is_some_and(|header| header.starts_with("Bearer"));
    if is_bearer || call(recording) == Call::LogIn {
        LoginWay::Token
    } else {
        LoginWay::Basic
    }
}

/// A server that gives the answer to whatever is asked, and a token to who logs in first.
async fn answering(call: Call, act: Act) -> FaultServer {
    let script = move |seen: &Seen| match call {
        Call::LogIn if !seen.is_token() => Act::json(200, &envelope("{}")),
        Call::LogIn => act.clone(),
        _ if seen.is_token() => grant("t0ken-canary", "r3fresh-canary", 1800),
        _ => act.clone(),
    };
    FaultServer::start(script).await.expect("a port on 127.0.0.1")
}

fn refused(problem: Problem) -> Result<String, Box<(Problem, Option<Applied>)>> {
    Err(Box::new((problem, None)))
}

fn written(outcome: Result<(), SwitchFailure>) -> Result<String, Box<(Problem, Option<Applied>)>> {
    match outcome {
        Ok(()) => Ok("accepted".to_owned()),
        Err(SwitchFailure { problem, applied, .. }) => Err(Box::new((problem, Some(applied)))),
    }
}

/// What our client makes of an answer.
async fn replay(call: Call, way: LoginWay, act: Act) -> Result<String, Box<(Problem, Option<Applied>)>> {
    let server = answering(call, act).await;
    let client = client(&server.origin, way).expect("usable settings");
    let flag = |flag: Option<bool>| match flag {
        Some(true) => "on",
        Some(false) => "off",
        None => "?",
    };
    match call {
        Call::LogIn => client.log_in().await.map(|()| "granted".to_owned()).or_else(refused),
        Call::Look => {
            let way = settings(&server.origin, LoginWay::Automatic).way();
            probe_site(&way).await.map(|()| "administrators' site".to_owned()).or_else(refused)
        }
        Call::ReadModes => match client.read_modes().await {
            Ok(answer) => Ok(format!("known {} {}", flag(answer.value.job_stop), flag(answer.value.read_only))),
            Err(problem) => refused(problem),
        },
        Call::ReadJobs => match client.read_jobs().await {
            Ok(answer) => Ok(format!("known {} rows", answer.value.table.len())),
            Err(problem) => refused(problem),
        },
        Call::ReadLevels => match client.read_log_levels().await {
            Ok(answer) => {
                let of = |level| answer.value.iter().filter(|it| it.level.as_deref() == level).count();
                let (info, debug) = (of(Some("INFO")), of(Some("DEBUG")));
                Ok(format!("known {info} info {debug} debug {} ?", answer.value.len() - info - debug))
            }
            Err(problem) => refused(problem),
        },
        Call::Switch => written(client.switch_mode(Mode::JobStop, true).await.map(drop)),
        Call::ChangeLevels => written(client.change_log_levels([("ita-api-admin", LogLevel::Debug)]).await.map(drop)),
    }
}

/// One line of the table.
fn meaning(outcome: &Result<String, Box<(Problem, Option<Applied>)>>) -> String {
    match outcome {
        Ok(known) => known.clone(),
        Err(told) => {
            let (problem, applied) = &**told;
            let code = serde_json::to_value(problem.code).expect("a code");
            let effect = match applied {
                None => "",
                Some(Applied::No) => ", without effect",
                Some(Applied::Unknown) => ", effect unknown",
            };
            let result = problem.facts.platform_result.as_ref().map(|result| format!(" {result}"));
            format!("{}{}{effect}", code.as_str().expect("a name"), result.unwrap_or_default())
        }
    }
}

fn recorded(name: &str) -> Recording {
    recordings::recording(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[tokio::test]
async fn every_recorded_exchange_has_its_meaning() {
    let names = recordings::names().expect("the recordings");
    let table = meanings();
    let mut wrong = Vec::new();
    for name in &names {
        let recording = recorded(name);
        let found = meaning(&replay(call(&recording), way(&recording), recording.response.act()).await);
        let expected = table.get(name.as_str()).copied().unwrap_or("no row in the table");
        if found != expected {
            wrong.push(format!("{name}: {found}, and not {expected}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(table.len(), names.len(), "a row without its recording");
}

/// The recording with other words of the platform's in it, as a user of another locale gets them.
fn in_other_words(recording: &Recording, message: &str) -> Option<Act> {
    let mut response = recording.response.clone();
    let mut body: serde_json::Value = serde_json::from_str(&response.body).ok()?;
    let envelope = match body.get_mut("data") {
        Some(serde_json::Value::Array(items)) => items.first_mut()?,
        _ => &mut body,
    };
    let key = ["message", "detail", "error_description"].into_iter().find(|key| envelope.get(key).is_some())?;
    envelope[key] = message.into();
    response.body = body.to_string();
    Some(response.act())
}

#[tokio::test]
async fn an_error_says_the_same_to_users_of_every_locale_with_all_its_facts_and_no_secret() {
    let mut errors = 0;
    for name in recordings::names().expect("the recordings") {
        let recording = recorded(&name);
        let (call, way) = (call(&recording), way(&recording));
        let outcome = replay(call, way, recording.response.act()).await;
        let Err(told) = &outcome else { continue };
        errors += 1;
        let facts = &told.0.facts;
        assert!(facts.method.is_some() && facts.path.is_some() && facts.elapsed_ms.is_some(), "{name}: {facts:?}");
        assert!(facts.attempts.is_some_and(|attempts| attempts >= 1), "{name}: {facts:?}");
        assert_eq!(facts.status, Some(recording.response.status), "{name}");
        let printed = format!("{:?} {} {}", told.0, told.0, serde_json::to_string(&told.0).expect("JSON"));
        for secret in [PASSWORD, "t0ken-canary", "r3fresh-canary", "Basic ", "Bearer "] {
            assert!(!printed.contains(secret), "{name}: {printed}");
        }
        for words in ["システムエラー", "System Error", "", "null"] {
            let Some(act) = in_other_words(&recording, words) else { continue };
            let other = replay(call, way, act).await;
            assert_eq!(meaning(&other), meaning(&outcome), "{name} in the words {words:?}");
            let Err(other) = other else { panic!("{name}: an error") };
            assert_eq!(other.0.facts.platform_message.as_deref(), Some(words), "{name}: told as it was said");
        }
    }
    assert!(errors >= 70, "{errors} errors among the recordings");
}
