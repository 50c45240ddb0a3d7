//! Channels with their overwrites, and direct conversations.
//!
//! Categories, voice and forum channels exist as kinds only, so that a wrong kind can be offered to a
//! bot; nothing can be said in them.

use std::collections::{BTreeMap, VecDeque};

use serde_json::json;

use super::{Message, Thread, World, render};
use crate::sandbox::{gateway::intents, permissions};

/// What a channel is (Discord docs, resources/channel: channel types).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChannelKind {
    Text = 0,
    Direct = 1,
    Voice = 2,
    Category = 4,
    PublicThread = 11,
    PrivateThread = 12,
    Forum = 15,
}

impl ChannelKind {
    /// Whether this is a thread of either kind.
    pub(crate) fn is_thread(self) -> bool {
        matches!(self, Self::PublicThread | Self::PrivateThread)
    }
}

/// Whom an overwrite is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OverwriteTarget {
    Role(u64),
    Member(u64),
}

/// What a channel grants or takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Overwrite {
    pub(crate) target: OverwriteTarget,
    pub(crate) allow: u64,
    pub(crate) deny: u64,
}

/// A message that was sent with a nonce, for `enforce_nonce`.
#[derive(Debug, Clone)]
pub(crate) struct RememberedNonce {
    pub(crate) author: u64,
    pub(crate) nonce: String,
    pub(crate) message: u64,
    pub(crate) at_ms: u64,
}

/// A channel, thread or direct conversation.
#[derive(Debug)]
pub(crate) struct Channel {
    pub(crate) id: u64,
    pub(crate) guild: Option<u64>,
    pub(crate) kind: ChannelKind,
    pub(crate) name: String,
    pub(crate) topic: Option<String>,
    pub(crate) parent: Option<u64>,
    pub(crate) position: usize,
    pub(crate) overwrites: Vec<Overwrite>,
    pub(crate) slow_mode_s: u64,
    pub(crate) messages: BTreeMap<u64, Message>,
    pub(crate) last_message: Option<u64>,
    /// Messages that one person sees, oldest first.
    pub(crate) ephemeral: VecDeque<u64>,
    pub(crate) nonces: VecDeque<RememberedNonce>,
    pub(crate) thread: Option<Thread>,
    /// The other side of a direct conversation.
    pub(crate) recipient: Option<u64>,
}

impl Channel {
    /// A channel with nothing in it.
    pub(crate) fn new(id: u64, kind: ChannelKind, name: &str) -> Self {
        Self {
            id,
            guild: None,
            kind,
            name: name.to_owned(),
            topic: None,
            parent: None,
            position: 0,
            overwrites: Vec::new(),
            slow_mode_s: 0,
            messages: BTreeMap::new(),
            last_message: None,
            ephemeral: VecDeque::new(),
            nonces: VecDeque::new(),
            thread: None,
            recipient: None,
        }
    }
}

impl World {
    /// Tells the bot about a channel it sees; threads have events of their own.
    pub(crate) fn tell_channel(&mut self, event: &'static str, channel: u64) {
        let Some(found) = self.channels.get(&channel) else { return };
        let Some(guild) = found.guild else { return };
        if !permissions::sees(self, channel, self.app.bot_id) {
            return;
        }
        let data = render::channel(self, found, None);
        self.tell_guild(event, guild, intents::GUILDS, &data);
    }

    /// Replaces a channel's overwrites. Who loses access hears of the change itself and of nothing else;
    /// who gains it gets the active threads (Discord docs, topics/threads: channel access).
    pub(crate) fn set_overwrites(&mut self, channel: u64, overwrites: Vec<Overwrite>) {
        let bot = self.app.bot_id;
        let saw = permissions::sees(self, channel, bot);
        let Some(found) = self.channels.get_mut(&channel) else { return };
        found.overwrites = overwrites;
        let sees = permissions::sees(self, channel, bot);
        let Some(found) = self.channels.get(&channel) else { return };
        let Some(guild) = found.guild.filter(|_| saw || sees) else { return };
        let data = render::channel(self, found, None);
        self.tell_guild("CHANNEL_UPDATE", guild, intents::GUILDS, &data);
        if sees && !saw {
            self.tell_thread_list(guild, channel);
        }
    }

    /// Sends the active threads of a channel that the bot has just got to see.
    fn tell_thread_list(&mut self, guild: u64, parent: u64) {
        let bot = self.app.bot_id;
        let threads: Vec<&Channel> = self
            .channels
            .values()
            .filter(|channel| channel.parent == Some(parent))
            .filter(|channel| channel.thread.as_ref().is_some_and(|thread| !thread.archived))
            .filter(|channel| permissions::sees(self, channel.id, bot))
            .collect();
        let joined = |channel: &Channel| channel.thread.as_ref()?.members.get(&bot).copied();
        let data = json!({
            "guild_id": guild.to_string(),
            "channel_ids": [parent.to_string()],
            "threads": threads
                .iter()
                .map(|channel| render::channel(self, channel, Some(bot)))
                .collect::<Vec<_>>(),
            "members": threads
                .iter()
                .filter_map(|channel| Some(render::thread_member(channel.id, bot, joined(channel)?)))
                .collect::<Vec<_>>(),
        });
        self.tell_guild("THREAD_LIST_SYNC", guild, intents::GUILDS, &data);
    }

    /// Removes a channel with its threads, or a single thread.
    pub(crate) fn delete_channel(&mut self, channel: u64) {
        let threads: Vec<u64> = self
            .channels
            .values()
            .filter(|other| other.parent == Some(channel) && other.kind.is_thread())
            .map(|thread| thread.id)
            .collect();
        let Some(found) = self.channels.get(&channel) else { return };
        if found.kind.is_thread() {
            self.tell_thread_delete(channel);
        } else {
            self.tell_channel("CHANNEL_DELETE", channel);
        }
        for gone in threads.into_iter().chain([channel]) {
            if let Some(removed) = self.channels.remove(&gone) {
                for message in removed.messages.keys() {
                    self.message_index.remove(message);
                }
            }
        }
    }

    /// Tells the bot that a thread is gone; only ids are sent (Discord docs, events/gateway-events).
    fn tell_thread_delete(&mut self, thread: u64) {
        let Some(found) = self.channels.get(&thread) else { return };
        let Some(guild) = found.guild else { return };
        if !permissions::sees(self, thread, self.app.bot_id) {
            return;
        }
        let data = json!({
            "id": thread.to_string(),
            "guild_id": guild.to_string(),
            "parent_id": found.parent.map(|parent| parent.to_string()),
            "type": found.kind as u8,
        });
        self.tell_guild("THREAD_DELETE", guild, intents::GUILDS, &data);
    }

    /// The direct conversation between the bot and a person, opened when there is none yet.
    pub(crate) fn direct_channel(&mut self, person: u64) -> u64 {
        let known = self.channels.values().find(|channel| channel.recipient == Some(person));
        if let Some(channel) = known {
            return channel.id;
        }
        let id = self.next_id();
        let mut channel = Channel::new(id, ChannelKind::Direct, "");
        channel.recipient = Some(person);
        self.channels.insert(id, channel);
        id
    }
}
