//! Messages: posting, changing, deleting, and what follows from each.
//!
//! Posting wakes an archived thread, makes the author a member of the thread, adds the people it
//! mentions to a private one, notifies whom it may, and tells the bot. Limits and permissions are the
//! callers' business. Ephemeral messages are kept here as well, visible to one person, and no event is
//! sent for them: Discord does not document any.

use serde_json::{Value, json};

use super::{AllowedMentions, ChannelKind, Mentions, Ping, PingReason, World, render};
use crate::sandbox::{gateway::intents, permissions};

/// For so long a nonce is remembered; Discord says "a few minutes" (resources/message: create message).
const NONCE_LIFE_MS: u64 = 5 * 60_000;

/// Bits of a message's `flags`.
pub(crate) mod flags {
    pub(crate) const SUPPRESS_EMBEDS: u64 = 1 << 2;
    pub(crate) const EPHEMERAL: u64 = 1 << 6;
    pub(crate) const LOADING: u64 = 1 << 7;
    pub(crate) const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
    pub(crate) const COMPONENTS_V2: u64 = 1 << 15;
}

/// What kind of line a message is (Discord docs, resources/message: message types).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MessageKind {
    Default = 0,
    RecipientAdd = 1,
    RecipientRemove = 2,
    ChannelNameChange = 4,
    Reply = 19,
    ChatInputCommand = 20,
    ContextMenuCommand = 23,
}

impl MessageKind {
    /// Whether Discord wrote it, so that nobody may edit it.
    pub(crate) fn is_system(self) -> bool {
        matches!(self, Self::RecipientAdd | Self::RecipientRemove | Self::ChannelNameChange)
    }
}

/// A file that came with a message.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Attachment {
    pub(crate) id: u64,
    pub(crate) file_name: String,
    pub(crate) description: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) size: usize,
    pub(crate) channel: u64,
    pub(crate) ephemeral: bool,
}

/// A file's name in a message: Discord takes blanks and slashes out of it.
pub(crate) fn file_name(name: &str) -> String {
    name.replace(['/', '\\', ' '], "_")
}

impl World {
    /// Keeps a file that somebody sends to a channel.
    pub(crate) fn keep_file(
        &mut self,
        channel: u64,
        file_name: String,
        content_type: Option<String>,
        bytes: &[u8],
    ) -> Attachment {
        let id = self.next_id();
        self.files.insert(id, bytes.to_vec());
        Attachment {
            id,
            file_name,
            description: None,
            content_type,
            size: bytes.len(),
            channel,
            ephemeral: false,
        }
    }
}

/// What someone wants to post.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) allowed: AllowedMentions,
    pub(crate) nonce: Option<Value>,
    pub(crate) flags: u64,
    pub(crate) kind: MessageKind,
    pub(crate) reply_to: Option<u64>,
    pub(crate) interaction: Option<u64>,
    pub(crate) visible_to: Option<u64>,
    pub(crate) tts: bool,
    /// Whom a line about joining or leaving is about.
    pub(crate) about: Option<u64>,
}

impl Draft {
    /// A message of text alone.
    pub(crate) fn text(content: &str) -> Self {
        Self {
            content: content.to_owned(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            allowed: AllowedMentions::all(),
            nonce: None,
            flags: 0,
            kind: MessageKind::Default,
            reply_to: None,
            interaction: None,
            visible_to: None,
            tts: false,
            about: None,
        }
    }
}

/// A message as it stands in a channel.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) id: u64,
    pub(crate) channel: u64,
    pub(crate) author: u64,
    pub(crate) kind: MessageKind,
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) mentions: Mentions,
    pub(crate) nonce: Option<Value>,
    pub(crate) flags: u64,
    pub(crate) sent_ms: u64,
    pub(crate) edited_ms: Option<u64>,
    pub(crate) pinned: bool,
    pub(crate) tts: bool,
    pub(crate) reply_to: Option<u64>,
    /// The interaction it answers, with its kind, the name of the command, and who used it.
    pub(crate) interaction: Option<Origin>,
    /// The one person who sees it, when it is ephemeral.
    pub(crate) visible_to: Option<u64>,
    pub(crate) position: u64,
}

