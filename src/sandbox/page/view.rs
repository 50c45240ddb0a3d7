//! What is on one person's screen, as the JSON that the page shows.
//!
//! Built from what the people API says the person sees; texts and embeds stay as the bot wrote them, since
//! the page renders their Markdown, names and times itself. Ids are text. Parts of a view may be a moment
//! apart when the world changes meanwhile; that change then brings the next view.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{
    Page,
    id::Id,
    places::{self, Account, Me, Named, Place, Rank},
};
use crate::sandbox::{
    Person, SeenAttachment, SeenButton, SeenCommand, SeenField, SeenMessage, SeenModal, SeenOption,
    SeenSelect, SeenSelectOption, permissions,
    world::{MessageKind, World},
};

/// So many messages of the open channel are shown.
const SHOWN_MESSAGES: usize = 100;

/// The whole screen.
#[derive(Debug, Serialize)]
struct View {
    person: Me,
    guilds: Vec<Named>,
    channels: Vec<Place>,
    /// The open one.
    channel: Option<Place>,
    messages: Vec<Line>,
    commands: Vec<Offer>,
    modal: Option<Form>,
    users: Vec<Account>,
    roles: Vec<Rank>,
}

/// A message.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks, each shown by itself")]
struct Line {
    id: Id,
    author: Author,
    content: String,
    /// What Discord itself says in a message of its own.
    system: Option<Notice>,
    /// As Discord sends them.
    embeds: Vec<Value>,
    rows: Vec<Vec<Control>>,
    attachments: Vec<File>,
    command: Option<Used>,
    reply: Option<Reply>,
    ephemeral: bool,
    loading: bool,
    edited: bool,
    mentions_me: bool,
    deletable: bool,
}

#[derive(Debug, Serialize)]
struct Author {
    id: Id,
    name: String,
    bot: bool,
}

#[derive(Debug, Serialize)]
struct Notice {
    kind: &'static str,
    about: String,
}

/// The command that a message answers, and who used it.
#[derive(Debug, Serialize)]
struct Used {
    user: Author,
    name: String,
}

#[derive(Debug, Serialize)]
struct Reply {
    author: String,
    content: String,
}

#[derive(Debug, Serialize)]
struct File {
    name: String,
    size: usize,
    content_type: Option<String>,
    url: String,
}

/// A button or a select menu.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Control {
    Button {
        label: String,
        emoji: Option<String>,
        custom_id: Option<String>,
        style: u64,
        url: Option<String>,
        disabled: bool,
    },
    Select {
        custom_id: String,
        placeholder: Option<String>,
        options: Vec<Entry>,
        min: u64,
        max: u64,
        disabled: bool,
    },
}

#[derive(Debug, Serialize)]
struct Entry {
    label: String,
    value: String,
    description: Option<String>,
    default: bool,
}

/// A command the person is offered.
#[derive(Debug, Serialize)]
struct Offer {
    kind: &'static str,
    path: String,
    shown: String,
    description: String,
    app: String,
    options: Vec<Blank>,
}

/// An option to fill in.
#[derive(Debug, Serialize)]
struct Blank {
    name: String,
    shown: String,
    description: String,
    kind: &'static str,
    required: bool,
    autocomplete: bool,
    choices: Vec<Pick>,
    channel_types: Vec<u64>,
}

/// A choice; its value is sent back as text.
#[derive(Debug, Serialize)]
pub(super) struct Pick {
    name: String,
    value: String,
}

/// An open form.
#[derive(Debug, Serialize)]
struct Form {
    key: Id,
    title: String,
    app: String,
    fields: Vec<Field>,
}

#[derive(Debug, Serialize)]
struct Field {
    custom_id: String,
    label: String,
    description: Option<String>,
    style: &'static str,
    placeholder: Option<String>,
    value: String,
    required: bool,
    min: Option<u64>,
    max: Option<u64>,
    options: Vec<Entry>,
}

/// The person's screen with that channel open, or their first one; `looking` marks it as read.
pub(super) fn of(page: &Page, person: &Person, wish: Option<Id>, looking: bool) -> String {
    let mut channels = places::places(page, person);
    let readable = || channels.iter().enumerate().filter(|(_, place)| place.is_readable());
    let open = readable().find(|(_, place)| Some(place.id) == wish).or_else(|| readable().next());
    let open = open.map(|(index, _)| index);
    let seen = open.map(|index| person.sees(channels[index].id.0)).unwrap_or_default();
    if let (Some(index), true) = (open, looking) {
        let last = seen.iter().map(|message| message.id).max().unwrap_or_default();
        page.reads.read_to(person.id(), channels[index].id.0, last);
        channels[index].read();
    }
    let commands = open.map(|index| person.commands(channels[index].id.0)).unwrap_or_default();
    let modal = person.open_modal();
    let view = page.sandbox.read(|world| View {
        person: places::me(world, person),
        guilds: places::guilds(world, person.id()),
        channel: open.map(|index| channels[index].clone()),
        messages: lines(world, person.id(), seen),
        commands: commands.into_iter().map(|command| offer(&world.app.name, command)).collect(),
        modal: modal.map(|modal| form(&world.app.name, modal)),
        users: places::accounts(world, person.id()),
        roles: places::ranks(world, person.id()),
        channels,
    });
    serde_json::to_string(&view).expect("a view has text keys only")
}

fn lines(world: &World, viewer: u64, seen: Vec<SeenMessage>) -> Vec<Line> {
    let skipped = seen.len().saturating_sub(SHOWN_MESSAGES);
    seen.into_iter().skip(skipped).filter_map(|message| line(world, viewer, message)).collect()
}

