//! The log levels of the platform's services (platform-contract §8).

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::Value;

use super::envelope;
use super::transport::{Call, Payload};
use super::{Answer, Client, SwitchFailure};
use crate::domain::problem::{Problem, ProblemCode};

const PATH: &str = "/api/ita/loglevel-settings/";

/// How much a service writes into its log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogLevel {
    /// `INFO`.
    Info,
    /// `DEBUG`.
    Debug,
}

/// Service name → level; `None` where the platform says null or a level that this product does not know.
pub type LogLevels = BTreeMap<String, Option<LogLevel>>;

impl LogLevel {
    /// As the platform writes it.
    pub const fn api_value(self) -> &'static str {
        match self {
            Self::Info => "INFO",
            Self::Debug => "DEBUG",
        }
    }

    fn read(value: &Value) -> Option<Self> {
        match value.as_str() {
            Some("INFO") => Some(Self::Info),
            Some("DEBUG") => Some(Self::Debug),
            _ => None,
        }
    }
}

impl Client {
    /// Reads the level of every service.
    pub async fn read_log_levels(&self) -> Result<Answer<LogLevels>, Problem> {
        let reply = self.authorized(self.log_level_call(Method::GET, None)).await.map_err(|failure| failure.problem)?;
        let trace = reply.trace().clone();
        let success = envelope::success(reply).await?;
        let Some(Value::Object(services)) = &success.data else {
            let mut problem = Problem::because(ProblemCode::IncompleteAnswer, "data");
            problem.facts.status = Some(200);
            problem.facts.platform_time = success.platform_time;
            return Err(trace.explain(problem));
        };
        let value = services.iter().map(|(service, level)| (service.clone(), LogLevel::read(level))).collect();
        Ok(Answer { value, platform_time: success.platform_time, elapsed: trace.elapsed() })
    }

    /// Sends the levels that change, once. A success is no proof of an effect: an unknown service is answered by one too
    /// (platform-contract §8). Read back.
    pub async fn change_log_levels(&self, changes: &BTreeMap<String, LogLevel>) -> Result<Answer<()>, SwitchFailure> {
        let values = changes.iter().map(|(service, level)| (service.clone(), Value::from(level.api_value())));
        let text = Value::Object(values.collect()).to_string();
        let payload = Payload { content_type: "application/json", content: text.into() };
        self.write(self.log_level_call(Method::PATCH, Some(payload))).await
    }

    fn log_level_call(&self, method: Method, body: Option<Payload>) -> Call {
        let limits = self.limits();
        Call { method, path: PATH, authorization: None, body, whole: limits.whole, cap: limits.body }
    }
}
