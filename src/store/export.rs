//! What every table knows about somebody: given to them.

use sqlx::FromRow;

use super::{Store, StoreError, from_json, reading};
use crate::domain::id::{GuildId, TicketNumber, UserId};
use crate::domain::privacy::{
    ExportedArticle, ExportedHandOver, ExportedLesson, ExportedQuestion, ExportedWork,
};

/// More than this of one kind nobody has, and a file that Discord takes holds no more.
const MOST: i64 = 10_000;

const QUESTIONS: &str = "SELECT asked_at, text, solved_by FROM questions \
    WHERE guild_id = $1 AND asker_id = $2 ORDER BY asked_at DESC LIMIT $3";

/// A cross join keeps the order of its tables on SQLite: what is theirs is looked through, not all that the server has.
const WORK: &str = "SELECT e.id, t.number, e.at, e.what FROM ticket_events AS e CROSS JOIN tickets AS t \
    WHERE t.id = e.ticket_id AND t.guild_id = $1 AND e.by_id = $2 AND t.requester_id <> $2 \
    ORDER BY e.id DESC LIMIT $3";

const HAND_OVERS: &str = "SELECT t.number, e.at, e.tried, e.expected FROM escalations AS e CROSS JOIN tickets AS t \
    WHERE t.id = e.ticket_id AND t.guild_id = $1 AND e.by_id = $2 ORDER BY e.id DESC LIMIT $3";

const ARTICLES: &str = "SELECT a.name, v.number, v.at FROM article_versions AS v \
    JOIN articles AS a ON a.id = v.article_id WHERE a.guild_id = $1 AND v.by_id = $2 ORDER BY v.id DESC LIMIT $3";

const LESSONS: &str = "SELECT article_id, kind, text, at FROM feedback \
    WHERE guild_id = $1 AND by_id = $2 ORDER BY id DESC LIMIT $3";

#[derive(FromRow)]
struct WorkRow {
    id: i64,
    number: i64,
    at: i64,
    what: String,
}

/// Runs a statement about somebody in a server.
macro_rules! about {
    ($store:expr, $statement:expr, $guild:expr, $person:expr) => {
        reading!($store, pool => {
            sqlx::query_as($statement).bind($guild.0).bind($person.0).bind(MOST).fetch_all(pool).await
        })
    };
}

impl Store {
    /// What somebody asked, latest first.
    pub async fn questions_of(
        &self,
        guild: GuildId,
        person: UserId,
    ) -> Result<Vec<ExportedQuestion>, StoreError> {
        let rows: Vec<(i64, String, Option<String>)> = about!(self, QUESTIONS, guild, person)?;
        let question = |(at, text, solved_by)| ExportedQuestion { at, text, solved_by };
        Ok(rows.into_iter().map(question).collect())
    }

    /// What somebody did with tickets of others, latest first.
    pub async fn work_of(&self, guild: GuildId, person: UserId) -> Result<Vec<ExportedWork>, StoreError> {
        let rows: Vec<WorkRow> = about!(self, WORK, guild, person)?;
        rows.into_iter()
            .map(|row| {
                let what = from_json("ticket_events", row.id, "what", &row.what)?;
                Ok(ExportedWork { number: TicketNumber(row.number), at: row.at, what })
            })
            .collect()
    }

    /// What somebody handed over, latest first.
    pub async fn hand_overs_of(
        &self,
        guild: GuildId,
        person: UserId,
    ) -> Result<Vec<ExportedHandOver>, StoreError> {
        let rows: Vec<(i64, i64, Option<String>, Option<String>)> = about!(self, HAND_OVERS, guild, person)?;
        let hand_over = |(number, at, tried, expected)| ExportedHandOver {
            number: TicketNumber(number),
            at,
            tried,
            expected,
        };
        Ok(rows.into_iter().map(hand_over).collect())
    }

    /// The versions of articles that somebody saved, latest first.
    pub async fn articles_of(
        &self,
        guild: GuildId,
        person: UserId,
    ) -> Result<Vec<ExportedArticle>, StoreError> {
        let rows: Vec<(String, i64, i64)> = about!(self, ARTICLES, guild, person)?;
        Ok(rows.into_iter().map(|(name, version, at)| ExportedArticle { name, version, at }).collect())
    }

    /// What the desk learned from somebody, latest first.
    pub async fn lessons_of(
        &self,
        guild: GuildId,
        person: UserId,
    ) -> Result<Vec<ExportedLesson>, StoreError> {
        let rows: Vec<(String, String, String, i64)> = about!(self, LESSONS, guild, person)?;
        let lesson = |(article, kind, text, at)| ExportedLesson { article, kind, text, at };
        Ok(rows.into_iter().map(lesson).collect())
    }
}
