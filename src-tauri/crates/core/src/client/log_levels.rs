//! The log levels of the platform's services (platform-contract §8).

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::{json, Value};

use super::envelope::{self, Success};
use super::transport::{Call, Payload};
use super::{Answer, Client, SwitchFailure};
use crate::domain::log_levels::{LogLevel, ServiceLevel};
use crate::domain::problem::{Problem, ProblemCode};

const PATH: &str = "/api/ita/loglevel-settings/";

impl Client {
    /// Reads the level of every service, by name: an object of JSON has no order of its own. One without any service is what
    /// an emptied table answers, and says nothing of the services that run.
    pub async fn read_log_levels(&self) -> Result<Answer<Vec<ServiceLevel>>, Problem> {
        let reply = self.authorized(self.log_level_call(Method::GET, None)).await.map_err(|failure| failure.problem)?;
        let trace = reply.trace().clone();
        let success = envelope::success(reply).await?;
        let services = match &success.data {
            Some(Value::Object(services)) if !services.is_empty() => services,
            Some(Value::Object(_)) => return Err(trace.explain(incomplete(&success, "data is empty"))),
            _ => return Err(trace.explain(incomplete(&success, "data"))),
        };
        let of = |(service, level): (&String, &Value)| ServiceLevel { service: service.clone(), level: as_sent(level) };
        let mut value: Vec<_> = services.iter().map(of).collect();
        value.sort_by(|one, other| one.service.cmp(&other.service));
        Ok(Answer { value, platform_time: success.platform_time, elapsed: trace.elapsed() })
    }

    /// Sends the levels that change, once. A success is no proof of an effect: an unknown service is answered by one too
    /// (platform-contract §8). Read back.
    pub async fn change_log_levels<'a>(
        &self,
        changes: impl IntoIterator<Item = (&'a str, LogLevel)>,
    ) -> Result<Answer<()>, SwitchFailure> {
        // By name, as they are shown; the map of serde_json goes by the order of insertion in some builds.
        let by_name: BTreeMap<_, _> = changes.into_iter().collect();
        let text = json!(by_name).to_string();
        let payload = Payload { content_type: "application/json", content: text.into() };
        self.write(self.log_level_call(Method::PATCH, Some(payload))).await
    }

    fn log_level_call(&self, method: Method, body: Option<Payload>) -> Call {
        let limits = self.limits();
        Call { method, path: PATH, authorization: None, body, whole: limits.whole, cap: limits.body }
    }
}

fn incomplete(success: &Success, reason: &str) -> Problem {
    let mut problem = Problem::because(ProblemCode::IncompleteAnswer, reason);
    problem.facts.status = Some(200);
    problem.facts.platform_time = success.platform_time;
    problem
}

/// A level that is no text is shown as it stands in the answer.
fn as_sent(level: &Value) -> Option<String> {
    match level {
        Value::Null => None,
        Value::String(level) => Some(level.clone()),
        other => Some(other.to_string()),
    }
}
