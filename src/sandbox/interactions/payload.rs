//! The JSON of `INTERACTION_CREATE` (Discord docs, interactions/receiving-and-responding).

use serde_json::{Value, json};

use crate::sandbox::{
    permissions,
    world::{Interaction, World, render},
};

/// The largest file a person without extras may attach.
pub(crate) const ATTACHMENT_SIZE_LIMIT: u64 = 10 * 1024 * 1024;

/// What the bot holds in a direct conversation, besides what anyone has there.
const DIRECT_APP_PERMISSIONS: u64 = permissions::ATTACH_FILES
    | permissions::EMBED_LINKS
    | permissions::MENTION_EVERYONE
    | permissions::USE_EXTERNAL_EMOJIS;

/// The whole interaction as it is sent.
pub(super) fn wire(world: &World, interaction: &Interaction, data: &Value) -> Value {
    let user = interaction.user;
    let locale = world.users.get(&user).map(|user| user.locale.clone()).unwrap_or_default();
    let app_bits = match interaction.guild {
        Some(_) => permissions::in_channel(world, interaction.channel, world.app.bot_id),
        None => DIRECT_APP_PERMISSIONS,
    };
    let mut wire = json!({
        "id": interaction.id.to_string(),
        "application_id": world.app.id.to_string(),
        "type": interaction.kind as u8,
        "data": data,
        "channel_id": interaction.channel.to_string(),
        "token": interaction.token,
        "version": 1,
        "app_permissions": app_bits.to_string(),
        "locale": locale,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": render::integration_owners(world, interaction.channel),
        "context": u8::from(interaction.guild.is_none()),
        "attachment_size_limit": ATTACHMENT_SIZE_LIMIT,
    });
    if let Some(channel) = world.channels.get(&interaction.channel) {
        wire["channel"] = render::partial_channel(world, channel, user);
    }
    match interaction.guild.and_then(|guild| world.guilds.get(&guild)) {
        Some(guild) => {
            let bits = permissions::in_channel(world, interaction.channel, user);
            let mut member = render::member(world, guild.id, user);
            member["permissions"] = json!(bits.to_string());
            wire["member"] = member;
            wire["guild_id"] = json!(guild.id.to_string());
            wire["guild_locale"] = json!(guild.locale);
            wire["guild"] = json!({ "id": guild.id.to_string(), "locale": guild.locale, "features": [] });
        }
        None => wire["user"] = render::user(world, user),
    }
    if let Some(message) = interaction.source_message.and_then(|id| world.find_message(id)) {
        wire["message"] = render::message(world, message);
    }
    wire
}
