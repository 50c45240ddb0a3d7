//! Buttons and forms about a ticket: on its cards, its escalation packet, its solution and its closing note.

use crate::desk::{Description, Escalating, Refusal, Writing};
use crate::discord::call::{Call, Filled};
use crate::discord::custom_id::{List, Press, TicketForm};
use crate::discord::forms;
use crate::discord::outcome::{self, Done};
use crate::discord::reply::{Answer, Mistake, Reply};
use crate::discord::transcript;
use crate::discord::views::{self, forms as form_views};
use crate::domain::assessment::{Impact, Urgency};
use crate::domain::id::{CategoryId, SpecialismId, TicketId};
use crate::domain::policy::Action;
use crate::domain::ticket::Escalation;
use crate::store::TicketKey;
use crate::text;

/// A button, or a choice, about a ticket.
pub(super) async fn pressed(call: &Call<'_>, press: Press, ticket: TicketId, chosen: &[String]) -> Reply {
    let (desk, actor, key) = (&call.cx.desk, &call.actor, TicketKey::Id(ticket));
    match press {
        Press::Claim => outcome::on_card(call, &desk.claim(actor, key).await?, Done::Claimed),
        Press::Escalate => forms::escalation(call, key, None).await,
        Press::EscalateTo => {
            let id = chosen.first().and_then(|chosen| chosen.parse().ok()).ok_or(Mistake::UnknownButton)?;
            forms::escalation(call, key, Some(SpecialismId(id))).await
        }
        Press::Resolve => forms::solution(call, key).await,
        Press::Close => close(call, key).await,
        Press::Accept => {
            let accepted = desk.accept(actor, key).await?;
            let escalation = accepted.status.escalation().map(|escalation| escalation.id);
            outcome::on_packet(call, &accepted, escalation, Done::Accepted).await
        }
        Press::SaveSolution => forms::article(call, Writing::OfTicket(ticket)).await,
        Press::Wait => outcome::on_card(call, &desk.wait(actor, key).await?, Done::Waiting),
        Press::GoOn => outcome::on_card(call, &desk.go_on(actor, key).await?, Done::GoingOn),
        Press::HandBack => forms::hand_back(call, key).await,
        Press::Works => {
            let closed = desk.confirm(actor, key).await?;
            Ok(Answer::Done(text::say_solution_confirmed(closed.language)))
        }
        Press::StillAProblem => {
            let reopened = desk.reopen(actor, key).await?;
            Ok(Answer::Done(text::say_solution_reopened(reopened.language)))
        }
        Press::Reopen => {
            let reopened = desk.reopen(actor, key).await?;
            Ok(Answer::Card(views::closing_note(&reopened, call.set_up()?)))
        }
        Press::Comment => forms::comment(call, key).await,
        Press::Transcript => {
            let kept = desk.transcript(actor, key).await?;
            let files = transcript::files(call.cx, &kept, call.set_up()?).await?;
            Ok(Answer::Ephemeral(views::transcript_copy(call.language(), &kept.ticket, files)))
        }
        Press::SetCategory => {
            let id = chosen.first().and_then(|chosen| chosen.parse().ok()).ok_or(Mistake::UnknownButton)?;
            described(call, key, Description::Category(CategoryId(id))).await
        }
        Press::SetImpact => {
            let impact = chosen.first().and_then(|chosen| Impact::from_code(chosen));
            described(call, key, Description::Impact(impact.ok_or(Mistake::UnknownButton)?)).await
        }
        Press::SetUrgency => {
            let urgency = chosen.first().and_then(|chosen| Urgency::from_code(chosen));
            described(call, key, Description::Urgency(urgency.ok_or(Mistake::UnknownButton)?)).await
        }
    }
}

/// Something was said about a ticket: on its card, or on what its requester got when they opened it.
async fn described(call: &Call<'_>, key: TicketKey, said: Description) -> Reply {
    let ticket = call.cx.desk.describe(&call.actor, key, said).await?;
    if call.pressed.is_some_and(|pressed| pressed.is_ephemeral) {
        let waiting = call.cx.desk.waiting(&ticket).await?;
        return Ok(Answer::Update(views::opened(&ticket, call.language(), call.set_up()?, &waiting)));
    }
    let done = match said {
        Description::Category(_) => Done::Categorised,
        Description::Impact(_) | Description::Urgency(_) => Done::Prioritised,
    };
    outcome::on_card(call, &ticket, done)
}

/// The requester closes at once; staff may say why.
async fn close(call: &Call<'_>, key: TicketKey) -> Reply {
    let ticket = call.cx.desk.may(&call.actor, key, Action::Close).await?;
    if call.actor.standing.is_staff() {
        return Ok(Answer::Form(form_views::closing(call.language(), &ticket)));
    }
    let closed = call.cx.desk.close(&call.actor, key, None).await?;
    outcome::on_card(call, &closed, Done::Closed)
}

/// A rating on the closing note.
pub(super) async fn rated(call: &Call<'_>, ticket: TicketId, stars: u8) -> Reply {
    let rated = call.cx.desk.rate(&call.actor, TicketKey::Id(ticket), stars).await?;
    Ok(Answer::Card(views::rated_note(&rated, call.set_up()?)))
}

/// Another page of a list, in the place of the one before.
pub(super) async fn page(call: &Call<'_>, list: List, page: u32) -> Reply {
    let page = match list {
        List::Mine => call.cx.desk.own_tickets(&call.actor, i64::from(page)).await?,
        List::Queue => call.cx.desk.queue(&call.actor, i64::from(page)).await?,
    };
    Ok(Answer::Update(views::lists::page(call.language(), list, &page)))
}

/// The form of an escalation was sent.
pub(super) async fn escalate_sent(
    call: &Call<'_>,
    ticket: TicketId,
    specialism: Option<SpecialismId>,
    filled: &Filled<'_>,
) -> Reply {
    let escalating = Escalating {
        specialism,
        tried: Some(filled.text(form_views::TRIED)),
        expected: Some(filled.text(form_views::EXPECTED)),
    };
    let escalated = call.cx.desk.escalate(&call.actor, TicketKey::Id(ticket), escalating).await?;
    outcome::on_card(call, &escalated, Done::Escalated)
}

/// Another form about a ticket was sent.
pub(super) async fn sent(call: &Call<'_>, form: TicketForm, ticket: TicketId, filled: &Filled<'_>) -> Reply {
    let (desk, actor, key) = (&call.cx.desk, &call.actor, TicketKey::Id(ticket));
    let text = filled.text(form_views::TEXT);
    match form {
        TicketForm::Resolve => outcome::on_card(call, &desk.resolve(actor, key, text).await?, Done::Resolved),
        TicketForm::Close => outcome::on_card(call, &desk.close(actor, key, Some(text)).await?, Done::Closed),
        TicketForm::Note => outcome::on_card(call, &desk.note(actor, key, text).await?, Done::Noted),
        TicketForm::Comment => {
            let commented = desk.comment_rating(actor, key, text).await?;
            Ok(Answer::Card(views::rated_note(&commented, call.set_up()?)))
        }
        TicketForm::HandBack => {
            // The ticket forgets its escalation when it is handed back; the packet has to be found before.
            let before = desk.may(actor, key, Action::HandBack).await?;
            let escalation: Option<Escalation> = before.status.escalation();
            let Some(escalation) = escalation else {
                let now = before.status.name();
                return Err(Refusal::from(crate::domain::ticket::TransitionError::Wrong { now }).into());
            };
            let handed_back = desk.hand_back(actor, key, text).await?;
            outcome::on_packet(call, &handed_back, Some(escalation.id), Done::HandedBack).await
        }
    }
}
