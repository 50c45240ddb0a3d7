//! From a question to what is looked up: for each of its words, every term of the index that may mean the same.
//!
//! A word becomes a *concept*. A concept has *readings*: the word itself or something like it (a synonym, a
//! compound that holds it, its correction), or a phrase whose parts must be found together (`Druckerwarteschlange`
//! as `Drucker` and `Warteschlange`). What an article gets for a concept is its best reading. Planning looks only
//! at the vocabulary, touches no file and never fails; a question without words has no concepts.

use std::collections::HashMap;

use serde::Serialize;

use crate::domain::article::Language;
use crate::search::analysis::{self, Word};
use crate::search::index::position;
use crate::search::language;
use crate::search::stopwords::is_stopword;
use crate::search::synonyms::{LONGEST_PHRASE, Member, Synonyms};
use crate::search::tuning::Tuning;
use crate::search::vocabulary::{TermNumber, Vocabulary};

/// Words of a question beyond these are not looked up; they are the tail of a pasted text.
const MAX_CONCEPTS: usize = 64;

/// Terms that one word may stand for.
const MAX_ALTERNATIVES: usize = 12;

/// Why a term is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kinship {
    /// It is the word.
    Same,
    /// The company says that it means the same.
    Synonym,
    /// It is a compound with the word, or a part of the word.
    Compound,
    /// It is the word with a letter wrong, missing or too many.
    Typo,
    /// It shares most letters, as derivations do.
    Alike,
}

/// A term that a word may stand for.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// The term's number in the vocabulary.
    pub term: TermNumber,
    /// What finding it is worth, 0 to 1, beside finding the word itself.
    pub worth: f32,
    /// How rare it is: its weight in the sense of BM25.
    pub idf: f32,
    /// Why it is looked up.
    pub kinship: Kinship,
}

/// Terms of which one is enough.
pub type Slot = Vec<Alternative>;

/// What one word of the question may be found as.
#[derive(Clone, Debug)]
pub struct Concept {
    /// The word, folded.
    pub word: String,
    /// 1 for words that carry meaning, less for the little ones.
    pub weight: f32,
    /// How often the question says it.
    pub times: f32,
    /// The weight in the sense of BM25 that finding it is worth.
    pub idf: f32,
    /// Whether it is one of the language's little words.
    pub little: bool,
    /// Whether the vocabulary has the word itself.
    pub known: bool,
    /// Ways to find it; each needs one term of every slot to be worth all of it.
    pub readings: Vec<Vec<Slot>>,
}

/// A question, cut into words.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its words, glued ones among them.
    pub words: Vec<Word>,
    /// The language it is written in.
    pub language: Language,
    /// The stem of each word in each language, in the order of [`Language::ALL`].
    stems: Vec<[String; 2]>,
}

impl Asked {
    /// From a question of somebody whose own language is this.
    pub fn new(text: &str, own: Language) -> Self {
        let words = analysis::words(text);
        let language = language::of_question(text, &words, own);
        let stem = |word: &Word| Language::ALL.map(|each| analysis::stem(each, &word.folded).into_owned());
        let stems = words.iter().map(stem).collect();
        Self { words, language, stems }
    }

    /// Its words but the glued ones, each with its place.
    fn plain(&self) -> impl Iterator<Item = (usize, &Word)> {
        self.words.iter().enumerate().filter(|(_, word)| !word.glued)
    }
}

/// What is looked up for a question among the articles of one language.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// One for each different word.
    pub concepts: Vec<Concept>,
    /// The number of articles among which rarity is measured.
    pub articles: u32,
}

/// What planning needs to know of the articles of one language.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// Their language.
    pub language: Language,
    /// Their number.
    pub articles: u32,
    /// Their terms.
    pub vocabulary: &'a Vocabulary,
    /// The company's synonyms.
    pub synonyms: &'a Synonyms,
    /// The numbers of the ranking.
    pub tuning: &'a Tuning,
    /// Articles of the same language in another index that answers the same question.
    pub beside: Option<Beside<'a>>,
}

/// Articles that are searched at the same time but lie in another index. Rarity is measured among both, so that the
/// scores of both can be compared, and a word is not rare because one of them is small.
#[derive(Clone, Copy)]
pub struct Beside<'a> {
    /// Their number.
    pub articles: u32,
    /// Their terms.
    pub vocabulary: &'a Vocabulary,
}

impl Concept {
    /// What finding it as it is would be worth.
    pub fn worth(&self) -> f32 {
        self.weight * self.idf
    }

    /// Whether it is a number or code that few articles have.
    pub fn is_rare_code(&self, articles: u32) -> bool {
        let has_digit = self.word.bytes().any(|byte| byte.is_ascii_digit());
        has_digit && self.word.len() >= 3 && self.idf > idf(articles, 1) / 2.0
    }

