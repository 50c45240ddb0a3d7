//! Table `escalations`.

use sqlx::FromRow;

use super::{Store, StoreError, Tx, reading, writing};
use crate::domain::event::HandOver;
use crate::domain::id::{ChannelId, EscalationId, MessageId, SpecialismId, TicketId, UserId};
use crate::domain::job::Posted;
use crate::domain::time::Timestamp;

const INSERT: &str = "INSERT INTO escalations (ticket_id, specialism_id, by_id, tried, expected, at) \
    VALUES ($1, $2, $3, $4, $5, $6) RETURNING id";

const FIND: &str = "SELECT id, ticket_id, specialism_id, by_id, tried, expected, at, packet_channel_id, \
    packet_message_id FROM escalations WHERE ticket_id = $1 AND id = $2";

const POSTED: &str = "UPDATE escalations SET packet_channel_id = $2, packet_message_id = $3 WHERE id = $1";

#[derive(FromRow)]
struct EscalationRow {
    id: i64,
    ticket_id: i64,
    specialism_id: i64,
    by_id: i64,
    tried: Option<String>,
    expected: Option<String>,
    at: i64,
    packet_channel_id: Option<i64>,
    packet_message_id: Option<i64>,
}

impl From<EscalationRow> for HandOver {
    fn from(row: EscalationRow) -> Self {
        Self {
            id: EscalationId(row.id),
            ticket: TicketId(row.ticket_id),
            specialism: SpecialismId(row.specialism_id),
            by: UserId(row.by_id),
            tried: row.tried,
            expected: row.expected,
            at: Timestamp(row.at),
            packet: row.packet_channel_id.zip(row.packet_message_id).map(|(channel, message)| Posted {
                channel: ChannelId(channel),
                message: MessageId(message),
            }),
        }
    }
}

impl Store {
    /// A hand-over of this ticket.
    pub async fn hand_over(
        &self,
        ticket: TicketId,
        id: EscalationId,
    ) -> Result<Option<HandOver>, StoreError> {
        let row: Option<EscalationRow> = reading!(self, pool => {
            sqlx::query_as(FIND).bind(ticket.0).bind(id.0).fetch_optional(pool).await
        })?;
        Ok(row.map(Into::into))
    }
}

impl Tx {
    /// Records a hand-over and gives it its id.
    pub async fn insert_hand_over(
        &mut self,
        ticket: TicketId,
        specialism: SpecialismId,
        by: UserId,
        (tried, expected): (Option<&str>, Option<&str>),
        now: Timestamp,
    ) -> Result<EscalationId, StoreError> {
        let id: i64 = writing!(self, connection => {
            sqlx::query_scalar(INSERT)
                .bind(ticket.0)
                .bind(specialism.0)
                .bind(by.0)
                .bind(tried)
                .bind(expected)
                .bind(now.0)
                .fetch_one(connection)
                .await?
        });
        Ok(EscalationId(id))
    }

    /// Remembers where a packet stands.
    pub async fn packet_posted(&mut self, id: EscalationId, packet: Posted) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(POSTED)
                .bind(id.0)
                .bind(packet.channel.0)
                .bind(packet.message.0)
                .execute(connection)
                .await?;
        });
        Ok(())
    }
}
