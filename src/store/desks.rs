//! Tables `desks` and `specialisms`.

use sqlx::FromRow;

use super::{Store, StoreError, Tx, language, reading, writing};
use crate::domain::desk::{DeskSettings, Specialism};
use crate::domain::id::{ChannelId, GuildId, RoleId, SpecialismId, TicketNumber};
use crate::domain::time::Timestamp;

const FIND: &str = "SELECT guild_id, support_channel_id, queue_channel_id, first_level_role_id, \
    second_level_role_id, language FROM desks WHERE guild_id = $1";

const SAVE: &str = "INSERT INTO desks (guild_id, support_channel_id, queue_channel_id, first_level_role_id, \
    second_level_role_id, language, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
    ON CONFLICT (guild_id) DO UPDATE SET support_channel_id = $2, queue_channel_id = $3, \
    first_level_role_id = $4, second_level_role_id = $5, language = $6, updated_at = $7";

const TAKE_NUMBER: &str =
    "UPDATE desks SET next_number = next_number + 1 WHERE guild_id = $1 RETURNING next_number - 1";

const SPECIALISMS: &str = "SELECT id, name, role_id, channel_id FROM specialisms \
    WHERE guild_id = $1 AND retired = FALSE ORDER BY id LIMIT 25";

const SPECIALISM: &str =
    "SELECT id, name, role_id, channel_id FROM specialisms WHERE guild_id = $1 AND id = $2";

const SAVE_DEFAULT: &str = "INSERT INTO specialisms (guild_id, name, role_id) VALUES ($1, NULL, $2) \
    ON CONFLICT (guild_id) WHERE name IS NULL DO UPDATE SET role_id = $2, retired = FALSE";

const SAVE_NAMED: &str = "INSERT INTO specialisms (guild_id, name, role_id, channel_id) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (guild_id, name) DO UPDATE SET role_id = $3, channel_id = $4, retired = FALSE";

const RETIRE: &str =
    "UPDATE specialisms SET retired = TRUE WHERE guild_id = $1 AND name = $2 AND retired = FALSE";

#[derive(FromRow)]
struct DeskRow {
    guild_id: i64,
    support_channel_id: i64,
    queue_channel_id: i64,
    first_level_role_id: i64,
    second_level_role_id: i64,
    language: String,
}

impl TryFrom<DeskRow> for DeskSettings {
    type Error = StoreError;

    fn try_from(row: DeskRow) -> Result<Self, StoreError> {
        Ok(Self {
            guild: GuildId(row.guild_id),
            support_channel: ChannelId(row.support_channel_id),
            queue_channel: ChannelId(row.queue_channel_id),
            first_level: RoleId(row.first_level_role_id),
            second_level: RoleId(row.second_level_role_id),
            language: language("desks", row.guild_id, &row.language)?,
        })
    }
}

#[derive(FromRow)]
struct SpecialismRow {
    id: i64,
    name: Option<String>,
    role_id: i64,
    channel_id: Option<i64>,
}

impl From<SpecialismRow> for Specialism {
    fn from(row: SpecialismRow) -> Self {
        Self {
            id: SpecialismId(row.id),
            name: row.name,
            role: RoleId(row.role_id),
            channel: row.channel_id.map(ChannelId),
        }
    }
}

impl Store {
    /// A server's desk, if it was set up.
    pub async fn desk(&self, guild: GuildId) -> Result<Option<DeskSettings>, StoreError> {
        let row: Option<DeskRow> =
            reading!(self, pool => sqlx::query_as(FIND).bind(guild.0).fetch_optional(pool).await)?;
        row.map(TryInto::try_into).transpose()
    }

    /// A server's specialisms, the default one first; at most 25, as many as a select can offer.
    pub async fn specialisms(&self, guild: GuildId) -> Result<Vec<Specialism>, StoreError> {
        let rows: Vec<SpecialismRow> =
            reading!(self, pool => sqlx::query_as(SPECIALISMS).bind(guild.0).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    /// A specialism of a server, also a retired one: its tickets still name it.
    pub async fn specialism(
        &self,
        guild: GuildId,
        id: SpecialismId,
    ) -> Result<Option<Specialism>, StoreError> {
        let row: Option<SpecialismRow> = reading!(self, pool => {
            sqlx::query_as(SPECIALISM).bind(guild.0).bind(id.0).fetch_optional(pool).await
        })?;
        Ok(row.map(Into::into))
    }
}

impl Tx {
    /// Saves a desk and the role of its default specialism, new or again.
    pub async fn save_desk(&mut self, desk: &DeskSettings, now: Timestamp) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(SAVE)
                .bind(desk.guild.0)
                .bind(desk.support_channel.0)
                .bind(desk.queue_channel.0)
                .bind(desk.first_level.0)
                .bind(desk.second_level.0)
                .bind(desk.language.code())
                .bind(now.0)
                .execute(&mut *connection)
                .await?;
            sqlx::query(SAVE_DEFAULT)
                .bind(desk.guild.0)
                .bind(desk.second_level.0)
                .execute(&mut *connection)
                .await?;
        });
        Ok(())
    }

    /// Saves a named specialism, new or again.
    pub async fn save_specialism(
        &mut self,
        guild: GuildId,
        name: &str,
        role: RoleId,
        channel: Option<ChannelId>,
    ) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(SAVE_NAMED)
                .bind(guild.0)
                .bind(name)
                .bind(role.0)
                .bind(channel.map(|channel| channel.0))
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Takes a named specialism out of use. Its tickets keep it; `false` when there is none of that name.
    pub async fn retire_specialism(&mut self, guild: GuildId, name: &str) -> Result<bool, StoreError> {
        let rows = writing!(self, connection => {
            sqlx::query(RETIRE).bind(guild.0).bind(name).execute(connection).await?.rows_affected()
        });
        Ok(rows > 0)
    }

    /// The next ticket number of a server: no two tickets get the same, and a transaction that is undone gives its
    /// number back. `None` when the server has no desk.
    pub(super) async fn take_number(&mut self, guild: GuildId) -> Result<Option<TicketNumber>, StoreError> {
        let number: Option<i64> = writing!(self, connection => {
            sqlx::query_scalar(TAKE_NUMBER).bind(guild.0).fetch_optional(connection).await?
        });
        Ok(number.map(TicketNumber))
    }
}
