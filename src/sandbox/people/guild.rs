//! A server as its administrator sets it up by hand.

use super::{Person, PersonError};
use crate::sandbox::{
    Sandbox, permissions,
    world::{self, ChannelKind, OverwriteTarget},
};

/// What a channel, role or member overwrite grants and takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overwrite {
    target: OverwriteTarget,
    allow: u64,
    deny: u64,
}

impl Overwrite {
    /// For everyone with a role; a server's own id is its `@everyone`.
    pub fn role(role: u64, allow: u64, deny: u64) -> Self {
        Self { target: OverwriteTarget::Role(role), allow, deny }
    }

    /// For a single member.
    pub fn member(member: u64, allow: u64, deny: u64) -> Self {
        Self { target: OverwriteTarget::Member(member), allow, deny }
    }
}

impl From<Overwrite> for world::Overwrite {
    fn from(from: Overwrite) -> Self {
        Self { target: from.target, allow: from.allow, deny: from.deny }
    }
}

/// Kinds of channels that can be made by hand besides text channels; nothing can be said in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelType {
    /// An ordinary text channel.
    Text,
    /// A voice channel.
    Voice,
    /// A category.
    Category,
    /// A forum.
    Forum,
}

/// A handle to a server.
#[derive(Clone, Debug)]
pub struct Guild {
    sandbox: Sandbox,
    /// Its id, which is the `@everyone` role's as well.
    pub id: u64,
    /// Its name.
    pub name: String,
}

/// A handle to a role.
#[derive(Clone, Debug)]
pub struct Role {
    sandbox: Sandbox,
    guild: u64,
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: String,
}

impl Role {
    /// Sets what it permits.
    #[must_use]
    pub fn permissions(self, bits: u64) -> Self {
        self.sandbox.change(|world| world.change_role(self.guild, self.id, |role| role.permissions = bits));
        self
    }

    /// Sets whether everybody may mention it.
    #[must_use]
    pub fn mentionable(self, yes: bool) -> Self {
        self.sandbox.change(|world| world.change_role(self.guild, self.id, |role| role.mentionable = yes));
        self
    }

    /// Removes it.
    pub fn delete(self) {
        self.sandbox.change(|world| world.delete_role(self.guild, self.id));
    }
}

impl Guild {
    pub(crate) fn new(sandbox: Sandbox, id: u64, name: &str) -> Self {
        Self { sandbox, id, name: name.to_owned() }
    }

    /// A new role without permissions; go on with `permissions` and `mentionable`.
    pub fn create_role(&self, name: &str) -> Role {
        let id = self.sandbox.change(|world| world.create_role(self.id, name));
        Role { sandbox: self.sandbox.clone(), guild: self.id, id, name: name.to_owned() }
    }

    /// The role with this name.
    pub fn role(&self, name: &str) -> Option<Role> {
        let id = self.sandbox.read(|world| {
            let roles = &world.guilds.get(&self.id)?.roles;
            roles.values().find(|role| role.name == name).map(|role| role.id)
        })?;
        Some(Role { sandbox: self.sandbox.clone(), guild: self.id, id, name: name.to_owned() })
    }

    /// Sets what `@everyone` may do.
    pub fn set_everyone(&self, bits: u64) {
        self.sandbox.change(|world| world.change_role(self.id, self.id, |role| role.permissions = bits));
    }

    /// Sets the server's language, such as `de`.
    pub fn set_locale(&self, locale: &str) {
        self.sandbox.change(|world| {
            if let Some(guild) = world.guilds.get_mut(&self.id) {
                locale.clone_into(&mut guild.locale);
            }
        });
    }

    /// A new text channel; returns its id.
    pub fn create_text_channel(&self, name: &str, overwrites: &[Overwrite]) -> u64 {
        let overwrites = overwrites.iter().copied().map(Into::into).collect();
        self.sandbox.change(|world| world.create_text_channel(self.id, name, overwrites))
    }

    /// A new channel of any kind; returns its id.
    pub fn create_channel(&self, name: &str, kind: ChannelType) -> u64 {
        let id = self.create_text_channel(name, &[]);
        let kind = match kind {
            ChannelType::Text => ChannelKind::Text,
            ChannelType::Voice => ChannelKind::Voice,
            ChannelType::Category => ChannelKind::Category,
            ChannelType::Forum => ChannelKind::Forum,
        };
        self.sandbox.change(|world| {
            if let Some(channel) = world.channels.get_mut(&id) {
                channel.kind = kind;
            }
            world.tell_channel("CHANNEL_UPDATE", id);
        });
        id
    }

