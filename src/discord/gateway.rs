//! The connection on which Discord tells us what people do.
//!
//! serenity runs the shards. Two of its habits are kept out of the way: it would fall back to Discord's own gateway
//! when the address cannot be read (so the address is read and checked here, and given to it), and it lets an event it
//! cannot decode pass in silence (so those arrive here, are reported, and an interaction among them is answered).

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use secrecy::ExposeSecret;
use serde::Deserialize;
use serenity::all::{Event, RawEventHandler};
use serenity::async_trait;
use serenity::gateway::{ConnectionStage, GatewayError, ShardManager, ShardManagerOptions};
use serenity::http::{Http, Route};
use serenity::model::event::UnknownEvent;
use serenity::model::gateway::GatewayIntents;
use serenity::model::id::{ApplicationId, ShardId};
use serenity::prelude::Context;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use url::Url;

use super::rest::RestError;
use super::{Cx, hearing, pipeline, set_up_check, shards};
use crate::config::is_loopback;
use crate::domain::id;

/// Servers and their threads, and that somebody wrote. Nothing privileged: no message contents, no member lists, no
/// presences.
const INTENTS: GatewayIntents = GatewayIntents::GUILDS.union(GatewayIntents::GUILD_MESSAGES);

/// How often the shards are looked at.
const WATCH_EVERY: Duration = Duration::from_secs(15);
/// How often in a row a shard may be found without a connection before it is started anew.
const PATIENCE: u32 = 4;

/// Why the bot cannot connect. Each is a sentence an admin can act on.
#[derive(Debug, thiserror::Error)]
pub enum GatewayFault {
    /// Discord does not know the token.
    #[error("Discord refuses DISCORD_TOKEN; copy the bot's token anew from the developer portal")]
    Token,
    /// The address that Discord gave is not one we may send the token to.
    #[error("the gateway address {0} is neither wss:// nor on this machine; nothing was sent there")]
    Address(String),
    /// Discord allows no more new sessions today.
    #[error("Discord allows no new session for {} minutes", .0.as_secs() / 60 + 1)]
    Exhausted(Duration),
    /// Discord was not reached or failed; worth another try.
    #[error(transparent)]
    Unreached(RestError),
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
) -> Result<(), GatewayError> {
    if cx.desk.store.process().is_some() {
        return shards::share(cx, address, tasks, stop).await;
    }
    let all = 0..address.shards;
    run_shards(Connection { cx, address, tasks, arrived: Arc::default(), stop }, all).await
}

/// What a connection to some shards needs.
pub(super) struct Connection {
    pub(super) cx: Arc<Cx>,
    pub(super) address: Address,
    /// Holds the handlers that run.
    pub(super) tasks: TaskTracker,
    /// Set as soon as Discord has said that it tells us of everything.
    pub(super) arrived: Arc<AtomicBool>,
    pub(super) stop: CancellationToken,
}

/// Runs some of the shards until the connection's stop.
pub(super) async fn run_shards(connection: Connection, shards: Range<u32>) -> Result<(), GatewayError> {
    let Connection { cx, address, tasks, arrived, stop } = connection;
    // The shards need serenity's own client for its token alone; they make no call with it.
    let http = Arc::new(Http::new(cx.rest.token().expose_secret()));
    let events = Arc::new(Events { cx: cx.clone(), tasks, arrived, stop: stop.clone() });
    let (manager, mut ended) = ShardManager::new(ShardManagerOptions {
        data: Arc::default(),
        event_handlers: Vec::new(),
        raw_event_handlers: vec![events],
        shard_index: shards.start,
        shard_init: shards.end - shards.start,
        shard_total: address.shards,
        ws_url: Arc::new(tokio::sync::Mutex::new(address.url)),
        http,
        intents: INTENTS,
        presence: None,
    });
    let _held = cx.links.hold(shards.len(), manager.clone());
    // Never fails in this version of serenity, as its own documentation says.
    drop(manager.initialize());
    let end = watch(&manager, &mut ended, shards.clone(), &stop).await;
    cx.listening.end(shards);
    manager.shutdown_all().await;
    end
}

/// Waits for the end, and starts a shard anew that lost its connection and does not come back by itself.
async fn watch(
    manager: &ShardManager,
    ended: &mut (impl Stream<Item = Result<(), GatewayError>> + Unpin),
    shards: Range<u32>,
    stop: &CancellationToken,
) -> Result<(), GatewayError> {
    let mut missed = vec![0_u32; shards.len()];
    loop {
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            end = ended.next() => return end.unwrap_or(Ok(())),
            () = tokio::time::sleep(WATCH_EVERY) => {}
        }
        for (shard, missed) in shards.clone().map(ShardId).zip(&mut missed) {
            let connected = manager
                .runners
                .lock()
                .await
                .get(&shard)
                .is_some_and(|runner| runner.stage == ConnectionStage::Connected);
            *missed = if connected { 0 } else { *missed + 1 };
            if *missed >= PATIENCE {
                tracing::warn!(shard.id = shard.0, "a shard has been without a connection; starting it anew");
                *missed = 0;
                manager.restart(shard).await;
            }
        }
    }
}

struct Events {
    cx: Arc<Cx>,
    tasks: TaskTracker,
    arrived: Arc<AtomicBool>,
    stop: CancellationToken,
}

#[async_trait]
impl RawEventHandler for Events {
    async fn raw_event(&self, _: Context, event: Event) {
        match event {
            Event::Ready(event) => {
                let ready = event.ready;
                self.cx.identify(ready.application.id, ready.user.id);
                let (shard, total) = ready.shard.map_or((0, 1), |shard| (shard.id.0, shard.total));
                self.cx.listening.begin(shard, total);
                self.arrived.store(true, Ordering::Release);
                tracing::info!(guilds = ready.guilds.len(), "connected to Discord");
                if ready.guilds.is_empty() {
                    tracing::info!(
                        "the bot is in no server yet; invite it: {}",
                        invitation(ready.application.id)
                    );
                }
            }
            Event::Resumed(_) => tracing::info!("connected to Discord again, nothing missed"),
            Event::InteractionCreate(_) if self.stop.is_cancelled() => {
                tracing::debug!(
                    "an interaction came after the stop; another process or the next start has it"
                );
            }
            Event::InteractionCreate(event) => {
                // On the heap: with a ticket and what its desk promises a handler holds much.
                self.tasks.track_future(Box::pin(pipeline::handle(&self.cx, event.interaction))).await;
            }
            Event::MessageCreate(event) if !self.stop.is_cancelled() => {
                if let Some(message) = hearing::of(&event.message) {
                    self.tasks.track_future(hearing::heard(&self.cx, message)).await;
                }
            }
            Event::ThreadDelete(event) => {
                self.cx.desk.look_soon(id::GuildId::from_snowflake(event.thread.guild_id.get()));
            }
            Event::Unknown(event) => self.tasks.track_future(undecoded(&self.cx, event)).await,
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
