//! Table `tickets`: what is kept about a ticket beside its state. The caller holds the ticket's lock.

use super::{StoreError, Tx, to_json, writing};
use crate::domain::id::{GuildId, IncidentId, TicketId, TicketNumber};
use crate::domain::kept::{Note, Rating};

const SAVE_NOTES: &str = "UPDATE tickets SET notes = $2 WHERE id = $1";
const LINK_DUPLICATE: &str = "UPDATE tickets SET duplicate_of = $2 WHERE id = $1";
const LINK_INCIDENT: &str = "UPDATE tickets SET incident_id = $2 WHERE id = $1";
const REDIRECT: &str = "UPDATE tickets SET duplicate_of = $3 WHERE guild_id = $1 AND duplicate_of = $2";
const FOLLOWERS: &str = "SELECT id FROM tickets WHERE guild_id = $1 AND duplicate_of = $2 ORDER BY id";
const RATE: &str = "UPDATE tickets SET rating = $2, rating_comment = $3 WHERE id = $1";

impl Tx {
    /// Saves the notes that are at hand.
    pub async fn save_notes(&mut self, id: TicketId, notes: &[Note]) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(SAVE_NOTES).bind(id.0).bind(to_json(&notes)).execute(connection).await?;
        });
        Ok(())
    }

    /// Lets a ticket follow another one, or no other.
    pub async fn link_duplicate(&mut self, id: TicketId, of: Option<TicketNumber>) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(LINK_DUPLICATE).bind(id.0).bind(of.map(|of| of.0)).execute(connection).await?;
        });
        Ok(())
    }

    /// Lets whatever follows one ticket follow another one.
    pub async fn redirect_followers(
        &mut self,
        guild: GuildId,
        from: TicketNumber,
        to: TicketNumber,
    ) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(REDIRECT).bind(guild.0).bind(from.0).bind(to.0).execute(connection).await?;
        });
        Ok(())
    }

    /// The tickets that follow one, oldest first.
    pub async fn followers(&mut self, guild: GuildId, of: TicketNumber) -> Result<Vec<TicketId>, StoreError> {
        let ids: Vec<i64> = writing!(self, connection => {
            sqlx::query_scalar(FOLLOWERS).bind(guild.0).bind(of.0).fetch_all(connection).await?
        });
        Ok(ids.into_iter().map(TicketId).collect())
    }

    /// Makes a ticket part of an incident, or of none.
    pub async fn link_incident(
        &mut self,
        id: TicketId,
        incident: Option<IncidentId>,
    ) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(LINK_INCIDENT)
                .bind(id.0)
                .bind(incident.map(|incident| incident.0))
                .execute(connection)
                .await?;
        });
        Ok(())
    }

    /// Saves the requester's rating, in place of an earlier one.
    pub async fn rate_ticket(&mut self, id: TicketId, rating: &Rating) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(RATE)
                .bind(id.0)
                .bind(i64::from(rating.stars))
                .bind(&rating.comment)
                .execute(connection)
                .await?;
        });
        Ok(())
    }
}
