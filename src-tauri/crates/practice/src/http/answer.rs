//! Answers in the platform's shapes (platform-contract §2).

use axum::{
    body::Body,
    http::{header, HeaderValue, Response, StatusCode},
};
use hyper::ext::ReasonPhrase;
use serde_json::{json, Value};

use crate::{
    identity::TokenAnswer,
    json::{push_string, render, Layout},
    text::{self, Language},
    world::ts,
};

const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";
const HTML: &str = "text/html; charset=iso-8859-1";
const PLAIN: &str = "text/html; charset=utf-8";

/// An answer before it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) reason: &'static str,
    pub(crate) content_type: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
}

impl Answer {
    fn new(status: u16, content_type: &'static str, body: String) -> Self {
        Self { status, reason: python_reason(status), content_type, headers: Vec::new(), body }
    }

    /// The platform API and the proxy: `data`, `message`, `result`, `ts`.
    pub(crate) fn platform(status: u16, result: &str, message: &str, data: &Value) -> Self {
        let body = json!({"data": data, "message": message, "result": result, "ts": ts()});
        Self::new(status, JSON, render(&body, Layout::Compact))
    }

    /// A success of the platform API.
    pub(crate) fn platform_ok(data: &Value) -> Self {
        Self::platform(200, "000-00000", "SUCCESS", data)
    }

    /// The proxy's answer to everything unexpected.
    pub(crate) fn failed(language: Language) -> Self {
        Self::platform(500, "500-99999", text::system_error(language), &Value::Null)
    }

    /// A success of the ITA API.
    pub(crate) fn ita_ok(data: &Value) -> Self {
        let body = json!({"data": data, "message": "SUCCESS", "result": "000-00000", "ts": ts()});
        Self::new(200, JSON, render(&body, Layout::Indented))
    }

    /// A success of the ITA API whose `data` is printed by `push`.
    pub(crate) fn ita_printed(push: impl FnOnce(&mut String)) -> Self {
        let mut body = String::from("{\n  \"data\": ");
        push(&mut body);
        body.push_str(",\n  \"message\": \"SUCCESS\",\n  \"result\": \"000-00000\",\n  \"ts\": ");
        push_string(&mut body, &ts());
        body.push_str("\n}\n");
        Self::new(200, JSON, body)
    }

    /// A refusal of the ITA API: no `data`.
    pub(crate) fn ita_refused(status: u16, result: &str, message: &str) -> Self {
        let body = json!({"message": message, "result": result, "ts": ts()});
        Self::new(status, JSON, render(&body, Layout::Indented))
    }

    /// `application/problem+json` of the framework.
    pub(crate) fn problem(status: u16, title: &str, detail: &str) -> Self {
        let body = json!({"detail": detail, "status": status, "title": title, "type": "about:blank"});
        Self::new(status, PROBLEM, render(&body, Layout::Indented))
    }

    /// No such path in the API.
    pub(crate) fn no_such_path() -> Self {
        let detail = "The requested URL was not found on the server. \
                      If you entered the URL manually please check your spelling and try again.";
        Self::problem(404, "Not Found", detail)
    }

    /// No such method at this path.
    pub(crate) fn no_such_method() -> Self {
        Self::problem(405, "Method Not Allowed", "The method is not allowed for the requested URL.")
    }

    /// A page of the web server.
    pub(crate) fn page(status: u16, heading: &str, paragraph: &str) -> Self {
        let title = web_server_reason(status);
        let body = format!(
            "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/strict.dtd\">\n\
             <html><head>\n<title>{status} {title}</title>\n</head><body>\n<h1>{heading}</h1>\n<p>{paragraph}</p>\n\
             </body></html>\n"
        );
        Self { status, reason: title, content_type: HTML, headers: Vec::new(), body }
    }

    /// The web server lets nobody there: the wrong site or path, not a missing role.
    pub(crate) fn forbidden() -> Self {
        Self::page(403, "Forbidden", "You don't have permission to access this resource.")
    }

    /// A body without a length.
    pub(crate) fn length_required(method: &str) -> Self {
        let paragraph = format!("A request of the requested method {method} requires a valid\nContent-length.<br />\n");
        Self::page(411, "Length Required", &paragraph)
    }

    /// A body beyond every setting.
    pub(crate) fn too_large() -> Self {
        Self::page(413, "Request Entity Too Large", "The requested resource does not allow request data of this size.")
    }

    /// A redirect of the web server.
    pub(crate) fn found(location: String) -> Self {
        let mut answer = Self::page(302, "Found", &format!("The document has moved <a href=\"{location}\">here</a>."));
        answer.headers.push(("Location", location));
        answer
    }

    /// The reverse proxy finds nobody behind it.
    pub(crate) fn bad_gateway() -> Self {
        let body = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
                    <center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n\
                    </html>\r\n";
        let (status, reason) = (502, web_server_reason(502));
        Self { status, reason, content_type: "text/html", headers: Vec::new(), body: body.to_owned() }
    }

    /// Plain text of a Python service.
    pub(crate) fn plain(status: u16, body: &str) -> Self {
        Self::new(status, PLAIN, body.to_owned())
    }

    /// The token endpoint.
    pub(crate) fn token(answer: TokenAnswer, language: Language) -> Self {
        match answer {
            TokenAnswer::Granted(body) => Self::new(200, JSON, body),
            TokenAnswer::Error(status, error, description) => {
                let body = format!("{{\"error\": \"{error}\", \"error_description\": \"{description}\"}}");
                Self::new(status, JSON, body)
            }
            TokenAnswer::Failed => Self::failed(language),
        }
    }

    /// Whether the web server closes the connection after this status. Its own list, whoever made the answer.
    fn closes(&self) -> bool {
        matches!(self.status, 400 | 408 | 411 | 413 | 414 | 500 | 501 | 503)
    }

    /// As HTTP.
    pub(crate) fn into_response(self) -> Response<Body> {
        let closes = self.closes();
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response.extensions_mut().insert(ReasonPhrase::from_static(self.reason.as_bytes()));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
        if closes {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}

/// The reason as the Python services write it.
const fn python_reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "BAD REQUEST",
        401 => "UNAUTHORIZED",
        404 => "NOT FOUND",
        405 => "METHOD NOT ALLOWED",
        500 => "INTERNAL SERVER ERROR",
        _ => "UNKNOWN",
    }
}

/// The reason as the web servers write it.
const fn web_server_reason(status: u16) -> &'static str {
    match status {
        302 => "Found",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        411 => "Length Required",
        413 => "Request Entity Too Large",
        _ => "Bad Gateway",
    }
}
