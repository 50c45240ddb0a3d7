//! The first answer to an interaction (Discord docs, interactions/receiving-and-responding).

use serde_json::{Value, json};

use super::{Reply, Request, uploads};
use crate::sandbox::{
    people::OpenModal,
    refusal::{self, FormFaults, Refusal, bad_form, below},
    validate::{self, Place},
    world::{Answer, Draft, InteractionKind, MessageKind, Progress, World, flags, render},
};

/// Callback types.
const MESSAGE: u64 = 4;
const DEFER_MESSAGE: u64 = 5;
const DEFER_UPDATE: u64 = 6;
const UPDATE: u64 = 7;
const CHOICES: u64 = 8;
const MODAL: u64 = 9;

/// What is needed of the interaction while it is answered.
struct Asked {
    id: u64,
    kind: InteractionKind,
    channel: u64,
    user: u64,
    source: Option<u64>,
    from_menu: bool,
}

pub(super) fn respond(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = request.id("interaction")?;
    let found = world.answerable(id, request.text("token"))?;
    let asked = Asked {
        id,
        kind: found.kind,
        channel: found.channel,
        user: found.user,
        source: found.source_message,
        from_menu: found.from_menu,
    };
    let kind = request.body["type"].as_u64().unwrap_or_default();
    check_kind(&asked, kind)?;
    let data = &request.body["data"];
    let (answer, progress) = match kind {
        MESSAGE => (post(world, &asked, request)?, Progress::Answered),
        DEFER_MESSAGE => (defer(world, &asked, data), Progress::DeferredMessage),
        DEFER_UPDATE => (Answer::DeferredUpdate, Progress::DeferredUpdate),
        UPDATE => (update(world, &asked, request)?, Progress::Answered),
        CHOICES => (choices(world, &asked, data)?, Progress::Answered),
        _ => (open_modal(world, &asked, data)?, Progress::Answered),
    };
    let message = match &answer {
        Answer::Message(id) | Answer::Updated(id) | Answer::DeferredMessage(id) => Some(*id),
        _ => None,
    };
    let original = message.or(asked.source.filter(|_| kind == DEFER_UPDATE));
    if let Some(found) = world.interactions.get_mut(&id) {
        found.progress = progress;
        found.original = original;
        if let Some(waiting) = found.waiting.take() {
            // The person may have stopped waiting; the answer stands all the same.
            let _ = waiting.send(answer);
        }
    }
    if asked.kind == InteractionKind::ModalSubmit {
        world.modals.remove(&asked.user);
    }
    if !request.is_on("with_response") {
        return Ok(Reply::nothing());
    }
    Ok(Reply::ok(describe(world, &asked, kind, message)))
}

/// Not every answer fits every question.
fn check_kind(asked: &Asked, kind: u64) -> Result<(), Refusal> {
    let fits = match asked.kind {
        InteractionKind::Command => matches!(kind, MESSAGE | DEFER_MESSAGE | MODAL),
        InteractionKind::Component => matches!(kind, MESSAGE..=UPDATE | MODAL),
        InteractionKind::Autocomplete => kind == CHOICES,
        InteractionKind::ModalSubmit if asked.source.is_some() => matches!(kind, MESSAGE..=UPDATE),
        InteractionKind::ModalSubmit => matches!(kind, MESSAGE | DEFER_MESSAGE),
    };
    if fits {
        return Ok(());
    }
    Err(bad_form("type", "BASE_TYPE_CHOICES", "The callback type does not fit this interaction."))
}

fn post(world: &mut World, asked: &Asked, request: &Request) -> Result<Answer, Refusal> {
    let data = &request.body["data"];
    let draft = nested(validate::message(data, &request.files, Place::Interaction, 0, false))?;
    nested(uploads::check_listed(data, &request.files, &[]))?;
    let id = put(world, asked, draft, data, request);
    Ok(Answer::Message(id))
}

/// Faults of the data are named below `data`.
fn nested<T>(checked: Result<T, Refusal>) -> Result<T, Refusal> {
    checked.map_err(|mut refusal| {
        refusal.errors = refusal.errors.map(|errors| json!({ "data": errors }));
        refusal
    })
}

