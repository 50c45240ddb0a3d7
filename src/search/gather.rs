//! The first step of ranking: walking postings to the most promising articles.
//!
//! Sums are exact for the words that are walked. The question's commonest words are left out once enough postings
//! were read; what they add is counted when candidates are examined.

use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED};

use crate::search::index::SearchError;
use crate::search::plan::{Concept, Slot};
use crate::search::scorer::{FieldPart, Scorer, saturation};

/// How many articles are examined exactly.
const CANDIDATES: usize = 64;

/// How many postings are read before the question's commonest words are left out.
const POSTINGS_BUDGET: u64 = 120_000;

/// Keeps the highest scores, sorting now and then instead of at each one.
struct Best {
    kept: Vec<(f32, DocAddress)>,
    /// Scores below it are not among the best any more.
    threshold: f32,
}

impl Best {
    fn offer(&mut self, score: f32, address: DocAddress) {
        if score <= self.threshold {
            return;
        }
        self.kept.push((score, address));
        if self.kept.len() >= CANDIDATES * 8 {
            self.shrink();
        }
    }

    fn shrink(&mut self) {
        if self.kept.len() > CANDIDATES {
            self.kept.select_nth_unstable_by(CANDIDATES - 1, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            self.kept.truncate(CANDIDATES);
            self.threshold = self.kept[CANDIDATES - 1].0;
        }
    }
}

/// Sums per article of a segment while postings are walked, all zero in between.
struct Sums {
    slot: Vec<f32>,
    reading: Vec<f32>,
    concept: Vec<f32>,
    total: Vec<f32>,
}

impl Sums {
    fn sized(articles: usize) -> Self {
        let zeros = || vec![0.0; articles];
        Self { slot: zeros(), reading: zeros(), concept: zeros(), total: zeros() }
    }
}

/// What is walked in one field of one segment.
struct Walk<'a> {
    reader: &'a SegmentReader,
    field: Field,
    norms: [f32; 256],
}

impl Scorer<'_> {
    /// The most promising articles, in ascending order of address.
    pub(crate) fn gather(&self, staff: bool) -> Result<Vec<DocAddress>, SearchError> {
        let chosen = self.affordable();
        let mut best = Best { kept: Vec::new(), threshold: 0.0 };
        for (ordinal, reader) in (0..).zip(self.snapshot.searcher.segment_readers()) {
            let mut sums = Sums::sized(reader.max_doc() as usize);
            for FieldPart { field, weight, mean_words } in self.fields() {
                let walk = Walk { reader, field, norms: self.length_norms(mean_words) };
                for concept in &chosen {
                    self.add_concept(&walk, concept, weight, &mut sums)?;
                }
            }
            for (doc, total) in (0..).zip(&sums.total) {
                if *total <= best.threshold {
                    continue;
                }
                let address = DocAddress::new(ordinal, doc);
                if (staff || !self.snapshot.is_staff_only(address)) && !reader.is_deleted(doc) {
                    best.offer(*total, address);
                }
            }
        }
        best.shrink();
        let mut addresses: Vec<DocAddress> = best.kept.into_iter().map(|(_, address)| address).collect();
        addresses.sort_unstable();
        Ok(addresses)
    }

    /// The concepts to gather by: rarest first, as many as the budget allows, and always one.
    fn affordable(&self) -> Vec<&Concept> {
        let cost = |concept: &Concept| -> u64 {
            let alternatives = concept.readings.iter().flatten().flatten();
            alternatives.map(|found| u64::from(self.part.vocabulary.document_count(found.term))).sum()
        };
        let mut concepts: Vec<(u64, &Concept)> = self
            .plan
            .concepts
            .iter()
            .map(|concept| (cost(concept), concept))
            .filter(|(cost, _)| *cost > 0)
            .collect();
        concepts.sort_by_key(|(cost, _)| *cost);
        let mut spent = 0;
        let mut chosen = Vec::new();
        for (cost, concept) in concepts {
            spent += cost;
            if spent > POSTINGS_BUDGET && !chosen.is_empty() {
                break;
            }
            chosen.push(concept);
        }
        chosen
    }

    fn add_concept(
        &self,
        walk: &Walk<'_>,
        concept: &Concept,
        weight: f32,
        sums: &mut Sums,
    ) -> Result<(), SearchError> {
        let mut of_concept: Vec<DocId> = Vec::new();
        for reading in &concept.readings {
            let mut of_reading: Vec<DocId> = Vec::new();
            for slot in reading {
                for doc in self.add_slot(walk, slot, &mut sums.slot)? {
                    let found = std::mem::take(&mut sums.slot[doc as usize]);
                    let sum = &mut sums.reading[doc as usize];
                    if *sum == 0.0 {
                        of_reading.push(doc);
                    }
                    *sum += found;
                }
            }
            for doc in of_reading {
                let found = std::mem::take(&mut sums.reading[doc as usize]);
                let best = &mut sums.concept[doc as usize];
                if *best == 0.0 {
                    of_concept.push(doc);
                }
                *best = best.max(found);
            }
        }
        for doc in of_concept {
            let found = std::mem::take(&mut sums.concept[doc as usize]);
            sums.total[doc as usize] += weight * concept.weight * found;
        }
        Ok(())
    }

    /// The best alternative per article; tells which articles have any.
    fn add_slot(&self, walk: &Walk<'_>, slot: &Slot, sums: &mut [f32]) -> Result<Vec<DocId>, SearchError> {
        let inverted = walk.reader.inverted_index(walk.field)?;
        let lengths = walk.reader.get_fieldnorms_reader(walk.field)?;
        let mut touched = Vec::new();
        for alternative in slot {
            let term = self.term(walk.field, alternative);
            let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::WithFreqs)? else {
                continue;
            };
            let value = alternative.worth * alternative.idf;
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                let norm = walk.norms[usize::from(lengths.fieldnorm_id(doc))];
                let score = value * saturation(postings.term_freq(), norm, self.tuning.k1);
                let sum = &mut sums[doc as usize];
                if *sum == 0.0 {
                    touched.push(doc);
                }
                *sum = sum.max(score);
                postings.advance();
            }
        }
        Ok(touched)
    }
}
