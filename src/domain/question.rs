//! A question that somebody asked, and what was offered: the story a ticket starts with.

use serde::{Deserialize, Serialize};

use super::article::{ArticleId, Language};
use super::id::{GuildId, QuestionId, UserId};
use super::job::Posted;
use super::time::Timestamp;

/// An article that was shown as an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// The article.
    pub article: ArticleId,
    /// Its title when it was shown.
    pub title: String,
}

/// A file that came with a request. Discord's addresses expire, so it is posted again in the ticket's thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The file's name as its sender called it.
    pub name: String,
    /// Discord's address of it; signed, and dead after a day.
    pub url: String,
    /// Bytes, as far as that is known before it is fetched.
    pub size: u64,
    /// What became of it in the ticket's thread; none while it was not tried, or could not be had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fate: Option<Fate>,
}

/// The files of a request as they are kept: one by itself, as it was when a request had no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum KeptFiles {
    /// One.
    One(Attachment),
    /// Several.
    Several(Vec<Attachment>),
}

impl KeptFiles {
    /// What is kept of these; nothing where there are none.
    pub fn of(files: &[Attachment]) -> Option<Self> {
        match files {
            [] => None,
            [file] => Some(Self::One(file.clone())),
            files => Some(Self::Several(files.to_vec())),
        }
    }
}

impl From<KeptFiles> for Vec<Attachment> {
    fn from(kept: KeptFiles) -> Self {
        match kept {
            KeptFiles::One(file) => vec![file],
            KeptFiles::Several(files) => files,
        }
    }
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It stands in the thread, posted by the desk.
    Posted(Posted),
    /// It is nothing that others should open, so no link leads to it either.
    Refused,
}

/// A question that somebody asked with `/support`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedQuestion {
    /// Its row; made of the interaction's number, so that the answer need not wait for the database.
    pub id: QuestionId,
    /// Where it was asked.
    pub guild: GuildId,
    /// Who asked.
    pub asker: UserId,
    /// Their words.
    pub text: String,
    /// Their language.
    pub language: Language,
    /// The category they picked.
    pub category: Option<String>,
    /// The file they sent along.
    pub attachment: Option<Attachment>,
    /// What was offered, best first.
    pub offered: Vec<Offered>,
    /// When it was asked.
    pub asked_at: Timestamp,
}
