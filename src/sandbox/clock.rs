//! The sandbox's time: the real clock plus an offset that tests push forward.
//!
//! The only place of the sandbox that reads the machine's clock. Time never goes backwards by itself;
//! waiting in real time (a person's three seconds) is done by the callers with tokio's timers.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, SecondsFormat};

/// Real time plus what was skipped.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    skipped: Duration,
}

impl Clock {
    /// Milliseconds since 1970, with what was skipped.
    pub(crate) fn now_ms(&self) -> u64 {
        #[expect(clippy::disallowed_methods, reason = "this is the sandbox's one clock")]
        let real = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from((real + self.skipped).as_millis()).unwrap_or(u64::MAX)
    }

    /// Moves the time forward.
    pub(crate) fn skip(&mut self, by: Duration) {
        self.skipped += by;
    }
}

/// A time as Discord writes it: ISO 8601 in UTC with microseconds.
pub(crate) fn iso8601(ms: u64) -> String {
    let ms = i64::try_from(ms).unwrap_or(i64::MAX);
    DateTime::from_timestamp_millis(ms)
        .unwrap_or(DateTime::UNIX_EPOCH)
        .to_rfc3339_opts(SecondsFormat::Micros, false)
}

/// Reads a time written in ISO 8601.
pub(crate) fn from_iso8601(text: &str) -> Option<u64> {
    DateTime::parse_from_rfc3339(text).ok().and_then(|time| u64::try_from(time.timestamp_millis()).ok())
}
