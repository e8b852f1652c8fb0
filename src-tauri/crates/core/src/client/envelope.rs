//! The success envelope and the five shapes of errors (platform-contract §2).

use reqwest::header::{HeaderMap, CONTENT_TYPE, LOCATION};
use reqwest::StatusCode;
use serde_json::{Map, Value};

use super::retry_after;
use super::transport::Reply;
use crate::domain::problem::{Problem, ProblemCode};
use crate::domain::time::Timestamp;
use crate::log::Scrubber;
use crate::text::sentence;

/// The `result` of every success.
const SUCCESS: &str = "000-00000";
/// How much of an error answer is read, bytes.
const EXCERPT: usize = 64 * 1024;
/// How much text of a server's is shown, characters.
const LONGEST_TEXT: usize = 500;

/// A success: what stands in `data`, and the platform's clock.
#[derive(Debug)]
pub(super) struct Success {
    /// `None` if the key is absent.
    pub(super) data: Option<Value>,
    pub(super) platform_time: Option<Timestamp>,
}

/// Lets only a 200 in JSON pass; everything else becomes its problem, with the status of a 401 as
/// [`ProblemCode::LoginRefused`].
pub(super) async fn expect_json(mut reply: Reply) -> Result<Reply, Problem> {
    if reply.status() == StatusCode::OK && is_json(reply.headers()) {
        return Ok(reply);
    }
    Err(refused(&mut reply).await)
}

/// Reads a success envelope to its end.
pub(super) async fn success(reply: Reply) -> Result<Success, Problem> {
    let mut reply = expect_json(reply).await?;
    let bytes = reply.bytes().await?;
    let fail = |code, reason: String| reply.trace().explain(with_status(Problem::because(code, reason), &reply));
    let value: Value =
        serde_json::from_slice(&bytes).map_err(|error| fail(ProblemCode::UnreadableAnswer, error.to_string()))?;
    let Value::Object(mut envelope) = value else {
        return Err(fail(ProblemCode::UnreadableAnswer, "not an object".to_owned()));
    };
    let platform_time = text(&envelope, "ts").and_then(Timestamp::parse);
    let scrubber = reply.trace().scrubber();
    let problem = match (text(&envelope, "result"), envelope.get("data")) {
        (Some(SUCCESS), Some(Value::Array(items))) => disguised(items, scrubber),
        (Some(SUCCESS), _) => return Ok(Success { data: envelope.remove("data"), platform_time }),
        (Some(_), _) => platform_problem(ProblemCode::ErrorInDisguise, &envelope, scrubber),
        (None, _) => Problem::because(ProblemCode::IncompleteAnswer, "result"),
    };
    Err(reply.trace().explain(with_status(stamped(problem, platform_time), &reply)))
}

/// "200 SUCCESS" around an error: `data` is `[{message, result, ts}, 500]` (platform-contract §5).
fn disguised(items: &[Value], scrubber: &Scrubber) -> Problem {
    match items.iter().find_map(Value::as_object) {
        Some(inner) => platform_problem(ProblemCode::ErrorInDisguise, inner, scrubber),
        None => Problem::because(ProblemCode::ErrorInDisguise, "data is an array"),
    }
}

/// What an answer other than a success means.
pub(super) async fn refused(reply: &mut Reply) -> Problem {
    let body = reply.excerpt(EXCERPT).await;
    let status = reply.status();
    let headers = reply.headers();
    let scrubber = reply.trace().scrubber();
    let mut problem = if let Some(location) = headers.get(LOCATION).filter(|_| status.is_redirection()) {
        let mut problem = Problem::new(ProblemCode::Redirected);
        problem.facts.location = Some(said(&String::from_utf8_lossy(location.as_bytes()), scrubber));
        problem
    } else if let Some(object) = json_object(headers, &body) {
        from_json(status, &object, scrubber)
    } else {
        from_page(status, headers, &body, scrubber)
    };
    problem.facts.retry_after_seconds = retry_after::seconds(headers);
    reply.trace().explain(with_status(problem, reply))
}