/// A message that went away since it was seen is left out.
fn line(world: &World, viewer: u64, seen: SeenMessage) -> Option<Line> {
    let message = world.find_message(seen.id)?;
    let guild = world.channels.get(&message.channel).and_then(|channel| channel.guild);
    let may_delete = permissions::may(world, message.channel, viewer, permissions::MANAGE_MESSAGES);
    let account = |user: u64| Author {
        id: Id(user),
        name: world.display_name(guild, user),
        bot: world.users.get(&user).is_some_and(|user| user.bot),
    };
    let used = message.interaction.as_ref().and_then(|origin| {
        let name = format!("/{}", origin.command.as_ref()?);
        Some(Used { user: account(origin.user), name })
    });
    let reply = seen.reply_to.and_then(|id| reply(world, viewer, guild, id));
    let notice = notice(message.kind).map(|kind| Notice {
        kind,
        about: match message.mentions.users.first() {
            Some(user) => world.display_name(guild, *user),
            None => message.content.clone(),
        },
    });
    Some(Line {
        id: Id(seen.id),
        author: account(seen.author_id),
        content: seen.content,
        system: notice,
        embeds: message.embeds.clone(),
        rows: rows(seen.buttons, seen.selects),
        attachments: seen.attachments.into_iter().map(|file| attachment(&world.origin, file)).collect(),
        command: used,
        reply,
        ephemeral: seen.ephemeral,
        loading: seen.loading,
        edited: seen.edited,
        mentions_me: seen.pings_me,
        deletable: !seen.ephemeral && (message.author == viewer || may_delete),
    })
}

/// The beginning of an answered message, or nothing when this person may not see it.
fn reply(world: &World, viewer: u64, guild: Option<u64>, answered: u64) -> Option<Reply> {
    let answered = world.find_message(answered)?;
    if answered.visible_to.is_some_and(|only| only != viewer) {
        return None;
    }
    let title = answered.embeds.iter().find_map(|embed| embed["title"].as_str()).unwrap_or_default();
    let content = if answered.content.is_empty() { title } else { &answered.content };
    Some(Reply { author: world.display_name(guild, answered.author), content: content.to_owned() })
}

fn notice(kind: MessageKind) -> Option<&'static str> {
    match kind {
        MessageKind::RecipientAdd => Some("added"),
        MessageKind::RecipientRemove => Some("removed"),
        MessageKind::ChannelNameChange => Some("renamed"),
        MessageKind::Default
        | MessageKind::Reply
        | MessageKind::ChatInputCommand
        | MessageKind::ContextMenuCommand => None,
    }
}

fn rows(buttons: Vec<SeenButton>, selects: Vec<SeenSelect>) -> Vec<Vec<Control>> {
    let mut rows: BTreeMap<usize, Vec<Control>> = BTreeMap::new();
    for button in buttons {
        let SeenButton { row, label, emoji, custom_id, style, disabled, url } = button;
        rows.entry(row).or_default().push(Control::Button { label, emoji, custom_id, style, url, disabled });
    }
    for select in selects {
        rows.entry(select.row).or_default().push(Control::Select {
            custom_id: select.custom_id,
            placeholder: select.placeholder,
            options: select.options.into_iter().map(entry).collect(),
            min: select.min_values,
            max: select.max_values,
            disabled: select.disabled,
        });
    }
    rows.into_values().collect()
}

fn entry(option: SeenSelectOption) -> Entry {
    let SeenSelectOption { label, value, description, default } = option;
    Entry { label, value, description, default }
}

/// The page may be open under another loopback name, so files of the sandbox get their path alone.
fn attachment(origin: &str, file: SeenAttachment) -> File {
    let url = file.url.strip_prefix(origin).unwrap_or(&file.url).to_owned();
    File { name: file.file_name, size: file.size, content_type: file.content_type, url }
}

fn offer(app: &str, command: SeenCommand) -> Offer {
    Offer {
        kind: match command.kind {
            2 => "user",
            3 => "message",
            _ => "chat",
        },
        path: command.name,
        shown: command.shown_name,
        description: command.description,
        app: app.to_owned(),
        options: command.options.into_iter().map(blank).collect(),
    }
}

fn blank(option: SeenOption) -> Blank {
    Blank {
        kind: super::form::kind_name(option.kind),
        name: option.name,
        shown: option.shown_name,
        description: option.description,
        required: option.required,
        autocomplete: option.autocomplete,
        choices: option.choices.into_iter().map(Pick::from).collect(),
        channel_types: option.channel_types,
    }
}

impl From<crate::sandbox::SeenChoice> for Pick {
    fn from(choice: crate::sandbox::SeenChoice) -> Self {
        let value = choice.value.as_str().map_or_else(|| choice.value.to_string(), str::to_owned);
        Self { name: choice.name, value }
    }
}

fn form(app: &str, modal: SeenModal) -> Form {
    Form {
        key: Id(modal.id),
        title: modal.title,
        app: app.to_owned(),
        fields: modal.fields.into_iter().map(field).collect(),
    }
}

fn field(field: SeenField) -> Field {
    Field {
        style: match (field.kind, field.long) {
            (3, _) => "select",
            (_, true) => "paragraph",
            (_, false) => "short",
        },
        custom_id: field.custom_id,
        label: field.label,
        description: field.description,
        placeholder: field.placeholder,
        value: field.value,
        required: field.required,
        min: field.min_length,
        max: field.max_length,
        options: field.options.into_iter().map(entry).collect(),
    }
}
