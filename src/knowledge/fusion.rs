//! Where a further ranker meets the text's: by score, in one place.
//!
//! The text's score is the share of a perfect article's, so what another ranker says can be added by weight. It may
//! also bring articles that the text did not find, and it has a say in the confidence. What the server has learned is
//! the one further ranker there is.

use super::learned::Tuning;
use super::shelf::Shelf;
use super::state::Shared;
use super::{KnowledgeError, Question, clipped};
use crate::search::rank::{Findings, Found};

/// How many articles that the text did not find may be brought in.
const BROUGHT_MAX: usize = 4;

impl Shared {
    /// Ranks what was found anew with what the server has learned, and says what that adds to the confidence in the
    /// first hit.
    pub(super) fn take_lessons(
        &self,
        shelf: &Shelf,
        findings: &mut Findings,
        question: &Question,
        depth: usize,
    ) -> Result<f32, KnowledgeError> {
        let tuning = &Tuning::FITTED;
        let taught = shelf.learned().about(clipped(&question.text), question.language, tuning);
        if taught.is_empty() {
            return Ok(0.0);
        }
        let last =
            if findings.hits.len() < depth { 0.0 } else { findings.hits.last().map_or(0.0, |hit| hit.score) };
        let unfound = taught.iter().filter(|taught| {
            // Whatever the text says for these is less than what it says for the last that was found.
            taught.supports > 0.0 && !findings.hits.iter().any(|hit| hit.id == taught.article.0)
        });
        let mut brought: Vec<Found> = Vec::new();
        for taught in unfound.filter(|taught| taught.score(last, tuning) > last).take(BROUGHT_MAX) {
            brought.extend(self.find(shelf, question, 1, Some(&taught.article))?.hits);
        }
        findings.hits.extend(brought);
        let about = |id: &str| taught.iter().find(|taught| taught.article.0 == id);
        for hit in &mut findings.hits {
            hit.score = about(&hit.id).map_or(hit.score, |taught| taught.score(hit.score, tuning));
        }
        findings.hits.sort_by(|a, b| b.score.total_cmp(&a.score));
        findings.hits.truncate(depth);
        let first = findings.hits.first().and_then(|hit| about(&hit.id));
        Ok(first.map_or(0.0, |taught| taught.confidence(tuning)))
    }
}
