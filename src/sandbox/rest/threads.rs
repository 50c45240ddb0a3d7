//! Starting threads, listing them, and their members (Discord docs, resources/channel, topics/threads).

use serde_json::{Value, json};

use super::{Reply, Request, access};
use crate::sandbox::{
    clock,
    gateway::intents,
    permissions,
    refusal::{self, FormFaults, Refusal},
    world::{Channel, ChannelKind, ThreadDraft, World, render},
};

/// Notes an archive time that Discord does not offer.
pub(super) fn check_auto_archive(minutes: &Value, faults: &mut FormFaults) {
    if !minutes.is_null() && !matches!(minutes.as_u64(), Some(60 | 1440 | 4320 | 10080)) {
        let message = "Value must be one of (60, 1440, 4320, 10080).";
        faults.add("auto_archive_duration", "BASE_TYPE_CHOICES", message);
    }
}

fn read_draft(body: &Value, kind: ChannelKind) -> Result<ThreadDraft, Refusal> {
    let mut faults = FormFaults::default();
    let name = body["name"].as_str().unwrap_or_default();
    if body["name"].is_string() {
        faults.length("name", name, 1, 100);
    } else {
        faults.required("name");
    }
    if let Some(minutes) = body.get("auto_archive_duration") {
        check_auto_archive(minutes, &mut faults);
    }
    faults.into_result()?;
    Ok(ThreadDraft {
        name: name.to_owned(),
        kind,
        auto_archive_min: body["auto_archive_duration"].as_u64().unwrap_or(4320),
        invitable: body["invitable"].as_bool().unwrap_or(true),
        from_message: None,
    })
}

pub(super) fn create(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let parent = request.id("channel")?;
    access::in_channel(world, parent, 0)?;
    if world.channel(parent)?.kind != ChannelKind::Text {
        return Err(refusal::wrong_channel_type());
    }
    // Discord docs, resources/channel: without a type a private thread is made.
    let (kind, wanted) = match request.body["type"].as_u64() {
        Some(11) => (ChannelKind::PublicThread, permissions::CREATE_PUBLIC_THREADS),
        Some(12) | None => (ChannelKind::PrivateThread, permissions::CREATE_PRIVATE_THREADS),
        Some(_) => {
            let message = "Value must be one of {10, 11, 12}.";
            return Err(refusal::bad_form("type", "BASE_TYPE_CHOICES", message));
        }
    };
    access::in_channel(world, parent, wanted)?;
    let draft = read_draft(&request.body, kind)?;
    let bot = world.app.bot_id;
    let id = world.create_thread(parent, bot, &draft)?;
    Ok(Reply::created(render::channel(world, world.channel(id)?, Some(bot))))
}

pub(super) fn create_from_message(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let (parent, message) = (request.id("channel")?, request.id("message")?);
    access::in_channel(world, parent, permissions::CREATE_PUBLIC_THREADS)?;
    if world.channel(parent)?.kind != ChannelKind::Text {
        return Err(refusal::wrong_channel_type());
    }
    if !world.channel(parent)?.messages.contains_key(&message) {
        return Err(refusal::unknown_message());
    }
    if world.channels.contains_key(&message) {
        return Err(refusal::thread_exists());
    }
    let mut draft = read_draft(&request.body, ChannelKind::PublicThread)?;
    draft.from_message = Some(message);
    let bot = world.app.bot_id;
    let id = world.create_thread(parent, bot, &draft)?;
    Ok(Reply::created(render::channel(world, world.channel(id)?, Some(bot))))
}

pub(super) fn active(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let guild = request.id("guild")?;
    access::in_guild(world, guild)?;
    let bot = world.app.bot_id;
    let mut threads: Vec<&Channel> = world
        .channels
        .values()
        .filter(|channel| channel.guild == Some(guild))
        .filter(|channel| channel.thread.as_ref().is_some_and(|thread| !thread.archived))
        .filter(|channel| permissions::sees(world, channel.id, bot))
        .collect();
    threads.reverse();
    Ok(Reply::ok(listing(world, &threads, false)))
}

fn listing(world: &World, threads: &[&Channel], has_more: bool) -> Value {
    let bot = world.app.bot_id;
    let members: Vec<Value> = threads
        .iter()
        .filter_map(|channel| {
            let joined = channel.thread.as_ref()?.members.get(&bot)?;
            Some(render::thread_member(channel.id, bot, *joined))
        })
        .collect();
    let threads: Vec<Value> =
        threads.iter().map(|channel| render::channel(world, channel, Some(bot))).collect();
    json!({ "threads": threads, "members": members, "has_more": has_more })
}

pub(super) fn archived_private(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let parent = request.id("channel")?;
    access::in_channel(world, parent, permissions::READ_MESSAGE_HISTORY | permissions::MANAGE_THREADS)?;
    archived(world, request, parent, ChannelKind::PrivateThread)
}

pub(super) fn archived_public(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let parent = request.id("channel")?;
    access::in_channel(world, parent, permissions::READ_MESSAGE_HISTORY)?;
    archived(world, request, parent, ChannelKind::PublicThread)
}

