//! Who may do what where: Discord's permission bits and the way they are computed.
//!
//! Follows Discord docs, topics/permissions: the guild's `@everyone`, then roles, then `ADMINISTRATOR`,
//! then overwrites for everyone, roles and the member; a timed-out member keeps reading only; a channel
//! that cannot be seen grants nothing. Threads take their parent's permissions, and a private thread is
//! seen by its members and by those with `MANAGE_THREADS`. Nothing here fails: who is unknown has none.

use super::world::{ChannelKind, OverwriteTarget, World};

macro_rules! permission_bits {
    ($($name:ident = $bit:literal, $doc:literal;)*) => {
        $(#[doc = $doc] pub const $name: u64 = 1 << $bit;)*
        /// Every permission that has a name here.
        pub const ALL: u64 = $($name |)* 0;
        /// The names of the bits that are set.
        pub fn names(bits: u64) -> Vec<&'static str> {
            let mut names = Vec::new();
            $(if bits & $name != 0 { names.push(stringify!($name)); })*
            names
        }
    };
}

permission_bits! {
    CREATE_INSTANT_INVITE = 0, "Create invitations.";
    KICK_MEMBERS = 1, "Kick members.";
    BAN_MEMBERS = 2, "Ban members.";
    ADMINISTRATOR = 3, "Everything, past all overwrites.";
    MANAGE_CHANNELS = 4, "Create, change and delete channels.";
    MANAGE_GUILD = 5, "Change the server's settings.";
    ADD_REACTIONS = 6, "Add reactions.";
    VIEW_AUDIT_LOG = 7, "Read the audit log.";
    VIEW_CHANNEL = 10, "See a channel.";
    SEND_MESSAGES = 11, "Write in a channel, though not in its threads.";
    SEND_TTS_MESSAGES = 12, "Have messages read aloud.";
    MANAGE_MESSAGES = 13, "Delete what others wrote.";
    EMBED_LINKS = 14, "Show embeds.";
    ATTACH_FILES = 15, "Attach files.";
    READ_MESSAGE_HISTORY = 16, "Read what was written before.";
    MENTION_EVERYONE = 17, "Ping everyone and every role.";
    USE_EXTERNAL_EMOJIS = 18, "Use other servers' emojis.";
    CONNECT = 20, "Join a voice channel.";
    SPEAK = 21, "Speak in a voice channel.";
    USE_VAD = 25, "Speak without a key held down.";
    CHANGE_NICKNAME = 26, "Change one's own nickname.";
    MANAGE_NICKNAMES = 27, "Change others' nicknames.";
    MANAGE_ROLES = 28, "Change roles and overwrites.";
    MANAGE_WEBHOOKS = 29, "Change webhooks.";
    USE_APPLICATION_COMMANDS = 31, "Use commands of applications.";
    MANAGE_THREADS = 34, "Change every thread and see private ones.";
    CREATE_PUBLIC_THREADS = 35, "Start public threads.";
    CREATE_PRIVATE_THREADS = 36, "Start private threads.";
    USE_EXTERNAL_STICKERS = 37, "Use other servers' stickers.";
    SEND_MESSAGES_IN_THREADS = 38, "Write in threads.";
    USE_EMBEDDED_ACTIVITIES = 39, "Start activities.";
    MODERATE_MEMBERS = 40, "Time members out.";
    SEND_VOICE_MESSAGES = 46, "Send voice messages.";
    SEND_POLLS = 49, "Start polls.";
    USE_EXTERNAL_APPS = 50, "Have one's own applications answer in public.";
    PIN_MESSAGES = 51, "Pin messages.";
}

/// What `@everyone` may do in a server that was just made.
pub const NEW_GUILD_EVERYONE: u64 = CREATE_INSTANT_INVITE
    | ADD_REACTIONS
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | MENTION_EVERYONE
    | USE_EXTERNAL_EMOJIS
    | CONNECT
    | SPEAK
    | USE_VAD
    | CHANGE_NICKNAME
    | USE_APPLICATION_COMMANDS
    | CREATE_PUBLIC_THREADS
    | CREATE_PRIVATE_THREADS
    | USE_EXTERNAL_STICKERS
    | SEND_MESSAGES_IN_THREADS
    | USE_EMBEDDED_ACTIVITIES
    | SEND_VOICE_MESSAGES
    | SEND_POLLS;

