//! The log levels of the platform's services (platform-contract §8).

use reqwest::Method;
use serde_json::Value;

use super::envelope;
use super::transport::{Call, Payload};
use super::{Answer, Client, SwitchFailure};
use crate::domain::log_levels::{LogLevel, ServiceLevel};
use crate::domain::problem::{Problem, ProblemCode};

const PATH: &str = "/api/ita/loglevel-settings/";

impl Client {
    /// Reads the level of every service, in the order of the answer.
    pub async fn read_log_levels(&self) -> Result<Answer<Vec<ServiceLevel>>, Problem> {
        let reply = self.authorized(self.log_level_call(Method::GET, None)).await.map_err(|failure| failure.problem)?;
        let trace = reply.trace().clone();
        let success = envelope::success(reply).await?;
        let Some(Value::Object(services)) = &success.data else {
            let mut problem = Problem::because(ProblemCode::IncompleteAnswer, "data");
            problem.facts.status = Some(200);
            problem.facts.platform_time = success.platform_time;
            return Err(trace.explain(problem));
        };
        let value = services
            .iter()
            .map(|(service, level)| ServiceLevel { service: service.clone(), level: as_sent(level) })
            .collect();
        Ok(Answer { value, platform_time: success.platform_time, elapsed: trace.elapsed() })
    }

    /// Sends the levels that change, once. A success is no proof of an effect: an unknown service is answered by one too
    /// (platform-contract §8). Read back.
    pub async fn change_log_levels<'a>(
        &self,
        changes: impl IntoIterator<Item = (&'a str, LogLevel)>,
    ) -> Result<Answer<()>, SwitchFailure> {
        let values = changes.into_iter().map(|(service, level)| (service.to_owned(), Value::from(level.api_value())));
        let text = Value::Object(values.collect()).to_string();
        let payload = Payload { content_type: "application/json", content: text.into() };
        self.write(self.log_level_call(Method::PATCH, Some(payload))).await
    }

    fn log_level_call(&self, method: Method, body: Option<Payload>) -> Call {
        let limits = self.limits();
        Call { method, path: PATH, authorization: None, body, whole: limits.whole, cap: limits.body }
    }
}

/// A level that is no text is shown as it stands in the answer.
fn as_sent(level: &Value) -> Option<String> {
    match level {
        Value::Null => None,
        Value::String(level) => Some(level.clone()),
        other => Some(other.to_string()),
    }
}
