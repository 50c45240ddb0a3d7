//! From a question to the articles that answer it, best first, each with what speaks for it.
//!
//! Two steps. *Gathering* walks the postings of the question's terms and keeps the most promising articles; the
//! commonest words are left out once enough postings were read, so that a question of little words costs no more
//! than any other. *Examining* scores those candidates exactly, over all fields and with positions.
//!
//! The score is a sum, and it is comparable between questions as the share of what a perfect article would get:
//! a second ranker can be added to it by weight. It fails only if a file of the index cannot be read.

use std::collections::HashMap;

use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED, Term};

use crate::domain::article::Language;
use crate::search::evidence::{Evidence, QuestionEvidence};
use crate::search::index::{Index, LanguagePart, SearchError, Snapshot, position};
use crate::search::plan::{Concept, Ground, Plan};
use crate::search::synonyms::Synonyms;
use crate::search::tuning::Tuning;
use crate::search::vocabulary::Vocabulary;
use crate::search::{analysis, language};

/// How many articles are examined exactly.
const CANDIDATES: usize = 64;

/// How many postings gathering reads before it leaves out the question's commonest words.
const POSTINGS_BUDGET: u64 = 120_000;

/// Positions looked at per article and question; beyond them a place is as good as found.
const MAX_PLACES: usize = 1_000;

/// What to look for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The question, any text.
    pub text: &'a str,
    /// The person's own language.
    pub language: Language,
    /// Whether articles for staff may be found.
    pub staff: bool,
    /// How many articles are wanted.
    pub limit: usize,
    /// Look at this article alone.
    pub only: Option<&'a str>,
}

/// An article that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its stable name.
    pub id: String,
    /// Its language.
    pub language: Language,
    /// The share of a perfect article's score, weighed down when it is in the other language.
    pub score: f32,
    /// What speaks for it.
    pub evidence: Evidence,
    address: DocAddress,
}

/// What was found for a question.
#[derive(Debug, Default)]
pub struct Findings {
    /// Best first.
    pub hits: Vec<Found>,
    /// What the question itself says.
    pub question: QuestionEvidence,
    /// Which words of an article match the question, per language of the article.
    matchers: [Matcher; 2],
}

impl Findings {
    /// Tells which words of an article in a language match the question.
    pub fn matcher(&self, language: Language) -> &Matcher {
        &self.matchers[position(language)]
    }
}

/// Tells which words of an article match a question.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    language: Option<Language>,
    terms: HashMap<String, Matched>,
}

/// What a word of an article matches.
#[derive(Clone, Copy, Debug)]
pub struct Matched {
    /// The place of the question's word among its different ones.
    pub concept: u8,
    /// How surely it is the same word, 0 to 1.
    pub worth: f32,
    /// What finding it says about the article.
    pub value: f32,
}

impl Matcher {
    fn new(language: Language, plan: &Plan, vocabulary: &Vocabulary) -> Self {
        let mut terms: HashMap<String, Matched> = HashMap::new();
        for (number, concept) in (0_u8..).zip(&plan.concepts) {
            if concept.little {
                continue;
            }
            for reading in &concept.readings {
                // The parts of a compound share its worth; each of them is found as surely as the whole.
                let parts = f32::from(u8::try_from(reading.len()).unwrap_or(u8::MAX));
                for alternative in reading.iter().flatten() {
                    let worth = alternative.worth * parts;
                    let value = alternative.worth * alternative.idf * concept.weight;
                    let matched = Matched { concept: number, worth, value };
                    let known = terms.entry(vocabulary.term(alternative.term).to_owned()).or_insert(matched);
                    if value > known.value {
                        *known = matched;
                    }
                }
            }
        }
        Self { language: Some(language), terms }
    }

    /// For a folded word: which of the question's words it matches.
    pub fn matches(&self, folded: &str) -> Option<Matched> {
        self.terms.get(analysis::stem(self.language?, folded).as_ref()).copied()
    }
}

