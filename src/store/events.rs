//! Table `ticket_events`.

use sqlx::FromRow;

use super::{Store, StoreError, Tx, from_json, reading, to_json, writing};
use crate::domain::event::{Event, What};
use crate::domain::id::{TicketId, UserId};
use crate::domain::time::Timestamp;

const INSERT: &str =
    "INSERT INTO ticket_events (ticket_id, at, by_id, what, kind, about_id) VALUES ($1, $2, $3, $4, $5, $6)";

const LATEST: &str = "SELECT id, at, by_id, what FROM ticket_events WHERE ticket_id = $1 \
    ORDER BY id DESC LIMIT $2";

#[derive(FromRow)]
struct EventRow {
    id: i64,
    at: i64,
    by_id: Option<i64>,
    what: String,
}

impl Store {
    /// The latest events of a ticket, oldest of them first.
    pub async fn events(&self, ticket: TicketId, limit: i64) -> Result<Vec<Event>, StoreError> {
        let rows: Vec<EventRow> = reading!(self, pool => {
            sqlx::query_as(LATEST).bind(ticket.0).bind(limit).fetch_all(pool).await
        })?;
        rows.into_iter()
            .rev()
            .map(|row| {
                Ok(Event {
                    at: Timestamp(row.at),
                    by: row.by_id.map(UserId),
                    what: from_json("ticket_events", row.id, "what", &row.what)?,
                })
            })
            .collect()
    }
}

impl Tx {
    /// Adds to a ticket's story.
    pub async fn record(
        &mut self,
        ticket: TicketId,
        by: Option<UserId>,
        what: &What,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let kind = kind(what);
        writing!(self, connection => {
            sqlx::query(INSERT)
                .bind(ticket.0)
                .bind(now.0)
                .bind(by.map(|user| user.0))
                .bind(to_json(what))
                .bind(&kind)
                .bind(what.about().map(|user| user.0))
                .execute(connection)
                .await?;
        });
        crate::meter::ticket_event(&kind);
        Ok(())
    }
}

/// The kind of an event, as its JSON names it: a column of its own, so that reports count without reading JSON.
fn kind(what: &What) -> String {
    let form = serde_json::to_value(what).expect("our own types have a JSON form");
    form["kind"].as_str().unwrap_or_default().to_owned()
}