    /// Replaces a channel's overwrites.
    pub fn set_overwrites(&self, channel: u64, overwrites: &[Overwrite]) {
        let overwrites = overwrites.iter().copied().map(Into::into).collect();
        self.sandbox.change(|world| world.set_overwrites(channel, overwrites));
    }

    /// The channel or thread with this name.
    pub fn channel(&self, name: &str) -> Option<u64> {
        self.sandbox.read(|world| {
            let here = world.channels.values().filter(|channel| channel.guild == Some(self.id));
            here.filter(|channel| channel.name == name).map(|channel| channel.id).next()
        })
    }

    /// Adds the bot with these permissions, as the invitation link does.
    pub fn invite_bot(&self, bits: u64) {
        self.sandbox.change(|world| world.invite_bot(self.id, bits));
    }

    /// Changes what the bot's own role permits.
    pub fn set_bot_permissions(&self, bits: u64) {
        self.sandbox.change(|world| {
            let bot = Some(world.app.bot_id);
            let roles = world.guilds.get(&self.id).map(|guild| &guild.roles);
            let role =
                roles.and_then(|roles| roles.values().find(|role| role.bot == bot)).map(|role| role.id);
            if let Some(role) = role {
                world.change_role(self.id, role, |role| role.permissions = bits);
            }
        });
    }

    /// Throws the bot out.
    pub fn remove_bot(&self) {
        self.sandbox.change(|world| world.remove_member(self.id, world.app.bot_id));
    }

    /// A new person in this server, with a language such as `de` or `en-US`.
    pub fn add_member(&self, name: &str, locale: &str, roles: &[&Role]) -> Person {
        let roles: Vec<u64> = roles.iter().map(|role| role.id).collect();
        let id = self.sandbox.change(|world| {
            let id = world.create_user(name, locale);
            world.add_member(self.id, id, &roles);
            id
        });
        Person::new(self.sandbox.clone(), id, name)
    }

    /// Lets somebody from another server join this one too.
    pub fn join(&self, person: &Person, roles: &[&Role]) {
        let roles: Vec<u64> = roles.iter().map(|role| role.id).collect();
        self.sandbox.change(|world| world.add_member(self.id, person.id(), &roles));
    }

    /// The people in this server, its first owner left out.
    pub fn members(&self) -> Vec<Person> {
        let ids: Vec<u64> = self.sandbox.read(|world| {
            let Some(guild) = world.guilds.get(&self.id) else { return Vec::new() };
            let people =
                guild.members.keys().filter(|user| **user != guild.owner && **user != world.app.bot_id);
            people.copied().collect()
        });
        ids.into_iter().filter_map(|id| self.sandbox.person(id)).collect()
    }

    /// The person with this name.
    pub fn member(&self, name: &str) -> Option<Person> {
        self.members().into_iter().find(|person| person.name() == name)
    }

    /// The person who owns the server and may do everything.
    pub fn owner(&self) -> Option<Person> {
        let owner = self.sandbox.read(|world| world.guilds.get(&self.id).map(|guild| guild.owner))?;
        self.sandbox.person(owner)
    }

    /// The names of the roles a person holds here.
    pub fn roles_of(&self, person: &Person) -> Vec<String> {
        self.sandbox.read(|world| {
            let Some(guild) = world.guilds.get(&self.id) else { return Vec::new() };
            let Some(member) = guild.members.get(&person.id()) else { return Vec::new() };
            member
                .roles
                .iter()
                .filter_map(|role| guild.roles.get(role))
                .map(|role| role.name.clone())
                .collect()
        })
    }

    /// Gives a person a role.
    pub fn give_role(&self, person: &Person, role: &Role) {
        self.sandbox.change(|world| {
            world.change_member(self.id, person.id(), |member| {
                member.roles.insert(role.id);
            });
        });
    }

    /// Takes a role from a person.
    pub fn take_role(&self, person: &Person, role: &Role) {
        self.sandbox.change(|world| {
            world.change_member(self.id, person.id(), |member| {
                member.roles.remove(&role.id);
            });
        });
    }

