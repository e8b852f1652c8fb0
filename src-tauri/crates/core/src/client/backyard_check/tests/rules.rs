//! The rules of the module, each by example.

use super::*;
use crate::domain::problem::{Problem, ProblemCode};

#[test]
fn both_shapes_say_the_same() {
    let answers = [accepted(&listed(&format!("[{JOB}]"))), accepted(&mapped(&format!("[{JOB}]")))];
    for answer in &answers {
        let table = &answer.table;
        assert_eq!(answer.platform_time, Timestamp::parse("2026-11-22T10:12:50.122Z"));
        assert_eq!((table.len(), table.organization(0), table.workspace(0)), (1, "org", "ws"));
        assert_eq!(table.backyard(0), "ita-by-ansible-execute");
        assert_eq!(table.id(0).to_string(), "0b7f511f-cec7-4956-84e5-ccf8ad1a44b6");
        assert_eq!((table.status_id(0), table.status_name(0)), ("3", Some("実行中")));
        assert_eq!(table.raw_label(0).as_deref(), Some("2026-11-22T19:16:02.140628Z"));
        assert!(!table.is_incomplete(0));
    }
}

#[test]
fn an_error_in_disguise_is_told_with_its_inner_words() {
    let inner = r#"[{"message":"システムエラー","result":"999-99999","ts":"2026-11-22T10:16:24.873Z"},500]"#;
    let (result, message, platform_time) = disguised(&envelope(inner));
    assert_eq!((result.as_deref(), message.as_deref()), (Some("999-99999"), Some("システムエラー")));
    assert_eq!(platform_time, Timestamp::parse("2026-11-22T10:12:50.122Z"));
    let turned = r#"[500,{"ts":1},{"message":"x"},{"message":"y"}]"#;
    assert_eq!(disguised(&envelope(turned)).1.as_deref(), Some("x"), "the first that says something");
    for empty in ["[]", "[500]", "[[]]", r#"["999-99999"]"#, r#"[{"result":999}]"#] {
        let (result, message, _) = disguised(&envelope(empty));
        assert_eq!((result.as_deref(), message.as_deref()), (Some("000-00000"), Some("SUCCESS")), "{empty}");
    }
}

