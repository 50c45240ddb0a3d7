//! Table `duties`: who is on duty.

use sqlx::FromRow;

use super::{Store, StoreError, Tx, from_json, reading, to_json, writing};
use crate::domain::duty::OnDuty;
use crate::domain::id::{GuildId, UserId};
use crate::domain::time::Timestamp;

/// More people than a small company has on duty at once.
const NOW: &str = "SELECT user_id, first_level, specialisms, since, until FROM duties \
    WHERE guild_id = $1 AND (until IS NULL OR until > $2) ORDER BY since, user_id LIMIT 100";

const BEGIN: &str = "INSERT INTO duties (guild_id, user_id, first_level, specialisms, since, until) \
    VALUES ($1, $2, $3, $4, $5, $6) \
    ON CONFLICT (guild_id, user_id) DO UPDATE SET first_level = $3, specialisms = $4, since = $5, until = $6";

const END: &str = "DELETE FROM duties WHERE guild_id = $1 AND user_id = $2";

#[derive(FromRow)]
struct DutyRow {
    user_id: i64,
    first_level: bool,
    specialisms: String,
    since: i64,
    until: Option<i64>,
}

impl TryFrom<DutyRow> for OnDuty {
    type Error = StoreError;

    fn try_from(row: DutyRow) -> Result<Self, StoreError> {
        Ok(Self {
            user: UserId(row.user_id),
            first_level: row.first_level,
            specialisms: from_json("duties", row.user_id, "specialisms", &row.specialisms)?,
            since: Timestamp(row.since),
            until: row.until.map(Timestamp),
        })
    }
}

impl Store {
    /// Who is on duty now, the longest first.
    pub async fn on_duty(&self, guild: GuildId, now: Timestamp) -> Result<Vec<OnDuty>, StoreError> {
        let rows: Vec<DutyRow> = reading!(self, pool => {
            sqlx::query_as(NOW).bind(guild.0).bind(now.0).fetch_all(pool).await
        })?;
        rows.into_iter().map(TryInto::try_into).collect()
    }
}

impl Tx {
    /// Somebody is on duty, or still is with what they are now.
    pub async fn begin_duty(&mut self, guild: GuildId, duty: &OnDuty) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(BEGIN)
                .bind(guild.0)
                .bind(duty.user.0)
                .bind(duty.first_level)
                .bind(to_json(&duty.specialisms))
                .bind(duty.since.0)
                .bind(duty.until.map(|until| until.0))
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Somebody is on duty no more.
    pub async fn end_duty(&mut self, guild: GuildId, user: UserId) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(END).bind(guild.0).bind(user.0).execute(connection).await?;
        });
        Ok(())
    }
}
