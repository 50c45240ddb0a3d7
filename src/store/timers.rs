//! Table `timers`: what must happen at a time, whichever process runs then.

use sqlx::FromRow;

use super::{Store, StoreError, Tx, lane, reading, writing};
use crate::domain::id::GuildId;
use crate::domain::job::{Lane, Timer};
use crate::domain::time::Timestamp;

const SET: &str = "INSERT INTO timers (guild_id, lane, what, due_at) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (lane, what) DO UPDATE SET due_at = $4";

const CANCEL: &str = "DELETE FROM timers WHERE lane = $1 AND what = $2";

const DUE: &str = "SELECT id, guild_id, lane, what FROM timers WHERE due_at <= $1 ORDER BY due_at LIMIT $2";

const NEXT: &str = "SELECT min(due_at) FROM timers";

/// A timer whose time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The server.
    pub guild: GuildId,
    /// What it is about.
    pub lane: Lane,
    /// What for.
    pub timer: Timer,
}

#[derive(FromRow)]
struct TimerRow {
    id: i64,
    guild_id: i64,
    lane: String,
    what: String,
}

impl Store {
    /// The timers that are due, the longest overdue first.
    pub async fn due_timers(&self, now: Timestamp, limit: i64) -> Result<Vec<Due>, StoreError> {
        let rows: Vec<TimerRow> =
            reading!(self, pool => sqlx::query_as(DUE).bind(now.0).bind(limit).fetch_all(pool).await)?;
        rows.into_iter()
            .map(|row| {
                let timer = Timer::from_code(&row.what).ok_or_else(|| StoreError::Inconsistent {
                    table: "timers",
                    id: row.id,
                    why: format!("no timer {}", row.what),
                })?;
                Ok(Due { guild: GuildId(row.guild_id), lane: lane("timers", row.id, &row.lane)?, timer })
            })
            .collect()
    }

    /// When the next timer is due.
    pub async fn next_timer(&self) -> Result<Option<Timestamp>, StoreError> {
        let next: Option<i64> = reading!(self, pool => sqlx::query_scalar(NEXT).fetch_one(pool).await)?;
        Ok(next.map(Timestamp))
    }
}

impl Tx {
    /// Sets a timer, or sets it anew.
    pub async fn set_timer(
        &mut self,
        guild: GuildId,
        lane: Lane,
        timer: Timer,
        due_at: Timestamp,
    ) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(SET)
                .bind(guild.0)
                .bind(lane.to_string())
                .bind(timer.code())
                .bind(due_at.0)
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Takes a timer back. `false` when it was not set, so that of two processes only one acts on it.
    pub async fn cancel_timer(&mut self, lane: Lane, timer: Timer) -> Result<bool, StoreError> {
        let rows = writing!(self, connection => {
            sqlx::query(CANCEL).bind(lane.to_string()).bind(timer.code()).execute(connection).await?.rows_affected()
        });
        Ok(rows > 0)
    }
}
