//! The second step of ranking: the candidates scored exactly, over all fields and with positions.
//!
//! Positions cost most, and what they can add is bounded by what was found at all. So they are read for the most
//! promising candidates first, and not at all for those that could not be among the wanted ones any more.

use tantivy::DocAddress;
use tantivy::schema::IndexRecordOption;

use crate::search::evidence::Evidence;
use crate::search::index::SearchError;
use crate::search::places::{self, Place};
use crate::search::plan::{Concept, Slot};
use crate::search::scorer::{FieldPart, Scorer, saturation};

/// Positions looked at per article and question; beyond them a place is as good as found.
const MAX_PLACES: usize = 1_000;

/// How far sums of the same numbers in another order may differ.
const ROUNDING: f32 = 1e-4;

/// What was read of one candidate.
struct Sheet {
    address: DocAddress,
    /// What its words are worth.
    score: f32,
    /// Per field, how well each concept was found, one field after the other.
    strength: Vec<f32>,
    /// The most that its relevance can be, once positions are read.
    most: f32,
    places: Vec<Place>,
    /// Where its lines start, and where the last one ends.
    lines: Vec<u32>,
}

/// How well something was found in one candidate.
#[derive(Clone, Copy, Default)]
struct Find {
    score: f32,
    worth: f32,
}

/// Finds in each candidate of a segment, used again for every concept.
struct Finds {
    slot: Vec<Find>,
    reading: Vec<Find>,
    best: Vec<Find>,
}

impl Finds {
    fn of(candidates: usize) -> Self {
        let none = vec![Find::default(); candidates];
        Self { slot: none.clone(), reading: none.clone(), best: none }
    }
}

