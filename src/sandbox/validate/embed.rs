//! Embed limits (Discord docs, resources/message: embed limits).

use serde_json::{Value, json};

use super::{address, list_field, list_length, text_field};
use crate::sandbox::refusal::{FormFaults, below};

/// Title, description, fields, footer and author of all embeds of a message together.
const TOTAL: usize = 6000;

/// Checks a message's embeds.
pub(super) fn check(embeds: &[Value], faults: &mut FormFaults) {
    list_length(embeds, "embeds", 0, 10, faults);
    let mut total = 0;
    for (index, embed) in embeds.iter().enumerate() {
        let path = format!("embeds.{index}");
        if !embed.is_object() {
            faults.add(&path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
            continue;
        }
        total += check_one(embed, &path, faults);
    }
    if total > TOTAL {
        let path =
            if embeds.is_empty() { "embeds".to_owned() } else { format!("embeds.{}", embeds.len() - 1) };
        faults.add(&path, "MAX_EMBED_SIZE_EXCEEDED", format!("Embed size exceeds maximum size of {TOTAL}"));
    }
    if faults.is_empty() {
        second_opinion(embeds, faults);
    }
}

/// Returns how many characters count towards the total.
fn check_one(embed: &Value, path: &str, faults: &mut FormFaults) -> usize {
    let mut total = 0;
    for (name, max) in [("title", 256), ("description", 4096)] {
        if let Some(text) = text_field(embed, path, name, faults) {
            faults.length(&below(path, name), text, 0, max);
            total += text.chars().count();
        }
    }
    for (part, name, max) in [("footer", "text", 2048), ("author", "name", 256)] {
        let Some(inner) = embed.get(part).filter(|inner| inner.is_object()) else { continue };
        let inner_path = below(path, part);
        match text_field(inner, &inner_path, name, faults) {
            Some(text) => {
                faults.length(&below(&inner_path, name), text, 1, max);
                total += text.chars().count();
            }
            None => faults.required(&below(&inner_path, name)),
        }
    }
    let fields = list_field(embed, path, "fields", faults);
    list_length(fields, &below(path, "fields"), 0, 25, faults);
    for (index, field) in fields.iter().enumerate() {
        total += check_field(field, &format!("{path}.fields.{index}"), faults);
    }
    if let Some(url) = text_field(embed, path, "url", faults) {
        address(url, &below(path, "url"), &["http://", "https://"], faults);
    }
    for picture in ["image", "thumbnail"] {
        if let Some(url) = embed.get(picture).and_then(|inner| inner["url"].as_str()) {
            let place = format!("{path}.{picture}.url");
            address(url, &place, &["http://", "https://", "attachment://"], faults);
        }
    }
    if let Some(color) = embed.get("color").filter(|color| !color.is_null())
        && color.as_u64().is_none_or(|color| color > 0xff_ffff)
    {
        faults.add(
            &below(path, "color"),
            "NUMBER_TYPE_MAX",
            "int value should be less than or equal to 16777215.",
        );
    }
    if let Some(time) = text_field(embed, path, "timestamp", faults)
        && chrono::DateTime::parse_from_rfc3339(time).is_err()
    {
        faults.add(
            &below(path, "timestamp"),
            "DATE_TIME_TYPE_PARSE",
            format!("Could not parse {time}. Should be ISO8601."),
        );
    }
    total
}

fn check_field(field: &Value, path: &str, faults: &mut FormFaults) -> usize {
    let mut total = 0;
    for (name, max) in [("name", 256), ("value", 1024)] {
        match text_field(field, path, name, faults).filter(|text| !text.trim().is_empty()) {
            Some(text) => {
                faults.length(&below(path, name), text, 1, max);
                total += text.chars().count();
            }
            None => faults.required(&below(path, name)),
        }
    }
    total
}

fn second_opinion(embeds: &[Value], faults: &mut FormFaults) {
    for (index, embed) in embeds.iter().enumerate() {
        let path = format!("embeds.{index}");
        // Their model has the type that Discord adds by itself.
        let mut typed = embed.clone();
        typed["type"] = json!("rich");
        // It reads fewer ways of writing a time than Discord does; ours was checked above.
        typed["timestamp"] = Value::Null;
        match serde_json::from_value::<twilight_model::channel::message::Embed>(typed) {
            Err(error) => faults.add(&path, "MODEL_TYPE_CONVERT", error.to_string()),
            Ok(embed) => {
                if let Err(error) = twilight_validate::embed::embed(&embed) {
                    faults.add(&path, "BASE_TYPE_BAD_LENGTH", error.to_string());
                }
            }
        }
    }
}
