//! Job ids: 16 bytes where they are UUIDs as the platform writes them, text where they are not.

use std::cmp::Ordering;

/// A job id as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobId<'a> {
    /// A UUID in lower case with hyphens.
    Uuid(u128),
    /// Any other text, as sent; empty where the id was missing.
    Text(&'a str),
}

/// Where the hyphens of a UUID stand.
pub(crate) const HYPHENS: [usize; 4] = [8, 13, 18, 23];
/// Characters of a UUID.
pub(crate) const UUID_LENGTH: usize = 36;

impl<'a> JobId<'a> {
    /// An id as sent.
    pub(crate) fn read(text: &'a str) -> Self {
        parse_uuid(text).map_or(Self::Text(text), Self::Uuid)
    }
}

impl JobId<'_> {
    /// Appends the id as sent.
    pub(crate) fn print(self, out: &mut Vec<u8>) {
        match self {
            Self::Uuid(value) => out.extend_from_slice(&print_uuid(value)),
            Self::Text(text) => out.extend_from_slice(text.as_bytes()),
        }
    }

    /// The order of the column: numbers by value within the text (`job-9` before `job-10`), UUIDs by their value after
    /// all other ids. Ids that differ are never equal.
    pub(crate) fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Uuid(a), Self::Uuid(b)) => a.cmp(&b),
            (Self::Text(_), Self::Uuid(_)) => Ordering::Less,
            (Self::Uuid(_), Self::Text(_)) => Ordering::Greater,
            (Self::Text(a), Self::Text(b)) => compare_naturally(a, b),
        }
    }
}

impl std::fmt::Display for JobId<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Uuid(value) => {
                print_uuid(*value).iter().try_for_each(|byte| std::fmt::Write::write_char(f, char::from(*byte)))
            }
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// Reads a UUID written exactly as [`print_uuid`] writes it; anything else stays text so that it is shown as sent.
pub(crate) fn parse_uuid(text: &str) -> Option<u128> {
    let bytes: &[u8; UUID_LENGTH] = text.as_bytes().try_into().ok()?;
    if HYPHENS.iter().any(|at| bytes[*at] != b'-') {
        return None;
    }
    let (mut value, mut all) = (0_u128, 0_u8);
    for (start, end) in GROUPS {
        // A group is collected in a word of the machine before it is added: a shift of 16 bytes is two of 8.
        let mut group = 0_u64;
        for byte in &bytes[start..end] {
            let digit = DIGITS[usize::from(*byte)];
            all |= digit;
            group = group << 4 | u64::from(digit);
        }
        value = value << (4 * (end - start)) | u128::from(group);
    }
    (all != NO_DIGIT).then_some(value)
}

/// Where the digits of a UUID stand.
const GROUPS: [(usize, usize); 5] = [(0, 8), (9, 13), (14, 18), (19, 23), (24, UUID_LENGTH)];
/// Sets every bit, so that one look at all digits together tells.
const NO_DIGIT: u8 = 0xff;
/// The value of each byte as a digit in lower case.
const DIGITS: [u8; 256] = {
    let mut digits = [NO_DIGIT; 256];
    let mut value = 0;
    while value < 16 {
        digits[b"0123456789abcdef"[value as usize] as usize] = value;
        value += 1;
    }
    digits
};

fn print_uuid(value: u128) -> [u8; UUID_LENGTH] {
    let mut text = [b'-'; UUID_LENGTH];
    let bytes = value.to_be_bytes();
    let mut rest = bytes.as_slice();
    for (start, end) in GROUPS {
        let (group, others) = rest.split_at((end - start) / 2);
        for (pair, byte) in text[start..end].chunks_exact_mut(2).zip(group) {
            pair[0] = b"0123456789abcdef"[usize::from(byte >> 4)];
            pair[1] = b"0123456789abcdef"[usize::from(byte & 15)];
        }
        rest = others;
    }
    text
}

/// Runs of ASCII digits by value, everything else by character without regard to ASCII case; what is still equal by
/// bytes.
fn compare_naturally(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.as_bytes(), b.as_bytes());
    loop {
        let (left_digits, right_digits) = (digits(left), digits(right));
        let order = if left_digits > 0 && right_digits > 0 {
            let order = compare_numbers(&left[..left_digits], &right[..right_digits]);
            (left, right) = (&left[left_digits..], &right[right_digits..]);
            order
        } else {
            match (left.split_first(), right.split_first()) {
                (None, None) => return a.cmp(b),
                (None, Some(_)) => return Ordering::Less,
                (Some(_), None) => return Ordering::Greater,
                // UTF-8 sorts as its characters do.
                (Some((x, others_left)), Some((y, others_right))) => {
                    (left, right) = (others_left, others_right);
                    x.to_ascii_lowercase().cmp(&y.to_ascii_lowercase())
                }
            }
        };
        if order.is_ne() {
            return order;
        }
    }
}

fn digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn compare_numbers(a: &[u8], b: &[u8]) -> Ordering {
    fn significant(digits: &[u8]) -> &[u8] {
        &digits[digits.iter().take_while(|digit| **digit == b'0').count()..]
    }
    let (a, b) = (significant(a), significant(b));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_a_canonical_uuid_is_stored_as_a_number() {
        let text = "0b7f511f-cec7-4956-84e5-ccf8ad1a44b6";
        assert_eq!(parse_uuid(text), Some(0x0b7f_511f_cec7_4956_84e5_ccf8_ad1a_44b6));
        for odd in
            [&text.to_uppercase(), &text.replace('-', ""), &text.replace('-', "0"), &text[1..], &format!("{text} ")]
        {
            assert_eq!(parse_uuid(odd), None, "{odd:?} could not be printed back as sent");
        }
    }

    #[test]
    fn numbers_within_ids_sort_by_value() {
        let mut ids = ["job-10", "job-9", "JOB-2", "job-09", "job", "job-9a", "10", "9", "作業10", "作業9", ""];
        ids.sort_by(|a, b| JobId::Text(a).compare(JobId::Text(b)));
        assert_eq!(ids, ["", "9", "10", "job", "JOB-2", "job-09", "job-9", "job-9a", "job-10", "作業9", "作業10"]);
    }

    proptest! {
        #[test]
        fn uuids_print_as_they_were_read(value: u128) {
            let text = JobId::Uuid(value).to_string();
            prop_assert_eq!(parse_uuid(&text), Some(value));
            prop_assert_eq!(text, uuid::Uuid::from_u128(value).to_string());
        }

        #[test]
        fn the_order_is_total(a in "[a-bA0-2é]{0,5}", b in "[a-bA0-2é]{0,5}", c in "[a-bA0-2é]{0,5}") {
            let compare = |x: &str, y: &str| JobId::Text(x).compare(JobId::Text(y));
            prop_assert_eq!(compare(&a, &b), compare(&b, &a).reverse());
            prop_assert_eq!(compare(&a, &b).is_eq(), a == b);
            if compare(&a, &b).is_le() && compare(&b, &c).is_le() {
                prop_assert!(compare(&a, &c).is_le(), "{} {} {}", a, b, c);
            }
        }
    }
}
