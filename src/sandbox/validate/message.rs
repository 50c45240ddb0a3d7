//! Messages: content, embeds, components, attachments, nonce, flags.
//!
//! Follows Discord docs, resources/message: create message. The result is a draft, with components
//! numbered the way Discord numbers them.

use serde_json::{Value, json};

use super::{component, embed, list_field, text_field};
use crate::sandbox::{
    refusal::{self, FormFaults, Refusal},
    world::{AllowedMentions, Draft, flags},
};

/// Ten files, each at most 10 MiB (Discord docs, reference: uploading files).
pub(crate) const MOST_FILES: usize = 10;
const LARGEST_FILE: usize = 10 * 1024 * 1024;

/// Where a message is going, which decides defaults and flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Create Message and Edit Message.
    Channel,
    /// Interaction callbacks and follow-ups.
    Interaction,
}

/// A file of a multipart body.
#[derive(Debug, Clone)]
pub(crate) struct UploadedFile {
    /// The n of `files[n]`.
    pub(crate) number: u64,
    pub(crate) name: String,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

/// Checks a new or changed message; `is_edit` allows what an edit may leave out.
pub(crate) fn message(
    form: &Value,
    files: &[UploadedFile],
    place: Place,
    known_flags: u64,
    is_edit: bool,
) -> Result<Draft, Refusal> {
    if files.iter().any(|file| file.bytes.len() > LARGEST_FILE) {
        return Err(refusal::too_large());
    }
    let mut faults = FormFaults::default();
    let content = text_field(form, "", "content", &mut faults).unwrap_or_default().trim();
    let bits = form["flags"].as_u64().unwrap_or_default() | (known_flags & flags::COMPONENTS_V2);
    let v2 = bits & flags::COMPONENTS_V2 != 0;
    faults.length("content", content, 0, 2000);
    let embeds = list_field(form, "", "embeds", &mut faults);
    embed::check(embeds, &mut faults);
    let components = list_field(form, "", "components", &mut faults);
    component::check(components, v2, &mut faults);
    if v2 {
        for field in ["content", "embeds"] {
            let given = form.get(field).is_some_and(|value| !is_empty(value));
            if given {
                faults.add(
                    field,
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    format!("The '{field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"),
                );
            }
        }
    }
    check_nonce(form, &mut faults);
    check_files(form, files, &mut faults);
    faults.into_result()?;
    let allowed = match form.get("allowed_mentions").filter(|value| !value.is_null()) {
        Some(value) => AllowedMentions::read(value)?,
        None if place == Place::Channel => AllowedMentions::all(),
        None => AllowedMentions::users_only(),
    };
    let kept = form["attachments"].as_array().is_some_and(|list| !list.is_empty());
    let nothing = content.is_empty() && embeds.iter().all(is_empty) && components.is_empty();
    if nothing && files.is_empty() && !kept && !is_edit {
        return Err(refusal::empty_message());
    }
    let mut draft = Draft::text(content);
    draft.embeds = embeds.iter().filter(|embed| !is_empty(embed)).map(typed_embed).collect();
    draft.components = components.to_vec();
    number(&mut draft.components, &mut 0);
    draft.allowed = allowed;
    draft.nonce = form.get("nonce").filter(|nonce| !nonce.is_null()).cloned();
    draft.tts = form["tts"].as_bool().unwrap_or(false);
    let settable = flags::SUPPRESS_EMBEDS | flags::SUPPRESS_NOTIFICATIONS | flags::COMPONENTS_V2;
    let settable = if place == Place::Interaction { settable | flags::EPHEMERAL } else { settable };
    draft.flags = bits & settable;
    Ok(draft)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.values().all(is_empty),
        _ => false,
    }
}

fn typed_embed(embed: &Value) -> Value {
    let mut typed = embed.clone();
    typed["type"] = json!("rich");
    if let Some(fields) = typed.get_mut("fields").and_then(Value::as_array_mut) {
        for field in fields {
            field["inline"] = json!(field["inline"].as_bool().unwrap_or(false));
        }
    }
    typed
}

/// What Discord fills in where a component does not say it.
fn fill_in(component: &mut Value) {
    let defaults = match component.get("type").and_then(Value::as_u64) {
        Some(3 | 5..=8) => json!({ "min_values": 1, "max_values": 1 }),
        Some(14) => json!({ "divider": true, "spacing": 1 }),
        Some(17) => json!({ "accent_color": null, "spoiler": false }),
        _ => return,
    };
    let Value::Object(defaults) = defaults else { return };
    for (name, value) in defaults {
        if component.get(&name).is_none() {
            component[&name] = value;
        }
    }
}

/// Gives every component without an id the next number, as Discord does, and fills in defaults.
fn number(components: &mut [Value], next: &mut u64) {
    for component in components {
        fill_in(component);
        *next += 1;
        if component.get("id").and_then(Value::as_u64).unwrap_or_default() == 0 {
            component["id"] = json!(*next);
        }
        if let Some(children) = component.get_mut("components").and_then(Value::as_array_mut) {
            number(children, next);
        }
        if let Some(accessory) = component.get_mut("accessory") {
            number(std::slice::from_mut(accessory), next);
        }
    }
}

fn check_nonce(form: &Value, faults: &mut FormFaults) {
    match form.get("nonce") {
        Some(Value::String(nonce)) => faults.length("nonce", nonce, 0, 25),
        None | Some(Value::Null | Value::Number(_)) => {}
        Some(_) => faults.add("nonce", "BASE_TYPE_STRING", "Could not interpret value as string."),
    }
}

fn check_files(form: &Value, files: &[UploadedFile], faults: &mut FormFaults) {
    if files.len() > MOST_FILES {
        faults.add("files", "BASE_TYPE_BAD_LENGTH", "Must be between 0 and 10 in length.");
    }
    let described = form["attachments"].as_array().map(Vec::as_slice).unwrap_or_default();
    for (index, attachment) in described.iter().enumerate() {
        if let Some(text) = attachment["description"].as_str() {
            faults.length(&format!("attachments.{index}.description"), text, 0, 1024);
        }
    }
}
