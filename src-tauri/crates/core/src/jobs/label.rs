//! Time labels as the platform sends them: the container's local time with a `Z` that does not mean UTC
//! (platform-contract §5).
//!
//! A label is kept as microseconds on its own calendar, as if it were UTC; only [`crate::domain::zone`] turns it into an
//! instant. The text is kept beside it where it cannot be printed back from that number.

/// How a label was written, so that it can be printed back as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LabelForm {
    /// `2026-11-22T19:16:02Z`.
    Seconds,
    /// `2026-11-22T19:16:02.141766Z`.
    Micros,
    /// Readable as a time, and written in another way (another number of fraction digits).
    Other,
}

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// Reads `YYYY-MM-DDTHH:MM:SS[.fraction of 1 to 9 digits]Z`. Everything else is no label: an offset such as `+09:00`, a
/// missing `Z`, a leap second or a day that does not exist is shown raw and never guessed. Digits below the microsecond
/// are cut off.
pub(crate) fn parse(text: &str) -> Option<(i64, LabelForm)> {
    let bytes = text.as_bytes();
    let (date_time, rest) = bytes.split_at_checked(19)?;
    let date_time: &[u8; 19] = date_time.try_into().ok()?;
    let mut is_odd = false;
    for (at, expected) in [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')] {
        is_odd |= date_time[at] != expected;
    }
    let mut number = |from: usize, to: usize| digits(&date_time[from..to], &mut is_odd);
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let (hour, minute, second) = (number(11, 13), number(14, 16), number(17, 19));
    if is_odd
        || !(1..=12).contains(&month)
        || day < 1
        || day > days_in_month(year, month)
        || hour > 23
        || minute > 59
        || second > 59
    {
        return None;
    }
    let (micros, form) = fraction(rest)?;
    let seconds = (hour * 60 + minute) * 60 + second;
    Some((days_from_civil(year, month, day) * DAY + seconds * SECOND + micros, form))
}

fn fraction(rest: &[u8]) -> Option<(i64, LabelForm)> {
    let digits_and_z = match rest {
        [b'Z'] => return Some((0, LabelForm::Seconds)),
        [b'.', others @ ..] => others,
        _ => return None,
    };
    let (b'Z', fraction) = digits_and_z.split_last().map(|(last, others)| (*last, others))? else { return None };
    if fraction.is_empty() || fraction.len() > 9 {
        return None;
    }
    let mut is_odd = false;
    let nanos = digits(fraction, &mut is_odd) * 10_i64.pow(9 - fraction.len() as u32);
    let form = if fraction.len() == 6 { LabelForm::Micros } else { LabelForm::Other };
    (!is_odd).then_some((nanos / 1_000, form))
}

/// The value of at most nine digits. `is_odd` is set where one of them is none: it is asked for once, not by digit.
fn digits(bytes: &[u8], is_odd: &mut bool) -> i64 {
    bytes.iter().fold(0, |value, byte| {
        let digit = byte.wrapping_sub(b'0');
        *is_odd |= digit > 9;
        value * 10 + i64::from(digit)
    })
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar (H. Hinnant's algorithm).
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted_month = (month + 9) % 12;
    let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`days_from_civil`].
const fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}

/// What [`print`] can print, in microseconds: years 0000 to 9999.
pub(crate) const PRINTABLE: std::ops::Range<i64> = -62_167_219_200 * SECOND..253_402_300_800 * SECOND;

/// Digits of the fraction that an instant needs, as the platform writes them: six or none.
pub(crate) const fn fraction_digits(micros: i64) -> usize {
    if micros.rem_euclid(SECOND) == 0 {
        0
    } else {
        6
    }
}

