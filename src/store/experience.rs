//! Table `tickets`, as experience: what earlier tickets say about one that waits now. All of it is bounded and indexed,
//! because people wait for the answer.

use super::{Store, StoreError, reading};
use crate::domain::id::{GuildId, SpecialismId};
use crate::domain::ticket::Ticket;
use crate::domain::time::Timestamp;

/// How many tickets that nobody has taken come before one: counted only as far as anybody wants to know.
const BEFORE: &str = "SELECT count(*) FROM (SELECT 1 AS one FROM tickets WHERE guild_id = $1 \
    AND status = 'queued' AND (due_at < $2 OR (due_at = $2 AND id < $3)) LIMIT 1000) AS before";

const RESPONSES: &str = "SELECT opened_at, first_response_at FROM tickets WHERE guild_id = $1 \
    AND first_response_at IS NOT NULL AND opened_at >= $2 ORDER BY opened_at DESC LIMIT $3";

/// Who of second level has solved the latest tickets of a category.
const SOLVED_BY: &str = "SELECT specialism_id, count(*) FROM (SELECT specialism_id FROM tickets \
    WHERE guild_id = $1 AND category = $2 AND specialist_id IS NOT NULL AND resolved_at IS NOT NULL \
    ORDER BY resolved_at DESC LIMIT $3) AS latest WHERE specialism_id IS NOT NULL GROUP BY specialism_id";

impl Store {
    /// How many tickets that nobody has taken yet come before this one.
    pub async fn before_in_queue(&self, ticket: &Ticket) -> Result<i64, StoreError> {
        let due_at = ticket.due_at.map_or(i64::MAX, |at| at.0);
        Ok(reading!(self, pool => {
            sqlx::query_scalar(BEFORE)
                .bind(ticket.guild.0)
                .bind(due_at)
                .bind(ticket.id.0)
                .fetch_one(pool)
                .await
        })?)
    }

    /// When the latest tickets since then were opened, and when somebody first responded.
    pub async fn responses(
        &self,
        guild: GuildId,
        since: Timestamp,
        limit: i64,
    ) -> Result<Vec<(Timestamp, Timestamp)>, StoreError> {
        let rows: Vec<(i64, i64)> = reading!(self, pool => {
            sqlx::query_as(RESPONSES).bind(guild.0).bind(since.0).bind(limit).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(|(opened, responded)| (Timestamp(opened), Timestamp(responded))).collect())
    }

    /// Which specialisms have solved the latest tickets of a category, and how many each.
    pub async fn solved_by(
        &self,
        guild: GuildId,
        category: &str,
        limit: i64,
    ) -> Result<Vec<(SpecialismId, i64)>, StoreError> {
        let rows: Vec<(i64, i64)> = reading!(self, pool => {
            sqlx::query_as(SOLVED_BY).bind(guild.0).bind(category).bind(limit).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(|(specialism, count)| (SpecialismId(specialism), count)).collect())
    }
}
