//! When a call may be sent, as far as Discord's limits are known (Discord docs, topics/rate-limits).
//!
//! A bucket's size and the end of its window are read from the headers of its answers. Whoever finds a bucket empty gets a place
//! in line: when many wait, each is told when its own turn will come, not when the first one's will, so that nobody asks in
//! vain again and again. All calls together are paced only after Discord has said that they were too many: how many a bot may
//! send is raised for big ones.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::time::Duration;

use reqwest::header::HeaderMap;
use serenity::http::{RatelimitingBucket, Route};
use tokio::time::Instant;

use super::invalid::Invalid;

/// Buckets kept at most; beyond it those that are full again are forgotten.
const BUCKETS_MAX: usize = 4096;
/// Calls in a window that Discord has not told the size of.
const USUAL_SIZE: u64 = 5;
/// Between two calls, once all together were too many: 45 a second, and with [`AT_ONCE`] never more than the documented 50.
const SPACING: Duration = Duration::from_nanos(1_000_000_000 / 45);
/// So many more may follow one without a pause.
const AT_ONCE: u32 = 4;
/// So long calls are spaced after they were too many.
const SPACED_FOR: Duration = Duration::from_mins(10);

/// What a limit counts together: a route with its channel, guild or webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Counted {
    route: RatelimitingBucket,
    /// Whose follow-up it is. Discord counts a webhook that is called by its token with the token, which serenity does not,
    /// and counts none of these with all calls together (topics/rate-limits; interactions/receiving-and-responding).
    interaction: Option<u64>,
}

impl Counted {
    /// What a call of this route is counted by.
    pub(super) fn of(route: &Route<'_>) -> Self {
        let token = match route {
            Route::WebhookOriginalInteractionResponse { token, .. }
            | Route::WebhookFollowupMessages { token, .. }
            | Route::WebhookFollowupMessage { token, .. } => Some(token),
            _ => None,
        };
        let interaction = token.map(|token| BuildHasherDefault::<DefaultHasher>::default().hash_one(token));
        Self { route: route.ratelimiting_bucket(), interaction }
    }
}

/// What is known of the limits.
#[derive(Default)]
pub(super) struct Limits {
    all: Together,
    buckets: HashMap<Counted, Bucket>,
    invalid: Invalid,
    /// Whether that there are too many refusals was said.
    is_quiet: bool,
}

/// All calls together.
#[derive(Default)]
struct Together {
    /// Nothing may be sent before this.
    held: Option<Instant>,
    /// Until when calls are spaced.
    spaced: Option<Instant>,
    /// When the next call would be due if all came evenly.
    next: Option<Instant>,
}

#[derive(Clone, Copy)]
struct Bucket {
    size: u64,
    window: Duration,
    /// What is left until then.
    remaining: u64,
    resets: Instant,
    /// How many were told to come after that.
    in_line: u64,
}

impl Limits {
    /// Takes one call from a bucket; when it cannot be sent now, says when to ask again.
    pub(super) fn take(&mut self, bucket: Counted, now: Instant) -> Option<Instant> {
        if let Some(quiet) = self.stay_quiet(now) {
            return Some(now + quiet);
        }
        let is_of_all = bucket.interaction.is_none();
        if let Some(later) = self.all.later(now).filter(|_| is_of_all) {
            return Some(later);
        }
        if let Some(later) = self.buckets.get_mut(&bucket).and_then(|bucket| bucket.take(now)) {
            return Some(later);
        }
        if is_of_all {
            self.all.sent(now);
        }
        None
    }

