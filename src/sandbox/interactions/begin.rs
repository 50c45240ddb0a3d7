//! Starting an interaction.

use serde_json::Value;
use tokio::sync::oneshot;

use super::payload;
use crate::sandbox::{
    token,
    world::{Answer, Interaction, InteractionKind, Progress, World},
};

/// What an interaction is about.
pub(crate) struct Begin {
    pub(crate) kind: InteractionKind,
    pub(crate) channel: u64,
    pub(crate) user: u64,
    pub(crate) data: Value,
    /// The command's full name, for commands.
    pub(crate) command: Option<String>,
    pub(crate) from_menu: bool,
    pub(crate) focused_kind: Option<u64>,
    /// The interaction that opened the modal.
    pub(crate) opened_by: Option<u64>,
    /// The message whose component was used, also for a modal opened from there.
    pub(crate) source: Option<u64>,
}

/// Records the interaction and sends it; the first answer arrives at the receiver, which is closed
/// without one when the interaction fails.
pub(crate) fn begin(world: &mut World, what: Begin) -> (u64, oneshot::Receiver<Answer>) {
    let id = world.next_id();
    let token = token::interaction_token();
    let guild = world.channels.get(&what.channel).and_then(|channel| channel.guild);
    let (sender, receiver) = oneshot::channel();
    let interaction = Interaction {
        id,
        token: token.clone(),
        kind: what.kind,
        guild,
        channel: what.channel,
        user: what.user,
        created_ms: world.now_ms(),
        command: what.command,
        from_menu: what.from_menu,
        focused_kind: what.focused_kind,
        opened_by: what.opened_by,
        source_message: what.source,
        progress: Progress::Waiting,
        original: None,
        follow_ups: Vec::new(),
        waiting: Some(sender),
    };
    let wire = payload::wire(world, &interaction, &what.data);
    world.tokens.insert(token, id);
    world.interactions.insert(id, interaction);
    world.forget_oldest_interactions();
    world.tell_interaction(guild, &wire);
    (id, receiver)
}
