//! Buttons under `/desk check`.

use crate::discord::call::Call;
use crate::discord::custom_id::GivenUpPress;
use crate::discord::reply::{Answer, Reply};
use crate::discord::views::View;
use crate::domain::id::JobId;
use crate::text;

/// What is to become of the deliveries that were given up.
pub(super) async fn given_up(call: &Call<'_>, press: GivenUpPress, newest: JobId) -> Reply {
    let language = call.language();
    let line = match press {
        GivenUpPress::TryAgain => {
            let jobs = call.cx.desk.retry_given_up(&call.actor, newest).await?;
            text::given_up_tried_again(language, i64::try_from(jobs).unwrap_or(i64::MAX))
        }
        GivenUpPress::Discard => {
            let jobs = call.cx.desk.discard_given_up(&call.actor, newest).await?;
            text::given_up_discarded(language, i64::try_from(jobs).unwrap_or(i64::MAX))
        }
    };
    Ok(Answer::Update(View::text(line)))
}
