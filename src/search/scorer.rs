//! What both steps of ranking share: the fields, their weights, and BM25's parts.

use std::collections::HashSet;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocAddress, DocId};

use crate::search::column::Column;
use crate::search::index::{Columns, LanguagePart, Snapshot};
use crate::search::plan::Plan;
use crate::search::tuning::Tuning;

/// Scores the articles of one language for one plan.
pub(crate) struct Scorer<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) part: &'a LanguagePart,
    pub(crate) plan: &'a Plan,
    pub(crate) tuning: &'a Tuning,
    /// Articles that are not to be found.
    pub(crate) without: &'a HashSet<DocAddress>,
    /// The weights of the fields `whole`, `ask` and `label` in the score.
    weights: [f32; 3],
    /// BM25's denominator addend in each of them for each code that a length is stored as.
    norms: [[f32; 256]; 3],
}

impl<'a> Scorer<'a> {
    /// With the mean number of words in the fields `whole`, `ask` and `label`.
    pub(crate) fn new(
        snapshot: &'a Snapshot,
        part: &'a LanguagePart,
        plan: &'a Plan,
        tuning: &'a Tuning,
        mean_words: [f32; 3],
        without: &'a HashSet<DocAddress>,
    ) -> Self {
        let weights = [1.0, tuning.ask, tuning.label];
        let norms = mean_words.map(|mean_words| length_norms(tuning, mean_words));
        Self { snapshot, part, plan, tuning, without, weights, norms }
    }

    /// The scored fields of a segment: the whole text first, then title and questions, then tags and headings.
    pub(crate) fn fields(&self, segment: u32) -> [FieldPart<'_>; 3] {
        let columns = self.columns(segment);
        std::array::from_fn(|place| FieldPart {
            column: &columns.scored[place],
            weight: self.weights[place],
            norms: &self.norms[place],
        })
    }

    pub(crate) fn columns(&self, segment: u32) -> &'a Columns {
        &self.part.columns[segment as usize]
    }
}

/// A field of a segment with what its scores are made of.
#[derive(Clone, Copy)]
pub(crate) struct FieldPart<'a> {
    pub(crate) column: &'a Column,
    pub(crate) weight: f32,
    norms: &'a [f32; 256],
}

impl FieldPart<'_> {
    /// What the length of an article's field does to BM25.
    pub(crate) fn norm(&self, article: DocId) -> f32 {
        self.norms[self.column.length_code(article)]
    }
}

fn length_norms(tuning: &Tuning, mean_words: f32) -> [f32; 256] {
    let mut norms = [0.0; 256];
    for (code, norm) in (0_u8..=u8::MAX).zip(&mut norms) {
        #[expect(clippy::cast_precision_loss, reason = "stored lengths are approximate")]
        let ratio = FieldNormReader::id_to_fieldnorm(code) as f32 / mean_words;
        *norm = tuning.k1 * (1.0 - tuning.b + tuning.b * ratio);
    }
    norms
}

/// BM25's part for how often a word occurs, 1 for once in an article of mean length.
pub(crate) fn saturation(times: u32, norm: f32, k1: f32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a count of words is far below a float's limit")]
    let times = times as f32;
    times * (k1 + 1.0) / (times + norm)
}
