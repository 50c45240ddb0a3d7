//! The state as Discord writes it in JSON (Discord docs, resources/*).
//!
//! Pure functions over the state. Fields that a bot could read but that mean nothing here (icons,
//! boosts, stickers) are present and empty, because Discord sends them.

use serde_json::{Map, Value, json};

use super::{
    Attachment, Channel, ChannelKind, Guild, Message, Origin, Overwrite, OverwriteTarget, Role, World, flags,
};
use crate::sandbox::{clock::iso8601, permissions, rest::cdn};

fn text(id: u64) -> Value {
    Value::String(id.to_string())
}

fn optional(id: Option<u64>) -> Value {
    id.map_or(Value::Null, text)
}

/// A user object.
pub(crate) fn user(world: &World, id: u64) -> Value {
    let Some(user) = world.users.get(&id) else { return Value::Null };
    let mut wire = json!({
        "id": text(id),
        "username": user.name,
        "global_name": user.global_name,
        "discriminator": if user.bot { "0042" } else { "0" },
        "avatar": null,
        "avatar_decoration_data": null,
        "banner": null,
        "accent_color": null,
        "primary_guild": null,
        "public_flags": 0,
        "flags": 0,
    });
    if user.bot {
        wire["bot"] = json!(true);
    }
    wire
}

/// The bot's own user object, as `/users/@me` and READY have it.
pub(crate) fn current_user(world: &World) -> Value {
    let mut wire = user(world, world.app.bot_id);
    wire["verified"] = json!(true);
    wire["email"] = Value::Null;
    wire["mfa_enabled"] = json!(true);
    wire["locale"] = json!("en-US");
    wire
}

/// A guild member with the user in it.
pub(crate) fn member(world: &World, guild: u64, id: u64) -> Value {
    let mut wire = member_without_user(world, guild, id);
    if !wire.is_null() {
        wire["user"] = user(world, id);
    }
    wire
}

/// A guild member without the user, as `MESSAGE_CREATE` has it.
pub(crate) fn member_without_user(world: &World, guild: u64, id: u64) -> Value {
    let Some(member) = world.guilds.get(&guild).and_then(|guild| guild.members.get(&id)) else {
        return Value::Null;
    };
    json!({
        "nick": member.nick,
        "avatar": null,
        "banner": null,
        "roles": member.roles.iter().map(u64::to_string).collect::<Vec<_>>(),
        "joined_at": iso8601(member.joined_ms),
        "premium_since": null,
        "deaf": false,
        "mute": false,
        "flags": 0,
        "pending": false,
        "communication_disabled_until": member.timed_out_until.map(iso8601),
    })
}

/// A role object.
pub(crate) fn role(role: &Role) -> Value {
    let mut wire = json!({
        "id": text(role.id),
        "name": role.name,
        "color": 0,
        "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
        "hoist": false,
        "icon": null,
        "unicode_emoji": null,
        "position": role.position,
        "permissions": role.permissions.to_string(),
        "managed": role.bot.is_some(),
        "mentionable": role.mentionable,
        "flags": 0,
    });
    if let Some(bot) = role.bot {
        wire["tags"] = json!({ "bot_id": text(bot) });
    }
    wire
}

fn overwrite(overwrite: &Overwrite) -> Value {
    let (id, kind) = match overwrite.target {
        OverwriteTarget::Role(id) => (id, 0),
        OverwriteTarget::Member(id) => (id, 1),
    };
    json!({
        "id": text(id),
        "type": kind,
        "allow": overwrite.allow.to_string(),
        "deny": overwrite.deny.to_string(),
    })
}

/// A thread member object.
pub(crate) fn thread_member(thread: u64, user: u64, joined_ms: u64) -> Value {
    json!({ "id": text(thread), "user_id": text(user), "join_timestamp": iso8601(joined_ms), "flags": 0 })
}

