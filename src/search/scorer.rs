//! What both steps of ranking share: the fields, their weights, and BM25's parts.

use std::collections::HashSet;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::SegmentPostings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, InvertedIndexReader, Term};

use crate::domain::article::Language;
use crate::search::index::{LanguagePart, SearchError, Snapshot};
use crate::search::plan::{Alternative, Plan};
use crate::search::tuning::Tuning;

/// Scores the articles of one language for one plan.
pub(crate) struct Scorer<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) part: &'a LanguagePart,
    pub(crate) language: Language,
    pub(crate) plan: &'a Plan,
    pub(crate) tuning: &'a Tuning,
    /// Mean number of words in the fields `whole`, `ask` and `label`.
    pub(crate) mean_words: [f32; 3],
    /// Articles that are not to be found.
    pub(crate) without: &'a HashSet<DocAddress>,
}

/// A field with its weight in the score and the mean number of its words.
#[derive(Clone, Copy)]
pub(crate) struct FieldPart {
    /// 0 for the whole text, 1 for title and questions, 2 for tags and headings.
    pub(crate) place: u8,
    pub(crate) field: Field,
    pub(crate) weight: f32,
    pub(crate) mean_words: f32,
}

impl Scorer<'_> {
    /// The fields that are scored: the whole text first, then title and questions, then tags and headings.
    pub(crate) fn fields(&self) -> [FieldPart; 3] {
        let fields = self.snapshot.fields.of(self.language);
        let [whole, ask, label] = self.mean_words;
        [
            FieldPart { place: 0, field: fields.whole, weight: 1.0, mean_words: whole },
            FieldPart { place: 1, field: fields.ask, weight: self.tuning.ask, mean_words: ask },
            FieldPart { place: 2, field: fields.label, weight: self.tuning.label, mean_words: label },
        ]
    }

    /// BM25's denominator addend for each code that a length is stored as.
    pub(crate) fn length_norms(&self, mean_words: f32) -> [f32; 256] {
        let mut norms = [0.0; 256];
        for (code, norm) in (0_u8..=u8::MAX).zip(&mut norms) {
            #[expect(clippy::cast_precision_loss, reason = "stored lengths are approximate")]
            let ratio = FieldNormReader::id_to_fieldnorm(code) as f32 / mean_words;
            *norm = self.tuning.k1 * (1.0 - self.tuning.b + self.tuning.b * ratio);
        }
        norms
    }

    /// The postings of a term in a field of a segment, if it has any.
    pub(crate) fn postings(
        &self,
        inverted: &InvertedIndexReader,
        part: FieldPart,
        alternative: &Alternative,
        option: IndexRecordOption,
    ) -> Result<Option<SegmentPostings>, SearchError> {
        let vocabulary = &self.part.vocabulary;
        if part.place > 0 && !vocabulary.is_present(alternative.term, part.place) {
            return Ok(None);
        }
        let term = Term::from_field_text(part.field, vocabulary.term(alternative.term));
        Ok(inverted.read_postings(&term, option)?)
    }
}

/// BM25's part for how often a word occurs, 1 for once in an article of mean length.
pub(crate) fn saturation(times: u32, norm: f32, k1: f32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a count of words is far below a float's limit")]
    let times = times as f32;
    times * (k1 + 1.0) / (times + norm)
}
