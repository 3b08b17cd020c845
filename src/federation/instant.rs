//! How moments are written in tokens, assertions and signed requests: always in UTC, to the second.

use time::OffsetDateTime;

use crate::eval::operator::date;
use crate::model::Time;

const NANOSECONDS: i128 = 1_000_000_000;

/// As in XML and JSON: `2026-01-01T01:00:00Z`.
///
/// ```
/// use iam_playground::federation::instant;
/// use iam_playground::model::Time;
/// assert_eq!(instant::extended(Time(1_440_938_160)), "2015-08-30T12:36:00Z");
/// ```
pub fn extended(time: Time) -> String {
    let moment = moment(time);
    let (hour, minute, second) = moment.to_hms();
    let (year, month, day) = (moment.year(), u8::from(moment.month()), moment.day());
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// As in signed requests: `20260101T010000Z`. The first eight characters are the day.
///
/// ```
/// use iam_playground::federation::instant;
/// use iam_playground::model::Time;
/// assert_eq!(instant::basic(Time(1_440_938_160)), "20150830T123600Z");
/// ```
pub fn basic(time: Time) -> String {
    extended(time).replace(['-', ':'], "")
}

/// Reads what [`extended`] writes, with fractions of seconds (cut off) and other offsets; `None` for anything else.
///
/// ```
/// use iam_playground::federation::instant;
/// use iam_playground::model::Time;
/// assert_eq!(instant::read("2015-08-30T14:36:00.250+02:00"), Some(Time(1_440_938_160)));
/// assert_eq!(instant::read("2015-08-30"), None);
/// ```
pub fn read(text: &str) -> Option<Time> {
    if !text.contains('T') {
        return None;
    }
    i64::try_from(date::parse(text)?.div_euclid(NANOSECONDS)).ok().map(Time)
}

/// Moments outside the years -9999 to 9999 become 1970.
fn moment(time: Time) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(time.0).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
