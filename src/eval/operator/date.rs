//! Dates: the W3C profile of ISO 8601, or seconds since 1970 (POL-99).

use jiff::Timestamp;

const NANOSECONDS: i128 = 1_000_000_000;

/// Nanoseconds since 1970 in UTC. A date without time is its midnight, one without day or month their first; four digits
/// are a year, any other number is seconds.
///
/// ```
/// use iam_playground::eval::operator::date::parse;
/// assert_eq!(parse("2024-06-30"), parse("2024-06-30T02:00:00+02:00"));
/// assert_eq!(parse("1719705600"), parse("2024-06-30T00:00Z"));
/// assert_eq!(parse("2024-06-30 00:00:00"), None);
/// ```
pub fn parse(text: &str) -> Option<i128> {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let complete = match shape.as_str() {
        "0000" => format!("{text}-01-01T00:00:00Z"),
        "0000-00" => format!("{text}-01T00:00:00Z"),
        "0000-00-00" => format!("{text}T00:00:00Z"),
        _ if is_number(&shape) => return text.parse::<i64>().ok().map(|seconds| i128::from(seconds) * NANOSECONDS),
        _ if is_instant(&shape) => text.to_owned(),
        _ => return None,
    };
    complete.parse::<Timestamp>().ok().map(Timestamp::as_nanosecond)
}

fn is_number(shape: &str) -> bool {
    let digits = shape.strip_prefix('-').unwrap_or(shape);
    !digits.is_empty() && digits.bytes().all(|byte| byte == b'0')
}

/// Date, `T`, hours and minutes, maybe seconds and a fraction of them, and `Z` or an offset.
fn is_instant(shape: &str) -> bool {
    let Some(rest) = shape.strip_prefix("0000-00-00T00:00") else {
        return false;
    };
    let rest = rest.strip_prefix(":00").unwrap_or(rest);
    let rest = match rest.strip_prefix('.') {
        Some(fraction) if fraction.starts_with('0') => fraction.trim_start_matches('0'),
        Some(_) => return false,
        None => rest,
    };
    // A plus or minus follows digits here, so that nothing of the offset was taken for the fraction.
    matches!(rest, "Z" | "+00:00" | "-00:00")
}
