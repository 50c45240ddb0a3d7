//! "Delete my data" under the question whether somebody means it.

use crate::discord::call::Call;
use crate::discord::reply::{Answer, Reply};
use crate::discord::views::View;
use crate::text;

/// Takes away what is known about whoever pressed; the question is shown to nobody else.
pub(super) async fn delete(call: &Call<'_>) -> Reply {
    let forgotten = call.cx.desk.forget_person(&call.actor).await?;
    call.cx.names.forget(call.actor.guild, call.actor.user);
    let tickets = i64::try_from(forgotten.tickets).unwrap_or(i64::MAX);
    Ok(Answer::Update(View::text(text::privacy_deleted(call.language(), tickets))))
}
