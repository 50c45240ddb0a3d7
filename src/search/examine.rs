//! The second step of ranking: the candidates scored exactly, over all fields and with positions.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, InvertedIndexReader, SegmentReader, Term};

use crate::search::evidence::Evidence;
use crate::search::index::{LINE_MARK, SearchError};
use crate::search::places::{self, Place};
use crate::search::plan::{Concept, Slot};
use crate::search::scorer::{FieldPart, Scorer, saturation};

/// Positions looked at per article and question; beyond them a place is as good as found.
const MAX_PLACES: usize = 1_000;

/// What was read of one candidate.
struct Sheet {
    address: DocAddress,
    score: f32,
    /// Per field and concept, how well it was found.
    strength: [Vec<f32>; 3],
    places: Vec<Place>,
    /// Where its lines start, and where the last one ends.
    lines: Vec<u32>,
}

impl Sheet {
    fn new(address: DocAddress, concepts: usize) -> Self {
        let strength = std::array::from_fn(|_| vec![0.0; concepts]);
        Self { address, score: 0.0, strength, places: Vec::new(), lines: Vec::new() }
    }
}

/// How well something was found in one candidate.
#[derive(Clone, Copy, Default)]
struct Find {
    score: f32,
    worth: f32,
}

/// One field of one segment.
struct Column<'a> {
    reader: &'a SegmentReader,
    part: FieldPart,
    norms: [f32; 256],
    with_places: bool,
}

