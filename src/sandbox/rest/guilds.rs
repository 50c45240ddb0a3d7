//! Guilds with their channels, roles and members (Discord docs, resources/guild).

use serde_json::{Map, Value, json};

use super::{Reply, Request, access};
use crate::sandbox::{
    gateway::intents,
    refusal::{self, Refusal, bad_form},
    world::{World, render},
};

pub(super) fn of_current_user(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let limit = request.limit(200, (1, 200))?;
    let bot = world.app.bot_id;
    let guilds = world.guilds.values().filter(|guild| guild.members.contains_key(&bot)).take(limit);
    let list: Vec<Value> = guilds
        .map(|guild| {
            json!({
                "id": guild.id.to_string(),
                "name": guild.name,
                "icon": null,
                "banner": null,
                "owner": guild.owner == bot,
                "permissions": crate::sandbox::permissions::in_guild(world, guild.id, bot).to_string(),
                "features": [],
            })
        })
        .collect();
    Ok(Reply::ok(json!(list)))
}

pub(super) fn get(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = request.id("guild")?;
    access::in_guild(world, id)?;
    let mut wire = render::guild(world.guild(id)?);
    if request.is_on("with_counts") {
        wire["approximate_member_count"] = json!(world.guild(id)?.members.len());
        wire["approximate_presence_count"] = json!(0);
    }
    Ok(Reply::ok(wire))
}

pub(super) fn channels(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = request.id("guild")?;
    access::in_guild(world, id)?;
    let here = world.channels.values().filter(|channel| channel.guild == Some(id));
    let list: Vec<Value> = here
        .filter(|channel| !channel.kind.is_thread())
        .map(|channel| render::channel(world, channel, None))
        .collect();
    Ok(Reply::ok(json!(list)))
}

pub(super) fn roles(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = request.id("guild")?;
    access::in_guild(world, id)?;
    Ok(Reply::ok(world.guild(id)?.roles.values().map(render::role).collect()))
}

pub(super) fn role(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let (id, role) = (request.id("guild")?, request.id("role")?);
    access::in_guild(world, id)?;
    let found = world.guild(id)?.roles.get(&role).ok_or_else(refusal::unknown_role)?;
    Ok(Reply::ok(render::role(found)))
}

pub(super) fn role_member_counts(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = request.id("guild")?;
    access::in_guild(world, id)?;
    let roles = world.guild(id)?.roles.keys().filter(|role| **role != id);
    let counts: Map<String, Value> =
        roles.map(|role| (role.to_string(), json!(world.holders(id, *role).len()))).collect();
    Ok(Reply::ok(Value::Object(counts)))
}

/// Listing members is for applications with the members intent alone.
pub(super) fn members(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = request.id("guild")?;
    access::in_guild(world, id)?;
    if world.app.privileged_intents & intents::GUILD_MEMBERS == 0 {
        return Err(refusal::missing_access());
    }
    let limit = request.limit(1, (1, 1000))?;
    let after = request.query_id("after")?.unwrap_or(0);
    let ids: Vec<u64> = world.guild(id)?.members.range(after + 1..).take(limit).map(|(id, _)| *id).collect();
    Ok(Reply::ok(ids.into_iter().map(|user| render::member(world, id, user)).collect()))
}

pub(super) fn search_members(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = request.id("guild")?;
    access::in_guild(world, id)?;
    let limit = request.limit(1, (1, 1000))?;
    let Some(wanted) = request.query.get("query").map(|text| text.to_lowercase()) else {
        return Err(bad_form("query", "BASE_TYPE_REQUIRED", "This field is required"));
    };
    let ids = world.guild(id)?.members.keys().copied().filter(|user| {
        let handle = world.users.get(user).map(|user| user.name.to_lowercase()).unwrap_or_default();
        handle.starts_with(&wanted) || world.display_name(Some(id), *user).to_lowercase().starts_with(&wanted)
    });
    Ok(Reply::ok(ids.take(limit).map(|user| render::member(world, id, user)).collect()))
}

pub(super) fn member(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let (id, user) = (request.id("guild")?, request.id("user")?);
    access::in_guild(world, id)?;
    if !world.users.contains_key(&user) {
        return Err(refusal::unknown_user());
    }
    if !world.guild(id)?.members.contains_key(&user) {
        return Err(refusal::unknown_member());
    }
    Ok(Reply::ok(render::member(world, id, user)))
}