    /// A known word that is worth 1.
    #[cfg(test)]
    pub(crate) fn for_test(word: &str) -> Self {
        let (word, readings) = (word.to_owned(), Vec::new());
        Self { word, weight: 1.0, times: 1.0, idf: 1.0, little: false, known: true, readings }
    }
}

impl Plan {
    /// Plans a question.
    pub fn new(ground: &Ground<'_>, asked: &Asked) -> Self {
        let mut scratch = Vec::new();
        let mut concepts: Vec<Concept> = Vec::new();
        let synonyms = phrase_synonyms(ground, asked);
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (number, word) in asked.words.iter().enumerate() {
            if concepts.len() == MAX_CONCEPTS {
                break;
            }
            let stem = asked.stems[number][position(ground.language)].as_str();
            if let Some(place) = seen.get(stem) {
                let again: &mut Concept = &mut concepts[*place];
                again.times += 1.0;
                continue;
            }
            if word.glued && !ground.knows(stem) {
                continue;
            }
            seen.insert(stem, concepts.len());
            concepts.push(ground.concept(
                &word.folded,
                stem,
                &synonyms[number],
                asked.language,
                &mut scratch,
            ));
        }
        ground.join_neighbours(asked, &mut concepts);
        for concept in &mut concepts {
            concept.weight *= concept.times.powf(ground.tuning.repeat);
        }
        Self { concepts, articles: ground.all_articles() }
    }

    /// What finding every word as it is would be worth.
    pub fn full_worth(&self) -> f32 {
        self.concepts.iter().map(Concept::worth).sum()
    }
}

/// For each word of the question the synonyms that stand for it, alone or within a phrase.
fn phrase_synonyms<'a>(ground: &Ground<'a>, asked: &Asked) -> Vec<Vec<&'a Member>> {
    let mut found: Vec<Vec<&Member>> = vec![Vec::new(); asked.words.len()];
    if ground.synonyms.is_empty() {
        return found;
    }
    let plain: Vec<usize> = asked.plain().map(|(number, _)| number).collect();
    let mut phrase = String::new();
    for language in Language::ALL {
        for start in 0..plain.len() {
            phrase.clear();
            for length in 1..=LONGEST_PHRASE.min(plain.len() - start) {
                if length > 1 {
                    phrase.push(' ');
                }
                phrase.push_str(&asked.stems[plain[start + length - 1]][position(language)]);
                for member in ground.synonyms.of(language, &phrase) {
                    for word in &plain[start..start + length] {
                        let members = &mut found[*word];
                        if !members.contains(&member) {
                            members.push(member);
                        }
                    }
                }
            }
        }
    }
    found
}

/// BM25's weight of a term that stands in so many of all articles.
pub fn idf(articles: u32, with_term: u32) -> f32 {
    let (articles, with_term) = (f64::from(articles), f64::from(with_term));
    #[expect(clippy::cast_possible_truncation, reason = "a logarithm of a count fits any float")]
    let idf = (1.0 + (articles - with_term + 0.5).max(0.0) / (with_term + 0.5)).ln() as f32;
    idf
}