impl Scorer<'_> {
    /// Scores the candidates, which are in ascending order.
    pub(crate) fn examine(
        &self,
        candidates: &[DocAddress],
    ) -> Result<Vec<(DocAddress, Evidence)>, SearchError> {
        let mut examined = Vec::with_capacity(candidates.len());
        for of_segment in candidates.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
            let reader = self.snapshot.searcher.segment_reader(of_segment[0].segment_ord);
            let concepts = self.plan.concepts.len();
            let mut sheets: Vec<Sheet> =
                of_segment.iter().map(|address| Sheet::new(*address, concepts)).collect();
            for (place, part) in self.fields().into_iter().enumerate() {
                let norms = self.length_norms(part.mean_words);
                let column = Column { reader, part, norms, with_places: place == 0 };
                self.examine_field(&column, place, &mut sheets)?;
            }
            self.read_lines(reader, &mut sheets)?;
            examined.extend(sheets.into_iter().map(|sheet| (sheet.address, self.judge(sheet))));
        }
        Ok(examined)
    }

    fn examine_field(
        &self,
        column: &Column<'_>,
        place: usize,
        sheets: &mut [Sheet],
    ) -> Result<(), SearchError> {
        // Little words come last: in a long article their many places must not crowd out the others.
        let concepts = self.plan.concepts.iter().enumerate();
        let (little, weighty): (Vec<_>, Vec<_>) = concepts.partition(|(_, concept)| concept.little);
        for (number, concept) in weighty.into_iter().chain(little) {
            let found = self.examine_concept(column, number, concept, sheets)?;
            for (sheet, find) in sheets.iter_mut().zip(found) {
                sheet.score += column.part.weight * concept.weight * find.score;
                sheet.strength[place][number] = find.worth;
            }
        }
        Ok(())
    }

    /// The best reading of a concept in each candidate.
    fn examine_concept(
        &self,
        column: &Column<'_>,
        number: usize,
        concept: &Concept,
        sheets: &mut [Sheet],
    ) -> Result<Vec<Find>, SearchError> {
        let mut best = vec![Find::default(); sheets.len()];
        for reading in &concept.readings {
            let mut of_reading = vec![Find::default(); sheets.len()];
            for slot in reading {
                let found = self.examine_slot(column, number, slot, sheets)?;
                for (sum, find) in of_reading.iter_mut().zip(found) {
                    *sum = Find { score: sum.score + find.score, worth: sum.worth + find.worth };
                }
            }
            for (best, find) in best.iter_mut().zip(of_reading) {
                *best = Find { score: best.score.max(find.score), worth: best.worth.max(find.worth) };
            }
        }
        Ok(best)
    }

    /// The best alternative of a slot in each candidate; notes its places.
    fn examine_slot(
        &self,
        column: &Column<'_>,
        number: usize,
        slot: &Slot,
        sheets: &mut [Sheet],
    ) -> Result<Vec<Find>, SearchError> {
        let inverted = column.reader.inverted_index(column.part.field)?;
        let lengths = column.reader.get_fieldnorms_reader(column.part.field)?;
        let option = if column.with_places {
            IndexRecordOption::WithFreqsAndPositions
        } else {
            IndexRecordOption::WithFreqs
        };
        let mut found = vec![Find::default(); sheets.len()];
        let mut positions = Vec::new();
        for alternative in slot {
            let Some(mut postings) = self.postings(&inverted, column.part, alternative, option)? else {
                continue;
            };
            for (sheet, find) in sheets.iter_mut().zip(&mut found) {
                if !stands_in(&mut postings, sheet.address.doc_id) {
                    continue;
                }
                let norm = column.norms[usize::from(lengths.fieldnorm_id(sheet.address.doc_id))];
                let times = saturation(postings.term_freq(), norm, self.tuning.k1);
                find.score = find.score.max(alternative.worth * alternative.idf * times);
                find.worth = find.worth.max(alternative.worth);
                if column.with_places && sheet.places.len() < MAX_PLACES {
                    postings.positions(&mut positions);
                    let place = |at: &u32| Place { at: *at, concept: number, worth: alternative.worth };
                    sheet.places.extend(positions.iter().map(place));
                }
            }
        }
        Ok(found)
    }

    fn read_lines(&self, reader: &SegmentReader, sheets: &mut [Sheet]) -> Result<(), SearchError> {
        let field = self.snapshot.fields.of(self.language).lines;
        let inverted: &InvertedIndexReader = &*reader.inverted_index(field)?;
        let mark = Term::from_field_text(field, LINE_MARK);
        let Some(mut postings) = inverted.read_postings(&mark, IndexRecordOption::WithFreqsAndPositions)?
        else {
            return Ok(());
        };
        for sheet in sheets {
            if stands_in(&mut postings, sheet.address.doc_id) {
                postings.positions(&mut sheet.lines);
            }
        }
        Ok(())
    }

    fn judge(&self, mut sheet: Sheet) -> Evidence {
        let concepts = &self.plan.concepts;
        let full = self.plan.full_worth().max(f32::MIN_POSITIVE);
        let share = |strength: &[f32]| -> f32 {
            let found = concepts.iter().zip(strength).map(|(concept, found)| concept.worth() * found);
            found.sum::<f32>() / full
        };
        sheet.places.sort_unstable_by_key(|place| (place.at, place.concept));
        let window = places::closest(&sheet.places, concepts, self.tuning.window_words) / full;
        let line =
            places::best_line(&sheet.places, &sheet.lines, concepts, self.tuning.line_precision) / full;
        let order = places::in_order(&sheet.places, concepts);
        let relevance = sheet.score / full
            + self.tuning.window * window
            + self.tuning.line * line
            + self.tuning.order * order;
        Evidence {
            relevance,
            coverage: share(&sheet.strength[0]),
            window,
            order,
            line,
            code: self.has_code(&sheet.strength[0]),
            ask: share(&sheet.strength[1]),
        }
    }

    fn has_code(&self, strength: &[f32]) -> bool {
        let articles = self.plan.articles;
        let mut found = self.plan.concepts.iter().zip(strength);
        found.any(|(concept, strength)| *strength >= 1.0 && concept.is_rare_code(articles))
    }
}

/// Moves the postings on to an article; whether the term stands in it.
fn stands_in(postings: &mut SegmentPostings, doc: tantivy::DocId) -> bool {
    if postings.doc() < doc {
        postings.seek(doc);
    }
    postings.doc() == doc
}
