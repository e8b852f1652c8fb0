//! Against `serde_json`: the same documents, the same values, the same places.

use std::io::{self, Read};

use proptest::prelude::*;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use super::*;

/// Gives the bytes in pieces of one length, and interrupts itself before each.
struct Pieces<'a> {
    bytes: &'a [u8],
    length: usize,
    is_interrupted: bool,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.is_interrupted = !self.is_interrupted;
        if self.is_interrupted {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let length = self.length.min(buffer.len());
        self.bytes.read(&mut buffer[..length])
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8], width: usize) -> Result<T, Error> {
    let mut json = Json::new(Pieces { bytes, length: width, is_interrupted: false }, width);
    let value = T::deserialize(&mut json)?;
    json.end()?;
    Ok(value)
}

/// Both readers on one document: the same value, or both refuse it. Where `serde_json` says that it was cut, so does
/// ours; the other way round ours says so of numbers too. What is wrong is in the same line.
fn compare<T: DeserializeOwned + PartialEq + fmt::Debug>(bytes: &[u8], width: usize) {
    let text = String::from_utf8_lossy(bytes);
    match (read::<T>(bytes, width), serde_json::from_slice::<T>(bytes)) {
        (Ok(found), Ok(expected)) => assert_eq!(found, expected, "{text:?} through {width}"),
        (Err(found), Err(expected)) => {
            let (position, is_cut) = match found.reason() {
                Reason::Cut(position) => (position, true),
                Reason::Wrong(position, _) => (position, false),
                other => panic!("{other:?} for {text:?}"),
            };
            // `serde_json` misses four digits at the end before it looks whether those that are there are any.
            let is_short = bytes[bytes.len().saturating_sub(5)..].windows(2).any(|pair| pair == br"\u");
            assert!(is_cut || is_short || !expected.is_eof(), "{text:?} through {width} is cut: {expected}");
            // A line break that is wrong itself counts for `serde_json` as if it were behind us.
            let line = expected.line() - usize::from(expected.column() == 0 && expected.line() > position.line);
            assert_eq!(position.line, line, "{text:?} through {width}: {expected}");
        }
        (found, expected) => panic!("{found:?} and not {expected:?} for {text:?} through {width}"),
    }
}

/// `IgnoredAny` that can be compared.
#[derive(Debug, serde::Deserialize)]
#[serde(transparent)]
struct Skipped(IgnoredAny);

impl PartialEq for Skipped {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

fn compare_both(bytes: &[u8], width: usize) {
    compare::<Value>(bytes, width);
    compare::<Skipped>(bytes, width);
}

const AWKWARD: &str = r#" {"a b":[1,-0,0.5e-3,1e+2,18446744073709551615,-9223372036854775808,123456789012345678901234],
	"あ\u3042\ud83d\ude00\"\\\/\b\f\n\r\t":{"":null,"x":[true,false,[],{},[[]]]}, "long": "0123456789abcdef\n0123456789ABCDEF作業"}
"#;

#[test]
fn every_cut_through_every_window_is_read_as_serde_json_reads_it() {
    let bytes = AWKWARD.as_bytes();
    for width in 1..=bytes.len() + 1 {
        compare_both(bytes, width);
    }
    for cut in 0..bytes.len() {
        for width in [1, 2, 3, 7, 8, 9, 16, 64, 1_024] {
            compare_both(&bytes[..cut], width);
        }
    }
}

#[test]
fn a_document_that_is_cut_is_told_from_one_that_is_wrong() {
    for cut in 1..AWKWARD.trim_end().len() {
        let error = read::<Value>(&AWKWARD.as_bytes()[..cut], 5).expect_err("cut");
        assert!(matches!(error.reason(), Reason::Cut(_)), "cut at {cut}");
    }
}

