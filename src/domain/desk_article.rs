//! An article written on a desk: its versions, and the review that each of them needs before people are answered from
//! it.
//!
//! Two facts are kept apart: what became of the newest version, and which version is live. An edit of a live article
//! leaves the live version in use until the edit is published. Deciding is pure; who may decide is
//! [`super::policy`]'s question.

use super::article::{Article, ArticleId};
use super::id::{DeskArticleId, GuildId, TicketId, UserId};
use super::job::Posted;
use super::time::Timestamp;

/// What became of the newest version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Review {
    /// Somebody has to look at it.
    Waiting {
        /// Who wrote it.
        by: UserId,
        /// When.
        since: Timestamp,
    },
    /// It is what people are answered from.
    Published {
        /// Who said so.
        by: UserId,
        /// When.
        at: Timestamp,
    },
    /// It was turned down.
    Discarded {
        /// By whom.
        by: UserId,
        /// When.
        at: Timestamp,
        /// Why, if they said so.
        reason: Option<String>,
    },
    /// It was live and was taken back.
    Withdrawn {
        /// By whom.
        by: UserId,
        /// When.
        at: Timestamp,
    },
}

/// One saved state of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Counted from 1 within the article.
    pub number: i64,
    /// Who saved it.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// The whole article.
    pub content: Article,
}

/// An article written on a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskArticle {
    /// Its row.
    pub id: DeskArticleId,
    /// The server.
    pub guild: GuildId,
    /// The ticket it was written from.
    pub ticket: Option<TicketId>,
    /// The newest version.
    pub newest: Version,
    /// What became of it.
    pub review: Review,
    /// The number of the version that people are answered from.
    pub live: Option<i64>,
    /// The card on which the newest version is reviewed, once it was posted.
    pub card: Option<Posted>,
}

/// Why a decision came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReviewError {
    /// It was decided before.
    #[error("it was decided before: {0:?}")]
    Decided(Review),
    /// Somebody saved another version meanwhile, which whoever decides has not read.
    #[error("{by} has saved a newer version at {at}")]
    Newer {
        /// Who.
        by: UserId,
        /// When.
        at: Timestamp,
    },
    /// Nothing of it is live.
    #[error("it is not live")]
    NotLive,
}

impl DeskArticle {
    /// The stable name by which it is found and offered.
    pub fn name(&self) -> &ArticleId {
        &self.newest.content.id
    }

    /// Saves a further version, which goes to review. The name stays.
    #[must_use]
    pub fn revise(self, by: UserId, content: Article, now: Timestamp) -> Self {
        let content = Article { id: self.newest.content.id.clone(), ..content };
        // A version that is still being reviewed keeps its card; a decided one stays as it was decided.
        let card = self.card.filter(|_| matches!(self.review, Review::Waiting { .. }));
        let newest = Version { number: self.newest.number + 1, by, at: now, content };
        Self { newest, review: Review::Waiting { by, since: now }, card, ..self }
    }

    /// Whether what waits for review says this already: somebody got no answer and saved it again.
    pub fn already_says(&self, content: &Article) -> bool {
        let content = Article { id: self.newest.content.id.clone(), ..content.clone() };
        matches!(self.review, Review::Waiting { .. }) && self.newest.content == content
    }

    /// Makes a version live that was read by whoever says so.
    pub fn publish(self, by: UserId, read: i64, now: Timestamp) -> Result<Self, ReviewError> {
        self.undecided(read)?;
        let live = Some(self.newest.number);
        Ok(Self { review: Review::Published { by, at: now }, live, ..self })
    }

    /// Turns a version down. What was live before stays live.
    pub fn discard(
        self,
        by: UserId,
        read: i64,
        reason: Option<String>,
        now: Timestamp,
    ) -> Result<Self, ReviewError> {
        self.undecided(read)?;
        Ok(Self { review: Review::Discarded { by, at: now, reason }, ..self })
    }

    /// Takes the live version back. A file's article that it stood in for is there again.
    pub fn withdraw(self, by: UserId, now: Timestamp) -> Result<Self, ReviewError> {
        if self.live.is_none() {
            return Err(ReviewError::NotLive);
        }
        // What waits for review waits on.
        let review = match self.review {
            waiting @ Review::Waiting { .. } => waiting,
            _ => Review::Withdrawn { by, at: now },
        };
        Ok(Self { review, live: None, ..self })
    }

    fn undecided(&self, read: i64) -> Result<(), ReviewError> {
        if !matches!(self.review, Review::Waiting { .. }) {
            return Err(ReviewError::Decided(self.review.clone()));
        }
        if self.newest.number != read {
            return Err(ReviewError::Newer { by: self.newest.by, at: self.newest.at });
        }
        Ok(())
    }
}

