//! Options of a slash command: from what a person typed to what Discord sends.
//!
//! Discord's client checks names, kinds, bounds and choices before anything is sent, so a fault here is
//! the person's to see and no interaction takes place. `resolved` carries the objects behind the ids.

use serde_json::{Map, Value, json};

use super::payload::ATTACHMENT_SIZE_LIMIT;
use crate::sandbox::{
    people::{OptionInput, PersonError},
    permissions,
    world::{Attachment, World, render},
};

/// A command, or the sub-command that a path of names leads to.
pub(crate) struct Leaf<'a> {
    /// The names of group and sub-command.
    pub(crate) path: Vec<(&'a str, u64)>,
    pub(crate) options: &'a [Value],
}

/// Follows the names below a command to what can be used.
pub(crate) fn find_leaf<'a>(command: &'a Value, names: &[&str]) -> Result<Leaf<'a>, PersonError> {
    let mut path = Vec::new();
    let mut options = list(command);
    for name in names {
        let inner = options.iter().find(|option| option["name"] == *name && kind_of(option) <= 2);
        let inner =
            inner.ok_or_else(|| PersonError::new(format!("There is no sub-command `{name}` here.")))?;
        path.push((inner["name"].as_str().unwrap_or_default(), kind_of(inner)));
        options = list(inner);
    }
    if options.iter().any(|option| kind_of(option) <= 2) {
        return Err(PersonError::new("This command has sub-commands; pick one of them."));
    }
    Ok(Leaf { path, options })
}

fn list(value: &Value) -> &[Value] {
    value["options"].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn kind_of(option: &Value) -> u64 {
    option["type"].as_u64().unwrap_or_default()
}

impl Leaf<'_> {
    /// Puts options where they belong: inside the sub-command and its group.
    pub(crate) fn wrap(&self, options: Vec<Value>) -> Vec<Value> {
        self.path.iter().rev().fold(options, |inner, (name, kind)| {
            vec![json!({ "name": name, "type": kind, "options": inner })]
        })
    }
}

/// The objects that an interaction's ids stand for.
#[derive(Debug, Default)]
pub(crate) struct Resolved(Map<String, Value>);

impl Resolved {
    fn put(&mut self, group: &str, id: u64, object: Value) {
        let entry = self.0.entry(group).or_insert_with(|| json!({}));
        entry[id.to_string()] = object;
    }

    /// A user, and their membership of the guild.
    pub(crate) fn user(&mut self, world: &World, guild: Option<u64>, id: u64) {
        self.put("users", id, render::user(world, id));
        let Some(guild) = guild else { return };
        let mut member = render::member_without_user(world, guild, id);
        if !member.is_null() {
            member["permissions"] = json!(permissions::in_guild(world, guild, id).to_string());
            self.put("members", id, member);
        }
    }

    /// A role.
    pub(crate) fn role(&mut self, world: &World, guild: Option<u64>, id: u64) {
        let role = guild.and_then(|guild| world.guilds.get(&guild)).and_then(|guild| guild.roles.get(&id));
        if let Some(role) = role {
            self.put("roles", id, render::role(role));
        }
    }

    /// A channel with what the viewer and the application may do in it.
    pub(crate) fn channel(&mut self, world: &World, viewer: u64, id: u64) {
        if let Some(channel) = world.channels.get(&id) {
            self.put("channels", id, render::partial_channel(world, channel, viewer));
        }
    }

    /// A message.
    pub(crate) fn message(&mut self, world: &World, id: u64) {
        if let Some(message) = world.find_message(id) {
            self.put("messages", id, render::message(world, message));
        }
    }

    fn attachment(&mut self, world: &World, file: &Attachment) {
        self.put("attachments", file.id, render::attachment(world, file));
    }

    /// Whether nothing had to be resolved.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As it is sent.
    pub(crate) fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

/// Who types what, where.
pub(crate) struct Typed<'a> {
    pub(crate) person: u64,
    pub(crate) channel: u64,
    pub(crate) given: &'a [(String, OptionInput)],
    /// The option that is being typed, with the text so far: then nothing has to be complete.
    pub(crate) focused: Option<(&'a str, &'a str)>,
}

/// Checks what was typed and turns it into what is sent.
pub(crate) fn read_options(
    world: &mut World,
    known: &[Value],
    typed: &Typed<'_>,
    resolved: &mut Resolved,
) -> Result<Vec<Value>, PersonError> {
    for (name, _) in typed.given {
        if !known.iter().any(|option| option["name"] == **name) {
            return Err(PersonError::new(format!("There is no option `{name}` here.")));
        }
    }
    let mut sent = Vec::new();
    for option in known {
        let name = option["name"].as_str().unwrap_or_default();
        if let Some((focused, text)) = typed.focused
            && focused == name
        {
            sent.push(json!({ "name": name, "type": kind_of(option), "value": text, "focused": true }));
            continue;
        }
        let given = typed.given.iter().find(|(given, _)| given == name);
        match given {
            Some((_, input)) => {
                let value = read_value(world, option, typed, input, resolved)
                    .map_err(|error| PersonError::new(format!("{name}: {error}")))?;
                sent.push(json!({ "name": name, "type": kind_of(option), "value": value }));
            }
            None if option["required"].as_bool() == Some(true) && typed.focused.is_none() => {
                return Err(PersonError::new(format!("{name}: This option is required. Specify a value.")));
            }
            None => {}
        }
    }
    Ok(sent)
}

