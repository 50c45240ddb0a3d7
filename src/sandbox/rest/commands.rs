//! Registering application commands, global and per guild
//! (Discord docs, interactions/application-commands).

use serde_json::{Value, json};

use super::{Reply, Request, access};
use crate::sandbox::{
    refusal::{self, Refusal, bad_form},
    validate,
    world::{Command, CommandKind, World},
};

/// At most so many creates a day and guild (code 30034).
const CREATES_PER_DAY: u32 = 200;
const DAY_MS: u64 = 24 * 3_600_000;

/// The application and, on guild routes, the guild.
fn place(world: &World, request: &Request) -> Result<Option<u64>, Refusal> {
    let application = request.id("application")?;
    if application != world.app.id {
        return Err(refusal::unknown_application());
    }
    if request.text("guild").is_empty() {
        return Ok(None);
    }
    let guild = request.id("guild")?;
    access::in_guild(world, guild)?;
    Ok(Some(guild))
}

fn shown(command: &Command, with_localisations: bool) -> Value {
    if with_localisations {
        return command.wire.clone();
    }
    let mut wire = command.wire.clone();
    if let Some(fields) = wire.as_object_mut() {
        fields.remove("name_localizations");
        fields.remove("description_localizations");
    }
    wire
}

pub(super) fn list(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let guild = place(world, request)?;
    let with = request.is_on("with_localizations");
    let found = world.commands.values().filter(|command| command.guild == guild);
    Ok(Reply::ok(found.map(|command| shown(command, with)).collect()))
}

fn known<'a>(world: &'a World, request: &Request, guild: Option<u64>) -> Result<&'a Command, Refusal> {
    let id = request.id("command")?;
    let found = world.commands.get(&id).filter(|command| command.guild == guild);
    found.ok_or_else(refusal::unknown_command)
}

pub(super) fn get(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let guild = place(world, request)?;
    Ok(Reply::ok(known(world, request, guild)?.wire.clone()))
}

pub(super) fn create(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let guild = place(world, request)?;
    validate::command(&request.body, "")?;
    let form = &request.body;
    if !exists(world, guild, form) {
        check_room(world, guild, CommandKind::read(form))?;
        count_creates(world, guild, 1)?;
    }
    let (id, new) = world.register_command(guild, form);
    let wire = world.commands.get(&id).map(|command| command.wire.clone()).unwrap_or_default();
    Ok(if new { Reply::created(wire) } else { Reply::ok(wire) })
}

fn exists(world: &World, guild: Option<u64>, form: &Value) -> bool {
    let kind = CommandKind::read(form);
    let name = form["name"].as_str().unwrap_or_default();
    world.commands.values().any(|known| known.guild == guild && known.kind == kind && known.name == name)
}

fn most(kind: CommandKind) -> usize {
    if kind == CommandKind::ChatInput { 100 } else { 15 }
}

fn check_room(world: &World, guild: Option<u64>, kind: CommandKind) -> Result<(), Refusal> {
    let there = world.commands.values().filter(|known| known.guild == guild && known.kind == kind).count();
    if there >= most(kind) { Err(refusal::too_many_commands()) } else { Ok(()) }
}

fn count_creates(world: &mut World, guild: Option<u64>, new: u32) -> Result<(), Refusal> {
    let now = world.now_ms();
    let counter = world.commands_made_today.entry(guild.unwrap_or(0)).or_insert((now, 0));
    if counter.0 + DAY_MS <= now {
        *counter = (now, 0);
    }
    if counter.1 + new > CREATES_PER_DAY {
        return Err(refusal::too_many_daily_commands());
    }
    counter.1 += new;
    Ok(())
}

/// Replaces all commands; those with the same kind and name keep their ids.
pub(super) fn overwrite(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let guild = place(world, request)?;
    let Some(forms) = request.body.as_array() else {
        return Err(bad_form("", "BASE_TYPE_LIST", "Only iterables may be used in a ListType"));
    };
    let mut kinds: Vec<(CommandKind, &str)> = Vec::new();
    for (index, form) in forms.iter().enumerate() {
        validate::command(form, &index.to_string())?;
        let key = (CommandKind::read(form), form["name"].as_str().unwrap_or_default());
        if kinds.contains(&key) {
            let message = "Application command names must be unique";
            return Err(bad_form(&index.to_string(), "APPLICATION_COMMANDS_DUPLICATE_NAME", message));
        }
        kinds.push(key);
    }
    for kind in [CommandKind::ChatInput, CommandKind::User, CommandKind::Message] {
        if kinds.iter().filter(|(given, _)| *given == kind).count() > most(kind) {
            return Err(refusal::too_many_commands());
        }
    }
    let new = forms.iter().filter(|form| !exists(world, guild, form)).count();
    count_creates(world, guild, u32::try_from(new).unwrap_or(u32::MAX))?;
    let kept: Vec<(CommandKind, String)> =
        kinds.into_iter().map(|(kind, name)| (kind, name.to_owned())).collect();
    world.commands.retain(|_, known| {
        known.guild != guild || kept.iter().any(|(kind, name)| *kind == known.kind && *name == known.name)
    });
    let mut list = Vec::new();
    for form in forms {
        let (id, _) = world.register_command(guild, form);
        list.extend(world.commands.get(&id).map(|command| command.wire.clone()));
    }
    Ok(Reply::ok(json!(list)))
}

pub(super) fn edit(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let guild = place(world, request)?;
    let found = known(world, request, guild)?;
    let id = found.id;
    let mut form = found.wire.clone();
    for (name, value) in request.body.as_object().into_iter().flatten() {
        form[name] = value.clone();
    }
    validate::command(&form, "")?;
    world.store_command(id, guild, &form);
    Ok(Reply::ok(world.commands.get(&id).map(|command| command.wire.clone()).unwrap_or_default()))
}

pub(super) fn delete(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let guild = place(world, request)?;
    let id = known(world, request, guild)?.id;
    world.commands.remove(&id);
    Ok(Reply::nothing())
}
