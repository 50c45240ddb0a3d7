//! What a handler is called with: who acts, where, and what they gave.

use std::collections::HashMap;

use serenity::model::application::{ActionRowComponent, ModalInteraction, ResolvedOption, ResolvedValue};
use serenity::model::channel::{Attachment, Message, PartialChannel};
use serenity::model::guild::{PartialMember, Role};
use serenity::model::id::InteractionId;
use serenity::model::user::User;

use super::Cx;
use super::reply::{Failure, Mistake};
use crate::desk::{Refusal, ReplyToken, SetUp};
use crate::domain::actor::Actor;
use crate::domain::article::Language;
use crate::domain::id::{ChannelId, MessageId, TicketNumber};
use crate::domain::job::InteractionToken;
use crate::store::TicketKey;

/// An interaction's token lives for 15 minutes; a minute is kept for the way.
const TOKEN_LIFE: std::time::Duration = std::time::Duration::from_mins(14);

/// Who acts and where.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) cx: &'a Cx,
    pub(crate) actor: Actor,
    /// The server's desk, where the action asks for it and there is one.
    pub(crate) set_up: Option<SetUp>,
    pub(crate) place: Place,
    /// The message whose button, select or form this is.
    pub(crate) pressed: Option<Pressed>,
    pub(crate) interaction: InteractionId,
    pub(crate) token: InteractionToken,
}

/// Where somebody acts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) channel: ChannelId,
    pub(crate) is_thread: bool,
}

/// The message whose button, select or form this is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pressed {
    pub(crate) message: MessageId,
    /// Whether only this person sees it, so that it can hold nobody's card.
    pub(crate) is_ephemeral: bool,
}

impl Call<'_> {
    /// The language of what only this person reads.
    pub(crate) fn language(&self) -> Language {
        self.actor.language
    }

    /// The server's desk.
    pub(crate) fn set_up(&self) -> Result<&SetUp, Failure> {
        Ok(self.set_up.as_ref().ok_or(Refusal::NotSetUp)?)
    }

    /// Which ticket is meant: the one of the number, or the one whose thread this is.
    pub(crate) fn ticket(&self, given: &Given<'_>) -> Result<TicketKey, Failure> {
        match given.number("number") {
            Some(number) => Ok(TicketKey::Number(TicketNumber(number))),
            None if self.place.is_thread => Ok(TicketKey::Thread(self.place.channel)),
            None => Err(Mistake::NumberMissing.into()),
        }
    }

    /// The open answer in which this person waits for a link.
    pub(crate) fn reply_token(&self) -> ReplyToken {
        ReplyToken { token: self.token.clone(), expires_at: self.cx.desk.clock.now() + TOKEN_LIFE }
    }
}

/// The options that a person gave with a command.
#[derive(Debug, Default)]
pub(crate) struct Given<'a> {
    pub(crate) options: Vec<ResolvedOption<'a>>,
    /// The message of a message command.
    pub(crate) message: Option<&'a Message>,
}

impl<'a> Given<'a> {
    fn value(&self, name: &str) -> Option<&ResolvedValue<'a>> {
        self.options.iter().find(|option| option.name == name).map(|option| &option.value)
    }

    /// A text, also one that is still being typed.
    pub(crate) fn text(&self, name: &str) -> Option<&'a str> {
        match self.value(name)? {
            ResolvedValue::String(text) | ResolvedValue::Autocomplete { value: text, .. } => Some(text),
            _ => None,
        }
    }

    /// A text with something in it.
    pub(crate) fn filled(&self, name: &str) -> Option<&'a str> {
        self.text(name).filter(|text| !text.trim().is_empty())
    }

    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        match self.value(name)? {
            ResolvedValue::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// A yes or no, if it was said.
    pub(crate) fn switch(&self, name: &str) -> Option<bool> {
        match self.value(name)? {
            ResolvedValue::Boolean(said) => Some(*said),
            _ => None,
        }
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        matches!(self.value(name), Some(ResolvedValue::Boolean(true)))
    }

    /// Yes or no, if either was said.
    pub(crate) fn said(&self, name: &str) -> Option<bool> {
        match self.value(name)? {
            ResolvedValue::Boolean(said) => Some(*said),
            _ => None,
        }
    }

    pub(crate) fn user(&self, name: &str) -> Option<(&'a User, Option<&'a PartialMember>)> {
        match self.value(name)? {
            ResolvedValue::User(user, member) => Some((*user, *member)),
            _ => None,
        }
    }

    pub(crate) fn role(&self, name: &str) -> Option<&'a Role> {
        match self.value(name)? {
            ResolvedValue::Role(role) => Some(*role),
            _ => None,
        }
    }

    pub(crate) fn channel(&self, name: &str) -> Option<&'a PartialChannel> {
        match self.value(name)? {
            ResolvedValue::Channel(channel) => Some(*channel),
            _ => None,
        }
    }

    pub(crate) fn attachment(&self, name: &str) -> Option<&'a Attachment> {
        match self.value(name)? {
            ResolvedValue::Attachment(attachment) => Some(*attachment),
            _ => None,
        }
    }
}

/// The texts of a form that was sent.
#[derive(Debug)]
pub(crate) struct Filled<'a> {
    texts: HashMap<&'a str, &'a str>,
}

impl<'a> Filled<'a> {
    pub(crate) fn from_form(form: &'a ModalInteraction) -> Self {
        let inputs = form.data.components.iter().flat_map(|row| &row.components);
        let texts = inputs
            .filter_map(|component| match component {
                ActionRowComponent::InputText(input) => {
                    Some((input.custom_id.as_str(), input.value.as_deref().unwrap_or_default()))
                }
                _ => None,
            })
            .collect();
        Self { texts }
    }

    /// The text of a field; empty when it was left so, or is not there.
    pub(crate) fn text(&self, field: &str) -> &'a str {
        self.texts.get(field).copied().unwrap_or_default()
    }
}
