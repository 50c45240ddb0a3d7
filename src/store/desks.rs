//! Table `desks`.

use sqlx::FromRow;

use super::{Store, StoreError, Tx, language, reading, writing};
use crate::domain::desk::{DeskPeople, DeskSettings};
use crate::domain::id::{ChannelId, GuildId, RoleId, TicketNumber, UserId};
use crate::domain::time::Timestamp;

const FIND: &str = "SELECT guild_id, support_channel_id, queue_channel_id, first_level_role_id, \
    second_level_role_id, language FROM desks WHERE guild_id = $1";

const ALL: &str = "SELECT guild_id, support_channel_id, queue_channel_id, first_level_role_id, \
    second_level_role_id, language FROM desks ORDER BY guild_id";

const SAVE: &str = "INSERT INTO desks (guild_id, support_channel_id, queue_channel_id, first_level_role_id, \
    second_level_role_id, language, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
    ON CONFLICT (guild_id) DO UPDATE SET support_channel_id = $2, queue_channel_id = $3, \
    first_level_role_id = $4, second_level_role_id = $5, language = $6, updated_at = $7";

const TAKE_NUMBER: &str =
    "UPDATE desks SET next_number = next_number + 1 WHERE guild_id = $1 RETURNING next_number - 1";

const PEOPLE: &str = "SELECT vip_role_id, set_up_by FROM desks WHERE guild_id = $1";

const SET_UP_BY: &str = "UPDATE desks SET set_up_by = $2 WHERE guild_id = $1";

const SET_VIP: &str = "UPDATE desks SET vip_role_id = $2 WHERE guild_id = $1";

const LOCK: &str = "UPDATE desks SET updated_at = updated_at WHERE guild_id = $1";

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

impl Store {
    /// A server's desk, if it was set up.
    pub async fn desk(&self, guild: GuildId) -> Result<Option<DeskSettings>, StoreError> {
        let row: Option<DeskRow> =
            reading!(self, pool => sqlx::query_as(FIND).bind(guild.0).fetch_optional(pool).await)?;
        row.map(TryInto::try_into).transpose()
    }

    /// Every desk.
    pub async fn desks(&self) -> Result<Vec<DeskSettings>, StoreError> {
        let rows: Vec<DeskRow> = reading!(self, pool => sqlx::query_as(ALL).fetch_all(pool).await)?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// Its VIP role, and who set it up last.
    pub async fn desk_people(&self, guild: GuildId) -> Result<DeskPeople, StoreError> {
        let row: Option<(Option<i64>, Option<i64>)> =
            reading!(self, pool => sqlx::query_as(PEOPLE).bind(guild.0).fetch_optional(pool).await)?;
        Ok(people(row))
    }
}

fn people(row: Option<(Option<i64>, Option<i64>)>) -> DeskPeople {
    let (vip, admin) = row.unwrap_or_default();
    DeskPeople { vip: vip.map(RoleId), admin: admin.map(UserId) }
}

impl Tx {
    /// Keeps everybody else from opening tickets on a desk, and from touching more than one at once, until the
    /// transaction ends. Whoever will hold more than one ticket, incident or proposal takes this before all of them: of
    /// two who do, neither can have what the other waits for, in whatever order they go on.
    pub async fn lock_desk(&mut self, guild: GuildId) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(LOCK).bind(guild.0).execute(connection).await?;
        });
        Ok(())
    }

    /// Like [`Store::desk_people`], within a change.
    pub async fn desk_people(&mut self, guild: GuildId) -> Result<DeskPeople, StoreError> {
        let row: Option<(Option<i64>, Option<i64>)> = writing!(self, connection => {
            sqlx::query_as(PEOPLE).bind(guild.0).fetch_optional(connection).await?
        });
        Ok(people(row))
    }

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
                .execute(connection)
                .await?;
        });
        self.save_default_specialism(desk.guild, desk.second_level).await
    }

    /// Remembers who set a desk up.
    pub async fn set_up_by(&mut self, guild: GuildId, user: UserId) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(SET_UP_BY).bind(guild.0).bind(user.0).execute(connection).await?;
        });
        Ok(())
    }

    /// Says whose tickets are one level up, or that nobody's are.
    pub async fn set_vip(&mut self, guild: GuildId, role: Option<RoleId>) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(SET_VIP).bind(guild.0).bind(role.map(|role| role.0)).execute(connection).await?;
        });
        Ok(())
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