    /// Reads what an answer says about its bucket.
    pub(super) fn learn(&mut self, bucket: Counted, headers: &HeaderMap, now: Instant) {
        let whole = |name| number(headers, name).map(whole);
        let (Some(remaining), Some(reset_after)) =
            (whole("x-ratelimit-remaining"), number(headers, "x-ratelimit-reset-after"))
        else {
            return;
        };
        let (size, window) = (whole("x-ratelimit-limit").unwrap_or(USUAL_SIZE).max(1), seconds(reset_after));
        self.forget_full_ones(now);
        let resets = now + window;
        let known =
            self.buckets.entry(bucket).or_insert(Bucket { size, window, remaining, resets, in_line: 0 });
        // Answers overtake each other: within a window nothing is ever given back.
        let is_same_window = known.resets > now && resets < known.resets + known.window / 2;
        known.remaining = if is_same_window { known.remaining.min(remaining) } else { remaining };
        (known.size, known.window, known.resets) = (size, known.window.max(window), resets);
    }

    /// Obeys a 429.
    pub(super) fn hold(&mut self, bucket: Counted, headers: &HeaderMap, after: Duration, now: Instant) {
        let resets = now + after;
        if headers.contains_key("x-ratelimit-global") {
            self.all.held = Some(resets);
            self.all.spaced = Some(now + SPACED_FOR);
            return;
        }
        let unknown = Bucket { size: USUAL_SIZE, window: after, remaining: 0, resets, in_line: 0 };
        let known = self.buckets.entry(bucket).or_insert(unknown);
        (known.remaining, known.resets) = (0, resets);
    }

    /// Counts what Discord counts against the whole address.
    pub(super) fn refused(&mut self, now: Instant) {
        self.invalid.note(now);
    }

    /// How long nothing may be sent because too much was refused of late.
    fn stay_quiet(&mut self, now: Instant) -> Option<Duration> {
        let quiet = self.invalid.quiet(now);
        if quiet.is_some() && !self.is_quiet {
            tracing::error!(
                quiet_ms = quiet.unwrap_or_default().as_millis(),
                "Discord refused so much that nothing is sent for a while but answers, lest it shuts us out"
            );
        }
        self.is_quiet = quiet.is_some();
        quiet
    }

    fn forget_full_ones(&mut self, now: Instant) {
        if self.buckets.len() >= BUCKETS_MAX {
            self.buckets.retain(|_, bucket| bucket.resets > now);
        }
    }
}

impl Together {
    fn later(&mut self, now: Instant) -> Option<Instant> {
        if let Some(held) = self.held.filter(|held| *held > now) {
            return Some(held);
        }
        self.spaced = self.spaced.filter(|spaced| *spaced > now);
        self.spaced?;
        let earliest = self.next?.checked_sub(SPACING * AT_ONCE)?;
        (earliest > now).then_some(earliest)
    }

    fn sent(&mut self, now: Instant) {
        if self.spaced.is_some() {
            self.next = Some(self.next.map_or(now, |next| next.max(now)) + SPACING);
        }
    }
}

impl Bucket {
    fn take(&mut self, now: Instant) -> Option<Instant> {
        if self.resets <= now {
            self.in_line = self.in_line.saturating_sub(self.size);
            (self.remaining, self.resets) = (self.size, now + self.window);
        }
        if let Some(left) = self.remaining.checked_sub(1) {
            self.remaining = left;
            return None;
        }
        let windows = u32::try_from(self.in_line / self.size).unwrap_or(u32::MAX);
        self.in_line += 1;
        Some(self.resets + self.window.saturating_mul(windows))
    }
}

/// A number in a header.
pub(super) fn number(headers: &HeaderMap, name: &str) -> Option<f64> {
    headers.get(name)?.to_str().ok()?.parse().ok().filter(|number: &f64| number.is_finite())
}

