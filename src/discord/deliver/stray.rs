//! Closing a thread of ours that belongs to no ticket.

use serenity::model::id::ChannelId;

use super::messenger::Messenger;
use super::{channel, closed, give_up};
use crate::discord::failure::UNKNOWN_CHANNEL;
use crate::discord::rest::RestError;
use crate::discord::views;
use crate::domain::id;
use crate::jobs::Failure;

/// Says so in the thread and closes it. Nothing is deleted.
pub(super) async fn close(messenger: &Messenger<'_>, thread: id::ChannelId) -> Result<(), Failure> {
    let Some(set_up) = messenger.cx.desk.set_up(messenger.queued.guild).await? else {
        return Err(give_up("its desk is gone"));
    };
    let thread: ChannelId = channel(thread);
    messenger.post(thread, views::stray_note(&set_up)).await?;
    match messenger.patch_thread(thread, &closed()).await {
        Err(error @ RestError::Refused { .. }) if error.is_one_of(&[UNKNOWN_CHANNEL]) => Ok(()),
        other => Ok(other?),
    }
}
