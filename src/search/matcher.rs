//! Which words of an article match a question: for marking them and for finding the section that fits.

use std::collections::HashMap;

use crate::domain::article::Language;
use crate::search::analysis;
use crate::search::plan::Plan;
use crate::search::vocabulary::Vocabulary;

/// Tells which words of an article match a question.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    language: Option<Language>,
    terms: HashMap<String, Matched>,
    beginnings: Beginnings,
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
    /// For articles of a language and a plan made from their vocabulary. Little words match nothing.
    pub(crate) fn new(language: Language, plan: &Plan, vocabulary: &Vocabulary) -> Self {
        let mut terms: HashMap<String, Matched> = HashMap::new();
        for (number, concept) in (0_u8..).zip(&plan.concepts).filter(|(_, concept)| !concept.little) {
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
        let mut beginnings = Beginnings::default();
        for term in terms.keys() {
            beginnings.add(term);
        }
        Self { language: Some(language), terms, beginnings }
    }

    /// Takes in what matches in another index, planned for the same question beside this one.
    pub(crate) fn take_in(&mut self, other: Self) {
        self.language = self.language.or(other.language);
        self.beginnings.take_in(&other.beginnings);
        for (term, matched) in other.terms {
            let known = self.terms.entry(term).or_insert(matched);
            if matched.value > known.value {
                *known = matched;
            }
        }
    }

    /// Whether it was made for articles of this language.
    pub(crate) fn is_for(&self, language: Language) -> bool {
        self.language == Some(language)
    }

    /// For a folded word: which of the question's words it matches.
    pub fn matches(&self, folded: &str) -> Option<Matched> {
        // Stemming every word of an article would be most of the work of an answer.
        if self.beginnings.may_have(folded) {
            self.terms.get(analysis::stem(self.language?, folded).as_ref()).copied()
        } else {
            None
        }
    }
}

/// How words may begin that have one of the terms as their stem; some others begin so, too.
#[derive(Clone, Debug, Default)]
struct Beginnings([u64; 16]);

impl Beginnings {
    fn add(&mut self, term: &str) {
        let (word, bit) = Self::place(term);
        self.0[word] |= bit;
    }

    fn take_in(&mut self, other: &Self) {
        for (ours, theirs) in self.0.iter_mut().zip(other.0) {
            *ours |= theirs;
        }
    }

    fn may_have(&self, folded: &str) -> bool {
        let (word, bit) = Self::place(folded);
        self.0[word] & bit != 0
    }

    /// One of 1,024 bits, by what matters of two lower-case letters.
    fn place(word: &str) -> (usize, u64) {
        let [first, second] = beginning(word);
        let bit = usize::from(first % 32) * 32 + usize::from(second % 32);
        (bit / 64, 1 << (bit % 64))
    }
}

/// What a word and its stem have in common at their start. After a vowel an `e` may be part of an umlaut.
fn beginning(word: &str) -> [u8; 2] {
    match *word.as_bytes() {
        [first @ (b'a' | b'o' | b'u'), ..] | [first] => [first, b'e'],
        [first, second, ..] => [first, second],
        [] => [0, 0],
    }
}
