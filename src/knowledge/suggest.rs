//! Titles and typical questions while somebody types.
//!
//! All in memory: the folded words of every title and question, and for each word the texts that have it. The last
//! word typed may be unfinished; every word may have a typing error. What is typed is only compared, so any text
//! will do. It deliberately does not search the articles' bodies: one picks a title here, one does not ask.

use std::collections::HashMap;

use crate::domain::article::{Audience, Language};
use crate::knowledge::answer::Suggestion;
use crate::knowledge::catalog::Catalog;
use crate::search::analysis;
use crate::search::vocabulary::{TermNumber, Vocabulary};

/// As many as Discord shows (Discord docs, interactions/application-commands, autocomplete).
pub const MAX_SUGGESTIONS: usize = 25;

/// Words typed beyond these change nothing.
const MAX_TYPED_WORDS: usize = 12;

/// Words that one typed word may stand for.
const MAX_WORDS: usize = 400;

/// What a word with a typing error counts.
const TYPO_WORTH: f32 = 0.6;

/// What an article in the other language counts.
const OTHER_LANGUAGE: f32 = 0.7;

/// What a typical question counts beside a title.
const QUESTION_WORTH: f32 = 0.95;

/// Finds titles by their beginnings.
#[derive(Debug, Default)]
pub struct Suggester {
    words: Vocabulary,
    /// For each word, the texts that have it and the word's place in them.
    texts_of: Vec<Vec<(u32, u8)>>,
    texts: Vec<Line>,
}

/// A title or typical question.
#[derive(Debug)]
struct Line {
    /// The article's place in the catalog.
    article: u32,
    /// The typical question's place; none for the title.
    question: Option<u8>,
    words: u8,
}

impl Suggester {
    /// Over everything in a catalog.
    pub fn new(catalog: &Catalog) -> Self {
        let mut postings: HashMap<String, Vec<(u32, u8)>> = HashMap::new();
        let mut texts = Vec::new();
        for (article, entry) in (0_u32..).zip(&catalog.entries) {
            let questions = (0_u8..).zip(&entry.questions).map(|(place, question)| (Some(place), question));
            for (question, text) in std::iter::once((None, &entry.title)).chain(questions) {
                let number = u32::try_from(texts.len()).unwrap_or(u32::MAX);
                let mut count = 0_u8;
                for word in analysis::words(text) {
                    let of_word = postings.entry(word.folded).or_default();
                    if of_word.last().is_none_or(|(last, _)| *last != number) {
                        of_word.push((number, count));
                    }
                    count = count.saturating_add(u8::from(!word.glued));
                }
                texts.push(Line { article, question, words: count });
            }
        }
        let mut sorted: Vec<(String, Vec<(u32, u8)>)> = postings.into_iter().collect();
        sorted.sort_unstable();
        let counts = sorted
            .iter()
            .map(|(word, texts)| (word.as_str(), u32::try_from(texts.len()).unwrap_or(u32::MAX)));
        let words = Vocabulary::from_sorted(counts);
        Self { words, texts_of: sorted.into_iter().map(|(_, texts)| texts).collect(), texts }
    }

    /// The best titles and questions for what was typed, each article once.
    pub fn suggest(
        &self,
        catalog: &Catalog,
        typed: &str,
        language: Language,
        audience: Audience,
    ) -> Vec<Suggestion> {
        let scored = self.scored(catalog, typed, language, audience);
        scored.into_iter().map(|(_, suggestion)| suggestion).collect()
    }

    /// The same with their scores, which can be compared with those of another catalog.
    pub fn scored(
        &self,
        catalog: &Catalog,
        typed: &str,
        language: Language,
        audience: Audience,
    ) -> Vec<(f32, Suggestion)> {
        let typed = analysis::words(typed);
        let typed: Vec<&str> = typed
            .iter()
            .filter(|word| !word.glued)
            .map(|word| word.folded.as_str())
            .take(MAX_TYPED_WORDS)
            .collect();
        if typed.is_empty() {
            return starters(catalog, language, audience);
        }
        let mut scores: HashMap<u32, f32> = HashMap::new();
        for (place, word) in typed.iter().enumerate() {
            let unfinished = place + 1 == typed.len();
            let mut of_word: HashMap<u32, f32> = HashMap::new();
            for (term, worth) in self.matching(word, unfinished) {
                for (text, at) in &self.texts_of[term as usize] {
                    // The first words of a title are what people remember of it.
                    let worth = if *at == 0 { worth * 1.1 } else { worth };
                    let best = of_word.entry(*text).or_default();
                    *best = best.max(worth);
                }
            }
            for (text, worth) in of_word {
                *scores.entry(text).or_default() += worth;
            }
        }
        self.best(catalog, &scores, typed.len(), language, audience)
    }