/// Where a message of an application came from.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    pub(crate) interaction: u64,
    pub(crate) kind: u8,
    pub(crate) command: Option<String>,
    pub(crate) user: u64,
    pub(crate) pressed_message: Option<u64>,
    /// The first answer, for follow-ups.
    pub(crate) first_answer: Option<u64>,
    /// What opened the modal, for answers to modals.
    pub(crate) opened_by: Option<Box<Origin>>,
}

impl World {
    /// Posts a message and does what follows; returns its id.
    pub(crate) fn post(&mut self, channel: u64, author: u64, draft: Draft) -> u64 {
        let id = self.next_id();
        let mentions = if draft.kind.is_system() || draft.visible_to.is_some() {
            Mentions { users: draft.about.into_iter().collect(), ..Mentions::default() }
        } else {
            self.resolve_mentions(channel, author, &mentionable_text(&draft), &draft.allowed)
        };
        let origin = draft.interaction.and_then(|interaction| self.origin_of(interaction));
        if draft.visible_to.is_none() && !draft.kind.is_system() {
            let joins = draft.interaction.is_none();
            self.wake_thread(channel, author, joins);
        }
        let now = self.now_ms();
        let Some(found) = self.channels.get_mut(&channel) else { return id };
        let position = found.thread.as_ref().map_or(0, |thread| thread.messages_ever);
        remember_nonce(found, author, draft.nonce.as_ref(), id, now);
        let replied = draft.reply_to.and_then(|reply| found.messages.get(&reply)).map(|reply| reply.author);
        let replied = replied.filter(|_| draft.allowed.replied_user && draft.kind == MessageKind::Reply);
        let message = Message {
            id,
            channel,
            author,
            kind: draft.kind,
            content: draft.content,
            embeds: draft.embeds,
            components: draft.components,
            attachments: draft.attachments,
            mentions,
            nonce: draft.nonce,
            flags: draft.flags,
            sent_ms: now,
            edited_ms: None,
            pinned: false,
            tts: draft.tts,
            reply_to: draft.reply_to,
            interaction: origin,
            visible_to: draft.visible_to,
            position,
        };
        found.messages.insert(id, message);
        if draft.visible_to.is_some() {
            found.ephemeral.push_back(id);
        } else {
            found.last_message = Some(id);
            if let Some(thread) = &mut found.thread {
                thread.messages += 1;
                thread.messages_ever += 1;
                thread.active_ms = now;
            }
        }
        self.message_index.insert(id, channel);
        self.forget_old_ephemeral(channel);
        self.after_post(channel, id, replied);
        id
    }

    /// Ephemeral messages are gone when a client is restarted; here the oldest go when there are many.
    fn forget_old_ephemeral(&mut self, channel: u64) {
        let most = self.options.remembered_interactions.max(1);
        let Some(found) = self.channels.get_mut(&channel) else { return };
        while found.ephemeral.len() > most {
            if let Some(oldest) = found.ephemeral.pop_front() {
                found.messages.remove(&oldest);
                self.message_index.remove(&oldest);
            }
        }
    }

    /// Notifies people, fills private threads, tells the bot.
    fn after_post(&mut self, channel: u64, id: u64, replied: Option<u64>) {
        let Some(message) = self.find_message(id).cloned() else { return };
        if message.visible_to.is_some() {
            return;
        }
        self.tell_message("MESSAGE_CREATE", &message);
        // The line that says who was removed names them, and brings nobody back.
        if !message.kind.is_system() {
            self.add_mentioned_to_thread(&message);
        }
        if message.flags & flags::SUPPRESS_NOTIFICATIONS == 0 {
            self.ping(channel, &message, replied);
        }
    }

    /// Writing wakes an archived thread and makes the author a member (Discord docs, topics/threads);
    /// an answer to an interaction does not make the bot one.
    fn wake_thread(&mut self, channel: u64, author: u64, joins: bool) {
        let Some(thread) = self.channels.get(&channel).and_then(|channel| channel.thread.as_ref()) else {
            return;
        };
        let (archived, joined) = (thread.archived, thread.members.contains_key(&author));
        if archived {
            self.change_thread(channel, |channel| {
                if let Some(thread) = &mut channel.thread {
                    thread.archived = false;
                }
            });
        }
        if joins && !joined {
            // A full thread is no reason not to write in it.
            let _ = self.add_thread_member(channel, author, author);
        }
    }

