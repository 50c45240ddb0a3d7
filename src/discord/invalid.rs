//! How many refused requests there were of late. Whoever sends 10,000 of them within ten minutes is shut out by Discord for a
//! while (Discord docs, topics/rate-limits, "Invalid Request Limit aka Cloudflare Bans"): 401, 403, and 429 unless the limit
//! is shared with others. So the bot goes quiet well before.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// For so long each of them counts.
const WINDOW: Duration = Duration::from_mins(10);
/// At so many nothing more is sent but answers to people: another process may share the address, and its count.
const MOST: u32 = 4_000;
/// They are counted in parts of the window, not one by one.
const PART: Duration = Duration::from_secs(10);

/// The refused requests of the last ten minutes.
#[derive(Debug, Default)]
pub(super) struct Invalid {
    /// When a part began, and how many came in it, oldest first.
    parts: VecDeque<(Instant, u32)>,
}

impl Invalid {
    /// Whether an answer counts.
    pub(super) fn counts(status: u16, is_shared: bool) -> bool {
        matches!(status, 401 | 403) || status == 429 && !is_shared
    }

    /// Counts one.
    pub(super) fn note(&mut self, now: Instant) {
        match self.parts.back_mut() {
            Some((begun, count)) if now.saturating_duration_since(*begun) < PART => *count += 1,
            _ => self.parts.push_back((now, 1)),
        }
    }

    /// How long to send nothing; none while there is room.
    pub(super) fn quiet(&mut self, now: Instant) -> Option<Duration> {
        let is_over = |begun: Instant| now.saturating_duration_since(begun) >= WINDOW + PART;
        while self.parts.front().is_some_and(|(begun, _)| is_over(*begun)) {
            self.parts.pop_front();
        }
        let mut count: u32 = self.parts.iter().map(|(_, count)| count).sum();
        let mut parts = self.parts.iter();
        let mut quiet = None;
        // Until so many of the oldest are over that there is room again.
        while count >= MOST {
            let (begun, gone) = parts.next()?;
            quiet = Some((*begun + WINDOW + PART).saturating_duration_since(now));
            count -= gone;
        }
        quiet
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_our_own_mistakes_count() {
        assert!(Invalid::counts(401, false) && Invalid::counts(403, false) && Invalid::counts(429, false));
        assert!(!Invalid::counts(429, true), "others used the limit up");
        assert!(!Invalid::counts(404, false) && !Invalid::counts(500, false) && !Invalid::counts(200, false));
    }

    proptest! {
        #[test]
        fn no_ten_minutes_hold_more_than_the_most_and_it_ends(
            steps in proptest::collection::vec((0_u64..90, 1_u32..700), 1..60),
        ) {
            let start = Instant::now();
            let (mut invalid, mut sent, mut now) = (Invalid::default(), Vec::new(), start);
            for (wait, burst) in steps {
                now += Duration::from_secs(wait);
                for _ in 0..burst {
                    if invalid.quiet(now).is_none() {
                        invalid.note(now);
                        sent.push(now);
                    }
                }
            }
            // More than the most are within a window when the first one beyond them comes before its end.
            for (at, beyond) in sent.iter().zip(sent.iter().skip(MOST as usize)) {
                prop_assert!(*beyond - *at >= WINDOW, "more than {} in ten minutes", MOST);
            }
            if let Some(quiet) = invalid.quiet(now) {
                prop_assert!(quiet <= WINDOW + PART);
                prop_assert_eq!(invalid.quiet(now + quiet), None, "the time that was named is enough");
            }
        }
    }
}
