//! From what speaks for the first hit to the probability that it answers the question.

use crate::knowledge::answer::Confidence;
use crate::search::rank::Findings;

/// The probability given to an article whose very title was asked.
pub const EXACT_TITLE: f32 = 0.99;

/// From here on the first hit's passage is shown at once.
const CONFIDENT: f32 = 0.6;

/// Below this the ticket is offered at once.
const MAYBE: f32 = 0.25;

/// The probability that the first hit answers the question; 0 when there is none.
pub fn probability(findings: &Findings) -> f32 {
    let Some(first) = findings.hits.first() else { return 0.0 };
    let evidence = &first.evidence;
    let sum = -3.5 + 3.0 * evidence.coverage + 2.5 * evidence.window + 1.5 * evidence.ask
        - findings.question.unknown;
    1.0 / (1.0 + (-sum).exp())
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
