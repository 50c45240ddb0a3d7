//! The language of a question: the little words decide, and the person's own locale where they do not.
//!
//! Questions are short, and support questions are full of English product names, so statistics over letters err
//! more often than the articles, pronouns and prepositions that only one of the two languages has.

use crate::domain::article::Language;
use crate::search::analysis::Word;
use crate::search::stopwords::is_stopword;

/// How many little words of the other language outweigh the person's own locale.
const EVIDENCE_AGAINST_LOCALE: usize = 2;

/// The language a question is written in, given the person's own.
pub fn of_question(text: &str, words: &[Word], own: Language) -> Language {
    let mut german =
        text.chars().filter(|c| matches!(c, 'ä' | 'ö' | 'ü' | 'ß' | 'Ä' | 'Ö' | 'Ü')).count().min(2);
    let mut english = 0;
    for word in words {
        let in_german = is_stopword(Language::De, &word.folded);
        let in_english = is_stopword(Language::En, &word.folded);
        german += usize::from(in_german && !in_english);
        english += usize::from(in_english && !in_german);
    }
    let (other, for_other, for_own) = match own {
        Language::En => (Language::De, german, english),
        Language::De => (Language::En, english, german),
    };
    if for_other >= for_own + EVIDENCE_AGAINST_LOCALE || (for_own == 0 && for_other > 0) {
        other
    } else {
        own
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::analysis::words;

    #[test]
    fn little_words_outweigh_the_locale() {
        let detect = |text: &str, own| of_question(text, &words(text), own);
        assert_eq!(detect("wie setze ich mein passwort zurück", Language::En), Language::De);
        assert_eq!(detect("how do i reset my password", Language::De), Language::En);
        assert_eq!(detect("VPN", Language::De), Language::De);
        assert_eq!(detect("Outlook Error 0x800CCC0E", Language::En), Language::En);
    }
}