/// A time of Discord's, in seconds.
pub(super) fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::from_hours(1))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small whole number")]
fn whole(number: f64) -> u64 {
    number.max(0.0) as u64
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;
    use serenity::model::id::{ApplicationId, ChannelId};

    use super::*;

    fn bucket() -> Counted {
        Counted::of(&Route::ChannelMessages { channel_id: ChannelId::new(1) })
    }

    fn headers(remaining: u32, reset_after: f64) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in
            [("limit", 5.0), ("remaining", f64::from(remaining)), ("reset-after", reset_after)]
        {
            let name = reqwest::header::HeaderName::try_from(format!("x-ratelimit-{name}")).unwrap();
            headers.insert(name, HeaderValue::try_from(value.to_string()).unwrap());
        }
        headers
    }

    /// So many ask at the same time, and again whenever they were told to: when each may send, and how often they asked.
    fn play(limits: &mut Limits, askers: usize, start: Instant) -> (Vec<Duration>, usize) {
        let mut waiting: Vec<Instant> = vec![start; askers];
        let (mut sent, mut asked) = (Vec::new(), 0);
        while !waiting.is_empty() {
            waiting.sort();
            let now = waiting.remove(0);
            asked += 1;
            match limits.take(bucket(), now) {
                None => sent.push(now - start),
                Some(later) => {
                    assert!(later > now, "asking again at once would never end");
                    waiting.push(later);
                }
            }
        }
        (sent, asked)
    }

    #[test]
    fn many_in_line_are_told_when_their_own_turn_comes() {
        let start = Instant::now();
        let mut limits = Limits::default();
        limits.learn(bucket(), &headers(0, 5.0), start);
        let (sent, asked) = play(&mut limits, 75, start);
        let windows: Vec<u64> = sent.iter().map(Duration::as_secs).collect();
        let expected: Vec<u64> = (0..75).map(|number| 5 * (1 + number / 5)).collect();
        assert_eq!(windows, expected);
        assert_eq!(asked, 150, "each asks once in vain");
    }

    #[test]
    fn what_overtakes_gives_nothing_back_within_a_window() {
        let start = Instant::now();
        let mut limits = Limits::default();
        limits.learn(bucket(), &headers(2, 5.0), start);
        limits.learn(bucket(), &headers(3, 5.0), start);
        assert_eq!(limits.take(bucket(), start), None);
        assert_eq!(limits.take(bucket(), start), None);
        assert!(limits.take(bucket(), start).is_some());
        limits.learn(bucket(), &headers(4, 5.0), start + Duration::from_secs(6));
        assert_eq!(limits.take(bucket(), start + Duration::from_secs(6)), None, "a new window");
    }

    #[test]
    fn each_interaction_has_a_limit_of_its_own_and_none_with_all_others() {
        let start = Instant::now();
        let mut limits = Limits::default();
        let follow_up = |token| {
            let application_id = ApplicationId::new(1);
            Counted::of(&Route::WebhookOriginalInteractionResponse { application_id, token })
        };
        limits.learn(follow_up("one"), &headers(0, 2.0), start);
        assert!(limits.take(follow_up("one"), start).is_some());
        assert_eq!(limits.take(follow_up("two"), start), None);
        let mut global = HeaderMap::new();
        global.insert("x-ratelimit-global", HeaderValue::from_static("true"));
        limits.hold(bucket(), &global, Duration::from_secs(1), start);
        assert!(limits.take(bucket(), start).is_some());
        assert_eq!(limits.take(follow_up("two"), start), None);
    }

    #[test]
    fn all_calls_are_spaced_once_they_were_too_many() {
        let start = Instant::now();
        let mut limits = Limits::default();
        let other = Counted::of(&Route::GatewayBot);
        for _ in 0..200 {
            assert_eq!(limits.take(other, start), None, "nobody has said that there is a limit");
        }
        let mut global = HeaderMap::new();
        global.insert("x-ratelimit-global", HeaderValue::from_static("true"));
        limits.hold(other, &global, Duration::from_secs(1), start);
        let mut now = start;
        let mut sent = Vec::new();
        while sent.len() < 200 {
            match limits.take(other, now) {
                None => sent.push(now),
                Some(later) => now = later,
            }
        }
        let busiest = sent.iter().map(|begin| {
            sent.iter().filter(|at| (*begin..*begin + Duration::from_secs(1)).contains(at)).count()
        });
        let busiest = busiest.max().unwrap_or_default();
        assert!((45..=50).contains(&busiest), "{busiest} in a second");
        assert!(sent[0] >= start + Duration::from_secs(1));
    }
}
