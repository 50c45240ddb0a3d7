//! `/desk practice`: beginning and stopping it, and how somebody gets on.

use crate::desk::Refusal;
use crate::discord::call::{Call, Given};
use crate::discord::reply::{Answer, Mistake, Reply};
use crate::discord::views::{View, practice};
use crate::domain::id::UserId;
use crate::text;

pub(super) async fn practice(call: &Call<'_>, given: Given<'_>) -> Reply {
    let (desk, actor, language) = (&call.cx.desk, &call.actor, call.language());
    let named = given.user("user").map(|(user, _)| UserId::from_snowflake(user.id.get()));
    let is_for_other = named.is_some_and(|named| named != actor.user);
    match given.text("action") {
        Some("start" | "stop") if is_for_other => Err(Refusal::PracticeForOneself.into()),
        Some("start") => {
            let scenario = given.filled("scenario");
            let attempt = desk.start_practice(actor, scenario, call.reply_token()).await?;
            Ok(Answer::Ephemeral(practice::started(&attempt)))
        }
        Some("stop") => {
            desk.stop_practice(actor).await?;
            Ok(Answer::Ephemeral(View::text(text::practice_is_stopped(language))))
        }
        Some("progress") => {
            let of = named.unwrap_or(actor.user);
            let progress = desk.practice_progress(actor, of).await?;
            Ok(Answer::Ephemeral(practice::progress(language, of, &progress)))
        }
        _ => Err(Mistake::UnknownCommand.into()),
    }
}
