//! JSON as the platform prints it: keys sorted, everything beyond ASCII escaped, a newline at the end.

use std::fmt::{self, Write as _};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

/// The two printers of the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// The platform API and the authorisation proxy.
    Compact,
    /// The ITA API and every `problem+json`: two spaces a level.
    Indented,
}

/// Prints a value and the newline after it.
pub(crate) fn render(value: &Value, layout: Layout) -> String {
    let mut out = String::new();
    push_value(&mut out, value, layout, 0);
    out.push('\n');
    out
}

fn push_value(out: &mut String, value: &Value, layout: Layout, depth: usize) {
    match value {
        Value::String(text) => push_string(out, text),
        Value::Array(items) => {
            push_items(out, ['[', ']'], layout, depth, items.iter(), |out, item| {
                push_value(out, item, layout, depth + 1);
            });
        }
        Value::Object(members) => {
            // Sorted here: whether serde_json's map keeps its keys sorted depends on the features of other crates.
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| *key);
            push_items(out, ['{', '}'], layout, depth, members.into_iter(), |out, (key, member)| {
                push_string(out, key);
                out.push_str(if layout == Layout::Compact { ":" } else { ": " });
                push_value(out, member, layout, depth + 1);
            });
        }
        plain => out.push_str(&plain.to_string()),
    }
}

fn push_items<T>(
    out: &mut String,
    brackets: [char; 2],
    layout: Layout,
    depth: usize,
    items: impl Iterator<Item = T>,
    mut push_item: impl FnMut(&mut String, T),
) {
    out.push(brackets[0]);
    let mut empty = true;
    for item in items {
        if !empty {
            out.push(',');
        }
        empty = false;
        if layout == Layout::Indented {
            push_line(out, depth + 1);
        }
        push_item(out, item);
    }
    if !empty && layout == Layout::Indented {
        push_line(out, depth);
    }
    out.push(brackets[1]);
}

/// A new line, indented by `depth` levels.
pub(crate) fn push_line(out: &mut String, depth: usize) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

/// A string with its quotes, escaped as Python's `json` does by default.
pub(crate) fn push_string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            ' '..='\u{7f}' => out.push(character),
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
}

/// A value as Python's `repr` shows it, which the platform's messages quote.
pub(crate) fn python_repr(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => {
            let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
            let escaped = text.replace('\\', "\\\\").replace('\n', "\\n");
            let escaped = if quote == '\'' { escaped.replace('\'', "\\'") } else { escaped };
            format!("{quote}{escaped}{quote}")
        }
        Value::Array(items) => format!("[{}]", items.iter().map(python_repr).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members: Vec<_> =
                members.iter().map(|(key, value)| format!("'{key}': {}", python_repr(value))).collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}

/// A value as Python's `str` shows it: a string stands without quotes.
pub(crate) fn python_str(value: &Value) -> String {
    value.as_str().map_or_else(|| python_repr(value), str::to_owned)
}

/// The members of an object in the order sent; of a repeated key the last value, at the first place (as a Python
/// dictionary keeps it). The order decides which of several mistakes is reported.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Members(pub(crate) Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members: Vec<(String, Value)> = Vec::new();
                while let Some((key, value)) = map.next_entry::<String, Value>()? {
                    match members.iter_mut().find(|(known, _)| *known == key) {
                        Some(member) => member.1 = value,
                        None => members.push((key, value)),
                    }
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn text_beyond_ascii_is_escaped_in_utf16_units() {
        let mut out = String::new();
        push_string(&mut out, "作業-😀\"\\\n\u{1}");
        assert_eq!(out, r#""\u4f5c\u696d-\ud83d\ude00\"\\\n\u0001""#, "as Python's json.dumps prints it");
    }

    #[test]
    fn the_two_layouts_sort_keys_and_end_with_a_newline() {
        let value = json!({"b": [1, []], "a": {}});
        assert_eq!(render(&value, Layout::Compact), "{\"a\":{},\"b\":[1,[]]}\n");
        assert_eq!(render(&value, Layout::Indented), "{\n  \"a\": {},\n  \"b\": [\n    1,\n    []\n  ]\n}\n");
    }

    #[test]
    fn members_keep_the_order_sent_and_the_last_of_a_repeated_key() {
        let members: Members = serde_json::from_str(r#"{"z":"1","a":"2","z":"3"}"#).expect("an object");
        assert_eq!(members.0, vec![("z".to_owned(), json!("3")), ("a".to_owned(), json!("2"))]);
    }
}
