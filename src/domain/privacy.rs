//! What is known about somebody, to be given to them or taken away, and how long texts are kept.
//!
//! Whoever has their data deleted becomes a pseudonym: everything is counted as before, and nobody can tell whose it was.

use std::ops::RangeInclusive;

use serde::Serialize;
use serde_json::Value;

use super::event::What;
use super::id::{GuildId, TicketNumber, UserId};
use super::practice::Score;
use super::schedule::REOPEN_WITHIN;

/// Discord's ids of the first minutes of its epoch, in which there was no Discord yet, so no account has one of these.
const PSEUDONYMS: RangeInclusive<i64> = 1 << 32..=(1 << 47) - 1;

/// Texts that people wrote, in what is stored as JSON.
const WRITTEN: [&str; 3] = ["text", "solution", "reason"];

/// The longest time that can be chosen, in days.
const DAYS_MAX: i64 = 3650;

/// A pseudonym from a random number.
pub fn pseudonym(random: u64) -> UserId {
    let span = PSEUDONYMS.end().abs_diff(*PSEUDONYMS.start()) + 1;
    UserId(PSEUDONYMS.start() + (random % span).cast_signed())
}

/// Gives a person another id everywhere in a value.
pub fn rename(value: &mut Value, person: UserId, pseudonym: UserId) {
    match value {
        Value::Number(number) if number.as_i64() == Some(person.0) => *value = pseudonym.0.into(),
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, person, pseudonym)),
        Value::Object(fields) => fields.values_mut().for_each(|field| rename(field, person, pseudonym)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Empties what people wrote, everywhere in a value. What it is otherwise stays.
pub fn empty(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(empty),
        Value::Object(fields) => {
            for (key, field) in fields {
                match field {
                    Value::String(said) if WRITTEN.contains(&key.as_str()) => said.clear(),
                    field => empty(field),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// How long a ticket's texts are kept after it was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Of which category; none for every category without a rule of its own.
    pub category: Option<String>,
    /// For how many days.
    pub days: i64,
}

/// A number of days for which texts cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("texts are kept from {min} to {max} days")]
pub struct NoSuchRetention {
    /// The fewest.
    pub min: i64,
    /// The most.
    pub max: i64,
}

/// So many days. Fewer than a ticket can be reopened for would leave nothing to go on with.
pub fn days(given: i64) -> Result<i64, NoSuchRetention> {
    let min = i64::try_from(REOPEN_WITHIN.as_secs() / (24 * 60 * 60)).unwrap_or(DAYS_MAX);
    if (min..=DAYS_MAX).contains(&given) { Ok(given) } else { Err(NoSuchRetention { min, max: DAYS_MAX }) }
}

/// Everything that a server's desk knows about somebody, as they get it.
#[derive(Clone, Debug, Serialize)]
pub struct Export {
    /// The server.
    pub server: GuildId,
    /// Whose data it is.
    pub person: UserId,
    /// When it was put together; all times are milliseconds since 1970, UTC.
    pub made_at: i64,
    /// What they asked.
    pub questions: Vec<ExportedQuestion>,
    /// Their tickets.
    pub tickets: Vec<ExportedTicket>,
    /// What they did with tickets of others.
    pub work: Vec<ExportedWork>,
    /// What they handed over, with their words.
    pub hand_overs: Vec<ExportedHandOver>,
    /// Articles that they wrote, by name and version.
    pub articles: Vec<ExportedArticle>,
    /// What the desk learned from them.
    pub lessons: Vec<ExportedLesson>,
    /// Since when they are on duty.
    pub on_duty_since: Option<i64>,
    /// Practice that they finished.
    pub practice: Vec<ExportedPractice>,
}

/// Something that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExportedQuestion {
    /// When.
    pub at: i64,
    /// The words.
    pub text: String,
    /// The article that solved it, if one did.
    pub solved_by: Option<String>,
}

/// A ticket, as its requester may read it.
#[derive(Clone, Debug, Serialize)]
pub struct ExportedTicket {
    /// Its number.
    pub number: TicketNumber,
    /// How the requester is called there.
    pub name: String,
    /// One line.
    pub subject: String,
    /// More.
    pub details: Option<String>,
    /// The question it came from.
    pub question: Option<String>,
    /// Its category.
    pub category: Option<String>,
    /// How urgent it is.
    pub priority: &'static str,
    /// Its state.
    pub state: &'static str,
    /// When it was opened.
    pub opened_at: i64,
    /// The rating, from 1 to 5.
    pub rating: Option<u8>,
    /// What was said about that.
    pub comment: Option<String>,
    /// What happened, but for what is between staff.
    pub story: Vec<ExportedEvent>,
}

/// Something that happened to a ticket.
#[derive(Clone, Debug, Serialize)]
pub struct ExportedEvent {
    /// When.
    pub at: i64,
    /// Whether this person did it.
    pub by_you: bool,
    /// What.
    pub what: What,
}

/// Something done with somebody else's ticket.
#[derive(Clone, Debug, Serialize)]
pub struct ExportedWork {
    /// The ticket.
    pub number: TicketNumber,
    /// When.
    pub at: i64,
    /// What.
    pub what: What,
}

/// Something handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExportedHandOver {
    /// The ticket.
    pub number: TicketNumber,
    /// When.
    pub at: i64,
    /// What was tried.
    pub tried: Option<String>,
    /// What was expected.
    pub expected: Option<String>,
}

/// A version of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExportedArticle {
    /// The article's name.
    pub name: String,
    /// Which version.
    pub version: i64,
    /// When it was saved.
    pub at: i64,
}

/// Something the desk learned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExportedLesson {
    /// About which article.
    pub article: String,
    /// What kind of lesson.
    pub kind: String,
    /// The words it came from.
    pub text: String,
    /// When.
    pub at: i64,
}

