//! Dates: the W3C profile of ISO 8601, or seconds since 1970 (POL-99).

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

const NANOSECONDS: i128 = 1_000_000_000;

/// Nanoseconds since 1970 in UTC. A date without time is its midnight, one without day or month their first; four digits
/// are a year, any other number is seconds.
///
/// ```
/// use iam_playground::eval::operator::date::parse;
/// assert_eq!(parse("2024-06-30"), parse("2024-06-30T02:00:00+02:00"));
/// assert_eq!(parse("1719705600"), parse("2024-06-30T00:00:00Z"));
/// assert_eq!(parse("yesterday"), None);
/// ```
pub fn parse(text: &str) -> Option<i128> {
    let text = text.trim();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.len() {
        4 if is_number(text) => midnight(&format!("{text}-01-01")),
        7 if text.as_bytes().get(4) == Some(&b'-') => midnight(&format!("{text}-01")),
        _ if is_number(text.strip_prefix('-').unwrap_or(text)) => {
            text.parse::<i64>().ok().map(|seconds| i128::from(seconds) * NANOSECONDS)
        }
        10 => midnight(text),
        _ => instant(text),
    }
}

fn midnight(text: &str) -> Option<i128> {
    let date: Date = text.parse().ok()?;
    nanoseconds(date.to_datetime(jiff::civil::Time::midnight()))
}

/// A time without an offset is taken as UTC.
fn instant(text: &str) -> Option<i128> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant.as_nanosecond());
    }
    nanoseconds(text.parse().ok()?)
}

fn nanoseconds(utc: DateTime) -> Option<i128> {
    TimeZone::UTC.to_timestamp(utc).ok().map(Timestamp::as_nanosecond)
}
