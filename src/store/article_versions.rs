//! Table `article_versions`: every saved state of an article, whole.

use sqlx::FromRow;

use super::{Store, StoreError, Tx, from_json, reading, to_json, writing};
use crate::domain::desk_article::Version;
use crate::domain::id::{DeskArticleId, GuildId, UserId};
use crate::domain::time::Timestamp;

const INSERT: &str =
    "INSERT INTO article_versions (article_id, number, by_id, at, content) VALUES ($1, $2, $3, $4, $5)";

const ONE: &str = "SELECT id, number, by_id, at, content FROM article_versions \
    WHERE article_id = $1 AND number = $2";

const OF_GUILD: &str = "SELECT v.id, v.number, v.by_id, v.at, v.content FROM article_versions AS v \
    JOIN articles AS a ON a.id = v.article_id WHERE a.guild_id = $1 AND a.id = $2 AND v.number = $3";

const LATEST: &str = "SELECT v.id, v.number, v.by_id, v.at, v.content FROM article_versions AS v \
    JOIN articles AS a ON a.id = v.article_id WHERE a.guild_id = $1 AND a.id = $2 ORDER BY v.number DESC LIMIT $3";

#[derive(FromRow)]
struct VersionRow {
    id: i64,
    number: i64,
    by_id: i64,
    at: i64,
    content: String,
}

impl TryFrom<VersionRow> for Version {
    type Error = StoreError;

    fn try_from(row: VersionRow) -> Result<Self, StoreError> {
        Ok(Self {
            number: row.number,
            by: UserId(row.by_id),
            at: Timestamp(row.at),
            content: from_json("article_versions", row.id, "content", &row.content)?,
        })
    }
}

impl Store {
    /// The latest versions of a server's article, newest first.
    pub async fn article_versions(
        &self,
        guild: GuildId,
        article: DeskArticleId,
        limit: i64,
    ) -> Result<Vec<Version>, StoreError> {
        let rows: Vec<VersionRow> = reading!(self, pool => {
            sqlx::query_as(LATEST).bind(guild.0).bind(article.0).bind(limit).fetch_all(pool).await
        })?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// One version of a server's article.
    pub async fn article_version(
        &self,
        guild: GuildId,
        article: DeskArticleId,
        number: i64,
    ) -> Result<Option<Version>, StoreError> {
        let row: Option<VersionRow> = reading!(self, pool => {
            sqlx::query_as(OF_GUILD).bind(guild.0).bind(article.0).bind(number).fetch_optional(pool).await
        })?;
        row.map(TryInto::try_into).transpose()
    }
}

impl Tx {
    /// Adds a version.
    pub async fn add_article_version(
        &mut self,
        article: DeskArticleId,
        version: &Version,
    ) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(INSERT)
                .bind(article.0)
                .bind(version.number)
                .bind(version.by.0)
                .bind(version.at.0)
                .bind(to_json(&version.content))
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// One version of an article whose server was checked.
    pub async fn article_version(
        &mut self,
        article: DeskArticleId,
        number: i64,
    ) -> Result<Option<Version>, StoreError> {
        let row: Option<VersionRow> = writing!(self, connection => {
            sqlx::query_as(ONE).bind(article.0).bind(number).fetch_optional(connection).await?
        });
        row.map(TryInto::try_into).transpose()
    }
}