    /// Lets everybody use every command, as managers may in the settings of the integration: a server's own
    /// permissions go before what the application asks for (interactions/application-commands, permissions).
    pub fn opens_commands_to_everybody(&self) {
        self.sandbox.change(|world| {
            if let Some(guild) = world.guilds.get_mut(&self.id) {
                guild.open_commands = true;
            }
        });
    }

    /// Sets a person's nickname here.
    pub fn set_nick(&self, person: &Person, nick: Option<&str>) {
        self.sandbox.change(|world| {
            world.change_member(self.id, person.id(), |member| member.nick = nick.map(str::to_owned));
        });
    }

    /// Times a person out for so long on the sandbox's clock.
    pub fn time_out(&self, person: &Person, for_how_long: std::time::Duration) {
        self.sandbox.change(|world| {
            let length = u64::try_from(for_how_long.as_millis()).unwrap_or(u64::MAX);
            let until = world.now_ms().saturating_add(length);
            world.change_member(self.id, person.id(), |member| member.timed_out_until = Some(until));
        });
    }

    /// Removes a person from the server.
    pub fn remove_member(&self, person: &Person) {
        self.sandbox.change(|world| world.remove_member(self.id, person.id()));
    }

    /// Deletes a channel with its threads, or a thread.
    pub fn delete_channel(&self, channel: u64) {
        self.sandbox.change(|world| world.delete_channel(channel));
    }

    /// Deletes a message; returns whether it was there.
    pub fn delete_message(&self, message: u64) -> bool {
        self.sandbox.change(|world| world.delete_message(message))
    }

    /// Archives or wakes a thread, as Discord does by itself after a time.
    pub fn set_archived(&self, thread: u64, archived: bool) {
        self.change_thread(thread, |thread| thread.archived = archived);
    }

    /// Locks or unlocks a thread, as a moderator does.
    pub fn set_locked(&self, thread: u64, locked: bool) {
        self.change_thread(thread, |thread| thread.locked = locked);
    }

    fn change_thread(&self, thread: u64, change: impl FnOnce(&mut world::Thread)) {
        self.sandbox.change(|world| {
            world.change_thread(thread, |channel| {
                if let Some(settings) = &mut channel.thread {
                    change(settings);
                }
            });
        });
    }

    /// Renames a channel or thread.
    pub fn rename(&self, channel: u64, name: &str) {
        self.sandbox.change(|world| {
            let is_thread = world.channels.get(&channel).is_some_and(|channel| channel.thread.is_some());
            if is_thread {
                world.change_thread(channel, |channel| name.clone_into(&mut channel.name));
                return;
            }
            if let Some(found) = world.channels.get_mut(&channel) {
                name.clone_into(&mut found.name);
            }
            world.tell_channel("CHANNEL_UPDATE", channel);
        });
    }

    /// The people in a thread.
    pub fn thread_members(&self, thread: u64) -> Vec<u64> {
        self.sandbox.read(|world| {
            let found = world.channels.get(&thread).and_then(|channel| channel.thread.as_ref());
            found.map(|thread| thread.members.keys().copied().collect()).unwrap_or_default()
        })
    }

    /// Whether a thread is archived and whether it is locked.
    pub fn thread_state(&self, thread: u64) -> Option<(bool, bool)> {
        self.sandbox.read(|world| {
            let found = world.channels.get(&thread)?.thread.as_ref()?;
            Some((found.archived, found.locked))
        })
    }

    /// What somebody may do in a channel, as permission bits.
    pub fn permissions_in(&self, channel: u64, user: u64) -> u64 {
        self.sandbox.read(|world| permissions::in_channel(world, channel, user))
    }

    /// All threads of the server, archived ones too.
    pub fn threads(&self) -> Vec<u64> {
        self.sandbox.read(|world| {
            let here = world.channels.values().filter(|channel| channel.guild == Some(self.id));
            here.filter(|channel| channel.kind.is_thread()).map(|channel| channel.id).collect()
        })
    }

    /// A person's answer to the bot's direct messages: refuse them, or take them again.
    pub fn close_direct_messages(&self, person: &Person, closed: bool) -> Result<(), PersonError> {
        self.sandbox.change(|world| {
            let user = world.users.get_mut(&person.id());
            let user = user.ok_or_else(|| PersonError::new("There is no such person."))?;
            user.direct_messages_closed = closed;
            Ok(())
        })
    }
}
