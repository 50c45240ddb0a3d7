//! Which words of an article match a question: for marking them and for finding the section that fits.

use std::collections::{HashMap, HashSet};

use crate::domain::article::Language;
use crate::search::analysis;
use crate::search::plan::Plan;
use crate::search::vocabulary::Vocabulary;

/// Tells which words of an article match a question.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    language: Option<Language>,
    terms: HashMap<String, Matched>,
    beginnings: HashSet<[u8; 2]>,
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
        let beginnings = terms.keys().map(|term| beginning(term)).collect();
        Self { language: Some(language), terms, beginnings }
    }

    /// Takes in what matches in another index, planned for the same question beside this one.
    pub(crate) fn take_in(&mut self, other: Self) {
        self.language = self.language.or(other.language);
        self.beginnings.extend(other.beginnings);
        for (term, matched) in other.terms {
            let known = self.terms.entry(term).or_insert(matched);
            if matched.value > known.value {
                *known = matched;
            }
        }
    }

    /// For a folded word: which of the question's words it matches.
    pub fn matches(&self, folded: &str) -> Option<Matched> {
        // Stemming every word of an article would be most of the work of an answer.
        let possible = self.beginnings.contains(&beginning(folded));
        if possible { self.terms.get(analysis::stem(self.language?, folded).as_ref()).copied() } else { None }
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
