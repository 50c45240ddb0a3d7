//! Commands, buttons, select menus and modals, used by a person.
//!
//! Each waits for the bot's first answer: at most three seconds of real time, or less when the
//! sandbox's time is pushed forward.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::{sync::oneshot, time::Instant};

use super::{
    Choice, OptionInput, Outcome, Person, PersonError, Reaction, SeenModal, person::visible, picker, show,
};
use crate::sandbox::{
    interactions::{Begin, Resolved, Typed, begin, find_leaf, read_options},
    permissions, validate,
    world::{Answer, CommandKind, InteractionKind, Message, Progress, World},
};

/// So long a person waits for the first answer.
const FIRST_ANSWER: Duration = Duration::from_secs(3);

/// An interaction that has been sent and not been answered yet.
pub(super) struct Pending {
    id: u64,
    since: Instant,
    answer: oneshot::Receiver<Answer>,
}

impl Person {
    /// Uses a slash command, such as `ticket claim`, with options by name.
    pub async fn uses(
        &self,
        channel: u64,
        command: &str,
        options: Vec<(String, OptionInput)>,
    ) -> Result<Reaction, PersonError> {
        let pending = self.sandbox.change(|world| {
            let typed = Typed { person: self.id, channel, given: &options, focused: None };
            self.begin_command(world, command, &typed)
        })?;
        Ok(self.wait_for(pending).await)
    }

    /// Types into an option and reads what the application suggests.
    pub async fn types(
        &self,
        channel: u64,
        command: &str,
        options: Vec<(String, OptionInput)>,
        focused: &str,
        text: &str,
    ) -> Result<Vec<Choice>, PersonError> {
        let pending = self.sandbox.change(|world| {
            let typed = Typed { person: self.id, channel, given: &options, focused: Some((focused, text)) };
            self.begin_command(world, command, &typed)
        })?;
        match self.first_answer(pending).await {
            Ok((Answer::Choices(choices), _)) => {
                let locale = self.locale();
                Ok(choices.iter().map(|choice| picker::show_choice(choice, &locale)).collect())
            }
            _ => Err(PersonError::new("Loading options failed.")),
        }
    }

    fn begin_command(
        &self,
        world: &mut World,
        command: &str,
        typed: &Typed<'_>,
    ) -> Result<Pending, PersonError> {
        self.can_interact(world, typed.channel)?;
        let mut names = command.trim_start_matches('/').split_whitespace();
        let first = names.next().unwrap_or_default();
        let rest: Vec<&str> = names.collect();
        let offered = world.commands_for(typed.channel, self.id);
        let found = offered
            .into_iter()
            .find(|known| known.kind == CommandKind::ChatInput && known.name == first)
            .ok_or_else(|| PersonError::new(format!("There is no command /{first} here.")))?;
        let (id, guild, wire) = (found.id, found.guild, found.wire.clone());
        let leaf = find_leaf(&wire, &rest)?;
        let mut focused_kind = None;
        if let Some((focused, _)) = typed.focused {
            let option = leaf.options.iter().find(|option| option["name"] == focused);
            let option =
                option.ok_or_else(|| PersonError::new(format!("There is no option `{focused}` here.")))?;
            if option["autocomplete"].as_bool() != Some(true) {
                return Err(PersonError::new(format!("Nothing is suggested for `{focused}`.")));
            }
            focused_kind = option["type"].as_u64();
        }
        let mut resolved = Resolved::default();
        let options = read_options(world, leaf.options, typed, &mut resolved)?;
        let mut data = json!({
            "id": id.to_string(),
            "name": first,
            "type": 1,
            "options": leaf.wrap(options),
        });
        add_guild_and_resolved(&mut data, guild, resolved);
        let kind =
            if focused_kind.is_some() { InteractionKind::Autocomplete } else { InteractionKind::Command };
        Ok(self.send(
            world,
            Begin {
                kind,
                channel: typed.channel,
                user: self.id,
                data,
                command: Some(std::iter::once(first).chain(rest).collect::<Vec<_>>().join(" ")),
                from_menu: false,
                focused_kind,
                opened_by: None,
                source: None,
            },
        ))
    }

    /// Uses a command of a message's menu.
    pub async fn uses_on_message(&self, command: &str, message: u64) -> Result<Reaction, PersonError> {
        let pending = self.sandbox.change(|world| {
            let channel = self.visible_message(world, message)?.channel;
            self.can_interact(world, channel)?;
            let locale = self.locale_in(world);
            let offered = world.commands_for(channel, self.id);
            let found = offered
                .into_iter()
                .filter(|known| known.kind == CommandKind::Message)
                .find(|known| {
                    known.name == command || picker::localised(&known.wire, "name", &locale) == command
                })
                .ok_or_else(|| PersonError::new(format!("There is no command `{command}` in the menu.")))?;
            let (id, guild, name) = (found.id, found.guild, found.name.clone());
            let mut resolved = Resolved::default();
            resolved.message(world, message);
            let mut data = json!({
                "id": id.to_string(),
                "name": name,
                "type": 3,
                "target_id": message.to_string(),
            });
            add_guild_and_resolved(&mut data, guild, resolved);
            Ok::<_, PersonError>(self.send(
                world,
                Begin {
                    kind: InteractionKind::Command,
                    channel,
                    user: self.id,
                    data,
                    command: Some(name),
                    from_menu: true,
                    focused_kind: None,
                    opened_by: None,
                    source: None,
                },
            ))
        })?;
        Ok(self.wait_for(pending).await)
    }

