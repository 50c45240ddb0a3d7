//! How alike two short texts are, by the stems they share: for people who report the same in other words.
//!
//! It deliberately knows nothing of rarity: it compares the few texts of one hour, among which nothing is rare.

use std::collections::BTreeSet;

use crate::domain::article::Language;
use crate::search::analysis::{stem, words};
use crate::search::language::of_question;
use crate::search::stopwords::is_stopword;

/// Texts that share this much say the same.
const ALIKE: f64 = 0.4;

/// Longer texts are compared by their beginning.
const WORDS_MAX: usize = 60;

/// What a text says, as far as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gist(BTreeSet<String>);

impl Gist {
    /// The gist of a text by somebody who reads this language.
    pub fn of(text: &str, reader: Language) -> Self {
        let words = words(text);
        let language = of_question(text, &words, reader);
        let telling = words.iter().filter(|word| !word.glued && !is_stopword(language, &word.folded));
        Self(telling.take(WORDS_MAX).map(|word| stem(language, &word.folded).into_owned()).collect())
    }

    /// From 0, nothing in common, to 1, the same.
    pub fn likeness(&self, other: &Self) -> f64 {
        let all = self.0.len() + other.0.len();
        if all == 0 {
            return 0.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "at most a few dozen")]
        let (shared, all) = (self.0.intersection(&other.0).count() as f64, all as f64);
        2.0 * shared / all
    }

    /// Whether two texts say the same, as far as this can tell.
    pub fn is_like(&self, other: &Self) -> bool {
        self.likeness(other) >= ALIKE
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn alike(one: &str, other: &str) -> bool {
        Gist::of(one, Language::En).is_like(&Gist::of(other, Language::En))
    }

    #[test]
    fn the_same_in_other_words_is_alike_and_something_else_is_not() {
        assert!(alike("my VPN does not connect", "VPN connection fails"));
        assert!(alike("Outlook does not start", "Outlook won't start since this morning"));
        assert!(alike("Das VPN verbindet nicht", "VPN geht nicht, verbindet sich nicht mehr"));
        assert!(!alike("my VPN does not connect", "the printer on floor 3 does not print"));
        assert!(!alike("", ""));
        assert!(!alike("does not the", "does not the"), "little words say nothing");
    }

    proptest! {
        #[test]
        fn likeness_is_even_handed_and_bounded(one in "\\PC{0,60}", other in "\\PC{0,60}") {
            let (one, other) = (Gist::of(&one, Language::En), Gist::of(&other, Language::De));
            prop_assert!((0.0..=1.0).contains(&one.likeness(&other)));
            prop_assert!((one.likeness(&other) - other.likeness(&one)).abs() < f64::EPSILON);
            prop_assert!(one.0.is_empty() || (one.likeness(&one) - 1.0).abs() < f64::EPSILON);
        }
    }
}
