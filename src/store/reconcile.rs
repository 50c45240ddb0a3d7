//! What the comparison with Discord reads of several tables at once, and what it forgets of them.

use std::collections::{BTreeSet, HashMap};

use sqlx::FromRow;

use super::{Store, StoreError, Tx, from_json, lane, reading, to_json, writing};
use crate::domain::event::{Event, What};
use crate::domain::id::{ChannelId, EscalationId, GuildId, MessageId, TicketId, UserId};
use crate::domain::job::{Job, Lane, Posted};
use crate::domain::time::Timestamp;

const GUILDS: &str = "SELECT guild_id FROM desks ORDER BY guild_id";

const BUSY: &str = "SELECT DISTINCT lane FROM outbox WHERE guild_id = $1 AND dead = FALSE";

const IS_BUSY: &str = "SELECT count(*) FROM outbox WHERE lane = $1 AND dead = FALSE";

const FAILED: &str =
    "SELECT lane, max(queued_at) FROM outbox WHERE guild_id = $1 AND dead = TRUE GROUP BY lane";

/// What [`crate::domain::reconcile::Inside`] listens to, of the tickets that are not closed.
const MEMBERSHIP: &str = "SELECT e.id, e.ticket_id, e.at, e.by_id, e.what FROM tickets AS t \
    JOIN ticket_events AS e ON e.ticket_id = t.id \
    WHERE t.guild_id = $1 AND t.status <> 'closed' AND t.id >= $2 AND t.id <= $3 AND e.kind IN \
    ('claimed', 'assigned', 'escalated', 'accepted', 'member_added', 'member_removed', 'requester_left', \
     'requester_returned') ORDER BY e.id";

const MEMBERSHIP_OF: &str = "SELECT id, ticket_id, at, by_id, what FROM ticket_events WHERE ticket_id = $1 \
    AND kind IN ('claimed', 'assigned', 'escalated', 'accepted', 'member_added', 'member_removed', \
     'requester_left', 'requester_returned') ORDER BY id";

const PACKETS: &str = "SELECT t.id, e.packet_channel_id, e.packet_message_id FROM tickets AS t \
    JOIN escalations AS e ON e.id = t.escalation_id WHERE t.guild_id = $1 AND t.status = 'escalated' \
    AND t.id >= $2 AND t.id <= $3 AND e.packet_message_id IS NOT NULL";

const PACKET_OF: &str = "SELECT t.id, e.packet_channel_id, e.packet_message_id FROM tickets AS t \
    JOIN escalations AS e ON e.id = t.escalation_id WHERE t.id = $1 AND e.packet_message_id IS NOT NULL";

const FORGET_THREAD: &str = "UPDATE tickets SET thread_id = NULL, thread_card_id = NULL WHERE id = $1";
const FORGET_THREAD_CARD: &str = "UPDATE tickets SET thread_card_id = NULL WHERE id = $1";
const FORGET_QUEUE_CARD: &str =
    "UPDATE tickets SET queue_card_id = NULL, queue_channel_id = NULL WHERE id = $1";
const FORGET_PACKET: &str =
    "UPDATE escalations SET packet_channel_id = NULL, packet_message_id = NULL WHERE id = $1";

const FORGET_DEAD: &str = "DELETE FROM outbox WHERE lane = $1 AND job = $2 AND dead = TRUE";

const DEAD: &str =
    "SELECT id, job FROM outbox WHERE lane = $1 AND dead = TRUE AND last_error = $2 ORDER BY id";
const TAKE_DEAD: &str = "DELETE FROM outbox WHERE lane = $1 AND dead = TRUE AND last_error = $2";

const WAITING: &str = "SELECT id, job FROM outbox WHERE lane = $1 AND dead = FALSE ORDER BY id";
const TAKE_OUT: &str = "DELETE FROM outbox WHERE lane = $1 AND dead = FALSE";

#[derive(FromRow)]
struct MembershipRow {
    id: i64,
    ticket_id: i64,
    at: i64,
    by_id: Option<i64>,
    what: String,
}

impl MembershipRow {
    fn event(self) -> Result<(TicketId, Event), StoreError> {
        let what: What = from_json("ticket_events", self.id, "what", &self.what)?;
        Ok((TicketId(self.ticket_id), Event { at: Timestamp(self.at), by: self.by_id.map(UserId), what }))
    }
}

/// A ticket with the channel and id of its packet.
type PacketRow = (i64, Option<i64>, Option<i64>);

fn packet((ticket, channel, message): PacketRow) -> Option<(TicketId, Posted)> {
    let place = Posted { channel: ChannelId(channel?), message: MessageId(message?) };
    Some((TicketId(ticket), place))
}

/// What waits in the outbox of a server, and what was given up there.
#[derive(Clone, Debug, Default)]
pub struct Deliveries {
    /// The lanes in which something waits.
    pub busy: BTreeSet<Lane>,
    /// When the latest job of a lane that was given up had been queued.
    pub failed: HashMap<Lane, Timestamp>,
}

impl Store {
    /// Every server with a desk.
    pub async fn desk_guilds(&self) -> Result<Vec<GuildId>, StoreError> {
        let ids: Vec<i64> = reading!(self, pool => sqlx::query_scalar(GUILDS).fetch_all(pool).await)?;
        Ok(ids.into_iter().map(GuildId).collect())
    }

