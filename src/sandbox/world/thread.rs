//! Threads: making, joining, leaving, archiving, locking.
//!
//! Follows Discord docs, topics/threads. Who may do it is decided by the callers; here it is done and
//! told. Not modelled: the shorter archive times of a guild that fills up, and public threads' starter
//! messages.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Channel, ChannelKind, Draft, MessageKind, World, render};
use crate::sandbox::{
    gateway::intents,
    permissions,
    refusal::{self, Refusal},
};

/// At most so many people in a thread (code 30033).
const MOST_MEMBERS: usize = 1000;

/// What only threads have.
#[derive(Debug, Clone)]
pub(crate) struct Thread {
    pub(crate) owner: u64,
    /// Members and when they joined.
    pub(crate) members: BTreeMap<u64, u64>,
    pub(crate) archived: bool,
    pub(crate) locked: bool,
    pub(crate) invitable: bool,
    pub(crate) auto_archive_min: u64,
    pub(crate) archive_changed_ms: u64,
    pub(crate) created_ms: u64,
    pub(crate) active_ms: u64,
    pub(crate) messages: u64,
    pub(crate) messages_ever: u64,
}

/// What someone wants a new thread to be.
#[derive(Debug, Clone)]
pub(crate) struct ThreadDraft {
    pub(crate) name: String,
    pub(crate) kind: ChannelKind,
    pub(crate) auto_archive_min: u64,
    pub(crate) invitable: bool,
    /// The message a public thread starts from, whose id it takes.
    pub(crate) from_message: Option<u64>,
}

impl World {
    /// Starts a thread below a channel; whoever starts it is its first member.
    pub(crate) fn create_thread(
        &mut self,
        parent: u64,
        owner: u64,
        draft: &ThreadDraft,
    ) -> Result<u64, Refusal> {
        let guild = self.channel(parent)?.guild.ok_or_else(refusal::wrong_channel_type)?;
        let active = self
            .channels
            .values()
            .filter(|channel| channel.guild == Some(guild))
            .filter(|channel| channel.thread.as_ref().is_some_and(|thread| !thread.archived))
            .count();
        if active >= self.options.active_threads_per_guild {
            return Err(refusal::too_many_threads());
        }
        let id = draft.from_message.unwrap_or_else(|| self.next_id());
        let now = self.now_ms();
        let mut channel = Channel::new(id, draft.kind, &draft.name);
        channel.guild = Some(guild);
        channel.parent = Some(parent);
        channel.thread = Some(Thread {
            owner,
            members: BTreeMap::from([(owner, now)]),
            archived: false,
            locked: false,
            invitable: draft.invitable,
            auto_archive_min: draft.auto_archive_min,
            archive_changed_ms: now,
            created_ms: now,
            active_ms: now,
            messages: 0,
            messages_ever: 0,
        });
        self.channels.insert(id, channel);
        self.tell_thread("THREAD_CREATE", id, true);
        Ok(id)
    }

    /// Adds someone; adding who is there already changes nothing.
    pub(crate) fn add_thread_member(&mut self, thread: u64, user: u64, by: u64) -> Result<(), Refusal> {
        let now = self.now_ms();
        let found = self.channel_mut(thread)?.thread.as_mut().ok_or_else(refusal::wrong_channel_type)?;
        if found.members.contains_key(&user) {
            return Ok(());
        }
        if found.members.len() >= MOST_MEMBERS {
            return Err(refusal::thread_full());
        }
        found.members.insert(user, now);
        self.tell_thread_members(thread, Some(user), None);
        if user == self.app.bot_id {
            self.tell_thread("THREAD_CREATE", thread, false);
        }
        if user != by {
            self.post_notice(thread, by, MessageKind::RecipientAdd, user);
        }
        Ok(())
    }

    /// Takes someone out; who is not there is no fault.
    pub(crate) fn remove_thread_member(&mut self, thread: u64, user: u64, by: u64) -> Result<(), Refusal> {
        let found = self.channel_mut(thread)?.thread.as_mut().ok_or_else(refusal::wrong_channel_type)?;
        if found.members.remove(&user).is_none() {
            return Ok(());
        }
        self.tell_thread_members(thread, None, Some(user));
        if user != by {
            self.post_notice(thread, by, MessageKind::RecipientRemove, user);
        }
        Ok(())
    }

