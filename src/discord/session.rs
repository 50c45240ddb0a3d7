//! One shard's connection, kept. serenity resumes what was cut and replaces what misses its heartbeats; what it does not
//! notice is noticed here, and then another session is begun before the broken one is ended. Discord tells both of
//! everything meanwhile (Discord docs, events/gateway, sharding: sessions may overlap), and each interaction is acted on
//! once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use secrecy::ExposeSecret as _;
use serenity::all::{Event, RawEventHandler};
use serenity::async_trait;
use serenity::gateway::{ChunkGuildFilter, ConnectionStage, GatewayError, ShardManager, ShardManagerOptions};
use serenity::http::Http;
use serenity::model::gateway::GatewayIntents;
use serenity::model::id::{GuildId, ShardId};
use serenity::prelude::Context;

use super::gateway::{Connection, GatewayFault, Heard};
use super::links::Held;
use super::pulse::{Finding, Pulse};
use super::refused;

/// Servers and their threads, and that somebody wrote. Nothing privileged: no message contents, no member lists, no
/// presences.
pub(super) const INTENTS: GatewayIntents = GatewayIntents::GUILDS.union(GatewayIntents::GUILD_MESSAGES);

/// How often a session is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long serenity may try to get a connection back by itself; doubled each time that another one does not come either.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long a shard may be without a connection before Discord is asked whether it lets us in at all. serenity's own way back
/// takes up to ten seconds, when a resume is refused and identifying has to wait, and asking sooner would be in its way.
const ASK_AFTER: Duration = Duration::from_secs(20);
/// The longest it gets: Discord ends all sessions of a bot that identifies too often.
const LONGEST_PATIENCE: Duration = Duration::from_mins(15);
/// How long a new session may take to get ready.
const READY_WITHIN: Duration = Duration::from_secs(30);

/// Keeps one shard connected until the connection's stop, or until Discord ends the bot for good.
pub(super) async fn keep(connection: &Connection, shard: u32) -> Result<(), GatewayFault> {
    let mut session = Session::begin(connection, shard);
    let mut patience = PATIENCE;
    let end = loop {
        let why = match session.watch(patience).await {
            Watched::Ended(end) => break end,
            Watched::Broken(why) => why,
        };
        tracing::warn!(shard.id = shard, why, "beginning another session");
        let mut next = Session::begin(connection, shard);
        match next.arrives().await {
            Arrival::Ended(end) => {
                next.end().await;
                break end;
            }
            Arrival::Here => {
                patience = PATIENCE;
                let broken = std::mem::replace(&mut session, next);
                // A broken session may take its time to go; nobody waits for it.
                drop(tokio::spawn(broken.end()));
            }
            Arrival::Late => {
                patience = patience.saturating_mul(2).min(LONGEST_PATIENCE);
                session.start_over();
                drop(tokio::spawn(next.end()));
            }
        }
    };
    connection.cx.listening.end(shard..shard + 1);
    session.end().await;
    end
}

/// What became of watching a session.
enum Watched {
    /// It was asked to end, or Discord has ended it for good.
    Ended(Result<(), GatewayFault>),
    /// It gives nothing any more.
    Broken(&'static str),
}

/// What became of waiting for a session.
enum Arrival {
    Here,
    Late,
    Ended(Result<(), GatewayFault>),
}

/// A session with the gateway.
struct Session {
    connection: Connection,
    shard: u32,
    manager: Arc<ShardManager>,
    ended: BoxStream<'static, Result<(), GatewayError>>,
    shared: Arc<Shared>,
    /// Seen by whoever asks whether the process is connected.
    held: Held,
}

/// What its events tell whoever watches it.
struct Shared {
    pulse: Mutex<Pulse>,
    is_ready: AtomicBool,
    /// A server that can be asked about.
    guild: Mutex<Option<GuildId>>,
}

impl Session {
    fn begin(connection: &Connection, shard: u32) -> Self {
        let connection = connection.clone();
        let shared = Arc::new(Shared {
            pulse: Mutex::new(Pulse::new(connection.cx.desk.clock.now())),
            is_ready: AtomicBool::new(false),
            guild: Mutex::default(),
        });
        // The shards need serenity's own client for its token alone; they make no call with it.
        let http = Arc::new(Http::new(connection.cx.rest.token().expose_secret()));
        let events = Arc::new(Events { heard: Heard::new(&connection), shared: shared.clone() });
        let (manager, ended) = ShardManager::new(ShardManagerOptions {
            data: Arc::default(),
            event_handlers: Vec::new(),
            raw_event_handlers: vec![events],
            shard_index: shard,
            shard_init: 1,
            shard_total: connection.address.shards(),
            ws_url: Arc::new(tokio::sync::Mutex::new(connection.address.url().to_owned())),
            http,
            intents: INTENTS,
            presence: None,
        });
        // Never fails in this version of serenity, as its own documentation says.
        drop(manager.initialize());
        let held = Held::new(connection.cx.clone(), manager.clone());
        Self { connection, shard, manager, ended: ended.boxed(), shared, held }
    }

