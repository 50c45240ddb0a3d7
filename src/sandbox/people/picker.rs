//! The command picker: what a person is offered when they type `/` or open a message's menu.

use serde::Serialize;
use serde_json::Value;

use crate::sandbox::world::{Command, CommandKind, World};

/// A command that can be used as it is: sub-commands are listed one by one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeenCommand {
    /// The id of the command it belongs to.
    #[serde(serialize_with = "crate::sandbox::id_text::serialize")]
    pub id: u64,
    /// The full name that is sent, such as `ticket claim`.
    pub name: String,
    /// The full name in the person's language.
    pub shown_name: String,
    /// What it does, in the person's language.
    pub description: String,
    /// 1 slash, 2 user menu, 3 message menu.
    pub kind: u8,
    /// Its options, in order.
    pub options: Vec<SeenOption>,
}

/// An option of a command.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeenOption {
    /// The name that is sent.
    pub name: String,
    /// The name in the person's language.
    pub shown_name: String,
    /// What it is for, in the person's language.
    pub description: String,
    /// Discord's option type: 3 text, 4 integer, 5 boolean, 6 user, 7 channel, 8 role, 9 mentionable,
    /// 10 number, 11 attachment.
    pub kind: u64,
    /// Whether it has to be given.
    pub required: bool,
    /// Whether the application suggests values while one types.
    pub autocomplete: bool,
    /// What can be chosen, if not anything.
    pub choices: Vec<SeenChoice>,
    /// The shortest text.
    pub min_length: Option<u64>,
    /// The longest text.
    pub max_length: Option<u64>,
    /// The smallest number.
    pub min_value: Option<f64>,
    /// The largest number.
    pub max_value: Option<f64>,
    /// The channel types that can be chosen; empty is any.
    pub channel_types: Vec<u64>,
}

/// A choice of an option.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeenChoice {
    /// What is read, in the person's language.
    pub name: String,
    /// What is sent.
    pub value: Value,
}

/// A suggestion while typing.
pub type Choice = SeenChoice;

/// What someone is offered in a channel.
pub(super) fn offered(world: &World, channel: u64, person: u64) -> Vec<SeenCommand> {
    let locale = world.users.get(&person).map_or("en-US", |user| user.locale.as_str());
    let mut list = Vec::new();
    for command in world.commands_for(channel, person) {
        let first = (command.name.clone(), localised(&command.wire, "name", locale));
        flatten(command, &command.wire, first, locale, &mut list);
    }
    list.sort_by(|left, right| (left.kind, &left.name).cmp(&(right.kind, &right.name)));
    list
}

/// A text in the reader's language, else as it is.
pub(super) fn localised(value: &Value, field: &str, locale: &str) -> String {
    let translated = &value[format!("{field}_localizations")][locale];
    translated.as_str().or_else(|| value[field].as_str()).unwrap_or_default().to_owned()
}

fn flatten(
    command: &Command,
    node: &Value,
    (name, shown_name): (String, String),
    locale: &str,
    list: &mut Vec<SeenCommand>,
) {
    let options = node["options"].as_array().map(Vec::as_slice).unwrap_or_default();
    let subs: Vec<&Value> = options.iter().filter(|option| option["type"].as_u64() <= Some(2)).collect();
    if command.kind == CommandKind::ChatInput && !subs.is_empty() {
        for sub in subs {
            let inner = sub["name"].as_str().unwrap_or_default();
            let shown = localised(sub, "name", locale);
            let names = (format!("{name} {inner}"), format!("{shown_name} {shown}"));
            flatten(command, sub, names, locale, list);
        }
        return;
    }
    list.push(SeenCommand {
        id: command.id,
        name,
        shown_name,
        description: localised(node, "description", locale),
        kind: command.kind as u8,
        options: options.iter().map(|option| show_option(option, locale)).collect(),
    });
}

fn show_option(option: &Value, locale: &str) -> SeenOption {
    let choices = option["choices"].as_array().map(Vec::as_slice).unwrap_or_default();
    let types = option["channel_types"].as_array().map(Vec::as_slice).unwrap_or_default();
    SeenOption {
        name: option["name"].as_str().unwrap_or_default().to_owned(),
        shown_name: localised(option, "name", locale),
        description: localised(option, "description", locale),
        kind: option["type"].as_u64().unwrap_or_default(),
        required: option["required"].as_bool().unwrap_or(false),
        autocomplete: option["autocomplete"].as_bool().unwrap_or(false),
        choices: choices.iter().map(|choice| show_choice(choice, locale)).collect(),
        min_length: option["min_length"].as_u64(),
        max_length: option["max_length"].as_u64(),
        min_value: option["min_value"].as_f64(),
        max_value: option["max_value"].as_f64(),
        channel_types: types.iter().filter_map(Value::as_u64).collect(),
    }
}

/// A choice in the reader's language.
pub(super) fn show_choice(choice: &Value, locale: &str) -> SeenChoice {
    SeenChoice { name: localised(choice, "name", locale), value: choice["value"].clone() }
}
