//! Column `tickets.attachment`: the file that came with a request, and what became of it.

use super::{StoreError, Tx, from_json, to_json, writing};
use crate::domain::id::TicketId;
use crate::domain::question::Attachment;

const FIND: &str = "SELECT attachment FROM tickets WHERE id = $1";

/// Not on a ticket that was emptied meanwhile.
const SET: &str = "UPDATE tickets SET attachment = $2 WHERE id = $1 AND attachment IS NOT NULL";

impl Tx {
    /// The file of a ticket, if it has one.
    pub async fn attachment(&mut self, id: TicketId) -> Result<Option<Attachment>, StoreError> {
        let found: Option<Option<String>> = writing!(self, connection => {
            sqlx::query_scalar(FIND).bind(id.0).fetch_optional(connection).await?
        });
        let found = found.flatten();
        found.map(|text| from_json("tickets", id.0, "attachment", &text)).transpose()
    }

    /// Notes what became of the file. `false` when the ticket was emptied meanwhile, and has none any more.
    pub async fn attachment_settled(
        &mut self,
        id: TicketId,
        attachment: &Attachment,
    ) -> Result<bool, StoreError> {
        Ok(writing!(self, connection => {
            let set = sqlx::query(SET).bind(id.0).bind(to_json(attachment));
            set.execute(connection).await?.rows_affected() > 0
        }))
    }
}
