//! Files of a message: storing them, and matching them with the `attachments` of the body.
//!
//! Discord docs, reference: uploading files. New files are named by the n of their part; in an edit the
//! `attachments` list what is kept.

use serde_json::{Value, json};

use crate::sandbox::{
    refusal::{Refusal, bad_form},
    validate::UploadedFile,
    world::{Attachment, World, file_name, render},
};

/// Stores the files of a call as attachments of a channel.
pub(super) fn store(
    world: &mut World,
    channel: u64,
    body: &Value,
    files: &[UploadedFile],
    ephemeral: bool,
) -> Vec<Attachment> {
    let described = body["attachments"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut stored = Vec::new();
    for file in files {
        let about = described.iter().find(|about| number_of(about) == Some(file.number));
        let name = about.and_then(|about| about["filename"].as_str()).unwrap_or(&file.name);
        let kept = world.keep_file(channel, file_name(name), file.content_type.clone(), &file.bytes);
        let description = about.and_then(|about| about["description"].as_str()).map(str::to_owned);
        stored.push(Attachment { description, ephemeral, ..kept });
    }
    stored
}

fn number_of(about: &Value) -> Option<u64> {
    about["id"].as_u64().or_else(|| about["id"].as_str()?.parse().ok())
}

/// Embeds as they are shown: a picture that is named as one of the message's own files gets that file's address.
///
/// Discord docs, reference: using attachments within embeds. A picture that names no file of the message, or one that is
/// no picture by its ending, is left out.
pub(super) fn shown_in_embeds(
    world: &World,
    mut embeds: Vec<Value>,
    attachments: &[Attachment],
) -> Vec<Value> {
    const PICTURES: [&str; 5] = [".jpg", ".jpeg", ".png", ".webp", ".gif"];
    for embed in &mut embeds {
        for part in ["image", "thumbnail"] {
            let named = embed[part]["url"].as_str().and_then(|url| url.strip_prefix("attachment://"));
            let Some(named) = named else { continue };
            let is_picture = PICTURES.iter().any(|ending| named.to_lowercase().ends_with(ending));
            let file = attachments.iter().find(|file| is_picture && file.file_name == named);
            embed[part] = file
                .map_or(Value::Null, |file| render::attachment(world, file))
                .get("url")
                .map_or(Value::Null, |address| json!({ "url": address, "proxy_url": address }));
        }
    }
    embeds
}

/// What stays of a message's attachments in an edit: all of them, or those that are listed.
pub(super) fn kept(body: &Value, standing: &[Attachment]) -> Vec<Attachment> {
    let Some(listed) = body["attachments"].as_array() else { return standing.to_vec() };
    let kept: Vec<u64> = listed.iter().filter_map(number_of).collect();
    standing.iter().filter(|file| kept.contains(&file.id)).cloned().collect()
}

/// Every listed attachment is a file of this call or one that stands already.
pub(super) fn check_listed(
    body: &Value,
    files: &[UploadedFile],
    standing: &[Attachment],
) -> Result<(), Refusal> {
    let listed = body["attachments"].as_array().map(Vec::as_slice).unwrap_or_default();
    for (index, about) in listed.iter().enumerate() {
        let id = number_of(about);
        let known = files.iter().any(|file| Some(file.number) == id)
            || standing.iter().any(|file| Some(file.id) == id);
        if !known {
            let message = "Attachment data was not found for the given ID";
            return Err(bad_form(&format!("attachments.{index}.id"), "ATTACHMENT_NOT_FOUND", message));
        }
    }
    Ok(())
}