fn read_value(
    world: &mut World,
    option: &Value,
    typed: &Typed<'_>,
    input: &OptionInput,
    resolved: &mut Resolved,
) -> Result<Value, PersonError> {
    let guild = world.channels.get(&typed.channel).and_then(|channel| channel.guild);
    match (kind_of(option), input) {
        (3, OptionInput::Text(text)) => read_text(option, text),
        (4, OptionInput::Integer(number)) => {
            read_number(option, &json!(number), *number)?;
            Ok(json!(number))
        }
        (5, OptionInput::Boolean(on)) => Ok(json!(on)),
        (6 | 9, OptionInput::User(id)) => {
            if !world.users.contains_key(id) {
                return Err(PersonError::new("Nobody has this id."));
            }
            resolved.user(world, guild, *id);
            Ok(json!(id.to_string()))
        }
        (8 | 9, OptionInput::Role(id)) => {
            let known = guild.and_then(|guild| world.guilds.get(&guild));
            if !known.is_some_and(|guild| guild.roles.contains_key(id)) {
                return Err(PersonError::new("This server has no such role."));
            }
            resolved.role(world, guild, *id);
            Ok(json!(id.to_string()))
        }
        (7, OptionInput::Channel(id)) => read_channel(world, option, typed, guild, *id, resolved),
        (10, OptionInput::Number(number)) => Ok(json!(number)),
        (10, OptionInput::Integer(number)) => Ok(json!(number)),
        (11, OptionInput::Attachment { name, content_type, bytes }) => {
            store_attachment(world, typed.channel, name, content_type.as_deref(), bytes, resolved)
        }
        _ => Err(PersonError::new("This value does not fit the option.")),
    }
}

fn read_text(option: &Value, text: &str) -> Result<Value, PersonError> {
    let length = text.chars().count() as u64;
    let (min, max) =
        (option["min_length"].as_u64().unwrap_or(0), option["max_length"].as_u64().unwrap_or(6000));
    if length < min || length > max {
        return Err(PersonError::new(format!("The text must be between {min} and {max} characters long.")));
    }
    if text.is_empty() {
        return Err(PersonError::new("This option needs a value."));
    }
    check_choice(option, &json!(text))?;
    Ok(json!(text))
}

fn read_number(option: &Value, value: &Value, number: i64) -> Result<(), PersonError> {
    let below = option["min_value"].as_i64().is_some_and(|min| number < min);
    let above = option["max_value"].as_i64().is_some_and(|max| number > max);
    if below || above {
        return Err(PersonError::new("The number is out of bounds."));
    }
    check_choice(option, value)
}

fn check_choice(option: &Value, value: &Value) -> Result<(), PersonError> {
    let choices = option["choices"].as_array().map(Vec::as_slice).unwrap_or_default();
    if choices.is_empty() || choices.iter().any(|choice| choice["value"] == *value) {
        return Ok(());
    }
    Err(PersonError::new("Choose one of the options that are offered."))
}

fn read_channel(
    world: &World,
    option: &Value,
    typed: &Typed<'_>,
    guild: Option<u64>,
    id: u64,
    resolved: &mut Resolved,
) -> Result<Value, PersonError> {
    let found = world.channels.get(&id).filter(|channel| channel.guild == guild);
    let found = found.filter(|channel| permissions::sees(world, channel.id, typed.person));
    let found = found.ok_or_else(|| PersonError::new("You see no such channel."))?;
    let kinds = option["channel_types"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !kinds.is_empty() && !kinds.iter().any(|kind| kind.as_u64() == Some(found.kind as u64)) {
        return Err(PersonError::new("A channel of this type cannot be chosen here."));
    }
    resolved.channel(world, typed.person, id);
    Ok(json!(id.to_string()))
}

fn store_attachment(
    world: &mut World,
    channel: u64,
    name: &str,
    content_type: Option<&str>,
    bytes: &[u8],
    resolved: &mut Resolved,
) -> Result<Value, PersonError> {
    if bytes.len() as u64 > ATTACHMENT_SIZE_LIMIT {
        return Err(PersonError::new("The file is too large: 10 MiB is the limit."));
    }
    let kept = world.keep_file(channel, name.to_owned(), content_type.map(str::to_owned), bytes);
    let file = Attachment { ephemeral: true, ..kept };
    resolved.attachment(world, &file);
    Ok(json!(file.id.to_string()))
}