/// A channel, thread or direct conversation; a thread carries the viewer's membership.
pub(crate) fn channel(world: &World, channel: &Channel, viewer: Option<u64>) -> Value {
    if channel.kind == ChannelKind::Direct {
        return json!({
            "id": text(channel.id),
            "type": 1,
            "last_message_id": optional(channel.last_message),
            "recipients": channel.recipient.map(|id| user(world, id)).into_iter().collect::<Vec<_>>(),
            "flags": 0,
        });
    }
    let mut wire = json!({
        "id": text(channel.id),
        "type": channel.kind as u8,
        "guild_id": optional(channel.guild),
        "name": channel.name,
        "parent_id": optional(channel.parent),
        "last_message_id": optional(channel.last_message),
        "rate_limit_per_user": channel.slow_mode_s,
        "flags": 0,
    });
    let Some(thread) = &channel.thread else {
        wire["position"] = json!(channel.position);
        wire["topic"] = json!(channel.topic);
        wire["nsfw"] = json!(false);
        wire["permission_overwrites"] = channel.overwrites.iter().map(overwrite).collect();
        return wire;
    };
    wire["owner_id"] = text(thread.owner);
    wire["member_count"] = json!(thread.members.len().min(50));
    wire["message_count"] = json!(thread.messages);
    wire["total_message_sent"] = json!(thread.messages_ever);
    wire["thread_metadata"] = json!({
        "archived": thread.archived,
        "auto_archive_duration": thread.auto_archive_min,
        "archive_timestamp": iso8601(thread.archive_changed_ms),
        "locked": thread.locked,
        "create_timestamp": iso8601(thread.created_ms),
    });
    if channel.kind == ChannelKind::PrivateThread {
        wire["thread_metadata"]["invitable"] = json!(thread.invitable);
    }
    if let Some(joined) = viewer.and_then(|viewer| thread.members.get(&viewer)) {
        wire["member"] = thread_member(channel.id, viewer.unwrap_or_default(), *joined);
    }
    wire
}

/// The guild as `GET /guilds/{id}` has it.
pub(crate) fn guild(guild: &Guild) -> Value {
    json!({
        "id": text(guild.id),
        "name": guild.name,
        "icon": null,
        "icon_hash": null,
        "splash": null,
        "discovery_splash": null,
        "owner_id": text(guild.owner),
        "afk_channel_id": null,
        "afk_timeout": 300,
        "widget_enabled": false,
        "widget_channel_id": null,
        "region": "deprecated",
        "home_header": null,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "roles": guild.roles.values().map(role).collect::<Vec<_>>(),
        "emojis": [],
        "features": [],
        "mfa_level": 0,
        "application_id": null,
        "system_channel_id": null,
        "system_channel_flags": 0,
        "rules_channel_id": null,
        "max_presences": null,
        "max_members": 500_000,
        "vanity_url_code": null,
        "description": null,
        "banner": null,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": guild.locale,
        "public_updates_channel_id": null,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
        "nsfw_level": 0,
        "nsfw": false,
        "stickers": [],
        "premium_progress_bar_enabled": false,
        "safety_alerts_channel_id": null,
        "incidents_data": null,
    })
}

