//! Rate limits: fixed windows per bucket and one global limit (Discord docs, topics/rate-limits).
//!
//! Discord's numbers differ by route, change, and are not documented; these are of the usual size. A
//! bucket counts for one top-level channel, guild or webhook. Interaction callbacks have no bucket and
//! do not count against the global limit, nor do follow-ups.

use std::collections::HashMap;

use super::rest::Route;

/// At most so many authenticated calls a second.
const GLOBAL_PER_SECOND: u32 = 50;
/// Renames of a channel: two in ten minutes (reported, not documented).
const RENAMES: (u32, u64) = (2, 600_000);

/// What is left of a bucket.
#[derive(Debug, Clone, Copy)]
struct Window {
    used: u32,
    ends_ms: u64,
}

/// A bucket's state for the headers of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Standing {
    pub(crate) bucket: String,
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    pub(crate) reset_ms: u64,
    pub(crate) reset_after_ms: u64,
}

/// Whose limit was reached (Discord docs, topics/rate-limits: header format, `X-RateLimit-Scope`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The bot's for this route.
    User,
    /// That of a resource which others use as well; it does not count as an invalid request.
    Shared,
    /// The bot's for everything.
    Global,
}

impl Scope {
    /// As the header names it.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Shared => "shared",
            Self::Global => "global",
        }
    }
}

/// A call that came too soon.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TooSoon {
    pub(crate) retry_after_ms: u64,
    pub(crate) scope: Scope,
    pub(crate) standing: Option<Standing>,
}

/// All buckets.
#[derive(Debug)]
pub(crate) struct Buckets {
    on: bool,
    windows: HashMap<(Route, u64), Window>,
    renames: HashMap<u64, Window>,
    global: Window,
    limits: HashMap<Route, (u32, u64)>,
}

impl Buckets {
    /// Buckets with the usual limits, or none at all.
    pub(crate) fn new(on: bool) -> Self {
        Self {
            on,
            windows: HashMap::new(),
            renames: HashMap::new(),
            global: Window { used: 0, ends_ms: 0 },
            limits: HashMap::new(),
        }
    }

    /// Switches limits on or off.
    pub(crate) fn switch(&mut self, on: bool) {
        self.on = on;
        self.windows.clear();
    }

    /// Sets a route's limit: so many calls in so many milliseconds.
    pub(crate) fn set_limit(&mut self, route: Route, calls: u32, window_ms: u64) {
        self.limits.insert(route, (calls, window_ms));
    }

    /// Counts a call, or says that it came too soon.
    pub(crate) fn count(
        &mut self,
        route: Route,
        major: u64,
        now_ms: u64,
    ) -> Result<Option<Standing>, TooSoon> {
        if !self.on {
            return Ok(None);
        }
        if route.is_globally_limited() {
            let refused = count_in(&mut self.global, GLOBAL_PER_SECOND, 1_000, now_ms);
            if let Some(retry_after_ms) = refused {
                return Err(TooSoon { retry_after_ms, scope: Scope::Global, standing: None });
            }
        }
        let custom = self.limits.get(&route).copied();
        let Some((limit, length_ms)) = custom.or_else(|| usual_limit(route)) else { return Ok(None) };
        let window = self.windows.entry((route, major)).or_insert(Window { used: 0, ends_ms: 0 });
        let refused = count_in(window, limit, length_ms, now_ms);
        let standing = Standing {
            bucket: bucket_name(route),
            limit,
            remaining: limit.saturating_sub(window.used),
            reset_ms: window.ends_ms,
            reset_after_ms: window.ends_ms.saturating_sub(now_ms),
        };
        match refused {
            Some(retry_after_ms) => {
                Err(TooSoon { retry_after_ms, scope: Scope::User, standing: Some(standing) })
            }
            None => Ok(Some(standing)),
        }
    }

    /// Counts a rename of a channel or thread.
    pub(crate) fn count_rename(&mut self, channel: u64, now_ms: u64) -> Result<(), TooSoon> {
        if !self.on {
            return Ok(());
        }
        let window = self.renames.entry(channel).or_insert(Window { used: 0, ends_ms: 0 });
        match count_in(window, RENAMES.0, RENAMES.1, now_ms) {
            Some(retry_after_ms) => Err(TooSoon { retry_after_ms, scope: Scope::User, standing: None }),
            None => Ok(()),
        }
    }

    /// Drops windows that are over.
    pub(crate) fn forget_old(&mut self, now_ms: u64) {
        self.windows.retain(|_, window| window.ends_ms > now_ms);
        self.renames.retain(|_, window| window.ends_ms > now_ms);
    }
}

/// Counts in a window that starts with its first call; returns how long to wait when it is full.
fn count_in(window: &mut Window, limit: u32, length_ms: u64, now_ms: u64) -> Option<u64> {
    if window.ends_ms <= now_ms {
        *window = Window { used: 0, ends_ms: now_ms + length_ms };
    }
    if window.used >= limit {
        return Some(window.ends_ms - now_ms);
    }
    window.used += 1;
    None
}

/// Calls and milliseconds; none is a route without a bucket.
fn usual_limit(route: Route) -> Option<(u32, u64)> {
    let limit = match route {
        Route::InteractionCallback | Route::Gateway | Route::GatewayBot => return None,
        Route::CreateMessage
        | Route::EditMessage
        | Route::DeleteMessage
        | Route::EditChannel
        | Route::CreateThread
        | Route::StartThreadFromMessage
        | Route::AddThreadMember
        | Route::RemoveThreadMember => (5, 5_000),
        Route::CreateFollowUp
        | Route::EditFollowUp
        | Route::EditOriginal
        | Route::DeleteFollowUp
        | Route::DeleteOriginal => (5, 2_000),
        Route::CreateDirectChannel => (10, 60_000),
        Route::BulkCommands | Route::BulkGuildCommands => (2, 10_000),
        _ => (50, 10_000),
    };
    Some(limit)
}

/// An opaque name, like the hashes that Discord sends.
fn bucket_name(route: Route) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in format!("{route:?}").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}
