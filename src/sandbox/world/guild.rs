//! Guilds, roles, members and users, and the changes people make to them by hand.
//!
//! A change tells the bot's sessions what Discord would tell them; without the members intent that is
//! little (Discord docs, events/gateway: list of intents).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::{Channel, ChannelKind, Overwrite, World, render};
use crate::sandbox::{gateway::intents, permissions, snowflake};

/// An account.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) global_name: Option<String>,
    pub(crate) bot: bool,
    pub(crate) locale: String,
    /// Whether strangers and bots are refused in direct messages.
    pub(crate) direct_messages_closed: bool,
}

impl User {
    /// A person's account; the user name is the name in lower case, as Discord wants it.
    pub(crate) fn person(id: u64, name: &str, locale: &str) -> Self {
        let handle: String = name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("_");
        Self {
            id,
            name: handle,
            global_name: Some(name.to_owned()),
            bot: false,
            locale: locale.to_owned(),
            direct_messages_closed: false,
        }
    }

    /// The bot's account.
    pub(crate) fn bot(id: u64, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            global_name: None,
            bot: true,
            locale: "en-US".to_owned(),
            direct_messages_closed: false,
        }
    }

    /// What others read as the author.
    pub(crate) fn display_name(&self) -> &str {
        self.global_name.as_deref().unwrap_or(&self.name)
    }
}

/// A role of a guild.
#[derive(Debug, Clone)]
pub(crate) struct Role {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) permissions: u64,
    pub(crate) mentionable: bool,
    pub(crate) position: u16,
    /// The bot whose own role this is.
    pub(crate) bot: Option<u64>,
}

/// A user's membership of a guild.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) user: u64,
    pub(crate) nick: Option<String>,
    pub(crate) roles: BTreeSet<u64>,
    pub(crate) joined_ms: u64,
    pub(crate) timed_out_until: Option<u64>,
}

/// A server.
#[derive(Debug)]
pub(crate) struct Guild {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) owner: u64,
    pub(crate) locale: String,
    pub(crate) roles: BTreeMap<u64, Role>,
    pub(crate) members: BTreeMap<u64, Member>,
    /// Its managers let everybody use all commands, whatever the application asks for.
    pub(crate) open_commands: bool,
}

impl World {
    /// A new guild with an owner and the `@everyone` role, which has the guild's id.
    pub(crate) fn create_guild(&mut self, name: &str) -> u64 {
        let id = self.next_id();
        let owner = self.create_user(&format!("{name} owner"), "en-US");
        let everyone = Role {
            id,
            name: "@everyone".to_owned(),
            permissions: permissions::NEW_GUILD_EVERYONE,
            mentionable: false,
            position: 0,
            bot: None,
        };
        let mut guild = Guild {
            id,
            name: name.to_owned(),
            owner,
            locale: "en-US".to_owned(),
            roles: BTreeMap::from([(id, everyone)]),
            members: BTreeMap::new(),
            open_commands: false,
        };
        guild.members.insert(owner, Member::new(owner, self.now_ms()));
        self.guilds.insert(id, guild);
        id
    }

    /// A new account.
    pub(crate) fn create_user(&mut self, name: &str, locale: &str) -> u64 {
        let id = self.next_id();
        self.users.insert(id, User::person(id, name, locale));
        id
    }

    /// A new role above all others.
    pub(crate) fn create_role(&mut self, guild: u64, name: &str) -> u64 {
        let id = self.next_id();
        let Some(found) = self.guilds.get_mut(&guild) else { return id };
        let position = u16::try_from(found.roles.len()).unwrap_or(u16::MAX);
        let role =
            Role { id, name: name.to_owned(), permissions: 0, mentionable: false, position, bot: None };
        found.roles.insert(id, role);
        self.tell_role("GUILD_ROLE_CREATE", guild, id);
        id
    }

    /// Changes a role and says so.
    pub(crate) fn change_role(&mut self, guild: u64, role: u64, change: impl FnOnce(&mut Role)) {
        let Some(found) = self.guilds.get_mut(&guild).and_then(|guild| guild.roles.get_mut(&role)) else {
            return;
        };
        change(found);
        self.tell_role("GUILD_ROLE_UPDATE", guild, role);
    }

