//! `/desk hours` and `/desk sla`: when the desk is open, and what it promises.

use crate::desk::{HolidayChange, HoursChange, Imported, Refusal, SlaChange, read_calendar_file};
use crate::discord::call::{Call, Given};
use crate::discord::files::FileFault;
use crate::discord::reply::{Answer, Failure, Mistake, Reply};
use crate::discord::views::terms as views;
use crate::domain::holidays::Region;
use crate::domain::ics::{FILE_MAX, IcsFault};
use crate::domain::ticket::Priority;

/// Shows the opening hours, changes them, or takes them away.
pub(super) async fn hours(call: &Call<'_>, given: Given<'_>) -> Reply {
    let desk = &call.cx.desk;
    if given.flag("clear") {
        let terms = desk.clear_hours(&call.actor).await?;
        return Ok(Answer::Ephemeral(views::hours(call.language(), &terms, 0)));
    }
    if given.options.is_empty() {
        let terms = desk.terms(&call.actor).await?;
        return Ok(Answer::Ephemeral(views::hours(call.language(), &terms, 0)));
    }
    // Nobody else's file is fetched.
    desk.may_set_up(&call.actor)?;
    let imported = calendar_file(call, &given).await?;
    let holidays = match given.text("state") {
        None => HolidayChange::Stay,
        Some("none") => HolidayChange::None,
        Some(code) => HolidayChange::Of(Region::from_code(code).ok_or(Mistake::UnknownCommand)?),
    };
    let change = HoursChange {
        zone: given.filled("zone"),
        week: given.filled("week"),
        holidays,
        days_off: given.filled("days_off"),
        imported: imported.as_ref(),
    };
    let terms = desk.change_hours(&call.actor, &change).await?;
    let left_out = imported.map_or(0, |imported| imported.left_out);
    Ok(Answer::Ephemeral(views::hours(call.language(), &terms, left_out)))
}

async fn calendar_file(call: &Call<'_>, given: &Given<'_>) -> Result<Option<Imported>, Failure> {
    let Some(attachment) = given.attachment("calendar") else { return Ok(None) };
    let bytes = match call.cx.rest.file(&attachment.url, FILE_MAX).await {
        Ok(bytes) => bytes,
        Err(FileFault::TooLarge) => return Err(Refusal::from(IcsFault::TooLarge).into()),
        Err(fault @ (FileFault::Elsewhere | FileFault::Missing | FileFault::Unreached)) => {
            tracing::warn!(%fault, "a calendar file was not fetched");
            return Err(Mistake::FileUnreached.into());
        }
    };
    // Reading a large file is no work for the threads that everybody waits for.
    let read = tokio::task::spawn_blocking(move || read_calendar_file(&bytes)).await;
    Ok(Some(read.map_err(|error| Failure::Internal(error.into()))??))
}

/// Shows what is promised, changes it, or goes back to the defaults.
pub(super) async fn sla(call: &Call<'_>, given: Given<'_>) -> Reply {
    let desk = &call.cx.desk;
    let terms = if given.flag("reset") {
        desk.reset_sla(&call.actor).await?
    } else if given.options.is_empty() {
        desk.terms(&call.actor).await?
    } else {
        let priority = match given.text("priority") {
            None => None,
            Some(code) => Some(Priority::from_code(code).ok_or(Mistake::UnknownCommand)?),
        };
        let change = SlaChange {
            priority,
            first_response: given.filled("first_response"),
            resolution: given.filled("resolution"),
            around_the_clock: given.switch("around_the_clock"),
            idle: given.filled("idle"),
            answer: given.filled("answer"),
        };
        desk.change_sla(&call.actor, &change).await?
    };
    Ok(Answer::Ephemeral(views::sla(call.language(), &terms)))
}
