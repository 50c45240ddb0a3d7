//! Articles and answers.

use std::sync::Arc;

use crate::domain::article::{Article, ArticleId, Audience, Language};
use crate::domain::id::GuildId;

/// The articles.
#[derive(Clone, Debug)]
pub struct Knowledge {}

/// A question.
#[derive(Clone, Debug)]
pub struct Question {
    /// Where.
    pub guild: GuildId,
    /// Words.
    pub text: String,
    /// Language.
    pub language: Language,
    /// Reader.
    pub audience: Audience,
}

/// Why.
#[derive(Debug, thiserror::Error)]
#[error("knowledge")]
pub struct KnowledgeError {}

/// How sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// Show the passage.
    Confident,
    /// Show a choice.
    Maybe,
    /// Nothing.
    None,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// How sure.
    pub confidence: Confidence,
    /// Best first.
    pub hits: Vec<Hit>,
}

/// One article that fits.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Which.
    pub article: ArticleId,
    /// Its heading.
    pub title: String,
    /// Its language.
    pub language: Language,
    /// Its category.
    pub category: Option<String>,
    /// The part that fits.
    pub passage: Passage,
}

/// Part of an article.
#[derive(Clone, Debug)]
pub struct Passage {
    /// The section's heading.
    pub heading: Option<String>,
    /// The text.
    pub parts: Vec<Part>,
    /// Whether there is more.
    pub truncated: bool,
}

/// Piece of a passage.
#[derive(Clone, Debug)]
pub enum Part {
    /// Words.
    Text(String),
    /// Words that match.
    Marked(String),
    /// Code in a line.
    Code(String),
    /// Lines of code.
    CodeBlock(String),
    /// A link.
    Link {
        /// Words.
        label: String,
        /// Address, http(s).
        url: String,
    },
    /// New line.
    LineBreak,
    /// List item at a depth from 0.
    Bullet(u8),
    /// Numbered list item.
    Number(u64),
}

/// A title to pick while typing.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// Which.
    pub article: ArticleId,
    /// Its heading.
    pub title: String,
}

#[expect(clippy::unused_async, reason = "placeholder until the search is merged")]
impl Knowledge {
    /// Answers.
    pub async fn answer(&self, question: Question) -> Result<Answer, KnowledgeError> {
        drop(question);
        Err(KnowledgeError {})
    }

    /// The passage of one article.
    pub async fn passage(
        &self,
        article: &ArticleId,
        question: Question,
    ) -> Result<Option<Hit>, KnowledgeError> {
        let _ = (article, question);
        Err(KnowledgeError {})
    }

    /// Titles.
    pub fn suggest(&self, typed: &str, language: Language, audience: Audience) -> Vec<Suggestion> {
        let _ = (typed, language, audience);
        Vec::new()
    }

    /// One article.
    pub fn article(&self, id: &ArticleId, audience: Audience) -> Option<Arc<Article>> {
        let _ = (id, audience);
        None
    }
}