    /// Presses a button, named by its label or custom id.
    pub async fn presses(&self, message: u64, button: &str) -> Result<Reaction, PersonError> {
        let pending = self.sandbox.change(|world| {
            let seen = show::message(world, self.id, self.visible_message(world, message)?);
            let found = seen.button(button).ok_or_else(|| {
                let there: Vec<&str> = seen.buttons.iter().map(|button| button.label.as_str()).collect();
                PersonError::new(format!("There is no button `{button}`; there is {there:?}."))
            })?;
            if found.disabled {
                return Err(PersonError::new(format!("The button `{button}` is disabled.")));
            }
            let custom_id = found.custom_id.clone();
            let custom_id =
                custom_id.ok_or_else(|| PersonError::new("A link opens a browser, nothing else."))?;
            self.can_interact(world, seen.channel)?;
            let data = json!({
                "component_type": 2,
                "custom_id": custom_id,
                "id": component_number(world, message, &custom_id),
            });
            Ok(self.send_component(world, seen.channel, message, data))
        })?;
        Ok(self.wait_for(pending).await)
    }

    /// Chooses in a select menu, named by its custom id or placeholder; values by label or value, ids
    /// for users, roles and channels.
    pub async fn selects(&self, message: u64, menu: &str, values: &[&str]) -> Result<Reaction, PersonError> {
        let pending = self.sandbox.change(|world| {
            let seen = show::message(world, self.id, self.visible_message(world, message)?);
            let found =
                seen.select(menu).ok_or_else(|| PersonError::new(format!("There is no menu `{menu}`.")))?;
            if found.disabled {
                return Err(PersonError::new("This menu is disabled."));
            }
            let count = values.len() as u64;
            if count < found.min_values || count > found.max_values {
                return Err(PersonError::new("Too few or too many were chosen."));
            }
            let guild = world.channels.get(&seen.channel).and_then(|channel| channel.guild);
            let mut resolved = Resolved::default();
            let mut chosen: Vec<String> = Vec::new();
            for value in values {
                if found.kind == 3 {
                    let option =
                        found.options.iter().find(|option| option.value == *value || option.label == *value);
                    let option =
                        option.ok_or_else(|| PersonError::new(format!("`{value}` is not offered.")))?;
                    chosen.push(option.value.clone());
                    continue;
                }
                self.resolve_choice(world, guild, found.kind, value, &mut resolved)?;
                chosen.push((*value).to_owned());
            }
            self.can_interact(world, seen.channel)?;
            let mut data = json!({
                "component_type": found.kind,
                "custom_id": found.custom_id,
                "id": component_number(world, message, &found.custom_id),
                "values": chosen,
            });
            add_guild_and_resolved(&mut data, None, resolved);
            Ok(self.send_component(world, seen.channel, message, data))
        })?;
        Ok(self.wait_for(pending).await)
    }

    fn resolve_choice(
        &self,
        world: &World,
        guild: Option<u64>,
        kind: u64,
        value: &str,
        resolved: &mut Resolved,
    ) -> Result<(), PersonError> {
        let wrong = || PersonError::new(format!("`{value}` cannot be chosen here."));
        let id: u64 = value.parse().map_err(|_| wrong())?;
        let is_role =
            guild.and_then(|guild| world.guilds.get(&guild)).is_some_and(|g| g.roles.contains_key(&id));
        match kind {
            5 | 7 if world.users.contains_key(&id) => resolved.user(world, guild, id),
            6 | 7 if is_role => resolved.role(world, guild, id),
            8 if permissions::sees(world, id, self.id) => resolved.channel(world, self.id, id),
            _ => return Err(wrong()),
        }
        Ok(())
    }

    /// Sends a modal, fields by label or custom id; those not named keep what stands in them.
    pub async fn submits(&self, modal: &SeenModal, fields: &[(&str, &str)]) -> Result<Reaction, PersonError> {
        let pending = self.sandbox.change(|world| {
            let open = world.modals.get(&self.id).filter(|open| open.id == modal.id).cloned();
            let open = open.ok_or_else(|| PersonError::new("This form is not open any more."))?;
            let data = open.fill(fields)?;
            let begin = Begin {
                kind: InteractionKind::ModalSubmit,
                channel: open.channel,
                user: self.id,
                data,
                command: None,
                from_menu: false,
                focused_kind: None,
                opened_by: Some(open.opener),
                source: open.source.filter(|source| world.find_message(*source).is_some()),
            };
            Ok::<_, PersonError>(self.send(world, begin))
        })?;
        Ok(self.wait_for(pending).await)
    }