/// What a timed-out member keeps (Discord docs, topics/permissions: timed out members).
const TIMED_OUT: u64 = VIEW_CHANNEL | READ_MESSAGE_HISTORY;

/// What a direct conversation allows both sides.
const DIRECT: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_APPLICATION_COMMANDS;

/// What a member may do in the guild as a whole, before any channel's overwrites.
pub(crate) fn in_guild(world: &World, guild: u64, user: u64) -> u64 {
    let Some(guild) = world.guilds.get(&guild) else { return 0 };
    let Some(member) = guild.members.get(&user) else { return 0 };
    if guild.owner == user {
        return ALL;
    }
    let everyone = guild.roles.get(&guild.id).map_or(0, |role| role.permissions);
    let granted = member
        .roles
        .iter()
        .filter_map(|role| guild.roles.get(role))
        .fold(everyone, |bits, role| bits | role.permissions);
    if granted & ADMINISTRATOR != 0 {
        return ALL;
    }
    let timed_out = member.timed_out_until.is_some_and(|until| until > world.clock.now_ms());
    if timed_out { granted & TIMED_OUT } else { granted }
}

/// What someone may do in a channel or thread.
pub(crate) fn in_channel(world: &World, channel: u64, user: u64) -> u64 {
    let Some(found) = world.channels.get(&channel) else { return 0 };
    let Some(guild) = found.guild else {
        let takes_part = user == world.app.bot_id || found.recipient == Some(user);
        return if takes_part { DIRECT } else { 0 };
    };
    if let (Some(thread), Some(parent)) = (&found.thread, found.parent) {
        let from_parent = in_channel(world, parent, user);
        let hidden = found.kind == ChannelKind::PrivateThread
            && !thread.members.contains_key(&user)
            && from_parent & MANAGE_THREADS == 0;
        return if hidden { 0 } else { from_parent };
    }
    let base = in_guild(world, guild, user);
    if base & ADMINISTRATOR != 0 {
        return ALL;
    }
    let bits = with_overwrites(world, channel, user, base);
    if bits & VIEW_CHANNEL == 0 {
        return 0;
    }
    // Implicit denial: who can write neither here nor in threads can neither ping nor attach.
    if bits & (SEND_MESSAGES | SEND_MESSAGES_IN_THREADS) == 0 {
        return bits & !(MENTION_EVERYONE | SEND_TTS_MESSAGES | ATTACH_FILES | EMBED_LINKS);
    }
    bits
}

fn with_overwrites(world: &World, channel: u64, user: u64, base: u64) -> u64 {
    let Some(found) = world.channels.get(&channel) else { return 0 };
    let Some(guild) = found.guild.and_then(|guild| world.guilds.get(&guild)) else { return 0 };
    let Some(member) = guild.members.get(&user) else { return 0 };
    let mut bits = base;
    let mut role_allow = 0;
    let mut role_deny = 0;
    for overwrite in &found.overwrites {
        match overwrite.target {
            OverwriteTarget::Role(role) if role == guild.id => {
                bits = (bits & !overwrite.deny) | overwrite.allow;
            }
            OverwriteTarget::Role(role) if member.roles.contains(&role) => {
                role_allow |= overwrite.allow;
                role_deny |= overwrite.deny;
            }
            _ => {}
        }
    }
    bits = (bits & !role_deny) | role_allow;
    for overwrite in &found.overwrites {
        if overwrite.target == OverwriteTarget::Member(user) {
            bits = (bits & !overwrite.deny) | overwrite.allow;
        }
    }
    let timed_out = member.timed_out_until.is_some_and(|until| until > world.clock.now_ms());
    if timed_out { bits & TIMED_OUT } else { bits }
}

/// Whether all of these permissions are held in a channel.
pub(crate) fn may(world: &World, channel: u64, user: u64, wanted: u64) -> bool {
    in_channel(world, channel, user) & wanted == wanted
}

/// Whether someone sees a channel or thread at all.
pub(crate) fn sees(world: &World, channel: u64, user: u64) -> bool {
    may(world, channel, user, VIEW_CHANNEL)
}
