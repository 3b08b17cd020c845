//! Dates: the W3C profile of ISO 8601, or seconds since 1970 (POL-99).

use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

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
    match shape.as_str() {
        "0000" => instant(&format!("{text}-01-01T00:00Z")),
        "0000-00" => instant(&format!("{text}-01T00:00Z")),
        "0000-00-00" => instant(&format!("{text}T00:00Z")),
        _ if is_number(&shape) => text.parse::<i64>().ok().map(|seconds| i128::from(seconds) * NANOSECONDS),
        _ if is_instant(&shape) => instant(text),
        _ => None,
    }
}

/// Reads a text of the right shape; whether there is such a day and such a time is for the calendar to say.
fn instant(text: &str) -> Option<i128> {
    let (date, time) = text.split_once('T')?;
    let (clock, offset) = time.split_at_checked(time.find(['Z', '+', '-'])?)?;
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut date = date.split('-');
    let month = Month::try_from(number::<u8>(date.nth(1)?)?).ok()?;
    let (year, day) = (number(text.get(..4)?)?, number(date.next()?)?);
    let mut clock = clock.split(':');
    let (hour, minute, second) = (number(clock.next()?)?, number(clock.next()?)?, number(clock.next().unwrap_or("0"))?);
    let nanosecond = number(format!("{fraction:0<9}").get(..9)?)?;
    // A leap second counts as the one before it.
    let time = Time::from_hms_nano(hour, minute, if second == 60 { 59 } else { second }, nanosecond).ok()?;
    let local = PrimitiveDateTime::new(Date::from_calendar_date(year, month, day).ok()?, time);
    Some(local.assume_offset(offset_of(offset)?).unix_timestamp_nanos())
}

/// `Z`, `+00:00` or `-00:00`.
fn offset_of(text: &str) -> Option<UtcOffset> {
    let Some((hours, minutes)) = text.split_once(':') else { return Some(UtcOffset::UTC) };
    let (hours, minutes): (i8, i8) = (number(hours.get(1..)?)?, number(minutes)?);
    let sign = if text.starts_with('-') { -1 } else { 1 };
    UtcOffset::from_hms(sign * hours, sign * minutes, 0).ok()
}

fn number<T: std::str::FromStr>(digits: &str) -> Option<T> {
    digits.parse().ok()
}

/// A moment in the form that [`parse`] reads; `None` beyond the year 9999.
///
/// ```
/// use iam_playground::eval::operator::date::text;
/// assert_eq!(text(1_719_705_600).as_deref(), Some("2024-06-30T00:00:00Z"));
/// ```
pub fn text(seconds: i64) -> Option<String> {
    let moment = OffsetDateTime::from_unix_timestamp(seconds).ok()?;
    let (year, month, day) = moment.to_calendar_date();
    let (hour, minute, second) = moment.to_hms();
    Some(format!("{year:04}-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z", u8::from(month)))
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