    /// Waits until it is ready.
    async fn arrives(&mut self) -> Arrival {
        let until = tokio::time::Instant::now() + READY_WITHIN;
        while !self.shared.is_ready.load(Ordering::Acquire) {
            if tokio::time::Instant::now() >= until {
                return Arrival::Late;
            }
            if let Some(end) = self.pause().await {
                return Arrival::Ended(end);
            }
        }
        Arrival::Here
    }

    /// Waits until it ends or is broken.
    async fn watch(&mut self, patience: Duration) -> Watched {
        let mut down_since = None;
        let mut is_asked = false;
        loop {
            if let Some(end) = self.pause().await {
                return Watched::Ended(end);
            }
            let now = tokio::time::Instant::now();
            if !self.is_connected().await {
                let down_for = now - *down_since.get_or_insert(now);
                if down_for >= ASK_AFTER
                    && !std::mem::replace(&mut is_asked, true)
                    && let Some(fault) = refused::for_good(&self.connection, self.shard).await
                {
                    return Watched::Ended(Err(fault));
                }
                if down_for >= patience {
                    return Watched::Broken("a shard has been without a connection");
                }
                continue;
            }
            (down_since, is_asked) = (None, false);
            match self.look() {
                Finding::Fine => {}
                Finding::Ask => self.ask().await,
                Finding::Broken(why) => return Watched::Broken(why),
            }
        }
    }

    /// Until the next look; the end, if it comes sooner.
    async fn pause(&mut self) -> Option<Result<(), GatewayFault>> {
        tokio::select! {
            () = self.connection.stop.cancelled() => Some(Ok(())),
            end = self.ended.next() => Some(end.unwrap_or(Ok(())).map_err(GatewayFault::from)),
            () = tokio::time::sleep(LOOK_EVERY) => None,
        }
    }

    async fn is_connected(&mut self) -> bool {
        let runners = self.manager.runners.lock().await;
        runners.get(&ShardId(self.shard)).is_some_and(|runner| runner.stage == ConnectionStage::Connected)
    }

    fn look(&self) -> Finding {
        // Nobody uses a bot that is in no server, and there is nothing to ask about.
        if self.guild().is_none() {
            return Finding::Fine;
        }
        let now = self.connection.cx.desk.clock.now();
        self.shared.pulse().look(now, self.connection.address.shards())
    }

    fn guild(&self) -> Option<GuildId> {
        *self.shared.guild.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for the bot's own membership, which is answered with an event and needs no privileged intent (Discord docs,
    /// events/gateway-events, "Request Guild Members").
    async fn ask(&mut self) {
        let (Some(guild), Some(identity)) = (self.guild(), self.connection.cx.identity()) else { return };
        let runners = self.manager.runners.lock().await;
        if let Some(runner) = runners.get(&ShardId(self.shard)) {
            let ourselves = ChunkGuildFilter::UserIds(vec![identity.bot]);
            // Noted first, because the answer may be quicker than we are.
            self.shared.pulse().ask(self.connection.cx.desk.clock.now());
            runner.runner_tx.chunk_guild(guild, None, false, ourselves, None);
        }
    }

    /// As if it had begun now: another one did not come, so this one gets some more time.
    fn start_over(&self) {
        *self.shared.pulse() = Pulse::new(self.connection.cx.desk.clock.now());
    }

    async fn end(self) {
        drop(self.held);
        self.manager.shutdown_all().await;
    }
}

impl Shared {
    fn pulse(&self) -> std::sync::MutexGuard<'_, Pulse> {
        self.pulse.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, event: &Event, now: crate::domain::time::Timestamp) {
        if matches!(event, Event::InteractionCreate(_)) {
            self.pulse().hear_interaction(now);
        } else {
            self.pulse().hear(now);
        }
        let mut guild = self.guild.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Event::Ready(event) => {
                *guild = event.ready.guilds.first().map(|guild| guild.id);
                self.is_ready.store(true, Ordering::Release);
            }
            Event::GuildCreate(event) => *guild = Some(event.guild.id),
            Event::GuildDelete(event) if *guild == Some(event.guild.id) => *guild = None,
            _ => {}
        }
    }
}

/// Hears the events of one session.
struct Events {
    heard: Heard,
    shared: Arc<Shared>,
}

#[async_trait]
impl RawEventHandler for Events {
    async fn raw_event(&self, _: Context, event: Event) {
        self.shared.note(&event, self.heard.now());
        // Boxed, because what an interaction leads to is large.
        Box::pin(self.heard.event(event)).await;
    }
}
