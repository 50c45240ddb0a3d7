//! Table `tickets`: what is kept about a ticket beside its state. The caller holds the ticket's lock.

use super::{StoreError, Tx, to_json, writing};
use crate::domain::id::TicketId;
use crate::domain::kept::{Note, Rating};

const SAVE_NOTES: &str = "UPDATE tickets SET notes = $2 WHERE id = $1";
const RATE: &str = "UPDATE tickets SET rating = $2, rating_comment = $3 WHERE id = $1";

impl Tx {
    /// Saves the notes that are at hand.
    pub async fn save_notes(&mut self, id: TicketId, notes: &[Note]) -> Result<(), StoreError> {
        writing!(self, connection => {
            sqlx::query(SAVE_NOTES).bind(id.0).bind(to_json(&notes)).execute(connection).await?;
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
