//! The connection on which Discord tells us what people do.
//!
//! serenity runs the shards. Two of its habits are kept out of the way: it would fall back to Discord's own gateway
//! when the address cannot be read (so the address is read and checked here, and given to it), and it lets an event it
//! cannot decode pass in silence (so those arrive here, are reported, and an interaction among them is answered).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde::Deserialize;
use serenity::all::Event;
use serenity::gateway::GatewayError;
use serenity::http::Route;
use serenity::model::event::UnknownEvent;
use serenity::model::id::ApplicationId;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use url::Url;

use super::rest::RestError;
use super::{Cx, hearing, pipeline, session, set_up_check, shards};
use crate::config::is_loopback;
use crate::domain::id;
use crate::domain::time::Timestamp;

/// Discord lets a bot identify this often (events/gateway, rate limiting).
pub(super) const BETWEEN_IDENTIFIES: Duration = Duration::from_secs(5);

/// Why the bot cannot connect. Each is a sentence an admin can act on.
#[derive(Debug, thiserror::Error)]
pub enum GatewayFault {
    /// Discord does not know the token.
    #[error("Discord refuses DISCORD_TOKEN; copy the bot's token anew from the developer portal")]
    Token,
    /// The address that Discord gave is not one we may send the token to.
    #[error("the gateway address {0} is neither wss:// nor on this machine; nothing was sent there")]
    Address(String),
    /// Discord does not let the bot hear what it asks for.
    #[error(
        "Discord does not let the bot hear what it asks for (close code 4014); switch its intents on in the developer \
         portal, under Bot"
    )]
    Disallowed,
    /// There is no such shard.
    #[error(
        "Discord knows no such shard (close code 4010); start frontdesk again, it then asks anew how many shards to use"
    )]
    NoSuchShard,
    /// The bot is in too many servers for so few shards.
    #[error(
        "the bot is in too many servers for so few shards (close code 4011); start frontdesk again, it then asks anew how \
         many shards to use"
    )]
    TooFewShards,
    /// The gateway speaks another version.
    #[error(
        "Discord's gateway does not speak version 10 any more (close code 4012); install a newer frontdesk"
    )]
    Version,
    /// Discord does not know what the bot asks to hear.
    #[error(
        "Discord does not know an intent that frontdesk asks for (close code 4013); install a newer frontdesk"
    )]
    UnknownIntents,
    /// Discord ended the connection for good.
    #[error("Discord ended the connection for good: {0}")]
    Closed(String),
    /// Discord allows no more new sessions today.
    #[error("Discord allows no new session for {} minutes", .0.as_secs() / 60 + 1)]
    Exhausted(Duration),
    /// Discord was not reached or failed; worth another try.
    #[error(transparent)]
    Unreached(RestError),
}

impl GatewayFault {
    /// What a close code means after which nobody should connect again (topics/opcodes-and-status-codes, gateway close event
    /// codes); `None` for all others.
    pub(super) const fn of_close_code(code: u16) -> Option<Self> {
        Some(match code {
            4004 => Self::Token,
            4010 => Self::NoSuchShard,
            4011 => Self::TooFewShards,
            4012 => Self::Version,
            4013 => Self::UnknownIntents,
            4014 => Self::Disallowed,
            _ => return None,
        })
    }
}

/// serenity tells of these; of the other codes that end a shard for good it does not (see `refused`).
impl From<GatewayError> for GatewayFault {
    fn from(error: GatewayError) -> Self {
        match error {
            GatewayError::InvalidAuthentication => Self::Token,
            GatewayError::InvalidGatewayIntents => Self::UnknownIntents,
            GatewayError::DisallowedGatewayIntents => Self::Disallowed,
            other => Self::Closed(other.to_string()),
        }
    }
}

/// What is read of Discord's answer (events/gateway, get gateway bot).
#[derive(Deserialize)]
pub(super) struct BotGateway {
    url: String,
    #[serde(default = "one")]
    pub(super) shards: u32,
    session_start_limit: Option<SessionStartLimit>,
}

#[derive(Deserialize)]
struct SessionStartLimit {
    remaining: u32,
    /// Milliseconds.
    reset_after: u64,
}

impl BotGateway {
    /// After how long Discord allows a new session, when it allows none now.
    pub(super) fn exhausted(&self) -> Option<Duration> {
        let limit = self.session_start_limit.as_ref().filter(|limit| limit.remaining < self.shards)?;
        Some(Duration::from_millis(limit.reset_after))
    }
}

const fn one() -> u32 {
    1
}

/// Where to connect, and with how many shards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    url: String,
    shards: u32,
}

impl Address {
    /// Asks Discord for the address and checks it.
    pub async fn look_up(cx: &Cx) -> Result<Self, GatewayFault> {
        let gateway: BotGateway = cx.rest.get(Route::GatewayBot).await.map_err(|error| {
            if error.is_unauthorized() { GatewayFault::Token } else { GatewayFault::Unreached(error) }
        })?;
        if let Some(reset_after) = gateway.exhausted() {
            return Err(GatewayFault::Exhausted(reset_after));
        }
        if !is_safe(&gateway.url) {
            return Err(GatewayFault::Address(gateway.url));
        }
        Ok(Self { url: gateway.url, shards: gateway.shards })
    }

    /// Where to connect.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// How many shards Discord wants the bot to have.
    pub(super) fn shards(&self) -> u32 {
        self.shards
    }
}