#[test]
fn another_result_is_an_error_whatever_stands_beside_it() {
    let other = listed("[]").replace("000-00000", "499-00001");
    assert_eq!(disguised(&other).0.as_deref(), Some("499-00001"));
    let endless = "ら".repeat(5_000);
    let message = disguised(&other.replace("SUCCESS", &endless)).1.expect("a message");
    assert_eq!(message.chars().count(), 1_000, "cut between characters");
    assert_eq!(lacking(&listed("[]").replace(r#""000-00000""#, "0")), "result", "a number is no result");
    assert_eq!(lacking(&listed("[]").replace(r#""result""#, r#""outcome""#)), "result");
}

#[test]
fn words_of_an_error_in_disguise_stay_short_and_on_one_line() {
    let hostile = format!(r#"[{{"message":"a\nb\u001b[31m{}","result":"9\r9"}}]"#, "x".repeat(3_000));
    let problem: Problem = read(envelope(&hostile).as_bytes()).expect_err("disguised").into();
    assert_eq!(problem.code, ProblemCode::ErrorInDisguise);
    let message = problem.facts.platform_message.expect("a message");
    assert!(message.chars().count() <= 500 && !message.contains(['\n', '\u{1b}']), "{message}");
    assert_eq!(problem.facts.platform_result.as_deref(), Some("9 9"));
}

#[test]
fn a_part_that_makes_it_an_answer_cannot_be_missing() {
    for (data, part) in [
        ("null", "data"),
        (r#""ok""#, "data"),
        ("{}", "data.execute_count"),
        (r#"{"execute_count":0}"#, "data.organizations"),
        (r#"{"execute_count":0,"note":"none"}"#, "data.organizations"),
        (r#"{"execute_count":0,"organizations":null}"#, "data.organizations"),
        (r#"{"organizations":[]}"#, "data.execute_count"),
        (r#"{"execute_count":"0","organizations":[]}"#, "data.execute_count"),
        (r#"{"execute_count":0.0,"organizations":[]}"#, "data.execute_count"),
        (r#"{"execute_count":-1,"organizations":[]}"#, "data.execute_count"),
        (r#"{"execute_count":4294967296,"organizations":[]}"#, "data.execute_count"),
        (r#"{"execute_count":0,"organizations":[null]}"#, "data.organizations[]"),
        (r#"{"execute_count":0,"organizations":[{"id":"a","execute_count":0}]}"#, "data.organizations[].workspaces"),
        (r#"{"execute_count":0,"org":null}"#, "data.<organization>"),
        (r#"{"execute_count":0,"org":[]}"#, "data.<organization>"),
        (r#"{"execute_count":0,"org":{}}"#, "data.<organization>.execute_count"),
        (r#"{"execute_count":0,"org":{"execute_count":0,"ws":null}}"#, "data.<organization>.<workspace>"),
        (
            r#"{"execute_count":0,"org":{"execute_count":0,"ws":{"ita-by-menu-create":[]}}}"#,
            "data.<organization>.<workspace>.execute_count",
        ),
        (
            r#"{"execute_count":0,"org":{"execute_count":0,"ws":{"execute_count":0,"ita-by-menu-create":{}}}}"#,
            "data.<organization>.<workspace>.<container>",
        ),
    ] {
        assert_eq!(lacking(&envelope(data)), part, "{data}");
    }
    for (whole, part) in [("null", "the envelope"), ("[]", "the envelope"), ("{}", "data"), ("0", "the envelope")] {
        assert_eq!(lacking(whole), part, "{whole}");
    }
    for list in ["null", "{}", r#""none""#, "0"] {
        assert_eq!(lacking(&listed(list)), "a list of jobs", "{list}: not known to be empty");
    }
}

#[test]
fn a_repeated_part_leaves_open_which_one_is_meant() {
    let text = listed("[]");
    for (part, twice) in [
        (r#""message":"SUCCESS""#, r#""message":"SUCCESS","message":"SUCCESS""#),
        (r#""result":"000-00000""#, r#""result":"999-99999","result":"000-00000""#),
        (r#"{"execute_count":1,"org"#, r#"{"execute_count":0,"execute_count":1,"org"#),
        (r#""id":"org""#, r#""id":"other","id":"org""#),
        (r#""id":"ws""#, r#""id":"ws","id":"ws""#),
        (r#""ita-by-ansible-execute":[]"#, r#""ita-by-ansible-execute":[{}],"ita-by-ansible-execute":[]"#),
    ] {
        let repeated = text.replacen(part, twice, 1);
        assert_ne!(repeated, text, "{part} is in the document");
        assert!(lacking(&repeated).contains("repeated"), "{twice}");
    }
    let answer = accepted(&listed(r#"[{"id":"a","id":"b","status_id":1,"status_id":"2","status_name":null}]"#));
    assert_eq!((answer.table.id(0).to_string().as_str(), answer.table.status_id(0)), ("b", "2"), "the last one");
}

#[test]
fn whatever_stands_among_the_jobs_is_a_row() {
    let odd = r#"[null,7,"x",true,[1],{},{"id":7,"status_id":false,"status_name":[],"last_update_timestamp":1.5},
        {"id":null,"status_id":{"a":1},"status_name":3,"last_update_timestamp":{}}]"#;
    let table = accepted(&listed(odd)).table;
    assert_eq!(table.len(), 8, "a job that cannot be read may still be running");
    assert!((0..8).all(|row| table.is_incomplete(row)), "and is marked");
    assert_eq!((table.id(6).to_string().as_str(), table.status_id(6)), ("7", "false"), "what has a text keeps it");
    assert_eq!(table.raw_label(6).as_deref(), Some("1.5"));
    assert_eq!((table.id(7).to_string().as_str(), table.status_id(7)), ("", ""));
    assert_eq!((table.status_name(7), table.raw_label(7)), (Some("3"), None));
}

#[test]
fn unknown_keys_are_ignored_wherever_they_stand() {
    let plain = accepted(&listed(&format!("[{JOB}]"))).table;
    let deep = r#"{"a":[{"id":"not a job"}],"execute_count":9,"organizations":[]}"#;
    let mut text = listed(&format!("[{JOB}]"));
    for place in [r#""id":"org""#, r#""id":"ws""#, r#""id":"0b7f"#, r#""message""#, r#""organizations""#] {
        text = text.replacen(place, &format!(r#""new":{deep},{place}"#), 1);
    }
    let table = accepted(&text).table;
    assert_eq!((table.len(), table.id(0)), (plain.len(), plain.id(0)));
    assert_eq!(table.organizations.len(), 1, "an object beside the list is no organization, before it or after it");
    let after = text.replacen("}]}]},", &format!(r#"}}]}}],"new":{deep},"new":null}},"#), 1);
    assert_ne!(after, text);
    assert_eq!(accepted(&after).table.organizations.len(), 1);
}

#[test]
fn a_time_of_the_platform_that_cannot_be_read_is_none() {
    for ts in [r#""yesterday""#, "null", "1763806370", r#""2026-11-22""#] {
        let text = listed("[]").replace(r#""2026-11-22T10:12:50.122Z""#, ts);
        assert_eq!(accepted(&text).platform_time, None, "{ts}");
    }
}