    /// The line in the thread that says who added or removed whom; being added is a notification.
    fn post_notice(&mut self, thread: u64, by: u64, kind: MessageKind, about: u64) {
        let mut draft = Draft::text("");
        draft.kind = kind;
        draft.about = Some(about);
        self.post(thread, by, draft);
    }

    /// Changes a thread's name or settings and says so.
    pub(crate) fn change_thread(&mut self, thread: u64, change: impl FnOnce(&mut Channel)) {
        let now = self.now_ms();
        let Some(found) = self.channels.get_mut(&thread) else { return };
        let before = found.thread.as_ref().map(|thread| (thread.archived, thread.auto_archive_min));
        change(found);
        let Some(settings) = &mut found.thread else { return };
        if before != Some((settings.archived, settings.auto_archive_min)) {
            settings.archive_changed_ms = now;
            settings.active_ms = now;
        }
        let woke = before.is_some_and(|(archived, _)| archived) && !settings.archived;
        self.tell_thread("THREAD_UPDATE", thread, false);
        if woke {
            self.tell_own_membership(thread);
        }
    }

    /// After a thread woke up the bot is told its membership, which it may have forgotten
    /// (Discord docs, topics/threads: unarchiving a thread).
    fn tell_own_membership(&mut self, thread: u64) {
        let bot = self.app.bot_id;
        let Some(found) = self.channels.get(&thread) else { return };
        let (Some(guild), Some(settings)) = (found.guild, &found.thread) else { return };
        let Some(joined) = settings.members.get(&bot) else { return };
        let mut data = render::thread_member(thread, bot, *joined);
        data["guild_id"] = json!(guild.to_string());
        self.tell_guild("THREAD_MEMBER_UPDATE", guild, intents::GUILDS, &data);
    }

    /// Archives what nobody wrote in for its time.
    pub(crate) fn archive_idle_threads(&mut self) {
        let now = self.now_ms();
        let idle: Vec<u64> = self
            .channels
            .values()
            .filter(|channel| {
                channel.thread.as_ref().is_some_and(|thread| {
                    !thread.archived && thread.active_ms + thread.auto_archive_min * 60_000 <= now
                })
            })
            .map(|channel| channel.id)
            .collect();
        for thread in idle {
            self.change_thread(thread, |channel| {
                if let Some(settings) = &mut channel.thread {
                    settings.archived = true;
                }
            });
        }
    }

    /// Tells the bot about a thread it may see.
    pub(crate) fn tell_thread(&mut self, event: &'static str, thread: u64, new: bool) {
        let Some(found) = self.channels.get(&thread) else { return };
        let Some(guild) = found.guild else { return };
        let bot = self.app.bot_id;
        if !permissions::sees(self, thread, bot) {
            return;
        }
        let mut data = render::channel(self, found, Some(bot));
        if new {
            data["newly_created"] = json!(true);
        }
        self.tell_guild(event, guild, intents::GUILDS, &data);
    }

    /// Tells who joined or left: of others only with the members intent, of the bot itself always
    /// (Discord docs, topics/threads: syncing).
    fn tell_thread_members(&mut self, thread: u64, added: Option<u64>, removed: Option<u64>) {
        let Some(found) = self.channels.get(&thread) else { return };
        let (Some(guild), Some(settings)) = (found.guild, &found.thread) else { return };
        let bot = self.app.bot_id;
        let about_bot = added == Some(bot) || removed == Some(bot);
        if !about_bot && !permissions::sees(self, thread, bot) {
            return;
        }
        let added: Vec<Value> = added
            .and_then(|user| settings.members.get(&user).map(|joined| (user, *joined)))
            .map(|(user, joined)| {
                let mut member = render::thread_member(thread, user, joined);
                member["member"] = render::member(self, guild, user);
                member["presence"] = Value::Null;
                member
            })
            .into_iter()
            .collect();
        let data = json!({
            "id": thread.to_string(),
            "guild_id": guild.to_string(),
            "member_count": settings.members.len().min(50),
            "added_members": added,
            "removed_member_ids": removed.iter().map(u64::to_string).collect::<Vec<_>>(),
        });
        let wanted = if about_bot { intents::GUILDS } else { intents::GUILD_MEMBERS };
        self.tell_guild("THREAD_MEMBERS_UPDATE", guild, wanted, &data);
    }
}
