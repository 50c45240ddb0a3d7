//! `/desk report`: the figures of a period, and the weekly report of a server.

use crate::discord::call::{Call, Given};
use crate::discord::reply::{Answer, Failure, Mistake, Reply};
use crate::discord::set_up_check;
use crate::discord::views::{self, View, words};
use crate::domain::id::ChannelId;
use crate::domain::period::Choice;
use crate::report;
use crate::text;

/// Shows the figures. With a channel it also posts them there every Monday from now on, or stops doing so.
pub(super) async fn show(call: &Call<'_>, given: Given<'_>) -> Reply {
    let language = call.language();
    // Whoever has no desk or no right reads that first, and not that a channel will not do.
    call.set_up()?;
    let choice = match given.text("period") {
        Some(code) => Choice::from_code(code).ok_or(Mistake::UnknownCommand)?,
        None => Choice::default(),
    };
    let figures = call.cx.desk.report(&call.actor, choice).await?;
    let said = match change_weekly(call, &given).await? {
        Weekly::Refused(view) => return Ok(Answer::Ephemeral(view)),
        Weekly::Changed(sentence) => Some(sentence),
        Weekly::AsBefore => None,
    };
    let (figures, files) =
        report::made(language, figures).await.map_err(|error| Failure::Internal(error.into()))?;
    let mut view = views::report::report(language, &figures, files);
    view.content = said;
    Ok(Answer::Ephemeral(view))
}

/// What came of the options about the weekly report.
enum Weekly {
    AsBefore,
    Changed(String),
    Refused(View),
}

async fn change_weekly(call: &Call<'_>, given: &Given<'_>) -> Result<Weekly, Failure> {
    let language = call.language();
    if given.flag("stop") {
        call.cx.desk.change_weekly_report(&call.actor, None).await?;
        return Ok(Weekly::Changed(text::report_weekly_stopped(language)));
    }
    let Some(channel) = given.channel("weekly") else { return Ok(Weekly::AsBefore) };
    call.cx.desk.may_set_up(&call.actor)?;
    let channel = ChannelId::from_snowflake(channel.id.get());
    // Discord is asked, not the option: it also tells whether the channel is this server's.
    let around = super::desk::look_around(call).await?;
    let findings = set_up_check::check_post(&around, channel);
    if !findings.is_empty() {
        return Ok(Weekly::Refused(views::report::weekly_refused(language, &findings)));
    }
    let next = call.cx.desk.change_weekly_report(&call.actor, Some(channel)).await?;
    let next = next.map(words::moment).unwrap_or_default();
    Ok(Weekly::Changed(text::report_weekly_set(language, words::channel(channel), next)))
}
