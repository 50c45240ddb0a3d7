//! What one person taught a server about one article: that it answered their question, or did not.

use serde::{Deserialize, Serialize};

use super::article::{ArticleId, Language};
use super::id::UserId;
use super::time::Timestamp;

/// How somebody came to say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LessonKind {
    /// The asker said that the article solved it.
    Solved,
    /// The article was named in the solution that they confirmed for their ticket, or was written from it.
    Resolved,
    /// The asker was shown the article and opened a ticket all the same.
    Rejected,
}

impl LessonKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Solved, Self::Resolved, Self::Rejected];

    /// As the database stores it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Solved => "solved",
            Self::Resolved => "resolved",
            Self::Rejected => "rejected",
        }
    }

    /// The reverse of [`Self::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether it speaks for the article.
    pub const fn is_for(self) -> bool {
        matches!(self, Self::Solved | Self::Resolved)
    }
}

/// What one person taught, in the words of their question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// About which article.
    pub article: ArticleId,
    /// How they asked.
    pub text: String,
    /// Their language.
    pub language: Language,
    /// How they came to say so.
    pub kind: LessonKind,
    /// Who.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}
