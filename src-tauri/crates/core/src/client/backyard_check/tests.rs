//! What every answer means: by example, and when it is broken on purpose. Against a slower and simpler reader it is held
//! by the suite `jobs_reference`.

mod hostile;
mod rules;

use super::{read, CheckAnswer, CheckError};
use crate::domain::time::Timestamp;

/// A success envelope around `data`.
fn envelope(data: &str) -> String {
    format!(r#"{{"data":{data},"message":"SUCCESS","result":"000-00000","ts":"2026-11-22T10:12:50.122Z"}}"#)
}

/// One organization with one workspace, in the shape of ITA 2.3 and later, around a list of jobs.
fn listed(jobs: &str) -> String {
    envelope(&format!(
        r#"{{"execute_count":1,"organizations":[{{"id":"org","execute_count":1,"workspaces":[{{"id":"ws",
           "execute_count":1,"backyards":{{"ita-by-ansible-execute":{jobs}}}}}]}}]}}"#
    ))
}

/// The same in the shape of ITA 2.2.
fn mapped(jobs: &str) -> String {
    envelope(&format!(
        r#"{{"execute_count":1,"org":{{"execute_count":1,"ws":{{"execute_count":1,"ita-by-ansible-execute":{jobs}}}}}}}"#
    ))
}

const JOB: &str = r#"{"id":"0b7f511f-cec7-4956-84e5-ccf8ad1a44b6","status_id":"3","status_name":"実行中",
    "last_update_timestamp":"2026-11-22T19:16:02.140628Z"}"#;

fn accepted(text: &str) -> CheckAnswer {
    read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Which part was found missing; anything but an incomplete answer fails the test.
fn lacking(text: &str) -> &'static str {
    match read(text.as_bytes()) {
        Err(CheckError::Incomplete { part }) => part,
        other => panic!("{other:?} for {text}"),
    }
}

/// The inner result and message of an error in disguise, and the platform's clock.
type Disguised = (Option<String>, Option<String>, Option<Timestamp>);

fn disguised(text: &str) -> Disguised {
    match read(text.as_bytes()) {
        Err(CheckError::ErrorInDisguise { result, message, platform_time }) => (result, message, platform_time),
        other => panic!("{other:?} for {text}"),
    }
}
