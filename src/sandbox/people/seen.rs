//! The channel list as one person sees it.

use serde::Serialize;

use crate::sandbox::{
    permissions,
    world::{Channel, ChannelKind, World},
};

/// A channel or thread in somebody's list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "a view for people and JSON, not a state")]
pub struct SeenChannel {
    /// Its id.
    #[serde(serialize_with = "crate::sandbox::id_text::serialize")]
    pub id: u64,
    /// The server it is in; none for a direct conversation.
    #[serde(serialize_with = "crate::sandbox::id_text::optional")]
    pub guild: Option<u64>,
    /// Its name; of a direct conversation the bot's.
    pub name: String,
    /// `text`, `voice`, `category`, `forum`, `public_thread`, `private_thread` or `direct`.
    pub kind: &'static str,
    /// The channel that a thread belongs to.
    #[serde(serialize_with = "crate::sandbox::id_text::optional")]
    pub parent: Option<u64>,
    /// What the channel is for.
    pub topic: Option<String>,
    /// Whether it is a thread that was put aside.
    pub archived: bool,
    /// Whether it is a thread that only moderators may write in.
    pub locked: bool,
    /// Whether this person is a member of the thread; of a channel always so.
    pub joined: bool,
    /// Whether this person may write there.
    pub can_write: bool,
    /// The last message.
    #[serde(serialize_with = "crate::sandbox::id_text::optional")]
    pub last_message: Option<u64>,
    /// How many of its messages notified this person.
    pub pings: usize,
}

/// The channels and threads that someone sees, threads below their channel.
pub(super) fn channels(world: &World, viewer: u64) -> Vec<SeenChannel> {
    let mut found: Vec<&Channel> =
        world.channels.values().filter(|channel| permissions::sees(world, channel.id, viewer)).collect();
    found.sort_by_key(|channel| {
        let top = channel.parent.and_then(|parent| world.channels.get(&parent)).unwrap_or(channel);
        (top.guild, top.position, top.id, channel.kind.is_thread(), channel.id)
    });
    found.into_iter().map(|channel| show(world, viewer, channel)).collect()
}

fn show(world: &World, viewer: u64, channel: &Channel) -> SeenChannel {
    let thread = channel.thread.as_ref();
    let name =
        if channel.kind == ChannelKind::Direct { world.app.name.clone() } else { channel.name.clone() };
    SeenChannel {
        id: channel.id,
        guild: channel.guild,
        name,
        kind: match channel.kind {
            ChannelKind::Text => "text",
            ChannelKind::Direct => "direct",
            ChannelKind::Voice => "voice",
            ChannelKind::Category => "category",
            ChannelKind::Forum => "forum",
            ChannelKind::PublicThread => "public_thread",
            ChannelKind::PrivateThread => "private_thread",
        },
        parent: channel.parent,
        topic: channel.topic.clone(),
        archived: thread.is_some_and(|thread| thread.archived),
        locked: thread.is_some_and(|thread| thread.locked),
        joined: thread.is_none_or(|thread| thread.members.contains_key(&viewer)),
        can_write: can_write(world, viewer, channel),
        last_message: channel.last_message,
        pings: world.pings.iter().filter(|ping| ping.person == viewer && ping.channel == channel.id).count(),
    }
}

/// Whether someone may write in a channel or thread.
pub(super) fn can_write(world: &World, viewer: u64, channel: &Channel) -> bool {
    let bits = permissions::in_channel(world, channel.id, viewer);
    let wanted = if channel.kind.is_thread() {
        permissions::SEND_MESSAGES_IN_THREADS
    } else {
        permissions::SEND_MESSAGES
    };
    let locked = channel.thread.as_ref().is_some_and(|thread| thread.locked);
    let talkable = !matches!(channel.kind, ChannelKind::Category | ChannelKind::Forum);
    talkable && bits & wanted == wanted && (!locked || bits & permissions::MANAGE_THREADS != 0)
}