fn put(world: &mut World, asked: &Asked, mut draft: Draft, data: &Value, request: &Request) -> u64 {
    let ephemeral = draft.flags & flags::EPHEMERAL != 0;
    draft.visible_to = ephemeral.then_some(asked.user);
    draft.attachments = uploads::store(world, asked.channel, data, &request.files, ephemeral);
    draft.embeds = uploads::shown_in_embeds(world, draft.embeds, &draft.attachments);
    shape(asked, &mut draft);
    let bot = world.app.bot_id;
    world.post(asked.channel, bot, draft)
}

/// How an answer looks in the channel: below the command that was used, or as a reply to the message.
fn shape(asked: &Asked, draft: &mut Draft) {
    draft.interaction = Some(asked.id);
    draft.allowed.replied_user = false;
    match asked.kind {
        InteractionKind::Command if asked.from_menu => draft.kind = MessageKind::ContextMenuCommand,
        InteractionKind::Command => draft.kind = MessageKind::ChatInputCommand,
        _ => {
            draft.reply_to = asked.source;
            draft.kind = asked.source.map_or(MessageKind::Default, |_| MessageKind::Reply);
        }
    }
}

/// Only the ephemeral flag counts while deferring.
fn defer(world: &mut World, asked: &Asked, data: &Value) -> Answer {
    let mut draft = Draft::text("");
    let ephemeral = data["flags"].as_u64().unwrap_or_default() & flags::EPHEMERAL;
    draft.flags = flags::LOADING | ephemeral;
    draft.visible_to = (ephemeral != 0).then_some(asked.user);
    shape(asked, &mut draft);
    let bot = world.app.bot_id;
    Answer::DeferredMessage(world.post(asked.channel, bot, draft))
}

fn update(world: &mut World, asked: &Asked, request: &Request) -> Result<Answer, Refusal> {
    let source = asked.source.ok_or_else(refusal::unknown_message)?;
    let message = world.find_message(source).cloned().ok_or_else(refusal::unknown_message)?;
    let inner = Request {
        params: Vec::new(),
        query: std::collections::HashMap::new(),
        body: request.body["data"].clone(),
        files: request.files.clone(),
    };
    nested(super::messages::apply_edit(world, &message, &inner, Place::Interaction))?;
    Ok(Answer::Updated(source))
}

fn choices(world: &World, asked: &Asked, data: &Value) -> Result<Answer, Refusal> {
    let list = data["choices"].as_array().cloned();
    let list =
        list.ok_or_else(|| bad_form("data.choices", "BASE_TYPE_REQUIRED", "This field is required"))?;
    let mut faults = FormFaults::default();
    if list.len() > 25 {
        faults.add("data.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
    }
    let kind = world.interactions.get(&asked.id).and_then(|found| found.focused_kind).unwrap_or(3);
    for (index, choice) in list.iter().enumerate() {
        validate::check_choice(choice, kind, &below("data.choices", index), &mut faults);
    }
    faults.into_result()?;
    Ok(Answer::Choices(list))
}

fn open_modal(world: &mut World, asked: &Asked, data: &Value) -> Result<Answer, Refusal> {
    validate::modal(data)?;
    let id = world.next_id();
    let modal =
        OpenModal { id, channel: asked.channel, opener: asked.id, source: asked.source, form: data.clone() };
    world.modals.insert(asked.user, modal);
    Ok(Answer::Modal)
}

fn describe(world: &World, asked: &Asked, kind: u64, message: Option<u64>) -> Value {
    let mut wire = json!({
        "interaction": { "id": asked.id.to_string(), "type": asked.kind as u8 },
        "resource": { "type": kind },
    });
    let Some(message) = message.and_then(|id| world.find_message(id)) else { return wire };
    wire["interaction"]["response_message_id"] = json!(message.id.to_string());
    wire["interaction"]["response_message_loading"] = json!(message.flags & flags::LOADING != 0);
    wire["interaction"]["response_message_ephemeral"] = json!(render::is_ephemeral(message));
    if kind == MESSAGE || kind == UPDATE {
        wire["resource"]["message"] = render::message(world, message);
    }
    wire
}
