//! Messages of channels and threads (Discord docs, resources/message).

use serde_json::Value;

use super::{Reply, Request, access, uploads};
use crate::sandbox::{
    permissions,
    refusal::{self, FormFaults, Refusal, bad_form},
    validate::{self, Place},
    world::{Draft, Message, MessageKind, World, flags, nonce_text, render},
};

pub(super) fn create(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let channel = request.id("channel")?;
    access::to_write(world, channel)?;
    let mut draft = validate::message(&request.body, &request.files, Place::Channel, 0, false)?;
    uploads::check_listed(&request.body, &request.files, &[])?;
    let bits = permissions::in_channel(world, channel, world.app.bot_id);
    if !request.files.is_empty() && bits & permissions::ATTACH_FILES == 0 {
        return Err(refusal::missing_permissions());
    }
    if bits & permissions::EMBED_LINKS == 0 {
        // Embeds without the permission are left out rather than refused.
        draft.embeds.clear();
    }
    let recipient = world.channel(channel)?.recipient;
    if let Some(person) = recipient {
        check_direct(world, person)?;
    }
    add_reference(world, channel, &request.body, &mut draft)?;
    let bot = world.app.bot_id;
    if request.body["enforce_nonce"].as_bool() == Some(true)
        && let Some(nonce) = &draft.nonce
        && let Some(known) = world.sent_with_nonce(channel, bot, &nonce_text(nonce))
    {
        let message = world.find_message(known).ok_or_else(refusal::unknown_message)?;
        return Ok(Reply::ok(render::posted_message(world, message)));
    }
    draft.attachments = uploads::store(world, channel, &request.body, &request.files, false);
    draft.embeds = uploads::shown_in_embeds(world, draft.embeds, &draft.attachments);
    let id = world.post(channel, bot, draft);
    let message = world.find_message(id).ok_or_else(refusal::unknown_message)?;
    Ok(Reply::ok(render::posted_message(world, message)))
}

/// A person may refuse direct messages, and cannot be written to without a guild in common.
fn check_direct(world: &World, person: u64) -> Result<(), Refusal> {
    let closed = world.users.get(&person).is_none_or(|user| user.direct_messages_closed);
    let bot = world.app.bot_id;
    let in_common = world
        .guilds
        .values()
        .any(|guild| guild.members.contains_key(&bot) && guild.members.contains_key(&person));
    match (closed, in_common) {
        (true, _) => Err(refusal::direct_messages_closed()),
        (false, false) => {
            Err(Refusal::new(403, 50278, "Cannot send messages to this user due to having no mutual guilds"))
        }
        (false, true) => Ok(()),
    }
}

fn add_reference(world: &World, channel: u64, body: &Value, draft: &mut Draft) -> Result<(), Refusal> {
    let Some(reference) = body.get("message_reference").filter(|value| value.is_object()) else {
        return Ok(());
    };
    let id = reference["message_id"].as_str().and_then(|id| id.parse::<u64>().ok());
    let known = id.filter(|id| world.channel(channel).is_ok_and(|found| found.messages.contains_key(id)));
    match known {
        Some(id) => {
            let bot = world.app.bot_id;
            if !permissions::may(world, channel, bot, permissions::READ_MESSAGE_HISTORY) {
                let message = "Cannot reply without permission to read message history";
                return Err(Refusal::new(403, 160_002, message));
            }
            draft.reply_to = Some(id);
            draft.kind = MessageKind::Reply;
            Ok(())
        }
        None if reference["fail_if_not_exists"].as_bool() == Some(false) => Ok(()),
        None => Err(bad_form("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")),
    }
}

/// A message the bot can reach, ephemeral ones left out: they have no place in the channel.
fn reach(world: &World, request: &Request) -> Result<Message, Refusal> {
    let (channel, id) = (request.id("channel")?, request.id("message")?);
    access::in_channel(world, channel, 0)?;
    let found = world.channel(channel)?.messages.get(&id).filter(|message| message.visible_to.is_none());
    found.cloned().ok_or_else(refusal::unknown_message)
}

pub(super) fn get(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let channel = request.id("channel")?;
    access::in_channel(world, channel, permissions::READ_MESSAGE_HISTORY)?;
    let message = reach(world, request)?;
    Ok(Reply::ok(as_the_bot_reads(world, &message)))
}

/// Without the message content intent the API hides what others wrote, as the gateway does.
fn as_the_bot_reads(world: &World, message: &Message) -> Value {
    let mut wire = render::message(world, message);
    let reads_all = world.app.privileged_intents & crate::sandbox::gateway::intents::MESSAGE_CONTENT != 0;
    let direct = world.channel(message.channel).is_ok_and(|channel| channel.guild.is_none());
    let own = message.author == world.app.bot_id;
    if !reads_all && !direct && !own && !message.mentions.users.contains(&world.app.bot_id) {
        wire["content"] = "".into();
        for field in ["embeds", "attachments", "components"] {
            wire[field] = Value::Array(Vec::new());
        }
    }
    wire
}

