//! `Retry-After`, in seconds or as an HTTP date.

use reqwest::header::{HeaderMap, DATE, RETRY_AFTER};

/// Longest wait that a server can ask for, seconds.
const LONGEST: i64 = 3600;

/// Seconds to wait, clamped to 1 s to 1 h; `None` without the header or with one that says nothing. A date is measured
/// against the server's own `Date`, so that a wrong workstation clock does not matter.
pub(super) fn seconds(headers: &HeaderMap) -> Option<u32> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = match value.parse::<i64>() {
        Ok(seconds) => seconds,
        Err(_) if is_number(value) => {
            if value.starts_with('-') {
                0
            } else {
                LONGEST
            }
        }
        Err(_) => http_date(value)?.as_second() - http_date(headers.get(DATE)?.to_str().ok()?)?.as_second(),
    };
    u32::try_from(seconds.clamp(1, LONGEST)).ok()
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

fn http_date(text: &str) -> Option<jiff::Timestamp> {
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(retry_after: &str, date: Option<&str>) -> Option<u32> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, retry_after.parse().expect("header"));
        if let Some(date) = date {
            headers.insert(DATE, date.parse().expect("header"));
        }
        seconds(&headers)
    }

    #[test]
    fn a_wait_stays_between_a_second_and_an_hour() {
        for (asked, waited) in [("7", 7), ("0", 1), ("-5", 1), ("31536000", 3600), ("99999999999999999999", 3600)] {
            assert_eq!(wait(asked, None), Some(waited), "Retry-After: {asked}");
        }
    }

    #[test]
    fn a_date_counts_from_the_servers_own_clock() {
        let date = Some("Sun, 22 Nov 2026 10:00:00 GMT");
        assert_eq!(wait("Sun, 22 Nov 2026 10:02:00 GMT", date), Some(120));
        assert_eq!(wait("Sun, 22 Nov 2026 09:00:00 GMT", date), Some(1), "a date in the past");
        assert_eq!(wait("Mon, 22 Nov 2027 10:00:00 GMT", date), Some(3600), "a year ahead");
    }

    #[test]
    fn what_says_nothing_is_nothing() {
        assert_eq!(wait("soon", None), None);
        assert_eq!(wait("", None), None);
        assert_eq!(wait("Sun, 22 Nov 2026 10:02:00 GMT", None), None, "no clock to measure it against");
        assert_eq!(seconds(&HeaderMap::new()), None);
    }
}