/// Appends a label with `fraction_digits` (0, 3 or 6) digits of its fraction and a `Z`. Years 0000 to 9999.
pub(crate) fn print(micros: i64, fraction_digits: usize, out: &mut Vec<u8>) {
    let (year, month, day) = civil_from_days(micros.div_euclid(DAY));
    let of_day = micros.rem_euclid(DAY);
    let seconds = of_day / SECOND;
    let mut text = *b"0000-00-00T00:00:00.000000Z";
    two(&mut text, 0, year / 100);
    two(&mut text, 2, year % 100);
    two(&mut text, 5, month);
    two(&mut text, 8, day);
    two(&mut text, 11, seconds / 3_600);
    two(&mut text, 14, seconds / 60 % 60);
    two(&mut text, 17, seconds % 60);
    let fraction = of_day % SECOND;
    two(&mut text, 20, fraction / 10_000);
    two(&mut text, 22, fraction / 100 % 100);
    two(&mut text, 24, fraction % 100);
    let end = if fraction_digits == 0 { 19 } else { 20 + fraction_digits.min(6) };
    text[end] = b'Z';
    out.extend_from_slice(&text[..=end]);
}

const fn two(text: &mut [u8; 27], at: usize, value: i64) {
    text[at] = b'0' + (value / 10 % 10) as u8;
    text[at + 1] = b'0' + (value % 10) as u8;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn printed(micros: i64, fraction_digits: usize) -> String {
        let mut out = Vec::new();
        print(micros, fraction_digits, &mut out);
        String::from_utf8(out).expect("ASCII")
    }

    #[test]
    fn what_is_not_a_label_of_the_platform_is_never_guessed() {
        for odd in [
            "",
            "now",
            "2026-11-22",
            "2026-11-22T10:00:00",
            "2026-11-22T10:00:00+09:00",
            "2026-11-22T10:00:00.Z",
            "2026-11-22 10:00:00Z",
            "2026-11-22t10:00:00z",
            "2026-02-29T10:00:00Z",
            "2026-13-01T10:00:00Z",
            "2026-11-22T24:00:00Z",
            "2026-11-22T23:59:60Z",
            "2026-11-22T10:00:00.1234567890Z",
            "+026-11-22T10:00:00Z",
            "2026-11-22T10:00:00.12a456Z",
            "2026-11-22T10:00:0０Z",
            "10000-01-01T00:00:00Z",
            "2026-11-22T10:00:00ZZ",
        ] {
            assert_eq!(parse(odd), None, "{odd:?} must be shown as it is");
        }
    }

    #[test]
    fn both_forms_of_the_platform_are_read() {
        assert_eq!(parse("1970-01-01T00:00:00Z"), Some((0, LabelForm::Seconds)));
        assert_eq!(parse("1970-01-02T00:00:01.000002Z"), Some((DAY + SECOND + 2, LabelForm::Micros)));
        assert_eq!(parse("1970-01-01T00:00:00.5Z"), Some((500_000, LabelForm::Other)), "odd fractions count too");
    }

    proptest! {
        #[test]
        fn reading_agrees_with_jiff_and_printing_gives_the_text_back(
            micros in -62_167_219_200_000_000_i64..253_402_300_799_999_999
        ) {
            let reference = jiff::civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0)
                .checked_add(jiff::SignedDuration::from_micros(micros)).expect("within years 0000 to 9999");
            let text = format!("{}Z", reference.strftime("%Y-%m-%dT%H:%M:%S%.6f"));
            prop_assert_eq!(parse(&text), Some((micros, LabelForm::Micros)));
            prop_assert_eq!(printed(micros, 6), text.clone());
            let whole = micros.div_euclid(SECOND) * SECOND;
            prop_assert_eq!(parse(&printed(whole, 0)), Some((whole, LabelForm::Seconds)));
            prop_assert_eq!(&printed(micros, 3)[..23], &text[..23]);
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}", digits in "[0-9TZ:.-]{0,32}") {
            let _ = parse(&text);
            if let Some((micros, form)) = parse(&digits) {
                if form != LabelForm::Other {
                    let fraction = if form == LabelForm::Micros { 6 } else { 0 };
                    prop_assert_eq!(printed(micros, fraction), digits);
                }
            }
        }
    }
}
