//! Table `tickets`.

mod row;

use super::attachments::to_column;
use super::{Store, StoreError, Tx, reading, to_json, writing};
use crate::domain::assessment::{DecidedBy, Impact, Urgency};
use crate::domain::id::{ChannelId, GuildId, MessageId, TicketId, TicketNumber, UserId};
use crate::domain::job::Posted;
use crate::domain::question::{Attachment, Offered};
use crate::domain::ticket::{Priority, Ticket};
use crate::domain::time::Timestamp;
use row::StatusColumns;

pub(super) use row::TicketRow;

/// Every column of [`TicketRow`], once, for all statements.
macro_rules! columns {
    () => {
        "id, guild_id, number, requester_id, requester_name, language, subject, details, question, offered, \
         attachment, category, priority, status, since, agent_id, specialist_id, escalation_id, specialism_id, \
         solution, closed_by, close_reason, opened_at, first_response_at, resolved_at, due_at, bounces, reopened, \
         impact, urgency, priority_by, category_by, vip, ladder_steps, ladder_next_at, thread_id, thread_card_id, \
         queue_card_id, queue_channel_id, notes, rating, rating_comment, duplicate_of, incident_id, watch"
    };
}

const BY_ID: &str = concat!("SELECT ", columns!(), " FROM tickets WHERE guild_id = $1 AND id = $2");
const BY_NUMBER: &str = concat!("SELECT ", columns!(), " FROM tickets WHERE guild_id = $1 AND number = $2");
const BY_THREAD: &str =
    concat!("SELECT ", columns!(), " FROM tickets WHERE guild_id = $1 AND thread_id = $2");
// The condition is that of the index `tickets_waiting`.
const OPEN_TICKETS: &str = "SELECT COUNT(CASE WHEN requester_id = $2 THEN 1 END), COUNT(*) FROM tickets \
    WHERE guild_id = $1 AND status <> 'resolved' AND status <> 'closed'";

const BY_ORIGIN: &str = concat!("SELECT ", columns!(), " FROM tickets WHERE guild_id = $1 AND origin = $2");
const ANY_GUILD: &str = concat!("SELECT ", columns!(), " FROM tickets WHERE id = $1");

const LOCK_ID: &str = concat!(
    "UPDATE tickets SET version = version + 1 WHERE guild_id = $1 AND id = $2 RETURNING ",
    columns!()
);
const LOCK_NUMBER: &str = concat!(
    "UPDATE tickets SET version = version + 1 WHERE guild_id = $1 AND number = $2 RETURNING ",
    columns!()
);
const LOCK_THREAD: &str = concat!(
    "UPDATE tickets SET version = version + 1 WHERE guild_id = $1 AND thread_id = $2 RETURNING ",
    columns!()
);
const LOCK_ANY_GUILD: &str =
    concat!("UPDATE tickets SET version = version + 1 WHERE id = $1 RETURNING ", columns!());

/// A batch of the tickets of a server that are not closed.
pub(super) const LOCK_NOT_CLOSED: &str = concat!(
    "UPDATE tickets SET version = version + 1 WHERE id IN (SELECT id FROM tickets WHERE guild_id = $1 \
     AND status <> 'closed' AND id > $2 ORDER BY id LIMIT $3) RETURNING ",
    columns!()
);

/// What waits for its requester has no deadline. The condition is that of the index `tickets_waiting`.
const QUEUE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM tickets WHERE guild_id = $1 AND status <> 'resolved' AND status <> 'closed' \
     ORDER BY due_at NULLS LAST, opened_at, id LIMIT $2 OFFSET $3"
);
const LATEST: &str =
    concat!("SELECT ", columns!(), " FROM tickets WHERE guild_id = $1 ORDER BY number DESC LIMIT $2");
const ALIVE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM tickets WHERE guild_id = $1 AND status <> 'closed' AND id > $2 ORDER BY id LIMIT $3"
);
const OPEN_COUNT: &str =
    "SELECT count(*) FROM tickets WHERE guild_id = $1 AND status <> 'resolved' AND status <> 'closed'";