/// The token may go over TLS, or to this machine.
fn is_safe(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    match url.scheme() {
        "wss" => url.has_host(),
        "ws" => is_loopback(&url),
        _ => false,
    }
}

/// Runs this process's shards until `stop`, or until Discord ends the bot for good: all of them, or its share where
/// several processes serve one database. `tasks` holds the handlers that run.
pub async fn run(
    cx: Arc<Cx>,
    address: Address,
    tasks: TaskTracker,
    stop: CancellationToken,
) -> Result<(), GatewayFault> {
    if cx.desk.store.process().is_some() {
        shards::share(cx, address, tasks, stop).await
    } else {
        run_all(cx, address, tasks, stop).await
    }
}

/// Runs all shards. One that Discord ends for good ends the others.
async fn run_all(
    cx: Arc<Cx>,
    address: Address,
    tasks: TaskTracker,
    stop: CancellationToken,
) -> Result<(), GatewayFault> {
    let stop = stop.child_token();
    let mut kept = JoinSet::new();
    for shard in 0..address.shards {
        let (cx, address, tasks, stop) = (cx.clone(), address.clone(), tasks.clone(), stop.clone());
        let connection = Connection { cx, address, tasks, arrived: Arc::default(), stop };
        kept.spawn(async move {
            tokio::select! {
                () = connection.stop.cancelled() => return Ok(()),
                () = tokio::time::sleep(BETWEEN_IDENTIFIES.saturating_mul(shard)) => {}
            }
            session::keep(&connection, shard).await
        });
    }
    // A panic in there was reported where it happened; the process is better started anew.
    let end = kept.join_next().await.and_then(Result::ok).unwrap_or(Ok(()));
    stop.cancel();
    while kept.join_next().await.is_some() {}
    end
}

/// What a connection to a shard needs.
#[derive(Clone)]
pub(super) struct Connection {
    pub(super) cx: Arc<Cx>,
    pub(super) address: Address,
    /// Holds the handlers that run.
    pub(super) tasks: TaskTracker,
    /// Set as soon as Discord has said that it tells us of everything.
    pub(super) arrived: Arc<AtomicBool>,
    pub(super) stop: CancellationToken,
}

/// What is done about the events of a connection.
pub(super) struct Heard(Connection);

impl Heard {
    pub(super) fn new(connection: &Connection) -> Self {
        Self(connection.clone())
    }

    /// What time it is.
    pub(super) fn now(&self) -> Timestamp {
        self.0.cx.desk.clock.now()
    }

    /// Does what an event asks for.
    pub(super) async fn event(&self, event: Event) {
        let Connection { cx, tasks, arrived, stop, .. } = &self.0;
        match event {
            Event::Ready(event) => {
                let ready = event.ready;
                cx.identify(ready.application.id, ready.user.id);
                let (shard, total) = ready.shard.map_or((0, 1), |shard| (shard.id.0, shard.total));
                cx.listening.begin(shard, total);
                arrived.store(true, Ordering::Release);
                tracing::info!(guilds = ready.guilds.len(), "connected to Discord");
                if ready.guilds.is_empty() {
                    tracing::info!(
                        "the bot is in no server yet; invite it: {}",
                        invitation(ready.application.id)
                    );
                }
            }
            Event::Resumed(_) => tracing::info!("connected to Discord again, nothing missed"),
            Event::InteractionCreate(_) if stop.is_cancelled() => {
                tracing::debug!(
                    "an interaction came after the stop; another process or the next start has it"
                );
            }
            Event::InteractionCreate(event) => {
                // On the heap: with a ticket and what its desk promises a handler holds much.
                tasks.track_future(Box::pin(pipeline::handle(cx, event.interaction))).await;
            }
            Event::MessageCreate(event) if !stop.is_cancelled() => {
                if let Some(message) = hearing::of(&event.message) {
                    tasks.track_future(hearing::heard(cx, message)).await;
                }
            }
            Event::ThreadDelete(event) => {
                cx.desk.look_soon(id::GuildId::from_snowflake(event.thread.guild_id.get()));
            }
            Event::Unknown(event) => tasks.track_future(undecoded(cx, event)).await,
            _ => {}
        }
    }
}

/// The link that asks for exactly the permissions the desk needs (topics/oauth2, bot authorization flow).
pub fn invitation(application: ApplicationId) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={}",
        set_up_check::invited_with().bits()
    )
}

/// An event that serenity cannot decode. Events newer than it are harmless; an interaction has somebody waiting.
async fn undecoded(cx: &Cx, event: UnknownEvent) {
    if event.kind != "INTERACTION_CREATE" {
        tracing::debug!(event.kind, "an event of an unknown kind");
        return;
    }
    tracing::warn!(event.kind, "an interaction could not be decoded; its sender is told");
    pipeline::apologise(cx, &event.value).await;
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn the_token_goes_over_tls_or_stays_on_this_machine() {
        for safe in
            ["wss://gateway.discord.gg", "ws://127.0.0.1:8080/gateway", "ws://localhost:1", "ws://[::1]:1"]
        {
            assert!(is_safe(safe), "{safe}");
        }
        for unsafe_one in [
            "ws://gateway.discord.gg",
            "ws://10.0.0.1",
            "http://127.0.0.1",
            "wss:",
            "",
            "ws://127.0.0.1.evil.example",
        ] {
            assert!(!is_safe(unsafe_one), "{unsafe_one}");
        }
    }
}
