//! Numbers: integers and decimals, compared exactly (POL-98).

use std::cmp::Ordering;

/// A decimal number of any length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    /// Digits before the point, without zeros in front.
    whole: Box<str>,
    /// Digits after the point, without zeros at the end.
    fraction: Box<str>,
}

/// Reads an optional minus sign, digits, and an optional point with digits. No exponents, no infinities.
///
/// ```
/// use iam_playground::eval::operator::number::parse;
/// assert_eq!(parse("10"), parse("10.0"));
/// assert!(parse("9007199254740993") > parse("9007199254740992"));
/// assert!(parse("-1").is_some() && parse("1e3").is_none());
/// ```
pub fn parse(text: &str) -> Option<Decimal> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let is_zero = whole.is_empty() && fraction.is_empty();
    Some(Decimal { negative: negative && !is_zero, whole: whole.into(), fraction: fraction.into() })
}

impl Decimal {
    /// Orders as the number without its sign: more digits are more, equally many compare as text.
    fn size(&self) -> (usize, &str, &str) {
        (self.whole.len(), &self.whole, &self.fraction)
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.size().cmp(&other.size()),
            (true, true) => other.size().cmp(&self.size()),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
