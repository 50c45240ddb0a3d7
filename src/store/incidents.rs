//! Tables `incidents` and `incident_people`.

use sqlx::FromRow;

use super::{Store, StoreError, Tx, reading, writing};
use crate::domain::id::{ChannelId, GuildId, IncidentId, MessageId, TicketId, UserId};
use crate::domain::incident::{End, Incident};
use crate::domain::job::Posted;
use crate::domain::time::Timestamp;

/// Every column of [`IncidentRow`]. The counts are over indexes of the incident alone.
macro_rules! columns {
    () => {
        "i.id, i.guild_id, i.title, i.text, i.opened_by, i.opened_at, i.closed_by, i.closed_at, i.solution, \
         i.card_channel_id, i.card_message_id, \
         (SELECT count(*) FROM incident_people AS p WHERE p.incident_id = i.id) AS people, \
         (SELECT count(*) FROM tickets AS t WHERE t.incident_id = i.id) AS tickets"
    };
}

const OPEN: &str =
    concat!("SELECT ", columns!(), " FROM incidents AS i WHERE i.closed_at IS NULL ORDER BY i.id LIMIT $1");
const FIND: &str = concat!("SELECT ", columns!(), " FROM incidents AS i WHERE i.guild_id = $1 AND i.id = $2");
const ANY_GUILD: &str = concat!("SELECT ", columns!(), " FROM incidents AS i WHERE i.id = $1");

/// Touching the row keeps everybody else from it until the transaction ends, as with tickets.
const LOCK: &str = "UPDATE incidents SET title = title WHERE guild_id = $1 AND id = $2 RETURNING id";

const OPEN_TITLED: &str =
    "SELECT id FROM incidents WHERE guild_id = $1 AND title = $2 AND closed_at IS NULL ORDER BY id LIMIT 1";

const INSERT: &str = "INSERT INTO incidents (guild_id, title, text, opened_by, opened_at) \
    VALUES ($1, $2, $3, $4, $5) RETURNING id";

const CLOSE: &str = "UPDATE incidents SET closed_by = $2, closed_at = $3, solution = $4 WHERE id = $1";

const CARD_POSTED: &str = "UPDATE incidents SET card_channel_id = $2, card_message_id = $3 WHERE id = $1";

const JOIN: &str = "INSERT INTO incident_people (incident_id, user_id, at) VALUES ($1, $2, $3) \
    ON CONFLICT (incident_id, user_id) DO NOTHING";

const OPEN_TICKETS: &str =
    "SELECT id FROM tickets WHERE incident_id = $1 AND status <> 'closed' ORDER BY id LIMIT $2";

#[derive(FromRow)]
struct IncidentRow {
    id: i64,
    guild_id: i64,
    title: String,
    text: String,
    opened_by: i64,
    opened_at: i64,
    closed_by: Option<i64>,
    closed_at: Option<i64>,
    solution: Option<String>,
    card_channel_id: Option<i64>,
    card_message_id: Option<i64>,
    people: i64,
    tickets: i64,
}

impl TryFrom<IncidentRow> for Incident {
    type Error = StoreError;

    fn try_from(row: IncidentRow) -> Result<Self, StoreError> {
        let end = match (row.closed_by, row.closed_at, row.solution) {
            (None, None, None) => None,
            (Some(by), Some(at), Some(solution)) => Some(End { by: UserId(by), at: Timestamp(at), solution }),
            _ => {
                let why = "closed by halves".to_owned();
                return Err(StoreError::Inconsistent { table: "incidents", id: row.id, why });
            }
        };
        Ok(Self {
            id: IncidentId(row.id),
            guild: GuildId(row.guild_id),
            title: row.title,
            text: row.text,
            opened_by: UserId(row.opened_by),
            opened_at: Timestamp(row.opened_at),
            people: row.people,
            tickets: row.tickets,
            end,
            card: row.card_channel_id.zip(row.card_message_id).map(|(channel, message)| Posted {
                channel: ChannelId(channel),
                message: MessageId(message),
            }),
        })
    }
}