impl Index {
    /// Finds the articles that answer a question best.
    pub fn search(
        &self,
        request: &Request<'_>,
        synonyms: &Synonyms,
        tuning: &Tuning,
    ) -> Result<Findings, SearchError> {
        let snapshot = self.snapshot();
        let words = analysis::words(request.text);
        let asked_in = language::of_question(request.text, &words, request.language);
        let mut findings = Findings::default();
        let mut ranked: Vec<(f32, DocAddress, Evidence)> = Vec::new();
        let only = request.only.map(|id| snapshot.address_of(id)).transpose()?;
        for language in Language::ALL {
            let part = &snapshot.parts[position(language)];
            if part.articles == 0 {
                continue;
            }
            let ground =
                Ground { language, articles: part.articles, vocabulary: &part.vocabulary, synonyms, tuning };
            let plan = Plan::new(&ground, &words, asked_in);
            findings.matchers[position(language)] = Matcher::new(language, &plan, &part.vocabulary);
            if language == asked_in || findings.question == QuestionEvidence::default() {
                findings.question = question_evidence(&plan);
            }
            let scorer = Scorer { snapshot, part, language, plan: &plan, tuning };
            let candidates = match only {
                None => scorer.gather(request.staff)?,
                Some(Some(address)) if snapshot.language(address) == language => vec![address],
                Some(_) => Vec::new(),
            };
            let factor = if language == asked_in { 1.0 } else { tuning.other_language };
            for (address, evidence) in scorer.examine(&candidates)? {
                if request.staff || !snapshot.is_staff_only(address) {
                    ranked.push((evidence.relevance * factor, address, evidence));
                }
            }
        }
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.truncate(request.limit);
        for (score, address, evidence) in ranked {
            let (id, language) = (snapshot.id(address)?, snapshot.language(address));
            findings.hits.push(Found { id, language, score, evidence, address });
        }
        Ok(findings)
    }

    /// The text that was given with an article that was found.
    pub fn source_of(&self, found: &Found) -> Result<String, SearchError> {
        self.snapshot().source(found.address)
    }
}

fn question_evidence(plan: &Plan) -> QuestionEvidence {
    let content = plan.concepts.iter().filter(|concept| !concept.little).count();
    let unknown: f32 = plan.concepts.iter().filter(|c| !c.known).map(|c| c.weight * c.idf).sum();
    QuestionEvidence {
        content_words: u8::try_from(content).unwrap_or(u8::MAX),
        unknown: unknown / plan.full_worth().max(f32::MIN_POSITIVE),
    }
}

/// Scores the articles of one language for one plan.
struct Scorer<'a> {
    snapshot: &'a Snapshot,
    part: &'a LanguagePart,
    language: Language,
    plan: &'a Plan,
    tuning: &'a Tuning,
}

/// Sums per article of a segment while postings are walked.
#[derive(Default)]
struct Sums {
    slot: Vec<f32>,
    reading: Vec<f32>,
    concept: Vec<f32>,
    total: Vec<f32>,
    touched: Vec<DocId>,
}

impl Sums {
    fn sized(articles: usize) -> Self {
        Self {
            slot: vec![0.0; articles],
            reading: vec![0.0; articles],
            concept: vec![0.0; articles],
            total: vec![0.0; articles],
            touched: Vec::new(),
        }
    }
}

