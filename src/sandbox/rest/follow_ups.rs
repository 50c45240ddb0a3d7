//! What comes after the first answer: follow-ups, and changes to the original
//! (Discord docs, interactions/receiving-and-responding: followup messages).

use super::{Reply, Request, access, messages, uploads};
use crate::sandbox::{
    refusal::{self, Refusal},
    validate::{self, Place},
    world::{Draft, Message, MessageKind, Progress, World, flags, render},
};

/// What is needed of the interaction.
struct Continued {
    id: u64,
    channel: u64,
    user: u64,
    original: Option<u64>,
    loading: bool,
}

fn continued(world: &World, request: &Request) -> Result<Continued, Refusal> {
    let found = world.continued(request.id("application")?, request.text("token"))?;
    let loading = found.progress == Progress::DeferredMessage
        && found
            .original
            .and_then(|id| world.find_message(id))
            .is_some_and(|message| message.flags & flags::LOADING != 0);
    Ok(Continued {
        id: found.id,
        channel: found.channel,
        user: found.user,
        original: found.original,
        loading,
    })
}

pub(super) fn create(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let on = continued(world, request)?;
    if on.loading {
        // Directly after a deferred answer this fills the loading message.
        return edit_message(world, request, on.original);
    }
    let mut draft: Draft = validate::message(&request.body, &request.files, Place::Interaction, 0, false)?;
    uploads::check_listed(&request.body, &request.files, &[])?;
    let ephemeral = draft.flags & flags::EPHEMERAL != 0;
    if !ephemeral {
        writable(world, on.channel)?;
    }
    draft.visible_to = ephemeral.then_some(on.user);
    draft.attachments = uploads::store(world, on.channel, &request.body, &request.files, ephemeral);
    draft.embeds = uploads::shown_in_embeds(world, draft.embeds, &draft.attachments);
    draft.interaction = Some(on.id);
    draft.reply_to = on.original.filter(|id| world.find_message(*id).is_some());
    draft.kind = draft.reply_to.map_or(MessageKind::Default, |_| MessageKind::Reply);
    draft.allowed.replied_user = false;
    let bot = world.app.bot_id;
    let id = world.post(on.channel, bot, draft);
    if let Some(found) = world.interactions.get_mut(&on.id) {
        found.follow_ups.push(id);
        found.progress = Progress::Answered;
    }
    let message = world.find_message(id).ok_or_else(refusal::unknown_message)?;
    Ok(Reply::ok(render::message(world, message)))
}

/// A locked thread takes messages from moderators alone, by whichever way they come.
fn writable(world: &World, channel: u64) -> Result<(), Refusal> {
    let locked = world.channel(channel)?.thread.as_ref().is_some_and(|thread| thread.locked);
    if locked && !access::manages_threads(world, channel) {
        return Err(refusal::locked_thread());
    }
    Ok(())
}

fn message_of(world: &World, on: &Continued, id: u64) -> Result<Message, Refusal> {
    let known = world.interactions.get(&on.id).is_some_and(|found| {
        found.follow_ups.contains(&id) || found.original == Some(id) || found.source_message == Some(id)
    });
    let message = world.find_message(id).filter(|_| known);
    message.cloned().ok_or_else(refusal::unknown_message)
}

pub(super) fn get_original(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let on = continued(world, request)?;
    let id = on.original.ok_or_else(refusal::unknown_message)?;
    let message = message_of(world, &on, id)?;
    Ok(Reply::ok(render::message(world, &message)))
}

pub(super) fn edit_original(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let on = continued(world, request)?;
    edit_message(world, request, on.original)
}

pub(super) fn delete_original(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let on = continued(world, request)?;
    remove(world, &on, on.original)
}

pub(super) fn get(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let on = continued(world, request)?;
    let message = message_of(world, &on, request.id("message")?)?;
    Ok(Reply::ok(render::message(world, &message)))
}

pub(super) fn edit(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let id = request.id("message")?;
    edit_message(world, request, Some(id))
}

pub(super) fn delete(world: &mut World, request: &Request) -> Result<Reply, Refusal> {
    let on = continued(world, request)?;
    let id = request.id("message")?;
    remove(world, &on, Some(id))
}

fn edit_message(world: &mut World, request: &Request, id: Option<u64>) -> Result<Reply, Refusal> {
    let on = continued(world, request)?;
    let message = message_of(world, &on, id.ok_or_else(refusal::unknown_message)?)?;
    if message.visible_to.is_none() {
        access::to_change(world, message.channel)?;
    }
    let was_loading = message.flags & flags::LOADING != 0;
    messages::apply_edit(world, &message, request, Place::Interaction)?;
    if let Some(found) = world.interactions.get_mut(&on.id)
        && (was_loading || found.progress == Progress::DeferredUpdate)
    {
        found.progress = Progress::Answered;
    }
    let message = world.find_message(message.id).ok_or_else(refusal::unknown_message)?;
    Ok(Reply::ok(render::message(world, message)))
}

fn remove(world: &mut World, on: &Continued, id: Option<u64>) -> Result<Reply, Refusal> {
    let message = message_of(world, on, id.ok_or_else(refusal::unknown_message)?)?;
    world.delete_message(message.id);
    Ok(Reply::nothing())
}