const OWN: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM tickets WHERE guild_id = $1 AND requester_id = $2 ORDER BY id DESC LIMIT $3 OFFSET $4"
);
const OWN_COUNT: &str = "SELECT count(*) FROM tickets WHERE guild_id = $1 AND requester_id = $2";

const INSERT: &str = concat!(
    "INSERT INTO tickets (guild_id, number, origin, requester_id, requester_name, language, subject, details, \
     question, offered, attachment, category, priority, status, since, opened_at, due_at, category_by, vip) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'queued', $14, $14, $15, $16, $17) RETURNING ",
    columns!()
);

const SAVE: &str = "UPDATE tickets SET category = $2, priority = $3, status = $4, since = $5, agent_id = $6, \
    specialist_id = $7, escalation_id = $8, specialism_id = $9, solution = $10, closed_by = $11, \
    close_reason = $12, first_response_at = $13, resolved_at = $14, due_at = $15, bounces = $16, reopened = $17, \
    impact = $18, urgency = $19, priority_by = $20, category_by = $21, vip = $22, ladder_steps = $23, \
    ladder_next_at = $24, watch = $25 WHERE id = $1";

const THREAD_MADE: &str = "UPDATE tickets SET thread_id = $2 WHERE id = $1";
const THREAD_CARD_POSTED: &str = "UPDATE tickets SET thread_card_id = $2 WHERE id = $1";
const QUEUE_CARD_POSTED: &str = "UPDATE tickets SET queue_card_id = $2, queue_channel_id = $3 WHERE id = $1";

/// How a person names a ticket. Whatever it is, the server comes from the interaction and never from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketKey {
    /// By its row, as custom ids carry it.
    Id(TicketId),
    /// By its number, as people type it.
    Number(TicketNumber),
    /// By the thread they are in.
    Thread(ChannelId),
}

/// What a ticket starts with.
#[derive(Clone, Debug)]
pub struct NewTicket {
    /// What it is opened from. Unique in its server: opening twice finds the first.
    pub origin: String,
    /// Who asks.
    pub requester: UserId,
    /// Their name now.
    pub requester_name: String,
    /// Their language.
    pub language: crate::domain::article::Language,
    /// One line.
    pub subject: String,
    /// More.
    pub details: Option<String>,
    /// What they asked the knowledge base.
    pub question: Option<String>,
    /// What it offered.
    pub offered: Vec<Offered>,
    /// The files they sent along.
    pub files: Vec<Attachment>,
    /// The category.
    pub category: Option<String>,
    /// Whose word that is.
    pub category_by: DecidedBy,
    /// How urgent.
    pub priority: Priority,
    /// Whether its requester is one of those whose tickets are one level up.
    pub vip: bool,
    /// When somebody has to have answered.
    pub due_at: Timestamp,
}

impl Store {
    /// A ticket of this server.
    pub async fn ticket(&self, guild: GuildId, key: TicketKey) -> Result<Option<Ticket>, StoreError> {
        let (statement, value) = match key {
            TicketKey::Id(id) => (BY_ID, id.0),
            TicketKey::Number(number) => (BY_NUMBER, number.0),
            TicketKey::Thread(thread) => (BY_THREAD, thread.0),
        };
        let row: Option<TicketRow> = reading!(self, pool => {
            sqlx::query_as(statement).bind(guild.0).bind(value).fetch_optional(pool).await
        })?;
        row.map(TryInto::try_into).transpose()
    }

    /// A ticket by its row alone: for jobs and timers, which no person names.
    pub async fn ticket_of_job(&self, id: TicketId) -> Result<Option<Ticket>, StoreError> {
        let row: Option<TicketRow> =
            reading!(self, pool => sqlx::query_as(ANY_GUILD).bind(id.0).fetch_optional(pool).await)?;
        row.map(TryInto::try_into).transpose()
    }

