//! Table `incident_proposals`.

use sqlx::FromRow;

use super::{Store, StoreError, Tx, from_json, reading, to_json, writing};
use crate::domain::id::{ChannelId, GuildId, IncidentId, MessageId, ProposalId, TicketId};
use crate::domain::incident::Proposal;
use crate::domain::job::Posted;
use crate::domain::time::Timestamp;

const FIND: &str = "SELECT id, guild_id, tickets, at, incident_id, channel_id, message_id \
    FROM incident_proposals WHERE guild_id = $1 AND id = $2";

const LOCK: &str = "UPDATE incident_proposals SET at = at WHERE guild_id = $1 AND id = $2 \
    RETURNING id, guild_id, tickets, at, incident_id, channel_id, message_id";

const SINCE: &str = "SELECT id, guild_id, tickets, at, incident_id, channel_id, message_id \
    FROM incident_proposals WHERE guild_id = $1 AND at >= $2 ORDER BY at, id LIMIT 100";

const INSERT: &str =
    "INSERT INTO incident_proposals (guild_id, tickets, at) VALUES ($1, $2, $3) RETURNING id";

const SAVE: &str = "UPDATE incident_proposals SET tickets = $2, incident_id = $3 WHERE id = $1";

const POSTED: &str = "UPDATE incident_proposals SET channel_id = $2, message_id = $3 WHERE id = $1";

#[derive(FromRow)]
struct ProposalRow {
    id: i64,
    guild_id: i64,
    tickets: String,
    at: i64,
    incident_id: Option<i64>,
    channel_id: Option<i64>,
    message_id: Option<i64>,
}

impl TryFrom<ProposalRow> for Proposal {
    type Error = StoreError;

    fn try_from(row: ProposalRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: ProposalId(row.id),
            guild: GuildId(row.guild_id),
            tickets: from_json("incident_proposals", row.id, "tickets", &row.tickets)?,
            at: Timestamp(row.at),
            incident: row.incident_id.map(IncidentId),
            posted: row.channel_id.zip(row.message_id).map(|(channel, message)| Posted {
                channel: ChannelId(channel),
                message: MessageId(message),
            }),
        })
    }
}

impl Store {
    /// A proposal of this server.
    pub async fn proposal(&self, guild: GuildId, id: ProposalId) -> Result<Option<Proposal>, StoreError> {
        let row: Option<ProposalRow> = reading!(self, pool => {
            sqlx::query_as(FIND).bind(guild.0).bind(id.0).fetch_optional(pool).await
        })?;
        row.map(TryInto::try_into).transpose()
    }
}

impl Tx {
    /// The proposals of a server since a time. Whoever holds [`Self::lock_desk`] can add one to them.
    pub async fn proposals_since(
        &mut self,
        guild: GuildId,
        since: Timestamp,
    ) -> Result<Vec<Proposal>, StoreError> {
        let rows: Vec<ProposalRow> = writing!(self, connection => {
            sqlx::query_as(SINCE).bind(guild.0).bind(since.0).fetch_all(connection).await?
        });
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// A proposal of this server, kept from everybody else until the transaction ends.
    pub async fn lock_proposal(
        &mut self,
        guild: GuildId,
        id: ProposalId,
    ) -> Result<Option<Proposal>, StoreError> {
        let row: Option<ProposalRow> = writing!(self, connection => {
            sqlx::query_as(LOCK).bind(guild.0).bind(id.0).fetch_optional(connection).await?
        });
        row.map(TryInto::try_into).transpose()
    }

    /// Adds a proposal.
    pub async fn insert_proposal(
        &mut self,
        guild: GuildId,
        tickets: &[TicketId],
        now: Timestamp,
    ) -> Result<ProposalId, StoreError> {
        let id: i64 = writing!(self, connection => {
            sqlx::query_scalar(INSERT)
                .bind(guild.0)
                .bind(to_json(&tickets))
                .bind(now.0)
                .fetch_one(connection)
                .await?
        });
        Ok(ProposalId(id))
    }

    /// Saves the tickets of a proposal and the incident that came of it.
    pub async fn save_proposal(&mut self, proposal: &Proposal) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(SAVE)
                .bind(proposal.id.0)
                .bind(to_json(&proposal.tickets))
                .bind(proposal.incident.map(|incident| incident.0))
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Remembers the proposal's message.
    pub async fn proposal_posted(&mut self, id: ProposalId, message: Posted) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(POSTED)
                .bind(id.0)
                .bind(message.channel.0)
                .bind(message.message.0)
                .execute(connection)
                .await?;
        });
        Ok(())
    }
}
