//! Channels and threads as a whole: reading, changing, deleting, direct conversations.
//!
//! Discord docs, resources/channel and topics/threads (editing and deleting threads).

use serde_json::Value;

use super::{Reply, Request, access};
use crate::sandbox::{
    permissions,
    refusal::{self, FormFaults, Refusal, bad_form},
    world::{ChannelKind, Draft, MessageKind, Overwrite, OverwriteTarget, Thread, World, render},
};

pub(super) fn get(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = request.id("channel")?;
    access::in_channel(world, id, 0)?;
    let bot = world.app.bot_id;
    Ok(Reply::ok(render::channel(world, world.channel(id)?, Some(bot))))
}

pub(super) fn open_direct(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let person = request.body["recipient_id"].as_str().and_then(|id| id.parse::<u64>().ok());
    let person =
        person.ok_or_else(|| bad_form("recipient_id", "BASE_TYPE_REQUIRED", "This field is required"))?;
    let known = world.users.get(&person).ok_or_else(refusal::unknown_user)?;
    if known.bot {
        return Err(refusal::bad_recipient());
    }
    let id = world.direct_channel(person);
    Ok(Reply::ok(render::channel(world, world.channel(id)?, None)))
}

pub(super) fn typing(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = request.id("channel")?;
    access::to_write(world, id)?;
    Ok(Reply::nothing())
}

pub(super) fn delete(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = request.id("channel")?;
    let is_thread = world.channel(id)?.kind.is_thread();
    let wanted = if is_thread { permissions::MANAGE_THREADS } else { permissions::MANAGE_CHANNELS };
    access::in_channel(world, id, wanted)?;
    let bot = world.app.bot_id;
    let wire = render::channel(world, world.channel(id)?, Some(bot));
    world.delete_channel(id);
    Ok(Reply::ok(wire))
}

pub(super) fn edit(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = request.id("channel")?;
    access::in_channel(world, id, 0)?;
    check_form(&request.body)?;
    match world.channel(id)?.thread.clone() {
        Some(thread) => edit_thread(world, id, &thread, &request.body)?,
        None => edit_plain(world, id, &request.body)?,
    }
    let bot = world.app.bot_id;
    Ok(Reply::ok(render::channel(world, world.channel(id)?, Some(bot))))
}

fn check_form(body: &Value) -> Result<(), Refusal> {
    let mut faults = FormFaults::default();
    if let Some(name) = body.get("name") {
        faults.length("name", name.as_str().unwrap_or_default(), 1, 100);
    }
    if let Some(topic) = body["topic"].as_str() {
        faults.length("topic", topic, 0, 1024);
    }
    if let Some(minutes) = body.get("auto_archive_duration") {
        super::threads::check_auto_archive(minutes, &mut faults);
    }
    for switch in ["archived", "locked", "invitable"] {
        if body.get(switch).is_some_and(|value| !value.is_boolean()) {
            faults.add(switch, "BASE_TYPE_BOOLEAN", "Must be either true or false.");
        }
    }
    faults.into_result()
}

/// Counts a rename, if there is one.
fn rename(world: &mut World, id: u64, body: &Value) -> Result<Option<String>, Refusal> {
    let Some(name) =
        body["name"].as_str().filter(|name| world.channels.get(&id).is_some_and(|c| c.name != **name))
    else {
        return Ok(None);
    };
    let now = world.now_ms();
    world.buckets.count_rename(id, now).map_err(Refusal::too_soon)?;
    Ok(Some(name.to_owned()))
}

fn edit_plain(world: &mut World, id: u64, body: &Value) -> Result<(), Refusal> {
    if world.channel(id)?.kind == ChannelKind::Direct {
        return Err(refusal::wrong_channel_type());
    }
    access::in_channel(world, id, permissions::MANAGE_CHANNELS)?;
    if body.get("permission_overwrites").is_some() {
        access::in_channel(world, id, permissions::MANAGE_ROLES)?;
    }
    let name = rename(world, id, body)?;
    let channel = world.channel_mut(id)?;
    channel.name = name.unwrap_or_else(|| channel.name.clone());
    if let Some(topic) = body.get("topic") {
        channel.topic = topic.as_str().map(str::to_owned);
    }
    match body["permission_overwrites"].as_array() {
        Some(list) => world.set_overwrites(id, list.iter().filter_map(read_overwrite).collect()),
        None => world.tell_channel("CHANNEL_UPDATE", id),
    }
    Ok(())
}

fn read_overwrite(value: &Value) -> Option<Overwrite> {
    let id = value["id"].as_str()?.parse().ok()?;
    let bits = |name: &str| value[name].as_str().and_then(|bits| bits.parse().ok()).unwrap_or(0);
    let target = match value["type"].as_u64() {
        Some(1) => OverwriteTarget::Member(id),
        _ => OverwriteTarget::Role(id),
    };
    Some(Overwrite { target, allow: bits("allow"), deny: bits("deny") })
}

fn edit_thread(world: &mut World, id: u64, thread: &Thread, body: &Value) -> Result<(), Refusal> {
    let bot = world.app.bot_id;
    let manages = access::manages_threads(world, id);
    let is_owner = thread.owner == bot;
    let wakes = body["archived"].as_bool() == Some(false);
    if thread.archived && !wakes {
        return Err(refusal::archived_thread());
    }
    if thread.archived && wakes {
        // Discord docs, topics/threads: unarchiving needs membership; of a locked one more than that.
        let may_wake = if thread.locked { manages } else { manages || thread.members.contains_key(&bot) };
        if !may_wake {
            return Err(refusal::missing_permissions());
        }
    }
    let only_wakes = body.as_object().is_some_and(|body| body.keys().all(|key| key == "archived")) && wakes;
    let changes_moderation = ["locked", "rate_limit_per_user"].iter().any(|name| body.get(name).is_some());
    if (changes_moderation && !manages) || (!only_wakes && !is_owner && !manages) {
        return Err(refusal::missing_permissions());
    }
    if thread.locked && !manages {
        return Err(refusal::locked_thread());
    }
    let name = rename(world, id, body)?;
    let renamed = name.clone();
    world.change_thread(id, |channel| {
        if let Some(name) = name {
            channel.name = name;
        }
        if let Some(seconds) = body["rate_limit_per_user"].as_u64() {
            channel.slow_mode_s = seconds;
        }
        let Some(settings) = &mut channel.thread else { return };
        settings.archived = body["archived"].as_bool().unwrap_or(settings.archived);
        settings.locked = body["locked"].as_bool().unwrap_or(settings.locked);
        settings.invitable = body["invitable"].as_bool().unwrap_or(settings.invitable);
        settings.auto_archive_min =
            body["auto_archive_duration"].as_u64().unwrap_or(settings.auto_archive_min);
    });
    if let Some(name) = renamed {
        let mut draft = Draft::text(&name);
        draft.kind = MessageKind::ChannelNameChange;
        world.post(id, bot, draft);
    }
    Ok(())
}
