//! What a sandbox can be told when it starts.

use axum::Router;

use super::Sandbox;

/// Adds routes of one's own, such as a page, to the sandbox's port.
pub type RouterHook = fn(Sandbox) -> Router;

/// Settings of a sandbox; the default is Discord-like, on any free port.
#[derive(Debug, Clone)]
pub struct SandboxOptions {
    /// The port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// Whether calls are limited and answered with 429; off for load measurements.
    pub rate_limits: bool,
    /// The bot's name.
    pub bot_name: String,
    /// The privileged intents switched on for the application, as gateway intent bits.
    pub privileged_intents: u64,
    /// How many threads of a guild may be active at once; Discord's number is not documented.
    pub active_threads_per_guild: usize,
    /// Whether a bot's role mention brings the role's members into a private thread. Reports differ, so
    /// the default is the worse case for whoever relies on it.
    pub bots_role_mentions_add_to_threads: bool,
    /// How many API calls are remembered for assertions.
    pub remembered_calls: usize,
    /// How many interactions, and how many ephemeral messages of a channel, are kept at most.
    pub remembered_interactions: usize,
    /// How many events a session may miss and still resume.
    pub replay_buffer: usize,
    /// How many shards the bot is told to have.
    pub shards: u64,
    /// How often a client has to send a heartbeat, in milliseconds.
    pub heartbeat_interval_ms: u64,
    /// Further routes on the same port.
    pub page: Option<RouterHook>,
}

impl Default for SandboxOptions {
    fn default() -> Self {
        Self {
            port: 0,
            rate_limits: true,
            bot_name: "frontdesk".to_owned(),
            privileged_intents: 0,
            active_threads_per_guild: 1000,
            bots_role_mentions_add_to_threads: false,
            remembered_calls: 10_000,
            remembered_interactions: 10_000,
            replay_buffer: 1_000,
            shards: 1,
            heartbeat_interval_ms: 41_250,
            page: None,
        }
    }
}
