//! What speaks for an article: numbers that a confidence can be computed from.
//!
//! They compare an article with the question alone, not with other articles' raw scores, so they mean the same in a
//! collection of thirty articles and of a hundred thousand.

/// What speaks for one article as the answer to one question.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    /// The ranking score over what finding every word would be worth; above 1 when more than the words speaks for it.
    pub relevance: f32,
    /// The weighted share of the question's words found anywhere in the article.
    pub coverage: f32,
    /// The weighted share found in one place of it.
    pub window: f32,
    /// The weighted share of neighbouring words found next to each other in the same order.
    pub order: f32,
    /// The weighted share found in its title and typical questions.
    pub ask: f32,
    /// Whether it has a rare number or code of the question, such as an error code.
    pub code: bool,
    /// The weighted share found in one line, less for what else that line says.
    pub line: f32,
}

/// What the question itself says about how far an answer can be trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct QuestionEvidence {
    /// The weighted share of its words that no article has.
    pub unknown: f32,
    /// How much its words tell together, beside a word that only one article has.
    pub worth: f32,
}
