//! Groups of words that mean the same in support, as the company writes them down.
//!
//! A group may hold words of both languages and phrases of several words. Groups are compared folded and stemmed,
//! so `Passwörter` finds the group of `Passwort`. A word may stand in several groups. Nothing here can fail: the
//! file is read elsewhere.

use std::collections::HashMap;

use crate::domain::article::Language;
use crate::search::analysis;
use crate::search::index::position;

/// The most words of a phrase that is looked for in a question.
pub const LONGEST_PHRASE: usize = 4;

/// All groups, found by any of their phrases.
#[derive(Debug, Default)]
pub struct Synonyms {
    groups: Vec<Vec<Member>>,
    /// Per language, the groups by the stems of each of their phrases.
    by_phrase: [HashMap<String, Vec<usize>>; 2],
}

/// A word or phrase of a group.
#[derive(Debug, PartialEq, Eq)]
pub struct Member {
    /// The stems of its words in each language, in the order of [`Language::ALL`].
    stems: [Vec<String>; 2],
}

impl Member {
    fn new(text: &str) -> Option<Self> {
        let words: Vec<String> =
            analysis::words(text).into_iter().filter(|word| !word.glued).map(|word| word.folded).collect();
        let stems = |language| words.iter().map(|word| analysis::stem(language, word).into_owned()).collect();
        (!words.is_empty()).then(|| Self { stems: Language::ALL.map(stems) })
    }

    /// The stems of its words in a language.
    pub fn stems(&self, language: Language) -> &[String] {
        &self.stems[position(language)]
    }
}

impl Synonyms {
    /// From groups as people write them; members without a letter are left out.
    pub fn new<'a>(groups: impl IntoIterator<Item = &'a Vec<String>>) -> Self {
        let mut synonyms = Self::default();
        for group in groups {
            let members: Vec<Member> = group.iter().filter_map(|member| Member::new(member)).collect();
            let number = synonyms.groups.len();
            for member in &members {
                for language in Language::ALL {
                    let stems = member.stems(language);
                    if stems.len() > LONGEST_PHRASE {
                        continue;
                    }
                    let groups = synonyms.by_phrase[position(language)].entry(stems.join(" ")).or_default();
                    if groups.last() != Some(&number) {
                        groups.push(number);
                    }
                }
            }
            synonyms.groups.push(members);
        }
        synonyms
    }

    /// The other members of every group that a phrase stands in. The phrase is given as stems of a language, each
    /// after a space but the first.
    pub fn of<'a, 'p>(
        &'a self,
        language: Language,
        phrase: &'p str,
    ) -> impl Iterator<Item = &'a Member> + use<'a, 'p> {
        let groups = self.by_phrase[position(language)].get(phrase).map(Vec::as_slice).unwrap_or_default();
        let members = groups.iter().flat_map(|group| &self.groups[*group]);
        members.filter(move |member| !is_phrase(member.stems(language), phrase))
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

/// Whether stems with spaces between them are the phrase.
fn is_phrase(stems: &[String], phrase: &str) -> bool {
    stems.iter().map(String::as_str).eq(phrase.split(' '))
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
        let of = |language, text: &str| -> Vec<String> {
            let phrase = Member::new(text).expect("it has letters").stems(language).join(" ");
            synonyms.of(language, &phrase).map(|member| member.stems(language).join(" ")).collect()
        };
        assert_eq!(of(Language::De, "Passwörter"), ["kennwort", "password"]);
        assert_eq!(of(Language::De, "zweiten Faktors"), ["mfa"]);
        assert!(of(Language::En, "printer").is_empty());
    }
}
