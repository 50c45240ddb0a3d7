//! What was found when a desk was looked over.

use serde::Serialize;

/// How good or bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// As it should be.
    Good,
    /// Worth a look; the desk works.
    Warning,
    /// The desk does not work, or not for everybody.
    Fault,
}

/// One thing that was found, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How good or bad.
    pub level: Level,
    /// What, and what to do about it.
    pub sentence: String,
}

impl Finding {
    /// As it should be.
    pub fn good(sentence: impl Into<String>) -> Self {
        Self { level: Level::Good, sentence: sentence.into() }
    }

    /// Worth a look.
    pub fn warning(sentence: impl Into<String>) -> Self {
        Self { level: Level::Warning, sentence: sentence.into() }
    }

    /// Broken.
    pub fn fault(sentence: impl Into<String>) -> Self {
        Self { level: Level::Fault, sentence: sentence.into() }
    }
}
