//! From what speaks for the first hit to the probability that it answers the question.
//!
//! A raw score says little: BM25 gives a long question more points for a worse article. So the score is first
//! divided by what a perfect article would get. That share alone treats a question of one word and a question of
//! ten alike, although finding nine of ten words together is no accident; so it is multiplied by the square root
//! of how much the question tells. The same is done with what stands in the title and typical questions. Of the
//! two numbers a logistic function makes a probability.
//!
//! Its three constants were fitted by logistic regression over the labelled sets that hold questions without an
//! answer, each set and each outcome with the same weight (1 for a right first article, 0 for a question that
//! nothing answers, 0.4 for a wrong article where a right one exists). Fourteen other numbers were tried, such as
//! the distance to the second hit, unknown words and the rarest word found: each improved the sets it was fitted on
//! and worsened a set left out of the fit, so they are not used.

use serde::Serialize;

use crate::knowledge::answer::Confidence;
use crate::search::rank::Findings;

/// The probability given to an article whose very title was asked.
pub const EXACT_TITLE: f32 = 0.99;

/// From here on the first hit's passage is shown at once: on the sets, seven of eight are right.
const CONFIDENT: f32 = 0.6;

/// Below this the ticket is offered at once: on the sets, seven of eight are wrong.
const MAYBE: f32 = 0.2;

/// The logistic function's constant.
const BIAS: f32 = -3.98;

/// Its factor on the score.
const OF_SCORE: f32 = 1.22;

/// Its factor on what title and typical questions have.
const OF_ASK: f32 = 1.26;

/// The least probability given to an article with a rare code of the question: whoever pastes an error code and
/// nothing else tells little by the measure above, and yet all there is to tell.
const OF_CODE: f32 = 0.25;

/// What the confidence in the first hit is made of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Parts {
    /// What speaks against every article to begin with.
    pub bias: f32,
    /// What its score adds.
    pub of_score: f32,
    /// What its title and typical questions add.
    pub of_title_and_questions: f32,
    /// The least probability, for having a rare code of the question.
    pub of_code: f32,
}

impl Parts {
    /// Of the first hit, if there is one.
    pub fn of(findings: &Findings) -> Option<Self> {
        let first = findings.hits.first()?;
        let telling = findings.question.worth.sqrt();
        Some(Self {
            bias: BIAS,
            of_score: telling * OF_SCORE * first.evidence.relevance,
            of_title_and_questions: telling * OF_ASK * first.evidence.ask,
            of_code: if first.evidence.code { OF_CODE } else { 0.0 },
        })
    }

    /// The probability that they make.
    pub fn probability(&self) -> f32 {
        let sum = self.bias + self.of_score + self.of_title_and_questions;
        (1.0 / (1.0 + (-sum).exp())).max(self.of_code)
    }
}

/// The probability that the first hit answers the question; 0 when there is none.
pub fn probability(findings: &Findings) -> f32 {
    Parts::of(findings).map_or(0.0, |parts| parts.probability())
}

/// What a probability means for the person who asked.
pub fn grade(probability: f32) -> Confidence {
    if probability >= CONFIDENT {
        Confidence::Confident
    } else if probability >= MAYBE {
        Confidence::Maybe
    } else {
        Confidence::None
    }
}