impl Scorer<'_> {
    /// The fields that are scored, each with its weight and the mean number of its words.
    fn fields(&self) -> [(Field, f32, f32); 3] {
        let fields = self.snapshot.fields.of(self.language);
        let mean = self.part.mean_words;
        [
            (fields.whole, 1.0, mean[0]),
            (fields.ask, self.tuning.ask, mean[1]),
            (fields.label, self.tuning.label, mean[2]),
        ]
    }

    /// BM25's denominator addend for each stored length code.
    fn length_norms(&self, mean_words: f32) -> [f32; 256] {
        std::array::from_fn(|code| {
            let code = u8::try_from(code).unwrap_or(u8::MAX);
            let words = tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm(code);
            #[expect(clippy::cast_precision_loss, reason = "a length is far below a float's limit")]
            let ratio = words as f32 / mean_words;
            self.tuning.k1 * (1.0 - self.tuning.b + self.tuning.b * ratio)
        })
    }

    /// The most promising articles.
    fn gather(&self, staff: bool) -> Result<Vec<DocAddress>, SearchError> {
        let mut best: Vec<(f32, DocAddress)> = Vec::new();
        let chosen = self.affordable();
        for (ordinal, reader) in (0..).zip(self.snapshot.searcher.segment_readers()) {
            let facts = &self.snapshot.facts[ordinal as usize];
            let mut sums = Sums::sized(reader.max_doc() as usize);
            for (field, weight, mean) in self.fields() {
                if weight > 0.0 {
                    let norms = self.length_norms(mean);
                    self.add_field(reader, field, weight, &norms, &chosen, &mut sums)?;
                }
            }
            let mut of_segment: Vec<(f32, DocAddress)> = Vec::new();
            for (doc, total) in (0..).zip(&sums.total) {
                let visible = staff || facts[doc as usize] & 1 == 0;
                if *total > 0.0 && visible && !reader.is_deleted(doc) {
                    of_segment.push((*total, DocAddress::new(ordinal, doc)));
                }
            }
            best.append(&mut of_segment);
        }
        if best.len() > CANDIDATES {
            best.select_nth_unstable_by(CANDIDATES, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            best.truncate(CANDIDATES);
        }
        let mut addresses: Vec<DocAddress> = best.into_iter().map(|(_, address)| address).collect();
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

    fn add_field(
        &self,
        reader: &SegmentReader,
        field: Field,
        weight: f32,
        norms: &[f32; 256],
        concepts: &[&Concept],
        sums: &mut Sums,
    ) -> Result<(), SearchError> {
        let inverted = reader.inverted_index(field)?;
        let lengths = reader.get_fieldnorms_reader(field)?;
        for concept in concepts {
            let mut of_concept: Vec<DocId> = Vec::new();
            for reading in &concept.readings {
                let mut of_reading: Vec<DocId> = Vec::new();
                for slot in reading {
                    sums.touched.clear();
                    for alternative in slot {
                        let term = Term::from_field_text(field, self.part.vocabulary.term(alternative.term));
                        let Some(mut postings) =
                            inverted.read_postings(&term, IndexRecordOption::WithFreqs)?
                        else {
                            continue;
                        };
                        let value = alternative.worth * alternative.idf;
                        while postings.doc() != TERMINATED {
                            let doc = postings.doc();
                            let norm = norms[lengths.fieldnorm_id(doc) as usize];
                            let score = value * saturation(postings.term_freq(), norm, self.tuning.k1);
                            let sum = &mut sums.slot[doc as usize];
                            if *sum == 0.0 {
                                sums.touched.push(doc);
                            }
                            *sum = sum.max(score);
                            postings.advance();
                        }
                    }
                    for doc in sums.touched.drain(..) {
                        let reading = &mut sums.reading[doc as usize];
                        if *reading == 0.0 {
                            of_reading.push(doc);
                        }
                        *reading += std::mem::take(&mut sums.slot[doc as usize]);
                    }
                }
                for doc in of_reading {
                    let best = &mut sums.concept[doc as usize];
                    if *best == 0.0 {
                        of_concept.push(doc);
                    }
                    *best = best.max(std::mem::take(&mut sums.reading[doc as usize]));
                }
            }
            for doc in of_concept {
                sums.total[doc as usize] +=
                    weight * concept.weight * std::mem::take(&mut sums.concept[doc as usize]);
            }
        }
        Ok(())
    }

    /// Scores the candidates, which are in ascending order, exactly.
    fn examine(&self, candidates: &[DocAddress]) -> Result<Vec<(DocAddress, Evidence)>, SearchError> {
        let mut examined = Vec::with_capacity(candidates.len());
        for of_segment in candidates.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
            let reader = self.snapshot.searcher.segment_reader(of_segment[0].segment_ord);
            let mut sheets: Vec<Sheet> =
                of_segment.iter().map(|address| Sheet::new(*address, self.plan.concepts.len())).collect();
            for (place, (field, weight, mean)) in self.fields().into_iter().enumerate() {
                self.examine_field(reader, place, (field, weight, mean), &mut sheets)?;
            }
            for sheet in sheets {
                examined.push((sheet.address, self.judge(sheet)));
            }
        }
        Ok(examined)
    }

    fn examine_field(
        &self,
        reader: &SegmentReader,
        place: usize,
        (field, weight, mean): (Field, f32, f32),
        sheets: &mut [Sheet],
    ) -> Result<(), SearchError> {
        let inverted = reader.inverted_index(field)?;
        let lengths = reader.get_fieldnorms_reader(field)?;
        let norms = self.length_norms(mean);
        let with_positions = place == 0;
        let option = if with_positions {
            IndexRecordOption::WithFreqsAndPositions
        } else {
            IndexRecordOption::WithFreqs
        };
        let mut positions = Vec::new();
        for (number, concept) in self.plan.concepts.iter().enumerate() {
            let mut best = vec![(0.0_f32, 0.0_f32); sheets.len()];
            for reading in &concept.readings {
                let mut of_reading = vec![(0.0_f32, 0.0_f32); sheets.len()];
                for slot in reading {
                    let mut of_slot = vec![(0.0_f32, 0.0_f32); sheets.len()];
                    for alternative in slot {
                        let term = Term::from_field_text(field, self.part.vocabulary.term(alternative.term));
                        let Some(mut postings) = inverted.read_postings(&term, option)? else { continue };
                        for (sheet, sum) in sheets.iter_mut().zip(&mut of_slot) {
                            let doc = sheet.address.doc_id;
                            if postings.doc() < doc {
                                postings.seek(doc);
                            }
                            if postings.doc() != doc {
                                continue;
                            }
                            let norm = norms[lengths.fieldnorm_id(doc) as usize];
                            let tf = saturation(postings.term_freq(), norm, self.tuning.k1);
                            sum.0 = sum.0.max(alternative.worth * alternative.idf * tf);
                            sum.1 = sum.1.max(alternative.worth);
                            if with_positions && sheet.places.len() < MAX_PLACES {
                                postings.positions(&mut positions);
                                let places = positions.iter().map(|at| (*at, number, alternative.worth));
                                sheet.places.extend(places);
                            }
                        }
                    }
                    for (reading, slot) in of_reading.iter_mut().zip(&of_slot) {
                        *reading = (reading.0 + slot.0, reading.1 + slot.1);
                    }
                }
                for (best, reading) in best.iter_mut().zip(&of_reading) {
                    *best = (best.0.max(reading.0), best.1.max(reading.1));
                }
            }
            for (sheet, best) in sheets.iter_mut().zip(&best) {
                sheet.score += weight * concept.weight * best.0;
                sheet.strength[place][number] = best.1;
            }
        }
        Ok(())
    }

    fn judge(&self, mut sheet: Sheet) -> Evidence {
        let concepts = &self.plan.concepts;
        let full = self.plan.full_worth().max(f32::MIN_POSITIVE);
        let share = |strength: &[f32]| -> f32 {
            let sum: f32 = concepts
                .iter()
                .zip(strength)
                .map(|(concept, found)| concept.weight * concept.idf * found)
                .sum();
            sum / full
        };
        sheet.places.sort_unstable_by_key(|place| (place.0, place.1));
        let window = closest_place(&sheet.places, concepts, self.tuning.window_words) / full;
        let order = in_order(&sheet.places, concepts);
        let relevance = sheet.score / full + self.tuning.window * window + self.tuning.order * order;
        Evidence {
            relevance,
            coverage: share(&sheet.strength[0]),
            window,
            order,
            ask: share(&sheet.strength[1]),
        }
    }
}

