//! Where two answers differ for somebody who can only look at the wire.

use std::collections::BTreeSet;

use acceptance::recordings::RecordedResponse;
use serde_json::Value;

use crate::wire::Answer;

/// Headers that the platform never sends, although a client might expect or act on them (platform-contract §2).
const NEVER: [&str; 3] = ["WWW-Authenticate", "ETag", "Content-Encoding"];

/// Every difference, each as a line.
pub(crate) fn differences(recorded: &RecordedResponse, answer: &Answer) -> Vec<String> {
    let mut found = Vec::new();
    let mut note = |what: &str, recorded: &str, answered: &str| {
        if recorded != answered {
            found.push(format!("{what}: recorded {recorded:?}, answered {answered:?}"));
        }
    };
    note("status", &recorded.status.to_string(), &answer.status.to_string());
    note("reason", &recorded.reason, &answer.reason);
    let header = |name: &str| recorded.headers.get(name).map(String::as_str).unwrap_or_default();
    for name in ["Content-Type", "Location"].into_iter().chain(NEVER) {
        note(name, header(name), answer.header(name).unwrap_or_default());
    }
    note("Allow, sorted", &sorted_list(header("Allow")), &sorted_list(answer.header("Allow").unwrap_or_default()));
    // To keep a connection is what happens without a word, and one recorded server says it nevertheless.
    let closes = |value: &str| (value == "close").to_string();
    note("closes", &closes(header("Connection")), &closes(answer.header("Connection").unwrap_or_default()));
    found.extend(body_difference(&recorded.body, &answer.body).map(|difference| format!("body: {difference}")));
    found
}

/// The platform gives the methods of `Allow` in any order.
fn sorted_list(header: &str) -> String {
    header.split(", ").collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
}

fn body_difference(recorded: &str, answered: &str) -> Option<String> {
    let (recorded, answered) = (masked(recorded), masked(answered));
    if recorded == answered {
        return None;
    }
    let values = (sorted(&recorded), sorted(&answered));
    let lines = if is_job_list(&values.0) { sorted_lines } else { lines };
    // Whoever has the same values may still have printed them in another way.
    value_difference("", &values.0, &values.1).or_else(|| line_difference(&lines(&recorded), &lines(&answered)))
}

/// The text with every time as zeros of the same shape, every UUID as zeros, and every token as `<jwt>`.
fn masked(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for at in 0..bytes.len() {
        if let Some(length) = time_at(&bytes[at..]).or_else(|| uuid_at(&bytes[at..])) {
            for byte in bytes[at..at + length].iter_mut().filter(|byte| byte.is_ascii_hexdigit()) {
                *byte = b'0';
            }
        }
    }
    let text = String::from_utf8(bytes).expect("only digits were replaced, by a digit");
    ["access_token", "refresh_token"].into_iter().fold(text, |text, member| without_token(&text, member))
}

/// The length of a time at the beginning, its fraction included.
fn time_at(bytes: &[u8]) -> Option<usize> {
    let whole = shaped(bytes, b"0000-00-00T00:00:00", u8::is_ascii_digit)?;
    let fraction = bytes[whole..].strip_prefix(b".").unwrap_or_default();
    let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
    Some(if digits == 0 { whole } else { whole + 1 + digits })
}

fn uuid_at(bytes: &[u8]) -> Option<usize> {
    shaped(bytes, b"00000000-0000-0000-0000-000000000000", u8::is_ascii_hexdigit)
}

/// The length of `shape` if the bytes begin like it, with any `digit` where it has a zero.
fn shaped(bytes: &[u8], shape: &[u8], digit: fn(&u8) -> bool) -> Option<usize> {
    let start = bytes.get(..shape.len())?;
    let fits = start.iter().zip(shape).all(|(byte, like)| if *like == b'0' { digit(byte) } else { byte == like });
    fits.then_some(shape.len())
}

/// The text with a token of three parts in this member as `<jwt>`.
fn without_token(text: &str, member: &str) -> String {
    let before = format!("\"{member}\": \"");
    let Some((head, rest)) = text.split_once(&before) else { return text.to_owned() };
    match rest.split_once('"') {
        Some((token, tail)) if token.split('.').count() == 3 => format!("{head}{before}<jwt>\"{tail}"),
        _ => text.to_owned(),
    }
}

/// The text as a value, with everything sorted that comes in any order; null when it is not JSON.
fn sorted(text: &str) -> Value {
    let mut value = serde_json::from_str(text).unwrap_or_default();
    sort(&mut value);
    value
}

fn is_job_list(value: &Value) -> bool {
    value["data"].get("execute_count").is_some()
}

fn sort(value: &mut Value) {
    let Value::Object(members) = value else { return };
    for (key, member) in members {
        if let Value::Array(items) = member {
            items.iter_mut().for_each(sort);
            if matches!(key.as_str(), "organizations" | "workspaces") || key.starts_with("ita-by-") {
                items.sort_by_key(|item| item["id"].as_str().map(str::to_owned));
            }
        } else {
            sort(member);
        }
    }
}