/// The guild as `GUILD_CREATE` has it for the bot: channels, active threads it sees, and of the members
/// the bot alone unless it has the members intent.
pub(crate) fn guild_create(world: &World, id: u64, all_members: bool) -> Value {
    let Some(found) = world.guilds.get(&id) else { return Value::Null };
    let bot = world.app.bot_id;
    let mut wire = guild(found);
    let channels = world.channels.values().filter(|channel| channel.guild == Some(id));
    let (threads, channels): (Vec<&Channel>, Vec<&Channel>) =
        channels.partition(|channel| channel.kind.is_thread());
    let joined = found.members.get(&bot).map_or(0, |member| member.joined_ms);
    let members = found.members.keys().filter(|user| all_members || **user == bot);
    wire["joined_at"] = json!(iso8601(joined));
    wire["large"] = json!(found.members.len() > 250);
    wire["unavailable"] = json!(false);
    wire["member_count"] = json!(found.members.len());
    wire["voice_states"] = json!([]);
    wire["members"] = members.map(|user| member(world, id, *user)).collect();
    wire["channels"] = channels.into_iter().map(|entry| channel(world, entry, None)).collect();
    wire["threads"] = threads
        .into_iter()
        .filter(|thread| thread.thread.as_ref().is_some_and(|settings| !settings.archived))
        .filter(|thread| permissions::sees(world, thread.id, bot))
        .map(|thread| channel(world, thread, Some(bot)))
        .collect();
    for empty in ["presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds"] {
        wire[empty] = json!([]);
    }
    wire
}

/// An attachment with the address it is served at.
pub(crate) fn attachment(world: &World, file: &Attachment) -> Value {
    let place = if file.ephemeral { "ephemeral-attachments" } else { "attachments" };
    let name = percent_encoding::utf8_percent_encode(&file.file_name, percent_encoding::NON_ALPHANUMERIC);
    let signature = cdn::signature(world, file.id, file.ephemeral);
    let address = format!("{}/{place}/{}/{}/{name}{signature}", world.origin, file.channel, file.id);
    let mut wire = json!({
        "id": text(file.id),
        "filename": file.file_name,
        "size": file.size,
        "url": address,
        "proxy_url": address,
    });
    if let Some(kind) = &file.content_type {
        wire["content_type"] = json!(kind);
    }
    if let Some(description) = &file.description {
        wire["description"] = json!(description);
    }
    if file.ephemeral {
        wire["ephemeral"] = json!(true);
    }
    wire
}

/// A message object.
pub(crate) fn message(world: &World, message: &Message) -> Value {
    let mut wire = json!({
        "id": text(message.id),
        "channel_id": text(message.channel),
        "type": message.kind as u8,
        "author": user(world, message.author),
        "content": message.content,
        "timestamp": iso8601(message.sent_ms),
        "edited_timestamp": message.edited_ms.map(iso8601),
        "tts": message.tts,
        "mention_everyone": message.mentions.everyone,
        "mentions": message.mentions.users.iter().map(|id| user(world, *id)).collect::<Vec<_>>(),
        "mention_roles": message.mentions.roles.iter().map(u64::to_string).collect::<Vec<_>>(),
        "attachments": message.attachments.iter().map(|file| attachment(world, file)).collect::<Vec<_>>(),
        "embeds": message.embeds,
        "components": message.components,
        "pinned": message.pinned,
        "flags": message.flags,
    });
    if world.users.get(&message.author).is_some_and(|author| author.bot) && message.interaction.is_some() {
        wire["application_id"] = text(world.app.id);
        wire["webhook_id"] = text(world.app.id);
    }
    let channel = world.channels.get(&message.channel);
    if channel.is_some_and(|channel| channel.kind.is_thread()) && message.visible_to.is_none() {
        wire["position"] = json!(message.position);
    }
    add_reference(world, message, &mut wire);
    add_interaction(world, message, &mut wire);
    wire
}

fn add_reference(world: &World, message: &Message, wire: &mut Value) {
    let Some(reply) = message.reply_to else { return };
    let guild = world.channels.get(&message.channel).and_then(|channel| channel.guild);
    let mut reference = json!({
        "type": 0,
        "channel_id": text(message.channel),
        "message_id": text(reply),
    });
    if let Some(guild) = guild {
        reference["guild_id"] = text(guild);
    }
    wire["message_reference"] = reference;
    // Only one level deep, as Discord does.
    let replied = world.find_message(reply).cloned().map(|mut replied| {
        replied.reply_to = None;
        self::message(world, &replied)
    });
    wire["referenced_message"] = replied.unwrap_or(Value::Null);
}