    /// A mention in a private thread brings the mentioned in, if they may see the channel around it and
    /// the author may invite. Roles bring people in only when a person mentions them, and only small
    /// roles: reports say that for bots it does not work, so nothing may rely on it.
    fn add_mentioned_to_thread(&mut self, message: &Message) {
        let Some(channel) = self.channels.get(&message.channel) else { return };
        let (Some(thread), Some(parent), Some(guild)) = (&channel.thread, channel.parent, channel.guild)
        else {
            return;
        };
        let author = message.author;
        let may_invite = thread.invitable
            || thread.owner == author
            || permissions::may(self, message.channel, author, permissions::MANAGE_THREADS);
        if channel.kind == ChannelKind::PrivateThread && !may_invite {
            return;
        }
        let mut wanted = message.mentions.users.clone();
        let by_person = self.users.get(&author).is_some_and(|user| !user.bot);
        if by_person || self.options.bots_role_mentions_add_to_threads {
            for role in &message.mentions.roles {
                let holders = self.holders(guild, *role);
                if holders.len() < 100 {
                    wanted.extend(holders);
                }
            }
        }
        wanted.retain(|user| *user != author && permissions::sees(self, parent, *user));
        for user in wanted {
            // A full thread takes nobody more in; the message stands all the same.
            let _ = self.add_thread_member(message.channel, user, user);
        }
    }

    /// The members who hold a role.
    pub(crate) fn holders(&self, guild: u64, role: u64) -> Vec<u64> {
        let Some(guild) = self.guilds.get(&guild) else { return Vec::new() };
        guild
            .members
            .values()
            .filter(|member| member.roles.contains(&role))
            .map(|member| member.user)
            .collect()
    }

    fn ping(&mut self, channel: u64, message: &Message, replied: Option<u64>) {
        let mut whom: Vec<(u64, PingReason)> = Vec::new();
        let guild = self.channels.get(&channel).and_then(|channel| channel.guild);
        match guild {
            None => {
                let recipient = self.channels.get(&channel).and_then(|channel| channel.recipient);
                whom.extend(recipient.map(|recipient| (recipient, PingReason::Direct)));
            }
            Some(guild) => {
                let reason = match message.kind {
                    MessageKind::RecipientAdd => PingReason::AddedToThread,
                    MessageKind::RecipientRemove => return,
                    _ => PingReason::User,
                };
                whom.extend(message.mentions.users.iter().map(|user| (*user, reason)));
                for role in &message.mentions.roles {
                    whom.extend(self.holders(guild, *role).into_iter().map(|user| (user, PingReason::Role)));
                }
                whom.extend(replied.map(|user| (user, PingReason::Reply)));
                if message.mentions.everyone {
                    let all = self.guilds.get(&guild).into_iter().flat_map(|guild| guild.members.keys());
                    whom.extend(all.map(|user| (*user, PingReason::Everyone)));
                }
            }
        }
        let at_ms = self.now_ms();
        let mut done = vec![message.author];
        for (person, reason) in whom {
            if done.contains(&person) || !self.is_notified_in(channel, person) {
                continue;
            }
            done.push(person);
            let (id, author) = (message.id, message.author);
            self.pings.push(Ping { person, message: id, channel, author, reason, at_ms });
        }
    }

    /// Someone who cannot see a channel is not notified of it; in a private thread members alone are.
    fn is_notified_in(&self, channel: u64, person: u64) -> bool {
        let member = self.channels.get(&channel).is_some_and(|found| match &found.thread {
            Some(thread) if found.kind == ChannelKind::PrivateThread => thread.members.contains_key(&person),
            _ => true,
        });
        member && permissions::sees(self, channel, person)
    }

    /// Changes a message, and marks it as edited.
    pub(crate) fn edit(&mut self, message: u64, change: impl FnOnce(&mut Message)) {
        let now = self.now_ms();
        let Some(channel) = self.message_index.get(&message).copied() else { return };
        let Some(found) = self.channels.get_mut(&channel).and_then(|found| found.messages.get_mut(&message))
        else {
            return;
        };
        let was_loading = found.flags & flags::LOADING != 0;
        change(found);
        if !was_loading {
            found.edited_ms = Some(now);
        }
        let changed = found.clone();
        if changed.visible_to.is_none() {
            self.tell_message("MESSAGE_UPDATE", &changed);
        }
    }