/// Newest archived first; `before` is a time.
fn archived(world: &World, request: &Request, parent: u64, kind: ChannelKind) -> Result<Reply, Refusal> {
    let limit = request.limit(50, (2, 100))?;
    let before = match request.query.get("before") {
        None => u64::MAX,
        Some(text) => clock::from_iso8601(text).ok_or_else(|| {
            let message = format!("Could not parse {text}. Should be ISO8601.");
            refusal::bad_form("before", "DATE_TIME_TYPE_PARSE", message)
        })?,
    };
    let mut found: Vec<(u64, &Channel)> = world
        .channels
        .values()
        .filter(|channel| channel.parent == Some(parent) && channel.kind == kind)
        .filter_map(|channel| channel.thread.as_ref().map(|thread| (thread, channel)))
        .filter(|(thread, _)| thread.archived && thread.archive_changed_ms < before)
        .map(|(thread, channel)| (thread.archive_changed_ms, channel))
        .collect();
    found.sort_by_key(|(at, channel)| std::cmp::Reverse((*at, channel.id)));
    let has_more = found.len() > limit;
    let threads: Vec<&Channel> = found.into_iter().take(limit).map(|(_, channel)| channel).collect();
    Ok(Reply::ok(listing(world, &threads, has_more)))
}

/// Archived private threads the bot is in, by id, newest first; `before` is an id.
pub(super) fn archived_joined(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let parent = request.id("channel")?;
    access::in_channel(world, parent, permissions::READ_MESSAGE_HISTORY)?;
    let limit = request.limit(50, (2, 100))?;
    let before = request.query_id("before")?.unwrap_or(u64::MAX);
    let bot = world.app.bot_id;
    let found: Vec<&Channel> = world
        .channels
        .values()
        .rev()
        .filter(|channel| channel.parent == Some(parent) && channel.kind == ChannelKind::PrivateThread)
        .filter(|channel| channel.id < before)
        .filter(|channel| {
            channel.thread.as_ref().is_some_and(|thread| thread.archived && thread.members.contains_key(&bot))
        })
        .take(limit + 1)
        .collect();
    let has_more = found.len() > limit;
    let shown = &found[..found.len().min(limit)];
    Ok(Reply::ok(listing(world, shown, has_more)))
}

fn thread_of(world: &World, request: &Request) -> Result<u64, Refusal> {
    let id = request.id("channel")?;
    access::in_channel(world, id, 0)?;
    if world.channel(id)?.thread.is_none() {
        return Err(refusal::wrong_channel_type());
    }
    Ok(id)
}

/// Listing members is for applications with the members intent alone.
pub(super) fn members(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = thread_of(world, request)?;
    if world.app.privileged_intents & intents::GUILD_MEMBERS == 0 {
        return Err(refusal::missing_access());
    }
    let members = world.channel(id)?.thread.as_ref().map(|thread| thread.members.clone()).unwrap_or_default();
    Ok(Reply::ok(members.into_iter().map(|(user, at)| render::thread_member(id, user, at)).collect()))
}

pub(super) fn member(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = thread_of(world, request)?;
    let user = request.id("user")?;
    let joined = world.channel(id)?.thread.as_ref().and_then(|thread| thread.members.get(&user).copied());
    let joined = joined.ok_or_else(refusal::unknown_member)?;
    let mut wire = render::thread_member(id, user, joined);
    if request.is_on("with_member")
        && let Some(guild) = world.channel(id)?.guild
    {
        wire["member"] = render::member(world, guild, user);
    }
    Ok(Reply::ok(wire))
}

pub(super) fn join(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = thread_of(world, request)?;
    access::to_change(world, id)?;
    let bot = world.app.bot_id;
    world.add_thread_member(id, bot, bot)?;
    Ok(Reply::nothing())
}

pub(super) fn leave(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = thread_of(world, request)?;
    not_archived(world, id)?;
    let bot = world.app.bot_id;
    world.remove_thread_member(id, bot, bot)?;
    Ok(Reply::nothing())
}

fn not_archived(world: &World, id: u64) -> Result<(), Refusal> {
    let archived = world.channel(id)?.thread.as_ref().is_some_and(|thread| thread.archived);
    if archived { Err(refusal::archived_thread()) } else { Ok(()) }
}

/// Needs the ability to write there, and the added person's view of the channel around it
/// (Discord docs, resources/channel: add thread member).
pub(super) fn add_member(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = thread_of(world, request)?;
    let user = request.id("user")?;
    access::in_channel(world, id, permissions::SEND_MESSAGES_IN_THREADS)?;
    access::to_change(world, id)?;
    if !world.users.contains_key(&user) {
        return Err(refusal::unknown_user());
    }
    let channel = world.channel(id)?;
    let (guild, parent) = (channel.guild.unwrap_or_default(), channel.parent.unwrap_or_default());
    if !world.guild(guild)?.members.contains_key(&user) {
        return Err(refusal::unknown_member());
    }
    let bot = world.app.bot_id;
    let thread = channel.thread.as_ref();
    let may_invite = thread.is_some_and(|thread| thread.invitable || thread.owner == bot);
    if !may_invite && !access::manages_threads(world, id) {
        return Err(refusal::missing_permissions());
    }
    if !permissions::sees(world, parent, user) {
        return Err(refusal::missing_access());
    }
    world.add_thread_member(id, user, bot)?;
    Ok(Reply::nothing())
}

/// Needs `MANAGE_THREADS`, or to be the creator of a private thread.
pub(super) fn remove_member(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = thread_of(world, request)?;
    let user = request.id("user")?;
    not_archived(world, id)?;
    let bot = world.app.bot_id;
    let channel = world.channel(id)?;
    let owns = channel.kind == ChannelKind::PrivateThread
        && channel.thread.as_ref().is_some_and(|thread| thread.owner == bot);
    if !owns && !access::manages_threads(world, id) {
        return Err(refusal::missing_permissions());
    }
    if !channel.thread.as_ref().is_some_and(|thread| thread.members.contains_key(&user)) {
        return Err(refusal::unknown_member());
    }
    world.remove_thread_member(id, user, bot)?;
    Ok(Reply::nothing())
}