/// The longest readable part of a name.
const SLUG_MAX: usize = 40;

/// The name of an article that was written on a desk: its number there, and its first title for people.
pub fn name(number: i64, title: &str) -> ArticleId {
    let mut slug = String::new();
    for character in title.chars().flat_map(char::to_lowercase) {
        match character {
            'ä' => slug.push_str("ae"),
            'ö' => slug.push_str("oe"),
            'ü' => slug.push_str("ue"),
            'ß' => slug.push_str("ss"),
            'a'..='z' | '0'..='9' => slug.push(character),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
        if slug.len() >= SLUG_MAX {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    ArticleId(if slug.is_empty() { format!("desk/{number}") } else { format!("desk/{number}-{slug}") })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::article::{Audience, Language};

    fn content(title: &str) -> Article {
        Article {
            id: ArticleId("desk/1-x".to_owned()),
            title: title.to_owned(),
            language: Language::En,
            tags: Vec::new(),
            questions: Vec::new(),
            category: None,
            audience: Audience::Everyone,
            owner: None,
            review_by: None,
            translation: None,
            body: "text".to_owned(),
        }
    }

    fn draft() -> DeskArticle {
        let (by, at) = (UserId(1), Timestamp(0));
        DeskArticle {
            id: DeskArticleId(1),
            guild: GuildId(1),
            ticket: None,
            newest: Version { number: 1, by, at, content: content("first") },
            review: Review::Waiting { by, since: at },
            live: None,
            card: None,
        }
    }

    #[derive(Clone, Copy, Debug)]
    enum Move {
        Revise,
        Publish(i64),
        Discard(i64),
        Withdraw,
    }

    fn moves() -> impl Strategy<Value = Vec<Move>> {
        let one = prop_oneof![
            Just(Move::Revise),
            (1_i64..6).prop_map(Move::Publish),
            (1_i64..6).prop_map(Move::Discard),
            Just(Move::Withdraw),
        ];
        prop::collection::vec(one, 0..20)
    }

    proptest! {
        #[test]
        fn nothing_is_live_that_nobody_published_as_they_read_it(moves in moves()) {
            let mut article = draft();
            let mut published: Vec<i64> = Vec::new();
            for (now, step) in (1..).map(Timestamp).zip(moves) {
                let before = article.clone();
                let after = match step {
                    Move::Revise => Ok(article.clone().revise(UserId(2), content("other"), now)),
                    Move::Publish(read) => article.clone().publish(UserId(3), read, now),
                    Move::Discard(read) => article.clone().discard(UserId(3), read, None, now),
                    Move::Withdraw => article.clone().withdraw(UserId(3), now),
                };
                let Ok(after) = after else { continue };
                if let Move::Publish(read) = step {
                    prop_assert_eq!(read, before.newest.number);
                    let waited = matches!(before.review, Review::Waiting { .. });
                    prop_assert!(waited);
                    published.push(read);
                }
                prop_assert!(after.live.is_none_or(|live| published.contains(&live)));
                prop_assert!(after.newest.number >= before.newest.number);
                prop_assert_eq!(after.name(), before.name());
                article = after;
            }
        }

        #[test]
        fn a_name_is_safe_and_short_whatever_the_title(number in 1_i64..10_000, title in "\\PC{0,200}") {
            let name = name(number, &title).0;
            let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '/';
            prop_assert!(name.len() <= 60 && name.chars().all(safe) && !name.ends_with('-'), "{name}");
        }
    }

    #[test]
    fn whoever_decides_second_learns_what_was_decided() {
        let published = draft().publish(UserId(2), 1, Timestamp(5)).expect("it waits");
        let again = published.clone().publish(UserId(3), 1, Timestamp(6));
        assert_eq!(again, Err(ReviewError::Decided(Review::Published { by: UserId(2), at: Timestamp(5) })));
        let edited = published.revise(UserId(1), content("second"), Timestamp(7));
        assert_eq!((edited.live, edited.newest.number), (Some(1), 2), "the live one stays until then");
        assert!(matches!(edited.publish(UserId(2), 1, Timestamp(8)), Err(ReviewError::Newer { .. })));
    }

    #[test]
    fn only_what_waits_says_something_already() {
        let waiting = draft();
        assert!(waiting.already_says(&content("first")) && !waiting.already_says(&content("second")));
        let discarded = waiting.discard(UserId(2), 1, None, Timestamp(5)).expect("it waits");
        assert!(!discarded.already_says(&content("first")), "saving it again takes it up again");
    }

    #[test]
    fn names_can_be_read() {
        assert_eq!(
            name(3, "Drucker im 2. Stock: Größe ändern!").0,
            "desk/3-drucker-im-2-stock-groesse-aendern"
        );
        assert_eq!(name(4, "🙂").0, "desk/4");
    }
}
