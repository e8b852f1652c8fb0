//! From what a person pastes to the origin that a request may go to (product §4).

use serde::Serialize;
use ts_rs::TS;
use url::{Host, Url};

use super::problem::{Problem, ProblemCode};

/// A usable address and what had to be done to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Address {
    /// `scheme://host[:port]` without a trailing slash; IDN as punycode.
    pub origin: String,
    /// A path, query or fragment was cut off.
    pub was_cut: bool,
    /// Plain http to another machine: the password travels readable.
    pub is_plain: bool,
    /// The host as Unicode where it differs from the punycode in `origin`.
    pub unicode_host: Option<String>,
    /// Letters of `unicode_host` from alphabets whose letters are taken for Latin ones, each once (`а` U+0430 for `a`).
    pub lookalikes: Vec<char>,
}

const LONGEST: usize = 2048;

/// Cuts a pasted page address to its origin, or says which rule it breaks: `empty`, `too_long`, `scheme`, `userinfo`,
/// `host`, `port`, `syntax`.
pub fn normalise(typed: &str) -> Result<Address, Problem> {
    let invalid = |reason: &str| Problem::because(ProblemCode::AddressInvalid, reason);
    let text = typed.trim();
    if text.is_empty() {
        return Err(invalid("empty"));
    }
    if text.len() > LONGEST {
        return Err(invalid("too_long"));
    }
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(invalid("syntax"));
    }
    let with_scheme = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = Url::parse(&with_scheme).map_err(|error| match error {
        url::ParseError::EmptyHost | url::ParseError::IdnaError => invalid("host"),
        url::ParseError::InvalidPort => invalid("port"),
        _ => invalid("syntax"),
    })?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(invalid("scheme"));
    }
    if !url.username().is_empty() || url.password().is_some() || with_scheme.contains('@') && has_userinfo(&with_scheme)
    {
        return Err(invalid("userinfo"));
    }
    if url.port() == Some(0) {
        return Err(invalid("port"));
    }
    let host = url.host().ok_or_else(|| invalid("host"))?;
    let is_plain = url.scheme() == "http" && !is_loopback(&host);
    let was_cut = !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some();
    let unicode_host = unicode_of(&host);
    let origin = url.origin().ascii_serialization();
    // As punycode a name can be longer than it was typed, and what is accepted once has to be accepted again.
    if origin.len() > LONGEST {
        return Err(invalid("too_long"));
    }
    let lookalikes = unicode_host.as_deref().map(lookalikes).unwrap_or_default();
    Ok(Address { origin, was_cut, is_plain, unicode_host, lookalikes })
}

/// An empty `user@` leaves no trace in the parsed form, so the text is looked at.
fn has_userinfo(text: &str) -> bool {
    let after_scheme = text.split_once("://").map_or(text, |(_, rest)| rest);
    let authority = after_scheme.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    authority.contains('@')
}

/// Whether a host is this machine: its traffic leaves no wire.
pub(crate) fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    }
}

fn unicode_of(host: &Host<&str>) -> Option<String> {
    let Host::Domain(name) = host else { return None };
    if !name.split('.').any(|label| label.starts_with("xn--")) {
        return None;
    }
    let (unicode, result) = idna_to_unicode(name);
    result.then_some(unicode)
}

/// Only a hint: a Russian name consists of such letters rightly. Kana and kanji resemble no Latin letter.
fn lookalikes(host: &str) -> Vec<char> {
    let mut found: Vec<char> = Vec::new();
    for letter in host.chars().filter(|c| resembles_latin(*c)) {
        if !found.contains(&letter) {
            found.push(letter);
        }
    }
    found
}

/// Letters beyond ASCII of the alphabets that share shapes with it.
const fn resembles_latin(c: char) -> bool {
    matches!(c,
        // Latin beyond the letters that bear an accent: dotless i, script a and g, small capitals.
        '\u{0131}' | '\u{0250}'..='\u{02AF}' | '\u{1D00}'..='\u{1D7F}'
        // Greek, Cyrillic, Armenian, Cherokee, Lisu.
        | '\u{0370}'..='\u{03FF}' | '\u{0400}'..='\u{052F}' | '\u{0530}'..='\u{058F}'
        | '\u{13A0}'..='\u{13FF}' | '\u{AB70}'..='\u{ABBF}' | '\u{A4D0}'..='\u{A4FF}')
}

fn idna_to_unicode(name: &str) -> (String, bool) {
    let (unicode, outcome) = idna::domain_to_unicode(name);
    (unicode, outcome.is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(typed: &str) -> String {
        normalise(typed).expect_err("refused").facts.reason.clone().unwrap_or_default()
    }

    #[test]
    fn a_pasted_page_address_is_cut_to_its_origin() {
        let address = normalise(" https://ITA.example.co.jp:8443/platform/maintenance?x=1#top ").expect("usable");
        assert_eq!(address.origin, "https://ita.example.co.jp:8443");
        assert!(address.was_cut, "the user is told that the path was cut");
        assert!(!address.is_plain);
    }

    #[test]
    fn no_scheme_means_https_so_that_nothing_leaves_in_the_clear_by_accident() {
        assert_eq!(normalise("ita.example:81").expect("usable").origin, "https://ita.example:81");
    }

    #[test]
    fn plain_http_is_marked_except_on_this_machine() {
        assert!(normalise("http://ita.example").expect("usable").is_plain);
        for own in ["http://127.0.0.1:81", "http://[::1]:81", "http://localhost"] {
            assert!(!normalise(own).expect("usable").is_plain, "{own} does not leave the machine");
        }
    }

    #[test]
    fn what_cannot_be_an_address_says_why() {
        assert_eq!(reason(""), "empty");
        assert_eq!(reason(&"a".repeat(3000)), "too_long");
        assert_eq!(reason("ftp://x"), "scheme");
        assert_eq!(reason("file:///etc/passwd"), "scheme");
        assert_eq!(reason("https://user:pw@x"), "userinfo");
        assert_eq!(reason("https://@x"), "userinfo");
        assert_eq!(reason("https://x:0"), "port");
        assert_eq!(reason("https://x:99999"), "port");
        assert_eq!(reason("https://a b"), "syntax");
    }

    #[test]
    fn an_international_name_is_shown_both_ways() {
        let address = normalise("https://例え.jp").expect("usable");
        assert_eq!(address.origin, "https://xn--r8jz45g.jp");
        assert_eq!(address.unicode_host.as_deref(), Some("例え.jp"));
    }

    #[test]
    fn letters_that_pass_for_latin_ones_are_named() {
        let looks = |typed: &str| normalise(typed).expect("usable").lookalikes;
        assert_eq!(looks("https://\u{0430}\u{0440}\u{0440}le.example"), ['\u{0430}', '\u{0440}'], "each once");
        assert_eq!(looks("https://xn--80ak6aa92e.com").len(), 4, "also where it was pasted as punycode");
        assert_eq!(looks("https://g\u{0131}tea.example"), ['\u{0131}']);
        for honest in ["https://ita.example", "https://管理サイト.example", "https://例え.jp", "https://müller.example"]
        {
            assert!(looks(honest).is_empty(), "{honest}");
        }
    }
}