/// What was read of one candidate.
struct Sheet {
    address: DocAddress,
    score: f32,
    /// Per field and concept, how well it was found.
    strength: [Vec<f32>; 3],
    /// Where concepts stand, and how well found.
    places: Vec<(u32, usize, f32)>,
}

impl Sheet {
    fn new(address: DocAddress, concepts: usize) -> Self {
        Self {
            address,
            score: 0.0,
            strength: std::array::from_fn(|_| vec![0.0; concepts]),
            places: Vec::new(),
        }
    }
}

/// BM25's part for how often a word occurs, 1 for once in an article of mean length.
fn saturation(times: u32, norm: f32, k1: f32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a count of words is far below a float's limit")]
    let times = times as f32;
    times * (k1 + 1.0) / (times + norm)
}

/// The most that can be found within so many words.
fn closest_place(places: &[(u32, usize, f32)], concepts: &[Concept], width: u32) -> f32 {
    let mut best = 0.0_f32;
    let mut strongest = vec![0.0_f32; concepts.len()];
    for (start, first) in places.iter().enumerate() {
        let mut sum = 0.0;
        let within = places[start..].iter().take_while(|place| place.0 - first.0 < width);
        let end = start + within.clone().count();
        for (_, number, worth) in within {
            if *worth > strongest[*number] {
                sum += (worth - strongest[*number]) * concepts[*number].weight * concepts[*number].idf;
                strongest[*number] = *worth;
            }
        }
        for (_, number, _) in &places[start..end] {
            strongest[*number] = 0.0;
        }
        best = best.max(sum);
    }
    best
}

/// The weighted share of neighbours in the question that are neighbours in the article.
fn in_order(places: &[(u32, usize, f32)], concepts: &[Concept]) -> f32 {
    let worth = |number: usize| concepts[number].weight * concepts[number].idf;
    let all: f32 = (1..concepts.len()).map(|number| worth(number - 1).min(worth(number))).sum();
    if all <= 0.0 {
        return 0.0;
    }
    let mut found = vec![0.0_f32; concepts.len()];
    for (start, first) in places.iter().enumerate() {
        for second in places[start + 1..].iter().take_while(|place| place.0 - first.0 <= 2) {
            if second.1 == first.1 + 1 && second.0 > first.0 {
                found[second.1] = found[second.1].max(first.2.min(second.2));
            }
        }
    }
    let sum: f32 =
        (1..concepts.len()).map(|number| found[number] * worth(number - 1).min(worth(number))).sum();
    sum / all
}