    /// A message that this person sees.
    pub(super) fn visible_message<'a>(
        &self,
        world: &'a World,
        message: u64,
    ) -> Result<&'a Message, PersonError> {
        let found =
            world.find_message(message).filter(|found| found.visible_to.is_none_or(|only| only == self.id));
        let found = found.ok_or_else(|| PersonError::new("This message is gone."))?;
        visible(world, found.channel, self.id)?;
        Ok(found)
    }

    /// Commands cannot be used in archived threads (Discord docs, topics/threads); of components there
    /// nothing is documented, so the sandbox takes the worse case and refuses them too.
    fn can_interact(&self, world: &World, channel: u64) -> Result<(), PersonError> {
        let found = visible(world, channel, self.id)?;
        if found.thread.as_ref().is_some_and(|thread| thread.archived) {
            return Err(PersonError::new("This thread is archived."));
        }
        let guild = found.guild.and_then(|guild| world.guilds.get(&guild));
        let member = guild.and_then(|guild| guild.members.get(&self.id));
        let timed_out =
            member.and_then(|member| member.timed_out_until).is_some_and(|until| until > world.now_ms());
        if timed_out { Err(PersonError::new("You are timed out.")) } else { Ok(()) }
    }

    fn locale_in(&self, world: &World) -> String {
        world.users.get(&self.id).map(|user| user.locale.clone()).unwrap_or_default()
    }

    /// Sends what a component was used for.
    pub(super) fn send_component(
        &self,
        world: &mut World,
        channel: u64,
        message: u64,
        data: Value,
    ) -> Pending {
        let begin = Begin {
            kind: InteractionKind::Component,
            channel,
            user: self.id,
            data,
            command: None,
            from_menu: false,
            focused_kind: None,
            opened_by: None,
            source: Some(message),
        };
        self.send(world, begin)
    }

    /// Sends an interaction.
    #[expect(clippy::unused_self, reason = "reads as what the person does")]
    pub(super) fn send(&self, world: &mut World, what: Begin) -> Pending {
        let (id, answer) = begin(world, what);
        Pending { id, since: Instant::now(), answer }
    }

    async fn first_answer(&self, pending: Pending) -> Result<(Answer, Duration), Duration> {
        let Pending { id, since, mut answer } = pending;
        let waited = tokio::time::timeout_at(since + FIRST_ANSWER, &mut answer).await;
        let took = since.elapsed();
        if let Ok(Ok(answer)) = waited {
            return Ok((answer, took));
        }
        // An answer and the end of the wait may cross; the world's lock decides which was first.
        let late = self.sandbox.change(|world| {
            if let Ok(answer) = answer.try_recv() {
                return Some(answer);
            }
            if let Some(found) = world.interactions.get_mut(&id) {
                found.progress = Progress::Failed;
                found.waiting = None;
            }
            None
        });
        late.map(|answer| (answer, took)).ok_or(took)
    }

    /// Waits for the first answer and shows it.
    pub(super) async fn wait_for(&self, pending: Pending) -> Reaction {
        let interaction = pending.id;
        let (answer, took) = match self.first_answer(pending).await {
            Ok(answered) => answered,
            Err(took) => {
                let outcome = Outcome::Failed("The application did not respond".to_owned());
                return Reaction { outcome, took, interaction };
            }
        };
        let gone = || Outcome::Failed("The answer was gone before it could be read".to_owned());
        let outcome = match answer {
            Answer::Message(id) => self.sees_message(id).map_or_else(gone, Outcome::Message),
            Answer::Updated(id) => self.sees_message(id).map_or_else(gone, Outcome::Updated),
            Answer::DeferredMessage(id) => self.sees_message(id).map_or_else(gone, Outcome::Deferred),
            Answer::DeferredUpdate => Outcome::DeferredUpdate,
            Answer::Modal => self.open_modal().map_or_else(gone, Outcome::Modal),
            Answer::Choices(_) => Outcome::Failed("Suggestions are no answer".to_owned()),
        };
        Reaction { outcome, took, interaction }
    }
}

/// The number that Discord gave a component of a message.
fn component_number(world: &World, message: u64, custom_id: &str) -> u64 {
    let mut number = 0;
    let components = world.find_message(message).map(|message| message.components.as_slice());
    validate::walk(components.unwrap_or_default(), "", &mut |component, _| {
        if component["custom_id"] == custom_id {
            number = component["id"].as_u64().unwrap_or_default();
        }
    });
    number
}

fn add_guild_and_resolved(data: &mut Value, guild: Option<u64>, resolved: Resolved) {
    if let Some(guild) = guild {
        data["guild_id"] = json!(guild.to_string());
    }
    if !resolved.is_empty() {
        data["resolved"] = resolved.into_value();
    }
}
