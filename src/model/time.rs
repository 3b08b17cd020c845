//! Moments. The model has no clock: the page says what time it is.

use serde::{Deserialize, Serialize};

/// Seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time(pub i64);

impl Time {
    /// Whole days from `earlier` to this moment.
    pub fn days_since(self, earlier: Self) -> i64 {
        earlier.until(self).div_euclid(86_400)
    }

    /// So many seconds later, or earlier for a negative number; at the ends of what can be counted it stays there.
    #[must_use]
    pub fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Seconds from this moment to another one; negative when that is earlier.
    pub fn until(self, other: Self) -> i64 {
        other.0.saturating_sub(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_do_not_run_over() {
        assert_eq!([Time(10).plus(5), Time(10).plus(-15)], [Time(15), Time(-5)]);
        assert_eq!([Time(i64::MAX).plus(1), Time(i64::MIN).plus(-1)], [Time(i64::MAX), Time(i64::MIN)]);
        assert_eq!([Time(10).until(Time(15)), Time(15).until(Time(10))], [5, -5]);
        assert_eq!(Time(-5).until(Time(i64::MAX)), i64::MAX);
        assert_eq!(Time(86_399).days_since(Time(0)), 0);
        assert_eq!(Time(0).days_since(Time(1)), -1);
    }
}
