//! Table `retentions`, and which tickets it is about.

use super::{Store, StoreError, Tx, reading, writing};
use crate::domain::id::{GuildId, TicketId};
use crate::domain::privacy::Retention;
use crate::domain::time::Timestamp;

/// Stands for every category without a rule of its own.
const OTHERS: &str = "";

const ALL: &str = "SELECT category, days FROM retentions WHERE guild_id = $1 ORDER BY category";

const SET: &str = "INSERT INTO retentions (guild_id, category, days) VALUES ($1, $2, $3) \
    ON CONFLICT (guild_id, category) DO UPDATE SET days = $3";

const CLEAR: &str = "DELETE FROM retentions WHERE guild_id = $1 AND category = $2";

const PAST: &str = "SELECT id FROM tickets WHERE guild_id = $1 AND status = 'closed' AND emptied_at IS NULL \
    AND since < $2 AND category = $3 ORDER BY since LIMIT $4";

const OTHERS_PAST: &str = "SELECT id FROM tickets WHERE guild_id = $1 AND status = 'closed' \
    AND emptied_at IS NULL AND since < $2 AND (category IS NULL OR category NOT IN \
    (SELECT category FROM retentions WHERE guild_id = $1)) ORDER BY since LIMIT $3";

impl Store {
    /// How long a server keeps texts.
    pub async fn retentions(&self, guild: GuildId) -> Result<Vec<Retention>, StoreError> {
        let rows: Vec<(String, i64)> =
            reading!(self, pool => sqlx::query_as(ALL).bind(guild.0).fetch_all(pool).await)?;
        let rule = |(category, days): (String, i64)| Retention {
            category: (category != OTHERS).then_some(category),
            days,
        };
        Ok(rows.into_iter().map(rule).collect())
    }
}

impl Tx {
    /// Keeps the texts of a category, or of all others, for so many days, or for good.
    pub async fn set_retention(
        &mut self,
        guild: GuildId,
        category: Option<&str>,
        days: Option<i64>,
    ) -> Result<(), StoreError> {
        let category = category.unwrap_or(OTHERS);
        writing!(self, connection => {
            match days {
                Some(days) => sqlx::query(SET).bind(guild.0).bind(category).bind(days).execute(connection).await?,
                None => sqlx::query(CLEAR).bind(guild.0).bind(category).execute(connection).await?,
            };
        });
        Ok(())
    }

    /// Tickets of a rule that were closed before a time and still have their texts, the longest closed first.
    pub async fn tickets_past(
        &mut self,
        guild: GuildId,
        rule: &Retention,
        before: Timestamp,
        limit: i64,
    ) -> Result<Vec<TicketId>, StoreError> {
        let ids: Vec<i64> = writing!(self, connection => {
            match &rule.category {
                Some(category) => {
                    sqlx::query_scalar(PAST)
                        .bind(guild.0)
                        .bind(before.0)
                        .bind(category)
                        .bind(limit)
                        .fetch_all(connection)
                        .await?
                }
                None => {
                    sqlx::query_scalar(OTHERS_PAST)
                        .bind(guild.0)
                        .bind(before.0)
                        .bind(limit)
                        .fetch_all(connection)
                        .await?
                }
            }
        });
        Ok(ids.into_iter().map(TicketId).collect())
    }
}
