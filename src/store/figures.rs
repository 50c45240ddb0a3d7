//! What came of questions, counted over the tables `questions` and `feedback`.

use std::collections::BTreeMap;

use sqlx::FromRow;

use super::{Store, StoreError, reading};
use crate::domain::article::ArticleId;
use crate::domain::id::GuildId;
use crate::domain::time::Timestamp;

const SHOWN: &str = "SELECT article, CAST(SUM(shown) AS BIGINT) AS shown, CAST(SUM(solved) AS BIGINT) AS solved FROM (\
    SELECT shown AS article, 1 AS shown, 0 AS solved FROM questions \
    WHERE guild_id = $1 AND asked_at >= $2 AND shown IS NOT NULL \
    UNION ALL SELECT solved_by, CASE WHEN solved_by = shown THEN 0 ELSE 1 END, 1 FROM questions \
    WHERE guild_id = $1 AND asked_at >= $2 AND solved_by IS NOT NULL) AS seen GROUP BY article";

const REJECTED: &str = "SELECT article_id, COUNT(*) FROM feedback \
    WHERE guild_id = $1 AND at >= $2 AND forgotten_at IS NULL AND kind = 'rejected' GROUP BY article_id";

/// The look-up is scalar, so that no planner reads all tickets for it.
const QUESTIONS: &str = "SELECT COUNT(*) AS asked, COUNT(q.shown) AS answered, COUNT(q.solved_by) AS solved, \
    COUNT((SELECT t.id FROM tickets AS t WHERE t.guild_id = q.guild_id \
    AND t.origin = 'question:' || q.id || ':' || q.asker_id)) AS tickets \
    FROM questions AS q WHERE q.guild_id = $1 AND q.asked_at >= $2";

/// What came of showing an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleFigures {
    /// How often its passage was the answer, or was picked and solved it.
    pub shown: i64,
    /// How often its reader said that it solved it.
    pub solved: i64,
    /// How often its reader opened a ticket all the same.
    pub rejected: i64,
}

/// What came of the questions of some time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct QuestionFigures {
    /// How many were asked.
    pub asked: i64,
    /// How many were answered with an article.
    pub answered: i64,
    /// Of how many their asker said that an article solved it.
    pub solved: i64,
    /// From how many a ticket was opened.
    pub tickets: i64,
}

impl Store {
    /// What came of each article that was shown since a time.
    pub async fn article_figures(
        &self,
        guild: GuildId,
        since: Timestamp,
    ) -> Result<BTreeMap<ArticleId, ArticleFigures>, StoreError> {
        let shown: Vec<(String, i64, i64)> =
            reading!(self, pool => sqlx::query_as(SHOWN).bind(guild.0).bind(since.0).fetch_all(pool).await)?;
        let rejected: Vec<(String, i64)> = reading!(self, pool => {
            sqlx::query_as(REJECTED).bind(guild.0).bind(since.0).fetch_all(pool).await
        })?;
        let mut figures: BTreeMap<ArticleId, ArticleFigures> = shown
            .into_iter()
            .map(|(article, shown, solved)| {
                (ArticleId(article), ArticleFigures { shown, solved, rejected: 0 })
            })
            .collect();
        for (article, count) in rejected {
            figures.entry(ArticleId(article)).or_default().rejected = count;
        }
        Ok(figures)
    }

    /// What came of the questions since a time.
    pub async fn question_figures(
        &self,
        guild: GuildId,
        since: Timestamp,
    ) -> Result<QuestionFigures, StoreError> {
        Ok(reading!(self, pool => {
            sqlx::query_as(QUESTIONS).bind(guild.0).bind(since.0).fetch_one(pool).await
        })?)
    }
}
