//! The running jobs (platform-contract §5).

use reqwest::{Method, StatusCode};

use super::backyard_check::{self, CheckAnswer};
use super::body_reader::parse_body;
use super::transport::Call;
use super::{envelope, Answer, Client};
use crate::domain::problem::Problem;

impl Client {
    /// Reads every running job. The answer is parsed while it arrives and given out only when it is complete and says
    /// what it has to; everything else is a problem, and a problem means *unknown*.
    pub async fn read_jobs(&self) -> Result<Answer<CheckAnswer>, Problem> {
        let limits = self.limits();
        let call = Call {
            method: Method::GET,
            path: backyard_check::PATH,
            authorization: None,
            body: None,
            whole: limits.whole_jobs,
            cap: limits.body_jobs,
        };
        let reply = self.authorized(call).await.map_err(|failure| failure.problem)?;
        let mut reply = envelope::expect_json(reply).await?;
        let parsed = parse_body(&mut reply, backyard_check::read).await?;
        let trace = reply.trace();
        let answer = parsed.map_err(|error| {
            let mut problem = trace.explain(error.told(trace.scrubber()));
            problem.facts.status = Some(StatusCode::OK.as_u16());
            problem
        })?;
        Ok(Answer { platform_time: answer.platform_time, value: answer, elapsed: trace.elapsed() })
    }
}