/// A practice ticket that was finished.
#[derive(Clone, Debug, Serialize)]
pub struct ExportedPractice {
    /// What it was about.
    pub title: String,
    /// When.
    pub at: i64,
    /// What it came to.
    pub score: Score,
    /// The same in points.
    pub points: u32,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ticket::CloseReason;

    #[test]
    fn texts_are_emptied_and_people_renamed_in_whatever_happened() {
        let (person, other) = (UserId(123_456_789_012_345_678), UserId(7));
        let events = [
            What::Noted { text: "words".to_owned() },
            What::Closed { reason: CloseReason::Manual { text: Some("words".to_owned()) } },
            What::Resolved { solution: "words".to_owned() },
            What::HandedBack { reason: "words".to_owned() },
            What::Replied { name: "still-there".to_owned(), text: "words".to_owned() },
            What::Assigned { agent: person },
            What::MemberAdded { user: person },
        ];
        for event in events {
            let mut value = serde_json::to_value(&event).unwrap();
            rename(&mut value, person, other);
            empty(&mut value);
            let text = value.to_string();
            assert!(!text.contains("words") && !text.contains(&person.to_string()), "{text}");
            let read: What = serde_json::from_value(value).unwrap();
            assert_eq!(std::mem::discriminant(&read), std::mem::discriminant(&event), "{text}");
        }
        let category = What::Categorised { to: "network".to_owned() };
        let mut value = serde_json::to_value(&category).unwrap();
        empty(&mut value);
        assert_eq!(serde_json::from_value::<What>(value).unwrap(), category);
    }

    #[test]
    fn texts_are_kept_for_as_long_as_a_ticket_can_be_reopened_at_least() {
        let refused = Err(NoSuchRetention { min: 14, max: 3650 });
        assert_eq!([14, 3650].map(days), [Ok(14), Ok(3650)]);
        assert_eq!([-1, 0, 13, 3651].map(days), [refused, refused, refused, refused]);
    }

    proptest! {
        #[test]
        fn a_pseudonym_is_nobodys_account(random in any::<u64>()) {
            // The oldest accounts that there are have ids above this.
            prop_assert!((1..1 << 54).contains(&pseudonym(random).0));
        }
    }
}
