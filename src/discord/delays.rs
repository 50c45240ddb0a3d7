//! How long interactions have waited before they are looked at.
//!
//! Discord forgets an interaction three seconds after it was made. Whoever works through a backlog in the order in which it
//! came answers nobody: each has expired when its turn comes. So one that can be answered no more is left alone, its
//! sender has been told by Discord that nothing happened, and the work goes into those that can be.
//!
//! An interaction's id tells when Discord made it (Discord docs, reference: snowflakes). Discord's clock and ours need not
//! agree: the least difference of late counts as none, and what is above it is waiting.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::domain::time::Timestamp;

/// How long a least difference counts, at least: clocks that drift apart are followed.
const REMEMBERED: Duration = Duration::from_mins(5);
/// Being late is said so often at most.
const SAID_EVERY: Duration = Duration::from_mins(1);

/// What was seen of late.
#[derive(Debug)]
pub(super) struct Delays {
    began: Instant,
    seen: Mutex<Seen>,
}

#[derive(Debug)]
struct Seen {
    /// When the latest stretch of time began.
    since: Instant,
    /// The least difference of that stretch and of the one before, in milliseconds.
    least: [i64; 2],
    said: Option<Instant>,
}

impl Delays {
    pub(super) fn new(now: Instant) -> Self {
        Self { began: now, seen: Mutex::new(Seen { since: now, least: [i64::MAX; 2], said: None }) }
    }

    /// How long an interaction has waited that is looked at now.
    pub(super) fn of(&self, interaction: u64, now: Instant) -> Duration {
        // The monotonic clock: it is set by nobody.
        let ours = i64::try_from(now.saturating_duration_since(self.began).as_millis()).unwrap_or(i64::MAX);
        let difference = ours - Timestamp::of_snowflake(interaction).0;
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if now.saturating_duration_since(seen.since) >= REMEMBERED {
            seen.since = now;
            seen.least = [i64::MAX, seen.least[0]];
        }
        seen.least[0] = seen.least[0].min(difference);
        let least = seen.least[0].min(seen.least[1]);
        Duration::from_millis(u64::try_from(difference - least).unwrap_or(0))
    }

    /// Whether it is time to say that interactions come too late.
    pub(super) fn is_worth_saying(&self, now: Instant) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = seen.said.is_none_or(|said| now.saturating_duration_since(said) >= SAID_EVERY);
        if is_due {
            seen.said = Some(now);
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An id that Discord makes so many milliseconds after something.
    fn made_at(ms: u64) -> u64 {
        (1_000_000 + ms) << 22
    }

    #[test]
    fn what_waits_in_line_is_seen_to_wait() {
        let start = Instant::now();
        let delays = Delays::new(start);
        let at = |ms| start + Duration::from_millis(ms);
        assert_eq!(delays.of(made_at(0), at(40)), Duration::ZERO, "the clocks may differ by so much");
        assert_eq!(delays.of(made_at(1_000), at(1_050)), Duration::from_millis(10));
        assert_eq!(delays.of(made_at(2_000), at(5_040)), Duration::from_secs(3));
        assert_eq!(delays.of(made_at(5_000), at(5_030)), Duration::ZERO, "quicker than all before");
        assert_eq!(delays.of(made_at(6_000), at(6_040)), Duration::from_millis(10));
    }

    #[test]
    fn clocks_that_drift_apart_are_followed() {
        let start = Instant::now();
        let delays = Delays::new(start);
        let minutes = |count: u64| count * 60_000;
        let at = |ms| start + Duration::from_millis(ms);
        assert_eq!(delays.of(made_at(0), at(0)), Duration::ZERO);
        assert_eq!(delays.of(made_at(minutes(6)), at(minutes(6) + 500)), Duration::from_millis(500));
        assert_eq!(delays.of(made_at(minutes(12)), at(minutes(12) + 500)), Duration::ZERO);
    }

    #[test]
    fn it_is_said_once_a_minute() {
        let start = Instant::now();
        let delays = Delays::new(start);
        assert!(delays.is_worth_saying(start));
        assert!(!delays.is_worth_saying(start + Duration::from_secs(59)));
        assert!(delays.is_worth_saying(start + Duration::from_mins(1)));
    }
}
