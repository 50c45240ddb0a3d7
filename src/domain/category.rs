//! What tickets are about, and how that is found out for a new one.

use super::article::Language;
use super::id::CategoryId;
use super::ticket::Priority;

/// Longest name of a category: the limit of a choice in Discord.
pub const NAME_MAX: usize = 100;
/// How many categories a server may have: as many as a select can offer.
pub const CATEGORIES_MAX: usize = 25;
/// How many words and phrases one category may be found by.
pub const KEYWORDS_MAX: usize = 50;

/// One category of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its row.
    pub id: CategoryId,
    /// Its name; what tickets and articles carry.
    pub name: String,
    /// What readers of German see, if something else.
    pub german: Option<String>,
    /// Words and phrases that put a new ticket here, as they were typed.
    pub keywords: Vec<String>,
    /// What a new ticket of this category starts with, if not with the usual.
    pub priority: Option<Priority>,
}

impl Category {
    /// Its name for a reader.
    pub fn label(&self, language: Language) -> &str {
        match language {
            Language::De => self.german.as_deref().unwrap_or(&self.name),
            Language::En => &self.name,
        }
    }

    fn is_called(&self, name: &str) -> bool {
        let wanted = name.trim().to_lowercase();
        Language::ALL.into_iter().any(|language| self.label(language).to_lowercase() == wanted)
    }
}

/// The category that a name means, in whichever language.
pub fn named<'a>(categories: &'a [Category], name: &str) -> Option<&'a Category> {
    categories.iter().find(|category| category.is_called(name))
}

/// The category whose keywords a text has most of; of several with as many, the one that was made first. A keyword is
/// found as whole words only, in the order in which they stand in it. `words` cuts a text into words to compare.
pub fn by_keywords<'a>(
    categories: &'a [Category],
    text: &str,
    words: impl Fn(&str) -> Vec<String>,
) -> Option<&'a Category> {
    let text = words(text);
    let mut best: Option<(usize, &Category)> = None;
    for category in categories {
        let found = category.keywords.iter().filter(|keyword| stands_in(&words(keyword), &text)).count();
        if found > best.map_or(0, |(most, _)| most) {
            best = Some((found, category));
        }
    }
    best.map(|(_, category)| category)
}

fn stands_in(phrase: &[String], text: &[String]) -> bool {
    !phrase.is_empty() && text.windows(phrase.len()).any(|window| window == phrase)
}

/// The keywords of a list that was typed with commas between them, each once.
pub fn keywords(typed: &str) -> Vec<String> {
    let mut keywords: Vec<String> = Vec::new();
    for keyword in typed.split([',', ';', '\n']).map(str::trim).filter(|keyword| !keyword.is_empty()) {
        if !keywords.iter().any(|known| known.eq_ignore_ascii_case(keyword)) {
            keywords.push(keyword.to_owned());
        }
    }
    keywords
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn category(id: i64, name: &str, typed: &str) -> Category {
        let name = name.to_owned();
        Category { id: CategoryId(id), name, german: None, keywords: keywords(typed), priority: None }
    }

    fn words(text: &str) -> Vec<String> {
        text.to_lowercase().split_whitespace().map(str::to_owned).collect()
    }

    fn found(categories: &[Category], text: &str) -> Option<i64> {
        by_keywords(categories, text, words).map(|category| category.id.0)
    }

    #[test]
    fn keywords_are_whole_words_and_more_of_them_win() {
        let categories = [
            category(1, "Printing", "printer, toner, paper jam"),
            category(2, "Access", "password, printer login"),
        ];
        assert_eq!(found(&categories, "The PRINTER is offline"), Some(1));
        assert_eq!(found(&categories, "printers are offline"), None, "no part of a word");
        assert_eq!(found(&categories, "a jam of paper"), None, "a phrase has its order");
        assert_eq!(found(&categories, "my printer login and password"), Some(2), "two against one");
        assert_eq!(found(&categories, "printer password"), Some(1), "as many: the first");
        assert_eq!(found(&[category(3, "Empty", " , ;")], "anything"), None);
    }

    #[test]
    fn a_name_means_its_category_in_either_language() {
        let german = Some("Drucker".to_owned());
        let categories = [Category { german, ..category(1, "Printing", "") }];
        for name in ["Printing", " printing ", "DRUCKER"] {
            assert_eq!(named(&categories, name).map(|category| category.id), Some(CategoryId(1)), "{name}");
        }
        assert_eq!(named(&categories, "Print"), None);
    }

    proptest! {
        #[test]
        fn what_is_found_has_a_keyword_in_the_text(text in "[ab ]{0,12}", typed in "[ab ,]{0,8}") {
            let categories = [category(1, "One", &typed)];
            if found(&categories, &text).is_some() {
                let padded = format!(" {} ", words(&text).join(" "));
                let is_there = |keyword: &String| padded.contains(&format!(" {} ", words(keyword).join(" ")));
                prop_assert!(categories[0].keywords.iter().any(is_there), "{typed} in {text}");
            }
        }
    }
}
