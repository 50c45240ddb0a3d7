//! Column `tickets.attachment`: the files that came with a request, and what became of them.

use super::{StoreError, Tx, from_json, to_json, writing};
use crate::domain::id::TicketId;
use crate::domain::question::{Attachment, KeptFiles};

const FIND: &str = "SELECT attachment FROM tickets WHERE id = $1";

/// Not on a ticket that was emptied meanwhile.
const SET: &str = "UPDATE tickets SET attachment = $2 WHERE id = $1 AND attachment IS NOT NULL";

/// What the column holds.
pub(super) fn to_column(files: &[Attachment]) -> Option<String> {
    KeptFiles::of(files).as_ref().map(to_json)
}

/// The files that the column holds.
pub(super) fn from_column(ticket: i64, column: Option<&str>) -> Result<Vec<Attachment>, StoreError> {
    let kept: Option<KeptFiles> =
        column.map(|text| from_json("tickets", ticket, "attachment", text)).transpose()?;
    Ok(kept.map(Into::into).unwrap_or_default())
}

impl Tx {
    /// The files of a ticket.
    pub async fn files(&mut self, id: TicketId) -> Result<Vec<Attachment>, StoreError> {
        let found: Option<Option<String>> = writing!(self, connection => {
            sqlx::query_scalar(FIND).bind(id.0).fetch_optional(connection).await?
        });
        from_column(id.0, found.flatten().as_deref())
    }

    /// Notes what became of the files. `false` when the ticket was emptied meanwhile, and has none any more.
    pub async fn files_settled(&mut self, id: TicketId, files: &[Attachment]) -> Result<bool, StoreError> {
        Ok(writing!(self, connection => {
            let set = sqlx::query(SET).bind(id.0).bind(to_column(files));
            set.execute(connection).await?.rows_affected() > 0
        }))
    }
}
