//! Buttons, selects and forms of a practice ticket.

use crate::desk::{PracticeChoice, PracticeEnd};
use crate::discord::call::{Call, Filled};
use crate::discord::custom_id::PracticePress;
use crate::discord::reply::{Answer, Mistake, Reply};
use crate::discord::views::{View, forms, practice, words};
use crate::domain::article::ArticleId;
use crate::domain::id::PracticeId;
use crate::domain::practice::Attempt;
use crate::text;

/// A button, or a choice.
pub(super) async fn pressed(
    call: &Call<'_>,
    press: PracticePress,
    id: PracticeId,
    chosen: &[String],
) -> Reply {
    let (desk, actor) = (&call.cx.desk, &call.actor);
    let chosen = || chosen.first().cloned().ok_or(Mistake::UnknownButton);
    match press {
        PracticePress::Ask | PracticePress::Search | PracticePress::Resolve => {
            let attempt = desk.practising(actor, id).await?;
            Ok(Answer::Form(forms::practice(&attempt, press)))
        }
        PracticePress::Article => {
            let choice = PracticeChoice::Article(ArticleId(chosen()?));
            let attempt = desk.choose_in_practice(actor, id, choice).await?;
            let title = attempt.article.as_ref().map(|chosen| words::plain(&chosen.title));
            let line = text::practice_chosen(call.language(), title.unwrap_or_default());
            Ok(Answer::Update(View::text(line)))
        }
        PracticePress::Category => {
            let choice = PracticeChoice::Category(chosen()?);
            on_card(call, desk.choose_in_practice(actor, id, choice).await?).await
        }
        PracticePress::Escalate => {
            let attempt = desk.practising(actor, id).await?;
            match desk.practice_specialisms(&attempt).await?.as_slice() {
                [only] => hand_over(call, id, only.value.clone()).await,
                several => Ok(Answer::Ephemeral(practice::specialism_select(&attempt, several))),
            }
        }
        PracticePress::EscalateTo => hand_over(call, id, chosen()?).await,
        PracticePress::Finish => on_card(call, desk.finish_practice(actor, id).await?).await,
    }
}

/// It is known to whom; the form asks for the words.
async fn hand_over(call: &Call<'_>, id: PracticeId, to: String) -> Reply {
    let choice = PracticeChoice::Specialism(to);
    let attempt = call.cx.desk.choose_in_practice(&call.actor, id, choice).await?;
    Ok(Answer::Form(forms::practice(&attempt, PracticePress::Escalate)))
}

/// A form was sent.
pub(super) async fn sent(
    call: &Call<'_>,
    press: PracticePress,
    id: PracticeId,
    filled: &Filled<'_>,
) -> Reply {
    let (desk, actor, text) = (&call.cx.desk, &call.actor, filled.text(forms::TEXT));
    match press {
        PracticePress::Ask => on_card(call, desk.ask_in_practice(actor, id, text).await?).await,
        PracticePress::Search => {
            let answer = desk.search_in_practice(actor, id, text).await?;
            Ok(Answer::Ephemeral(practice::articles(call.language(), id, &answer)))
        }
        PracticePress::Resolve => {
            on_card(call, desk.end_practice(actor, id, PracticeEnd::Resolve, text).await?).await
        }
        PracticePress::Escalate => {
            on_card(call, desk.end_practice(actor, id, PracticeEnd::Escalate, text).await?).await
        }
        PracticePress::Article
        | PracticePress::Category
        | PracticePress::EscalateTo
        | PracticePress::Finish => Err(Mistake::UnknownButton.into()),
    }
}

/// A question about one's own tone was answered.
pub(super) async fn kept(call: &Call<'_>, id: PracticeId, item: u8) -> Reply {
    on_card(call, call.cx.desk.keep_in_practice(&call.actor, id, usize::from(item)).await?).await
}

/// On the card that was pressed, else as a sentence that leads back to it.
async fn on_card(call: &Call<'_>, attempt: Attempt) -> Reply {
    if call.pressed.is_some_and(|pressed| pressed.is_ephemeral) {
        return Ok(Answer::Update(View::text(text::practice_go_on(call.language()))));
    }
    let sheet = call.cx.desk.practice_sheet(attempt).await?;
    Ok(Answer::Card(practice::card(&sheet, call.set_up()?)))
}
