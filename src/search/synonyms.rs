//! Groups of words that mean the same in support, as the company writes them down.
//!
//! A group may hold words of both languages and phrases of several words. Groups are compared folded and stemmed,
//! so `Passwörter` finds the group of `Passwort`. A word may stand in several groups. Nothing here can fail: the
//! file is read elsewhere.

use std::collections::HashMap;

use crate::domain::article::Language;
use crate::search::analysis;

/// The most words of a phrase that is looked for in a question.
pub const LONGEST_PHRASE: usize = 4;

/// All groups, found by any of their phrases.
#[derive(Debug, Default)]
pub struct Synonyms {
    /// Folded words of each member of each group.
    groups: Vec<Vec<Vec<String>>>,
    by_phrase: HashMap<String, Vec<usize>>,
}

impl Synonyms {
    /// From groups as people write them; members without a letter are left out.
    pub fn new<'a>(groups: impl IntoIterator<Item = &'a Vec<String>>) -> Self {
        let mut synonyms = Self::default();
        for group in groups {
            let members: Vec<Vec<String>> =
                group.iter().map(|member| folded_words(member)).filter(|words| !words.is_empty()).collect();
            let number = synonyms.groups.len();
            for member in members.iter().filter(|member| member.len() <= LONGEST_PHRASE) {
                for language in Language::ALL {
                    let groups = synonyms.by_phrase.entry(key(language, member)).or_default();
                    if groups.last() != Some(&number) {
                        groups.push(number);
                    }
                }
            }
            synonyms.groups.push(members);
        }
        synonyms
    }

    /// The other members of every group that a phrase stands in, each as folded words.
    pub fn of(&self, language: Language, phrase: &[String]) -> Vec<&[String]> {
        let asked = key(language, phrase);
        let groups = self.by_phrase.get(&asked).map(Vec::as_slice).unwrap_or_default();
        groups
            .iter()
            .flat_map(|group| &self.groups[*group])
            .filter(|member| key(language, member) != asked)
            .map(Vec::as_slice)
            .collect()
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// Whether there are no groups.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

fn folded_words(text: &str) -> Vec<String> {
    analysis::words(text).into_iter().filter(|word| !word.glued).map(|word| word.folded).collect()
}

fn key(language: Language, words: &[String]) -> String {
    let mut key = String::from(language.code());
    for word in words {
        key.push(' ');
        key.push_str(&analysis::stem(language, word));
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_found_by_any_form_of_any_member() {
        let groups = [
            vec!["Kennwort".to_owned(), "Passwort".to_owned(), "password".to_owned()],
            vec!["MFA".to_owned(), "zweiter Faktor".to_owned()],
        ];
        let synonyms = Synonyms::new(&groups);
        assert_eq!(synonyms.of(Language::De, &["passworter".to_owned()]), [["kennwort"], ["password"]]);
        let phrase = ["zweiten".to_owned(), "faktors".to_owned()];
        assert_eq!(synonyms.of(Language::De, &phrase), [["mfa"]]);
        assert!(synonyms.of(Language::En, &["printer".to_owned()]).is_empty());
    }
}
