//! What people put in, and what comes of it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{SeenMessage, SeenModal};

/// Why a person could not do something, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("{sentence}")]
pub struct PersonError {
    /// The sentence.
    pub sentence: String,
}

impl PersonError {
    /// An error with this sentence.
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into() }
    }
}

/// The value of a command's option, of the option's own kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionInput {
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Any number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// A user's id.
    User(#[serde(with = "crate::sandbox::id_text")] u64),
    /// A role's id.
    Role(#[serde(with = "crate::sandbox::id_text")] u64),
    /// A channel's id.
    Channel(#[serde(with = "crate::sandbox::id_text")] u64),
    /// A file.
    Attachment {
        /// Its name.
        name: String,
        /// Its media type.
        content_type: Option<String>,
        /// What is in it.
        bytes: Vec<u8>,
    },
}

impl From<&str> for OptionInput {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// What the bot's first answer did, and how long it took to come.
#[derive(Debug, Clone, Serialize)]
pub struct Reaction {
    /// What it did.
    pub outcome: Outcome,
    /// The real time from the person's action to the answer.
    pub took: Duration,
    /// Which interaction it is.
    #[serde(skip)]
    pub(super) interaction: u64,
}

/// What the bot's first answer did.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A new message.
    Message(SeenMessage),
    /// The message whose component was used has changed.
    Updated(SeenMessage),
    /// "… is thinking".
    Deferred(SeenMessage),
    /// Nothing to be seen yet.
    DeferredUpdate,
    /// A modal opened.
    Modal(SeenModal),
    /// Nobody answered in time: "The application did not respond".
    Failed(String),
}

impl Reaction {
    /// The message that was posted, changed, or is to be filled.
    pub fn message(&self) -> Option<&SeenMessage> {
        match &self.outcome {
            Outcome::Message(message) | Outcome::Updated(message) | Outcome::Deferred(message) => {
                Some(message)
            }
            Outcome::DeferredUpdate | Outcome::Modal(_) | Outcome::Failed(_) => None,
        }
    }

    /// The modal that opened.
    pub fn modal(&self) -> Option<&SeenModal> {
        match &self.outcome {
            Outcome::Modal(modal) => Some(modal),
            _ => None,
        }
    }

    /// The message, for a test that cannot go on without one.
    ///
    /// # Panics
    /// When the answer was none.
    #[track_caller]
    pub fn expect_message(self) -> SeenMessage {
        match self.outcome {
            Outcome::Message(message) | Outcome::Updated(message) | Outcome::Deferred(message) => message,
            other => panic!("expected a message, got {other:#?}"),
        }
    }

    /// The modal, for a test that cannot go on without one.
    ///
    /// # Panics
    /// When the answer was none.
    #[track_caller]
    pub fn expect_modal(self) -> SeenModal {
        match self.outcome {
            Outcome::Modal(modal) => modal,
            other => panic!("expected a modal, got {other:#?}"),
        }
    }
}
