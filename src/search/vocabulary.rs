//! Every term of one language's articles, held in memory so that a question's words can be compared with them.
//!
//! A term is found by its three-letter pieces, which finds typing errors, compounds and derivations alike without
//! a dictionary. The vocabulary is a snapshot of the index it was read from. It deliberately does not judge how
//! much a likeness is worth: that is the matter of `plan`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use crate::domain::article::Language;
use crate::search::analysis;

/// Pieces are hashed into this many lists. Colliding pieces only add candidates, which are compared afterwards.
const BUCKETS: usize = 1 << 15;

/// Number of a term in its vocabulary, in alphabetical order.
pub type TermNumber = u32;

/// The terms of one language.
#[derive(Debug, Default)]
pub struct Vocabulary {
    text: String,
    ends: Vec<u32>,
    document_counts: Vec<u32>,
    bucket_starts: Vec<u32>,
    bucket_terms: Vec<TermNumber>,
    /// Likenesses of words lately looked up. A vocabulary never changes, so they stay true.
    memory: Mutex<Memory>,
}

/// Likenesses by word and by the least likeness asked for, as the bits of the number.
type Memory = HashMap<(String, u32), Arc<[Likeness]>>;

/// How many pieces a term shares with the word that was looked up.
#[derive(Clone, Copy, Debug)]
pub struct Likeness {
    /// The term.
    pub term: TermNumber,
    /// Shared pieces over the mean number of pieces, 0 to 1.
    pub dice: f32,
}