    /// Words of the titles that a typed word may stand for, with what they count.
    fn matching(&self, typed: &str, unfinished: bool) -> Vec<(TermNumber, f32)> {
        let mut found: Vec<(TermNumber, f32)> = Vec::new();
        for term in self.words.starting_with(typed).take(MAX_WORDS) {
            let whole = self.words.term(term).len() == typed.len();
            let rarity = 1.0 / (1.0 + f64::from(self.words.document_count(term)).ln());
            #[expect(clippy::cast_possible_truncation, reason = "a weight between 0 and 1")]
            let rarity = rarity as f32;
            let worth = match (whole, unfinished) {
                (true, _) => 1.0,
                (false, true) => 0.95,
                (false, false) => 0.7,
            };
            found.push((term, worth * (0.5 + 0.5 * rarity)));
        }
        if found.is_empty() && typed.len() >= 3 {
            let allowed = if typed.len() >= 8 { 2 } else { 1 };
            for likeness in self.words.similar(typed, 0.4, &mut Vec::new()) {
                let term = self.words.term(likeness.term);
                let head =
                    term.char_indices().nth(typed.chars().count()).map_or(term, |(end, _)| &term[..end]);
                let near = strsim::osa_distance(typed, term) <= allowed
                    || (unfinished && strsim::osa_distance(typed, head) <= allowed);
                if near {
                    found.push((likeness.term, TYPO_WORTH));
                }
            }
        }
        found
    }

    fn best(
        &self,
        catalog: &Catalog,
        scores: &HashMap<u32, f32>,
        typed_words: usize,
        language: Language,
        audience: Audience,
    ) -> Vec<(f32, Suggestion)> {
        let wanted = f32::from(u8::try_from(typed_words).unwrap_or(u8::MAX));
        let mut of_article: HashMap<u32, (f32, u32)> = HashMap::new();
        for (text, score) in scores {
            let line = &self.texts[*text as usize];
            let entry = &catalog.entries[line.article as usize];
            if !audience.may_read(entry.audience) {
                continue;
            }
            let mut score = score / wanted + 0.1 / (1.0 + f32::from(line.words));
            score *= if entry.language == language { 1.0 } else { OTHER_LANGUAGE };
            score *= if line.question.is_some() { QUESTION_WORTH } else { 1.0 };
            let best = of_article.entry(line.article).or_insert((score, *text));
            if score > best.0 || (score.total_cmp(&best.0).is_eq() && *text < best.1) {
                *best = (score, *text);
            }
        }
        let top = of_article.values().map(|(score, _)| *score).fold(0.0, f32::max);
        let mut ranked: Vec<(f32, u32)> =
            of_article.into_values().filter(|(score, _)| *score >= top * LEAST_SHARE).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let best = ranked.into_iter().take(MAX_SUGGESTIONS);
        best.map(|(score, text)| (score, self.suggestion(catalog, text))).collect()
    }

    fn suggestion(&self, catalog: &Catalog, text: u32) -> Suggestion {
        let line = &self.texts[text as usize];
        let entry = &catalog.entries[line.article as usize];
        Suggestion {
            article: entry.id.clone(),
            title: entry.title.clone(),
            question: line.question.map(|place| entry.questions[usize::from(place)].clone()),
            language: entry.language,
        }
    }
}

/// Texts that score less than this share of the best are noise.
const LEAST_SHARE: f32 = 0.4;

/// The best of what two catalogs suggest.
pub fn best_of_both(mut one: Vec<(f32, Suggestion)>, other: Vec<(f32, Suggestion)>) -> Vec<Suggestion> {
    one.extend(other);
    // Stable, so that of equals those of the first come first.
    one.sort_by(|a, b| b.0.total_cmp(&a.0));
    let top = one.first().map_or(0.0, |(score, _)| *score);
    let good = one.into_iter().take_while(|(score, _)| *score >= top * LEAST_SHARE);
    good.take(MAX_SUGGESTIONS).map(|(_, suggestion)| suggestion).collect()
}

/// All of them are worth the same: nothing was typed that could tell them apart.
const STARTER_WORTH: f32 = 1.0;

/// For somebody who typed nothing yet: one article of each category in turn, in the person's own language.
fn starters(catalog: &Catalog, language: Language, audience: Audience) -> Vec<(f32, Suggestion)> {
    let own = catalog
        .entries
        .iter()
        .filter(|entry| entry.language == language && audience.may_read(entry.audience));
    let mut turns: HashMap<Option<&str>, usize> = HashMap::new();
    let mut ranked: Vec<(usize, &str, &crate::knowledge::catalog::Entry)> = own
        .map(|entry| {
            let turn = turns.entry(entry.category.as_deref()).or_default();
            *turn += 1;
            (*turn, entry.title.as_str(), entry)
        })
        .collect();
    ranked.sort_by_key(|(turn, title, _)| (*turn, *title));
    let suggestion = |entry: &crate::knowledge::catalog::Entry| Suggestion {
        article: entry.id.clone(),
        title: entry.title.clone(),
        question: None,
        language: entry.language,
    };
    let first = ranked.into_iter().take(MAX_SUGGESTIONS);
    first.map(|(_, _, entry)| (STARTER_WORTH, suggestion(entry))).collect()
}