impl Ground<'_> {
    fn idf(&self, documents: u32) -> f32 {
        idf(self.all_articles(), documents)
    }

    /// The number of articles here and beside.
    fn all_articles(&self) -> u32 {
        self.articles.saturating_add(self.beside.map_or(0, |beside| beside.articles))
    }

    /// In how many of the articles beside a term occurs.
    fn documents_beside(&self, term: &str) -> u32 {
        let beside = self.beside.and_then(|beside| {
            let number = beside.vocabulary.find(term)?;
            Some(beside.vocabulary.document_count(number))
        });
        beside.unwrap_or_default()
    }

    fn knows(&self, term: &str) -> bool {
        self.vocabulary.find(term).is_some() || self.documents_beside(term) > 0
    }

    fn alternative(&self, term: TermNumber, worth: f32, kinship: Kinship) -> Alternative {
        let beside = self.documents_beside(self.vocabulary.term(term));
        let idf = self.idf(self.vocabulary.document_count(term).saturating_add(beside));
        Alternative { term, worth, idf, kinship }
    }

    fn concept(
        &self,
        word: &str,
        stem: &str,
        synonyms: &[&Member],
        asked_in: Language,
        scratch: &mut Vec<u8>,
    ) -> Concept {
        let exact = self.vocabulary.find(stem);
        let documents = exact.map_or(0, |term| self.vocabulary.document_count(term));
        let documents = documents.saturating_add(self.documents_beside(stem));
        let known = documents > 0;
        let little = is_stopword(asked_in, word);
        let mut whole: Slot =
            exact.map(|term| self.alternative(term, 1.0, Kinship::Same)).into_iter().collect();
        let mut readings = Vec::new();
        for synonym in synonyms {
            match synonym.stems(self.language) {
                [single] => {
                    let term = self.vocabulary.find(single);
                    whole.extend(
                        term.map(|term| self.alternative(term, self.tuning.synonym, Kinship::Synonym)),
                    );
                }
                phrase => readings.extend(self.phrase(phrase)),
            }
        }
        if !little {
            let mut likenesses = self.alike(word, stem, known, scratch);
            likenesses.retain(|found| whole.iter().all(|known| known.term != found.term));
            whole.extend(likenesses);
            readings.extend(self.compound(word));
        }
        whole.truncate(MAX_ALTERNATIVES);
        let idf = if known {
            self.idf(documents)
        } else {
            whole.iter().map(|found| found.idf).fold(0.0, f32::max).max(self.idf(1))
        };
        // A rare relative of a common word tells no more than the word itself.
        for found in &mut whole {
            found.idf = found.idf.min(idf);
        }
        readings.insert(0, vec![whole]);
        let weight = if little { self.tuning.stopword } else { 1.0 };
        Concept { word: word.to_owned(), weight, times: 1.0, idf, little, known, readings }
    }

    /// A synonym of several words; all of its known words share its worth.
    fn phrase(&self, phrase: &[String]) -> Option<Vec<Slot>> {
        let terms: Option<Vec<TermNumber>> = phrase.iter().map(|stem| self.vocabulary.find(stem)).collect();
        Some(self.shared(&terms?, self.tuning.synonym, Kinship::Synonym))
    }

    /// The word cut into parts that the vocabulary has.
    fn compound(&self, word: &str) -> Option<Vec<Slot>> {
        if word.len() < 7 || word.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let parts = self.vocabulary.split(self.language, word)?;
        Some(self.shared(&parts, self.tuning.parts, Kinship::Compound))
    }

    fn shared(&self, terms: &[TermNumber], worth: f32, kinship: Kinship) -> Vec<Slot> {
        let share = worth / f32::from(u8::try_from(terms.len()).unwrap_or(u8::MAX));
        terms.iter().map(|term| vec![self.alternative(*term, share, kinship)]).collect()
    }

    /// Terms that look like the word, best first.
    fn alike(&self, word: &str, stem: &str, known: bool, scratch: &mut Vec<u8>) -> Vec<Alternative> {
        if stem.len() < 4 || word.bytes().any(|byte| byte.is_ascii_digit()) {
            return Vec::new();
        }
        let mut found: Vec<Alternative> = self
            .vocabulary
            .similar_remembered(stem, self.tuning.least_alike, scratch)
            .iter()
            .filter_map(|likeness| {
                let term = self.vocabulary.term(likeness.term);
                let (worth, kinship) = self.kinship(stem, term, known, likeness.dice)?;
                Some(self.alternative(likeness.term, worth, kinship))
            })
            .collect();
        found.sort_by(|a, b| b.worth.total_cmp(&a.worth).then(a.term.cmp(&b.term)));
        found.truncate(MAX_ALTERNATIVES);
        found
    }

    /// What a look-alike is worth; `None` when it only looks alike.
    fn kinship(&self, stem: &str, term: &str, known: bool, dice: f32) -> Option<(f32, Kinship)> {
        let (short, long) = if stem.len() < term.len() { (stem, term) } else { (term, stem) };
        if term.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut best: Option<(f32, Kinship)> = None;
        let mut offer = |worth: f32, kinship| {
            if best.is_none_or(|(known, _)| worth > known) {
                best = Some((worth, kinship));
            }
        };
        if short.len() >= 4
            && long.len() >= short.len() + 3
            && (long.ends_with(short) || long.starts_with(short))
        {
            offer(self.tuning.compound, Kinship::Compound);
        }
        let allowed = if stem.len() >= 8 { 2 } else { 1 };
        if !known && long.len() - short.len() <= allowed && strsim::osa_distance(stem, term) <= allowed {
            offer(self.tuning.typo, Kinship::Typo);
        }
        if dice >= self.tuning.least_alike {
            offer(self.tuning.alike * dice.powf(self.tuning.alike_power), Kinship::Alike);
        }
        best
    }

    /// Words that were typed apart but belong together: `pass word`, `Warte schlange`.
    fn join_neighbours(&self, asked: &Asked, concepts: &mut [Concept]) {
        let plain: Vec<&str> = asked.plain().map(|(_, word)| word.folded.as_str()).collect();
        let mut joined = String::new();
        for pair in plain.windows(2) {
            joined.clear();
            joined.extend(pair.iter().copied());
            if joined.len() < 6 {
                continue;
            }
            let Some(term) = self.vocabulary.find(&analysis::stem(self.language, &joined)) else { continue };
            for concept in concepts.iter_mut().filter(|concept| pair.contains(&concept.word.as_str())) {
                let mut alternative = self.alternative(term, self.tuning.parts, Kinship::Compound);
                alternative.idf = alternative.idf.min(concept.idf);
                if let Some(whole) = concept.readings.first_mut().and_then(|reading| reading.first_mut())
                    && whole.iter().all(|found| found.term != term)
                {
                    whole.push(alternative);
                }
            }
        }
    }
}