/// Shapes 1, 2, 3 and 5.
fn from_json(status: StatusCode, object: &Map<String, Value>, scrubber: &Scrubber) -> Problem {
    let is_platforms_own = text(object, "result").is_some();
    let code = match status.as_u16() {
        401 if is_platforms_own || object.contains_key("error") => ProblemCode::LoginRefused,
        404 | 405 => ProblemCode::NotTheApi,
        429 => ProblemCode::TooManyRequests,
        498 => ProblemCode::RefusedReadOnly,
        400..=499 => ProblemCode::RefusedByPlatform,
        502..=504 if !is_platforms_own => ProblemCode::GatewayError,
        500..=599 => ProblemCode::PlatformError,
        // 201, 204, 206…: no call of ours is answered so.
        _ => ProblemCode::NotTheApi,
    };
    let mut problem = platform_problem(code, object, scrubber);
    problem.facts.platform_time = text(object, "ts").and_then(Timestamp::parse);
    problem
}

/// Shape 4: a page of the web server or of a proxy in front, or nothing at all.
fn from_page(status: StatusCode, headers: &HeaderMap, body: &[u8], scrubber: &Scrubber) -> Problem {
    let code = match status.as_u16() {
        403 => ProblemCode::WrongSite,
        429 => ProblemCode::TooManyRequests,
        502..=504 => ProblemCode::GatewayError,
        500..=599 => ProblemCode::PlatformError,
        _ => ProblemCode::NotTheApi,
    };
    let reason = title(&String::from_utf8_lossy(body), scrubber).unwrap_or_else(|| match headers.get(CONTENT_TYPE) {
        Some(kind) => said(&String::from_utf8_lossy(kind.as_bytes()), scrubber),
        None => "no content type".to_owned(),
    });
    Problem::because(code, reason)
}

/// The platform's own words, whichever of the JSON shapes holds them.
fn platform_problem(code: ProblemCode, object: &Map<String, Value>, scrubber: &Scrubber) -> Problem {
    let first = |keys: &[&str]| keys.iter().find_map(|key| text(object, key)).map(|text| said(text, scrubber));
    let mut problem = Problem::new(code);
    problem.facts.platform_result = first(&["result", "error"]);
    problem.facts.platform_message = first(&["message", "detail", "error_description", "title"]);
    problem.facts.reason = first(&["data"]);
    problem
}

/// The body as a JSON object, if the content type says JSON and it is one.
pub(super) fn json_object(headers: &HeaderMap, body: &[u8]) -> Option<Map<String, Value>> {
    if !is_json(headers) {
        return None;
    }
    serde_json::from_slice(body).ok()
}

/// `application/json` or `application/…+json`, whatever the parameters.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    let kind = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind.strip_prefix("application/").is_some_and(|sub| sub == "json" || sub.ends_with("+json"))
}

fn text<'a>(object: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    object.get(key).and_then(Value::as_str)
}

fn with_status(mut problem: Problem, reply: &Reply) -> Problem {
    problem.facts.status = Some(reply.status().as_u16());
    problem
}

fn stamped(mut problem: Problem, platform_time: Option<Timestamp>) -> Problem {
    problem.facts.platform_time = platform_time;
    problem
}

/// The title of an HTML page: what its web server says in a word.
fn title(page: &str, scrubber: &Scrubber) -> Option<String> {
    let lower = page.to_ascii_lowercase();
    let start = lower.find("<title>")? + "<title>".len();
    let end = start + lower.get(start..)?.find("</title>")?;
    page.get(start..end).map(|title| said(title, scrubber)).filter(|title| !title.is_empty())
}

/// Text of a server's, fit for one line of a screen or a log, and without our own secrets: they are taken out before it is
/// cut, so that no part of one stays.
pub(super) fn said(text: &str, scrubber: &Scrubber) -> String {
    sentence(&scrubber.without_known(text), LONGEST_TEXT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_json_counts_as_json() {
        for (kind, expected) in [
            ("application/json", true),
            ("application/json; charset=utf-8", true),
            ("Application/Problem+JSON", true),
            ("text/html; charset=utf-8", false),
            ("text/json", false),
            ("application/jsonp", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, kind.parse().expect("header"));
            assert_eq!(is_json(&headers), expected, "{kind}");
        }
        assert!(!is_json(&HeaderMap::new()), "no content type is no promise of JSON");
    }

    #[test]
    fn a_page_is_told_by_its_title_and_never_as_markup() {
        let title = |page| title(page, &Scrubber::default());
        assert_eq!(title("<HTML><Title>\n502 Bad\u{7} Gateway</TITLE>").as_deref(), Some("502 Bad\u{fffd} Gateway"));
        assert_eq!(title("<title></title>"), None);
        assert_eq!(title("plain"), None);
    }
}
