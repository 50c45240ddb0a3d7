//! An article of the knowledge base, as people write it.

use serde::{Deserialize, Serialize};

/// A language the desk speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English, also for everyone whose own language the desk does not speak.
    En,
    /// German.
    De,
}

impl Audience {
    /// Whether a reader who may read `self` may read an article for `article`.
    pub const fn may_read(self, article: Self) -> bool {
        matches!((self, article), (Self::Staff, _) | (_, Self::Everyone))
    }
}

impl Language {
    /// Every language, in the order of the locale files.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// The ISO 639-1 code, as written in front matter and locale files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// From an ISO code or a Discord locale (`de`, `en-US`); `None` for languages the desk does not speak.
    pub fn from_locale(locale: &str) -> Option<Self> {
        let primary = locale.split(['-', '_']).next().unwrap_or(locale);
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.code()))
    }
}

/// Who may read an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Every employee.
    #[default]
    Everyone,
    /// First and second level only; never shown to a requester.
    Staff,
}

/// The stable name of an article: its file's path under the folder of articles, without the ending (`en/vpn-drops`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(pub String);

/// An article of the knowledge base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Its stable name.
    pub id: ArticleId,
    /// The heading people read.
    pub title: String,
    /// The language it is written in.
    pub language: Language,
    /// Keywords that the text itself may not use.
    pub tags: Vec<String>,
    /// The questions it answers, as people put them.
    pub questions: Vec<String>,
    /// The category of ticket that it belongs to.
    pub category: Option<String>,
    /// Who may read it.
    pub audience: Audience,
    /// The person or team that keeps it true.
    pub owner: Option<String>,
    /// When its content must be looked at again, as `YYYY-MM-DD`.
    pub review_by: Option<chrono::NaiveDate>,
    /// The article that says the same in the other language.
    pub translation: Option<ArticleId>,
    /// The text, Markdown.
    pub body: String,
}
