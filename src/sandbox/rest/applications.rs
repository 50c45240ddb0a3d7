//! Gateway addresses, the bot's user, and the application.

use serde_json::json;

use super::{Reply, Request};
use crate::sandbox::{
    refusal::{self, Refusal},
    world::{World, render},
};

#[expect(clippy::unnecessary_wraps, reason = "every handler has this shape")]
pub(super) fn gateway(world: &mut World, _: &Request) -> Result<Reply, Refusal> {
    Ok(Reply::ok(json!({ "url": world.gateway_address() })))
}

#[expect(clippy::unnecessary_wraps, reason = "every handler has this shape")]
pub(super) fn gateway_bot(world: &mut World, _: &Request) -> Result<Reply, Refusal> {
    let (identified, _) = world.hub.counts();
    Ok(Reply::ok(json!({
        "url": world.gateway_address(),
        "shards": world.options.shards,
        "session_start_limit": {
            "total": 1000,
            "remaining": 1000_u64.saturating_sub(identified),
            "reset_after": 86_400_000,
            "max_concurrency": 1,
        },
    })))
}

#[expect(clippy::unnecessary_wraps, reason = "every handler has this shape")]
pub(super) fn current_user(world: &mut World, _: &Request) -> Result<Reply, Refusal> {
    Ok(Reply::ok(render::current_user(world)))
}

pub(super) fn user(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = request.id("user")?;
    if !world.users.contains_key(&id) {
        return Err(refusal::unknown_user());
    }
    Ok(Reply::ok(render::user(world, id)))
}

#[expect(clippy::unnecessary_wraps, reason = "every handler has this shape")]
pub(super) fn current_application(world: &mut World, _: &Request) -> Result<Reply, Refusal> {
    let owner = json!({
        "id": "1",
        "username": "owner",
        "global_name": null,
        "discriminator": "0",
        "avatar": null,
        "primary_guild": null,
        "public_flags": 0,
        "flags": 0,
    });
    // Discord docs, resources/application, "Application Flags": GATEWAY_MESSAGE_CONTENT_LIMITED for bots in few servers.
    let reads_messages =
        world.app.privileged_intents & crate::sandbox::gateway::intents::MESSAGE_CONTENT != 0;
    let flags: u64 = if reads_messages { 1 << 19 } else { 0 };
    Ok(Reply::ok(json!({
        "id": world.app.id.to_string(),
        "name": world.app.name,
        "icon": null,
        "description": "",
        "summary": "",
        "bot_public": true,
        "bot_require_code_grant": false,
        "verify_key": "0".repeat(64),
        "flags": flags,
        "flags_new": flags.to_string(),
        "type": null,
        "role_connections_verification_url": null,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "owner": owner,
        "team": null,
        "bot": render::user(world, world.app.bot_id),
        "approximate_guild_count": world.guilds.keys().filter(|guild| world.bot_in(**guild)).count(),
        "interactions_endpoint_url": null,
        "redirect_uris": [],
        "rpc_origins": [],
        "hook": true,
        "integration_types_config": { "0": {} },
    })))
}