impl Scorer<'_> {
    /// Scores the candidates, which are in ascending order. Left out are those that are not among the best `wanted`
    /// ones, or have less relevance than `floor`.
    pub(crate) fn examine(
        &self,
        candidates: &[DocAddress],
        wanted: usize,
        mut floor: f32,
    ) -> Result<Vec<(DocAddress, Evidence)>, SearchError> {
        let mut sheets = self.sheets(candidates)?;
        sheets.sort_unstable_by(|a, b| b.most.total_cmp(&a.most).then(a.address.cmp(&b.address)));
        let mut examined: Vec<(DocAddress, Evidence)> = Vec::with_capacity(2 * wanted);
        let mut rest = sheets.as_mut_slice();
        loop {
            let promising = rest.partition_point(|sheet| sheet.most + ROUNDING >= floor);
            let (round, later) = rest[..promising].split_at_mut(promising.min(wanted));
            if round.is_empty() {
                return Ok(examined);
            }
            round.sort_unstable_by_key(|sheet| sheet.address);
            self.read_positions(round)?;
            examined.extend(round.iter_mut().map(|sheet| (sheet.address, self.judge(sheet))));
            if examined.len() >= wanted {
                let mut scores: Vec<f32> = examined.iter().map(|(_, evidence)| evidence.relevance).collect();
                let (_, least, _) = scores.select_nth_unstable_by(wanted - 1, |a, b| b.total_cmp(a));
                floor = floor.max(*least);
            }
            rest = later;
        }
    }

    /// What can be said of the candidates without positions.
    fn sheets(&self, candidates: &[DocAddress]) -> Result<Vec<Sheet>, SearchError> {
        let concepts = self.plan.concepts.len();
        let sheet = |address: &DocAddress| Sheet {
            address: *address,
            score: 0.0,
            strength: vec![0.0; 3 * concepts],
            most: 0.0,
            places: Vec::new(),
            lines: Vec::new(),
        };
        let mut sheets: Vec<Sheet> = candidates.iter().map(sheet).collect();
        let mut finds = Finds::of(sheets.len());
        for of_segment in sheets.chunk_by_mut(|a, b| a.address.segment_ord == b.address.segment_ord) {
            let fields = self.fields(of_segment[0].address.segment_ord);
            for (place, field) in fields.into_iter().enumerate() {
                for (number, concept) in self.plan.concepts.iter().enumerate() {
                    self.examine_concept(field, concept, of_segment, &mut finds)?;
                    for (sheet, find) in of_segment.iter_mut().zip(&finds.best) {
                        sheet.score += field.weight * concept.weight * find.score;
                        sheet.strength[place * concepts + number] = find.worth;
                    }
                }
            }
        }
        for sheet in &mut sheets {
            sheet.most = self.most_relevance(sheet);
        }
        Ok(sheets)
    }

    /// The best reading of a concept in each candidate.
    fn examine_concept(
        &self,
        field: FieldPart<'_>,
        concept: &Concept,
        sheets: &[Sheet],
        finds: &mut Finds,
    ) -> Result<(), SearchError> {
        finds.best.fill(Find::default());
        for reading in &concept.readings {
            finds.reading.fill(Find::default());
            for slot in reading {
                self.examine_slot(field, slot, sheets, &mut finds.slot)?;
                for (sum, find) in finds.reading.iter_mut().zip(&finds.slot) {
                    *sum = Find { score: sum.score + find.score, worth: sum.worth + find.worth };
                }
            }
            for (best, find) in finds.best.iter_mut().zip(&finds.reading) {
                *best = Find { score: best.score.max(find.score), worth: best.worth.max(find.worth) };
            }
        }
        Ok(())
    }

    /// The best alternative of a slot in each candidate.
    fn examine_slot(
        &self,
        field: FieldPart<'_>,
        slot: &Slot,
        sheets: &[Sheet],
        found: &mut [Find],
    ) -> Result<(), SearchError> {
        found.fill(Find::default());
        for alternative in slot {
            let postings = field.column.postings(alternative.term, IndexRecordOption::WithFreqs)?;
            let Some(mut postings) = postings else { continue };
            for (sheet, find) in sheets.iter().zip(&mut *found) {
                let article = sheet.address.doc_id;
                if postings.stands_in(article) {
                    let times = saturation(postings.times(), field.norm(article), self.tuning.k1);
                    find.score = find.score.max(alternative.worth * alternative.idf * times);
                    find.worth = find.worth.max(alternative.worth);
                }
            }
        }
        Ok(())
    }

    /// The places of all concepts, and the lines, of sheets in ascending order.
    fn read_positions(&self, sheets: &mut [Sheet]) -> Result<(), SearchError> {
        // Little words come last: in a long article their many places must not crowd out the others.
        let concepts = self.plan.concepts.iter().enumerate();
        let (little, weighty): (Vec<_>, Vec<_>) = concepts.partition(|(_, concept)| concept.little);
        for of_segment in sheets.chunk_by_mut(|a, b| a.address.segment_ord == b.address.segment_ord) {
            for (number, concept) in weighty.iter().chain(&little) {
                self.read_places(*number, concept, of_segment)?;
            }
            self.read_lines(of_segment)?;
        }
        Ok(())
    }

    fn read_places(&self, number: usize, concept: &Concept, sheets: &mut [Sheet]) -> Result<(), SearchError> {
        let [whole, ..] = self.fields(sheets[0].address.segment_ord);
        let mut scratch = Vec::new();
        for alternative in concept.readings.iter().flatten().flatten() {
            let postings =
                whole.column.postings(alternative.term, IndexRecordOption::WithFreqsAndPositions)?;
            let Some(mut postings) = postings else { continue };
            for sheet in sheets.iter_mut().filter(|sheet| sheet.places.len() < MAX_PLACES) {
                if sheet.strength[number] > 0.0 && postings.stands_in(sheet.address.doc_id) {
                    let place = |at: &u32| Place { at: *at, concept: number, worth: alternative.worth };
                    sheet.places.extend(postings.positions(&mut scratch).iter().map(place));
                }
            }
        }
        Ok(())
    }

    fn read_lines(&self, sheets: &mut [Sheet]) -> Result<(), SearchError> {
        let lines = &self.columns(sheets[0].address.segment_ord).lines;
        let Some(mut marks) = lines.postings(0, IndexRecordOption::WithFreqsAndPositions)? else {
            return Ok(());
        };
        let mut scratch = Vec::new();
        for sheet in sheets {
            if marks.stands_in(sheet.address.doc_id) {
                sheet.lines.extend_from_slice(marks.positions(&mut scratch));
            }
        }
        Ok(())
    }

    /// The weighted share of the question's words found in a field.
    fn share(&self, sheet: &Sheet, field: usize) -> f32 {
        let concepts = &self.plan.concepts;
        let strength = &sheet.strength[field * concepts.len()..][..concepts.len()];
        let found = concepts.iter().zip(strength).map(|(concept, found)| concept.worth() * found);
        found.sum::<f32>() / self.full_worth()
    }

    fn full_worth(&self) -> f32 {
        self.plan.full_worth().max(f32::MIN_POSITIVE)
    }

    fn most_relevance(&self, sheet: &Sheet) -> f32 {
        let in_order = places::most_in_order(&sheet.strength, &self.plan.concepts);
        sheet.score / self.full_worth()
            + (self.tuning.window + self.tuning.line) * self.share(sheet, 0)
            + self.tuning.order * in_order
    }

    fn judge(&self, sheet: &mut Sheet) -> Evidence {
        let concepts = &self.plan.concepts;
        let full = self.full_worth();
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
            coverage: self.share(sheet, 0),
            window,
            order,
            line,
            code: self.has_code(&sheet.strength),
            ask: self.share(sheet, 1),
        }
    }

    fn has_code(&self, strength: &[f32]) -> bool {
        let articles = self.plan.articles;
        let mut found = self.plan.concepts.iter().zip(strength);
        found.any(|(concept, strength)| *strength >= 1.0 && concept.is_rare_code(articles))
    }
}
