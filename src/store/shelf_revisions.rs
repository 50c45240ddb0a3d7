//! Table `shelf_revisions`: how every process learns that a server's shelf has changed.

use super::{Store, StoreError, Tx, reading, writing};
use crate::domain::id::GuildId;
use crate::domain::time::Timestamp;

const OF_GUILD: &str = "SELECT revision FROM shelf_revisions WHERE guild_id = $1";

const SINCE: &str = "SELECT guild_id, revision FROM shelf_revisions WHERE changed_at >= $1";

const RAISE: &str = "INSERT INTO shelf_revisions (guild_id, revision, changed_at) VALUES ($1, 1, $2) \
    ON CONFLICT (guild_id) DO UPDATE SET revision = shelf_revisions.revision + 1, changed_at = $2";

impl Store {
    /// How often a server's shelf has changed.
    pub async fn shelf_revision(&self, guild: GuildId) -> Result<i64, StoreError> {
        let revision: Option<i64> = reading!(self, pool => {
            sqlx::query_scalar(OF_GUILD).bind(guild.0).fetch_optional(pool).await
        })?;
        Ok(revision.unwrap_or_default())
    }

    /// The servers whose shelf has changed since, with their revisions.
    pub async fn shelf_revisions_since(&self, since: Timestamp) -> Result<Vec<(GuildId, i64)>, StoreError> {
        let rows: Vec<(i64, i64)> =
            reading!(self, pool => sqlx::query_as(SINCE).bind(since.0).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(|(guild, revision)| (GuildId(guild), revision)).collect())
    }
}

impl Tx {
    /// Notes that what a server adds to the articles of all has changed, and tells the other processes at the commit.
    pub async fn raise_shelf_revision(&mut self, guild: GuildId, now: Timestamp) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(RAISE).bind(guild.0).bind(now.0).execute(connection).await?;
        });
        self.notify_of_shelves().await
    }
}
