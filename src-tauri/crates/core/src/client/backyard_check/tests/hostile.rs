//! Answers that are cut, broken or without end (docs/faults.md).

use std::io::{self, Read};

use proptest::prelude::*;

use super::*;
use crate::jobs::builder::{TooMuch, MAX_NAMES, MAX_TEXT};

fn is_cut(error: &CheckError) -> bool {
    matches!(error, CheckError::Unreadable { is_cut: true, .. })
}

#[test]
fn an_answer_that_is_cut_at_any_byte_is_none() {
    let disguise = envelope(r#"[{"message":"システムエラー","result":"999-99999"},500]"#);
    for whole in [listed(&format!("[{JOB},{JOB}]")), mapped(&format!("[{JOB}]")), disguise] {
        for cut in 0..whole.len() {
            let error = read(&whole.as_bytes()[..cut]).expect_err("a part is no answer");
            // In the middle of a character the rest is not text, which is said first.
            assert!(is_cut(&error) || !whole.is_char_boundary(cut), "cut at {cut}: {error:?}");
        }
    }
}

#[test]
fn a_reader_that_fails_is_no_end() {
    struct Broken<'a>(&'a [u8]);
    impl Read for Broken<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Err(io::Error::other("hung up"));
            }
            self.0.read(buffer)
        }
    }
    let whole = listed("[]");
    let error = read(Broken(whole.as_bytes())).expect_err("the end was never seen");
    assert!(matches!(error, CheckError::Read(_)), "{error:?}");
}

#[test]
fn what_follows_an_answer_spoils_it() {
    let whole = listed("[]");
    assert!(read(format!(" \t\r\n{whole} \r\n\t").as_bytes()).is_ok(), "blanks are no content");
    for tail in ["x", "{}", "\0", ",", "null", "\u{feff}", "\u{a0}", &whole] {
        assert!(matches!(read(format!("{whole}{tail}").as_bytes()), Err(CheckError::Unreadable { .. })), "{tail:?}");
    }
    for head in ["\u{feff}", "\0", "x", ")]}'\n"] {
        assert!(matches!(read(format!("{head}{whole}").as_bytes()), Err(CheckError::Unreadable { .. })), "{head:?}");
    }
}

#[test]
fn depth_is_an_error_and_never_a_crash() {
    let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
    for deep in [open.clone(), "{\"a\":".repeat(100_000), envelope(&open), listed(&open), mapped(&open)] {
        assert!(matches!(read(deep.as_bytes()), Err(CheckError::Unreadable { .. })));
    }
    let ignored = listed("[]").replace("\"message\"", &format!("\"new\":{open}{close},\"message\""));
    assert!(read(ignored.as_bytes()).is_ok(), "what nobody reads may be as deep as it likes");
}

#[test]
fn text_that_is_no_text_makes_the_answer_unreadable_where_it_is_read() {
    for (broken, what) in [
        (b"\xff".as_slice(), "invalid UTF-8"),
        (b"\xed\xa0\x80", "a surrogate in UTF-8"),
        (b"\xc0\xaf", "an overlong form"),
        (br"\ud83d", "half a pair"),
        (br"\udc00\ud83d", "a pair the wrong way round"),
        (br"\x41", "an escape that does not exist"),
        (b"\0", "NUL as it is"),
        (b"\n", "a line break as it is"),
    ] {
        let job = [br#"[{"id":""#, broken, br#"","status_id":"3"}]"#].concat();
        let around = listed("@");
        let (head, tail) = around.split_once('@').expect("a place");
        let bytes = [head.as_bytes(), &job, tail.as_bytes()].concat();
        assert!(matches!(read(bytes.as_slice()), Err(CheckError::Unreadable { .. })), "{what}");
    }
    let kept = accepted(&listed(r#"[{"id":"a\u0000\ud83d\ude00\u202eb","status_id":"3"}]"#)).table;
    assert_eq!(
        kept.id(0).to_string(),
        "a\0😀\u{202e}b",
        "escaped and valid: shown as it is, which is the window's work"
    );
}

#[test]
fn limits_end_the_reading() {
    let too_much = |text: String| match read(text.as_bytes()) {
        Err(CheckError::TooMuch(too_much)) => too_much,
        other => panic!("{other:?}"),
    };
    let endless = "x".repeat(MAX_TEXT + 1);
    let text = TooMuch { what: "bytes of text", limit: MAX_TEXT };
    for field in ["id", "status_id", "status_name", "last_update_timestamp"] {
        assert_eq!(too_much(listed(&format!(r#"[{{"{field}":"{endless}"}}]"#))), text, "{field}");
    }
    let endless = format!("\"{endless}\"");
    for name in [r#""org""#, r#""ws""#, r#""ita-by-ansible-execute""#] {
        assert_eq!(too_much(listed("[]").replace(name, &endless)), text, "{name}");
        assert_eq!(too_much(mapped("[]").replace(name, &endless)), text, "{name}");
    }
    let names = TooMuch { what: "names", limit: MAX_NAMES };
    let organizations = vec!["{}"; MAX_NAMES + 1].join(",");
    assert_eq!(too_much(envelope(&format!(r#"{{"organizations":[{organizations}]}}"#))), names);
    let scalars: Vec<String> = (0..=MAX_NAMES).map(|key| format!("\"{key}\":0")).collect();
    let scalars = scalars.join(",");
    for map in
        [format!("{{{scalars}}}"), format!("{{\"org\":{{{scalars}}}}}"), format!("{{\"o\":{{\"w\":{{{scalars}}}}}}}")]
    {
        assert_eq!(too_much(envelope(&map)), names, "names are remembered also where nothing else is");
    }
}

#[test]
fn an_id_of_ten_thousand_characters_is_kept() {
    let long = "長".repeat(10_000);
    let table = accepted(&listed(&format!(r#"[{{"id":"{long}","status_id":"3"}}]"#))).table;
    assert_eq!(table.id(0).to_string(), long);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>) {
        let _ = read(bytes.as_slice());
    }

    /// One byte of a good answer is replaced: it is refused, or it still says as many rows as it lists.
    #[test]
    fn a_flipped_byte_never_loses_rows(at: prop::sample::Index, byte: u8, is_mapped: bool) {
        let jobs = format!("[{JOB},{JOB},{JOB}]");
        let mut bytes = if is_mapped { mapped(&jobs) } else { listed(&jobs) }.into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(answer) = read(bytes.as_slice()) {
            prop_assert_eq!(answer.table.len(), 3, "{}", String::from_utf8_lossy(&bytes));
        }
    }
}
