//! Why an article was found: what each word of the question added to its score, and as what it was found where.
//!
//! The same sums as in `examine`, with names to them; a test compares the two. It fails only if a file of the index
//! cannot be read.

use std::collections::HashSet;

use serde::Serialize;
use tantivy::DocId;
use tantivy::schema::IndexRecordOption;

use crate::search::index::{Index, SearchError, position};
use crate::search::plan::{Asked, Beside, Concept, Ground, Kinship, Plan, Slot};
use crate::search::rank::{Found, Request};
use crate::search::scorer::{FieldPart, Scorer, saturation};
use crate::search::synonyms::Synonyms;
use crate::search::tuning::Tuning;

/// Part of an article that words are found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Anywhere in it.
    Text,
    /// Its title and typical questions.
    TitleAndQuestions,
    /// Its tags and headings.
    TagsAndHeadings,
}

const PARTS: [Part; 3] = [Part::Text, Part::TitleAndQuestions, Part::TagsAndHeadings];

/// A word of the article that stands for one of the question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundAs {
    /// Where.
    pub part: Part,
    /// Its stem, as it is indexed.
    pub term: String,
    /// Why it stands for the question's word.
    pub kinship: Kinship,
    /// How often it is there.
    pub times: u32,
    /// What it adds to the relevance.
    pub added: f32,
}

/// What came of one word of the question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WordReason {
    /// The word, folded.
    pub word: String,
    /// Whether it is one of the language's little words, which count less.
    pub little: bool,
    /// Whether any article has exactly it.
    pub known: bool,
    /// The share of the question that it is.
    pub share: f32,
    /// As what it was found; empty when it was not.
    pub found: Vec<FoundAs>,
}

/// Why an article has its score: `(words + together + in_line + in_order) * language`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reasons {
    /// What each word of the question adds.
    pub words: Vec<WordReason>,
    /// What the words standing close together adds.
    pub together: f32,
    /// What the one line that fits best adds.
    pub in_line: f32,
    /// What the words standing in the question's order adds.
    pub in_order: f32,
    /// Factor on an article in another language than the question's, less where one in its language fits.
    pub language: f32,
}

impl Reasons {
    /// The score that they make.
    pub fn score(&self) -> f32 {
        let words: f32 = self.words.iter().flat_map(|word| &word.found).map(|found| found.added).sum();
        (words + self.together + self.in_line + self.in_order) * self.language
    }
}

impl Index {
    /// Why an article was found for a request.
    pub fn explain(
        &self,
        request: &Request<'_>,
        found: &Found,
        synonyms: &Synonyms,
        tuning: &Tuning,
    ) -> Result<Reasons, SearchError> {
        let snapshot = self.snapshot();
        let asked = Asked::new(request.text, request.language);
        let language = found.language;
        let part = &snapshot.parts[position(language)];
        let other = request.beside.map(|index| &index.snapshot().parts[position(language)]);
        let beside = other.map(|part| Beside { articles: part.articles, vocabulary: &part.vocabulary });
        let (articles, vocabulary) = (part.articles, &part.vocabulary);
        let plan = Plan::new(&Ground { language, articles, vocabulary, synonyms, tuning, beside }, &asked);
        let without = HashSet::new();
        let scorer = Scorer::new(snapshot, part, &plan, tuning, part.mean_words_with(other), &without);
        Ok(Reasons {
            words: scorer.reasons(found.address.segment_ord, found.address.doc_id)?,
            together: tuning.window * found.evidence.window,
            in_line: tuning.line * found.evidence.line,
            in_order: tuning.order * found.evidence.order,
            language: found.score / found.evidence.relevance.max(f32::MIN_POSITIVE),
        })
    }
}

impl Scorer<'_> {
    fn reasons(&self, segment: u32, article: DocId) -> Result<Vec<WordReason>, SearchError> {
        let full = self.plan.full_worth().max(f32::MIN_POSITIVE);
        let mut reasons = Vec::with_capacity(self.plan.concepts.len());
        for concept in &self.plan.concepts {
            let mut found = Vec::new();
            for (part, field) in PARTS.into_iter().zip(self.fields(segment)) {
                for mut best in self.best_reading(field, concept, article)? {
                    best.part = part;
                    best.added *= field.weight * concept.weight / full;
                    found.push(best);
                }
            }
            reasons.push(WordReason {
                word: concept.word.clone(),
                little: concept.little,
                known: concept.known,
                share: concept.worth() / full,
                found,
            });
        }
        Ok(reasons)
    }

    fn best_reading(
        &self,
        field: FieldPart<'_>,
        concept: &Concept,
        article: DocId,
    ) -> Result<Vec<FoundAs>, SearchError> {
        let mut best: (f32, Vec<FoundAs>) = (0.0, Vec::new());
        for reading in &concept.readings {
            let mut found = Vec::new();
            for slot in reading {
                found.extend(self.best_alternative(field, slot, article)?);
            }
            let sum = found.iter().map(|found| found.added).sum();
            if sum > best.0 {
                best = (sum, found);
            }
        }
        Ok(best.1)
    }

    fn best_alternative(
        &self,
        field: FieldPart<'_>,
        slot: &Slot,
        article: DocId,
    ) -> Result<Option<FoundAs>, SearchError> {
        let mut best: Option<FoundAs> = None;
        for alternative in slot {
            let postings = field.column.postings(alternative.term, IndexRecordOption::WithFreqs)?;
            let Some(mut postings) = postings else { continue };
            if !postings.stands_in(article) {
                continue;
            }
            let times = postings.times();
            let added =
                alternative.worth * alternative.idf * saturation(times, field.norm(article), self.tuning.k1);
            if best.as_ref().is_none_or(|best| added > best.added) {
                best = Some(FoundAs {
                    part: Part::Text,
                    term: self.part.vocabulary.term(alternative.term).to_owned(),
                    kinship: alternative.kinship,
                    times,
                    added,
                });
            }
        }
        Ok(best)
    }
}
