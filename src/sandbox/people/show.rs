//! From the state to what one person sees.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    SeenAttachment, SeenButton, SeenEmbed, SeenEmbedField, SeenMessage, SeenSelect, SeenSelectOption, text,
};
use crate::sandbox::{
    validate,
    world::{Attachment, Message, MessageKind, World, flags, render},
};

/// A message on a person's screen.
pub(super) fn message(world: &World, viewer: u64, message: &Message) -> SeenMessage {
    let guild = world.channels.get(&message.channel).and_then(|channel| channel.guild);
    let content = shown_content(message);
    let mut names = BTreeMap::new();
    text::names(world, guild, &content, &mut names);
    let embeds = message.embeds.iter().map(|value| embed(world, guild, value, &mut names)).collect();
    let (buttons, selects) = controls(&message.components);
    let notice = message.kind.is_system();
    let text =
        if notice { notice_text(world, guild, message) } else { text::readable(world, guild, &content) };
    SeenMessage {
        id: message.id,
        channel: message.channel,
        author_id: message.author,
        author: world.display_name(guild, message.author),
        from_bot: world.users.get(&message.author).is_some_and(|user| user.bot),
        content,
        text,
        names,
        embeds,
        buttons,
        selects,
        attachments: message.attachments.iter().map(|file| attachment(world, file)).collect(),
        ephemeral: message.visible_to.is_some(),
        loading: message.flags & flags::LOADING != 0,
        edited: message.edited_ms.is_some(),
        pings_me: world.pings.iter().rev().any(|ping| ping.person == viewer && ping.message == message.id),
        notice,
        answers: answers(world, guild, message),
        reply_to: message.reply_to.filter(|_| message.kind == MessageKind::Reply),
        sent_ms: message.sent_ms,
    }
}

fn answers(world: &World, guild: Option<u64>, message: &Message) -> Option<String> {
    let origin = message.interaction.as_ref()?;
    let command = origin.command.as_ref()?;
    Some(format!("{} used /{command}", world.display_name(guild, origin.user)))
}

/// The content, or what text displays say in a message made of components.
fn shown_content(message: &Message) -> String {
    let mut content = message.content.clone();
    validate::walk(&message.components, "", &mut |component, _| {
        if component["type"].as_u64() == Some(10)
            && let Some(text) = component["content"].as_str()
        {
            if !content.is_empty() {
                content.push('\n');
            }
            content.push_str(text);
        }
    });
    content
}

fn notice_text(world: &World, guild: Option<u64>, message: &Message) -> String {
    let about = message.mentions.users.first().map(|user| world.display_name(guild, *user));
    let about = about.unwrap_or_else(|| "somebody".to_owned());
    match message.kind {
        MessageKind::RecipientAdd => format!("added {about} to the thread."),
        MessageKind::RecipientRemove => format!("removed {about} from the thread."),
        MessageKind::ChannelNameChange => format!("changed the name to {}.", message.content),
        _ => message.content.clone(),
    }
}

fn embed(
    world: &World,
    guild: Option<u64>,
    value: &Value,
    names: &mut BTreeMap<String, String>,
) -> SeenEmbed {
    let plain = |value: &Value| value.as_str().map(str::to_owned);
    let mut readable = |value: &Value| {
        value.as_str().map(|raw| {
            text::names(world, guild, raw, names);
            text::readable(world, guild, raw)
        })
    };
    let fields = value["fields"].as_array().map(Vec::as_slice).unwrap_or_default();
    SeenEmbed {
        title: readable(&value["title"]),
        description: readable(&value["description"]),
        fields: fields
            .iter()
            .map(|field| SeenEmbedField {
                name: readable(&field["name"]).unwrap_or_default(),
                value: readable(&field["value"]).unwrap_or_default(),
                inline: field["inline"].as_bool().unwrap_or(false),
            })
            .collect(),
        url: plain(&value["url"]),
        color: value["color"].as_u64(),
        author: plain(&value["author"]["name"]),
        footer: plain(&value["footer"]["text"]),
        timestamp: plain(&value["timestamp"]),
        image: plain(&value["image"]["url"]),
        thumbnail: plain(&value["thumbnail"]["url"]),
    }
}

fn attachment(world: &World, file: &Attachment) -> SeenAttachment {
    SeenAttachment {
        id: file.id,
        file_name: file.file_name.clone(),
        content_type: file.content_type.clone(),
        size: file.size,
        url: render::attachment(world, file)["url"].as_str().unwrap_or_default().to_owned(),
    }
}

/// Buttons and select menus with the number of their row.
fn controls(components: &[Value]) -> (Vec<SeenButton>, Vec<SeenSelect>) {
    let (mut buttons, mut selects) = (Vec::new(), Vec::new());
    let mut row = 0;
    validate::walk(components, "", &mut |component, _| match component["type"].as_u64() {
        Some(1 | 9) => row += 1,
        Some(2) => buttons.push(button(component, row)),
        Some(kind) if validate::is_interactive(component) => selects.push(select(component, kind, row)),
        _ => {}
    });
    (buttons, selects)
}

fn button(value: &Value, row: usize) -> SeenButton {
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    SeenButton {
        row,
        label: text("label").unwrap_or_default(),
        emoji: value["emoji"]["name"].as_str().map(str::to_owned),
        custom_id: text("custom_id"),
        style: value["style"].as_u64().unwrap_or(2),
        disabled: value["disabled"].as_bool().unwrap_or(false),
        url: text("url"),
    }
}

pub(super) fn select(value: &Value, kind: u64, row: usize) -> SeenSelect {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let options = value["options"].as_array().map(Vec::as_slice).unwrap_or_default();
    SeenSelect {
        row,
        custom_id: text(&value["custom_id"]).unwrap_or_default(),
        kind,
        placeholder: text(&value["placeholder"]),
        options: options
            .iter()
            .map(|option| SeenSelectOption {
                label: text(&option["label"]).unwrap_or_default(),
                value: text(&option["value"]).unwrap_or_default(),
                description: text(&option["description"]),
                default: option["default"].as_bool().unwrap_or(false),
            })
            .collect(),
        min_values: value["min_values"].as_u64().unwrap_or(1),
        max_values: value["max_values"].as_u64().unwrap_or(1),
        disabled: value["disabled"].as_bool().unwrap_or(false),
    }
}
