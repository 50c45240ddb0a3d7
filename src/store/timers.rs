//! Table `timers`: what must happen at a time, whichever process runs then.

use sqlx::FromRow;

use super::{Store, StoreError, Tx, reading, writing};
use crate::domain::id::TicketId;
use crate::domain::time::Timestamp;

const SET: &str = "INSERT INTO timers (ticket_id, what, due_at) VALUES ($1, $2, $3) \
    ON CONFLICT (ticket_id, what) DO UPDATE SET due_at = $3";

const CANCEL: &str = "DELETE FROM timers WHERE ticket_id = $1 AND what = $2";

const DUE: &str = "SELECT ticket_id, what FROM timers WHERE due_at <= $1 ORDER BY due_at LIMIT $2";

const NEXT: &str = "SELECT min(due_at) FROM timers";

/// What a timer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// Closes a resolved ticket whose requester says nothing.
    AutoClose,
}

impl Timer {
    const fn code(self) -> &'static str {
        match self {
            Self::AutoClose => "auto_close",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::AutoClose].into_iter().find(|timer| timer.code() == code)
    }
}

/// A timer whose time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The ticket.
    pub ticket: TicketId,
    /// What for.
    pub timer: Timer,
}

#[derive(FromRow)]
struct TimerRow {
    ticket_id: i64,
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
                    id: row.ticket_id,
                    why: format!("no timer {}", row.what),
                })?;
                Ok(Due { ticket: TicketId(row.ticket_id), timer })
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
        ticket: TicketId,
        timer: Timer,
        due_at: Timestamp,
    ) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(SET)
                .bind(ticket.0)
                .bind(timer.code())
                .bind(due_at.0)
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Takes a timer back. `false` when it was not set, so that of two processes only one acts on it.
    pub async fn cancel_timer(&mut self, ticket: TicketId, timer: Timer) -> Result<bool, StoreError> {
        let rows = writing!(self, connection => {
            sqlx::query(CANCEL).bind(ticket.0).bind(timer.code()).execute(connection).await?.rows_affected()
        });
        Ok(rows > 0)
    }
}
