//! Questions and answers, as data.

use crate::domain::article::{ArticleId, Audience, Language};
use crate::domain::id::GuildId;

/// What somebody asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The server it is asked in.
    pub guild: GuildId,
    /// The question as typed, any text.
    pub text: String,
    /// The person's own language.
    pub language: Language,
    /// What the person may read.
    pub audience: Audience,
}

/// Whether the first hit can be trusted to answer the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Nothing fits: offer the ticket at once.
    None,
    /// One of the hits may fit: let the person choose.
    Maybe,
    /// The first hit fits: show its passage.
    Confident,
}

/// What the knowledge base says to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Whether the first hit can be trusted.
    pub confidence: Confidence,
    /// The probability that the first hit answers the question.
    pub score: f32,
    /// Up to four, best first, each another article. The first one has its passage; the others are offered by title,
    /// and theirs is made when it is asked for.
    pub hits: Vec<Hit>,
}

/// An article that may answer the question.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The article.
    pub article: ArticleId,
    /// Its title.
    pub title: String,
    /// Its language, which may not be the person's own.
    pub language: Language,
    /// The category of ticket it belongs to.
    pub category: Option<String>,
    /// The part of it that fits the question best, where it is to be shown.
    pub passage: Passage,
    /// Its ranking score, comparable among the hits of one answer.
    pub score: f32,
}

/// A readable piece of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The heading of the section it is from.
    pub heading: Option<String>,
    /// Its content in reading order. Blocks are separated by [`Part::Paragraph`] or start with their own part.
    pub parts: Vec<Part>,
    /// Whether the article says more.
    pub truncated: bool,
}

/// A piece of a passage. Texts are plain: whoever shows them escapes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Plain text.
    Text(String),
    /// A whole word that matched the question.
    Marked(String),
    /// Text that the author made strong.
    Strong(String),
    /// Code within a line.
    Code(String),
    /// Lines of code.
    CodeBlock(String),
    /// A link to an `http` or `https` address.
    Link {
        /// The text to press.
        label: String,
        /// The address.
        url: String,
    },
    /// A further line of the same block.
    LineBreak,
    /// A new paragraph begins.
    Paragraph,
    /// The heading of a further section within the passage.
    Heading(String),
    /// A list item begins, at a depth counted from 0.
    Bullet(u8),
    /// A numbered item begins.
    Number {
        /// Its depth, counted from 0.
        depth: u8,
        /// Its number.
        number: u64,
    },
}

/// A title or typical question offered while somebody types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The article.
    pub article: ArticleId,
    /// Its title.
    pub title: String,
    /// The typical question that matched, when it was not the title.
    pub question: Option<String>,
    /// The article's language.
    pub language: Language,
}
