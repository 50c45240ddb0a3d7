//! Messages that people write. Their text does not come with them, and is not asked for (`MESSAGE_CONTENT` is privileged).
//!
//! Most messages are written elsewhere than in a ticket's thread, so they must cost nothing: which channels are threads of
//! tickets is remembered, and a message of another channel is forgotten without asking the database.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Mutex;
use std::time::Duration;

use serde::Deserialize;
use serenity::http::Route;
use serenity::model::channel::MessageType;
use serenity::model::id::WebhookId;
use tracing::Instrument as _;

use super::Cx;
use super::incident::IncidentId;
use super::rest::{Rest, RestError};
use crate::desk::Message;
use crate::domain::id::{ChannelId, GuildId, MessageId, RoleId, UserId};
use crate::domain::time::Timestamp;
use crate::domain::watch::Written;

/// How many channels and messages are remembered; beyond it channels are forgotten at once, messages one by one.
const REMEMBERED_MAX: usize = 8192;
/// A channel so young may yet become the thread of a ticket: it is written down a moment after Discord made it.
const YOUNG: Duration = Duration::from_mins(5);
/// So many messages are read of a thread at once, in so many pages at most: more than people write into silence.
const PAGE: usize = 100;
const PAGES_MAX: usize = 5;

/// What is known of channels and messages.
#[derive(Debug, Default)]
pub(super) struct Heard {
    memory: Mutex<Memory>,
}

#[derive(Debug, Default)]
struct Memory {
    threads: HashMap<ChannelId, bool>,
    messages: HashSet<MessageId>,
    in_order: VecDeque<MessageId>,
}

impl Heard {
    /// Whether a channel is a ticket's thread, if that is known.
    fn is_thread(&self, channel: ChannelId) -> Option<bool> {
        self.memory.lock().ok().and_then(|memory| memory.threads.get(&channel).copied())
    }

    fn learn(&self, channel: ChannelId, is_thread: bool) {
        if let Ok(mut memory) = self.memory.lock() {
            if memory.threads.len() >= REMEMBERED_MAX {
                memory.threads.clear();
            }
            memory.threads.insert(channel, is_thread);
        }
    }

    /// Whether this message comes for the first time; Discord may send an event twice.
    fn is_new(&self, message: MessageId) -> bool {
        let Ok(mut memory) = self.memory.lock() else { return true };
        if !memory.messages.insert(message) {
            return false;
        }
        memory.in_order.push_back(message);
        if memory.in_order.len() > REMEMBERED_MAX
            && let Some(oldest) = memory.in_order.pop_front()
        {
            memory.messages.remove(&oldest);
        }
        true
    }
}

/// What matters of a message; `None` when no person wrote it in a server.
pub(super) fn of(message: &serenity::model::channel::Message) -> Option<Message> {
    let by_a_person = !message.author.bot && message.webhook_id.is_none();
    let member = message.member.as_ref().filter(|_| by_a_person && is_said(message.kind))?;
    Some(Message {
        guild: GuildId::from_snowflake(message.guild_id?.get()),
        channel: ChannelId::from_snowflake(message.channel_id.get()),
        id: MessageId::from_snowflake(message.id.get()),
        author: UserId::from_snowflake(message.author.id.get()),
        roles: member.roles.iter().map(|role| RoleId::from_snowflake(role.get())).collect(),
    })
}

/// Somebody wrote something somewhere.
pub(super) async fn heard(cx: &Cx, message: Message) {
    if cx.heard.is_thread(message.channel) == Some(false) || !cx.heard.is_new(message.id) {
        return;
    }
    let span = tracing::info_span!(
        "discord.message",
        guild.id = message.guild.0,
        user.id = %message.author,
        ticket.id = tracing::field::Empty
    );
    if let Err(error) = hear(cx, &message).instrument(span).await {
        // Nobody waits for an answer to this; what it would have changed can be done by hand.
        tracing::error!(
            incident = %IncidentId::random(),
            error = format!("{:#}", anyhow::Error::from(error)),
            "a message in a thread could not be taken note of"
        );
    }
}

async fn hear(cx: &Cx, message: &Message) -> Result<(), crate::desk::DeskError> {
    if cx.heard.is_thread(message.channel).is_none() {
        let is_thread = cx.desk.is_ticket_thread(message.guild, message.channel).await?;
        let made_at = Timestamp::of_snowflake(message.channel.snowflake());
        if is_thread || made_at + YOUNG < cx.desk.clock.now() {
            cx.heard.learn(message.channel, is_thread);
        }
        if !is_thread {
            return Ok(());
        }
    }
    cx.desk.hear(message).await
}

/// What is read of a message in a thread.
#[derive(Deserialize)]
struct InThread {
    id: serenity::model::id::MessageId,
    author: Author,
    #[serde(rename = "type", default)]
    kind: MessageType,
    webhook_id: Option<WebhookId>,
}

#[derive(Deserialize)]
struct Author {
    id: serenity::model::id::UserId,
    #[serde(default)]
    bot: bool,
}

/// What people wrote in a thread after a message, oldest first, and how many calls it took to know: for what was written
/// while nobody listened. Nothing where Discord lets nobody look, or the thread is gone.
pub(super) async fn written_after(
    rest: &Rest,
    thread: ChannelId,
    after: MessageId,
) -> Result<(Vec<Written>, u32), RestError> {
    let channel_id = serenity::model::id::ChannelId::new(thread.snowflake());
    let (mut written, mut read_to, mut calls) = (Vec::new(), after, 0);
    for _ in 0..PAGES_MAX {
        let parameters = vec![("limit", PAGE.to_string()), ("after", read_to.to_string())];
        calls += 1;
        let page: Vec<InThread> = match rest.get_with(Route::ChannelMessages { channel_id }, parameters).await
        {
            Ok(page) => page,
            Err(RestError::Refused { status: 403 | 404, .. }) => break,
            Err(error) => return Err(error),
        };
        // Newest first, whichever way one asks.
        let newest = page.first().map(|message| MessageId::from_snowflake(message.id.get()));
        written.extend(page.iter().rev().filter(|message| message.is_said()).map(|message| Written {
            id: MessageId::from_snowflake(message.id.get()),
            author: UserId::from_snowflake(message.author.id.get()),
        }));
        match newest.filter(|newest| page.len() >= PAGE && *newest > read_to) {
            Some(newest) => read_to = newest,
            None => break,
        }
    }
    Ok((written, calls))
}

impl InThread {
    fn is_said(&self) -> bool {
        !self.author.bot && self.webhook_id.is_none() && is_said(self.kind)
    }
}

/// Whether somebody wrote it, and it is not one of Discord's own lines.
const fn is_said(kind: MessageType) -> bool {
    matches!(kind, MessageType::Regular | MessageType::InlineReply)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_new_once_and_memory_has_an_end() {
        let heard = Heard::default();
        assert!(heard.is_new(MessageId(1)) && !heard.is_new(MessageId(1)));
        let most = i64::try_from(REMEMBERED_MAX).unwrap_or(0);
        assert!((2..=most + 1).all(|id| heard.is_new(MessageId(id))));
        assert!(heard.is_new(MessageId(1)), "the oldest was forgotten");
        for channel in 0..=most {
            heard.learn(ChannelId(channel), false);
        }
        assert_eq!(heard.is_thread(ChannelId(most)), Some(false));
        assert_eq!(heard.is_thread(ChannelId(0)), None);
    }
}
