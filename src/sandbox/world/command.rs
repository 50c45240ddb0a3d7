//! Application commands as registered.
//!
//! The checked JSON is kept as Discord would return it; the few fields that decide something are kept
//! beside it. Validation happens before, in `validate`.

use serde_json::{Value, json};

use super::World;
use crate::sandbox::permissions;

/// Where a command is found (Discord docs, interactions/application-commands: command types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum CommandKind {
    ChatInput = 1,
    User = 2,
    Message = 3,
}

impl CommandKind {
    /// Reads the `type` field; slash commands are the default.
    pub(crate) fn read(value: &Value) -> Self {
        match value["type"].as_u64() {
            Some(2) => Self::User,
            Some(3) => Self::Message,
            _ => Self::ChatInput,
        }
    }
}

/// A registered command.
#[derive(Debug, Clone)]
pub(crate) struct Command {
    pub(crate) id: u64,
    pub(crate) guild: Option<u64>,
    pub(crate) kind: CommandKind,
    pub(crate) name: String,
    /// Who sees it unless the guild says otherwise; `Some(0)` is administrators alone.
    pub(crate) default_permissions: Option<u64>,
    /// Contexts it may be used in; none given is everywhere.
    pub(crate) contexts: Option<Vec<u64>>,
    /// What Discord returns for it.
    pub(crate) wire: Value,
}

impl World {
    /// Registers a command over one of the same kind and name; returns its id and whether it is new.
    pub(crate) fn register_command(&mut self, guild: Option<u64>, form: &Value) -> (u64, bool) {
        let kind = CommandKind::read(form);
        let name = form["name"].as_str().unwrap_or_default().to_owned();
        let known = self
            .commands
            .values()
            .find(|command| command.guild == guild && command.kind == kind && command.name == name)
            .map(|command| command.id);
        let id = known.unwrap_or_else(|| self.next_id());
        self.store_command(id, guild, form);
        (id, known.is_none())
    }

    /// Puts a command in place under an id.
    pub(crate) fn store_command(&mut self, id: u64, guild: Option<u64>, form: &Value) {
        let version = self.next_id();
        let default_permissions =
            form["default_member_permissions"].as_str().and_then(|bits| bits.parse().ok());
        let contexts =
            form["contexts"].as_array().map(|list| list.iter().filter_map(Value::as_u64).collect());
        let kind = CommandKind::read(form);
        let name = form["name"].as_str().unwrap_or_default().to_owned();
        let wire = wire_form(form, id, self.app.id, version, guild);
        let command = Command { id, guild, kind, name, default_permissions, contexts, wire };
        self.commands.insert(id, command);
    }

    /// The commands someone is offered in a channel: those of the guild and the global ones.
    pub(crate) fn commands_for(&self, channel: u64, person: u64) -> Vec<&Command> {
        let guild = self.channels.get(&channel).and_then(|channel| channel.guild);
        let bits = permissions::in_channel(self, channel, person);
        let bot_present = guild.is_none_or(|guild| self.bot_in(guild));
        if !bot_present || bits & permissions::USE_APPLICATION_COMMANDS == 0 {
            return Vec::new();
        }
        let here = u64::from(guild.is_none());
        let is_open = guild.and_then(|guild| self.guilds.get(&guild)).is_none_or(|guild| guild.open_commands);
        self.commands
            .values()
            .filter(|command| command.guild.is_none() || command.guild == guild)
            .filter(|command| command.contexts.as_ref().is_none_or(|contexts| contexts.contains(&here)))
            .filter(|command| is_open || is_allowed(command.default_permissions, bits))
            .collect()
    }
}

/// Zero means administrators alone; nothing given means everyone.
fn is_allowed(wanted: Option<u64>, bits: u64) -> bool {
    match wanted {
        None => true,
        Some(0) => bits & permissions::ADMINISTRATOR != 0,
        Some(wanted) => bits & wanted == wanted,
    }
}

fn wire_form(form: &Value, id: u64, application: u64, version: u64, guild: Option<u64>) -> Value {
    let or_null = |field: &str| form.get(field).cloned().unwrap_or(Value::Null);
    let mut wire = json!({
        "id": id.to_string(),
        "application_id": application.to_string(),
        "version": version.to_string(),
        "type": CommandKind::read(form) as u8,
        "name": or_null("name"),
        "name_localizations": or_null("name_localizations"),
        "description": form["description"].as_str().unwrap_or_default(),
        "description_localizations": or_null("description_localizations"),
        "default_member_permissions": or_null("default_member_permissions"),
        "nsfw": form["nsfw"].as_bool().unwrap_or(false),
        "options": form.get("options").cloned().unwrap_or_else(|| json!([])),
    });
    if let Some(guild) = guild {
        wire["guild_id"] = json!(guild.to_string());
    } else {
        wire["contexts"] = or_null("contexts");
        wire["integration_types"] = form.get("integration_types").cloned().unwrap_or_else(|| json!([0]));
        wire["dm_permission"] = json!(form["dm_permission"].as_bool().unwrap_or(true));
    }
    wire
}
