//! Numbers, dates, booleans, addresses and binaries, read plainly.

use std::net::IpAddr;

use super::fault::{Fault, Faults};

/// POL-98: an integer or a decimal, in billionths.
pub fn number(text: &str) -> Option<i128> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let only_digits = |part: &str| !part.is_empty() && part.chars().all(|char| char.is_ascii_digit());
    if !only_digits(whole) || !only_digits(fraction) || whole.len() > 20 || fraction.len() > 9 {
        return None;
    }
    let billionths = format!("{whole}{fraction:0<9}").parse::<i128>().ok()?;
    Some(if negative { -billionths } else { billionths })
}

/// POL-99: a date, a date with a time, or seconds since 1970; in milliseconds.
pub fn date(text: &str, faults: Faults) -> Option<i128> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.is_empty() && digits.chars().all(|char| char.is_ascii_digit()) {
        let known = !faults.has(Fault::DateEpochUnknown);
        return text.parse::<i128>().ok().filter(|_| known).map(|seconds| seconds * 1000);
    }
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    let days = days_since_1970(day)?;
    let (clock, offset) = match time {
        Some(time) => split_offset(time)?,
        // Without a time: midnight in UTC.
        None => ("00:00:00", 0),
    };
    let offset = if faults.has(Fault::DateOffsetIgnored) { 0 } else { offset };
    Some(days * 86_400_000 + milliseconds(clock)? - offset)
}

/// A clock time and its distance from UTC in milliseconds.
fn split_offset(time: &str) -> Option<(&str, i128)> {
    if let Some(clock) = time.strip_suffix('Z') {
        return Some((clock, 0));
    }
    let at = time.rfind(['+', '-'])?;
    let (clock, offset) = time.split_at(at);
    let amount = milliseconds(&format!("{}:00", offset.get(1..)?))?;
    Some((clock, if offset.starts_with('-') { -amount } else { amount }))
}

fn milliseconds(clock: &str) -> Option<i128> {
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts: Vec<i128> = clock.split(':').map(|part| digits(part, 2)).collect::<Option<_>>()?;
    let [hours, minutes, seconds] = parts.try_into().ok()?;
    let fraction = format!("{fraction:0<3}").parse::<i128>().ok().filter(|_| fraction.len() <= 3)?;
    let fits = hours < 24 && minutes < 60 && seconds < 60;
    fits.then_some(((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction)
}

/// A number of so many digits.
fn digits(text: &str, count: usize) -> Option<i128> {
    let fits = text.len() == count && text.chars().all(|char| char.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

fn days_since_1970(day: &str) -> Option<i128> {
    let parts: Vec<&str> = day.split('-').collect();
    let [year, month, day] = parts.try_into().ok()?;
    let (year, month, day) = (digits(year, 4)?, digits(month, 2)?, digits(day, 2)?);
    let leap = |year: i128| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let months = [31, if leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let length = *months.get(usize::try_from(month - 1).ok()?)?;
    if !(1..=length).contains(&day) || !(1970..=9999).contains(&year) {
        return None;
    }
    let years: i128 = (1970..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
    let before: i128 = months.iter().take(usize::try_from(month - 1).ok()?).sum();
    Some(years + before + day - 1)
}

/// POL-100.
pub fn boolean(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// POL-101: what a base64 text says.
pub fn binary(text: &str) -> Option<Vec<u8>> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let body = text.trim_end_matches('=');
    if !text.len().is_multiple_of(4) || text.len() - body.len() > 2 {
        return None;
    }
    let mut bits = String::new();
    for char in body.chars() {
        bits.push_str(&format!("{:06b}", ALPHABET.find(char)?));
    }
    let bytes = bits.as_bytes().chunks_exact(8);
    Some(bytes.map(|byte| byte.iter().fold(0, |sum, bit| sum * 2 + (bit - b'0'))).collect())
}

/// An address or a range of addresses.
#[derive(Clone, Copy, Debug)]
pub struct Address {
    /// The address as a number.
    pub bits: u128,
    /// How many bits it has: 32 or 128.
    pub width: u32,
    /// The length of the prefix, if given.
    pub prefix: Option<u32>,
}

/// POL-102.
pub fn address(text: &str) -> Option<Address> {
    let (address, prefix) = match text.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix.parse::<u32>().ok()?)),
        None => (text, None),
    };
    let (bits, width) = match address.parse::<IpAddr>().ok()? {
        IpAddr::V4(four) => (u128::from(u32::from(four)), 32),
        IpAddr::V6(six) => (u128::from(six), 128),
    };
    (prefix.unwrap_or(0) <= width).then_some(Address { bits, width, prefix })
}
