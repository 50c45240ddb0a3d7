//! Interactions and their two lives: three seconds to the first answer, then fifteen minutes of the
//! token (Discord docs, interactions/receiving-and-responding: interaction callback).
//!
//! The first answer wins; a second is refused with 40060, one after the three seconds with 10062.

use serde_json::Value;
use tokio::sync::oneshot;

use super::{Origin, World};
use crate::sandbox::refusal::{self, Refusal};

/// So long the first answer may take.
pub(crate) const FIRST_ANSWER_MS: u64 = 3_000;
/// So long the token is good for more.
pub(crate) const TOKEN_LIFE_MS: u64 = 15 * 60_000;
/// So long a dead token is remembered, to be told apart from one that never was.
const REMEMBERED_MS: u64 = 60 * 60_000;

/// What happened (Discord docs, interactions/receiving-and-responding: interaction type).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InteractionKind {
    Command = 2,
    Component = 3,
    Autocomplete = 4,
    ModalSubmit = 5,
}

/// How far the answering has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    Waiting,
    /// A loading message stands; the first follow-up fills it.
    DeferredMessage,
    DeferredUpdate,
    Answered,
    Failed,
}

/// What the first callback did.
#[derive(Debug)]
pub(crate) enum Answer {
    Message(u64),
    Updated(u64),
    DeferredMessage(u64),
    DeferredUpdate,
    Modal,
    Choices(Vec<Value>),
}

/// One interaction.
#[derive(Debug)]
pub(crate) struct Interaction {
    pub(crate) id: u64,
    pub(crate) token: String,
    pub(crate) kind: InteractionKind,
    pub(crate) guild: Option<u64>,
    pub(crate) channel: u64,
    pub(crate) user: u64,
    pub(crate) created_ms: u64,
    /// The command's full name, for commands.
    pub(crate) command: Option<String>,
    /// Whether it is a menu command rather than a slash command.
    pub(crate) from_menu: bool,
    /// The type of the option that is being typed, for autocomplete.
    pub(crate) focused_kind: Option<u64>,
    /// The interaction that opened the modal.
    pub(crate) opened_by: Option<u64>,
    /// The message whose component was used, also for a modal opened from there.
    pub(crate) source_message: Option<u64>,
    pub(crate) progress: Progress,
    /// The message that `@original` means.
    pub(crate) original: Option<u64>,
    pub(crate) follow_ups: Vec<u64>,
    pub(crate) waiting: Option<oneshot::Sender<Answer>>,
}

impl World {
    /// The interaction a callback is for, if it may still be answered.
    pub(crate) fn answerable(&mut self, id: u64, token: &str) -> Result<&mut Interaction, Refusal> {
        let now = self.now_ms();
        let found = self.interactions.get_mut(&id).ok_or_else(refusal::unknown_interaction)?;
        if found.token != token {
            return Err(refusal::unknown_interaction());
        }
        match found.progress {
            Progress::Waiting if found.created_ms + FIRST_ANSWER_MS >= now => Ok(found),
            Progress::Waiting => {
                found.progress = Progress::Failed;
                found.waiting = None;
                Err(refusal::unknown_interaction())
            }
            Progress::Failed => Err(refusal::unknown_interaction()),
            _ => Err(refusal::already_acknowledged()),
        }
    }

    /// The interaction whose token is used as a webhook, if it was answered in time and is still young.
    pub(crate) fn continued(&self, application: u64, token: &str) -> Result<&Interaction, Refusal> {
        let known = self.tokens.get(token).and_then(|id| self.interactions.get(id));
        let found = known.filter(|_| application == self.app.id).ok_or_else(refusal::unknown_webhook)?;
        if found.created_ms + TOKEN_LIFE_MS <= self.now_ms() {
            return Err(refusal::bad_webhook_token());
        }
        match found.progress {
            Progress::Waiting | Progress::Failed => Err(refusal::unknown_webhook()),
            _ => Ok(found),
        }
    }

    /// Lets what was not answered in time fail, and forgets what is long over.
    pub(crate) fn expire_interactions(&mut self) {
        let now = self.now_ms();
        for interaction in self.interactions.values_mut() {
            if interaction.progress == Progress::Waiting && interaction.created_ms + FIRST_ANSWER_MS < now {
                interaction.progress = Progress::Failed;
                interaction.waiting = None;
            }
        }
        let gone = |interaction: &Interaction| interaction.created_ms + REMEMBERED_MS < now;
        self.tokens.retain(|_, id| !self.interactions.get(id).is_none_or(gone));
        self.interactions.retain(|_, interaction| !gone(interaction));
    }

    /// Keeps the number of interactions bounded; who waits for one that is dropped sees it fail.
    pub(crate) fn forget_oldest_interactions(&mut self) {
        while self.interactions.len() > self.options.remembered_interactions.max(1) {
            if let Some((_, oldest)) = self.interactions.pop_first() {
                self.tokens.remove(&oldest.token);
            }
        }
    }

    /// What opened a modal; a forged one names itself, since Discord always names something.
    fn opener_of(&self, modal: &Interaction) -> Origin {
        let known = modal.opened_by.and_then(|opener| self.origin_of(opener));
        known.unwrap_or(Origin {
            interaction: modal.id,
            kind: InteractionKind::Command as u8,
            command: None,
            user: modal.user,
            pressed_message: None,
            first_answer: None,
            opened_by: None,
        })
    }

    /// What a message says about the interaction it answers.
    pub(crate) fn origin_of(&self, interaction: u64) -> Option<Origin> {
        let found = self.interactions.get(&interaction)?;
        let opened_by = match found.kind {
            InteractionKind::ModalSubmit => Some(self.opener_of(found)),
            _ => None,
        };
        Some(Origin {
            interaction,
            kind: found.kind as u8,
            command: found.command.clone(),
            user: found.user,
            pressed_message: found.source_message.filter(|_| found.kind == InteractionKind::Component),
            first_answer: found.original,
            opened_by: opened_by.map(Box::new),
        })
    }
}
