//! Messages that people write. Their text does not come with them, and is not asked for (`MESSAGE_CONTENT` is privileged).
//!
//! Most messages are written elsewhere than in a ticket's thread, so they must cost nothing: which channels are threads of
//! tickets is remembered, and a message of another channel is forgotten without asking the database.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Mutex;
use std::time::Duration;

use serenity::model::channel::MessageType;
use tracing::Instrument as _;

use super::Cx;
use super::incident::IncidentId;
use crate::desk::Message;
use crate::domain::id::{ChannelId, GuildId, MessageId, RoleId, UserId};
use crate::domain::time::Timestamp;

/// How many channels and messages are remembered; beyond it channels are forgotten at once, messages one by one.
const REMEMBERED_MAX: usize = 8192;
/// A channel so young may yet become the thread of a ticket: it is written down a moment after Discord made it.
const YOUNG: Duration = Duration::from_mins(5);
/// Discord's ids count milliseconds since the first second of 2015 (reference, snowflakes).
const DISCORD_EPOCH: u64 = 1_420_070_400_000;

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
    let is_said = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    let member = message.member.as_ref().filter(|_| by_a_person && is_said)?;
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
        if is_thread || made_at(message.channel) + YOUNG < cx.desk.clock.now() {
            cx.heard.learn(message.channel, is_thread);
        }
        if !is_thread {
            return Ok(());
        }
    }
    cx.desk.hear(message).await
}

fn made_at(channel: ChannelId) -> Timestamp {
    Timestamp(i64::try_from((channel.snowflake() >> 22) + DISCORD_EPOCH).unwrap_or(i64::MAX))
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

    #[test]
    fn an_id_tells_when_it_was_made() {
        // The example of Discord's own reference.
        assert_eq!(made_at(ChannelId(175_928_847_299_117_063)), Timestamp(1_462_015_105_796));
    }
}
