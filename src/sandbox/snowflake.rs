//! Ids made the way Discord makes them: milliseconds since 2015 in the upper bits, a counter below.
//!
//! Ids from one maker always grow, also when the clock stands still. It does not model Discord's worker
//! and process numbers (Discord docs, reference: snowflakes), which mean nothing to clients.

/// The first second of 2015, from which Discord counts.
const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;

/// Makes ids that never repeat.
#[derive(Debug, Default)]
pub(crate) struct Snowflakes {
    last: u64,
}

impl Snowflakes {
    /// The next id at this time.
    pub(crate) fn next(&mut self, now_ms: u64) -> u64 {
        let earliest = now_ms.saturating_sub(DISCORD_EPOCH_MS) << 22;
        self.last = earliest.max(self.last + 1);
        self.last
    }
}

/// When an id was made.
pub(crate) fn made_at_ms(id: u64) -> u64 {
    (id >> 22) + DISCORD_EPOCH_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_and_tell_their_time() {
        let mut ids = Snowflakes::default();
        let first = ids.next(1_700_000_000_123);
        let second = ids.next(1_700_000_000_123);
        assert!(second > first);
        assert_eq!(made_at_ms(second), 1_700_000_000_123);
    }
}
