//! Table `review_reminders`: whose owner was told that an article has to be looked at again.

use super::{StoreError, Tx, writing};
use crate::domain::article::ArticleId;
use crate::domain::id::GuildId;
use crate::domain::time::Timestamp;

const REMIND: &str = "INSERT INTO review_reminders (guild_id, article_id, review_by, at) VALUES ($1, $2, $3, $4) \
    ON CONFLICT DO NOTHING";

impl Tx {
    /// Notes that the owner of an article is told about its date of review. `false` when that was done before.
    pub async fn note_review_reminder(
        &mut self,
        guild: GuildId,
        article: &ArticleId,
        review_by: chrono::NaiveDate,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let rows = writing!(self, connection => {
            sqlx::query(REMIND)
                .bind(guild.0)
                .bind(&article.0)
                .bind(review_by.to_string())
                .bind(now.0)
                .execute(connection)
                .await?
                .rows_affected()
        });
        Ok(rows > 0)
    }
}
