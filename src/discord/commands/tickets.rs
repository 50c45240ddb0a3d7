//! `/tickets`: one's own or, for staff, those that somebody has to act on.

use crate::discord::call::{Call, Given};
use crate::discord::custom_id::List;
use crate::discord::reply::{Answer, Reply};
use crate::discord::views::lists;

/// The first page; its buttons turn to the others.
pub(super) async fn list(call: &Call<'_>, given: Given<'_>) -> Reply {
    let (list, page) = if given.flag("queue") {
        (List::Queue, call.cx.desk.queue(&call.actor, 0).await?)
    } else {
        (List::Mine, call.cx.desk.own_tickets(&call.actor, 0).await?)
    };
    Ok(Answer::Ephemeral(lists::page(call.language(), list, &page)))
}