impl Store {
    /// The incidents of all servers that are open, oldest first.
    pub async fn open_incidents(&self, limit: i64) -> Result<Vec<Incident>, StoreError> {
        let rows: Vec<IncidentRow> =
            reading!(self, pool => sqlx::query_as(OPEN).bind(limit).fetch_all(pool).await)?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// An incident of this server.
    pub async fn incident(&self, guild: GuildId, id: IncidentId) -> Result<Option<Incident>, StoreError> {
        let row: Option<IncidentRow> = reading!(self, pool => {
            sqlx::query_as(FIND).bind(guild.0).bind(id.0).fetch_optional(pool).await
        })?;
        row.map(TryInto::try_into).transpose()
    }

    /// An incident by its row alone: for jobs and timers, which no person names.
    pub async fn incident_of_job(&self, id: IncidentId) -> Result<Option<Incident>, StoreError> {
        let row: Option<IncidentRow> =
            reading!(self, pool => sqlx::query_as(ANY_GUILD).bind(id.0).fetch_optional(pool).await)?;
        row.map(TryInto::try_into).transpose()
    }
}

impl Tx {
    /// An incident of this server, kept from everybody else until the transaction ends.
    pub async fn lock_incident(
        &mut self,
        guild: GuildId,
        id: IncidentId,
    ) -> Result<Option<Incident>, StoreError> {
        let row: Option<IncidentRow> = writing!(self, connection => {
            let locked: Option<i64> =
                sqlx::query_scalar(LOCK).bind(guild.0).bind(id.0).fetch_optional(&mut *connection).await?;
            match locked {
                None => None,
                Some(id) => sqlx::query_as(ANY_GUILD).bind(id).fetch_optional(&mut *connection).await?,
            }
        });
        row.map(TryInto::try_into).transpose()
    }

    /// The open incident of this title. Whoever holds [`Self::lock_desk`] can add one as long as there is none.
    pub async fn open_incident_titled(
        &mut self,
        guild: GuildId,
        title: &str,
    ) -> Result<Option<IncidentId>, StoreError> {
        let id: Option<i64> = writing!(self, connection => {
            sqlx::query_scalar(OPEN_TITLED).bind(guild.0).bind(title).fetch_optional(connection).await?
        });
        Ok(id.map(IncidentId))
    }

    /// Adds an incident.
    pub async fn insert_incident(
        &mut self,
        guild: GuildId,
        (title, text): (&str, &str),
        by: UserId,
        now: Timestamp,
    ) -> Result<IncidentId, StoreError> {
        let id: i64 = writing!(self, connection => {
            sqlx::query_scalar(INSERT)
                .bind(guild.0)
                .bind(title)
                .bind(text)
                .bind(by.0)
                .bind(now.0)
                .fetch_one(connection)
                .await?
        });
        Ok(IncidentId(id))
    }

    /// Ends an incident. The caller holds its lock.
    pub async fn close_incident(&mut self, id: IncidentId, end: &End) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(CLOSE)
                .bind(id.0)
                .bind(end.by.0)
                .bind(end.at.0)
                .bind(&end.solution)
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Counts a person in. `false` when they were counted before.
    pub async fn join_incident(
        &mut self,
        id: IncidentId,
        user: UserId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let rows = writing!(self, connection => {
            sqlx::query(JOIN).bind(id.0).bind(user.0).bind(now.0).execute(connection).await?.rows_affected()
        });
        Ok(rows > 0)
    }

    /// Remembers the incident's card.
    pub async fn incident_card_posted(&mut self, id: IncidentId, card: Posted) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(CARD_POSTED)
                .bind(id.0)
                .bind(card.channel.0)
                .bind(card.message.0)
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Tickets of an incident that are not closed, the oldest first.
    pub async fn open_tickets_of(&mut self, id: IncidentId, limit: i64) -> Result<Vec<TicketId>, StoreError> {
        let ids: Vec<i64> = writing!(self, connection => {
            sqlx::query_scalar(OPEN_TICKETS).bind(id.0).bind(limit).fetch_all(connection).await?
        });
        Ok(ids.into_iter().map(TicketId).collect())
    }
}
