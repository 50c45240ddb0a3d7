//! May the bot do this here? In Discord's order: does it exist, is it seen, is it permitted.

use crate::sandbox::{
    permissions,
    refusal::{self, Refusal},
    world::{ChannelKind, World},
};

/// The channel exists, the bot sees it and holds these permissions.
pub(super) fn in_channel(world: &World, channel: u64, wanted: u64) -> Result<(), Refusal> {
    world.channel(channel)?;
    let bits = permissions::in_channel(world, channel, world.app.bot_id);
    if bits & permissions::VIEW_CHANNEL == 0 {
        return Err(refusal::missing_access());
    }
    if bits & wanted == wanted { Ok(()) } else { Err(refusal::missing_permissions()) }
}

/// The guild exists and the bot is in it.
pub(super) fn in_guild(world: &World, guild: u64) -> Result<(), Refusal> {
    world.guild(guild)?;
    if world.bot_in(guild) { Ok(()) } else { Err(refusal::missing_access()) }
}

/// The bot may write here; threads have a permission of their own, and locked ones need
/// `MANAGE_THREADS` (Discord docs, topics/threads: permissions, locked threads).
pub(super) fn to_write(world: &World, channel: u64) -> Result<(), Refusal> {
    let found = world.channel(channel)?;
    if matches!(found.kind, ChannelKind::Category | ChannelKind::Forum) {
        return Err(refusal::wrong_channel_type());
    }
    let wanted = if found.kind.is_thread() {
        permissions::SEND_MESSAGES_IN_THREADS
    } else {
        permissions::SEND_MESSAGES
    };
    in_channel(world, channel, wanted)?;
    if found.thread.as_ref().is_some_and(|thread| thread.locked) && !manages_threads(world, channel) {
        return Err(refusal::locked_thread());
    }
    Ok(())
}

/// The bot may change what stands here: not in an archived thread, nor in a locked one.
pub(super) fn to_change(world: &World, channel: u64) -> Result<(), Refusal> {
    let Some(thread) = &world.channel(channel)?.thread else { return Ok(()) };
    if thread.archived {
        return Err(refusal::archived_thread());
    }
    if thread.locked && !manages_threads(world, channel) {
        return Err(refusal::locked_thread());
    }
    Ok(())
}

/// Whether the bot is a moderator of the threads here.
pub(super) fn manages_threads(world: &World, channel: u64) -> bool {
    permissions::may(world, channel, world.app.bot_id, permissions::MANAGE_THREADS)
}
