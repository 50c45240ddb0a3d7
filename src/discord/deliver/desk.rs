//! Deliveries about a server's desk as a whole.

use super::messenger::Messenger;
use super::{channel, give_up};
use crate::discord::views;
use crate::domain::id::GuildId;
use crate::domain::job::Job;
use crate::jobs::Failure;

/// Delivers a job about a desk.
pub(super) async fn deliver(messenger: &Messenger<'_>, guild: GuildId, job: &Job) -> Result<(), Failure> {
    let Some(set_up) = messenger.cx.desk.set_up(guild).await? else {
        return Err(give_up("its desk is gone"));
    };
    match job {
        Job::RemindOfReview { review } => {
            let queue = channel(set_up.settings.queue_channel);
            messenger.post(queue, views::review_reminder(review, &set_up)).await.map(drop)
        }
        _ => Err(give_up("it is about no desk")),
    }
}
