//! A filled-in command: from the page's texts and files to the options of the people API.
//!
//! The page sends every value as text. What kind an option is, the command itself says; a text that is
//! not of that kind is refused here, everything else (bounds, choices, what is required) by the people API.

use std::collections::HashMap;

use axum::extract::Multipart;
use serde::Deserialize;

use super::{Page, acts::Refused, id::Id};
use crate::sandbox::{OptionInput, Person};

/// A command with what was typed.
#[derive(Debug, Deserialize)]
pub(super) struct Filled {
    pub(super) channel: Id,
    pub(super) command: String,
    #[serde(default)]
    options: Vec<Typed>,
}

#[derive(Debug, Deserialize)]
struct Typed {
    name: String,
    value: String,
}

/// The files by option.
pub(super) type Files = HashMap<String, OptionInput>;

/// Discord's option types by name (Discord docs, interactions/application-commands: option types).
pub(super) fn kind_name(kind: u64) -> &'static str {
    match kind {
        4 => "integer",
        5 => "boolean",
        6 => "user",
        7 => "channel",
        8 => "role",
        9 => "mentionable",
        10 => "number",
        11 => "attachment",
        _ => "string",
    }
}

/// Reads the form that carries a command and its files.
pub(super) async fn read(mut parts: Multipart) -> Result<(Filled, Files), Refused> {
    let mut filled = None;
    let mut files = Files::new();
    while let Some(part) = parts.next_field().await.map_err(|error| Refused::because(error.body_text()))? {
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().unwrap_or("file").to_owned();
        let content_type = part.content_type().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|error| Refused::because(error.body_text()))?;
        if let Some(option) = name.strip_prefix("file:") {
            let file = OptionInput::Attachment { name: file_name, content_type, bytes: bytes.to_vec() };
            files.insert(option.to_owned(), file);
        } else if name == "payload" {
            let read = serde_json::from_slice(&bytes).map_err(|error| Refused::because(error.to_string()))?;
            filled = Some(read);
        }
    }
    let filled = filled.ok_or_else(|| Refused::because("The form has no payload."))?;
    Ok((filled, files))
}

impl Filled {
    /// The options, each of the kind that the command wants.
    pub(super) fn options(
        self,
        page: &Page,
        person: &Person,
        mut files: Files,
    ) -> Result<Vec<(String, OptionInput)>, Refused> {
        let commands = person.commands(self.channel.0);
        let known = commands.iter().find(|command| command.name == self.command && command.kind == 1);
        let mut options = Vec::new();
        for Typed { name, value } in self.options {
            let kind = known.and_then(|command| command.options.iter().find(|option| option.name == name));
            let input = match files.remove(&name) {
                Some(file) => file,
                None => input(kind.map_or(3, |option| option.kind), &name, value, page)?,
            };
            options.push((name, input));
        }
        Ok(options)
    }
}

fn input(kind: u64, name: &str, value: String, page: &Page) -> Result<OptionInput, Refused> {
    let misfit = |what: &str| Refused::because(format!("{name}: “{value}” is not {what}."));
    let id = |what: &str| value.parse::<u64>().map_err(|_| misfit(what));
    Ok(match kind {
        4 => OptionInput::Integer(value.trim().parse().map_err(|_| misfit("a whole number"))?),
        5 => OptionInput::Boolean(value.parse().map_err(|_| misfit("yes or no"))?),
        6 => OptionInput::User(id("a person")?),
        7 => OptionInput::Channel(id("a channel")?),
        8 => OptionInput::Role(id("a role")?),
        9 => mentionable(id("a person or role")?, page),
        10 => OptionInput::Number(value.trim().replace(',', ".").parse().map_err(|_| misfit("a number"))?),
        11 => return Err(misfit("a file")),
        _ => OptionInput::Text(value),
    })
}

/// An id of either kind: a role if a server has such a one.
fn mentionable(id: u64, page: &Page) -> OptionInput {
    let is_role = page.sandbox.read(|world| world.guilds.values().any(|guild| guild.roles.contains_key(&id)));
    if is_role { OptionInput::Role(id) } else { OptionInput::User(id) }
}