/// The first place where two values differ.
fn value_difference(at: &str, recorded: &Value, answered: &Value) -> Option<String> {
    match (recorded, answered) {
        (Value::Object(one), Value::Object(other)) => {
            let keys: BTreeSet<_> = one.keys().chain(other.keys()).collect();
            keys.into_iter().find_map(|key| match (one.get(key), other.get(key)) {
                (Some(one), Some(other)) => value_difference(&format!("{at}/{key}"), one, other),
                (Some(_), None) => Some(format!("{at}/{key} is missing")),
                _ => Some(format!("{at}/{key} was not recorded")),
            })
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let pairs = one.iter().zip(other).enumerate();
            pairs.into_iter().find_map(|(index, (one, other))| value_difference(&format!("{at}/{index}"), one, other))
        }
        _ => (recorded != answered).then(|| format!("{at}: recorded {recorded}, answered {answered}")),
    }
}

fn lines(text: &str) -> Vec<&str> {
    text.split('\n').collect()
}

/// Lines in alphabetical order; the last item of a list is no other for having no comma.
fn sorted_lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<_> = text.split('\n').map(|line| line.strip_suffix(',').unwrap_or(line)).collect();
    lines.sort_unstable();
    lines
}

fn line_difference(recorded: &[&str], answered: &[&str]) -> Option<String> {
    let common = recorded.iter().zip(answered).take_while(|(one, other)| one == other).count();
    let (one, other) = (recorded.get(common), answered.get(common));
    let shown = |line: Option<&&str>| line.map_or_else(|| "nothing".to_owned(), |line| format!("{line:?}"));
    (one != other).then(|| format!("line {}: recorded {}, answered {}", common + 1, shown(one), shown(other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDED: &str = "{\n  \"data\": {\n    \"execute_count\": 2,\n    \"organizations\": [\n      {\n        \"id\": \"a\"\n      },\n      {\n        \"id\": \"b\"\n      }\n    ]\n  },\n  \"ts\": \"2026-11-22T10:13:05.568Z\"\n}\n";

    fn against(body: &str) -> Option<String> {
        body_difference(RECORDED, body)
    }

    #[test]
    fn order_and_time_are_no_difference() {
        let swapped = RECORDED.replace("\"a\"", "\"x\"").replace("\"b\"", "\"a\"").replace("\"x\"", "\"b\"");
        assert_eq!(against(&swapped), None, "organizations come in any order");
        assert_eq!(against(&RECORDED.replace("2026-11-22T10:13:05.568Z", "2027-01-02T03:04:05.006Z")), None);
        let (one, other) = ("0b7f511f-cec7-4956-84e5-ccf8ad1a44b6", "5f0e9d44-0c62-4a56-b2c2-0a6a2a8f9c11");
        assert_eq!(body_difference(one, other), None, "random ids");
    }

    #[test]
    fn everything_else_in_a_list_of_jobs_is_a_difference() {
        for (from, to, place) in [
            ("\"execute_count\": 2", "\"execute_count\": 3", "/data/execute_count"),
            ("\"execute_count\": 2", "\"execute_count\": \"2\"", "/data/execute_count"),
            ("\"id\": \"b\"", "\"id\": \"c\"", "/data/organizations/1/id"),
            ("\"id\": \"b\"", "\"id\": null", "/data/organizations"),
            ("\"id\": \"b\"", "\"id\": \"b\", \"more\": 1", "/data/organizations/1/more"),
            ("13:05.568Z", "13:05Z", "/ts"),
            ("13:05.568Z", "13:05.568", "/ts"),
            ("    \"organizations\"", "  \"organizations\"", "line "),
            ("}\n", "}", "line "),
        ] {
            let difference = against(&RECORDED.replace(from, to)).unwrap_or_else(|| panic!("{from} as {to}"));
            assert!(difference.starts_with(place), "{from} as {to}: {difference}");
        }
    }

    #[test]
    fn a_token_must_look_like_one() {
        let body = |token: &str| format!("{{\"access_token\": \"{token}\", \"expires_in\": 86400}}");
        assert_eq!(body_difference(&body("<jwt>"), &body("a.b.c")), None);
        assert!(body_difference(&body("<jwt>"), &body("opaque")).is_some());
    }

    #[test]
    fn status_reason_and_headers_count() {
        let headers = [("Connection", "close"), ("Content-Type", "application/json")];
        let recorded = RecordedResponse {
            status: 500,
            reason: "INTERNAL SERVER ERROR".to_owned(),
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            body: String::new(),
        };
        let same = Answer {
            status: 500,
            reason: recorded.reason.clone(),
            headers: headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).to_vec(),
            body: String::new(),
        };
        assert_eq!(differences(&recorded, &same), Vec::<String>::new());
        let challenge = ("www-authenticate".to_owned(), "Basic".to_owned());
        for (other, what) in [
            (Answer { status: 502, ..same.clone() }, "status"),
            (Answer { reason: "Internal Server Error".to_owned(), ..same.clone() }, "reason"),
            (Answer { headers: same.headers[..1].to_vec(), ..same.clone() }, "Content-Type"),
            (Answer { headers: same.headers[1..].to_vec(), ..same.clone() }, "closes"),
            (Answer { headers: [same.headers.clone(), vec![challenge]].concat(), ..same.clone() }, "WWW-Authenticate"),
        ] {
            let found = differences(&recorded, &other);
            assert!(found.len() == 1 && found[0].starts_with(what), "{what}: {found:?}");
        }
    }
}
