//! The state of the stand-in: guilds, channels, messages, commands, interactions, and what was called.
//!
//! Everything lives under one lock, held for the length of one action and never over an `await`, so that
//! an action and the events it causes are seen in one order by everybody. Ids that lead nowhere are
//! answered with Discord's "unknown" refusals by the callers. Nothing is kept across a restart.

mod channel;
mod command;
mod guild;
mod interaction;
mod journal;
mod mention;
mod message;
mod ping;
pub(crate) mod render;
mod thread;

use std::collections::{BTreeMap, HashMap};

use super::{
    clock::Clock, faults::Faults, gateway::Hub, options::SandboxOptions, ratelimit::Buckets,
    refusal::Refusal, snowflake::Snowflakes,
};

pub(crate) use channel::{Channel, ChannelKind, Overwrite, OverwriteTarget};
pub(crate) use command::{Command, CommandKind};
pub(crate) use guild::{Guild, Role, User};
pub(crate) use interaction::{Answer, Interaction, InteractionKind, Progress};
pub use journal::Call;
pub(crate) use journal::Journal;
pub(crate) use mention::{AllowedMentions, Mentions};
pub(crate) use message::{Attachment, Draft, Message, MessageKind, Origin, file_name, flags, nonce_text};
pub use ping::{Ping, PingReason};
pub(crate) use thread::{Thread, ThreadDraft};

/// The application whose bot is served.
#[derive(Debug)]
pub(crate) struct Application {
    pub(crate) id: u64,
    pub(crate) bot_id: u64,
    pub(crate) name: String,
    pub(crate) token: String,
    /// Bits of the privileged intents that were switched on for it.
    pub(crate) privileged_intents: u64,
}

/// The whole state.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) ids: Snowflakes,
    pub(crate) app: Application,
    pub(crate) options: SandboxOptions,
    pub(crate) users: BTreeMap<u64, User>,
    pub(crate) guilds: BTreeMap<u64, Guild>,
    pub(crate) channels: BTreeMap<u64, Channel>,
    /// In which channel a message stands.
    pub(crate) message_index: HashMap<u64, u64>,
    pub(crate) commands: BTreeMap<u64, Command>,
    pub(crate) commands_made_today: HashMap<u64, (u64, u32)>,
    pub(crate) interactions: BTreeMap<u64, Interaction>,
    pub(crate) tokens: HashMap<String, u64>,
    /// Files by attachment id.
    pub(crate) files: HashMap<u64, Vec<u8>>,
    /// The modal each person has open.
    pub(crate) modals: HashMap<u64, super::people::OpenModal>,
    pub(crate) pings: Vec<Ping>,
    pub(crate) journal: Journal,
    pub(crate) faults: Faults,
    pub(crate) buckets: Buckets,
    pub(crate) hub: Hub,
    pub(crate) origin: String,
}

impl World {
    /// An empty world with one application and its bot.
    pub(crate) fn new(options: SandboxOptions, origin: String) -> Self {
        let clock = Clock::default();
        let mut ids = Snowflakes::default();
        // The application is older than its bot, and the two ids differ, as those of old applications do.
        let year_ms = 365 * 24 * 3_600_000;
        let id = ids.next(clock.now_ms().saturating_sub(year_ms));
        let bot_id = ids.next(clock.now_ms().saturating_sub(year_ms) + 1_000);
        let app = Application {
            id,
            bot_id,
            name: options.bot_name.clone(),
            token: super::token::bot_token(bot_id),
            privileged_intents: options.privileged_intents,
        };
        let bot = User::bot(bot_id, &options.bot_name);
        Self {
            journal: Journal::new(options.remembered_calls),
            buckets: Buckets::new(options.rate_limits),
            hub: Hub::default(),
            faults: Faults::default(),
            users: BTreeMap::from([(bot_id, bot)]),
            clock,
            ids,
            app,
            options,
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            message_index: HashMap::new(),
            commands: BTreeMap::new(),
            commands_made_today: HashMap::new(),
            interactions: BTreeMap::new(),
            tokens: HashMap::new(),
            files: HashMap::new(),
            modals: HashMap::new(),
            pings: Vec::new(),
            origin,
        }
    }

    /// A new id, made now.
    pub(crate) fn next_id(&mut self) -> u64 {
        let now = self.clock.now_ms();
        self.ids.next(now)
    }

    /// Now, in milliseconds since 1970.
    pub(crate) fn now_ms(&self) -> u64 {
        self.clock.now_ms()
    }

    /// Does what is due: archives idle threads, lets unanswered interactions fail, forgets dead tokens.
    pub(crate) fn sweep(&mut self) {
        self.archive_idle_threads();
        self.expire_interactions();
        let now = self.now_ms();
        self.buckets.forget_old(now);
        self.hub.forget_old(now);
    }

    /// A channel or Discord's refusal.
    pub(crate) fn channel(&self, id: u64) -> Result<&Channel, Refusal> {
        self.channels.get(&id).ok_or_else(super::refusal::unknown_channel)
    }

    /// A channel to change, or Discord's refusal.
    pub(crate) fn channel_mut(&mut self, id: u64) -> Result<&mut Channel, Refusal> {
        self.channels.get_mut(&id).ok_or_else(super::refusal::unknown_channel)
    }

    /// A guild or Discord's refusal.
    pub(crate) fn guild(&self, id: u64) -> Result<&Guild, Refusal> {
        self.guilds.get(&id).ok_or_else(super::refusal::unknown_guild)
    }

    /// The message with this id, wherever it stands.
    pub(crate) fn find_message(&self, id: u64) -> Option<&Message> {
        let channel = self.message_index.get(&id)?;
        self.channels.get(channel)?.messages.get(&id)
    }

    /// The name a person goes by in a guild: nickname, display name or user name.
    pub(crate) fn display_name(&self, guild: Option<u64>, user: u64) -> String {
        let nick = guild
            .and_then(|guild| self.guilds.get(&guild))
            .and_then(|guild| guild.members.get(&user))
            .and_then(|member| member.nick.clone());
        nick.or_else(|| self.users.get(&user).map(|user| user.display_name().to_owned()))
            .unwrap_or_else(|| "unknown-user".to_owned())
    }
}
