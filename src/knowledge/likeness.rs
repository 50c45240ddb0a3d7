//! How much alike questions are: the cosine of their stems, rare ones counting more and little words hardly.
//!
//! All in memory, over a few thousand short texts at most. It deliberately knows no synonyms and forgives no typing
//! error: it compares what people said with what people said, and whoever says the same thing otherwise says a
//! thing of their own.

use std::collections::HashMap;

use crate::domain::article::Language;
use crate::search::stopwords::is_stopword;
use crate::search::{analysis, language};

/// What a little word counts beside another of the same rarity.
const LITTLE: f32 = 0.3;

/// Stems with their weights, by number; the squares of the weights add up to 1.
type Vector = Vec<(u32, f32)>;

/// Texts to compare others with.
#[derive(Debug, Default)]
pub struct Texts {
    numbers: HashMap<String, u32>,
    stems: Vec<Stem>,
    vectors: Vec<Vector>,
    count: f32,
}

#[derive(Debug, Default)]
struct Stem {
    little: bool,
    texts: Vec<u32>,
}

impl Texts {
    /// Takes texts, each with the language of its author, in an order that they keep.
    pub fn new<'a>(texts: impl Iterator<Item = (&'a str, Language)>) -> Self {
        let mut all = Self::default();
        let mut said: Vec<Vec<u32>> = Vec::new();
        for (text, own) in texts {
            let place = u32::try_from(said.len()).unwrap_or(u32::MAX);
            let mut numbers = Vec::new();
            for (stem, little) in stems(text, own) {
                let next = u32::try_from(all.stems.len()).unwrap_or(u32::MAX);
                let number = *all.numbers.entry(stem).or_insert(next);
                if number == next {
                    all.stems.push(Stem { little, texts: Vec::new() });
                }
                all.stems[number as usize].texts.push(place);
                numbers.push(number);
            }
            numbers.sort_unstable();
            said.push(numbers);
        }
        #[expect(clippy::cast_precision_loss, reason = "a few thousand texts")]
        let count = said.len() as f32;
        all.count = count;
        all.vectors = said.into_iter().map(|numbers| all.vector(&numbers, 0.0)).collect();
        all
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.vectors.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.vectors.is_empty()
    }

    /// The texts that share a telling stem with this one, with how much they are alike, from 0 to 1.
    pub fn like(&self, text: &str, own: Language) -> Vec<(usize, f32)> {
        let (mut known, mut unknown) = (Vec::new(), 0.0);
        for (stem, little) in stems(text, own) {
            match self.numbers.get(&stem) {
                Some(number) => known.push(*number),
                None => unknown += self.weight(0, little).powi(2),
            }
        }
        known.sort_unstable();
        self.like_vector(&self.vector(&known, unknown))
    }

    /// The same for one of the texts, itself among them.
    pub fn like_own(&self, text: usize) -> Vec<(usize, f32)> {
        self.like_vector(&self.vectors[text])
    }

    /// How much two of the texts are alike.
    pub fn between(&self, one: usize, other: usize) -> f32 {
        let (one, other) = (&self.vectors[one], &self.vectors[other]);
        let shared = one.iter().filter_map(|(stem, weight)| {
            let place = other.binary_search_by_key(stem, |(stem, _)| *stem).ok()?;
            Some(weight * other[place].1)
        });
        shared.sum()
    }

    fn like_vector(&self, vector: &[(u32, f32)]) -> Vec<(usize, f32)> {
        // Where there is nothing but little words, they are all there is to go by.
        let only_little = vector.iter().all(|(stem, _)| self.stems[*stem as usize].little);
        let mut found: HashMap<u32, f32> = HashMap::new();
        for walked in [false, true] {
            for (number, weight) in vector {
                let stem = &self.stems[*number as usize];
                if (stem.little && !only_little) != walked {
                    continue;
                }
                for text in &stem.texts {
                    let vector = &self.vectors[*text as usize];
                    let Ok(place) = vector.binary_search_by_key(number, |(stem, _)| *stem) else { continue };
                    let shared = weight * vector[place].1;
                    if walked {
                        found.entry(*text).and_modify(|sum| *sum += shared);
                    } else {
                        *found.entry(*text).or_default() += shared;
                    }
                }
            }
        }
        let mut found: Vec<(usize, f32)> =
            found.into_iter().map(|(text, likeness)| (text as usize, likeness.min(1.0))).collect();
        found.sort_unstable_by_key(|(text, _)| *text);
        found
    }

    /// The weights of stems, given in ascending order, beside others that no text has.
    fn vector(&self, numbers: &[u32], unknown: f32) -> Vector {
        let weight = |number: &u32| {
            let stem = &self.stems[*number as usize];
            (*number, self.weight(stem.texts.len(), stem.little))
        };
        let mut vector: Vector = numbers.iter().map(weight).collect();
        let length = (unknown + vector.iter().map(|(_, weight)| weight * weight).sum::<f32>()).sqrt();
        for (_, weight) in &mut vector {
            *weight /= length.max(f32::MIN_POSITIVE);
        }
        vector
    }

    fn weight(&self, texts_with_it: usize, little: bool) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "a few thousand texts")]
        // What no text has is as rare as what one has: a word more says no more against a question.
        let rarity = (1.0 + (self.count + 1.0) / (texts_with_it.max(1) as f32 + 0.5)).ln();
        if little { rarity * LITTLE } else { rarity }
    }
}

/// The different stems of a text, each with whether it is one of its language's little words.
fn stems(text: &str, own: Language) -> Vec<(String, bool)> {
    let words = analysis::words(text);
    let language = language::of_question(text, &words, own);
    let mut stems: Vec<(String, bool)> = words
        .iter()
        .filter(|word| !word.glued)
        .map(|word| {
            let little = is_stopword(language, &word.folded);
            (analysis::stem(language, &word.folded).into_owned(), little)
        })
        .collect();
    stems.sort_unstable();
    stems.dedup_by(|later, earlier| later.0 == earlier.0);
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Texts {
        Texts::new(texts.iter().map(|text| (*text, Language::En)))
    }

    #[test]
    fn the_same_words_are_alike_and_little_words_alone_are_not() {
        let texts = texts(&["the badge reader blinks red", "where is the menu of the canteen"]);
        let like = texts.like("The badge READERS blink red!", Language::En);
        assert_eq!(like.len(), 1, "{like:?}");
        assert!(like[0].0 == 0 && like[0].1 > 0.99, "{like:?}");
        assert!(texts.like("where is the toilet", Language::En).iter().all(|(_, like)| *like < 0.4));
        assert!((texts.between(0, 0) - 1.0).abs() < 1e-5 && texts.between(0, 1) < 0.2);
    }

    #[test]
    fn what_is_rare_tells_more_than_what_everybody_says() {
        let texts = texts(&[
            "error 809 vpn",
            "vpn slow",
            "vpn password",
            "vpn on the phone",
            "vpn abroad",
            "vpn certificate",
        ]);
        let like = texts.like("vpn 809", Language::En);
        let of = |text: usize| like.iter().find(|(found, _)| *found == text).unwrap().1;
        assert!(of(0) > 2.0 * of(1), "{like:?}");
    }
}