    /// The tickets of a server that are not solved: those that somebody has to act on, the most urgent deadline first,
    /// and after them those that wait for their requester, the oldest first.
    pub async fn queue(&self, guild: GuildId, limit: i64, offset: i64) -> Result<Vec<Ticket>, StoreError> {
        let rows: Vec<TicketRow> = reading!(self, pool => {
            sqlx::query_as(QUEUE).bind(guild.0).bind(limit).bind(offset).fetch_all(pool).await
        })?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// The tickets of a server that are not closed, in order of their rows, after one of them.
    pub async fn alive_tickets(
        &self,
        guild: GuildId,
        after: TicketId,
        limit: i64,
    ) -> Result<Vec<Ticket>, StoreError> {
        let rows: Vec<TicketRow> = reading!(self, pool => {
            sqlx::query_as(ALIVE).bind(guild.0).bind(after.0).bind(limit).fetch_all(pool).await
        })?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// The tickets of a server that were opened last, the latest first.
    pub async fn latest_tickets(&self, guild: GuildId, limit: i64) -> Result<Vec<Ticket>, StoreError> {
        let rows: Vec<TicketRow> = reading!(self, pool => {
            sqlx::query_as(LATEST).bind(guild.0).bind(limit).fetch_all(pool).await
        })?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// How many tickets of a server are not solved.
    pub async fn queue_length(&self, guild: GuildId) -> Result<i64, StoreError> {
        Ok(reading!(self, pool => sqlx::query_scalar(OPEN_COUNT).bind(guild.0).fetch_one(pool).await)?)
    }

    /// A requester's tickets, latest first.
    pub async fn tickets_of(
        &self,
        guild: GuildId,
        requester: UserId,
        limit: i64,
        offset: i64,
    ) -> Result<Vec<Ticket>, StoreError> {
        let rows: Vec<TicketRow> = reading!(self, pool => {
            sqlx::query_as(OWN)
                .bind(guild.0)
                .bind(requester.0)
                .bind(limit)
                .bind(offset)
                .fetch_all(pool)
                .await
        })?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// How many tickets a requester has.
    pub async fn ticket_count_of(&self, guild: GuildId, requester: UserId) -> Result<i64, StoreError> {
        Ok(reading!(self, pool => {
            sqlx::query_scalar(OWN_COUNT).bind(guild.0).bind(requester.0).fetch_one(pool).await
        })?)
    }
}

/// How many tickets somebody still has to solve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenTickets {
    /// Of the requester.
    pub own: i64,
    /// Of the server.
    pub all: i64,
}

impl Tx {
    /// A ticket of this server, kept from everybody else until the transaction ends.
    pub async fn lock_ticket(
        &mut self,
        guild: GuildId,
        key: TicketKey,
    ) -> Result<Option<Ticket>, StoreError> {
        let (statement, value) = match key {
            TicketKey::Id(id) => (LOCK_ID, id.0),
            TicketKey::Number(number) => (LOCK_NUMBER, number.0),
            TicketKey::Thread(thread) => (LOCK_THREAD, thread.0),
        };
        let row: Option<TicketRow> = writing!(self, connection => {
            sqlx::query_as(statement).bind(guild.0).bind(value).fetch_optional(connection).await?
        });
        row.map(TryInto::try_into).transpose()
    }

    /// Like [`Self::lock_ticket`], by its row alone: for timers, which no person names.
    pub async fn lock_ticket_of_timer(&mut self, id: TicketId) -> Result<Option<Ticket>, StoreError> {
        let row: Option<TicketRow> = writing!(self, connection => {
            sqlx::query_as(LOCK_ANY_GUILD).bind(id.0).fetch_optional(connection).await?
        });
        row.map(TryInto::try_into).transpose()
    }

    /// The ticket that was opened from this origin before.
    pub async fn ticket_from(&mut self, guild: GuildId, origin: &str) -> Result<Option<Ticket>, StoreError> {
        let row: Option<TicketRow> = writing!(self, connection => {
            sqlx::query_as(BY_ORIGIN).bind(guild.0).bind(origin).fetch_optional(connection).await?
        });
        row.map(TryInto::try_into).transpose()
    }

    /// How many tickets of a requester and of their whole server somebody still has to solve, this transaction's own
    /// with them.
    pub async fn open_tickets(
        &mut self,
        guild: GuildId,
        requester: UserId,
    ) -> Result<OpenTickets, StoreError> {
        let (own, all) = writing!(self, connection => {
            sqlx::query_as(OPEN_TICKETS).bind(guild.0).bind(requester.0).fetch_one(connection).await?
        });
        Ok(OpenTickets { own, all })
    }

    /// Adds a ticket under the next number of its server. `None` when the server has no desk.
    pub async fn insert_ticket(
        &mut self,
        guild: GuildId,
        new: &NewTicket,
        now: Timestamp,
    ) -> Result<Option<Ticket>, StoreError> {
        let Some(number) = self.take_number(guild).await? else { return Ok(None) };
        let row: TicketRow = writing!(self, connection => {
            sqlx::query_as(INSERT)
                .bind(guild.0)
                .bind(number.0)
                .bind(&new.origin)
                .bind(new.requester.0)
                .bind(&new.requester_name)
                .bind(new.language.code())
                .bind(&new.subject)
                .bind(&new.details)
                .bind(&new.question)
                .bind(to_json(&new.offered))
                .bind(to_column(&new.files))
                .bind(&new.category)
                .bind(new.priority.code())
                .bind(now.0)
                .bind(new.due_at.0)
                .bind(new.category_by.code())
                .bind(new.vip)
                .fetch_one(connection)
                .await?
        });
        Ok(Some(row.try_into()?))
    }

    /// Saves what transitions change. The caller holds the lock of [`Self::lock_ticket`].
    pub async fn save_ticket(&mut self, ticket: &Ticket) -> Result<(), StoreError> {
        let columns = StatusColumns::of(&ticket.status);
        let assessment = &ticket.assessment;
        writing!(self, connection => {
            sqlx::query(SAVE)
                .bind(ticket.id.0)
                .bind(&ticket.category)
                .bind(ticket.priority.code())
                .bind(ticket.status.name().code())
                .bind(ticket.since.0)
                .bind(columns.agent)
                .bind(columns.specialist)
                .bind(columns.escalation.map(|escalation| escalation.id.0))
                .bind(columns.escalation.map(|escalation| escalation.specialism.0))
                .bind(columns.solution)
                .bind(columns.closed_by)
                .bind(columns.close_reason)
                .bind(ticket.first_response_at.map(|at| at.0))
                .bind(ticket.resolved_at.map(|at| at.0))
                .bind(ticket.due_at.map(|at| at.0))
                .bind(ticket.bounces)
                .bind(ticket.reopened)
                .bind(assessment.impact.map(Impact::code))
                .bind(assessment.urgency.map(Urgency::code))
                .bind(assessment.priority_by.code())
                .bind(assessment.category_by.code())
                .bind(assessment.vip)
                .bind(ticket.ladder.steps)
                .bind(ticket.ladder.next_at.map(|at| at.0))
                .bind(to_json(&ticket.watch))
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Remembers the thread of a ticket.
    pub async fn thread_made(&mut self, id: TicketId, thread: ChannelId) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(THREAD_MADE).bind(id.0).bind(thread.0).execute(connection).await?;
        });
        Ok(())
    }

    /// Remembers the card in the thread.
    pub async fn thread_card_posted(&mut self, id: TicketId, card: MessageId) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(THREAD_CARD_POSTED).bind(id.0).bind(card.0).execute(connection).await?;
        });
        Ok(())
    }

    /// Remembers the card in the queue channel.
    pub async fn queue_card_posted(&mut self, id: TicketId, card: Posted) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(QUEUE_CARD_POSTED)
                .bind(id.0)
                .bind(card.message.0)
                .bind(card.channel.0)
                .execute(connection)
                .await?;
        });
        Ok(())
    }
}