    /// What is under way in a server.
    pub async fn deliveries(&self, guild: GuildId) -> Result<Deliveries, StoreError> {
        let busy: Vec<String> =
            reading!(self, pool => sqlx::query_scalar(BUSY).bind(guild.0).fetch_all(pool).await)?;
        let failed: Vec<(String, i64)> =
            reading!(self, pool => sqlx::query_as(FAILED).bind(guild.0).fetch_all(pool).await)?;
        Ok(Deliveries {
            busy: busy.iter().map(|code| lane("outbox", 0, code)).collect::<Result<_, _>>()?,
            failed: failed
                .iter()
                .map(|(code, at)| Ok((lane("outbox", 0, code)?, Timestamp(*at))))
                .collect::<Result<_, StoreError>>()?,
        })
    }

    /// Who came into and left the threads of the tickets in a range that are not closed, oldest first.
    pub async fn memberships(
        &self,
        guild: GuildId,
        (first, last): (TicketId, TicketId),
    ) -> Result<Vec<(TicketId, Event)>, StoreError> {
        let rows: Vec<MembershipRow> = reading!(self, pool => {
            sqlx::query_as(MEMBERSHIP).bind(guild.0).bind(first.0).bind(last.0).fetch_all(pool).await
        })?;
        rows.into_iter().map(MembershipRow::event).collect()
    }

    /// Where the packets of open escalations of the tickets in a range stand.
    pub async fn packets(
        &self,
        guild: GuildId,
        (first, last): (TicketId, TicketId),
    ) -> Result<HashMap<TicketId, Posted>, StoreError> {
        let rows: Vec<PacketRow> = reading!(self, pool => {
            sqlx::query_as(PACKETS).bind(guild.0).bind(first.0).bind(last.0).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().filter_map(packet).collect())
    }
}

impl Tx {
    /// Whether something waits in a lane.
    pub async fn is_busy(&mut self, lane: Lane) -> Result<bool, StoreError> {
        let waiting: i64 = writing!(self, connection => {
            sqlx::query_scalar(IS_BUSY).bind(lane.to_string()).fetch_one(connection).await?
        });
        Ok(waiting > 0)
    }

    /// Who came into and left a ticket's thread, oldest first.
    pub async fn membership(&mut self, ticket: TicketId) -> Result<Vec<Event>, StoreError> {
        let rows: Vec<MembershipRow> = writing!(self, connection => {
            sqlx::query_as(MEMBERSHIP_OF).bind(ticket.0).fetch_all(connection).await?
        });
        rows.into_iter().map(|row| Ok(row.event()?.1)).collect()
    }

    /// Where the packet of a ticket's escalation stands.
    pub async fn packet_of(&mut self, ticket: TicketId) -> Result<Option<Posted>, StoreError> {
        let row: Option<PacketRow> = writing!(self, connection => {
            sqlx::query_as(PACKET_OF).bind(ticket.0).fetch_optional(connection).await?
        });
        Ok(row.and_then(packet).map(|(_, place)| place))
    }

    /// A ticket's thread is gone, with the card in it.
    pub async fn forget_thread(&mut self, id: TicketId) -> Result<(), StoreError> {
        self.forget(FORGET_THREAD, id.0).await
    }

    /// The card in a ticket's thread is gone.
    pub async fn forget_thread_card(&mut self, id: TicketId) -> Result<(), StoreError> {
        self.forget(FORGET_THREAD_CARD, id.0).await
    }

    /// A ticket's card in the queue channel is gone.
    pub async fn forget_queue_card(&mut self, id: TicketId) -> Result<(), StoreError> {
        self.forget(FORGET_QUEUE_CARD, id.0).await
    }

    /// The packet of an escalation is gone.
    pub async fn forget_packet(&mut self, id: EscalationId) -> Result<(), StoreError> {
        self.forget(FORGET_PACKET, id.0).await
    }

    async fn forget(&mut self, statement: &'static str, id: i64) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(statement).bind(id).execute(connection).await?;
        });
        Ok(())
    }

    /// Forgets that a job was given up, because it is tried anew.
    pub async fn forget_dead(&mut self, lane: Lane, job: &Job) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(FORGET_DEAD).bind(lane.to_string()).bind(to_json(job)).execute(connection).await?;
        });
        Ok(())
    }

    /// Takes the jobs of a lane that were given up for this reason out of it, in order: to be queued again.
    pub async fn take_dead(&mut self, lane: Lane, error: &str) -> Result<Vec<Job>, StoreError> {
        let rows: Vec<(i64, String)> = writing!(self, connection => {
            sqlx::query_as(DEAD).bind(lane.to_string()).bind(error).fetch_all(connection).await?
        });
        writing!(self, connection => {
            sqlx::query(TAKE_DEAD).bind(lane.to_string()).bind(error).execute(connection).await?;
        });
        rows.iter().map(|(id, job)| from_json("outbox", *id, "job", job)).collect()
    }

    /// Takes everything that waits in a lane out of it, in order: to be queued again behind what has to come first.
    pub async fn take_out(&mut self, lane: Lane) -> Result<Vec<Job>, StoreError> {
        let rows: Vec<(i64, String)> = writing!(self, connection => {
            sqlx::query_as(WAITING).bind(lane.to_string()).fetch_all(connection).await?
        });
        writing!(self, connection => {
            sqlx::query(TAKE_OUT).bind(lane.to_string()).execute(connection).await?;
        });
        rows.iter().map(|(id, job)| from_json("outbox", *id, "job", job)).collect()
    }
}
