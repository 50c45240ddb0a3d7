//! Points in time, and where they come from.

use std::fmt;
use std::ops::{Add, Sub};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Discord's ids count milliseconds since the first second of 2015 (reference, snowflakes), above 22 bits of other things.
const DISCORD_EPOCH: i64 = 1_420_070_400_000;
const BELOW_TIME: u32 = 22;

/// A point in time: milliseconds since 1970 in UTC, the form in which both databases store it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Whole seconds since 1970, the unit of Discord's `<t:…>` markup.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// When Discord made what has this id.
    pub const fn of_snowflake(snowflake: u64) -> Self {
        Self((snowflake >> BELOW_TIME).cast_signed().saturating_add(DISCORD_EPOCH))
    }

    /// The lowest id that Discord gives at this moment.
    pub const fn first_snowflake(self) -> u64 {
        let since = self.0.saturating_sub(DISCORD_EPOCH);
        if since < 0 { 0 } else { since.cast_unsigned() << BELOW_TIME }
    }

    /// How long ago `earlier` was; zero when it lies ahead.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0 - earlier.0).unwrap_or(0))
    }
}

impl Timestamp {
    /// The day it lies on, in UTC.
    pub fn date(self) -> chrono::NaiveDate {
        chrono::DateTime::from_timestamp_millis(self.0).unwrap_or_default().date_naive()
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }
}

impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, span: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where the time comes from: the machine's clock, moved ahead by tests that cannot wait for days.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead_ms: Arc<AtomicI64>,
}

impl Clock {
    /// The present.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> Timestamp {
        Timestamp(chrono::Utc::now().timestamp_millis() + self.ahead_ms.load(Ordering::Relaxed))
    }

    /// Moves this clock, and every clone of it, ahead.
    pub fn advance(&self, by: Duration) {
        let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.ahead_ms.fetch_add(by, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_when_it_was_made() {
        // The example of Discord's own reference.
        let (id, made) = (175_928_847_299_117_063, Timestamp(1_462_015_105_796));
        assert_eq!(Timestamp::of_snowflake(id), made);
        assert!(made.first_snowflake() <= id && id < (made + Duration::from_millis(1)).first_snowflake());
        assert_eq!(Timestamp(0).first_snowflake(), 0, "before Discord");
    }
}
