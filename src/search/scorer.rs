//! What both steps of ranking share: the fields, their weights, and BM25's parts.

use std::collections::HashSet;

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
    /// What one word of an article's length adds to BM25's denominator in each of them.
    of_length: [f32; 3],
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
        let of_length = mean_words.map(|mean_words| tuning.k1 * tuning.b / mean_words);
        Self { snapshot, part, plan, tuning, without, weights, of_length }
    }

    /// The scored fields of a segment: the whole text first, then title and questions, then tags and headings.
    pub(crate) fn fields(&self, segment: u32) -> [FieldPart<'_>; 3] {
        let columns = self.columns(segment);
        std::array::from_fn(|place| FieldPart {
            column: &columns.scored[place],
            weight: self.weights[place],
            at_least: self.tuning.k1 * (1.0 - self.tuning.b),
            of_length: self.of_length[place],
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
    /// BM25's denominator addend: a part of its own, and one for each word.
    at_least: f32,
    of_length: f32,
}

impl FieldPart<'_> {
    /// What the length of an article's field does to BM25.
    pub(crate) fn norm(&self, article: DocId) -> f32 {
        self.at_least + self.of_length * self.column.length(article)
    }
}

/// BM25's part for how often a word occurs, 1 for once in an article of mean length.
pub(crate) fn saturation(times: u32, norm: f32, k1: f32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a count of words is far below a float's limit")]
    let times = times as f32;
    times * (k1 + 1.0) / (times + norm)
}
