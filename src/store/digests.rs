//! Table `digests`: where a server wants its weekly report.

use super::{Store, StoreError, Tx, reading, writing};
use crate::domain::id::{ChannelId, GuildId};
use crate::domain::time::Timestamp;

const FIND: &str = "SELECT channel_id FROM digests WHERE guild_id = $1";

const SAVE: &str = "INSERT INTO digests (guild_id, channel_id, updated_at) VALUES ($1, $2, $3) \
    ON CONFLICT (guild_id) DO UPDATE SET channel_id = $2, updated_at = $3";

const DELETE: &str = "DELETE FROM digests WHERE guild_id = $1";

impl Store {
    /// Where a server wants its weekly report, if it does.
    pub async fn digest(&self, guild: GuildId) -> Result<Option<ChannelId>, StoreError> {
        let channel: Option<i64> =
            reading!(self, pool => sqlx::query_scalar(FIND).bind(guild.0).fetch_optional(pool).await)?;
        Ok(channel.map(ChannelId))
    }
}

impl Tx {
    /// The same, within a change that depends on it.
    pub async fn digest(&mut self, guild: GuildId) -> Result<Option<ChannelId>, StoreError> {
        let channel: Option<i64> = writing!(self, connection => {
            sqlx::query_scalar(FIND).bind(guild.0).fetch_optional(connection).await?
        });
        Ok(channel.map(ChannelId))
    }

    /// Wants the weekly report in this channel from now on, or nowhere.
    pub async fn save_digest(
        &mut self,
        guild: GuildId,
        channel: Option<ChannelId>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        writing!(self, connection => {
            match channel {
                Some(channel) => {
                    sqlx::query(SAVE).bind(guild.0).bind(channel.0).bind(now.0).execute(connection).await?
                        .rows_affected()
                }
                None => sqlx::query(DELETE).bind(guild.0).execute(connection).await?.rows_affected(),
            }
        });
        Ok(())
    }
}
