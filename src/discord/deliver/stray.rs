//! Closing a thread of ours that belongs to no ticket.

use serenity::model::id::ChannelId;

use super::messenger::Messenger;
use super::{base36, channel, closed, give_up};
use crate::discord::failure::{THREAD_ARCHIVED, UNKNOWN_CHANNEL};
use crate::discord::views;
use crate::domain::id;
use crate::jobs::Failure;

/// Says so in the thread and closes it. Nothing is deleted. The note's mark is the thread's, so whichever job looks for it
/// finds it: several may be queued where a look at Discord is older than what was done since.
pub(super) async fn close(messenger: &Messenger<'_>, thread: id::ChannelId) -> Result<(), Failure> {
    let Some(set_up) = messenger.cx.desk.set_up(messenger.queued.guild).await? else {
        return Err(give_up("its desk is gone"));
    };
    let mark = format!("stray-{}", base36(thread.0));
    let thread: ChannelId = channel(thread);
    if messenger.marked(thread, &mark).await?.is_none() {
        messenger.post_marked(thread, views::stray_note(&set_up), &mark).await?;
    }
    match messenger.patch_thread(thread, &closed()).await {
        Err(error) if error.is_one_of(&[THREAD_ARCHIVED, UNKNOWN_CHANNEL]) => Ok(()),
        other => Ok(other?),
    }
}
