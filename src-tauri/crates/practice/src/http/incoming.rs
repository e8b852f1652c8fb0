//! A request, read.

use axum::{
    body::{to_bytes, Body},
    http::{header, HeaderMap, Request},
};
use serde_json::Value;

use crate::{json::Members, record::Credential, text::Language};

/// The longest body that is read, bytes.
const LONGEST: usize = 1 << 20;

/// What the platform looks at in a request.
#[derive(Debug, Default)]
pub(crate) struct Incoming {
    pub(crate) method: String,
    /// As sent, with the query.
    pub(crate) target: String,
    /// Without the query, runs of slashes as one.
    pub(crate) path: String,
    pub(crate) authorization: Option<Vec<u8>>,
    pub(crate) content_type: String,
    pub(crate) language: Option<String>,
    pub(crate) chunked: bool,
    pub(crate) too_large: bool,
    pub(crate) body: Vec<u8>,
}

impl Incoming {
    pub(crate) async fn read(request: Request<Body>) -> Self {
        let (parts, body) = request.into_parts();
        let target = parts.uri.path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str).to_owned();
        let text = |headers: &HeaderMap, name: header::HeaderName| {
            headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        let chunked = parts.headers.contains_key(header::TRANSFER_ENCODING);
        let body = if chunked { None } else { to_bytes(body, LONGEST).await.ok() };
        Self {
            method: parts.method.to_string(),
            path: one_slash(parts.uri.path()),
            target,
            authorization: parts.headers.get(header::AUTHORIZATION).map(|value| value.as_bytes().to_vec()),
            content_type: text(&parts.headers, header::CONTENT_TYPE).to_lowercase(),
            language: parts.headers.get("language").and_then(|value| value.to_str().ok()).map(str::to_owned),
            chunked,
            too_large: !chunked && body.is_none(),
            body: body.map(Vec::from).unwrap_or_default(),
        }
    }

    /// The language before the user is known.
    pub(crate) fn language(&self) -> Language {
        Language::of_locale(self.language.as_deref())
    }

    /// The method the services behind the proxy see: it forwards a form as POST, whatever it was.
    pub(crate) fn forwarded_method(&self) -> &str {
        let form = self.content_type.contains("application/x-www-form-urlencoded");
        if form && matches!(self.method.as_str(), "PATCH" | "PUT") {
            "POST"
        } else {
            &self.method
        }
    }

    /// The JSON the proxy forwards: what is not an object or a list, not valid, or not declared as JSON becomes `{}`.
    pub(crate) fn forwarded_json(&self) -> Forwarded {
        if !self.content_type.contains("application/json") {
            return Forwarded::Object(Members::default());
        }
        match serde_json::from_slice(&self.body) {
            Ok(Value::Array(items)) => Forwarded::List(Value::Array(items)),
            _ => Forwarded::Object(serde_json::from_slice(&self.body).unwrap_or_default()),
        }
    }

    /// The pairs of a form.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        serde_urlencoded_pairs(&self.body)
    }

    /// What kind of credential it carries.
    pub(crate) fn credential(&self) -> Credential {
        let scheme = self.authorization.as_deref().map(|bytes| String::from_utf8_lossy(bytes).to_lowercase());
        let grant = |name: &str| self.form().iter().any(|(key, value)| key == "grant_type" && value == name);
        match scheme {
            Some(text) if text.starts_with("basic") => Credential::Basic,
            Some(text) if text.starts_with("bearer") => Credential::Bearer,
            _ if self.path != super::admin::TOKEN => Credential::None,
            _ if grant("password") => Credential::PasswordGrant,
            _ if grant("refresh_token") => Credential::RefreshGrant,
            _ => Credential::None,
        }
    }
}

/// What the proxy hands to the service behind it.
#[derive(Debug, PartialEq)]
pub(crate) enum Forwarded {
    Object(Members),
    List(Value),
}

fn one_slash(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for letter in path.chars() {
        if letter != '/' || !out.ends_with('/') {
            out.push(letter);
        }
    }
    out
}

fn serde_urlencoded_pairs(body: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(body).into_owned().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sent(content_type: &str, body: &str) -> Forwarded {
        let incoming =
            Incoming { content_type: content_type.to_owned(), body: body.as_bytes().to_vec(), ..Incoming::default() };
        incoming.forwarded_json()
    }

    #[test]
    fn what_the_proxy_cannot_read_it_forwards_as_an_empty_object() {
        for (content_type, body) in
            [("text/plain", r#"{"a":"1"}"#), ("application/json", "nope"), ("application/json", "null"), ("", "{}")]
        {
            assert_eq!(sent(content_type, body), Forwarded::Object(Members::default()), "{content_type} {body}");
        }
        assert_eq!(sent("application/json", "[]"), Forwarded::List(json!([])), "a list is forwarded as it is");
    }

    #[test]
    fn runs_of_slashes_count_as_one() {
        assert_eq!(one_slash("//api/ita//x/"), "/api/ita/x/");
    }
}
