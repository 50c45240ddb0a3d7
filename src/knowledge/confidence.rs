//! From what speaks for the first hit to the probability that it answers the question.

use crate::knowledge::answer::Confidence;
use crate::search::rank::Findings;

/// The probability given to an article whose very title was asked.
pub const EXACT_TITLE: f32 = 0.99;

/// From here on the first hit's passage is shown at once.
const CONFIDENT: f32 = 0.6;

/// Below this the ticket is offered at once.
const MAYBE: f32 = 0.25;

/// How many numbers the probability is computed from.
pub const FEATURES: usize = 17;

/// The numbers that the probability is computed from.
pub fn features(findings: &Findings) -> [f32; FEATURES] {
    let Some(first) = findings.hits.first() else { return [0.0; FEATURES] };
    let evidence = &first.evidence;
    let question = &findings.question;
    let score = first.score.max(f32::MIN_POSITIVE);
    let of_others = |places: std::ops::Range<usize>| {
        let scores: Vec<f32> = places.filter_map(|place| findings.scores.get(place)).copied().collect();
        scores.iter().sum::<f32>() / f32::from(u8::try_from(scores.len().max(1)).unwrap_or(u8::MAX))
    };
    [
        evidence.relevance,
        evidence.coverage,
        evidence.window,
        evidence.order,
        evidence.ask,
        evidence.literal,
        evidence.missing,
        evidence.telling,
        1.0 - of_others(1..2) / score,
        1.0 - of_others(2..4) / score,
        question.unknown,
        question.worth.ln_1p(),
        f32::from(question.content_words).ln_1p(),
        (evidence.relevance * question.worth).ln_1p(),
        evidence.line,
        evidence.words,
        1.0 - of_others(5..12) / score,
    ]
}

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