#[test]
fn what_is_no_json_is_refused_as_serde_json_refuses_it() {
    let deep = |count: usize| format!("{}{}", "[".repeat(count), "]".repeat(count));
    let texts = [
        "",
        " ",
        "nul",
        "nulx",
        "truex",
        "+1",
        "-",
        "--1",
        "01",
        "-01",
        "1.",
        ".5",
        "1.e2",
        "1e",
        "1e+",
        "1e5e5",
        "1-2",
        "1e999",
        "-1e999",
        "0e999",
        "1e-999",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1",
        "]",
        "{\"a\":1,}",
        "{,}",
        "{\"a\" 1}",
        "{\"a\":}",
        "{a:1}",
        "{1:1}",
        "{\"a\":1 \"b\":2}",
        "[}",
        "{]",
        "[1}",
        "{\"a\":1]",
        "1 1",
        "[] ,",
        "\u{feff}1",
        "\"\\x41\"",
        "\"\\u12G4\"",
        "\"\\u\"}",
        "\"\\ud800\"",
        "\"\\ud800x\"",
        "\"\\ud800\\n\"",
        "\"\\ud800\\u0041\"",
        "\"\\udc00\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\\ud83d\"",
        "\"a\nb\"",
        "\"\u{1f}\"",
        "\"\u{7f}\"",
        "{\"a\":1,\"a\":2}",
        "{\"\\u0061\":1}",
        "'a'",
        "\"\\",
        "\"\\u00",
        "\u{a0}1",
        "\u{c}1",
    ];
    let deep = [deep(126), deep(127), deep(128), deep(129), format!("{{\"a\":{}}}", deep(127)), "[".repeat(5_000)];
    for text in texts.iter().copied().chain(deep.iter().map(String::as_str)) {
        for width in [1, 2, 3, 8, 64] {
            compare_both(text.as_bytes(), width);
        }
    }
    for bytes in
        [b"\"\xff\"".as_slice(), b"\"\xed\xa0\x80\"", b"\"\xc0\xaf\"", b"\xff", b"{\"\xff\":1}", b"\"\xe3\x81\""]
    {
        for width in [1, 2, 3, 8, 64] {
            compare_both(bytes, width);
        }
    }
}

#[test]
fn a_place_is_told_by_line_and_bytes_of_the_line() {
    for width in [1, 4, 100] {
        let wrong = |text: &str| match read::<Value>(text.as_bytes(), width).expect_err("wrong").reason() {
            Reason::Wrong(at, _) | Reason::Cut(at) => (at.line, at.column),
            other => panic!("{other:?}"),
        };
        assert_eq!(wrong("{\n \"a\": 作}"), (2, 6));
        assert_eq!(wrong("[1,\n\n2"), (3, 1));
        assert_eq!(wrong("x"), (1, 0));
    }
}

/// Documents with everything in them that JSON has.
fn documents() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,20}|[\"\\\\/\u{0}-\u{1f}あ😀]{0,9}".prop_map(Value::from),
    ];
    scalar.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::hash_map("[a-c\"\\\\あ]{0,9}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn documents_are_read_as_serde_json_reads_them(document in documents(), is_pretty: bool) {
        let text = if is_pretty { serde_json::to_string_pretty(&document) } else { serde_json::to_string(&document) };
        let bytes = text.expect("a document").into_bytes();
        for width in [1, 2, 3, 8, 13, 1_024] {
            compare_both(&bytes, width);
            for cut in 0..bytes.len() {
                compare_both(&bytes[..cut], width);
            }
        }
    }

    /// Some bytes are replaced, so that it is nearly JSON.
    #[test]
    fn broken_documents_are_read_as_serde_json_reads_them(
        document in documents(), broken in prop::collection::vec((any::<prop::sample::Index>(), "[\\[\\]{},:\"\\\\ue0-9. \u{0}あ]"), 1..4),
        width in 1..20_usize,
    ) {
        let mut bytes = document.to_string().into_bytes();
        for (at, with) in broken {
            let at = at.index(bytes.len());
            bytes.splice(at..=at, with.into_bytes());
        }
        compare_both(&bytes, width);
    }

    #[test]
    fn any_bytes_are_read_as_serde_json_reads_them(bytes in prop::collection::vec(any::<u8>(), 0..40), width in 1..20_usize) {
        compare_both(&bytes, width);
    }
}
