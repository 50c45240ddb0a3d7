//! Deliveries about a whole desk: its weekly report.

use super::messenger::Messenger;
use super::{channel, give_up};
use crate::discord::views;
use crate::domain::id::GuildId;
use crate::domain::job::Job;
use crate::domain::period::Period;
use crate::jobs::Failure;
use crate::report;

/// Posts the report of a week, unless the server wants none there any more.
pub(super) async fn deliver(messenger: &Messenger<'_>, guild: GuildId, job: &Job) -> Result<(), Failure> {
    let Job::PostReport { channel: place, from, to } = job else {
        return Err(give_up("it is about no desk"));
    };
    let desk = &messenger.cx.desk;
    let (set_up, wanted) = (desk.set_up(guild).await?, desk.store.digest(guild).await?);
    let Some(set_up) = set_up.filter(|_| wanted == Some(*place)) else { return Ok(()) };
    let language = set_up.settings.language;
    let figures = desk.weekly_report(guild, Period { from: *from, to: *to }).await?;
    let made = report::made(language, figures).await;
    let (figures, files) = made.map_err(|error| give_up(&error.to_string()))?;
    messenger.post(channel(*place), views::report::report(language, &figures, files)).await.map(drop)
}