fn add_interaction(world: &World, message: &Message, wire: &mut Value) {
    let Some(origin) = &message.interaction else { return };
    wire["interaction_metadata"] = metadata(world, message, origin);
    if let Some(command) = &origin.command {
        wire["interaction"] = json!({
            "id": text(origin.interaction),
            "type": origin.kind,
            "name": command,
            "user": user(world, origin.user),
        });
    }
}

/// Where an application's message came from (Discord docs, resources/message: message interaction
/// metadata object).
fn metadata(world: &World, message: &Message, origin: &Origin) -> Value {
    let mut metadata = json!({
        "id": text(origin.interaction),
        "type": origin.kind,
        "user": user(world, origin.user),
        "authorizing_integration_owners": integration_owners(world, message.channel),
    });
    if let Some(pressed) = origin.pressed_message {
        metadata["interacted_message_id"] = text(pressed);
    }
    if let Some(first) = origin.first_answer.filter(|first| *first != message.id) {
        metadata["original_response_message_id"] = text(first);
    }
    if let Some(opened_by) = &origin.opened_by {
        metadata["triggering_interaction_metadata"] = self::metadata(world, message, opened_by);
    }
    metadata
}

/// Who installed the application where an interaction happens.
pub(crate) fn integration_owners(world: &World, channel: u64) -> Value {
    let guild = world.channels.get(&channel).and_then(|channel| channel.guild);
    json!({ "0": guild.map_or_else(|| "0".to_owned(), |guild| guild.to_string()) })
}

/// The answer to the one who posted: with the nonce.
pub(crate) fn posted_message(world: &World, message: &Message) -> Value {
    let mut wire = self::message(world, message);
    if let Some(nonce) = &message.nonce {
        wire["nonce"] = nonce.clone();
    }
    wire
}

/// A message as gateway events have it: with guild and member.
pub(crate) fn message_event(world: &World, message: &Message) -> Value {
    let mut wire = posted_message(world, message);
    let Some(guild) = world.channels.get(&message.channel).and_then(|channel| channel.guild) else {
        return wire;
    };
    wire["guild_id"] = text(guild);
    wire["channel_type"] =
        json!(world.channels.get(&message.channel).map_or(0, |channel| channel.kind as u8));
    let member = member_without_user(world, guild, message.author);
    if !member.is_null() {
        wire["member"] = member;
    }
    for (index, mentioned) in message.mentions.users.iter().enumerate() {
        let member = member_without_user(world, guild, *mentioned);
        if !member.is_null() {
            wire["mentions"][index]["member"] = member;
        }
    }
    wire
}

/// Whether a message is one that only its reader sees.
pub(crate) fn is_ephemeral(message: &Message) -> bool {
    message.flags & flags::EPHEMERAL != 0
}

/// A channel as interactions have it in `channel` and among the resolved ones.
pub(crate) fn partial_channel(world: &World, entry: &Channel, viewer: u64) -> Value {
    let full = channel(world, entry, Some(viewer));
    let Value::Object(fields) = full else { return full };
    let kept = [
        "id",
        "type",
        "guild_id",
        "name",
        "parent_id",
        "last_message_id",
        "topic",
        "nsfw",
        "position",
        "rate_limit_per_user",
        "flags",
        "thread_metadata",
        "owner_id",
        "member_count",
        "message_count",
        "total_message_sent",
        "member",
        "recipients",
    ];
    let mut partial: Map<String, Value> =
        fields.into_iter().filter(|(name, _)| kept.contains(&name.as_str())).collect();
    let bits = permissions::in_channel(world, entry.id, viewer);
    let app_bits = permissions::in_channel(world, entry.id, world.app.bot_id);
    partial.insert("permissions".to_owned(), json!(bits.to_string()));
    partial.insert("app_permissions".to_owned(), json!(app_bits.to_string()));
    Value::Object(partial)
}