impl Vocabulary {
    /// From terms in ascending order, each with the number of articles that have it.
    pub fn from_sorted<'a>(terms: impl Iterator<Item = (&'a str, u32)>) -> Self {
        let mut vocabulary = Self::default();
        for (term, documents) in terms {
            vocabulary.text.push_str(term);
            vocabulary.ends.push(u32::try_from(vocabulary.text.len()).unwrap_or(u32::MAX));
            vocabulary.document_counts.push(documents);
        }
        vocabulary.index_pieces();
        vocabulary
    }

    /// All terms, in order.
    pub fn terms(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|number| self.term(number))
    }

    fn index_pieces(&mut self) {
        let mut sizes = vec![0_u32; BUCKETS + 1];
        for number in 0..self.len() {
            for bucket in pieces(self.term(number)) {
                sizes[bucket + 1] += 1;
            }
        }
        for bucket in 0..BUCKETS {
            sizes[bucket + 1] += sizes[bucket];
        }
        let mut next = sizes.clone();
        let mut terms = vec![0; sizes[BUCKETS] as usize];
        for number in 0..self.len() {
            for bucket in pieces(self.term(number)) {
                terms[next[bucket] as usize] = number;
                next[bucket] += 1;
            }
        }
        self.bucket_starts = sizes;
        self.bucket_terms = terms;
    }

    /// How many terms there are.
    pub fn len(&self) -> TermNumber {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    /// Whether there is no term at all.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The spelling of a term.
    pub fn term(&self, number: TermNumber) -> &str {
        let index = number as usize;
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.text[start..self.ends[index] as usize]
    }

    fn term_length(&self, number: TermNumber) -> usize {
        let index = number as usize;
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        (self.ends[index] - start) as usize
    }

    /// In how many articles a term occurs.
    pub fn document_count(&self, number: TermNumber) -> u32 {
        self.document_counts[number as usize]
    }

    /// The number of exactly this term.
    pub fn find(&self, term: &str) -> Option<TermNumber> {
        let number = self.first_from(term);
        (number < self.len() && self.term(number) == term).then_some(number)
    }

    /// The terms that start so.
    pub fn starting_with<'a>(&'a self, start: &'a str) -> impl Iterator<Item = TermNumber> + 'a {
        (self.first_from(start)..self.len()).take_while(move |number| self.term(*number).starts_with(start))
    }

    /// The first term that is not before this text in the alphabet.
    fn first_from(&self, text: &str) -> TermNumber {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.term(middle) < text {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Terms alike to a word, remembered: people ask about the same things in the same words.
    pub fn similar_remembered(&self, word: &str, least_dice: f32, counts: &mut Vec<u8>) -> Arc<[Likeness]> {
        let key = (word.to_owned(), least_dice.to_bits());
        let known = self.memory.lock().ok().and_then(|memory| memory.get(&key).map(Arc::clone));
        if let Some(known) = known {
            return known;
        }
        let found: Arc<[Likeness]> = self.similar(word, least_dice, counts).into();
        if let Ok(mut memory) = self.memory.lock() {
            if memory.len() >= MOST_REMEMBERED {
                memory.clear();
            }
            memory.insert(key, Arc::clone(&found));
        }
        found
    }

    /// Terms that share enough pieces with a word: at least `least_dice`, or all but a few of the shorter's pieces.
    /// `counts` is scratch space of any content; it is resized and left zeroed.
    pub fn similar(&self, word: &str, least_dice: f32, counts: &mut Vec<u8>) -> Vec<Likeness> {
        counts.resize(self.ends.len(), 0);
        let mut lists: Vec<&[TermNumber]> = pieces(word).map(|bucket| self.list(bucket)).collect();
        let own_pieces = as_f32(lists.len());
        let least_shared = if lists.len() < 6 { 2 } else { 3 };
        // A term of interest stands in one of the shorter lists; the longest need not be searched for new ones.
        lists.sort_unstable_by_key(|list| list.len());
        let certain = (lists.len() + 1).saturating_sub(usize::from(least_shared));
        let mut touched: Vec<TermNumber> = Vec::new();
        for &term in lists[..certain].iter().copied().flatten() {
            let count = &mut counts[term as usize];
            if *count == 0 {
                touched.push(term);
            }
            *count = count.saturating_add(1);
        }
        for &term in lists[certain..].iter().copied().flatten() {
            let count = &mut counts[term as usize];
            *count = count.saturating_add(u8::from(*count > 0));
        }
        let mut likenesses = Vec::new();
        for term in touched {
            let count = std::mem::take(&mut counts[term as usize]);
            if count < least_shared {
                continue;
            }
            let shared = f32::from(count);
            let its_pieces = as_f32(self.term_length(term));
            let dice = (2.0 * shared / (own_pieces + its_pieces)).min(1.0);
            let contained = (shared / own_pieces.min(its_pieces)).min(1.0);
            if dice >= least_dice || contained >= LEAST_CONTAINED {
                likenesses.push(Likeness { term, dice });
            }
        }
        likenesses
    }

    /// The terms with a piece.
    fn list(&self, bucket: usize) -> &[TermNumber] {
        &self.bucket_terms[self.bucket_starts[bucket] as usize..self.bucket_starts[bucket + 1] as usize]
    }

    /// Cuts a word into two or three terms of the vocabulary (`druckerwarteschlange`, `resetpassword`), the most
    /// even cut first; `None` when it is no such word.
    pub fn split(&self, language: Language, word: &str) -> Option<Vec<TermNumber>> {
        self.split_into(language, word, 3).map(|(parts, _)| parts)
    }

    fn split_into(&self, language: Language, word: &str, most: usize) -> Option<(Vec<TermNumber>, usize)> {
        let mut best: Option<(Vec<TermNumber>, usize)> = None;
        for (cut, _) in
            word.char_indices().filter(|(cut, _)| *cut >= LEAST_PART && cut + LEAST_PART <= word.len())
        {
            let (left, right) = word.split_at(cut);
            let Some(first) = self.part(language, left) else { continue };
            let rest = match self.find(&analysis::stem(language, right)) {
                Some(last) => Some((vec![last], right.len() * right.len())),
                None if most > 2 => self.split_into(language, right, most - 1),
                None => None,
            };
            let Some((rest, quality)) = rest else { continue };
            let quality = quality + left.len() * left.len();
            // Few long parts are likelier than many short ones; among two cuts the more even one has fewer
            // accidental syllables.
            let evenness = quality.saturating_sub(left.len().abs_diff(right.len()).pow(2));
            if best.as_ref().is_none_or(|(_, known)| evenness > *known) {
                let parts = std::iter::once(first).chain(rest).collect();
                best = Some((parts, evenness));
            }
        }
        best
    }

    /// A first or middle part of a compound, with or without its linking letters.
    fn part(&self, language: Language, part: &str) -> Option<TermNumber> {
        let whole = self.find(&analysis::stem(language, part));
        if whole.is_some() || language != Language::De {
            return whole;
        }
        ["es", "en", "s", "n"].iter().find_map(|link| {
            let bare = part.strip_suffix(link).filter(|bare| bare.len() >= LEAST_PART)?;
            self.find(&analysis::stem(language, bare))
        })
    }
}

/// A term is of interest when the shorter of it and the word shares this much of its pieces with the longer.
const LEAST_CONTAINED: f32 = 0.6;

/// Words whose likenesses are remembered, before all are forgotten.
const MOST_REMEMBERED: usize = 4_096;

/// Parts of compounds shorter than this are accidents.
const LEAST_PART: usize = 3;

/// The buckets of a word's three-letter pieces, with a mark at both ends.
fn pieces(word: &str) -> impl Iterator<Item = usize> {
    let bytes = word.as_bytes();
    (0..bytes.len()).map(move |middle| {
        let before = if middle == 0 { b'^' } else { bytes[middle - 1] };
        let after = bytes.get(middle + 1).copied().unwrap_or(b'$');
        let packed = u32::from(before) << 16 | u32::from(bytes[middle]) << 8 | u32::from(after);
        (packed.wrapping_mul(0x9E37_79B1) >> 17) as usize
    })
}

/// Counts here are far below the 16 million that an `f32` holds exactly.
#[expect(clippy::cast_precision_loss, reason = "counts of letters and words are small")]
fn as_f32(count: usize) -> f32 {
    count as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(terms: &[&str]) -> Vocabulary {
        let mut sorted = terms.to_vec();
        sorted.sort_unstable();
        Vocabulary::from_sorted(sorted.into_iter().map(|term| (term, 1)))
    }

    #[test]
    fn compounds_are_cut_with_and_without_linking_letters() {
        let german = vocabulary(&["druck", "warteschlang", "kundig", "frist", "ein", "stell"]);
        let cut = |word| {
            german
                .split(Language::De, word)
                .map(|parts| parts.iter().map(|part| german.term(*part)).collect())
        };
        assert_eq!(cut("druckerwarteschlange"), Some(vec!["druck", "warteschlang"]));
        assert_eq!(cut("kundigungsfrist"), Some(vec!["kundig", "frist"]));
        assert_eq!(cut("tastatur"), None::<Vec<&str>>);
    }

    #[test]
    fn typing_errors_are_alike() {
        let english = vocabulary(&["password", "passport", "outlook", "look"]);
        let mut counts = Vec::new();
        let found = english.similar("pasword", 0.5, &mut counts);
        let best = found.iter().max_by(|a, b| a.dice.total_cmp(&b.dice)).expect("something is alike");
        assert_eq!(english.term(best.term), "password");
        assert!(counts.iter().all(|count| *count == 0));
    }
}
