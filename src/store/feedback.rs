//! Table `feedback`: what people taught about articles.

use sqlx::FromRow;

use super::{Store, StoreError, Tx, language, reading, writing};
use crate::domain::article::ArticleId;
use crate::domain::id::{GuildId, LessonId, UserId};
use crate::domain::lesson::{Lesson, LessonKind};
use crate::domain::time::Timestamp;

const TEACH: &str = "INSERT INTO feedback (guild_id, source, article_id, kind, text, language, by_id, at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";

const NEWEST: &str = "SELECT id, article_id, kind, text, language, by_id, at FROM feedback \
    WHERE guild_id = $1 AND forgotten_at IS NULL ORDER BY at DESC LIMIT $2";

const ABOUT: &str = "SELECT id, article_id, kind, text, language, by_id, at FROM feedback \
    WHERE guild_id = $1 AND article_id = $2 AND forgotten_at IS NULL ORDER BY at DESC LIMIT $3";

const ARTICLE: &str = "SELECT article_id FROM feedback WHERE guild_id = $1 AND id = $2";

const FORGET_ONE: &str = "UPDATE feedback SET forgotten_by = $3, forgotten_at = $4 \
    WHERE guild_id = $1 AND id = $2 AND forgotten_at IS NULL";

const FORGET_ALL: &str = "UPDATE feedback SET forgotten_by = $3, forgotten_at = $4 \
    WHERE guild_id = $1 AND article_id = $2 AND forgotten_at IS NULL";

#[derive(FromRow)]
struct LessonRow {
    id: i64,
    article_id: String,
    kind: String,
    text: String,
    language: String,
    by_id: i64,
    at: i64,
}

impl TryFrom<LessonRow> for (LessonId, Lesson) {
    type Error = StoreError;

    fn try_from(row: LessonRow) -> Result<Self, StoreError> {
        const TABLE: &str = "feedback";
        let kind = LessonKind::from_code(&row.kind).ok_or_else(|| StoreError::Inconsistent {
            table: TABLE,
            id: row.id,
            why: format!("no kind {}", row.kind),
        })?;
        let lesson = Lesson {
            article: ArticleId(row.article_id),
            text: row.text,
            language: language(TABLE, row.id, &row.language)?,
            kind,
            by: UserId(row.by_id),
            at: Timestamp(row.at),
        };
        Ok((LessonId(row.id), lesson))
    }
}

impl Store {
    /// What the people of a server taught and nobody took back, newest first.
    pub async fn lessons(&self, guild: GuildId, limit: i64) -> Result<Vec<Lesson>, StoreError> {
        let rows: Vec<LessonRow> = reading!(self, pool => {
            sqlx::query_as(NEWEST).bind(guild.0).bind(limit).fetch_all(pool).await
        })?;
        rows.into_iter().map(|row| <(LessonId, Lesson)>::try_from(row).map(|(_, lesson)| lesson)).collect()
    }

    /// The same about one article, each with its row.
    pub async fn lessons_about(
        &self,
        guild: GuildId,
        article: &ArticleId,
        limit: i64,
    ) -> Result<Vec<(LessonId, Lesson)>, StoreError> {
        let rows: Vec<LessonRow> = reading!(self, pool => {
            sqlx::query_as(ABOUT).bind(guild.0).bind(&article.0).bind(limit).fetch_all(pool).await
        })?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// The article that a lesson of this server is about, also of one that was taken back.
    pub async fn lesson_article(
        &self,
        guild: GuildId,
        id: LessonId,
    ) -> Result<Option<ArticleId>, StoreError> {
        let article: Option<String> = reading!(self, pool => {
            sqlx::query_scalar(ARTICLE).bind(guild.0).bind(id.0).fetch_optional(pool).await
        })?;
        Ok(article.map(ArticleId))
    }
}

impl Tx {
    /// Writes down what somebody taught. `false` when the same followed from the same source before.
    pub async fn teach(&mut self, guild: GuildId, source: &str, lesson: &Lesson) -> Result<bool, StoreError> {
        let rows = writing!(self, connection => {
            sqlx::query(TEACH)
                .bind(guild.0)
                .bind(source)
                .bind(&lesson.article.0)
                .bind(lesson.kind.code())
                .bind(&lesson.text)
                .bind(lesson.language.code())
                .bind(lesson.by.0)
                .bind(lesson.at.0)
                .execute(connection)
                .await?
                .rows_affected()
        });
        Ok(rows > 0)
    }

    /// Takes one lesson back. `false` when it is not this server's, or was taken back before.
    pub async fn forget_lesson(
        &mut self,
        guild: GuildId,
        id: LessonId,
        by: UserId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let rows = writing!(self, connection => {
            sqlx::query(FORGET_ONE)
                .bind(guild.0)
                .bind(id.0)
                .bind(by.0)
                .bind(now.0)
                .execute(connection)
                .await?
                .rows_affected()
        });
        Ok(rows > 0)
    }

    /// Takes everything back that was taught about an article, and says how much that was.
    pub async fn forget_article(
        &mut self,
        guild: GuildId,
        article: &ArticleId,
        by: UserId,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        Ok(writing!(self, connection => {
            sqlx::query(FORGET_ALL)
                .bind(guild.0)
                .bind(&article.0)
                .bind(by.0)
                .bind(now.0)
                .execute(connection)
                .await?
                .rows_affected()
        }))
    }
}