    /// Removes a role from the guild, its members and its channels' overwrites.
    pub(crate) fn delete_role(&mut self, guild: u64, role: u64) {
        let Some(found) = self.guilds.get_mut(&guild) else { return };
        found.roles.remove(&role);
        for member in found.members.values_mut() {
            member.roles.remove(&role);
        }
        let target = super::OverwriteTarget::Role(role);
        for channel in self.channels.values_mut().filter(|channel| channel.guild == Some(guild)) {
            channel.overwrites.retain(|overwrite| overwrite.target != target);
        }
        let data = json!({ "guild_id": guild.to_string(), "role_id": role.to_string() });
        self.tell_guild("GUILD_ROLE_DELETE", guild, intents::GUILDS, &data);
    }

    fn tell_role(&mut self, event: &'static str, guild: u64, role: u64) {
        let Some(role) = self.guilds.get(&guild).and_then(|guild| guild.roles.get(&role)) else { return };
        let data = json!({ "guild_id": guild.to_string(), "role": render::role(role) });
        self.tell_guild(event, guild, intents::GUILDS, &data);
    }

    /// Adds an account to a guild.
    pub(crate) fn add_member(&mut self, guild: u64, user: u64, roles: &[u64]) {
        let mut member = Member::new(user, self.now_ms());
        member.roles = roles.iter().copied().collect();
        let Some(found) = self.guilds.get_mut(&guild) else { return };
        found.members.insert(user, member);
        if user == self.app.bot_id {
            self.tell_guild_create(guild);
            return;
        }
        let mut data = render::member(self, guild, user);
        data["guild_id"] = json!(guild.to_string());
        self.tell_guild("GUILD_MEMBER_ADD", guild, intents::GUILD_MEMBERS, &data);
    }

    /// Changes a member and says so; the bot hears of itself without any intent.
    pub(crate) fn change_member(&mut self, guild: u64, user: u64, change: impl FnOnce(&mut Member)) {
        let Some(found) = self.guilds.get_mut(&guild).and_then(|guild| guild.members.get_mut(&user)) else {
            return;
        };
        change(found);
        let mut data = render::member(self, guild, user);
        data["guild_id"] = json!(guild.to_string());
        let wanted = if user == self.app.bot_id { 0 } else { intents::GUILD_MEMBERS };
        self.tell_guild("GUILD_MEMBER_UPDATE", guild, wanted, &data);
    }

    /// Takes an account out of a guild and of the guild's threads.
    pub(crate) fn remove_member(&mut self, guild: u64, user: u64) {
        if user == self.app.bot_id {
            let data = json!({ "id": guild.to_string() });
            self.tell_guild("GUILD_DELETE", guild, intents::GUILDS, &data);
        }
        let Some(found) = self.guilds.get_mut(&guild) else { return };
        if found.members.remove(&user).is_none() {
            return;
        }
        for channel in self.channels.values_mut().filter(|channel| channel.guild == Some(guild)) {
            if let Some(thread) = &mut channel.thread {
                thread.members.remove(&user);
            }
        }
        let data = json!({ "guild_id": guild.to_string(), "user": render::user(self, user) });
        self.tell_guild("GUILD_MEMBER_REMOVE", guild, intents::GUILD_MEMBERS, &data);
    }

    /// Adds the bot with a role of its own, as an authorised invitation does.
    pub(crate) fn invite_bot(&mut self, guild: u64, granted: u64) {
        let bot = self.app.bot_id;
        let name = self.app.name.clone();
        let role = self.create_role(guild, &name);
        self.change_role(guild, role, |role| {
            role.permissions = granted;
            role.bot = Some(bot);
        });
        self.add_member(guild, bot, &[role]);
    }

    /// A new text channel below all others.
    pub(crate) fn create_text_channel(&mut self, guild: u64, name: &str, overwrites: Vec<Overwrite>) -> u64 {
        let id = self.next_id();
        let mut channel = Channel::new(id, ChannelKind::Text, name);
        channel.guild = Some(guild);
        channel.position = self.channels.values().filter(|channel| channel.guild == Some(guild)).count();
        channel.overwrites = overwrites;
        self.channels.insert(id, channel);
        self.tell_channel("CHANNEL_CREATE", id);
        id
    }

    /// Whether the bot is a member.
    pub(crate) fn bot_in(&self, guild: u64) -> bool {
        self.guilds.get(&guild).is_some_and(|guild| guild.members.contains_key(&self.app.bot_id))
    }
}

impl Member {
    /// A member without roles.
    pub(crate) fn new(user: u64, now_ms: u64) -> Self {
        let joined_ms = now_ms.max(snowflake::made_at_ms(user));
        Self { user, nick: None, roles: BTreeSet::new(), joined_ms, timed_out_until: None }
    }
}
