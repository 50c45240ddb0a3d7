//! The parts of a view that show the server: its channels and threads, roles and members.
//!
//! Which channels there are for a person is the people API's to say; here the page's own counts of what is
//! unread are added.

use serde::Serialize;

use super::{Page, id::Id};
use crate::sandbox::{
    Person, SeenChannel,
    world::{ChannelKind, World},
};

/// Somebody or something with a name.
#[derive(Debug, Serialize)]
pub(super) struct Named {
    id: Id,
    name: String,
}

/// The person themself.
#[derive(Debug, Serialize)]
pub(super) struct Me {
    id: Id,
    name: String,
    roles: Vec<String>,
}

/// An account that can be mentioned or picked.
#[derive(Debug, Serialize)]
pub(super) struct Account {
    id: Id,
    name: String,
    bot: bool,
    role: String,
}

/// A role that can be mentioned or picked.
#[derive(Debug, Serialize)]
pub(super) struct Rank {
    id: Id,
    guild: Id,
    name: String,
}

/// A channel, thread or direct conversation.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Place {
    pub(super) id: Id,
    guild: Option<Id>,
    name: String,
    /// `text`, `thread`, `direct`, or `other` for what nothing can be read in.
    kind: &'static str,
    /// Discord's number of the channel type.
    r#type: u8,
    parent: Option<Id>,
    topic: Option<String>,
    private: bool,
    archived: bool,
    locked: bool,
    unread: usize,
    mentions: usize,
}

impl Place {
    /// Whether there is something to read in it.
    pub(super) fn is_readable(&self) -> bool {
        self.kind != "other"
    }

    /// Everything in it has just been read.
    pub(super) fn read(&mut self) {
        self.unread = 0;
        self.mentions = 0;
    }
}

/// The channels a person sees, with what is unread in them.
pub(super) fn places(page: &Page, person: &Person) -> Vec<Place> {
    let seen = person.sees_channels();
    page.sandbox
        .read(|world| seen.into_iter().map(|channel| place(page, world, person.id(), channel)).collect())
}

fn place(page: &Page, world: &World, person: u64, seen: SeenChannel) -> Place {
    let (unread, mentions) = unread(world, person, seen.id, page.reads.mark(person, seen.id));
    let kind = world.channels.get(&seen.id).map_or(ChannelKind::Text, |channel| channel.kind);
    Place {
        id: Id(seen.id),
        guild: seen.guild.map(Id),
        name: seen.name,
        kind: match kind {
            ChannelKind::Text => "text",
            ChannelKind::PublicThread | ChannelKind::PrivateThread => "thread",
            ChannelKind::Direct => "direct",
            ChannelKind::Voice | ChannelKind::Category | ChannelKind::Forum => "other",
        },
        r#type: kind as u8,
        parent: seen.parent.map(Id),
        topic: seen.topic,
        private: kind == ChannelKind::PrivateThread,
        archived: seen.archived,
        locked: seen.locked,
        unread,
        mentions,
    }
}

/// How many messages of others stand behind the mark, and how many of them notified the person.
///
/// What only one person sees answers what they have just done themself, so it is no news.
fn unread(world: &World, person: u64, channel: u64, mark: u64) -> (usize, usize) {
    let Some(found) = world.channels.get(&channel) else { return (0, 0) };
    let behind = found.messages.range(mark.saturating_add(1)..).map(|(_, message)| message);
    let unread =
        behind.filter(|message| message.author != person).filter(|message| message.visible_to.is_none());
    let mentions = world
        .pings
        .iter()
        .filter(|ping| ping.person == person && ping.channel == channel && ping.message > mark);
    // A message that was deleted, or mentions twice, counts once at most.
    let unread: Vec<u64> = unread.map(|message| message.id).collect();
    let mut mentioned: Vec<u64> =
        mentions.map(|ping| ping.message).filter(|message| unread.contains(message)).collect();
    mentioned.dedup();
    (unread.len(), mentioned.len())
}

/// The servers a person is in.
pub(super) fn guilds(world: &World, person: u64) -> Vec<Named> {
    let mine = world.guilds.values().filter(|guild| guild.members.contains_key(&person));
    mine.map(|guild| Named { id: Id(guild.id), name: guild.name.clone() }).collect()
}

/// The names of a person's roles, the highest first.
pub(super) fn roles_of(world: &World, person: u64) -> Vec<String> {
    let held = world.guilds.values().filter_map(|guild| Some((guild, guild.members.get(&person)?)));
    let mut roles: Vec<(u16, &str)> = held
        .flat_map(|(guild, member)| member.roles.iter().filter_map(|role| guild.roles.get(role)))
        .filter(|role| role.bot.is_none())
        .map(|role| (role.position, role.name.as_str()))
        .collect();
    roles.sort_by(|left, right| right.cmp(left));
    roles.into_iter().map(|(_, name)| name.to_owned()).collect()
}

/// The person as they see themself.
pub(super) fn me(world: &World, person: &Person) -> Me {
    Me { id: Id(person.id()), name: person.name().to_owned(), roles: roles_of(world, person.id()) }
}

/// Everybody in the person's servers.
pub(super) fn accounts(world: &World, person: u64) -> Vec<Account> {
    let mine = world.guilds.values().filter(|guild| guild.members.contains_key(&person));
    let mut accounts: Vec<Account> = mine
        .flat_map(|guild| guild.members.keys().map(|user| (guild.id, *user)))
        .map(|(guild, user)| Account {
            id: Id(user),
            name: world.display_name(Some(guild), user),
            bot: world.users.get(&user).is_some_and(|user| user.bot),
            role: roles_of(world, user).into_iter().next().unwrap_or_default(),
        })
        .collect();
    accounts.sort_by_key(|account| account.id);
    accounts.dedup_by_key(|account| account.id);
    accounts
}

/// The roles of the person's servers, the highest first; everybody has `@everyone`, so it is left out.
pub(super) fn ranks(world: &World, person: u64) -> Vec<Rank> {
    let mine = world.guilds.values().filter(|guild| guild.members.contains_key(&person));
    mine.flat_map(|guild| {
        let mut roles: Vec<_> = guild.roles.values().filter(|role| role.id != guild.id).collect();
        roles.sort_by_key(|role| std::cmp::Reverse(role.position));
        roles.into_iter().map(|role| Rank { id: Id(role.id), guild: Id(guild.id), name: role.name.clone() })
    })
    .collect()
}
