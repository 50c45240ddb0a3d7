//! Discord: the commands, the one path of every interaction, and what people see.
//!
//! serenity is used here and nowhere else. This module decides no rights and writes no rows: it turns what people do
//! into calls of [`crate::desk`], and what comes back into messages. An interaction is answered once, within three
//! seconds (Discord docs, interactions/receiving-and-responding); everything that takes longer is the outbox's.

pub mod pipeline;

mod call;
pub mod commands;
pub mod custom_id;
mod presses;

mod forms;
pub mod incident;
mod outcome;
mod reply;

pub mod register;
pub mod set_up_check;
pub mod shown;
pub mod views;

use std::sync::Arc;

use serenity::http::Http;
use serenity::model::id::{ApplicationId, UserId};

use crate::desk::Desk;
use shown::Shown;

/// What every handler has at hand.
#[derive(Clone, Debug)]
pub struct Cx {
    /// The use cases.
    pub desk: Desk,
    /// For answers to interactions, which Discord does not limit. serenity's limiter would keep a little of each.
    pub callbacks: Arc<Http>,
    /// For everything else.
    pub rest: Arc<Http>,
    /// Whose commands are registered.
    pub application: ApplicationId,
    /// The bot's own account.
    pub bot: UserId,
    /// What our messages show.
    pub shown: Shown,
}
