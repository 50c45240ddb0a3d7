//! `/privacy`: one's own data, and `/desk retention`, how long texts are kept.

use crate::desk::Refusal;
use crate::discord::call::{Call, Given};
use crate::discord::reply::{Answer, Failure, Reply};
use crate::discord::views::privacy;

/// Everything about whoever asks, as a file.
pub(super) async fn export(call: &Call<'_>) -> Reply {
    let export = call.cx.desk.export(&call.actor).await?;
    let view = privacy::export(call.language(), &export).map_err(|error| Failure::Internal(error.into()))?;
    Ok(Answer::Ephemeral(view))
}

/// Asks whether they mean it.
pub(super) fn delete(call: &Call<'_>) -> Reply {
    call.set_up()?;
    Ok(Answer::Ephemeral(privacy::confirm(call.language())))
}

/// Changes how long texts are kept, or says it.
pub(super) async fn retention(call: &Call<'_>, given: Given<'_>) -> Reply {
    let (desk, actor) = (&call.cx.desk, &call.actor);
    let category = given.filled("category");
    let rules = match given.number("days") {
        _ if given.flag("forever") => desk.change_retention(actor, category, None).await?,
        Some(days) => desk.change_retention(actor, category, Some(days)).await?,
        None if category.is_some() => return Err(Refusal::DaysMissing.into()),
        None => desk.retentions(actor).await?,
    };
    Ok(Answer::Ephemeral(privacy::retentions(call.language(), &rules, call.set_up()?)))
}
