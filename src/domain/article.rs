//! An article of the knowledge base, as people write it.

use serde::{Deserialize, Serialize};

use super::id::UserId;

impl Article {
    /// The owner's Discord account, where the owner is named as one (`123456789012345678`, `<@123456789012345678>`) and
    /// not as a team or by another name.
    pub fn owner_account(&self) -> Option<UserId> {
        let owner = self.owner.as_deref()?.trim();
        let digits = owner.strip_prefix("<@").and_then(|rest| rest.strip_suffix('>')).unwrap_or(owner);
        let is_account =
            (15..=20).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
        let snowflake: u64 = if is_account { digits.parse().ok()? } else { return None };
        Some(UserId::from_snowflake(snowflake))
    }
}

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

    /// The one that it is not.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::En => Self::De,
            Self::De => Self::En,
        }
    }

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

impl ArticleId {
    /// A short code for where the name itself has no room, such as a button's custom id. The same in every process; two
    /// names with one code are as unlikely as any accident of 64 bits, and it grants nothing.
    pub fn code(&self) -> i64 {
        // FNV-1a, because the standard hasher may change with the compiler.
        let hash = self.0.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        hash.cast_signed()
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_is_an_account_only_where_it_is_named_as_one() {
        let owned_by = |owner: Option<&str>| Article {
            id: ArticleId("en/x".to_owned()),
            title: "x".to_owned(),
            language: Language::En,
            tags: Vec::new(),
            questions: Vec::new(),
            category: None,
            audience: Audience::Everyone,
            owner: owner.map(str::to_owned),
            review_by: None,
            translation: None,
            body: "x".to_owned(),
        };
        for owner in ["123456789012345678", " <@123456789012345678> "] {
            assert_eq!(
                owned_by(Some(owner)).owner_account(),
                Some(UserId(123_456_789_012_345_678)),
                "{owner}"
            );
        }
        for owner in ["it-service", "<@&123456789012345678>", "42", "", "99999999999999999999", "<@1>"] {
            assert_eq!(owned_by(Some(owner)).owner_account(), None, "{owner}");
        }
        assert_eq!(owned_by(None).owner_account(), None);
    }

    #[test]
    fn codes_of_names_stay_the_same() {
        assert_eq!(ArticleId("en/vpn".to_owned()).code(), ArticleId("en/vpn".to_owned()).code());
        assert_ne!(ArticleId("en/vpn".to_owned()).code(), ArticleId("de/vpn".to_owned()).code());
    }
}
