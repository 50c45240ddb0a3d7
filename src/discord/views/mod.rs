//! What people see: pure functions from data to a [`View`], and from a view to each of Discord's message forms.
//!
//! A view decides its own mentions: nothing pings unless its id is in [`Pings`], whatever the text says. What people
//! wrote stands in embeds only, escaped (`markdown`) and cut to Discord's limits (`frame`). Views call nothing,
//! decide no rights and read no clock.

pub(crate) mod answer;
pub(crate) mod article;
mod cards;
pub(crate) mod forms;
mod frame;
pub(crate) mod incidents;
pub(crate) mod knowledge;
pub(crate) mod lists;
mod markdown;
pub(crate) mod organisation;
mod packet;
pub(crate) mod practice;
pub(crate) mod privacy;
pub(crate) mod report;
mod selects;
pub(crate) mod set_up;
pub(crate) mod terms;
mod thread;
pub(crate) mod transcript;
pub(crate) mod words;

use std::hash::{DefaultHasher, Hash, Hasher};

pub(crate) use markdown::orderly;
use serenity::builder::{
    CreateActionRow, CreateAllowedMentions, CreateButton, CreateEmbed, CreateEmbedFooter,
    CreateInteractionResponseMessage, CreateMessage, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, EditInteractionResponse, EditMessage,
};
use serenity::model::application::ButtonStyle;

use super::custom_id::CustomId;
use crate::domain::duty::Callees;
use crate::domain::file::File;
use crate::domain::id::{RoleId, TicketNumber, UserId};

pub use article::{decided, review_card};
pub use cards::{opened, queue_card, thread_card};
pub use knowledge::review_reminder;
pub use packet::{call, packet};
pub use thread::{closing_note, rated_note, say, stray_note, transcript_copy, transcript_note};
pub(crate) use thread::{file_kept, file_left};

/// Who may be notified by a message. Everybody else may be named in it without noticing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pings {
    /// These people.
    pub users: Vec<UserId>,
    /// The members of these roles.
    pub roles: Vec<RoleId>,
}

impl Pings {
    /// One person.
    pub fn user(user: UserId) -> Self {
        Self { users: vec![user], roles: Vec::new() }
    }

    /// The members of one role.
    pub fn role(role: RoleId) -> Self {
        Self { users: Vec::new(), roles: vec![role] }
    }

    /// Whom a call means.
    pub fn of(callees: &Callees) -> Self {
        match callees {
            Callees::People(people) => Self { users: people.clone(), roles: Vec::new() },
            Callees::Role(role) => Self::role(*role),
        }
    }

    fn allowed(&self) -> CreateAllowedMentions {
        CreateAllowedMentions::new()
            .users(self.users.iter().map(|user| serenity::model::id::UserId::new(user.snowflake())))
            .roles(self.roles.iter().map(|role| serenity::model::id::RoleId::new(role.snowflake())))
    }
}

/// A message as it is to look, wherever it goes.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// Text above the embeds; the only place from which Discord pings.
    pub content: Option<String>,
    /// Embeds, within Discord's limits.
    pub embeds: Vec<CreateEmbed>,
    /// Buttons and selects.
    pub rows: Vec<CreateActionRow>,
    /// Who is notified.
    pub pings: Pings,
    /// Files that go with it. Deferred answers and new messages carry them; edits of cards have none.
    pub(super) files: Vec<File>,
    /// The ticket it is about, for [`Self::marked`].
    number: Option<TicketNumber>,
}

impl View {
    /// A sentence and nothing else.
    pub fn text(content: impl Into<String>) -> Self {
        Self { content: Some(content.into()), ..Self::default() }
    }

    /// The same with `#<number> · <marker>` in the footer of its last embed, by which our own message is recognised
    /// after a crash.
    #[must_use]
    pub fn marked(mut self, marker: &str) -> Self {
        let footer = match self.number {
            Some(number) => format!("#{number} · {marker}"),
            None => marker.to_owned(),
        };
        let last = self.embeds.pop().unwrap_or_default();
        self.embeds.push(last.footer(CreateEmbedFooter::new(footer)));
        self
    }

    /// As a new message.
    pub fn into_message(self) -> CreateMessage {
        let message = CreateMessage::new()
            .allowed_mentions(self.pings.allowed())
            .embeds(self.embeds)
            .components(self.rows);
        match self.content {
            Some(content) => message.content(content),
            None => message,
        }
    }

    /// As an edit that leaves nothing of what was there before.
    pub fn into_edit(self) -> EditMessage {
        EditMessage::new()
            .allowed_mentions(self.pings.allowed())
            .content(self.content.unwrap_or_default())
            .embeds(self.embeds)
            .components(self.rows)
    }

    /// As the answer to an interaction, new or in place of the message that was pressed.
    pub fn into_response_message(self) -> CreateInteractionResponseMessage {
        CreateInteractionResponseMessage::new()
            .allowed_mentions(self.pings.allowed())
            .content(self.content.unwrap_or_default())
            .embeds(self.embeds)
            .components(self.rows)
    }

    /// As an edit of an answer that was given or deferred before.
    pub fn into_webhook_edit(self) -> EditInteractionResponse {
        EditInteractionResponse::new()
            .allowed_mentions(self.pings.allowed())
            .content(self.content.unwrap_or_default())
            .embeds(self.embeds)
            .components(self.rows)
    }

    /// Equal for views that look the same, within one process.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.json().to_string().hash(&mut hasher);
        hasher.finish()
    }

    fn json(&self) -> serde_json::Value {
        serde_json::to_value(self.clone().into_message()).expect("a message of ours has a JSON form")
    }
}

/// A button.
fn button(id: CustomId, style: ButtonStyle, label: String) -> CreateButton {
    CreateButton::new(id.to_string()).style(style).label(label)
}

/// A row of buttons; none when there is nothing to press, because Discord refuses an empty row.
fn row(buttons: Vec<CreateButton>) -> Vec<CreateActionRow> {
    if buttons.is_empty() { Vec::new() } else { vec![CreateActionRow::Buttons(buttons)] }
}

/// A select of one thing, in a row of its own.
fn select(id: CustomId, placeholder: String, options: Vec<CreateSelectMenuOption>) -> CreateActionRow {
    let menu = CreateSelectMenu::new(id.to_string(), CreateSelectMenuKind::String { options });
    CreateActionRow::SelectMenu(menu.placeholder(placeholder))
}

#[cfg(test)]
mod deadline_tests;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