/// Newest first, like Discord, whichever way was asked.
pub(super) fn list(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let channel = request.id("channel")?;
    access::in_channel(world, channel, 0)?;
    let limit = request.limit(50, (1, 100))?;
    let (before, after, around) =
        (request.query_id("before")?, request.query_id("after")?, request.query_id("around")?);
    let bot = world.app.bot_id;
    if !permissions::may(world, channel, bot, permissions::READ_MESSAGE_HISTORY) {
        return Ok(Reply::ok(Value::Array(Vec::new())));
    }
    let visible = |message: &&Message| message.visible_to.is_none();
    let messages = &world.channel(channel)?.messages;
    let mut found: Vec<&Message> = if let Some(around) = around {
        let half = limit / 2;
        let older = messages.range(..around).rev().map(|(_, message)| message).filter(visible).take(half);
        let newer = messages.range(around..).map(|(_, message)| message).filter(visible).take(limit - half);
        older.chain(newer).collect()
    } else if let Some(after) = after {
        messages.range(after + 1..).map(|(_, message)| message).filter(visible).take(limit).collect()
    } else {
        let before = before.unwrap_or(u64::MAX);
        messages.range(..before).rev().map(|(_, message)| message).filter(visible).take(limit).collect()
    };
    found.sort_by_key(|message| std::cmp::Reverse(message.id));
    Ok(Reply::ok(found.into_iter().map(|message| as_the_bot_reads(world, message)).collect()))
}

pub(super) fn edit(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let message = reach(world, request)?;
    if message.kind.is_system() {
        return Err(refusal::system_message());
    }
    if message.author != world.app.bot_id {
        return Err(refusal::other_peoples_message());
    }
    access::to_change(world, message.channel)?;
    apply_edit(world, &message, request, Place::Channel)?;
    let message = world.find_message(message.id).ok_or_else(refusal::unknown_message)?;
    Ok(Reply::ok(render::message(world, message)))
}

/// Changes a message as a body says; fields that are not there stay.
pub(super) fn apply_edit(
    world: &mut World,
    message: &Message,
    request: &Request,
    place: Place,
) -> Result<(), Refusal> {
    let body = &request.body;
    let draft = validate::message(body, &request.files, place, message.flags, true)?;
    uploads::check_listed(body, &request.files, &message.attachments)?;
    check_v2_stays(message, body)?;
    let ephemeral = message.visible_to.is_some();
    let mut attachments = uploads::kept(body, &message.attachments);
    attachments.extend(uploads::store(world, message.channel, body, &request.files, ephemeral));
    let has = |field: &str| body.get(field).is_some();
    let content = if has("content") { draft.content.clone() } else { message.content.clone() };
    let embeds = if has("embeds") { draft.embeds.clone() } else { message.embeds.clone() };
    let embeds = uploads::shown_in_embeds(world, embeds, &attachments);
    let components = if has("components") { draft.components.clone() } else { message.components.clone() };
    if content.is_empty() && embeds.is_empty() && components.is_empty() && attachments.is_empty() {
        return Err(refusal::empty_message());
    }
    // An edit pings nobody, but what it mentions is worked out anew.
    let bot = world.app.bot_id;
    let mentions = if has("content") || has("allowed_mentions") {
        world.resolve_mentions(message.channel, bot, &content, &draft.allowed)
    } else {
        message.mentions.clone()
    };
    world.edit(message.id, |message| {
        message.content = content;
        message.embeds = embeds;
        message.components = components;
        message.attachments = attachments;
        message.mentions = mentions;
        message.flags = (message.flags & !flags::LOADING)
            | (draft.flags & (flags::COMPONENTS_V2 | flags::SUPPRESS_EMBEDS));
    });
    Ok(())
}

/// The components flag cannot be taken from a message again.
fn check_v2_stays(message: &Message, body: &Value) -> Result<(), Refusal> {
    let is_v2 = message.flags & flags::COMPONENTS_V2 != 0;
    let wants = body["flags"].as_u64().is_none_or(|bits| bits & flags::COMPONENTS_V2 != 0);
    if is_v2 && !wants {
        let mut faults = FormFaults::default();
        let text = "The IS_COMPONENTS_V2 flag cannot be removed from a message";
        faults.add("flags", "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", text);
        return faults.into_result();
    }
    Ok(())
}

pub(super) fn delete(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let message = reach(world, request)?;
    let bot = world.app.bot_id;
    if message.author != bot && !permissions::may(world, message.channel, bot, permissions::MANAGE_MESSAGES) {
        return Err(refusal::missing_permissions());
    }
    world.delete_message(message.id);
    Ok(Reply::nothing())
}

pub(super) fn pin(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    set_pinned(world, request, true)
}

pub(super) fn unpin(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    set_pinned(world, request, false)
}

fn set_pinned(world: &mut World, request: &Request, pinned: bool) -> Result<Reply, Refusal> {
    let message = reach(world, request)?;
    access::in_channel(world, message.channel, permissions::PIN_MESSAGES)?;
    access::to_change(world, message.channel)?;
    if let Some(channel) = world.channels.get_mut(&message.channel)
        && let Some(found) = channel.messages.get_mut(&message.id)
    {
        found.pinned = pinned;
    }
    Ok(Reply::nothing())
}
