//! Secrets that must turn up nowhere, and the search for them: in files, in what programs print, in command lines and
//! environments, in every form in which they travel. It shares no code with what takes secrets out.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use base64::prelude::{Engine, BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use memchr::memmem;

/// A password that every encoding changes.
pub const PASSWORD: &str = "c4nary\"Pa5/5+w%d&é";
/// A token.
pub const TOKEN: &str = "t0ken-c4nary.eyJhbGciOiJub25lIn0.4711";
/// A refresh token.
pub const REFRESH: &str = "r3fresh-c4nary.eyJhbGciOiJub25lIn0.4712";
/// Whose they are.
pub const USER: &str = "admin";

/// A form of a secret.
#[derive(Debug)]
pub struct Form {
    /// Which.
    pub name: String,
    /// As somebody would write it.
    pub written: String,
    /// What of it is looked for: all of it, or what does not depend on its neighbours.
    pub sought: String,
}

impl Form {
    /// Every place where it stands in these bytes.
    pub fn places(&self, bytes: &[u8]) -> Vec<usize> {
        memmem::find_iter(bytes, self.sought.as_bytes()).collect()
    }
}

/// Every secret in every form.
pub fn forms() -> Vec<Form> {
    let mut forms = Vec::new();
    for (name, secret) in [("password", PASSWORD), ("token", TOKEN), ("refresh token", REFRESH)] {
        let percent: String = secret.bytes().map(percent_encoded).collect();
        let json = serde_json::to_string(secret).expect("text is JSON");
        let hexadecimal: String = secret.bytes().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        for (form, written) in [
            ("plain", secret.to_owned()),
            ("percent", percent.clone()),
            ("percent, lower case", lower_escapes(&percent)),
            ("JSON", json[1..json.len() - 1].to_owned()),
            ("hexadecimal", hexadecimal),
            ("base64", BASE64_STANDARD.encode(secret)),
            ("base64 for addresses", BASE64_URL_SAFE_NO_PAD.encode(secret)),
            ("Basic", BASE64_STANDARD.encode(format!("{USER}:{secret}"))),
        ] {
            forms.push(Form { name: format!("{name}, {form}"), sought: written.clone(), written });
        }
        for (before, first) in [("x", 2), ("xy", 3)] {
            let written = BASE64_STANDARD.encode(format!("{before}{secret}"));
            let sought = written[first..first + 16].to_owned();
            forms.push(Form { name: format!("{name}, base64 after {before}"), written, sought });
        }
    }
    forms
}

fn percent_encoded(byte: u8) -> String {
    let is_plain = byte.is_ascii_alphanumeric() || b"-._*".contains(&byte);
    if is_plain {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

fn lower_escapes(percent: &str) -> String {
    let mut pieces = percent.split('%');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| format!("{text}%{}{}", piece[..2].to_lowercase(), &piece[2..]))
}

/// The first form that stands in these bytes, and where.
pub fn found_in(bytes: &[u8]) -> Option<(Form, usize)> {
    let place = |form: &Form| memmem::find(bytes, form.sought.as_bytes());
    forms().into_iter().find_map(|form| place(&form).map(|at| (form, at)))
}

/// Checks that none stands there.
pub fn expect_absent(place: &str, bytes: &[u8]) {
    if let Some((form, at)) = found_in(bytes) {
        let around = &bytes[at.saturating_sub(300)..bytes.len().min(at + form.sought.len() + 100)];
        panic!("{place} holds the {}: … {} …", form.name, String::from_utf8_lossy(around));
    }
}

/// Checks every file below a folder, except below those of these names, and returns how many there were.
pub fn expect_absent_below(folder: &Path, except: &[&str]) -> usize {
    let mut files = 0;
    for entry in fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        let path = entry.path();
        let is_excepted = except.iter().any(|name| entry.file_name() == *name);
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && !is_excepted => files += expect_absent_below(&path, except),
            Ok(kind) if kind.is_file() && !is_excepted => {
                expect_absent(&path.display().to_string(), &fs::read(&path).unwrap_or_default());
                files += 1;
            }
            _ => {}
        }
    }
    files
}

/// Checks the command line and the environment of every process of this machine that may be looked at, except this one, and
/// returns how many carried `mark` in their environment.
pub fn expect_absent_in_processes(mark: &str) -> usize {
    let mut marked = 0;
    for entry in fs::read_dir("/proc").expect("a Linux").filter_map(Result::ok) {
        let own = entry.file_name().to_string_lossy().parse() == Ok(std::process::id());
        let (Ok(line), Ok(environment)) =
            (fs::read(entry.path().join("cmdline")), fs::read(entry.path().join("environ")))
        else {
            continue;
        };
        let is_marked = environment.windows(mark.len()).any(|window| window == mark.as_bytes());
        // Only programs of this test are its business.
        if is_marked && !own {
            expect_absent("a command line", &line);
            expect_absent("an environment", &environment);
            marked += 1;
        }
    }
    marked
}
