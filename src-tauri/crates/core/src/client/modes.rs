//! The mode setting (platform-contract §3, §4).

use std::time::Duration;

use reqwest::Method;
use serde_json::Value;

use super::envelope::{self, Success};
use super::transport::{Call, Payload};
use super::{Answer, Client, SwitchFailure};
use crate::domain::modes::{Mode, ModeReading};
use crate::domain::problem::{Problem, ProblemCode};

/// Without a trailing slash: with one it is a 404.
pub(super) const PATH: &str = "/api/platform/maintenance-mode-setting";

impl Client {
    /// Reads both modes. A flag that is absent, null or neither `"0"` nor `"1"` is `None`.
    pub async fn read_modes(&self) -> Result<Answer<ModeReading>, Problem> {
        let call = self.call(Method::GET, PATH, None);
        let reply = self.authorized(call).await.map_err(|failure| failure.problem)?;
        let trace = reply.trace().clone();
        let success = envelope::success(reply).await?;
        let reading = reading(&success).map_err(|problem| trace.explain(problem))?;
        Ok(Answer { value: reading, platform_time: success.platform_time, elapsed: trace.elapsed() })
    }

    /// Sends one PATCH with one key. It is never repeated, except after a 401 to an ended token, which the platform
    /// answers before it looks at the body. A success is no proof of an effect (platform-contract §4): read back.
    pub async fn switch_mode(&self, mode: Mode, on: bool) -> Result<Answer<()>, SwitchFailure> {
        let flag = if on { "1" } else { "0" };
        let text = format!(r#"{{"{}":"{flag}"}}"#, mode.api_key());
        let payload = Payload { content_type: "application/json", content: text.into() };
        self.write(self.call(Method::PATCH, PATH, Some(payload))).await
    }

    fn call(&self, method: Method, path: &'static str, body: Option<Payload>) -> Call {
        let limits = self.limits();
        let whole: Duration = limits.whole;
        Call { method, path, authorization: None, body, whole, cap: limits.body }
    }
}

fn reading(success: &Success) -> Result<ModeReading, Problem> {
    let flags = match &success.data {
        Some(Value::Object(flags)) => flags,
        None | Some(Value::Null) => return Err(incomplete(success, "data")),
        Some(_) => return Err(incomplete(success, "data is not an object")),
    };
    let flag = |mode: Mode| match flags.get(mode.api_key()).and_then(Value::as_str) {
        Some("0") => Some(false),
        Some("1") => Some(true),
        _ => None,
    };
    Ok(ModeReading { job_stop: flag(Mode::JobStop), read_only: flag(Mode::ReadOnly) })
}

fn incomplete(success: &Success, reason: &str) -> Problem {
    let mut problem = Problem::because(ProblemCode::IncompleteAnswer, reason);
    problem.facts.status = Some(200);
    problem.facts.platform_time = success.platform_time;
    problem
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(data: &str) -> Result<ModeReading, Problem> {
        let data = serde_json::from_str(data).expect("JSON");
        reading(&Success { data: Some(data), platform_time: None })
    }

    #[test]
    fn a_flag_is_known_only_as_the_string_0_or_1() {
        let of = |value: &str| {
            read(&format!(r#"{{"backyard_execute_stop":{value},"data_update_stop":"1"}}"#)).expect("a reading").job_stop
        };
        assert_eq!(of(r#""0""#), Some(false));
        assert_eq!(of(r#""1""#), Some(true));
        for odd in ["null", "0", "1", "true", r#""2""#, r#""""#, r#"" 1""#, "[]"] {
            assert_eq!(of(odd), None, "{odd} says nothing");
        }
    }

    #[test]
    fn extra_keys_are_ignored_and_missing_ones_unknown() {
        let reading = read(r#"{"other":"1","data_update_stop":"0"}"#).expect("a reading");
        assert_eq!(reading, ModeReading { job_stop: None, read_only: Some(false) });
    }

    #[test]
    fn data_that_is_no_object_is_no_reading() {
        for odd in ["null", r#""x""#, "3"] {
            assert_eq!(read(odd).expect_err("no object").code, ProblemCode::IncompleteAnswer, "{odd}");
        }
    }
}
