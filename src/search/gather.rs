//! The first step of ranking: walking postings to the most promising articles.
//!
//! Sums are exact for the words that are walked. The question's commonest words are left out once enough postings
//! were read; what they add is counted when candidates are examined.

use std::cell::Cell;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, TERMINATED};

use crate::search::index::SearchError;
use crate::search::plan::{Concept, Slot};
use crate::search::scorer::{FieldPart, Scorer, saturation};

/// How many articles are examined exactly.
pub(crate) const CANDIDATES: usize = 48;

/// How many postings are read before the question's commonest words are left out.
const POSTINGS_BUDGET: u64 = 50_000;

/// Keeps the highest scores, sorting now and then instead of at each one.
struct Best {
    /// How many are wanted.
    wanted: usize,
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
        if self.kept.len() >= self.wanted * 8 {
            self.shrink();
        }
    }

    fn shrink(&mut self) {
        if self.kept.len() > self.wanted {
            self.kept.select_nth_unstable_by(self.wanted - 1, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            self.kept.truncate(self.wanted);
            self.threshold = self.kept[self.wanted - 1].0;
        }
    }
}

/// Alternatives worth less than this are left to the examination, unless the word itself is unknown.
const LEAST_WALKED: f32 = 0.3;

/// Sums per article of a segment while postings are walked, all zero in between.
#[derive(Default)]
struct Sums {
    slot: Vec<f32>,
    reading: Vec<f32>,
    concept: Vec<f32>,
    total: Vec<f32>,
    of_slot: Vec<DocId>,
    of_reading: Vec<DocId>,
    of_concept: Vec<DocId>,
}

thread_local! {
    /// Kept between questions: fresh memory of this size costs more than most questions do.
    static SUMS: Cell<Sums> = const { Cell::new(Sums::EMPTY) };
}

impl Sums {
    const EMPTY: Self = Self {
        slot: Vec::new(),
        reading: Vec::new(),
        concept: Vec::new(),
        total: Vec::new(),
        of_slot: Vec::new(),
        of_reading: Vec::new(),
        of_concept: Vec::new(),
    };

    fn make_room(&mut self, articles: usize) {
        for sums in [&mut self.slot, &mut self.reading, &mut self.concept, &mut self.total] {
            if sums.len() < articles {
                sums.resize(articles, 0.0);
            }
        }
    }
}

/// Moves the sums of some articles on, and tells which articles are new there.
fn move_on(
    from: &mut [f32],
    docs: &mut Vec<DocId>,
    new: &mut Vec<DocId>,
    mut into: impl FnMut(usize, f32) -> bool,
) {
    for doc in docs.drain(..) {
        let found = std::mem::take(&mut from[doc as usize]);
        if into(doc as usize, found) {
            new.push(doc);
        }
    }
}

impl Scorer<'_> {
    /// The most promising articles, in ascending order of address.
    pub(crate) fn gather(&self, staff: bool, wanted: usize) -> Result<Vec<DocAddress>, SearchError> {
        let chosen = self.affordable();
        let mut best = Best { wanted, kept: Vec::new(), threshold: 0.0 };
        // Taken out and put back only when all went well, so that a failure leaves no sums behind.
        let mut sums = SUMS.take();
        for (ordinal, reader) in (0..).zip(self.snapshot.searcher.segment_readers()) {
            let articles = reader.max_doc() as usize;
            sums.make_room(articles);
            for field in self.fields(ordinal) {
                for concept in &chosen {
                    self.add_concept(field, concept, &mut sums)?;
                }
            }
            for (doc, total) in (0..).zip(&sums.total[..articles]) {
                if *total <= best.threshold {
                    continue;
                }
                let address = DocAddress::new(ordinal, doc);
                let visible = staff || !self.snapshot.is_staff_only(address);
                if visible && !reader.is_deleted(doc) && !self.without.contains(&address) {
                    best.offer(*total, address);
                }
            }
            sums.total[..articles].fill(0.0);
        }
        SUMS.set(sums);
        best.shrink();
        let mut addresses: Vec<DocAddress> = best.kept.into_iter().map(|(_, address)| address).collect();
        addresses.sort_unstable();
        Ok(addresses)
    }

    /// The concepts to gather by: rarest first, as many as the budget allows, and always one.
    fn affordable(&self) -> Vec<&Concept> {
        let cost = |concept: &Concept| -> u64 {
            let alternatives = concept.readings.iter().flatten().flatten();
            let walked = alternatives.filter(|found| !concept.known || found.worth >= LEAST_WALKED);
            walked.map(|found| u64::from(self.part.vocabulary.document_count(found.term))).sum()
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
        field: FieldPart<'_>,
        concept: &Concept,
        sums: &mut Sums,
    ) -> Result<(), SearchError> {
        let weight = field.weight * concept.weight;
        let Sums { slot, reading, concept: best, total, of_slot, of_reading, of_concept } = sums;
        if let [single] = concept.readings.as_slice()
            && let [alternatives] = single.as_slice()
        {
            self.add_slot(field, alternatives, concept.known, slot, of_slot)?;
            move_on(slot, of_slot, of_concept, |doc, found| {
                total[doc] += weight * found;
                false
            });
            return Ok(());
        }
        for slots in &concept.readings {
            for alternatives in slots {
                self.add_slot(field, alternatives, concept.known, slot, of_slot)?;
                move_on(slot, of_slot, of_reading, |doc, found| {
                    let is_new = reading[doc] == 0.0;
                    reading[doc] += found;
                    is_new
                });
            }
            move_on(reading, of_reading, of_concept, |doc, found| {
                let is_new = best[doc] == 0.0;
                best[doc] = best[doc].max(found);
                is_new
            });
        }
        move_on(best, of_concept, of_slot, |doc, found| {
            total[doc] += weight * found;
            false
        });
        Ok(())
    }

    /// The best alternative per article; tells which articles have any.
    fn add_slot(
        &self,
        field: FieldPart<'_>,
        slot: &Slot,
        known: bool,
        sums: &mut [f32],
        touched: &mut Vec<DocId>,
    ) -> Result<(), SearchError> {
        for alternative in slot.iter().filter(|alternative| !known || alternative.worth >= LEAST_WALKED) {
            let postings = field.column.postings(alternative.term, IndexRecordOption::WithFreqs)?;
            let Some(mut postings) = postings else { continue };
            let value = alternative.worth * alternative.idf;
            while postings.article() != TERMINATED {
                let article = postings.article();
                let score = value * saturation(postings.times(), field.norm(article), self.tuning.k1);
                let sum = &mut sums[article as usize];
                if *sum == 0.0 {
                    touched.push(article);
                }
                *sum = sum.max(score);
                postings.advance();
            }
        }
        Ok(())
    }
}