    /// Removes a message; returns whether it was there.
    pub(crate) fn delete_message(&mut self, message: u64) -> bool {
        let Some(channel) = self.message_index.remove(&message) else { return false };
        let Some(found) = self.channels.get_mut(&channel) else { return false };
        let Some(removed) = found.messages.remove(&message) else { return false };
        if removed.visible_to.is_some() {
            return true;
        }
        if let Some(thread) = &mut found.thread {
            thread.messages = thread.messages.saturating_sub(1);
        }
        let guild = found.guild;
        let mut data = json!({ "id": message.to_string(), "channel_id": channel.to_string() });
        if let Some(guild) = guild {
            data["guild_id"] = json!(guild.to_string());
        }
        self.tell_in_channel("MESSAGE_DELETE", channel, &data, None);
        true
    }

    fn tell_message(&mut self, event: &'static str, message: &Message) {
        if !self.hub.anyone() {
            return;
        }
        let full = render::message_event(self, message);
        let stripped = self.without_content(message, &full);
        self.tell_in_channel(event, message.channel, &full, stripped.as_ref());
    }

    /// What a bot without the message content intent gets, if that is less. It reads its own messages,
    /// direct ones, and those that mention it (Discord docs, events/gateway: message content intent).
    fn without_content(&self, message: &Message, full: &Value) -> Option<Value> {
        let bot = self.app.bot_id;
        let direct = self.channels.get(&message.channel).is_none_or(|channel| channel.guild.is_none());
        if message.author == bot || direct || message.mentions.users.contains(&bot) {
            return None;
        }
        let mut stripped = full.clone();
        stripped["content"] = json!("");
        for field in ["embeds", "attachments", "components"] {
            stripped[field] = json!([]);
        }
        Some(stripped)
    }

    /// Sends an event about a channel's messages to those who asked for such.
    fn tell_in_channel(&mut self, event: &'static str, channel: u64, full: &Value, stripped: Option<&Value>) {
        let Some(found) = self.channels.get(&channel) else { return };
        if !permissions::sees(self, channel, self.app.bot_id) {
            return;
        }
        match found.guild {
            Some(guild) => self.tell_guild_messages(event, guild, full, stripped),
            None => self.tell_direct(event, intents::DIRECT_MESSAGES, full),
        }
    }

    /// The message that was sent with this nonce a moment ago, if any.
    pub(crate) fn sent_with_nonce(&self, channel: u64, author: u64, nonce: &str) -> Option<u64> {
        let now = self.now_ms();
        let known = &self.channels.get(&channel)?.nonces;
        known
            .iter()
            .find(|known| known.author == author && known.nonce == nonce && known.at_ms + NONCE_LIFE_MS > now)
            .map(|known| known.message)
    }
}

fn remember_nonce(
    channel: &mut super::Channel,
    author: u64,
    nonce: Option<&Value>,
    message: u64,
    now_ms: u64,
) {
    let Some(nonce) = nonce.map(nonce_text) else { return };
    while channel.nonces.front().is_some_and(|oldest| oldest.at_ms + NONCE_LIFE_MS <= now_ms) {
        channel.nonces.pop_front();
    }
    channel.nonces.push_back(super::channel::RememberedNonce { author, nonce, message, at_ms: now_ms });
}

/// A nonce is a number or a text; both are compared as text.
pub(crate) fn nonce_text(nonce: &Value) -> String {
    nonce.as_str().map_or_else(|| nonce.to_string(), str::to_owned)
}

/// The text whose mentions count: the content, or what text displays say. Embeds never ping.
fn mentionable_text(draft: &Draft) -> String {
    let mut text = draft.content.clone();
    if draft.flags & flags::COMPONENTS_V2 != 0 {
        collect_text(&draft.components, &mut text);
    }
    text
}

fn collect_text(components: &[Value], text: &mut String) {
    for component in components {
        if let Some(content) = component["content"].as_str() {
            text.push('\n');
            text.push_str(content);
        }
        if let Some(children) = component["components"].as_array() {
            collect_text(children, text);
        }
    }
}
